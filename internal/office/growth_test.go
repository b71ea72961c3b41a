package office

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/growth"
)

// stored packs files without compressing them: what repeats itself is refused where it
// is packed too well.
func stored(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// around repeats a text between two others.
func around(before, text, after string) func(int) string {
	return func(n int) string { return before + strings.Repeat(text, n/len(text)+1) + after }
}

// numbered repeats a text with a number in it, %[1]d, between two others.
func numbered(before, format, after string) func(int) string {
	return func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return before + b.String() + after
	}
}

// Whatever a Word document holds, four times as much takes four times as long.
func TestDocumentsAreReadInLinearTime(t *testing.T) {
	const p, end = `<w:body><w:p>`, `</w:p></w:body>`
	run := func(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }
	for name, body := range map[string]func(int) string{
		"paragraphs":          around(`<w:body>`, `<w:p>`+run("Chữ.")+`</w:p>`, `</w:body>`),
		"empty paragraphs":    around(`<w:body>`, `<w:p/>`, `</w:body>`),
		"a long word":         around(p+`<w:r><w:t>`, "a", `</w:t></w:r>`+end),
		"blanks":              around(p+`<w:r><w:t xml:space="preserve">`, " ", `</w:t></w:r>`+end),
		"marks":               around(p+`<w:r><w:t>`, "*_[`", `</w:t></w:r>`+end),
		"combining marks":     around(p+`<w:r><w:t>`, "a\u0300", `</w:t></w:r>`+end),
		"legacy fonts":        around(p+`<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>`, "NguyÔn ", `</w:t></w:r>`+end),
		"runs":                around(p, run("a "), end),
		"runs of two looks":   around(p, `<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>b</w:t></w:r>`, end),
		"tabs":                around(p+`<w:r>`, `<w:tab/>`, `</w:r>`+end),
		"breaks":              around(p+`<w:r>`, `<w:br/>`, `</w:r>`+end),
		"headings":            around(`<w:body>`, `<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>`+run("A")+`</w:p>`, `</w:body>`),
		"a long table":        around(`<w:body><w:tbl>`, `<w:tr><w:tc><w:p>`+run("a")+`</w:p></w:tc><w:tc><w:p>`+run("b")+`</w:p></w:tc></w:tr>`, `</w:tbl></w:body>`),
		"a wide table":        around(`<w:body><w:tbl><w:tr>`, `<w:tc><w:p>`+run("a")+`</w:p></w:tc>`, `</w:tr></w:tbl></w:body>`),
		"tables":              around(`<w:body>`, `<w:tbl><w:tr><w:tc><w:p>`+run("a")+`</w:p></w:tc></w:tr></w:tbl>`, `</w:body>`),
		"fields":              around(p, `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://a.example/"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`, end),
		"fields without end":  around(p, `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, end),
		"lists":               around(`<w:body>`, `<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>`+run("a")+`</w:p>`, `</w:body>`),
		"addresses":           around(p, run("https://a.example/ "), end),
		"comments":            around(`<w:body>`, `<!-- a -->`, `</w:body>`),
		"deletions":           around(p, `<w:del><w:r><w:delText>a</w:delText></w:r></w:del>`, end),
		"text boxes":          around(p, `<w:r><w:pict><w:txbxContent><w:p>`+run("a")+`</w:p></w:txbxContent></w:pict></w:r>`, end),
		"of an official text": around(`<w:body>`, `<w:p>`+run("1. Tăng cường sự lãnh đạo.")+`</w:p><w:p>`+run("- Nơi nhận:")+`</w:p>`, `</w:body>`),
		"bold lines":          around(`<w:body>`, `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Chữ đậm</w:t></w:r></w:p>`, `</w:body>`),
		"bold lines, text":    around(`<w:body>`, `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>1. Chữ đậm</w:t></w:r></w:p><w:p>`+run("Lời.")+`</w:p>`, `</w:body>`),
		"bold, then nothing":  around(`<w:body>`, `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>A</w:t></w:r></w:p><w:p/><w:p/>`, `</w:body>`),
		"typed lists":         around(`<w:body>`, `<w:p>`+run("- a")+`</w:p><w:p>`+run("+ b")+`</w:p>`, `</w:body>`),
		"typed numbers":       numbered(`<w:body>`, `<w:p><w:r><w:t>%[1]d. a</w:t></w:r></w:p>`, `</w:body>`),
		"typed lines":         around(p+`<w:r>`, `<w:t>- a</w:t><w:br/>`, `</w:r>`+end),
		"captions":            around(p+`<w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>`, `<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>Ảnh: a</w:t></w:r></w:p>`, `<w:p>`+end),
		"captions above":      around(`<w:body>`, `<w:p><w:r><w:t>Ảnh: a</w:t></w:r></w:p><w:p/>`, `</w:body>`),
		"quotations":          around(`<w:body>`, `<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>“a</w:t></w:r></w:p>`, `</w:body>`),
		"contents":            around(`<w:body>`, `<w:p><w:r><w:t>MỤC LỤC</w:t></w:r></w:p><w:p><w:r><w:t>a...... 1</w:t></w:r></w:p>`, `</w:body>`),
		"headings on lines":   around(p, `<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:br/><w:t>b</w:t></w:r>`, end),
		"capitals":            around(p+`<w:r><w:rPr><w:b/></w:rPr><w:t>HỘI THI MẪU</w:t></w:r></w:p><w:p><w:r><w:t>Ở `, "Hội Thi Mẫu Mới ", `</w:t></w:r>`+end),
		"letterheads":         around(`<w:body>`, `<w:p>`+run("ĐẢNG CỘNG SẢN VIỆT NAM")+`</w:p><w:p>`+run("Số: 1/A")+`</w:p>`, `</w:body>`),
		"a long subject":      around(`<w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>SỞ A</w:t><w:br/><w:t>Số: 1/SA</w:t><w:br/><w:t>V/v a</w:t>`, `<w:br/><w:t>b</w:t>`, `</w:r></w:p></w:tc></w:tr></w:tbl></w:body>`),
		"signatures":          around(`<w:body>`, `<w:p>`+run("TM. BAN")+`</w:p>`, `</w:body>`),
		"signature tables":    around(`<w:body>`, `<w:tbl><w:tr><w:tc><w:p>`+run("Nơi nhận:")+`</w:p></w:tc></w:tr></w:tbl>`, `</w:body>`),
		"what is not known":   around(`<w:body>`, `<w:x>chữ</w:x>`, `</w:body>`),
		"hidden":              around(p, `<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>`, end),
		"formulas":            around(p, `<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>7</m:t></m:r></m:den></m:f></m:oMath>`, end),
		"fields of formulas":  around(p, `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ \f(1,2)</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`, end),
		"references to notes": numbered(p, `<w:r><w:footnoteReference w:id="%[1]d"/></w:r>`, end),
		"bookmarks":           numbered(p, `<w:bookmarkStart w:id="%[1]d" w:name="a%[1]d"/><w:bookmarkEnd w:id="%[1]d"/>`, end),
	} {
		t.Run(name, func(t *testing.T) {
			growth.Linear(t, 16<<10, 2<<20, func(n int) []byte { return stored(t, docx(map[string]string{"document": body(n)})) }, func(file []byte) {
				if doc, _ := Read("a.docx", file); doc != nil {
					doc.Article(Reading{ToFill: "x"})
					doc.Text()
				}
			})
		})
	}
	for name, parts := range map[string]func(int) map[string]string{
		"styles": func(n int) map[string]string {
			return map[string]string{"document": plainBody, "styles": numbered("", `<w:style w:styleId="s%[1]d"><w:basedOn w:val="s0"/></w:style>`, "")(n)}
		},
		"lists": func(n int) map[string]string {
			return map[string]string{"document": plainBody, "numbering": numbered("", `<w:abstractNum w:abstractNumId="%[1]d"><w:lvl w:ilvl="0"/></w:abstractNum><w:num w:numId="%[1]d"><w:abstractNumId w:val="%[1]d"/></w:num>`, "")(n)}
		},
		"notes": func(n int) map[string]string {
			return map[string]string{"document": numbered(`<w:body><w:p>`, `<w:r><w:footnoteReference w:id="%[1]d"/></w:r>`, `</w:p></w:body>`)(n),
				"footnotes": numbered("", `<w:footnote w:id="%[1]d"><w:p><w:r><w:t>a</w:t></w:r></w:p></w:footnote>`, "")(n)}
		},
	} {
		t.Run(name+" of their own part", func(t *testing.T) {
			growth.Linear(t, 16<<10, 2<<20, func(n int) []byte { return stored(t, docx(parts(n))) }, func(file []byte) {
				if doc, _ := Read("a.docx", file); doc != nil {
					doc.Article(Reading{ToFill: "x"})
				}
			})
		})
	}
}

func TestSheetsAreReadInLinearTime(t *testing.T) {
	head := `<row r="1">` + inline("A1", "<t>Họ và tên</t>") + inline("B1", "<t>Ngày sinh</t>") + inline("C1", "<t>Quê quán</t>") + `</row>`
	for name, rows := range map[string]func(int) string{
		"rows":         numbered(head, `<row r="%[1]d"><c r="A%[1]d" t="inlineStr"><is><t>A</t></is></c></row>`, ""),
		"same row":     around(head, `<row r="2">`+inline("A2", "<t>A</t>")+`</row>`, ""),
		"same cell":    around(head+`<row r="2">`, inline("A2", "<t>A</t>"), `</row>`),
		"a long cell":  around(head+`<row r="2"><c r="A2" t="inlineStr"><is><t>`, "Nguyễn Văn A; ", `</t></is></c></row>`),
		"many fonts":   around(head+`<row r="2"><c r="A2" t="inlineStr"><is>`, `<r><rPr><rFont val=".VnTime"/></rPr><t>NguyÔn </t></r>`, `</is></c></row>`),
		"a long day":   around(head+`<row r="2"><c r="B2" t="inlineStr"><is><t>`, "1/", `</t></is></c></row>`),
		"a long place": around(head+`<row r="2"><c r="C2"><v>`, "9", `</v></c></row>`),
		"empty rows":   around(head, `<row/>`, ""),
		"headings":     numbered(head, `<row r="%[1]d"><c r="A%[1]d" t="inlineStr"><is><t>Họ và tên</t></is></c><c r="B%[1]d" t="inlineStr"><is><t>Ngày sinh</t></is></c></row>`, ""),
		"other tables": numbered(head, `<row r="%[1]d"><c r="A%[1]d" t="inlineStr"><is><t>STT</t></is></c><c r="B%[1]d" t="inlineStr"><is><t>Tên đơn vị</t></is></c></row>`, ""),
		"as above":     numbered(head, `<row r="%[1]d"><c r="A%[1]d" t="inlineStr"><is><t>A B</t></is></c><c r="C%[1]d" t="inlineStr"><is><t>nt</t></is></c></row>`, ""),
		"groups":       numbered(head, `<row r="%[1]d"><c r="A%[1]d" t="inlineStr"><is><t>I. Lĩnh vực A</t></is></c></row>`, ""),
		"merged":       numbered(head+`<row r="2">`+inline("A2", "<t>A</t>")+`</row></sheetData><mergeCells>`, `<mergeCell ref="A%[1]d:HA5000"/>`, `</mergeCells><sheetData>`),
		"merged areas": numbered(head+`<row r="5000">`+inline("A5000", "<t>A</t>")+`</row></sheetData><mergeCells>`, `<mergeCell ref="A1:C%[1]d"/>`, `</mergeCells><sheetData>`),
	} {
		t.Run(name, func(t *testing.T) {
			growth.Linear(t, 16<<10, 2<<20, func(n int) []byte { return stored(t, xlsx(rows(n))) }, func(file []byte) { ReadSheet("a.xlsx", file, people, Choice{}) })
		})
	}
}
