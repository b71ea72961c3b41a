package office

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// laidOut makes an Excel file of lines with cells parted by bars; "=5" is a number. Extra
// goes behind the rows: merged cells, links. What begins with "cols:" goes before them.
func laidOut(t *testing.T, extra string, lines ...string) []byte {
	t.Helper()
	var b strings.Builder
	for y, line := range lines {
		attrs := ""
		if rest, ok := strings.CutPrefix(line, "HIDDEN "); ok {
			line, attrs = rest, ` hidden="1"`
		}
		fmt.Fprintf(&b, `<row r="%d"%s>`, y+1, attrs)
		for x, text := range strings.Split(line, "|") {
			text = strings.TrimSpace(text)
			if n, ok := strings.CutPrefix(text, "="); ok {
				fmt.Fprintf(&b, `<c r="%s"><v>%s</v></c>`, cellName(x, y), n)
			} else if text != "" {
				b.WriteString(inline(cellName(x, y), "<t>"+text+"</t>"))
			}
		}
		b.WriteString(`</row>`)
	}
	files := xlsx(b.String())
	cols, after, found := strings.Cut(extra, "::")
	if !found {
		cols, after = "", extra
	}
	sheet := files["xl/worksheets/sheet1.xml"]
	files["xl/worksheets/sheet1.xml"] = strings.Replace(strings.Replace(sheet, "<sheetData>", cols+"<sheetData>", 1), "</sheetData>", "</sheetData>"+after, 1)
	return zipped(t, files)
}

func merged(areas ...string) string {
	s := "<mergeCells>"
	for _, a := range areas {
		s += `<mergeCell ref="` + a + `"/>`
	}
	return s + "</mergeCells>"
}

// rowsOf writes the rows that were read: "2 born=1960 title=…".
func peopleOf(s *Sheet) (all []string) {
	for _, r := range s.Rows {
		line := r.Label()
		for _, key := range slices.Sorted(maps.Keys(r.Cells)) {
			line += " " + key + "=" + r.Cells[key].Text
		}
		all = append(all, line)
	}
	return all
}

// TestTables reads tables as offices lay them out.
func TestTables(t *testing.T) {
	for _, tt := range []struct {
		name  string
		extra string
		lines []string
		want  []string // people
		said  []string // codes and parts of findings
	}{
		{"one row of headings", "", []string{"Họ và tên | Năm sinh", "A B | =1960"}, []string{"2 born=1960 title=A B"}, nil},
		{"half years", merged("B1:C1", "A1:A2"), []string{"Họ và tên | Năm sinh | | Học vị", " | Nam | Nữ", "A B | =1960 | | TS", "C D | | 1961 | ThS"},
			[]string{"3 born=1960 degree=TS sex=Nam title=A B", "4 born=1961 degree=ThS sex=Nữ title=C D"}, nil},
		{"half years, nothing merged", "", []string{"Họ và tên | Năm sinh | | Học vị", " | Nam | Nữ", "A B | =1960 | | TS"}, []string{"3 born=1960 degree=TS sex=Nam title=A B"}, nil},
		{"the name in the second row", merged("B1:C1", "D1:E1"), []string{" | Năm sinh | | Công việc", "Họ và tên | Nam | Nữ | Đơn vị | Học vị", "A B | | 1960 | Sở | TS"},
			[]string{"3 affiliation=Sở born=1960 degree=TS sex=Nữ title=A B"}, nil},
		{"half years with nothing above them", "", []string{"STT | Họ và tên | Nam | Nữ | Đơn vị", "1 | A B | 1960 | | Sở", "2 | C D | | 5/1961 | Hội", " | Cộng | 1 | 1"},
			[]string{"2 affiliation=Sở born=1960 sex=Nam title=A B", "3 affiliation=Hội born=1961 sex=Nữ title=C D"}, []string{"cộng, tổng số"}},
		{"half years below a title", merged("A1:D1"), []string{"DANH SÁCH TRÍ THỨC", "Họ và tên | Nam | Nữ | Đơn vị", "A B | 1960 | | Sở"}, []string{"3 affiliation=Sở born=1960 sex=Nam title=A B"}, []string{"Không nhập dòng 1:"}},
		{"half years in a second row, with nothing above them", merged("A1:A2", "D1:D2"), []string{"Họ và tên | | | Đơn vị", " | Nam | Nữ", "A B | 1960 | | Sở", "C D | | 1961 | Hội"},
			[]string{"3 affiliation=Sở born=1960 sex=Nam title=A B", "4 affiliation=Hội born=1961 sex=Nữ title=C D"}, nil},
		{"halves that count people", "", []string{"Họ và tên | Nam | Nữ", "A B | =12 | =7"}, []string{"2 title=A B"}, []string{"Không nhận ra cột “Nam”", "Không nhận ra cột “Nữ”"}},
		{"marks for the sex", merged("B1:C1", "A1:A2"), []string{"Họ và tên | Giới tính | | Năm sinh", " | Nam | Nữ", "A B | x | | 1960", "C D | | x | 1961"},
			[]string{"3 born=1960 sex=Nam title=A B", "4 born=1961 sex=Nữ title=C D"}, nil},
		{"name in two columns, the second without a heading", "", []string{"Họ và tên | | Năm sinh", "Trần Văn | An | 1960", "Lê Thị | Bình | 1961"},
			[]string{"2 born=1960 title=Trần Văn An", "3 born=1961 title=Lê Thị Bình"}, []string{"sheet-name-joined"}},
		{"name in two columns, one heading over both", merged("A1:B1"), []string{"Họ và tên | | Năm sinh", "Trần Văn | An | 1960"}, []string{"2 born=1960 title=Trần Văn An"}, nil},
		{"no heading over words", "", []string{"Họ và tên | | Năm sinh", "Trần Văn An | tổ trưởng tổ một | 1960"}, []string{"2 born=1960 title=Trần Văn An"}, []string{"sheet-nameless-column", "“tổ trưởng tổ một”"}},
		{"numbers of columns", "", []string{"STT | Họ và tên | Năm sinh", "(1) | (2) | (3)", "1 | A B | 1960"}, []string{"3 born=1960 title=A B"}, []string{"đánh số các cột"}},
		{"merged down", merged("C2:C3"), []string{"Họ và tên | Năm sinh | Đơn vị", "A B | 1960 | Sở Mẫu", "C D | 1961"}, []string{"2 affiliation=Sở Mẫu born=1960 title=A B", "3 affiliation=Sở Mẫu born=1961 title=C D"}, nil},
		{"a person in two rows", merged("A2:A3"), []string{"Họ và tên | Năm sinh | Đơn vị", "A B | 1960 | Sở Mẫu", " | | Hội Mẫu", "C D | 1961"}, []string{"2 affiliation=Sở Mẫu\nHội Mẫu born=1960 title=A B", "4 born=1961 title=C D"}, nil},
		{"the last person in two rows", merged("A3:A4", "B3:B4"), []string{"STT | Họ và tên | Đơn vị", "1 | A B | Sở", "2 | C D | Hội", " | | CHỦ TỊCH"}, []string{"2 affiliation=Sở title=A B", "3 affiliation=Hội\nCHỦ TỊCH title=C D"}, nil},
		{"an official form", merged("A1:C1", "D1:F1", "A2:F2", "A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5"),
			[]string{"UBND TỈNH MẪU | | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "DANH SÁCH ĐỀ NGHỊ", "(Kèm theo Tờ trình số 1)", "STT | HỌ VÀ TÊN (chữ in hoa) | Ngày, tháng, năm sinh | | Học vị | Đơn vị", " | | Nam | Nữ", "(1) | (2) | (3) | (4) | (5) | (6)",
				"A | KHỐI SỞ", "1 | A B | 12/5/1965 | | TS | Sở Mẫu", "B | KHỐI HỘI", "2 | C D | | 5/1970 | ThS | Hội Mẫu", " | Tổng cộng: 02 người", " | | | | Phan Thiết, ngày 1 tháng 2 năm 2026", " | NGƯỜI LẬP | | | THỦ TRƯỞNG"},
			[]string{"8 affiliation=Sở Mẫu born=1965-05-12 degree=TS sex=Nam title=A B", "10 affiliation=Hội Mẫu born=1970 degree=ThS sex=Nữ title=C D"}, []string{"Không nhập dòng 1–3", "đánh số các cột", "tên nhóm (“A | KHỐI SỞ”, “B | KHỐI HỘI”)", "cộng, tổng số", "dòng 12–13"}},
		{"groups", "", []string{"STT | Họ và tên | Năm sinh", "A | Lĩnh vực Y tế", "1 | A B | 1960", "B | Các huyện", "2 | C D | 1961"},
			[]string{"3 born=1960 fields=Y tế title=A B", "5 born=1961 title=C D"}, []string{"sheet-group", "tên nhóm (“B | Các huyện”)"}},
		{"groups with their counts", "", []string{"STT | Họ và tên | Năm sinh | Đơn vị", "I | LĨNH VỰC Y TẾ | | =2", "1 | A B | 1960 | Sở", "II | Lĩnh vực Giáo dục (02 người)", "1 | C D | 1961 | Sở", "III | Lĩnh vực Thủy sản: 1 đồng chí", "1 | E G | 1962 | Sở", " | Lĩnh vực Văn hóa | 1 người", "1 | H I | 1963 | Sở", "TC | 4 người"},
			[]string{"3 affiliation=Sở born=1960 fields=Y tế title=A B", "5 affiliation=Sở born=1961 fields=Giáo dục title=C D", "7 affiliation=Sở born=1962 fields=Thủy sản title=E G", "9 affiliation=Sở born=1963 fields=Văn hóa title=H I"},
			[]string{"“I LĨNH VỰC Y TẾ 2” là tên nhóm", "“II Lĩnh vực Giáo dục (02 người)”", "cộng, tổng số (“TC | 4 người”)"}},
		{"a group within a group", "", []string{"STT | Họ và tên | Năm sinh", "I | Lĩnh vực Y tế", "a | Tuyến tỉnh", "1 | A B | 1960"}, []string{"4 born=1960 fields=Y tế title=A B"}, []string{"“a | Tuyến tỉnh”"}},
		{"a family named Tống", "", []string{"STT | Họ và tên | Năm sinh", "1 | Tống Văn A | 1960", "2 | Công Thị B | 1961", " | Tổng cộng | 2"}, []string{"2 born=1960 title=Tống Văn A", "3 born=1961 title=Công Thị B"}, []string{"cộng, tổng số (“Tổng cộng | 2”)"}},
		{"offices as values are no signatures", "", []string{"STT | Họ và tên | Chức vụ", "1 | A B | Chủ tịch", "2 | C D | Giám đốc"}, []string{"2 title=A B", "3 title=C D"}, []string{"sheet-unknown-column"}},
		{"signatures, with names below", "", []string{"STT | Họ và tên | Năm sinh", "1 | A B | 1960", " | | Phan Thiết, ngày … tháng … năm 2026", " | Người lập biểu | Chủ tịch", " | (Ký tên)", " | Nguyễn Văn Ký | Trần Văn Duyệt"},
			[]string{"2 born=1960 title=A B"}, []string{"dòng 3–6", "Nguyễn Văn Ký | Trần Văn Duyệt"}},
		{"signatures without a word that tells them", "", []string{"STT | Họ và tên | Năm sinh", "1 | A B | 1960", "2 | C D | 1961", " | PHÒNG TỔ CHỨC | LÃNH ĐẠO HỘI", " | Nguyễn Văn Ký"},
			[]string{"2 born=1960 title=A B", "3 born=1961 title=C D"}, []string{"dòng 4–5", "“Nguyễn Văn Ký”"}},
		{"people without a number, in a list without", "", []string{"Họ và tên | Đơn vị", "A B | Sở", "C D"}, []string{"2 affiliation=Sở title=A B", "3 title=C D"}, nil},
		{"the list goes on below a total", "", []string{"STT | Họ và tên | Năm sinh", "1 | A B | 1960", "Cộng: 1 người", "2 | C D | 1961"}, []string{"2 born=1960 title=A B", "4 born=1961 title=C D"}, []string{"cộng, tổng số"}},
		{"headings again", "", []string{"Họ và tên | Năm sinh", "A B | 1960", "Họ và tên | Năm sinh", "C D | 1961"}, []string{"2 born=1960 title=A B", "4 born=1961 title=C D"}, nil},
		{"a second table with other columns", "", []string{"Họ và tên | Năm sinh", "A B | 1960", "", "Họ và tên | Đơn vị | Năm sinh", "C D | Sở | 1961"}, []string{"2 born=1960 title=A B", "5 affiliation=Sở born=1961 title=C D"}, nil},
		{"private columns by their other names", "", []string{"Họ và tên | CCCD | Số ĐT | Ngày cấp | Tel | Số thẻ BHYT", "A B | 1 | 2 | 3 | 4 | 5"}, []string{"2 title=A B"},
			[]string{"Cột “CCCD” (ô B1) chứa thông tin riêng tư", "Cột “Số ĐT”", "Cột “Ngày cấp”", "Cột “Tel” (ô E1) chứa thông tin riêng tư", "Cột “Số thẻ BHYT” (ô F1) chứa thông tin riêng tư"}},
		{"hidden", `<cols><col min="3" max="3" hidden="1"/></cols>::`, []string{"Họ và tên | Năm sinh | Đơn vị", "A B | 1960 | Sở", "HIDDEN C D | 1961 | Sở"}, []string{"2 born=1960 title=A B"}, []string{"warning sheet-rows-left", "đang bị ẩn trong tệp (“C D | 1961 | Sở”)", "Không nhập cột “Đơn vị”"}},
		{"dates", "", []string{"Họ và tên | Năm sinh", "A | 12/5/1965", "B | 5/1965", "C | khoảng 1965", "D | không rõ", "E | tháng 5 năm 1965", "F | 12.5.1965", "G | sinh năm 1965", "H | 00/00/1965", "I | ngày 12 tháng 5 năm 1965", "K | 1965?", "L | 00/05/1965", "M | 1965-05-12", "N | ?/1965", "O | /5/1965", "P | '1965"},
			[]string{"2 born=1965-05-12 title=A", "3 born=1965 title=B", "4 born=1965 title=C", "5 title=D", "6 born=1965 title=E", "7 born=1965-05-12 title=F", "8 born=1965 title=G", "9 born=1965 title=H", "10 born=1965-05-12 title=I", "11 born=1965 title=K", "12 born=1965 title=L", "13 born=1965-05-12 title=M", "14 born=1965 title=N", "15 born=1965 title=O", "16 born=1965 title=P"},
			[]string{"sheet-date-year", "sheet-date-rough", "sheet-date-unknown", "“khoảng 1965” ở ô B4 được nhập là 1965"}},
		{"dates beside other words", "", []string{"Họ và tên | Năm sinh", "A | 12.5.65", "B | 1965 (tuổi Tỵ)", "C | SN 1965", "D | Ất Tỵ 1965", "E | 12/5/1965 (âm lịch)", "F | T5/1965", "G | 1965 (60 tuổi)", "H | n/a", "I | 12-May-65", "K | SN: 1965", "L | 12, tháng 5, 1965"},
			[]string{"2 born=1965-05-12 title=A", "3 born=1965 title=B", "4 born=1965 title=C", "5 born=1965 title=D", "6 born=1965 title=E", "7 born=1965 title=F", "8 born=1965 title=G", "9 title=H", "10 born=1965-05-12 title=I", "11 born=1965 title=K", "12 born=1965-05-12 title=L"},
			[]string{"sheet-date-short: “12.5.65” ở ô B2 được nhập là 12/05/1965", "“1965 (tuổi Tỵ)” ở ô B3 được nhập là năm 1965", "sheet-date-rough: “12/5/1965 (âm lịch)”"}},
		{"a year of two digits in either century", "", []string{"Họ và tên | Năm sinh", "A | 12.5.25"}, nil, []string{"sheet-date"}},
		{"two digits alone may be an age", "", []string{"Họ và tên | Năm sinh", "A B | 65"}, nil, []string{"sheet-date"}},
		{"a year is no half", "", []string{"Họ và tên | Năm | Ngày", "A B | =1960 | =5"}, []string{"2 title=A B"}, []string{"Không nhận ra cột “Năm”", "Không nhận ra cột “Ngày”"}},
		{"day, month and year below their heading", merged("B1:D1", "A1:A2"), []string{"Họ và tên | Ngày sinh | | | Đơn vị", " | Ngày | Tháng | Năm", "A B | =12 | =5 | =1965 | Sở", "C D | | =3 | =1970 | Sở", "E G | | | =1971"},
			[]string{"3 affiliation=Sở born=1965-05-12 title=A B", "4 affiliation=Sở born=1970 title=C D", "5 born=1971 title=E G"}, []string{"“3/1970” ở ô C4"}},
		{"day, month and year, nothing merged", "", []string{"Họ và tên | Ngày sinh | | | Đơn vị", " | Ngày | Tháng | Năm", "A B | 12 | 5 | 1965 | Sở"}, []string{"3 affiliation=Sở born=1965-05-12 title=A B"}, nil},
		{"day, month and year in one row of headings", "", []string{"Họ và tên | Ngày sinh | Tháng sinh | Năm sinh", "A B | 12 | 5 | 1965"}, []string{"2 born=1965-05-12 title=A B"}, nil},
		{"day, month and year with nothing above them", "", []string{"Họ và tên | Ngày | Tháng | Năm | Đơn vị", "A B | 12 | 5 | 1965 | Sở"}, []string{"2 affiliation=Sở born=1965-05-12 title=A B"}, nil},
		{"a day without its month", "", []string{"Họ và tên | Ngày sinh | Tháng sinh | Năm sinh", "A B | 12 | | 1965"}, nil, []string{"sheet-date"}},
		{"halves above other headings", merged("B1:C1", "D1:E1"), []string{"Họ và tên | Nam | | Nữ | ", " | Năm sinh | Học vị | Năm sinh | Học vị", "A B | 1960 | TS", "C D | | | 1961 | ThS"}, []string{"3 born=1960 degree=TS sex=Nam title=A B", "4 born=1961 degree=ThS sex=Nữ title=C D"}, nil},
		{"marks below what they say", merged("C1:D1", "A1:A2", "B1:B2"), []string{"STT | Họ và tên | Học vị | ", " | | TS | ThS", "1 | A B | x", "2 | C D | | 2015", " | Cộng | 1 | 1"}, []string{"3 degree=TS title=A B", "4 degree=ThS (2015) title=C D"}, nil},
		{"marks below a value alone", "", []string{"Họ và tên | TS | ThS", "A B | x", "C D | | X"}, []string{"2 degree=TS title=A B", "3 degree=ThS title=C D"}, nil},
		{"what a part of a heading does not say", merged("B1:D1"), []string{"Họ và tên | Học vị | | ", " | Tên | Năm | Ngoại ngữ", "A B | TS | 2005 | Anh B1"}, []string{"3 degree=TS title=A B"}, []string{"“Học vị – Năm”", "“Học vị – Ngoại ngữ”"}},
		{"private below what is not", merged("B1:C1"), []string{"Họ và tên | Đơn vị | ", " | Tên | Điện thoại", "A B | Sở | 1"}, []string{"3 affiliation=Sở title=A B"}, []string{"Cột “Đơn vị – Điện thoại” (ô C2) chứa thông tin riêng tư"}},
		{"as above", "", []string{"Họ và tên | Đơn vị | Năm sinh", "A B | Sở | 1960", "C D | nt | //", "E G | -nt- | 1961", "H I | ″", "K L | Hội", `M N | "`},
			[]string{"2 affiliation=Sở born=1960 title=A B", "3 affiliation=Sở born=1960 title=C D", "4 affiliation=Sở born=1961 title=E G", "5 affiliation=Sở title=H I", "6 affiliation=Hội title=K L", "7 affiliation=Hội title=M N"},
			[]string{"sheet-ditto: Cột “Đơn vị”: 4 ô ghi “nt”, “-nt-”, “″”, “\"” (dòng 3–5, 7)"}},
		{"as above, where there is nothing", "", []string{"Họ và tên | Đơn vị", "A B", "C D | nt"}, []string{"2 title=A B", "3 title=C D"}, []string{"sheet-ditto-nothing"}},
		{"as above, which is hidden", "", []string{"Họ và tên | Đơn vị", "A B | Sở", "HIDDEN C D | Hội", "E G | nt"}, []string{"2 affiliation=Sở title=A B", "4 affiliation=Hội title=E G"}, []string{"sheet-ditto"}},
		{"degrees in a column without a heading", "", []string{"STT | | Họ và tên | Năm sinh", "1 | TS. | A Văn B | 1960", "2 | | C Văn D | 1961"}, []string{"2 born=1960 title=TS. A Văn B", "3 born=1961 title=C Văn D"}, []string{"sheet-honorific-joined"}},
		{"two tables side by side", "", []string{"DANH SÁCH", "STT | Họ và tên | Năm sinh | | STT | Họ và tên | Năm sinh", "1 | A B | 1960 | | 3 | E G | 1962", "2 | C D | 1961 | | | Cộng | 3", "| NGƯỜI LẬP | | | | CHỦ TỊCH"},
			[]string{"3 born=1960 title=A B", "4 born=1961 title=C D", "F3 born=1962 title=E G"}, []string{"Không nhập dòng 1: nằm trên dòng tên cột", "cộng, tổng số (“Cộng | 3”)", "“NGƯỜI LẬP”", "“CHỦ TỊCH”"}},
		{"two tables side by side, no numbers between", "", []string{"Họ và tên | Đơn vị | Họ và tên | Đơn vị", "A B | Sở | C D | Hội", "| | E G | nt"}, []string{"2 affiliation=Sở title=A B", "C2 affiliation=Hội title=C D", "C3 affiliation=Hội title=E G"}, nil},
		{"another table below, of no people", "", []string{"STT | Họ và tên | Năm sinh", "1 | A B | 1960", "", "Biểu 2", "STT | Tên đơn vị | Địa chỉ | Số lượng", "1 | Sở Mẫu | Phan Thiết | =5"}, []string{"2 born=1960 title=A B"},
			[]string{"warning sheet-rows-left", "bảng khác, không có cột họ và tên (“STT | Tên đơn vị | Địa chỉ | Số lượng”, “1 | Sở Mẫu | Phan Thiết | 5”)"}},
		{"the headings on every page, within a group", merged("C1:D1", "C7:D7"), []string{"STT | Họ và tên | Năm sinh | ", " | | Nam | Nữ", "1 | 2 | 3 | 4", "I | Lĩnh vực Y tế", "1 | A B | 1960", "DANH SÁCH (tiếp theo)", "STT | Họ và tên | Năm sinh | ", " | | Nam | Nữ", "1 | 2 | 3 | 4", "2 | C D | | 1961", "Trang 2/3"},
			[]string{"5 born=1960 fields=Y tế sex=Nam title=A B", "10 born=1961 fields=Y tế sex=Nữ title=C D"}, []string{"dòng 3, 9: đánh số các cột", "dòng 7–8: lặp lại tên cột", "dòng 6, 11: tên danh sách, số trang lặp lại"}},
		{"signatures without numbers or a word on top", "", []string{"Họ và tên | Đơn vị", "A B | Sở", "Người thực hiện: Hồng Mẫu", "HỒNG MẪU (tổng hợp)"}, []string{"2 affiliation=Sở title=A B"}, []string{"dòng 3–4: ngày tháng, chữ ký"}},
		{"a date in figures above signatures", "", []string{"Họ và tên | Đơn vị", "A B | Sở", " | Lâm Đồng, ngày 20/11/2026", " | TRƯỞNG PHÒNG"}, []string{"2 affiliation=Sở title=A B"}, []string{"dòng 3–4: ngày tháng, chữ ký"}},
		{"marks below halves with nothing above them", "", []string{"STT | Họ và tên | Nam | Nữ", "1 | A B | x", "2 | C D | | =1", " | Cộng | =1 | =1"}, []string{"2 sex=Nam title=A B", "3 sex=Nữ title=C D"}, nil},
		{"halves with a sign for nothing", "", []string{"Họ và tên | Nam | Nữ", "A B | x | -", "C D | =0 | x"}, []string{"2 sex=Nam title=A B", "3 sex=Nữ title=C D"}, []string{"sheet-nothing: Cột “Nữ”: 1 ô ghi “-”"}},
		{"half years with a sign for nothing", merged("B1:C1", "A1:A2"), []string{"Họ và tên | Năm sinh | ", " | Nam | Nữ", "A B | 1960 | -", "C D | =0 | =1961"},
			[]string{"3 born=1960 sex=Nam title=A B", "4 born=1961 sex=Nữ title=C D"}, []string{"sheet-nothing: Cột “Năm sinh – Nam”: 1 ô ghi “0”"}},
		{"numbers as other programs write them", "", []string{"STT | Họ và tên | Năm sinh | Đơn vị", "=1.0 | A B | =1960.0 | =12.0", "=2.0 | C D | =1.961E3 | =0.5"}, []string{"2 affiliation=12 born=1960 title=A B", "3 affiliation=0.5 born=1961 title=C D"}, nil},
		{"a telephone number as other programs write it", "", []string{"Họ và tên | Đơn vị", "A B | =9.12345678E8"}, nil, []string{"sheet-private-number"}},
		{"an identity number without its zeros", "", []string{"Họ và tên | Đơn vị", "A B | =1234567891"}, nil, []string{"sheet-private-number"}},
		{"days in words", "", []string{"Họ và tên | Năm sinh", "A | mồng 2 tháng 9 năm 1945", "B | ngày mùng 3 tháng 2 năm 1930"}, []string{"2 born=1945-09-02 title=A", "3 born=1930-02-03 title=B"}, nil},
		{"groups with a sign in the place of a number", "", []string{"STT | Họ và tên | Năm sinh", "I | LĨNH VỰC KHXH", "1 | A B | 1960", "* | Nhóm khác", "2 | C D | 1961", "- | E G | 1962", "* | Đoàn Văn H"},
			[]string{"3 born=1960 fields=KHXH title=A B", "5 born=1961 fields=KHXH title=C D", "6 born=1962 fields=KHXH title=E G", "7 fields=KHXH title=Đoàn Văn H"}, []string{"tên nhóm (“* | Nhóm khác”)"}},
		{"a mark for one half", "", []string{"Họ và tên | Năm sinh | Nữ", "A B | 1960", "C D | 1961 | x"}, []string{"2 born=1960 title=A B", "3 born=1961 sex=Nữ title=C D"}, nil},
		{"a person in two rows, nothing merged", "", []string{"STT | Họ và tên | Năm sinh | Đơn vị", "1 | A B | 1960 | Sở", " | | | Hội", "2 | C D | 1961"}, []string{"2 affiliation=Sở\nHội born=1960 title=A B", "4 born=1961 title=C D"}, []string{"sheet-goes-on: Dòng 3 không có số thứ tự và họ tên nên được đọc là phần tiếp của dòng 2"}},
		{"a form to be filled in", "", []string{"Họ và tên:", "Năm sinh:", "Đơn vị:"}, nil, []string{"bảng khác, không có cột họ và tên (“Năm sinh:”, “Đơn vị:”)"}},
		{"groups by bodies, without numbers", "", []string{"STT | Họ và tên | Năm sinh", " | UBND HUYỆN MẪU", "1 | A B | 1960", " | Thanh tra", "2 | C D | 1961"}, []string{"3 born=1960 title=A B", "5 born=1961 title=C D"}, []string{"tên nhóm (“UBND HUYỆN MẪU”, “Thanh tra”)"}},
		{"groups by bodies, in a list without numbers", "", []string{"Họ và tên | Năm sinh", "Văn phòng", "A B | 1960", "Ban Tuyên giáo", "C D | 1961", "Đoàn Văn E"}, []string{"3 born=1960 title=A B", "5 born=1961 title=C D", "6 title=Đoàn Văn E"}, []string{"tên nhóm (“Văn phòng”, “Ban Tuyên giáo”)"}},
		{"a signature alone", "", []string{"Họ và tên | Đơn vị", "A B | Sở", "HỒNG MẪU (tổng hợp)"}, []string{"2 affiliation=Sở title=A B"}, []string{"ngày tháng, chữ ký ở cuối danh sách (“HỒNG MẪU (tổng hợp)”)"}},
		{"numbers by other names", "", []string{"Số TT | Họ và tên", "1 | A B", "2 | C D", " | Cộng"}, []string{"2 title=A B", "3 title=C D"}, []string{"“Số TT” (ô A1)", "cộng, tổng số"}},
		{"no date", "", []string{"Họ và tên | Năm sinh", "A | 13/13/1965"}, nil, []string{"sheet-date"}},
		{"a formula that nobody worked out", "", []string{"Họ và tên | Năm sinh", "A"}, []string{"2 title=A"}, nil},
		{"a link behind a word", `<hyperlinks><hyperlink ref="B2" r:id="none"/></hyperlinks>`, []string{"Họ và tên | Địa chỉ nguồn", "A | https://example.org/a"}, []string{"2 title=A url=https://example.org/a"}, nil},
		{"what is printed around the sheet", `<headerFooter><oddHeader>&amp;C&amp;"Arial,Bold"Danh sách mật</oddHeader></headerFooter>`, []string{"Họ và tên | Năm sinh", "A | 1960"}, []string{"2 born=1960 title=A"}, []string{"sheet-beside", "“Danh sách mật”"}},
		{"a column twice, the more usual counts", "", []string{"Họ và tên | Năm sinh | Ngày sinh", "A | 1960 | 1/2/1960"}, []string{"2 born=1960-02-01 title=A"}, []string{"sheet-column-left", "đã có cột khác cho cùng mục"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sheet, findings := ReadSheet("ds.xlsx", laidOut(t, tt.extra, tt.lines...), rosterColumns, Choice{})
			var got []string
			if sheet != nil {
				got = peopleOf(sheet)
			}
			said := listed(findings)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n%q, want\n%q\n%s", got, tt.want, said)
			}
			for _, part := range tt.said {
				if !strings.Contains(said, part) {
					t.Errorf("nothing says %q:\n%s", part, said)
				}
			}
		})
	}
}

// TestPowersInCells wants no power to become a digit: 10⁶ is not 106.
func TestPowersInCells(t *testing.T) {
	files := xlsx(`<row r="1">` + inline("A1", "<t>Họ và tên</t>") + inline("B1", "<t>Đơn vị</t>") + `</row><row r="2">` + inline("A2", "<t>A</t>") +
		inline("B2", `<r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>6</t></r><r><t xml:space="preserve"> m</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2½</t></r>`) + `</row>`)
	sheet, findings := ReadSheet("ds.xlsx", zipped(t, files), rosterColumns, Choice{})
	if sheet == nil || sheet.Rows[0].Cells["affiliation"].Text != "10⁶ m^(2½)" {
		t.Errorf("got %v\n%s", sheet, listed(findings))
	}
}

// TestSheetsAreNamed wants each sheet read or named.
func TestSheetsAreNamed(t *testing.T) {
	files := xlsx(`<row r="1">` + inline("A1", "<t>Họ và tên</t>") + `</row><row r="2">` + inline("A2", "<t>A</t>") + `</row>`)
	book := files["xl/workbook.xml"]
	files["xl/workbook.xml"] = strings.Replace(book, "</sheets>", `<sheet name="Ẩn" sheetId="2" state="hidden" r:id="rId1"/><sheet name="Hai" sheetId="3" r:id="rId1"/></sheets>`, 1)
	sheet, findings := ReadSheet("ds.xlsx", zipped(t, files), rosterColumns, Choice{})
	if said := listed(findings); sheet == nil || len(sheet.Rows) != 2 || !strings.Contains(said, "sheet-several: Tệp có nhiều trang tính; đã đọc: “DS”, “Hai”") || !strings.Contains(said, "“Ẩn” không được nhập") {
		t.Errorf("got %v\n%s", sheet, said)
	}
}

// TestWhatIsTooMuchIsNamed wants a table that is too large, and one nested too deeply,
// named as left out.
func TestWhatIsTooMuchIsNamed(t *testing.T) {
	cell := `<w:tc><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc>`
	for code, body := range map[string]string{
		"office-table":    `<w:tbl>` + strings.Repeat(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc></w:tr>`, maxCells/63+1) + `</w:tbl>`,
		"office-too-deep": strings.Repeat(`<w:tbl><w:tr><w:tc>`, maxNesting+2) + `<w:p><w:r><w:t>sâu</w:t></w:r></w:p>` + strings.Repeat(`</w:tc></w:tr></w:tbl>`, maxNesting+2),
	} {
		doc, findings := Read("a.docx", zipped(t, docx(map[string]string{"document": `<w:body><w:p><w:r><w:t>Chữ.</w:t></w:r></w:p><w:tbl><w:tr>` + cell + cell + `</w:tr></w:tbl>` + body + `</w:body>`})))
		if doc == nil {
			t.Fatal(listed(findings))
		}
		_, more := doc.Article(Reading{ToFill: "x"})
		if said := listed(append(findings, more...)); !strings.Contains(said, code) {
			t.Errorf("%s is not said:\n%s", code, said)
		}
	}
}
