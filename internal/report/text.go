package report

import (
	"fmt"
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

func (r *Report) heading() heading {
	place := line{text: r.Place + ", ngày … tháng … năm …", role: plan.PlaceDate}
	if r.house() == form.OfParty {
		return heading{
			left:  []line{{text: toFillUpper, role: form.Superior}, {text: toFillIssuer, role: plan.Issuer}, {text: "*", role: plan.Number}, {text: "Số …-BC/…", role: plan.Number}},
			right: []line{{"ĐẢNG CỘNG SẢN VIỆT NAM", plan.Motto, 1}},
			place: place,
		}
	}
	return heading{
		left:  []line{{text: toFillUpper, role: form.Superior}, {toFillIssuer, plan.Issuer, 0.4}, {text: "Số: …/BC-…", role: plan.Number}},
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
	right = []line{{text: "[QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ]", role: plan.Authority}, {text: "(Chữ ký, dấu)", role: plan.Signed}, {text: "[Họ và tên]", role: plan.Name}}
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
	add := func(kind blockKind, format string, args ...any) {
		all = append(all, block{kind: kind, text: fmt.Sprintf(format, args...)})
	}
	add(plain, "Thực hiện %s, %s báo cáo kết quả %s như sau:", r.Document.Cite(), toFillIssuer, r.Period.words())

	add(chapter, "I. TÌNH HÌNH")
	count := r.Count()
	known := fmt.Sprintf("%s số %s nêu %d nội dung thực hiện.", r.Document.Type, r.Document.Number, count.Actions)
	if len(r.Deeds) > 0 {
		known += fmt.Sprintf(" Trong kỳ, ghi lại được %d việc đã làm, thuộc %d nội dung (Phụ lục, biểu 1).", len(r.Deeds), count.Proven)
	}
	if count.Reported > 0 {
		known += fmt.Sprintf(" Đến nay, %d nội dung đã có báo cáo về tình trạng thực hiện (Phụ lục, biểu 3).", count.Reported)
	}
	add(plain, "%s", known)
	add(plain, "[Cơ quan báo cáo bổ sung: việc quán triệt, chỉ đạo, tổ chức thực hiện.]")

	add(chapter, "II. KẾT QUẢ NỔI BẬT")
	before := len(all)
	told := map[*Deed]bool{}
	n := 0
	for _, u := range r.Units {
		lines := r.highlights(u, told)
		if lines == nil {
			continue
		}
		n++
		add(task, "%d. %s (mục %s)", n, strings.TrimRight(u.Name, ".:;"), u.Short)
		all = append(all, lines...)
	}
	if len(all) == before {
		add(plain, "[Cơ quan báo cáo bổ sung.]")
	}

	add(chapter, "III. HẠN CHẾ VÀ NGUYÊN NHÂN")
	add(plain, "Những nội dung còn thiếu hoặc quá hạn được nêu ở Phụ lục, biểu 4.")
	add(plain, "[Cơ quan báo cáo bổ sung: hạn chế, nguyên nhân khách quan, chủ quan.]")

	add(chapter, "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ")
	if due := r.dueNext(); due != "" {
		add(plain, "Những nội dung có thời hạn sau kỳ báo cáo: %s.", due)
	}
	add(plain, "[Cơ quan báo cáo bổ sung: phương hướng, giải pháp, đề xuất, kiến nghị.]")
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
		add("Và %d việc khác (Phụ lục, biểu 2).", more)
	} else if more > 0 {
		add("%d việc (Phụ lục, biểu 2).", more)
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

// annex is the tables behind the report.
func (r *Report) annex() []block {
	all := []block{
		{kind: annex, text: "PHỤ LỤC"},
		{kind: task, text: "Biểu 1. Tổng hợp theo nhiệm vụ"}, r.summary(),
	}
	if deeds := r.deeds(); len(deeds.rows) > 1 {
		all = append(all, block{kind: task, text: "Biểu 2. Việc đã làm và các lần báo cáo trong kỳ"}, deeds)
	}
	if standing := r.standing(); len(standing.rows) > 1 {
		all = append(all, block{kind: task, text: "Biểu 3. Phân công, thời hạn và tình trạng"}, standing)
	}
	return append(all, block{kind: task, text: "Biểu 4. Những chỗ còn thiếu"}, r.gaps())
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
