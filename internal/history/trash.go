package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

// The trash, below the site's folder: a folder for each removal, with a note of what it is
// and, in "was", the entry under its own name.
const (
	trash = ".lienhiep/trash"
	about = "about.json"
	was   = "was"
)

// Trashed is an entry in the trash.
type Trashed struct {
	ID    string `json:"-"`
	Name  string `json:"name"`  // "content/tin-tuc/gap-mat", a folder, or a file
	Title string `json:"title"` // as people know it
	Act
}

// idPattern is the form of the IDs of what was thrown away.
var idPattern = regexp.MustCompile(`^\d{8}T\d{6}-[a-z0-9]{10}$`)

// Trash moves an entry, a folder with all that is in it or a file that stands alone, into
// the trash. Either all of it is there or nothing has happened.
func (h *History) Trash(name, title string, act Act) (Trashed, error) {
	t := Trashed{ID: newID(act.Time), Name: name, Title: title, Act: act}
	if err := h.checkPlace(name); err != nil {
		return t, err
	}
	text, err := json.Marshal(t)
	if err != nil {
		return t, err
	}
	return t, h.locked(func() error {
		if _, err := h.root.Lstat(name); err != nil {
			return err
		}
		if err := h.mark(name, name, func(file string, data []byte) error { return h.keep(act, Change{file, data, nil}) }); err != nil {
			return err
		}
		// The note comes first: without it, nobody would know where the entry belongs.
		if err := h.folder().Create(path.Join(trash, t.ID, about), text); err != nil {
			return err
		}
		if err := h.folder().Move(name, t.place()); err != nil {
			return errors.Join(fmt.Errorf("moving %s into the trash: %w", name, err), h.root.RemoveAll(path.Join(trash, t.ID)))
		}
		return nil
	})
}

// place is where the entry lies.
func (t Trashed) place() string { return path.Join(trash, t.ID, was, path.Base(t.Name)) }

// mark calls do for the pages at or below a place, by the names that they have in the
// content when the place is called name.
func (h *History) mark(place, name string, do func(file string, data []byte) error) error {
	return fs.WalkDir(h.root.FS(), place, func(at string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || path.Ext(at) != ".md" {
			return err
		}
		data, err := h.root.ReadFile(at)
		if err != nil {
			return err
		}
		return do(name+strings.TrimPrefix(at, place), data)
	})
}

// Trashed lists what is in the trash, what was thrown away last first.
func (h *History) Trashed() ([]Trashed, error) {
	entries, err := fs.ReadDir(h.root.FS(), trash)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var all []Trashed
	for _, e := range entries {
		if t, ok := h.trashed(e.Name()); ok {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b Trashed) int { return strings.Compare(b.ID, a.ID) })
	return all, err
}

// trashed reads what lies in the trash under an ID; not ok is nothing, or what is not whole.
func (h *History) trashed(id string) (t Trashed, ok bool) {
	if !idPattern.MatchString(id) {
		return t, false
	}
	text, err := h.root.ReadFile(path.Join(trash, id, about))
	if err != nil || json.Unmarshal(text, &t) != nil || checkName(t.Name) != nil {
		return Trashed{}, false
	}
	t.ID = id
	_, err = h.root.Lstat(t.place())
	return t, err == nil
}

// Untrash puts an entry back where it was. If something else stands there by now, both are
// left as they are, and the error is [fs.ErrExist].
func (h *History) Untrash(id, who string, at time.Time) (Trashed, error) {
	var t Trashed
	err := h.locked(func() error {
		var ok bool
		if t, ok = h.trashed(id); !ok {
			return fs.ErrNotExist
		}
		if err := h.checkPlace(t.Name); err != nil {
			return err
		}
		if _, err := h.root.Lstat(t.Name); !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(err, fs.ErrExist)
		}
		act := Act{Who: who, Why: Restored, Time: at}
		if err := h.mark(t.place(), t.Name, func(file string, data []byte) error { return h.keep(act, Change{file, nil, data}) }); err != nil {
			return err
		}
		if err := h.folder().Move(t.place(), t.Name); err != nil {
			return err
		}
		return h.root.RemoveAll(path.Join(trash, id))
	})
	return t, err
}

// Empty removes for good what was thrown away before a moment, and what a power failure
// left of other removals.
func (h *History) Empty(before time.Time) error {
	return h.locked(func() error { return h.empty(before) })
}

func (h *History) empty(before time.Time) error {
	entries, err := fs.ReadDir(h.root.FS(), trash)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if t, ok := h.trashed(e.Name()); ok && !t.Time.Before(before) || !idPattern.MatchString(e.Name()) {
			continue
		} else if !ok && h.holds(e.Name()) {
			continue // an entry whose note cannot be read is still somebody's work
		}
		if err := h.discard(e.Name()); err != nil {
			return err
		}
	}
	return err
}

// holds reports whether there is an entry under an ID, with a note, whatever that says.
func (h *History) holds(id string) bool {
	_, noNote := h.root.Lstat(path.Join(trash, id, about))
	inside, err := fs.ReadDir(h.root.FS(), path.Join(trash, id, was))
	return noNote == nil && err == nil && len(inside) > 0
}

// discard removes what lies under an ID, its note first: what is left of it after a power
// failure is then known to be nothing whole.
func (h *History) discard(id string) error {
	note := path.Join(trash, id, about)
	if _, err := h.root.Lstat(note); err == nil {
		if err := h.folder().Remove(note); err != nil {
			return err
		}
	}
	return h.root.RemoveAll(path.Join(trash, id))
}
