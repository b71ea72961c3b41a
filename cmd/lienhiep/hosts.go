package main

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/host"
)

var hostsCommand = &command{
	name:  "hosts",
	args:  diag.Text{VI: "TÊN", EN: "NAME"},
	about: diag.Text{VI: "Viết tệp cấu hình cho máy chủ hoặc dịch vụ: " + strings.Join(host.Names(), ", "), EN: "Write the configuration of a web server or service: " + strings.Join(host.Names(), ", ")},
	declare: func(o *options) action {
		f := &hostsFlags{}
		f.address(o)
		f.folder(o)
		return f.run
	},
}

type hostsFlags struct{ location }

// run writes the file below generated/, where the next run finds it again: a
// shell's own redirection would give it a byte order mark on Windows.
func (f *hostsFlags) run(ctx context.Context, ui *UI, operands []string) error {
	if len(operands) != 1 || !slices.Contains(host.Names(), operands[0]) {
		return usagef("hosts", diag.Text{
			VI: "Viết: lienhiep hosts TÊN, với TÊN là một trong: %[1]s. Netlify, Cloudflare Pages, Apache và IIS tự đọc tệp của mình trong public/.",
			EN: "Write: lienhiep hosts NAME, with one of: %[1]s. Netlify, Cloudflare Pages, Apache and IIS read their own files in public/."}, strings.Join(host.Names(), ", "))
	}
	if err := checkBaseURL("hosts", f.baseURL); err != nil {
		return err
	}
	p, err := f.open()
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
	if diag.HasErrors(findings) { // an address that is missing may be one that is gone
		ui.findings(findings)
		return errFindings
	}
	file, text, err := host.Beside(operands[0], p.hosted(c))
	if err != nil {
		return err
	}
	name := path.Join("generated", "hosts", file)
	if err := p.write(name, []byte(text)); err != nil {
		return err
	}
	fmt.Fprintln(ui.out, name)
	ui.note(diag.Text{VI: "Cách dùng ghi ở đầu tệp. Chạy lại lệnh này khi đổi baseURL hoặc thêm địa chỉ cũ (aliases).", EN: "The file says at its top how to use it. Run this again after changing baseURL or adding old addresses (aliases)."})
	return nil
}
