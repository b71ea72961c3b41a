package photo

import (
	"bytes"
	"encoding/binary"
	"iter"

	"github.com/bep/imagemeta"
)

// WithoutNotes blanks what cameras and programs write into a JPEG file beside the
// picture: the contents of its segments of EXIF, XMP, IPTC and of comments. No other byte
// changes or moves. found is false if there is none. A picture within a document may lose
// them: the document says how it stands.
func WithoutNotes(jpeg []byte) (clean []byte, found bool) {
	clean = bytes.Clone(jpeg)
	for marker, content := range segments(clean) {
		if marker == 0xe1 || marker == 0xed || marker == 0xfe {
			clear(content)
			found = true
		}
	}
	return clean, found
}

// segments are those of a JPEG file before the picture, by their markers; none of a file
// of another format.
func segments(jpeg []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		if Sniff(jpeg) != JPEG {
			return
		}
		for i := 2; i+4 <= len(jpeg) && jpeg[i] == 0xff && jpeg[i+1] != 0xda; {
			end := i + 2 + int(binary.BigEndian.Uint16(jpeg[i+2:]))
			if end < i+4 || end > len(jpeg) || !yield(jpeg[i+1], jpeg[i+4:end]) {
				return
			}
			i = end
		}
	}
}

// HasGPS reports whether a JPEG file says where it was taken: its EXIF has a latitude.
func HasGPS(jpeg []byte) bool {
	found := false
	readEXIF(jpeg, func(t imagemeta.TagInfo) bool {
		found = found || t.Tag == "GPSLatitude"
		return false
	}, nil)
	return found
}
