package catalog

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

var ruleBadPath = diag.NewRule("bad-address", diag.Error,
	diag.Text{VI: "Tên “%[1]s” sẽ thành địa chỉ trang, nhưng có ký tự không dùng được trong địa chỉ.", EN: "The name “%[1]s” becomes part of an address, but contains characters that an address cannot have."},
	diag.Text{VI: "Đổi tên thư mục hoặc tệp: chỉ dùng chữ thường không dấu (a–z), số và gạch nối.", EN: "Rename the folder or file; use only a–z, digits and hyphens."})

var ruleUTF16 = diag.NewRule("utf-16", diag.Error,
	diag.Text{VI: "Tệp được lưu ở dạng UTF-16 (Notepad gọi là “Unicode”), máy không đọc được.", EN: "The file is saved as UTF-16 (Notepad's “Unicode”), which cannot be read."},
	diag.Text{VI: "Mở bằng Notepad, chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8, rồi lưu lại.", EN: "Open it in Notepad, choose Save as, set Encoding to UTF-8, and save."})

// loadEntry reads one entry. The item is nil where its front matter could not
// be read at all.
func loadEntry(fsys fs.FS, f contentFile, o Options) (item, []diag.Finding) {
	src, findings := readContent(fsys, f.name)
	if findings != nil {
		return nil, findings
	}
	stem, _ := splitLang(f.name)
	parts := strings.Split(strings.TrimPrefix(stem, "content/"), "/")
	sectionPage := parts[len(parts)-1] == "_index"
	kind := kindOf(parts[0], len(parts)-1, sectionPage)

	read, findings := o.Memory.read(f.name, src)
	if read == nil {
		return nil, findings
	}
	it := kind.make()
	e := it.base()
	*e = Entry{File: f.name, Lang: f.lang, Kind: kind.Kind, translation: f.translation, bodyLine: read.Line}
	if o.Digest != nil {
		e.Digest = o.Digest(src)
	}
	draft := false
	for _, k := range read.Table.Keys {
		e.keys = append(e.keys, keyPos{k.Name, k.Line, k.Column, diag.Pos{File: f.name, Line: k.Value.Line, Column: k.Value.Column}})
		draft = draft || k.Name == "draft" && k.Value.Text == "true"
	}
	d := &decoder{file: f.name, src: src, kind: kind, translation: f.translation, draft: draft, zone: o.Zone}
	d.table(read.Table, reflect.ValueOf(it).Elem(), "")
	findings = append(findings, d.findings...)
	e.published = e.isPublished(o)
	findings = append(findings, e.setAddress(parts, sectionPage, o)...)
	findings = append(findings, checkPicture(fsys, it)...)
	findings = append(findings, checkBody(fsys, e, read.Body, len(src)-len(read.Body), o)...)
	findings = append(findings, loadAttachments(fsys, e)...)
	if p, ok := it.(*Plan); ok && !e.translation {
		findings = append(findings, loadWordings(fsys, p, o)...)
	}
	return it, findings
}

func readContent(fsys fs.FS, name string) ([]byte, []diag.Finding) {
	pos := diag.Pos{File: name}
	src, err := readBounded(fsys, name)
	switch {
	case errors.Is(err, errTooLarge):
		return nil, []diag.Finding{ruleTooLarge.At(pos)}
	case err != nil:
		return nil, []diag.Finding{unreadable(pos, err)}
	case isUTF16(src):
		return nil, []diag.Finding{ruleUTF16.At(pos)}
	case !utf8.Valid(src):
		return nil, []diag.Finding{ruleNotUTF8.At(diag.PosAt(name, src, validPrefix(src)))}
	}
	return src, nil
}

// ReadFile reads a file of content/ as [Load] does: only regular files, and only up to a
// size.
func ReadFile(fsys fs.FS, name string) ([]byte, error) { return readBounded(regularFS{fsys}, name) }

// isUTF16 reports whether a file was saved in two bytes a letter.
func isUTF16(src []byte) bool {
	return bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) || bytes.Count(src[:min(len(src), 64)], []byte{0}) > 2
}

var errTooLarge = errors.New("too large")

func readBounded(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile {
		return nil, errTooLarge
	}
	src := make([]byte, info.Size())
	n, err := io.ReadFull(f, src)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil // empty, or cut shorter since
	}
	return src[:n], err
}

// validPrefix is the length of the part of src before its first wrong byte.
func validPrefix(src []byte) int {
	n := 0
	for n < len(src) {
		r, size := utf8.DecodeRune(src[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// setAddress works out where Hugo will put the page.
func (e *Entry) setAddress(parts []string, sectionPage bool, o Options) []diag.Finding {
	leaf := parts[len(parts)-1]
	if sectionPage || leaf == "index" {
		parts = parts[:len(parts)-1]
	}
	var findings []diag.Finding
	if part, found := badPart(parts); found {
		findings = append(findings, ruleBadPath.At(diag.Pos{File: e.File}, part).Suggest(viet.Slug(part)))
	}
	e.Path = "/" + strings.Join(parts, "/")
	if len(parts) > 0 {
		e.ID = parts[len(parts)-1]
	}
	e.URL = e.address(parts, sectionPage, o)
	return findings
}

func (e *Entry) address(parts []string, sectionPage bool, o Options) string {
	root := rootOf(e.Lang)
	name := e.ID
	if e.Slug != "" {
		name = e.Slug
	}
	switch {
	case strings.HasPrefix(e.Address, "/"):
		return closed(e.Address)
	case e.Address != "":
		return closed(root + e.Address)
	case len(parts) == 0:
		return root
	case sectionPage && o.SectionLinks[e.Lang][parts[0]] != "":
		below := strings.ReplaceAll(o.SectionLinks[e.Lang][parts[0]], ":sections[1:]", strings.Join(parts[1:], "/"))
		return path.Clean(root+below) + "/"
	case sectionPage:
		return root + strings.Join(parts, "/") + "/"
	}
	if pattern := o.Permalinks[e.Lang][parts[0]]; pattern != "" {
		pattern = strings.NewReplacer(":slugorcontentbasename", name, ":contentbasename", e.ID, ":slug", name).Replace(pattern)
		return path.Clean(root+pattern) + "/"
	}
	return path.Clean(root+path.Join(path.Join(parts[:len(parts)-1]...), name)) + "/"
}

// rootOf is where a language's pages stand.
func rootOf(lang string) string {
	if lang == "vi" {
		return "/"
	}
	return "/" + lang + "/"
}

// closed returns an address with the stroke at its end that a page's folder has.
func closed(url string) string { return strings.TrimRight(url, "/") + "/" }

// pos is where the key stands, or the entry's first line.
func (e *Entry) pos(key string) diag.Pos {
	for _, k := range e.keys {
		if k.name == key {
			return diag.Pos{File: e.File, Line: k.line, Column: k.column}
		}
	}
	return diag.Pos{File: e.File, Line: 1}
}

// ValuePos returns the position of a top-level key's value, or the entry's first line.
func (e *Entry) ValuePos(key string) diag.Pos {
	for _, k := range e.keys {
		if k.name == key {
			return k.value
		}
	}
	return diag.Pos{File: e.File, Line: 1}
}

// TooIntricate reports whether the entry's text exceeds the limits within which it is
// safe to parse.
func (e *Entry) TooIntricate() bool { return e.unparsed }
