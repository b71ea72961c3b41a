package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"

	"lienhiep/internal/diag"
	"lienhiep/internal/publish"
	"lienhiep/internal/site"
)

var verifyCommand = &command{
	name:  "verify",
	args:  diag.Text{VI: "ĐỊA-CHỈ", EN: "URL"},
	about: diag.Text{VI: "So từng tệp của trang trên mạng với bản kê đã ký, và tìm thứ không thuộc về trang", EN: "Compare every file of the live site with its signed manifest, and look for what does not belong there"},
	declare: func(o *options) action {
		f := &verifyFlags{}
		o.text("key", &f.key, diag.Text{VI: "khóa công khai (mặc định: [params.manifest] publicKey trong config.toml)", EN: "the public key (default: [params.manifest] publicKey in config.toml)"})
		f.folder(o)
		return f.run
	},
}

type verifyFlags struct {
	location
	key string
}

func (f *verifyFlags) run(ctx context.Context, ui *UI, operands []string) error {
	if len(operands) != 1 {
		return usagef("verify", diag.Text{VI: "Viết: lienhiep verify ĐỊA-CHỈ.", EN: "Write: lienhiep verify URL."})
	}
	address, err := siteAddress("verify", operands[0])
	if err != nil {
		return err
	}
	o := publish.VerifyOptions{PublicKey: f.key}
	memory := ""
	// Away from the site's folder there is no last build to compare with, and what
	// was seen is remembered for this user.
	config, err := site.ReadConfig(f.dir)
	switch {
	case err == nil:
		o.PublicKey, o.Public = cmp.Or(f.key, config.PublicKey), filepath.Join(f.dir, "public")
		memory = filepath.Join(f.dir, ".lienhiep")
	case !errors.Is(err, site.ErrNoSite):
		return err
	default:
		folder, err := os.UserConfigDir()
		if err != nil {
			return err
		}
		memory = filepath.Join(folder, "lienhiep")
	}
	o.Memory = filepath.Join(memory, "verified.json")
	progress, done := ui.progress()
	o.Progress = progress
	v, err := publish.Verify(ctx, address, o)
	done()
	if err != nil {
		return err
	}
	ui.findings(v.Findings)
	ui.unseen(v)
	if diag.HasErrors(v.Findings) {
		return errFindings
	}
	ui.note(diag.Text{VI: "Đã so %[1]d tệp (%[2]s): trang trên mạng đúng như bản đã dựng.", EN: "%[1]d files (%[2]s) compared: the live site is what was built."}, v.Files, ui.size(v.Bytes))
	if !v.Deployed.IsZero() {
		ui.note(diag.Text{VI: "Trang này được đăng lúc %[1]s.", EN: "The site was deployed at %[1]s."}, v.Deployed.Local().Format("02/01/2006 15:04"))
	}
	return nil
}

// unseen says what nobody can see from here.
func (ui *UI) unseen(v publish.Verified) {
	if v.Probed == 0 {
		return // nor was anything seen
	}
	ui.note(diag.Text{
		VI: "Việc kiểm tra này không thấy được: trang hay tệp thêm vào ở địa chỉ khác với %[1]d địa chỉ đã thử; câu trả lời dành riêng cho một số người đọc (theo mạng, theo nước, theo giờ); và những gì máy chủ ghi lại về người đọc.",
		EN: "What this cannot see: pages or files added at addresses other than the %[1]d that were tried; answers that only some readers get (by network, country or hour); and what the server records of its readers."}, v.Probed)
	if v.First && !v.Deployed.IsZero() {
		ui.note(diag.Text{
			VI: "Đây là lần đầu máy này kiểm tra trang: từ lần sau mới biết được nếu có ai đưa trang cũ trở lại.",
			EN: "This machine sees the site for the first time: only from now on can it tell if somebody puts an older one back."})
	}
}
