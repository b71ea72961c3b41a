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
	{Key: "born", Names: []string{"Ngày sinh", "Năm sinh", "Ngày tháng năm sinh"}, Type: DateColumn, Halves: "sex", Holds: []string{"sex", "fields"}}, {Key: "sex", Names: []string{"Giới tính"}, Halves: "sex"},
	{Key: "degree", Names: []string{"Học hàm, học vị", "Học hàm", "Học vị"}, Values: []string{"TS", "ThS"}, Join: ", "}, {Key: "fields", Names: []string{"Lĩnh vực"}, Groups: []string{"Lĩnh vực"}},
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
		side := r.IntN(5) == 0 // another table stands right of it
		if side {
			heads = append(heads, "", "", "", "Họ và tên", "Năm sinh", "Đơn vị")
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
					switch r.IntN(9) {
					case 0, 1, 2:
					case 3:
						put(x, y, []string{"nt", "″", "x", "không", "-"}[r.IntN(5)])
					default:
						put(x, y, word())
					}
				}
				if side {
					put(13, y, "Người "+word())
					put(14, y, []string{"1965", "5/1965", "không rõ"}[r.IntN(3)])
					put(15, y, word())
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

// docOf makes a Word document at random, of what documents hold and of what none should.
// Every text in it is its own.
func docOf(r *rand.Rand, png string) (parts map[string]string, all, pictures []string) {
	n := 0
	word := func() string {
		n++
		all = append(all, fmt.Sprintf("Chữ%dx", n))
		return all[len(all)-1]
	}
	parts = map[string]string{"numbering": `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`,
		"word/header1.xml": `<w:hdr ` + wordNamespaces + `><w:p><w:r><w:t>Đầu trang ` + word() + `</w:t></w:r></w:p></w:hdr>`,
		"comments":         `<w:comment w:id="1"><w:p><w:r><w:t>` + word() + `</w:t></w:r></w:p></w:comment>`,
		"footnotes":        `<w:footnote w:id="1"><w:p><w:r><w:t>` + word() + `</w:t></w:r><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Hình0x"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>` + word() + `</w:t></w:r></w:p></w:footnote>`,
	}
	rel := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + relType + kind + `" Target="` + target + `"/>`
	}
	rels := rel("h1", "header", "header1.xml") + rel("p1", "image", "media/image1.png")
	parts["word/media/image1.png"] = png
	parts["word/_rels/footnotes.xml.rels"] = relsHead + rel("p1", "image", "media/image1.png") + `</Relationships>`
	pictures = append(pictures, "Hình0x")
	text := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	look := func(s string) string {
		return `<w:r><w:rPr>` + []string{"<w:b/>", "<w:i/>", "", "<w:strike/>", `<w:vertAlign w:val="superscript"/>`, "<w:caps/>"}[r.IntN(6)] + `</w:rPr><w:t xml:space="preserve">` + s + `</w:t></w:r>`
	}
	p := func(inner string) string {
		return `<w:p><w:pPr>` + []string{"", `<w:jc w:val="center"/>`, `<w:outlineLvl w:val="1"/>`, `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, `<w:jc w:val="right"/>`, `<w:framePr w:dropCap="drop"/>`}[r.IntN(6)] + `</w:pPr>` + inner + `</w:p>`
	}
	lead := []string{"", "- ", "+ ", "1. ", "2. ", "a) ", "I. ", "Ảnh: ", "Tin, ảnh: ", "BÁO CÁO ", "• ", "Số: 1/BC-", "TM. ", "Nơi nhận: ", "V/v ", "CHỦ TỊCH ", "Lâm Đồng, ngày 1 tháng 2 năm 2026 "}
	var block func(deep int) string
	inline := func(deep int) string {
		switch r.IntN(21) {
		case 19, 20: // a picture, whose description tells where it has gone
			alt := word()
			all = all[:len(all)-1]
			pictures = append(pictures, alt)
			return `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="` + alt + `"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
		case 0:
			return `<w:hyperlink w:anchor="a">` + text(word()) + `</w:hyperlink>`
		case 1:
			return `<w:sdt><w:sdtContent>` + text(word()) + `</w:sdtContent></w:sdt>`
		case 2:
			return `<w:r><w:pict><v:shape><v:textpath string="` + word() + `"/></v:shape></w:pict></w:r>`
		case 3:
			return `<w:r><w:object><o:OLEObject ProgID="` + word() + `"/></w:object></w:r>`
		case 4:
			return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF ` + word() + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
		case 5:
			return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + text(word()) + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
		case 6:
			return `<w:r><w:ruby><w:rt>` + text(word()) + `</w:rt><w:rubyBase>` + text(word()) + `</w:rubyBase></w:ruby></w:r>`
		case 7:
			return `<z:la xmlns:z="urn:z">` + text(word()) + `</z:la>`
		case 8:
			return `<w:r><z:moi xmlns:z="urn:z"><z:chu>` + word() + `</z:chu></z:moi></w:r>`
		case 9:
			return `<w:r><w:rPr><w:vanish/></w:rPr><w:t>` + word() + `</w:t></w:r>`
		case 10:
			return `<m:oMath><m:f><m:num><m:r><m:t>` + word() + `</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>`
		case 11:
			return `<m:oMath><m:m><m:mr><m:e><m:r><m:t>` + word() + `</m:t></m:r></m:e></m:mr></m:m></m:oMath>`
		case 12:
			if deep > 0 {
				return `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:positionH><wp:align>left</wp:align></wp:positionH><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>` + block(deep-1) + `</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>`
			}
			return text(word())
		case 13:
			return `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="` + word() + `"/><a:graphic/></wp:inline></w:drawing></w:r>`
		case 14:
			return `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><z:khung xmlns:z="urn:z"><a:p><a:r><a:t>` + word() + `</a:t></a:r></a:p></z:khung></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
		case 15:
			return `<w:ins>` + text(word()) + `</w:ins><w:r><w:footnoteReference w:id="1"/></w:r>`
		case 16:
			id := fmt.Sprintf("c%d", n)
			parts["word/"+id+".xml"] = `<c:chartSpace ` + wordNamespaces + `><c:chart><c:title><a:p><a:r><a:t>` + word() + `</a:t></a:r></a:p></c:title></c:chart></c:chartSpace>`
			rels += rel(id, "chart", id+".xml")
			return `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="` + id + `"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
		}
		return look(lead[r.IntN(len(lead))] + word())
	}
	block = func(deep int) string {
		switch k := r.IntN(9); {
		case k == 0 && deep > 0:
			rows := ""
			for y := range 1 + r.IntN(3) {
				rows += "<w:tr>"
				for range 1 + r.IntN(3) {
					merge := ""
					if r.IntN(4) == 0 {
						merge = []string{`<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>`, `<w:tcPr><w:vMerge/></w:tcPr>`, `<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>`}[r.IntN(3)]
						if y == 0 && strings.Contains(merge, "<w:vMerge/>") {
							merge = ""
						}
					}
					rows += "<w:tc>" + merge + block(deep-1) + "</w:tc>"
				}
				rows += "</w:tr>"
			}
			return "<w:tbl>" + rows + "</w:tbl>"
		case k == 1:
			id := fmt.Sprintf("k%d", n)
			parts["word/"+id+".html"] = `<html><body><div>` + word() + `<h2>` + word() + `</h2><ol><li>` + word() + `</li></ol><table><tr><td>` + word() + `</td><td><p>` + word() + `</p></td></tr></table><img alt="` + word() + `"></div></body></html>`
			rels += rel(id, "aFChunk", id+".html")
			return `<w:altChunk r:id="` + id + `"/>` + p(text(word()))
		case k == 2:
			return `<z:khoi xmlns:z="urn:z">` + p(text(word())) + `<z:chu>` + word() + `</z:chu></z:khoi>`
		}
		inner := ""
		for range 1 + r.IntN(3) {
			inner += inline(deep)
		}
		return p(inner)
	}
	body := ""
	for range 2 + r.IntN(7) {
		body += block(2)
	}
	parts["document"], parts["rels"] = "<w:body>"+body+"<w:sectPr/></w:body>", rels
	return parts, all, pictures
}

// TestEveryTextIsAccountedFor wants each text of any document in the article, in the
// text, or named as left out.
func TestEveryTextIsAccountedFor(t *testing.T) {
	png := pngFile(t)
	for seed := range uint64(120) {
		parts, all, pictures := docOf(rand.New(rand.NewPCG(seed, 16)), png)
		doc, findings := Read("bai.docx", zipped(t, docx(parts)))
		if doc == nil {
			if len(findings) == 0 {
				t.Fatalf("seed %d: refused without a word", seed)
			}
			continue
		}
		article, more := doc.Article(Reading{ToFill: "CẦN ĐIỀN"})
		told := ""
		for _, l := range doc.tally.left {
			told += strings.Join(l.texts, "\n") + "\n"
		}
		got := article.Title + article.Author + article.Markdown + listed(append(findings, more...)) + told
		for _, alt := range pictures {
			if !strings.Contains(got, alt) {
				t.Fatalf("seed %d: nothing is said of the picture %q\n%s\n%s", seed, alt, parts["document"], got)
			}
		}
		plain, more := doc.Text()
		text := plain + listed(append(findings, more...)) + told
		for _, w := range all {
			if !mentions(got, w) {
				t.Fatalf("seed %d: nothing is said of %q\n%s\n%s", seed, w, parts["document"], got)
			}
			if !mentions(text, w) && !strings.Contains(parts["footnotes"], w) {
				t.Fatalf("seed %d: nothing is said of %q in the text\n%s\n%s", seed, w, parts["document"], text)
			}
		}
	}
}

// mentions reports whether a text holds a word in some form: in capitals, raised.
func mentions(text, word string) bool {
	for _, form := range []string{word, strings.ToUpper(word), strings.ToLower(word), raise(word)} {
		if strings.Contains(text, form) {
			return true
		}
	}
	return false
}
