package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// keptReleases is how many releases a target keeps to go back to.
const keptReleases = 5

// Release is one state of the site that a target keeps.
type Release struct {
	ID      string    `json:"id"`      // its number and the start of its manifest's SHA-256: "0007-3fa9c1d2e4f5"
	Time    time.Time `json:"time"`    // when it was deployed, by the target's clock
	Current bool      `json:"current"` // readers see this one
}

// releaseName is the form of [Release.ID]; releases count up, so that no clock
// has a say in their order.
var releaseName = regexp.MustCompile(`^(\d{4,})-([0-9a-f]{12})$`)

func (r Release) number() int {
	n, _ := strconv.Atoi(strings.Split(r.ID, "-")[0]) // the pattern lets digits through alone
	return n
}

func (r Release) digest() string { return r.ID[strings.IndexByte(r.ID, '-')+1:] }

func (r Release) key() string { return keyReleases + r.ID + ".txt" }

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
}

// releases lists what the target keeps, oldest first.
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
	for key, o := range records {
		id, isRecord := strings.CutSuffix(path.Base(key), ".txt")
		if isRecord && releaseName.MatchString(id) {
			all = append(all, Release{id, o.modified, id == current})
		}
	}
	slices.SortFunc(all, func(a, b Release) int { return cmp.Compare(a.number(), b.number()) })
	return all, nil
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
	text, err := e.read(ctx, r.key())
	if err != nil {
		return Manifest{}, err
	}
	m, err := parseRecord(text)
	if err != nil {
		return m, fmt.Errorf("the record of the release %s: %w", r.ID, err)
	}
	return m, nil
}

// next names the release that shows m. A site that is kept already keeps its
// name, unless its files are to be sent anew.
func next(all []Release, m Manifest, anew bool) Release {
	number := 1
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
// what stays.
func (p *plan) untidy() bool {
	return len(p.drop)+len(p.over) > 0 || slices.ContainsFunc(p.earlier, func(r retired) bool { return !r.listed })
}

// tidy lists what stays of the releases that are not shown any more, drops those
// that are not kept, and removes every content that none needs.
func (e *engine) tidy(ctx context.Context, p *plan) error {
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
		if r.listed {
			lists = append(lists, r.key())
		}
	}
	return e.removeAll(ctx, lists)
}

// sweep removes the contents that no release uses, and what was being written
// when a command was cut off.
func (e *engine) sweep(ctx context.Context, used map[string]bool) error {
	var gone []string
	for _, prefix := range []string{keyStore, keyTemporary} {
		objects, err := e.list(ctx, prefix)
		if err != nil {
			return err
		}
		for key := range objects {
			if !used[key] {
				gone = append(gone, key)
			}
		}
	}
	return e.removeAll(ctx, gone)
}
