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
	before := bytes.Clone(data)
	out, found := WithoutNotes(data)
	if !found || !HasGPS(data) {
		t.Fatalf("notes %v, GPS %v", found, HasGPS(data))
	}
	if len(out) != len(data) || !bytes.Equal(data, before) {
		t.Error("other bytes have changed")
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
	if _, found := WithoutNotes([]byte("\x89PNG")); found {
		t.Error("notes in a picture that is no JPEG")
	}
}

// TestAnEmptyDirectoryOfPlacesIsNoPlace: many cameras write one that holds its version
// alone, when they do not know where they are.
func TestAnEmptyDirectoryOfPlacesIsNoPlace(t *testing.T) {
	for tag, want := range map[byte]bool{0: false, 2: true} {
		tiff := []byte("II*\x00\x08\x00\x00\x00" + "\x01\x00" + "\x25\x88\x04\x00\x01\x00\x00\x00\x1a\x00\x00\x00" + "\x00\x00\x00\x00" + "\x01\x00" + string(tag) + "\x00\x01\x00\x04\x00\x00\x00\x02\x03\x00\x00\x00\x00\x00\x00")
		exif := "Exif\x00\x00" + string(tiff)
		jpeg := []byte("\xff\xd8\xff\xe1\x00" + string([]byte{byte(len(exif) + 2)}) + exif + "\xff\xda")
		if got := HasGPS(jpeg); got != want {
			t.Errorf("with the tag %d: %v", tag, got)
		}
	}
}
