package check

import (
	"bytes"
	"fmt"
	"io/fs"
	"math"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"lienhiep/internal/diag"
)

var (
	noPlanPage = diag.NewRule("plan-page", diag.Error,
		diag.Text{VI: "Không có trang “%[1]s” đăng toàn văn kế hoạch.", EN: "There is no page “%[1]s” with the full text of the plan."},
		diag.Text{VI: "Kiểm tra thư mục của kế hoạch trong content/ke-hoach/ và dựng lại.",
			EN: "Check the plan's folder in content/ke-hoach/ and build again."})
	noPlanElement = diag.NewRule("plan-element", diag.Error,
		diag.Text{VI: "Trang kế hoạch không đánh dấu phần toàn văn (data-plan) nên không đối chiếu được với văn bản gốc.",
			EN: "The plan's page does not mark its text (data-plan), so it cannot be compared with the source."},
		diag.Text{VI: "Việc của người phụ trách kỹ thuật: trong khuôn mẫu, đặt toàn văn trong <article data-plan>.", EN: "In the template, wrap the full text in <article data-plan>."})
	planDiffers = diag.NewRule("plan-text", diag.Error,
		diag.Text{VI: "Toàn văn trên trang chỉ khớp %[1]s%% với văn bản gốc. Sau “%[3]s”, văn bản gốc viết “%[4]s” còn trang viết “%[5]s” (%[6]s).",
			EN: "The page carries %[2]s%% of the plan's text. After “%[3]s” the source has “%[4]s”, the page “%[5]s” (%[6]s)."},
		diag.Text{VI: "Toàn văn phải đúng từng chữ: đừng sửa lời kế hoạch. Nếu tệp văn bản không ai sửa, báo người phụ trách kỹ thuật (lời của ban biên tập phải nằm trong phần tử có data-extra).",
			EN: "The text must be exact: do not change it on the page; put editors' words in an element with data-extra."})
	noForm = diag.NewRule("plan-form", diag.Error,
		diag.Text{VI: "Thiếu tệp “%[1]s” chứa lời văn kế hoạch.", EN: "The file “%[1]s” with the plan's text is missing."},
		diag.Text{VI: "Xóa thư mục generated/ rồi dựng lại; nếu vẫn thiếu, báo người phụ trách kỹ thuật.", EN: "Remove generated/ and build again."})
	formDiffers = diag.NewRule("plan-form-text", diag.Error,
		diag.Text{VI: "Lời văn kế hoạch trong tệp này không đúng với văn bản gốc: sau “%[1]s”, văn bản gốc viết “%[2]s” còn tệp viết “%[3]s”.",
			EN: "The file differs from the plan's text: after “%[1]s” the source has “%[2]s”, the file “%[3]s”."},
		diag.Text{VI: "Xóa thư mục generated/ rồi dựng lại; nếu vẫn sai, báo người phụ trách kỹ thuật.", EN: "Remove generated/ and build again."})
	formUnreadable = diag.NewRule("plan-form-unreadable", diag.Error,
		diag.Text{VI: "Không đọc được lời văn kế hoạch trong tệp này (%[1]s).", EN: "The plan's text cannot be read from the file (%[1]s)."},
		diag.Text{VI: "Xóa thư mục generated/ rồi dựng lại; nếu vẫn hỏng, báo người phụ trách kỹ thuật.", EN: "Remove generated/ and build again."})
)

// forms compares the plans' text with the files that carry it beside the pages.
func (w *worker) forms() error {
	for _, p := range w.planned {
		for _, form := range p.Forms {
			if err := w.form(strings.TrimPrefix(form.URL, "/"), form, squeeze(p.Text)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *worker) form(name string, form Form, want []rune) error {
	pos := diag.Pos{File: name}
	if !w.files[name] {
		w.add(noForm.At(pos, name))
		return nil
	}
	if form.Words == nil {
		return nil
	}
	data, err := fs.ReadFile(w.fsys, name)
	if err != nil {
		return fmt.Errorf("reading a form of a plan: %w", err)
	}
	words, err := form.Words(data)
	if err != nil {
		w.add(formUnreadable.At(pos, err.Error()))
		return nil
	}
	got := squeeze(words)
	at := common(got, want)
	if at < len(got) || at < len(want) {
		w.add(formDiffers.At(pos, string(want[max(0, at-contextLength):at]), excerpt(want[at:]), excerpt(got[at:])))
	}
	return nil
}

// plans compares a page with the text of the plans that stand at its address.
func (w *worker) plans(p *page) {
	for _, i := range w.plansAt[p.name] {
		w.fidelity[i].Percent = w.plan(p, squeeze(w.planned[i].Text))
	}
}

func (w *worker) plansWithoutPage() {
	for _, p := range w.planned {
		file := fileOf(strings.TrimPrefix(p.URL, "/"))
		if _, ok := w.ids[file]; !ok {
			w.add(noPlanPage.At(diag.Pos{File: file}, p.URL))
		}
	}
}

func (w *worker) plan(p *page, want []rune) float64 {
	text, marked := planText(p.src)
	if !marked {
		w.add(noPlanElement.At(diag.Pos{File: p.name}))
		return 0
	}
	got := squeeze(text.String())
	at := common(got, want)
	if at == len(got) && at == len(want) {
		return 100
	}
	percent := similarity(want, got)
	figure := fmt.Sprintf("%.2f", percent)
	before, after := around(text.String(), at)
	w.add(planDiffers.At(p.place(text.near(at)), strings.Replace(figure, ".", ",", 1), figure,
		before, excerpt(want[at:]), after, codes(want[at:])+" ≠ "+codes(got[at:])))
	return percent
}

// common is how many characters two texts begin with alike.
func common(a, b []rune) int {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	return at
}

// place is the line of an anchor, the whole page for none.
func (p *page) place(id string) diag.Pos {
	for _, s := range p.ids {
		if s.value == id {
			return diag.Pos{File: p.name, Line: p.pos(s.off).Line}
		}
	}
	return diag.Pos{File: p.name}
}

// pageText is the text of a plan on its page, and which anchor each part follows.
type pageText struct {
	strings.Builder
	marks []mark
	count int // characters so far, without white space
}

type mark struct {
	at int
	id string
}

// near returns the anchor of the innermost element around a character.
func (t *pageText) near(at int) string {
	id := ""
	for _, m := range t.marks {
		if m.at <= at {
			id = m.id
		}
	}
	return id
}

// planText reads the plan's text from its page as a browser would show it, so
// that no tag left open misleads. What is marked as extra, or hidden, is not read.
func planText(src []byte) (text pageText, marked bool) {
	root, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		return text, false // nested too deep for any browser
	}
	var walk func(n *html.Node, inside bool, id string)
	walk = func(n *html.Node, inside bool, id string) {
		switch n.Type {
		case html.TextNode:
			if inside {
				text.marks = append(text.marks, mark{text.count, id})
				text.WriteString(n.Data)
				text.count += len(squeeze(n.Data))
			}
			return
		case html.ElementNode:
			if n.Data == "script" || n.Data == "style" || n.Data == "template" {
				return
			}
			for _, a := range n.Attr {
				switch a.Key {
				case "data-extra", "hidden":
					return
				case "data-plan":
					inside, marked = true, true
				case "id":
					id = a.Val
				}
			}
			if inside && (n.Data == "br" || n.Data == "p" || n.Data == "div" || n.Data == "li") {
				text.WriteByte(' ')
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inside, id)
		}
	}
	walk(root, false, "")
	return text, marked
}

// squeeze returns the characters of s without white space.
func squeeze(s string) []rune {
	rs := make([]rune, 0, len(s))
	for _, r := range s {
		if !unicode.IsSpace(r) {
			rs = append(rs, r)
		}
	}
	return rs
}

const contextLength = 30

// around returns the words before and after the at-th character that is not
// white space, with their spaces.
func around(text string, at int) (before, after string) {
	rs := []rune(strings.Join(strings.Fields(text), " "))
	i := 0
	for ; i < len(rs); i++ {
		if rs[i] == ' ' {
			continue
		}
		if at == 0 {
			break
		}
		at--
	}
	return strings.TrimSpace(string(rs[max(0, i-contextLength):i])), excerpt(rs[i:])
}

func excerpt(rs []rune) string { return string(rs[:min(len(rs), contextLength)]) }

// codes names the first character: letters that look alike may differ.
func codes(rs []rune) string {
	if len(rs) == 0 {
		return "∅"
	}
	return fmt.Sprintf("%U", rs[0])
}

// similarity returns how much two different texts have in common, in percent
// below 100: twice the number of pieces of four characters found in both, over
// the number of pieces of both. It takes time in proportion to their length,
// however they differ, but does not see where a piece stands; that they differ
// is already known.
func similarity(a, b []rune) float64 {
	const size = 4
	pieces := map[[size]rune]int{}
	for i := range len(a) - size + 1 {
		pieces[[size]rune(a[i:])]++
	}
	common, total := 0, max(0, len(a)-size+1)+max(0, len(b)-size+1)
	for i := range len(b) - size + 1 {
		if piece := [size]rune(b[i:]); pieces[piece] > 0 {
			pieces[piece]--
			common++
		}
	}
	if total == 0 {
		return 0
	}
	percent := 200 * float64(common) / float64(total)
	return min(99.99, math.Floor(percent*100)/100)
}
