package edit

import (
	"context"
	"net/http"
	"strings"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/publish"
	"lienhiep/internal/schedule"
)

func (d *Desk) scheduleRoutes() {
	d.mux.HandleFunc("GET /hen-gio/{$}", d.schedulePage)
	d.mux.HandleFunc("GET /viec/hen", d.scheduled)
	d.mux.HandleFunc("POST /hen-gio/dat", d.keepSchedule)
	d.mux.HandleFunc("POST /hen-gio/thoi", d.dropSchedule)
}

// keeper is how a target's schedule is kept by this machine, or could be.
type keeper struct {
	Target    string
	Kept      bool   // now
	Installed bool   // the machine was told to
	Can       bool   // it can be told here
	Missing   string // a sentence on what is
	Password  string // a sentence on the target's password, "" if it needs none
	Line      string // the command that keeps it while its window is open
	File      string // what would be written
	Text      string
	Commands  []string // what would be run
}

// keeperOf finds how a target's schedule is kept.
func (d *Desk) keeperOf(ctx context.Context, target string) (keeper, schedule.Setup, error) {
	k := keeper{Target: target}
	state, err := schedule.Read(d.Root, target)
	if err != nil {
		return k, schedule.Setup{}, err
	}
	k.Kept = state.Kept(time.Now())
	service, err := schedule.ServiceFor(d.Root, target)
	if err != nil {
		return k, schedule.Setup{}, err
	}
	k.Line = service.Line()
	if strings.HasPrefix(d.Site.Place(target), "ftps://") {
		k.Password = "Nơi đăng này cần mật khẩu. Máy tự đăng không hỏi ai được: người phụ trách kỹ thuật đặt mật khẩu vào biến môi trường " + publish.PasswordVariable + " của người dùng này."
	}
	setup, err := schedule.SetupFor(ctx, service)
	switch {
	case schedule.IsTemporary(service.Program):
		k.Missing = "Liên hiệp đang chạy tạm từ mã nguồn. Hãy dùng bản đã đóng gói (hoặc go build) rồi mở lại bàn biên tập từ đó, thì máy mới tự chạy được."
		return k, setup, nil
	case err != nil:
		return k, setup, err
	case setup.System == "":
		k.Missing = "Máy này không có Task Scheduler của Windows hay systemd để giao việc. Mở một cửa sổ lệnh, chạy dòng dưới đây và để cửa sổ ấy mở."
		return k, setup, nil
	}
	k.Can, k.Installed, k.File, k.Text = true, setup.IsInstalled(), setup.File, setup.Text
	for _, c := range setup.Commands {
		k.Commands = append(k.Commands, strings.Join(c, " "))
	}
	return k, setup, nil
}

// schedulePage shows what is scheduled, whether it will happen, and how it can be made to.
func (d *Desk) schedulePage(w http.ResponseWriter, r *http.Request) {
	c, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	scheduled, err := d.coming(r.Context(), c, findings)
	if err != nil {
		d.broken(w, err)
		return
	}
	var keepers []keeper
	for _, target := range d.Site.Targets() {
		k, _, err := d.keeperOf(r.Context(), target)
		if err != nil {
			d.broken(w, err)
			return
		}
		keepers = append(keepers, k)
	}
	d.show(w, "hen-gio", view{Title: "Đăng theo giờ hẹn", Here: "/xuat-ban/", Help: "hen-ngay", Own: map[string]any{"Coming": scheduled, "Keepers": keepers}})
}

// keepSchedule tells the machine to keep a target's schedule.
func (d *Desk) keepSchedule(w http.ResponseWriter, r *http.Request) {
	d.withSetup(w, r, func(u schedule.Setup) error { return u.Install(context.WithoutCancel(r.Context())) })
}

// dropSchedule tells it not to any more.
func (d *Desk) dropSchedule(w http.ResponseWriter, r *http.Request) {
	d.withSetup(w, r, func(u schedule.Setup) error { return u.Remove(context.WithoutCancel(r.Context())) })
}

func (d *Desk) withSetup(w http.ResponseWriter, r *http.Request, do func(schedule.Setup) error) {
	var asked struct {
		Target string `json:"target"`
	}
	if !read(w, r, &asked) || !d.isTarget(w, asked.Target) {
		return
	}
	k, setup, err := d.keeperOf(r.Context(), asked.Target)
	if err == nil && !k.Can {
		err = refuse(http.StatusConflict, diag.Text{VI: "%[1]s", EN: "%[1]s"}, k.Missing)
	}
	if err == nil {
		if failed := do(setup); failed != nil {
			d.Log(failed)
			err = refuse(http.StatusConflict, textSetupFailed, failed.Error())
		}
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, true)
}
