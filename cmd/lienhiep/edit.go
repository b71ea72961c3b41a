package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/desk"
	"lienhiep/internal/diag"
	"lienhiep/internal/edit"
	"lienhiep/internal/publish"
)

var editCommand = &command{
	name:  "edit",
	about: diag.Text{VI: "Mở bàn biên tập trong trình duyệt: soạn bài, thêm ảnh, kiểm tra, xuất bản", EN: "Open the editors' desk in the browser: write, add pictures, check, publish"},
	flags: func(set *flag.FlagSet, s *settings) {
		set.IntVar(&s.port, "port", 0, "")
		set.BoolVar(&s.noOpen, "no-open", false, "")
		set.BoolVar(&s.commit, "commit", false, "")
		set.StringVar(&s.config, "config", "", "")
		dirFlag(set, s)
	},
	options: map[string]diag.Text{
		"port": {VI: "cổng trên máy này (mặc định: 1414, hoặc một cổng còn trống)", EN: "the port on this machine (default: 1414, or a free one)"},
	},
	run: runEdit,
}

func runEdit(ctx context.Context, ui *UI, s *settings, operands []string) error {
	if err := noOperands("edit", operands); err != nil {
		return err
	}
	if err := checkPort("edit", s.port); err != nil {
		return err
	}
	if s.config != "" && !slices.Contains(edit.Hosts, s.config) {
		return usagef("edit", diag.Text{VI: "--config phải là một trong: %[1]s.", EN: "--config is one of: %[1]s."}, strings.Join(edit.Hosts, ", "))
	}
	p, err := openProject(s)
	if err != nil {
		return err
	}
	if s.config != "" {
		return p.printConfig(ui, s.config)
	}
	if s.commit {
		if err := checkGit(ctx, p.root); err != nil {
			return err
		}
	}
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
	return p.edit(ctx, ui, s, files)
}

// printConfig prints the configuration with which teams edit the same entries on a
// host of repositories.
func (p *project) printConfig(ui *UI, host string) error {
	c, _, err := p.load()
	if err != nil {
		return err
	}
	text, err := edit.Config(c, p.config.Zone.String(), host)
	if err != nil {
		return err
	}
	fmt.Fprint(ui.out, text)
	return nil
}

// edit serves the desk and the live page until ctx ends.
func (p *project) edit(ctx context.Context, ui *UI, s *settings, files map[string][]byte) error {
	listener, err := listen(s.port)
	if err != nil {
		return err
	}
	defer listener.Close()
	at := &atDesk{project: p, ui: ui}
	o := edit.Options{Root: p.root, Address: listener.Addr().String(), Files: files, Site: at, Zone: p.config.Zone, Log: ui.failure}
	if s.commit {
		o.Commit = func(message string, files []string) {
			// Ctrl+C does not keep what is saved from being committed.
			if err := commitFiles(context.WithoutCancel(ctx), p.root, message, files); err != nil {
				ui.note(diag.Text{VI: "Bài đã lưu, nhưng chưa ghi được vào kho git: %[1]s", EN: "Saved, but not committed: %[1]s"}, printable(err.Error()))
			}
		}
	}
	d, err := edit.New(o)
	if err != nil {
		return err
	}
	defer d.Close()
	server := &http.Server{Handler: d, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	defer server.Close()

	fmt.Fprintf(ui.out, diag.Text{VI: "Bàn biên tập đang mở ở %s (bấm Ctrl+C để đóng)\n", EN: "The desk is at %s (press Ctrl+C to close it)\n"}.In(ui.lang), d.Link())
	if !s.noOpen {
		if err := openInBrowser(d.Link()); err != nil {
			ui.note(diag.Text{VI: "Không mở được trình duyệt; hãy chép địa chỉ trên vào trình duyệt.", EN: "The browser could not be opened; copy the address above into it."})
		}
	}
	live := make(chan error, 1)
	go func() { live <- p.view(true).live(ctx, ui, 0, at.preview.Store) }()
	select {
	case err := <-ended:
		return err
	case err := <-live:
		return err
	}
}

// usualPort is where the desk stands if it can: browsers keep what was being written
// when the machine went off by the desk's address.
const usualPort = 1414

// listen opens the desk's port on loopback: the one that was asked for, or the usual
// one or, where that is taken, any.
func listen(port int) (net.Listener, error) {
	on := func(port int) (net.Listener, error) {
		return net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	}
	if port != 0 {
		l, err := on(port)
		if err != nil {
			return nil, usagef("edit", diag.Text{
				VI: "Không mở được cổng %[1]d: một chương trình khác đang dùng, hoặc máy không cho phép. Hãy đóng chương trình kia, hoặc chọn cổng khác bằng --port.",
				EN: "Port %[1]d cannot be opened: another program uses it, or the machine does not allow it. Close that program, or choose another port with --port."}, port)
		}
		return l, nil
	}
	if l, err := on(usualPort); err == nil {
		return l, nil
	}
	return on(0)
}

// atDesk is the site as the desk works on it: as it would be published, while the
// live page beside it shows drafts too.
type atDesk struct {
	*project
	ui      *UI
	preview atomic.Value // string
}

// now is the project at this moment.
func (a *atDesk) now() (*project, error) {
	p := a.view(false)
	p.now = time.Now()
	fresh, err := openProject(&settings{dir: p.root}) // config.toml may have been changed
	if err != nil {
		return nil, err
	}
	p.config = fresh.config
	return p, nil
}

func (a *atDesk) Load() (*catalog.Catalog, []diag.Finding, error) {
	p, err := a.now()
	if err != nil {
		return nil, nil, err
	}
	return p.load()
}

func (a *atDesk) Preview() string {
	url, _ := a.preview.Load().(string) // none yet
	return url
}

func (a *atDesk) Build(ctx context.Context) ([]diag.Finding, error) {
	p, err := a.now()
	if err != nil {
		return nil, err
	}
	unlock, err := p.lock(ctx, a.ui)
	if err != nil {
		return nil, err
	}
	defer unlock()
	_, findings, err := p.build(ctx, a.ui)
	return findings, err
}

func (a *atDesk) Targets() []string {
	p, err := a.now()
	if err != nil {
		return []string{}
	}
	names := []string{}
	for name := range p.config.Targets {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (a *atDesk) Deploy(ctx context.Context, name string, dryRun bool) (publish.Report, error) {
	p, err := a.now()
	if err != nil {
		return publish.Report{}, err
	}
	t, err := p.target(a.ui, "edit", name)
	if err != nil {
		return publish.Report{}, err
	}
	unlock, err := p.lock(ctx, a.ui)
	if err != nil {
		return publish.Report{}, err
	}
	defer unlock()
	return publish.Deploy(ctx, t, publish.Options{DryRun: dryRun, MaxDelete: usualMaxDelete, Key: os.Getenv(publish.SigningKeyVariable)})
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
	if _, err := exec.LookPath("git"); err != nil {
		return usagef("edit", diag.Text{
			VI: "--commit cần chương trình git, nhưng máy này chưa cài. Hãy cài git rồi thử lại, hoặc bỏ --commit: bài vẫn được lưu.",
			EN: "--commit needs git, which is not installed. Install it and try again, or leave out --commit: entries are saved all the same."})
	}
	if _, err := git(ctx, root, "rev-parse", "--is-inside-work-tree"); err != nil {
		return usagef("edit", diag.Text{
			VI: "--commit cần thư mục của trang là một kho git. Hãy tạo kho bằng lệnh git init, hoặc bỏ --commit: bài vẫn được lưu.\nGit cho biết: %[1]v",
			EN: "--commit needs the site's folder to be a git repository. Make it one with git init, or leave out --commit: entries are saved all the same.\nGit says: %[1]v"}, err)
	}
	if _, err := git(ctx, root, "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"); err != nil {
		return usagef("edit", diag.Text{
			VI: "Git chưa biết tên và thư điện tử của người lưu. Chạy một lần hai lệnh này với tên của bạn, rồi thử lại:\n\n  git config --global user.name \"Họ và tên\"\n  git config --global user.email \"ten@co-quan.example\"\n",
			EN: "Git does not know who is saving. Run these two once with your own name, then try again:\n\n  git config --global user.name \"Your name\"\n  git config --global user.email \"you@office.example\"\n"})
	}
	return nil
}

// commitFiles commits the files that were saved, and nothing else. What git does not
// follow, and what was saved as it was, makes no commit.
func commitFiles(ctx context.Context, root, message string, files []string) error {
	listed, err := git(ctx, root, slices.Concat([]string{"ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"}, files)...)
	followed := strings.FieldsFunc(listed, func(r rune) bool { return r == 0 })
	if err != nil || len(followed) == 0 {
		return err
	}
	if _, err := git(ctx, root, slices.Concat([]string{"add", "--all", "--"}, followed)...); err != nil {
		return err
	}
	if _, err := git(ctx, root, slices.Concat([]string{"diff", "--cached", "--quiet", "--"}, followed)...); err == nil {
		return nil
	}
	_, err = git(ctx, root, slices.Concat([]string{"commit", "--quiet", "--message", cmp.Or(message, "Sửa bài ở bàn biên tập"), "--"}, followed)...)
	return err
}

// git runs git in the folder and returns what it puts out; what it says of a fault is
// in the error.
func git(ctx context.Context, root string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "git", slices.Concat([]string{"-C", root}, args)...).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		err = fmt.Errorf("git %s: %w: %s", args[0], err, strings.Join(strings.Fields(string(failed.Stderr)), " "))
	}
	return string(out), err
}

// besideProgram is the folder that the program lies in: where a double-click finds
// the site.
func besideProgram() string {
	self, err := os.Executable()
	if err != nil {
		return "."
	}
	return filepath.Dir(self)
}
