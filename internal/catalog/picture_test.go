package catalog

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestPicturesOfAMac finds a picture whose name the disk has in another Unicode form than
// the text, and says of one in another place which is meant.
func TestPicturesOfAMac(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	lying := norm.NFD.String("Lễ tôn vinh.jpg")
	for written, code := range map[string]string{"Lễ tôn vinh.jpg": "", lying: "", "./Lễ tôn vinh.jpg": "image-name"} {
		c, findings := offering(t, sourced, "![Lễ]("+written+")\n", map[string][]byte{lying: photo.Bytes()})
		pictures := c.Entries()[0].Pictures
		switch {
		case code != "":
			if codes(findings) != code || findings[0].Nearest != "Lễ tôn vinh.jpg" {
				t.Errorf("%s: %v", written, findings)
			}
		case len(findings) > 0 || len(pictures) != 1 || pictures[0].Name != written || pictures[0].File != "content/tin-tuc/a/"+lying:
			t.Errorf("%s: %v %v", written, findings, pictures)
		}
	}
}
