package form

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-fonts/liberation/liberationserifbold"
	"codeberg.org/go-fonts/liberation/liberationserifbolditalic"
	"codeberg.org/go-fonts/liberation/liberationserifitalic"
	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/plan"
)

// The page of a PDF, in points: A4, margins of 20 mm above, below and on the right,
// 30 mm on the left.
const (
	pageWidth, pageHeight = 595.28, 841.89
	marginLeft, margin    = 85.04, 56.69
	textWidth             = pageWidth - marginLeft - margin
	textBottom            = pageHeight - margin
	leading               = 1.2 // line height over size: stacked marks (Ễ, Ậ) keep clear of the line above
	numberAt, footAt      = 38, pageHeight - 30
)

// sheet is a PDF being set.
type sheet struct {
	*fpdf.Fpdf
	House
	edition *Edition
	y       float64 // top of the next line
	tags    Structure
	marked  int // depth of the last bookmark
}

// writePDF sets the document on A4 pages with real text, in fonts that have the
// metrics of official documents' and are embedded in part, with bookmarks and a
// structure for readers that speak (see structure.go).
func writePDF(e *Edition) ([]byte, error) {
	s := &sheet{Fpdf: withFonts(), House: HouseOf(e.Document), edition: e, marked: -1}
	date, err := time.Parse(time.DateOnly, e.Date)
	if err != nil {
		return nil, err
	}
	s.SetCatalogSort(true)
	s.SetCreationDate(date)
	s.SetModificationDate(date)
	s.SetProducer("lienhiep", false)
	s.SetLang("vi-VN")
	s.SetTitle(e.Document.Type+" "+e.Document.Number, true)
	s.SetAuthor(e.Document.IssuerInFull(), true)
	s.SetSubject(e.foot(), true)
	s.SetAutoPageBreak(false, 0)
	s.page()
	s.set(bands(e.Document.Paragraphs()))
	var b bytes.Buffer
	if err := s.Output(&b); err != nil {
		return nil, err
	}
	return s.tags.AddTo(b.Bytes(), s.PageCount())
}

// withFonts is a new file in which the fonts are known.
func withFonts() *fpdf.Fpdf {
	p := fpdf.New("P", "pt", "A4", "")
	for _, f := range []struct {
		look string
		font []byte
	}{{"", liberationserifregular.TTF}, {"B", liberationserifbold.TTF}, {"I", liberationserifitalic.TTF}, {"BI", liberationserifbolditalic.TTF}} {
		p.AddUTF8FontFromBytes("serif", f.look, bytes.Clone(f.font)) // which the library writes into
	}
	return p
}

// page begins a page; its number and the provenance stand in its margins.
func (s *sheet) page() {
	s.AddPage()
	s.tags.Page()
	s.y = margin
	s.RawWriteStr("/Artifact BMC\n")
	s.font(style{Face: Face{Size: 8}})
	foot := s.fit(s.edition.foot())
	s.Text((marginLeft+pageWidth-margin-s.GetStringWidth(foot))/2, footAt, foot)
	if publisher := s.fit(s.edition.Publisher); publisher != "" {
		s.Text((marginLeft+pageWidth-margin-s.GetStringWidth(publisher))/2, footAt+10, publisher)
	}
	if n := s.PageNo(); n > 1 {
		s.font(style{Face: FaceOf(bodyText, s.House)})
		number := strconv.Itoa(n)
		s.Text((marginLeft+pageWidth-margin-s.GetStringWidth(number))/2, numberAt, number)
	}
	s.RawWriteStr("EMC\n")
}

// fit shortens a line until it is as wide as the text at most.
func (s *sheet) fit(line string) string {
	r := []rune(line)
	for len(r) > 0 && s.GetStringWidth(string(r)) > textWidth {
		r = r[:len(r)-1]
	}
	return string(r)
}

func (s *sheet) font(l style) { s.SetFont("serif", l.look(), l.Size) }

// look names the letters as the library does.
func (f Face) look() string {
	look := ""
	if f.Bold {
		look = "B"
	}
	if f.Italic {
		look += "I"
	}
	if f.Underline {
		look += "U"
	}
	return look
}

// run is a paragraph broken into lines.
type run struct {
	styled
	lines [][]string // of words
	lead  int        // how many words of the first are bold
	x     float64    // of its column
	width float64
}

func (r *run) lineHeight() float64 { return r.Size * leading }

func (r *run) height() float64 {
	return r.before + float64(len(r.lines))*r.lineHeight() + r.ruleHeight() + r.after
}

// ruleHeight is the room of the line that is drawn below.
func (r *run) ruleHeight() float64 {
	if r.rule == 0 {
		return 0
	}
	return 4
}

// broken breaks a paragraph's words into lines of a column.
func (s *sheet) broken(p styled, x, width float64) *run {
	r := &run{styled: p, x: x, width: width, lead: len(words(p.lead()))}
	s.font(p.style)
	space := s.GetStringWidth(" ")
	room := width - p.indent
	var line []string
	used := 0.0
	for i, word := range words(Drawable(p.String())) {
		s.font(r.wordStyle(i))
		for _, piece := range s.cut(word, width-p.indent) {
			w := s.GetStringWidth(piece)
			if len(line) > 0 && used+space+w > room {
				r.lines = append(r.lines, line)
				line, used, room = nil, 0, width
			}
			if len(line) > 0 {
				used += space
			}
			line, used = append(line, piece), used+w
		}
	}
	r.lines = append(r.lines, line)
	return r
}

// wordStyle is the look of one of the first line's words.
func (r *run) wordStyle(i int) style {
	l := r.style
	l.Bold = l.Bold || i < r.lead
	return l
}

// words divides a text where a line may end: never in front of a dash, which at
// the beginning of a line would look like a label.
func words(s string) []string {
	var all []string
	for w := range strings.FieldsSeq(s) {
		if n := len(all); n > 0 && (w == "-" || w == "–") {
			all[n-1] += " " + w
		} else {
			all = append(all, w)
		}
	}
	return all
}

// Drawable composes a text, as the fonts have Vietnamese letters, and marks the
// characters that a PDF's simple encoding cannot hold.
func Drawable(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, norm.NFC.String(s))
}

// cut divides a word that is wider than a line.
func (s *sheet) cut(word string, width float64) []string {
	var pieces []string
	for s.GetStringWidth(word) > width {
		n := 0
		for i := range word {
			if i > 0 && s.GetStringWidth(word[:i]) > width {
				break
			}
			n = i
		}
		if n == 0 {
			break
		}
		pieces, word = append(pieces, word[:n]), word[n:]
	}
	return append(pieces, word)
}

// item is a band whose lines are broken.
type item struct {
	run     *run     // as wide as the text; nil for columns
	columns [][]*run // side by side
	height  float64
	framed  bool // a row of a table
	first   bool // of its rows
}

// cellPadding stands between a cell's border and its words.
const cellPadding = 4

func (s *sheet) item(b band) item {
	if b.full != nil {
		r := s.broken(styled{*b.full, styleOf(*b.full, true, s.House).ruled(*b.full, b.next, s.House)}, marginLeft, textWidth)
		return item{run: r, height: r.height()}
	}
	const gap = 10
	width := (textWidth - gap) * float64(columnWidths[0]) / 100
	it := item{framed: b.cells != nil, first: b.first}
	put := func(paragraphs []plan.Paragraph, x, width float64) {
		var runs []*run
		height := 0.0
		for _, p := range styleColumn(paragraphs, s.House) {
			r := s.broken(p, x, width)
			runs = append(runs, r)
			height += r.height()
		}
		it.columns = append(it.columns, runs)
		it.height = max(it.height, height)
	}
	if it.framed {
		all := 0
		for _, breadth := range b.breadths {
			all += breadth
		}
		x := marginLeft
		for i := range b.cells {
			column := textWidth * float64(b.breadths[i]) / float64(all)
			put(b.cells[i:i+1], x+cellPadding, column-2*cellPadding)
			x += column
		}
		return it
	}
	put(b.left, marginLeft, width)
	put(b.right, marginLeft+width+gap, textWidth-gap-width)
	return it
}

// set puts the bands on pages. A heading stays with what it heads, no line of a
// paragraph stands alone at either end of a page, and no signature on a page
// without text.
func (s *sheet) set(all []band) {
	var items []item
	for _, b := range all {
		items = append(items, s.item(b))
	}
	attached := ""
	for i, it := range items {
		if all[i].attached() != attached {
			attached = all[i].attached()
			s.page() // what is attached is a document of its own
		}
		if it.framed {
			if it.first {
				s.tags.Element("Table")
			}
			s.columns(it)
			if i+1 == len(items) || !items[i+1].framed || items[i+1].first {
				s.tags.End()
			}
			continue
		}
		if it.run == nil {
			s.columns(it)
			continue
		}
		if need := together(items[i:]); s.y > margin && s.y+need > textBottom && need < textBottom-margin {
			s.page()
		}
		hold := 0
		if next := i + 1; next < len(items) && items[next].run == nil && s.y+it.height+items[next].height > textBottom {
			hold = 2
		}
		s.flow(it.run, hold)
	}
}

// together is the height that must find room where the first item begins: it
// with what it may not be parted from.
func together(items []item) float64 {
	height := 0.0
	for _, it := range items {
		if it.run == nil {
			break
		}
		if !it.run.keep {
			return height + it.run.before + float64(min(2, len(it.run.lines)))*it.run.lineHeight()
		}
		height += it.height
	}
	return height
}

// flow draws a paragraph, over as many pages as it takes. Its last lines, as many
// as hold says, go to a new page.
func (s *sheet) flow(r *run, hold int) {
	s.y += r.before
	s.bookmark(r)
	element := s.tags.Element(tagOf(r.styled))
	defer s.tags.End()
	for from := 0; from < len(r.lines); {
		rest := len(r.lines) - from
		n := min(rest, max(0, int((textBottom-s.y)/r.lineHeight())))
		if left := rest - n; left == 1 && n > 2 {
			n-- // so that two lines stand on the next page
		}
		if rest == n && hold > 0 {
			n, hold = rest-hold, 0
			if n < 2 {
				n = 0
			}
		}
		if n == 0 && s.y > margin {
			s.page()
			continue
		}
		n = max(n, 1)
		s.draw(element, r, from, from+n, s.y)
		s.y += float64(n) * r.lineHeight()
		if from += n; from < len(r.lines) {
			s.page()
		}
	}
	s.drawRule(r)
	s.y += r.after
}

// drawRule draws the line below a paragraph.
func (s *sheet) drawRule(r *run) {
	if r.rule == 0 {
		return
	}
	long := 0.0
	for i := range r.lines {
		long = max(long, s.widthOf(r, i))
	}
	middle := r.x + r.width/2
	s.RawWriteStr("/Artifact BMC\n")
	s.SetLineWidth(.7)
	s.Line(middle-r.rule*long/2, s.y+2, middle+r.rule*long/2, s.y+2)
	s.RawWriteStr("EMC\n")
	s.y += r.ruleHeight()
}

// columns draws columns side by side, on one page if one can hold them, else
// one below the other.
func (s *sheet) columns(it item) {
	if s.y > margin && s.y+it.height > textBottom {
		s.page()
	}
	top, bottom := s.y, s.y
	if it.framed {
		s.tags.Element("TR")
		defer s.tags.End()
		if it.height <= textBottom-margin {
			s.frame(it)
		}
	}
	for _, runs := range it.columns {
		if it.height <= textBottom-margin {
			s.y = top
		}
		for _, r := range runs {
			s.flow(r, 0)
		}
		bottom = max(bottom, s.y)
	}
	s.y = bottom
}

// frame draws the borders of a table's row.
func (s *sheet) frame(it item) {
	s.RawWriteStr("/Artifact BMC\n")
	s.SetLineWidth(.5)
	for _, runs := range it.columns {
		r := runs[0]
		s.Rect(r.x-cellPadding, s.y, r.width+2*cellPadding, it.height, "D")
	}
	s.RawWriteStr("EMC\n")
}

// bookmark puts a provision's heading, and what stands at the top or right below
// it, into the outline.
func (s *sheet) bookmark(r *run) {
	if !r.Own || r.Label == "" || r.Quoted || r.Depth > 1 && r.outline == 0 {
		return
	}
	level := min(r.Depth, s.marked+1)
	s.marked = level
	text := []rune(Drawable(r.String()))
	if len(text) > 80 {
		text = append(text[:80], '…')
	}
	s.font(r.style)
	s.Bookmark(string(text), level, s.y)
}

// draw draws lines [from, to) of a paragraph with the first at y, as part of an
// element of the structure.
func (s *sheet) draw(element int, r *run, from, to int, y float64) {
	s.font(r.style)
	id, name := s.tags.Content(element)
	s.RawWriteStr("/" + name + " <</MCID " + strconv.Itoa(id) + ">> BDC\n")
	space := s.GetStringWidth(" ")
	for i := from; i < to; i++ {
		words := r.lines[i]
		x, room := r.x, r.width
		if i == 0 {
			x, room = x+r.indent, room-r.indent
		}
		natural := s.widthOf(r, i)
		gap := space
		switch last := i == len(r.lines)-1; {
		case r.center:
			x += (room - natural) / 2
		case !r.left && !last && len(words) > 1:
			gap += (room - natural) / float64(len(words)-1)
		}
		base := y + float64(i-from)*r.lineHeight() + r.Size
		for j, word := range words {
			text := word
			if j < len(words)-1 || i < len(r.lines)-1 {
				text += " " // words are told apart by more than their distance
			}
			if i == 0 {
				s.font(r.wordStyle(j))
			}
			s.Text(x, base, text)
			x += s.GetStringWidth(word) + gap
		}
	}
	s.RawWriteStr("EMC\n")
}

// widthOf is how wide a line is with single blanks.
func (s *sheet) widthOf(r *run, line int) float64 {
	s.font(r.style)
	words := r.lines[line]
	if line > 0 || r.lead == 0 {
		return s.GetStringWidth(strings.Join(words, " "))
	}
	width := float64(len(words)-1) * s.GetStringWidth(" ")
	for i, word := range words {
		s.font(r.wordStyle(i))
		width += s.GetStringWidth(word)
	}
	return width
}

// tagOf says what a paragraph is to a reader that speaks.
func tagOf(p styled) string {
	switch {
	case p.Role == headCell:
		return "TH"
	case p.Role == cellRole:
		return "TD"
	case p.Role == plan.KindName, p.Role == plan.Title:
		return "H1"
	case p.outline > 0:
		return "H" + strconv.Itoa(min(p.outline+1, 6))
	}
	return "P"
}
