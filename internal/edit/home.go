package edit

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
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
		place := "/moi/" + s.Name
		if s.CanAdd && !slices.ContainsFunc(tasks, func(t task) bool { return t.Place == place }) {
			all = append(all, task{Label: "Thêm " + s.Kind, Place: place})
		}
	}
	return append(all, d.offered(otherTasks)...)
}

// pending is what waits for one reason.
type pending struct {
	Label string
	Hint  string
	State string // of a list that has them all
	Rows  []row  // the first of them
	Count int
}

// mostPending is how many of them the first page shows.
const mostPending = 4

// waiting groups what there is to do about entries, the most urgent first; schedule says
// whether what is scheduled will happen.
func waiting(all []row, schedule string) []pending {
	var groups []pending
	add := func(label, state, hint string, is func(row) bool) {
		of := slices.DeleteFunc(slices.Clone(all), func(r row) bool { return !is(r) })
		if len(of) > 0 {
			groups = append(groups, pending{label, hint, state, of[:min(len(of), mostPending)], len(of)})
		}
	}
	add("Có chỗ phải sửa", "error", "", func(r row) bool { return r.Errors > 0 })
	add("Đã gỡ ở đây, còn trên mạng", "", "Xuất bản thì người đọc mới không thấy nữa.", func(r row) bool { return r.Seen })
	add("Chờ phiếu đồng ý", "consent", "Chưa có phiếu thì trang của người ấy chưa đăng được.", func(r row) bool { return r.Consent })
	add("Chờ duyệt", "approval", "", func(r row) bool { return awaitsApproval(r.Approval) })
	add("Hẹn ngày đăng", string(catalog.Waiting), schedule, func(r row) bool { return r.State == catalog.Waiting })
	add("Sắp gỡ", "goes", "", func(r row) bool { return r.Goes != "" })
	add("Bản nháp", string(catalog.Draft), "", func(r row) bool { return r.State == catalog.Draft && !r.Consent })
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

func (d *Desk) unfinished() ([]unfinished, error) {
	drafts, err := d.draftsOf("")
	var all []unfinished
	for _, s := range drafts {
		title, _ := s.Fields["title"].(string)
		all = append(all, unfinished{cmp.Or(title, s.File), placeAtDesk(s.File) + "?ban=" + s.Tab, s.When()})
	}
	return all, err
}

// home shows what there is to do.
func (d *Desk) home(w http.ResponseWriter, r *http.Request) {
	c, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	open, err := d.unfinished()
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
	all := slices.Concat(d.unread(c, findings), d.rows(c, findings, func(catalog.Summary) bool { return true }), forms, seen)
	d.show(w, "trang-dau", view{Title: "Hôm nay làm gì?", Here: "/", Help: "ban-bien-tap", Own: map[string]any{
		"Tasks": d.offered(tasks), "Others": d.others(), "Greeting": d.greeting(), "Open": open, "Waiting": waiting(all, scheduled.Sentence), "Last": last,
	}})
}
