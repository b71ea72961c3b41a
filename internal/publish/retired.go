package publish

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/host"
)

// A reader may have kept a page for [host.PagesKept], or have it before them just
// now, and asks only then for its styles, scripts, pictures and parts of the index.
// Those have names of their own in each release (host.NamedByContent), so that they
// can stay beside the next one. What stays is listed at the target, in one file for
// each release that is no longer shown, whose time is the moment at which it
// stopped being shown, by the target's own clock. The list is dropped, and what it
// alone names, when its release is no longer kept and that time has passed.
//
// Privacy goes first. A release that does not know of everybody who has withdrawn
// leaves nothing but styles and scripts, which say nothing of anybody.

// keyRetired is where those lists are kept, under the names of their releases.
const keyRetired = home + "retired/"

// retired is a release that is not shown.
type retired struct {
	id     string
	list   Manifest  // its files that are named by content, and its tombstones
	since  time.Time // when it stopped being shown
	listed bool      // the target has the list; else it is made of the release's record
}

func (r retired) key() string { return keyRetired + r.id + ".txt" }

// retire makes the list of a release with the manifest m.
func retire(id string, m Manifest) retired {
	list := Manifest{
		Files:    slices.DeleteFunc(slices.Clone(m.Files), func(f File) bool { return !host.NamedByContent(f.Path) }),
		Unserved: slices.DeleteFunc(slices.Clone(m.Unserved), func(f File) bool { return path.Base(f.Path) != host.Tombstone }),
	}
	list.Text = list.format()
	return retired{id: id, list: list}
}

// retired lists the releases that are not shown, oldest first: those that the
// target has a list of, and those that were cut off before it got one. A list that
// cannot be read counts as none: it is made again of the release's record, or, if that
// is no longer kept, names nothing until it is dropped.
func (e *engine) retired(ctx context.Context, all []Release) ([]retired, error) {
	objects, err := e.list(ctx, keyRetired)
	if err != nil {
		return nil, err
	}
	byID := map[string]retired{}
	shown := map[string]bool{}
	for _, r := range all {
		shown[r.ID] = r.Current
	}
	for key, o := range objects {
		id, isList := strings.CutSuffix(path.Base(key), ".txt")
		if !isList || !releaseName.MatchString(id) || shown[id] {
			continue
		}
		text, err := e.read(ctx, key)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if list, err := parseRecord(text); err == nil {
			byID[id] = retired{id, list, o.modified, true}
		} else {
			byID[id] = retire(id, Manifest{})
		}
	}
	for _, r := range all {
		if byID[r.ID].listed || r.Current {
			continue
		}
		m, err := e.manifest(ctx, r)
		if err != nil {
			return nil, err
		}
		byID[r.ID] = retire(r.ID, m)
	}
	return slices.SortedFunc(maps.Values(byID), func(a, b retired) int {
		return Release{ID: a.id}.number() - Release{ID: b.id}.number()
	}), nil
}

// leftovers are the files of earlier releases that stay beside the site m, by path.
// buried are the pages of those who have withdrawn.
func leftovers(earlier []retired, m Manifest, buried []string) map[string]File {
	stay := map[string]File{}
	for _, r := range earlier {
		known := r.list.buried()
		ignorant := slices.ContainsFunc(buried, func(page string) bool { return !slices.Contains(known, page) })
		for _, f := range r.list.Files {
			if !ignorant || host.Wordless(f.Path) {
				stay[f.Path] = f
			}
		}
	}
	for _, f := range m.Files {
		delete(stay, f.Path)
	}
	return stay
}

// now is the time by the target's clock, or a little before: that of the lock. A
// command that changes nothing holds none, and has this machine's clock.
func (e *engine) now(ctx context.Context) (time.Time, error) {
	if e.check == nil {
		return time.Now(), nil
	}
	o, err := e.stat(ctx, keyLock)
	return o.modified, err
}
