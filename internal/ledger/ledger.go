// Package ledger remembers what was published where, when and by whom, in entries and words
// rather than in files, so that people can be told what publishing would change before they
// publish: "2 entries changed, 1 new", with the words of each.
//
// In: the pages of the built site and the content that they were built from ([Take]). Out: the
// changes since the last deploy to a target ([Ledger.Changes]). A deploy is recorded
// ([Ledger.Record]) in .lienhiep/ledger/, a small file for each, named by its time; the texts
// of the last few releases of each target, to which it can go back, lie beside them, by
// SHA-256, and are written first, so that a power failure costs a comparison at most.
package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/compare"
	"lienhiep/internal/disk"
)

const (
	home    = ".lienhiep/ledger"
	targets = home + "/targets"
	texts   = home + "/texts"
	aside   = home + "/aside"
)

// most is how many deploys to a target are remembered, and mostTexts of how many releases
// there the texts are: of those that it keeps, and of the one before.
const (
	most      = 50
	mostTexts = 6
)

// Page is an entry that readers see.
type Page struct {
	File  string `json:"file"` // "content/tin-tuc/gap-mat/index.md"
	URL   string `json:"url"`
	Title string `json:"title"`
	Sum   string `json:"sum"` // SHA-256 of the file, in hex
	// Files are the SHA-256 of what lies beside the page in its folder: pictures,
	// files for download.
	Files map[string]string `json:"files,omitempty"`
	// Forgotten is of a page that named somebody who has withdrawn: neither its title nor its
	// text is remembered, and of a page of their own neither file nor address.
	Forgotten bool `json:"forgotten,omitempty"`
}

// Site is what readers see, with the words of it.
type Site struct {
	Pages []Page
	Texts map[string][]byte // by SHA-256
}

// Deploy is one that succeeded.
type Deploy struct {
	Time    time.Time `json:"time"`
	Who     string    `json:"who"`
	Release string    `json:"release"`
	Back    bool      `json:"back,omitempty"` // a return to an earlier release
	Pages   []Page    `json:"pages"`
}

// Known reports whether it is known what readers see since: a return may be to a release that
// was deployed elsewhere, or too long ago.
func (d Deploy) Known() bool { return !d.Time.IsZero() && (!d.Back || d.Pages != nil) }

// Kind is what publishing does to an entry.
type Kind string

// In the order in which they are told.
const (
	Changed Kind = "changed"
	New     Kind = "new"
	Gone    Kind = "gone"
)

// Change is what publishing does to one entry.
type Change struct {
	Kind  Kind            `json:"kind"`
	Title string          `json:"title"` // as it will be, or was
	URL   string          `json:"url"`
	Was   string          `json:"was,omitempty"` // the address until now, if it is another
	File  string          `json:"file"`
	Words []compare.Piece `json:"words,omitempty"` // of the file, old and new; nil if the words are the same, or the old ones are not known
	Files []string        `json:"files,omitempty"` // beside the page: those that are new, changed or gone

	Before, After []byte `json:"-"` // the file, where there are words
}

// Take reads the pages that readers will see, each given by file, address and title.
func Take(content fs.FS, pages []Page) (Site, error) {
	s := Site{Texts: map[string][]byte{}}
	for _, p := range pages {
		text, err := fs.ReadFile(content, p.File)
		if err != nil {
			return s, fmt.Errorf("reading what is published: %w", err)
		}
		p.Sum = sumOf(text)
		s.Texts[p.Sum] = text
		if base := path.Base(p.File); strings.HasPrefix(base, "index.") {
			if p.Files, err = beside(content, path.Dir(p.File)); err != nil {
				return s, fmt.Errorf("reading what is published: %w", err)
			}
		}
		s.Pages = append(s.Pages, p)
	}
	return s, nil
}

// beside are the files of a page's folder that are no pages.
func beside(content fs.FS, folder string) (map[string]string, error) {
	files := map[string]string{}
	return files, fs.WalkDir(content, folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || path.Ext(name) == ".md" {
			return err
		}
		data, err := fs.ReadFile(content, name)
		files[strings.TrimPrefix(name, folder+"/")] = sumOf(data)
		return err
	})
}

// Ledger is that of a site.
type Ledger struct{ root *os.Root }

// Open opens the ledger of a site's folder. Nothing is made before something is recorded.
func Open(dir string) (*Ledger, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Ledger{root}, nil
}

// Close ends its use.
func (l *Ledger) Close() error { return l.root.Close() }

// Deploys are those to a target, the newest first. One that cannot be read is passed over.
func (l *Ledger) Deploys(target string) ([]Deploy, error) { return l.Recent(target, most) }

// Last is the newest deploy to a target, zero if none is known.
func (l *Ledger) Last(target string) (Deploy, error) {
	all, err := l.Recent(target, 1)
	if len(all) == 0 {
		return Deploy{}, err
	}
	return all[0], err
}

// Recent are the newest deploys to a target, n at most: each names all pages of the site.
func (l *Ledger) Recent(target string, n int) ([]Deploy, error) {
	names, err := l.names(target)
	var all []Deploy
	for _, name := range slices.Backward(names) {
		if len(all) == n {
			break
		}
		if d, ok := l.read(name); ok {
			all = append(all, d)
		}
	}
	return all, err
}

// Changes are what publishing a site to a target would do since the last deploy there, which
// is zero if none is known: then everything is new.
func (l *Ledger) Changes(target string, now Site) (all []Change, last Deploy, err error) {
	if last, err = l.Last(target); err != nil {
		return nil, last, err
	}
	return between(last.Pages, now.Pages, func(was, is Page) (before, after []byte) {
		return l.text(was), now.Texts[is.Sum]
	}), last, nil
}

// Between are the changes of a deploy since an earlier one, with the words where they are
// kept of both.
func (l *Ledger) Between(before, now Deploy) []Change {
	return between(before.Pages, now.Pages, func(was, is Page) ([]byte, []byte) {
		a, b := l.text(was), l.text(is)
		if b == nil {
			return nil, nil
		}
		return a, b
	})
}

// text is that of a page, nil if it is not kept.
func (l *Ledger) text(p Page) []byte {
	data, err := l.root.ReadFile(path.Join(texts, p.Sum))
	if err != nil || sumOf(data) != p.Sum {
		return nil
	}
	return data
}

// Newest is the last deploy, at whatever target; zero if there is none.
func (l *Ledger) Newest() (newest Deploy, err error) {
	last := map[string]Deploy{} // of each target
	err = l.each(func(name string, d Deploy) error { last[path.Dir(name)] = d; return nil })
	for _, d := range last {
		if d.Time.After(newest.Time) {
			newest = d
		}
	}
	return newest, err
}

// Shown is the text of an entry's file as readers of the last deploy see it, nil where they do
// not. It is not known where nothing was deployed, or what was is not kept.
func (l *Ledger) Shown(file string) (text []byte, known bool, err error) {
	last, err := l.Newest()
	if err != nil || len(last.Pages) == 0 {
		return nil, false, err
	}
	at := slices.IndexFunc(last.Pages, func(p Page) bool { return p.File == file })
	if at < 0 {
		return nil, true, nil
	}
	text = l.text(last.Pages[at])
	return text, text != nil, nil
}

// Since are the changes of a deploy since an earlier one, without their words.
func (d Deploy) Since(before Deploy) []Change {
	return between(before.Pages, d.Pages, func(_, _ Page) (before, after []byte) { return nil, nil })
}

// between compares what readers see at two times.
func between(before, now []Page, texts func(was, is Page) (before, after []byte)) (all []Change) {
	was := map[string]Page{}
	nameless := 0 // pages of people who have withdrawn: which is which is not known any more
	for _, p := range before {
		if p.File == "" {
			nameless++
			continue
		}
		was[p.File] = p
	}
	for _, p := range now {
		if p.File == "" {
			nameless--
			continue
		}
		old, there := was[p.File]
		delete(was, p.File)
		c := Change{Kind: New, Title: p.Title, URL: p.URL, File: p.File}
		if there {
			if c, there = change(old, p, texts); !there {
				continue
			}
		}
		all = append(all, c)
	}
	for range nameless {
		all = append(all, Change{Kind: Gone})
	}
	for range -nameless {
		all = append(all, Change{Kind: New})
	}
	for _, file := range slices.Sorted(maps.Keys(was)) {
		p := was[file]
		all = append(all, Change{Kind: Gone, Title: p.Title, URL: p.URL, File: p.File})
	}
	order := []Kind{Changed, New, Gone}
	slices.SortStableFunc(all, func(a, b Change) int { return slices.Index(order, a.Kind) - slices.Index(order, b.Kind) })
	return all
}

// change compares two states of a page, and reports whether they differ.
func change(old, now Page, texts func(was, is Page) (before, after []byte)) (Change, bool) {
	c := Change{Kind: Changed, Title: now.Title, URL: now.URL, File: now.File}
	if old.URL != now.URL {
		c.Was = old.URL
	}
	for _, name := range slices.Sorted(maps.Keys(union(old.Files, now.Files))) {
		if old.Files[name] != now.Files[name] {
			c.Files = append(c.Files, name)
		}
	}
	if old.Sum != now.Sum {
		if c.Before, c.After = texts(old, now); c.Before != nil {
			c.Words = compare.Words(string(c.Before), string(c.After))
		}
	}
	return c, old.Sum != now.Sum || c.Was != "" || len(c.Files) > 0
}

func union(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, b)
	return all
}

// Record remembers a deploy of a site to a target.
func (l *Ledger) Record(target string, d Deploy, s Site) error {
	d.Pages = s.Pages
	for _, sum := range slices.Sorted(maps.Keys(s.Texts)) {
		if there, err := l.root.ReadFile(path.Join(texts, sum)); err == nil && sumOf(there) == sum {
			continue
		}
		if err := l.folder().Replace(path.Join(texts, sum), s.Texts[sum]); err != nil {
			return fmt.Errorf("recording the deploy: %w", err)
		}
	}
	if err := l.add(target, d); err != nil {
		return fmt.Errorf("recording the deploy: %w", err)
	}
	return l.sweep()
}

// Return remembers that a target shows an earlier release again, of which [Deploy.Known] is
// false where it was not deployed from here.
func (l *Ledger) Return(target, release, who string, at time.Time) error {
	deploys, err := l.Deploys(target)
	if err != nil {
		return err
	}
	d := Deploy{Time: at, Who: who, Release: release, Back: true}
	for _, old := range deploys {
		if old.Release == release && old.Known() {
			d.Pages = old.Pages
			break
		}
	}
	return l.add(target, d)
}

const stamp = "20060102T150405.000000000"

func (l *Ledger) add(target string, d Deploy) error {
	names, err := l.names(target)
	if err != nil {
		return err
	}
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	at := d.Time.UTC()
	if len(names) > 0 { // the clock may have been put back
		last, err := time.Parse(stamp, strings.TrimSuffix(path.Base(names[len(names)-1]), ".json"))
		if err == nil && !at.After(last) {
			at = last.Add(1)
		}
	}
	if err := l.folder().Create(path.Join(folderOf(target), at.Format(stamp)+".json"), text); err != nil {
		return err
	}
	for _, old := range names[:max(0, len(names)+1-most)] {
		if err := l.folder().Remove(old); err != nil {
			return err
		}
	}
	return nil
}

// Forget takes out of every deploy what match says names somebody, and the texts. That there
// were such pages stays known, so that people are told that publishing takes them away. match
// is given the file's name and what it holds, as far as that is known.
func (l *Ledger) Forget(match func(file string, data []byte) bool) error {
	err := l.each(func(name string, d Deploy) error {
		changed := false
		for i, p := range d.Pages {
			text, _ := l.root.ReadFile(path.Join(texts, p.Sum)) // of older deploys none is kept
			if p.File == "" || !match(p.File, []byte(p.URL+"\n"+p.Title+"\n"+string(text))) {
				continue
			}
			changed = true
			d.Pages[i] = p.forgotten(match)
			if err := ignoreMissing(l.root.Remove(path.Join(texts, p.Sum))); err != nil {
				return err
			}
		}
		if !changed {
			return nil
		}
		text, err := json.Marshal(d)
		if err != nil {
			return err
		}
		return l.folder().Replace(name, text)
	})
	if err != nil {
		return fmt.Errorf("forgetting what was published: %w", err)
	}
	return l.sweep()
}

// forgotten is what may be remembered of a page.
func (p Page) forgotten(match func(file string, data []byte) bool) Page {
	if match(p.File, []byte(p.URL)) {
		return Page{Forgotten: true}
	}
	files := map[string]string{}
	for name, sum := range p.Files {
		if !match(name, nil) {
			files[name] = sum
		}
	}
	return Page{File: p.File, URL: p.URL, Sum: p.Sum, Files: files, Forgotten: true}
}

// ShowsWithdrawn reports whether a deploy shows a page of somebody who has withdrawn since.
func (d Deploy) ShowsWithdrawn() bool {
	return slices.ContainsFunc(d.Pages, func(p Page) bool { return p.File == "" })
}

// sweep removes the texts that the last few releases of the targets do not have.
func (l *Ledger) sweep() error {
	deploys := map[string][]Deploy{} // of each target
	err := l.each(func(name string, d Deploy) error {
		deploys[path.Dir(name)] = append(deploys[path.Dir(name)], d)
		return nil
	})
	kept := map[string]bool{}
	for _, all := range deploys {
		releases := map[string]bool{}
		for _, d := range slices.Backward(all) {
			if releases[d.Release] = true; len(releases) > mostTexts {
				break
			}
			for _, p := range d.Pages {
				kept[p.Sum] = !p.Forgotten || kept[p.Sum]
			}
		}
	}
	entries, readErr := fs.ReadDir(l.root.FS(), texts)
	if err != nil || readErr != nil {
		return errors.Join(err, ignoreMissing(readErr))
	}
	for _, e := range entries {
		if !kept[e.Name()] {
			err = errors.Join(err, ignoreMissing(l.root.Remove(path.Join(texts, e.Name()))))
		}
	}
	return errors.Join(err, l.root.RemoveAll(aside))
}

// each calls do for every deploy that can be read, target by target, the oldest first.
func (l *Ledger) each(do func(name string, d Deploy) error) error {
	folders, err := fs.ReadDir(l.root.FS(), targets)
	if err != nil {
		return ignoreMissing(err)
	}
	for _, f := range folders {
		files, err := fs.ReadDir(l.root.FS(), path.Join(targets, f.Name()))
		if err != nil {
			return err
		}
		for _, e := range files {
			name := path.Join(targets, f.Name(), e.Name())
			if d, ok := l.read(name); ok {
				if err := do(name, d); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// names are the files of a target's deploys, in order.
func (l *Ledger) names(target string) ([]string, error) {
	entries, err := fs.ReadDir(l.root.FS(), folderOf(target))
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".json") {
			names = append(names, path.Join(folderOf(target), e.Name()))
		}
	}
	return names, ignoreMissing(err)
}

func (l *Ledger) read(name string) (d Deploy, ok bool) {
	text, err := l.root.ReadFile(name)
	if err != nil || json.Unmarshal(text, &d) != nil {
		return Deploy{}, false
	}
	for _, p := range d.Pages {
		if sum, err := hex.DecodeString(p.Sum); (err != nil || len(sum) != sha256.Size) && p.File != "" {
			return Deploy{}, false
		}
	}
	return d, true
}

func (l *Ledger) folder() disk.Folder { return disk.Folder{Root: l.root, Aside: aside} }

// folderOf is a target's folder: a name of its own that any file system takes.
func folderOf(target string) string { return path.Join(targets, sumOf([]byte(target))[:16]) }

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
