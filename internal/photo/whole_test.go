package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"slices"
	"testing"
)

// wholePictures are pictures by format.
func wholePictures(t *testing.T) map[string][]byte {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, 200, 100), color.Palette{color.Black, color.White, color.Gray{99}, color.Gray{150}})
	r := rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		img.Pix[i] = uint8(r.IntN(4))
	}
	all := map[string][]byte{}
	for name, encode := range map[string]func(*bytes.Buffer) error{
		"jpeg": func(b *bytes.Buffer) error { return jpeg.Encode(b, img, nil) },
		"png":  func(b *bytes.Buffer) error { return png.Encode(b, img) },
	} {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		all[name] = b.Bytes()
	}
	// A WebP file is a RIFF file: its length and a chunk.
	body := append([]byte("WEBPVP8L\xd0\x07\x00\x00"), all["png"][100:2100]...)
	all["webp"] = append([]byte{'R', 'I', 'F', 'F', byte(len(body)), byte(len(body) >> 8), 0, 0}, body...)
	return all
}

func TestWhole(t *testing.T) {
	for name, data := range wholePictures(t) {
		if !Whole(data) {
			t.Errorf("%s: a whole picture is rejected", name)
		}
		for n := range len(data) {
			if Whole(data[:n]) {
				t.Fatalf("%s: %d of %d bytes pass for the whole", name, n, len(data))
			}
		}
		for at := 0; at+512 <= len(data); at += 512 {
			holed := slices.Clone(data)
			clear(holed[at:min(at+4096, len(holed))])
			if Whole(holed) {
				t.Errorf("%s: with zeros from %d on it passes for whole", name, at)
			}
		}
		holed := slices.Clone(data)
		clear(holed[len(holed)/512*512:])
		if Whole(holed) {
			t.Errorf("%s: with zeros at its end it passes for whole", name)
		}
	}
}
