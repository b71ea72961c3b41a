package main

import (
	"context"
	"fmt"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

var nextCommand = &command{
	name:  "next",
	about: diag.Text{VI: "Cho biết khi nào trang sẽ tự thay đổi (bài đến ngày đăng hoặc ngày gỡ, văn bản sửa đổi đến ngày có hiệu lực), tức là khi nào phải dựng lại", EN: "Tell when the site will next change by itself (a page is due to appear or to go, an amended text to come into force), and so has to be built again"},
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
	At      *time.Time     `json:"at"` // null: nothing changes by itself
	Changes []changeRecord `json:"changes"`
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
	at, changes := c.NextChange(after)
	if ui.format == "json" {
		ui.writeJSON(recordOf(at, changes))
		return nil
	}
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
	catalog.Amended: {VI: "%[1]s: văn bản sửa đổi sẽ hiện lúc %[2]s.", EN: "%[1]s shows its amended text at %[2]s."},
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

func recordOf(at time.Time, changes []catalog.Change) nextRecord {
	r := nextRecord{Changes: []changeRecord{}}
	if !at.IsZero() {
		r.At = &at
	}
	for _, ch := range changes {
		r.Changes = append(r.Changes, changeRecord{ch.Event, ch.Entry.URL, ch.Entry.File, ch.Entry.Title})
	}
	return r
}
