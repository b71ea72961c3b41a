package history

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Limits bound what is kept.
type Limits struct {
	Trash    time.Duration // how long an entry lies in the trash
	Versions time.Duration // how long a version is kept
	Bytes    int64         // of all versions together; the oldest go first
}

// Usual are the limits of a site: 30 days of trash, two years of versions, and no more
// than 1 GiB of them.
var Usual = Limits{Trash: 30 * 24 * time.Hour, Versions: 2 * 365 * 24 * time.Hour, Bytes: 1 << 30}

// tidied is a file whose time is that of the last tidying.
const tidied = home + "/tidied"

// Tidy is [History.Prune] by the usual limits, once a day.
func (h *History) Tidy(now time.Time) error {
	if info, err := h.root.Stat(tidied); err == nil && now.Sub(info.ModTime()).Abs() < 24*time.Hour {
		return nil
	}
	if _, err := h.root.Stat(home); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := h.Prune(now, Usual); err != nil {
		return err
	}
	return errors.Join(h.folder().Replace(tidied, nil), h.root.Chtimes(tidied, now, now))
}

// Prune removes what is beyond the limits, and content that no version has any more.
func (h *History) Prune(now time.Time, l Limits) error {
	return h.locked(func() error {
		if err := h.empty(now.Add(-l.Trash)); err != nil {
			return err
		}
		var all []Version
		if err := h.all(func(v Version) error { all = append(all, v); return nil }); err != nil {
			return err
		}
		slices.SortFunc(all, func(a, b Version) int { return strings.Compare(b.ID, a.ID) }) // the newest first
		var bytes int64
		kept := map[string]bool{}
		full := false
		for _, v := range all {
			if !v.Gone() && !kept[v.Sum] {
				bytes += v.Size
			}
			full = full || bytes > l.Bytes
			if full || v.Time.Before(now.Add(-l.Versions)) {
				if err := h.drop(v); err != nil {
					return err
				}
				continue
			}
			kept[v.Sum] = true
		}
		return h.sweep(kept)
	})
}

// sweep removes the content that no version has. A version that cannot be read says
// nothing of its content, which is then read by nobody.
func (h *History) sweep(kept map[string]bool) error {
	err := fs.WalkDir(h.root.FS(), objects, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || kept[path.Base(name)] {
			return err
		}
		return h.root.Remove(name)
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, h.root.RemoveAll(aside))
}

// Forget removes for good every version and everything in the trash that match says is of
// somebody, and the files below further folders, which hold copies of the content or of
// what is being written. match is given a name in the content ("content/tri-thuc/…", or
// what stands in its place) and what the file holds; in the trash, an entry goes whole if
// one of its files matches. What went is returned by its names.
func (h *History) Forget(match func(file string, data []byte) bool, folders ...string) (gone []string, err error) {
	err = h.locked(func() error {
		kept := map[string]bool{}
		seen := map[string]bool{} // content that was looked at, by file and sum
		err := h.all(func(v Version) error {
			key := v.File + "\x00" + v.Sum
			hit, known := seen[key]
			if !known {
				data, err := h.Read(v)
				if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, ErrDamaged) {
					return err
				}
				hit = match(v.File, data) || errors.Is(err, ErrDamaged) // nobody can tell what it holds
				seen[key] = hit
			}
			if hit || match(v.File, []byte(v.Who+"\n"+v.Note)) {
				gone = append(gone, v.File)
				return h.drop(v)
			}
			kept[v.Sum] = true
			return nil
		})
		if err != nil {
			return fmt.Errorf("forgetting versions: %w", err)
		}
		if err := h.sweep(kept); err != nil {
			return fmt.Errorf("forgetting versions: %w", err)
		}
		entries, err := h.forgetTrash(match)
		gone = append(gone, entries...)
		for _, folder := range folders {
			var files []string
			if err == nil {
				files, err = h.forgetBelow(folder, match)
			}
			gone = append(gone, files...)
		}
		return err
	})
	slices.Sort(gone)
	return slices.Compact(gone), err
}

func (h *History) forgetTrash(match func(file string, data []byte) bool) (gone []string, err error) {
	all, err := h.Trashed()
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		hit := match(t.Name, []byte(t.Title+"\n"+t.Note))
		err := h.each(t.place(), func(at string, data []byte) {
			hit = hit || match(t.Name+strings.TrimPrefix(at, t.place()), data)
		})
		if err == nil && hit {
			gone = append(gone, t.Name)
			err = h.discard(t.ID)
		}
		if err != nil {
			return gone, fmt.Errorf("forgetting what is in the trash: %w", err)
		}
	}
	return gone, nil
}

func (h *History) forgetBelow(folder string, match func(file string, data []byte) bool) (gone []string, err error) {
	err = h.each(folder, func(at string, data []byte) {
		if match(strings.TrimPrefix(at, folder+"/"), data) {
			gone = append(gone, at)
		}
	})
	for _, name := range gone {
		if err == nil {
			err = h.folder().Remove(name)
		}
		for at := path.Dir(name); err == nil && strings.HasPrefix(at, folder+"/"); at = path.Dir(at) {
			if h.root.Remove(at) != nil { // its name tells of them too; something else lies there
				break
			}
		}
	}
	if err != nil {
		return gone, fmt.Errorf("forgetting what is in %s: %w", folder, err)
	}
	return gone, nil
}

// each calls do for the regular files at or below a place, if there is one.
func (h *History) each(place string, do func(at string, data []byte)) error {
	return fs.WalkDir(h.root.FS(), place, func(at string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && at == place {
			return nil
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := h.root.ReadFile(at)
		if err == nil {
			do(at, data)
		}
		return err
	})
}
