package kit

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-fonts/liberation/liberationserifbold"
	"codeberg.org/go-fonts/liberation/liberationserifitalic"
	"codeberg.org/go-pdf/fpdf"

	"lienhiep/internal/form"
	"lienhiep/internal/office"
	"lienhiep/internal/viet"
)

// colour is red, green and blue.
type colour [3]int

// The site's colours.
var (
	paper  = colour{0xfb, 0xf7, 0xef}
	raised = colour{0xf3, 0xeb, 0xdc}
	edge   = colour{0xd9, 0xca, 0xb0}
	ink    = colour{0x1a, 0x24, 0x38}
	quiet  = colour{0x57, 0x5b, 0x69}
	blue   = colour{0x14, 0x2c, 0x57}
	red    = colour{0x9a, 0x1d, 0x1b}
	gold   = colour{0xc3, 0x9a, 0x36}
	pale   = colour{0xd3, 0xdc, 0xef} // on blue
	white  = colour{0xff, 0xff, 0xff}
	black  = colour{}
)

func (c colour) hex() string { return fmt.Sprintf("%02X%02X%02X", c[0], c[1], c[2]) }

// look is a typeface that the pen has. The letters of each are as wide as those of Times
// New Roman or Arial, which every Windows has, so that slides break as they do here.
type look struct{ family, style string }

var (
	sans    = look{"sans", ""}
	bold    = look{"sans", "B"}
	display = look{"serif", "B"}
	quoted  = look{"serif", "I"}
)

// span is words of one look.
type span struct {
	text string
	look look
	ink  colour
	link string
}

// text is a paragraph to be set.
type text struct {
	spans  []span
	size   float64 // in points
	center bool
	right  bool
	bullet bool
	after  float64 // distance
	tag    string  // in the PDF's structure; "" for a paragraph
}

// leading is line height over size: a capital with two marks keeps clear of the line above.
const leading = 1.24

// pen sets words and figures on the pages of a PDF, with a structure for readers that
// speak. Lengths are in points, from the left upper corner.
type pen struct {
	*fpdf.Fpdf
	structure form.Structure
}

// newPen begins a file without pages.
func newPen(k *Kit, title string, width, height float64) (*pen, error) {
	date, err := time.Parse(time.DateOnly, k.Document.Date)
	if err != nil {
		return nil, err
	}
	p := &pen{Fpdf: fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: width, Ht: height}})}
	for _, f := range []struct {
		look look
		font []byte
	}{{sans, liberationsansregular.TTF}, {bold, liberationsansbold.TTF}, {display, liberationserifbold.TTF}, {quoted, liberationserifitalic.TTF}} {
		p.AddUTF8FontFromBytes(f.look.family, f.look.style, bytes.Clone(f.font)) // which the library writes into
	}
	p.SetCatalogSort(true)
	p.SetCreationDate(date)
	p.SetModificationDate(date)
	p.SetProducer("lienhiep", false)
	p.SetLang("vi-VN")
	p.SetTitle(title, true)
	p.SetAuthor(k.author(), true)
	p.SetSubject(k.Document.Cite()+" · "+k.URL, true)
	p.SetAutoPageBreak(false, 0)
	return p, nil
}

// author is who gives a kit out.
func (k *Kit) author() string {
	if k.Publisher != "" {
		return k.Publisher
	}
	return k.Site
}

func (p *pen) page() {
	p.AddPage()
	p.structure.Page()
}

// file closes the file.
func (p *pen) file() ([]byte, error) {
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		return nil, err
	}
	return p.structure.AddTo(b.Bytes(), p.PageCount())
}

// word is what is not broken, with its look.
type word struct {
	text  string
	span  int
	width float64
}

func (p *pen) font(l look, size float64) { p.SetFont(l.family, l.style, size) }

// words divides a paragraph where a line may end; a word is as wide as a line at most.
func (p *pen) words(t text, width float64) []word {
	var all []word
	for i, s := range t.spans {
		p.font(s.look, t.size)
		for w := range strings.FieldsSeq(drawable(s.text)) {
			if n := len(all); n > 0 && all[n-1].span == i && (w == "-" || w == "–" || w == "·") { // at the head of a line it would look like a mark
				all[n-1].text += " " + w
				all[n-1].width = p.GetStringWidth(all[n-1].text)
				continue
			}
			for p.GetStringWidth(w) > width {
				n := 1
				r := []rune(w)
				for n < len(r) && p.GetStringWidth(string(r[:n+1])) <= width {
					n++
				}
				if n == len(r) {
					break
				}
				if i := strings.LastIndexAny(string(r[:n]), "/-."); i > 0 { // as in an address
					n = utf8.RuneCountInString(string(r[:n])[:i+1])
				}
				all = append(all, word{string(r[:n]), i, p.GetStringWidth(string(r[:n]))})
				w = string(r[n:])
			}
			all = append(all, word{w, i, p.GetStringWidth(w)})
		}
	}
	return all
}

// drawable is a text as it can be drawn: emoji, which the fonts lack, leave no hole.
func drawable(s string) string { return form.Drawable(viet.WithoutEmoji(s)) }

// lines breaks a paragraph.
func (p *pen) lines(t text, width float64) [][]word {
	width -= t.indent()
	var lines [][]word
	var line []word
	used := 0.0
	for _, w := range p.words(t, width) {
		p.font(t.spans[w.span].look, t.size)
		blank := p.GetStringWidth(" ")
		if len(line) > 0 && used+blank+w.width > width {
			lines = append(lines, line)
			line, used = nil, 0
		}
		if len(line) > 0 {
			used += blank
		}
		line, used = append(line, w), used+w.width
	}
	return append(lines, line)
}

func (t text) indent() float64 {
	if t.bullet {
		return t.size
	}
	return 0
}

// height is how high paragraphs stand in a column.
func (p *pen) height(width float64, all ...text) float64 {
	h := 0.0
	for i, t := range all {
		h += float64(len(p.lines(t, width))) * t.size * leading
		if i < len(all)-1 {
			h += t.after
		}
	}
	return h
}

// put sets paragraphs in a column whose upper left corner is at x, y, and returns where
// they end.
func (p *pen) put(x, y, width float64, all ...text) float64 {
	for _, t := range all {
		tag := t.tag
		if tag == "" {
			tag = "P"
		}
		p.marked(p.structure.Element(tag), func() {
			left := x + t.indent()
			if t.bullet {
				p.ink(red)
				p.font(sans, t.size)
				p.Text(x+t.size*.2, y+t.size, "•")
			}
			for _, line := range p.lines(t, width) {
				p.line(t, line, left, y, width-t.indent())
				y += t.size * leading
			}
		})
		p.structure.End()
		y += t.after
	}
	return y
}

// line sets one line.
func (p *pen) line(t text, line []word, x, y, width float64) {
	natural := 0.0
	for i, w := range line {
		p.font(t.spans[w.span].look, t.size)
		if i > 0 {
			natural += p.GetStringWidth(" ")
		}
		natural += w.width
	}
	switch {
	case t.center:
		x += (width - natural) / 2
	case t.right:
		x += width - natural
	}
	for i := 0; i < len(line); {
		end, words := i, []string{}
		for ; end < len(line) && line[end].span == line[i].span; end++ {
			words = append(words, line[end].text)
		}
		s := t.spans[line[i].span]
		p.font(s.look, t.size)
		p.ink(s.ink)
		run := strings.Join(words, " ") + " " // words are told apart by more than their distance
		p.Text(x, y+t.size, run)
		if s.link != "" {
			p.LinkString(x, y, p.GetStringWidth(run), t.size*leading, s.link)
		}
		x += p.GetStringWidth(run)
		i = end
	}
}

// marked draws what belongs to an element of the structure.
func (p *pen) marked(element int, draw func()) {
	id, name := p.structure.Content(element)
	p.RawWriteStr("/" + name + " <</MCID " + strconv.Itoa(id) + ">> BDC\n")
	draw()
	p.RawWriteStr("EMC\n")
}

// ornament draws what says nothing.
func (p *pen) ornament(draw func()) {
	p.RawWriteStr("/Artifact BMC\n")
	draw()
	p.RawWriteStr("EMC\n")
}

func (p *pen) ink(c colour)  { p.SetTextColor(c[0], c[1], c[2]) }
func (p *pen) fill(c colour) { p.SetFillColor(c[0], c[1], c[2]) }

// block fills a rectangle.
func (p *pen) block(f office.Frame, c colour) {
	p.ornament(func() {
		p.fill(c)
		p.Rect(f.X, f.Y, f.W, f.H, "F")
	})
}

// fit returns the first of the sizes, from the largest, at which paragraphs are no higher
// than a frame; made makes them in a size. The last is taken where none fits.
func (p *pen) fit(width, height float64, sizes []float64, made func(size float64) []text) ([]text, bool) {
	var all []text
	for _, size := range sizes {
		all = made(size)
		if p.height(width, all...) <= height {
			return all, true
		}
	}
	return all, false
}

// one is a paragraph of one look.
func one(s string, l look, size float64, c colour) text {
	return text{spans: []span{{text: s, look: l, ink: c}}, size: size}
}
