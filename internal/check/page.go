package check

import (
	"bytes"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"
	"unique"

	"golang.org/x/net/html"

	"lienhiep/internal/diag"
)

// file is a file being checked. Its bytes are valid until the next one is read.
type file struct {
	name string
	src  []byte

	// The place asked for last. The next is mostly behind it, perhaps on the same
	// long line, so that pos counts on from there.
	off, line, column int
}

// pos turns an offset into a line and a column.
func (f *file) pos(off int) diag.Pos {
	if off < f.off {
		f.off, f.line, f.column = 0, 0, 0
	}
	between := f.src[f.off:off]
	if n := bytes.Count(between, []byte{'\n'}); n > 0 {
		f.line += n
		f.column = 0
		between = between[bytes.LastIndexByte(between, '\n')+1:]
	}
	f.column += utf8.RuneCount(between)
	f.off = off
	return diag.Pos{File: f.name, Line: f.line + 1, Column: f.column + 1}
}

// page is an HTML file and the facts that rules look at.
type page struct {
	*file
	doctype, utf8, viewport, noindex bool
	lang, title, description         string
	redirect                         string // where a page leads that does nothing else
	base                             string
	h1                               []int           // where a heading with text begins
	ids, repeated, idrefs            []spot          // anchors, those given again, and attributes that name one
	anchors                          map[string]bool // the ids again
	labelFor                         map[string]bool
	refs                             []ref
	links                            []link // those that may lead to another host
	hidden                           []spot // elements of text that are not shown, by name
	fonts                            []spot // preloaded
	noAlt, noText                    []int  // images; links without words
	unnamed                          []spot // form controls and their ids, "" for none
	noHeaders, emptyHeaders          []int  // tables; their header cells
	foreign                          []spot // links to the same page in another language that do not mark their words
	styles, scripts                  []int
	handlers                         []spot
	comments, data                   []spot // data: JSON blocks
}

// spot is a value and where its tag begins.
type spot struct {
	value string
	off   int
}

// ref is a reference to another address.
type ref struct {
	spot
	use use
}

// link is one that may lead to another host, with what readers see of it: the words
// over it, and its title and label.
type link struct {
	spot
	words []string
}

// use says what a browser does with a reference.
type use int

const (
	follow   use = iota // when the reader asks for it
	load                // by itself
	style               // by itself, before it draws the page
	redirect            // by itself, leaving the page
	tell                // nothing: other programs read it
)

// id is an anchor in as few bytes as many pages with the same ones need.
type id = unique.Handle[string]

func intern(spots []spot) []id {
	ids := make([]id, len(spots))
	for i, s := range spots {
		ids[i] = unique.Make(s.value)
	}
	return ids
}

// reader reads files and the facts of pages, into buffers that it keeps.
type reader struct {
	buf   bytes.Buffer
	attrs []attr
	page  page
	open  []element
	text  *string // where text goes: a title being read, or nil
	over  []byte  // the words over the link being read
}

type attr struct{ key, val []byte }

// element is an open element that rules look at; the others are not followed.
type element struct {
	name       string
	off        int
	named      bool // has words for those who cannot see it
	id         string
	leadsOut   bool // the last of the page's links
	cells, ths bool // of a table
}

// deepest is how many such elements a page may nest before they are overlooked:
// browsers stop at the same number.
const deepest = 512

// read reads a file, unless it is larger than limit.
func (r *reader) read(fsys fs.FS, name string, limit int64) (f *file, whole bool, err error) {
	in, err := fsys.Open(name)
	if err != nil {
		return nil, false, err
	}
	defer in.Close()
	r.buf.Reset()
	n, err := r.buf.ReadFrom(io.LimitReader(in, limit+1))
	return &file{name: name, src: r.buf.Bytes()}, n <= limit, err
}

// facts reads a page in one pass. The result is valid until the next call.
func (r *reader) facts(f *file) *page {
	old := r.page
	clear(old.anchors)
	r.page = page{file: f, ids: old.ids[:0], refs: old.refs[:0], anchors: old.anchors, labelFor: map[string]bool{}}
	if r.page.anchors == nil {
		r.page.anchors = map[string]bool{}
	}
	r.open, r.text = r.open[:0], nil
	z := html.NewTokenizer(bytes.NewReader(f.src))
	for end := 0; ; {
		kind := z.Next()
		off := end
		end += len(z.Raw())
		switch kind {
		case html.ErrorToken:
			r.closeTo(0)
			return &r.page
		case html.DoctypeToken:
			r.page.doctype = len(bytes.TrimSpace(f.src[:off])) == 0
		case html.CommentToken:
			r.page.comments = append(r.page.comments, spot{string(z.Text()), off})
		case html.TextToken:
			r.words(z)
		case html.EndTagToken:
			name, _ := z.TagName()
			r.close(name)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			r.attrs = r.attrs[:0]
			for more {
				var a attr
				a.key, a.val, more = z.TagAttr()
				r.attrs = append(r.attrs, a)
			}
			if string(name) == "noscript" {
				z.NextIsNotRawText()
			}
			r.start(name, off)
		}
	}
}

// words takes text: the open elements have some.
func (r *reader) words(z *html.Tokenizer) {
	if n := len(r.open); n > 0 && r.open[n-1].name == "script" {
		r.page.data = append(r.page.data, spot{string(z.Text()), r.open[n-1].off})
		return
	}
	asked := len(r.open) > 0 && !r.open[len(r.open)-1].named
	linked := r.linked()
	if !asked && !linked {
		return
	}
	text := z.Text()
	if linked {
		r.over = append(r.over, text...)
	}
	if !asked {
		return
	}
	text = bytes.TrimSpace(text)
	if r.text != nil {
		*r.text = string(text)
	}
	if len(text) > 0 {
		r.name()
	}
}

// linked reports whether the words at hand stand over a link that may lead out.
func (r *reader) linked() bool {
	a := r.inside("a")
	return a != nil && a.leadsOut
}

// name marks the open elements as having words. Those that have some already
// are the outermost ones, so that it need not look further.
func (r *reader) name() {
	for i := len(r.open) - 1; i >= 0 && !r.open[i].named; i-- {
		r.open[i].named = true
	}
}

// val returns an attribute's value, nil if there is none: an empty one is not nil.
func (r *reader) val(key string) []byte {
	for _, a := range r.attrs {
		if string(a.key) == key {
			if a.val == nil {
				return []byte{}
			}
			return a.val
		}
	}
	return nil
}

func (r *reader) has(key string) bool { return r.val(key) != nil }

func (r *reader) str(key string) string { return strings.TrimSpace(string(r.val(key))) }

func (r *reader) filled(key string) bool { return len(bytes.TrimSpace(r.val(key))) > 0 }

// is reports whether a list of words in an attribute has one.
func (r *reader) is(key, word string) bool {
	for w := range bytes.FieldsSeq(r.val(key)) {
		if strings.EqualFold(string(w), word) {
			return true
		}
	}
	return false
}

// push opens an element. One that lies too deep is not followed.
func (r *reader) push(name string, off int) *element {
	e := element{name: name, off: off, named: r.filled("aria-label") || r.filled("aria-labelledby")}
	if len(r.open) == deepest {
		return &e
	}
	r.open = append(r.open, e)
	return &r.open[len(r.open)-1]
}

// inside returns the innermost open element of a name, or nil.
func (r *reader) inside(name string) *element {
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].name == name {
			return &r.open[i]
		}
	}
	return nil
}

func (r *reader) close(name []byte) {
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].name == string(name) {
			r.closeTo(i)
			return
		}
	}
}

// closeTo closes the open elements from the i-th.
func (r *reader) closeTo(i int) {
	p := &r.page
	for len(r.open) > i {
		e := r.open[len(r.open)-1]
		if e.leadsOut {
			l := &p.links[len(p.links)-1]
			l.words = append(l.words, string(r.over))
		}
		r.open = r.open[:len(r.open)-1]
		switch {
		case e.name == "title":
			r.text = nil
		case e.name == "h1" && e.named:
			p.h1 = append(p.h1, e.off)
		case e.name == "a" && !e.named:
			p.noText = append(p.noText, e.off)
		case e.name == "button" && !e.named:
			p.unnamed = append(p.unnamed, spot{e.id, e.off})
		case e.name == "th" && !e.named:
			p.emptyHeaders = append(p.emptyHeaders, e.off)
		case e.name == "table" && e.cells && !e.ths:
			p.noHeaders = append(p.noHeaders, e.off)
		}
		// A name read from inside an element is its parents' too.
		if e.named && e.name != "title" {
			r.name()
		}
	}
}

func (r *reader) ref(u use, key string, off int) {
	if v := r.val(key); v != nil {
		r.page.refs = append(r.page.refs, ref{spot{strings.TrimSpace(string(v)), off}, u})
	}
}

// start takes a start tag with its attributes.
func (r *reader) start(name []byte, off int) {
	p := &r.page
	for _, a := range r.attrs {
		switch key := string(a.key); {
		case key == "id" && len(a.val) > 0:
			id := spot{string(a.val), off}
			if p.anchors[id.value] {
				p.repeated = append(p.repeated, id)
			}
			p.anchors[id.value] = true
			p.ids = append(p.ids, id)
		case key == "style":
			p.styles = append(p.styles, off)
		case key == "hidden" && !shownLater[string(name)], key == "class" && isHeading(name) && hides(a.val):
			p.hidden = append(p.hidden, spot{string(name), off})
		case key == "srcdoc":
			p.scripts = append(p.scripts, off)
		case len(key) > 2 && key[:2] == "on", key == "attributename" && animatesCode(a.val):
			p.handlers = append(p.handlers, spot{key, off})
		case key == "aria-labelledby", key == "aria-describedby", key == "aria-controls", key == "list", key == "for" && string(name) != "output":
			for v := range strings.FieldsSeq(string(a.val)) {
				p.idrefs = append(p.idrefs, spot{v, off})
			}
		}
	}
	switch string(name) {
	case "html":
		p.lang = r.str("lang")
	case "title":
		if r.inside("svg") != nil {
			return // names the drawing, as its text is read
		}
		r.push("title", off)
		if p.title == "" {
			r.text = &p.title
		}
	case "meta":
		r.meta(off)
	case "base":
		p.base = r.str("href")
	case "link":
		r.link(off)
	case "h1", "svg":
		r.push(string(name), off)
	case "label":
		r.push("label", off)
		p.labelFor[r.str("for")] = true
	case "a":
		r.close(name)
		r.ref(follow, "href", off)
		r.ref(load, "ping", off)
		if !r.has("href") {
			return
		}
		// Words about a foreign page may be in this page's language; the name of
		// the other language, which leads to the same page in it, is not.
		if l := r.str("hreflang"); l != "" && r.str("rel") == "alternate" && !strings.EqualFold(l, p.lang) && !r.has("lang") {
			p.foreign = append(p.foreign, spot{l, off})
		}
		leadsOut := bytes.ContainsAny(r.val("href"), `:\`) || bytes.HasPrefix(r.val("href"), []byte("//"))
		if leadsOut {
			p.links = append(p.links, link{spot{r.str("href"), off}, []string{r.str("title"), r.str("aria-label")}})
			r.over = r.over[:0]
		}
		r.push("a", off).leadsOut = leadsOut
	case "br":
		r.over = append(r.over, ' ')
	case "area":
		r.ref(follow, "href", off)
		r.image(off)
	case "img":
		r.ref(load, "src", off)
		r.srcset("srcset", off)
		r.image(off)
	case "source":
		r.ref(load, "src", off)
		r.srcset("srcset", off)
	case "script":
		r.script(off)
	case "style":
		p.styles = append(p.styles, off)
	case "iframe", "frame", "embed", "audio", "track":
		r.ref(load, "src", off)
	case "video":
		r.ref(load, "src", off)
		r.ref(load, "poster", off)
	case "object":
		r.ref(load, "data", off)
	case "image", "use", "feimage": // of SVG
		r.ref(load, "href", off)
		r.ref(load, "xlink:href", off)
	case "body", "table", "td", "th", "tr":
		r.ref(load, "background", off)
		r.table(string(name), off)
	case "form":
		r.ref(load, "action", off)
	case "input", "select", "textarea":
		r.control(string(name), off)
	case "button":
		r.ref(load, "formaction", off)
		labelled := r.filled("title") || r.inside("label") != nil
		e := r.push("button", off)
		e.id, e.named = r.str("id"), e.named || labelled
	}
}

// animatesCode reports whether a drawing in a page sets an attribute that may run.
func animatesCode(attribute []byte) bool {
	name := strings.ToLower(string(attribute))
	return strings.HasPrefix(name, "on") || strings.HasSuffix(name, "href")
}

// shownLater are the elements that scripts show when they are of use.
var shownLater = map[string]bool{"fieldset": true, "output": true, "button": true}

// hiding are the classes by which the styles of this site and of others hide words.
var hiding = map[string]bool{"hidden": true, "visually-hidden": true, "sr-only": true, "screen-reader-text": true, "screen-reader-only": true,
	"invisible": true, "d-none": true, "collapse": true, "print-only": true, "skip": true, "tools": true, "toc-button": true, "home-plan-what": true}

func isHeading(name []byte) bool {
	return len(name) == 2 && name[0] == 'h' && '1' <= name[1] && name[1] <= '6'
}

// hides reports whether one of an element's classes hides it.
func hides(classes []byte) bool {
	for class := range bytes.FieldsSeq(classes) {
		if hiding[string(class)] {
			return true
		}
	}
	return false
}

func (r *reader) image(off int) {
	switch {
	case !r.has("alt"):
		r.page.noAlt = append(r.page.noAlt, off)
	case r.filled("alt"):
		r.name()
		r.over = append(r.over, r.val("alt")...)
	}
}

func (r *reader) meta(off int) {
	p := &r.page
	content := r.str("content")
	switch strings.ToLower(r.str("name") + r.str("property")) {
	case "description":
		p.description = content
	case "viewport":
		p.viewport = content != ""
	case "robots":
		p.noindex = p.noindex || strings.Contains(strings.ToLower(content), "noindex")
	case "og:url", "og:image", "og:image:url", "og:image:secure_url", "og:video", "og:audio", "twitter:image":
		r.ref(tell, "content", off)
	}
	charset := r.str("charset")
	switch strings.ToLower(r.str("http-equiv")) {
	case "content-type":
		if i := indexFold(content, "charset="); i >= 0 {
			charset = content[i+len("charset="):]
		}
	case "refresh":
		if i := indexFold(content, "url="); i >= 0 {
			p.redirect = strings.Trim(content[i+len("url="):], ` '"`)
			p.refs = append(p.refs, ref{spot{p.redirect, off}, redirect})
		}
	}
	p.utf8 = p.utf8 || strings.EqualFold(charset, "utf-8")
}

// indexFold is [strings.Index] for an ASCII word in any case.
func indexFold(s, word string) int {
	for i := range len(s) - len(word) + 1 {
		if strings.EqualFold(s[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}

// loading are the kinds of links for which a browser asks a server by itself.
var loading = []string{"preload", "modulepreload", "prefetch", "prerender", "preconnect", "dns-prefetch", "icon",
	"apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "manifest"}

func (r *reader) link(off int) {
	u := tell
	for _, kind := range loading {
		if r.is("rel", kind) {
			u = load
		}
	}
	if r.is("rel", "stylesheet") {
		u = style
	}
	r.ref(u, "href", off)
	r.srcset("imagesrcset", off)
	if r.is("as", "font") {
		r.page.fonts = append(r.page.fonts, spot{r.str("href"), off})
	}
}

func (r *reader) script(off int) {
	kind := strings.ToLower(r.str("type"))
	switch {
	case r.has("src"):
		r.ref(load, "src", off)
	case kind == "application/json", strings.HasSuffix(kind, "+json"):
		r.push("script", off)
	default:
		r.page.scripts = append(r.page.scripts, off)
	}
}

func (r *reader) table(name string, off int) {
	if name == "table" {
		r.push("table", off).ths = r.is("role", "presentation") || r.is("role", "none")
		return
	}
	if n := len(r.open); n > 0 && r.open[n-1].name == "th" {
		r.closeTo(n - 1) // its end tag may be left out
	}
	t := r.inside("table")
	if t == nil {
		return
	}
	switch name {
	case "td":
		t.cells = true
	case "th":
		t.ths = true
		r.push("th", off)
	}
}

func (r *reader) control(name string, off int) {
	kind := ""
	if name == "input" {
		kind = strings.ToLower(r.str("type"))
		r.ref(load, "src", off)
		r.ref(load, "formaction", off)
	}
	named := r.filled("aria-label") || r.filled("aria-labelledby") || r.filled("title") || r.inside("label") != nil
	switch kind {
	case "hidden", "submit", "reset":
		return
	case "button":
		named = named || r.filled("value")
	case "image":
		named = named || r.filled("alt")
	}
	if !named {
		r.page.unnamed = append(r.page.unnamed, spot{r.str("id"), off})
	}
}

// srcset reads a list of images by the rules of HTML: addresses may hold commas,
// but not end in one.
func (r *reader) srcset(key string, off int) {
	rest := string(r.val(key))
	for {
		rest = strings.TrimLeft(rest, " \t\r\n\f,")
		if rest == "" {
			return
		}
		end := strings.IndexAny(rest, " \t\r\n\f")
		if end < 0 {
			end = len(rest)
		}
		address := strings.TrimRight(rest[:end], ",")
		r.page.refs = append(r.page.refs, ref{spot{address, off}, load})
		if len(address) < end {
			rest = rest[end:]
		} else if _, after, ok := strings.Cut(rest[end:], ","); ok {
			rest = after
		} else {
			return
		}
	}
}
