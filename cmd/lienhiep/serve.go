package main

import (
	"context"
	"flag"
	"fmt"

	"lienhiep/internal/diag"
	"lienhiep/internal/loopback"
)

var serveCommand = &command{
	name:  "serve",
	about: diag.Text{VI: "Xem trang trên máy này, kể cả bản nháp; sửa nội dung là thấy ngay", EN: "Show the site on this machine, drafts too, and follow changes"},
	flags: func(set *flag.FlagSet, s *settings) {
		set.IntVar(&s.port, "port", 0, "")
		dirFlag(set, s)
	},
	run: runServe,
}

// usualServePort is where the site stands if it can.
const usualServePort = 1313

func runServe(ctx context.Context, ui *UI, s *settings, operands []string) error {
	if err := noOperands("serve", operands); err != nil {
		return err
	}
	if err := checkPort("serve", s.port); err != nil {
		return err
	}
	p, err := openProject(s)
	if err != nil {
		return err
	}
	listener, err := ui.listen(s.port, usualServePort)
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
