package photo

import (
	"bytes"
	"encoding/binary"
)

// Whole reports whether the data of a picture go to its end without a gap. A program
// that was killed leaves a picture cut short, and a power cut one with blocks of zeros,
// which decoders show as far as they can.
//
// It rejects every JPEG, PNG and WebP picture that is cut short, and a few good ones
// of hardly any content: it serves to tell which to make anew.
func Whole(data []byte) bool {
	const block = 512 // the least that a disk writes
	for rest := data; len(rest) > 0; rest = rest[min(block, len(rest)):] {
		if len(bytes.Trim(rest[:min(block, len(rest))], "\x00")) == 0 {
			return false
		}
	}
	switch Sniff(data) {
	case JPEG:
		return bytes.HasSuffix(data, []byte("\xff\xd9"))
	case PNG:
		return bytes.HasSuffix(data, []byte("IEND\xaeB`\x82"))
	case WebP:
		return int64(len(data)) == 8+int64(binary.LittleEndian.Uint32(data[4:]))
	}
	return Sniff(data) != ""
}
