package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/publish"
	"lienhiep/internal/schedule"
)

// keepWatch publishes the site to a target whenever something scheduled falls due, until
// ctx ends.
func (f *deployFlags) keepWatch(ctx context.Context, ui *UI, name string) error {
	p, err := f.open()
	if err != nil {
		return err
	}
	if _, err := p.target(ui, "deploy", name); err != nil {
		return err
	}
	unlock, err := schedule.Lock(p.root, name)
	if errors.Is(err, schedule.ErrKept) {
		ui.note(diag.Text{VI: "Đã có một lệnh khác đang canh giờ đăng lên %[1]s; không cần lệnh thứ hai.", EN: "Another command already keeps the schedule for %[1]s; a second one is not needed."}, name)
		return errFindings
	}
	if err != nil {
		return err
	}
	defer unlock()
	state, err := schedule.Read(p.root, name)
	if err != nil {
		return err
	}
	// Where nobody tells of changes, such as on a shared folder, the keeper reads again by itself.
	changed, _ := watch(ctx, p.root, "content", "config.toml")
	k := &schedule.Keeper{
		Now:     func() time.Time { return time.Now().Round(0) }, // the wall clock: the other stands still while the machine sleeps
		Next:    f.nextChange,
		Publish: func(ctx context.Context) error { return f.publishNow(ctx, ui, name) },
		Wait: func(ctx context.Context, d time.Duration) (bool, error) {
			select {
			case <-ctx.Done():
				return false, ctx.Err()
			case <-changed:
				return true, nil
			case <-time.After(d):
				return false, nil
			}
		},
		Tell: ui.scheduled,
		Save: func(s schedule.State) error { return schedule.Save(p.root, name, s) },
	}
	if err := k.Run(ctx, state); ctx.Err() == nil {
		return err
	}
	ui.note(textInterrupted)
	return nil // it runs until it is stopped
}

// nextChange is when the site next changes by itself. What cannot be read is not waited for:
// it is held back, too.
func (f *deployFlags) nextChange(after time.Time) (time.Time, error) {
	p, err := f.open()
	if err != nil {
		return time.Time{}, err
	}
	c, _, err := p.load()
	if err != nil {
		return time.Time{}, err
	}
	at, _ := c.NextChange(after)
	return at, nil
}

// publishNow builds the site as it is now and deploys it; entries with errors are held back.
func (f *deployFlags) publishNow(ctx context.Context, ui *UI, name string) error {
	p, unlock, err := f.lock(ctx, ui)
	if err != nil {
		return err
	}
	defer unlock()
	_, findings, err := p.buildHolding(ctx, ui)
	if err != nil {
		return err
	}
	ui.findings(slices.DeleteFunc(slices.Clone(findings), func(f diag.Finding) bool { return f.Severity != diag.Error && !strings.HasPrefix(f.Code, "held-") }))
	if diag.HasErrors(findings) {
		return errFindings
	}
	t, err := p.target(ui, "deploy", name)
	if err != nil {
		return err
	}
	o := f.Options
	o.Key = os.Getenv(publish.SigningKeyVariable)
	done, err := p.deploy(ctx, t, o)
	return ui.deployed(done, err)
}

// scheduled tells what happens, with the time.
func (ui *UI) scheduled(e schedule.Event) {
	const clock = "15:04 02/01/2006"
	var text string
	switch e := e.(type) {
	case schedule.Waits:
		text = diag.Text{VI: "Không có gì được hẹn giờ. Vẫn canh; đừng tắt máy.", EN: "Nothing is scheduled. Keeping watch; leave the machine on."}.In(ui.lang)
		if !e.Until.IsZero() {
			text = fmt.Sprintf(diag.Text{VI: "Sẽ đăng lúc %[1]s. Máy tắt hoặc ngủ thì đăng khi máy chạy lại.", EN: "Publishes at %[1]s; if the machine is off or asleep then, once it is back."}.In(ui.lang), e.Until.Local().Format(clock))
		}
	case schedule.Begins:
		text = diag.Text{VI: "Bắt đầu canh: dựng và đăng trang như lúc này.", EN: "Keeping watch: building and publishing the site as it is now."}.In(ui.lang)
		if !e.Due.IsZero() {
			text = fmt.Sprintf(diag.Text{VI: "Đến giờ hẹn %[1]s: dựng và đăng.", EN: "It is %[1]s: building and publishing."}.In(ui.lang), e.Due.Local().Format(clock))
		}
		if e.Late {
			text = fmt.Sprintf(diag.Text{VI: "Đã quá giờ hẹn %[1]s (máy tắt, ngủ hoặc chưa đăng được): dựng và đăng ngay.", EN: "It was due at %[1]s (the machine was off or asleep, or publishing failed): building and publishing now."}.In(ui.lang), e.Due.Local().Format(clock))
		}
	case schedule.Failed:
		if !errors.Is(e.Err, errFindings) { // those have been shown
			ui.failure(e.Err)
		}
		text = fmt.Sprintf(diag.Text{VI: "Chưa đăng được. Thử lại lúc %[1]s.", EN: "Not published. Trying again at %[1]s."}.In(ui.lang), e.Again.Local().Format(clock))
	case schedule.Done:
		return // the deploy has said so
	}
	ui.note(diag.Text{VI: "[%[1]s] %[2]s", EN: "[%[1]s] %[2]s"}, time.Now().Format(clock), text)
}

// service prints what a machine's system takes to keep watch by itself.
func (f *deployFlags) printService(ui *UI, name string) error {
	text := schedule.Services[f.service]
	if text == nil {
		return usagef("deploy", diag.Text{VI: "--service là một trong: %[1]s.", EN: "--service is one of: %[1]s."}, strings.Join(slices.Sorted(maps.Keys(schedule.Services)), ", "))
	}
	p, err := f.open()
	if err != nil {
		return err
	}
	if _, err := p.target(ui, "deploy", name); err != nil {
		return err
	}
	service, err := schedule.ServiceFor(p.root, name)
	if err != nil {
		return err
	}
	fmt.Fprint(ui.out, text(service))
	ui.note(serviceWords[f.service])
	return nil
}

// serviceWords say what to do with the text.
var serviceWords = map[string]diag.Text{
	"windows": {
		VI: "Lưu phần trên vào một tệp, ví dụ canh.xml (thêm > canh.xml vào cuối lệnh), rồi chạy: schtasks /Create /TN Lienhiep /XML canh.xml. Việc ấy chạy khi người dùng này đăng nhập.",
		EN: "Save this as a file such as watch.xml (add > watch.xml to the command), then run: schtasks /Create /TN Lienhiep /XML watch.xml. It runs while this user is logged on."},
	"systemd": {
		VI: "Lưu phần trên vào ~/.config/systemd/user/lienhiep.service, rồi chạy: systemctl --user enable --now lienhiep; loginctl enable-linger để chạy cả khi không ai đăng nhập.",
		EN: "Save this as ~/.config/systemd/user/lienhiep.service, then run: systemctl --user enable --now lienhiep; and loginctl enable-linger, so that it runs while nobody is logged on."},
}
