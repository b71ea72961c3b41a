package edit

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/compare"
	"lienhiep/internal/history"
	"lienhiep/internal/matter"
)

// whys are what versions are said to come from.
var whys = map[history.Why]string{
	history.Saved: "Lưu", history.Removed: "Bỏ vào thùng rác", history.Restored: "Lấy lại", history.Imported: "Nhập từ Word, Excel",
	history.TakenDown: "Gỡ khỏi trang", history.BroughtUp: "Đăng lại", history.Corrected: "Sửa giúp", history.Withdrawn: "Rút tên",
	history.Submitted: "Gửi duyệt", history.Approved: "Duyệt", history.Fetched: "Lấy từ kho chung", history.Found: "Sửa bằng chương trình khác",
}

// versionInWords is a version in the words of people; first is the oldest that is known.
func (d *Desk) versionInWords(v history.Version, first bool) (when, who, why string) {
	when, who, why = clock(v.Time.In(d.Zone)), spokenWho(v.Who), whys[v.Why]
	switch {
	case v.Why == history.Found && first: // nobody has changed it: it was there
		return "Trước " + when, "", "Bản có từ trước"
	case v.Why == history.Found: // it was met then
		return "Trước " + when, "không rõ ai", why
	case v.Why == history.Saved && first:
		why = "Viết mới"
	}
	return when, who, why
}

// spokenWho says who did something, and at which machine: as [history.Me] notes it.
func spokenWho(who string) string {
	name, machine, ok := strings.Cut(strings.TrimSuffix(who, ")"), " (")
	if !ok {
		return who
	}
	return name + ", máy " + machine
}

// shownVersion is a version as it is shown, with what it changed of the one before.
type shownVersion struct {
	ID, When, Who, Why, Note string
	Now                      bool // it is what the file holds
	First                    bool // none is known before it
	Changed                  []fieldChange
}

// fieldChange is what a version changed in a field, or in the text.
type fieldChange struct {
	Label string          `json:"label"`
	Words []compare.Piece `json:"words"`
}

// shownVersions is how many are compared word for word, and shown, at once.
const shownVersions = 50

// versions shows what became of an entry or a table.
func (d *Desk) versions(w http.ResponseWriter, r *http.Request) {
	file := "content/" + r.PathValue("file")
	data, err := d.folder.raw(file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !isKept(file) {
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
	// Of the newest, so many are passed over: an older page.
	from, err := strconv.Atoi(cmp.Or(r.FormValue("qua"), "0"))
	if err != nil || from < 0 || from > 0 && from >= len(all) {
		absent(w, r)
		return
	}
	var shown []shownVersion
	f := d.naming()
	for i := from; i < min(len(all), from+shownVersions); i++ {
		v := all[i]
		one := shownVersion{ID: v.ID, Note: v.Note, First: i+1 == len(all)}
		one.When, one.Who, one.Why = d.versionInWords(v, one.First)
		is, err := d.history.Read(v)
		if err != nil {
			continue // it was removed then, or is damaged: there is nothing to have back
		}
		one.Now = from == 0 && len(shown) == 0 && string(is) == string(data)
		if i+1 < len(all) {
			if was, err := d.history.Read(all[i+1]); err == nil {
				one.Changed = f.changedIn(file, was, is)
			}
		}
		shown = append(shown, one)
	}
	place, here := placeAtDesk(file), "/bai/"+sectionOf(file)+"/"
	if catalog.TableOf(file) != nil {
		place, here = "/trang-web/", "/trang-web/"
	}
	d.show(w, "lich-su", view{Title: "Lịch sử: " + d.called(file, data), Here: here, Help: "lay-lai", Own: map[string]any{"File": file, "Place": place, "Versions": shown, "Newer": from > 0, "Older": max(0, len(all)-from-shownVersions), "Next": from + shownVersions, "Before": max(0, from-shownVersions)}})
}

// isKept reports whether versions of a file are kept.
func isKept(file string) bool { return isEntry(file) || catalog.TableOf(file) != nil }

// changed is what one version of a file changed of another, field by field in the words of
// the form.
func (f former) changedIn(file string, was, is []byte) []fieldChange {
	was, is = unixLines(was), unixLines(is)
	var all []fieldChange
	if t := catalog.TableOf(file); t != nil {
		before, _, _, err := matter.ReadTOML(was)
		after, _, _, err2 := matter.ReadTOML(is)
		if err == nil && err2 == nil {
			return f.changedFields(t.Fields, before, after)
		}
	}
	before, err := matter.ReadYAML(was)
	after, err2 := matter.ReadYAML(is)
	if err != nil || err2 != nil {
		return []fieldChange{{"Tệp", changes(compare.Words(string(was), string(is)))}}
	}
	all = f.forEntry(file).changedFields(catalog.Schema(catalog.KindOf(file)), before.Table, after.Table)
	if string(before.Body) != string(after.Body) {
		pieces := []compare.Piece{{Op: compare.Kept, Text: "Chỉ đổi cách trình bày, không đổi chữ nào."}}
		if was, is := f.spoken(string(before.Body)), f.spoken(string(after.Body)); strings.Join(strings.Fields(was), " ") != strings.Join(strings.Fields(is), " ") {
			pieces = changes(compare.Words(was, is))
		}
		all = append(all, fieldChange{"Lời bài", pieces})
	}
	return all
}

func (f former) changedFields(fields []matter.Field, was, is *matter.Value) []fieldChange {
	var all []fieldChange
	for _, field := range fields {
		before, after := was.Get(field.Key), is.Get(field.Key)
		if f.said(field, before) != f.said(field, after) {
			all = append(all, fieldChange{field.Label.VI, f.words(field, before, after)})
		}
	}
	return all
}

// words are those in which two values of a field differ.
func (f former) words(field matter.Field, before, after *matter.Value) []compare.Piece {
	return changes(compare.Words(f.said(field, before), f.said(field, after)))
}

// said is a value as people would say it.
func (f former) said(field matter.Field, v *matter.Value) string {
	switch {
	case v.Blank() && field.Type != matter.TypeBool:
		return ""
	case field.Type == matter.TypeBool:
		if v != nil && v.Text == "true" {
			return "có"
		}
		return "không"
	case field.Type == matter.TypeDate || field.Type == matter.TypeWhen:
		return shownDate(v.Text, f.zone)
	case field.Type == matter.TypeTable:
		var parts []string
		for _, one := range field.Fields {
			if said := f.said(one, v.Get(one.Key)); said != "" && said != "không" {
				parts = append(parts, one.Label.VI+": "+said)
			}
		}
		return strings.Join(parts, "; ")
	case field.Type == matter.TypeTexts:
		var parts []string
		for _, k := range v.Keys {
			parts = append(parts, cmp.Or(f.called("muc:"+f.plan, k.Name), k.Name)+": "+k.Value.Text)
		}
		return strings.Join(parts, "\n")
	case v.Kind == matter.List:
		item := matter.Field{Type: matter.TypeText}
		between := ", "
		switch field.Type {
		case matter.TypeRefs:
			item, between = matter.Field{Type: matter.TypeRef, To: cmp.Or(field.To, "dieu-khoan")}, "; "
		case matter.TypeTables:
			item, between = matter.Field{Type: matter.TypeTable, Fields: field.Fields}, "\n"
		case matter.TypeLists:
			between = "\n"
		}
		var parts []string
		for _, one := range v.Items {
			parts = append(parts, f.said(item, one))
		}
		return strings.Join(parts, between)
	}
	from := field.To
	switch {
	case field.Clause != "":
		from = field.Clause + ":" + f.plan
	case field.Address:
		from = "dia-chi"
	case field.Type == matter.TypeRef && from == "":
		from = "viec"
	}
	return cmp.Or(field.Words[v.Text], f.called(from, v.Text), v.Text)
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
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	is, err := d.folder.raw(asked.File)
	if err != nil || !isKept(asked.File) {
		d.broken(w, refuse(http.StatusForbidden, textBadName, d.folder.named(asked.File)))
		return
	}
	v, err := d.history.Version(asked.File, asked.ID)
	if err != nil {
		d.broken(w, refuse(http.StatusNotFound, textNoVersion))
		return
	}
	was, err := d.history.Read(v)
	if err == nil {
		err = d.history.Restore(v, history.Me(), time.Now())
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	place := placeAtDesk(asked.File) + "?ban=tep"
	if catalog.TableOf(asked.File) != nil {
		place = "/trang-web/"
	}
	a := act{say: "Lấy lại bản cũ của “" + d.called(asked.File, was) + "”", place: place}
	if string(is) != string(was) {
		a.changes = []history.Change{{File: asked.File, Before: is, After: was}}
	}
	d.done(w, a)
}

// discard moves an entry into the trash, with all that lies beside it: the version that was
// opened, and no other.
func (d *Desk) discard(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		File   string `json:"file"`
		Opened string `json:"opened"`
		Links  bool   `json:"links"` // what leads to it is to be changed too
	}
	if !read(w, r, &asked) {
		return
	}
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	data, err := d.folder.read(asked.File)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = refuse(http.StatusConflict, textGone, d.folder.named(asked.File))
	case err == nil && !canBeRemoved(asked.File):
		err = refuse(http.StatusForbidden, textStays)
	case err == nil && hash(data) != asked.Opened:
		err = refuse(http.StatusConflict, textConflict, titleIn(data))
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	changes, left, err := d.Site.Detach(asked.File)
	if err != nil {
		d.broken(w, err)
		return
	}
	title := titleIn(data)
	if len(left) > 0 || len(changes) > 0 && !asked.Links {
		text := fmt.Sprintf(textTied.VI, title)
		if len(left) > 0 {
			text = fmt.Sprintf(textStuck.VI, title, len(left))
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusConflict)
		d.encode(w, map[string]string{"message": text, "place": "/go/" + strings.TrimPrefix(asked.File, "content/") + "?bo"})
		return
	}
	name := path.Dir(asked.File)
	if strings.HasSuffix(asked.File, ".en.md") {
		name = asked.File // the Vietnamese stays
	}
	now := time.Now()
	how := history.Act{Who: history.Me(), Why: history.Removed, Time: now}
	untied := how
	untied.Why, untied.Note = history.Saved, "Bỏ liên kết tới “"+title+"”"
	if err := d.folder.change(untied, changes...); err != nil {
		d.broken(w, err)
		return
	}
	thrown, err := d.history.Trash(name, title, how)
	if err != nil {
		d.broken(w, err)
		return
	}
	names := []string{name}
	for _, c := range changes {
		names = append(names, c.File)
	}
	a := act{say: "Bỏ “" + title + "”", changes: changes, trashed: thrown, place: placeAtDesk(asked.File)}
	d.committed(a.say, names...)
	d.answer(w, map[string]string{"id": thrown.ID, "undo": d.undoable(a), "place": "/bai/" + sectionOf(asked.File) + "/"})
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
	type thrown struct {
		ID, Title, When, Who string
		Left                 int // days
	}
	var shown []thrown
	for _, t := range all {
		left := int(time.Until(t.Time.Add(history.Usual.Trash)).Hours()+23) / 24
		title := t.Title
		if strings.HasSuffix(t.Name, ".en.md") {
			title += " (bản tiếng Anh)"
		}
		shown = append(shown, thrown{t.ID, title, clock(t.Time.In(d.Zone)), spokenWho(t.Who), max(left, 0)})
	}
	d.show(w, "thung-rac", view{Title: "Thùng rác", Here: "/", Help: "lay-lai", Own: map[string]any{"Thrown": shown, "Days": int(history.Usual.Trash / (24 * time.Hour))}})
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
	if a, ok := d.actOf(asked.ID); ok { // so that what led to it does again
		if names, err := d.takeBack(a); err == nil {
			d.taken(a.id)
			d.committed("Lấy lại: "+a.say, names...)
			d.answer(w, map[string]string{"place": a.place, "said": "Đã lấy lại bài từ thùng rác.", "undo": d.undoable(d.takenOut(a.trashed, a.changes))})
			return
		}
	}
	back, err := d.untrash(asked.ID)
	if err != nil {
		d.broken(w, err)
		return
	}
	d.committed("Lấy lại “"+back.Title+"”", back.Name)
	file := back.Name
	switch {
	case isPicture(file) || isAttachment(file):
		file = fileOf(file, "index.md")
	case path.Ext(file) != ".md":
		file += "/index.md"
		if _, err := d.folder.root.Stat(file); err != nil { // a plan's page
			file = path.Join(back.Name, "_index.md")
		}
	}
	d.answer(w, map[string]string{"place": placeAtDesk(file), "undo": d.undoable(d.takenOut(back, nil)),
		"said": "Đã lấy lại bài từ thùng rác. Trang nào trước dẫn tới bài mà nay chỉ còn chữ thì lấy lại bản cũ trong Lịch sử của trang ấy."})
}

// takenOut is the act of taking something out of the trash; untied is what had been changed
// when it was thrown away.
func (d *Desk) takenOut(t history.Trashed, untied []history.Change) act {
	return act{say: "Lấy lại “" + t.Title + "”", place: "/thung-rac/", back: func() ([]string, error) {
		var again act
		for _, c := range untied {
			again.changes = append(again.changes, history.Change{File: c.File, Before: c.After, After: c.Before})
		}
		names, err := d.takeBack(again)
		if err == nil {
			_, err = d.history.Trash(t.Name, t.Title, history.Act{Who: history.Me(), Why: history.Removed, Time: time.Now()})
		}
		return append(names, t.Name), err
	}}
}

// untrash takes something out of the trash; the caller holds saving.
func (d *Desk) untrash(id string) (history.Trashed, error) {
	back, err := d.history.Untrash(id, history.Me(), time.Now())
	switch {
	case errors.Is(err, fs.ErrExist):
		err = refuse(http.StatusConflict, textTaken)
	case errors.Is(err, fs.ErrNotExist):
		err = refuse(http.StatusNotFound, textNotInTrash)
	case err != nil:
		err = fmt.Errorf("taking %q out of the trash: %w", id, err)
	}
	return back, err
}
