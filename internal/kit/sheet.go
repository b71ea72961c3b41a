package kit

import (
	"fmt"
	"sort"
	"strings"

	"lienhiep/internal/office"
)

// mm is a millimetre in points.
const mm = 72 / 25.4

// Around what is cut out of a sheet, in points: the colour goes on for the bleed, and
// beyond it stand the marks.
const (
	bleed = 3 * mm
	slug  = 10 * mm
)

// sheet is a page to be printed and cut, with its origin where the cut page has it.
type sheet struct {
	*pen
	k    *Kit
	w, h float64 // when it is cut
	fold bool    // in the middle
}

// newSheet begins a file of sheets of so many millimetres. home is whether offices print it
// on their own machines: those see the page as it is cut, and printers' programs what is
// around it.
func newSheet(k *Kit, title string, wide, high float64, home bool) (*sheet, error) {
	s := &sheet{k: k, w: wide * mm, h: high * mm}
	p, err := newPen(k, title+": "+k.Title, s.w+2*slug, s.h+2*slug)
	if err != nil {
		return nil, err
	}
	s.pen = p
	box := func(name string, around float64) string {
		return fmt.Sprintf(" /%s [%.2f %.2f %.2f %.2f]", name, slug-around, slug-around, slug+s.w+around, slug+s.h+around)
	}
	p.structure.Boxes = box("TrimBox", 0) + box("BleedBox", bleed)
	if home {
		p.structure.Boxes += box("CropBox", 0)
	}
	return s, nil
}

// page begins one, with marks where it is cut and folded.
func (s *sheet) page() {
	s.pen.page()
	s.block(s.at(office.Frame{X: -bleed, Y: -bleed, W: s.w + 2*bleed, H: s.h + 2*bleed}), paper)
	const long, away = 5 * mm, 4 * mm // from the corner outwards
	s.ornament(func() {
		s.SetDrawColor(0, 0, 0)
		s.SetLineWidth(.25)
		for _, x := range []float64{slug, slug + s.w} {
			s.Line(x, slug-away-long, x, slug-away)
			s.Line(x, slug+s.h+away, x, slug+s.h+away+long)
		}
		for _, y := range []float64{slug, slug + s.h} {
			s.Line(slug-away-long, y, slug-away, y)
			s.Line(slug+s.w+away, y, slug+s.w+away+long, y)
		}
		if s.fold {
			s.SetDashPattern([]float64{2, 2}, 0)
			s.Line(slug+s.w/2, slug-away-long, slug+s.w/2, slug-away)
			s.Line(slug+s.w/2, slug+s.h+away, slug+s.w/2, slug+s.h+away+long)
			s.SetDashPattern(nil, 0)
		}
	})
}

// at is a frame of the cut page on the whole one.
func (s *sheet) at(f office.Frame) office.Frame {
	f.X += slug
	f.Y += slug
	return f
}

// ground fills a frame, over the edge where it touches one.
func (s *sheet) ground(f office.Frame, c colour) {
	right, below := f.X+f.W, f.Y+f.H
	if f.X <= 0 {
		f.X = -bleed
	}
	if f.Y <= 0 {
		f.Y = -bleed
	}
	if right >= s.w {
		right = s.w + bleed
	}
	if below >= s.h {
		below = s.h + bleed
	}
	f.W, f.H = right-f.X, below-f.Y
	s.block(s.at(f), c)
}

// write sets paragraphs from the upper edge of a frame, and returns where they end.
func (s *sheet) write(f office.Frame, all ...text) float64 {
	return s.put(f.X+slug, f.Y+slug, f.W, all...) - slug
}

// entry is a numbered thing in a list: its mark hangs beside its words.
type entry struct {
	mark  string
	hang  float64 // room for it; 0 where the list has no marks
	texts []text
}

func (s *sheet) entryHeight(e entry, width float64) float64 {
	return s.height(width-e.hang, e.texts...)
}

// list sets entries in columns of a frame, spread over its height.
func (s *sheet) list(columns [][]entry, f office.Frame, gap float64) {
	width := columnWidth(f.W, len(columns), gap)
	for i, column := range columns {
		used := 0.0
		for _, e := range column {
			used += s.entryHeight(e, width)
		}
		between := 0.0
		if len(column) > 1 {
			between = min((f.H-used)/float64(len(column)-1), 2.2*column[0].texts[0].size)
		}
		x, y := f.X+float64(i)*(width+gap), f.Y
		for _, e := range column {
			if e.mark != "" {
				mark := one(e.mark, display, e.texts[0].size*1.15, red)
				s.write(office.Frame{X: x, Y: y - e.texts[0].size*.12, W: e.hang}, mark)
			}
			s.write(office.Frame{X: x + e.hang, Y: y, W: width - e.hang}, e.texts...)
			y += s.entryHeight(e, width) + between
		}
	}
}

func columnWidth(width float64, columns int, gap float64) float64 {
	return (width - gap*float64(columns-1)) / float64(columns)
}

// columns divides entries among as few columns as hold them evenly; ok is whether they fit.
func (s *sheet) columns(all []entry, f office.Frame, columns int, gap float64) (divided [][]entry, ok bool) {
	width := columnWidth(f.W, columns, gap)
	heights, total, least := make([]float64, len(all)), 0.0, 0.0
	for i, e := range all {
		heights[i] = s.entryHeight(e, width) + .7*e.texts[0].size
		total += heights[i]
		least = max(least, heights[i])
	}
	for limit := max(total/float64(columns), least); limit <= f.H; limit += 6 {
		divided = [][]entry{nil}
		used := 0.0
		for i, e := range all {
			if used+heights[i] > limit && used > 0 {
				divided, used = append(divided, nil), 0
			}
			last := len(divided) - 1
			divided[last], used = append(divided[last], e), used+heights[i]
		}
		if len(divided) <= columns {
			return divided, true
		}
	}
	return nil, false
}

// detail is what is told of each task beside its name.
type detail struct {
	words   bool      // its own words
	actions bool      // what it asks for in particular
	sizes   []float64 // of the names' letters, the largest first
}

// tasks sets the tasks in a frame: by the first of the details that the frame holds, in the
// largest letters; where it holds none with all tasks, it says how many there are more.
func (s *sheet) tasks(f office.Frame, columns int, gap float64, details ...detail) {
	for _, d := range details {
		for _, size := range d.sizes {
			if divided, ok := s.columns(s.entries(d, size, len(s.k.Tasks)), f, columns, gap); ok {
				s.list(divided, f, gap)
				return
			}
		}
	}
	last := details[len(details)-1]
	with := func(n int) ([][]entry, bool) {
		return s.columns(s.entries(last, last.sizes[len(last.sizes)-1], n), f, columns, gap)
	}
	tooMany := sort.Search(len(s.k.Tasks), func(n int) bool { _, ok := with(n); return !ok })
	divided, _ := with(max(0, tooMany-1))
	s.list(divided, f, gap)
}

// entries are the first tasks, and how many there are more.
func (s *sheet) entries(d detail, size float64, n int) []entry {
	var all []entry
	hang := s.hang(size * 1.15)
	for _, t := range s.k.Tasks[:n] {
		e := entry{hang: hang}
		name := t.heading(longestTitle)
		if hang > 0 {
			e.mark, name = trimmedNumber(t.Mark), t.Name(longestTitle)
		}
		heading := one(name, display, size, blue)
		heading.tag = "H2"
		e.texts = append(e.texts, heading)
		if d.words && t.Label != "" {
			if words := t.beyondLabel(); words != "" {
				e.texts[0].after = size * .2
				e.texts = append(e.texts, one("“"+Excerpt(words, longestLead)+"”", quoted, size*.62, quiet))
			}
		}
		if d.actions {
			for _, action := range t.Below {
				e.texts[len(e.texts)-1].after = size * .22
				e.texts = append(e.texts, text{spans: []span{{text: action.Name(longestBullet), look: sans, ink: ink}}, size: size * .62, bullet: true})
			}
		}
		all = append(all, e)
	}
	if more := len(s.k.Tasks) - n; more > 0 {
		all = append(all, entry{texts: []text{one(fmt.Sprintf("… và %d mục nữa", more), bold, size*.7, quiet)}})
	}
	return all
}

// hang is the room that the tasks' numbers take beside their names, 0 where they are more
// than numbers ("Chương I", "Điều 5", a dash).
func (s *sheet) hang(size float64) float64 {
	wide := 0.0
	s.font(display, size)
	for _, t := range s.k.Tasks {
		number := trimmedNumber(t.Mark)
		if number == "" || strings.ContainsAny(number, " -+*") {
			return 0
		}
		wide = max(wide, s.GetStringWidth(drawable(number)))
	}
	return wide + size*.6
}

// printed is what everything that is printed says of where it comes from.
func (k *Kit) printed() string {
	words := "Theo " + k.Document.Cite() + "."
	if k.Publisher != "" {
		words += " " + joined(" · ", "Phát hành: "+k.Publisher, k.Contact) + "."
	}
	return words
}
