package roster

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/office"
	"lienhiep/internal/viet"
)

// ReviewFolder holds the pages of reviews: outside of content/, never published, and made
// again from the table whenever they are wanted.
const ReviewFolder = ".lienhiep/review"

// Review is what becomes of a table, column by column and row by row, with errors too:
// for somebody to look at, and to say what a column is.
type Review struct {
	File    string
	Choice  office.Choice
	Columns []ReviewColumn
	Rows    []ReviewRow
	General []string // findings about no row in particular
	Counts  map[string]int

	rows map[int][]int // places in Rows by the rows' numbers
}

// ReviewColumn is a column of the table.
type ReviewColumn struct {
	office.Heading
	Name string // what it is read as: "Nơi công tác"; "" where it is left out
	Left string // why it is left out
}

// ReviewRow is a row of the table.
type ReviewRow struct {
	Label   string // "4"
	Who     string // the person, or the row's text
	Outcome string // "tạo mới", "chờ phiếu đồng ý", "không nhập: …"
	Where   string // the folder
	Notes   []string
	Refused []string // why the person cannot be imported, where [Sift] found that

	IsPerson bool
	number   int
	sheet    string
}

// Outcomes are the words for what becomes of a row.
var Outcomes = map[Action]diag.Text{
	Create: {VI: "tạo mới", EN: "create"},
	Change: {VI: "cập nhật", EN: "change"},
	Leave:  {VI: "giữ nguyên", EN: "leave"},
	Wait:   {VI: "chờ phiếu đồng ý", EN: "wait for consent"},
}

// Leaving is the word for a row, a column or a sheet that is left out.
var Leaving = diag.Text{VI: "không nhập", EN: "left out"}

// Lists reports whether a file has a table of people: headings, and somebody below.
func Lists(file string, data []byte) bool {
	sheet, _ := office.ReadAccount(file, data, Columns(), office.Choice{})
	return len(sheet.Rows) > 0
}

// ReviewOf reads the file as [Read] does.
func ReviewOf(file string, data []byte, site fs.FS, o Options, lang diag.Lang) (*Review, []diag.Finding, error) {
	sheet, findings := office.ReadAccount(file, data, Columns(), o.Choice)
	r, _, findings, err := reviewOf(file, sheet, findings, site, o, lang)
	return r, findings, err
}

// reviewOf makes the review, and the plan: nil when a finding is an error.
func reviewOf(file string, sheet *office.Sheet, findings []diag.Finding, site fs.FS, o Options, lang diag.Lang) (*Review, *Plan, []diag.Finding, error) {
	p, err := newPlanner(file, site, o, sheet.Heads)
	if err != nil {
		return nil, nil, findings, err
	}
	r := &Review{File: file, Choice: o.Choice, Counts: map[string]int{}}
	for _, h := range sheet.Columns {
		c := ReviewColumn{Heading: h, Left: h.Why.In(lang)}
		if h.Key != "" {
			c.Name, c.Left = heading(h.Key), ""
		}
		r.Columns = append(r.Columns, c)
	}
	coming := slices.DeleteFunc(slices.Clone(sheet.Rows), func(row office.Row) bool { return slices.Contains(o.Skip, row.Label()) })
	r.list(sheet, lang)
	for _, f := range findings {
		if i := r.rowOf(f, lang); i < 0 || !slices.Contains(o.Skip, r.Rows[i].Label) { // what a row that is left out says does not matter
			p.findings = append(p.findings, f)
		}
	}
	plan, err := p.plan(coming)
	if err != nil {
		return nil, nil, p.findings, err
	}
	r.people(plan, o.Skip, lang)
	for _, f := range p.findings {
		if i := r.rowOf(f, lang); i >= 0 {
			r.Rows[i].Notes = append(r.Rows[i].Notes, f.Message(lang))
		} else {
			r.General = append(r.General, f.Message(lang))
		}
	}
	return r, plan, p.findings, nil
}

// list lists the rows in the order of the file.
func (r *Review) list(sheet *office.Sheet, lang diag.Lang) {
	for _, row := range sheet.Rows {
		r.Rows = append(r.Rows, ReviewRow{Label: row.Label(), Who: fullName(row), IsPerson: true, number: row.Number, sheet: row.Sheet})
	}
	for _, l := range sheet.Left {
		r.Rows = append(r.Rows, ReviewRow{Label: l.Label(), Who: l.Text, Outcome: Leaving.In(lang) + ": " + l.Why.In(lang), number: l.Number, sheet: l.Sheet})
		r.Counts[Leaving.In(lang)]++
	}
	sheets := map[string]int{} // in the order of the file
	for i, c := range slices.Backward(r.Columns) {
		sheets[c.Sheet] = i
	}
	slices.SortStableFunc(r.Rows, func(a, b ReviewRow) int {
		return cmp.Or(sheets[a.sheet]-sheets[b.sheet], a.number-b.number)
	})
	r.rows = map[int][]int{}
	for i, row := range r.Rows {
		r.rows[row.number] = append(r.rows[row.number], i)
	}
}

// people tells of the people's rows what becomes of them.
func (r *Review) people(plan *Plan, skip []string, lang diag.Lang) {
	steps := map[string]Step{}
	if plan != nil {
		for _, s := range plan.Steps {
			steps[s.Row] = s
		}
	}
	undecided := diag.Text{VI: "chưa xét, vì bảng còn lỗi", EN: "undecided, for the table has errors"}
	for i := range r.Rows {
		row := &r.Rows[i]
		if !row.IsPerson {
			continue
		}
		s, ok := steps[row.Label]
		switch {
		case slices.Contains(skip, row.Label):
			row.Outcome = Leaving.In(lang)
		case ok:
			row.Who, row.Outcome, row.Where = s.Name, Outcomes[s.Action].In(lang), s.Folder
		case plan != nil:
			row.Outcome = Leaving.In(lang)
		default:
			row.Outcome = undecided.In(lang)
		}
		r.Counts[row.Outcome]++
	}
}

// rowOf is the place in r.Rows of the row that a finding is about; -1 where it is about none
// in particular.
func (r *Review) rowOf(f diag.Finding, lang diag.Lang) int {
	if f.Code == "sheet-rows-left" || f.Code == "roster-no-consent" || strings.Contains(f.Code, "column") {
		return -1
	}
	for _, i := range r.rows[f.Pos.Line] {
		if sheet := r.Rows[i].sheet; sheet == "" || strings.Contains(f.Message(lang), sheet+"!") {
			return i
		}
	}
	return -1
}

// maxSifts bounds how often a table is read anew without the rows that have errors: one
// reading finds nearly all of them.
const maxSifts = 8

// Sift reviews a table as [ReviewOf] does, without the rows that have errors: each is told at
// its row, and keeps nobody else from being imported. The plan is nil where an error
// is about no row.
func Sift(file string, data []byte, site fs.FS, o Options, lang diag.Lang) (*Review, *Plan, []diag.Finding, error) {
	sheet, read := office.ReadAccount(file, data, Columns(), o.Choice)
	refused := map[string][]string{}
	o.Skip = slices.Clone(o.Skip)
	for n := 0; ; n++ {
		r, plan, findings, err := reviewOf(file, sheet, slices.Clone(read), site, o, lang)
		if err != nil {
			return nil, nil, findings, err
		}
		isNew := false
		for _, f := range findings {
			if i := r.rowOf(f, lang); i >= 0 && f.Severity == diag.Error {
				label := r.Rows[i].Label
				refused[label] = append(refused[label], f.Message(lang))
				if !slices.Contains(o.Skip, label) {
					o.Skip, isNew = append(o.Skip, label), true
				}
			}
		}
		if !isNew || n == maxSifts {
			if plan != nil {
				plan.Table = sheet
			}
			for i := range r.Rows {
				r.Rows[i].Refused = refused[r.Rows[i].Label]
			}
			return r, plan, findings, nil
		}
	}
}

// Targets are what a column can be read as, by their usual headings.
func (*Review) Targets() []string {
	var names []string
	for _, c := range Columns() {
		names = append(names, c.Names[0])
	}
	return names
}

// Asked is what a choice says of a column, as "--map" takes it; "" for nothing.
func (r *Review) Asked(c ReviewColumn) string {
	for asked, key := range r.Choice.Columns {
		if asked == c.Text || asked == c.Letter() {
			if key == "" {
				return leaveOut
			}
			return heading(key)
		}
	}
	return ""
}

//go:embed review.html
var reviewPage string

var reviewTemplate = template.Must(template.New("review").Parse(reviewPage))

// HTML writes the page. The form goes to the address action; without one the page only
// shows what to write on the command line.
func (r *Review) HTML(w io.Writer, action string) error {
	return reviewTemplate.Execute(w, struct {
		*Review
		Action string
	}{r, action})
}

// leaveOut is the word for a column that is not to be read.
const leaveOut = "bỏ"

// ParseMap reads what a person says of a column: "Đơn vị=Nơi công tác", "D=bỏ". The
// error names the nearest column there is.
func ParseMap(text string) (column, key string, err error) {
	column, to, found := strings.Cut(text, "=")
	column, to = strings.TrimSpace(column), strings.TrimSpace(to)
	if !found || column == "" {
		return "", "", MapError{Text: text}
	}
	if slug := viet.Slug(to); slug == "bo" || slug == "" {
		return column, "", nil
	}
	var names []string
	for _, c := range Columns() {
		if c.Key == to {
			return column, c.Key, nil
		}
		for _, name := range c.Names {
			if viet.Slug(name) == viet.Slug(to) {
				return column, c.Key, nil
			}
			names = append(names, name)
		}
	}
	return "", "", MapError{Text: to, Nearest: viet.Nearest(to, names)}
}

// MapError is a choice for a column that cannot be read.
type MapError struct{ Text, Nearest string }

func (e MapError) Error() string { return fmt.Sprintf("%q is no column of people", e.Text) }
