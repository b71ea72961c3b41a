package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/ledger"
	"lienhiep/internal/publish"
	"lienhiep/internal/viet"
)

var deployCommand = &command{
	name:  "deploy",
	args:  diag.Text{VI: "TÊN", EN: "NAME"},
	about: diag.Text{VI: "Đăng public/ lên một nơi khai trong config.toml ([params.deploy.TÊN])", EN: "Publish public/ to a target of config.toml ([params.deploy.NAME])"},
	declare: func(o *options) action {
		f := &deployFlags{Options: publish.Options{MaxDelete: usualMaxDelete}}
		o.toggle("dry-run", &f.DryRun, textDryRunHelp)
		o.toggle("all", &f.All, diag.Text{VI: "gửi lại mọi tệp, kể cả những tệp nơi đăng có vẻ đã có", EN: "send every file again, even those that the target seems to have"})
		o.toggle("forget", &f.Forget, diag.Text{VI: "bỏ các bản đã đăng trước đây (sau khi một người rút lại sự đồng ý); không quay về được nữa", EN: "drop all earlier releases (after a person has withdrawn); there is no rollback to them"})
		o.number("max-delete", &f.MaxDelete, diag.Text{VI: "được xóa nhiều nhất bao nhiêu phần trăm số tệp ở nơi đăng (mặc định: 25)", EN: "the largest share of the target's files that may be removed, in percent (default: 25)"})
		o.toggle("watch", &f.watch, diag.Text{VI: "chạy mãi: mỗi khi đến giờ hẹn thì dựng và đăng cả trang; bài còn lỗi được giữ lại", EN: "run on: build and publish the whole site whenever something scheduled is due; entries with errors are held back"})
		o.text("service", &f.service, diag.Text{VI: "in tệp để máy tự chạy --watch: windows hoặc systemd", EN: "print the file with which the machine runs --watch by itself: windows or systemd"})
		f.folder(o)
		return f.run
	},
}

type deployFlags struct {
	location
	publish.Options
	watch   bool
	service string
}

// textDryRunHelp is the help on --dry-run.
var textDryRunHelp = diag.Text{VI: "chỉ cho biết sẽ làm gì, không làm", EN: "say what would be done, and do nothing"}

// usualMaxDelete is how many percent of a target's files a deploy may remove without
// being told so.
const usualMaxDelete = 25

func (f *deployFlags) run(ctx context.Context, ui *UI, operands []string) error {
	if f.MaxDelete < 0 || f.MaxDelete > 100 {
		return usagef("deploy", diag.Text{VI: "--max-delete phải là số từ 0 đến 100.", EN: "--max-delete is a number from 0 to 100."})
	}
	if f.watch && (f.DryRun || f.All || f.Forget) || f.service != "" && f.watch {
		return usagef("deploy", diag.Text{VI: "--watch không đi cùng --dry-run, --all, --forget hay --service.", EN: "--watch does not go with --dry-run, --all, --forget or --service."})
	}
	if len(operands) == 1 && f.service != "" {
		return f.printService(ui, operands[0])
	}
	if len(operands) == 1 && f.watch {
		return f.keepWatch(ctx, ui, operands[0])
	}
	t, unlock, err := f.target(ctx, ui, "deploy", operands)
	if err != nil {
		return err
	}
	defer unlock()
	p, err := f.open()
	if err != nil {
		return err
	}
	progress, done := ui.progress()
	f.Progress, f.Key = progress, os.Getenv(publish.SigningKeyVariable)
	report, err := p.deploy(ctx, t, f.Options)
	done()
	report.Warnings = append(p.unclaimed(catalog.ReadWebsite(os.DirFS(p.root))), report.Warnings...)
	return ui.deployed(report, err)
}

var rulePublisherMissing = diag.NewRule("publisher-missing", diag.Warning,
	diag.Text{VI: "Trang có nơi đăng trên mạng mà chưa ghi cơ quan chủ quản: người đọc không biết ai chịu trách nhiệm, hỏi ở đâu.", EN: "The site has a place to be published at and no publisher: readers cannot tell who answers for it, or whom to ask."},
	diag.Text{VI: "Điền mục [publisher] trong %[1]s: tên cơ quan (body) và ít nhất một cách liên hệ (address, phone hoặc email).", EN: "Fill in [publisher] in %[1]s: the body, and at least one way to reach it (address, phone or email)."})

// unclaimed finds a site that is to be published and that nobody answers for.
func (p *project) unclaimed(site *catalog.Website) []diag.Finding {
	if len(p.config.Targets) == 0 || site.Publisher.Known() {
		return nil
	}
	return []diag.Finding{rulePublisherMissing.At(diag.Pos{File: catalog.WebsiteFile}, catalog.WebsiteFile)}
}

// target finds the target that is named on the command line, and keeps other
// commands away from the site's folder until unlock is called.
func (l location) target(ctx context.Context, ui *UI, command string, operands []string) (t publish.Target, unlock func(), err error) {
	if len(operands) != 1 {
		return t, nil, usagef(command, diag.Text{VI: "Viết: lienhiep %[1]s TÊN.", EN: "Write: lienhiep %[1]s NAME."}, command)
	}
	p, err := l.open()
	if err != nil {
		return t, nil, err
	}
	if t, err = p.target(ui, command, operands[0]); err != nil {
		return t, nil, err
	}
	t.Ask = ui.askPassword()
	unlock, err = p.lock(ctx, ui)
	return t, unlock, err
}

// target is the target of that name in config.toml.
func (p *project) target(ui *UI, command, name string) (publish.Target, error) {
	address, known := p.config.Targets[name]
	if known {
		return publish.Target{Name: name, URL: address, Dir: p.root, Public: p.path("public"), Sums: p.path("generated", "sums")}, nil
	}
	names := slices.Sorted(maps.Keys(p.config.Targets))
	if len(names) == 0 {
		return publish.Target{}, usagef(command, diag.Text{
			VI: "config.toml chưa khai nơi đăng nào. Thêm vào, chẳng hạn:\n\n  [params.deploy.%[1]s]\n  url = \"sftp://nguoi-dung@may-chu/srv/www\"\n",
			EN: "config.toml names no target yet. Add one, such as:\n\n  [params.deploy.%[1]s]\n  url = \"sftp://user@host/srv/www\"\n"}, printable(name))
	}
	return publish.Target{}, usagef(command, diag.Text{
		VI: "config.toml không có nơi đăng “%[1]s”%[3]s. Các nơi: %[2]s.",
		EN: "config.toml has no target “%[1]s”%[3]s. The targets: %[2]s."}, printable(name), strings.Join(names, ", "), ui.didYouMean(viet.Nearest(name, names)))
}

// outcome is what a deploy or rollback tells machines.
type outcome struct {
	published
	Findings []record `json:"findings"`
}

// deployed tells what has been done, or why it has not.
func (ui *UI) deployed(r published, err error) error {
	var fault *publish.Fault
	if err != nil && !errors.As(err, &fault) {
		return err
	}
	findings := r.Warnings
	if fault != nil {
		findings = slices.Concat(findings, fault.Findings)
	}
	if ui.format == "json" {
		r.Entries = slices.Concat([]ledger.Change{}, r.Entries)
		ui.writeJSON(outcome{r, ui.records(findings)})
	} else {
		ui.findings(findings)
	}
	if fault != nil {
		return errFindings
	}
	ui.summary(r.Report)
	ui.entries(r)
	return nil
}

func (ui *UI) summary(r publish.Report) {
	if r.DryRun && ui.format == "text" {
		for _, group := range []struct {
			mark  string
			names []string
		}{{"+", r.New}, {"~", r.Changed}, {"-", r.Removed}} {
			for _, name := range group.names {
				fmt.Fprintln(ui.out, group.mark, printable(name))
			}
		}
	}
	text := diag.Text{
		VI: "Đã đăng lên %[1]s, bản %[2]s: %[3]d tệp mới, %[4]d tệp đổi, %[5]d tệp xóa; gửi %[6]s.",
		EN: "%[1]s now shows release %[2]s: %[3]d files new, %[4]d changed, %[5]d removed; %[6]s sent."}
	switch {
	case r.Nothing() && len(r.Forgotten) > 0:
		text = diag.Text{VI: "%[1]s đã đúng như vậy rồi (bản %[2]s).", EN: "%[1]s is as it should be (release %[2]s)."}
	case r.Nothing():
		text = diag.Text{VI: "%[1]s đã đúng như vậy rồi (bản %[2]s): không có gì để làm.", EN: "%[1]s is as it should be (release %[2]s): nothing to do."}
	case r.DryRun:
		text = diag.Text{
			VI: "Ở %[1]s sẽ có %[3]d tệp mới, %[4]d tệp đổi, %[5]d tệp xóa; gửi %[6]s. Chưa làm gì.",
			EN: "At %[1]s %[3]d files would be new, %[4]d changed, %[5]d removed; %[6]s to send. Nothing was done."}
	}
	ui.note(text, r.Target, r.Release, len(r.New), len(r.Changed), len(r.Removed), ui.size(r.Bytes))
	switch {
	case len(r.Forgotten) == 0:
	case r.DryRun:
		ui.note(diag.Text{VI: "Các bản cũ sẽ bị bỏ: %s.", EN: "Earlier releases that would be dropped: %s."}, strings.Join(r.Forgotten, ", "))
	default:
		ui.note(diag.Text{VI: "Đã bỏ các bản cũ: %s.", EN: "Earlier releases dropped: %s."}, strings.Join(r.Forgotten, ", "))
	}
}

// size is a number of bytes as people say it.
func (ui *UI) size(n int64) string {
	s := fmt.Sprintf("%d byte", n)
	if ui.lang == diag.English {
		s += "s"
	}
	for _, unit := range []string{"KB", "MB", "GB"} {
		if n < 1000 {
			break
		}
		if s = fmt.Sprintf("%.1f %s", float64(n)/1000, unit); ui.lang == diag.Vietnamese {
			s = strings.Replace(s, ".", ",", 1)
		}
		n /= 1000
	}
	return s
}

var phaseWords = map[publish.Phase]diag.Text{
	publish.Comparing: {VI: "So với nơi đăng", EN: "Comparing"},
	publish.Sending:   {VI: "Gửi", EN: "Sending"},
	publish.Showing:   {VI: "Đặt vào chỗ", EN: "Putting in place"},
	publish.Removing:  {VI: "Dọn", EN: "Clearing up"},
}

// progress shows somebody who is watching how far a deploy is, in one line for
// each phase.
func (ui *UI) progress() (show func(publish.Progress), done func()) {
	if !ui.terminal {
		return nil, func() {}
	}
	last := publish.Phase(-1)
	end := func() {
		if last >= 0 {
			fmt.Fprintln(ui.err)
		}
	}
	return func(p publish.Progress) {
		if p.Phase != last {
			end()
			last = p.Phase
		}
		if p.Done%16 == 0 || p.Done == p.Total { // a terminal is slow
			fmt.Fprintf(ui.err, "\r%s: %d/%d (%s)   ", phaseWords[p.Phase].In(ui.lang), p.Done, p.Total, ui.size(p.Bytes))
		}
	}, end
}
