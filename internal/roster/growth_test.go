package roster

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/growth"
)

// workbook is an Excel file with a column of names and these rows below it.
func workbook(t testing.TB, names []string) []byte {
	t.Helper()
	const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	cell := func(row int, text string) string {
		return fmt.Sprintf(`<row r="%d"><c r="A%[1]d" t="inlineStr"><is><t>%s</t></is></c><c r="B%[1]d" t="inlineStr"><is><t>%[2]s</t></is></c></row>`, row, text)
	}
	rows := strings.Replace(cell(1, "Họ và tên"), "<t>Họ và tên</t></is></c></row>", "<t>Ngày mất</t></is></c></row>", 1)
	for i, name := range names {
		rows += cell(i+2, name)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + relations + `"><sheets><sheet name="DS" sheetId="1" r:id="r"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="` + relations + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`,
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A list of four times as many people takes four times as long, whoever they are.
func TestRostersAreReadInLinearTime(t *testing.T) {
	for name, row := range map[string]func(i int) string{
		"people":    func(i int) string { return fmt.Sprintf("Trần Văn Mẫu %d", i) },
		"one":       func(int) string { return "Trần Văn Mẫu" },
		"no words":  func(int) string { return "…" },
		"long name": func(i int) string { return strings.Repeat("Trần ", i%100) },
	} {
		t.Run(name, func(t *testing.T) {
			growth.Linear(t, 300, 4_800, func(n int) []byte {
				names := make([]string, n)
				for i := range names {
					names[i] = row(i)
				}
				return workbook(t, names)
			}, func(file []byte) {
				if _, _, err := Read("a.xlsx", file, fstest.MapFS{}, Options{}); err != nil {
					t.Error(err)
				}
			})
		})
	}
}
