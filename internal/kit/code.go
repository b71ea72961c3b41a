package kit

import (
	"fmt"
	"strings"

	"rsc.io/qr"

	"lienhiep/internal/office"
)

// Code is a QR code: the squares of a figure.
type Code struct {
	Side int      // of the figure with the white margin around it, in squares
	Runs [][3]int // black squares side by side: column and row of the first, how many
}

// codeMargin is how many white squares stand around a code (ISO/IEC 18004, 6.3.8).
const codeMargin = 4

// NewCode returns the code of an address. It can be read with a seventh of it lost.
func NewCode(address string) (*Code, error) {
	q, err := qr.Encode(address, qr.M)
	if err != nil {
		return nil, fmt.Errorf("drawing the code of %s: %w", address, err)
	}
	c := &Code{Side: q.Size + 2*codeMargin}
	for y := range q.Size {
		for x := 0; x < q.Size; x++ {
			start := x
			for x < q.Size && q.Black(x, y) {
				x++
			}
			if x > start {
				c.Runs = append(c.Runs, [3]int{start + codeMargin, y + codeMargin, x - start})
			}
		}
	}
	return c, nil
}

// SVG draws the code, in words where it leads.
func (c *Code) SVG(address string) []byte {
	var path strings.Builder
	for _, r := range c.Runs {
		fmt.Fprintf(&path, "M%d %dh%dv1h-%[3]dz", r[0], r[1], r[2])
	}
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[1]d" width="%[2]d" height="%[2]d" role="img" shape-rendering="crispEdges"><title>Mã QR: %[3]s</title><rect width="%[1]d" height="%[1]d" fill="#fff"/><path d="%[4]s"/></svg>`+"\n",
		c.Side, 8*c.Side, escape.Replace(address), path.String())
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// codeAlt says in words what a code is.
func codeAlt(to Place) string { return "Mã QR dẫn tới " + to.Name + ": " + to.URL }

// code draws a code into a square frame.
func (p *pen) code(to Place, f office.Frame) error {
	c, err := NewCode(to.URL)
	if err != nil {
		return err
	}
	p.marked(p.structure.Figure(codeAlt(to)), func() {
		p.fill(white)
		p.Rect(f.X, f.Y, f.W, f.W, "F")
		p.fill(black)
		square := f.W / float64(c.Side)
		for _, r := range c.Runs {
			p.Rect(f.X+float64(r[0])*square, f.Y+float64(r[1])*square, float64(r[2])*square, square, "F")
		}
		p.LinkString(f.X, f.Y, f.W, f.W, to.URL)
	})
	p.structure.End()
	return nil
}

// codeFiles are the codes of the pages that the kit leads to.
func codeFiles(k *Kit) ([]File, error) {
	var files []File
	for _, one := range k.codes() {
		c, err := NewCode(one.URL)
		if err != nil {
			return nil, err
		}
		files = append(files, File{k.Name + "-qr" + one.suffix + ".svg", "SVG, tới " + one.Name, c.SVG(one.URL)})
	}
	return files, nil
}

// codePlace is where a code leads, and what its file's name ends in.
type codePlace struct {
	Place
	suffix string
}

// codes are those on everything that is printed: to the plan, and to what readers can take
// part in.
func (k *Kit) codes() []codePlace {
	all := []codePlace{{Place{k.Title, k.URL}, ""}}
	if k.TakePart != nil {
		all = append(all, codePlace{*k.TakePart, "-tham-gia"})
	}
	return all
}
