package search

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
)

// page is what search reads out of a built page.
type page struct {
	lang    string
	holds   bool   // it is the search page of its language
	kind    string // "": no result
	day     string // YYYY-MM-DD, YYYY or ""
	title   string
	names   string // what else it is called
	list    bool   // of its text only title and summary count: the rest is others'
	blocks  []block
	hasMain bool
}

// block is a stretch of text that a reader sees as one: a paragraph, a heading.
type block struct {
	field field
	text  string
}

// field is where in a page a text stands.
type field byte

const (
	body field = iota
	summary
	heading
	name
	provision
	alias // another title
	title
)

// skipped are the elements of a page that are not its own text.
var skipped = map[string]bool{"nav": true, "form": true, "button": true, "script": true, "style": true, "template": true, "svg": true, "noscript": true}

// void are the elements that have no end.
var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true, "meta": true, "param": true, "source": true, "track": true, "wbr": true}

// inline are the elements that do not end a block.
var inline = map[string]bool{"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "cite": true, "code": true, "data": true, "del": true, "dfn": true, "em": true, "i": true,
	"img": true, "ins": true, "kbd": true, "mark": true, "q": true, "s": true, "samp": true, "small": true, "span": true, "strong": true, "sub": true, "sup": true, "time": true, "u": true, "var": true, "wbr": true}

// fields are the elements, and the values of data-search, that say where a text
// stands.
var fields = map[string]field{"h1": title, "h2": heading, "h3": heading, "h4": heading, "h5": heading, "h6": heading,
	"th": heading, "dt": heading, "caption": heading, "figcaption": heading}

var marks = map[string]field{"summary": summary, "name": name, "provision": provision}

// element is an open element of main.
type element struct {
	tag   string
	field field
	skip  bool
	ends  bool // ends a block
}

// pageReader reads pages, into buffers that it keeps.
type pageReader struct {
	open  []element
	text  []byte
	page  page
	terms termCollector
}

var readers = sync.Pool{New: func() any { return new(pageReader) }}

// read reads a page in one pass. The result is valid until the next call.
func (r *pageReader) read(src []byte) *page {
	r.open, r.text = r.open[:0], r.text[:0]
	r.page = page{blocks: r.page.blocks[:0]}
	z := html.NewTokenizer(bytes.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			r.flush()
			return &r.page
		case html.TextToken:
			if n := len(r.open); n > 0 && !r.open[n-1].skip {
				r.text = append(r.text, z.Text()...)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tag, more := z.TagName()
			r.start(z, string(tag), more)
			if r.page.hasMain && r.page.kind == "" {
				return &r.page
			}
		case html.EndTagToken:
			tag, _ := z.TagName()
			if r.end(string(tag)) {
				return &r.page
			}
		}
	}
}

// start opens an element.
func (r *pageReader) start(z *html.Tokenizer, tag string, more bool) {
	if len(r.open) == 0 && tag != "html" && tag != "main" {
		return
	}
	a := attributesOf(z, more)
	switch {
	case tag == "html":
		r.page.lang = a.lang
		return
	case tag == "main" && !r.page.hasMain:
		r.page.hasMain, r.page.holds, r.page.kind, r.page.day = true, a.holds, a.search, a.day
		r.page.names, r.page.list = a.names, a.list
		if a.names != "" {
			r.page.blocks = append(r.page.blocks, block{alias, a.names})
		}
		r.open = append(r.open, element{tag: tag, ends: true})
		return
	case len(r.open) == 0:
		return
	}
	outer := r.open[len(r.open)-1]
	e := element{tag: tag, field: outer.field, skip: outer.skip || skipped[tag] || a.hidden || a.search == "no", ends: !inline[tag]}
	if f, ok := fields[tag]; ok {
		e.field = f
	}
	if f, ok := marks[a.search]; ok {
		e.field, e.ends = f, true
	}
	if e.ends {
		r.flush()
	}
	if !void[tag] {
		r.open = append(r.open, e)
	}
}

// attributes are those that search looks at.
type attributes struct {
	lang, search, day, names string
	holds, hidden, list      bool
}

func attributesOf(z *html.Tokenizer, more bool) attributes {
	var a attributes
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
		switch string(key) {
		case "lang":
			a.lang = string(val)
		case "data-search":
			a.search = string(val)
		case "data-date":
			a.day = string(val)
		case "data-search-names":
			a.names = string(val)
		case "data-search-list":
			a.list = true
		case "data-search-page":
			a.holds = true
		case "hidden":
			a.hidden = true
		case "aria-hidden":
			a.hidden = a.hidden || string(val) == "true"
		}
	}
	return a
}

// end closes an element and what was left open in it. It reports whether main is
// read.
func (r *pageReader) end(tag string) bool {
	i := len(r.open) - 1
	for ; i >= 0 && r.open[i].tag != tag; i-- {
	}
	if i < 0 {
		return false
	}
	if slices.ContainsFunc(r.open[i:], func(e element) bool { return e.ends }) {
		r.flush()
	}
	r.open = r.open[:i]
	return i == 0
}

// flush ends the block being read.
func (r *pageReader) flush() {
	text := strings.Join(strings.Fields(string(r.text)), " ")
	r.text = r.text[:0]
	if text == "" || len(r.open) == 0 {
		return
	}
	f := r.open[len(r.open)-1].field
	if f == title {
		if r.page.title != "" {
			f = heading // a page has one title
		} else {
			r.page.title = text
		}
	}
	if r.page.list && f != title && f != summary {
		return
	}
	r.page.blocks = append(r.page.blocks, block{f, text})
}
