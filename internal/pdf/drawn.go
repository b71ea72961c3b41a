package pdf

import "math"

// Line is a straight line that is drawn across or down a page, as borders of tables are:
// where, in points from the page's lower left corner.
type Line struct {
	Page                     int // from 1
	Left, Bottom, Right, Top float64
}

// Across reports whether the line is drawn across the page, not down.
func (l Line) Across() bool { return l.Right-l.Left > l.Top-l.Bottom }

const (
	maxLines   = 200_000 // of a file
	maxPoints  = 10_000  // of one path
	thickest   = 3.0     // points: what is filled and no thicker is a line
	leastSlope = 0.5     // points: how far a line may stray from its direction
)

// Lines are the straight lines of all pages, in the order in which they are drawn.
func (f *File) Lines() []Line {
	f.Runs()
	return f.lines
}

// Pictures says of each page that shows a picture how much of the page its largest covers,
// from 0 to 1.
func (f *File) Pictures() map[int]float64 {
	f.Runs()
	return f.pictures
}

// point is one of a path, on the page.
type point struct{ x, y float64 }

// path is being drawn: stretches of points, each begun anew.
type path struct {
	stretches [][]point
	points    int
}

func (p *path) begin(at point) { p.stretches = append(p.stretches, []point{at}) }

func (p *path) to(at point) {
	if n := len(p.stretches); n > 0 && p.points < maxPoints {
		p.stretches[n-1] = append(p.stretches[n-1], at)
		p.points++
	}
}

// close goes back to where the last stretch begins.
func (p *path) close() {
	if n := len(p.stretches); n > 0 {
		p.to(p.stretches[n-1][0])
	}
}

// on is a point of the drawing's own coordinates on the page.
func (d *drawing) on(x, y float64) point {
	m := matrix{1, 0, 0, 1, x, y}.times(d.state.ctm)
	return point{m[4], m[5]}
}

// trace does what one operator says of the path, and reports whether it is of a path.
func (d *drawing) trace(op string) bool {
	switch op {
	case "m":
		d.path.begin(d.on(d.arg(2), d.arg(1)))
	case "l", "v", "y", "c": // a curve goes on from its end
		d.path.to(d.on(d.arg(2), d.arg(1)))
	case "h":
		d.path.close()
	case "re":
		x, y, w, h := d.arg(4), d.arg(3), d.arg(2), d.arg(1)
		d.path.begin(d.on(x, y))
		for _, corner := range []point{{x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}} {
			d.path.to(d.on(corner.x, corner.y))
		}
	case "s", "b", "b*":
		d.path.close()
		d.stroke()
	case "S", "B", "B*":
		d.stroke()
	case "f", "F", "f*":
		d.fill()
	case "n":
		d.path = path{}
	default:
		return false
	}
	return true
}

// stroke keeps the sides of the path that go across or down.
func (d *drawing) stroke() {
	for _, s := range d.path.stretches {
		for i := 1; i < len(s); i++ {
			d.keep(s[i-1], s[i])
		}
	}
	d.path = path{}
}

// fill keeps what is so thin that it is a line.
func (d *drawing) fill() {
	for _, s := range d.path.stretches {
		low, high := s[0], s[0]
		for _, p := range s {
			low = point{math.Min(low.x, p.x), math.Min(low.y, p.y)}
			high = point{math.Max(high.x, p.x), math.Max(high.y, p.y)}
		}
		switch {
		case high.y-low.y <= thickest && high.x-low.x > thickest:
			middle := (low.y + high.y) / 2
			d.keep(point{low.x, middle}, point{high.x, middle})
		case high.x-low.x <= thickest && high.y-low.y > thickest:
			middle := (low.x + high.x) / 2
			d.keep(point{middle, low.y}, point{middle, high.y})
		}
	}
	d.path = path{}
}

func (d *drawing) keep(a, b point) {
	l := Line{Page: d.current, Left: math.Min(a.x, b.x), Bottom: math.Min(a.y, b.y), Right: math.Max(a.x, b.x), Top: math.Max(a.y, b.y)}
	across, down := l.Right-l.Left, l.Top-l.Bottom
	if (across <= leastSlope) != (down <= leastSlope) && len(d.lines) < maxLines {
		d.lines = append(d.lines, l)
	}
}

// picture notes that one is shown on the page.
func (d *drawing) picture() {
	m := d.state.ctm
	shown := math.Abs(m[0]*m[3]-m[1]*m[2]) / d.area
	d.pictures[d.current] = math.Max(d.pictures[d.current], math.Min(1, shown))
}

// upright is the change of coordinates that turns a page as it is to be shown, with its
// lower left corner at 0, and the page's area.
func upright(box [4]float64, turn int) (m matrix, area float64) {
	left, bottom, right, top := box[0], box[1], box[2], box[3]
	area = math.Max(1, (right-left)*(top-bottom))
	switch (turn%360 + 360) % 360 {
	case 90:
		return matrix{0, -1, 1, 0, -bottom, right}, area
	case 180:
		return matrix{-1, 0, 0, -1, right, top}, area
	case 270:
		return matrix{0, 1, -1, 0, top, -left}, area
	}
	return matrix{1, 0, 0, 1, -left, -bottom}, area
}
