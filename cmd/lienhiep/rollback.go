package main

import (
	"context"
	"flag"
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
	flags: func(set *flag.FlagSet, s *settings) {
		set.StringVar(&s.to, "to", "", "")
		set.BoolVar(&s.list, "list", false, "")
		set.BoolVar(&s.publish.DryRun, "dry-run", false, "")
		dirFlag(set, s)
	},
	run: runRollback,
}

func runRollback(ctx context.Context, ui *UI, s *settings, operands []string) error {
	t, unlock, err := openTarget(ctx, ui, s, "rollback", operands)
	if err != nil {
		return err
	}
	defer unlock()
	if s.list {
		all, err := publish.Releases(ctx, t)
		return ui.releases(all, err)
	}
	progress, done := ui.progress()
	s.publish.Progress, s.publish.Key = progress, os.Getenv(publish.SigningKeyVariable)
	report, err := publish.Rollback(ctx, t, s.to, s.publish)
	done()
	return ui.deployed(report, err)
}

// releases lists what a target keeps, the newest last.
func (ui *UI) releases(all []publish.Release, err error) error {
	if err != nil {
		return ui.deployed(publish.Report{}, err)
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
