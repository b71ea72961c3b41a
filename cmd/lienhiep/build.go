package main

import (
	"context"
	"net/url"

	"lienhiep/internal/check"
	"lienhiep/internal/diag"
	"lienhiep/internal/garbage"
)

var buildCommand = &command{
	name:  "build",
	about: diag.Text{VI: "Dựng toàn bộ trang vào thư mục public/", EN: "Build the whole site into public/"},
	declare: func(o *options) action {
		f := &buildFlags{}
		o.toggle("hold-back", &f.holdBack, diag.Text{VI: "bài còn lỗi thì giữ lại như bản đăng lần trước hoặc không đăng, mọi bài khác vẫn lên; bài đã đăng mà hẹn giờ thì ở như cũ đến giờ ấy", EN: "keep entries with errors as last published, or off the site; all else goes out; what is on the site and scheduled stays as it is until then"})
		f.address(o)
		f.folder(o)
		return f.run
	},
}

type buildFlags struct {
	location
	holdBack bool
}

func (f *buildFlags) run(ctx context.Context, ui *UI, operands []string) error {
	if err := checkBaseURL("build", f.baseURL); err != nil {
		return err
	}
	garbage.PileUp()
	p, unlock, err := f.lock(ctx, ui)
	if err != nil {
		return err
	}
	defer unlock()
	build := p.build
	if f.holdBack {
		build = p.buildHolding
	}
	report, findings, err := build(ctx, ui)
	if err != nil {
		return err
	}
	ui.findings(findings)
	if diag.HasErrors(findings) {
		if p.built() {
			ui.note(diag.Text{VI: "Chưa dựng được; public/ vẫn là bản cũ.", EN: "Not built; public/ is as it was."})
		}
		return errFindings
	}
	ui.note(diag.Text{VI: "Đã dựng xong %[1]d trang vào public/.", EN: "Built %[1]d pages into public/."}, report.Pages)
	ui.report(report)
	return nil
}

// checkBaseURL refuses an address that no site can stand at; "" leaves the one in
// the configuration.
func checkBaseURL(command, address string) error {
	if address == "" {
		return nil
	}
	_, err := siteAddress(command, address)
	return err
}

// siteAddress reads the address of a site on the web.
func siteAddress(command, address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, usagef(command, diag.Text{VI: "“%[1]s” không phải địa chỉ trang đầy đủ; hãy viết như https://ten-mien.vn/.", EN: "“%[1]s” is not a full address such as https://example.vn/."}, printable(address))
	}
	if u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return nil, usagef(command, diag.Text{
			VI: "Địa chỉ của trang chỉ gồm https://, tên miền và thư mục (nếu có), không có tên đăng nhập, mật khẩu, dấu ? hay dấu #; hãy viết như https://ten-mien.vn/.",
			EN: "The site's address is https://, a host and perhaps a folder, without user name, password, ? or #, such as https://example.vn/."})
	}
	return u, nil
}

// report tells what the check measured.
func (ui *UI) report(r check.Report) {
	for _, f := range r.Fidelity {
		ui.note(diag.Text{VI: "Lời văn kế hoạch ở %[1]s đúng nguyên văn %[2]v%%.", EN: "The plan's words at %[1]s are %[2]v %% as issued."}, f.URL, f.Percent)
	}
	ui.note(diag.Text{VI: "Trang nặng nhất: %[1]s, %[2]d byte đã nén.", EN: "Heaviest page: %[1]s, %[2]d bytes compressed."}, r.Largest.File, r.Largest.Bytes)
}
