package kit

import (
	"encoding/xml"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// scanned is what another reader reads in a code, each of whose squares is drawn so large.
func scanned(t *testing.T, c *Code) string {
	t.Helper()
	const square = 4
	im := image.NewGray(image.Rect(0, 0, c.Side*square, c.Side*square))
	draw.Draw(im, im.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	for _, r := range c.Runs {
		draw.Draw(im, image.Rect(r[0]*square, r[1]*square, (r[0]+r[2])*square, (r[1]+1)*square), image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(im)
	if err != nil {
		t.Fatal(err)
	}
	found, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatal(err)
	}
	return found.GetText()
}

func TestACodeLeadsToItsAddress(t *testing.T) {
	for _, address := range []string{
		"https://a.vn/", "https://lienhiep.example/ke-hoach/15-kh-tu/", "https://trang.lienhiephoi.binhthuan.gov.vn/thu-muc/ke-hoach/ke-hoach-dai-lam/" + strings.Repeat("x", 400) + "/",
		"https://lienhiep.example/a?b=1&c=<2>",
	} {
		c, err := NewCode(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := scanned(t, c); got != address {
			t.Errorf("%s is read as %s", address, got)
		}
		for _, r := range c.Runs {
			if r[0] < codeMargin || r[1] < codeMargin || r[0]+r[2] > c.Side-codeMargin || r[1] >= c.Side-codeMargin {
				t.Fatalf("%s: squares %v stand in the margin", address, r)
			}
		}
		var svg struct {
			Title string `xml:"title"`
		}
		if err := xml.Unmarshal(c.SVG(address), &svg); err != nil || svg.Title != "Mã QR: "+address {
			t.Errorf("%s: %v, %q", address, err, svg.Title)
		}
	}
	if _, err := NewCode("https://a.vn/" + strings.Repeat("x", 3000)); err == nil {
		t.Error("more than a code holds is drawn")
	}
}
