package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"rsc.io/qr"
)

// scanned is what another reader reads in the picture of a QR code.
func scanned(t *testing.T, picture []byte) string {
	t.Helper()
	im, _, err := image.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(im)
	if err != nil {
		t.Fatal(err)
	}
	found, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatalf("no code is read: %v", err)
	}
	return found.GetText()
}

// codesAreDrawn holds that the browser draws the codes that another program draws, whatever
// the length of what they say.
func codesAreDrawn(t *testing.T, tab *tab) {
	t.Helper()
	var texts []string
	for n := 1; n <= 666; n += 1 + n/20 {
		texts = append(texts, strings.Repeat("https://lienhiep.example/ke-hoach/", 20)[:n])
	}
	texts = append(texts, strings.Repeat("x", 666))
	script := fmt.Sprintf(`import("data:text/javascript;base64,%s").then(({modules}) => %s.map((text) => modules(text).map((row) => row.map(Number).join("")).join("\n")))`,
		base64.StdEncoding.EncodeToString(read(t, "../../assets/js/qr.js")), quoted(t, texts))
	var drawn []string
	if err := chromedp.Run(tab.ctx, evaluate(script, &drawn)); err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		code, err := qr.Encode(text, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for y := range code.Size {
			row := ""
			for x := range code.Size {
				row += map[bool]string{true: "1", false: "0"}[code.Black(x, y)]
			}
			want = append(want, row)
		}
		if drawn[i] != strings.Join(want, "\n") {
			t.Errorf("the code of %d letters is drawn otherwise", len(text))
		}
	}
}
