package main

import (
	"context"

	"lienhiep/internal/diag"
)

var generateCommand = &command{
	name:  "generate",
	about: diag.Text{VI: "Chỉ tạo thư mục generated/ (dành cho người phụ trách kỹ thuật: sau đó chạy `hugo` cũng dựng được trang)", EN: "Write generated/ only (stock `hugo` can then build the site)"},
	declare: func(o *options) action {
		f := &generateFlags{}
		f.folder(o)
		return f.run
	},
}

type generateFlags struct{ location }

func (f *generateFlags) run(ctx context.Context, ui *UI, operands []string) error {
	p, unlock, err := f.lock(ctx, ui)
	if err != nil {
		return err
	}
	defer unlock()
	_, changes, findings, err := p.generate(ui)
	if err != nil {
		return err
	}
	ui.findings(findings)
	if diag.HasErrors(findings) {
		ui.note(diag.Text{VI: "Chưa tạo; generated/ vẫn như cũ.", EN: "Nothing written; generated/ is as it was."})
		return errFindings
	}
	ui.note(diag.Text{VI: "generated/: ghi %[1]d tệp, xóa %[2]d, giữ nguyên %[3]d.", EN: "generated/: %[1]d files written, %[2]d removed, %[3]d left as they were."}, changes.Written, changes.Removed, changes.Kept)
	return nil
}
