// Package publish deploys a built and checked site: into the public folder (swap.go), to
// a target (deploy.go), back to an earlier release there (rollback.go); and it compares
// the live site with what was built (verify.go).
//
// In: a staging folder with a whole site. Out: the same as the public folder, with a
// manifest of every file that says that it was built and checked, and signed if there is
// a key; then exactly that at a target.
//
// # At a target
//
// A [Target] is an object store, a web server reached over SFTP, rented web space reached
// over FTP with TLS, or a folder. Each is a storage: files by key, every write atomic.
// Beside the site stands a folder of our own that is not served:
//
//	.lienhiep/lock                         held while a command changes something
//	.lienhiep/current                      the release that is served
//	.lienhiep/releases/0007-3fa9c1d2e4f5.txt   manifest of a release: its number, its digest
//	.lienhiep/store/<SHA-256>.html         every content of the releases, once
//	.lienhiep/retired/0006-….txt           what stays in view of a release that is no longer served
//	.lienhiep/in-place.txt                 web space alone: which content stands at which path
//	.lienhiep/sums                         a folder alone: what its files held when they were read last
//
// A deploy first stores the contents that are missing, by their SHA-256: an interrupted
// deploy does not send them again, and readers see nothing of it. When all are there it
// records the release, and only then changes what readers get.
//
// An object store, web space and a folder cannot replace a whole site atomically. Files
// are put in place one by one, in the order of the stages (order.go), so that between any
// two steps no page refers to what is not there. An object store and a folder copy them
// within the target; web space cannot copy, so what is to change is sent once more, aside,
// and renamed (ftps.go). A web server reached over SFTP does better: each release is a
// tree of hard links to the contents, and renaming a symbolic link switches to it
// atomically.
//
// Readers who have a page open ask for its styles and pictures after that: retired.go
// says which of them stay, and for how long. With a key, a deploy signs a record of
// itself (deployed.go), which tells an older site from the newest.
//
// The last five releases are kept, with the contents that they need. Rolling back is a
// deploy whose contents are all there. A release is dropped when it is older than that,
// or at once with [Options].Forget, and its contents with it.
//
// Interrupted at any moment, a command leaves readers a whole site, and the same command,
// given again, resumes; also after a power cut at the target, as far as it can be told to
// flush what it has written (a folder, OpenSSH). The exception is web space that does not
// let a file be renamed over another: there one file may be missing until then. A record
// that cannot be read is set aside. A lock that was left behind expires by the target's
// own clock (lock.go).
package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"lienhiep/internal/diag"
	"lienhiep/internal/host"
)

// workers is the usual number of concurrent transfers.
const workers = 16

// Options say how to deploy or roll back.
type Options struct {
	DryRun    bool
	All       bool           // send every file, also those that the target seems to have
	Forget    bool           // keep no earlier release to go back to
	MaxDelete int            // the most files to remove, in percent of what the target has
	Key       string         // private key that signs the record of the deploy, as [GenerateKey] returns it; "" means no record
	Progress  func(Progress) // may be nil; never called concurrently
}

// Progress is how far a deploy has come within a phase.
type Progress struct {
	Phase       Phase
	Done, Total int
	Bytes       int64 // of the files done
}

// Phase is a part of a deploy.
type Phase int

const (
	Comparing Phase = iota // what the target has with the site
	Sending                // uploading contents that the target lacks
	Showing                // switching readers to the release
	Removing               // deleting what is no longer needed
)

// Report is what a deploy or rollback did or, in a dry run, would do.
type Report struct {
	Target  string   `json:"target"`
	Release string   `json:"release,omitempty"`
	DryRun  bool     `json:"dryRun"`
	New     []string `json:"new"` // paths, sorted, and so below
	Changed []string `json:"changed"`
	Removed []string `json:"removed"`
	Bytes   int64    `json:"bytes"` // of the contents sent
	// Forgotten are the releases that are dropped because [Options].Forget asks for it.
	Forgotten []string `json:"forgotten,omitempty"`
	// Warnings do not keep the deploy from having succeeded.
	Warnings []diag.Finding `json:"-"`
}

// Nothing reports whether the target already serves the site, so that nothing has to
// change.
func (r Report) Nothing() bool { return len(r.New)+len(r.Changed)+len(r.Removed) == 0 && r.Bytes == 0 }

func newReport(target string, dryRun bool) Report {
	return Report{Target: target, DryRun: dryRun, New: []string{}, Changed: []string{}, Removed: []string{}}
}

// Deploy makes the target serve the site in t.Public, exactly as it was built. Errors
// that a person can correct are a [*Fault].
func Deploy(ctx context.Context, t Target, o Options) (Report, error) {
	r, err := deploy(ctx, t, o)
	return r, explain(err)
}

func deploy(ctx context.Context, t Target, o Options) (r Report, err error) {
	r = newReport(t.Name, o.DryRun)
	site, err := openBuilt(t.Public, t.Sums)
	if err != nil {
		return r, err
	}
	defer site.root.Close()
	e, err := openEngine(ctx, t, o.Progress)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, e.close()) }()
	if !o.DryRun {
		var l *lock
		if ctx, l, err = acquire(ctx, e.storage); err != nil {
			return r, err
		}
		e.check = l.check
		defer func() { err = errors.Join(interrupted(ctx, err), l.release(ctx)) }()
	}
	all, err := e.releases(ctx)
	if err != nil {
		return r, err
	}
	g := goal{release: e.next(all, site.manifest, false), manifest: site.manifest, buried: site.manifest.buried(), most: keptReleases, all: o.All}
	if o.Forget {
		g.most = 1
	}
	p, err := e.plan(ctx, g, all)
	if err != nil {
		return r, err
	}
	if err := e.record(ctx, p, o.Key, site.content); err != nil {
		return r, err
	}
	if e.side != nil && p.release.Current && len(p.send)+len(p.remove) > 0 {
		p.drop = append(p.drop, p.release)
		p.release = e.next(all, site.manifest, true) // a tree that is shown is never changed
	}
	r = p.report(t.Name, o.DryRun)
	if o.Forget {
		r.Forgotten = e.forgotten(p)
	}
	if percent := p.percentLost(); percent > o.MaxDelete {
		return r, faultOf(ruleTooManyRemovals.At(diag.Pos{}, p.lost, p.inView, percent, o.MaxDelete))
	}
	if o.DryRun {
		r.Warnings = append(r.Warnings, strange(p.strange)...)
		return r, nil
	}
	if !o.Forget {
		told, err := e.setAside(ctx)
		if err != nil {
			return r, err
		}
		r.Warnings = append(told, r.Warnings...)
	}
	if err := e.send(ctx, p, site.content); err != nil {
		return r, err
	}
	if !r.Nothing() || !p.release.Current {
		record := inMemory(p.release.key(), site.manifest.record())
		if err := e.put(ctx, p.release.key(), record); err != nil {
			return r, err
		}
		if err := e.show(ctx, p, site.content); err != nil {
			return r, err
		}
	}
	if r.Nothing() && p.release.Current && !o.Forget && !p.untidy() {
		return r, nil
	}
	return r, e.tidy(ctx, p)
}

// interrupted gives the reason why the lock's context ended, if that is why the
// work failed.
func interrupted(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); err != nil && errors.Is(cause, errLockLost) {
		return errors.Join(cause, err)
	}
	return err
}

// built is a site on this machine that was built and checked, and has not been
// touched since.
type built struct {
	root     *os.Root
	manifest Manifest
}

// openBuilt opens the site in the folder dir. What its files hold is remembered in the file
// remembered, unless that is "".
func openBuilt(dir, remembered string) (*built, error) {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, faultOf(ruleNotBuilt.At(diag.Pos{}))
	}
	if err != nil {
		return nil, err
	}
	b := &built{root: root}
	if err := b.read(remembered); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return b, nil
}

func (b *built) read(remembered string) error {
	text, err := b.root.ReadFile(ManifestName)
	if err == nil {
		b.manifest, err = ParseManifest(text)
	}
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errManifest) {
		return faultOf(ruleUnchecked.At(diag.Pos{}, ManifestName))
	}
	if err != nil {
		return err
	}
	now, findings, err := b.sum(remembered)
	if err != nil {
		return err
	}
	if findings == nil {
		findings = differences(b.manifest, Manifest{Files: now.Files})
	}
	if findings != nil {
		return faultOf(findings...)
	}
	b.manifest.Files, b.manifest.Unserved = now.Files, now.Unserved // with the sizes that they have
	return nil
}

// sum sums up the files as they are now.
func (b *built) sum(remembered string) (Manifest, []diag.Finding, error) {
	if remembered == "" {
		return sum(b.root, summing{})
	}
	text, err := os.ReadFile(remembered)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, nil, fmt.Errorf("reading what files held before: %w", err)
	}
	before, now := parseSums(text), parseSums(nil)
	note := func(name string, info fs.FileInfo, sum [sha256.Size]byte) {
		now.note(name, info.Size(), info.ModTime(), sum)
	}
	known := func(name string, info fs.FileInfo) (sum [sha256.Size]byte, ok bool) {
		if sum, ok = before.of(name, info.Size(), info.ModTime()); ok {
			note(name, info, sum)
		}
		return sum, ok
	}
	m, findings, err := sum(b.root, summing{known: known, learned: note})
	if err == nil && !maps.Equal(before.known, now.known) {
		err = now.write(remembered)
	}
	return m, findings, err
}

// differences are the files that are not as the manifest has them.
func differences(want, have Manifest) []diag.Finding {
	var findings []diag.Finding
	left := have.paths()
	for _, f := range want.Files {
		if g, there := left[f.Path]; !there || g.Sum != f.Sum {
			findings = append(findings, ruleAltered.At(diag.Pos{File: f.Path}))
		}
		delete(left, f.Path)
	}
	for name := range left {
		findings = append(findings, ruleAltered.At(diag.Pos{File: name}))
	}
	diag.Sort(findings)
	return findings
}

// content opens one of the site's files to be sent.
func (b *built) content(f File) content {
	if f.Path == ManifestName {
		return inMemory(f.Path, b.manifest.Text)
	}
	return content{f, func() (source, error) { return b.root.Open(f.Path) }}
}

// engine brings a target from one release to another.
type engine struct {
	storage
	side     sideBySide          // nil for a target that is served as it stands
	place    inPlace             // nil for one that keeps releases side by side
	moving   byMoving            // nil for one that can copy, or keeps them side by side
	workers  int                 // how many files are on their way at once
	damaged  []damaged           // of the releases, as they were listed last
	records  map[string]Manifest // that were read, by release
	contents map[string]object   // of the store, as they were listed; what is sent is in use
	check    func(context.Context) error
	progress func(Progress)
}

func openEngine(ctx context.Context, t Target, progress func(Progress)) (*engine, error) {
	s, err := t.open(ctx)
	if err != nil {
		return nil, err
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	e := &engine{storage: retried{s}, workers: workers, progress: progress, records: map[string]Manifest{}}
	e.side, _ = s.(sideBySide)
	e.place, _ = s.(inPlace)
	if e.moving, _ = s.(byMoving); e.moving != nil {
		e.workers = e.moving.atOnce()
	}
	return e, nil
}

// goal is what a target is to show, and keep.
type goal struct {
	release  Release
	manifest Manifest
	buried   []string // pages of those who have withdrawn
	most     int      // releases to keep, this one among them; with 1 nothing stays of others
	all      bool     // put every file in place anew
}

// plan is what must be done for that.
type plan struct {
	goal
	send   []File   // contents to be stored
	put    [][]File // files to be put in place, by stage
	beside []File   // what stays of earlier releases
	remove []string
	isNew  map[string]bool
	// lost are those of remove that are not of earlier releases alone, and inView is
	// how many such files readers get now.
	lost, inView int

	kept    []Release // beside the goal's
	drop    []Release // no longer kept
	earlier []retired // releases of which something stays
	over    []retired // releases of which nothing does

	signed   *content // the record of the deploy, if there is to be another
	unsigned bool     // the one that there is goes, for want of a key
	guessed  bool     // the target's record does not tell all that stands in place
	strange  []string // at a target without a release: files that would be replaced or removed
}

// nothing reports whether the target already serves the goal.
func (p *plan) nothing() bool {
	return len(p.send)+len(p.remove)+len(slices.Concat(p.put...)) == 0
}

// plan compares the target with the goal.
func (e *engine) plan(ctx context.Context, g goal, all []Release) (*plan, error) {
	p := &plan{goal: g, put: make([][]File, stageCount), isNew: map[string]bool{}}
	stored, err := e.stored(ctx)
	if err != nil {
		return nil, err
	}
	files, err := e.given(ctx, g.manifest)
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, f := range files {
		key := storeKey(f)
		if o, there := stored[key]; (g.all || !there || o.size != f.Size) && !wanted[key] {
			p.send = append(p.send, f)
		}
		wanted[key] = true
	}
	shown, err := e.shownBy(ctx, all)
	if err != nil {
		return nil, err
	}
	before, err := e.retired(ctx, all)
	if err != nil {
		return nil, err
	}
	now, err := e.now(ctx)
	if err != nil {
		return nil, err
	}
	p.keep(all, before, shown, now)
	for _, f := range leftovers(p.earlier, g.manifest, g.buried) {
		if o, there := stored[storeKey(f)]; there && o.size == f.Size {
			p.beside = append(p.beside, f)
		}
	}
	left := leftovers(before, shown, shown.buried())
	differs, live, err := e.compare(ctx, slices.Concat(files, p.beside), shown, left, stored)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		p.replaced(files, differs, live)
	}
	p.compared(files, differs, live, shown, left)
	p.guessed = e.moving != nil && e.moving.guessing()
	return p, nil
}

// keep decides which releases are kept, and of which others something stays for
// now. shown is what the target shows, before what it has shown before that.
func (p *plan) keep(all []Release, before []retired, shown Manifest, now time.Time) {
	stays := map[string]bool{}
	for _, r := range kept(all, p.release, p.most) {
		stays[r.ID] = true
		if r.ID != p.release.ID {
			p.kept = append(p.kept, r)
		}
	}
	for _, r := range all {
		if !stays[r.ID] {
			p.drop = append(p.drop, r)
		}
		if r.Current {
			before = append(slices.Clip(before), retire(r.ID, shown))
		}
	}
	for _, r := range before {
		switch {
		case r.id == p.release.ID:
			// shown now, or again: not retired
		case p.most == 1 || r.listed && !stays[r.id] && now.Sub(r.since) >= host.PagesKept:
			p.over = append(p.over, r)
		default:
			p.earlier = append(p.earlier, r)
		}
	}
}

// compared takes in what the target shows now: for each of the site's files, and
// then of those that stay beside them, whether it differs; and what is live at all.
// left is what that has of releases before shown.
func (p *plan) compared(files []File, differs []bool, live map[string]bool, shown Manifest, left map[string]File) {
	for name := range live {
		if _, old := left[name]; !old {
			p.inView++
		}
	}
	for i, f := range slices.Concat(files, p.beside) {
		there, ours := live[f.Path], i < len(files)
		if !there && ours {
			p.isNew[f.Path] = true
		}
		if ours && (differs[i] || p.all) || there && differs[i] {
			at := stage(f.Path, !there)
			p.put[at] = append(p.put[at], f)
		}
		delete(live, f.Path)
	}
	delete(live, DeployedName)
	before := shown.paths()
	for name := range live {
		_, ours := before[name]
		_, old := left[name]
		if !ours && !old && hostsOwn(name) {
			continue
		}
		p.remove = append(p.remove, name)
		if !old {
			p.lost++
		}
	}
	slices.Sort(p.remove)
}

// replaced notes what stands at a target that nobody here has published to and would be
// replaced or removed.
func (p *plan) replaced(files []File, differs []bool, live map[string]bool) {
	same := map[string]bool{}
	for i, f := range files {
		same[f.Path] = !differs[i]
	}
	for name := range live {
		if !same[name] && !hostsOwn(name) {
			p.strange = append(p.strange, name)
		}
	}
}

// given are the files of a site that the target is given. One that serves hidden
// files like any other is not given those that would name people who have withdrawn.
func (e *engine) given(ctx context.Context, m Manifest) ([]File, error) {
	files := m.all()
	if e.place == nil {
		return files, nil
	}
	hidden, err := e.place.hides(ctx)
	if err != nil || hidden {
		return files, err
	}
	return slices.DeleteFunc(files, func(f File) bool { return path.Base(f.Path) == host.Tombstone }), nil
}

// shownBy is the manifest of the release that the target shows.
func (e *engine) shownBy(ctx context.Context, all []Release) (Manifest, error) {
	for _, r := range all {
		if r.Current {
			return e.manifest(ctx, r)
		}
	}
	return Manifest{}, nil
}

// compare says for each file whether the target shows something else, and what the
// target shows at all. left is what it has of releases before shown.
func (e *engine) compare(ctx context.Context, files []File, shown Manifest, left map[string]File, stored map[string]object) (differs []bool, live map[string]bool, err error) {
	differs, live = make([]bool, len(files)), map[string]bool{}
	if e.side != nil {
		have := shown.paths()
		maps.Copy(have, left)
		if shown.Text != nil {
			have[ManifestName] = shown.file()
		}
		for name := range have {
			live[name] = true
		}
		for i, f := range files {
			differs[i] = have[f.Path].Sum != f.Sum
		}
		return differs, live, nil
	}
	objects, err := e.list(ctx, "")
	if err != nil {
		return nil, nil, err
	}
	for name := range objects {
		live[name] = true
	}
	err = e.each(ctx, e.counter(Comparing, len(files)), files, func(ctx context.Context, i int, f File) error {
		o, there := objects[f.Path]
		if !there {
			differs[i] = true
			return nil
		}
		same, err := e.place.same(ctx, f.Path, o, stored[storeKey(f)], f)
		differs[i] = !same
		return err
	})
	return differs, live, err
}

// report says what the plan amounts to. The manifest is not counted: it changes
// with the rest.
func (p *plan) report(target string, dryRun bool) Report {
	r := newReport(target, dryRun)
	r.Release, r.Removed = p.release.ID, append(r.Removed, p.remove...)
	for _, files := range p.put {
		for _, f := range files {
			if p.isNew[f.Path] {
				r.New = append(r.New, f.Path)
			} else {
				r.Changed = append(r.Changed, f.Path)
			}
		}
	}
	slices.Sort(r.New)
	slices.Sort(r.Changed)
	for _, f := range p.send {
		r.Bytes += f.Size
	}
	if p.unsigned {
		r.Warnings = append(r.Warnings, ruleUnrecorded.At(diag.Pos{}, SigningKeyVariable))
	}
	return r
}

// forgotten are the releases that the plan drops, and what is left of damaged ones.
func (e *engine) forgotten(p *plan) []string {
	var ids []string
	for _, r := range p.drop {
		ids = append(ids, r.ID)
	}
	for _, r := range e.damaged {
		ids = append(ids, r.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// percentLost is how much of what readers get goes. What earlier releases have left
// behind does not count.
func (p *plan) percentLost() int {
	if p.inView == 0 {
		return 0
	}
	return (100*p.lost + p.inView - 1) / p.inView // 25.1 is more than 25
}

// send stores the contents that the target lacks. Readers see nothing of it.
func (e *engine) send(ctx context.Context, p *plan, open func(File) content) error {
	return e.each(ctx, e.counter(Sending, len(p.send)), p.send, func(ctx context.Context, _ int, f File) error {
		return e.put(ctx, storeKey(f), p.content(f, open))
	})
}

// content opens a file of the site, or the record of this deploy.
func (p *plan) content(f File, open func(File) content) content {
	if f.Path == DeployedName {
		return *p.signed
	}
	return open(f)
}

// prepare sends aside what is to be put in place, and records what stays there. Files
// of earlier releases are not at hand; they take the longer way.
func (e *engine) prepare(ctx context.Context, p *plan, open func(File) content) error {
	var ours, stay []File
	changes := map[string]bool{}
	for _, f := range slices.Concat(p.put...) {
		changes[f.Path] = true
	}
	for _, f := range p.manifest.all() {
		if changes[f.Path] {
			ours = append(ours, f)
		} else {
			stay = append(stay, f)
		}
	}
	for _, f := range p.beside {
		if !changes[f.Path] {
			stay = append(stay, f)
		}
	}
	if p.signed != nil {
		ours = append(ours, p.signed.File)
	}
	if err := e.each(ctx, e.counter(Sending, len(ours)), ours, func(ctx context.Context, _ int, f File) error {
		return retry(ctx, f.Size, func(ctx context.Context) error { return e.moving.prepare(ctx, p.content(f, open)) })
	}); err != nil {
		return err
	}
	return e.note(ctx, stay)
}

// note records which files stand in place.
func (e *engine) note(ctx context.Context, files []File) error {
	return retry(ctx, 0, func(ctx context.Context) error { return e.moving.note(ctx, files) })
}

// show makes readers see the plan's release.
func (e *engine) show(ctx context.Context, p *plan, open func(File) content) error {
	if err := e.check(ctx); err != nil {
		return err
	}
	if err := e.remove(ctx, retired{id: p.release.ID}.key()); err != nil {
		return err
	}
	if e.side != nil {
		files := slices.Concat(p.manifest.all(), p.beside)
		if p.signed != nil {
			files = append(files, p.signed.File)
		}
		if err := e.side.build(ctx, p.release.ID, files, e.counter(Showing, len(files))); err != nil {
			return err
		}
		if err := e.check(ctx); err != nil {
			return err
		}
		return e.side.show(ctx, p.release.ID)
	}
	if e.moving != nil {
		if err := e.prepare(ctx, p, open); err != nil {
			return err
		}
	}
	if err := e.put(ctx, keyCurrent, inMemory(keyCurrent, []byte(p.release.ID+"\n"))); err != nil {
		return err
	}
	done := e.counter(Showing, len(slices.Concat(p.put...)))
	for _, files := range p.put {
		if err := e.check(ctx); err != nil {
			return err
		}
		if err := e.each(ctx, done, files, func(ctx context.Context, _ int, f File) error {
			return e.copy(ctx, f.Path, storeKey(f), f)
		}); err != nil {
			return err
		}
	}
	for _, stage := range []int{stageRemovedPages, stageRemovedAssets} {
		if err := e.check(ctx); err != nil {
			return err
		}
		if err := e.removeAll(ctx, slices.DeleteFunc(slices.Clone(p.remove), func(name string) bool { return stageOfRemoval(name) != stage })); err != nil {
			return err
		}
	}
	return nil
}

func (e *engine) removeAll(ctx context.Context, keys []string) error {
	files := make([]File, len(keys))
	for i, key := range keys {
		files[i].Path = key
	}
	return e.each(ctx, e.counter(Removing, len(files)), files, func(ctx context.Context, _ int, f File) error { return e.remove(ctx, f.Path) })
}

// each does f for all files, several at once, and calls done for each.
func (e *engine) each(ctx context.Context, done func(File), files []File, f func(context.Context, int, File) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(e.workers)
	for i, file := range files {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := f(ctx, i, file); err != nil {
				return fmt.Errorf("%s: %w", strings.TrimPrefix(file.Path, home), err)
			}
			done(file)
			return nil
		})
	}
	return g.Wait()
}

// counter returns a function to call after each file.
func (e *engine) counter(phase Phase, total int) func(File) {
	var mu sync.Mutex
	p := Progress{Phase: phase, Total: total}
	return func(f File) {
		mu.Lock()
		defer mu.Unlock()
		p.Done++
		p.Bytes += f.Size
		e.progress(p)
	}
}
