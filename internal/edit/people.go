package edit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/history"
	"lienhiep/internal/office"
	"lienhiep/internal/roster"
)

// Roster is what the desk needs of the program to import people.
type Roster interface {
	// Publisher is who publishes where, as consent forms say it.
	Publisher() (roster.Site, error)
	// CarryOut writes what steps say, one after the other.
	CarryOut(context.Context, []roster.Step) error
}

func (d *Desk) peopleRoutes() {
	d.mux.HandleFunc("GET /nhap/{id}/nguoi/{$}", d.withHanded(d.peopleReview))
	d.mux.HandleFunc("POST /nhap/{id}/nguoi", d.withHanded(d.importPeople))
	d.consentRoutes()
}

// peopleReviewed is the page on which a table of people is looked at.
type peopleReviewed struct {
	review
	Columns []columnReviewed
	Rows    []rowReviewed
	Targets []string // what a column can be read as
	General []fault  // findings about no row in particular
	Coming  int      // people that would be imported
	CanDo   bool
}

type columnReviewed struct {
	roster.ReviewColumn
	Chosen string // what an editor says it is, "" for nothing
}

type rowReviewed struct {
	roster.ReviewRow
	State string // as the page calls it
	IsNew bool   // there is something to import
	Taken bool
}

// rosterOptions are the choices of the page.
func (d *Desk) rosterOptions(asked url.Values) (roster.Options, error) {
	o := roster.Options{Today: time.Now().In(d.Zone).Format(time.DateOnly), Choice: office.Choice{Columns: map[string]string{}}, Skip: slices.Clone(asked["bo"])}
	var err error
	if o.Site, err = d.Site.Publisher(); err != nil {
		return o, err
	}
	for name, values := range asked {
		letter, ok := strings.CutPrefix(name, "cot:")
		if !ok || values[0] == "" {
			continue
		}
		column, key, err := roster.ParseMap(letter + "=" + values[0])
		if err != nil {
			return o, refuse(http.StatusBadRequest, textNoJSON)
		}
		o.Choice.Columns[column] = key
	}
	return o, nil
}

// states are what becomes of a row, as the page calls it.
var states = map[string]string{
	roster.Outcomes[roster.Create].VI: "Mới: thành bản nháp", roster.Outcomes[roster.Change].VI: "Đã có: cập nhật theo bảng",
	roster.Outcomes[roster.Leave].VI: "Đã có: giữ nguyên", roster.Outcomes[roster.Wait].VI: "Chờ phiếu đồng ý, chưa lên trang",
}

// peopleReview shows what would become of a table of people.
func (d *Desk) peopleReview(w http.ResponseWriter, r *http.Request, f *handed) {
	asked := r.URL.Query()
	o, err := d.rosterOptions(asked)
	if err != nil {
		d.broken(w, err)
		return
	}
	sifted, p, findings, err := roster.Sift(f.Name, f.data, d.folder.root.FS(), o, vietnamese)
	if err != nil {
		d.broken(w, err)
		return
	}
	own := peopleReviewed{review: d.reviewOf(f, usePeople, findings), Targets: sifted.Targets(), CanDo: p != nil}
	ofRows := map[string]bool{}
	for _, row := range sifted.Rows {
		out := rowReviewed{ReviewRow: row, State: states[row.Outcome], Taken: !slices.Contains(asked["bo"], row.Label)}
		out.IsNew = row.IsPerson && row.Refused == nil && row.Outcome != roster.Outcomes[roster.Leave].VI
		switch {
		case row.Refused != nil:
			out.State = "Không nhập được"
		case row.Outcome == roster.Outcomes[roster.Leave].VI && strings.HasPrefix(row.Where, roster.WaitingFolder):
			out.State = "Đã ở danh sách chờ phiếu đồng ý"
		case out.State == "":
			out.State = upperFirst(row.Outcome)
		}
		if out.IsNew && out.Taken {
			own.Coming++
		}
		for i, note := range out.Notes {
			ofRows[note] = true
			out.Notes[i] = inDeskWords.Replace(note)
		}
		for _, note := range row.Refused {
			ofRows[note] = true
		}
		own.Rows = append(own.Rows, out)
	}
	own.CanDo = own.CanDo && own.Coming > 0
	for _, one := range slices.Concat(own.Errors, own.Told) {
		if !ofRows[one.Message] {
			own.General = append(own.General, one)
		}
	}
	own.Errors, own.Told = nil, nil
	for _, c := range sifted.Columns {
		own.Columns = append(own.Columns, columnReviewed{c, asked.Get("cot:" + c.Letter())})
	}
	d.show(w, "nhap-nguoi", view{Title: "Nhập danh sách trí thức", Here: "/nhap/", Help: "nhap-excel", Own: own})
}

// importPeople imports those whom the page has ticked.
func (d *Desk) importPeople(w http.ResponseWriter, r *http.Request, f *handed) {
	var asked url.Values
	if !read(w, r, &asked) {
		return
	}
	o, err := d.rosterOptions(asked)
	if err != nil {
		d.broken(w, err)
		return
	}
	_, p, findings, err := roster.Sift(f.Name, f.data, d.folder.root.FS(), o, vietnamese)
	if err == nil && p == nil {
		err = d.refused(f, findings)
	}
	if err == nil && len(p.Steps) == 0 {
		err = refuse(http.StatusUnprocessableEntity, textNobody)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	before := map[string][]byte{} // what the files held that are changed
	count := map[roster.Action]int{}
	for _, s := range p.Steps {
		count[s.Action]++
		for name := range s.Files {
			file := path.Join(s.Folder, name)
			if data, err := d.folder.root.ReadFile(file); err == nil {
				before[file] = data
			}
		}
	}
	// A browser that is closed does not stop half-way what it has begun.
	if err := d.Site.CarryOut(context.WithoutCancel(r.Context()), p.Steps); err != nil {
		d.broken(w, err)
		return
	}
	d.committed("Nhập danh sách trí thức", peopleFolder)
	var said []string
	for _, one := range []struct {
		of    roster.Action
		words string
	}{{roster.Create, "%d bản nháp mới"}, {roster.Change, "%d bài được cập nhật"}, {roster.Leave, "%d bài giữ nguyên"}, {roster.Wait, "%d người chờ phiếu đồng ý"}} {
		if n := count[one.of]; n > 0 {
			said = append(said, fmt.Sprintf(one.words, n))
		}
	}
	place := "/bai/" + path.Base(peopleFolder) + "/"
	if count[roster.Wait] > 0 {
		place = "/phieu/"
	}
	d.answer(w, map[string]any{"place": place, "said": "Đã nhập: " + strings.Join(said, ", ") + ".", "undo": d.undoable(act{say: "Nhập danh sách trí thức", place: "/nhap/" + f.ID + "/nguoi/", back: func() ([]string, error) { return d.unimport(p.Steps, before) }})})
}

const peopleFolder = "content/tri-thuc"

// unimport undoes an import of people, unless somebody has changed since what it wrote.
func (d *Desk) unimport(steps []roster.Step, before map[string][]byte) ([]string, error) {
	var changed []string
	for _, s := range steps {
		for name, data := range s.Files {
			is, err := d.folder.root.ReadFile(path.Join(s.Folder, name))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
			if !bytes.Equal(is, data) && !slices.Contains(changed, s.Name) {
				changed = append(changed, s.Name)
			}
		}
		if s.Ends != "" { // the form of who waited is kept as the proof of a consent
			changed = append(changed, s.Name)
		}
	}
	if changed != nil {
		return nil, refuse(http.StatusConflict, textChangedSince, strings.Join(changed, ", "))
	}
	for _, s := range slices.Backward(steps) {
		if err := d.unimportOne(s, before); err != nil {
			return nil, err
		}
	}
	return []string{peopleFolder}, nil
}

func (d *Desk) unimportOne(s roster.Step, before map[string][]byte) error {
	how := history.Act{Who: history.Me(), Why: history.Removed, Time: time.Now()}
	switch {
	case s.Action == roster.Create:
		_, err := d.history.Trash(s.Folder, s.Name, how)
		return err
	case s.Action == roster.Wait && before[path.Join(s.Folder, "nguoi.json")] == nil:
		return d.folder.root.RemoveAll(s.Folder) // the table has it all
	}
	for name := range s.Files {
		file := path.Join(s.Folder, name)
		if before[file] == nil {
			continue
		}
		var err error
		if isEntry(file) {
			how.Why = history.Restored
			err = d.folder.change(how, history.Change{File: file, Before: s.Files[name], After: before[file]})
		} else {
			err = d.folder.files().Replace(file, before[file])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var (
	textNobody       = diag.Text{VI: "Chưa có ai để nhập: hãy đánh dấu những người cần nhập.", EN: "Nobody to import: tick who is to be imported."}
	textChangedSince = diag.Text{VI: "Chưa hoàn tác được, vì sau khi nhập đã có người sửa, hoặc đã dùng phiếu đồng ý của: %[1]s. Muốn bỏ bài nào thì mở bài ấy, bấm “Bỏ bài”.", EN: "Not undone, for these were changed since, or their forms used: %[1]s. Discard them one by one."}
)
