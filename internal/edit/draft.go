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

	"lienhiep/internal/catalog"
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
	Seat string    `json:"seat,omitempty"` // whose it is: a user and a machine
	Who  string    `json:"who,omitempty"`  // what they are called
}

// isMine reports whether a draft is of who uses this desk. Those from before drafts had
// owners are anybody's.
func (d *Desk) isMine(s draftShown) bool { return s.Seat == "" || s.Seat == d.Seat }

// When is the moment as people write it.
func (s draftShown) When() string { return s.Kept.Format("15:04 2/1/2006") }

func draftName(file, tab string) string {
	return path.Join(draftFolder, hash([]byte(file))[:16]+"-"+tab+".json")
}

// drafts is where they are written. Nothing of another's account can be read there.
func (d *Desk) drafts() disk.Folder {
	return disk.Folder{Root: d.folder.root, Aside: d.folder.aside, Perm: 0o600}
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
	if d.isTheirs(asked.File, asked.Tab) {
		d.broken(w, refuse(http.StatusConflict, textTheirs))
		return
	}
	now := time.Now().In(d.Zone)
	data, err := json.Marshal(draftShown{asked, now, d.Seat, d.Who()})
	if err == nil && len(data) > maxEntry*4 {
		err = refuse(http.StatusRequestEntityTooLarge, textLarge)
	}
	if err == nil && d.namesWhoLeft(data) {
		err = refuse(http.StatusGone, textNamesWhoLeft)
	}
	if err == nil {
		err = d.drafts().Replace(draftName(asked.File, asked.Tab), data)
	}
	if err == nil && asked.Restored != asked.Tab {
		err = d.removeDraft(asked.File, asked.Restored) // this one has its words
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

// isTheirs reports whether a draft is somebody else's.
func (d *Desk) isTheirs(file, tab string) bool {
	s, ok := d.draft(draftName(file, tab))
	return ok && !d.isMine(s)
}

func (d *Desk) isDraft(file, tab string) error {
	if !isEntry(file) && !sheetPlace.MatchString(file) {
		return refuse(http.StatusForbidden, textBadName, d.folder.named(file))
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
	if d.isTheirs(asked.File, asked.Tab) {
		d.broken(w, refuse(http.StatusConflict, textTheirs))
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
		d.answer(w, map[string]string{"undo": d.undoable(act{say: "Bỏ bản viết dở", place: draftPlace(asked.File, asked.Tab), back: back})})
	}
}

// draftPlace is where a draft of a file, or of a sheet by its address, is shown.
func draftPlace(file, tab string) string {
	place := file
	if !sheetPlace.MatchString(file) {
		place = placeAtDesk(file)
	}
	return place + "?ban=" + tab
}

func (d *Desk) removeDraft(file, tab string) error {
	if d.isDraft(file, tab) != nil || d.isTheirs(file, tab) {
		return nil // there is none of ours
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

// splitDrafts parts drafts into those of who uses this desk and those of others.
func (d *Desk) splitDrafts(all []draftShown) (mine, theirs []draftShown) {
	for _, s := range all {
		if d.isMine(s) {
			mine = append(mine, s)
		} else {
			theirs = append(theirs, s)
		}
	}
	return mine, theirs
}

// unsavedWords is a draft that is shown and not written: somebody else's, or of an entry that is
// gone or cannot be read.
type unsavedWords struct {
	draftShown
	Theirs, Gone, Broken bool
	Said                 []Saying
	Place                string // where the entry is written, "" where it cannot be
}

// showDraft shows a draft to be read, with what can be done with it.
func (d *Desk) showDraft(w http.ResponseWriter, s draftShown, own unsavedWords) {
	values := former{zone: d.Zone}.values(catalog.Schema(catalog.KindOf(s.File)), nil, s.Fields)
	own.draftShown, own.Theirs = s, !d.isMine(s)
	c, _, err := d.Site.Load()
	if err != nil {
		c = &catalog.Catalog{}
	}
	own.Said = Said(c, catalog.KindOf(s.File), values, d.Zone)
	if !own.Gone && !own.Broken {
		own.Place = placeAtDesk(s.File)
	}
	d.show(w, "viet-do", view{Title: s.title(d), Here: "/bai/" + sectionOf(s.File) + "/", Help: "lay-lai", Own: own})
}

// asked is the draft that an address names (?ban=…), or the last one.
func asked(r *http.Request, drafts []draftShown) draftShown {
	return drafts[max(0, slices.IndexFunc(drafts, func(s draftShown) bool { return s.Tab == r.URL.Query().Get("ban") }))]
}

// goOn makes a draft of one's own of somebody else's, who keeps theirs.
func (d *Desk) goOn(w http.ResponseWriter, r *http.Request) {
	s, ok := d.askedDraft(w, r)
	if !ok {
		return
	}
	s.Tab = hash([]byte(s.Tab + d.Seat))[:32]
	s.Kept, s.Seat, s.Who = time.Now().In(d.Zone), d.Seat, d.Who()
	data, err := json.Marshal(s)
	if err == nil {
		err = d.drafts().Replace(draftName(s.File, s.Tab), data)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, map[string]string{"place": draftPlace(s.File, s.Tab)})
}

// askedDraft reads which draft a page speaks of, and answers where there is none.
func (d *Desk) askedDraft(w http.ResponseWriter, r *http.Request) (s draftShown, ok bool) {
	var asked struct {
		File string `json:"file"`
		Tab  string `json:"tab"`
	}
	if !read(w, r, &asked) {
		return s, false
	}
	err := d.isDraft(asked.File, asked.Tab)
	if err == nil && !isEntry(asked.File) { // a sheet's
		err = refuse(http.StatusForbidden, textBadName, d.folder.named(asked.File))
	}
	if err == nil && d.isWithdrawn(asked.File) {
		err = refuse(http.StatusGone, textWithdrawn)
	}
	if err == nil {
		if s, ok = d.draft(draftName(asked.File, asked.Tab)); !ok {
			err = refuse(http.StatusNotFound, textNoVersion)
		}
	}
	if err != nil {
		d.broken(w, err)
		return s, false
	}
	return s, true
}

// writeAnew makes an entry of a draft whose own is gone or cannot be read: in its place, or
// beside it where that is taken.
func (d *Desk) writeAnew(w http.ResponseWriter, r *http.Request) {
	s, ok := d.askedDraft(w, r)
	if !ok {
		return
	}
	file, err := d.folder.unused(s.File)
	if err != nil {
		d.broken(w, err)
		return
	}
	edited, err := d.edited(s.written, []byte("---\n---\n"))
	changes := []change{{Operation: create, Path: file, Content: edited}}
	if err == nil {
		err = d.folder.save(changes)
	}
	if err == nil {
		err = d.removeDraft(s.File, s.Tab)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	a := act{say: "Lập lại “" + s.title(d) + "” từ bản viết dở", changes: kept(changes), place: "/"}
	d.committed(a.say, file)
	d.answer(w, map[string]string{"place": placeAtDesk(file), "undo": d.undoable(a)})
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
