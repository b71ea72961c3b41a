package report

import (
	"fmt"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/plan"
)

// blockKind is what a block of the report is, and with it how it looks.
type blockKind int

const (
	chapter blockKind = iota // "I. TÌNH HÌNH CHUNG"
	task                     // "1. (II.1) …"
	action                   // "II.1.1. …"
	plain
	bullet
	aside // of the draft, not of the report: to be taken out
	table
)

// block is a paragraph of the report's body, or a table.
type block struct {
	kind blockKind
	text string
	link string     // printed behind the text
	rows [][]string // of a table, the first its head
}

// heading is what stands at the top of an official document, by its form.
type heading struct {
	left, right []line
	place       line
}

// line is a line of the heading or the foot.
type line struct {
	text string
	look look
}

// look is how a line of the heading or the foot looks.
type look int

const (
	upper     look = iota // the superior body
	issuer                // the body itself
	motto                 // the name of the Party or the country
	number                // and rules
	dated                 // place and date
	kind                  // BÁO CÁO
	title                 // what it is about
	addressee             // "Nơi nhận:"
	recipient             //
	authority             // on whose behalf, as what
	signed                // "(Chữ ký, dấu)"
	signer                // the name
)

const (
	toFillUpper  = "[CƠ QUAN CẤP TRÊN]"
	toFillIssuer = "[CƠ QUAN BÁO CÁO]"
)

// isParty reports whether the plan is a document of the Party: then so is a report
// on it (guideline 36-HD/VPTW); else it is one of the State (decree 30/2020/NĐ-CP).
func (r *Report) isParty() bool {
	for _, b := range r.Document.Head {
		if b.Role == plan.Motto && strings.Contains(strings.ToUpper(b.Text), "ĐẢNG CỘNG SẢN") {
			return true
		}
	}
	return false
}

func (r *Report) heading() heading {
	place := line{r.Document.Place + ", ngày … tháng … năm …", dated}
	if r.isParty() {
		return heading{
			left:  []line{{toFillUpper, upper}, {toFillIssuer, issuer}, {"*", number}, {"Số …-BC/…", number}},
			right: []line{{"ĐẢNG CỘNG SẢN VIỆT NAM", motto}, {"————————————", number}},
			place: place,
		}
	}
	return heading{
		left:  []line{{toFillUpper, upper}, {toFillIssuer, issuer}, {"—————", number}, {"Số: …/BC-…", number}},
		right: []line{{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", motto}, {"Độc lập - Tự do - Hạnh phúc", motto}, {"————————————", number}},
		place: place,
	}
}

// titles are what stands in the middle below the heading.
func (r *Report) titles() []line {
	all := []line{{"BÁO CÁO", kind}, {fmt.Sprintf("kết quả thực hiện %s", r.Document.Cite()), title}, {"(" + r.Period.words() + ")", title}}
	if r.isParty() {
		all = append(all, line{"-----", number})
	}
	return all
}

func (p Period) words() string {
	return "từ ngày " + dayWords(p.From) + " đến ngày " + dayWords(p.To)
}

// foot is what stands below the text, side by side.
func (r *Report) foot() (left, right []line) {
	left = []line{{"Nơi nhận:", addressee}, {"- [Nơi nhận báo cáo];", recipient}, {"- Lưu …", recipient}}
	right = []line{{"[QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ]", authority}, {"(Chữ ký, dấu)", signed}, {"[Họ và tên]", signer}}
	return left, right
}

// aside says what the draft is.
func (r *Report) aside() string {
	return fmt.Sprintf("Dự thảo do máy lập từ những gì đã đăng ở %s. Người có trách nhiệm kiểm tra, bổ sung, điền các chỗ trong ngoặc vuông rồi bỏ dòng này trước khi ký.", r.Site)
}

// body is the report's text.
func (r *Report) body() []block {
	all := []block{{kind: aside, text: r.aside()}}
	add := func(kind blockKind, format string, args ...any) {
		all = append(all, block{kind: kind, text: fmt.Sprintf(format, args...)})
	}
	count := r.Count()
	add(plain, "Thực hiện %s, %s báo cáo kết quả %s như sau:", r.Document.Cite(), toFillIssuer, r.Period.words())

	add(chapter, "I. TÌNH HÌNH CHUNG")
	add(plain, "Báo cáo xem xét %d việc của kế hoạch. Đến nay %d việc đã có báo cáo về tình trạng thực hiện, %d việc chưa có. Trong kỳ có %d minh chứng đã công bố, cho %d việc.",
		count.Actions, count.Reported, count.Actions-count.Reported, r.Evidence, count.Proven)
	add(plain, "Minh chứng là tin, bài, đợt tôn vinh, hội thi nói về việc ấy. Ngày ghi ở mỗi minh chứng là ngày của sự việc; bài không rõ ngày của sự việc thì ghi ngày đăng.")
	all = append(all, r.table())

	add(chapter, "II. KẾT QUẢ THEO TỪNG NHIỆM VỤ")
	for n, u := range r.Units {
		add(task, "%d. %s (mục %s)", n+1, strings.TrimRight(u.Text, ".:;"), u.Short)
		all = append(all, r.details(u)...)
		for _, a := range u.Below {
			add(action, "%s. %s", a.Short, a.Text)
			all = append(all, r.details(a)...)
		}
	}

	add(chapter, "III. NHỮNG CHỖ CÒN THIẾU")
	for _, gap := range r.gaps() {
		add(bullet, "%s", gap)
	}
	add(chapter, "IV. ĐÁNH GIÁ CHUNG, ĐỀ XUẤT, KIẾN NGHỊ")
	add(plain, "[Cơ quan báo cáo bổ sung.]")
	return all
}

// table counts task by task.
func (r *Report) table() block {
	rows := [][]string{{"Mục", "Nội dung", "Số việc", "Đã có báo cáo", "Có minh chứng trong kỳ"}}
	row := func(short, text string, c Count) {
		rows = append(rows, []string{short, text, fmt.Sprint(c.Actions), fmt.Sprint(c.Reported), fmt.Sprint(c.Proven)})
	}
	for _, u := range r.Units {
		row(u.Short, u.Text, u.Count())
	}
	row("", "Tất cả", r.Count())
	return block{kind: table, rows: rows}
}

// details say what is known of an item.
func (r *Report) details(i *Item) []block {
	var all []block
	add := func(kind blockKind, link, format string, args ...any) {
		all = append(all, block{kind: kind, text: fmt.Sprintf(format, args...), link: link})
	}
	if len(i.Lead) > 0 {
		add(plain, "", "Chủ trì: %s.", strings.Join(i.Lead, "; "))
	}
	if len(i.With) > 0 {
		add(plain, "", "Phối hợp: %s.", strings.Join(i.With, "; "))
	}
	if due := i.due(); due != "" {
		add(plain, "", "Thời hạn: %s.", due)
	}
	add(plain, "", "Tình trạng: %s.%s", i.Status.Words(), i.missing())
	for _, n := range i.Notes {
		add(bullet, "", "%s, %s: %s", dayWords(n.Date.Time), n.Author, n.Text)
		for _, s := range n.Sources {
			add(bullet, s.URL, "Nguồn: %s.", s.Title)
		}
	}
	for _, e := range i.Evidence {
		add(bullet, e.URL, "%s: %s (%s).", upperFirst(e.When), e.Title, e.Kind)
	}
	return all
}

// missing says that an action has no evidence in the period, "" where it has.
func (i *Item) missing() string {
	switch {
	case len(i.Evidence) > 0 || !i.IsAction:
		return ""
	case i.Elsewhen > 0:
		return fmt.Sprintf(" Trong kỳ chưa có minh chứng; ngoài kỳ có %d.", i.Elsewhen)
	}
	return " Chưa có minh chứng."
}

func upperFirst(s string) string {
	if rest, ok := strings.CutPrefix(s, "n"); ok {
		return "N" + rest
	}
	return s
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

// gaps names what is missing, task by task.
func (r *Report) gaps() []string {
	var all []string
	for _, u := range r.Units {
		var silent, unproven, late []string
		for _, a := range u.Actions() {
			if a.Status == catalog.NotReported {
				silent = append(silent, a.Short)
			}
			if len(a.Evidence) == 0 {
				unproven = append(unproven, a.Short)
			}
		}
		for _, i := range u.All() {
			if i.isLate(r.Period) {
				late = append(late, fmt.Sprintf("%s (%s)", i.Short, dayWords(i.Due)))
			}
		}
		var parts []string
		for _, g := range []struct {
			what  string
			which []string
		}{{"chưa có báo cáo", silent}, {"trong kỳ chưa có minh chứng", unproven}, {"quá thời hạn mà chưa xong", late}} {
			if len(g.which) > 0 {
				parts = append(parts, g.what+": "+strings.Join(g.which, ", "))
			}
		}
		if len(parts) > 0 {
			all = append(all, fmt.Sprintf("Mục %s: %s.", u.Short, strings.Join(parts, "; ")))
		}
	}
	if all == nil {
		all = []string{"Mọi việc đều đã có báo cáo và minh chứng trong kỳ."}
	}
	return all
}
