package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/diag"
)

// keptReleases is how many releases a target keeps to go back to.
const keptReleases = 5

// Release is a version of the site that a target keeps.
type Release struct {
	ID      string    `json:"id"`      // its number and the start of its manifest's SHA-256: "0007-3fa9c1d2e4f5"
	Time    time.Time `json:"time"`    // when it was deployed, by the target's clock
	Current bool      `json:"current"` // the one that is served
}

// releaseName is the form of [Release.ID]; releases count up, so that no clock
// has a say in their order.
var releaseName = regexp.MustCompile(`^(\d{4,})-([0-9a-f]{12})$`)

func (r Release) number() int {
	n, _ := strconv.Atoi(strings.Split(r.ID, "-")[0]) // the pattern lets digits through alone
	return n
}

func byNumber(a, b Release) int { return cmp.Compare(a.number(), b.number()) }

func (r Release) digest() string { return r.ID[strings.IndexByte(r.ID, '-')+1:] }

func (r Release) key() string { return keyReleases + r.ID + recordEnding }

// Endings of the record of a release, and of one that could not be read.
const (
	recordEnding  = ".txt"
	damagedEnding = ".damaged"
)

// sideBySide is a storage that keeps each release as a tree of its own and shows
// one of them.
type sideBySide interface {
	shown(ctx context.Context) (release string, err error)
	build(ctx context.Context, release string, files []File, step func(File)) error
	show(ctx context.Context, release string) error
	drop(ctx context.Context, keep []string, files map[string][]File) error
}

// inPlace is a storage that is served as it stands.
type inPlace interface {
	// same reports whether the file at key, listed as live, holds what it should;
	// stored is the copy in our records, if there is one.
	same(ctx context.Context, key string, live, stored object, want File) (bool, error)
	// hides reports whether the host keeps hidden files to itself.
	hides(ctx context.Context) (bool, error)
	// intact reports whether the content at a key of our records, listed as stored, is the
	// one that its key names. A store that takes only what has the right sum need not look.
	intact(ctx context.Context, key string, stored object) (bool, error)
}

// byMoving is a storage inPlace that can move a file, but neither copy one nor tell its
// sum.
type byMoving interface {
	inPlace
	// prepare sends a file aside, whence copy moves it into place.
	prepare(ctx context.Context, c content) error
	// note records the files that stand in place, for same to know.
	note(ctx context.Context, files []File) error
	// guessing reports whether same had to do without.
	guessing() bool
	// atOnce is how many files can be on their way at once.
	atOnce() int
}

// releases lists what the target keeps, oldest first. A release whose record cannot be
// read, as after a power cut, is none: e.damaged lists those.
func (e *engine) releases(ctx context.Context) ([]Release, error) {
	records, err := e.list(ctx, keyReleases)
	if err != nil {
		return nil, err
	}
	current, err := e.current(ctx)
	if err != nil {
		return nil, err
	}
	var all []Release
	e.damaged = nil
	for key, o := range records {
		id, ending := strings.TrimSuffix(path.Base(key), path.Ext(key)), path.Ext(key)
		if !releaseName.MatchString(id) || ending != recordEnding && ending != damagedEnding {
			continue
		}
		r := Release{id, o.modified, id == current}
		if ending == recordEnding {
			_, err := e.manifest(ctx, r)
			switch {
			case err == nil:
				all = append(all, r)
				continue
			case errors.Is(err, fs.ErrNotExist):
				continue // dropped just now
			case !errors.Is(err, errManifest):
				return nil, err
			}
		}
		e.damaged = append(e.damaged, damaged{r, ending == damagedEnding})
	}
	slices.SortFunc(all, byNumber)
	slices.SortFunc(e.damaged, func(a, b damaged) int { return cmp.Compare(a.number(), b.number()) })
	return all, nil
}

// damaged is a release whose record cannot be read.
type damaged struct {
	Release
	aside bool // and has been set aside
}

func (d damaged) key() string {
	if d.aside {
		return keyReleases + d.ID + damagedEnding
	}
	return d.Release.key()
}

// setAside gives the records that cannot be read another name, so that nothing is
// lost and nothing asks for them again, and tells of it.
func (e *engine) setAside(ctx context.Context) ([]diag.Finding, error) {
	var told []diag.Finding
	for _, r := range e.damaged {
		if r.aside {
			continue
		}
		text, err := e.read(ctx, r.key())
		if err != nil {
			return told, err
		}
		aside := damaged{r.Release, true}.key()
		if err := e.put(ctx, aside, inMemory(aside, text)); err != nil {
			return told, err
		}
		if err := e.remove(ctx, r.key()); err != nil {
			return told, err
		}
		told = append(told, ruleRecordDamaged.At(diag.Pos{}, r.ID, aside))
	}
	return told, nil
}

// current is the ID of the release that is served or was being put in place.
func (e *engine) current(ctx context.Context) (string, error) {
	if e.side != nil {
		return e.side.shown(ctx)
	}
	text, err := e.read(ctx, keyCurrent)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(text)), err
}

// manifest reads the manifest of a release.
func (e *engine) manifest(ctx context.Context, r Release) (Manifest, error) {
	if m, read := e.records[r.ID]; read {
		return m, nil
	}
	text, err := e.read(ctx, r.key())
	if err != nil {
		return Manifest{}, err
	}
	m, err := parseRecord(text)
	if err == nil && m.digest() != r.digest() {
		err = fmt.Errorf("%w: it is of the site %s", errManifest, m.digest())
	}
	if err != nil {
		return m, fmt.Errorf("the record of the release %s: %w", r.ID, err)
	}
	e.records[r.ID] = m
	return m, nil
}

// stored lists the contents that the target has, without those that are damaged.
func (e *engine) stored(ctx context.Context) (map[string]object, error) {
	all, err := e.list(ctx, keyStore)
	e.contents = maps.Clone(all)
	if err != nil || e.place == nil {
		return all, err
	}
	var contents []File
	for key := range all {
		contents = append(contents, File{Path: key})
	}
	intact := make([]bool, len(contents))
	err = e.each(ctx, e.counter(Comparing, len(contents)), contents, func(ctx context.Context, i int, f File) (err error) {
		intact[i], err = e.place.intact(ctx, f.Path, all[f.Path])
		return err
	})
	for i, f := range contents {
		if !intact[i] {
			delete(all, f.Path)
		}
	}
	return all, err
}

// next names the release that shows m. A site that is kept already keeps its
// name, unless its files are to be sent anew. No number is given twice, also not that
// of a release whose record is damaged.
func (e *engine) next(all []Release, m Manifest, anew bool) Release {
	number := 1
	for _, r := range e.damaged {
		number = max(number, r.number()+1)
	}
	for _, r := range all {
		if r.digest() == m.digest() && r.Current && !anew {
			return r
		}
		number = max(number, r.number()+1)
	}
	return Release{ID: fmt.Sprintf("%04d-%s", number, m.digest())}
}

// kept are the releases that stay when current is shown: that one, and the newest
// others, of each content the newest.
func kept(all []Release, current Release, most int) []Release {
	stay := []Release{current}
	seen := map[string]bool{current.digest(): true}
	for _, r := range slices.Backward(all) {
		if len(stay) < most && !seen[r.digest()] {
			stay = append(stay, r)
			seen[r.digest()] = true
		}
	}
	return stay
}

// untidy reports whether the target has what is no longer kept, or lacks a list of
// what stays or stands in place.
func (p *plan) untidy() bool {
	return p.guessed || len(p.drop)+len(p.over) > 0 || slices.ContainsFunc(p.earlier, func(r retired) bool { return !r.listed })
}

// tidy lists what stays of the releases that are not shown any more, drops those
// that are not kept, and removes every content that none needs.
func (e *engine) tidy(ctx context.Context, p *plan) error {
	if e.moving != nil {
		if err := e.note(ctx, slices.Concat(p.manifest.all(), p.beside)); err != nil {
			return err
		}
	}
	for _, r := range p.earlier {
		if !r.listed {
			if err := e.put(ctx, r.key(), inMemory(r.key(), r.list.record())); err != nil {
				return err
			}
		}
	}
	used := map[string]bool{}
	use := func(files []File) {
		for _, f := range files {
			used[storeKey(f)] = true
		}
	}
	use(p.manifest.all())
	ids := []string{p.release.ID}
	for _, r := range p.kept {
		ids = append(ids, r.ID)
		m, err := e.manifest(ctx, r)
		if err != nil {
			return err
		}
		use(m.all())
	}
	for _, r := range p.earlier {
		use(r.list.Files)
	}
	if err := e.drop(ctx, p, ids); err != nil {
		return err
	}
	return e.sweep(ctx, used)
}

// drop removes the records, trees and lists that are not kept. ids are those of the
// releases that are.
func (e *engine) drop(ctx context.Context, p *plan, ids []string) error {
	var left []File // what may stand beside a release
	for _, r := range slices.Concat(p.earlier, p.over) {
		left = append(left, r.list.Files...)
	}
	var gone []string
	files := map[string][]File{p.release.ID + treeBefore: slices.Concat(p.manifest.all(), left)}
	for _, r := range p.drop {
		gone = append(gone, r.key())
		if m, err := e.manifest(ctx, r); err == nil && e.side != nil {
			files[r.ID] = slices.Concat(m.all(), left)
		}
	}
	for _, r := range e.damaged {
		if p.most == 1 || r.aside && len(p.kept)+1 == p.most && r.number() < slices.MinFunc(append(slices.Clip(p.kept), p.release), byNumber).number() {
			gone = append(gone, r.key())
		}
	}
	if err := e.removeAll(ctx, gone); err != nil {
		return err
	}
	if e.side != nil {
		if err := e.side.drop(ctx, ids, files); err != nil {
			return err
		}
	}
	var lists []string
	for _, r := range p.over {
		lists = append(lists, r.key())
	}
	return e.removeAll(ctx, lists)
}

// sweep removes the contents that no release uses, and what was being written
// when a command was cut off.
func (e *engine) sweep(ctx context.Context, used map[string]bool) error {
	writing, err := e.list(ctx, keyTemporary)
	if err != nil {
		return err
	}
	var gone []string
	for _, objects := range []map[string]object{e.contents, writing} {
		for key := range objects {
			if !used[key] {
				gone = append(gone, key)
			}
		}
	}
	return e.removeAll(ctx, gone)
}
