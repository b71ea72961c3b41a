package office

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lienhiep/internal/diag"
)

// rosterColumns is what the workbooks of TestEveryCellIsAccountedFor may hold.
var rosterColumns = []Column{
	{Key: "title", Names: []string{"Họ và tên", "Tên"}}, {Key: "family", Names: []string{"Họ và tên đệm"}},
	{Key: "born", Names: []string{"Ngày sinh", "Năm sinh"}, Type: DateColumn, Halves: "sex"}, {Key: "sex", Names: []string{"Giới tính"}, Halves: "sex"},
	{Key: "degree", Names: []string{"Học hàm, học vị", "Học hàm", "Học vị"}, Join: ", "}, {Key: "fields", Names: []string{"Lĩnh vực"}, Groups: []string{"Lĩnh vực"}},
	{Key: "affiliation", Names: []string{"Nơi công tác", "Đơn vị"}, Join: "; "}, {Key: "url", Names: []string{"Địa chỉ nguồn"}, Type: AddressColumn},
}

// laid is a cell that a generated workbook holds.
type laid struct {
	sheet, text string
	x, y        int
}

func (a area) holds(x, y int) bool {
	return a.left <= x && x <= a.right && a.top <= y && y <= a.bottom
}

// bookOf makes a workbook as offices do, at random: titles, headings in one row or
// two, merged or not, people, groups, totals, signatures, hidden rows and columns,
// other sheets. Every text in it is its own.
func bookOf(t *testing.T, r *rand.Rand) ([]byte, []laid) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	var all []laid
	n := 0
	word := func() string {
		n++
		return fmt.Sprintf("Từ%d", n)
	}
	for s := range 1 + r.IntN(3) {
		sheet := fmt.Sprintf("Trang%d", s+1)
		if s == 0 {
			check(f.SetSheetName("Sheet1", sheet))
		} else {
			_, err := f.NewSheet(sheet)
			check(err)
		}
		put := func(x, y int, text string) {
			check(f.SetCellStr(sheet, cellName(x, y), text))
			all = append(all, laid{sheet, text, x, y})
		}
		var merges [][4]int // made last, for the library writes what is put below into the corner
		merge := func(a, b, c, d int) { merges = append(merges, [4]int{a, b, c, d}) }
		y := 0
		for range r.IntN(4) {
			put(r.IntN(3), y, "DANH SÁCH "+word())
			if r.IntN(2) == 0 {
				merge(3, y, 5, y)
			}
			y++
		}
		heads := []string{"STT", "Họ và tên", "Năm sinh", "", "Học vị", "Lĩnh vực", "Đơn vị", "Cỡ áo " + word(), "Số điện thoại", "Ghi chú"}
		if r.IntN(4) == 0 {
			heads[1] = "Đại biểu " + word()
		}
		if r.IntN(3) == 0 {
			heads[4] = ""
		}
		for x, h := range heads {
			if h != "" {
				put(x, y, h)
			}
		}
		switch r.IntN(4) {
		case 0:
			put(2, y+1, "Nam")
			put(3, y+1, "Nữ")
			merge(2, y, 3, y)
			merge(1, y, 1, y+1)
			y++
		case 1:
			put(2, y+1, "Nam")
			put(3, y+1, "Nữ")
			y++
		case 2:
			merge(2, y, 3, y)
		}
		y++
		for i := range 3 + r.IntN(12) {
			switch r.IntN(14) {
			case 0:
				put(r.IntN(2), y, []string{"I. Lĩnh vực ", "A. ", "II. Các huyện ", "Lĩnh vực "}[r.IntN(4)]+word())
			case 1:
				put(0, y, "I")
				put(1, y, "Nhóm "+word())
			case 2:
				put(r.IntN(3), y, []string{"Tổng cộng: ", "Cộng ", "Danh sách này có "}[r.IntN(3)]+word())
				put(6, y, word())
			case 3:
				put(5+r.IntN(4), y, "Phan Thiết, ngày 20 tháng 11 năm 2026 "+word())
			case 4:
				put(1, y, "NGƯỜI LẬP BIỂU")
				put(6, y, "CHỦ TỊCH")
			case 5:
				put(r.IntN(10), y, word())
			case 6:
				put(11, y, word()+" xa bảng")
				put(1, y, "Người "+word())
			default:
				put(0, y, fmt.Sprint(i+1))
				put(1, y, "Người "+word())
				if r.IntN(3) > 0 {
					put(2+r.IntN(2), y, []string{"1965", "12/5/1965", "5/1965", "khoảng 1965", "không rõ", "12.5.1965"}[r.IntN(6)])
				}
				for x := 4; x < 10; x++ {
					if r.IntN(3) > 0 {
						put(x, y, word())
					}
				}
				if r.IntN(6) == 0 {
					merge(6, y, 6, y+1)
				}
			}
			if r.IntN(8) == 0 {
				check(f.SetRowVisible(sheet, y+1, false))
			}
			y++
		}
		for _, m := range merges {
			free := true
			for _, c := range all {
				free = free && (c.sheet != sheet || c.x == m[0] && c.y == m[1] || !(area{m[0], m[1], m[2], m[3]}).holds(c.x, c.y))
			}
			if free {
				check(f.MergeCell(sheet, cellName(m[0], m[1]), cellName(m[2], m[3])))
			}
		}
		if r.IntN(4) == 0 {
			check(f.SetColVisible(sheet, columnName(4+r.IntN(5)), false))
		}
		if r.IntN(6) == 0 && s > 0 {
			check(f.SetSheetVisible(sheet, false))
		}
	}
	b, err := f.WriteToBuffer()
	check(err)
	return b.Bytes(), all
}

// TestEveryCellIsAccountedFor wants each cell of any workbook imported, refused, or
// named as left out: itself, or its row, column or sheet.
func TestEveryCellIsAccountedFor(t *testing.T) {
	read := 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 16))
		data, all := bookOf(t, r)
		sheet, findings := ReadSheet("ds.xlsx", data, rosterColumns, Choice{})
		said := listed(findings)
		if sheet == nil {
			if !diag.HasErrors(findings) {
				t.Fatalf("seed %d: refused without a word", seed)
			}
			continue
		}
		read++
		for _, c := range all {
			if !accounted(sheet, said, c) {
				t.Errorf("seed %d: nothing is said of %q in %s!%s\n%s", seed, c.text, c.sheet, cellName(c.x, c.y), said)
			}
		}
		if t.Failed() {
			return
		}
	}
	if read < 60 {
		t.Errorf("only %d of 150 workbooks were read", read)
	}
}

// dates are the texts of dates that are read as others.
var dates = map[string]string{"12/5/1965": "1965-05-12", "12.5.1965": "1965-05-12", "5/1965": "1965", "khoảng 1965": "1965", "không rõ": "không rõ"}

func accounted(s *Sheet, said string, c laid) bool {
	mine := func(sheet string) bool { return sheet == "" || sheet == c.sheet }
	if strings.Contains(said, "Trang tính “"+c.sheet+"” không được nhập") {
		return true
	}
	for _, r := range s.Rows {
		for key, cell := range r.Cells {
			named := key == "title" || r.Number == c.y+1 && mine(r.Sheet) // a group's name stands in other rows
			if text := c.text; strings.Contains(cell.Text, text) || dates[text] != "" && (named && strings.Contains(cell.Text, dates[text])) {
				return true
			}
			if _, field, ok := strings.Cut(c.text, "Lĩnh vực "); ok && cell.Text == field {
				return true
			}
		}
	}
	for _, l := range s.Left {
		if mine(l.Sheet) && l.Number == c.y+1 && strings.Contains(l.Text, c.text) {
			return true
		}
	}
	for _, h := range s.Columns {
		if mine(h.Sheet) && (strings.Contains(h.Text, c.text) || h.Letter() == columnName(c.x) && h.Key == "" && h.Filled > 0) {
			return true
		}
	}
	return strings.Contains(said, c.text)
}
