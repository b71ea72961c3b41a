package check

import (
	"compress/gzip"
	"fmt"

	"lienhiep/internal/diag"
)

// Budget is the most that a page may weigh: its HTML and all CSS of this site that
// it loads, gzipped. A server that has just been connected to sends ten segments
// of 1,460 bytes and then waits for an answer (RFC 6928's initial window over
// Ethernet); a page within the budget is there, ready to be drawn, after one
// round trip, also on a slow phone line.
const Budget = 10 * 1460

var (
	tooHeavy = diag.NewRule("budget-page", diag.Error,
		diag.Text{VI: "Trang nặng %[1]d byte sau khi nén (HTML %[2]d, CSS %[3]d), vượt mức %[4]d byte.",
			EN: "The page weighs %[1]d bytes compressed (HTML %[2]d, CSS %[3]d), more than %[4]d."},
		diag.Text{VI: "Rút ngắn hoặc chia trang làm nhiều trang, để trang hiện ra nhanh cả khi mạng chậm. Nếu phần CSS nặng, báo người phụ trách kỹ thuật.",
			EN: "Shorten the page (split its lists) or the CSS, so that it appears at once on a slow line too."})
	font = diag.NewRule("budget-font", diag.Error,
		diag.Text{VI: "Trang tải phông chữ “%[1]s”.", EN: "The page downloads the font “%[1]s”."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: dùng phông chữ có sẵn trên máy người đọc (font-family không kèm @font-face).",
			EN: "Use fonts that readers' computers have (font-family without @font-face)."})
)

// scale weighs bytes as a server sends them. A quick compression gives an upper
// bound, the best one the figure that counts.
type scale struct {
	quick, best *gzip.Writer
}

// count is a writer that only counts.
type count int

func (c *count) Write(p []byte) (int, error) {
	*c += count(len(p))
	return len(p), nil
}

func (s *scale) bound(src []byte) int { return compressed(&s.quick, gzip.BestSpeed, src) }
func (s *scale) exact(src []byte) int { return compressed(&s.best, gzip.BestCompression, src) }

func compressed(z **gzip.Writer, level int, src []byte) int {
	var n count
	if *z == nil {
		*z, _ = gzip.NewWriterLevel(&n, level) // fails for an unknown level only
	} else {
		(*z).Reset(&n)
	}
	(*z).Write(src) // count takes everything
	(*z).Close()
	return int(n)
}

// weigh applies the budget to a page. One that fits as it is, or quickly
// compressed, is proved to fit; only others are compressed well.
func (w *worker) weigh(p *page) {
	for _, f := range p.fonts {
		w.add(font.At(p.pos(f.off), f.value))
	}
	css := w.styles(p)
	w.largest = heavier(w.largest, Weight{p.name, len(p.src) + css})
	if len(p.src)+css <= Budget || w.bound(p.src)+css <= Budget {
		return
	}
	if size := w.exact(p.src); size+css > Budget {
		w.add(tooHeavy.At(diag.Pos{File: p.name}, size+css, size, css, Budget))
	}
}

// styles returns the weight of a page's style sheets and of those that they import.
func (w *worker) styles(p *page) int {
	total := 0
	seen := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		if sh := w.sheets[name]; sh != nil && !seen[name] {
			seen[name] = true
			total += sh.size
			for _, i := range sh.imports {
				add(i)
			}
		}
	}
	for _, r := range p.refs {
		if r.use == style {
			add(w.resolve(p.name, p.base, r.value).file)
		}
	}
	return total
}

// exactWeight weighs the longest page.
func (w *worker) exactWeight() (Weight, error) {
	name := w.largest.File
	if name == "" {
		return Weight{}, nil
	}
	f, _, err := w.read(w.fsys, name, textKinds[".html"])
	if err != nil {
		return Weight{}, fmt.Errorf("weighing the largest page: %w", err)
	}
	return Weight{name, w.exact(f.src) + w.styles(w.facts(f))}, nil
}
