package edit

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"time"

	"lienhiep/internal/history"
)

// mostActs is how many acts can be undone by one press. Whatever was done before is had
// back from the history.
const mostActs = 50

// act is what somebody did at the desk, as it is undone.
type act struct {
	id      string
	say     string           // "Sửa “Gặp mặt”"
	changes []history.Change // the files, as they were and as they became
	trashed history.Trashed  // what was thrown away with it
	place   string           // where the undone is shown, "" for where one is

	// back undoes what is more than changes of files, where it is not nil: all of it, or
	// nothing. It returns the names of what it has changed.
	back func() ([]string, error)
}

// undoable notes what was done, and returns the ID by which it is undone.
func (d *Desk) undoable(a act) string {
	d.acting.Lock()
	defer d.acting.Unlock()
	d.lastAct++
	a.id = strconv.Itoa(d.lastAct)
	if d.acts = append(d.acts, a); len(d.acts) > mostActs {
		d.acts = slices.Delete(d.acts, 0, 1)
	}
	return a.id
}

// taken takes an act off the list; not ok is one that is not there any more.
func (d *Desk) taken(id string) (a act, ok bool) {
	d.acting.Lock()
	defer d.acting.Unlock()
	at := slices.IndexFunc(d.acts, func(a act) bool { return a.id == id })
	if at < 0 {
		return a, false
	}
	a = d.acts[at]
	d.acts = slices.Delete(d.acts, at, at+1)
	return a, true
}

// actOf is the act that has thrown something away; not ok where it cannot be undone any more.
func (d *Desk) actOf(trashed string) (a act, ok bool) {
	d.acting.Lock()
	defer d.acting.Unlock()
	at := slices.IndexFunc(d.acts, func(a act) bool { return trashed != "" && a.trashed.ID == trashed })
	if at < 0 {
		return a, false
	}
	return d.acts[at], true
}

// undo puts back what an act has changed, if nobody has changed it since: all of it, or
// nothing.
func (d *Desk) undo(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		ID string `json:"id"`
	}
	if !read(w, r, &asked) {
		return
	}
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	a, ok := d.taken(asked.ID)
	if !ok {
		d.broken(w, refuse(http.StatusNotFound, textNoAct))
		return
	}
	files, err := d.takeBack(a)
	if err != nil {
		d.broken(w, err)
		return
	}
	d.committed("Hoàn tác: "+a.say, files...)
	d.answer(w, map[string]string{"place": a.place})
}

// takeBack undoes an act and returns the names of what it has changed.
func (d *Desk) takeBack(a act) ([]string, error) {
	if a.back != nil {
		return a.back()
	}
	var back []history.Change
	var names []string
	for _, c := range a.changes {
		is, err := d.folder.raw(c.File)
		if errors.Is(err, fs.ErrNotExist) {
			is, err = nil, nil
		}
		if err == nil && !bytes.Equal(is, c.After) {
			err = refuse(http.StatusConflict, textConflict, d.called(c.File, is))
		}
		if err != nil {
			return nil, err
		}
		back = append(back, history.Change{File: c.File, Before: c.After, After: c.Before})
		names = append(names, c.File)
	}
	if a.trashed.ID != "" {
		t, err := d.untrash(a.trashed.ID)
		if err != nil {
			return nil, err
		}
		names = append(names, t.Name)
	}
	return names, d.folder.change(history.Act{Who: history.Me(), Why: history.Restored, Note: "Hoàn tác", Time: time.Now()}, back...)
}

// change keeps versions of files and writes them; the caller holds saving. A file that is to
// be none is removed.
func (f *folder) change(how history.Act, changes ...history.Change) error {
	if len(changes) == 0 {
		return nil
	}
	if err := f.history.Keep(how, changes...); err != nil {
		return err
	}
	for _, c := range changes {
		var err error
		if c.After == nil {
			err = f.remove(c.File)
		} else {
			err = f.files().Replace(c.File, c.After)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// called is what people call a file.
func (d *Desk) called(file string, data []byte) string {
	return d.folder.entitled(cmp.Or(tableTitles[file], titleIn(data)), file)
}
