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
	d.mux.HandleFunc("POST /nhap/{id}/thoi-nguoi", d.withHanded(d.unimportPeople))
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
		out := rowReviewed{ReviewRow: row, State: states[row.Outcome], Taken: row.IsPerson && row.Refused == nil && !slices.Contains(asked["bo"], row.Label)}
		switch {
		case row.Refused != nil:
			out.State = "Không nhập được"
		case out.State == "":
			out.State = upperFirst(row.Outcome)
		}
		if out.Taken {
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

// imported is what an import has done, so that it can be undone.
type imported struct {
	steps  []roster.Step
	before map[string][]byte // what the files held that were changed
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
	done := imported{steps: p.Steps, before: map[string][]byte{}}
	count := map[roster.Action]int{}
	for _, s := range p.Steps {
		count[s.Action]++
		for name := range s.Files {
			file := path.Join(s.Folder, name)
			if data, err := d.folder.root.ReadFile(file); err == nil {
				done.before[file] = data
			}
		}
	}
	// A browser that is closed does not stop half-way what it has begun.
	if err := d.Site.CarryOut(context.WithoutCancel(r.Context()), p.Steps); err != nil {
		d.broken(w, err)
		return
	}
	f.reading.Lock()
	f.done = &done
	f.reading.Unlock()
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
	d.answer(w, map[string]any{"place": place, "said": "Đã nhập: " + strings.Join(said, ", ") + ".", "undo": undo{"/nhap/" + f.ID + "/thoi-nguoi", map[string]string{}, "/nhap/" + f.ID + "/nguoi/"}})
}

const peopleFolder = "content/tri-thuc"

// unimportPeople undoes an import: what somebody has touched since stays, and is told.
func (d *Desk) unimportPeople(w http.ResponseWriter, r *http.Request, f *handed) {
	var asked struct{}
	if !read(w, r, &asked) {
		return
	}
	f.reading.Lock()
	done := f.done
	f.done = nil
	f.reading.Unlock()
	if done == nil {
		d.broken(w, refuse(http.StatusConflict, textUndone))
		return
	}
	var stay []string
	for _, s := range slices.Backward(done.steps) {
		ok, err := d.unimport(s, done.before)
		if err != nil {
			d.broken(w, err)
			return
		}
		if !ok {
			stay = append(stay, s.Name)
		}
	}
	d.committed("Thôi nhập danh sách trí thức", peopleFolder)
	said := "Đã hoàn tác lần nhập."
	if stay != nil {
		said = "Đã hoàn tác, trừ những bài đã được sửa sau khi nhập: " + strings.Join(stay, ", ") + "."
	}
	d.answer(w, map[string]string{"said": said})
}

// unimport undoes a step; false where what it wrote is another by now.
func (d *Desk) unimport(s roster.Step, before map[string][]byte) (bool, error) {
	if s.Action == roster.Leave {
		return true, nil
	}
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	for name, data := range s.Files {
		is, err := d.folder.root.ReadFile(path.Join(s.Folder, name))
		if errors.Is(err, fs.ErrNotExist) || err == nil && !bytes.Equal(is, data) || s.Ends != "" {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	switch {
	case s.Action == roster.Create:
		_, err := d.history.Trash(s.Folder, s.Name, history.Act{Who: history.Me(), Why: history.Removed, Time: time.Now()})
		return err == nil, err
	case s.Action == roster.Wait && before[path.Join(s.Folder, "nguoi.json")] == nil:
		return true, d.folder.root.RemoveAll(s.Folder) // the table has it all
	}
	for name := range s.Files {
		file := path.Join(s.Folder, name)
		old := before[file]
		if old == nil {
			continue
		}
		if err := d.folder.keep([]change{{Path: file, before: s.Files[name], after: old}}); err != nil {
			return false, err
		}
		if err := d.folder.files().Replace(file, old); err != nil {
			return false, err
		}
	}
	return true, nil
}

var (
	textNobody = diag.Text{VI: "Chưa có ai để nhập: hãy đánh dấu những người cần nhập.", EN: "Nobody to import: tick who is to be imported."}
	textUndone = diag.Text{VI: "Lần nhập này đã được hoàn tác rồi.", EN: "That import has been undone already."}
)
