package card

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
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

// Where things stand, in pixels.
const (
	margin     = 80
	measure    = Width - 2*margin // the length of a line
	kickerAt   = 112              // baselines
	siteAt     = 572
	ruleTop    = 512
	textTop    = 144 // the title and the sentence stand between these
	textBottom = ruleTop - 24
	gap        = 22 // between the two

	kickerSize, sentenceSize, siteSize = 30, 32, 38
	largeTitle                         = 62
	sentenceLines                      = 3
	// leading is line height over size: a capital with two marks (Ễ) keeps clear of
	// what hangs below the line above it (ộ).
	leading = 1.34
)

// titleSizes are tried from the largest; the last takes what no other holds, cut
// at a word if need be.
var titleSizes = []int{84, 76, 68, 62, 56, 50, 46, 42, 38, 34}

// The site's colours.
var (
	paper = color.RGBA{0xfb, 0xf7, 0xef, 0xff}
	blue  = color.RGBA{0x14, 0x2c, 0x57, 0xff}
	red   = color.RGBA{0x9a, 0x1d, 0x1b, 0xff}
	grey  = color.RGBA{0x57, 0x5b, 0x69, 0xff}
)

// shades is how many steps lie between the paper and an ink: as many as the eye
// wants. With more than sixteen colours a pixel is a byte, which is written faster.
const shades = 7

// ink is the first of the palette's shades of a colour; the paper is colour 0.
type ink uint8

const (
	inkBlue ink = 1 + iota*shades
	inkRed
	inkGrey
)

var palette = func() color.Palette {
	p := color.Palette{paper}
	for _, c := range []color.RGBA{blue, red, grey} {
		for i := 1; i <= shades; i++ {
			mix := func(from, to uint8) uint8 { return uint8((int(from)*(shades-i) + int(to)*i + shades/2) / shades) }
			p = append(p, color.RGBA{mix(paper.R, c.R), mix(paper.G, c.G), mix(paper.B, c.B), 0xff})
		}
	}
	return p
}()

// drawer draws one card after another.
type drawer struct {
	serif                  *opentype.Font
	titles                 map[int]*face
	kicker, sentence, site *face
	encoder                png.Encoder
}

func newDrawer() (*drawer, error) {
	var fonts [3]*opentype.Font
	for i, ttf := range [][]byte{liberationserifbold.TTF, liberationsansbold.TTF, liberationsansregular.TTF} {
		var err error
		if fonts[i], err = opentype.Parse(ttf); err != nil {
			return nil, err
		}
	}
	d := &drawer{serif: fonts[0], titles: map[int]*face{}, encoder: png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: new(buffer)}}
	for _, f := range []struct {
		face **face
		font *opentype.Font
		size int
	}{{&d.kicker, fonts[1], kickerSize}, {&d.sentence, fonts[2], sentenceSize}, {&d.site, fonts[0], siteSize}} {
		var err error
		if *f.face, err = newFace(f.font, f.size); err != nil {
			return nil, err
		}
	}
	for _, size := range titleSizes {
		var err error
		if d.titles[size], err = newFace(d.serif, size); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// buffer lets one card be written with the memory of the last.
type buffer struct{ last *png.EncoderBuffer }

func (b *buffer) Get() *png.EncoderBuffer  { return b.last }
func (b *buffer) Put(e *png.EncoderBuffer) { b.last = e }

// draw gives a card as PNG.
func (d *drawer) draw(w words) ([]byte, error) {
	img := image.NewPaletted(image.Rect(0, 0, Width, Height), palette)
	for _, line := range d.kicker.wrap(w.Kicker, 1) {
		d.kicker.write(img, line, kickerAt, inkRed)
	}
	face, lines := d.title(w)
	top := textTop
	for _, line := range lines {
		face.write(img, line, top+face.baseline(), inkBlue)
		top += face.height()
	}
	room := min((textBottom-top-gap)/d.sentence.height(), sentenceLines)
	for _, line := range d.sentence.wrap(w.Sentence, room) {
		d.sentence.write(img, line, top+gap+d.sentence.baseline(), inkGrey)
		top += d.sentence.height()
	}
	rule := image.Rect(margin, ruleTop, margin+96, ruleTop+6)
	draw.Draw(img, rule, image.NewUniform(palette[inkRed+shades-1]), image.Point{}, draw.Src)
	for _, line := range d.site.wrap(w.Site, 1) {
		d.site.write(img, line, siteAt, inkBlue)
	}
	var b bytes.Buffer
	err := d.encoder.Encode(&b, img)
	return b.Bytes(), err
}

// title sets a title in the largest size that holds it whole, if possible with
// room for the beginning of the sentence in letters that are still large.
func (d *drawer) title(w words) (*face, []string) {
	beside := min(len(d.sentence.wrap(w.Sentence, sentenceLines)), 2)*d.sentence.height() + gap
	for _, room := range []struct{ least, height int }{{largeTitle, textBottom - textTop - beside}, {0, textBottom - textTop}} {
		for _, size := range titleSizes {
			f := d.titles[size]
			if lines := f.wrap(w.Title, len(w.Title)); size >= room.least && f.broken == 0 && len(lines)*f.height() <= room.height {
				return f, lines
			}
		}
	}
	f := d.titles[titleSizes[len(titleSizes)-1]]
	return f, f.wrap(w.Title, (textBottom-textTop)/f.height())
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

func (f *face) height() int { return int(float64(f.size)*leading + 0.5) }

// baseline is how far below its top a line stands.
func (f *face) baseline() int { return int(float64(f.size)*1.08 + 0.5) }

// wrap breaks a text into lines, at most so many: what is left is told by three
// dots. A word longer than a line is broken, and counted.
func (f *face) wrap(text string, most int) []string {
	f.broken = 0
	if most <= 0 {
		return nil
	}
	var lines []string
	line := ""
	for _, word := range strings.Fields(f.drawn(text)) {
		if longer := strings.TrimPrefix(line+" "+word, " "); f.fits(longer) {
			line = longer
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; !f.fits(line); f.broken++ {
			head := f.head(line)
			lines, line = append(lines, head), line[len(head):]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = f.cut(lines[most-1])
	}
	return lines
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
func (f *face) cut(line string) string {
	for !f.fits(line + "…") {
		i := strings.LastIndexByte(line, ' ')
		if i < 0 {
			return f.head(line[:len(line)-len("…")]) + "…"
		}
		line = line[:i]
	}
	return strings.TrimRight(line, " ,;:.–-") + "…"
}

// head is as much of a word as a line holds, a letter at least.
func (f *face) head(word string) string {
	_, first := utf8.DecodeRuneInString(word)
	return word[:max(first, f.fitting(word))]
}

func (f *face) fits(line string) bool { return f.fitting(line) == len(line) }

// fitting is how many bytes of a text a line holds. No more is looked at.
func (f *face) fitting(text string) int {
	var width fixed.Int26_6
	previous := rune(-1)
	for i, r := range text {
		if width += f.kern(previous, r) + f.shape(r).advance; width > fixed.I(measure) {
			return i
		}
		previous = r
	}
	return len(text)
}

// write draws a line from the left margin.
func (f *face) write(img *image.Paletted, line string, baseline int, with ink) {
	x := fixed.I(margin)
	previous := rune(-1)
	for _, r := range line {
		x += f.kern(previous, r)
		s := f.shape(r)
		stamp(img, s.mask, x.Round(), baseline, with)
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

// stamp inks the paper where a letter covers it. Of two letters that touch, the
// darker shade stays.
func stamp(img *image.Paletted, mask *image.Alpha, x, y int, with ink) {
	at := mask.Rect.Add(image.Pt(x, y))
	seen := at.Intersect(img.Rect)
	for py := seen.Min.Y; py < seen.Max.Y; py++ {
		for px := seen.Min.X; px < seen.Max.X; px++ {
			shade := (int(mask.Pix[mask.PixOffset(px-x, py-y)])*shades + 127) / 255
			if shade == 0 {
				continue
			}
			i := img.PixOffset(px, py)
			img.Pix[i] = max(img.Pix[i], uint8(with)+uint8(shade)-1)
		}
	}
}
