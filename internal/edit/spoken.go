package edit

import (
	"cmp"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"lienhiep/internal/catalog"
	"lienhiep/internal/markdown"
)

// naming is a former for telling of entries: it knows what people call what they name, and
// remembers it.
func (d *Desk) naming() former {
	c, _, err := d.Site.Load()
	if err != nil {
		c = &catalog.Catalog{} // then they are told by their IDs
	}
	return d.formerOf(c)
}

// formerOf is a former that remembers what it has asked of a catalogue, for one page.
func (d *Desk) formerOf(c *catalog.Catalog) former {
	return former{catalog: c, zone: d.Zone, names: map[string]map[string]string{}}
}

// siteCode matches what stands in a text for something that the site shows there.
var siteCode = regexp.MustCompile(`\{\{[<%][ \t]*(/?[\p{L}\d-]+)(?:[ \t]+"([^"\n]*)")?[^\n]*?[>%]\}\}`)

// siteCodeNames are what people call them.
var siteCodeNames = map[string]string{"dieu-khoan": "Trích điều khoản", "so-do": "Sơ đồ", "bieu-do": "Biểu đồ", "bo-anh": "Bộ ảnh", "dong-thoi-gian": "Dòng thời gian", "tieng": ""}

// spoken is the text of an entry without the signs of Markdown: words as readers have them,
// with where links lead and what pictures show.
func (f former) spoken(body string) string {
	page, err := markdown.Shown([]byte(f.codesSpoken(body)))
	if err != nil {
		return body
	}
	var b strings.Builder
	var leads []string // of the links that are open
	for z := html.NewTokenizer(strings.NewReader(string(page))); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken: // the end
			return strings.TrimSpace(b.String())
		case html.TextToken:
			b.WriteString(html.UnescapeString(string(z.Text())))
		case html.StartTagToken, html.SelfClosingTagToken:
			switch t := z.Token(); t.Data {
			case "a":
				leads = append(leads, attributeOf(t, "href"))
			case "img":
				b.WriteString(" [Ảnh: " + strings.TrimSuffix(attributeOf(t, "alt")+", "+attributeOf(t, "src"), ", ") + "] ")
			case "li":
				b.WriteString("\n• ")
			case "td", "th":
				b.WriteString(" | ")
			case "p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "br", "blockquote", "dt", "dd", "pre":
				b.WriteByte('\n')
			}
		case html.EndTagToken:
			if t := z.Token(); t.Data == "a" && len(leads) > 0 {
				if to := leads[len(leads)-1]; to != "" && !strings.HasPrefix(to, "#") && !strings.HasSuffix(b.String(), to) {
					b.WriteString(" (" + to + ")")
				}
				leads = leads[:len(leads)-1]
			}
		}
	}
}

// codesSpoken is Markdown in which what the site shows at a code is told in words.
func (f former) codesSpoken(body string) string {
	return siteCode.ReplaceAllStringFunc(body, func(code string) string {
		m := siteCode.FindStringSubmatch(code)
		name, known := siteCodeNames[strings.TrimPrefix(m[1], "/")]
		switch {
		case strings.HasPrefix(m[1], "/") || known && name == "":
			return ""
		case m[1] == "dieu-khoan":
			return "[" + name + ": " + markdown.EscapeInline(cmp.Or(f.called("dieu-khoan", m[2]), m[2])) + "]"
		}
		return "[" + strings.TrimSuffix(cmp.Or(name, m[1])+": "+markdown.EscapeInline(m[2]), ": ") + "]"
	})
}

func attributeOf(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
