package card

import (
	"encoding/binary"
	"hash/crc32"
)

// encode gives what is drawn on the canvas as PNG.
func (c *canvas) encode(z *deflater) []byte {
	head := binary.BigEndian.AppendUint32(nil, uint32(c.width))
	head = binary.BigEndian.AppendUint32(head, uint32(c.height))
	head = append(head, 4, 3, 0, 0, 0) // four bits a pixel, colours by number
	var colours []byte
	for _, c := range c.palette {
		r, g, b, _ := c.RGBA()
		colours = append(colours, uint8(r>>8), uint8(g>>8), uint8(b>>8))
	}
	data := []byte("\x89PNG\r\n\x1a\n")
	data = appendChunk(data, "IHDR", head)
	data = appendChunk(data, "PLTE", colours)
	data = appendChunk(data, "IDAT", z.zlib(c.rows, c.stride()))
	return appendChunk(data, "IEND", nil)
}

func appendChunk(dst []byte, kind string, data []byte) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(data)))
	from := len(dst)
	dst = append(append(dst, kind...), data...)
	return binary.BigEndian.AppendUint32(dst, crc32.ChecksumIEEE(dst[from:]))
}
