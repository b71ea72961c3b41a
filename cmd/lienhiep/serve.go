package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/spf13/afero"

	"lienhiep/internal/diag"
	"lienhiep/internal/generate"
	"lienhiep/internal/site"
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
	return p.live(ctx, ui, s.port, func(url any) {
		fmt.Fprintf(ui.out, diag.Text{VI: "Trang đang chạy ở %s (bấm Ctrl+C để dừng)\n", EN: "The site is at %s (press Ctrl+C to stop)\n"}.In(ui.lang), url)
	})
}

func checkPort(command string, port int) error {
	if port < 0 || port > 65535 {
		return usagef(command, diag.Text{VI: "Cổng phải là số từ 0 đến 65535.", EN: "A port is a number from 0 to 65535."})
	}
	return nil
}

// live shows the site as it stands, drafts too, until ctx ends. It calls ready with
// the address once the site can be read there.
func (p *project) live(ctx context.Context, ui *UI, port int, ready func(url any)) error {
	p.preview = true
	if err := p.refresh(ctx, ui); err != nil {
		return err
	}
	changed, err := watch(ctx, p.path("content"))
	if err != nil {
		return err
	}
	// Two servers of one site must not share their pages.
	pages, err := os.MkdirTemp("", "lienhiep-")
	if err != nil {
		return fmt.Errorf("making a folder for the pages: %w", err)
	}
	defer os.RemoveAll(pages)
	return p.serve(ctx, ui, port, pages, changed, ready)
}

// serve runs Hugo's server until ctx ends, and follows the changes. Hugo does not
// see the pages of a section that was not there when it started, so a new one
// starts it anew, at the same address; and so does a fall of Hugo itself, which
// v0.165 takes when front matter that it could not read is mended.
func (p *project) serve(ctx context.Context, ui *UI, port int, pages string, changed <-chan struct{}, ready func(url any)) error {
	for told := false; ; {
		sections, err := p.sections()
		if err != nil {
			return err
		}
		running, stop := context.WithCancel(ctx)
		done := ui.step(diag.Text{VI: "Dựng trang", EN: "Building the site"})
		server, err := site.Serve(running, p.root, pages, port, func(found []diag.Finding) { ui.findings(p.withNearest(found)) })
		done()
		if errors.Is(err, site.ErrNotBuilt) {
			stop()
			ui.note(diag.Text{VI: "Chưa dựng được trang. Sửa các lỗi trên rồi lưu lại: chương trình sẽ tự thử lại.", EN: "The site could not be built. Mend the errors above and save: it is tried again by itself."})
			if !p.afterChange(ctx, ui, changed) {
				return nil
			}
			continue
		}
		if err != nil {
			stop()
			return err
		}
		p.reindex(ctx, ui, pages)
		if !told {
			told = true
			ready(server.URL)
		}
		if port, err = portOf(server.URL); err != nil {
			stop()
			return err
		}
		err = p.follow(ctx, ui, server, pages, changed, sections)
		stop()
		switch {
		case errors.Is(err, errNewSection):
			<-server.Ended
		case !errors.Is(err, errServerFell):
			return err
		}
	}
}

// portOf is the port of an address.
func portOf(address string) (int, error) {
	u, err := url.Parse(address)
	if err != nil {
		return 0, fmt.Errorf("the server's address: %w", err)
	}
	return strconv.Atoi(u.Port())
}

// Reasons to start the server anew.
var (
	errNewSection = errors.New("a section has come or gone")
	errServerFell = errors.New("the server has ended by itself")
)

// follow refreshes generated/ after every change and the search index after every
// build, until the server ends or must be started anew.
func (p *project) follow(ctx context.Context, ui *UI, server *site.Server, pages string, changed <-chan struct{}, sections []string) error {
	for {
		select {
		case err := <-server.Ended:
			if err != nil {
				return errServerFell
			}
			return nil
		case <-server.Built:
			p.reindex(ctx, ui, pages)
			continue
		case <-changed:
		}
		p.refreshed(ctx, ui)
		now, err := p.sections()
		if err != nil {
			return err
		}
		if !slices.Equal(now, sections) {
			return errNewSection
		}
	}
}

// reindex makes the search index of the pages that the server has written. What
// goes wrong is told: all but search goes on.
func (p *project) reindex(ctx context.Context, ui *UI, pages string) {
	if err := p.index(ctx, ui, pages); err != nil && ctx.Err() == nil {
		ui.failure(err)
	}
}

// afterChange refreshes generated/ after the next change; false says that ctx
// has ended instead.
func (p *project) afterChange(ctx context.Context, ui *UI, changed <-chan struct{}) bool {
	select {
	case <-ctx.Done():
		return false
	case <-changed:
		p.refreshed(ctx, ui)
		return true
	}
}

// refreshed refreshes generated/ as things stand now. What goes wrong is told and
// may be mended by the next change.
func (p *project) refreshed(ctx context.Context, ui *UI) {
	p.now = time.Now()
	if err := p.refresh(ctx, ui); err != nil && ctx.Err() == nil {
		ui.failure(err)
	}
}

// sections are the folders right below content/.
func (p *project) sections() ([]string, error) {
	entries, err := os.ReadDir(p.path("content"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // it may be gone for a moment
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// refresh brings generated/ up to date, and tells of findings in the terminal
// and, through Hugo, on every page. With errors the last good state stays; a
// first run has none, so it generates what it can.
func (p *project) refresh(ctx context.Context, ui *UI) error {
	unlock, err := p.lock(ctx, ui)
	if err != nil {
		return err
	}
	defer unlock()
	c, findings, err := p.load()
	if err != nil {
		return err
	}
	found, err := p.pictures(ui, c)
	if err != nil {
		return err
	}
	findings = append(findings, found...)
	ui.findings(findings)
	generatedBefore, err := afero.Exists(p.generated(), "data/people.json")
	if err != nil {
		return err
	}
	if diag.HasErrors(findings) && generatedBefore {
		return generate.Findings(p.generated(), findings, ui.lang)
	}
	_, err = generate.Run(p.generated(), c, p.config.BaseURL, findings, ui.lang)
	return err
}

// quiet is how long the content must rest before a change is taken as whole: an
// editor's save comes as several events.
const quiet = 150 * time.Millisecond

// watch reports on its channel that something below root has changed, until ctx
// ends.
func watch(ctx context.Context, root string) (<-chan struct{}, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watching the content: %w", err)
	}
	if err := watchFolders(w, root); err != nil {
		w.Close()
		return nil, fmt.Errorf("watching the content: %w", err)
	}
	return changes(ctx, w, root), nil
}

// changes gathers what w tells, and closes it when ctx ends.
func changes(ctx context.Context, w *fsnotify.Watcher, root string) <-chan struct{} {
	changed := make(chan struct{})
	go func() {
		defer w.Close()
		rest := time.NewTimer(0)
		<-rest.C
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-w.Events:
				if strings.HasSuffix(e.Name, "~") || e.Op == fsnotify.Chmod {
					continue
				}
				if e.Has(fsnotify.Create) {
					// A folder that is gone again by now has nothing to watch.
					_ = watchFolders(w, e.Name)
				}
				rest.Reset(quiet)
			case <-w.Errors: // events were lost: look anew
				_ = watchFolders(w, root)
				rest.Reset(quiet)
			case <-rest.C:
				select {
				case changed <- struct{}{}:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return changed
}

// watchFolders watches root, if it is a folder, and every folder below it.
func watchFolders(w *fsnotify.Watcher, root string) error {
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return err
	}
	return filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return w.Add(name)
	})
}
