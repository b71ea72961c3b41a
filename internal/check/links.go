package check

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"unique"

	"lienhiep/internal/diag"
	"lienhiep/internal/weblink"
)

var (
	linkBroken = diag.NewRule("link-broken", diag.Error,
		diag.Text{VI: "Liên kết “%[1]s” dẫn tới một trang hoặc tệp không tồn tại.",
			EN: "The link “%[1]s” leads to a page or file that the site does not have."},
		diag.Text{VI: "Sửa địa chỉ trong bài có liên kết này; nếu trang kia đã đổi địa chỉ, thêm địa chỉ cũ vào “aliases” của trang ấy.",
			EN: "Correct it where the link is written; if the page has moved, add its old address to the page's “aliases”."})
	anchorBroken = diag.NewRule("link-anchor", diag.Error,
		diag.Text{VI: "Liên kết “%[1]s” dẫn tới chỗ “#%[2]s” mà trang đích không có.",
			EN: "The link “%[1]s” leads to the anchor “#%[2]s”, which its page does not have."},
		diag.Text{VI: "Sửa phần sau dấu # cho đúng với một mã có trên trang đích.", EN: "Correct the part after # to an anchor of that page."})
	linkMalformed = diag.NewRule("link-malformed", diag.Error,
		diag.Text{VI: "Địa chỉ “%[1]s” viết sai.", EN: "“%[1]s” is not a well-formed address."},
		diag.Text{VI: "Chép lại địa chỉ từ thanh địa chỉ của trình duyệt.", EN: "Copy the address from a browser's address bar."})
	linkScheme = diag.NewRule("link-scheme", diag.Error,
		diag.Text{VI: "Liên kết “%[1]s” không phải là liên kết tới một trang web, thư điện tử hay số điện thoại.",
			EN: "The link “%[1]s” is not to a web page, an e-mail address or a phone number."},
		diag.Text{VI: "Chỉ dùng liên kết bắt đầu bằng https:, http:, mailto: hoặc tel:.", EN: "Use https:, http:, mailto: or tel: only."})
	linkEmpty = diag.NewRule("link-empty", diag.Error,
		diag.Text{VI: "Có liên kết hoặc ảnh để trống địa chỉ.", EN: "A link or an image has an empty address."},
		diag.Text{VI: "Điền địa chỉ, hoặc bỏ liên kết đi.", EN: "Fill in the address, or remove the link."})
	linkedNowhere = diag.NewRule("link-to-none", diag.Notice,
		diag.Text{VI: "Không trang nào dẫn tới %[1]s, ngoài sơ đồ trang, nên người đọc khó tìm thấy.", EN: "No page links to %[1]s, apart from the site map, so readers will hardly find it."},
		diag.Text{VI: "Đặt một liên kết ở bài liên quan, hoặc thêm trang vào danh mục trong content/trang-web.toml.", EN: "Link to it from a related entry, or add it to the menu in content/trang-web.toml."})
	linkOutside = diag.NewRule("link-outside", diag.Error,
		diag.Text{VI: "Liên kết “%[1]s” ra ngoài đường dẫn gốc “%[2]s” của trang này.",
			EN: "The link “%[1]s” leaves the site's own path “%[2]s”."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: trong khuôn mẫu, dùng relURL hoặc .RelPermalink thay cho địa chỉ viết sẵn.",
			EN: "In templates, use relURL or .RelPermalink in place of a fixed address."})
)

// target is where a reference leads.
type target struct {
	kind     targetKind
	file     string // of this site, there or missing
	fragment string
	scheme   string
}

type targetKind int

const (
	found     targetKind = iota // a file of this site
	missing                     // an address of this site without a file
	outside                     // the same host, beside this site
	elsewhere                   // another host
	schemed                     // not the web: mailto:, data: …
	malformed
)

// anchor is a link to a place on another page, looked up when all are read.
type anchor struct {
	file string
	spot
	to target
}

// resolve finds where a reference in a file leads. base is what the file says
// that its references are relative to, mostly nothing.
func (s *site) resolve(from, base, link string) target {
	if t, ok := s.plain(link); ok {
		return t
	}
	page := s.base
	page.Path += addressOf(from)
	if b, err := page.Parse(base); base != "" && err == nil {
		page = *b
	}
	u, err := page.Parse(link)
	if err != nil {
		return target{kind: malformed}
	}
	if u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return target{kind: schemed, scheme: u.Scheme}
	}
	if !strings.EqualFold(u.Host, s.base.Host) {
		return target{kind: elsewhere}
	}
	rel, ok := strings.CutPrefix(u.Path, s.base.Path)
	switch {
	case ok:
	case u.Path+"/" == s.base.Path:
		rel = ""
	default:
		return target{kind: outside}
	}
	return s.at(rel, u.Fragment)
}

// at is the target at an address relative to the root.
func (s *site) at(address, fragment string) target {
	t := target{file: fileOf(address), fragment: fragment}
	if s.folders[t.file] {
		t.file += "/index.html"
	}
	if !s.files[t.file] {
		t.kind = missing
	}
	return t
}

// plain resolves the references that most are, without the cost of reading them
// as addresses: absolute ones to a file of this site with nothing to decode. It
// does not find others, which may have a host, a query or dots.
func (s *site) plain(link string) (target, bool) {
	rel, ok := strings.CutPrefix(link, s.root)
	if !ok {
		rel, ok = strings.CutPrefix(link, s.base.Path)
	}
	address, fragment, _ := strings.Cut(rel, "#")
	if !ok || strings.Contains(rel, "%") {
		return target{}, false
	}
	t := s.at(address, fragment)
	return t, t.kind == found
}

// links looks where a page's references lead.
func (w *worker) links(p *page) {
	for _, r := range p.refs {
		if rest, ok := strings.CutPrefix(r.value, "#"); ok && p.base == "" {
			if name, err := url.PathUnescape(rest); err != nil || !topOrIn(name, p.anchors) {
				w.tell(fault{anchorBroken.At(p.pos(r.off), r.value, name), target{file: p.name, fragment: name}})
			}
			continue
		}
		w.link(p.file, p.base, r)
	}
	for _, l := range p.links {
		w.words(p, l)
	}
}

// words finds a link whose words name another host than it leads to. One whose
// address deceives by itself has been found.
func (w *worker) words(p *page, l link) {
	if t := w.resolve(p.name, p.base, l.value); t.kind != elsewhere && t.kind != schemed {
		return
	}
	if _, deceives := weblink.Check(diag.Pos{}, l.value); deceives {
		return
	}
	if found, deceives := weblink.Check(p.pos(l.off), l.value, l.words...); deceives {
		w.add(found)
	}
}

// link applies the rules for one reference of a file.
func (w *worker) link(f *file, base string, r ref) {
	if r.value == "" {
		w.add(linkEmpty.At(f.pos(r.off)))
		return
	}
	t := w.resolve(f.name, base, r.value)
	if t.kind == elsewhere || t.kind == malformed || t.kind == schemed {
		if found, deceives := weblink.Check(f.pos(r.off), r.value); deceives {
			w.add(found)
			return
		}
	}
	switch t.kind {
	case malformed:
		w.add(linkMalformed.At(f.pos(r.off), r.value))
	case schemed:
		if !allowed(t.scheme, r.use) {
			w.add(linkScheme.At(f.pos(r.off), cut(r.value)))
		}
	case elsewhere:
		if r.use != follow && r.use != tell {
			w.add(otherHost.At(f.pos(r.off), r.value))
		}
	case outside:
		if r.use != follow || strings.HasPrefix(r.value, "/") {
			w.add(linkOutside.At(f.pos(r.off), r.value, w.base.Path))
		}
	case missing:
		if h := w.hiddenAt(t.file); h != nil {
			w.mention(f, r.off, h)
		} else {
			w.tell(fault{linkBroken.At(f.pos(r.off), r.value), t})
		}
	case found:
		leads := r.use == follow && t.file != f.name && !w.siteMaps[f.name]
		if leads {
			w.led[t.file] = true
		}
		if w.note != nil {
			w.note.asked[t.file] = w.note.asked[t.file] || leads
		}
		if t.fragment != "" && path.Ext(t.file) == ".html" {
			w.wanted = append(w.wanted, anchor{f.name, r.spot, t})
		}
	}
}

// alone finds the entries that nothing but a list of all pages leads to.
func (w *worker) alone(o Options) {
	for address, source := range o.Entries {
		if file := fileOf(strings.Trim(address, "/") + "/"); w.files[file] && !w.led[file] {
			w.add(linkedNowhere.At(diag.Pos{File: source, Line: 1}, address))
		}
	}
}

// allowed says which schemes beside those of the web a reference may have.
func allowed(scheme string, u use) bool {
	switch scheme {
	case "mailto", "tel", "sms":
		return u == follow
	case "data":
		return u == load // an image in a style sheet
	}
	return false
}

// cut shortens what may be a whole file in one attribute.
func cut(s string) string {
	if r := []rune(s[:min(len(s), 400)]); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// topOrIn reports whether a page has an anchor. "top" and "" are its beginning;
// what follows ":~:" is for the browser alone.
func topOrIn(name string, ids map[string]bool) bool {
	name, _, _ = strings.Cut(name, ":~:")
	return name == "" || name == "top" || ids[name]
}

// anchors looks up the links to places on other pages. A file with a broken one
// is read again, to tell the line.
func (w *worker) anchors() error {
	var f *file
	for _, a := range w.wanted {
		name, _, _ := strings.Cut(a.to.fragment, ":~:")
		if name == "" || name == "top" || slices.Contains(w.ids[a.to.file], unique.Make(name)) {
			continue
		}
		if f == nil || f.name != a.file {
			var err error
			if f, _, err = w.read(w.fsys, a.file, textKinds[path.Ext(a.file)]); err != nil {
				return fmt.Errorf("reading the site again: %w", err)
			}
		}
		w.tell(fault{anchorBroken.At(f.pos(a.off), a.value, name), a.to})
	}
	return nil
}
