package edit

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/roster"
)

// task is something that editors come to do.
type task struct {
	Label, Place string
	Icon         string // in page/icons.svg
	Hint         string
}

// tasks are those of every day, in the order in which they are offered.
var tasks = []task{
	{"Viết tin", "/moi/tin-tuc", "pen", "Tin, bài có ảnh, bảng, tệp"},
	{"Thêm trí thức", "/moi/tri-thuc", "person", "Trang của một người"},
	{"Nhập từ Word/Excel", "/nhap/", "import", "Bài đã viết, danh sách người"},
	{"Đính kèm văn bản", "/nhap/?viec=van-ban", "clip", "Quyết định, biểu mẫu"},
	{"Ghi tiến độ", "/tien-do/", "progress", "Kế hoạch đã làm tới đâu"},
	{"Lập báo cáo", "/bao-cao/", "report", "Dự thảo Word theo kỳ"},
	{"Gỡ một bài", "/go/", "down", "Bài đăng nhầm, hết hạn"},
	{"Xuất bản", "/xuat-ban/", "publish", "Đưa bài lên mạng"},
}

// otherTasks are those of some days.
var otherTasks = []task{
	{Label: "Kiểm tra cả trang", Place: "/kiem-tra/"},
	{Label: "Gửi duyệt", Place: "/duyet/"},
	{Label: "Các bản đã đăng", Place: "/ban-da-dang/"},
	{Label: "Đăng theo giờ hẹn", Place: "/hen-gio/"},
	{Label: "Nơi đăng", Place: "/noi-dang/"},
	{Label: "Phiếu đồng ý", Place: "/phieu/"},
	{Label: "Rút tên một người", Place: "/rut-ten/"},
	{Label: "Nhập kế hoạch", Place: "/nhap-ke-hoach/"},
	{Label: "Thông tin của trang", Place: "/trang-web/"},
	{Label: "Kho chung", Place: "/kho/"},
	{Label: "Thùng rác", Place: "/thung-rac/"},
	{Label: "Thẻ để in", Place: "/tro-giup/the"},
}

// offered returns the tasks that this desk can do.
func (d *Desk) offered(all []task) []task {
	return slices.DeleteFunc(slices.Clone(all), func(t task) bool {
		place, _, _ := strings.Cut(t.Place, "?")
		_, pattern := d.mux.Handler(&http.Request{Method: http.MethodGet, URL: &url.URL{Path: place}})
		return pattern == ""
	})
}

// others are the tasks behind "Việc khác": first what else can be written.
func (d *Desk) others() []task {
	var all []task
	for _, s := range sections() {
		if t := adding(s.Name, s.Kind); s.CanAdd && t.Icon == "" {
			all = append(all, t)
		}
	}
	return append(all, d.offered(otherTasks)...)
}

// adding is the task of writing an entry of a kind, by its list: one of every day, which has
// an icon, or of some days.
func adding(section, kind string) task {
	place := "/moi/" + section
	if at := slices.IndexFunc(tasks, func(t task) bool { return t.Place == place }); at >= 0 {
		return tasks[at]
	}
	return task{Label: "Thêm " + kind, Place: place}
}

// pending is what waits for one reason.
type pending struct {
	Label string
	Hint  string
	Door  task   // where it is dealt with
	All   string // where they all are
	Unit  string // what they are called
	Rows  []row  // the first of them
	Count int
}

// mostPending is how many of them the first page shows.
const mostPending = 4

// waiting groups what there is to do about entries, the most urgent first; schedule says
// whether what is scheduled will happen.
func waiting(all []row, schedule string) []pending {
	list := func(state string) string { return "/bai/?trang-thai=" + state }
	var groups []pending
	for _, g := range []struct {
		pending
		is func(row) bool
		at func(row) time.Time // the next first; nil is the order of the rows
	}{
		{pending{Label: "Có chỗ phải sửa", All: list("error"), Door: task{Label: "Kiểm tra cả trang", Place: "/kiem-tra/"}}, func(r row) bool { return r.Errors > 0 }, nil},
		{pending{Label: "Đã gỡ ở đây, còn trên mạng", All: "/xuat-ban/", Hint: "Xuất bản thì người đọc mới không thấy nữa.", Door: task{Label: "Xuất bản", Place: "/xuat-ban/"}}, func(r row) bool { return r.Seen }, nil},
		{pending{Label: "Chờ phiếu đồng ý", All: "/phieu/", Unit: "người", Hint: "Chưa có phiếu thì trang của người ấy chưa đăng được.", Door: task{Label: "Phiếu đồng ý", Place: "/phieu/"}}, func(r row) bool { return r.Consent }, nil},
		{pending{Label: "Chờ duyệt", All: list("approval"), Door: task{Label: "Gửi duyệt, ghi đã duyệt", Place: "/duyet/"}}, func(r row) bool { return awaitsApproval(r.Approval) }, nil},
		{pending{Label: "Hẹn ngày đăng", All: list(string(catalog.Waiting)), Hint: schedule, Door: task{Label: "Đăng theo giờ hẹn", Place: "/hen-gio/"}}, func(r row) bool { return r.State == catalog.Waiting }, func(r row) time.Time { return r.AppearsAt }},
		{pending{Label: "Sắp gỡ", All: list("goes"), Door: task{Label: "Đăng theo giờ hẹn", Place: "/hen-gio/"}}, func(r row) bool { return r.Goes != "" }, func(r row) time.Time { return r.GoesAt }},
		{pending{Label: "Bản nháp", All: list(string(catalog.Draft))}, func(r row) bool { return r.State == catalog.Draft && !r.Consent }, nil},
	} {
		for _, r := range all {
			if g.is(r) {
				g.Rows = append(g.Rows, r)
			}
		}
		if g.at != nil {
			slices.SortStableFunc(g.Rows, func(a, b row) int { return g.at(a).Compare(g.at(b)) })
		}
		if g.Count = len(g.Rows); g.Count > 0 {
			g.Rows = g.Rows[:min(g.Count, mostPending)]
			g.Unit = cmp.Or(g.Unit, "bài")
			groups = append(groups, g.pending)
		}
	}
	return groups
}

// awaiting are those who wait for a consent form and have no page yet.
func (d *Desk) awaiting() ([]row, error) {
	waiters, err := roster.Waiters(d.folder.root.FS())
	var all []row
	for _, w := range waiters {
		if !w.Admitted {
			all = append(all, row{Title: w.Waiting.Name, Place: "/phieu/?ai=" + url.QueryEscape(w.ID), Consent: true})
		}
	}
	return all, err
}

// unfinished is what somebody was writing.
type unfinished struct{ Title, Place, When string }

func (d *Desk) unfinished(c *catalog.Catalog) ([]unfinished, error) {
	drafts, err := d.draftsOf("")
	drafts, _ = d.splitDrafts(drafts)
	var all []unfinished
	for _, s := range drafts {
		title := sheetTitle(c, s.File)
		if title == "" {
			title, _ = s.Fields["title"].(string)
		}
		all = append(all, unfinished{cmp.Or(title, d.folder.named(s.File)), draftPlace(s.File, s.Tab), s.When()})
	}
	return all, err
}

// wrongSheets are the sheets in which something has to be mended before the site can be
// published.
func (d *Desk) wrongSheets(c *catalog.Catalog, findings []diag.Finding) []row {
	var all []row
	for _, f := range findings {
		if f.Severity != diag.Error || !d.isInSheet(f) {
			continue // the list of entries has it
		}
		one := d.locate(f)
		title := sheetTitle(c, one.Place)
		if at := slices.IndexFunc(all, func(r row) bool { return r.Title == title }); at >= 0 {
			all[at].Errors++
			continue
		}
		all = append(all, row{Title: title, Place: one.Place + "?cho=" + url.QueryEscape(one.Field), Errors: 1})
	}
	return all
}

// home shows what there is to do.
func (d *Desk) home(w http.ResponseWriter, r *http.Request) {
	c, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	open, err := d.unfinished(c)
	if err != nil {
		d.broken(w, err)
		return
	}
	// What follows keeps nobody from writing.
	forms, err := d.awaiting()
	if err != nil {
		d.Log(err)
	}
	seen, err := d.stillSeen(c)
	if err != nil {
		d.Log(err)
	}
	last, err := d.lastPublished()
	if err != nil {
		d.Log(err)
	}
	scheduled, err := d.coming(r.Context(), c, findings)
	if err != nil {
		d.Log(err)
	}
	all, err := d.rows(c, findings)
	if err != nil {
		d.broken(w, err)
		return
	}
	all = slices.Concat(d.wrongSheets(c, findings), all, forms, seen)
	d.show(w, "trang-dau", view{Title: "Hôm nay làm gì?", Here: "/", Help: "ban-bien-tap", Own: map[string]any{
		"Tasks": d.offered(tasks), "Others": d.others(), "Greeting": d.greeting(), "Open": open, "Waiting": waiting(all, scheduled.Sentence), "Last": last,
	}})
}
