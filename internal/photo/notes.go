package photo

import (
	"bytes"
	"encoding/binary"
)

// Notes are where a JPEG file holds what cameras and programs write beside the picture:
// from byte, to byte, of the contents of its segments of EXIF, XMP, IPTC and of
// comments. A picture within a document may lose them: the document says how it stands.
func Notes(jpeg []byte) [][2]int {
	var places [][2]int
	if Sniff(jpeg) != JPEG {
		return nil
	}
	for i := 2; i+4 <= len(jpeg) && jpeg[i] == 0xff; {
		marker := jpeg[i+1]
		if marker == 0xda { // the picture begins
			break
		}
		end := i + 2 + int(binary.BigEndian.Uint16(jpeg[i+2:]))
		if end > len(jpeg) || end < i+4 {
			break
		}
		if marker == 0xe1 || marker == 0xed || marker == 0xfe {
			places = append(places, [2]int{i + 4, end})
		}
		i = end
	}
	return places
}

// HasGPS reports whether a JPEG file says where it was taken.
func HasGPS(jpeg []byte) bool {
	for _, at := range Notes(jpeg) {
		tiff, ok := bytes.CutPrefix(jpeg[at[0]:at[1]], []byte("Exif\x00\x00"))
		if ok && locates(tiff) {
			return true
		}
	}
	return false
}

// locates reports whether EXIF has a directory of places that has a latitude.
func locates(tiff []byte) bool {
	if len(tiff) < 8 {
		return false
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	const gps, latitude = 0x8825, 2
	at := entry(tiff, order, order.Uint32(tiff[4:]), gps)
	return at != nil && entry(tiff, order, order.Uint32(at[8:]), latitude) != nil
}

// entry looks a tag up in the directory at an offset: its twelve bytes, nil without it.
func entry(tiff []byte, order binary.ByteOrder, offset uint32, tag uint16) []byte {
	if uint64(offset)+2 > uint64(len(tiff)) {
		return nil
	}
	entries := tiff[offset+2:]
	for range order.Uint16(tiff[offset:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == tag {
			return entries[:12]
		}
		entries = entries[12:]
	}
	return nil
}
