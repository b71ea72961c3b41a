package card

import (
	"cmp"
	"fmt"
	"image"
	"math"

	"golang.org/x/image/vector"

	"lienhiep/internal/emblem"
)

// drawing returns an emblem's coverage, in a square of [drawingSide]. A name that there
// is no emblem of has the general one.
func (d *drawer) drawing(name string) (*image.Alpha, error) {
	if mask, ok := d.drawings[name]; ok {
		return mask, nil
	}
	lines, err := emblem.Lines(cmp.Or(emblem.Paths[name], emblem.Paths[emblem.General]))
	if err != nil {
		return nil, fmt.Errorf("reading the emblem %s: %w", name, err)
	}
	const scale = drawingSide / float64(emblem.Size)
	r := vector.NewRasterizer(drawingSide, drawingSide)
	for _, line := range lines {
		for i, at := range line {
			dot(r, at.X*scale, at.Y*scale)
			if i > 0 {
				stroke(r, line[i-1].X*scale, line[i-1].Y*scale, at.X*scale, at.Y*scale)
			}
		}
	}
	mask := image.NewAlpha(image.Rect(0, 0, drawingSide, drawingSide))
	r.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	d.drawings[name] = mask
	return mask, nil
}

// half is how far a line reaches to each side of its middle.
const half = emblem.Stroke * drawingSide / emblem.Size / 2

// stroke and dot add a straight line and its round end. Both turn the same way, so that
// where they overlap nothing is left out.
func stroke(r *vector.Rasterizer, x1, y1, x2, y2 float64) {
	long := math.Hypot(x2-x1, y2-y1)
	if long == 0 {
		return
	}
	dx, dy := half*(y2-y1)/long, half*(x1-x2)/long
	polygon(r, x1+dx, y1+dy, x2+dx, y2+dy, x2-dx, y2-dy, x1-dx, y1-dy)
}

func dot(r *vector.Rasterizer, x, y float64) {
	const corners = 16
	var at [2 * corners]float64
	for i := range corners {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		at[2*i], at[2*i+1] = x+half*cos, y+half*sin
	}
	polygon(r, at[:]...)
}

func polygon(r *vector.Rasterizer, at ...float64) {
	r.MoveTo(float32(at[0]), float32(at[1]))
	for i := 2; i < len(at); i += 2 {
		r.LineTo(float32(at[i]), float32(at[i+1]))
	}
	r.ClosePath()
}
