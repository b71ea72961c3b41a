package main

import (
	"context"
	"slices"

	"lienhiep/internal/diag"
)

var checkCommand = &command{
	name:  "check",
	about: diag.Text{VI: "Kiểm tra nội dung và trang đã dựng trong public/", EN: "Check the content and the built site in public/"},
	flags: buildCommand.flags,
	run:   runCheck,
}

func runCheck(ctx context.Context, ui *UI, s *settings, operands []string) error {
	if err := noOperands("check", operands); err != nil {
		return err
	}
	p, err := openProject(s)
	if err != nil {
		return err
	}
	unlock, err := p.lock(ctx, ui)
	if err != nil {
		return err
	}
	defer unlock()
	c, findings, err := p.load()
	if err != nil {
		return err
	}
	if !p.built() {
		ui.findings(findings)
		ui.note(diag.Text{VI: "Chưa có public/: mới kiểm tra nội dung. Chạy `lienhiep build` để dựng và kiểm tra cả trang.", EN: "There is no public/ yet: only the content was checked. Run `lienhiep build` to build and check the site."})
		return result(findings)
	}
	report, err := p.check(ui, c, p.path("public"))
	if err != nil {
		return err
	}
	findings = slices.Concat(findings, report.Findings)
	ui.findings(findings)
	ui.report(report)
	return result(findings)
}

// result turns findings into the command's outcome.
func result(findings []diag.Finding) error {
	if diag.HasErrors(findings) {
		return errFindings
	}
	return nil
}
