package office

import (
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/diag"
)

// person reads a person's row, or one that goes on the row above, whose name is
// merged down over it.
func (r *rowReader) person(y int) {
	if r.goesOn(y) {
		r.read(r.out.Rows[len(r.out.Rows)-1], y, true)
		r.personRow = y
		return
	}
	row := Row{Sheet: r.label, Number: y + 1, Cells: map[string]Cell{}}
	if r.read(row, y, false); len(row.Cells) == 0 {
		return
	}
	if g := r.group; g.column != nil {
		if _, given := row.Cells[g.column.Key]; !given {
			row.Cells[g.column.Key] = Cell{Text: g.value, Pos: r.pos(0, g.row), Name: r.name(0, g.row)}
			r.used[g.row]++
		}
	}
	if r.beside {
		row.Column = columnName(slices.IndexFunc(r.columns, func(c tableColumn) bool { return c.Column == r.nameColumn() }))
	}
	r.out.Rows = append(r.out.Rows, row)
	r.personRow = y
}

// read reads the cells of a row for a person. Of a row that goes on another, those that
// stand there alone.
func (r *rowReader) read(row Row, y int, goesOn bool) {
	dates := map[string][]int{} // key → columns that each hold a part of the date
	above := r.above
	r.above = map[int]rawCell{}
	for x, col := range r.columns {
		own := r.at(x, y)
		if !own.empty() {
			r.account(x, y)
			r.count(col, own)
		}
		c := r.ditto(r.down(x, y, r.firstRow), above[x], col, x, y)
		if r.above[x] = c; goesOn && own.empty() && c.empty() {
			r.above[x] = above[x]
		}
		switch {
		case col.Column == nil || c.empty() || goesOn && own.empty():
		case col.part != wholePart:
			dates[col.Key] = append(dates[col.Key], x)
		default:
			r.add(row, col, c, x, y)
		}
	}
	for _, columns := range dates {
		r.addDate(row, columns, y)
	}
}

// remember notes what stands in a row that is passed over, for those below it that say
// "the same".
func (r *rowReader) remember(y int) {
	for x, c := range r.rows[y] {
		if !c.empty() && !isDitto(c.text) {
			r.above[x] = c
		}
	}
}

var dittoSign = regexp.MustCompile(`^[\s\-–—]*(?:n\.? ?t|như trên|[″"”“〃´` + "`" + `]{1,2}|['’]{1,2}|/{2,4}|,{2}|idem)[\s.\-–—]*$`)

// isDitto reports whether a cell says that it is as the one above: "nt", "″", "-//-".
func isDitto(text string) bool { return dittoSign.MatchString(small(text)) }

// ditto returns the cell above for one that says so.
func (r *rowReader) ditto(c, above rawCell, col tableColumn, x, y int) rawCell {
	if c.number || col.Column == nil || col.Column == r.nameColumn() || col.Type == AnswerColumn || !isDitto(c.text) {
		return c
	}
	if above.empty() {
		r.remark(ruleDittoNothing, c, x, y)
	} else {
		r.remark(ruleDitto, c, x, y)
	}
	return above
}

// remark is what is said of several cells of a column at once.
type remark struct {
	rule  *diag.Rule
	x     int
	texts []string // that the cells hold
	rows  []int
}

func (r *rowReader) remark(rule *diag.Rule, c rawCell, x, y int) {
	i := slices.IndexFunc(r.remarks, func(m remark) bool { return m.rule == rule && m.x == x })
	if i < 0 {
		i = len(r.remarks)
		r.remarks = append(r.remarks, remark{rule: rule, x: x})
	}
	m := &r.remarks[i]
	m.rows = append(m.rows, y+1)
	if text := oneLine(c.text); !slices.Contains(m.texts, text) {
		m.texts = append(m.texts, text)
	}
}

func (r *rowReader) tellRemarks() {
	for _, m := range r.remarks {
		r.report(m.rule, r.pos(m.x, m.rows[0]-1), r.out.Columns[r.columns[m.x].heading].Text, len(m.rows), strings.Join(m.texts, "”, “"), reference(r.label, ranges(m.rows)))
	}
}

// goesOn reports whether the row's name is that of the row above.
func (r *rowReader) goesOn(y int) bool {
	for x, c := range r.columns {
		if c.Column != r.nameColumn() {
			continue
		}
		m := r.merged[[2]int{x, y}]
		return m != nil && m.top >= r.firstRow && m.top < y && len(r.out.Rows) > 0
	}
	return false
}

// count adds a cell to the account of its column.
func (r *rowReader) count(col tableColumn, c rawCell) {
	if col.heading < 0 {
		return
	}
	h := &r.out.Columns[col.heading]
	h.Filled++
	if h.Sample == "" && h.Why != whyPrivate {
		h.Sample = excerpt(r.text(c), maxExcerpt)
	}
}

var (
	markSign  = regexp.MustCompile(`^(?:x|✓|✔|√|☒|☑)$`)
	markBelow = regexp.MustCompile(`^(?:x|✓|✔|√|☒|☑|v|\+|1|true)$`) // below a heading that is a value
	noSign    = regexp.MustCompile(`^(?:[\-–—.…_/\s]+|\(?(?:không|không có|chưa|chưa có|0|false)\)?\.?)$`)
	justYear  = regexp.MustCompile(`^[12]\d{3}$`)
)

// isMark reports whether a text is a mark that says no more than that it is there.
func isMark(text string) bool { return markBelow.MatchString(small(text)) }

// add puts what a cell holds into the row.
func (r *rowReader) add(row Row, col tableColumn, c rawCell, x, y int) {
	at := Cell{Pos: r.pos(x, y), Name: r.name(x, y)}
	if !r.fit(col, c, at) {
		return
	}
	if c.link != "" && col.Type != AddressColumn && !strings.Contains(c.link, strings.TrimSpace(c.text)) {
		to := c.link
		if scheme, _, _ := strings.Cut(to, ":"); scheme == "mailto" || scheme == "tel" { // private
			to = scheme + ":…"
		}
		r.remark(ruleCellLink, rawCell{text: to}, x, y)
	}
	text, half := r.text(c), col.half
	switch {
	case col.half != "" && noSign.MatchString(small(text)): // of the other half
		r.remark(ruleNothing, c, x, y)
		return
	case col.Type == DateColumn:
		var more map[string]string
		text, half, more = r.dateText(c, col)
		for key, said := range more {
			at.Text = said
			r.put(row, *r.byKey(key), at, y)
		}
		text = r.dated(c, text, at)
	case col.Type == AddressColumn && c.link != "" && !strings.Contains(text, "://"):
		text = c.link
	case col.Type == AnswerColumn, half != "" && col.Halves == col.Key:
	case noSign.MatchString(small(text)) && col.Column != r.nameColumn():
		r.remark(ruleNothing, c, x, y)
		return
	case col.rank == rankOfSeveral && col.Column != r.nameColumn(): // its lines are parts of one: an office held, and where
		text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' }), ", ")
	case col.label != "" && isMark(text):
		text = col.label
	case col.label != "":
		text = col.label + " (" + text + ")"
	case markSign.MatchString(small(text)):
		r.remark(ruleCellMark, c, x, y)
		return
	}
	if half != "" && col.Halves == col.Key {
		text = half
	} else if to := r.halvesColumn(); half != "" && to != nil {
		r.put(row, *to, Cell{Text: half, Pos: at.Pos, Name: at.Name}, y)
	}
	if at.Text = text; text != "" {
		r.put(row, *col.Column, at, y)
	}
}

// halvesColumn is the column of what halves tell, nil for none.
func (r *rowReader) halvesColumn() *Column {
	i := slices.IndexFunc(r.tableReader.columns, func(c Column) bool { return c.Halves != "" })
	if i < 0 {
		return nil
	}
	return r.byKey(r.tableReader.columns[i].Halves)
}

// fit reports whether a cell holds what may be read; an error or a private number is
// reported.
func (r *rowReader) fit(col tableColumn, c rawCell, at Cell) bool {
	switch {
	case c.error:
		r.report(ruleCellError, at.Pos, at.Name, c.text)
	case col.Type != AddressColumn && privateNumber(c):
		r.report(rulePrivateNumber, at.Pos, at.Name)
	default:
		return true
	}
	return false
}

// put adds a text to what the row has of the column.
func (r *rowReader) put(row Row, col Column, at Cell, y int) {
	before, given := row.Cells[col.Key]
	switch {
	case !given:
		row.Cells[col.Key] = at
	case before.Text == at.Text:
	case col.Type == DateColumn:
		r.report(ruleCellDate, at.Pos, at.Name, at.Text)
	default:
		join := col.Join
		if isName := col.Key == r.nameColumn().Key; y+1 != row.Number || join == "" && !isName {
			join = "\n"
		} else if join == "" {
			join = " "
		}
		before.Text += join + at.Text
		row.Cells[col.Key] = before
	}
}

var (
	lifeSpan = regexp.MustCompile(`^(.*[12]\d{3})\s*[-–—]\s*(.*[12]\d{3})$`)
	placeAt  = regexp.MustCompile(`^(.*\d)(?:\s*[,;\n]\s*(?i:tại |ở |nơi sinh:? )?|\s+(?i:tại|ở) )(\D.*)$`)
)

// dateText parts the date that a cell holds from what else its column may: "Nữ 1970",
// "1910–1985", "12/5/1965, Phan Thiết".
func (r *rowReader) dateText(c rawCell, col tableColumn) (text, half string, more map[string]string) {
	text, half = c.text, col.half
	if c.number {
		return text, half, nil
	}
	if m := halfBefore.FindStringSubmatch(small(text)); m != nil && col.Halves != "" {
		half, text = halves[m[1]], m[2]
	} else if m := halfBehind.FindStringSubmatch(small(text)); m != nil && col.Halves != "" {
		text, half = m[1], halves[m[2]]
	}
	more = map[string]string{}
	for _, key := range col.Holds {
		other := r.byKey(key)
		switch {
		case other == nil:
		case other.Type == DateColumn:
			if m := lifeSpan.FindStringSubmatch(text); m != nil {
				if date, how := textDate(m[2]); how == wholeDate {
					text, more[key] = m[1], date
				}
			}
		case key != col.Halves:
			if m := placeAt.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
				if _, how := textDate(m[1]); how != noDate && !zodiac.MatchString(textKey(m[2])) {
					text, more[key] = m[1], oneLine(m[2])
				}
			}
		}
	}
	return text, half, more
}

// A half beside a date, and not in the name of a place: "Nữ 1970", "1965 (nam)".
var (
	halfBefore = regexp.MustCompile(`^(nam|nữ)[\s,:;(\-–]*(\d.*)$`)
	halfBehind = regexp.MustCompile(`^(.*\d)[\s,;(\-–]*(nam|nữ)\)?$`)
)

// dated reads a cell's date, whose text has been parted from what else is there.
func (r *rowReader) dated(c rawCell, text string, at Cell) string {
	read := c
	read.text = text
	date, how := r.date(read)
	var rule *diag.Rule
	switch how {
	case wholeDate:
		return date
	case monthDate:
		rule = ruleDateYear
	case roughDate:
		rule = ruleDateRough
	case shortDate:
		r.report(ruleDateShort, at.Pos, at.Name, r.text(c), dayShown(date))
		return date
	case unknownDate:
		rule = ruleDateUnknown
	default:
		r.report(ruleCellDate, at.Pos, at.Name, strings.TrimSpace(c.text))
		return ""
	}
	r.report(rule, at.Pos, at.Name, r.text(c), date)
	return date
}

// addDate puts a date into the row whose day, month and year stand in columns of their
// own.
func (r *rowReader) addDate(row Row, columns []int, y int) {
	at := Cell{Pos: r.pos(columns[0], y), Name: r.name(columns[0], y)}
	var parts [yearPart + 1]string
	for _, x := range columns {
		c := r.down(x, y, r.firstRow)
		if !r.fit(r.columns[x], c, at) {
			return
		}
		if text := strings.TrimSpace(c.shown()); !noSign.MatchString(small(text)) {
			parts[r.columns[x].part] = text
		}
	}
	text := strings.TrimLeft(strings.Join(parts[dayPart:], "/"), "/")
	if parts[dayPart] != "" && parts[monthPart]+parts[yearPart] == "" {
		text = parts[dayPart] // the whole date, perhaps
	}
	if at.Text = r.dated(rawCell{text: text}, text, at); at.Text != "" {
		r.put(row, *r.columns[columns[0]].Column, at, y)
	}
}
