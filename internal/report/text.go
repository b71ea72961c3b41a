package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/form"
	"lienhiep/internal/plan"
)

// blockKind is what a block of the report is, and with it how it looks.
type blockKind int

const (
	chapter blockKind = iota // "I. TÌNH HÌNH"
	task                     // "1. Tuyên truyền (II.1)"
	plain
	bullet
	aside // of the draft, not of the report: to be taken out
	annex // "PHỤ LỤC": begins a page
	table
)

// block is a paragraph of the report's body, or a table.
type block struct {
	kind blockKind
	text string
	rows [][]cell // of a table, the first its head
	wide []int    // the widths of its columns, in percent
}

// cell is a cell of a table: its lines.
type cell []cellLine

// cellLine is a line of a cell, with the address that it leads to, if any.
type cellLine struct{ text, link string }

func cellOf(text string) cell { return cell{{text: text}} }

func rowOf(texts ...string) []cell {
	var row []cell
	for _, t := range texts {
		row = append(row, cellOf(t))
	}
	return row
}

// heading is what stands at the top of an official document, by its form.
type heading struct {
	left, right []line
	place       line
}

// line is a line of the heading or the foot.
type line struct {
	text string
	role plan.Role
	rule float64 // a line is drawn below it, so much as long as its words; 0 for none
}

const (
	toFillUpper  = "[CƠ QUAN CẤP TRÊN]"
	toFillIssuer = "[CƠ QUAN BÁO CÁO]"
)

// house is the plan's: a report on a document of the Party is one too.
func (r *Report) house() form.House { return form.HouseOf(r.Document) }

// superior and issuer are the bodies' names in the heading.
func (r *Report) superior() string {
	return cmp.Or(strings.ToUpper(r.Body.Superior), toFillUpper)
}
func (r *Report) issuer() string { return cmp.Or(strings.ToUpper(r.Body.Name), toFillIssuer) }

func (r *Report) heading() heading {
	place := line{text: cmp.Or(r.Body.Place, r.Place) + ", ngày … tháng … năm …", role: plan.PlaceDate}
	if r.house() == form.OfParty {
		return heading{
			left:  []line{{text: r.superior(), role: form.Superior}, {text: r.issuer(), role: plan.Issuer}, {text: "*", role: plan.Number}, {text: "Số …-BC/…", role: plan.Number}},
			right: []line{{"ĐẢNG CỘNG SẢN VIỆT NAM", plan.Motto, 1}},
			place: place,
		}
	}
	return heading{
		left:  []line{{text: r.superior(), role: form.Superior}, {r.issuer(), plan.Issuer, 0.4}, {text: "Số: …/BC-…", role: plan.Number}},
		right: []line{{text: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", role: form.Nation}, {"Độc lập - Tự do - Hạnh phúc", plan.Motto, 1}},
		place: place,
	}
}

// titles are what stands in the middle below the heading.
func (r *Report) titles() []line {
	all := []line{{text: "BÁO CÁO", role: plan.KindName}, {text: fmt.Sprintf("kết quả thực hiện %s", r.Document.Cite()), role: plan.Title}, {text: "(" + r.Period.words() + ")", role: plan.Title}}
	if r.house() == form.OfParty {
		return append(all, line{text: "-----", role: plan.Number})
	}
	all[2].rule = 0.4
	return all
}

func (p Period) words() string {
	return "từ ngày " + dayWords(p.From) + " đến ngày " + dayWords(p.To)
}

// foot is what stands below the text, side by side.
func (r *Report) foot() (left, right []line) {
	left = []line{{text: "Nơi nhận:", role: plan.RecipientsLabel}, {text: "- [Nơi nhận báo cáo];", role: plan.Recipient}, {text: "- Lưu …", role: plan.Recipient}}
	authority := cmp.Or(strings.ToUpper(r.Body.Authority), "[QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ]")
	right = []line{{text: authority, role: plan.Authority}, {text: "(Chữ ký, dấu)", role: plan.Signed}, {text: cmp.Or(r.Body.Signer, "[Họ và tên]"), role: plan.Name}}
	return left, right
}

// aside says what the draft is.
func (r *Report) aside() string {
	return fmt.Sprintf("Dự thảo do máy lập từ những gì đã đăng ở %s. Người có trách nhiệm kiểm tra, bổ sung, điền các chỗ trong ngoặc vuông rồi bỏ dòng này trước khi ký.", r.Site)
}

// mostTold is how many of a task's deeds the text tells; the annex has all.
const mostTold = 2

// body is the report's text, without the annex.
func (r *Report) body() []block {
	all := []block{{kind: aside, text: r.aside()}}
	all = append(all, block{kind: plain, text: fmt.Sprintf("Thực hiện %s, %s báo cáo kết quả %s như sau:", r.Document.Cite(), cmp.Or(r.Body.Name, toFillIssuer), r.Period.words())})
	n := 0
	for _, one := range []struct {
		part  Part
		name  string
		write func(r *Report) []string
	}{{Situation, "TÌNH HÌNH", (*Report).situation}, {Results, "KẾT QUẢ NỔI BẬT", nil}, {Shortcomings, "HẠN CHẾ VÀ NGUYÊN NHÂN", (*Report).shortcomings}, {Next, "PHƯƠNG HƯỚNG, NHIỆM VỤ", (*Report).next}} {
		if !r.has(one.part) {
			continue
		}
		all = append(all, block{kind: chapter, text: romans[n] + ". " + one.name})
		n++
		if one.write == nil {
			all = append(all, r.results()...)
			continue
		}
		for _, text := range one.write(r) {
			all = append(all, block{kind: plain, text: text})
		}
	}
	return all
}

var romans = []string{"I", "II", "III", "IV"}

// in refers to a table of the annex: " (Phụ lục, biểu 2)"; "" where that is left out.
func (r *Report) in(p Part) string {
	if n := r.tableNumber(p); n > 0 {
		return fmt.Sprintf(" (Phụ lục, biểu %d)", n)
	}
	return ""
}

func (r *Report) situation() []string {
	count := r.Count()
	known := fmt.Sprintf("%s số %s nêu %d nội dung thực hiện.", r.Document.Type, r.Document.Number, count.Actions)
	if len(r.Deeds) > 0 {
		known += fmt.Sprintf(" Trong kỳ, ghi lại được %d việc đã làm, thuộc %d nội dung%s.", len(r.Deeds), count.Proven, r.in(Summary))
	}
	if count.Reported > 0 {
		known += fmt.Sprintf(" Đến nay, %d nội dung đã có báo cáo về tình trạng thực hiện%s.", count.Reported, r.in(Standing))
	}
	return []string{known, "[Cơ quan báo cáo bổ sung: việc quán triệt, chỉ đạo, tổ chức thực hiện.]"}
}

func (r *Report) results() []block {
	var all []block
	told := map[*Deed]bool{}
	n := 0
	for _, u := range r.Units {
		lines := r.highlights(u, told)
		if lines == nil {
			continue
		}
		n++
		all = append(all, block{kind: task, text: fmt.Sprintf("%d. %s (mục %s)", n, strings.TrimRight(u.Name, ".:;"), u.Short)})
		all = append(all, lines...)
	}
	if all == nil {
		return []block{{kind: plain, text: "[Cơ quan báo cáo bổ sung.]"}}
	}
	return all
}

func (r *Report) shortcomings() []string {
	all := []string{"[Cơ quan báo cáo bổ sung: hạn chế, nguyên nhân khách quan, chủ quan.]"}
	if n := r.tableNumber(Gaps); n > 0 {
		return append([]string{fmt.Sprintf("Những nội dung còn thiếu hoặc quá hạn được nêu ở Phụ lục, biểu %d.", n)}, all...)
	}
	return all
}

func (r *Report) next() []string {
	all := []string{"[Cơ quan báo cáo bổ sung: phương hướng, giải pháp, đề xuất, kiến nghị.]"}
	if due := r.dueNext(); due != "" {
		return append([]string{fmt.Sprintf("Những nội dung có thời hạn sau kỳ báo cáo: %s.", due)}, all...)
	}
	return all
}

// highlights tell of a task what was reported and the latest that was done, but for what
// is told above.
func (r *Report) highlights(u *Item, told map[*Deed]bool) []block {
	var all []block
	add := func(format string, args ...any) {
		all = append(all, block{kind: bullet, text: fmt.Sprintf(format, args...)})
	}
	for _, i := range u.All() {
		for _, n := range i.Notes {
			add("%s, %s: %s", dayWords(n.Date.Time), n.Author, n.Text)
		}
	}
	shown := 0
	for _, d := range u.Whole {
		if shown < mostTold && !told[d] {
			told[d] = true
			shown++
			add("%s: %s.", upperFirst(d.When), strings.TrimRight(d.Title, "."))
		}
	}
	if more := len(u.Whole) - shown; more > 0 && shown > 0 {
		add("Và %d việc khác%s.", more, r.in(Deeds))
	} else if more > 0 {
		add("%d việc%s.", more, r.in(Deeds))
	}
	return all
}

// dueNext names what is due after the period.
func (r *Report) dueNext() string {
	var all []string
	for _, u := range r.Units {
		for _, i := range u.All() {
			if !i.Due.IsZero() && i.Due.After(r.To) && i.Status != catalog.Done {
				all = append(all, fmt.Sprintf("%s (%s)", i.Short, dayWords(i.Due)))
			}
		}
	}
	return strings.Join(all, ", ")
}

// annexed are the tables behind the report, by their parts, in order; those that would be
// empty are left out.
func (r *Report) annexed() []Part {
	var all []Part
	for _, p := range []Part{Summary, Deeds, Standing, Gaps} {
		if r.has(p) && !(p == Deeds && len(r.deeds().rows) == 1) && !(p == Standing && len(r.standing().rows) == 1) {
			all = append(all, p)
		}
	}
	return all
}

// tableNumber is the number of a table of the annex, 0 of one that is left out.
func (r *Report) tableNumber(p Part) int { return slices.Index(r.annexed(), p) + 1 }

// annex is the tables behind the report.
func (r *Report) annex() []block {
	var all []block
	for i, p := range r.annexed() {
		if i == 0 {
			all = append(all, block{kind: annex, text: "PHỤ LỤC"})
		}
		t := map[Part]func() block{Summary: r.summary, Deeds: r.deeds, Standing: r.standing, Gaps: r.gaps}[p]()
		all = append(all, block{kind: task, text: fmt.Sprintf("Biểu %d. %s", i+1, partNames[p])}, t)
	}
	return all
}

// summary counts task by task.
func (r *Report) summary() block {
	rows := [][]cell{rowOf("Mục", "Phần, nhiệm vụ", "Số nội dung", "Đã có báo cáo", "Việc đã làm trong kỳ")}
	for _, u := range r.Units {
		c := u.Count()
		rows = append(rows, rowOf(u.Short, u.Name, fmt.Sprint(c.Actions), fmt.Sprint(c.Reported), fmt.Sprint(len(u.Whole))))
	}
	c := r.Count()
	rows = append(rows, rowOf("", "Tất cả (mỗi việc đếm một lần)", fmt.Sprint(c.Actions), fmt.Sprint(c.Reported), fmt.Sprint(len(r.Deeds))))
	return block{kind: table, rows: rows, wide: []int{10, 48, 12, 14, 16}}
}

// deeds lists what was done in the period, the latest first, then what was reported.
func (r *Report) deeds() block {
	rows := [][]cell{rowOf("Thời gian", "Việc đã làm, nơi đăng", "Mục")}
	for _, d := range r.Deeds {
		rows = append(rows, []cell{cellOf(upperFirst(d.When)), {{d.Title, d.URL}}, cellOf(strings.Join(d.For, ", "))})
	}
	for _, u := range r.Units {
		for _, i := range u.All() {
			for _, n := range i.Notes {
				said := cell{{text: n.Author + ": " + n.Text}}
				for _, s := range n.Sources {
					said = append(said, cellLine{"Nguồn: " + s.Title, s.URL})
				}
				rows = append(rows, []cell{cellOf(dayWords(n.Date.Time)), said, cellOf(i.Short)})
			}
		}
	}
	return block{kind: table, rows: rows, wide: []int{20, 62, 18}}
}

// standing lists what is recorded: who, by when, how far.
func (r *Report) standing() block {
	rows := [][]cell{rowOf("Mục", "Chủ trì; phối hợp", "Thời hạn", "Tình trạng")}
	for _, u := range r.Units {
		for _, i := range u.All() {
			var who cell
			if len(i.Lead) > 0 {
				who = append(who, cellLine{text: "Chủ trì: " + strings.Join(i.Lead, "; ")})
			}
			if len(i.With) > 0 {
				who = append(who, cellLine{text: "Phối hợp: " + strings.Join(i.With, "; ")})
			}
			if who != nil || i.due() != "" || i.Status != catalog.NotReported {
				status := ""
				if i.Status != catalog.NotReported {
					status = upperFirst(i.Status.Words())
				}
				rows = append(rows, []cell{cellOf(i.Short), who, cellOf(upperFirst(i.due())), cellOf(status)})
			}
		}
	}
	return block{kind: table, rows: rows, wide: []int{12, 50, 18, 20}}
}

// gaps names what is missing, each once.
func (r *Report) gaps() block {
	var silent, unproven, late []string
	for _, u := range r.Units {
		for _, a := range u.Actions() {
			if a.Status == catalog.NotReported {
				silent = append(silent, a.Short)
			}
			if len(a.Own) == 0 {
				unproven = append(unproven, a.Short)
			}
		}
		for _, i := range u.All() {
			if i.isLate(r.Period) {
				late = append(late, fmt.Sprintf("%s (%s)", i.Short, dayWords(i.Due)))
			}
		}
	}
	var undated []string
	for _, d := range r.Undated {
		undated = append(undated, fmt.Sprintf("%s (%s)", d.Title, strings.Join(d.For, ", ")))
	}
	rows := [][]cell{rowOf("Còn thiếu", "Mục")}
	for _, g := range []struct {
		what  string
		which []string
	}{{"Chưa có báo cáo về tình trạng", silent}, {"Trong kỳ chưa ghi lại được việc đã làm", unproven}, {"Quá thời hạn mà chưa xong", late}, {"Không rõ thời gian nên chưa tính", undated}} {
		if len(g.which) > 0 {
			rows = append(rows, rowOf(g.what, strings.Join(g.which, "; ")))
		}
	}
	if len(rows) == 1 {
		rows = append(rows, rowOf("Không có", "Mọi nội dung đều đã có báo cáo và việc đã làm trong kỳ"))
	}
	return block{kind: table, rows: rows, wide: []int{34, 66}}
}

func upperFirst(s string) string {
	runes := []rune(s)
	if len(runes) == 0 {
		return s
	}
	return strings.ToUpper(string(runes[:1])) + string(runes[1:])
}

// due says by when, in words.
func (i *Item) due() string {
	var all []string
	if !i.Due.IsZero() {
		all = append(all, dayWords(i.Due))
	}
	if i.When != "" {
		all = append(all, lowerFirst(i.When))
	}
	return strings.Join(all, "; ")
}

func lowerFirst(s string) string {
	r := []rune(s)
	return strings.ToLower(string(r[:1])) + string(r[1:])
}
