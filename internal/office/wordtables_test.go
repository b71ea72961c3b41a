package office

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// inWord makes a Word document of tables, whose cells are parted by bars: "^" goes on the cell
// above, "x<2" spans two columns, "#" is numbered by Word.
func inWord(t *testing.T, tables ...[]string) []byte {
	t.Helper()
	var b strings.Builder
	for i, lines := range tables {
		fmt.Fprintf(&b, `<w:p><w:r><w:t>Lời %d.</w:t></w:r></w:p><w:tbl>`, i+1)
		for y, line := range lines {
			b.WriteString(`<w:tr>`)
			for x, text := range strings.Split(line, "|") {
				text, span, _ := strings.Cut(strings.TrimSpace(text), "<")
				look := ""
				switch {
				case span != "":
					look = `<w:gridSpan w:val="` + span + `"/>`
				case text == "^":
					look, text = `<w:vMerge/>`, ""
				case y+1 < len(lines) && slices.Index(strings.Split(strings.ReplaceAll(lines[y+1], " ", ""), "|"), "^") == x:
					look = `<w:vMerge w:val="restart"/>`
				}
				number := ""
				if text == "#" {
					number, text = `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>`, ""
				}
				fmt.Fprintf(&b, `<w:tc><w:tcPr>%s</w:tcPr><w:p>%s<w:r><w:t>%s</w:t></w:r></w:p></w:tc>`, look, number, text)
			}
			b.WriteString(`</w:tr>`)
		}
		b.WriteString(`</w:tbl>`)
	}
	numbering := `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`
	return zipped(t, docx(map[string]string{"document": "<w:body>" + b.String() + "</w:body>", "numbering": numbering}))
}

// TestTablesInWord are read as the same tables in Excel are.
func TestTablesInWord(t *testing.T) {
	for _, tt := range []struct {
		name   string
		tables [][]string
		want   []string // people
		said   []string // parts of findings
	}{
		{"a table", [][]string{{"STT | Họ và tên | Năm sinh", "1 | A B | 1960", "2 | C D | 5/1961"}}, []string{"2 born=1960 title=A B", "3 born=1961 title=C D"}, []string{"“Lời 1.”"}},
		{"numbered by Word", [][]string{{"STT | Họ và tên | Đơn vị", "# | A B | Sở", "# | C D | Hội"}}, []string{"2 affiliation=Sở title=A B", "3 affiliation=Hội title=C D"}, nil},
		{"half years", [][]string{{"Họ và tên | Năm sinh<2 | Học vị", "^ | Nam | Nữ | ", "A B | 1960 | | TS", "C D | | 1961 | ThS"}}, []string{"3 born=1960 degree=TS sex=Nam title=A B", "4 born=1961 degree=ThS sex=Nữ title=C D"}, nil},
		{"a letterhead", [][]string{{"SỞ MẪU | CỘNG HÒA"}, {"Họ và tên | Năm sinh | Đơn vị", "A B | 1960 | Sở"}, {"Nơi nhận | KT. GIÁM ĐỐC"}}, []string{"2 affiliation=Sở born=1960 title=A B"}, []string{"SỞ MẪU", "KT. GIÁM ĐỐC"}},
		{"two tables", [][]string{{"Họ và tên | Năm sinh | Đơn vị", "A B | 1960 | Sở"}, {"Họ và tên | Năm sinh | Đơn vị", "C D | 1961 | Hội"}}, []string{"Bảng 1!2 affiliation=Sở born=1960 title=A B", "Bảng 2!2 affiliation=Hội born=1961 title=C D"}, []string{"“Bảng 1”, “Bảng 2”"}},
		{"another table", [][]string{{"Họ và tên | Năm sinh | Đơn vị", "A B | 1960 | Sở"}, {"Việc | Ngày | Nơi", "Họp | 1/2/2026 | Hội trường"}}, []string{"2 affiliation=Sở born=1960 title=A B"}, []string{"“Bảng 2” không được nhập"}},
		{"no people", [][]string{{"Việc | Ngày | Nơi", "Họp | 1/2/2026 | Hội trường"}}, nil, []string{"Không tìm thấy dòng tiêu đề"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sheet, findings := ReadAccount("a.docx", inWord(t, tt.tables...), rosterColumns, Choice{})
			if got := peopleOf(sheet); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q\n%s", got, tt.want, listed(findings))
			}
			for _, want := range tt.said {
				if !strings.Contains(listed(findings), want) {
					t.Errorf("nothing says %q:\n%s", want, listed(findings))
				}
			}
		})
	}
}
