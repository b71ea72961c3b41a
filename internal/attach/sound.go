package attach

import (
	"bytes"

	"lienhiep/internal/diag"
)

// sound reads an MP3 file, and takes out of it what stands before and behind the sound
// (ID3): who recorded it, remarks, pictures.
func (f *reading) sound(data []byte) {
	f.clean = data
	for bytes.HasPrefix(f.clean, []byte("ID3")) && len(f.clean) >= 10 {
		size := 10
		for i, c := range f.clean[6:10] { // of seven bits each
			size += int(c&0x7f) << (7 * (3 - i))
		}
		if f.clean[5]&0x10 != 0 {
			size += 10 // its end has a copy of its head
		}
		f.clean = f.clean[min(size, len(f.clean)):]
	}
	const last = 128 // bytes of the older form, at the end
	if n := len(f.clean); n >= last && bytes.HasPrefix(f.clean[n-last:], []byte("TAG")) {
		f.clean = f.clean[:n-last]
	}
	switch sound := bytes.TrimLeft(f.clean, "\x00"); {
	case len(sound) == 0:
		f.clean, f.Unread = data, true // a tag that says it is longer than the file
	case len(f.clean) < len(data):
		f.Removed = append(f.Removed, diag.Text{VI: "tên, lời ghi và ảnh kèm trong bản ghi âm", EN: "the names, remarks and pictures within the recording"})
	}
}
