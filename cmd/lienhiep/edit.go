package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/desk"
	"lienhiep/internal/diag"
	"lienhiep/internal/edit"
	"lienhiep/internal/holdback"
	"lienhiep/internal/loopback"
	"lienhiep/internal/repository"
	"lienhiep/internal/site"
)

var editCommand = &command{
	name:  "edit",
	about: diag.Text{VI: "Mở bàn biên tập trong trình duyệt: soạn bài, thêm ảnh, kiểm tra, xuất bản", EN: "Open the editors' desk in the browser: write, add pictures, check, publish"},
	declare: func(o *options) action {
		f := &editFlags{}
		o.number("port", &f.port, diag.Text{VI: "cổng trên máy này (mặc định: 1414, hoặc một cổng còn trống)", EN: "the port on this machine (default: 1414, or a free one)"})
		o.toggle("no-open", &f.noOpen, diag.Text{VI: "không tự mở trình duyệt", EN: "do not open the browser"})
		o.toggle("commit", &f.commit, diag.Text{VI: "ghi vào kho git sau mỗi lần lưu", EN: "commit to git after every save"})
		f.folder(o)
		return f.run
	},
}

type editFlags struct {
	location
	port           int
	noOpen, commit bool
}

func (f *editFlags) run(ctx context.Context, ui *UI, operands []string) error {
	if err := checkPort("edit", f.port); err != nil {
		return err
	}
	p, err := f.open()
	if err != nil {
		return err
	}
	if f.commit {
		if err := checkGit(ctx, p.root); err != nil {
			return err
		}
	}
	if address := p.deskThatRuns(ctx); address != "" {
		ui.note(diag.Text{
			VI: "Bàn biên tập của thư mục này đang mở rồi, ở %[1]s. Nếu trình duyệt báo chưa vào được, hãy chép địa chỉ mới nhất trong cửa sổ lệnh đã mở trước.",
			EN: "The desk of this folder is open already, at %[1]s. If the browser is not let in, copy the latest address in the window that was opened before."}, address)
		f.show(ui, address)
		return nil
	}
	waiting, err := p.whoWaits()
	if err != nil { // it keeps nobody from writing
		ui.failure(err)
	}
	ui.whoWaits(waiting)
	files, err := desk.Open(p.root)
	if errors.Is(err, desk.ErrMissing) {
		ui.note(diag.Text{
			VI: "Bàn biên tập chưa được cài. Chạy một lần lệnh này trong thư mục mã nguồn (cần Node.js), rồi thử lại:\n\n  npm ci --prefix %[1]s\n\nHoặc dùng bản lienhiep đã đóng gói sẵn, không cần Node.js.",
			EN: "The desk is not installed. Run this once in the source folder (it needs Node.js), then try again:\n\n  npm ci --prefix %[1]s\n\nOr use a released lienhiep, which needs no Node.js."}, desk.Folder)
		return errFindings
	}
	if err != nil {
		return err
	}
	return f.edit(ctx, ui, p, files)
}

// usualDeskPort is where the desk stands if it can, so that it has one address.
const usualDeskPort = 1414

// edit serves the desk, and the live page beside it, until ctx ends. The one goes on
// without the other.
func (f *editFlags) edit(ctx context.Context, ui *UI, p *project, files map[string][]byte) error {
	listener, err := ui.listen(f.port, usualDeskPort)
	if err != nil {
		return err
	}
	defer listener.Close()
	beside, err := loopback.Listen(0)
	if err != nil {
		return err
	}
	defer beside.Close()
	guard, besideGuard := loopback.NewKeyGuard(listener), loopback.NewKeyGuard(beside)
	besideGuard.FramedBy, guard.LinkedFrom = guard.Origin, besideGuard.Origin
	l := p.newLive(ui, besideGuard)

	at := &atDesk{project: p, ui: ui}
	at.last.Store(&p.config)
	o := edit.Options{Root: p.root, Guard: guard, Preview: l.server, Files: files, Site: at, Zone: p.config.Zone, Log: ui.failure}
	if f.commit {
		o.Commit = func(message string, files []string) {
			// Ctrl+C does not keep what is saved from being committed.
			if err := commitFiles(context.WithoutCancel(ctx), p.root, message, files); err != nil {
				ui.note(diag.Text{VI: "Bài đã lưu, nhưng chưa ghi được vào kho git: %[1]s", EN: "Saved, but not committed: %[1]s"}, printable(err.Error()))
			}
		}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	o.Stop = stop
	var d *edit.Desk
	o.Admitted = func() {
		fmt.Fprintf(ui.out, diag.Text{VI: "Địa chỉ trên đã được dùng. Để mở thêm ở một trình duyệt khác: %s\n", EN: "That address has been used. To open the desk in another browser too: %s\n"}.In(ui.lang), d.Invitation())
	}
	if d, err = edit.New(o); err != nil {
		return err
	}
	defer d.Close()
	l.tell = d.Tell

	var showing sync.WaitGroup
	showing.Go(func() {
		if err := l.run(ctx, beside, func() {}); err != nil {
			ui.failure(err)
			ui.note(diag.Text{VI: "Không xem được trang đang soạn nữa cho đến khi mở lại bàn biên tập; soạn, lưu và đăng bài vẫn như thường.", EN: "The preview has stopped until the desk is restarted; writing, saving and publishing still work."})
		}
	})
	defer showing.Wait()
	defer stop() // before it waits

	invitation := d.Invitation()
	fmt.Fprintf(ui.out, diag.Text{VI: "Bàn biên tập đang mở ở %s (bấm Ctrl+C để đóng)\n", EN: "The desk is at %s (press Ctrl+C to close it)\n"}.In(ui.lang), invitation)
	f.show(ui, invitation)
	run, forget, err := p.recordDesk(guard.Origin)
	if err != nil { // a second start is not led here
		ui.failure(err)
	}
	defer forget()
	return loopback.Serve(ctx, listener, run.mark(d))
}

// show opens an address of the desk in the browser, unless that was not wanted.
func (f *editFlags) show(ui *UI, address string) {
	if !f.noOpen && openInBrowser(address) != nil {
		ui.note(diag.Text{VI: "Không mở được trình duyệt; hãy chép địa chỉ trên vào trình duyệt.", EN: "The browser could not be opened; copy the address above into it."})
	}
}

// atDesk is the site as the desk works on it: as it would be published, while the
// live page beside it shows drafts too.
type atDesk struct {
	*project
	ui        *UI
	passwords passwords                   // of targets, for this run
	last      atomic.Pointer[site.Config] // config.toml, as it could be read last
	recent    recent
}

// now is the project at this moment. Where config.toml cannot be read, one writes on by what
// it said last; what publishes asks [atDesk.sound].
func (a *atDesk) now() (*project, error) {
	config, err := site.ReadConfig(a.root) // it may have been changed
	if err != nil {
		return a.at(*a.last.Load()), nil
	}
	a.last.Store(&config)
	return a.at(config), nil
}

// sound is the project at this moment, if config.toml can be read.
func (a *atDesk) sound() (*project, error) {
	if _, err := site.ReadConfig(a.root); err != nil {
		why := unreadConfig(err)
		return nil, edit.Refuse(diag.Text{VI: why.VI + " Viết và lưu bài vẫn như thường; dựng và đăng thì phải đợi tệp ấy đọc được. Nhờ người phụ trách kỹ thuật sửa tệp, hoặc lấy lại bản trước của tệp.", EN: why.EN})
	}
	return a.now()
}

// unreadConfig says why config.toml cannot be read.
func unreadConfig(err error) diag.Text {
	var fault *site.ConfigError
	switch {
	case errors.As(err, &fault):
		return faultyConfig(fault)
	case errors.Is(err, site.ErrNoSite):
		return diag.Text{VI: "Không thấy tệp cấu hình config.toml trong thư mục của trang.", EN: err.Error()}
	}
	return diag.Text{VI: "Máy không đọc được tệp cấu hình config.toml: có thể chương trình khác đang giữ tệp.", EN: err.Error()}
}

// faultyConfig says where config.toml cannot be read.
func faultyConfig(fault *site.ConfigError) diag.Text {
	if fault.Line == 0 {
		return diag.Text{VI: "Tệp cấu hình config.toml có chỗ viết sai.", EN: fault.Error()}
	}
	return diag.Text{VI: fmt.Sprintf("Tệp cấu hình config.toml viết sai ở dòng %d.", fault.Line), EN: fault.Error()}
}

// at is the project at this moment with a configuration. What was held back before may have
// been mended.
func (a *atDesk) at(c site.Config) *project {
	p := *a.project
	p.now, p.config, p.hold, p.recent = time.Now(), c, holdback.New(p.root), &a.recent
	return &p
}

func (a *atDesk) Load() (*catalog.Catalog, []diag.Finding, error) {
	p, err := a.now()
	if err != nil {
		return nil, nil, err
	}
	return p.load()
}

// openInBrowser opens an address in the browser that the person uses.
func openInBrowser(address string) error {
	cmd := exec.Command("xdg-open", address)
	switch runtime.GOOS {
	case "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", address)
	case "darwin":
		cmd = exec.Command("open", address)
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }() // what the browser does is its own affair
	return nil
}

// checkGit finds whether saves can be committed: with git, in a repository, under a
// name that somebody gave. The one that git makes up of the machine's is nobody's.
func checkGit(ctx context.Context, root string) error {
	r, err := repository.Open(ctx, root)
	if errors.Is(err, repository.ErrNoGit) {
		return usagef("edit", diag.Text{
			VI: "--commit cần chương trình git, nhưng máy này chưa cài. Hãy cài git rồi thử lại, hoặc bỏ --commit: bài vẫn được lưu.",
			EN: "--commit needs git, which is not installed. Install it and try again, or leave out --commit: entries are saved all the same."})
	}
	var said *repository.Failure
	if errors.As(err, &said) {
		err = errors.New(said.Said)
	}
	if err != nil {
		return usagef("edit", diag.Text{
			VI: "--commit cần thư mục của trang là một kho git. Hãy tạo kho bằng lệnh git init, hoặc bỏ --commit: bài vẫn được lưu.\nGit cho biết: %[1]v",
			EN: "--commit needs the site's folder to be a git repository. Make it one with git init, or leave out --commit: entries are saved all the same.\nGit says: %[1]v"}, err)
	}
	if r.Known(ctx) != nil {
		return usagef("edit", diag.Text{
			VI: "Git chưa biết tên và thư điện tử của người lưu. Chạy một lần hai lệnh này với tên của bạn, rồi thử lại:\n\n  git config --global user.name \"Họ và tên\"\n  git config --global user.email \"ten@co-quan.example\"\n",
			EN: "Git does not know who is saving. Run these two once with your own name, then try again:\n\n  git config --global user.name \"Your name\"\n  git config --global user.email \"you@office.example\"\n"})
	}
	return nil
}

// commitFiles commits the files that were saved, and nothing else.
func commitFiles(ctx context.Context, root, message string, files []string) error {
	r, err := repository.Open(ctx, root)
	if err != nil {
		return err
	}
	return r.Commit(ctx, cmp.Or(message, "Sửa bài ở bàn biên tập"), files)
}
