package card

import "image/color"

// The site's colours. A card of words alone is lacquer red, like the documents that it
// mostly quotes; one with a picture is blue, with the picture on red.
var (
	blue  = color.RGBA{0x14, 0x2c, 0x57, 0xff}
	red   = color.RGBA{0x8a, 0x1a, 0x18, 0xff}
	cream = color.RGBA{0xfb, 0xf7, 0xef, 0xff}
	gold  = color.RGBA{0xf0, 0xcf, 0x7c, 0xff}
)

// ground is a colour that inks stand on.
type ground uint8

const (
	onBlue ground = iota
	onRed
	grounds
)

// ink is a colour that letters have.
type ink uint8

const (
	inkCream ink = iota
	inkGold
	inks
)

// scheme is the colours of a kind of picture, sixteen at most, so that two pixels are a
// byte. The steps between a ground and an ink, which make the edges of letters smooth, are
// shared out by what is drawn in that kind: the small letters have most.
type scheme struct {
	palette color.Palette
	ground  [grounds]uint8         // its number in the palette
	ink     [inks]uint8            // so too
	ramps   [grounds][inks][]uint8 // the numbers from a ground to an ink, without the ground's
}

// steps is how many colours lie between a ground and the inks on it.
type steps struct {
	on          ground
	cream, gold int
}

var (
	words      = newScheme(steps{onRed, 6, 6})
	withEmblem = newScheme(steps{onBlue, 6, 2}, steps{onRed, 4, 0})
	withFigure = newScheme(steps{onBlue, 5, 2}, steps{onRed, 2, 3})
)

// scheme is that of a picture of the words with what stands beside them.
func (w Words) scheme() *scheme {
	switch {
	case w.Figure != "":
		return withFigure
	case w.Emblem != "":
		return withEmblem
	}
	return words
}

// newScheme numbers colours so that the first ground is 0, and the numbers rise from every
// ground to its inks.
func newScheme(all ...steps) *scheme {
	s := &scheme{}
	add := func(c color.RGBA) uint8 {
		s.palette = append(s.palette, c)
		return uint8(len(s.palette) - 1)
	}
	for _, of := range all {
		from := [grounds]color.RGBA{blue, red}[of.on]
		s.ground[of.on] = add(from)
		for i, to := range [inks]color.RGBA{cream, gold} {
			n := [inks]int{of.cream, of.gold}[i]
			for k := 1; k <= n; k++ {
				s.ramps[of.on][i] = append(s.ramps[of.on][i], add(between(from, to, k, n+1)))
			}
		}
	}
	s.ink = [inks]uint8{add(cream), add(gold)}
	for g := range s.ramps {
		for i := range s.ramps[g] {
			s.ramps[g][i] = append(s.ramps[g][i], s.ink[i])
		}
	}
	return s
}

// between is the colour k of n steps from one to another.
func between(from, to color.RGBA, k, n int) color.RGBA {
	mix := func(from, to uint8) uint8 { return uint8((int(from)*(n-k) + int(to)*k + n/2) / n) }
	return color.RGBA{mix(from.R, to.R), mix(from.G, to.G), mix(from.B, to.B), 0xff}
}
