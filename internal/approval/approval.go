// Package approval makes the file that goes to whoever must agree to an entry, such as the
// head of an office, by mail or a messenger: one HTML page with its pictures and styles
// inside, without a script, that reads well on a phone and without a network. It says who
// sends it and when, and begins with what has changed since the entry was last published.
//
// In: entries, their text in Markdown, and a way to read their pictures. Out: a page.
package approval

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"image"
	"image/jpeg"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/image/draw"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lienhiep/internal/compare"
	"lienhiep/internal/markdown"
	"lienhiep/internal/photo"
	"lienhiep/internal/viet"
)

// Letter is what is sent.
type Letter struct {
	Site    string // the site's name
	BaseURL string // where links below "/" lead
	From    string
	Note    string // by whoever sends it
	Sent    time.Time
	Entries []Entry
}

// Entry is one that is to be approved.
type Entry struct {
	Title, Description string
	URL                string // on the site: "/tin-tuc/gap-mat/"
	Picture, Alt       string // a file beside the entry; "" for none
	Appears            string // when, in words; "" for at once
	Body               string // Markdown
	Words              string // the same as it is read, to be compared
	Facts              []Fact // what is said beside the text, in the order of the form
	Was                *Was   // as readers know it; nil for a new one
	Unclear            bool   // it is not known how they do
	// Open reads a picture beside the entry.
	Open func(name string) ([]byte, error)
	// Provision is what a document says where a text quotes it by ref ("15-kh-tu/ii-1-2"),
	// and how that place is called.
	Provision func(ref string) (name, words string, ok bool)
}

// Fact is what is said beside a text: who it is about, what lies with it.
type Fact struct{ Label, Words string }

// Was is an entry as readers know it.
type Was struct {
	Title, Description, Words string
	Facts                     []Fact
}

// Change is what has changed in one fact, or in the text ("").
type Change struct {
	Label string
	Words []compare.Piece
}

// FileName is a name for the page, of ASCII letters, that any messenger takes.
func (l Letter) FileName() string {
	name := "bai"
	if len(l.Entries) > 0 {
		name = viet.Slug(l.Entries[0].Title)
	}
	const longest = 60
	if len(name) > longest {
		name = strings.TrimRight(name[:longest], "-")
	}
	if name == "" {
		name = "bai"
	}
	return "duyet-" + name + "-" + l.Sent.Format("20060102-1504") + ".html"
}

//go:embed page.html
var files embed.FS

var page = template.Must(template.New("page.html").Funcs(template.FuncMap{"clock": func(t time.Time) string { return t.Format("15:04, 02/01/2006") }}).ParseFS(files, "page.html"))

// shown is an entry as the page shows it.
type shown struct {
	Entry
	Address string
	Cover   template.URL
	Text    template.HTML
	Changes []Change
}

// Write writes the page. A picture that cannot be read is named in its place.
func (l Letter) Write(w io.Writer) error {
	var all []shown
	for _, e := range l.Entries {
		s := shown{Entry: e, Address: l.absolute(e.URL)}
		if e.Picture != "" {
			s.Cover = template.URL(e.data(e.Picture)) // made by data, "" if it cannot be read
		}
		text, err := e.html(e.Body)
		if err != nil {
			return err
		}
		s.Text = template.HTML(l.clean(e, text)) // holds nothing but what clean lets through
		if e.Was != nil {
			s.Changes = e.changes()
		}
		all = append(all, s)
	}
	return page.Execute(w, struct {
		Letter
		All []shown
	}{l, all})
}

// html is a text of the entry as HTML, with what stands in a document where it is quoted.
func (e Entry) html(body string) ([]byte, error) {
	text, err := markdown.HTML([]byte(shortcode.ReplaceAllStringFunc(body, e.instead)))
	if err != nil {
		return nil, fmt.Errorf("reading the text of %s: %w", e.URL, err)
	}
	return text, nil
}

// shortcode matches what only the site can show: its name, and what it is given. What it
// stands around, if anything, stays.
var shortcode = regexp.MustCompile(`\{\{[<%][ \t]*(/?[\p{L}\d-]+)(?:[ \t]+"([^"\n]*)")?[^\n]*?[>%]\}\}`)

// instead is what stands in the place of a shortcode, in Markdown.
func (e Entry) instead(code string) string {
	m := shortcode.FindStringSubmatch(code)
	switch name, given := m[1], m[2]; {
	case name == "dieu-khoan" && e.Provision != nil:
		if called, words, ok := e.Provision(given); ok {
			return "\n> " + strings.ReplaceAll(markdown.Escape(words), "\n", "\n> ") + "\n>\n> **" + markdown.EscapeInline(called) + "**\n"
		}
		return "`" + given + "`"
	case name == "so-do" && given != "":
		return "**" + markdown.EscapeInline(given) + "**\n"
	}
	return ""
}

// changes compares an entry with what readers know.
func (e Entry) changes() (all []Change) {
	add := func(label, was, is string) {
		if pieces := shortened(compare.Words(was, is)); pieces != nil {
			all = append(all, Change{label, pieces})
		}
	}
	add("", words(e.Was.Title, e.Was.Description, e.Was.Words), words(e.Title, e.Description, e.Words))
	for _, f := range e.Facts {
		add(f.Label, wordsOf(e.Was.Facts, f.Label), f.Words)
	}
	for _, f := range e.Was.Facts {
		if wordsOf(e.Facts, f.Label) == "" {
			add(f.Label, f.Words, "")
		}
	}
	return all
}

// wordsOf are the words of a fact, "" if there is none.
func wordsOf(all []Fact, label string) string {
	for _, f := range all {
		if f.Label == label {
			return f.Words
		}
	}
	return ""
}

func words(parts ...string) string { return strings.TrimSpace(strings.Join(parts, "\n\n")) }

// shortened cuts out of what stayed what is far from any change; nil if nothing changed.
func shortened(pieces []compare.Piece) []compare.Piece {
	const around = 15
	changed := false
	for i, p := range pieces {
		if p.Op != compare.Kept {
			changed = true
			continue
		}
		all := strings.Fields(p.Text)
		switch {
		case len(all) <= 3*around:
		case i == 0:
			pieces[i].Text = "… " + strings.Join(all[len(all)-around:], " ")
		case i == len(pieces)-1:
			pieces[i].Text = strings.Join(all[:around], " ") + " …"
		default:
			pieces[i].Text = strings.Join(all[:around], " ") + "\n…\n" + strings.Join(all[len(all)-around:], " ")
		}
	}
	if !changed {
		return nil
	}
	return pieces
}

// elements are those of a text; the attributes that they keep.
var elements = map[atom.Atom][]string{
	atom.P: nil, atom.Br: nil, atom.Hr: nil, atom.H1: nil, atom.H2: nil, atom.H3: nil, atom.H4: nil, atom.H5: nil, atom.H6: nil,
	atom.Em: nil, atom.Strong: nil, atom.Del: nil, atom.Code: nil, atom.Pre: nil, atom.Sup: nil, atom.Sub: nil, atom.Blockquote: nil,
	atom.Ul: nil, atom.Ol: {"start"}, atom.Li: nil, atom.Dl: nil, atom.Dt: nil, atom.Dd: nil,
	atom.Table: nil, atom.Thead: nil, atom.Tbody: nil, atom.Tr: nil, atom.Th: {"colspan", "rowspan"}, atom.Td: {"colspan", "rowspan"},
	atom.A: {"href"}, atom.Img: {"src", "alt"},
}

// clean keeps the elements of a text, with pictures inside and links that lead somewhere
// from anywhere; of all else it keeps the words.
func (l Letter) clean(e Entry, text []byte) string {
	var b strings.Builder
	for z := html.NewTokenizer(bytes.NewReader(text)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(html.EscapeString(z.Token().Data))
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if _, known := elements[t.DataAtom]; known {
				b.WriteString(l.tag(e, t))
			}
		case html.EndTagToken:
			t := z.Token()
			if _, known := elements[t.DataAtom]; known {
				b.WriteString("</" + t.Data + ">")
			}
		}
	}
}

// tag is the beginning of an element as the page has it.
func (l Letter) tag(e Entry, t html.Token) string {
	kept := html.Token{Type: html.StartTagToken, DataAtom: t.DataAtom, Data: t.Data}
	alt := ""
	for _, a := range t.Attr {
		if !slices.Contains(elements[t.DataAtom], a.Key) {
			continue
		}
		switch a.Key {
		case "href":
			a.Val = l.absolute(a.Val)
		case "src":
			a.Val = e.data(a.Val)
		case "alt":
			alt = a.Val
		}
		if a.Val != "" || a.Key == "alt" {
			kept.Attr = append(kept.Attr, html.Attribute{Key: a.Key, Val: a.Val})
		}
	}
	if t.DataAtom == atom.Img && !slices.ContainsFunc(kept.Attr, func(a html.Attribute) bool { return a.Key == "src" }) {
		return "<em>[ảnh: " + html.EscapeString(alt) + "]</em>"
	}
	return kept.String()
}

// absolute is a link as it leads from anywhere, "" if it leads nowhere from a page of its own.
func (l Letter) absolute(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "" && !slices.Contains([]string{"https", "http", "mailto", "tel"}, u.Scheme) {
		return ""
	}
	base, err := url.Parse(l.BaseURL)
	if err != nil || u.Scheme == "" && u.Host == "" && !strings.HasPrefix(u.Path, "/") {
		return ""
	}
	return base.ResolveReference(u).String()
}

// widest is a picture's longer side on the page, in pixels.
const widest = 1280

// data is a picture as a data: URL, without what its file says of the place where it was
// taken; "" if it cannot be read.
func (e Entry) data(name string) string {
	if name, err := url.PathUnescape(name); err == nil && e.Open != nil && path.Clean(name) == name && !path.IsAbs(name) && !strings.HasPrefix(name, "../") {
		data, err := e.Open(name)
		if err != nil {
			return ""
		}
		clean, ext, err := photo.Clean(data, photo.Crop{})
		if err != nil {
			return ""
		}
		if ext == ".png" {
			return "data:image/png;base64," + base64.StdEncoding.EncodeToString(clean)
		}
		if small, err := scaled(clean); err == nil {
			clean = small
		}
		return "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(clean)
	}
	return ""
}

// scaled makes a photograph small enough for a phone.
func scaled(data []byte) ([]byte, error) {
	src, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	size := src.Bounds().Size()
	longest := max(size.X, size.Y)
	if longest > widest {
		to := image.NewRGBA(image.Rect(0, 0, max(1, size.X*widest/longest), max(1, size.Y*widest/longest)))
		draw.CatmullRom.Scale(to, to.Bounds(), src, src.Bounds(), draw.Src, nil)
		src = to
	}
	var b bytes.Buffer
	err = jpeg.Encode(&b, src, &jpeg.Options{Quality: 80})
	return b.Bytes(), err
}
