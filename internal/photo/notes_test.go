package photo

import (
	"bytes"
	"os"
	"testing"
)

// TestNotes finds what the camera wrote, and the place in it; without that the picture
// is still one.
func TestNotes(t *testing.T) {
	data, err := os.ReadFile("testdata/camera.jpg")
	if err != nil {
		t.Fatal(err)
	}
	notes := Notes(data)
	if len(notes) == 0 || !HasGPS(data) {
		t.Fatalf("%d notes, GPS %v", len(notes), HasGPS(data))
	}
	out := bytes.Clone(data)
	for _, at := range notes {
		clear(out[at[0]:at[1]])
	}
	if HasGPS(out) || bytes.Contains(out, []byte("Exif")) {
		t.Error("the notes are left")
	}
	if _, err := Check(bytes.NewReader(out)); err != nil {
		t.Errorf("the picture is spoilt: %v", err)
	}
	for n := range data {
		if n < 4096 {
			HasGPS(data[:n])
		}
	}
	if Notes([]byte("\x89PNG")) != nil {
		t.Error("notes in a picture that is no JPEG")
	}
}
