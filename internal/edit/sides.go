package edit

import (
	"cmp"
	"html"
	"net/url"
	"path"
	"strings"
	"unicode"

	tokens "golang.org/x/net/html"

	"lienhiep/internal/compare"
	"lienhiep/internal/markdown"
	"lienhiep/internal/matter"
)

// sides are what two people made of one place of a text, as readers would see it: HTML in
// which tables are tables and pictures are small, with what they show; what only one of them
// has is marked. Of what the writers wrote it has words alone, and the addresses of pictures
// that lie beside the entry.
type sides struct {
	Theirs string `json:"theirs"` // "" where it was taken out
	Mine   string `json:"mine"`
	Same   bool   `json:"same"` // they differ in their form alone
}

// showSides adds them to what is disputed of an entry's text.
func (f former) showSides(file string, apart []dispute) {
	for i, one := range apart {
		if one.of.Field.Key == textField.Key {
			apart[i].Sides = f.sides(path.Dir(placeAtDesk(file)), blockText(one.of.Theirs), blockText(one.of.Mine))
		}
	}
}

// blockText is the text of a block, or of several.
func blockText(v *matter.Value) string {
	if v != nil && v.Kind != matter.List {
		return v.Text
	}
	return inBlocks(v)
}

// sides are those of two texts of Markdown. folder is the address at the desk of what lies
// beside them.
func (f former) sides(folder, theirs, mine string) *sides {
	a, b := f.reading(folder, theirs), f.reading(folder, mine)
	from, to := strings.Join(a.words, " "), strings.Join(b.words, " ")
	i, j := 0, 0
	for _, p := range compare.Words(from, to) {
		n := len(strings.Fields(p.Text))
		switch p.Op {
		case compare.Deleted:
			a.mark(i, n)
			i += n
		case compare.Inserted:
			b.mark(j, n)
			j += n
		default:
			i, j = i+n, j+n
		}
	}
	return &sides{a.html("del"), b.html("ins"), from == to}
}

// prose is a text as readers see it.
type prose struct {
	pieces []prosePiece
	words  []string // pictures are words, too
	at     []int    // the pieces that they are
}

// prosePiece is HTML: a word, what is between words, or a tag.
type prosePiece struct {
	html        string
	isTag, mark bool
}

func (r *prose) tag(html string) { r.pieces = append(r.pieces, prosePiece{html: html, isTag: true}) }

func (r *prose) word(word, html string) {
	r.words, r.at = append(r.words, word), append(r.at, len(r.pieces))
	r.pieces = append(r.pieces, prosePiece{html: html})
}

func (r *prose) text(text string) {
	for text != "" {
		end := strings.IndexFunc(text, unicode.IsSpace)
		switch {
		case end < 0:
			end = len(text)
			fallthrough
		case end > 0:
			r.word(text[:end], html.EscapeString(text[:end]))
		default:
			if end = strings.IndexFunc(text, func(c rune) bool { return !unicode.IsSpace(c) }); end < 0 {
				end = len(text)
			}
			r.pieces = append(r.pieces, prosePiece{html: text[:end]})
		}
		text = text[end:]
	}
}

// mark marks some words, and what is between them.
func (r *prose) mark(from, n int) {
	if n == 0 {
		return
	}
	for i := r.at[from]; i <= r.at[from+n-1]; i++ {
		r.pieces[i].mark = !r.pieces[i].isTag
	}
}

// html is the text with what is marked in elements of a name.
func (r *prose) html(name string) string {
	var b strings.Builder
	open := false
	for _, p := range r.pieces {
		if marked := p.mark && (open || strings.TrimSpace(p.html) != ""); marked != open {
			if open = marked; open {
				b.WriteString("<" + name + ">")
			} else {
				b.WriteString("</" + name + ">")
			}
		}
		b.WriteString(p.html)
	}
	if open {
		b.WriteString("</" + name + ">")
	}
	return strings.TrimSpace(b.String())
}

// readAs are the elements of what is read, by those of Markdown: headings are none of the
// page's, and what the writer struck out is none of the marks.
var readAs = map[string]string{"p": "p", "strong": "strong", "em": "em", "del": "s", "ul": "ul", "ol": "ol", "li": "li", "blockquote": "blockquote",
	"table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr", "th": "th", "td": "td", "pre": "pre", "code": "code", "sup": "sup", "dl": "dl", "dt": "dt", "dd": "dd",
	"h1": "h4", "h2": "h4", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}

// reading is a text of Markdown as readers see it.
func (f former) reading(folder, text string) *prose {
	r := &prose{}
	page, err := markdown.Shown([]byte(f.codesSpoken(text)))
	if err != nil {
		r.text(text)
		return r
	}
	var leads []string // of the links that are open
	for z := tokens.NewTokenizer(strings.NewReader(string(page))); ; {
		switch kind := z.Next(); kind {
		case tokens.ErrorToken: // the end
			return r
		case tokens.TextToken:
			r.text(html.UnescapeString(string(z.Text())))
		case tokens.StartTagToken, tokens.SelfClosingTagToken:
			switch t := z.Token(); {
			case t.Data == "a":
				leads = append(leads, attributeOf(t, "href"))
			case t.Data == "img":
				r.picture(folder, attributeOf(t, "src"), attributeOf(t, "alt"))
			case t.Data == "br" || t.Data == "hr":
				r.tag("<" + t.Data + ">")
			case readAs[t.Data] != "":
				r.tag("<" + readAs[t.Data] + ">")
			}
		case tokens.EndTagToken:
			switch t := z.Token(); {
			case t.Data == "a" && len(leads) > 0:
				if to := leads[len(leads)-1]; to != "" && !strings.HasPrefix(to, "#") {
					r.text(" (" + to + ")")
				}
				leads = leads[:len(leads)-1]
			case readAs[t.Data] != "":
				r.tag("</" + readAs[t.Data] + ">")
			}
		}
	}
}

// picture adds a picture: small where it lies beside the entry, and what it shows.
func (r *prose) picture(folder, src, alt string) {
	shows := "Ảnh: " + cmp.Or(alt, "chưa có lời mô tả")
	small := ""
	if u, err := url.Parse(src); err == nil && u.Scheme == "" && u.Host == "" && u.Path != "" && !strings.HasPrefix(u.Path, "/") && !strings.Contains(u.Path, "..") {
		small = `<img class="thumb" alt="" src="` + html.EscapeString((&url.URL{Path: path.Join(folder, u.Path)}).EscapedPath()) + `">`
	} else {
		shows += " (" + src + ")"
	}
	word := strings.Join(strings.Fields(src+" "+alt), "_")
	r.word(cmp.Or(word, "_"), `<span class="read-picture">`+small+`<small>`+html.EscapeString(shows)+`</small></span>`)
}
