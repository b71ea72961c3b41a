package main

import (
	"context"
	"fmt"
	"os"
	"slices"

	"lienhiep/internal/diag"
	"lienhiep/internal/publish"
)

var rollbackCommand = &command{
	name:  "rollback",
	args:  diag.Text{VI: "TÊN", EN: "NAME"},
	about: diag.Text{VI: "Đưa một nơi đăng về bản trước, hoặc về một trong năm bản gần nhất", EN: "Bring a target back to the release before, or to any of the last five"},
	declare: func(o *options) action {
		f := &rollbackFlags{}
		o.text("to", &f.to, diag.Text{VI: "quay về đúng bản này (mặc định: bản ngay trước bản đang hiện)", EN: "the release to go back to (default: the one before the current)"})
		o.toggle("list", &f.list, diag.Text{VI: "chỉ liệt kê các bản mà nơi đăng đang giữ", EN: "only list the releases that the target keeps"})
		o.toggle("dry-run", &f.DryRun, textDryRunHelp)
		f.folder(o)
		return f.run
	},
}

type rollbackFlags struct {
	location
	publish.Options
	to   string // a release
	list bool
}

func (f *rollbackFlags) run(ctx context.Context, ui *UI, operands []string) error {
	t, unlock, err := f.target(ctx, ui, "rollback", operands)
	if err != nil {
		return err
	}
	defer unlock()
	if f.list {
		all, err := publish.Releases(ctx, t)
		return ui.releases(all, err)
	}
	progress, done := ui.progress()
	f.Progress, f.Key = progress, os.Getenv(publish.SigningKeyVariable)
	p, err := f.open()
	if err != nil {
		return err
	}
	report, err := p.rollback(ctx, t, f.to, f.Options)
	done()
	return ui.deployed(published{Report: report}, err)
}

// rollback makes a target show another release, and records it.
func (p *project) rollback(ctx context.Context, t publish.Target, to string, o publish.Options) (publish.Report, error) {
	report, err := publish.Rollback(ctx, t, to, o)
	if err == nil && !o.DryRun {
		err = p.returned(t, report)
	}
	return report, err
}

// releases lists what a target keeps, the newest last.
func (ui *UI) releases(all []publish.Release, err error) error {
	if err != nil {
		return ui.deployed(published{}, err)
	}
	if ui.format == "json" {
		ui.writeJSON(slices.Concat([]publish.Release{}, all))
		return nil
	}
	for _, r := range all {
		mark := ""
		if r.Current {
			mark = "  " + diag.Text{VI: "(đang hiện)", EN: "(current)"}.In(ui.lang)
		}
		fmt.Fprintf(ui.out, "%s  %s%s\n", r.ID, r.Time.Local().Format("02/01/2006 15:04"), mark)
	}
	if len(all) == 0 {
		ui.note(diag.Text{VI: "Nơi đăng chưa giữ bản nào.", EN: "The target keeps no release yet."})
	}
	return nil
}
