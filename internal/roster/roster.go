// Package roster imports an Excel table of people into content/tri-thuc.
//
// In: a .xlsx file with the columns of [Columns], and the site's folder. Out: a
// [Plan], which says for every row what becomes of it, with the files to write, and
// findings on what is wrong with the table or is left out of it. Nothing is written
// here.
//
// What a row gave is kept beside the entry made of it, in a [Record]. That is how
// a later import knows what has changed in the table since, and what an editor
// has written: a value that is no longer the one imported is the editor's and
// stays. An entry without a record was made by hand and is left alone.
//
// A living person is published on a basis alone (law 91/2025/QH15). Who has none yet
// waits in [WaitingFolder], which is never published and no part of a repository: the
// row, and a form to be signed. A later table that gives the consent, or [Admit],
// makes the entry and ends the waiting.
package roster

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/office"
	"lienhiep/internal/viet"
)

// Action is what an import does with a row.
type Action int

const (
	Leave  Action = iota // nothing has changed, or the entry is an editor's
	Create               // there is no entry yet
	Change               // the table has changed since the last import
	Wait                 // the person waits for a basis
)

// Step is what becomes of one row.
type Step struct {
	Action Action
	Row    string            // "4", or "Y tế!4" where several sheets are read
	Name   string            // of the person
	Folder string            // "content/tri-thuc/nguyen-van-a", ".lienhiep/waiting/nguyen-van-a"
	Keys   []string          // of front matter, that change
	ByHand bool              // the entry was not made by an import
	Files  map[string][]byte // to write in the folder, by their names
	Ends   string            // the folder of a waiting that the step ends, or ""
	EndsIn string            // where that folder goes
}

// Plan is all steps, in the order of the rows, and the table that they come from.
type Plan struct {
	Steps []Step
	Table *office.Sheet // with its account of what is left out; nil after [Admit]
}

// Options are what an import needs to know beside the table.
type Options struct {
	Choice office.Choice
	Site   Site
	Today  string   // ISO
	Skip   []string // labels of rows that are not to be imported: "4", "Y tế!4"
}

// Site is who publishes where, as the consent forms say it.
type Site struct {
	Address   string `json:"address"`   // of the site
	Publisher string `json:"publisher"` // the body's full name; "" for a place to fill
	Contact   string `json:"contact"`   // where a consent is withdrawn; "" for a place to fill
}

// RecordFile holds the [Record] of an entry. Hugo and the catalogue ignore files whose
// names start with a dot.
const RecordFile = ".danh-sach.json"

// Record holds the values, as YAML by key, that the last import gave to an entry.
type Record struct {
	Values map[string]string `json:"values"`
}

var (
	ruleNoName = diag.NewRule("roster-no-name", diag.Error,
		diag.Text{VI: "Dòng %[1]s không có họ và tên.", EN: "Row %[1]s has no name."},
		diag.Text{VI: "Ghi họ và tên, hoặc xóa dòng ấy.", EN: "Give the name, or delete the row."})
	ruleBadID = diag.NewRule("roster-bad-id", diag.Error,
		diag.Text{VI: "Không tạo được mã từ “%[2]s” ở ô %[1]s.", EN: "No ID can be made of “%[2]s” in cell %[1]s."},
		diag.Text{VI: "Mã chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ nguyen-van-a.", EN: "An ID has a–z, digits and hyphens only, such as nguyen-van-a."})
	ruleSameID = diag.NewRule("roster-same-person", diag.Error,
		diag.Text{VI: "Dòng %[1]s và dòng %[2]s có cùng mã “%[3]s”.", EN: "Rows %[1]s and %[2]s have the same ID “%[3]s”."},
		diag.Text{VI: "Nếu là một người, bỏ một dòng. Nếu là hai người trùng tên, thêm cột Mã và ghi mã khác nhau, ví dụ nguyen-van-a-1950.", EN: "If they are the same person, remove one row. If two people share a name, add a column Mã with different IDs, such as nguyen-van-a-1950."})
	ruleNoBasis = diag.NewRule("roster-no-consent", diag.Warning,
		diag.Text{VI: "%[1]d người còn sống chưa có căn cứ để đăng nên chờ trong %[2]s, chưa lên trang: %[3]s.", EN: "%[1]d living people without a basis for publishing wait in %[2]s and are not on the site: %[3]s."},
		diag.Text{VI: "Xem `lienhiep help cho-dong-y`. In phiếu đồng ý trong thư mục của từng người cho họ ký. Có phiếu rồi thì điền các cột “Căn cứ để đăng”, “Ngày đồng ý”, “Văn bản đồng ý”, “Phạm vi đồng ý” và nhập lại bảng, hoặc dùng `lienhiep import people --admit`. Người hoạt động công khai thì ghi căn cứ “hoạt động công khai”; người đã mất thì ghi cột “Ngày mất”.",
			EN: "See `lienhiep help cho-dong-y`. Print the consent form in each one's folder for signing. Then fill in “Căn cứ để đăng”, “Ngày đồng ý”, “Văn bản đồng ý”, “Phạm vi đồng ý” and import the table again, or use `lienhiep import people --admit`. For public activity write “hoạt động công khai”; for the dead give “Ngày mất”."})
	ruleRefused = diag.NewRule("roster-refused", diag.Notice,
		diag.Text{VI: "%[1]s (dòng %[2]s) không đồng ý nên không được nhập.", EN: "%[1]s (row %[2]s) does not consent and is not imported."},
		diag.Text{VI: "Không phải làm gì. Nếu người ấy đang có trang, dùng `lienhiep withdraw`.", EN: "Nothing is to be done. If the person has a page, use `lienhiep withdraw`."})
	ruleCellLeft = diag.NewRule("roster-cell-left", diag.Warning,
		diag.Text{VI: "“%[2]s” ở ô %[1]s (cột “%[3]s”) không được nhập.", EN: "“%[2]s” in cell %[1]s (column “%[3]s”) is not imported."},
		diag.Text{VI: "Giới tính ghi “Nam” hoặc “Nữ”; ngày, văn bản, phạm vi đồng ý chỉ dùng khi căn cứ là “đồng ý”.", EN: "The sex is “Nam” or “Nữ”; date, document and scope of consent count only where the basis is “đồng ý”."})
	ruleDeeds = diag.NewRule("roster-achievements", diag.Warning,
		diag.Text{VI: "Bảng có thành tích mới của %[1]s (dòng %[2]s); lời bài là của biên tập viên nên không được tự sửa.", EN: "The table has new achievements of %[1]s (row %[2]s); the text is the editors' and is not changed."},
		diag.Text{VI: "Tự đưa vào lời bài ở %[3]s: %[4]s.", EN: "Add them to the text of %[3]s: %[4]s."})
	ruleFormChanged = diag.NewRule("roster-form-changed", diag.Warning,
		diag.Text{VI: "Phiếu đồng ý của %[1]s đã được sửa tay nên giữ nguyên, dù bảng đã đổi.", EN: "The consent form of %[1]s was changed by hand and stays, though the table has changed."},
		diag.Text{VI: "So phiếu ở %[2]s với bảng; muốn máy viết lại thì đổi tên tệp cũ rồi nhập lại.", EN: "Compare the form in %[2]s with the table; to have it written anew, rename the old file and import again."})
	ruleNotWaiting = diag.NewRule("roster-not-waiting", diag.Error,
		diag.Text{VI: "Không có ai tên “%[1]s” đang chờ trong %[2]s.", EN: "Nobody named “%[1]s” waits in %[2]s."},
		diag.Text{VI: "Những người đang chờ: %[3]s.", EN: "Those who wait: %[3]s."})
	ruleBadBasis = diag.NewRule("roster-bad-consent", diag.Error,
		diag.Text{VI: "“%[2]s” ở ô %[1]s không phải căn cứ để đăng.", EN: "“%[2]s” in cell %[1]s is not a basis for publishing."},
		diag.Text{VI: "Ghi “đồng ý”, “hoạt động công khai” hoặc “đã mất”.", EN: "Write “đồng ý”, “hoạt động công khai” or “đã mất”."})
	ruleBasisProof = diag.NewRule("roster-consent-proof", diag.Warning,
		diag.Text{VI: "%[1]s (dòng %[2]s) đồng ý nhưng thiếu: %[3]s; chờ cho đến khi có đủ.", EN: "%[1]s (row %[2]s) has consented, but these are missing: %[3]s; the person waits until they are given."},
		diag.Text{VI: "Sự đồng ý phải kiểm chứng được: ghi đủ các cột ấy.", EN: "Consent must be verifiable: fill in those columns."})
	ruleBasisDead = diag.NewRule("roster-consent-dead", diag.Error,
		diag.Text{VI: "%[1]s (dòng %[2]s) ghi căn cứ “đã mất” nhưng không có ngày mất.", EN: "%[1]s (row %[2]s) is marked as deceased, but has no date of death."},
		diag.Text{VI: "Ghi cột “Ngày mất” (chỉ năm cũng được), hoặc sửa căn cứ.", EN: "Fill in “Ngày mất” (the year is enough), or correct the basis."})
	ruleWithdrawn = diag.NewRule("roster-withdrawn", diag.Error,
		diag.Text{VI: "%[1]s (dòng %[2]s) đã rút lại sự đồng ý ngày %[3]s nên không được nhập.", EN: "%[1]s (row %[2]s) withdrew on %[3]s and is not imported."},
		diag.Text{VI: "Xóa dòng ấy khỏi bảng. Nếu chắc chắn là người khác trùng cả tên lẫn năm sinh, thêm dòng others = [\"%[4]s\"] vào mục của người đã rút trong " + catalog.WithdrawnFile + ". Nếu người ấy đã đồng ý lại bằng văn bản, xóa mục của người ấy trong tệp đó trước.",
			EN: "Delete the row. If this is certainly another person of the same name and year, add others = [\"%[4]s\"] to the item of the person who withdrew in " + catalog.WithdrawnFile + ". After a new consent in writing, first delete the person's item there."})
	ruleLikeWithdrawn = diag.NewRule("roster-like-withdrawn", diag.Warning,
		diag.Text{VI: "%[1]s (dòng %[2]s) trông giống người đã rút lại sự đồng ý ngày %[3]s: trùng tên, còn năm sinh thì thiếu nên không so được. Chưa nhập dòng này.", EN: "%[1]s (row %[2]s) looks like the person who withdrew on %[3]s: the same name, and no years of birth to compare. The row is not imported."},
		diag.Text{VI: "Nếu là người ấy, xóa dòng này khỏi bảng. Nếu là người khác, thêm dòng others = [\"%[4]s\"] vào mục của người đã rút trong " + catalog.WithdrawnFile + "; khi mục ấy có năm sinh thì chỉ cần ghi năm sinh ở bảng. Rồi nhập lại.",
			EN: "If it is that person, delete the row. If it is somebody else, add others = [\"%[4]s\"] to the item of the person who withdrew in " + catalog.WithdrawnFile + "; where that has a year of birth, giving it in the table is enough. Then import again."})
	ruleWhichPerson = diag.NewRule("roster-which-person", diag.Error,
		diag.Text{VI: "%[1]s (dòng %[2]s) có thể là nhiều người đã có trang: %[3]s.", EN: "%[1]s (row %[2]s) may be several people who have a page: %[3]s."},
		diag.Text{VI: "Ghi năm sinh, hoặc thêm cột Mã và ghi mã của đúng người ấy.", EN: "Give the year of birth, or add a column Mã with the ID of the right one."})
	ruleName = diag.NewRule("roster-name", diag.Notice,
		diag.Text{VI: "“%[1]s” (dòng %[2]s) được nhập với họ tên “%[3]s”.", EN: "“%[1]s” (row %[2]s) is imported with the name “%[3]s”."},
		diag.Text{VI: "Nếu họ tên không đúng, ở bảng chỉ ghi họ tên trong cột “Họ và tên”.", EN: "If the name is wrong, put only the name in the column “Họ và tên”."})
	ruleNameDegree = diag.NewRule("roster-degree", diag.Notice,
		diag.Text{VI: "“%[1]s” đứng cạnh tên %[2]s (dòng %[3]s) được ghi vào mục “Học hàm, học vị”.", EN: "“%[1]s”, found beside the name %[2]s (row %[3]s), is imported as the degree."},
		diag.Text{VI: "Nếu không đúng, ghi học hàm, học vị ở cột riêng.", EN: "If that is wrong, put the degree in a column of its own."})
	ruleSeveralNames = diag.NewRule("roster-several-names", diag.Error,
		diag.Text{VI: "Ô %[1]s có vẻ ghi tên nhiều người: “%[2]s”.", EN: "Cell %[1]s seems to name several people: “%[2]s”."},
		diag.Text{VI: "Ghi mỗi người một dòng.", EN: "Give each person a row."})
	ruleNameRest = diag.NewRule("roster-name-rest", diag.Warning,
		diag.Text{VI: "“%[1]s” đứng cạnh tên %[2]s (dòng %[3]s) không được nhập.", EN: "“%[1]s”, found beside the name %[2]s (row %[3]s), is not imported."},
		diag.Text{VI: "Nếu cần, ghi ở cột riêng: “Học hàm, học vị”, “Tên khác”, “Nơi công tác”, “Ngày sinh”, “Ngày mất”.", EN: "If it is needed, put it in a column of its own: “Học hàm, học vị”, “Tên khác”, “Nơi công tác”, “Ngày sinh”, “Ngày mất”."})
	ruleConflict = diag.NewRule("roster-conflict", diag.Warning,
		diag.Text{VI: "Bảng đã đổi mục “%[2]s” của %[1]s, nhưng biên tập viên đã sửa mục ấy trong bài; giữ nguyên bài.", EN: "The table changed “%[2]s” of %[1]s, but an editor has changed it in the entry, too; the entry is kept."},
		diag.Text{VI: "So hai bên rồi sửa tay trong %[3]s nếu cần.", EN: "Compare the two, and edit %[3]s by hand if needed."})
	ruleUnreadableEntry = diag.NewRule("roster-entry-unreadable", diag.Error,
		diag.Text{VI: "Không sửa được %[1]s: phần khai báo viết sai quy cách.", EN: "%[1]s cannot be changed: its front matter cannot be read."},
		diag.Text{VI: "Chạy `lienhiep check` và sửa tệp ấy trước, rồi nhập lại.", EN: "Run `lienhiep check`, correct the file, and import again."})
)

// Read makes the plan for the file, against the site's folder. It is nil when a
// finding is an error.
func Read(file string, data []byte, site fs.FS, o Options) (*Plan, []diag.Finding, error) {
	sheet, findings := office.ReadSheet(file, data, Columns(), o.Choice)
	if sheet == nil {
		return nil, findings, nil
	}
	p, err := newPlanner(file, site, o, sheet.Heads)
	if err != nil {
		return nil, findings, err
	}
	p.findings = append(findings, p.findings...)
	plan, err := p.plan(sheet.Rows)
	if plan != nil {
		plan.Table = sheet
	}
	return plan, p.findings, err
}

func newPlanner(file string, site fs.FS, o Options, heads map[string]string) (*planner, error) {
	gone, faults := catalog.LoadWithdrawn(site)
	p := &planner{site: site, file: file, options: o, findings: faults, known: map[string]*known{}, byName: map[string][]*known{}, given: map[string]bool{}, gone: gone, heads: heads, waiting: map[string]*Waiting{}}
	if err := p.people(); err != nil {
		return nil, err
	}
	return p, p.whoWaits()
}

// plan plans all rows; nil when a finding is an error.
func (p *planner) plan(rows []office.Row) (*Plan, error) {
	for _, row := range rows {
		if id, ok := row.Cells[colID]; ok {
			p.given[id.Text] = true
		}
	}
	plan := &Plan{}
	for _, row := range rows {
		step, ok, err := p.row(row)
		if err != nil {
			return nil, err
		}
		if ok {
			plan.Steps = append(plan.Steps, step)
		}
	}
	if len(p.waits) > 0 {
		p.findings = append(p.findings, ruleNoBasis.At(diag.Pos{File: p.file, Line: p.waits[0].Number}, len(p.waits), WaitingFolder, named(p.waits)))
	}
	if diag.HasErrors(p.findings) {
		return nil, nil
	}
	return plan, nil
}

// named lists the people of rows: "Trần Văn Mẫu (dòng 4)".
func named(rows []waits) string {
	var names []string
	for _, w := range rows {
		names = append(names, fmt.Sprintf("%s (%s)", w.name, w.Label()))
	}
	return strings.Join(names, ", ")
}

// waits is somebody who waits, by their row.
type waits struct {
	office.Row
	name string
}

type planner struct {
	site     fs.FS
	file     string
	options  Options
	findings []diag.Finding
	known    map[string]*known   // by their IDs
	byName   map[string][]*known // by the keys of their names
	given    map[string]bool     // IDs that rows give
	gone     []catalog.Withdrawn
	heads    map[string]string // columns of the table
	waiting  map[string]*Waiting
	waits    []waits
}

func (p *planner) report(r *diag.Rule, row office.Row, key string, args ...any) {
	pos := diag.Pos{File: p.file, Line: row.Number}
	if c, ok := row.Cells[key]; ok {
		pos = c.Pos
	}
	p.findings = append(p.findings, r.At(pos, args...))
}

// row plans one row.
func (p *planner) row(row office.Row) (Step, bool, error) {
	before := len(p.findings)
	if cell := row.Cells[colName]; several(cell.Text) {
		p.report(ruleSeveralNames, row, colName, cell.Name, oneLine(cell.Text))
		return Step{}, false, nil
	}
	name := p.name(row)
	if name.Bare == "" && row.Cells[colName].Text == "" {
		p.report(ruleNoName, row, "", row.Label())
		return Step{}, false, nil
	}
	one := catalog.IdentityOf(name, year(row.Cells["born"].Text))
	id, ok := p.id(row, one, p.values(row, name.Bare))
	if !ok || !p.mayCome(row, id, one) {
		return Step{}, false, nil
	}
	waiting := p.waiting[id]
	if waiting != nil {
		row = waiting.under(row)
	}
	values := p.values(row, name.Bare)
	consent, basis := p.consent(row, name.Bare)
	if consent != nil {
		values["consent"] = consent
	}
	p.unused(row, basis)
	if diag.HasErrors(p.findings[before:]) {
		return Step{}, false, nil
	}
	step := Step{Row: row.Label(), Name: name.Bare, Folder: path.Join("content", catalog.KindPerson.Folder(), id)}
	if waiting != nil {
		step.Ends, step.EndsIn = path.Join(WaitingFolder, id), AdmittedFolder
	}
	exists := p.exists(step.Folder)
	switch {
	case basis == refused:
		p.report(ruleRefused, row, colBasis, name.Bare, row.Label())
		step.EndsIn = RefusedFolder
		return step, waiting != nil, nil
	case basis == none && !exists:
		p.waits = append(p.waits, waits{row, name.Bare})
		return p.wait(step, id, row), true, nil
	}
	err := p.against(&step, row, values, basis)
	return step, true, err
}

// exists reports whether there is an entry in the folder.
func (p *planner) exists(folder string) bool {
	for _, name := range []string{folder, folder + ".md"} {
		if _, err := fs.Stat(p.site, name); err == nil {
			return true
		}
	}
	return false
}

// id is the ID of the row's person: the one given, or that of the entry that is
// theirs, or a new one.
func (p *planner) id(row office.Row, one catalog.Identity, values map[string]*matter.Value) (string, bool) {
	key, id, ok := colName, "", true
	if given, isGiven := row.Cells[colID]; isGiven {
		key = colID
		if viet.Slug(given.Text) == given.Text {
			id = given.Text
		}
	} else if id, ok = p.match(row, one, values); !ok {
		return "", false
	}
	if id == "" {
		p.report(ruleBadID, row, key, row.Cells[key].Name, row.Cells[key].Text)
		return "", false
	}
	if other := p.claim(id, row.Label(), one); other != "" {
		p.report(ruleSameID, row, key, other, row.Label(), id)
		return "", false
	}
	return id, true
}

// mayCome reports whether the row's person may be on the site: those who have
// withdrawn may not, and of those who only look like one an editor must say so.
func (p *planner) mayCome(row office.Row, id string, one catalog.Identity) bool {
	for _, w := range p.gone {
		likeness := w.Likeness(id, one)
		switch {
		case w.Person == id, likeness == catalog.Equal:
			p.report(ruleWithdrawn, row, colName, one.Name.Bare, row.Label(), w.Date, id)
			return false
		case likeness == catalog.Alike:
			p.report(ruleLikeWithdrawn, row, colName, one.Name.Bare, row.Label(), w.Date, id)
			return false
		}
	}
	return true
}

// entryFile is the file of an entry that an import made.
const entryFile = "index.md"

// file is the step's entry.
func (s *Step) file() string { return path.Join(s.Folder, entryFile) }

// against plans the step, given what the row says and what there is.
func (p *planner) against(step *Step, row office.Row, values map[string]*matter.Value, basis basis) error {
	src, err := fs.ReadFile(p.site, step.file())
	if errors.Is(err, fs.ErrNotExist) {
		if step.ByHand = p.exists(step.Folder); !step.ByHand {
			p.create(step, values)
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", step.Folder, err)
	}
	record, err := p.record(step.Folder)
	if err != nil {
		return err
	}
	if record == nil {
		step.ByHand = true
		return nil
	}
	if basis == none { // the basis that the entry has stays
		if kept, err := matter.Parse(record.Values["consent"]); err == nil && record.Values["consent"] != "" {
			values["consent"] = kept
		}
	}
	if before := record.Values[colDeeds]; values[colDeeds] != nil && values[colDeeds].YAML() != before {
		p.report(ruleDeeds, row, colDeeds, step.Name, row.Label(), step.file(), strings.Join(itemsOf(row.Cells[colDeeds].Text), "; "))
	}
	return p.change(step, src, record.Values, values)
}

func (p *planner) record(folder string) (*Record, error) {
	name := path.Join(folder, RecordFile)
	data, err := fs.ReadFile(p.site, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	var r Record
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return &r, nil
}

func recordOf(values map[string]*matter.Value) []byte {
	given := map[string]string{}
	for key, v := range values {
		given[key] = v.YAML()
	}
	data, err := json.MarshalIndent(Record{given}, "", "  ")
	if err != nil {
		panic(err) // strings are always JSON
	}
	return append(data, '\n')
}

func (p *planner) create(step *Step, values map[string]*matter.Value) {
	step.Action = Create
	_, text, findings := catalog.Compose(catalog.KindPerson, step.Name, values, textOf(values))
	p.findings = append(p.findings, findings...)
	step.Files = map[string][]byte{entryFile: []byte(text), RecordFile: recordOf(values)}
}

// change compares, key by key, what the last import gave, what the row gives now
// and what the entry says.
func (p *planner) change(step *Step, src []byte, old map[string]string, values map[string]*matter.Value) error {
	if err := p.keepUnasked(old, values); err != nil {
		return fmt.Errorf("reading %s: %w", path.Join(step.Folder, RecordFile), err)
	}
	now, err := matter.Values(src)
	if err != nil {
		p.findings = append(p.findings, ruleUnreadableEntry.At(diag.Pos{File: step.file()}, step.file()))
		return nil
	}
	var settings []matter.Setting
	for _, key := range order(old, values) {
		if key == colDeeds {
			continue // the text is the editors'
		}
		given, err := matter.Parse(old[key])
		if err != nil {
			return fmt.Errorf("reading %s: %w", path.Join(step.Folder, RecordFile), err)
		}
		before, wanted := given.Canonical(), values[key].Canonical()
		switch {
		case wanted == before, wanted == now[key]:
		case now[key] == before:
			settings = append(settings, matter.Setting{Key: key, Value: values[key]})
			step.Keys = append(step.Keys, key)
		default:
			p.findings = append(p.findings, ruleConflict.At(diag.Pos{File: step.file()}, step.Name, key, step.file()))
		}
	}
	if !sameRecord(old, values) {
		step.Files = map[string][]byte{RecordFile: recordOf(values)}
	}
	if len(settings) == 0 {
		return nil
	}
	edited, err := matter.Edit(src, settings)
	if err != nil {
		p.findings = append(p.findings, ruleUnreadableEntry.At(diag.Pos{File: step.file()}, step.file()))
		return nil
	}
	step.Action = Change
	step.Files[entryFile] = edited
	return nil
}

// columnsOf are those of a group of front matter; the others have one of their own.
var columnsOf = map[string][]string{
	"consent": {colBasis, colAgreed, colPaper, colScope},
	"sources": {colSource, colSourceURL, colPublisher},
	// An office held stands with the body where it is held.
	"affiliation": {"affiliation", colPosition},
}

// keepUnasked leaves what an earlier import gave where the table has no column for it:
// a list of names and birthdays does not take back another list's awards.
func (p *planner) keepUnasked(old map[string]string, values map[string]*matter.Value) error {
	for key, before := range old {
		columns := columnsOf[key]
		if columns == nil {
			columns = []string{key}
		}
		asked := slices.ContainsFunc(columns, func(c string) bool { return p.heads[c] != "" })
		if asked || values[key] != nil && key != "description" {
			continue
		}
		kept, err := matter.Parse(before)
		if err != nil {
			return err
		}
		values[key] = kept
	}
	return nil
}

func sameRecord(old map[string]string, values map[string]*matter.Value) bool {
	return !slices.ContainsFunc(order(old, values), func(key string) bool { return old[key] != values[key].YAML() })
}

// order returns the keys of both, in the schema's order.
func order(old map[string]string, values map[string]*matter.Value) []string {
	var keys []string
	for _, f := range catalog.Schema(catalog.KindPerson) {
		if old[f.Key] != "" || values[f.Key] != nil {
			keys = append(keys, f.Key)
		}
	}
	if old[colDeeds] != "" || values[colDeeds] != nil {
		keys = append(keys, colDeeds)
	}
	return keys
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
