package kit

import (
	"strconv"

	"lienhiep/internal/office"
)

// inks are the theme's colours.
var inks = map[office.Color]colour{office.OnBand: paper, office.Ink: ink, office.Quiet: quiet, office.Blue: blue, office.Red: red}

// textOf is a slide's paragraph as the pen sets it.
func textOf(g office.SlideParagraph) text {
	t := text{size: g.Size, center: g.Center, bullet: g.Bullet, after: g.After}
	for _, r := range g.Runs {
		l := sans
		switch {
		case r.Display && r.Italic:
			l = quoted
		case r.Display:
			l = display
		case r.Bold:
			l = bold
		}
		t.spans = append(t.spans, span{r.Text, l, inks[r.Color], r.Link})
	}
	return t
}

func textsOf(all []office.SlideParagraph) []text {
	var out []text
	for _, g := range all {
		out = append(out, textOf(g))
	}
	return out
}

// pdf draws the slides.
func (d *deck) pdf() ([]byte, error) {
	for i, s := range d.slides {
		d.pen.page()
		if err := d.draw(s, i+1); err != nil {
			return nil, err
		}
	}
	return d.pen.file()
}

func (d *deck) draw(s office.Slide, n int) error {
	p := d.pen
	whole := office.Frame{W: office.SlideWidth, H: office.SlideHeight}
	title := one(s.Title, display, s.TitleSize, blue)
	at, body, tag := office.SlideTitle, office.SlideBody, "H2"
	if s.Cover {
		p.block(whole, blue)
		p.block(office.CoverRule, gold)
		title.spans[0].ink = paper
		at, body, tag = office.CoverTitle, office.CoverText, "H1"
	} else {
		p.block(whole, paper)
		p.block(office.SlideRule, red)
	}
	title.tag = tag
	p.put(at.X, at.Y+max(0, at.H-p.height(at.W, title)), at.W, title)
	if s.BodyAt != (office.Frame{}) {
		body = s.BodyAt
	}
	p.put(body.X, body.Y, body.W, textsOf(s.Body)...)
	if s.Table != nil {
		p.table(s.Table)
	}
	for i, g := range s.Drawings {
		if err := p.code(d.codes()[i].Place, g.Frame); err != nil {
			return err
		}
	}
	for _, t := range s.Texts {
		p.put(t.X, t.Y, t.W, textsOf(t.Paragraphs)...)
	}
	if !s.Cover {
		p.ornament(func() {
			p.font(sans, 11)
			p.ink(quiet)
			p.Text(office.SlideFoot.X, office.SlideFoot.Y+15, drawable(d.foot()))
			number := strconv.Itoa(n)
			p.Text(office.SlideCount.X+office.SlideCount.W-p.GetStringWidth(number), office.SlideCount.Y+15, number)
		})
	}
	return nil
}

func (p *pen) table(t *office.SlideTable) {
	p.structure.Element("Table")
	y := t.Y
	for i, row := range t.Rows {
		if i == 0 {
			p.block(office.Frame{X: t.X, Y: y, W: sum(t.Columns), H: t.Heights[0]}, blue)
		}
		p.structure.Element("TR")
		x := t.X
		for j, cell := range row {
			words := cellText(t, i, j, cell)
			width := t.Columns[j] - 2*office.CellSide
			p.put(x+office.CellSide, y+(t.Heights[i]-p.height(width, words))/2, width, words)
			x += t.Columns[j]
		}
		p.structure.End()
		y += t.Heights[i]
		p.block(office.Frame{X: t.X, Y: y - .4, W: sum(t.Columns), H: .8}, edge)
	}
	p.structure.End()
}

func sum(all []float64) float64 {
	n := 0.0
	for _, one := range all {
		n += one
	}
	return n
}
