package card

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
)

// shown is a part of [palette] as a picture's own: where no more than sixteen colours
// occur, two pixels are a byte, which is smaller and faster compressed.
type shown struct {
	colours []uint8 // in palette
	number  [256]uint8
}

func newShown(grounds ...ground) *shown {
	s := &shown{}
	add := func(colour uint8) {
		s.number[colour] = uint8(len(s.colours))
		s.colours = append(s.colours, colour)
	}
	for _, g := range grounds {
		add(uint8(g))
	}
	for _, g := range grounds {
		for i := range inks {
			for shade := range uint8(shades) {
				add(g.first(i) + shade)
			}
		}
	}
	return s
}

// words are the colours of a picture without a second ground, both those of one with.
var (
	words = newShown(onRed)
	both  = newShown(onBlue, onRed)
)

// encoder writes pictures as PNG, one after another.
type encoder struct {
	rows []byte
	z    deflater
}

// encode gives a picture that has these colours alone.
func (e *encoder) encode(img *image.Paletted, s *shown) []byte {
	depth := uint8(8)
	if len(s.colours) <= 16 {
		depth = 4
	}
	e.rows = e.rows[:0]
	var above []byte
	begin := 0 // of the row above, packed
	for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
		row := img.Pix[img.PixOffset(img.Rect.Min.X, y):img.PixOffset(img.Rect.Max.X, y)]
		end := len(e.rows)
		if bytes.Equal(row, above) { // as about half of them
			e.rows = append(e.rows, e.rows[begin:]...)
		} else {
			e.rows = s.pack(append(e.rows, 0), row, depth) // no filter
		}
		above, begin = row, end
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(img.Rect.Dx()))
	head = binary.BigEndian.AppendUint32(head, uint32(img.Rect.Dy()))
	head = append(head, depth, 3, 0, 0, 0) // colours by number
	var colours []byte
	for _, c := range s.colours {
		r, g, b, _ := palette[c].RGBA()
		colours = append(colours, uint8(r>>8), uint8(g>>8), uint8(b>>8))
	}
	data := []byte("\x89PNG\r\n\x1a\n")
	data = appendChunk(data, "IHDR", head)
	data = appendChunk(data, "PLTE", colours)
	data = appendChunk(data, "IDAT", e.z.zlib(e.rows, 1+img.Rect.Dx()*int(depth)/8))
	return appendChunk(data, "IEND", nil)
}

// pack appends a row's pixels, of so many bits each. The row is a multiple of eight long.
func (s *shown) pack(dst, row []byte, depth uint8) []byte {
	if depth == 8 {
		for _, c := range row {
			dst = append(dst, s.number[c])
		}
		return dst
	}
	ground := uint64(s.colours[0]) * 0x01_01_01_01_01_01_01_01
	for len(row) > 0 {
		if len(row) >= 8 && binary.LittleEndian.Uint64(row) == ground { // as most are
			dst, row = append(dst, 0, 0, 0, 0), row[8:]
			continue
		}
		var pixels [8]byte
		row = row[copy(pixels[:], row):]
		for i := 0; i < 8; i += 2 {
			dst = append(dst, s.number[pixels[i]]<<4|s.number[pixels[i+1]])
		}
	}
	return dst
}

func appendChunk(dst []byte, kind string, data []byte) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(data)))
	from := len(dst)
	dst = append(append(dst, kind...), data...)
	return binary.BigEndian.AppendUint32(dst, crc32.ChecksumIEEE(dst[from:]))
}
