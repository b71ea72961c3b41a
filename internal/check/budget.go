package check

import (
	"compress/gzip"
	"fmt"

	"lienhiep/internal/diag"
)

// Heavy is the weight above which editors are told of a page: its HTML and all CSS of
// this site that it loads, gzipped. What readers see first does not depend on it: the
// page is drawn as it comes.
const Heavy = 100_000

var (
	heavyPage = diag.NewRule("page-heavy", diag.Notice,
		diag.Text{VI: "Trang nặng %[1]d KB sau khi nén.", EN: "The page weighs %[1]d KB compressed."},
		diag.Text{VI: "Trang vẫn được đăng. Để người đọc đỡ chờ khi mạng chậm, có thể tách bài thành nhiều bài, hoặc đưa bảng lớn vào tệp đính kèm.",
			EN: "It is published all the same. For readers on slow lines you may split it into several, or attach large tables as files."})
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

// weigh tells of a heavy page. One that is light as it is, or quickly compressed, is
// proved to be; only others are compressed well.
func (w *worker) weigh(p *page) {
	for _, f := range p.fonts {
		w.add(font.At(p.pos(f.off), f.value))
	}
	css := w.styles(p)
	w.largest = heavier(w.largest, Weight{p.name, len(p.src) + css})
	if len(p.src)+css <= Heavy || w.bound(p.src)+css <= Heavy {
		return
	}
	if size := w.exact(p.src) + css; size > Heavy {
		w.add(heavyPage.At(diag.Pos{File: p.name}, size/1000))
	}
}

// styles returns the weight of a page's style sheets and of those that they import.
func (w *worker) styles(p *page) int {
	var sheets []string
	for _, r := range p.refs {
		if r.use == style {
			sheets = append(sheets, w.resolve(p.name, p.base, r.value).file)
		}
	}
	if w.note != nil {
		w.note.styles, w.note.weight = sheets, len(p.src)
	}
	return w.weightOf(sheets)
}

// weightOf is the weight of style sheets and of those that they import.
func (w *worker) weightOf(sheets []string) int {
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
	for _, name := range sheets {
		add(name)
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
