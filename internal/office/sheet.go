package office

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
)

// Limits on a sheet: rosters have some hundred rows.
const (
	MaxRows    = 5000
	maxColumns = 200
	headRows   = 30 // above the headings
)

// Column is what a sheet may hold, told by its heading.
type Column struct {
	Key    string
	Names  []string // headings, the first one the usual; case, marks and spaces do not matter
	Values []string // headings that are a value, below which a mark, or a year, says whose: "Tiến sĩ"
	Holds  []string // keys of what else its cells may tell, where the heading names that too: "Chức vụ/Đơn vị"
	Type   ColumnType
	Join   string   // what joins the texts of several columns of the key; "" where only one is read
	Halves string   // key of what "Nam" and "Nữ" tell below its heading, or, over dates, without it
	Groups []string // words before the name of a group of rows, which is this column's text for them: "Lĩnh vực"
}

// ColumnType is how a column's cells are read.
type ColumnType int

const (
	TextColumn    ColumnType = iota
	AnswerColumn             // text that answers a question: "x" and "không" are answers
	DateColumn               // a day ("2021-04-05") or a year alone ("1950")
	AddressColumn            // of the web: its digits are no person's number
)

// Choice is how a person has chosen to read a workbook.
type Choice struct {
	Sheets  []string          // the sheets to read, by name; nil for all that have the headings
	Columns map[string]string // heading, or letter, of a column → key of a [Column], or "" to leave it out
}

// Sheet is the tables of an Excel file, with an account of every cell: what is not in
// Rows is in Columns or in Left, or there is a finding about it.
type Sheet struct {
	Heads   map[string]string // key → cell of its heading: "C3"
	Columns []Heading         // all of them, in order
	Rows    []Row
	Left    []LeftRow // and groups' names
}

// Heading is a column with what becomes of it.
type Heading struct {
	Sheet  string // "" where the file has only one
	Cell   string // of the heading: "C3"
	Text   string // "Năm sinh – Nam"; "" for a column without one
	Key    string // of the [Column] that it is read as, or ""
	Why    diag.Text
	Filled int    // cells below it that are not empty
	Sample string // the first of them; "" for private columns
}

// Private reports whether the column is left out because what it holds must not leave the
// office.
func (h Heading) Private() bool { return h.Why == whyPrivate }

// Letter is the column as Excel names it.
func (h Heading) Letter() string { return strings.TrimRight(h.Cell, "0123456789") }

// Choose is how a [Choice] names the column: by its heading, or its letter where it has
// none that tells it from others.
func (h Heading) Choose() string {
	if h.Text == "" || strings.ContainsAny(h.Text, "=\"") {
		return h.Letter()
	}
	return h.Text
}

// Row is one person's row, or several that are merged into one.
type Row struct {
	Sheet  string // "" where the file has only one
	Column string // letter of the name's column in a table that stands right of another, else ""
	Number int
	Cells  map[string]Cell // by the columns' keys; empty ones are left out
}

// Label is the row as Excel would name it: "4", or "Y tế!4" where there are several
// sheets.
func (r Row) Label() string { return reference(r.Sheet, r.Column+strconv.Itoa(r.Number)) }

func reference(sheet, cell string) string {
	if sheet == "" {
		return cell
	}
	return sheet + "!" + cell
}

// LeftRow is a row that was left out because it describes no person.
type LeftRow struct {
	Sheet  string
	Number int
	Text   string // of its cells
	Why    diag.Text
}

// Label is the row as Excel would name it; see Row.Label.
func (l LeftRow) Label() string { return Row{Sheet: l.Sheet, Number: l.Number}.Label() }

// Cell is what a cell holds: text on one line or several, or a date.
type Cell struct {
	Text string
	Pos  diag.Pos
	Name string // "C4"
}

var (
	ruleNoHeadings = diag.NewRule("sheet-no-headings", diag.Error,
		diag.Text{VI: "Không tìm thấy dòng tiêu đề có cột “%[1]s”.", EN: "There is no row of headings with a column “%[1]s”."},
		diag.Text{VI: "Đặt tên các cột ở một dòng, ngay trên dòng người thứ nhất; danh sách các cột được nhận: `lienhiep help nhap-excel-cot`. Cột mang tên khác thì thêm --map \"tên cột trong tệp=%[1]s\".",
			EN: "Put the headings in one row above the first person; `lienhiep help nhap-excel-cot` lists the columns. For a column of another name add --map \"its heading=%[1]s\"."})
	ruleUnknownColumn = diag.NewRule("sheet-unknown-column", diag.Warning,
		diag.Text{VI: "Không nhận ra cột “%[1]s” (ô %[2]s); cột này không được nhập (%[3]d ô có chữ).", EN: "The column “%[1]s” (cell %[2]s) is not known and is left out (%[3]d cells with text)."},
		diag.Text{VI: "Muốn nhập thì sửa tên cột, hoặc thêm --map \"%[1]s=tên cột được nhận\"; danh sách các cột được nhận: `lienhiep help nhap-excel-cot`.", EN: "To import it, correct its heading, or add --map \"%[1]s=a known heading\"; `lienhiep help nhap-excel-cot` lists the columns."})
	ruleNamelessColumn = diag.NewRule("sheet-nameless-column", diag.Warning,
		diag.Text{VI: "Cột %[1]s không có tên; %[2]d ô có chữ của cột này không được nhập, ô đầu là “%[3]s”.", EN: "Column %[1]s has no heading; its %[2]d cells with text, the first of which is “%[3]s”, are left out."},
		diag.Text{VI: "Ghi tên cho cột, hoặc thêm --map \"%[1]s=tên cột được nhận\".", EN: "Give it a heading, or add --map \"%[1]s=a known heading\"."})
	ruleColumnLeft = diag.NewRule("sheet-column-left", diag.Notice,
		diag.Text{VI: "Không nhập cột “%[1]s” (ô %[2]s): %[3]s; %[5]d ô có chữ.", EN: "The column “%[1]s” (cell %[2]s) is left out: %[4]s; %[5]d cells with text."},
		diag.Text{VI: "Xem lại có điều gì trong cột ấy cần đưa vào cột khác không.", EN: "See whether something in it belongs in another column."})
	ruleColumnTwice = diag.NewRule("sheet-column-twice", diag.Error,
		diag.Text{VI: "Hai cột cùng tên “%[1]s”: ô %[2]s và ô %[3]s.", EN: "Two columns are named “%[1]s”: cells %[2]s and %[3]s."},
		diag.Text{VI: "Bỏ hoặc đổi tên một cột; hoặc thêm --map, ví dụ --map \"%[4]s=bỏ\" để không nhập cột %[4]s.", EN: "Remove or rename one of them; or add --map, such as --map \"%[4]s=bỏ\" to leave column %[4]s out."})
	rulePrivateColumn = diag.NewRule("sheet-private-column", diag.Warning,
		diag.Text{VI: "Cột “%[1]s” (ô %[2]s) chứa thông tin riêng tư nên không được nhập.", EN: "The column “%[1]s” (cell %[2]s) holds private data and is left out."},
		diag.Text{VI: "Không phải làm gì: không điều gì trong cột ấy được ghi lại. Nếu còn gửi tệp này đi nơi khác, nên xóa cột ấy trước.", EN: "No action is needed: none of it is kept. Delete the column before the file goes anywhere else."})
	rulePrivateNumber = diag.NewRule("sheet-private-number", diag.Error,
		diag.Text{VI: "Ô %[1]s có số điện thoại hoặc số giấy tờ tùy thân.", EN: "Cell %[1]s holds a telephone or identity number."},
		diag.Text{VI: "Xóa số ấy khỏi ô rồi nhập lại.", EN: "Delete the number and import again."})
	ruleCellError = diag.NewRule("sheet-cell-error", diag.Error,
		diag.Text{VI: "Ô %[1]s đang báo lỗi hoặc chưa tính xong (%[2]s).", EN: "Cell %[1]s shows an error or has not been calculated (%[2]s)."},
		diag.Text{VI: "Sửa công thức trong ô, hoặc ghi thẳng giá trị; mở và lưu tệp bằng Excel để công thức được tính.", EN: "Correct its formula, or write the value; open and save the file in Excel to have it calculated."})
	ruleCellMark = diag.NewRule("sheet-mark", diag.Warning,
		diag.Text{VI: "Cột “%[1]s”: %[2]d ô chỉ có dấu “%[3]s” (dòng %[4]s) nên không được nhập.", EN: "The column “%[1]s”: %[2]d cells hold only the mark “%[3]s” (rows %[4]s) and are not imported."},
		diag.Text{VI: "Ghi bằng chữ, hoặc đặt tên cột là điều mà dấu ấy nói, ví dụ “Thạc sĩ”.", EN: "Write it in words, or name the column by what the mark says, such as “Thạc sĩ”."})
	ruleNothing = diag.NewRule("sheet-nothing", diag.Notice,
		diag.Text{VI: "Cột “%[1]s”: %[2]d ô ghi “%[3]s” (dòng %[4]s) được hiểu là không có gì.", EN: "The column “%[1]s”: %[2]d cells say “%[3]s” (rows %[4]s), which is taken for nothing."},
		diag.Text{VI: "Nếu đó là điều cần nhập thì ghi rõ hơn.", EN: "If it is something to import, say it more clearly."})
	ruleDitto = diag.NewRule("sheet-ditto", diag.Notice,
		diag.Text{VI: "Cột “%[1]s”: %[2]d ô ghi “%[3]s” (dòng %[4]s) được đọc như ô của người ngay bên trên.", EN: "The column “%[1]s”: %[2]d cells say “%[3]s” (rows %[4]s) and are read as the cell of the person above."},
		diag.Text{VI: "Nếu không đúng, ghi lại bằng chữ.", EN: "If that is not right, write it in words."})
	ruleDittoNothing = diag.NewRule("sheet-ditto-nothing", diag.Warning,
		diag.Text{VI: "Cột “%[1]s”: %[2]d ô ghi “%[3]s” (dòng %[4]s) mà ô của người ngay bên trên để trống; không có gì được nhập.", EN: "The column “%[1]s”: %[2]d cells say “%[3]s” (rows %[4]s), and the cell of the person above is empty; nothing is imported."},
		diag.Text{VI: "Ghi lại bằng chữ.", EN: "Write it in words."})
	ruleGoesOn = diag.NewRule("sheet-goes-on", diag.Notice,
		diag.Text{VI: "Dòng %[1]s không có số thứ tự và họ tên nên được đọc là phần tiếp của dòng %[2]s.", EN: "Row %[1]s has neither number nor name and is read as part of row %[2]s."},
		diag.Text{VI: "Nếu là người khác, ghi họ và tên.", EN: "If it is somebody else, give the name."})
	ruleDateShort = diag.NewRule("sheet-date-short", diag.Notice,
		diag.Text{VI: "“%[2]s” ở ô %[1]s được nhập là %[3]s.", EN: "“%[2]s” in cell %[1]s becomes %[3]s."},
		diag.Text{VI: "Nếu không đúng, ghi năm đủ bốn chữ số.", EN: "If that is not right, give four digits for the year."})
	ruleCellDate = diag.NewRule("sheet-date", diag.Error,
		diag.Text{VI: "Không chắc “%[2]s” ở ô %[1]s là ngày nào.", EN: "It is not certain which day “%[2]s” in cell %[1]s is."},
		diag.Text{VI: "Viết ngày/tháng/năm với năm đủ bốn chữ số, ví dụ 20/11/1950; hoặc tháng/năm, hoặc chỉ ghi năm. Nếu một ô viết tháng trước ngày, hãy xem lại cả cột.",
			EN: "Write day/month/year with four digits for the year, such as 20/11/1950, or month/year, or the year alone. If a cell has the month first, look at the whole column."})
	ruleDateYear = diag.NewRule("sheet-date-year", diag.Notice,
		diag.Text{VI: "“%[2]s” ở ô %[1]s được nhập là năm %[3]s: trang ghi ngày đủ hoặc chỉ ghi năm.", EN: "“%[2]s” in cell %[1]s becomes the year %[3]s: the site gives a whole date, or the year alone."},
		diag.Text{VI: "Biết cả ngày thì ghi ngày/tháng/năm rồi nhập lại.", EN: "Where the day is known, give it and import again."})
	ruleDateRough = diag.NewRule("sheet-date-rough", diag.Warning,
		diag.Text{VI: "“%[2]s” ở ô %[1]s được nhập là %[3]s, và trang sẽ hiện năm ấy như điều chắc chắn.", EN: "“%[2]s” in cell %[1]s becomes %[3]s, which the site will show as certain."},
		diag.Text{VI: "Kiểm tra lại với tư liệu; không chắc thì xóa ô ấy, và viết “khoảng %[3]s” trong lời bài.", EN: "Compare with a source; where it is not certain delete the cell, and write “khoảng %[3]s” in the text."})
	ruleDateUnknown = diag.NewRule("sheet-date-unknown", diag.Notice,
		diag.Text{VI: "“%[2]s” ở ô %[1]s được hiểu là chưa biết ngày; mục này để trống.", EN: "“%[2]s” in cell %[1]s is taken for an unknown date, which is left empty."},
		diag.Text{VI: "Biết năm thì ghi năm rồi nhập lại.", EN: "Where the year is known, give it and import again."})
	ruleSheetLong = diag.NewRule("sheet-too-long", diag.Error,
		diag.Text{VI: "Bảng có hơn %[1]d dòng hoặc %[2]d cột.", EN: "The table has more than %[1]d rows or %[2]d columns."},
		diag.Text{VI: "Xóa những dòng, cột thừa; tách thành nhiều tệp nếu cần.", EN: "Delete what is not needed, or split the file."})
	ruleRowsLeft = diag.NewRule("sheet-rows-left", diag.Notice,
		diag.Text{VI: "Không nhập dòng %[1]s: %[2]s (%[4]s).", EN: "Rows %[1]s are left out: %[3]s (%[4]s)."},
		diag.Text{VI: "Xem lại những dòng ấy; dòng nào là của một người thì sửa cho giống các dòng khác rồi nhập lại.", EN: "Look at these rows; where one is a person's, make it like the others and import again."})
	ruleGroupField = diag.NewRule("sheet-group", diag.Notice,
		diag.Text{VI: "Dòng %[1]s “%[2]s” là tên nhóm: “%[3]s” được ghi vào mục “%[4]s” của %[5]d người bên dưới.", EN: "Row %[1]s “%[2]s” names a group: “%[3]s” becomes “%[4]s” of the %[5]d people below."},
		diag.Text{VI: "Nếu không đúng, thêm cột “%[4]s” và ghi riêng cho từng người.", EN: "If that is not right, add a column “%[4]s” and fill it in for each."})
	ruleNameJoined = diag.NewRule("sheet-name-joined", diag.Notice,
		diag.Text{VI: "Cột %[1]s không có tên, đứng ngay sau cột “%[2]s” và chỉ có một chữ ở mỗi ô, nên được nối vào họ và tên.", EN: "Column %[1]s has no heading, stands right of “%[2]s” and has one word a cell: it is joined to the name."},
		diag.Text{VI: "Nếu không đúng, ghi tên cho cột ấy.", EN: "If that is not right, give the column a heading."})
	ruleHonorificJoined = diag.NewRule("sheet-honorific-joined", diag.Notice,
		diag.Text{VI: "Cột %[1]s không có tên, đứng ngay trước cột “%[2]s” và chỉ có học hàm, học vị, nên được đọc cùng họ và tên.", EN: "Column %[1]s has no heading, stands left of “%[2]s” and holds degrees only: it is read with the name."},
		diag.Text{VI: "Nếu không đúng, ghi tên cho cột ấy.", EN: "If that is not right, give the column a heading."})
	ruleSheetLeft = diag.NewRule("sheet-left", diag.Warning,
		diag.Text{VI: "Trang tính “%[1]s” không được nhập: %[2]s.", EN: "The sheet “%[1]s” is left out: %[3]s."},
		diag.Text{VI: "Nếu trang tính ấy có người cần nhập: cho hiện lại, đặt tên các cột như trang khác, hoặc chọn bằng --sheet \"%[1]s\".", EN: "If it has people to import: show it, give it the headings of the other sheet, or choose it with --sheet \"%[1]s\"."})
	ruleSheets = diag.NewRule("sheet-several", diag.Notice,
		diag.Text{VI: "Tệp có nhiều trang tính; đã đọc: %[1]s.", EN: "The file has several sheets; these were read: %[1]s."},
		diag.Text{VI: "Chỉ muốn nhập một trang thì thêm --sheet \"tên trang tính\".", EN: "To import only one, add --sheet \"its name\"."})
	ruleNoSheet = diag.NewRule("sheet-missing", diag.Error,
		diag.Text{VI: "Tệp không có trang tính “%[1]s”.", EN: "The file has no sheet “%[1]s”."},
		diag.Text{VI: "Các trang tính trong tệp: %[2]s.", EN: "Its sheets are: %[2]s."})
	ruleBeside = diag.NewRule("sheet-beside", diag.Notice,
		diag.Text{VI: "Không nhập những gì nằm ngoài các ô của trang tính “%[1]s”: %[2]s.", EN: "Objects outside the cells of the sheet “%[1]s” are left out: %[3]s."},
		diag.Text{VI: "Cần điều nào thì ghi vào ô; ảnh chân dung thì thêm vào bài sau khi nhập.", EN: "Where something is needed write it into a cell; add portraits to the entries once they are imported."})
	ruleCellLink = diag.NewRule("sheet-cell-link", diag.Notice,
		diag.Text{VI: "Cột “%[1]s”: %[2]d ô có liên kết “%[3]s” (dòng %[4]s); chỉ chữ trong ô được nhập.", EN: "The column “%[1]s”: %[2]d cells have the link “%[3]s” (rows %[4]s); only their text is imported."},
		diag.Text{VI: "Liên kết là nguồn của thông tin thì ghi ở cột “Địa chỉ nguồn”.", EN: "Where it is the source, put it in the column “Địa chỉ nguồn”."})
	ruleUnseen = diag.NewRule("sheet-unseen", diag.Warning,
		diag.Text{VI: "Trang tính “%[1]s”: %[2]d ô được định dạng để không hiện gì nên không được nhập: %[3]s.", EN: "The sheet “%[1]s”: %[2]d cells are formatted to show nothing and are left out: %[3]s."},
		diag.Text{VI: "Muốn nhập thì đổi định dạng của ô thành General.", EN: "To import them, give the cells the format General."})
	ruleNoSuchColumn = diag.NewRule("sheet-map", diag.Error,
		diag.Text{VI: "Tệp không có cột “%[1]s” để đọc theo --map.", EN: "There is no column “%[1]s” for --map."},
		diag.Text{VI: "Ghi tên cột đúng như trong tệp, hoặc chữ cái của cột, ví dụ --map \"D=Nơi công tác\".", EN: "Give its heading as in the file, or its letter, such as --map \"D=Nơi công tác\"."})
)

// Why something is left out.
var (
	whyTitle      = diag.Text{VI: "nằm trên dòng tên cột", EN: "above the headings"}
	whyHidden     = diag.Text{VI: "đang bị ẩn trong tệp", EN: "hidden in the file"}
	whyRepeated   = diag.Text{VI: "lặp lại tên cột", EN: "the headings again"}
	whyPage       = diag.Text{VI: "tên danh sách, số trang lặp lại", EN: "the list's title or the page's number again"}
	whyOtherTable = diag.Text{VI: "bảng khác, không có cột họ và tên", EN: "another table, which has no names of people"}
	whyNumbering  = diag.Text{VI: "đánh số các cột", EN: "the columns' numbers"}
	whyTotal      = diag.Text{VI: "cộng, tổng số", EN: "totals"}
	whyFooter     = diag.Text{VI: "ngày tháng, chữ ký ở cuối danh sách", EN: "date and signatures at the end"}
	whyGroup      = diag.Text{VI: "tên nhóm", EN: "a group's name"}
	whyGroupRead  = diag.Text{VI: "tên nhóm, được ghi cho những người bên dưới", EN: "a group's name, written to the people below"}
	whyNote       = diag.Text{VI: "lời ghi ngoài các cột", EN: "a note"}
	whyEmpty      = diag.Text{VI: "chỉ có số thứ tự", EN: "a number alone"}
	whyPrivate    = diag.Text{VI: "thông tin riêng tư", EN: "private data"}
	whyUnread     = diag.Text{VI: "cột này không thành mục nào của bài", EN: "it becomes no part of an entry"}
	whyAsked      = diag.Text{VI: "theo lựa chọn", EN: "as was chosen"}
	whyUnknown    = diag.Text{VI: "không nhận ra tên cột", EN: "its heading is not known"}
	whyNameless   = diag.Text{VI: "cột không có tên", EN: "it has no heading"}
	whyNoPeople   = diag.Text{VI: "không có dòng tên cột với cột “%[1]s”", EN: "it has no row of headings with “%[1]s”"}
	whyNotAsked   = diag.Text{VI: "không được chọn", EN: "it was not chosen"}
	whySecond     = diag.Text{VI: "đã có cột khác cho cùng mục", EN: "another column is read in its place"}
)

// ReadSheet reads the tables of an .xlsx or .docx file whose headings have the first of the
// columns. The sheet is nil when a finding is an error.
func ReadSheet(file string, data []byte, columns []Column, choice Choice) (*Sheet, []diag.Finding) {
	sheet, findings := ReadAccount(file, data, columns, choice)
	if diag.HasErrors(findings) {
		return nil, findings
	}
	return sheet, findings
}

// ReadAccount is [ReadSheet] for showing what has been read: with errors too, the sheet
// holds what could be made out. Its columns are then those of the row that looks most
// like headings.
func ReadAccount(file string, data []byte, columns []Column, choice Choice) (*Sheet, []diag.Finding) {
	out := &Sheet{Heads: map[string]string{}}
	if other := otherTable(file, data); other != nil {
		return out, []diag.Finding{*other}
	}
	b, findings := tablesOf(file, data)
	if b == nil {
		return out, findings
	}
	t := &tableReader{workbook: b, columns: columns, choice: choice, out: out, mapped: map[string]bool{}, findings: findings}
	t.index()
	t.readAll()
	return t.out, t.findings
}

// tableReader reads the tables of a workbook.
type tableReader struct {
	*workbook
	columns  []Column
	names    map[string]recognised // by their keys
	values   []valueKey
	choice   Choice
	mapped   map[string]bool // what of the choice was found
	findings []diag.Finding
	out      *Sheet
	several  bool // sheets are read
}

func (t *tableReader) report(r *diag.Rule, pos diag.Pos, args ...any) {
	pos.File = t.file
	t.findings = append(t.findings, r.At(pos, args...))
}

// readAll reads the sheets that were chosen, or all that have the headings, and tells
// what becomes of the others.
func (t *tableReader) readAll() {
	var names, read []string
	var tables []*worksheet
	for _, s := range t.sheets {
		names = append(names, s.name)
	}
	for _, name := range t.choice.Sheets {
		if !slices.Contains(names, name) {
			t.report(ruleNoSheet, diag.Pos{}, name, strings.Join(names, ", "))
		}
	}
	for _, s := range t.sheets {
		asked := slices.Contains(t.choice.Sheets, s.name)
		switch {
		case s.tooLong > 0 && (!s.hidden || asked):
			t.report(ruleSheetLong, diag.Pos{Line: s.tooLong}, MaxRows, maxColumns)
		case t.choice.Sheets != nil && !asked:
			t.leaveSheet(s, whyNotAsked)
		case s.hidden && !asked:
			t.leaveSheet(s, whyHidden)
		case len(t.headingRows(s)) == 0:
			t.leaveSheet(s, diag.Text{VI: fmt.Sprintf(whyNoPeople.VI, t.columns[0].Names[0]), EN: fmt.Sprintf(whyNoPeople.EN, t.columns[0].Names[0])})
		default:
			tables = append(tables, s)
			read = append(read, "“"+s.name+"”")
		}
	}
	if diag.HasErrors(t.findings) {
		return
	}
	if len(tables) == 0 {
		t.report(ruleNoHeadings, diag.Pos{}, t.columns[0].Names[0])
		t.guess()
		return
	}
	if t.several = len(tables) > 1; t.several {
		t.report(ruleSheets, diag.Pos{}, strings.Join(read, ", "))
	}
	for _, s := range tables {
		t.sheet(s)
	}
	for _, asked := range slices.Sorted(maps.Keys(t.choice.Columns)) {
		if !t.mapped[asked] {
			t.report(ruleNoSuchColumn, diag.Pos{}, asked)
		}
	}
}

// guess gives the columns of the row that looks most like headings, where no row has
// the first column's.
func (t *tableReader) guess() {
	for _, s := range t.sheets {
		best, most := -1, 0
		for y, line := range s.rows[:min(len(s.rows), headRows)] {
			texts := 0
			for _, c := range line {
				if c.text != "" && !c.number {
					texts++
					if t.column(c.text).Column != nil {
						texts += 2
					}
				}
			}
			if texts > most+1 {
				best, most = y, texts
			}
		}
		if best >= 0 && !s.hidden {
			g := &cellGrid{tableReader: t, worksheet: s, merged: map[[2]int]*area{}, fates: map[[2]int]bool{}}
			g.mergeAll()
			g.end = len(s.rows)
			top, bottom := g.headRange(best)
			g.headings(top, bottom)
			for _, h := range t.out.Columns {
				g.tellColumn(h)
			}
			return
		}
	}
}

// leaveSheet names a sheet that is not read, if there is anything on it.
func (t *tableReader) leaveSheet(s *worksheet, why diag.Text) {
	if len(s.rows) > 0 || len(s.beside) > 0 || len(s.unseen) > 0 || s.pictures > 0 {
		t.report(ruleSheetLeft, diag.Pos{}, s.name, why.VI, why.EN)
	}
}

// sheet reads the tables of one sheet, one below another.
func (t *tableReader) sheet(s *worksheet) {
	g := &cellGrid{tableReader: t, worksheet: s, merged: map[[2]int]*area{}, fates: map[[2]int]bool{}}
	if t.several {
		g.label = s.name
	}
	g.mergeAll()
	var heads []int // those that are the same as above only go on to the next page
	for _, y := range t.headingRows(s) {
		if len(heads) > 0 {
			last := heads[len(heads)-1]
			if _, bottom := g.headRange(last); y <= bottom || g.sameHeadings(last, y) {
				continue
			}
		}
		heads = append(heads, y)
	}
	for i, h := range heads {
		end := len(s.rows)
		if i+1 < len(heads) {
			end, _ = g.headRange(heads[i+1]) // the first of several rows of headings
		}
		g.tables(h, end, i == 0)
	}
	g.tell()
	if len(s.unseen) > 0 {
		said, _ := enumerate(s.unseen, maxNamed, maxExcerpt)
		t.report(ruleUnseen, diag.Pos{}, s.name, len(s.unseen), said)
	}
	if len(s.beside) > 0 || s.pictures > 0 {
		vi, en := enumerate(s.beside, maxNamed, maxExcerpt)
		if s.pictures > 0 {
			vi, en = vi+fmt.Sprintf("; %d ảnh", s.pictures), en+fmt.Sprintf("; %d pictures", s.pictures)
		}
		vi, en = strings.TrimPrefix(vi, "; "), strings.TrimPrefix(en, "; ")
		t.report(ruleBeside, diag.Pos{}, s.name, vi, en)
	}
}

// enumerate names texts, most of them at the most, each by its first characters.
func enumerate(texts []string, most, length int) (vi, en string) {
	var all []string
	for _, text := range texts[:min(len(texts), most)] {
		all = append(all, "“"+excerpt(text, length)+"”")
	}
	vi, en = strings.Join(all, ", "), strings.Join(all, ", ")
	if more := len(texts) - most; more > 0 {
		vi, en = fmt.Sprintf("%s và %d lời khác", vi, more), fmt.Sprintf("%s and %d more", en, more)
	}
	return vi, en
}

const (
	maxNamed   = 12 // texts that a message about a table names; a review lists all
	maxExcerpt = 60 // characters of each
)

// excerpt is the beginning of a text.
func excerpt(s string, length int) string {
	s = oneLine(s)
	if r := []rune(s); len(r) > length {
		return string(r[:length]) + "…"
	}
	return s
}

// cellGrid is a sheet whose merged cells are known.
type cellGrid struct {
	*tableReader
	*worksheet
	label  string // of the sheet, "" where there is only one
	merged map[[2]int]*area
	fates  map[[2]int]bool // cells that are accounted for
	end    int             // of the table that is read: the row after its last
}

// mergeAll notes which cells are merged. Areas that lie over one another, which Excel
// does not write, end it.
func (g *cellGrid) mergeAll() {
	room := len(g.rows) * maxColumns
	for i := range g.merges {
		m := &g.merges[i]
		m.bottom, m.right = min(m.bottom, len(g.rows)-1), min(m.right, maxColumns-1)
		if room -= (m.bottom - m.top + 1) * (m.right - m.left + 1); room < 0 {
			return
		}
		for y := m.top; y <= m.bottom; y++ {
			for x := m.left; x <= m.right; x++ {
				g.merged[[2]int{x, y}] = m
			}
		}
	}
}

func (g *cellGrid) at(x, y int) rawCell {
	if y < 0 || y >= len(g.rows) || x < 0 || x >= len(g.rows[y]) {
		return rawCell{}
	}
	return g.rows[y][x]
}

// over returns the cell that is seen at a place: that of the merged area it is in.
func (g *cellGrid) over(x, y int) rawCell {
	if m := g.merged[[2]int{x, y}]; m != nil && g.at(x, y).empty() {
		return g.at(m.left, m.top)
	}
	return g.at(x, y)
}

// down is over within one column: what is merged to the right belongs to the left.
func (g *cellGrid) down(x, y, first int) rawCell {
	if m := g.merged[[2]int{x, y}]; m != nil && m.left == x && m.top >= first && g.at(x, y).empty() {
		return g.at(m.left, m.top)
	}
	return g.at(x, y)
}

func (g *cellGrid) width() int {
	n := 0
	for _, line := range g.rows {
		n = max(n, len(line))
	}
	return n
}

func (g *cellGrid) pos(x, y int) diag.Pos { return diag.Pos{File: g.file, Line: y + 1, Column: x + 1} }

func (g *cellGrid) name(x, y int) string { return reference(g.label, cellName(x, y)) }

// account notes that a cell has been dealt with.
func (g *cellGrid) account(x, y int) { g.fates[[2]int{x, y}] = true }

// leave names a row that is nobody's.
func (g *cellGrid) leave(y int, why diag.Text) {
	var texts []string
	for x, c := range g.rows[y] {
		if !c.empty() {
			texts = append(texts, oneLine(g.text(c)))
			g.account(x, y)
		}
	}
	if texts != nil {
		g.out.Left = append(g.out.Left, LeftRow{Sheet: g.label, Number: y + 1, Text: strings.Join(texts, " | "), Why: why})
	}
}

// text is what a cell shows.
func (g *cellGrid) text(c rawCell) string {
	if c.date {
		if day, ok := g.day(c.text); ok {
			return day.Format([]string{yearShown: "2006", monthShown: "01/2006", dayShownToo: "02/01/2006"}[c.shows])
		}
	}
	return strings.TrimSpace(c.shown())
}

// tables reads the table whose headings are around row head and whose rows end before
// end, or those that stand there side by side.
func (g *cellGrid) tables(head, end int, first bool) {
	top, bottom := g.headRange(head)
	if first {
		for y := range top {
			g.leave(y, whyTitle)
		}
	}
	from, starts := 0, g.starts(top, bottom)
	for i, x := range append(starts, maxColumns) {
		part := g
		if part.end = end; starts != nil {
			part = g.within(from, x, top, end)
		}
		r := rowReader{cellGrid: part, columns: part.headings(top, bottom), firstRow: bottom + 1, used: map[int]int{}, above: map[int]rawCell{}, personRow: -1}
		r.beside = i > 0
		r.countRows(end)
		for y := bottom + 1; y < end; y++ {
			r.row(y)
		}
		r.tellGroups()
		r.tellRemarks()
		from = x
	}
}

// starts returns where tables begin that stand right of another: each has the name's
// heading and others of the first one again.
func (g *cellGrid) starts(top, bottom int) []int {
	var keys []string // of the headings, from the left
	var names []int   // places of the name's
	for x := range g.width() {
		parts, _ := g.headingAt(x, top, bottom)
		key := headingKey(strings.Join(parts, " "))
		keys = append(keys, key)
		if c := g.recognise(parts).Column; c == &g.columns[0] && (len(names) == 0 || keys[names[0]] == key && names[len(names)-1]+1 < x) {
			names = append(names, x)
		}
	}
	var all []int
	leftmost := ""
	if left := slices.IndexFunc(keys, func(k string) bool { return k != "" }); left >= 0 {
		leftmost = keys[left]
	}
	for i := 1; i < len(names); i++ {
		before, at := names[i-1], names[i]
		start := at
		for start > before+1 && keys[start] != leftmost {
			start--
		}
		if keys[start] != leftmost { // the second begins otherwise: it stands behind a gap
			for start = at; start-1 > before && keys[start-1] != ""; {
				start--
			}
		}
		again := slices.ContainsFunc(keys[start:], func(k string) bool { return k != "" && k != keys[at] && slices.Contains(keys[:start], k) })
		if !again {
			return nil
		}
		all = append(all, start)
	}
	return all
}

// within is the grid with nothing beside some columns of some rows.
func (g *cellGrid) within(left, right, top, end int) *cellGrid {
	part, sheet := *g, *g.worksheet
	sheet.rows = slices.Clone(g.rows)
	for y := top; y < end; y++ {
		row := slices.Clone(g.rows[y][:min(right, len(g.rows[y]))])
		clear(row[:min(left, len(row))])
		sheet.rows[y] = row
	}
	part.worksheet = &sheet
	return &part
}

// sameHeadings reports whether two tables have the same headings.
func (g *cellGrid) sameHeadings(one, other int) bool {
	top, bottom := g.headRange(one)
	top2, bottom2 := g.headRange(other)
	for x := range g.width() {
		a, _ := g.headingAt(x, top, bottom)
		b, _ := g.headingAt(x, top2, bottom2)
		if headingKey(strings.Join(a, " ")) != headingKey(strings.Join(b, " ")) {
			return false
		}
	}
	return true
}

// tell reports what is left out of the sheet: columns, rows, and cells that nothing
// else has accounted for.
func (g *cellGrid) tell() {
	for y, line := range g.rows {
		for x, c := range line {
			if !c.empty() && !g.fates[[2]int{x, y}] {
				g.leave(y, whyNote)
				break
			}
		}
	}
	for _, h := range g.out.Columns {
		if h.Sheet == g.label {
			g.tellColumn(h)
		}
	}
	var order []diag.Text
	byWhy := map[diag.Text][]LeftRow{}
	for _, l := range g.out.Left {
		if l.Sheet != g.label || l.Why == whyGroupRead {
			continue
		}
		if byWhy[l.Why] == nil {
			order = append(order, l.Why)
		}
		byWhy[l.Why] = append(byWhy[l.Why], l)
	}
	for _, why := range order {
		rows := byWhy[why]
		var numbers []int
		var texts []string
		for _, l := range rows {
			numbers = append(numbers, l.Number)
			texts = append(texts, l.Text)
		}
		vi, _ := enumerate(texts, maxNamed, maxExcerpt)
		f := ruleRowsLeft.At(diag.Pos{File: g.file, Line: numbers[0]}, reference(g.label, ranges(numbers)), why.VI, why.EN, vi)
		if why == whyHidden || why == whyOtherTable { // it may be hidden to be withheld, or by a filter
			f.Severity = diag.Warning
		}
		g.findings = append(g.findings, f)
	}
}

// tellColumn names a column that is left out.
func (g *cellGrid) tellColumn(h Heading) {
	pos := g.posOf(h.Cell)
	cell := reference(g.label, h.Cell)
	switch {
	case h.Key != "":
	case h.Why == whyPrivate:
		g.report(rulePrivateColumn, pos, h.Text, cell)
	case h.Why == whyUnknown:
		g.report(ruleUnknownColumn, pos, h.Text, cell, h.Filled)
	case h.Why == whyNameless:
		if h.Filled > 0 {
			g.report(ruleNamelessColumn, pos, h.Letter(), h.Filled, excerpt(h.Sample, maxExcerpt))
		}
	default:
		g.report(ruleColumnLeft, pos, cmp.Or(h.Text, h.Cell), cell, h.Why.VI, h.Why.EN, h.Filled)
	}
}

// ranges writes numbers: "1–3, 7".
func ranges(numbers []int) string {
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		switch {
		case j == i:
			parts = append(parts, fmt.Sprint(numbers[i]))
		default:
			parts = append(parts, fmt.Sprintf("%d–%d", numbers[i], numbers[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

var (
	phone    = regexp.MustCompile(`(?:^|[^\d/.,])(?:\+\s?84|0)(?:[ .\-]?\d){9,10}(?:$|[^\d/])`)
	identity = regexp.MustCompile(`(?:^|[^\d/.,])(?:\d{12}|\d{9})(?:$|[^\d/])`)
)

// withoutZeros is a telephone or identity number typed as a number, which drops the zeros
// that it begins with.
var withoutZeros = regexp.MustCompile(`^\d{9,12}$`)

// privateNumber reports whether a cell holds a telephone number (Vietnamese ones
// have ten digits) or an identity number (nine digits or twelve).
func privateNumber(c rawCell) bool {
	if c.date {
		return false
	}
	return phone.MatchString(c.text) || identity.MatchString(c.text) || c.number && withoutZeros.MatchString(c.text)
}

// small is text in NFC and small letters, marks kept: "tổng" is no "tống".
func small(s string) string { return strings.ToLower(norm.NFC.String(oneLine(s))) }

var ruleOtherTable = diag.NewRule("sheet-other-format", diag.Error,
	diag.Text{VI: "Tệp thuộc dạng %[1]s; danh sách chỉ nhập được từ tệp .xlsx.", EN: "The file is of the format %[1]s; lists are imported from .xlsx alone."},
	diag.Text{VI: "Mở tệp bằng %[2]s, xem chữ tiếng Việt và ngày tháng có hiện đúng không, chọn Tệp > Lưu thành (Save as), loại Excel Workbook (.xlsx), rồi nhập tệp mới.",
		EN: "Open it in %[2]s, see that Vietnamese letters and dates are right, choose File > Save as, type Excel Workbook (.xlsx), and import the new file."})

// otherTable knows tables of other formats, and says how to go on.
func otherTable(file string, data []byte) *diag.Finding {
	format, program := "", "Excel"
	switch ext := strings.ToLower(filepath.Ext(file)); {
	case strings.HasPrefix(string(data[:min(len(data), 200)]), "PK") && strings.Contains(string(data[:min(len(data), 200)]), "application/vnd.oasis.opendocument"):
		format, program = "OpenDocument (.ods)", "LibreOffice Calc"
	case strings.HasPrefix(string(data), "PK") && bytes.Contains(data, []byte("xl/workbook.bin")):
		format = "Excel Binary (.xlsb)"
	case strings.HasPrefix(string(data), "PK"), strings.HasPrefix(string(data), "\xD0\xCF\x11\xE0"):
	case ext == ".csv", ext == ".tsv":
		format = ext
	case strings.Contains(strings.ToLower(string(data[:min(len(data), 2000)])), "<html"), strings.Contains(strings.ToLower(string(data[:min(len(data), 2000)])), "<table"):
		format = "HTML (" + ext + ")"
	case strings.Contains(string(data[:min(len(data), 2000)]), "urn:schemas-microsoft-com:office:spreadsheet"):
		format = "XML Spreadsheet 2003"
	}
	if format == "" {
		return nil
	}
	f := ruleOtherTable.At(diag.Pos{File: file}, format, program)
	return &f
}
