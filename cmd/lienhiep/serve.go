package main

import (
	"context"
	"fmt"

	"lienhiep/internal/diag"
	"lienhiep/internal/loopback"
)

var serveCommand = &command{
	name:  "serve",
	about: diag.Text{VI: "Xem trang trên máy này, kể cả bản nháp; sửa nội dung là thấy ngay", EN: "Show the site on this machine, drafts included, and rebuild on changes"},
	declare: func(o *options) action {
		f := &serveFlags{}
		o.number("port", &f.port, diag.Text{VI: "cổng trên máy này (mặc định: 1313, hoặc một cổng còn trống)", EN: "the port on this machine (default: 1313, or a free one)"})
		f.folder(o)
		return f.run
	},
}

type serveFlags struct {
	location
	port int
}

// usualServePort is where the site stands if it can.
const usualServePort = 1313

func (f *serveFlags) run(ctx context.Context, ui *UI, operands []string) error {
	if err := checkPort("serve", f.port); err != nil {
		return err
	}
	p, err := f.open()
	if err != nil {
		return err
	}
	listener, err := ui.listen(f.port, usualServePort)
	if err != nil {
		return err
	}
	l := p.newLive(ui, loopback.NewGuard(listener))
	return l.run(ctx, listener, func() {
		fmt.Fprintf(ui.out, diag.Text{VI: "Trang đang chạy ở %s (bấm Ctrl+C để dừng)\n", EN: "The site is at %s (press Ctrl+C to stop)\n"}.In(ui.lang), l.server.URL())
	})
}

func checkPort(command string, port int) error {
	if port < 0 || port > 65535 {
		return usagef(command, diag.Text{VI: "Cổng phải là số từ 0 đến 65535.", EN: "A port is a number from 0 to 65535."})
	}
	return nil
}
