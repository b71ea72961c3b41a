package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/content"
	"lienhiep/internal/diag"
	"lienhiep/internal/generate"
	"lienhiep/internal/holdback"
	"lienhiep/internal/incremental"
	"lienhiep/internal/kept"
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
	ui         *UI
	server     *preview.Server
	folder     string                           // of the pages that are shown
	kept       *kept.Store                      // what is known of them; nil before the first build
	settled    <-chan struct{}                  // is closed when all of that is known, and the pages before are gone
	unfinished func(context.Context) error      // makes what the pages that are shown still lack; nil for nothing
	changed    <-chan struct{}                  // tells of changes of the sources; nil while they cannot be watched
	ahead      ahead                            // pages that are shown before the rest
	left       []diag.Finding                   // of files that are left out
	stays      bool                             // what was generated, since a plan or a table cannot be read
	tell       func(diag.Finding) preview.Fault // in the words of whoever looks at them
}

// newLive returns what shows the site behind a guard.
func (p *project) newLive(ui *UI, guard *loopback.Guard) *live {
	base := "/"
	if u, err := url.Parse(p.config.BaseURL); err == nil {
		base = "/" + strings.TrimLeft(strings.TrimRight(u.Path, "/")+"/", "/")
	}
	server := preview.New(preview.Options{Guard: guard, Base: base, Lang: ui.lang})
	shown := *p
	shown.preview, shown.shownAt, shown.memory = true, server.URL(), &catalog.Memory{}
	settled := make(chan struct{})
	close(settled)
	return &live{project: &shown, ui: ui, settled: settled, server: server,
		tell: func(f diag.Finding) preview.Fault { return tellPlace(f, ui.lang) }}
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
	ready = sync.OnceFunc(ready)
	for pause := firstPause; ; {
		err := errors.Join(l.watch(ctx), l.build(ctx, ready))
		if ctx.Err() != nil {
			return
		}
		var again <-chan time.Time
		switch {
		case err == nil:
			pause = firstPause
		case errors.Is(err, errOvertaken):
			pause = firstPause
			continue
		case errors.Is(err, site.ErrEnded):
			again, pause = time.After(pause), min(2*pause, longestPause)
		case errors.Is(err, site.ErrNotBuilt): // the next change decides
			pause = firstPause
			if errors.Is(l.finish(ctx), errOvertaken) {
				continue
			}
		default:
			l.ui.failure(err)
			l.ui.note(textRetried)
			l.server.Fail([]preview.Fault{{Message: textRetried.In(l.ui.lang), Details: l.ui.reason(err)}})
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

var textRetried = diag.Text{VI: "Trang đang soạn tạm dừng ở bản trước; chương trình sẽ tự thử lại.", EN: "The preview stays as it was; the build is retried automatically."}

// watch begins to watch the site's sources, unless they are watched already.
func (l *live) watch(ctx context.Context) error {
	if l.changed != nil {
		return nil
	}
	var err error
	l.changed, err = watch(ctx, l.root, sources...)
	return err
}

// build builds the site as it stands and shows it, and calls ready then. The error is
// [site.ErrNotBuilt] where the content is at fault, which has been told.
func (l *live) build(ctx context.Context, ready func()) error {
	folder, err := os.MkdirTemp("", "lienhiep-") // nobody else on the machine may read it
	if err != nil {
		return fmt.Errorf("making a folder for the pages: %w", err)
	}
	pages := filepath.Join(folder, "pages")
	next := kept.New(pages)
	if l.kept != nil {
		next = l.kept.Next(pages)
	}
	faults, remember, err := l.render(ctx, pages, next)
	if err == nil {
		err = l.server.Show(pages, faults)
	}
	if errors.Is(err, site.ErrNotBuilt) {
		l.ui.note(diag.Text{VI: "Chưa dựng được trang. Sửa các lỗi trên rồi lưu lại: chương trình sẽ tự thử lại.", EN: "The site could not be built. Fix the errors above and save: the build is retried automatically."})
		l.server.Fail(faults)
	}
	if err != nil {
		_ = os.RemoveAll(folder) // at worst it stays in the system's temporary folder
		return err
	}
	last := l.folder
	l.folder, l.kept = folder, next
	l.ahead.caughtUp()
	ready()
	// Nobody waits for what follows: a change of the site goes before it.
	settled := make(chan struct{})
	go func() {
		defer close(settled)
		_ = remember()         // what is not known is made anew
		_ = os.RemoveAll(last) // as above
	}()
	l.settled = settled
	l.unfinished = func(ctx context.Context) error { return l.findable(ctx, pages, next) }
	return l.finish(ctx)
}

// finish does for the pages that are shown what can wait, unless a change comes first: the
// error is [errOvertaken] then, and what follows, or finish again, does it.
func (l *live) finish(ctx context.Context) error {
	if l.unfinished == nil {
		return nil
	}
	err := overtaken(ctx, l.changed, l.unfinished)
	if !errors.Is(err, errOvertaken) {
		l.unfinished = nil
	}
	return err
}

// findable makes the search index of the pages that are shown, and what a voice says of
// them: the search page asks again until its index is there. Some of it lies beside the
// pages, and is not to be remembered as theirs.
func (l *live) findable(ctx context.Context, pages string, site *kept.Store) error {
	select {
	case <-l.settled:
	case <-ctx.Done():
		return nil
	}
	defer l.ui.step(diag.Text{VI: "Lập chỉ mục tìm kiếm", EN: "Making the search index"})()
	made := newReading(site)
	err := made.rest(ctx, pages)
	if err == nil {
		err = made.searchable(ctx, pages)
	}
	if err != nil && ctx.Err() == nil {
		l.ui.failure(err) // all but search and voice is there
	}
	return nil
}

// mostTries is how often Hugo may fail on one page after another, with each held back,
// before what it fails on is taken for the templates.
const mostTries = 4

// render brings generated/ up to date and lets Hugo build the pages, while no other
// command changes the one or the other. What cannot be built is held back, so that the
// rest is shown. It tells what has been found, and returns it for the pages; remember lets
// before know them.
func (l *live) render(ctx context.Context, pages string, before *kept.Store) (faults []preview.Fault, remember func() error, err error) {
	unlock, err := l.lock(ctx, l.ui)
	if err != nil {
		return nil, nil, err
	}
	defer unlock()
	l.now = time.Now()
	if l.config, err = site.ReadConfig(l.root); err != nil {
		return nil, nil, err
	}
	l.hold, l.left, l.stays = holdback.ForEditors(l.root), nil, false
	defer os.RemoveAll(l.path(content.Copy)) // it is made anew where it is needed
	for try := 1; ; try++ {
		c, findings, err := l.refresh()
		if err != nil {
			return nil, nil, err
		}
		found, remember, err := l.pages(ctx, c, findings, pages, before)
		findings = slices.Concat(findings, withNearest(c, found))
		if errors.Is(err, site.ErrNotBuilt) && !errors.Is(err, site.ErrEnded) {
			more, adding := l.holdBack(site.Fatal(l.root, found))
			if adding != nil {
				return nil, nil, adding
			}
			if more && try < mostTries {
				continue
			}
			l.hold, findings = holdback.ForEditors(l.root), found
		}
		findings = toldOnce(findings)
		l.ui.findings(slices.Concat(l.whyHeld(), findings))
		return l.faults(c, findings), remember, err
	}
}

// pages lets Hugo build the pages. Where all entries can be read, the pages of those that
// were just changed are shown first; once they are, the next change ends the build with
// [errOvertaken].
func (l *live) pages(ctx context.Context, c *catalog.Catalog, findings []diag.Finding, pages string, before *kept.Store) (found []diag.Finding, remember func() error, err error) {
	defer l.ui.step(diag.Text{VI: "Dựng trang", EN: "Building the site"})()
	build := site.Preview
	if l.hold.Any() {
		build = site.PreviewCopy
	}
	whole := func(ctx context.Context) error {
		<-l.settled
		var note func(incremental.Reader) error
		found, note, err = l.renderChanged(c, pages, before, func(string, []byte) error { return ctx.Err() }, func(part *site.Part) ([]diag.Finding, error) {
			return build(ctx, l.root, pages, l.builtFor(), part)
		})
		remember = func() error { return note(func(string, []byte) error { return nil }) }
		return err
	}
	var changed []string
	if !l.hold.Any() {
		changed = l.ahead.changedPages(l.root, c.Entries())
	}
	if len(changed) > 0 && l.showAhead(ctx, c, changed, l.faults(c, findings)) {
		err = overtaken(ctx, l.changed, whole)
	} else {
		err = whole(ctx)
	}
	return found, remember, err
}

// refresh brings generated/ up to date with what can be read, and returns what was found
// in it. Where a plan or a table that everything hangs on cannot be read, the last good
// state stays.
func (l *live) refresh() (*catalog.Catalog, []diag.Finding, error) {
	c, findings, err := l.load()
	if err != nil {
		return nil, nil, err
	}
	stops, err := l.stopping(c, findings)
	if err != nil {
		return nil, nil, err
	}
	more, err := l.holdBack(stops)
	if err != nil {
		return nil, nil, err
	}
	if more {
		return l.refresh()
	}
	if len(l.left) > 0 {
		if err := l.hold.Write(); err != nil {
			return nil, nil, err
		}
	}
	cleaned, err := l.clean(l.ui, c)
	if err != nil {
		return nil, nil, err
	}
	findings = slices.DeleteFunc(append(findings, cleaned...), func(f diag.Finding) bool {
		isLeft := func(left diag.Finding) bool {
			return left.Pos == f.Pos && (left.Code == f.Code || f.Code == "image-missing")
		}
		return l.hold.Holds(f.Pos.File) || slices.ContainsFunc(l.left, isLeft) || l.stays && holdback.IsReference(f)
	})
	findings = append(findings, l.left...)
	current, err := generate.Current(l.generated())
	if err == nil && !(current && l.stays) {
		_, err = generate.Run(l.generated(), l.source(), c, l.config.BaseURL)
	}
	return c, findings, err
}

// isBase reports whether everything hangs on a file in content/: it is of a plan, or a
// table that all entries share.
func isBase(name string) bool {
	return content.KindOf(name) == content.Table || strings.HasPrefix(name, "ke-hoach/") && strings.Count(name, "/") > 1
}

// stopping returns the errors of entries for which pages cannot be built. Files without
// which the rest can be shown are left out, which [live.left] remembers.
func (l *live) stopping(c *catalog.Catalog, findings []diag.Finding) (stops []diag.Finding, err error) {
	read := map[string]bool{}
	for _, e := range c.Entries() {
		read[e.File] = true
	}
	leave := func(file string, f diag.Finding) {
		l.hold.Without(file)
		l.left = append(l.left, f)
	}
	for _, f := range findings {
		file := f.Pos.File
		name, ok := strings.CutPrefix(file, "content/")
		if !ok || f.Severity != diag.Error {
			continue
		}
		known, err := l.hold.Remembers(file)
		if err != nil {
			return nil, err
		}
		picture, _ := f.Arg(1).(string)
		switch kind := content.KindOf(name); {
		case f.Code == "image-broken":
			leave(path.Join(path.Dir(file), picture), f)
		case kind == content.Entry && (!read[file] || f.Code == "unknown-shortcode" || f.Code == "shortcode-form"):
			stops = append(stops, f)
			l.stays = l.stays || !known && isBase(name)
		case kind == content.Picture, kind == content.Unknown:
			leave(file, f)
		case isBase(name) && known:
			stops = append(stops, f)
		case isBase(name):
			l.stays = true
		}
	}
	return stops, nil
}

// holdBack holds back what errors are of, and reports whether that makes a difference.
func (l *live) holdBack(errs []diag.Finding) (more bool, err error) {
	if len(errs) == 0 {
		return false, nil
	}
	if more, err = l.hold.Add(errs); more && err == nil {
		err = l.hold.Write()
	}
	return more, err
}

// whyHeld is what is wrong with what is held back.
func (l *live) whyHeld() []diag.Finding {
	var all []diag.Finding
	for _, h := range l.hold.Held() {
		all = append(all, h.Why)
	}
	return all
}

// toldOnce leaves out what is said of a link before the build where the build says it, and
// what Hugo says of a file in which errors have been found before.
func toldOnce(findings []diag.Finding) []diag.Finding {
	type place struct {
		file string
		line int
	}
	broken, wrong := map[place]bool{}, map[string]bool{}
	for _, f := range findings {
		_, isLink := site.BrokenLink(f)
		at := place{f.Pos.File, f.Pos.Line}
		broken[at] = broken[at] || isLink
		wrong[at.file] = wrong[at.file] || f.Severity == diag.Error && f.Code != "hugo"
	}
	return slices.DeleteFunc(findings, func(f diag.Finding) bool {
		at := place{f.Pos.File, f.Pos.Line}
		return f.Code == "unknown-address" && broken[at] || f.Code == "hugo" && f.Pos.File != "" && wrong[f.Pos.File]
	})
}

// What is shown in the place of an entry that is held back.
var (
	textStandsPublished = diag.Text{VI: "Sửa xong mới xem được; ở đây đang hiện bản đã đăng lần trước.", EN: "Until it is mended, the last published version is shown."}
	textStandsBefore    = diag.Text{VI: "Cho đến khi sửa xong, trang hiện theo lần đọc được gần nhất.", EN: "Until it is mended, pages show what was read last."}
	textStandsNothing   = diag.Text{VI: "Sửa xong mới xem được bài này.", EN: "It is not shown until it is mended."}
)

// faults are what was found as the pages tell it.
func (l *live) faults(c *catalog.Catalog, findings []diag.Finding) []preview.Fault {
	pages := map[string]string{}
	for _, e := range c.Entries() {
		pages[e.File] = e.URL
	}
	tell := func(f diag.Finding, stands diag.Text) preview.Fault {
		one := l.tell(f)
		one.Page, one.Stands = pages[f.Pos.File], stands.In(l.ui.lang)
		return one
	}
	var all []preview.Fault
	for _, h := range l.hold.Held() {
		stands := textStandsNothing
		if h.Published {
			stands = textStandsPublished
		}
		all = append(all, tell(h.Why, stands))
	}
	for _, f := range findings {
		stands := diag.Text{}
		if name, ok := strings.CutPrefix(f.Pos.File, "content/"); ok && f.Severity == diag.Error && isBase(name) {
			stands = textStandsBefore
		}
		if f.Severity <= diag.Warning {
			all = append(all, tell(f, stands))
		}
	}
	return all
}

// tellPlace tells of a finding to whoever writes with a program of their own.
func tellPlace(f diag.Finding, lang diag.Lang) preview.Fault {
	where := diag.Pos{File: f.Pos.File, Line: f.Pos.Line}
	return preview.Fault{Where: where.String(), Message: f.Message(lang), Hint: f.Hint(lang), Details: f.Details}
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
	<-l.settled // it reads the pages
	err = errors.Join(err, l.server.Close())
	_ = os.RemoveAll(l.folder) // as in build
	l.ahead.drop()
	return err
}
