package card

import (
	"image"
	"image/draw"
	"strings"
	"unicode"
	"unicode/utf8"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-fonts/liberation/liberationserifbold"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"lienhiep/internal/viet"
)

// Where things stand, in pixels. No letter is smaller than small: a chat shows a card 320
// pixels wide, where these are 12.
const (
	margin     = 64
	wide       = Width - 2*margin // the length of a line
	panel      = 860              // where the picture's own ground begins, if there is one
	narrow     = panel - margin - 36
	kickerAt   = 100 // baselines
	siteAt     = 584
	ruleTop    = 520
	textTop    = 122 // the title and the sentence stand between these
	textBottom = ruleTop - 12
	gap        = 16 // between the two

	small         = 44
	largeTitle    = 62
	sentenceLines = 3
	drawingSide   = 250
	labelLines    = 3
	// leading is line height over size: a capital with two marks (Ễ) keeps clear of
	// what hangs below the line above it (ộ).
	leading = 1.34
)

// titleSizes are tried from the largest; the last takes what no other holds, cut
// at a word if need be.
var titleSizes = []int{92, 84, 76, 68, 62, 56, 50, small}

// figureSizes are those of the number that stands in the picture's place.
var figureSizes = []int{190, 150, 116, 88, 66, small}

// drawer draws one card after another.
type drawer struct {
	titles, figures        []*face // by size, the largest first
	kicker, sentence, site *face
	drawings               map[string]*image.Alpha
	canvas                 canvas
	deflater               deflater
}

func newDrawer() (*drawer, error) {
	var fonts [3]*opentype.Font
	for i, ttf := range [][]byte{liberationserifbold.TTF, liberationsansbold.TTF, liberationsansregular.TTF} {
		var err error
		if fonts[i], err = opentype.Parse(ttf); err != nil {
			return nil, err
		}
	}
	serif, bold, regular := fonts[0], fonts[1], fonts[2]
	d := &drawer{drawings: map[string]*image.Alpha{}, canvas: canvas{stencils: map[stencilKey]stencil{}}}
	var err error
	for _, f := range []struct {
		face **face
		font *opentype.Font
	}{{&d.kicker, bold}, {&d.sentence, regular}, {&d.site, serif}} {
		if *f.face, err = newFace(f.font, small); err != nil {
			return nil, err
		}
	}
	if d.titles, err = newFaces(serif, titleSizes); err != nil {
		return nil, err
	}
	d.figures, err = newFaces(serif, figureSizes)
	return d, err
}

// layout is how much of a card the words have.
type layout struct {
	width   int // of a line
	top     int
	picture bool // stands beside them
	kicker  bool
}

// layouts are tried in this order: words that do not fit beside a picture have the whole
// card, and if need be the place of the kicker too.
var layouts = []layout{{narrow, textTop, true, true}, {wide, textTop, false, true}, {wide, textTop - small, false, false}}

// draw gives a card as PNG.
func (d *drawer) draw(w Words) ([]byte, error) {
	a := d.arrange(w)
	c := &d.canvas
	on := onRed
	if a.picture {
		on = onBlue
		c.blank(Width, Height, w.scheme())
		if err := d.picture(c, w); err != nil {
			return nil, err
		}
	} else {
		c.blank(Width, Height, words)
	}
	if a.kicker {
		for _, line := range d.kicker.wrap(w.Kicker, 1, a.width) {
			d.kicker.write(c, line, margin, kickerAt, on, inkGold)
		}
	}
	top := a.top
	for _, line := range a.title {
		a.face.write(c, line, margin, top+a.face.baseline(), on, inkCream)
		top += a.face.height()
	}
	for _, line := range a.sentence {
		d.sentence.write(c, line, margin, top+gap+d.sentence.baseline(), on, inkCream)
		top += d.sentence.height()
	}
	c.fill(image.Rect(margin, ruleTop, margin+96, ruleTop+6), c.ink[inkGold])
	for _, line := range d.site.wrap(w.Site, 1, a.width) {
		d.site.write(c, line, margin, siteAt, on, inkCream)
	}
	return c.encode(&d.deflater), nil
}

// picture draws what a card shows beside its words: the page's first figure, or the
// emblem of its field.
func (d *drawer) picture(c *canvas, w Words) error {
	c.fill(image.Rect(panel, 0, Width, Height), c.ground[onRed])
	const side, from = Width - panel - 2*28, panel + 28
	if w.Figure == "" {
		drawing, err := d.drawing(w.Emblem)
		if err == nil {
			c.stamp(drawing, panel+(Width-panel-drawingSide)/2, (Height-drawingSide)/2, onRed, inkCream)
		}
		return err
	}
	face := d.figures[len(d.figures)-1]
	for _, f := range d.figures {
		if len(f.wrap(w.Figure, 2, side)) == 1 && f.broken == 0 {
			face = f
			break
		}
	}
	label := d.sentence.wrap(w.Label, labelLines, side)
	top := (Height - face.height() - len(label)*d.sentence.height()) / 2
	for _, line := range face.wrap(w.Figure, 1, side) {
		face.write(c, line, from+(side-face.width(line))/2, top+face.baseline(), onRed, inkGold)
	}
	for i, line := range label {
		d.sentence.write(c, line, from+(side-d.sentence.width(line))/2, top+face.height()+i*d.sentence.height()+d.sentence.baseline(), onRed, inkCream)
	}
	return nil
}

// arranged is how a title and a sentence stand.
type arranged struct {
	layout
	face     *face // of the title
	title    []string
	sentence []string // none where it has no room
}

// arrange finds the layout in which a title stands whole.
func (d *drawer) arrange(w Words) arranged {
	possible := layouts
	if w.Figure == "" && w.Emblem == "" {
		possible = layouts[1:]
	}
	for _, l := range possible {
		if a := d.within(l, w, textBottom-l.top, sentenceLines); a.face != nil {
			return a
		}
	}
	last, f := possible[len(possible)-1], d.titles[len(d.titles)-1]
	return arranged{layout: last, face: f, title: f.wrap(w.Title, (textBottom-last.top)/f.height(), last.width)}
}

// within has a whole title in the largest size that has room, and with it the sentence, of
// at most so many lines, if all of that has room beside a title that is still large: half a
// sentence says nothing. There is no face where the title has no room.
func (d *drawer) within(l layout, w Words, room, most int) arranged {
	sentence := d.sentence.wrap(w.Sentence, most+1, l.width)
	if n := len(sentence); n > 0 && n <= most {
		if f, title := d.fitted(w.Title, l.width, room-gap-n*d.sentence.height()); f != nil && f.size >= largeTitle {
			return arranged{l, f, title, sentence}
		}
	}
	f, title := d.fitted(w.Title, l.width, room)
	return arranged{l, f, title, nil}
}

// fitted is the largest size in which a title stands whole, if there is one.
func (d *drawer) fitted(title string, width, height int) (*face, []string) {
	for _, f := range d.titles {
		most := height / f.height()
		if most < 1 {
			continue
		}
		if lines := f.wrap(title, most+1, width); len(lines) <= most && f.broken == 0 {
			return f, lines
		}
	}
	return nil, nil
}

// face is a font in one size, with what it has had to find out of its letters.
type face struct {
	font.Face
	font   *opentype.Font
	glyph  sfnt.Buffer
	size   int
	shapes map[rune]shape
	kerns  map[[2]rune]fixed.Int26_6
	broken int // words that the last wrap has broken
}

// shape is a letter's coverage, as seen from its origin.
type shape struct {
	mask    *image.Alpha
	advance fixed.Int26_6
}

func newFace(f *opentype.Font, size int) (*face, error) {
	// At 72 dots an inch a point is a pixel.
	of, err := opentype.NewFace(f, &opentype.FaceOptions{Size: float64(size), DPI: 72})
	return &face{Face: of, font: f, size: size, shapes: map[rune]shape{}, kerns: map[[2]rune]fixed.Int26_6{}}, err
}

func newFaces(f *opentype.Font, sizes []int) (faces []*face, err error) {
	for _, size := range sizes {
		of, err := newFace(f, size)
		if err != nil {
			return nil, err
		}
		faces = append(faces, of)
	}
	return faces, nil
}

func (f *face) height() int { return int(float64(f.size)*leading + 0.5) }

// baseline is how far below its top a line stands.
func (f *face) baseline() int { return int(float64(f.size)*1.08 + 0.5) }

// wrap breaks a text into lines that are so wide, at most so many: what is left is told by
// three dots. A word longer than a line is broken, and counted. No more is looked at than
// the lines hold.
func (f *face) wrap(text string, most, width int) []string {
	f.broken = 0
	if most <= 0 {
		return nil
	}
	var lines []string
	rest := strings.Join(strings.Fields(f.drawn(text)), " ")
	for rest != "" && len(lines) <= most {
		line := f.line(rest, width)
		lines = append(lines, line)
		rest = strings.TrimPrefix(rest[len(line):], " ")
	}
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = f.cut(lines[most-1], width)
	}
	return lines
}

// line is as many words of a text as a line holds.
func (f *face) line(text string, width int) string {
	n := f.fitting(text, width)
	if n == len(text) || text[n] == ' ' {
		return text[:n]
	}
	if end := strings.LastIndexByte(text[:n], ' '); end >= 0 {
		return text[:end]
	}
	f.broken++
	return f.head(text, width)
}

// drawn returns what can be drawn of a text: emoji and other signs that the font lacks
// leave no hole, decorative letters are plain. A letter that it lacks stays, since words
// must not change.
func (f *face) drawn(text string) string {
	return strings.Map(func(r rune) rune {
		if i, err := f.font.GlyphIndex(&f.glyph, r); err == nil && i != 0 && !viet.Invisible(r) || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSpace(r) {
			return r
		}
		return -1
	}, viet.Unstyled(text))
}

// cut ends a line in dots, in place of words where it is too long for them.
func (f *face) cut(line string, width int) string {
	for !f.fits(line+"…", width) {
		i := strings.LastIndexByte(line, ' ')
		if i < 0 {
			return f.head(line, width-f.width("…")) + "…"
		}
		line = line[:i]
	}
	return strings.TrimRight(line, " ,;:.–-") + "…"
}

// head is as much of a word as a line holds, a letter at least.
func (f *face) head(word string, width int) string {
	_, first := utf8.DecodeRuneInString(word)
	return word[:max(first, f.fitting(word, width))]
}

func (f *face) fits(line string, width int) bool { return f.fitting(line, width) == len(line) }

// fitting is how many bytes of a text a line holds. No more is looked at.
func (f *face) fitting(text string, width int) int {
	var w fixed.Int26_6
	previous := rune(-1)
	for i, r := range text {
		if w += f.kern(previous, r) + f.shape(r).advance; w > fixed.I(width) {
			return i
		}
		previous = r
	}
	return len(text)
}

// width is how wide a line is drawn.
func (f *face) width(line string) int {
	var w fixed.Int26_6
	previous := rune(-1)
	for _, r := range line {
		w += f.kern(previous, r) + f.shape(r).advance
		previous = r
	}
	return w.Ceil()
}

// write draws a line.
func (f *face) write(c *canvas, line string, left, baseline int, on ground, with ink) {
	x := fixed.I(left)
	previous := rune(-1)
	for _, r := range line {
		x += f.kern(previous, r)
		s := f.shape(r)
		c.stamp(s.mask, x.Round(), baseline, on, with)
		x += s.advance
		previous = r
	}
}

// kern is how much closer a letter stands to another than to others. Fonts take
// long to tell.
func (f *face) kern(left, right rune) fixed.Int26_6 {
	pair := [2]rune{left, right}
	k, ok := f.kerns[pair]
	if !ok {
		k = f.Kern(left, right)
		f.kerns[pair] = k
	}
	return k
}

// shape draws a letter once. One that the font lacks is the box that fonts have
// for that.
func (f *face) shape(r rune) shape {
	s, ok := f.shapes[r]
	if !ok {
		bounds, mask, from, advance, _ := f.Glyph(fixed.Point26_6{}, r)
		s = shape{image.NewAlpha(bounds), advance}
		draw.Draw(s.mask, bounds, mask, from, draw.Src) // the face draws the next into the same
		f.shapes[r] = s
	}
	return s
}
