package catalog

import (
	"bytes"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
	"lienhiep/internal/viet"
	"lienhiep/internal/weblink"
)

var (
	ruleRawHTML = diag.NewRule("raw-html", diag.Error,
		diag.Text{VI: "Trong bài có mã HTML (%[1]s); mã này sẽ không hiện ra.", EN: "The text holds HTML (%[1]s), which is not shown."},
		diag.Text{VI: "Bỏ đoạn mã này và dùng cách viết Markdown (ví dụ **chữ đậm**); muốn hiện nguyên dấu < thì viết \\<.", EN: "Remove it and write Markdown; for a literal < write \\<."})
	ruleUnsafeLink = diag.NewRule("unsafe-link", diag.Error,
		diag.Text{VI: "Liên kết “%[1]s” không dẫn tới một trang web hay một địa chỉ thư.", EN: "The link “%[1]s” leads neither to a web page nor to an e-mail address."},
		diag.Text{VI: "Trong trang thì viết địa chỉ bắt đầu bằng một dấu /, ra ngoài thì bằng https://, gửi thư thì bằng mailto:.", EN: "Begin it with one / within the site, with https:// elsewhere, with mailto: for e-mail."})
	ruleShortcode = diag.NewRule("unknown-shortcode", diag.Error,
		diag.Text{VI: "Mã ngắn “%[1]s” không dùng được ở trang này.", EN: "The shortcode “%[1]s” is not one of this site's."},
		diag.Text{VI: "Chỉ dùng được mã dieu-khoan, để trích một điều khoản; video, bản đồ và nội dung của trang khác thì đặt một liên kết.", EN: "There is only dieu-khoan, which quotes a provision; for videos, maps and the like put a link."})
)

// checkBody finds the faults of an entry's text.
func checkBody(fsys fs.FS, e *Entry, body []byte) []diag.Finding {
	findings := slices.Concat(checkCharacters(e, body), checkShortcodes(e, body), checkFilled(e, body))
	if tooMuch := checkIntricacy(e, body); tooMuch != nil {
		e.unparsed = true
		return append(findings, tooMuch...)
	}
	if !bytes.Contains(body, []byte("![")) && !bytes.ContainsRune(body, '<') && !mayMislead(body) && !mayDeceive(body) && !mayHaveAttributes(body) {
		return findings // nothing to find, as in most entries; parsing is what takes the time
	}
	b := bodyChecker{fsys: fsys, entry: e, body: body, places: diag.PlacesIn(e.File, body), findings: findings}
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(markdown.Parse(body), b.visit)
	return b.findings
}

// inBody is the line of the file that a byte of the entry's text stands on.
func (e *Entry) inBody(places *diag.Places, offset int) diag.Pos {
	return diag.Pos{File: e.File, Line: e.bodyLine + places.At(offset).Line - 1}
}

type bodyChecker struct {
	fsys     fs.FS
	entry    *Entry
	body     []byte
	at       int // offset of the last text seen: inline nodes carry no place of their own
	places   *diag.Places
	findings []diag.Finding
}

func (b *bodyChecker) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		b.at = n.Lines().At(0).Start
	}
	b.attributes(n)
	switch n := n.(type) {
	case *ast.Text:
		b.at = n.Segment.Start
	case *ast.Image:
		b.image(n)
	case *ast.Link:
		b.link(n, n.Destination, n.Title)
	case *ast.AutoLink:
		if n.AutoLinkType == ast.AutoLinkURL {
			b.link(n, n.URL(b.body), nil)
		}
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
	return b.entry.inBody(b.places, b.at)
}

// find moves to where words are written that stand soon behind the last text seen.
func (b *bodyChecker) find(words []byte) {
	const near = 2 * maxDestination
	if i := bytes.Index(b.body[b.at:min(len(b.body), b.at+near)], words); i >= 0 {
		b.at += i
	}
}

func (b *bodyChecker) html(code string) {
	code = strings.TrimSpace(code)
	if strings.HasPrefix(code, "<!--") || strings.HasPrefix(code, "</") {
		return // a note to oneself is never published; an end belongs to its beginning
	}
	b.findings = append(b.findings, ruleRawHTML.At(b.pos(), diag.FirstLine(code)))
}

func (b *bodyChecker) image(n *ast.Image) {
	file := string(n.Destination)
	// The picture's place is that of the words in its brackets, or, without
	// any, where its address is written.
	if t, ok := n.FirstChild().(*ast.Text); ok {
		b.at = t.Segment.Start
	} else {
		b.find(n.Destination)
	}
	if strings.TrimSpace(markdown.Words(n, b.body)) == "" {
		b.findings = append(b.findings, ruleImageAlt.At(b.pos(), file))
	}
	b.findings = append(b.findings, imageFile(b.fsys, b.entry, file, b.pos())...)
}

// mayMislead reports whether a text may have a link that is not safe, without
// parsing it.
func mayMislead(body []byte) bool {
	for _, before := range []string{"](", "]:"} {
		for rest := body; ; {
			_, after, found := bytes.Cut(rest, []byte(before))
			if !found {
				break
			}
			rest = bytes.TrimLeft(after, " \t\r\n")
			link := rest[:min(len(rest), maxDestination)]
			if end := bytes.IndexAny(link, " \t\r\n)"); end >= 0 {
				link = link[:end]
			}
			if !isSafeLink(string(link)) {
				return true
			}
		}
	}
	return false
}

// link finds whether a link leads where a reader may be led.
func (b *bodyChecker) link(n ast.Node, destination, title []byte) {
	link := string(destination)
	if isSafeLink(link) {
		b.deceiving(n, destination, title)
		return
	}
	b.find(destination)
	rule := ruleUnsafeLink
	if isWindowsPath(link) {
		rule = ruleWindowsPath
	}
	b.findings = append(b.findings, rule.At(b.pos(), diag.FirstLine(link)))
}

// isSafeLink reports whether a link, as written in Markdown, leads to a page of
// the site, to another site, or to an e-mail address. It reads what browsers read:
// without blanks and controls, with "\" for "/".
func isSafeLink(link string) bool {
	link = markdown.Attribute([]byte(link))
	link = strings.Map(func(r rune) rune {
		if r <= ' ' || viet.Invisible(r) {
			return -1
		}
		return r
	}, link)
	scheme, _, has := strings.Cut(link, ":")
	switch {
	case strings.Contains(link, `\`), strings.HasPrefix(link, "//"):
		return false
	case !has || strings.ContainsAny(scheme, "/?#"):
		return true
	case strings.EqualFold(scheme, "mailto"):
		return true
	}
	return weblink.IsWeb(link)
}

// shortcode matches the beginning of one, but for those that only show how one is
// written.
var shortcode = regexp.MustCompile(`\{\{[<%]\s*/?\s*([^\s<>%/*]+)`)

// checkShortcodes finds those that are not the site's own: Hugo's would load what
// other sites hold.
func checkShortcodes(e *Entry, body []byte) []diag.Finding {
	var findings []diag.Finding
	places := diag.PlacesIn(e.File, body)
	for _, m := range shortcode.FindAllSubmatchIndex(body, -1) {
		if name := string(body[m[2]:m[3]]); name != "dieu-khoan" {
			findings = append(findings, ruleShortcode.At(e.inBody(places, m[0]), name))
		}
	}
	return findings
}

// checkFilled finds what is still to be written.
func checkFilled(e *Entry, body []byte) []diag.Finding {
	i := bytes.Index(body, []byte(ToFill))
	if i < 0 {
		return nil
	}
	return []diag.Finding{toFill(e.inBody(diag.PlacesIn(e.File, body), i), "lời bài", "the text", e.Draft)}
}
