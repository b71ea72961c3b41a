package form

import (
	"bytes"

	"codeberg.org/go-fonts/liberation/liberationserifbold"
	"codeberg.org/go-pdf/fpdf"
)

// WidthOfBold returns how wide words are in the bold letters of official documents, in
// points.
func WidthOfBold(words string, size float64) float64 {
	p := fpdf.New("P", "pt", "A4", "")
	p.AddUTF8FontFromBytes("serif", "B", bytes.Clone(liberationserifbold.TTF)) // which the library writes into
	p.SetFont("serif", "B", size)
	return p.GetStringWidth(drawable(words))
}
