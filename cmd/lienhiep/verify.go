package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"path/filepath"

	"lienhiep/internal/diag"
	"lienhiep/internal/publish"
	"lienhiep/internal/site"
)

var verifyCommand = &command{
	name:  "verify",
	args:  diag.Text{VI: "ĐỊA-CHỈ", EN: "URL"},
	about: diag.Text{VI: "So từng tệp của trang trên mạng với bản kê đã ký", EN: "Compare every file of the live site with its signed manifest"},
	flags: func(set *flag.FlagSet, s *settings) {
		set.StringVar(&s.key, "key", "", "")
		dirFlag(set, s)
	},
	run: runVerify,
}

func runVerify(ctx context.Context, ui *UI, s *settings, operands []string) error {
	if len(operands) != 1 {
		return usagef("verify", diag.Text{VI: "Viết: lienhiep verify ĐỊA-CHỈ.", EN: "Write: lienhiep verify URL."})
	}
	address, err := siteAddress("verify", operands[0])
	if err != nil {
		return err
	}
	o := publish.VerifyOptions{PublicKey: s.key}
	// Away from the site's folder there is no last build to compare with.
	config, err := site.ReadConfig(s.dir)
	if err == nil {
		o.PublicKey, o.Public = cmp.Or(s.key, config.PublicKey), filepath.Join(s.dir, "public")
	} else if !errors.Is(err, site.ErrNoSite) {
		return err
	}
	progress, done := ui.progress()
	o.Progress = progress
	v, err := publish.Verify(ctx, address, o)
	done()
	if err != nil {
		return err
	}
	ui.findings(v.Findings)
	if diag.HasErrors(v.Findings) {
		return errFindings
	}
	ui.note(diag.Text{VI: "Đã so %[1]d tệp (%[2]s): trang trên mạng đúng như bản đã dựng.", EN: "%[1]d files (%[2]s) compared: the live site is what was built."}, v.Files, ui.size(v.Bytes))
	return nil
}
