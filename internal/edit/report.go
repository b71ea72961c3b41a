package edit

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
	"lienhiep/internal/report"
	"lienhiep/internal/viet"
)

func (d *Desk) reportRoutes() {
	d.mux.HandleFunc("GET /bao-cao/{$}", d.reporting)
	d.mux.HandleFunc("GET /bao-cao/tep/{name}", d.reportFile)
	d.mux.HandleFunc("POST /bao-cao/nho", d.rememberReporter)
}

// reporterFile holds who reports, so that it is not asked twice: the office's own memory.
const reporterFile = ".lienhiep/bao-cao.json"

// span is a period to report on.
type span struct {
	Name, Label string
	report.Period
}

// spans are the periods that offices report on, the current year's first: those that have
// begun, up to today.
func spans(today time.Time) []span {
	day := func(year int, month time.Month) time.Time {
		return time.Date(year, month, 1, 0, 0, 0, 0, today.Location())
	}
	var all []span
	add := func(name, label string, from, end time.Time) {
		if !from.After(today) {
			last := end.AddDate(0, 0, -1)
			if last.After(today) {
				last = today
			}
			all = append(all, span{name, label, report.Period{From: from, To: last}})
		}
	}
	for year := today.Year(); year > today.Year()-3; year-- {
		for q := 4; q >= 1; q-- {
			add(fmt.Sprintf("%d-q%d", year, q), fmt.Sprintf("Quý %s năm %d", []string{"I", "II", "III", "IV"}[q-1], year), day(year, time.Month(3*q-2)), day(year, time.Month(3*q+1)))
		}
		add(fmt.Sprintf("%d-h1", year), fmt.Sprintf("6 tháng đầu năm %d", year), day(year, 1), day(year, 7))
		add(fmt.Sprintf("%d-h2", year), fmt.Sprintf("6 tháng cuối năm %d", year), day(year, 7), day(year+1, 1))
		add(fmt.Sprint(year), fmt.Sprintf("Năm %d", year), day(year, 1), day(year+1, 1))
	}
	return all
}

// The other two ways to say which period.
const (
	sinceBegun = "tu-dau"
	otherDays  = "khac"
)

// reported is the page on which a report is put together.
type reported struct {
	Plans   []option
	Plan    string
	Spans   []span
	Span    string
	From    string // of other days, as written
	To      string
	Fault   string // what is wrong with what was chosen
	FaultAt string // the field that it is said at: "ke-hoach", "ky", "tu" or "den"
	Errors  int    // in the content
	Body    report.Body
	Parts   []partReported
	Count   report.Count
	Deeds   int
	HTML    template.HTML
	Missing bool // there is no plan to report on
}

type partReported struct {
	report.Part
	Taken bool
}

// drafted is a report with the page's choices; nil where there is none to be had, and then
// the page says why.
func (d *Desk) drafted(asked url.Values) (*report.Report, *reported, error) {
	c, findings, err := d.Site.Load()
	if err != nil {
		return nil, nil, err
	}
	publisher, err := d.Site.Publisher()
	if err != nil {
		return nil, nil, err
	}
	now := time.Now().In(d.Zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, d.Zone)
	own := &reported{Spans: spans(today), Span: cmp.Or(asked.Get("ky"), fmt.Sprint(today.Year())), From: asked.Get("tu"), To: asked.Get("den")}
	for _, f := range findings {
		if f.Severity == diag.Error {
			own.Errors++
		}
	}
	var chosen *catalog.Plan
	for _, p := range c.Plans {
		if p.Document == nil || !p.Published() {
			continue
		}
		own.Plans = append(own.Plans, option{p.ID, p.Title})
		if chosen == nil || p.ID == asked.Get("ke-hoach") {
			chosen = p
		}
	}
	if own.Body, err = d.reporter(c, asked); err != nil {
		return nil, nil, err
	}
	for _, p := range report.Parts() {
		own.Parts = append(own.Parts, partReported{p, !slices.Contains(asked["bo"], string(p))})
	}
	if own.Missing = chosen == nil; own.Missing {
		return nil, own, nil
	}
	own.Plan = chosen.ID
	period := own.period(chosen, today, d.Zone)
	if id := asked.Get("ke-hoach"); id != "" && id != chosen.ID {
		own.FaultAt, own.Fault = "ke-hoach", "Kế hoạch được hỏi không còn trên trang. Chọn một kế hoạch trong danh sách."
	}
	if own.Fault != "" {
		return nil, own, nil
	}
	r := report.New(c, chosen, period, now, publisher.Address)
	r.Body = own.Body
	for _, p := range own.Parts {
		if !p.Taken {
			r.Without = append(r.Without, p.Part)
		}
	}
	return r, own, nil
}

// period is the one that was chosen. What is wrong with it is noted.
func (own *reported) period(p *catalog.Plan, today time.Time, zone *time.Location) (out report.Period) {
	wrong := func(at, format string, args ...any) { own.FaultAt, own.Fault = at, fmt.Sprintf(format, args...) }
	out.From, _ = catalog.ParseDay(p.Document.Date, zone) // a document that was read has its date
	out.To = today
	if i := slices.IndexFunc(own.Spans, func(s span) bool { return s.Name == own.Span }); i >= 0 {
		return own.Spans[i].Period
	}
	switch own.Span {
	case otherDays:
	case sinceBegun:
		return out
	default:
		wrong("ky", "Không có kỳ báo cáo này. Chọn một kỳ trong danh sách, hoặc “Từ ngày … đến ngày …”.")
		return out
	}
	begun := out.From
	for _, one := range []struct {
		at, text string
		into     *time.Time
	}{{"tu", own.From, &out.From}, {"den", own.To, &out.To}} {
		if strings.TrimSpace(one.text) == "" {
			continue
		}
		day, ok := catalog.ParseDay(strings.TrimSpace(one.text), zone)
		if !ok {
			wrong(one.at, "“%s” không phải một ngày. Viết ngày/tháng/năm, ví dụ 5/4/2026.", one.text)
			return out
		}
		*one.into = day
	}
	switch said := func(t time.Time) string { return t.Format("2/1/2006") }; {
	case out.From.After(today):
		wrong("tu", "Ngày %s còn ở phía trước: kỳ báo cáo chưa bắt đầu.", said(out.From))
	case out.To.Before(begun):
		wrong("den", "Ngày %s ở trước ngày ban hành kế hoạch (%s).", said(out.To), said(begun))
	case out.To.Before(out.From):
		wrong("den", "Ngày kết thúc (%s) ở trước ngày bắt đầu (%s).", said(out.To), said(out.From))
	}
	return out
}

// reporterKeys are the fields that say who reports, by their names on the page.
var reporterKeys = map[string]func(*report.Body) *string{
	"cap-tren": func(b *report.Body) *string { return &b.Superior }, "co-quan": func(b *report.Body) *string { return &b.Name },
	"noi": func(b *report.Body) *string { return &b.Place }, "quyen-han": func(b *report.Body) *string { return &b.Authority },
	"nguoi-ky": func(b *report.Body) *string { return &b.Signer },
}

// maxReporter bounds a field that says who reports.
const maxReporter = 300

// reporter is who reports: as the page says it, else as it did the last time, else as
// the site does.
func (d *Desk) reporter(c *catalog.Catalog, asked url.Values) (report.Body, error) {
	var b report.Body
	data, err := d.folder.root.ReadFile(reporterFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if p := c.Website.Publisher; p != nil {
			b.Name, b.Superior = p.Body, ""
		}
	case err != nil:
		return b, err
	case json.Unmarshal(data, &b) != nil:
		b = report.Body{} // it is asked for again
	}
	for key, field := range reporterKeys {
		if asked.Has(key) {
			text := []rune(oneLine(asked.Get(key)))
			*field(&b) = string(text[:min(len(text), maxReporter)])
		}
	}
	return b, nil
}

// forgetSigner takes somebody who withdraws out of what is remembered of reports.
func (d *Desk) forgetSigner(name string) error {
	data, err := d.folder.root.ReadFile(reporterFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var b report.Body
	if err == nil {
		err = json.Unmarshal(data, &b)
	}
	if err != nil || !viet.ParseName(b.Signer).Same(viet.ParseName(name)) {
		return err
	}
	b.Signer = ""
	if data, err = json.MarshalIndent(b, "", "  "); err != nil {
		return err
	}
	return d.own().Replace(reporterFile, append(data, '\n'))
}

// rememberReporter keeps who reports for the next time.
func (d *Desk) rememberReporter(w http.ResponseWriter, r *http.Request) {
	var asked url.Values
	if !read(w, r, &asked) {
		return
	}
	c, _, err := d.Site.Load()
	var b report.Body
	if err == nil {
		b, err = d.reporter(c, asked)
	}
	var data []byte
	if err == nil {
		data, err = json.MarshalIndent(b, "", "  ")
	}
	if err == nil {
		err = d.own().Replace(reporterFile, append(data, '\n'))
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, true)
}

// reporting shows a report as it is put together.
func (d *Desk) reporting(w http.ResponseWriter, r *http.Request) {
	draft, own, err := d.drafted(r.URL.Query())
	if err == nil && draft != nil {
		own.Count, own.Deeds = draft.Count(), len(draft.Deeds)
		var text, html []byte
		if text, err = draft.Bytes("md"); err == nil {
			html, err = markdown.HTML([]byte(strings.ReplaceAll(string(text), "<br>", "; "))) // no raw HTML is shown
			own.HTML = template.HTML(html)
		}
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	status := http.StatusOK
	if own.Fault != "" {
		status = http.StatusUnprocessableEntity
	}
	d.showAs(w, status, "bao-cao", view{Title: "Lập báo cáo", Here: "/bao-cao/", Help: "bao-cao", Own: own})
}

// reportFile gives the report as a file, in the form that the name asks for.
func (d *Desk) reportFile(w http.ResponseWriter, r *http.Request) {
	ext := strings.TrimPrefix(path.Ext(r.PathValue("name")), ".")
	if !slices.Contains(report.Forms(), ext) {
		absent(w, r)
		return
	}
	draft, own, err := d.drafted(r.URL.Query())
	if err == nil && draft == nil {
		err = refuse(http.StatusUnprocessableEntity, textNoReport, cmp.Or(own.Fault, "chưa có kế hoạch nào đang hiện trên trang."))
	}
	var data []byte
	if err == nil {
		data, err = draft.Bytes(ext)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.download(w, fmt.Sprintf("bao-cao-%s-%s.%s", own.Plan, draft.To.Format("2006-01-02"), ext), data)
}

var textNoReport = diag.Text{VI: "Chưa lập được báo cáo: %[1]s", EN: "No report: %[1]s"}
