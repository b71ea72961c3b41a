package card

import (
	"bytes"
	"image"
	"image/png"
	"testing"
)

// TestSquaresHaveRoomAndMargins draws what does not fit easily: nothing stands in the
// margins, every picture is square, and words are drawn wherever there are any.
func TestSquaresHaveRoomAndMargins(t *testing.T) {
	var all []Words
	var names []string
	for name, title := range hard {
		for picture, w := range beside {
			w.Title, w.Site, w.Kicker, w.Sentence = title, "Liên hiệp", "Đợt tôn vinh, năm 2022", title
			all, names = append(all, w), append(names, name+" with "+picture)
		}
	}
	pictures, err := Squares(all)
	if err != nil {
		t.Fatal(err)
	}
	for i, data := range pictures {
		decoded, err := png.Decode(bytes.NewReader(data))
		if err != nil || decoded.Bounds() != image.Rect(0, 0, 1080, 1080) {
			t.Fatalf("%s: %v, %v", names[i], decoded.Bounds(), err)
		}
		img := decoded.(*image.Paletted)
		if inked(img, image.Rect(0, 0, squareMargin-8, Side)) || inked(img, image.Rect(Side-squareMargin+8, 0, Side, Side)) {
			t.Errorf("%s: ink in a margin", names[i])
		}
		if inked(img, image.Rect(0, squareBottom+8, Side, squareRule)) || inked(img, image.Rect(0, squareSite+24, Side, Side)) {
			t.Errorf("%s: ink between the words and what stands below them", names[i])
		}
		if all[i].Title != "" && !inked(img, image.Rect(squareMargin-8, squareMargin+80, Side-squareMargin, squareBottom)) {
			t.Errorf("%s: the title is not drawn", names[i])
		}
	}
	again, err := Squares(all[:1])
	if err != nil || !bytes.Equal(again[0], pictures[0]) {
		t.Error("the same words are drawn otherwise:", err)
	}
}
