package attach

import (
	"bytes"
	"encoding/binary"
	"slices"

	"lienhiep/internal/diag"
)

// brands are those of MP4 files that browsers play.
var brands = []string{"isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "dash", "MSNV", "mmp4", "XAVC", "f4v "}

// isFilm reports whether data is an MP4 file; photographs (HEIC) have the same
// container.
func isFilm(data []byte) bool {
	if len(data) < 16 || string(data[4:8]) != "ftyp" {
		return false
	}
	end := min(int(binary.BigEndian.Uint32(data)), len(data), 256)
	for i := 8; i+4 <= end; i += 4 {
		if i != 12 && slices.Contains(brands, string(data[i:i+4])) {
			return true
		}
	}
	return false
}

// film takes out of an MP4 file where and with what it was taken. The boxes that say so
// become free space: those behind them stay where others say that they are.
func (f *reading) film(data []byte) {
	out := bytes.Clone(data)
	found := false
	var look func(name, content []byte)
	look = func(name, content []byte) {
		switch string(name) {
		case "moov", "trak":
			boxes(content, look)
		case "udta", "meta", "uuid":
			copy(name, "free")
			clear(content)
			found = true
		}
	}
	boxes(out, look)
	if found {
		f.clean = out
		f.Removed = append(f.Removed, diag.Text{VI: "nơi quay, máy quay và tên người quay", EN: "where, with what and by whom it was filmed"})
	}
}

// boxes calls each for the boxes that stand one behind the other in data.
func boxes(data []byte, each func(name, content []byte)) {
	for len(data) >= 8 {
		size, head := int64(binary.BigEndian.Uint32(data)), int64(8)
		switch {
		case size == 0:
			size = int64(len(data))
		case size == 1 && len(data) >= 16:
			size, head = int64(binary.BigEndian.Uint64(data[8:])), 16
		}
		if size < head || size > int64(len(data)) {
			return
		}
		each(data[4:8], data[head:size])
		data = data[size:]
	}
}
