package check

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"

	"lienhiep/internal/diag"
)

var (
	xmlBroken = diag.NewRule("feed-xml", diag.Error,
		diag.Text{VI: "Tệp XML viết sai cú pháp: %[1]s.", EN: "The XML is not well-formed: %[1]s."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: kiểm tra khuôn mẫu của sơ đồ trang hoặc nguồn tin; mọi thẻ phải đóng, ký tự & phải viết là &amp;.",
			EN: "Check the template of the sitemap or feed: every tag must be closed, and & written as &amp;."})
	jsonBroken = diag.NewRule("feed-json", diag.Error,
		diag.Text{VI: "Dữ liệu JSON viết sai cú pháp: %[1]s.", EN: "The JSON is not valid: %[1]s."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: trong khuôn mẫu, dùng jsonify để ghi dữ liệu.", EN: "In templates, write values with jsonify."})
	sitemapHost = diag.NewRule("feed-sitemap-host", diag.Error,
		diag.Text{VI: "Sơ đồ trang có địa chỉ “%[1]s” không thuộc tên miền này.", EN: "The sitemap has an address “%[1]s” that is not of this site."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: đặt baseURL trong config.toml đúng với tên miền.", EN: "Set baseURL in config.toml to the site's own address."})
)

// xml checks a sitemap, a feed or another XML file: it must be well-formed, and
// the addresses of this site in it must lead somewhere.
func (w *worker) xml(f *file) {
	dec := xml.NewDecoder(bytes.NewReader(f.src))
	var sitemap, reading bool
	var text strings.Builder
	elements := 0
	for {
		off := int(dec.InputOffset())
		tok, err := dec.Token()
		if err != nil {
			w.endOfXML(f, dec, err, elements)
			return
		}
		if what := activeToken(tok); what != "" {
			w.add(activeContent.At(f.pos(off), what))
			return
		}
		switch t := tok.(type) {
		case xml.StartElement:
			elements++
			name := t.Name.Local
			sitemap = sitemap || elements == 1 && (name == "urlset" || name == "sitemapindex")
			reading = name == "loc" || name == "link" || name == "url" || name == "comments" ||
				name == "guid" && attribute(t, "isPermaLink") != "false"
			text.Reset()
			if name == "link" || name == "enclosure" {
				w.feedLink(f, off, attribute(t, "href")+attribute(t, "url"), false)
			}
		case xml.CharData:
			if reading {
				text.Write(t)
			}
		case xml.EndElement:
			if reading {
				w.feedLink(f, off, strings.TrimSpace(text.String()), sitemap && t.Name.Local == "loc")
			}
			reading = false
		}
	}
}

// endOfXML notes where XML ends before it should.
func (w *worker) endOfXML(f *file, dec *xml.Decoder, err error, elements int) {
	if errors.Is(err, io.EOF) && elements > 0 {
		return
	}
	line, _ := dec.InputPos()
	w.add(xmlBroken.At(diag.Pos{File: f.name, Line: line}, reason(err)))
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// reason takes the words of a decoder's error that repeat the place away.
func reason(err error) string {
	if s := (*xml.SyntaxError)(nil); errors.As(err, &s) {
		return s.Msg
	}
	return err.Error()
}

// feedLink checks an address in a feed, or in a sitemap, where all must be ours.
func (w *worker) feedLink(f *file, off int, address string, ours bool) {
	if address == "" {
		return
	}
	if t := w.resolve(f.name, "", address); ours && t.kind != found && t.kind != missing {
		w.add(sitemapHost.At(f.pos(off), address))
		return
	}
	w.link(f, "", ref{spot{address, off}, tell})
}

func (w *worker) json(f *file) {
	if off, err := invalidJSON(f.src); err != nil {
		w.add(jsonBroken.At(f.pos(off), err))
	}
}

// jsonBlocks checks the JSON that pages carry for search engines and scripts.
func (w *worker) jsonBlocks(p *page) {
	for _, d := range p.data {
		if _, err := invalidJSON([]byte(d.value)); err != nil {
			w.add(jsonBroken.At(p.pos(d.off), err))
		}
	}
}

func invalidJSON(src []byte) (off int, err error) {
	var v json.RawMessage
	if err = json.Unmarshal(src, &v); err == nil {
		return 0, nil
	}
	if s := (*json.SyntaxError)(nil); errors.As(err, &s) {
		off = min(int(s.Offset), len(src))
	}
	return off, err
}

// robots checks that the sitemaps which robots.txt names exist.
func (w *worker) robots(f *file) {
	if f.name != "robots.txt" {
		return
	}
	off := 0
	for line := range bytes.Lines(f.src) {
		if prefixFold(line, "sitemap:") {
			address := string(bytes.TrimSpace(line[len("sitemap:"):]))
			if u, err := url.Parse(address); err != nil || u.Host == "" && w.base.Host != "" {
				w.add(sitemapHost.At(f.pos(off), address))
			} else {
				w.feedLink(f, off, address, true)
			}
		}
		off += len(line)
	}
}
