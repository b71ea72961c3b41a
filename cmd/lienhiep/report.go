package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/report"
)

var reportCommand = &command{
	name: "report",
	about: diag.Text{
		VI: "Lập dự thảo báo cáo định kỳ về một kế hoạch: tình hình, việc đã làm, chỗ còn thiếu (.docx, .md, .html, .csv)",
		EN: "Draft the periodic report on a plan: the situation, what was done, what is missing (.docx, .md, .html, .csv)"},
	declare: func(o *options) action {
		f := &reportFlags{}
		o.text("plan", &f.plan, diag.Text{VI: "kế hoạch nào: tên thư mục của nó, ví dụ 15-kh-tu", EN: "which plan: the name of its folder, such as 15-kh-tu"})
		o.text("from", &f.from, diag.Text{VI: "từ ngày nào, ví dụ 01/01/2026 hoặc 2026-01-01 (mặc định: ngày ban hành kế hoạch)", EN: "from which day, such as 01/01/2026 or 2026-01-01 (default: the plan's own day)"})
		o.text("to", &f.to, diag.Text{VI: "đến hết ngày nào (mặc định: hôm nay)", EN: "up to and including which day (default: today)"})
		o.text("o", &f.file, diag.Text{VI: "tệp sẽ ghi; đuôi tệp cho biết dạng: .docx, .md, .html, .csv", EN: "the file to write; its extension says the format: .docx, .md, .html, .csv"})
		f.folder(o)
		return f.run
	},
}

type reportFlags struct {
	location
	plan, from, to, file string
}

func (f *reportFlags) run(_ context.Context, ui *UI, operands []string) error {
	form, err := f.form()
	if err != nil {
		return err
	}
	site, err := f.open()
	if err != nil {
		return err
	}
	if err := site.keepable("report", f.file); err != nil {
		return err
	}
	period, err := f.period(site.now.In(site.config.Zone))
	if err != nil {
		return err
	}
	c, p, err := site.planOf(ui, "report", f.plan, diag.Text{VI: "Chưa lập báo cáo: hãy sửa các lỗi trên trước.", EN: "No report: mend the errors above first."})
	if err != nil {
		return err
	}
	if period.From.IsZero() {
		period.From, _ = catalog.ParseDay(p.Document.Date, site.config.Zone) // a document that was read has its date
	}
	if period.To.Before(period.From) {
		return usagef("report", diag.Text{VI: "Ngày bắt đầu (%[1]s) ở sau ngày kết thúc (%[2]s).", EN: "The first day (%[1]s) comes after the last (%[2]s)."},
			period.From.Format("2/1/2006"), period.To.Format("2/1/2006"))
	}
	r := report.New(c, p, period, site.now.In(site.config.Zone), site.config.BaseURL)
	data, err := r.Bytes(form)
	if err != nil {
		return err
	}
	if err := ui.create(f.file, data, 0o666); err != nil {
		return err
	}
	count := r.Count()
	fmt.Fprintln(ui.out, f.file)
	ui.note(diag.Text{VI: "Kế hoạch có %[1]d nội dung: %[2]d đã có báo cáo, %[3]d có việc đã làm trong kỳ; tất cả %[4]d việc. Kiểm tra, bổ sung và điền các chỗ trong ngoặc vuông trước khi ký.",
		EN: "The plan has %[1]d actions: %[2]d reported, %[3]d with events in the period; %[4]d events in all. Check it, add to it and fill in what is in square brackets before it is signed."},
		count.Actions, count.Reported, count.Proven, len(r.Deeds))
	return nil
}

// form is the form that the file's ending asks for.
func (f *reportFlags) form() (string, error) {
	endings := "." + strings.Join(report.Forms(), ", .")
	if f.file == "" {
		return "", usagef("report", diag.Text{VI: "Chưa cho biết ghi vào tệp nào; hãy thêm -o, ví dụ -o bao-cao.docx (%[1]s).", EN: "No file to write; add -o, such as -o bao-cao.docx (%[1]s)."}, endings)
	}
	form := strings.ToLower(strings.TrimPrefix(filepath.Ext(f.file), "."))
	if !slices.Contains(report.Forms(), form) {
		return "", usagef("report", diag.Text{VI: "Không biết ghi “%[1]s” ở dạng nào; đuôi tệp phải là một trong: %[2]s.", EN: "The format of “%[1]s” is not known; its extension must be one of: %[2]s."}, f.file, endings)
	}
	return form, nil
}

// period reads the days; the first is zero where none is given.
func (f *reportFlags) period(now time.Time) (report.Period, error) {
	year, month, day := now.Date()
	p := report.Period{To: time.Date(year, month, day, 0, 0, 0, 0, now.Location())}
	for _, one := range []struct {
		name, text string
		into       *time.Time
	}{{"from", f.from, &p.From}, {"to", f.to, &p.To}} {
		if one.text == "" {
			continue
		}
		t, ok := catalog.ParseDay(one.text, now.Location())
		if !ok {
			return p, usagef("report", diag.Text{VI: "“%[2]s” ở --%[1]s không phải một ngày; hãy viết ngày/tháng/năm như 05/4/2021, hoặc 2021-04-05.", EN: "“%[2]s” in --%[1]s is not a day; write day/month/year such as 05/4/2021, or 2021-04-05."}, one.name, one.text)
		}
		*one.into = t
	}
	return p, nil
}
