package page

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/pdf"
	"lienhiep/internal/viet"
)

// piece is words that are drawn at one stroke.
type piece struct {
	left, right, base, size float64
	text                    string
	told                    string // with U+FFFD where the letter is not known
	order                   int    // in which it was drawn
	turned                  bool
}

// line is what stands side by side on a page.
type line struct {
	segments []segment // from the left; a wide gap parts them
	base     float64
	size     float64 // of its largest letters
}

// segment is words with no wide gap between them.
type segment struct {
	left, right float64
	text        string
	told        string
	starts      []float64 // of its pieces
}

func (l *line) left() float64  { return l.segments[0].left }
func (l *line) right() float64 { return l.segments[len(l.segments)-1].right }

// text is the line, its segments parted by tabs; behind a label stands a blank.
func (l *line) text() string {
	var b strings.Builder
	for i, s := range l.segments {
		if i > 0 {
			if i == 1 && isLabel(l.segments[0].text) {
				b.WriteByte(' ')
			} else {
				b.WriteByte('\t')
			}
		}
		b.WriteString(s.text)
	}
	return b.String()
}

func (l *line) told() string {
	var words []string
	for _, s := range l.segments {
		words = append(words, s.told)
	}
	return strings.Join(words, " ")
}

// isLabel reports whether the words before a gap can be a list's sign or number.
func isLabel(s string) bool { return utf8.RuneCountInString(s) <= 5 }

// cut makes pieces of a run, one for each stretch between three blanks, and reads text
// that was typed for a legacy font.
func (r *reader) cut(run pdf.Run, order int) []piece {
	text, told := run.Text, run.Unsure
	if isSign(run) {
		text, told = "•", ""
	} else if e, capitals := viet.FontEncoding(fontName(run.Font)); e != 0 {
		text = r.decode(text, e, capitals)
	}
	if told == "" {
		told = text
	}
	if isTurned(run) { // it stands about its middle
		sin, cos := math.Sincos(run.Turn * math.Pi / 180)
		x, y := run.X+cos*run.Width/2, run.Y+sin*run.Width/2
		return []piece{{x - run.Size/2, x + run.Size/2, y, run.Size, text, told, order, true}}
	}
	if told != text {
		return []piece{{run.X, run.X + run.Width, run.Y, run.Size, text, told, order, false}}
	}
	// Blanks that are drawn as letters take room too, behind words and between columns.
	wide := run.Width / float64(max(1, utf8.RuneCountInString(text)))
	var all []piece
	at := 0
	for _, part := range strings.Split(text, columnBlanks) {
		n := utf8.RuneCountInString(part)
		if strings.TrimSpace(part) != "" {
			left := run.X + wide*float64(at)
			all = append(all, piece{left, left + wide*float64(n), run.Y, run.Size, part, part, order + len(all), false})
		}
		at += n + len(columnBlanks)
	}
	return all
}

// columnBlanks part columns where blanks are drawn as letters.
const columnBlanks = "   "

// isTurned reports whether a run is not written across the page.
func isTurned(run pdf.Run) bool { return !near(run.Turn, 0, 5) }

// fontName is a font's own name, without the letters before a plus that say which part
// of it is in the file.
func fontName(s string) string {
	if i := strings.IndexByte(s, '+'); i == 6 {
		return s[i+1:]
	}
	return s
}

// isSign reports whether a run is one sign of a font of signs, as lists begin with.
func isSign(run pdf.Run) bool {
	name := strings.ToLower(run.Font)
	return (strings.Contains(name, "symbol") || strings.Contains(name, "dings")) && run.Unsure != "" && utf8.RuneCountInString(strings.TrimSpace(run.Unsure)) == 1
}

// decode reads text typed for a legacy font word by word.
func (r *reader) decode(text string, e viet.Encoding, capitals bool) string {
	words := strings.Split(text, " ")
	for i, w := range words {
		if decoded, ok := e.Decode(w); ok {
			words[i] = decoded
		}
	}
	decoded := strings.Join(words, " ")
	if capitals {
		decoded = strings.ToUpper(decoded)
	}
	if decoded != text && !slices.Contains(r.encodings, e) {
		r.encodings = append(r.encodings, e)
	}
	return decoded
}

// linesOf puts pieces together that stand on one line, from above. Words that go up or
// down, as in a narrow cell, make lines in the order in which they were drawn.
func linesOf(pieces []piece) []line {
	var turned []line
	var level []piece
	for _, p := range pieces {
		if p.turned {
			turned = append(turned, lineOf([]piece{p}, p.base, p.size))
		} else {
			level = append(level, p)
		}
	}
	slices.SortStableFunc(level, func(a, b piece) int { return cmp.Compare(b.base, a.base) })
	var lines []line
	for i := 0; i < len(level); {
		base, size, end := level[i].base, level[i].size, i+1
		for end < len(level) && base-level[end].base <= 0.4*max(size, level[end].size) {
			if level[end].size > size {
				base, size = level[end].base, level[end].size
			}
			end++
		}
		lines = append(lines, lineOf(level[i:end], base, size))
		i = end
	}
	return append(lines, turned...)
}

// Gaps between the pieces of a line, in units of the letters' size: what is a blank, and
// what parts columns, where they were drawn one after the other and where not.
const (
	blankGap     = 0.15
	columnGap    = 1.8
	columnGapOut = 0.7
)

func lineOf(pieces []piece, base, size float64) line {
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(a.left, b.left) })
	l := line{base: base, size: size}
	var before piece
	for i, p := range pieces {
		gap := p.left - before.right
		wide := columnGap
		if p.order != before.order+1 {
			wide = columnGapOut
		}
		if i == 0 || gap > wide*size {
			l.segments = append(l.segments, segment{left: p.left})
		}
		s := &l.segments[len(l.segments)-1]
		if s.text != "" && gap > blankGap*min(p.size, before.size) && !strings.HasSuffix(s.text, " ") && !strings.HasPrefix(p.text, " ") {
			s.text += " "
			s.told += " "
		}
		s.text += p.text
		s.told += p.told
		s.right = max(s.right, p.right)
		s.starts = append(s.starts, p.left)
		before = p
	}
	for i := range l.segments {
		s := &l.segments[i]
		s.text, s.told = strings.Join(strings.Fields(s.text), " "), strings.Join(strings.Fields(s.told), " ")
	}
	return l
}
