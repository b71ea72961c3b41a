package edit

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/disk"
)

// draftFolder holds what is being written and not yet saved: a file for each entry and
// tab of a browser. It is the office's own memory: never published, never in the way.
const draftFolder = ".lienhiep/autosave"

// tabName is what a page calls its tab.
var tabName = regexp.MustCompile(`^[a-z0-9]{1,40}$`)

// draftShown is a draft with when it was kept.
type draftShown struct {
	written
	Kept time.Time `json:"kept"`
}

// When is the moment as people write it.
func (s draftShown) When() string { return s.Kept.Format("15:04 2/1/2006") }

func draftName(file, tab string) string {
	return path.Join(draftFolder, hash([]byte(file))[:16]+"-"+tab+".json")
}

// drafts is where they are written. Nothing of another's account can be read there.
func (d *Desk) drafts() disk.Folder {
	return disk.Folder{Root: d.folder.root, Aside: AsideFolder, Perm: 0o600}
}

// keepDraft keeps what is being written.
func (d *Desk) keepDraft(w http.ResponseWriter, r *http.Request) {
	var asked written
	if !read(w, r, &asked) {
		return
	}
	if err := d.isDraft(asked.File, asked.Tab); err != nil {
		d.broken(w, err)
		return
	}
	if d.isWithdrawn(asked.File) { // a window was left open
		d.broken(w, refuse(http.StatusGone, textWithdrawn))
		return
	}
	if was, ok := d.draft(draftName(asked.File, asked.Tab)); ok && reflect.DeepEqual(was.written, asked) {
		d.answer(w, held{was.Kept.In(d.Zone).Format("15:04"), true})
		return
	}
	now := time.Now().In(d.Zone)
	data, err := json.Marshal(draftShown{asked, now})
	if err == nil && len(data) > maxEntry*4 {
		err = refuse(http.StatusRequestEntityTooLarge, textLarge, asked.File)
	}
	if err == nil {
		err = d.drafts().Replace(draftName(asked.File, asked.Tab), data)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, held{now.Format("15:04"), false})
}

// held is when a draft was kept, and whether that was done before.
type held struct {
	Kept  string `json:"kept"`
	Known bool   `json:"known"`
}

// draft reads one; what cannot be read is none.
func (d *Desk) draft(name string) (s draftShown, ok bool) {
	data, err := d.folder.root.ReadFile(name)
	return s, err == nil && json.Unmarshal(data, &s) == nil && (isEntry(s.File) || sheetPlace.MatchString(s.File))
}

func (d *Desk) isDraft(file, tab string) error {
	if !isEntry(file) && !sheetPlace.MatchString(file) {
		return refuse(http.StatusForbidden, textBadName, file)
	}
	if !tabName.MatchString(tab) {
		return refuse(http.StatusBadRequest, textNoJSON)
	}
	return nil
}

// dropDraft throws a draft away, which can be undone.
func (d *Desk) dropDraft(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		File string `json:"file"`
		Tab  string `json:"tab"`
	}
	if !read(w, r, &asked) {
		return
	}
	if err := d.isDraft(asked.File, asked.Tab); err != nil {
		d.broken(w, err)
		return
	}
	name := draftName(asked.File, asked.Tab)
	was, err := d.folder.root.ReadFile(name)
	if err == nil {
		err = d.removeDraft(asked.File, asked.Tab)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.answer(w, map[string]string{}) // there was none
	case err != nil:
		d.broken(w, err)
	default:
		back := func() ([]string, error) { return nil, d.drafts().Replace(name, was) }
		d.answer(w, map[string]string{"undo": d.undoable(act{say: "Bỏ bản viết dở", place: placeAtDesk(asked.File) + "?ban=" + asked.Tab, back: back})})
	}
}

func (d *Desk) removeDraft(file, tab string) error {
	if d.isDraft(file, tab) != nil {
		return nil // there is none
	}
	err := d.drafts().Remove(draftName(file, tab))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// draftsOf returns the drafts of a file, of all files where it is "", the last first. What
// cannot be read is left where it is.
func (d *Desk) draftsOf(file string) ([]draftShown, error) {
	names, err := fs.ReadDir(d.folder.root.FS(), draftFolder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading the drafts: %w", err)
	}
	var all []draftShown
	for _, n := range names {
		if file != "" && !strings.HasPrefix(n.Name(), hash([]byte(file))[:16]) || !n.Type().IsRegular() {
			continue
		}
		if s, ok := d.draft(path.Join(draftFolder, n.Name())); ok && (file == "" || s.File == file) {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b draftShown) int { return b.Kept.Compare(a.Kept) })
	return all, nil
}

// chosenDraft takes out of some drafts the one that is to be shown in place of the file: that
// of a tab, or else the last; nil where there is none, or the file itself is asked for.
func chosenDraft(all []draftShown, tab string) (*draftShown, []draftShown) {
	if len(all) == 0 || tab == "tep" {
		return nil, all
	}
	at := max(0, slices.IndexFunc(all, func(s draftShown) bool { return s.Tab == tab }))
	chosen := all[at]
	return &chosen, slices.Delete(all, at, at+1)
}
