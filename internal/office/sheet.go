package office

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// Bounds of a sheet: rosters have some hundred rows.
const (
	MaxRows    = 5000
	maxColumns = 200
	headRows   = 30 // above the headings
)

// Column is what a sheet may hold, told by its heading.
type Column struct {
	Key   string
	Names []string // headings, the first one the usual; case, marks and blanks do not matter
	Type  ColumnType
}

// ColumnType is how a column's cells are read.
type ColumnType int

const (
	TextColumn    ColumnType = iota
	DateColumn               // a day ("2021-04-05") or a year alone ("1950")
	AddressColumn            // of the web: its digits are no person's number
)

// Sheet is a table of an Excel file.
type Sheet struct {
	Heads map[string]string // key → cell of its heading: "C3"
	Rows  []Row
}

// Row is one row that is not empty.
type Row struct {
	Number int
	Cells  map[string]Cell // by the columns' keys; empty ones are left out
}

// Cell is what a cell holds: text on one line or several, or a date.
type Cell struct {
	Text string
	Pos  diag.Pos
	Name string // "C4"
}

var (
	ruleNoHeadings = diag.NewRule("sheet-no-headings", diag.Error,
		diag.Text{VI: "Không tìm thấy dòng tiêu đề có cột “%[1]s”.", EN: "There is no row of headings with a column “%[1]s”."},
		diag.Text{VI: "Đặt tên các cột ở một dòng, ngay trên dòng người thứ nhất; danh sách các cột được nhận: `lienhiep help nhap-excel`.", EN: "Put the headings in one row above the first person; `lienhiep help nhap-excel` lists the columns."})
	ruleUnknownColumn = diag.NewRule("sheet-unknown-column", diag.Warning,
		diag.Text{VI: "Không nhận ra cột “%[1]s” (ô %[2]s); cột này không được nhập.", EN: "The column “%[1]s” (cell %[2]s) is not known and is left out."},
		diag.Text{VI: "Sửa tên cột nếu cần nhập; danh sách các cột được nhận: `lienhiep help nhap-excel`.", EN: "Mend its heading if it is to be imported; `lienhiep help nhap-excel` lists the columns."})
	ruleColumnTwice = diag.NewRule("sheet-column-twice", diag.Error,
		diag.Text{VI: "Hai cột cùng tên “%[1]s”: ô %[2]s và ô %[3]s.", EN: "Two columns are named “%[1]s”: cells %[2]s and %[3]s."},
		diag.Text{VI: "Bỏ hoặc đổi tên một cột.", EN: "Remove or rename one of them."})
	rulePrivateColumn = diag.NewRule("sheet-private-column", diag.Error,
		diag.Text{VI: "Cột “%[1]s” (ô %[2]s) chứa thông tin riêng tư, không được đưa lên trang.", EN: "The column “%[1]s” (cell %[2]s) is of private data, which is not for the site."},
		diag.Text{VI: "Xóa hẳn cột này khỏi tệp rồi nhập lại.", EN: "Delete the column from the file and import again."})
	rulePrivateNumber = diag.NewRule("sheet-private-number", diag.Error,
		diag.Text{VI: "Ô %[1]s có số điện thoại hoặc số giấy tờ tùy thân.", EN: "Cell %[1]s holds a telephone or identity number."},
		diag.Text{VI: "Xóa số ấy khỏi ô rồi nhập lại.", EN: "Delete the number and import again."})
	ruleCellError = diag.NewRule("sheet-cell-error", diag.Error,
		diag.Text{VI: "Ô %[1]s đang báo lỗi (%[2]s).", EN: "Cell %[1]s shows an error (%[2]s)."},
		diag.Text{VI: "Sửa công thức trong ô, hoặc ghi thẳng giá trị.", EN: "Mend its formula, or write the value."})
	ruleCellDate = diag.NewRule("sheet-date", diag.Error,
		diag.Text{VI: "Không chắc “%[2]s” ở ô %[1]s là ngày nào.", EN: "It is not certain which day “%[2]s” in cell %[1]s is."},
		diag.Text{VI: "Viết ngày/tháng/năm với năm đủ bốn chữ số, ví dụ 20/11/1950; hoặc chỉ ghi năm. Nếu một ô viết tháng trước ngày, hãy xem lại cả cột.",
			EN: "Write day/month/year with four digits for the year, such as 20/11/1950, or the year alone. If a cell has the month first, look at the whole column."})
	ruleSheetLong = diag.NewRule("sheet-too-long", diag.Error,
		diag.Text{VI: "Bảng có hơn %[1]d dòng hoặc %[2]d cột.", EN: "The table has more than %[1]d rows or %[2]d columns."},
		diag.Text{VI: "Xóa những dòng, cột thừa; tách thành nhiều tệp nếu cần.", EN: "Delete what is not needed, or split the file."})
)

// privateHeadings are columns that must not leave the office.
var privateHeadings = []string{"so-dien-thoai", "dien-thoai", "sdt", "so-dt", "dt", "di-dong", "so-di-dong", "dtdd", "phone", "mobile",
	"cccd", "so-cccd", "cmnd", "so-cmnd", "cmt", "can-cuoc", "so-can-cuoc", "can-cuoc-cong-dan", "so-dinh-danh", "so-dinh-danh-ca-nhan", "chung-minh-nhan-dan",
	"ho-chieu", "so-ho-chieu", "ma-so-thue", "mst", "so-tai-khoan", "email", "e-mail", "thu-dien-tu", "zalo", "facebook", "dia-chi-nha", "noi-o", "noi-o-hien-nay", "dia-chi-thuong-tru", "thuong-tru"}

// unreadHeadings are columns of any roster that say nothing.
var unreadHeadings = []string{"stt", "so-thu-tu", "tt", "ghi-chu"}

// ReadSheet reads the first sheet of an .xlsx file that has the first of the
// columns. The sheet is nil when a finding is an error.
func ReadSheet(file string, data []byte, columns []Column) (*Sheet, []diag.Finding) {
	a, _, err := openArchive(file, data, excel)
	if err == nil {
		err = a.refuseLinked()
	}
	if err == nil {
		err = a.verify()
	}
	if err != nil {
		return nil, findingsOf(file, err)
	}
	s := &sheetReader{name: file, columns: columns}
	if err := s.open(data); err != nil {
		return nil, []diag.Finding{ruleDamaged.At(diag.Pos{File: file}, path.Base(file))}
	}
	defer s.Close()
	sheet := s.read()
	if diag.HasErrors(s.findings) {
		return nil, s.findings
	}
	return sheet, s.findings
}

// verify reads every part once, for the library that reads them believes the
// sizes that the archive gives, and takes half a sheet for a whole one.
func (a *archive) verify() error {
	for _, name := range slices.Sorted(maps.Keys(a.parts)) {
		var err error
		if ext := strings.ToLower(path.Ext(name)); ext == ".xml" || ext == ".rels" {
			_, err = a.xml(name)
		} else {
			_, err = a.read(name, maxTotal)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

type sheetReader struct {
	*excelize.File
	name     string
	columns  []Column
	sheet    string
	from1904 bool // the day that serial numbers count from
	findings []diag.Finding
}

// open reads the file, and turns a panic of the library into an error.
func (s *sheetReader) open(data []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("reading the workbook: %v", r)
		}
	}()
	// Both limits equal: nothing is unpacked into files on disk.
	s.File, err = excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxTotal, UnzipXMLSizeLimit: maxTotal})
	if err != nil {
		return err
	}
	props, err := s.GetWorkbookProps()
	s.from1904 = err == nil && props.Date1904 != nil && *props.Date1904
	return nil
}

func (s *sheetReader) report(r *diag.Rule, pos diag.Pos, args ...any) {
	const most = 100
	if pos.File = s.name; len(s.findings) < most {
		s.findings = append(s.findings, r.At(pos, args...))
	}
}

// read finds the headings and reads what is below them.
func (s *sheetReader) read() (sheet *Sheet) {
	defer func() {
		if r := recover(); r != nil { // the library's, over a damaged part
			s.report(ruleDamaged, diag.Pos{}, s.sheet)
			sheet = nil
		}
	}()
	for _, name := range s.GetSheetList() {
		if visible, err := s.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		s.sheet = name
		cells, err := s.cells()
		if err != nil {
			s.report(ruleDamaged, diag.Pos{}, name)
			return nil
		}
		if head := s.headings(cells); head >= 0 {
			return s.table(cells, head)
		}
	}
	s.report(ruleNoHeadings, diag.Pos{}, s.columns[0].Names[0])
	return nil
}

// rawCell is a cell that is not empty, its text in Unicode.
type rawCell struct {
	text   string
	number bool // not typed as text
	date   bool // shown as a date
	error  bool
}

// cells reads the sheet, rows and columns from 0.
func (s *sheetReader) cells() ([][]rawCell, error) {
	rows, err := s.Rows(s.sheet)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all [][]rawCell
	doc := &Document{} // for its reading of legacy encodings
	var places []*rawCell
	for y := 0; rows.Next(); y++ {
		if y >= MaxRows+headRows {
			s.report(ruleSheetLong, diag.Pos{Line: y + 1}, MaxRows, maxColumns)
			return all, nil
		}
		values, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		if len(values) > maxColumns {
			if slices.ContainsFunc(values[maxColumns:], func(v string) bool { return v != "" }) {
				s.report(ruleSheetLong, diag.Pos{Line: y + 1}, MaxRows, maxColumns)
			}
			values = values[:maxColumns]
		}
		line := make([]rawCell, len(values))
		for x, v := range values {
			if strings.TrimSpace(v) == "" {
				continue
			}
			line[x] = s.cell(cellName(x, y), v)
			if beyondASCII(v) {
				doc.blocks = append(doc.blocks, &para{runs: s.runs(cellName(x, y), v)})
				places = append(places, &line[x])
			}
		}
		all = append(all, line)
	}
	if doubtful := doc.decode(); len(doubtful) > 0 {
		s.report(ruleLegacyDoubt, diag.Pos{}, quoteList(doubtful))
	}
	for i, b := range doc.blocks {
		var text strings.Builder
		for _, r := range b.(*para).runs {
			text.WriteString(r.text)
		}
		places[i].text = text.String()
	}
	s.findings = append(s.findings, doc.tally.findings(s.name)...)
	return all, rows.Error()
}

func cellName(x, y int) string {
	name, err := excelize.CoordinatesToCellName(x+1, y+1)
	if err != nil {
		return fmt.Sprintf("R%dC%d", y+1, x+1)
	}
	return name
}

func (s *sheetReader) cell(name, value string) rawCell {
	kind, err := s.GetCellType(s.sheet, name)
	if err != nil {
		return rawCell{text: value}
	}
	c := rawCell{text: value, error: kind == excelize.CellTypeError}
	if kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset || kind == excelize.CellTypeFormula {
		if _, err := strconv.ParseFloat(value, 64); err == nil {
			c.number = true
			c.date = s.isDate(name)
		}
	}
	return c
}

// isDate reports whether the cell's format shows its number as a date.
func (s *sheetReader) isDate(name string) bool {
	id, err := s.GetCellStyle(s.sheet, name)
	if err != nil {
		return false
	}
	style, err := s.GetStyle(id)
	if err != nil {
		return false
	}
	if style.CustomNumFmt != nil {
		return datesFormat(*style.CustomNumFmt)
	}
	n := style.NumFmt
	return 14 <= n && n <= 17 || n == 22 || 27 <= n && n <= 36 || 50 <= n && n <= 58
}

var notOfDates = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]|_.|\*.`)

// datesFormat reports whether a format of one's own is of dates: it has days or
// years outside of words in quotes.
func datesFormat(format string) bool {
	bare := strings.ToLower(notOfDates.ReplaceAllString(format, ""))
	return strings.ContainsAny(bare, "dy") && !strings.Contains(bare, "general")
}

// runs reads a cell's text with the fonts that draw it.
func (s *sheetReader) runs(name, value string) []run {
	font := s.font(name)
	if rich, err := s.GetCellRichText(s.sheet, name); err == nil {
		var runs []run
		joined := ""
		for _, r := range rich {
			piece := run{text: tidyCell(r.Text), font: font}
			if r.Font != nil && r.Font.Family != "" {
				piece.font = r.Font.Family
			}
			joined += r.Text
			runs = append(runs, piece)
		}
		if joined == value {
			return runs
		}
	}
	return []run{{text: tidyCell(value), font: font}}
}

// font names the font of a cell's format.
func (s *sheetReader) font(name string) string {
	id, err := s.GetCellStyle(s.sheet, name)
	if err != nil {
		return ""
	}
	style, err := s.GetStyle(id)
	if err != nil || style.Font == nil {
		return ""
	}
	return style.Font.Family
}

// tidyCell drops what cannot be seen, and keeps the lines of a cell.
func tidyCell(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = tidy(lines[i])
	}
	return strings.Join(lines, "\n")
}

// headings finds the row of the headings: the first that has the first column's.
func (s *sheetReader) headings(cells [][]rawCell) int {
	for y, line := range cells[:min(len(cells), headRows)] {
		for _, c := range line {
			if s.column(c.text) == &s.columns[0] {
				return y
			}
		}
	}
	return -1
}

var inBrackets = regexp.MustCompile(`\([^)]*\)|[*:]`)

// headingKey is a heading without what varies: case, marks, blanks, remarks in
// brackets.
func headingKey(s string) string { return viet.Slug(inBrackets.ReplaceAllString(s, " ")) }

func (s *sheetReader) column(heading string) *Column {
	key := headingKey(heading)
	for i := range s.columns {
		if key != "" && slices.ContainsFunc(s.columns[i].Names, func(n string) bool { return viet.Slug(n) == key }) {
			return &s.columns[i]
		}
	}
	return nil
}

func (s *sheetReader) table(cells [][]rawCell, head int) *Sheet {
	sheet := &Sheet{Heads: map[string]string{}}
	columns := make([]*Column, len(cells[head]))
	for x, c := range cells[head] {
		if c.text == "" {
			continue
		}
		pos, name := diag.Pos{Line: head + 1, Column: x + 1}, cellName(x, head)
		shown := oneLine(c.text)
		columns[x] = s.column(c.text)
		switch key := headingKey(c.text); {
		case columns[x] != nil && sheet.Heads[columns[x].Key] != "":
			s.report(ruleColumnTwice, pos, shown, sheet.Heads[columns[x].Key], name)
		case columns[x] != nil:
			sheet.Heads[columns[x].Key] = name
		case slices.Contains(privateHeadings, key):
			s.report(rulePrivateColumn, pos, shown, name)
		case !slices.Contains(unreadHeadings, key):
			s.report(ruleUnknownColumn, pos, shown, name)
		}
	}
	for y := head + 1; y < len(cells); y++ {
		r := Row{Number: y + 1, Cells: map[string]Cell{}}
		for x, c := range cells[y] {
			if c.text == "" {
				continue
			}
			cell := Cell{Pos: diag.Pos{File: s.name, Line: y + 1, Column: x + 1}, Name: cellName(x, y)}
			var col *Column
			if x < len(columns) {
				col = columns[x]
			}
			if (col == nil || col.Type != AddressColumn) && privateNumber(c) {
				s.report(rulePrivateNumber, cell.Pos, cell.Name)
				continue
			}
			if col == nil {
				continue
			}
			if c.error {
				s.report(ruleCellError, cell.Pos, cell.Name, c.text)
				continue
			}
			if cell.Text = s.value(c, col.Type, cell); cell.Text != "" {
				r.Cells[col.Key] = cell
			}
		}
		if len(r.Cells) > 0 {
			sheet.Rows = append(sheet.Rows, r)
		}
	}
	return sheet
}

// value reads a cell as its column asks.
func (s *sheetReader) value(c rawCell, t ColumnType, at Cell) string {
	text := strings.TrimSpace(tidyCell(c.text))
	if t != DateColumn {
		if c.date {
			if day, ok := s.day(c.text); ok {
				return day.Format("02/01/2006")
			}
		}
		return text
	}
	date, ok := s.date(c)
	if !ok {
		s.report(ruleCellDate, at.Pos, at.Name, text)
	}
	return date
}

// date reads a date out of a cell: "2006-01-02", or "2006" where only the year is
// given.
func (s *sheetReader) date(c rawCell) (string, bool) {
	switch {
	case c.date:
		day, ok := s.day(c.text)
		// A year typed into a cell of dates: 1950 shows as a day of 1905.
		if serial, err := strconv.ParseFloat(c.text, 64); err != nil || !ok || serial >= 1800 && serial <= 2100 {
			return "", false
		}
		return day.Format(time.DateOnly), true
	case c.number:
		if n, err := strconv.Atoi(c.text); err == nil && 1000 <= n && n <= 2100 {
			return c.text, true
		}
		return "", false
	}
	return textDate(c.text)
}

func (s *sheetReader) day(serial string) (time.Time, bool) {
	n, err := strconv.ParseFloat(serial, 64)
	if err != nil || n < 1 || n > 200_000 {
		return time.Time{}, false
	}
	t, err := excelize.ExcelDateToTime(n, s.from1904)
	return t, err == nil
}

var (
	dayFirst  = regexp.MustCompile(`^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})$`)
	yearFirst = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?(?:\.0+)?Z?)?$`)
	inWords   = regexp.MustCompile(`^(?:ngay )?(\d{1,2}) thang (\d{1,2}),? (?:nam )?(\d{4})$`)
	yearAlone = regexp.MustCompile(`^(?:nam )?([12]\d{3})$`)
)

// textDate reads a date that was typed as text, in Vietnamese order: the day,
// then the month. A year of two digits, or a month beyond December, is no date.
func textDate(text string) (string, bool) {
	text = strings.Join(strings.Fields(viet.Fold(text)), " ")
	if m := yearAlone.FindStringSubmatch(text); m != nil {
		return m[1], true
	}
	year, month, day := "", "", ""
	if m := dayFirst.FindStringSubmatch(text); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := inWords.FindStringSubmatch(text); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := yearFirst.FindStringSubmatch(text); m != nil {
		year, month, day = m[1], m[2], m[3]
	}
	t, err := time.Parse("2006-1-2", year+"-"+strings.TrimLeft(month, "0")+"-"+strings.TrimLeft(day, "0"))
	if err != nil || t.Year() < 1000 || t.Year() > 2100 {
		return "", false
	}
	return t.Format(time.DateOnly), true
}

var (
	phone    = regexp.MustCompile(`(?:^|[^\d/.,])(?:\+\s?84|0)(?:[ .\-]?\d){9,10}(?:$|[^\d/])`)
	identity = regexp.MustCompile(`(?:^|[^\d/.,])(?:\d{12}|\d{9})(?:$|[^\d/])`)
)

// privateNumber reports whether a cell holds a telephone number (Vietnamese ones
// have ten digits, a number cell drops the first 0) or an identity number (nine
// digits or twelve).
func privateNumber(c rawCell) bool {
	if c.date {
		return false
	}
	return phone.MatchString(c.text) || identity.MatchString(c.text)
}
