package page

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text puts the pages together.
func (r *reader) text() string {
	w := writer{pitch: r.pitch()}
	var lefts, rights []float64
	for _, s := range r.sheets {
		lefts, rights = append(lefts, leftEdge(s.lines)), append(rights, rightEdge(s.lines))
	}
	slices.Sort(lefts)
	slices.Sort(rights)
	edges := func(s *sheet) { // a page may have few and short lines
		w.left, w.right = min(leftEdge(s.lines), lefts[len(lefts)/2]), max(rightEdge(s.lines), rights[len(rights)/2])
	}
	ended, parted := 0, 0
	for _, s := range r.sheets {
		edges(s)
		for i := 1; i < len(s.lines); i++ {
			if above, l := &s.lines[i-1], &s.lines[i]; w.ended(above, l) && !w.isCentred(above, l) {
				ended++
				if w.parts(above, l) {
					parted++
				}
			}
		}
	}
	w.spaced = ended > 2 && 5*parted > 4*ended
	for _, s := range r.sheets {
		edges(s)
		w.sheet(s, r)
	}
	w.end()
	return strings.TrimSpace(w.b.String()) + "\n"
}

// pitch is the usual distance from one line to the next, in units of the letters' size.
func (r *reader) pitch() float64 {
	count, most := map[int]int{}, 0
	for _, s := range r.sheets {
		for i := 1; i < len(s.lines); i++ {
			above, l := &s.lines[i-1], &s.lines[i]
			if apart := (above.base - l.base) / max(l.size, 1); apart > 0.8 && apart < 2.5 && beginsLower(l.text()) {
				count[int(apart*20+0.5)]++
			}
		}
	}
	usual := 24
	for apart, n := range count {
		if n > most || n == most && apart < usual {
			usual, most = apart, n
		}
	}
	return float64(usual) / 20
}

func beginsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func beginsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// writer writes a text line by line.
type writer struct {
	b      strings.Builder
	pitch  float64
	left   float64 // edges of the page's text
	right  float64
	spaced bool // paragraphs stand apart throughout

	above  *line // the line before, nil where something else stands
	turned bool  // a page was, since
	opens  bool  // the line before begins a paragraph
	table  *table
}

// sheet writes one page.
func (w *writer) sheet(s *sheet, r *reader) {
	w.turned = true
	inColumns := frames(s.lines, (w.left+w.right)/2)
	tables := s.tables
	for i := 0; i < len(s.lines) || len(tables) > 0; {
		switch {
		case len(tables) > 0 && (i == len(s.lines) || tables[0].top > s.lines[i].base):
			w.putTable(&tables[0], r)
			tables = tables[1:]
		case len(inColumns) > 0 && inColumns[0].start == i:
			w.columns(s.lines, inColumns[0])
			i, inColumns = inColumns[0].end, inColumns[1:]
		default:
			w.line(&s.lines[i])
			i++
		}
	}
}

// columns writes a head or a signature, the left column before the right.
func (w *writer) columns(lines []line, f frame) {
	w.end()
	for _, words := range columns(lines[f.start:f.end], f.gutter) {
		w.b.WriteString(words + "\n")
	}
	w.b.WriteByte('\n')
}

// leftEdge is where the lines of a page begin at the left.
func leftEdge(lines []line) float64 {
	edge := math.Inf(1)
	for i := range lines {
		edge = min(edge, lines[i].left())
	}
	return edge
}

// rightEdge is where the lines of a page end at the right.
func rightEdge(lines []line) float64 {
	edge := 0.0
	for i := range lines {
		edge = max(edge, lines[i].right())
	}
	return edge
}

// end ends the line or the table that is being written.
func (w *writer) end() {
	if w.above != nil {
		w.b.WriteByte('\n')
	}
	if w.table != nil {
		w.b.WriteString("\n" + w.table.String() + "\n")
	}
	w.above, w.table = nil, nil
}

// putTable begins a table, or goes on with the one that the page before ends in.
func (w *writer) putTable(t *table, r *reader) {
	if w.turned && w.table != nil && w.table.goesOnAs(t) {
		for again := w.table.repeats(t.rows); again > 0; again-- {
			r.leave(strings.Join(strings.Fields(strings.Join(t.rows[0], " ")), " "))
			t.rows = t.rows[1:]
		}
		w.table.append(t.rows)
	} else {
		w.end()
		w.table = t
	}
	w.turned = false
}

// brokenNumber knows the end of a line at which a document's number was broken: "số 42-".
var brokenNumber = regexp.MustCompile(`(^|[\s(“])\d[\pL\d/-]*[-/]$`)

// line writes one line of the page: behind the one before, where it surely goes on with it.
func (w *writer) line(l *line) {
	above := w.above
	switch {
	case above == nil:
		w.end()
		w.opens = true
	case w.goesOn(above, l):
		if !brokenNumber.MatchString(above.text()) {
			w.b.WriteByte(' ')
		}
		w.opens = false
	default:
		w.b.WriteByte('\n')
		if !w.turned && w.parts(above, l) || w.turned && w.ended(above, l) {
			w.b.WriteByte('\n')
		}
		w.opens = true
	}
	w.b.WriteString(l.text())
	w.above, w.turned = l, false
}

// Distances between the left edges of lines, in points.
const (
	same     = 3.0
	indented = 6.0
)

// goesOn reports whether a line surely goes on with the one above: that one is full, and
// this begins where the lines of a paragraph do, left of an indented first, below another,
// or behind a sign that hangs out.
func (w *writer) goesOn(above, l *line) bool {
	if !w.turned && w.parts(above, l) || w.ended(above, l) || w.isCentred(above, l) || len(l.segments) > 1 || len(above.segments) > 2 {
		return false
	}
	shift := l.left() - above.left()
	switch {
	case w.opens && shift < -indented:
		return true
	case !w.opens && near(shift, 0, same):
		return true
	case w.opens && shift > same:
		return slices.ContainsFunc(above.segments[len(above.segments)-1].starts, func(x float64) bool { return near(x, l.left(), same) })
	}
	text := l.text()
	return near(shift, 0, same) && (beginsLower(text) && !isLetterLabel(text) || w.spaced && beginsUpper(text) && !w.turned)
}

// parts reports whether there is more room between two lines than between those of one
// paragraph.
func (w *writer) parts(above, l *line) bool {
	return above.base-l.base > (w.pitch+0.15)*max(above.size, l.size)
}

// isLetterLabel reports whether a text begins as "a)" does.
func isLetterLabel(s string) bool {
	_, n := utf8.DecodeRuneInString(s)
	return n < len(s) && (s[n] == ')' || s[n] == '.')
}

// isCentred reports whether both lines stand in the middle of the same breadth, short of
// its edges.
func (w *writer) isCentred(above, l *line) bool {
	a, b := above.left()+above.right(), l.left()+l.right()
	return near(a, b, 2*same) && above.right() < w.right-same && l.right() < w.right-same
}

// ended reports whether a line ended although the first word of the next would have found
// room in it.
func (w *writer) ended(above, l *line) bool {
	words := l.segments[0].text
	first, _, _ := strings.Cut(words, " ")
	wide := (l.segments[0].right - l.segments[0].left) * float64(utf8.RuneCountInString(first)) / float64(max(utf8.RuneCountInString(words), 1))
	return above.right()+0.2*above.size+0.9*wide < w.right-1
}
