package office

import (
	"fmt"
	"strings"
	"testing"

	"lienhiep/internal/diag"
)

// xlsx makes an Excel file of the rows of its one sheet, as Excel writes them.
func xlsx(rows string) map[string]string {
	const main, sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
	const namespaces = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	return map[string]string{
		"[Content_Types].xml": typesHead + `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + main + `"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + sheet + `"/></Types>`,
		"_rels/.rels":                relsHead + `<Relationship Id="rId1" Type="` + relType + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook ` + namespaces + `><sheets><sheet name="DS" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relsHead + `<Relationship Id="rId1" Type="` + relType + `worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet ` + namespaces + `><sheetData>` + rows + `</sheetData></worksheet>`,
	}
}

func inline(cell, text string) string {
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is>%s</is></c>`, cell, text)
}

var people = []Column{{Key: "title", Names: []string{"Họ và tên"}}, {Key: "born", Names: []string{"Ngày sinh"}, Type: DateColumn}, {Key: "birthplace", Names: []string{"Quê quán"}}}

// TestSheetCells reads cells that Excel writes and no library does: errors, text in
// several fonts.
func TestSheetCells(t *testing.T) {
	head := `<row r="1">` + inline("A1", "<t>Họ và tên</t>") + inline("B1", "<t>Ngày sinh</t>") + inline("C1", "<t>Quê quán</t>") + `</row>`
	for _, tt := range []struct {
		name, rows string
		want       string // "column=text" of the first row, or the rule's code
	}{
		{"error", `<row r="2">` + inline("A2", "<t>Nguyễn Văn A</t>") + `<c r="B2" t="e"><v>#REF!</v></c></row>`, "sheet-cell-error"},
		{"error in a column that is not read", `<row r="2">` + inline("A2", "<t>Nguyễn Văn A</t>") + `<c r="F2" t="e"><v>#REF!</v></c></row>`, "title=Nguyễn Văn A"},
		{"two fonts", `<row r="2">` + inline("A2", `<r><rPr><rFont val=".VnTime"/></rPr><t>NguyÔn </t></r><r><rPr><rFont val="Arial"/></rPr><t>Văn A</t></r>`) + `</row>`, "title=Nguyễn Văn A"},
		{"doubtful", `<row r="2">` + inline("A2", `<r><rPr><rFont val=".VnTime"/></rPr><t>tÍx</t></r>`) + `</row>`, "office-legacy-doubt"},
		{"telephone", `<row r="2">` + inline("A2", "<t>Nguyễn Văn A</t>") + `<c r="C2"><v>912345678</v></c></row>`, "sheet-private-number"},
		{"no day", `<row r="2">` + inline("A2", "<t>Nguyễn Văn A</t>") + inline("B2", "<t>31/2/1950</t>") + `</row>`, "sheet-date"},
		{"too many rows", func() string {
			var b strings.Builder
			for i := range MaxRows + headRows {
				fmt.Fprintf(&b, `<row r="%d">%s</row>`, i+2, inline(fmt.Sprintf("A%d", i+2), "<t>A</t>"))
			}
			return b.String()
		}(), "sheet-too-long"},
		{"too many columns", `<row r="2">` + inline("HA2", "<t>x</t>") + `</row>`, "sheet-too-long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sheet, findings := ReadSheet("ds.xlsx", zipped(t, xlsx(head+tt.rows)), people, Choice{})
			got := ""
			for _, f := range findings {
				if f.Severity == diag.Error {
					got = f.Code
				}
			}
			if sheet != nil {
				for _, col := range people {
					if c := sheet.Rows[0].Cells[col.Key]; c.Text != "" {
						got += col.Key + "=" + c.Text
					}
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q\n%s", got, tt.want, listed(findings))
			}
		})
	}
}

// TestHostileSheets wants what may do harm refused before the library that reads
// sheets sees it.
func TestHostileSheets(t *testing.T) {
	with := func(name, text string) map[string]string {
		files := xlsx(`<row r="1">` + inline("A1", "<t>Họ và tên</t>") + `</row>`)
		files[name] = text
		return files
	}
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"good", zipped(t, with("xl/x.xml", "<a/>")), ""},
		{".xls", ole("Workbook"), "office-old-format"},
		{"Word in Excel's place", zipped(t, docx(map[string]string{"document": plainBody})), "office-not-office"},
		{"macros", zipped(t, with("xl/vbaProject.bin", "x")), "office-macros"},
		{"climbs out", zipped(t, with("xl/../../x", "x")), "office-bad-name"},
		{"entity", zipped(t, with("xl/worksheets/sheet1.xml", `<!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>`)), "office-dtd"},
		{"bomb", zipped(t, with("xl/worksheets/sheet1.xml", strings.Repeat(" ", 60<<20))), "office-too-large"},
		{"size told wrong", liar(t, with("xl/x.xml", "<a/>"), "xl/worksheets/sheet1.xml"), "office-damaged"},
		{"no headings", zipped(t, xlsx(`<row r="1">`+inline("A1", "<t>Tên gọi</t>")+`</row>`)), "sheet-no-headings"},
		{"half a sheet", zipped(t, with("xl/worksheets/sheet1.xml", "<worksheet><sheetData>")), "office-damaged"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := ReadSheet("ds.xlsx", tt.data, people, Choice{})
			got := ""
			for _, f := range findings {
				got = f.Code
			}
			if got != tt.want {
				t.Errorf("got %q, want %q\n%s", got, tt.want, listed(findings))
			}
		})
	}
}

// TestTablesOfOtherFormats wants each refused with its name, and with how to go on.
func TestTablesOfOtherFormats(t *testing.T) {
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"ds.csv":  {[]byte("Họ và tên,Năm sinh\n"), "dạng .csv"},
		"ds.tsv":  {[]byte("Họ và tên\tNăm sinh\n"), "dạng .tsv"},
		"ds.ods":  {[]byte("PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK"), "OpenDocument (.ods)"},
		"ds.xlsb": {[]byte("PK\x03\x04 … xl/workbook.bin … PK"), "Excel Binary (.xlsb)"},
		"ds.xls":  {[]byte("<html><table><tr><td>Họ và tên</td></tr></table></html>"), "HTML (.xls)"},
		"ds.xml":  {[]byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`), "XML Spreadsheet 2003"},
	} {
		sheet, findings := ReadSheet(name, tt.data, people, Choice{})
		said := listed(findings)
		if sheet != nil || !strings.Contains(said, "sheet-other-format: Tệp thuộc dạng "+strings.TrimPrefix(tt.want, "dạng ")) || !strings.Contains(findings[0].Hint(diag.Vietnamese), "Lưu thành (Save as), loại Excel Workbook (.xlsx)") {
			t.Errorf("%s: %s", name, said)
		}
	}
}
