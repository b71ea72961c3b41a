package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/roster"
)

var nextCommand = &command{
	name:  "next",
	about: diag.Text{VI: "Cho biết khi nào trang sẽ tự thay đổi (bài đến ngày đăng hoặc ngày gỡ, văn bản sửa đổi đến ngày có hiệu lực, hội thi mở hoặc hết hạn), tức là khi nào phải dựng lại; và ai đang chờ phiếu đồng ý", EN: "Tell when the site will next change by itself (a page is due to appear or to go, an amended text to come into force, a contest to open or close), and so has to be built again; and who waits for consent"},
	declare: func(o *options) action {
		f := &nextFlags{}
		o.text("after", &f.after, diag.Text{VI: "tính từ thời điểm này, viết như 2026-12-01T07:00:00+07:00 (mặc định: bây giờ)", EN: "count from this moment, such as 2026-12-01T07:00:00+07:00 (default: now)"})
		f.folder(o)
		return f.run
	},
}

type nextFlags struct {
	location
	after string
}

// nextRecord is the answer for machines.
type nextRecord struct {
	At      *time.Time      `json:"at"` // null: nothing changes by itself
	Changes []changeRecord  `json:"changes"`
	Waiting []waitingRecord `json:"waiting"` // for consent
}

// waitingRecord is somebody who may not be published yet.
type waitingRecord struct {
	Name   string `json:"name"`
	Folder string `json:"folder"`
	Since  string `json:"since"`
}

type changeRecord struct {
	Event catalog.Event `json:"event"`
	URL   string        `json:"url"`
	File  string        `json:"file"`
	Title string        `json:"title"`
}

// run prints the moment to the output, for scripts, and to people what
// happens then.
func (f *nextFlags) run(_ context.Context, ui *UI, operands []string) error {
	after, err := moment(f.after)
	if err != nil {
		return err
	}
	p, err := f.open()
	if err != nil {
		return err
	}
	c, findings, err := p.load()
	if err != nil {
		return err
	}
	if diag.HasErrors(findings) { // a date that cannot be read may be the next one
		ui.findings(findings)
		return errFindings
	}
	waiting, err := p.whoWaits()
	if err != nil {
		return err
	}
	at, changes := c.NextChange(after)
	if ui.format == "json" {
		ui.writeJSON(recordOf(at, changes, waiting))
		return nil
	}
	ui.whoWaits(waiting)
	ui.gaps(c)
	if at.IsZero() {
		ui.note(diag.Text{VI: "Không có trang nào sẽ tự hiện, tự đổi hoặc tự gỡ.", EN: "No page is scheduled to appear, change or go."})
		return nil
	}
	fmt.Fprintln(ui.out, at.Format(time.RFC3339))
	for _, ch := range changes {
		ui.note(eventWords[ch.Event], ch.Entry.File, at.Format("15:04, 02/01/2006"))
	}
	return nil
}

var eventWords = map[catalog.Event]diag.Text{
	catalog.Appears: {VI: "%[1]s: sẽ hiện lúc %[2]s.", EN: "%[1]s appears at %[2]s."},
	catalog.Expires: {VI: "%[1]s: sẽ được gỡ lúc %[2]s.", EN: "%[1]s goes at %[2]s."},
	catalog.Happens: {VI: "%[1]s: việc được báo trước bắt đầu lúc %[2]s.", EN: "%[1]s: what it announces begins at %[2]s."},
	catalog.Turns:   {VI: "%[1]s: mở nhận bài, hết hạn hoặc kết thúc lúc %[2]s.", EN: "%[1]s opens, closes or is over at %[2]s."},
	catalog.Amended: {VI: "%[1]s: văn bản sửa đổi sẽ hiện lúc %[2]s.", EN: "%[1]s shows its amended text at %[2]s."},
}

// whoWaits reads who waits for consent, those first who have waited longest.
func (p *project) whoWaits() ([]roster.Waiter, error) {
	all, err := roster.Waiters(os.DirFS(p.root))
	all = slices.DeleteFunc(all, func(w roster.Waiter) bool { return w.Admitted })
	slices.SortStableFunc(all, func(a, b roster.Waiter) int { return strings.Compare(a.Since, b.Since) })
	return all, err
}

// whoWaits tells who waits for consent, and since when.
func (ui *UI) whoWaits(all []roster.Waiter) {
	const most = 20 // that are named
	if len(all) == 0 {
		return
	}
	var names []string
	for _, w := range all[:min(len(all), most)] {
		since := w.Since
		if day, err := time.Parse(time.DateOnly, w.Since); err == nil {
			since = day.Format("02/01/2006")
		}
		names = append(names, fmt.Sprintf(diag.Text{VI: "%s (từ %s)", EN: "%s (since %s)"}.In(ui.lang), printable(w.Name), since))
	}
	if more := len(all) - most; more > 0 {
		names = append(names, fmt.Sprintf(diag.Text{VI: "và %d người khác", EN: "and %d more"}.In(ui.lang), more))
	}
	ui.note(diag.Text{VI: "%[1]d người đang chờ phiếu đồng ý trong %[2]s: %[3]s. Xem `lienhiep help cho-dong-y`.", EN: "%[1]d people wait for consent in %[2]s: %[3]s. See `lienhiep help cho-dong-y`."}, len(all), roster.WaitingFolder, strings.Join(names, ", "))
}

// moment reads the moment to count from.
func moment(s string) (time.Time, error) {
	if s == "" {
		return time.Now(), nil
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return at, usagef("next", diag.Text{VI: "“%[1]s” không phải một thời điểm; hãy viết như 2026-12-01T07:00:00+07:00.", EN: "“%[1]s” is not a moment such as 2026-12-01T07:00:00+07:00."}, s)
	}
	return at, nil
}

func recordOf(at time.Time, changes []catalog.Change, waiting []roster.Waiter) nextRecord {
	r := nextRecord{Changes: []changeRecord{}, Waiting: []waitingRecord{}}
	for _, w := range waiting {
		r.Waiting = append(r.Waiting, waitingRecord{w.Name, w.Folder, w.Since})
	}
	if !at.IsZero() {
		r.At = &at
	}
	for _, ch := range changes {
		r.Changes = append(r.Changes, changeRecord{ch.Event, ch.Entry.URL, ch.Entry.File, ch.Entry.Title})
	}
	return r
}
