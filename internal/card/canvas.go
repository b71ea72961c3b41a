package card

import (
	"encoding/binary"
	"image"
	"slices"
)

// canvas is what pictures are drawn on, one after another: the rows of a PNG file. A row is
// a byte, 0 for no filter, and then two pixels a byte, the left one in the high bits.
type canvas struct {
	*scheme
	width, height int // in pixels
	rows          []byte
	stencils      map[stencilKey]stencil
}

// stencil is a mask in the colours that it has on a canvas, of which no number is lower than
// its ground's; 0 leaves a pixel as it is.
type stencil struct {
	pixels []uint64 // sixteen a word, in the order of a canvas
	words  int      // in a row
}

type stencilKey struct {
	mask *image.Alpha
	on   ground
	with ink
	*scheme
	odd bool // begins with the right one of a byte's pixels
}

// wordBytes is the size of a stencil's words.
const wordBytes = 8

// blank makes the canvas a picture that has the scheme's first ground alone. Its width is
// even.
func (c *canvas) blank(width, height int, s *scheme) {
	c.scheme, c.width, c.height = s, width, height
	size := height * c.stride()
	c.rows = slices.Grow(c.rows[:0], size+wordBytes)[:size] // the last word of a stencil may reach beyond
	clear(c.rows)
}

// stride is how many bytes a row has.
func (c *canvas) stride() int { return 1 + c.width/2 }

// fill gives a part one colour. Its sides are at even pixels.
func (c *canvas) fill(part image.Rectangle, number uint8) {
	at := func(y int) []byte { return c.rows[y*c.stride()+1+part.Min.X/2:][:part.Dx()/2] }
	first := at(part.Min.Y)
	for i := range first {
		first[i] = number<<4 | number
	}
	for y := part.Min.Y + 1; y < part.Max.Y; y++ {
		copy(at(y), first)
	}
}

// stamp inks the ground where a mask covers it, as seen from x and y. Of two letters that
// touch, the stronger step stays.
func (c *canvas) stamp(mask *image.Alpha, x, y int, on ground, with ink) {
	at := mask.Rect.Add(image.Pt(x, y))
	odd := at.Min.X&1 != 0
	key := stencilKey{mask, on, with, c.scheme, odd}
	s, known := c.stencils[key]
	if seen := at.Intersect(image.Rect(0, 0, c.width, c.height)); seen != at {
		if seen.Empty() {
			return
		}
		part := mask.SubImage(seen.Sub(image.Pt(x, y))).(*image.Alpha)
		at, s = seen, newStencil(part, c.ramps[on][with], seen.Min.X&1 != 0)
	} else if !known {
		s = newStencil(mask, c.ramps[on][with], odd)
		c.stencils[key] = s
	}
	if s.words == 0 {
		return
	}
	from := at.Min.Y*c.stride() + 1 + at.Min.X/2
	for ; len(s.pixels) > 0; s.pixels = s.pixels[s.words:] {
		row := c.rows[from : from+s.words*wordBytes : cap(c.rows)]
		for i, inked := range s.pixels[:s.words] {
			if inked == 0 {
				continue
			}
			if under := binary.LittleEndian.Uint64(row[i*wordBytes:]); under != 0 {
				inked = stronger(inked, under)
			}
			binary.LittleEndian.PutUint64(row[i*wordBytes:], inked)
		}
		from += c.stride()
	}
}

// newStencil draws a mask in colours by number, the weakest first.
func newStencil(mask *image.Alpha, ramp []uint8, odd bool) stencil {
	size := mask.Rect.Size()
	shift := 0
	if odd {
		shift = 1
	}
	words := (size.X + shift + 2*wordBytes - 1) / (2 * wordBytes)
	s := stencil{make([]uint64, words*size.Y), words}
	for y := range size.Y {
		row := s.pixels[y*words:][:words]
		for x, cover := range mask.Pix[y*mask.Stride:][:size.X] {
			if step := (int(cover)*len(ramp) + 127) / 255; step > 0 {
				nibble := (x + shift) ^ 1 // the left pixel of a byte is in the high bits
				row[nibble/16] |= uint64(ramp[step-1]) << (nibble % 16 * 4)
			}
		}
	}
	return s
}

// stronger is the greater one of each of the pixels of two words.
func stronger(a, b uint64) uint64 {
	const low = 0x0f0f_0f0f_0f0f_0f0f
	greater := func(a, b uint64) uint64 { // in bytes, of which the high bits are free
		const high = 0x8080_8080_8080_8080
		is := (a | high - b) & high // where a is not less
		keep := is >> 7 * 0xff
		return a&keep | b&^keep
	}
	return greater(a&low, b&low) | greater(a>>4&low, b>>4&low)<<4
}
