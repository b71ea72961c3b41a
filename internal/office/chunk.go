package office

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"path"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// maxChunks limits documents embedded in documents.
const maxChunks = 20

// chunk reads a w:altChunk: a document of another format that Word takes over when it
// opens the file. HTML, also as a web archive, text and Word are read; the rest is named.
func (r *reader) chunk(k *node) []block {
	rel, ok := r.rels[k.markAll().attr("r:id")]
	if !ok || rel.external {
		r.doc.tally.leave(ruleChunkLeft, "")
		return nil
	}
	if r.chunks++; r.chunks > maxChunks {
		r.doc.tally.leave(ruleTooDeep, path.Base(rel.target))
		return nil
	}
	data, err := r.read(rel.target, maxXML)
	var blocks []block
	if err == nil {
		blocks, err = r.chunkOf(rel.target, data)
	}
	if err != nil {
		r.doc.tally.leave(ruleChunkLeft, path.Base(rel.target))
		return nil
	}
	return blocks
}

var errChunk = errors.New("a document of a format that is not read")

func (r *reader) chunkOf(name string, data []byte) ([]block, error) {
	head := strings.ToLower(string(data[:min(len(data), 1000)]))
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
		doc, inside, err := readInside(name, data, r.chunks)
		if err == nil {
			err = inside.refuseLinked()
		}
		if err != nil {
			return nil, err
		}
		r.doc.tally.tracked += doc.tally.tracked
		r.doc.tally.lost = append(r.doc.tally.lost, doc.tally.lost...)
		for _, l := range doc.tally.left {
			for _, text := range append(l.texts, make([]string, l.count-len(l.texts))...) {
				r.doc.tally.leave(l.rule, text)
			}
		}
		for i, p := range doc.pictures {
			p.name = "hinh-" + strconv.Itoa(len(r.doc.pictures)+i+1) + path.Ext(p.name)
		}
		r.doc.pictures = append(r.doc.pictures, doc.pictures...)
		before := len(r.doc.notes) // which the chunk's own footnotes count on from
		doc.paras(func(p *para) {
			for i := range p.runs {
				if p.runs[i].note > 0 {
					p.runs[i].note += before
				}
			}
		})
		r.doc.notes = append(r.doc.notes, doc.notes...)
		return doc.blocks, nil
	case strings.HasPrefix(head, `{\rtf`):
		return nil, errChunk
	case strings.Contains(head, "mime-version:"):
		page, err := webArchive(data)
		if err != nil {
			return nil, err
		}
		return r.html(page, "text/html")
	case strings.Contains(head, "<html"), strings.Contains(head, "<body"), strings.Contains(head, "<p"), strings.Contains(head, "<!doctype html"), strings.Contains(path.Ext(name), "htm"):
		return r.html(data, "text/html")
	case path.Ext(name) == ".txt":
		var blocks []block
		for line := range strings.Lines(string(data)) {
			blocks = append(blocks, &para{runs: []run{{text: tidy(line)}}})
		}
		return blocks, nil
	}
	return nil, errChunk
}

// webArchive returns the page of a web archive (MHT).
func webArchive(data []byte) ([]byte, error) {
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return decoded(m.Body, m.Header.Get("Content-Transfer-Encoding"))
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if err != nil {
			return nil, err
		}
		if kind, _, err := mime.ParseMediaType(p.Header.Get("Content-Type")); err == nil && kind == "text/html" {
			return decoded(p, p.Header.Get("Content-Transfer-Encoding"))
		}
	}
}

func decoded(body io.Reader, encoding string) ([]byte, error) {
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	return io.ReadAll(io.LimitReader(body, maxXML))
}

// html reads a page's text: headings, paragraphs, lists, tables, emphasis, links.
func (r *reader) html(data []byte, kind string) ([]block, error) {
	in, err := charset.NewReader(bytes.NewReader(data), kind)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(in)
	if err != nil {
		return nil, err
	}
	h := &htmlReader{reader: r}
	h.visit(root, run{})
	h.end(body, 0)
	return h.blocks, nil
}

// htmlReader collects the blocks of a page.
type htmlReader struct {
	*reader
	blocks []block
	runs   []run
	lists  []*item // open ones, the innermost last
	quoted bool
	depth  int
}

// end ends a paragraph.
func (h *htmlReader) end(as role, level int) {
	if blank(h.runs) {
		h.runs = nil
		return
	}
	p := &para{role: as, level: level, runs: h.runs}
	if as == body && h.quoted {
		p.role = quote
	}
	h.runs = nil
	if n := len(h.lists); n > 0 && as == body {
		it := *h.lists[n-1]
		p.item = &it
		h.lists[n-1].label = "" // what follows in the item belongs to it
	}
	h.blocks = append(h.blocks, p)
}

func (h *htmlReader) visit(n *html.Node, look run) {
	if h.depth++; h.depth > maxDepth {
		h.doc.tally.leave(ruleTooDeep, "")
		h.depth--
		return
	}
	defer func() { h.depth-- }()
	if n.Type == html.TextNode {
		text := breaks.Replace(n.Data)
		if strings.TrimSpace(text) == "" && len(h.runs) == 0 {
			return
		}
		look.text = tidy(text)
		h.runs = append(h.runs, look)
		return
	}
	inner := func() {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			h.visit(c, look)
		}
	}
	switch n.DataAtom {
	case atom.Head, atom.Script, atom.Style, atom.Template, atom.Noscript:
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		h.end(body, 0)
		inner()
		h.end(heading, int(n.Data[1]-'0'))
	case atom.B, atom.Strong:
		look.bold = true
		inner()
	case atom.I, atom.Em:
		look.italic = true
		inner()
	case atom.Del, atom.S, atom.Strike:
		look.strike = true
		inner()
	case atom.Sup, atom.Sub:
		at := len(h.runs)
		inner()
		for i := range h.runs[at:] {
			h.runs[at+i].text = map[bool]func(string) string{true: raise, false: lower}[n.DataAtom == atom.Sup](h.runs[at+i].text)
		}
	case atom.A:
		if to := attribute(n, "href"); to != "" && !strings.HasPrefix(to, "#") {
			look.link = to
		}
		inner()
	case atom.Br:
		h.runs = append(h.runs, run{text: "\n"})
	case atom.Img, atom.Object, atom.Iframe, atom.Video, atom.Audio, atom.Svg, atom.Canvas, atom.Embed:
		h.doc.tally.leave(ruleDrawingLeft, shownName(n.Data, orElse(attribute(n, "alt"), path.Base(attribute(n, "src")))))
	case atom.Ul, atom.Ol:
		h.end(body, 0)
		h.list(n, look)
	case atom.Blockquote:
		h.end(body, 0)
		before := h.quoted
		h.quoted = true
		inner()
		h.end(body, 0)
		h.quoted = before
	case atom.Table:
		h.end(body, 0)
		h.blocks = append(h.blocks, h.table(n))
	case atom.Input, atom.Textarea, atom.Select:
		h.runs = append(h.runs, run{text: attribute(n, "value")})
		inner()
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Li, atom.Dt, atom.Dd, atom.Pre, atom.Address, atom.Figcaption, atom.Figure, atom.Main, atom.Caption, atom.Center, atom.Hr, atom.Form, atom.Fieldset, atom.Legend, atom.Tr:
		h.end(body, 0)
		inner()
		h.end(body, 0)
	default:
		inner()
	}
}

// list reads the items of a list.
func (h *htmlReader) list(n *html.Node, look run) {
	number, _ := strconv.Atoi(attribute(n, "start"))
	number = max(number, 1)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li {
			h.visit(c, look)
			continue
		}
		it := &item{level: len(h.lists), bullet: true, label: "•"}
		if n.DataAtom == atom.Ol {
			it.bullet, it.number, it.label = false, number, strconv.Itoa(number)+"."
			number++
		}
		h.lists = append(h.lists, it)
		for k := c.FirstChild; k != nil; k = k.NextSibling {
			h.visit(k, look)
		}
		h.end(body, 0)
		h.lists = h.lists[:len(h.lists)-1]
	}
}

// table reads a table's rows, with its cells' own blocks.
func (h *htmlReader) table(n *html.Node) *table {
	t := &table{}
	var rows func(n *html.Node)
	rows = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Thead, atom.Tbody, atom.Tfoot:
				rows(c)
			case atom.Tr:
				ro := row{}
				for d := c.FirstChild; d != nil; d = d.NextSibling {
					if d.DataAtom != atom.Td && d.DataAtom != atom.Th {
						continue
					}
					inner := &htmlReader{reader: h.reader, depth: h.depth}
					inner.visit(&html.Node{Type: html.ElementNode, FirstChild: d.FirstChild, DataAtom: atom.Div, Data: "div"}, run{})
					inner.end(body, 0)
					ro.cells = append(ro.cells, cell{span: spanOf(attribute(d, "colspan"), 1), blocks: inner.blocks})
				}
				t.rows = append(t.rows, ro)
			case atom.Caption:
				h.visit(c, run{})
			}
		}
	}
	rows(n)
	return t
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
