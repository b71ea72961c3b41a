package main

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"regexp"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

var squareInPath = regexp.MustCompile(`M(\d+) (\d+)h1v1h-1z`)

// scanned is what another reader reads in a QR code that is drawn as a path of squares, so
// many of which are its side.
func scanned(t *testing.T, side int, path string) string {
	t.Helper()
	const pixels = 4
	im := image.NewGray(image.Rect(0, 0, side*pixels, side*pixels))
	draw.Draw(im, im.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	for _, m := range squareInPath.FindAllStringSubmatch(path, -1) {
		var x, y int
		fmt.Sscan(m[1]+" "+m[2], &x, &y)
		draw.Draw(im, image.Rect(x*pixels, y*pixels, (x+1)*pixels, (y+1)*pixels), image.NewUniform(color.Black), image.Point{}, draw.Src)
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
