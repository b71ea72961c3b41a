package edit

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"lienhiep/internal/compare"
	"lienhiep/internal/history"
)

// whys are what versions are said to come from.
var whys = map[history.Why]string{
	history.Saved: "Lưu", history.Removed: "Bỏ vào thùng rác", history.Restored: "Lấy lại", history.Imported: "Nhập từ Word, Excel",
	history.TakenDown: "Gỡ khỏi trang", history.BroughtUp: "Đăng lại", history.Corrected: "Sửa giúp", history.Withdrawn: "Rút tên",
	history.Submitted: "Gửi duyệt", history.Approved: "Duyệt", history.Fetched: "Lấy từ kho chung", history.Found: "Sửa bằng chương trình khác",
}

// kept is a version as it is shown, with what it changed of the one before.
type kept struct {
	ID, When, Who, Why, Note string
	Now                      bool // it is what the file holds
	Words                    []compare.Piece
}

// shownVersions bounds how many are compared word for word at once.
const shownVersions = 50

// versions shows what became of an entry.
func (d *Desk) versions(w http.ResponseWriter, r *http.Request) {
	file := "content/" + r.PathValue("file")
	data, err := d.folder.read(file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !isEntry(file) {
		absent(w, r)
		return
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	all, err := d.history.Versions(file)
	if err != nil {
		d.broken(w, err)
		return
	}
	var shown []kept
	for i, v := range all[:min(len(all), shownVersions)] {
		one := kept{ID: v.ID, When: v.Time.In(d.Zone).Format("15:04 2/1/2006"), Who: v.Who, Why: whys[v.Why], Note: v.Note}
		is, err := d.history.Read(v)
		if err != nil {
			continue // it was removed then, or is damaged: there is nothing to have back
		}
		one.Now = string(is) == string(data)
		if i+1 < len(all) {
			if was, err := d.history.Read(all[i+1]); err == nil {
				one.Words = changes(compare.Words(string(unixLines(was)), string(unixLines(is))))
			}
		}
		shown = append(shown, one)
	}
	d.show(w, "lich-su", view{Title: "Lịch sử: " + titleIn(data), Here: "/bai/" + sectionOf(file) + "/", Help: "sua-go", Own: map[string]any{"File": file, "Place": placeAtDesk(file), "Versions": shown}})
}

// changes are the pieces of a comparison that differ, with a few words around them.
func changes(pieces []compare.Piece) []compare.Piece {
	const around = 8
	var out []compare.Piece
	for i, p := range pieces {
		if p.Op == compare.Kept {
			words := strings.Fields(p.Text)
			if len(words) > 2*around {
				head, tail := strings.Join(words[:around], " "), strings.Join(words[len(words)-around:], " ")
				switch {
				case i == 0:
					head = ""
				case i == len(pieces)-1:
					tail = ""
				}
				p.Text = head + " … " + tail
			}
		}
		out = append(out, p)
	}
	return out
}

// restore puts an earlier version of an entry in the place of what it holds, which is kept.
func (d *Desk) restore(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		File string `json:"file"`
		ID   string `json:"id"`
	}
	if !read(w, r, &asked) {
		return
	}
	if _, err := d.folder.read(asked.File); err != nil || !isEntry(asked.File) {
		d.broken(w, refuse(http.StatusForbidden, textBadName, asked.File))
		return
	}
	v, err := d.history.Version(asked.File, asked.ID)
	if err != nil {
		d.broken(w, refuse(http.StatusNotFound, textNoVersion))
		return
	}
	d.folder.saving.Lock()
	err = d.history.Restore(v, history.Me(), time.Now())
	d.folder.saving.Unlock()
	if err != nil {
		d.broken(w, err)
		return
	}
	d.committed("Lấy lại bản cũ", asked.File)
	d.answer(w, true)
}

// discard moves an entry into the trash, with all that lies beside it: the version that was
// opened, and no other.
func (d *Desk) discard(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		File   string `json:"file"`
		Opened string `json:"opened"`
	}
	if !read(w, r, &asked) {
		return
	}
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	data, err := d.folder.read(asked.File)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = refuse(http.StatusConflict, textGone, asked.File)
	case err == nil && !canBeRemoved(asked.File):
		err = refuse(http.StatusForbidden, textStays)
	case err == nil && hash(data) != asked.Opened:
		err = refuse(http.StatusConflict, textConflict, titleIn(data))
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	name := path.Dir(asked.File)
	if strings.HasSuffix(asked.File, ".en.md") {
		name = asked.File // the Vietnamese stays
	}
	thrown, err := d.history.Trash(name, titleIn(data), history.Act{Who: history.Me(), Why: history.Removed, Time: time.Now()})
	if err != nil {
		d.broken(w, err)
		return
	}
	d.committed("Bỏ “"+thrown.Title+"”", name)
	d.answer(w, map[string]string{"id": thrown.ID, "section": "/bai/" + sectionOf(asked.File) + "/"})
}

// canBeRemoved reports whether an entry may go into the trash: it has a folder of its own,
// or is a translation. A section's own page and a plan stay.
func canBeRemoved(file string) bool {
	base := path.Base(file)
	return isEntry(file) && (base == "index.md" && path.Dir(file) != "content" || base == "index.en.md" || base == "_index.en.md" && path.Dir(file) != "content")
}

// trash lists what was thrown away.
func (d *Desk) trash(w http.ResponseWriter, r *http.Request) {
	all, err := d.history.Trashed()
	if err != nil {
		d.broken(w, err)
		return
	}
	type thrown struct{ ID, Title, When, Who string }
	var shown []thrown
	for _, t := range all {
		shown = append(shown, thrown{t.ID, t.Title, t.Time.In(d.Zone).Format("15:04 2/1/2006"), t.Who})
	}
	d.show(w, "thung-rac", view{Title: "Thùng rác", Here: "/", Help: "sua-go", Own: map[string]any{"Thrown": shown, "Days": int(history.Usual.Trash / (24 * time.Hour))}})
}

// undiscard takes an entry out of the trash.
func (d *Desk) undiscard(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		ID string `json:"id"`
	}
	if !read(w, r, &asked) {
		return
	}
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	back, err := d.history.Untrash(asked.ID, history.Me(), time.Now())
	switch {
	case errors.Is(err, fs.ErrExist):
		err = refuse(http.StatusConflict, textTaken)
	case errors.Is(err, fs.ErrNotExist):
		err = refuse(http.StatusNotFound, textNotInTrash)
	case err != nil:
		err = fmt.Errorf("taking %q out of the trash: %w", asked.ID, err)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.committed("Lấy lại “"+back.Title+"”", back.Name)
	file := back.Name
	if path.Ext(file) != ".md" {
		file += "/index.md"
	}
	d.answer(w, map[string]string{"place": placeAtDesk(file)})
}
