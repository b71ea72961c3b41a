package roster

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/office"
	"lienhiep/internal/viet"
)

// WaitingFolder holds who waits for a basis, a folder each: outside of content/, never
// published, in no repository, and never to be thrown away.
const WaitingFolder = ".lienhiep/waiting"

// AdmittedFolder is where a waiting goes that has ended, a folder a person: the form may be
// the proof of a consent.
const AdmittedFolder = ".lienhiep/admitted"

// RefusedFolder takes the waiting of who has refused, of whom nothing needs to be kept.
const RefusedFolder = "generated/refused"

// The files of somebody who waits.
const (
	waitingFile = "nguoi.json"
	formFile    = "phieu-dong-y.docx"
)

// Waiting is what a table said of somebody who may not be published yet.
type Waiting struct {
	Name  string            `json:"name"`
	Row   string            `json:"row"`   // of the table: "4"
	Since string            `json:"since"` // ISO
	Site  Site              `json:"site"`  // as the form names it
	Cells map[string]string `json:"cells"` // by the columns' keys
}

// Waiter is somebody who waits, or has waited, with the folder that holds what is known
// of them: the row, the form, and whatever the office has put there.
type Waiter struct {
	*Waiting
	ID       string // that of their entry, once they have one
	Folder   string // ".lienhiep/waiting/tran-van-mau"
	Admitted bool   // the waiting has ended: the folder keeps the proof of the consent
}

// Waiters reads who waits and who has waited, in the order of their IDs.
func Waiters(site fs.FS) ([]Waiter, error) { return waitersIn(site, WaitingFolder, AdmittedFolder) }

// Refused reads who has refused and has not been forgotten since. The ID may have a number
// behind that of the person.
func Refused(site fs.FS) ([]Waiter, error) { return waitersIn(site, RefusedFolder) }

func waitersIn(site fs.FS, folders ...string) ([]Waiter, error) {
	var all []Waiter
	for _, in := range folders {
		entries, err := fs.ReadDir(site, in)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("reading %s: %w", in, err)
		}
		for _, d := range entries {
			one := Waiter{Waiting: &Waiting{}, ID: d.Name(), Folder: path.Join(in, d.Name()), Admitted: in == AdmittedFolder}
			data, err := fs.ReadFile(site, one.Facts())
			if errors.Is(err, fs.ErrNotExist) || !d.IsDir() {
				continue
			}
			if err == nil {
				err = json.Unmarshal(data, one.Waiting)
			}
			if err != nil {
				return nil, fmt.Errorf("reading %s: %w", one.Facts(), err)
			}
			all = append(all, one)
		}
	}
	return all, nil
}

// Form is the file of the form to be signed, as it was written, or as somebody has changed it.
func (w Waiter) Form() string { return path.Join(w.Folder, formFile) }

// Of is what is known of a person who has an entry, for the form to be signed.
func Of(p *catalog.Person, site Site, today string) *Waiting {
	w := &Waiting{Name: p.Title, Since: today, Site: site, Cells: map[string]string{}}
	var awards []string
	for _, a := range p.Awards {
		if awards = append(awards, a.Name); a.Year != 0 {
			awards[len(awards)-1] += fmt.Sprintf(" (%d)", a.Year)
		}
	}
	for key, text := range map[string]string{"other_names": strings.Join(p.OtherNames, "; "), "degree": p.Degree, "birthplace": p.Birthplace,
		"fields": strings.Join(p.Fields, "; "), "affiliation": strings.Join(p.Affiliation, "; "), "awards": strings.Join(awards, "; "), "description": p.Description} {
		if text != "" && !strings.Contains(text, catalog.ToFill) {
			w.Cells[key] = text
		}
	}
	if p.Born.Known() {
		w.Cells["born"] = p.Born.Format(map[bool]string{true: "2006", false: time.DateOnly}[p.Born.Precision == catalog.ToYear])
	}
	return w
}

// Facts is the file of what the table said of them.
func (w Waiter) Facts() string { return path.Join(w.Folder, waitingFile) }

// Person is somebody who waits as an entry would have them.
func (w Waiter) Person() *catalog.Person {
	p := &catalog.Person{OtherNames: itemsOf(w.Cells["other_names"])}
	p.Kind, p.ID, p.Title = catalog.KindPerson, w.ID, w.Name
	if born := year(w.Cells["born"]); born != 0 {
		p.Born = catalog.Date{Time: time.Date(born, 1, 1, 0, 0, 0, 0, time.UTC), Precision: catalog.ToYear}
	}
	return p
}

// Clear finds what is kept of a person, who withdraws: folders of those who wait, and, of
// those who have waited, what the table said of them; the forms are the proof that there
// was a consent, and stay in kept. Of a waiter who only may be the person a finding is made.
func Clear(all []Waiter, p *catalog.Person) (remove, kept []string, findings []diag.Finding) {
	one := p.Identity()
	for _, w := range all {
		other := w.Identity()
		switch {
		case w.ID != p.ID && !other.Resembles(one):
		case w.ID != p.ID && (one.Born == 0 || other.Born == 0):
			findings = append(findings, ruleMayWait.At(diag.Pos{File: w.Facts()}, w.Name, w.Folder, w.ID))
		case w.Admitted:
			remove, kept = append(remove, w.Facts()), append(kept, w.Folder)
		default:
			remove = append(remove, w.Folder)
		}
	}
	return remove, kept, findings
}

// whoWaits reads who waits.
func (p *planner) whoWaits() error {
	all, err := Waiters(p.site)
	if err != nil {
		return err
	}
	for _, w := range all {
		if w.Admitted {
			continue
		}
		p.waiting[w.ID] = w.Waiting
		if p.known[w.ID] == nil { // else the entry is there, and the waiting was not ended
			p.know(&known{id: w.ID, who: []catalog.Identity{w.Identity()}})
		}
	}
	return nil
}

// Identity is what tells them from others.
func (w *Waiting) Identity() catalog.Identity {
	return catalog.IdentityOf(viet.ParseName(w.Name), year(w.Cells["born"]))
}

// under is the row with what was known of the person where it says nothing.
func (w *Waiting) under(row office.Row) office.Row {
	cells := maps.Clone(row.Cells)
	for key, text := range w.Cells {
		if _, given := cells[key]; !given {
			cells[key] = office.Cell{Text: text}
		}
	}
	row.Cells = cells
	return row
}

// wait plans that a person waits: the row, and the form to be signed.
func (p *planner) wait(step Step, id string, row office.Row) Step {
	step.Folder, step.Ends, step.EndsIn = path.Join(WaitingFolder, id), "", ""
	before := p.waiting[id]
	now := &Waiting{Name: step.Name, Row: row.Label(), Since: p.options.Today, Site: p.options.Site, Cells: map[string]string{}}
	for key, c := range row.Cells {
		now.Cells[key] = c.Text
	}
	if before != nil {
		now.Since, now.Site = before.Since, before.Site
		if maps.Equal(before.Cells, now.Cells) && before.Name == now.Name && p.has(step.Folder, formFile) {
			return step
		}
	}
	step.Action = Wait
	step.Files = map[string][]byte{waitingFile: now.Bytes()}
	form, err := fs.ReadFile(p.site, path.Join(step.Folder, formFile))
	switch {
	case before != nil && err == nil && !bytes.Equal(form, p.form(before)):
		p.report(ruleFormChanged, row, colName, step.Name, path.Join(step.Folder, formFile))
	default:
		step.Files[formFile] = p.form(now)
	}
	return step
}

func (p *planner) has(folder, name string) bool {
	_, err := fs.Stat(p.site, path.Join(folder, name))
	return err == nil
}

// Bytes is what the file holds that [Waiter.Facts] names.
func (w *Waiting) Bytes() []byte {
	data, err := json.MarshalIndent(w, "", "  ")
	if err != nil {
		panic(err) // strings are always JSON
	}
	return append(data, '\n')
}

// Consent is what somebody who waits has agreed to, as the columns of a table say it.
type Consent struct {
	Basis    string // "" for consent
	Date     string // "20/11/2026"
	Document string
	Scope    string
}

// Admit makes the plan for somebody who waits and has consented, given by the folder's
// name or by their own. It is nil when a finding is an error.
func Admit(who string, c Consent, site fs.FS, o Options) (*Plan, []diag.Finding, error) {
	p, err := newPlanner(WaitingFolder, site, o, map[string]string{})
	if err != nil {
		return nil, nil, err
	}
	id := p.whoIs(who)
	if id == "" {
		var names []string
		for _, id := range slices.Sorted(maps.Keys(p.waiting)) {
			names = append(names, p.waiting[id].Name+" ("+id+")")
		}
		if names == nil {
			names = []string{"–"}
		}
		return nil, append(p.findings, ruleNotWaiting.At(diag.Pos{}, who, WaitingFolder, strings.Join(names, ", "))), nil
	}
	w := p.waiting[id]
	p.file = path.Join(WaitingFolder, id, waitingFile)
	sheet, number, found := strings.Cut(w.Row, "!")
	if !found {
		sheet, number = "", w.Row
	}
	row := office.Row{Sheet: sheet, Cells: map[string]office.Cell{colID: {Text: id, Name: colID}}}
	row.Column = strings.TrimRight(number, "0123456789")
	if row.Number, err = strconv.Atoi(number[len(row.Column):]); err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", p.file, err)
	}
	for key, text := range map[string]string{colBasis: c.Basis, colPaper: c.Document, colScope: c.Scope} {
		if text == "" && key == colBasis {
			text = "đồng ý"
		}
		if text != "" {
			row.Cells[key] = office.Cell{Text: text, Pos: diag.Pos{File: p.file}, Name: heading(key)}
		}
	}
	if c.Date != "" {
		day, ok := office.ParseDate(c.Date)
		if !ok {
			return nil, append(p.findings, ruleAdmitDate.At(diag.Pos{}, c.Date)), nil
		}
		row.Cells[colAgreed] = office.Cell{Text: day, Pos: diag.Pos{File: p.file}, Name: heading(colAgreed)}
	}
	plan, err := p.plan([]office.Row{w.under(row)})
	return plan, p.findings, err
}

// whoIs finds somebody who waits by the folder's name, or their own where only one has
// it; "" for nobody.
func (p *planner) whoIs(who string) string {
	if p.waiting[who] != nil {
		return who
	}
	name, found := viet.ParseName(who), ""
	for id, w := range p.waiting {
		if name.Same(viet.ParseName(w.Name)) {
			if found != "" {
				return ""
			}
			found = id
		}
	}
	return found
}

var ruleMayWait = diag.NewRule("roster-may-wait", diag.Warning,
	diag.Text{VI: "“%[1]s” ở %[2]s trông giống nhân vật này: trùng tên, còn năm sinh thì thiếu nên không so được.", EN: "“%[1]s” in %[2]s looks like the person: the same name, and no years of birth to compare."},
	diag.Text{VI: "Nếu là người ấy, chạy thêm `lienhiep withdraw %[3]s`, hoặc xóa thư mục ấy.", EN: "If it is the person, run `lienhiep withdraw %[3]s` as well, or delete that folder."})

var ruleAdmitDate = diag.NewRule("roster-admit-date", diag.Error,
	diag.Text{VI: "“%[1]s” không phải ngày đồng ý.", EN: "“%[1]s” is no date of consent."},
	diag.Text{VI: "Viết ngày/tháng/năm, ví dụ --date 20/11/2026.", EN: "Write day/month/year, such as --date 20/11/2026."})
