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

// otherFilms are how films and recordings of other kinds begin: of each the first byte
// that counts, and what stands there.
var otherFilms = []struct {
	at    int
	bytes string
}{
	{4, "ftypqt  "}, {4, "ftypM4A "}, {4, "ftypM4B "}, {4, "ftyp3gp"}, {4, "ftyp3g2"}, {4, "moov"}, {4, "wide"},
	{0, "\x1aE\xdf\xa3"}, {8, "AVI "}, {8, "WAVE"}, {0, "0&\xb2u\x8ef\xcf\x11"}, {0, "FLV\x01"}, {0, "OggS"}, {0, "fLaC"}, {0, "\x00\x00\x01\xba"}, {0, "\x00\x00\x01\xb3"},
}

// isOtherFilm reports whether data is a film or a recording that not every browser plays.
func isOtherFilm(data []byte) bool {
	for _, f := range otherFilms {
		if len(data) > f.at && bytes.HasPrefix(data[f.at:], []byte(f.bytes)) {
			return true
		}
	}
	return false
}

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

// film reads an MP4 file, and takes out of it where and with what it was taken. The boxes
// that say so become free space: those behind them stay where others say that they are.
func (f *reading) film(data []byte) {
	out := bytes.Clone(data)
	found := false
	var look func(data []byte)
	look = func(data []byte) {
		for name, content := range photo.Boxes(data) {
			switch string(name) {
			case "moov", "trak", "mdia", "minf", "stbl":
				look(content)
			case "mvhd":
				f.Seconds = seconds(content)
			case "tkhd":
				f.size(content)
			case "stsd":
				f.coded(content)
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

// seconds reads how long a film is from its header (mvhd), 0 where it does not say.
func seconds(header []byte) int {
	if len(header) < 32 {
		return 0
	}
	perSecond, length := uint64(binary.BigEndian.Uint32(header[12:])), uint64(binary.BigEndian.Uint32(header[16:]))
	if header[0] == 1 {
		perSecond, length = uint64(binary.BigEndian.Uint32(header[20:])), binary.BigEndian.Uint64(header[24:])
	}
	const day = 24 * 60 * 60
	if perSecond == 0 || length/perSecond > day {
		return 0
	}
	return int((length + perSecond/2) / perSecond)
}

// size reads how large a track's picture is from its header (tkhd): the last eight bytes,
// in parts of 65,536. A film that was taken upright is turned when it is shown.
func (f *reading) size(header []byte) {
	const matrix = 36 + 8 // bytes from the end
	if len(header) < 84 {
		return
	}
	at := len(header) - 8
	width, height := int(binary.BigEndian.Uint32(header[at:])>>16), int(binary.BigEndian.Uint32(header[at+4:])>>16)
	if across := binary.BigEndian.Uint32(header[len(header)-matrix:]); across == 0 {
		width, height = height, width
	}
	if width > 0 && height > 0 {
		f.Width, f.Height = width, height
	}
}

// coded tells of a film in a code that many browsers do not play, by the description of
// its samples (stsd).
func (f *reading) coded(description []byte) {
	if len(description) < 16 {
		return
	}
	switch string(description[12:16]) {
	case "hvc1", "hev1", "dvh1", "dvhe":
		f.Unplayable = "HEVC (H.265)"
	case "mp4v", "s263", "apch", "apcn", "apcs", "mjpa", "jpeg":
		f.Unplayable = string(description[12:16])
	}
}
