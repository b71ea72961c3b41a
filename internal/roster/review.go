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
	number  int
	sheet   string
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

// ReviewOf reads the file as [Read] does.
func ReviewOf(file string, data []byte, site fs.FS, o Options, lang diag.Lang) (*Review, []diag.Finding, error) {
	sheet, findings := office.ReadAccount(file, data, Columns(), o.Choice)
	p, err := newPlanner(file, site, o, sheet.Heads)
	if err != nil {
		return nil, findings, err
	}
	p.findings = append(findings, p.findings...)
	r := &Review{File: file, Choice: o.Choice, Counts: map[string]int{}}
	for _, h := range sheet.Columns {
		c := ReviewColumn{Heading: h, Left: h.Why.In(lang)}
		if h.Key != "" {
			c.Name, c.Left = heading(h.Key), ""
		}
		r.Columns = append(r.Columns, c)
	}
	plan, err := p.plan(sheet.Rows)
	if err != nil {
		return nil, p.findings, err
	}
	r.people(sheet, plan, lang)
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
	rows := map[int][]int{}
	for i, row := range r.Rows {
		rows[row.number] = append(rows[row.number], i)
	}
	for _, f := range p.findings {
		r.note(f, rows, lang)
	}
	return r, p.findings, nil
}

// people adds the rows of people.
func (r *Review) people(sheet *office.Sheet, plan *Plan, lang diag.Lang) {
	steps := map[string]Step{}
	if plan != nil {
		for _, s := range plan.Steps {
			steps[s.Row] = s
		}
	}
	undecided := diag.Text{VI: "chưa xét, vì bảng còn lỗi", EN: "undecided, for the table has errors"}
	for _, row := range sheet.Rows {
		out := ReviewRow{Label: row.Label(), Who: fullName(row), Outcome: undecided.In(lang), number: row.Number, sheet: row.Sheet}
		if s, ok := steps[row.Label()]; ok {
			out.Who, out.Outcome, out.Where = s.Name, Outcomes[s.Action].In(lang), s.Folder
		} else if plan != nil {
			out.Outcome = Leaving.In(lang)
		}
		r.Counts[out.Outcome]++
		r.Rows = append(r.Rows, out)
	}
}

// note puts a finding at its row; what speaks of none comes first. rows are the places
// in r.Rows by the rows' numbers.
func (r *Review) note(f diag.Finding, rows map[int][]int, lang diag.Lang) {
	text := f.Message(lang)
	if f.Code != "sheet-rows-left" && f.Code != "roster-no-consent" && !strings.Contains(f.Code, "column") {
		for _, i := range rows[f.Pos.Line] {
			if sheet := r.Rows[i].sheet; sheet == "" || strings.Contains(text, sheet+"!") {
				r.Rows[i].Notes = append(r.Rows[i].Notes, text)
				return
			}
		}
	}
	r.General = append(r.General, text)
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
