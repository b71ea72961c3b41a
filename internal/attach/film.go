package attach

import (
	"bytes"
	"encoding/binary"
	"slices"

	"lienhiep/internal/diag"
	"lienhiep/internal/photo"
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
	var look func(data []byte)
	look = func(data []byte) {
		for name, content := range photo.Boxes(data) {
			switch string(name) {
			case "moov", "trak":
				look(content)
			case "udta", "meta", "uuid":
				copy(name, "free")
				clear(content)
				found = true
			}
		}
	}
	look(out)
	if found {
		f.clean = out
		f.Removed = append(f.Removed, diag.Text{VI: "nơi quay, máy quay và tên người quay", EN: "where, with what and by whom it was filmed"})
	}
}
