// Package roster imports an Excel table of people into content/tri-thuc.
//
// In: a .xlsx file with the columns of [Columns], and the site's content. Out: a
// [Plan], which says for every row what to do, with the files to write, and
// findings on what is wrong with the table. Nothing is written here.
//
// The values imported are kept beside each entry in a [Record]. A later import
// compares it with the table, to see what has changed there, and with the entry,
// to see what an editor has changed: a value that is no longer the imported one
// is the editor's and is kept. An entry without a record was made by hand and is
// left alone.
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

// The columns' keys: those of front matter, and the parts of its groups.
const (
	colName      = "title"
	colFamily    = "family"
	colMiddle    = "middle"
	colID        = "id"
	colBasis     = "basis"
	colAgreed    = "consent-date"
	colPaper     = "consent-document"
	colScope     = "consent-scope"
	colSource    = "source-title"
	colSourceURL = "source-url"
	colPublisher = "source-publisher"
)

// Columns are the columns of a roster, as the page nhap-excel of internal/edit/help lists them.
func Columns() []office.Column {
	text := func(key string, names ...string) office.Column { return office.Column{Key: key, Names: names} }
	date := func(key string, names ...string) office.Column {
		return office.Column{Key: key, Names: names, Type: office.DateColumn}
	}
	return []office.Column{
		text(colName, "Họ và tên", "Họ tên", "Tên"),
		text(colFamily, "Họ và tên đệm", "Họ và đệm", "Họ tên đệm", "Họ và chữ đệm", "Họ đệm", "Họ lót", "Họ và chữ lót", "Họ"),
		text(colMiddle, "Tên đệm", "Chữ đệm", "Đệm", "Chữ lót", "Tên lót"),
		text(colID, "Mã", "Mã nhân vật"),
		text("description", "Tóm tắt", "Mô tả"),
		text("other_names", "Tên khác", "Bút danh"),
		text("given_name", "Tên gọi"),
		text("degree", "Học hàm, học vị", "Học vị", "Học hàm", "Trình độ"),
		date("born", "Ngày sinh", "Năm sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh"),
		date("died", "Ngày mất", "Năm mất"),
		text("birthplace", "Quê quán", "Nơi sinh"),
		text("fields", "Lĩnh vực", "Chuyên ngành"),
		text("affiliation", "Nơi công tác", "Đơn vị công tác", "Cơ quan", "Đơn vị"),
		text("awards", "Giải thưởng, danh hiệu", "Giải thưởng", "Danh hiệu"),
		text(colBasis, "Căn cứ để đăng", "Căn cứ", "Sự đồng ý", "Đồng ý"),
		date(colAgreed, "Ngày đồng ý"),
		text(colPaper, "Văn bản đồng ý"),
		text(colScope, "Phạm vi đồng ý", "Phạm vi"),
		text(colSource, "Tên nguồn", "Nguồn"),
		{Key: colSourceURL, Names: []string{"Địa chỉ nguồn", "Liên kết nguồn"}, Type: office.AddressColumn},
		text(colPublisher, "Nơi đăng"),
	}
}

// Action is what an import does with a row.
type Action int

const (
	Leave  Action = iota // nothing has changed, or the entry is an editor's
	Create               // there is no entry yet
	Change               // the table has changed since the last import
)

// Step is the planned action for one row.
type Step struct {
	Action Action
	Row    int
	Name   string            // of the person
	Folder string            // "content/tri-thuc/nguyen-van-a"
	Keys   []string          // of front matter, that change
	ByHand bool              // the entry was not made by an import
	Files  map[string][]byte // to write in the folder, by their names
}

// Plan is the planned actions, in the order of the rows.
type Plan struct{ Steps []Step }

// RecordFile holds the [Record] of an entry. Hugo and the catalogue ignore files whose
// names start with a dot.
const RecordFile = ".danh-sach.json"

// Record holds the values, as YAML by key, that the last import gave to an entry.
type Record struct {
	Values map[string]string `json:"values"`
}

var (
	ruleNoName = diag.NewRule("roster-no-name", diag.Error,
		diag.Text{VI: "Dòng %[1]d không có họ và tên.", EN: "Row %[1]d has no name."},
		diag.Text{VI: "Ghi họ và tên, hoặc xóa dòng ấy.", EN: "Give the name, or delete the row."})
	ruleBadID = diag.NewRule("roster-bad-id", diag.Error,
		diag.Text{VI: "Không tạo được mã từ “%[2]s” ở ô %[1]s.", EN: "No ID can be made of “%[2]s” in cell %[1]s."},
		diag.Text{VI: "Mã chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ nguyen-van-a.", EN: "An ID has a–z, digits and hyphens only, such as nguyen-van-a."})
	ruleSameID = diag.NewRule("roster-same-person", diag.Error,
		diag.Text{VI: "Dòng %[1]d và dòng %[2]d có cùng mã “%[3]s”.", EN: "Rows %[1]d and %[2]d have the same ID “%[3]s”."},
		diag.Text{VI: "Nếu là một người, bỏ một dòng. Nếu là hai người trùng tên, thêm cột Mã và ghi mã khác nhau, ví dụ nguyen-van-a-1950.", EN: "If they are the same person, remove one row. If two people share a name, add a column Mã with different IDs, such as nguyen-van-a-1950."})
	ruleNoBasis = diag.NewRule("roster-no-consent", diag.Error,
		diag.Text{VI: "%[1]s (dòng %[2]d) chưa có ngày mất nên phải có căn cứ để đăng.", EN: "%[1]s (row %[2]d) has no date of death, so a basis for publishing is required."},
		diag.Text{VI: "Ở cột “Căn cứ để đăng” ghi “đồng ý” (có văn bản đồng ý) hoặc “hoạt động công khai”; người đã mất thì ghi cột “Ngày mất”.", EN: "In the column “Căn cứ để đăng” write “đồng ý” (consent in writing) or “hoạt động công khai” (public activity); for the dead, give “Ngày mất”."})
	ruleBadBasis = diag.NewRule("roster-bad-consent", diag.Error,
		diag.Text{VI: "“%[2]s” ở ô %[1]s không phải căn cứ để đăng.", EN: "“%[2]s” in cell %[1]s is not a basis for publishing."},
		diag.Text{VI: "Ghi “đồng ý”, “hoạt động công khai” hoặc “đã mất”.", EN: "Write “đồng ý”, “hoạt động công khai” or “đã mất”."})
	ruleBasisProof = diag.NewRule("roster-consent-proof", diag.Error,
		diag.Text{VI: "%[1]s (dòng %[2]d) đồng ý nhưng thiếu: %[3]s.", EN: "%[1]s (row %[2]d) has consented, but these are missing: %[3]s."},
		diag.Text{VI: "Sự đồng ý phải kiểm chứng được: ghi đủ các cột ấy.", EN: "Consent must be verifiable: fill in those columns."})
	ruleBasisDead = diag.NewRule("roster-consent-dead", diag.Error,
		diag.Text{VI: "%[1]s (dòng %[2]d) ghi căn cứ “đã mất” nhưng không có ngày mất.", EN: "%[1]s (row %[2]d) is marked as deceased, but has no date of death."},
		diag.Text{VI: "Ghi cột “Ngày mất” (chỉ năm cũng được), hoặc sửa căn cứ.", EN: "Fill in “Ngày mất” (the year is enough), or correct the basis."})
	ruleWithdrawn = diag.NewRule("roster-withdrawn", diag.Error,
		diag.Text{VI: "%[1]s (dòng %[2]d) đã rút lại sự đồng ý ngày %[3]s nên không được nhập.", EN: "%[1]s (row %[2]d) withdrew on %[3]s and is not imported."},
		diag.Text{VI: "Xóa dòng ấy khỏi bảng. Nếu chắc chắn là người khác trùng cả tên lẫn năm sinh, thêm dòng others = [\"%[4]s\"] vào mục của người đã rút trong " + catalog.WithdrawnFile + ". Nếu người ấy đã đồng ý lại bằng văn bản, xóa mục của người ấy trong tệp đó trước.",
			EN: "Delete the row. If this is certainly another person of the same name and year, add others = [\"%[4]s\"] to the item of the person who withdrew in " + catalog.WithdrawnFile + ". After a new consent in writing, first delete the person's item there."})
	ruleLikeWithdrawn = diag.NewRule("roster-like-withdrawn", diag.Warning,
		diag.Text{VI: "%[1]s (dòng %[2]d) trông giống người đã rút lại sự đồng ý ngày %[3]s: trùng tên, còn năm sinh thì thiếu nên không so được. Chưa nhập dòng này.", EN: "%[1]s (row %[2]d) looks like the person who withdrew on %[3]s: the same name, and no years of birth to compare. The row is not imported."},
		diag.Text{VI: "Nếu là người ấy, xóa dòng này khỏi bảng. Nếu là người khác, thêm dòng others = [\"%[4]s\"] vào mục của người đã rút trong " + catalog.WithdrawnFile + "; khi mục ấy có năm sinh thì chỉ cần ghi năm sinh ở bảng. Rồi nhập lại.",
			EN: "If it is that person, delete the row. If it is somebody else, add others = [\"%[4]s\"] to the item of the person who withdrew in " + catalog.WithdrawnFile + "; where that has a year of birth, giving it in the table is enough. Then import again."})
	ruleWhichPerson = diag.NewRule("roster-which-person", diag.Error,
		diag.Text{VI: "%[1]s (dòng %[2]d) có thể là nhiều người đã có trang: %[3]s.", EN: "%[1]s (row %[2]d) may be several people who have a page: %[3]s."},
		diag.Text{VI: "Ghi năm sinh, hoặc thêm cột Mã và ghi mã của đúng người ấy.", EN: "Give the year of birth, or add a column Mã with the ID of the right one."})
	ruleName = diag.NewRule("roster-name", diag.Notice,
		diag.Text{VI: "“%[1]s” (dòng %[2]d) được nhập với họ tên “%[3]s”.", EN: "“%[1]s” (row %[2]d) is imported with the name “%[3]s”."},
		diag.Text{VI: "Nếu họ tên không đúng, ở bảng chỉ ghi họ tên trong cột “Họ và tên”.", EN: "If the name is wrong, put only the name in the column “Họ và tên”."})
	ruleNameDegree = diag.NewRule("roster-degree", diag.Notice,
		diag.Text{VI: "“%[1]s” đứng cạnh tên %[2]s (dòng %[3]d) được ghi vào mục “Học hàm, học vị”.", EN: "“%[1]s”, found beside the name %[2]s (row %[3]d), is imported as the degree."},
		diag.Text{VI: "Nếu không đúng, ghi học hàm, học vị ở cột riêng.", EN: "If that is wrong, put the degree in a column of its own."})
	ruleNameRest = diag.NewRule("roster-name-rest", diag.Warning,
		diag.Text{VI: "“%[1]s” đứng cạnh tên %[2]s (dòng %[3]d) không được nhập.", EN: "“%[1]s”, found beside the name %[2]s (row %[3]d), is not imported."},
		diag.Text{VI: "Nếu cần, ghi ở cột riêng: “Học hàm, học vị”, “Tên khác”, “Nơi công tác”, “Ngày sinh”, “Ngày mất”.", EN: "If it is needed, put it in a column of its own: “Học hàm, học vị”, “Tên khác”, “Nơi công tác”, “Ngày sinh”, “Ngày mất”."})
	ruleConflict = diag.NewRule("roster-conflict", diag.Warning,
		diag.Text{VI: "Bảng đã đổi mục “%[2]s” của %[1]s, nhưng biên tập viên đã sửa mục ấy trong bài; giữ nguyên bài.", EN: "The table changed “%[2]s” of %[1]s, but an editor has changed it in the entry, too; the entry is kept."},
		diag.Text{VI: "So hai bên rồi sửa tay trong %[3]s nếu cần.", EN: "Compare the two, and edit %[3]s by hand if needed."})
	ruleUnreadableEntry = diag.NewRule("roster-entry-unreadable", diag.Error,
		diag.Text{VI: "Không sửa được %[1]s: phần khai báo viết sai quy cách.", EN: "%[1]s cannot be changed: its front matter cannot be read."},
		diag.Text{VI: "Chạy `lienhiep check` và sửa tệp ấy trước, rồi nhập lại.", EN: "Run `lienhiep check`, correct the file, and import again."})
)

// Read plans the import of a file into the content of the site's folder. The plan is nil
// if a finding is an error.
func Read(file string, data []byte, site fs.FS) (*Plan, []diag.Finding, error) {
	sheet, findings := office.ReadSheet(file, data, Columns())
	if sheet == nil {
		return nil, findings, nil
	}
	gone, faults := catalog.LoadWithdrawn(site)
	p := planner{site: site, file: file, findings: append(findings, faults...), known: map[string]*known{}, byName: map[string][]*known{}, given: map[string]bool{}, gone: gone, heads: sheet.Heads}
	if err := p.people(); err != nil {
		return nil, p.findings, err
	}
	for _, row := range sheet.Rows {
		if id, ok := row.Cells[colID]; ok {
			p.given[id.Text] = true
		}
	}
	plan := &Plan{}
	for _, row := range sheet.Rows {
		step, ok, err := p.row(row)
		if err != nil {
			return nil, p.findings, err
		}
		if ok {
			plan.Steps = append(plan.Steps, step)
		}
	}
	if diag.HasErrors(p.findings) {
		return nil, p.findings, nil
	}
	return plan, p.findings, nil
}

type planner struct {
	site     fs.FS
	file     string
	findings []diag.Finding
	known    map[string]*known   // by their IDs
	byName   map[string][]*known // by the keys of their names
	given    map[string]bool     // IDs that rows give
	gone     []catalog.Withdrawn
	heads    map[string]string // columns of the table
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
	name := p.name(row)
	if name.Bare == "" && row.Cells[colName].Text == "" {
		p.report(ruleNoName, row, "", row.Number)
		return Step{}, false, nil
	}
	one := catalog.IdentityOf(name, year(row.Cells["born"].Text))
	values := p.values(row, name.Bare)
	id, ok := p.id(row, one, values)
	if !ok || !p.mayCome(row, id, one) || diag.HasErrors(p.findings) {
		return Step{}, false, nil
	}
	step := Step{Row: row.Number, Name: name.Bare, Folder: path.Join("content", catalog.KindPerson.Folder(), id)}
	err := p.against(&step, values)
	return step, true, err
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
	if other := p.claim(id, row.Number, one); other != 0 {
		p.report(ruleSameID, row, key, other, row.Number, id)
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
			p.report(ruleWithdrawn, row, colName, one.Name.Bare, row.Number, w.Date, id)
			return false
		case likeness == catalog.Alike:
			p.report(ruleLikeWithdrawn, row, colName, one.Name.Bare, row.Number, w.Date, id)
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
func (p *planner) against(step *Step, values map[string]*matter.Value) error {
	src, err := fs.ReadFile(p.site, step.file())
	if errors.Is(err, fs.ErrNotExist) {
		for _, name := range []string{step.Folder, step.Folder + ".md"} {
			if _, err := fs.Stat(p.site, name); err == nil {
				step.ByHand = true
				return nil
			}
		}
		p.create(step, values)
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
	_, text, findings := catalog.Compose(catalog.KindPerson, step.Name, values, "Viết lời bài ở đây.\n")
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
	return keys
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
