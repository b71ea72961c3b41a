package card

import (
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
)

// TestStampsInkWhatTheyCover compares what is drawn by sixteen pixels at once with what each
// pixel is to be, wherever a mask stands, beyond the edges too.
func TestStampsInkWhatTheyCover(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const width, height = 60, 40
	for _, s := range []*scheme{words, withEmblem, withFigure} {
		d := deflater{}
		c := canvas{stencils: map[stencilKey]stencil{}}
		for range 200 {
			c.blank(width, height, s)
			want := [height][width]uint8{}
			for range 3 {
				mask := image.NewAlpha(image.Rect(-3, -7, random.IntN(40), random.IntN(30)))
				for i := range mask.Pix {
					mask.Pix[i] = uint8(random.IntN(3)) * uint8(random.IntN(128))
				}
				x, y, with := random.IntN(width+20)-10, random.IntN(height+20)-10, ink(random.IntN(int(inks)))
				ramp := s.ramps[onBlue][with]
				if s == words {
					ramp = s.ramps[onRed][with]
					c.stamp(mask, x, y, onRed, with)
				} else {
					c.stamp(mask, x, y, onBlue, with)
				}
				for py := range height {
					for px := range width {
						if step := (int(mask.AlphaAt(px-x, py-y).A)*len(ramp) + 127) / 255; step > 0 {
							want[py][px] = max(want[py][px], ramp[step-1])
						}
					}
				}
			}
			img := decoded(t, c.encode(&d))
			for y := range height {
				for x := range width {
					if got := img.ColorIndexAt(x, y); got != want[y][x] {
						t.Fatalf("the pixel at %d, %d is %d, want %d", x, y, got, want[y][x])
					}
				}
			}
		}
	}
}

// TestColoursGoFromGroundToInk holds what a canvas relies on: sixteen colours at most, that
// rise in number and in light.
func TestColoursGoFromGroundToInk(t *testing.T) {
	for name, s := range map[string]*scheme{"words": words, "emblem": withEmblem, "figure": withFigure} {
		if n := len(s.palette); n > 16 {
			t.Errorf("%s: %d colours", name, n)
		}
		for g := range s.ramps {
			for i, ramp := range s.ramps[g] {
				if end := s.palette[ramp[len(ramp)-1]]; end != (color.Color)([]color.RGBA{cream, gold}[i]) {
					t.Errorf("%s: ink %d is %v", name, i, end)
				}
				before := s.ground[g]
				for _, number := range ramp {
					_, light, _, _ := s.palette[number].RGBA()
					if _, dark, _, _ := s.palette[before].RGBA(); number <= before || light <= dark {
						t.Errorf("%s: %v follows %v", name, describe(s, number), describe(s, before))
					}
					before = number
				}
			}
		}
	}
}

func describe(s *scheme, number uint8) string { return fmt.Sprint(number, " ", s.palette[number]) }
