package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/generate"
	"lienhiep/internal/loopback"
	"lienhiep/internal/preview"
	"lienhiep/internal/site"
)

var rulePortTaken = diag.NewRule("port-taken", diag.Error,
	diag.Text{VI: "Cổng %[1]d đang được một chương trình khác dùng, hoặc máy không cho phép mở.", EN: "Port %[1]d cannot be opened: another program uses it, or the machine does not allow it."},
	diag.Text{VI: "Đóng chương trình kia, hoặc chọn cổng khác bằng --port.", EN: "Close that program, or choose another port with --port."})

// listen opens a port on loopback: the one that was asked for or, where none was, the
// usual one or, where that is taken, any free one.
func (ui *UI) listen(asked, usual int) (net.Listener, error) {
	if asked != 0 {
		l, err := loopback.Listen(asked)
		if err != nil {
			ui.findings([]diag.Finding{rulePortTaken.At(diag.Pos{}, asked)})
			return nil, errFindings
		}
		return l, nil
	}
	if l, err := loopback.Listen(usual); err == nil {
		return l, nil
	}
	ui.note(diag.Text{VI: "Cổng %[1]d đang bận nên máy chọn một cổng khác còn trống.", EN: "Port %[1]d is taken; a free one is used instead."}, usual)
	return loopback.Listen(0)
}

// live is the site as it stands, drafts too, shown on this machine.
type live struct {
	*project
	ui      *UI
	server  *preview.Server
	folder  string          // of the pages that are shown
	changed <-chan struct{} // tells of changes of the sources; nil while they cannot be watched
	ahead   ahead
}

// newLive returns what shows the site behind a guard.
func (p *project) newLive(ui *UI, guard *loopback.Guard) *live {
	base := "/"
	if u, err := url.Parse(p.config.BaseURL); err == nil {
		base = "/" + strings.TrimLeft(strings.TrimRight(u.Path, "/")+"/", "/")
	}
	shown := *p
	shown.preview = true
	return &live{project: &shown, ui: ui, server: preview.New(preview.Options{Guard: guard, Base: base, Lang: ui.lang})}
}

// sources are what the site is made of, below its root.
var sources = []string{"content", "layouts", "assets", "i18n", "static", "config.toml"}

// How long it takes until what failed is tried again: more from one time to the next.
const (
	firstPause   = time.Second
	longestPause = time.Minute
)

// follow shows the site, and again after every change, until ctx ends. It calls ready
// when it can be seen for the first time. What goes wrong is told, in the terminal and
// on the pages, and tried again: what the content is at fault for, after the next
// change; anything else after a while, too.
func (l *live) follow(ctx context.Context, ready func()) {
	for pause := firstPause; ; {
		err := errors.Join(l.watch(ctx), l.build(ctx))
		if ctx.Err() != nil {
			return
		}
		var again <-chan time.Time
		switch {
		case err == nil:
			ready()
			ready, pause = func() {}, firstPause
		case errors.Is(err, errOvertaken):
			continue
		case errors.Is(err, site.ErrEnded):
			again, pause = time.After(pause), min(2*pause, longestPause)
		case errors.Is(err, site.ErrNotBuilt): // the next change decides
			pause = firstPause
		default:
			l.ui.failure(err)
			l.ui.note(diag.Text{VI: "Trang đang soạn tạm dừng ở bản trước; chương trình sẽ tự thử lại.", EN: "The preview stays as it was; the build is retried automatically."})
			l.server.Fail([]diag.Record{{Severity: diag.Error.String(), Message: l.ui.reason(err)}})
			again, pause = time.After(pause), min(2*pause, longestPause)
		}
		select {
		case <-ctx.Done():
			return
		case <-l.changed:
		case <-again:
		}
	}
}

// watch begins to watch the site's sources, unless they are watched already.
func (l *live) watch(ctx context.Context) error {
	if l.changed != nil {
		return nil
	}
	var err error
	l.changed, err = watch(ctx, l.root, sources...)
	return err
}

// build builds the site as it stands and shows it. The error is [site.ErrNotBuilt]
// where the content is at fault, which has been told.
func (l *live) build(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "lienhiep-") // nobody else on the machine may read it
	if err != nil {
		return fmt.Errorf("making a folder for the pages: %w", err)
	}
	pages := filepath.Join(folder, "pages")
	found, err := l.render(ctx, pages)
	if err == nil {
		if err := errors.Join(l.index(ctx, l.ui, pages), l.speak(ctx, pages)); err != nil && ctx.Err() == nil {
			l.ui.failure(err) // all but search and voice is there
		}
		err = l.server.Show(pages)
	}
	if errors.Is(err, site.ErrNotBuilt) {
		l.ui.note(diag.Text{VI: "Chưa dựng được trang. Sửa các lỗi trên rồi lưu lại: chương trình sẽ tự thử lại.", EN: "The site could not be built. Fix the errors above and save: the build is retried automatically."})
		l.server.Fail(records(found, l.ui.lang))
	}
	last := folder
	if err == nil {
		last, l.folder = l.folder, folder
		l.ahead.caughtUp()
	}
	_ = os.RemoveAll(last) // at worst it stays in the system's temporary folder
	return err
}

// records are the errors among findings.
func records(findings []diag.Finding, lang diag.Lang) []diag.Record {
	var all []diag.Record
	for _, f := range findings {
		if f.Severity == diag.Error {
			all = append(all, f.Record(lang))
		}
	}
	return all
}

// render brings generated/ up to date and lets Hugo build the pages, while no other
// command changes the one or the other. It returns what has been found, and told.
func (l *live) render(ctx context.Context, pages string) ([]diag.Finding, error) {
	unlock, err := l.lock(ctx, l.ui)
	if err != nil {
		return nil, err
	}
	defer unlock()
	l.now = time.Now()
	if l.config, err = site.ReadConfig(l.root); err != nil {
		return nil, err
	}
	c, findings, err := l.refresh()
	if err != nil {
		return nil, err
	}
	done := l.ui.step(diag.Text{VI: "Dựng trang", EN: "Building the site"})
	found, err := l.preview(ctx, c, pages, diag.HasErrors(findings))
	done()
	found = withNearest(c, found)
	l.ui.findings(found)
	return slices.Concat(findings, found), err
}

// preview lets Hugo build the pages; those of the entries that were just changed are shown
// first, where all entries can be read. Once they are, the next change ends the build with
// [errOvertaken].
func (l *live) preview(ctx context.Context, c *catalog.Catalog, pages string, faulty bool) (found []diag.Finding, err error) {
	whole := func(ctx context.Context) error {
		found, err = site.Preview(ctx, l.root, pages, l.server.URL())
		return err
	}
	if paths := l.ahead.changedPages(l.root, c.Entries()); len(paths) > 0 && !faulty && l.showAhead(ctx, paths) {
		err = overtaken(ctx, l.changed, whole)
	} else {
		err = whole(ctx)
	}
	return found, err
}

// refresh brings generated/ up to date, and tells of findings in the terminal and,
// through Hugo, on every page. With errors the last good state stays; where this
// version of the program has none, it generates what it can.
func (l *live) refresh() (*catalog.Catalog, []diag.Finding, error) {
	c, findings, err := l.load()
	if err != nil {
		return nil, nil, err
	}
	found, err := l.clean(l.ui, c)
	if err != nil {
		return nil, nil, err
	}
	findings = append(findings, found...)
	l.ui.findings(findings)
	current, err := generate.Current(l.generated())
	if err != nil {
		return nil, nil, err
	}
	if !current || !diag.HasErrors(findings) {
		if _, err := generate.Run(l.generated(), l.source(), c, l.config.BaseURL); err != nil {
			return nil, nil, err
		}
	}
	return c, findings, generate.Findings(l.generated(), findings, l.ui.lang)
}

// run serves the site and follows its changes until ctx ends. The error is the
// listener's.
func (l *live) run(ctx context.Context, listener net.Listener, ready func()) error {
	ctx, stop := context.WithCancel(ctx)
	var following sync.WaitGroup
	following.Go(func() { l.follow(ctx, ready) })
	err := loopback.Serve(ctx, listener, l.server)
	stop()
	following.Wait()
	err = errors.Join(err, l.server.Close())
	_ = os.RemoveAll(l.folder) // as in build
	l.ahead.drop()
	return err
}
