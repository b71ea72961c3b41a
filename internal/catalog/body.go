package catalog

import (
	"bytes"
	"io/fs"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"lienhiep/internal/diag"
)

var (
	ruleRawHTML = diag.NewRule("raw-html", diag.Error,
		diag.Text{VI: "Trong bài có mã HTML (%[1]s); mã này sẽ không hiện ra.", EN: "The text holds HTML (%[1]s), which is not shown."},
		diag.Text{VI: "Bỏ đoạn mã này và dùng cách viết Markdown (ví dụ **chữ đậm**); muốn hiện nguyên dấu < thì viết \\<.", EN: "Remove it and write Markdown; for a literal < write \\<."})
	ruleMissingImage = diag.NewRule("image-missing", diag.Error,
		diag.Text{VI: "Không có tệp ảnh “%[1]s” trong thư mục của bài.", EN: "There is no picture “%[1]s” in the entry's folder."},
		diag.Text{VI: "Chép ảnh vào cùng thư mục với bài, hoặc sửa lại tên tệp (phân biệt chữ hoa, chữ thường).", EN: "Copy it into the entry's folder, or mend its name (capitals count)."})
	ruleForeignImage = diag.NewRule("image-elsewhere", diag.Error,
		diag.Text{VI: "Ảnh “%[1]s” nằm ở trang khác.", EN: "The picture “%[1]s” lies on another site."},
		diag.Text{VI: "Chỉ dùng ảnh được phép đăng, chép vào cùng thư mục với bài.", EN: "Use only pictures that may be published, and copy them into the entry's folder."})
)

// markdown reads text as the site's Hugo does, as far as pictures and HTML go.
var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))

// checkBody finds the faults of an entry's text, and what is still to be written.
func checkBody(fsys fs.FS, e *Entry, body []byte) []diag.Finding {
	if i := bytes.Index(body, []byte(ToFill)); i >= 0 {
		pos := diag.Pos{File: e.File, Line: e.bodyLine + bytes.Count(body[:i], []byte("\n"))}
		finding := ruleToFill.At(pos, "lời bài", "the text", ToFill)
		if e.Draft {
			finding = finding.Lower()
		}
		return append(checkMarkdown(fsys, e, body), finding)
	}
	return checkMarkdown(fsys, e, body)
}

// checkMarkdown finds the faults of pictures, and HTML.
func checkMarkdown(fsys fs.FS, e *Entry, body []byte) []diag.Finding {
	if !bytes.Contains(body, []byte("![")) && !bytes.ContainsRune(body, '<') {
		return nil // nothing to find, as in most entries; parsing is what takes the time
	}
	b := bodyChecker{fsys: fsys, entry: e, body: body}
	doc := markdown.Parser().Parse(text.NewReader(body))
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(doc, b.visit)
	return b.findings
}

type bodyChecker struct {
	fsys     fs.FS
	entry    *Entry
	body     []byte
	at       int // offset of the last text seen: inline nodes carry no place of their own
	findings []diag.Finding
}

func (b *bodyChecker) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		b.at = n.Lines().At(0).Start
	}
	switch n := n.(type) {
	case *ast.Text:
		b.at = n.Segment.Start
	case *ast.Image:
		b.image(n)
	case *ast.RawHTML:
		if n.Segments.Len() > 0 {
			b.at = n.Segments.At(0).Start
			b.html(string(n.Segments.Value(b.body)))
		}
	case *ast.HTMLBlock:
		if n.Lines().Len() > 0 {
			first := n.Lines().At(0)
			b.html(string(first.Value(b.body)))
		}
	}
	return ast.WalkContinue, nil
}

func (b *bodyChecker) pos() diag.Pos {
	return diag.Pos{File: b.entry.File, Line: b.entry.bodyLine + bytes.Count(b.body[:b.at], []byte("\n"))}
}

func (b *bodyChecker) html(code string) {
	code = strings.TrimSpace(code)
	if strings.HasPrefix(code, "<!--") || strings.HasPrefix(code, "</") {
		return // a note to oneself is never published; an end belongs to its beginning
	}
	b.findings = append(b.findings, ruleRawHTML.At(b.pos(), firstLine(code)))
}

func (b *bodyChecker) image(n *ast.Image) {
	file := string(n.Destination)
	// The picture's place is that of the words in its brackets, or, without
	// any, where its address is written.
	if t, ok := n.FirstChild().(*ast.Text); ok {
		b.at = t.Segment.Start
	} else if i := bytes.Index(b.body[b.at:], n.Destination); i >= 0 {
		b.at += i
	}
	if len(bytes.TrimSpace(nodeText(n, b.body))) == 0 {
		b.findings = append(b.findings, ruleImageAlt.At(b.pos(), file))
	}
	b.findings = append(b.findings, imageFile(b.fsys, b.entry, file, b.pos())...)
}

// checkPicture finds whether the picture named in the front matter is there.
func checkPicture(fsys fs.FS, it item) []diag.Finding {
	key, picture := "", (*Image)(nil)
	switch it := it.(type) {
	case *Article:
		key, picture = "image", it.Image
	case *Person:
		key, picture = "portrait", it.Portrait
	}
	if picture == nil || picture.File == "" {
		return nil
	}
	return imageFile(fsys, it.base(), picture.File, it.base().pos(key))
}

// imageFile finds whether a picture lies in the entry's own folder, and notes
// that the entry shows it.
func imageFile(fsys fs.FS, e *Entry, file string, pos diag.Pos) []diag.Finding {
	if strings.Contains(file, "//") {
		return []diag.Finding{ruleForeignImage.At(pos, file)}
	}
	name := path.Join(path.Dir(e.File), file)
	if strings.HasPrefix(file, "/") {
		name = "static" + file
	}
	if _, err := fs.Stat(fsys, name); err != nil || !fs.ValidPath(name) {
		return []diag.Finding{ruleMissingImage.At(pos, file)}
	}
	if !strings.HasPrefix(file, "/") {
		e.Pictures = append(e.Pictures, Picture{name, pos})
	}
	return nil
}

func nodeText(n ast.Node, src []byte) []byte {
	var words []byte
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			words = append(words, t.Segment.Value(src)...)
		}
		return ast.WalkContinue, nil
	})
	return words
}
