package roster

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/diag"
	"lienhiep/internal/office"
)

// headingsOf reads a list whose second column has the heading, and returns what it is
// read as and the findings.
func headingsOf(t *testing.T, heading, cell string) (key string, said string) {
	t.Helper()
	sheet, findings := office.ReadAccount("ds.xlsx", tableOf(t, "Họ và tên | "+heading, "Trần Văn Mẫu | "+cell), Columns(), office.Choice{})
	return sheet.Columns[1].Key, messages(findings)
}

// TestHeadingsThatOfficesUse wants the headings of offices' lists known for what they say.
func TestHeadingsThatOfficesUse(t *testing.T) {
	for key, headings := range map[string][]string{
		"born": {"NS", "N.Sinh", "Năm sinh (ghi đủ)", "NGÀY, THÁNG, NĂM SINH", "Ngày/tháng/năm sinh", "Ngày tháng năm sinh (*)", "Sinh năm", "NTNS", "Năm sinh Nam", "Năm sinh (Nữ)", "Năm sinh - Nam", "Nam (năm sinh)", "Năm sinh Nam/Nữ", "Năm sinh (Nam, nữ)",
			"Ngày sinh, giới tính", "Ngày sinh, nơi sinh", "Ngày tháng năm sinh; quê quán", "Năm sinh – năm mất"},
		"sex": {"Giới tính", "GT", "Giới tính Nam/Nữ", "Nam, nữ", "Ông/Bà", "Ông (Bà)", "Danh xưng"},
		"degree": {"Trình độ CM", "Trình độ CMNV", "TĐCM", "Học hàm/học vị", "Học hàm - Học vị", "HHHV", "HH, HV", "Học hàm và học vị", "Trình độ cao nhất", "Văn bằng", "Trình độ (TS, ThS)", "Học vị, chuyên ngành", "Trình độ, chuyên môn",
			"Học vị TS/ThS"},
		"affiliation":  {"Chức vụ/Đơn vị", "Chức vụ, đơn vị công tác", "Chức vụ và nơi công tác hiện nay", "Cơ quan/ đơn vị", "ĐVCT", "Nơi làm việc hiện tại", "Chức danh – Cơ quan", "Đơn vị công tác hiện nay (nếu có)", "Cơ quan; tổ chức"},
		"position":     {"Chức vụ", "CV", "Chức vụ hiện nay", "Chức vụ, chức danh", "Chức danh nghề nghiệp", "Chức vụ hiện tại (nếu có)", "Vị trí công tác"},
		"birthplace":   {"Quê quán", "QQ", "Nguyên quán", "Nơi sinh/Quê quán", "Quê quán (xã, huyện, tỉnh)"},
		"fields":       {"Lĩnh vực", "Lĩnh vực hoạt động chính", "Chuyên ngành đào tạo", "Ngành, nghề", "Chuyên môn nghiệp vụ", "Chuyên môn, nghiệp vụ", "Ngành/Lĩnh vực"},
		"awards":       {"Danh hiệu TTND/TTƯT", "Danh hiệu NGND, NGƯT", "Danh hiệu", "Khen thưởng", "Danh hiệu và giải thưởng", "Hình thức khen thưởng", "Giải thưởng/ danh hiệu"},
		"achievements": {"Thành tích", "Thành tích tiêu biểu", "Công trình, đề tài", "Thành tích, khen thưởng", "Tên giải pháp", "Đóng góp tiêu biểu"},
		"other_names":  {"Bí danh", "Tên khác"},
		"":             {"Số người", "Danh hiệu đề nghị", "Đơn vị đề nghị", "Người giới thiệu", "Tuổi", "Năm", "Trình độ ngoại ngữ", "Trình độ lý luận chính trị", "Chức vụ, số điện thoại", "Hội viên", "Tác giả", "Quê quán, nơi ở hiện nay"},
	} {
		for _, heading := range headings {
			if got, said := headingsOf(t, heading, "1965"); got != key {
				t.Errorf("%q is read as %q, want %q\n%s", heading, got, key, said)
			} else if key == "" && !strings.Contains(said, strings.TrimSuffix(heading, " (*)")) {
				t.Errorf("%q is not named:\n%s", heading, said)
			}
		}
	}
	for _, name := range []string{"HỌ VÀ TÊN", "Họ & tên", "Họ, tên", "Họ và tên (chữ in hoa)", "Học hàm, học vị, họ và tên", "Họ và tên, học vị", "Họ và tên trí thức", "Tác giả", "Họ tên đầy đủ", "Nhà khoa học"} {
		sheet, findings := office.ReadAccount("ds.xlsx", tableOf(t, "STT | "+name+" | Năm sinh", "1 | Trần Văn Mẫu | 1965"), Columns(), office.Choice{})
		if len(sheet.Rows) != 1 || sheet.Rows[0].Cells[colName].Text != "Trần Văn Mẫu" {
			t.Errorf("%q is not known as a name's\n%s", name, messages(findings))
		}
	}
}

// TestPrivateColumnsAreSaidOnce wants them left out, each with one warning, and nothing
// of their cells said.
func TestPrivateColumnsAreSaidOnce(t *testing.T) {
	heads := []string{"Điện thoại", "SĐT", "Số ĐTDĐ", "Số điện thoại liên hệ", "Email", "E-mail", "Thư điện tử", "Số CCCD", "CMND/CCCD", "Số định danh cá nhân", "Địa chỉ", "Địa chỉ nhà riêng", "LLCT", "Nơi ở hiện nay", "Số tài khoản", "Dân tộc", "Tôn giáo", "Zalo", "Hộ khẩu thường trú", "Mã số thuế", "Ngày vào Đảng"}
	row := "Trần Văn Mẫu"
	for range heads {
		row += " | kín"
	}
	_, findings := office.ReadAccount("ds.xlsx", tableOf(t, "Họ và tên | "+strings.Join(heads, " | "), row, strings.Replace(row, "Mẫu", "Thử", 1)), Columns(), office.Choice{})
	said := messages(findings)
	for _, head := range heads {
		if n := strings.Count(said, "Cột “"+head+"”"); n != 1 {
			t.Errorf("%q is said %d times", head, n)
		}
	}
	if strings.Contains(said, "kín") {
		t.Error(said)
	}
}

// TestListsOfEveryShape reads lists whose shapes offices give them, and wants each
// person's row as it was meant.
func TestListsOfEveryShape(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines []string
		want  []string // people: "Trần Văn Mẫu: born=1965 sex=male"
		said  []string
	}{
		{"the year with the half beside it", []string{"Họ và tên | Năm sinh Nam/Nữ", "Trần Văn Mẫu | 1965 Nam", "Lê Thị Thử | Nữ 12/5/1970", "Hồ Thị Mẫu | 1971 (nữ)"},
			[]string{`born="1965" sex=male`, `born="1970-05-12" sex=female`, `born="1971" sex=female`}, nil},
		{"a place is no half", []string{"Họ và tên | Ngày sinh, nơi sinh", "Trần Văn Mẫu | 12/5/1965, Nam Định", "Lê Văn Thử | 1970 tại Quảng Nam", "Hồ Văn Mẫu | Nam, 1970"},
			[]string{`birthplace="Nam Định" born="1965-05-12"`, `birthplace="Quảng Nam" born="1970"`, `born="1970" sex=male`}, nil},
		{"born and died", []string{"Họ và tên | Năm sinh – năm mất", "Trần Văn Mẫu | 1910–1985"}, []string{`born="1910" died="1985"`}, nil},
		{"forms of address", []string{"Ông/Bà | Họ và tên", "Ông | Trần Văn Mẫu", "Bà | Lê Thị Thử"}, []string{`sex=male`, `sex=female`}, nil},
		{"the name with an office below it", []string{"Họ và tên | Năm sinh", `Trần Văn Mẫu\nGiám đốc Sở Mẫu | 1965`, `TRẦN VĂN\nTHỬ | 1966`}, []string{`born="1965"`, `born="1966"`}, []string{"“Giám đốc Sở Mẫu” đứng cạnh tên Trần Văn Mẫu"}},
		{"no award", []string{"Họ và tên | Danh hiệu | Quê quán | Thành tích", "Trần Văn Mẫu | Không | - | Không có", "Lê Văn Thử | TTƯT | Huế | x"}, []string{``, `awards=TTƯT birthplace="Huế"`},
			[]string{"sheet-nothing: Cột “Danh hiệu”: 1 ô ghi “Không” (dòng 2) được hiểu là không có gì", "Cột “Quê quán”: 1 ô ghi “-”", "sheet-mark: Cột “Thành tích”: 1 ô chỉ có dấu “x” (dòng 3)"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var lines []string
			for _, l := range tt.lines {
				lines = append(lines, strings.ReplaceAll(l, `\n`, "\n"))
			}
			plan, findings, err := Read("ds.xlsx", tableOf(t, lines...), fstest.MapFS{}, Options{Today: "2026-11-28"})
			if err != nil || plan == nil {
				t.Fatal(err, messages(findings))
			}
			var got []string
			for i, row := range plan.Table.Rows {
				v := (&planner{}).values(row, plan.Steps[i].Name)
				var facts []string
				for _, key := range []string{"awards", "birthplace", "born", "died", colDeeds, colSex} {
					switch {
					case v[key] == nil:
					case key == "awards":
						facts = append(facts, "awards="+strings.Join(shown(v[key], key), ";"))
					default:
						facts = append(facts, key+"="+v[key].YAML())
					}
				}
				got = append(got, strings.Join(facts, " "))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q\n%s", got, tt.want, messages(findings))
			}
			for _, part := range tt.said {
				if !strings.Contains(messages(findings), part) {
					t.Errorf("nothing says %q:\n%s", part, messages(findings))
				}
			}
		})
	}
}

// TestOneRowIsOnePerson wants a cell with several names refused, and none that has a
// place, a body or an office behind the name.
func TestOneRowIsOnePerson(t *testing.T) {
	for cell, want := range map[string]bool{
		"Nguyễn Văn A, Trần Văn B": true, "Lê Văn C và Trần Văn D": true, "Lê Văn C\nTrần Văn D": true, "Lê Mẫu và Trần Thử": true, "TS. Lê Văn C; ThS. Trần Văn D": true,
		"Trần Văn Mẫu, Lâm Đồng": false, "Trần Văn Mẫu, TP. Hồ Chí Minh": false, "Trần Văn Mẫu (Hồ Văn Mẫu)": false, "TRẦN VĂN\nMẪU": false, "Trần Văn Mẫu – Bệnh viện Mẫu": false, "Tôn Nữ Thị\nMinh Hà": false,
	} {
		_, findings, err := Read("ds.xlsx", tableOf(t, "Họ và tên | Năm sinh", cell+" | 1965"), fstest.MapFS{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(messages(findings), "roster-several-names"); got != want {
			t.Errorf("%q: %v\n%s", cell, got, messages(findings))
		}
	}
}

// messages writes findings in Vietnamese, one a line.
func messages(findings []diag.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(f.Rule.Code + ": " + f.Message(diag.Vietnamese) + "\n")
	}
	return b.String()
}
