package kit

import (
	"strings"

	"lienhiep/internal/office"
	"lienhiep/internal/plan"
)

// trimmedNumber is a label without its points and brackets.
func trimmedNumber(label string) string { return strings.Trim(label, ".)( ") }

// steps are sizes from one down to another.
func steps(from, to float64) []float64 {
	var all []float64
	for size := from; size >= to; size *= .94 {
		all = append(all, size)
	}
	return all
}

// tasksHeading says what the list is of.
func (k *Kit) tasksHeading() string {
	if k.TasksIn == nil {
		return "Nội dung"
	}
	return k.TasksIn.Name(60)
}

// titles are the document's name, subject, issuer and day, on the band.
func (k *Kit) titles(size float64) []text {
	name := one(k.Title, display, size, paper)
	name.tag, name.after = "H1", size*.25
	subject := one(k.Document.Title, sans, size*.32, pale)
	subject.after = size * .3
	by := one(joined(" · ", k.Document.IssuerInFull(), plan.OfficialDate(k.Document.Date)), bold, size*.32, paper)
	all := []text{name}
	if k.Document.Title != "" {
		all = append(all, subject)
	}
	return append(all, by)
}

// posterFiles are the poster.
func posterFiles(k *Kit) ([]File, error) {
	s, err := newSheet(k, "Áp phích", 297, 420, false)
	if err != nil {
		return nil, err
	}
	s.page()
	const side = 22 * mm
	wide := s.w - 2*side

	const band = 104 * mm
	s.ground(office.Frame{W: s.w, H: band}, blue)
	s.ground(office.Frame{Y: band, W: s.w, H: 2 * mm}, gold)
	titles, _ := s.fit(wide, band-2*side*.8, steps(72, 20), k.titles)
	s.write(office.Frame{X: side, Y: (band - s.height(wide, titles...)) / 2, W: wide}, titles...)

	foot := s.h - 78*mm
	figures := 0.0
	if len(k.Figures) > 0 {
		figures = 60 * mm
	}
	s.tasks(office.Frame{X: side, Y: band + 17*mm, W: wide, H: foot - figures - band - 27*mm}, columnsFor(len(k.Tasks)), 12*mm,
		detail{words: true, sizes: steps(40, 22)}, detail{sizes: steps(40, 10)})
	if figures > 0 {
		s.figures(office.Frame{X: side, Y: foot - figures, W: wide}, 72)
	}
	s.ground(office.Frame{Y: foot, W: s.w, H: s.h - foot}, raised)
	if err := s.codes(office.Frame{X: side, Y: foot + 12*mm, W: wide, H: 46 * mm}, 20); err != nil {
		return nil, err
	}
	s.write(office.Frame{X: side, Y: s.h - 13*mm, W: wide}, one(k.printed(), sans, 11, quiet))
	return s.one("-ap-phich")
}

// columnsFor is in how many columns so many tasks stand.
func columnsFor(tasks int) int {
	if tasks > 6 {
		return 2
	}
	return 1
}

// one closes the file, which is the whole piece.
func (s *sheet) one(suffix string) ([]File, error) {
	data, err := s.file()
	return []File{{s.k.Name + suffix + ".pdf", "PDF", data}}, err
}

// figures sets the numbers side by side, with their source below, and returns where it ends.
func (s *sheet) figures(f office.Frame, size float64) (end float64) {
	const gap = 8 * mm
	s.ground(office.Frame{X: f.X, Y: f.Y, W: f.W, H: .5 * mm}, gold)
	var widths []float64
	left := -1.0 // of the width
	for ; left < 0; size *= .94 {
		widths = nil
		left = f.W + gap
		s.font(display, size)
		for _, one := range s.k.Figures {
			widths = append(widths, max(s.GetStringWidth(drawable(one.Value)), .2*f.W))
			left -= widths[len(widths)-1] + gap
		}
	}
	x := f.X
	for i, figure := range s.k.Figures {
		width := widths[i] + left/float64(len(widths))
		value, label := one(figure.Value, display, size, red), one(figure.Label, sans, size*.32, ink)
		end = max(end, s.write(office.Frame{X: x, Y: f.Y + 3*mm, W: width}, value, label))
		x += width + gap
	}
	return s.write(office.Frame{X: f.X, Y: end + 2*mm, W: f.W}, one("Nguồn: "+s.k.Source+".", sans, max(size*.17, 6.5), quiet))
}

// codes sets the codes in a row, each with where it leads beside it.
func (s *sheet) codes(f office.Frame, size float64) error {
	all := s.k.codes()
	width := columnWidth(f.W, len(all), 8*mm)
	for i, to := range all {
		x := f.X + float64(i)*(width+8*mm)
		if err := s.code(to.Place, s.at(office.Frame{X: x, Y: f.Y, W: f.H})); err != nil {
			return err
		}
		words, _ := s.fit(width-f.H-5*mm, f.H, steps(size, 6), func(size float64) []text {
			head := one(to.Name, display, size, blue)
			head.after = size * .3
			return []text{head, one(shown(to.URL), sans, size*.62, quiet)}
		})
		s.write(office.Frame{X: x + f.H + 5*mm, Y: f.Y + (f.H-s.height(width-f.H-5*mm, words...))/2, W: width - f.H - 5*mm}, words...)
	}
	return nil
}

// wallFiles are the card for an office's wall.
func wallFiles(k *Kit) ([]File, error) {
	s, err := newSheet(k, "Bảng treo", 210, 297, true)
	if err != nil {
		return nil, err
	}
	s.page()
	const side, band = 15 * mm, 50 * mm
	wide := s.w - 2*side
	s.ground(office.Frame{W: s.w, H: band}, blue)
	s.ground(office.Frame{Y: band, W: s.w, H: 1.2 * mm}, gold)
	titles, _ := s.fit(wide, band-12*mm, steps(40, 10), k.titles)
	s.write(office.Frame{X: side, Y: (band - s.height(wide, titles...)) / 2, W: wide}, titles...)
	foot := s.h - 44*mm
	s.tasks(office.Frame{X: side, Y: band + 9*mm, W: wide, H: foot - band - 17*mm}, columnsFor(len(k.Tasks)), 8*mm,
		detail{actions: true, sizes: steps(20, 11)}, detail{sizes: steps(20, 8)})
	s.ground(office.Frame{Y: foot, W: s.w, H: s.h - foot}, raised)
	if err := s.codes(office.Frame{X: side, Y: foot + 6*mm, W: wide, H: 26 * mm}, 13); err != nil {
		return nil, err
	}
	s.write(office.Frame{X: side, Y: s.h - 9*mm, W: wide}, one(k.printed(), sans, 8, quiet))
	return s.one("-bang-treo")
}

// leafletFiles are the leaflet: outside the back and the front, inside the tasks, so that
// folded in the middle it is a booklet of four pages.
func leafletFiles(k *Kit) ([]File, error) {
	s, err := newSheet(k, "Tờ gấp", 297, 210, true)
	if err != nil {
		return nil, err
	}
	s.fold = true
	half := s.w / 2
	const side = 13 * mm
	wide := half - 2*side

	s.page()
	s.ground(office.Frame{X: half, W: half, H: s.h}, blue)
	front, _ := s.fit(wide, s.h-85*mm, steps(38, 10), k.titles)
	top := 58 * mm
	s.ground(office.Frame{X: half + side, Y: top - 6*mm, W: 22 * mm, H: 1 * mm}, gold)
	s.write(office.Frame{X: half + side, Y: top, W: wide}, front...)
	s.write(office.Frame{X: half + side, Y: s.h - 18*mm, W: wide}, one(shown(k.URL), sans, 9.5, pale))
	if err := s.back(office.Frame{X: side, Y: 16 * mm, W: wide, H: s.h - 30*mm}); err != nil {
		return nil, err
	}

	s.page()
	heading := one(k.tasksHeading(), display, 17, red)
	heading.tag = "H2"
	s.write(office.Frame{X: side, Y: 11 * mm, W: s.w - 2*side}, heading)
	s.ground(office.Frame{X: side, Y: 20 * mm, W: 22 * mm, H: .8 * mm}, gold)
	s.tasks(office.Frame{X: side, Y: 26 * mm, W: s.w - 2*side, H: s.h - 38*mm}, 2, 2*side,
		detail{words: true, actions: true, sizes: steps(20, 12)}, detail{actions: true, sizes: steps(17, 11)}, detail{sizes: steps(17, 7)})
	return s.one("-to-gap")
}

// back sets the leaflet's last page: figures, who does what, where to read on.
func (s *sheet) back(f office.Frame) error {
	y := f.Y
	if len(s.k.Figures) > 0 {
		y = s.figures(office.Frame{X: f.X, Y: y, W: f.W}, 40) + 12*mm
	}
	const codes = 24 * mm
	below := f.Y + f.H - codes - 14*mm
	all, _ := s.fit(f.W, below-y-4*mm, steps(15, 7), func(size float64) []text {
		head := one("Đọc ở đâu, hỏi ở đâu", display, size*1.3, blue)
		head.tag, head.after = "H2", size*.5
		list := []text{head}
		for _, r := range s.k.Read[:min(len(s.k.Read), 6)] {
			list = append(list, text{size: size, after: size * .55, spans: []span{{r.Name + ": ", bold, ink, ""}, {shown(r.URL), sans, blue, r.URL}}})
		}
		if s.k.Publisher != "" {
			list = append(list, one("Hỏi: "+joined(" · ", s.k.Publisher, s.k.Contact), sans, size, ink))
		}
		return list
	})
	s.write(office.Frame{X: f.X, Y: y, W: f.W}, all...)
	if err := s.codes(office.Frame{X: f.X, Y: below, W: f.W, H: codes}, 11); err != nil {
		return err
	}
	s.write(office.Frame{X: f.X, Y: f.Y + f.H - 4*mm, W: f.W}, one(s.k.printed(), sans, 7.5, quiet))
	return nil
}
