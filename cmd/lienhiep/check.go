package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

var checkCommand = &command{
	name:  "check",
	about: diag.Text{VI: "Kiểm tra nội dung và trang đã dựng trong public/; gợi ý cách viết", EN: "Check the content and the built site in public/, and suggest wording"},
	declare: func(o *options) action {
		f := &checkFlags{}
		f.address(o)
		o.toggle("fix", &f.fix, diag.Text{VI: "tự sửa những gợi ý chắc chắn đúng (dấu cách, lối đặt dấu, chữ giống chữ Việt), rồi kiểm tra", EN: "apply the safe suggestions (spaces, tone placement, look-alike letters), then check"})
		o.toggle("watch", &f.watch, diag.Text{VI: "theo dõi content/ và kiểm tra lại nội dung mỗi khi lưu tệp", EN: "watch content/, and check again whenever a file is saved"})
		f.folder(o)
		return f.run
	},
}

type checkFlags struct {
	location
	fix, watch bool
}

func (f *checkFlags) run(ctx context.Context, ui *UI, operands []string) error {
	if f.watch && (f.fix || ui.format != "text") {
		return usagef("check", diag.Text{VI: "--watch không đi cùng --fix hoặc --format khác text.", EN: "--watch goes neither with --fix nor with a --format other than text."})
	}
	p, err := f.open()
	if err != nil {
		return err
	}
	p.suggest = true
	if f.watch {
		return p.checkAgain(ctx, ui)
	}
	unlock, err := p.lock(ctx, ui)
	if err != nil {
		return err
	}
	defer unlock()
	c, findings, err := p.loadFixed(ui, f.fix)
	if err != nil {
		return err
	}
	findings = append(findings, p.unclaimed(c.Website)...)
	if !p.built() {
		ui.findings(findings)
		ui.readMore(findings)
		ui.gaps(c)
		ui.note(diag.Text{VI: "Chưa có public/: mới kiểm tra nội dung. Chạy `lienhiep build` để dựng và kiểm tra cả trang.", EN: "There is no public/ yet: only the content was checked. Run `lienhiep build` to build and check the site."})
		return result(findings)
	}
	report, err := p.check(ui, c, p.path("public"), nil)
	if err != nil {
		return err
	}
	findings = slices.Concat(findings, report.Findings)
	ui.findings(findings)
	ui.readMore(findings)
	ui.gaps(c)
	ui.report(report)
	return result(findings)
}

// loadFixed loads and validates the content, after applying safe fixes if fix is set.
func (p *project) loadFixed(ui *UI, fix bool) (*catalog.Catalog, []diag.Finding, error) {
	c, findings, err := p.load()
	if !fix || err != nil {
		return c, findings, err
	}
	fixed, err := p.fix(ui, findings)
	if err != nil || fixed == 0 {
		return c, findings, err
	}
	return p.load()
}

// checkAgain checks the content now and after every change, until ctx ends.
func (p *project) checkAgain(ctx context.Context, ui *UI) error {
	changed, err := watch(ctx, p.root, "content")
	if err != nil {
		return err
	}
	var last []diag.Finding
	for first := true; ; first = false {
		p.now = time.Now()
		_, findings, err := p.load()
		if err != nil {
			return err
		}
		ui.clear()
		ui.findings(findings)
		if !first {
			ui.difference(last, findings)
		}
		if len(findings) == 0 {
			ui.note(diag.Text{VI: "Nội dung không có gì phải sửa.", EN: "Nothing to mend in the content."})
		}
		if first {
			ui.note(diag.Text{VI: "Đang theo dõi content/: lưu tệp là kiểm tra lại (bấm Ctrl+C để dừng).", EN: "Watching content/: it is checked again when a file is saved (press Ctrl+C to stop)."})
		}
		last = findings
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
	}
}

// difference tells what has changed since the last time. A finding is the same
// wherever in its file it has moved.
func (ui *UI) difference(last, now []diag.Finding) {
	gone, added := without(last, now), without(now, last)
	ui.note(diag.Text{VI: "So với lần trước: hết %[1]d, thêm %[2]d.", EN: "Since the last time: %[1]d gone, %[2]d new."}, len(gone), len(added))
	for _, f := range gone {
		fmt.Fprintf(ui.err, "    − %s: %s\n", f.Pos.File, printable(f.Message(ui.lang)))
	}
	for _, f := range added {
		fmt.Fprintf(ui.err, "    + %s: %s\n", f.Pos, printable(f.Message(ui.lang)))
	}
}

// without returns the findings that others does not have.
func without(findings, others []diag.Finding) []diag.Finding {
	type same struct{ code, file, message string }
	of := func(f diag.Finding) same { return same{f.Code, f.Pos.File, f.Message(diag.Vietnamese)} }
	count := map[same]int{}
	for _, f := range others {
		count[of(f)]++
	}
	return slices.DeleteFunc(slices.Clone(findings), func(f diag.Finding) bool {
		count[of(f)]--
		return count[of(f)] >= 0
	})
}

// result turns findings into the command's outcome.
func result(findings []diag.Finding) error {
	if diag.HasErrors(findings) {
		return errFindings
	}
	return nil
}
