package catalog

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"

	"lienhiep/internal/diag"
)

// KindContest is an edition of a contest.
const KindContest Kind = "contest"

var _ = register(kindInfo{
	Kind: KindContest, Order: 4, Folder: "hoi-thi", Name: diag.Text{VI: "hội thi, cuộc thi", EN: "contest"},
	Icon: "emoji_events", Collection: "contests", Dated: true, Invites: true,
	make: func() item { return new(Contest) },
})

// Contest is one round of a contest.
type Contest struct {
	Entry
	Happening
	Scope    Scope    `key:"scope" one:"province national elsewhere" words:"của tỉnh|của cả nước|của tỉnh khác, hoặc của Lâm Đồng, Đắk Nông trước ngày 1/7/2025" vi:"Việc của ai" en:"Scope" vihelp:"Bỏ trống là hội thi của tỉnh; national: của cả nước; elsewhere: của tỉnh khác, hoặc của Lâm Đồng, Đắk Nông trước ngày 1/7/2025." desk:"Bỏ trống là hội thi của tỉnh." enhelp:"Left out, it is the province's; national; elsewhere: another province's, or that of one before it was merged into this."`
	Edition  string   `key:"edition" vi:"Lần" en:"Edition" vihelp:"Ví dụ: lần thứ VII." enhelp:"For example: lần thứ VII."`
	Period   string   `key:"period" vi:"Thời gian" en:"Period" vihelp:"Ví dụ: 2016–2017." enhelp:"For example: 2016–2017."`
	Begins   Date     `key:"begins" vi:"Ngày bắt đầu" en:"Begins" vihelp:"Ngày phát động hoặc bắt đầu nhận bài, nếu biết; hội thi vào lịch của trang." enhelp:"The first day, if known; the contest enters the site's calendar." eg:"2026-03-01"`
	Ends     Date     `key:"ends" vi:"Ngày kết thúc" en:"Ends" vihelp:"Ngày cuối cùng nhận bài; đến hết ngày ấy trang ghi là đang nhận bài." enhelp:"The last day on which entries are taken; until then the page says that the contest is open." eg:"2026-09-30"`
	Figures  []Figure `key:"figures" vi:"Con số" en:"Figures" vihelp:"Mỗi con số một mục." enhelp:"One item a figure."`
	Mentions `plan.eg:"[\"15-kh-tu/ii-4-3\"]"`
	Sources  []Source `key:"sources" is:"required" vi:"Nguồn" en:"Sources" vihelp:"Ít nhất một nguồn có thể kiểm chứng." enhelp:"At least one source that can be verified."`
}

var fourDigits = regexp.MustCompile(`\d{4}`)

// scope is the province's unless it is said otherwise.
func (c *Contest) scope() (key string, scope Scope) { return "scope", cmp.Or(c.Scope, Province) }

// time is that of the event, else from its beginning to its end, else the years that the
// period names.
func (c *Contest) time() When {
	switch {
	case c.Event.Known():
		return c.Event
	case c.Begins.Known() && c.Ends.Known():
		return When{c.Begins, c.Ends}
	case c.Begins.Known():
		return When{c.Begins, c.Begins}
	}
	return c.periodYears()
}

// periodYears are the years that the period names.
func (c *Contest) periodYears() When {
	var named []int
	for _, digits := range fourDigits.FindAllString(c.Period, -1) {
		n, _ := strconv.Atoi(digits) // four digits are a number
		named = append(named, n)
	}
	if len(named) == 0 {
		return When{}
	}
	return years(slices.Min(named), slices.Max(named), c.Date.Location())
}

var ruleEndsFirst = diag.NewRule("contest-ends-first", diag.Error,
	diag.Text{VI: "Ngày kết thúc đứng trước ngày bắt đầu, hoặc không có ngày bắt đầu.", EN: "The last day is before the first, or the first is missing."},
	diag.Text{VI: "Kiểm tra lại begins và ends.", EN: "Check begins and ends."})

func (c *Contest) validate(v *validator) {
	if c.Ends.Known() && (!c.Begins.Known() || c.Ends.Before(c.Begins.Time)) {
		v.report(ruleEndsFirst.At(c.pos("ends")))
	}
}
