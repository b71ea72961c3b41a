package emblem

import (
	"fmt"
	"math"
	"strconv"
)

// Point is a place in the square of [Size], from its upper left corner.
type Point struct{ X, Y float64 }

// Lines returns a motif's path as lines of points, close enough together to look like
// its curves at a few hundred pixels. A line that is closed ends where it began.
func Lines(path string) ([][]Point, error) {
	p := pen{rest: path}
	for {
		command, err := p.command()
		if command == 0 || err != nil {
			return p.lines, err
		}
		if err := p.draw(command); err != nil {
			return nil, fmt.Errorf("%c before %q: %w", command, p.rest, err)
		}
	}
}

// pen follows a path.
type pen struct {
	rest  string
	last  byte // the command that numbers without one repeat
	at    Point
	lines [][]Point
}

// command returns the next command, 0 at the end of the path.
func (p *pen) command() (byte, error) {
	p.skip()
	if p.rest == "" {
		return 0, nil
	}
	if c := p.rest[0]; c|0x20 >= 'a' && c|0x20 <= 'z' {
		p.rest, p.last = p.rest[1:], c
	} else if p.last == 'M' || p.last == 'm' {
		p.last-- // what follows a move is lines: L, l
	}
	if p.last == 0 {
		return 0, fmt.Errorf("no command before %q", p.rest)
	}
	return p.last, nil
}

func (p *pen) skip() {
	for p.rest != "" && (p.rest[0] == ' ' || p.rest[0] == ',') {
		p.rest = p.rest[1:]
	}
}

// arguments is how many numbers follow each command.
var arguments = map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1, 'c': 6, 'q': 4, 'a': 7, 'z': 0}

func (p *pen) draw(command byte) error {
	kind := command | 0x20
	count, known := arguments[kind]
	if !known {
		return fmt.Errorf("unknown command")
	}
	var n [7]float64
	for i := range count {
		var err error
		if n[i], err = p.number(); err != nil {
			return err
		}
	}
	var from Point // of the numbers
	if command == kind {
		from = p.at
	}
	point := func(i int) Point { return Point{from.X + n[i], from.Y + n[i+1]} }
	switch kind {
	case 'm':
		p.at = point(0)
		p.lines = append(p.lines, []Point{p.at})
	case 'l':
		p.to(point(0))
	case 'h':
		p.to(Point{from.X + n[0], p.at.Y})
	case 'v':
		p.to(Point{p.at.X, from.Y + n[0]})
	case 'c':
		p.curve(point(0), point(2), point(4))
	case 'q':
		q, end := point(0), point(2)
		third := func(a, b float64) float64 { return a + (b-a)*2/3 }
		p.curve(Point{third(p.at.X, q.X), third(p.at.Y, q.Y)}, Point{third(end.X, q.X), third(end.Y, q.Y)}, end)
	case 'a':
		p.arc(n[0], n[1], n[2]*math.Pi/180, n[3] != 0, n[4] != 0, point(5))
	case 'z':
		line := p.lines[len(p.lines)-1]
		p.to(line[0])
	}
	return nil
}

// number reads a number, whose beginning ends the one before it: "1-2", "1.5.5".
func (p *pen) number() (float64, error) {
	p.skip()
	end, dots := 0, 0
	for ; end < len(p.rest); end++ {
		c := p.rest[end]
		if c == '.' {
			dots++
		}
		if dots > 1 || c != '.' && (c < '0' || c > '9') && (c != '-' || end > 0) {
			break
		}
	}
	n, err := strconv.ParseFloat(p.rest[:end], 64)
	p.rest = p.rest[end:]
	return n, err
}

// to draws a straight line.
func (p *pen) to(end Point) {
	line := &p.lines[len(p.lines)-1]
	*line = append(*line, end)
	p.at = end
}

// steps is how many straight lines stand for a curve.
const steps = 24

func (p *pen) curve(a, b, end Point) {
	from := p.at
	for i := 1; i <= steps; i++ {
		t := float64(i) / steps
		at := func(w, x, y, z float64) float64 {
			u := 1 - t
			return u*u*u*w + 3*u*u*t*x + 3*u*t*t*y + t*t*t*z
		}
		p.to(Point{at(from.X, a.X, b.X, end.X), at(from.Y, a.Y, b.Y, end.Y)})
	}
}

// arc draws a part of an ellipse of radii rx and ry, turned by an angle, as appendix F.6
// of SVG 1.1 has it.
func (p *pen) arc(rx, ry, turned float64, large, clockwise bool, end Point) {
	sin, cos := math.Sincos(turned)
	// Half the way between the ends, as seen by the ellipse.
	dx, dy := (p.at.X-end.X)/2, (p.at.Y-end.Y)/2
	x, y := (cos*dx+sin*dy)/rx, (-sin*dx+cos*dy)/ry
	if far := math.Hypot(x, y); far > 1 { // too small to reach: as large as it must be
		rx, ry, x, y = rx*far, ry*far, x/far, y/far
	}
	off := math.Sqrt(max(0, 1/(x*x+y*y)-1))
	if large == clockwise {
		off = -off
	}
	cx, cy := off*y, -off*x // the centre
	start := math.Atan2(y-cy, x-cx)
	sweep := math.Atan2(-y-cy, -x-cx) - start
	if clockwise && sweep < 0 {
		sweep += 2 * math.Pi
	} else if !clockwise && sweep > 0 {
		sweep -= 2 * math.Pi
	}
	middle := Point{(p.at.X + end.X) / 2, (p.at.Y + end.Y) / 2}
	for i := 1; i < steps; i++ {
		s, c := math.Sincos(start + sweep*float64(i)/steps)
		u, v := rx*(cx+c), ry*(cy+s)
		p.to(Point{middle.X + cos*u - sin*v, middle.Y + sin*u + cos*v})
	}
	p.to(end)
}
