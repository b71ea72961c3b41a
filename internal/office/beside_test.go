package office

import (
	"strings"
	"testing"
)

const drawingNamespaces = `xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" ` +
	`xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`

// bookWith makes an Excel file of one list with more parts, related to its sheet by the
// kinds; styles are the cells' formats.
func bookWith(t *testing.T, rows, after, styles string, parts map[string]string, kinds map[string]string) []byte {
	t.Helper()
	files := xlsx(`<row r="1">` + inline("A1", "<t>Họ và tên</t>") + inline("B1", "<t>Năm sinh</t>") + inline("C1", "<t>Đơn vị</t>") + `</row>` + rows)
	sheet := files["xl/worksheets/sheet1.xml"]
	files["xl/worksheets/sheet1.xml"] = strings.Replace(sheet, "</sheetData>", "</sheetData>"+after, 1)
	rels := ""
	for name, text := range parts {
		files["xl/"+name] = text
	}
	for name, kind := range kinds {
		rels += `<Relationship Id="` + strings.NewReplacer("/", "-", ".", "-").Replace(name) + `" Type="` + relType + kind + `" Target="../` + name + `"/>`
	}
	files["xl/worksheets/_rels/sheet1.xml.rels"] = relsHead + rels + `</Relationships>`
	if styles != "" {
		files["xl/styles.xml"] = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + styles + `</styleSheet>`
		book := files["xl/_rels/workbook.xml.rels"]
		files["xl/_rels/workbook.xml.rels"] = strings.Replace(book, `<Relationship `, `<Relationship Id="st" Type="`+relType+`styles" Target="styles.xml"/><Relationship `, 1)
	}
	return zipped(t, files)
}

// TestWhatStandsBesideTheCellsIsNamed wants charts, diagrams, boxes, buttons, comments,
// pictures and objects named by what they say.
func TestWhatStandsBesideTheCellsIsNamed(t *testing.T) {
	frame := func(inner string) string {
		return `<xdr:wsDr ` + drawingNamespaces + `><xdr:twoCellAnchor><xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Biểu đồ 1"/></xdr:nvGraphicFramePr><a:graphic><a:graphicData>` + inner + `</a:graphicData></a:graphic></xdr:graphicFrame></xdr:twoCellAnchor></xdr:wsDr>`
	}
	for name, tt := range map[string]struct {
		parts, kinds map[string]string
		after        string
		said         []string
	}{
		"a chart": {map[string]string{"drawings/d.xml": frame(`<c:chart r:id="c1"/>`), "drawings/_rels/d.xml.rels": relsHead + `<Relationship Id="c1" Type="` + relType + `chart" Target="../charts/c.xml"/></Relationships>`,
			"charts/c.xml": `<c:chartSpace ` + drawingNamespaces + `><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Số người theo ngành</a:t></a:r></a:p></c:rich></c:tx></c:title><c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>Y tế</c:v></c:pt></c:strCache></c:strRef></c:tx></c:ser></c:chart></c:chartSpace>`},
			map[string]string{"drawings/d.xml": "drawing"}, "", []string{"“Biểu đồ 1: Số người theo ngành”", "“Biểu đồ 1: Y tế”"}},
		"a diagram": {map[string]string{"drawings/d.xml": frame(`<dgm:relIds r:dm="m1" r:lo="m2"/>`), "drawings/_rels/d.xml.rels": relsHead + `<Relationship Id="m1" Type="` + relType + `diagramData" Target="../diagrams/m.xml"/></Relationships>`,
			"diagrams/m.xml": `<dgm:dataModel ` + drawingNamespaces + `><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Bước một</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>`},
			map[string]string{"drawings/d.xml": "drawing"}, "", []string{"“Biểu đồ 1: Bước một”"}},
		"a box and a picture": {map[string]string{"drawings/d.xml": `<xdr:wsDr ` + drawingNamespaces + `><xdr:sp><xdr:txBody><a:p><a:r><a:t>Ghi nhớ</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:pic/></xdr:wsDr>`}, map[string]string{"drawings/d.xml": "drawing"}, "", []string{"“Ghi nhớ”", "1 ảnh"}},
		"a button":            {map[string]string{"drawings/v.vml": `<xml ` + drawingNamespaces + `><v:shape><v:textbox><div><font>Bấm để in</font></div></v:textbox></v:shape><v:shape><v:imagedata/></v:shape></xml>`}, map[string]string{"drawings/v.vml": "vmlDrawing"}, "", []string{"“Bấm để in”", "1 ảnh"}},
		"a button in HTML":    {map[string]string{"drawings/v.vml": `<xml ` + drawingNamespaces + `><v:textbox><br>Bấm</v:textbox></xml>`}, map[string]string{"drawings/v.vml": "vmlDrawing"}, "", []string{"“v.vml”"}},
		"comments":            {map[string]string{"c.xml": `<x:comments ` + drawingNamespaces + `><x:comment><x:text><x:t>Xem lại năm sinh</x:t></x:text></x:comment></x:comments>`}, map[string]string{"c.xml": "comments"}, "", []string{"“Xem lại năm sinh”"}},
		"an object":           {map[string]string{"embeddings/o.bin": "x"}, map[string]string{"embeddings/o.bin": "oleObject"}, "", []string{"“đối tượng nhúng: o.bin”"}},
		"what is asked":       {nil, nil, `<dataValidations><dataValidation promptTitle="Chú ý" prompt="Chỉ ghi năm"/></dataValidations>`, []string{"“Chú ý Chỉ ghi năm”"}},
	} {
		t.Run(name, func(t *testing.T) {
			sheet, findings := ReadSheet("ds.xlsx", bookWith(t, `<row r="2">`+inline("A2", "<t>Trần Văn Mẫu</t>")+`</row>`, tt.after, "", tt.parts, tt.kinds), rosterColumns, Choice{})
			if sheet == nil || len(sheet.Rows) != 1 {
				t.Fatal(listed(findings))
			}
			for _, part := range tt.said {
				if said := listed(findings); !strings.Contains(said, part) || !strings.Contains(said, "sheet-beside") {
					t.Errorf("nothing says %q:\n%s", part, said)
				}
			}
		})
	}
}

// TestCellsOfEveryMake reads cells as programs make them: dates that show no day, cells that
// show nothing, pictures in cells, boxes that are ticked, links.
func TestCellsOfEveryMake(t *testing.T) {
	const styles = `<numFmts><numFmt numFmtId="164" formatCode="mm/yyyy"/><numFmt numFmtId="165" formatCode="yyyy"/><numFmt numFmtId="166" formatCode=";;;"/></numFmts><cellXfs><xf/><xf numFmtId="17"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="14"/></cellXfs>`
	name := inline("A2", "<t>Trần Văn Mẫu</t>")
	for what, tt := range map[string]struct{ cells, after, want, said string }{
		"5/1965, which Excel takes for 1 May": {`<c r="B2" s="1"><v>23863</v></c>`, "", "2 born=1965 title=Trần Văn Mẫu", "“05/1965” ở ô B2 được nhập là năm 1965"},
		"month and year":                      {`<c r="B2" s="2"><v>23863</v></c>`, "", "2 born=1965 title=Trần Văn Mẫu", "“05/1965”"},
		"the year alone":                      {`<c r="B2" s="3"><v>23863</v></c>`, "", "2 born=1965 title=Trần Văn Mẫu", ""},
		"a whole day":                         {`<c r="B2" s="5"><v>23863</v></c>`, "", "2 born=1965-05-01 title=Trần Văn Mẫu", ""},
		"what shows nothing":                  {`<c r="C2" s="4" t="inlineStr"><is><t>Sở Kín</t></is></c>`, "", "2 title=Trần Văn Mẫu", "sheet-unseen: Trang tính “DS”: 1 ô được định dạng để không hiện gì nên không được nhập: “Sở Kín”"},
		"a picture in a cell":                 {`<c r="C2" t="e" vm="1"><v>#VALUE!</v></c>`, "", "2 title=Trần Văn Mẫu", "1 ảnh"},
		"a picture of WPS Office":             {`<c r="C2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>`, "", "2 title=Trần Văn Mẫu", "1 ảnh"},
		"a link behind a word":                {inline("C2", "<t>Sở Mẫu</t>"), `<hyperlinks><hyperlink ref="C2" r:id="l1"/></hyperlinks>`, "2 affiliation=Sở Mẫu title=Trần Văn Mẫu", "sheet-cell-link: Cột “Đơn vị”: 1 ô có liên kết “https://example.org/so” (dòng 2)"},
		"an address of mail":                  {inline("C2", "<t>Sở Mẫu</t>"), `<hyperlinks><hyperlink ref="C2" r:id="l2"/></hyperlinks>`, "2 affiliation=Sở Mẫu title=Trần Văn Mẫu", "1 ô có liên kết “mailto:…”"},
	} {
		t.Run(what, func(t *testing.T) {
			data := bookWith(t, `<row r="2">`+name+tt.cells+`</row>`, tt.after, styles, nil, nil)
			if tt.after != "" {
				data = withLinks(t, name+tt.cells, tt.after)
			}
			sheet, findings := ReadSheet("ds.xlsx", data, rosterColumns, Choice{})
			said := listed(findings)
			if sheet == nil || len(sheet.Rows) != 1 || peopleOf(sheet)[0] != tt.want {
				t.Fatalf("got %v, want %s\n%s", sheet, tt.want, said)
			}
			if tt.said == "" && strings.Contains(said, "ô B2") || !strings.Contains(said, tt.said) || strings.Contains(said, "a@example.org") {
				t.Errorf("want %q in\n%s", tt.said, said)
			}
		})
	}
}

// withLinks makes a list whose cells have the links l1, of the web, and l2, of mail.
func withLinks(t *testing.T, cells, after string) []byte {
	t.Helper()
	files := xlsx(`<row r="1">` + inline("A1", "<t>Họ và tên</t>") + inline("B1", "<t>Năm sinh</t>") + inline("C1", "<t>Đơn vị</t>") + `</row><row r="2">` + cells + `</row>`)
	files["xl/worksheets/sheet1.xml"] = strings.Replace(files["xl/worksheets/sheet1.xml"], "</sheetData>", "</sheetData>"+after, 1)
	files["xl/worksheets/_rels/sheet1.xml.rels"] = relsHead + `<Relationship Id="l1" Type="` + relType + `hyperlink" Target="https://example.org/so" TargetMode="External"/><Relationship Id="l2" Type="` + relType + `hyperlink" Target="mailto:a@example.org" TargetMode="External"/></Relationships>`
	return zipped(t, files)
}
