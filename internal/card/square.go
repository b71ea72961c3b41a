package card

import (
	"fmt"
	"image"
)

// Side is the width and the height of a square picture, in pixels, as social networks show
// posts.
const Side = 1080

// Where things stand on a square picture.
const (
	squareMargin = 72
	squareLine   = Side - 2*squareMargin // the length of a line
	squareBand   = 372                   // how high the picture's own ground is, if there is one
	squareBottom = 912                   // the title and the sentence end above it
	squareRule   = 936
	squareSite   = 1016 // baseline
)

// Squares draws a square picture of each of the words, as PNG: a band with the figure or the
// emblem, if there is one, and below it what a card says. The bytes are the same on every
// machine.
func Squares(all []Words) ([][]byte, error) {
	d, err := newDrawer()
	if err != nil {
		return nil, err
	}
	pictures := make([][]byte, len(all))
	for i, w := range all {
		if pictures[i], err = d.square(w); err != nil {
			return nil, fmt.Errorf("drawing %q: %w", w.Title, err)
		}
	}
	return pictures, nil
}

func (d *drawer) square(w Words) ([]byte, error) {
	c := &d.canvas
	c.blank(Side, Side, w.scheme())
	on, top := onRed, squareMargin
	if w.Figure != "" || w.Emblem != "" {
		on, top = onBlue, squareBand+24
		c.fill(image.Rect(0, 0, Side, squareBand), c.ground[onRed])
		if err := d.band(c, w); err != nil {
			return nil, err
		}
	}
	for _, line := range d.kicker.wrap(w.Kicker, 1, squareLine) {
		d.kicker.write(c, line, squareMargin, top+d.kicker.baseline(), on, inkGold)
		top += d.kicker.height() + gap
	}
	a := d.arrangeSquare(w, squareBottom-top)
	for _, line := range a.title {
		a.face.write(c, line, squareMargin, top+a.face.baseline(), on, inkCream)
		top += a.face.height()
	}
	top += gap
	for _, line := range a.sentence {
		d.sentence.write(c, line, squareMargin, top+d.sentence.baseline(), on, inkCream)
		top += d.sentence.height()
	}
	c.fill(image.Rect(squareMargin, squareRule, squareMargin+96, squareRule+6), c.ink[inkGold])
	for _, line := range d.site.wrap(w.Site, 1, squareLine) {
		d.site.write(c, line, squareMargin, squareSite, on, inkCream)
	}
	return c.encode(&d.deflater), nil
}

// band draws the figure, or the emblem of the field, above the words.
func (d *drawer) band(c *canvas, w Words) error {
	if w.Figure == "" {
		drawing, err := d.drawing(w.Emblem)
		if err == nil {
			c.stamp(drawing, (Side-drawingSide)/2, (squareBand-drawingSide)/2, onRed, inkCream)
		}
		return err
	}
	face := d.figures[len(d.figures)-1]
	for _, f := range d.figures {
		if len(f.wrap(w.Figure, 2, squareLine)) == 1 && f.broken == 0 {
			face = f
			break
		}
	}
	label := d.sentence.wrap(w.Label, 1, squareLine)
	top := (squareBand - face.height() - len(label)*d.sentence.height()) / 2
	for _, line := range face.wrap(w.Figure, 1, squareLine) {
		face.write(c, line, (Side-face.width(line))/2, top+face.baseline(), onRed, inkGold)
	}
	for _, line := range label {
		d.sentence.write(c, line, (Side-d.sentence.width(line))/2, top+face.height()+d.sentence.baseline(), onRed, inkCream)
	}
	return nil
}

// arrangeSquare is [drawer.arrange] for so much room: a title for which that is too little
// is cut.
func (d *drawer) arrangeSquare(w Words, room int) arranged {
	l := layout{width: squareLine}
	a := d.within(l, w, room, room/d.sentence.height())
	if a.face == nil {
		f := d.titles[len(d.titles)-1]
		a.face, a.title = f, f.wrap(w.Title, max(1, room/f.height()), squareLine)
	}
	return a
}
