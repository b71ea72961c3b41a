package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"

	"lienhiep/internal/catalog"
	"lienhiep/internal/check"
	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
	"lienhiep/internal/form"
	"lienhiep/internal/generate"
	"lienhiep/internal/history"
	"lienhiep/internal/holdback"
	"lienhiep/internal/host"
	"lienhiep/internal/incremental"
	"lienhiep/internal/kept"
	"lienhiep/internal/proof"
	"lienhiep/internal/publish"
	"lienhiep/internal/site"
)

// project is a site's folder with its configuration.
type project struct {
	root    string
	config  site.Config
	now     time.Time
	preview bool   // shows drafts, and what is still to appear
	shownAt string // the address of a preview; "" where the site's own counts
	suggest bool   // also says what could be written otherwise
	hold    *holdback.Hold
	recent  *recent         // the content as it was read last; nil where it is read anew
	memory  *catalog.Memory // of entries that have been read; nil where they are once
	aside   string          // in place of asideFolder, for who writes while another command has the lock
}

// location is where a site's folder is and where the site will stand, as the command
// line has them.
type location struct{ dir, baseURL string }

func (l *location) folder(o *options) {
	l.dir = "."
	o.text("dir", &l.dir, diag.Text{VI: "thư mục của trang (mặc định: thư mục hiện tại)", EN: "the site's folder (default: the current one)"})
}

func (l *location) address(o *options) {
	o.text("base-url", &l.baseURL, diag.Text{VI: "địa chỉ đầy đủ của trang trên mạng, thay cho baseURL trong config.toml", EN: "the site's address once it is online, instead of baseURL in config.toml"})
}

// open reads the configuration of the site's folder.
func (l location) open() (*project, error) {
	config, err := site.ReadConfig(l.dir)
	if err != nil {
		return nil, err
	}
	if l.baseURL != "" {
		config.BaseURL = l.baseURL
	}
	p := &project{root: filepath.Clean(l.dir), config: config, now: time.Now()}
	p.hold = holdback.New(p.root)
	if err := os.MkdirAll(p.path("generated"), 0o777); err != nil {
		return nil, fmt.Errorf("making generated/: %w", err)
	}
	return p, nil
}

// lock opens the site's folder for a command that writes there.
func (l location) lock(ctx context.Context, ui *UI) (p *project, unlock func(), err error) {
	if p, err = l.open(); err != nil {
		return nil, nil, err
	}
	unlock, err = p.lock(ctx, ui)
	return p, unlock, err
}

// lock waits until no other command works in the folder, or ctx ends, and mends
// what a power cut may have left. The caller calls unlock when done.
func (p *project) lock(ctx context.Context, ui *UI) (unlock func(), err error) {
	type result struct {
		unlock func()
		err    error
	}
	locked := make(chan result, 1)
	go func() {
		unlock, err := lockedfile.MutexAt(p.path("generated", "lock")).Lock()
		locked <- result{unlock, err}
	}()
	var r result
	select {
	case r = <-locked:
	case <-time.After(time.Second):
		ui.note(diag.Text{VI: "Đang chờ một lệnh lienhiep khác trong thư mục này chạy xong …", EN: "Waiting for another lienhiep command in this folder to end …"})
		select {
		case r = <-locked:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if r.err != nil {
		return nil, fmt.Errorf("locking the folder: %w", r.err)
	}
	if err := errors.Join(publish.Recover(p.path("public"), p.path("generated", "replaced")), os.RemoveAll(p.path(asideFolder))); err != nil {
		r.unlock()
		return nil, err
	}
	return r.unlock, nil
}

// asideFolder is where files are written before they take their places; what a power
// cut leaves there goes when the folder is locked next.
const asideFolder = "generated/aside"

// write puts data in place of a file of the site, or makes it; no other file stands
// beside it meanwhile. The folder is locked.
func (p *project) write(name string, data []byte) error {
	return p.files(func(f disk.Folder) error { return f.Replace(name, data) })
}

// change writes files as [project.write] does, and keeps, of those in content/, what they
// held before.
func (p *project) change(why history.Why, edits ...edited) error {
	_, err := p.changed(history.Act{Why: why}, edits...)
	return err
}

// changed does the same for an act of this user at this moment, and returns what it has
// changed in content/.
func (p *project) changed(act history.Act, edits ...edited) ([]history.Change, error) {
	changes, err := p.keep(act, edits)
	if err != nil {
		return nil, err
	}
	for _, e := range edits {
		if err := p.write(e.file, e.text); err != nil {
			return nil, fmt.Errorf("writing %s: %w", e.file, err)
		}
	}
	return changes, nil
}

// keep keeps the versions of files that are about to be written.
func (p *project) keep(act history.Act, edits []edited) ([]history.Change, error) {
	var changes []history.Change
	for _, e := range edits {
		if !strings.HasPrefix(e.file, "content/") {
			continue // the office's own records
		}
		before, err := os.ReadFile(p.path(filepath.FromSlash(e.file)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("reading %s: %w", e.file, err)
		}
		changes = append(changes, history.Change{File: e.file, Before: before, After: e.text})
	}
	if len(changes) == 0 {
		return nil, nil
	}
	h, err := history.Open(p.root)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	act.Who, act.Time = history.Me(), p.now
	err = h.Keep(act, changes...)
	if err == nil {
		err = h.Tidy(p.now)
	}
	return changes, err
}

// edited is a file with what it is to hold.
type edited struct {
	file string // "content/tin-tuc/gap-mat/index.md"
	text []byte
}

// files gives access to the site's folder, for writing.
func (p *project) files(do func(disk.Folder) error) error {
	root, err := os.OpenRoot(p.root)
	if err != nil {
		return err
	}
	defer root.Close()
	return do(disk.Folder{Root: root, Aside: cmp.Or(p.aside, asideFolder)})
}

// source is the site's folder, with content/ as it is to be built.
func (p *project) source() fs.FS {
	if p.hold.Any() {
		return p.hold.Files()
	}
	return disk.Dir(p.root)
}

// builtFor is the address that pages are built for.
func (p *project) builtFor() string { return cmp.Or(p.shownAt, p.config.BaseURL) }

func (p *project) path(parts ...string) string {
	return filepath.Join(append([]string{p.root}, parts...)...)
}

func (p *project) generated() afero.Fs {
	return afero.NewBasePathFs(afero.NewOsFs(), p.path("generated"))
}

// load reads and validates the content.
func (p *project) load() (*catalog.Catalog, []diag.Finding, error) {
	if p.recent == nil || p.hold.Any() || p.suggest {
		return p.loadFrom(p.source())
	}
	return p.recent.load(p.root, p.now.In(p.config.Zone), func(memory *catalog.Memory) (*catalog.Catalog, []diag.Finding, error) {
		with := *p
		with.memory = memory
		return with.loadFrom(with.source())
	})
}

// loadFrom does that with what a file system holds.
func (p *project) loadFrom(source fs.FS) (*catalog.Catalog, []diag.Finding, error) {
	c, findings, err := catalog.Load(source, catalog.Options{Now: p.now, Zone: p.config.Zone, Preview: p.preview, Permalinks: p.config.Permalinks, SectionLinks: p.config.SectionLinks, BaseURL: p.config.BaseURL, Memory: p.memory, Digest: incremental.Digest(p.builtFor())})
	if err == nil && p.suggest {
		findings = append(findings, proof.Check(source, c)...)
		diag.Sort(findings)
	}
	if !p.suggest {
		findings = slices.DeleteFunc(findings, func(f diag.Finding) bool { return f.Severity == diag.Suggestion })
	}
	return c, findings, err
}

// withNearest adds the address that was probably meant to what Hugo says of links.
func withNearest(c *catalog.Catalog, findings []diag.Finding) []diag.Finding {
	for i, f := range findings {
		if link, ok := site.BrokenLink(f); ok {
			findings[i] = f.Suggest(c.NearestAddress(link))
		}
	}
	return findings
}

// generate loads the content and brings generated/ up to date. With errors in
// the content nothing is written.
func (p *project) generate(ui *UI) (*catalog.Catalog, generate.Changes, []diag.Finding, error) {
	done := ui.step(diag.Text{VI: "Đọc và kiểm tra nội dung", EN: "Reading and checking the content"})
	c, findings, err := p.load()
	done()
	if err != nil || diag.HasErrors(findings) {
		return c, generate.Changes{}, findings, err
	}
	found, err := p.clean(ui, c)
	findings = append(findings, found...)
	if err != nil || diag.HasErrors(findings) {
		return c, generate.Changes{}, findings, err
	}
	changes, err := generate.Run(p.generated(), p.source(), c, p.config.BaseURL)
	return c, changes, findings, err
}

// clean makes the pictures that entries show, and the files that they offer, fit to be
// published.
func (p *project) clean(ui *UI, c *catalog.Catalog) ([]diag.Finding, error) {
	defer ui.step(diag.Text{VI: "Làm sạch ảnh và tệp đính kèm", EN: "Cleaning pictures and files"})()
	findings, err := generate.Pictures(p.source(), p.generated(), c)
	if err != nil {
		return findings, err
	}
	return findings, generate.Attachments(p.source(), p.generated(), c)
}

// check measures a built site against the content that it was built from. before, which
// may be nil, knows of the last check.
func (p *project) check(ui *UI, c *catalog.Catalog, dir string, before *kept.Store) (check.Report, error) {
	defer ui.step(diag.Text{VI: "Kiểm tra trang đã dựng", EN: "Checking the built site"})()
	o := check.Options{BaseURL: p.config.BaseURL, Langs: langs, Prepared: dir == p.path("public")}
	if before != nil {
		o.Known, _ = before.Value(checkKey())
		o.Sum = func(name string) ([sha256.Size]byte, error) {
			f, err := before.File(name)
			return f.Sum, err
		}
	}
	var err error
	if o.Laid, err = p.laid(); err != nil {
		return check.Report{}, err
	}
	for _, one := range c.Plans {
		if !one.Published() {
			continue
		}
		for _, w := range one.Wordings {
			o.Plans = append(o.Plans, check.Plan{URL: w.URL, Text: w.Document.Content(), Forms: checkForms(one, w)})
		}
	}
	for _, h := range c.Hidden() {
		o.Hidden = append(o.Hidden, check.Hidden{File: h.File, URLs: h.Addresses, Names: h.Names, Down: h.Down, Gone: h.File == ""})
	}
	o.Entries, o.SiteMaps = map[string]string{}, []string{catalog.SiteMapURL}
	for _, e := range c.Entries() {
		if e.Published() && e.URL != "/" {
			o.Entries[e.URL] = e.File
		}
	}
	report, err := check.Run(disk.Dir(dir), o)
	for i, f := range report.Findings {
		if slices.Contains(o.Laid, f.Pos.File) {
			report.Findings[i].Pos.File = staticFolder + "/" + f.Pos.File // where it can be mended
		}
	}
	report.Findings = p.atSource(c, dir, report.Findings)
	return report, err
}

// keepKnown begins to keep what a check leaves to the next, and returns what waits until it
// is kept.
func keepKnown(site *kept.Store, report check.Report) (wait func() error) {
	var keeping errgroup.Group
	keeping.Go(func() error {
		known, err := report.Known()
		if err != nil {
			return fmt.Errorf("keeping what was checked: %w", err)
		}
		site.Keep(checkKey(), known)
		return nil
	})
	return keeping.Wait
}

// checkKey is the key of what a check leaves to the next.
func checkKey() kept.Key { return kept.KeyByProgram("check", nil) }

// staticFolder holds what is put into the site as it is.
const staticFolder = "static"

// laid are the files of that folder.
func (p *project) laid() ([]string, error) {
	var all []string
	err := fs.WalkDir(os.DirFS(p.root), staticFolder, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && !d.IsDir() {
			all = append(all, strings.TrimPrefix(name, staticFolder+"/"))
		}
		return err
	})
	return all, err
}

// checkForms are the files that must carry a wording beside its page.
func checkForms(p *catalog.Plan, w *catalog.Wording) []check.Form {
	var all []check.Form
	for _, f := range form.Forms {
		all = append(all, check.Form{URL: catalog.FormURL(p, w, f.Ext), Words: f.Words})
	}
	return all
}

var ruleContactExpired = diag.NewRule("contact-expired", diag.Warning,
	diag.Text{VI: "Địa chỉ báo lỗ hổng bảo mật đã hết hạn ngày %[1]s nên security.txt không được đăng.", EN: "The security contact expired on %[1]s; security.txt is not published."},
	diag.Text{VI: "Kiểm tra địa chỉ, rồi ghi ngày mới vào expires ở mục [params.security].", EN: "Check that the contact is still right, and give a new date as expires in [params.security]."})

// langs are the site's languages: the first stands at /, each other at /<lang>/.
var langs = []string{"vi", "en"}

// hosted is what web servers must be told of the site.
func (p *project) hosted(c *catalog.Catalog) host.Site {
	s := host.Site{BaseURL: p.config.BaseURL, Langs: langs, Gone: c.Gone()}
	if p.now.Before(p.config.Expires) {
		s.Contact, s.Expires = p.config.Contact, p.config.Expires
	}
	for _, r := range c.Redirects() {
		s.Redirects = append(s.Redirects, host.Redirect(r))
	}
	return s
}

// equip gives the built and checked site in a folder what web servers need.
func (p *project) equip(ui *UI, c *catalog.Catalog, dir string, before *kept.Store) error {
	defer ui.step(diag.Text{VI: "Nén và viết cấu hình cho máy chủ", EN: "Compressing, and writing for the hosts"})()
	return host.Prepare(dir, p.hosted(c), before)
}

// keptFile holds the sums of what need not be made again.
const keptFile = "kept"

// build goes the whole way: content, generated/, Hugo, index and cards, check, what
// hosts need, public/. Whatever stops it leaves public/ as it was.
func (p *project) build(ctx context.Context, ui *UI) (report check.Report, findings []diag.Finding, err error) {
	var none check.Report
	c, _, findings, err := p.generate(ui)
	if err != nil || diag.HasErrors(findings) {
		return none, findings, err
	}
	staging := p.path("generated", "staging")
	before, err := kept.Open(p.path("generated", keptFile), p.path("public"), staging)
	if err != nil {
		return none, findings, err
	}
	cleared := p.clear()
	defer func() { err = errors.Join(err, cleared()) }()
	noted := p.note()
	defer func() { // nothing of it goes on behind the lock, or stays where nothing was published
		if c, failed := noted(); failed == nil {
			err = errors.Join(err, c.Forget())
		}
	}()
	pages := newReading(before)
	found, err := p.render(ctx, ui, c, staging, before, pages)
	findings = slices.Concat(findings, withNearest(c, found))
	if err != nil || diag.HasErrors(findings) {
		return none, findings, err
	}
	if err := os.RemoveAll(p.path("generated", "cards")); err != nil { // where earlier versions kept drawings, also of who has gone
		return none, findings, err
	}
	if err := pages.furnish(ctx, ui, staging); err != nil {
		return none, findings, err
	}
	disk.SyncAhead(staging) // there is time: the check reads
	report, err = p.check(ui, c, staging, before)
	findings = slices.Concat(findings, report.Findings)
	if err != nil || diag.HasErrors(findings) || ctx.Err() != nil {
		return report, findings, errors.Join(err, ctx.Err())
	}
	keeping := keepKnown(before, report)
	if err := p.equip(ui, c, staging, before); err != nil || ctx.Err() != nil {
		return report, findings, errors.Join(err, ctx.Err())
	}
	if p.config.Contact != "" && !p.now.Before(p.config.Expires) {
		findings = append(findings, ruleContactExpired.At(diag.Pos{File: "config.toml"}, p.config.Expires.Format(time.DateOnly)))
	}
	found, err = publish.WriteManifest(staging, os.Getenv(publish.SigningKeyVariable), sumsOf(before))
	findings = slices.Concat(findings, found)
	if err != nil || diag.HasErrors(findings) {
		return report, findings, err
	}
	old, err := publish.Swap(staging, p.path("public"), p.path("generated", "replaced"))
	if err != nil {
		return report, findings, err
	}
	return report, findings, errors.Join(p.leave(old, before, cleared, noted), keeping(), before.Save())
}

// leftFolder is where names of the old site lie until the next build.
const leftFolder = "generated/left"

// clear begins to remove what the last build has left, and returns what waits until it is
// gone.
func (p *project) clear() (cleared func() error) {
	gone := make(chan error, 1)
	go func() { gone <- os.RemoveAll(p.path(leftFolder)) }()
	return sync.OnceValue(func() error {
		if err := <-gone; err != nil {
			return fmt.Errorf("removing what the last build has left: %w", err)
		}
		return nil
	})
}

// note begins to note the content that is built, and returns what waits until it is noted.
func (p *project) note() (noted func() (*holdback.Content, error)) {
	var noting errgroup.Group
	var c *holdback.Content
	noting.Go(func() (err error) {
		c, err = p.hold.Note()
		return err
	})
	return func() (*holdback.Content, error) { err := noting.Wait(); return c, err }
}

// leave takes the old site out of the way, where its place is cleared, while what was
// published is remembered.
func (p *project) leave(old string, site *kept.Store, cleared func() error, noted func() (*holdback.Content, error)) error {
	var leaving errgroup.Group
	leaving.Go(func() error {
		_ = cleared() // who has begun it tells; without the place nothing stays
		return publish.Leave(old, p.path(leftFolder), site.Shares)
	})
	c, err := noted()
	if err == nil {
		err = c.Remember()
	}
	return errors.Join(err, leaving.Wait())
}

// sumsOf are the sums of the files of a site that have been read or written already.
func sumsOf(site *kept.Store) publish.Known {
	return func(name string, info fs.FileInfo) ([sha256.Size]byte, bool) { return site.Known(name, info) }
}

// buildHolding builds what can be built, and holds back the entries that have errors. The
// findings name each, and what is wrong with it, as warnings. What readers see and is to
// appear later stays as it is until then.
func (p *project) buildHolding(ctx context.Context, ui *UI) (check.Report, []diag.Finding, error) {
	c, findings, err := p.load()
	if err == nil {
		err = p.holdScheduled(c, findings)
	}
	if err == nil && p.hold.Any() {
		err = p.hold.Write()
	}
	if err != nil {
		return check.Report{}, nil, err
	}
	for {
		report, findings, err := p.build(ctx, ui)
		if err != nil || !diag.HasErrors(findings) {
			return report, p.hold.Findings(findings), err
		}
		more, err := p.hold.Add(findings)
		if err != nil || !more {
			return report, findings, err
		}
		if err := p.hold.Write(); err != nil {
			return report, findings, err
		}
	}
}

var ruleStays = diag.NewRule("stays-until", diag.Notice,
	diag.Text{VI: "Hẹn lên trang lúc %[1]s; đến lúc ấy trên trang vẫn là bản đăng lần trước.", EN: "Scheduled for %[1]s; until then the site keeps the last published version."},
	diag.Text{VI: "Không muốn ai đọc bản ấy nữa thì gỡ bài khỏi trang: lienhiep takedown.", EN: "If that version is not to be read any more, take the entry down: lienhiep takedown."})

// holdScheduled leaves as they are the entries that readers see and that are to appear later.
// Those with errors are held back for these.
func (p *project) holdScheduled(c *catalog.Catalog, findings []diag.Finding) error {
	waiting := map[string]*catalog.Entry{}
	for _, e := range c.Entries() {
		if c.State(e) == catalog.Waiting {
			waiting[e.File] = e
		}
	}
	for _, f := range findings {
		if f.Severity == diag.Error {
			delete(waiting, f.Pos.File)
		}
	}
	stays, err := p.asPublished(slices.Sorted(maps.Keys(waiting)))
	for _, file := range stays {
		at := waiting[file].Appears().In(p.config.Zone).Format("15:04, 02/01/2006")
		err = errors.Join(err, p.hold.Stay(file, ruleStays.At(diag.Pos{File: file}, at)))
	}
	return err
}

// asPublished returns those of the files whose pages readers see as they were last published.
func (p *project) asPublished(files []string) ([]string, error) {
	files = slices.DeleteFunc(files, func(file string) bool {
		_, err := os.Stat(p.path(holdback.Memory, filepath.FromSlash(file)))
		return err != nil
	})
	if len(files) == 0 {
		return nil, nil
	}
	c, _, err := p.loadFrom(holdback.Published(p.root))
	if err != nil {
		return nil, err
	}
	shown := map[string]bool{}
	for _, e := range c.Entries() {
		shown[e.File] = e.Published()
	}
	return slices.DeleteFunc(files, func(file string) bool { return !shown[file] }), nil
}

// built reports whether the site has been built.
func (p *project) built() bool {
	_, err := os.Stat(p.path("public"))
	return !errors.Is(err, fs.ErrNotExist)
}
