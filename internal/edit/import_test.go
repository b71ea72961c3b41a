package edit

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/intake"
	"lienhiep/internal/needs"
	"lienhiep/internal/office"
	"lienhiep/internal/roster"
)

// hand hands a file to the desk, as its pages do, and returns where it can be looked at.
func (o open) hand(name string, data []byte, use string) string {
	o.t.Helper()
	status, text := o.handed(name, data, use)
	var answer struct{ Place string }
	if err := json.Unmarshal([]byte(text), &answer); err != nil || status != 200 {
		o.t.Fatalf("%s: %d %s (%v)", name, status, text, err)
	}
	return answer.Place
}

func (o open) handed(name string, data []byte, use string) (int, string) {
	o.t.Helper()
	return o.ask("POST", "/nhap/tep?"+url.Values{"ten": {name}, "de": {use}}.Encode(), string(data), func(r *http.Request) { r.Header.Set("Content-Type", "application/octet-stream") })
}

func file(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// word is a document of Word that has paragraphs, each "style|text": b for bold, or a font.
func word(t *testing.T, paragraphs ...string) []byte {
	t.Helper()
	var body strings.Builder
	for _, p := range paragraphs {
		style, text, _ := strings.Cut(p, "|")
		look := ""
		switch {
		case style == "b":
			look = "<w:b/>"
		case style != "":
			look = fmt.Sprintf(`<w:rFonts w:ascii="%s" w:hAnsi="%[1]s"/>`, style)
		}
		fmt.Fprintf(&body, `<w:p><w:r><w:rPr>%s</w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, look, text)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWhatIsRecognisedCanBeLeft holds that each thing that the look of a document was taken to
// mean is shown before and after, and stays as it is where its box is not ticked.
func TestWhatIsRecognisedCanBeLeft(t *testing.T) {
	o := openDesk(t)
	at := o.hand("bai.docx", word(t, "b|LỄ TRAO GIẢI MẪU", "|Lời mở đầu của bài mẫu, đủ dài để là một đoạn.", "b|1. Kết quả mẫu", "|Lời của phần một.", "|- Việc thứ nhất", "|- Việc thứ hai", "|Lời cuối bài.", "|Tin: Trần Văn Mẫu"), "")
	page := o.page(at)
	has(t, "the page", page, "Lễ trao giải mẫu", "<h2", "Đề mục", "Danh sách", "Người viết", "<li>Việc thứ nhất</li>", `value="title"`, `value="3"`, `value="5-6"`, "- Việc thứ nhất\n- Việc thứ hai")
	left := o.page(at + "?" + url.Values{"de-nguyen": {"title", "3", "5-6", "author"}}.Encode())
	has(t, "what is left", left, "LỄ TRAO GIẢI MẪU</h1>", "<strong>1. Kết quả mẫu</strong>", "<p>- Việc thứ nhất</p>", "Tin: Trần Văn Mẫu</p>", `value="5-6"`)
	status, text := o.ask("POST", at+"bai", url.Values{"loai": {"tin-tuc"}, "de-nguyen": {"3"}, "dia-chi": {"../../Lễ mẫu"}}, nil)
	if status != 200 {
		t.Fatal(text)
	}
	got := o.read("content/tin-tuc/le-mau/index.md")
	has(t, "the entry", got, "title: \"Lễ trao giải mẫu\"\n", "author: \"Trần Văn Mẫu\"\n", "draft: true\n", "**1. Kết quả mẫu**", "- Việc thứ nhất\n")
	if strings.Contains(got, catalog.ToFill) {
		t.Errorf("it has placeholders:\n%s", got)
	}
	if status, text := o.ask("POST", at+"bai", url.Values{"loai": {"tin-tuc"}, "dia-chi": {"le-mau"}}, nil); status != 409 {
		t.Errorf("an address that is taken: %d %s", status, text)
	}
	if o.read("content/tin-tuc/le-mau/index.md") != got {
		t.Error("the entry was written over")
	}
}

// TestUndoOfAnImport holds that an entry that was made goes by one press, and stays where
// somebody has changed it since.
func TestUndoOfAnImport(t *testing.T) {
	o := openDesk(t)
	at := o.hand("bai.docx", word(t, "b|Bài mẫu", "|Lời mẫu."), "")
	made := func() (id string) {
		t.Helper()
		status, text := o.ask("POST", at+"bai", url.Values{"loai": {"tin-tuc"}, "dia-chi": {"bai-mau"}}, nil)
		var answer struct{ Undo string }
		if err := json.Unmarshal([]byte(text), &answer); err != nil || status != 200 {
			t.Fatal(status, text)
		}
		return answer.Undo
	}
	if status, text := o.ask("POST", "/hoan-tac", map[string]string{"id": made()}, nil); status != 200 {
		t.Fatal(text)
	}
	if _, err := os.Stat(o.dir + "/content/tin-tuc/bai-mau"); err == nil {
		t.Error("it is still there")
	}
	id, name := made(), o.dir+"/content/tin-tuc/bai-mau/index.md"
	if err := os.WriteFile(name, []byte("---\ntitle: Của người khác\n---\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if status, text := o.ask("POST", "/hoan-tac", map[string]string{"id": id}, nil); status != 409 || !strings.Contains(o.read("content/tin-tuc/bai-mau/index.md"), "Của người khác") {
		t.Errorf("%d %s", status, text)
	}
}

// TestOldFontsAreTold holds that words in fonts of before Unicode that cannot be read with
// certainty are shown.
func TestOldFontsAreTold(t *testing.T) {
	o := openDesk(t)
	page := o.page(o.hand("cu.docx", word(t, "|Ban Th\u00adêng vô TØnh ñy ban hµnh kÕ ho¹ch vÒ ®æi míi ho¹t ®éng.", "|bé", ".VnTime|tÍx víi"), ""))
	has(t, "the page", page, "Chưa nhập được", "bảng mã cũ", "“bé (bộ?)”", "“tÍx”")
}

// TestHandedFiles holds what the desk takes, and for how long it keeps it.
func TestHandedFiles(t *testing.T) {
	o := openDesk(t)
	before := o.snapshot()
	for _, name := range []string{"", "a", "a.exe", "a.docm", "a.html", ".docx/..", "a.svg", strings.Repeat("a", 300) + ".docx"} {
		if status, text := o.handed(name, []byte("x"), ""); status != 415 {
			t.Errorf("%q: %d %s", name, status, text)
		}
	}
	if status, _ := o.handed("a.docx", nil, ""); status != 400 {
		t.Errorf("an empty file: %d", status)
	}
	for _, name := range []string{`..\..\a.docx`, "../../a.docx", "a\x00\n<b>.docx"} {
		page := o.page(o.hand(name, []byte("PK\x03\x04"), ""))
		has(t, "what is no document", page, "Chưa nhập được")
		if strings.Contains(page, "..") || strings.Contains(page, "<b>") {
			t.Errorf("%q is shown as it is", name)
		}
	}
	first := o.hand("a.txt", []byte("x"), "")
	for range maxHanded {
		o.hand("b.txt", []byte("x"), "")
	}
	for _, address := range []string{first, "/nhap/khong-co/", "/nhap/khong-co/nguoi/", "/nhap-ke-hoach/khong-co/", "/nhap/khong-co/a.png"} {
		if status, text := o.ask("GET", address, nil, func(r *http.Request) { r.Header.Set("Accept", "text/html") }); status != 404 || !strings.Contains(text, "Tệp đưa vào không còn ở đây") {
			t.Errorf("%s: %d %s", address, status, text)
		}
	}
	if got := o.snapshot(); got != before {
		t.Error("something was written")
	}
}

// TestImportsTakeJSONAlone holds that nothing is done by a request of another kind, or for an
// unknown section, plan or person.
func TestImportsTakeJSONAlone(t *testing.T) {
	o := openDesk(t)
	before := o.snapshot()
	at := o.hand("bai.docx", word(t, "b|Bài mẫu", "|Lời mẫu."), "")
	id := strings.Split(at, "/")[2]
	for _, address := range []string{at + "bai", at + "dinh-kem", at + "nguoi", "/nhap-ke-hoach/" + id + "/sua", "/nhap-ke-hoach/" + id + "/tao", "/bao-cao/nho", "/phieu/nguyen-van-a/ve"} {
		if status, text := o.ask("POST", address, "a=b", func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }); status != 415 {
			t.Errorf("%s: %d %s", address, status, text)
		}
		if status, text := o.ask("POST", address, `{"loai": 1`, nil); status < 400 || status >= 500 {
			t.Errorf("%s: %d %s", address, status, text)
		}
	}
	for _, section := range []string{"", "ke-hoach", "khong-co", "../tin-tuc"} {
		for _, what := range []string{"bai", "dinh-kem"} {
			if status, text := o.ask("POST", at+what, url.Values{"loai": {section}}, nil); status != 404 {
				t.Errorf("%s in %q: %d %s", what, section, status, text)
			}
		}
	}
	if status, _ := o.ask("POST", at+"nguoi", url.Values{"cot:A": {"khong-co"}}, nil); status != 400 {
		t.Error(status)
	}
	if got := o.snapshot(); got != before {
		t.Error("something was written")
	}
}

// TestAnEntryOffersADocument holds that a document is attached under what it says of itself, and
// refused where it may not be offered.
func TestAnEntryOffersADocument(t *testing.T) {
	o := openDesk(t)
	text := strings.Join([]string{"TỈNH ỦY MẪU", "Số 12-QĐ/TU", "Tỉnh Mẫu, ngày 05 tháng 4 năm 2026", "QUYẾT ĐỊNH", "về việc tặng giải thưởng mẫu"}, "\n")
	var paragraphs []string
	for _, line := range strings.Split(text, "\n") {
		paragraphs = append(paragraphs, "|"+line)
	}
	at := o.hand("Quyết định.docx", word(t, paragraphs...), useDocument)
	page := o.page(at)
	has(t, "the page", page, "12-QĐ/TU", "Quyết định số 12-QĐ/TU về việc tặng giải thưởng mẫu", `<option value="van-ban" selected`)
	if status, text := o.ask("POST", strings.TrimSuffix(at, "/"), url.Values{"loai": {"van-ban"}}, nil); status != 200 {
		t.Fatal(text)
	}
	got := o.read("content/van-ban/12-qd-tu/index.md")
	has(t, "the entry", got, "title: \"Quyết định số 12-QĐ/TU về việc tặng giải thưởng mẫu\"\n", "number: \"12-QĐ/TU\"\n", "doc_type: \"Quyết định\"\n", "date: 2026-04-05\n", "quyet-dinh.docx", "draft: true\n")
	o.read("content/van-ban/12-qd-tu/quyet-dinh.docx")
}

// TestAFileIsWhatItHolds: one of another name is read as what it is, which is said in a
// sentence; of one that is of no use it is said what it is, and what to do.
func TestAFileIsWhatItHolds(t *testing.T) {
	o := openDesk(t)
	zipped := func(name string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte("application/vnd.oasis.opendocument.text"))
		}
		if err = errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	old := func(stream string) string {
		return "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Join(strings.Split(stream, ""), "\x00") + strings.Repeat("\x00", 600)
	}
	heic := string(file(t, "../../cmd/lienhiep/testdata/desk/IMG_0001.HEIC"))
	for name, one := range map[string]struct{ data, says string }{
		"fake.pdf":    {"Chào", "bên trong là chữ thường"},
		"word.pdf":    {string(word(t, "|Chào")), "bên trong là tài liệu Word"},
		"word.xlsx":   {string(word(t, "|Chào")), "bên trong là tài liệu Word"},
		"pdf.docx":    {"%PDF-1.4\n", "Máy không đọc được trang nào"},
		"pdf.xlsx":    {"%PDF-1.4\n", "bên trong là tệp PDF"},
		"anh.jpg":     {heic, "bên trong là ảnh HEIC"},
		"cu.docx":     {old("WordDocument"), "Tệp thuộc dạng cũ (.doc)"},
		"cu.xlsx":     {old("Workbook"), "Tệp thuộc dạng cũ (.xls)"},
		"odt.docx":    {zipped("mimetype"), "bên trong là văn bản của LibreOffice"},
		"a.rtf":       {`{\rtf1 a}`, "Tệp thuộc dạng cũ (.rtf)"},
		"trang.xls":   {"<html><table></table></html>", "Tệp thuộc dạng HTML"},
		"hong.docx":   {"PK\x03\x04" + strings.Repeat("\x00", 100), "Tệp bị hỏng"},
		"nen.xlsx":    {zipped("a.txt"), "tệp nén ZIP. Giải nén"},
		"nen.zip":     {zipped("a.txt"), "tệp nén ZIP. Giải nén"},
		"nen.docx":    {"Rar!\x1a\x07\x00", "tệp nén RAR. Giải nén"},
		"may.pdf":     {"MZ\x90", "một chương trình"},
		"chieu.pptx":  {old("PowerPoint Document"), "lưu thành .pptx"},
		"trang.docx":  {"<!DOCTYPE html><html>", "một trang web"},
		"bang.csv":    {"a,b\n1,2\n", "CSV"},
		"rong.docx":   {"", "tệp rỗng"},
		"la.dat":      {"\x00\x01\x02", "Không nhập được"},
		"a.html":      {"<html>", "một trang web"},
		"ghi.txt":     {"Chào", "Soát kế hoạch"},
		"tin.tu.docx": {string(word(t, "|Chào các bạn")), "Chào các bạn"},
	} {
		status, text := o.ask("POST", "/nhap/tep?"+url.Values{"ten": {name}}.Encode(), one.data, func(r *http.Request) { r.Header.Set("Content-Type", "application/octet-stream") })
		if status == http.StatusOK {
			var answer struct{ Place string }
			if err := json.Unmarshal([]byte(text), &answer); err != nil {
				t.Fatal(text)
			}
			text = o.page(answer.Place)
		}
		has(t, name, text, one.says)
	}
}

// TestAListInWordIsRead as one in Excel: the same page, the same people who wait.
func TestAListInWordIsRead(t *testing.T) {
	o := openDesk(t)
	plain := &office.Style{Name: "Chữ", Align: office.Left, Size: 14}
	cells := func(texts ...string) (row []office.TableCell) {
		for _, text := range texts {
			row = append(row, office.TableCell{{Style: plain, Text: text}})
		}
		return row
	}
	docx := office.Docx{Title: "Danh sách", Body: []office.Block{
		office.Table{Columns: []int{1, 1}, Rows: [][]office.TableCell{cells("HỘI MẪU", "CỘNG HÒA …")}},
		office.Paragraph{Style: plain, Text: "DANH SÁCH TRÍ THỨC TIÊU BIỂU"},
		office.Table{Columns: []int{1, 3, 1, 3, 2}, Borders: true, Head: true, Rows: [][]office.TableCell{
			cells("STT", "Họ và tên", "Năm sinh", "Đơn vị công tác", "Số điện thoại"),
			cells("1", "TS. Trần Văn Mẫu", "1960", "Trường Mẫu", "0909 000 001"),
			cells("2", "Lê Thị Mẫu", "1971", "Viện Mẫu", ""),
		}},
		office.Paragraph{Style: plain, Text: "Người lập biểu"},
	}}
	data, err := docx.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	at := o.hand("danh sach.docx", data, "")
	if !strings.HasSuffix(at, "/nguoi/") {
		t.Errorf("it is looked at as %s", at)
	}
	page := o.page(at)
	has(t, "the page", page, "2 người sẽ được nhập", "Trần Văn Mẫu", "Lê Thị Mẫu", "Riêng tư: không nhập", "Không nhập những gì nằm ngoài “Bảng 1”", "Người lập biểu", "HỘI MẪU", "Bài để sửa tiếp")
	if strings.Contains(page, "trang tính") || strings.Contains(page, "0909") {
		t.Error("the page speaks of sheets, or of what is private")
	}
	status, text := o.ask("POST", at[:len(at)-1], url.Values{}, nil)
	if status != 200 {
		t.Fatal(text)
	}
	has(t, "who waits", o.page("/phieu/"), "Trần Văn Mẫu", "Lê Thị Mẫu")
	o.takesBack(status, text)
	if page := o.page("/phieu/"); strings.Contains(page, "Lê Thị Mẫu") {
		t.Error("it was not undone")
	}
	// An article with a list in it is an article first.
	docx.Body = append([]office.Block{office.Paragraph{Style: plain, Text: strings.Repeat("Lời của bài. ", 60)}}, docx.Body...)
	if data, err = docx.Bytes(); err != nil {
		t.Fatal(err)
	}
	at = o.hand("bai.docx", data, "")
	has(t, "an article", o.page(at), "/nguoi/", "Lời của bài.")
}

const person = "---\n# Ghi chú của biên tập viên.\ntitle:  'Trần Thị Mẫu'\nborn: 1960 # theo hồ sơ\ndraft: true\n---\n\nLời bài.\n"

// TestConsentOfWhoHasADraft holds that who has a draft without a basis waits, that the form can
// be printed, and that recording it changes nothing but the basis.
func TestConsentOfWhoHasADraft(t *testing.T) {
	o := openDesk(t)
	const name = "content/tri-thuc/tran-thi-mau/index.md"
	if err := os.MkdirAll(o.dir+"/content/tri-thuc/tran-thi-mau", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(o.dir+"/"+name, []byte(person), 0o666); err != nil {
		t.Fatal(err)
	}
	has(t, "the list", o.page("/phieu/"), "Trần Thị Mẫu", "/phieu/tran-thi-mau/in/")
	has(t, "the form", o.page("/phieu/tran-thi-mau/in/"), "PHIẾU ĐỒNG Ý", "Trần Thị Mẫu", "sinh năm 1960", "Hội Mẫu")
	if form := o.page("/phieu/tran-thi-mau/phieu-dong-y.docx"); !strings.HasPrefix(form, "PK") {
		t.Errorf("%.40q", form)
	}
	record := func(day, document, scope string) (int, string) {
		return o.ask("POST", "/phieu/tran-thi-mau/ve", map[string]string{"date": day, "document": document, "scope": scope}, nil)
	}
	for _, bad := range [][]string{{"", "P1", "ảnh"}, {"2026", "P1", "ảnh"}, {time.Now().AddDate(0, 0, 3).Format("2/1/2006"), "P1", "ảnh"}, {"1/1/2026", " ", "ảnh"}, {"1/1/2026", "P1", ""}} {
		if status, text := record(bad[0], bad[1], bad[2]); status != 422 || o.read(name) != person {
			t.Errorf("%q: %d %s", bad, status, text)
		}
	}
	scan := func(name, data string) int {
		status, _ := o.ask("POST", "/phieu/tran-thi-mau/ban-quet?ten="+url.QueryEscape(name), data, func(r *http.Request) { r.Header.Set("Content-Type", "application/octet-stream") })
		return status
	}
	heic := string(file(t, "../../cmd/lienhiep/testdata/desk/IMG_0001.HEIC"))
	if scan("a.exe", "x") != 415 || scan("a.pdf", "") != 415 || scan("a.pdf", "MZ") != 415 || scan("../a.pdf", "%PDF") != 200 || scan("b.jpg", "%PDF2") != 200 || scan("phieu.jpg", heic) != 200 {
		t.Error("scans are taken that are none, or none that are")
	}
	// They are shown in the person's form, and among those who wait, and stand nowhere else.
	const at = "/phieu/tran-thi-mau/"
	for _, page := range []string{"/phieu/", "/soan/tri-thuc/tran-thi-mau/index.md"} {
		has(t, page, o.page(page), at+"ban-quet/ban-quet.pdf", at+"ban-quet/ban-quet-2.pdf", at+"ban-quet/ban-quet.heic")
	}
	if got := o.page(at + "ban-quet/ban-quet-2.pdf"); got != "%PDF2" {
		t.Error(got)
	}
	for _, name := range []string{"nguoi.json", "..%2f..%2f..%2fconfig.toml", "phieu-dong-y.docx", "ban-quet", "ban-quet.pdf%00"} {
		if status, _ := o.ask("GET", at+"ban-quet/"+name, nil, nil); status != 404 {
			t.Errorf("%s: %d", name, status)
		}
	}
	for _, who := range []string{"..", "khong-co", "..%2f..%2fcontent%2ftri-thuc%2ftran-thi-mau", "%2e%2e"} {
		if status, _ := o.ask("POST", "/phieu/"+who+"/ban-quet?ten=a.pdf", "%PDF", nil); status < 300 || status >= 500 {
			t.Errorf("%s: %d", who, status)
		}
	}
	// One that is another's is thrown away, and had back.
	status, text := o.ask("POST", at+"bo-ban-quet", map[string]string{"name": "ban-quet-2.pdf"}, nil)
	if strings.Contains(o.page("/phieu/"), "ban-quet-2.pdf") {
		t.Error("it is there yet")
	}
	o.takesBack(status, text)
	if got := o.read(roster.AdmittedFolder + "/tran-thi-mau/ban-quet-2.pdf"); got != "%PDF2" {
		t.Error(got)
	}
	for _, name := range []string{"../../../config.toml", "nguoi.json", ""} {
		if status, _ := o.ask("POST", at+"bo-ban-quet", map[string]string{"name": name}, nil); status != 404 {
			t.Errorf("%q: %d", name, status)
		}
	}
	status, text = record("20/1/2026", "Phiếu 01", "Họ tên, ảnh")
	o.takesBack(status, text)
	if got := o.read(name); got != person {
		t.Errorf("undone, it is\n%s", got)
	}
	if status, text := record("20/1/2026", "Phiếu 01", "Họ tên, ảnh"); status != 200 {
		t.Fatal(text)
	}
	want := strings.Replace(person, "draft: true\n", "draft: true\nconsent:\n  basis: consent\n  date: 2026-01-20\n  document: \"Phiếu 01\"\n  scope: \"Họ tên, ảnh\"\n", 1)
	if got := o.read(name); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := o.read(name); got == person {
		t.Error("nothing was recorded")
	}
	if strings.Contains(o.page("/phieu/"), "Trần Thị Mẫu") {
		t.Error("who has consented still waits")
	}
	has(t, "the person's form", o.page("/soan/tri-thuc/tran-thi-mau/index.md"), at+"ban-quet/ban-quet.pdf")
}

// takesBack undoes what was just done.
func (o open) takesBack(status int, text string) {
	o.t.Helper()
	var answer struct{ Undo string }
	if err := json.Unmarshal([]byte(text), &answer); err != nil || status != 200 {
		o.t.Fatal(status, text)
	}
	if status, text := o.ask("POST", "/hoan-tac", map[string]string{"id": answer.Undo}, nil); status != 200 {
		o.t.Fatal(status, text)
	}
}

// TestConsentOfWhoWaits holds that who waits gets a draft when the form is in, waits no more
// where they refuse, and that both can be undone.
func TestConsentOfWhoWaits(t *testing.T) {
	o := openDesk(t)
	waiting := roster.WaitingFolder + "/le-van-mau/nguoi.json"
	if err := os.MkdirAll(o.dir+"/"+roster.WaitingFolder+"/le-van-mau", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(o.dir+"/"+waiting, []byte(`{"name":"Lê Văn Mẫu","row":"4","since":"2026-01-02","site":{},"cells":{"title":"Lê Văn Mẫu","fields":"Y học"}}`), 0o666); err != nil {
		t.Fatal(err)
	}
	is := func(waits, hasEntry bool) {
		t.Helper()
		_, err := os.Stat(o.dir + "/content/tri-thuc/le-van-mau/index.md")
		if strings.Contains(o.page("/phieu/"), "/phieu/le-van-mau/in/") != waits || (err == nil) != hasEntry {
			t.Errorf("waits: want %v; has an entry: want %v, %v", waits, hasEntry, err)
		}
	}
	has(t, "the list", o.page("/phieu/"), "Chờ từ 2/1/2026")
	record := func() (int, string) {
		return o.ask("POST", "/phieu/le-van-mau/ve", map[string]string{"date": "20/1/2026", "document": "Phiếu 02", "scope": "tiểu sử"}, nil)
	}
	status, text := record()
	is(false, true)
	has(t, "the entry", o.read("content/tri-thuc/le-van-mau/index.md"), "draft: true\n", "document: \"Phiếu 02\"\n")
	o.takesBack(status, text)
	is(true, false)
	status, text = o.ask("POST", "/phieu/le-van-mau/tu-choi", map[string]string{}, nil)
	is(false, false)
	o.takesBack(status, text)
	is(true, false)
	if status, text := record(); status != 200 {
		t.Fatal(text)
	}
	is(false, true)
}

// TestWhoRefusesIsForgotten holds that a draft goes where its person refuses, with the scans,
// that this can be undone, and that nothing is left of them once they are removed for good.
func TestWhoRefusesIsForgotten(t *testing.T) {
	o := openDesk(t)
	const folder, aside = "content/tri-thuc/tran-thi-mau", roster.RefusedFolder + "/tran-thi-mau"
	o.put(folder+"/index.md", person)
	o.ask("POST", "/phieu/tran-thi-mau/ban-quet?ten=a.pdf", "%PDF", func(r *http.Request) { r.Header.Set("Content-Type", "application/octet-stream") })
	scan := roster.AdmittedFolder + "/tran-thi-mau/ban-quet.pdf"
	is := func(there ...string) {
		t.Helper()
		for _, name := range []string{folder + "/index.md", scan, aside + "/ban-quet.pdf"} {
			if _, err := os.Stat(filepath.Join(o.dir, name)); (err == nil) != slices.Contains(there, name) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	is(folder+"/index.md", scan)
	status, text := o.ask("POST", "/phieu/tran-thi-mau/tu-choi", map[string]string{}, nil)
	is(aside + "/ban-quet.pdf")
	has(t, "the list", o.page("/phieu/"), "Không đồng ý</h2>", "Trần Thị Mẫu")
	o.takesBack(status, text)
	is(folder+"/index.md", scan)
	if _, err := os.Stat(filepath.Join(o.dir, aside)); err == nil {
		t.Error("it is among those who have refused")
	}
	status, text = o.ask("POST", "/phieu/tran-thi-mau/tu-choi", map[string]string{}, nil)
	has(t, "the list", o.page("/phieu/"), "Xóa hẳn Trần Thị Mẫu")
	for _, name := range append([]string{"", ".", "..", "../../content", "nguyen-van-a"}, hostileNames...) {
		if status, _ := o.ask("POST", "/phieu/xoa-han", map[string]string{"name": name}, nil); status < 400 || status >= 500 {
			t.Errorf("%q: %d", name, status)
		}
	}
	o.act("/phieu/xoa-han", map[string]string{"name": "tran-thi-mau"})
	is()
	if page := o.page("/phieu/"); strings.Contains(page, "Trần Thị Mẫu") {
		t.Error("who was forgotten is shown")
	}
	var answer struct{ Undo string }
	if err := json.Unmarshal([]byte(text), &answer); err != nil || status != 200 {
		t.Fatal(text)
	}
	if status, _ := o.ask("POST", "/hoan-tac", map[string]string{"id": answer.Undo}, nil); status != 404 {
		t.Errorf("who was forgotten comes back: %d", status)
	}
	// Who is named elsewhere is withdrawn.
	o.put(folder+"/index.md", person)
	o.put("content/tin-tuc/neu-ten/index.md", "---\ntitle: A\ndate: 2026-01-02\n---\n[Trần Thị Mẫu](/tri-thuc/tran-thi-mau/)\n")
	if status, text := o.ask("POST", "/phieu/tran-thi-mau/tu-choi", map[string]string{}, nil); status != 409 || !strings.Contains(text, "Rút tên") {
		t.Error(status, text)
	}
	is(folder + "/index.md")
}

// TestReportAtTheDesk holds that the report is made of what is chosen, as a file that is only
// given out.
func TestReportAtTheDesk(t *testing.T) {
	needs.Ask(t, needs.Long)
	o := openDesk(t)
	has(t, "without a plan", o.page("/bao-cao/"), "Chưa có kế hoạch nào")
	plan := file(t, "../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err := os.WriteFile(o.dir+"/content/ke-hoach/15-kh-tu/van-ban.txt", plan, 0o666); err != nil {
		t.Fatal(err)
	}
	before := o.snapshot()
	page := o.page("/bao-cao/?ky=tu-dau")
	has(t, "the page", page, "TÌNH HÌNH", "KẾT QUẢ NỔI BẬT", "Những chỗ còn thiếu", "Quý I năm", "6 tháng đầu năm")
	chosen := url.Values{"ky": {"khac"}, "tu": {"5/4/2021"}, "den": {"31/12/2025"}, "co-quan": {"Hội Mẫu tỉnh"}, "nguoi-ky": {"Trần Văn Mẫu"}, "bo": {"gaps", "results"}}
	page = o.page("/bao-cao/?" + chosen.Encode())
	has(t, "what is chosen", page, "HỘI MẪU TỈNH", "Trần Văn Mẫu", "ngày 31/12/2025", "II. HẠN CHẾ")
	if preview := page[strings.Index(page, `class="preview"`):]; strings.Contains(preview, "Những chỗ còn thiếu") || strings.Contains(preview, "KẾT QUẢ NỔI BẬT") {
		t.Error("what is left out is there")
	}
	// What is wrong is told at its field.
	for address, want := range map[string][]string{
		"?ky=khac&tu=hôm+kia":               {"tu", "không phải một ngày"},
		"?ky=khac&den=31/2/2026":            {"den", "không phải một ngày"},
		"?ky=khac&tu=5/6/2023&den=4/6/2023": {"den", "ở trước ngày bắt đầu"},
		"?ky=khac&den=1/1/2020":             {"den", "trước ngày ban hành kế hoạch"},
		"?ky=khac&tu=1/1/2999":              {"tu", "chưa bắt đầu"},
		"?ky=2031-q9":                       {"ky", "Không có kỳ báo cáo này"},
		"?ke-hoach=khong-co":                {"ke-hoach", "Chọn một kế hoạch"},
	} {
		status, page := o.ask("GET", "/bao-cao/"+address, nil, nil)
		if status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", address, status)
		}
		has(t, address, page, `aria-describedby="fault-`+want[0]+`" aria-invalid="true"`, `data-part="fault-`+want[0]+`" role="alert"><span class="error">`)
		has(t, address, page, want[1])
		if strings.Contains(page, "data-query download") {
			t.Errorf("%s: there is a file to download", address)
		}
	}
	for _, ext := range []string{"docx", "html", "csv", "md"} {
		status, header, text := o.send("GET", "/bao-cao/tep/bao-cao."+ext+"?"+chosen.Encode(), nil, nil)
		if status != 200 || len(text) < 500 || header.Get("Content-Disposition") != `attachment; filename="bao-cao-15-kh-tu-2025-12-31.`+ext+`"` {
			t.Errorf("%s: %d %d %v", ext, status, len(text), header)
		}
	}
	for address, want := range map[string]int{"/bao-cao/tep/bao-cao.exe": 404, "/bao-cao/tep/bao-cao.docx?ky=khac&tu=x": 422} {
		if status, _ := o.ask("GET", address, nil, nil); status != want {
			t.Errorf("%s: %d", address, status)
		}
	}
	if o.snapshot() != before {
		t.Error("something was written")
	}
	if status, text := o.ask("POST", "/bao-cao/nho", chosen, nil); status != 200 {
		t.Fatal(text)
	}
	has(t, "the next time", o.page("/bao-cao/"), `value="Hội Mẫu tỉnh"`, `value="Trần Văn Mẫu"`)
}

// TestASecondPlan holds that an official document stands beside its lines, that what was read
// wrong can be corrected there, and that it is made as it was looked at.
func TestASecondPlan(t *testing.T) {
	needs.Ask(t, needs.Long)
	o := openDesk(t)
	src := string(file(t, "../plan/testdata/ke-hoach-ubnd.txt"))
	number := regexp.MustCompile(`Số: ?\S+`).FindString(src)
	at := o.hand("ke-hoach.txt", []byte(strings.Replace(src, number, "", 1)), usePlan)
	page := o.page(at)
	has(t, "the page", page, "Máy chưa đọc được thành kế hoạch", "Không tìm thấy số và ký hiệu", "Toàn văn")
	if status, text := o.ask("POST", at+"sua", url.Values{"so": {"77/KH-UBND"}, "ngay": {"7/8/2025"}, "tieu-de": {"Kế hoạch mẫu"}}, nil); status != 200 {
		t.Fatal(text)
	}
	page = o.page(at)
	has(t, "what was corrected", page, `name="so" value="77/KH-UBND"`, `name="ngay" value="7/8/2025"`, `value="Kế hoạch mẫu"`, "Số 77/KH-UBND")
	if strings.Contains(page, "chưa đọc được") {
		t.Error("it cannot be read yet")
	}
	again := startAgain(t, o.dir)
	has(t, "what was corrected before the desk was closed", again.page(again.hand("ke-hoach.txt", []byte(strings.Replace(src, number, "", 1)), usePlan)), `name="so" value="77/KH-UBND"`, "Đây là bản bạn đã sửa trước đây")
	lines := regexp.MustCompile(`(?s)<textarea name="dong"[^>]*>\n(.*?)</textarea>`).FindAllStringSubmatch(page, -1)
	var sent []string
	for _, m := range lines {
		sent = append(sent, strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&amp;", "&").Replace(m[1]))
	}
	if len(sent) < 10 {
		t.Fatalf("%d pieces", len(sent))
	}
	if status, text := o.ask("POST", at+"tao", url.Values{"dong": sent, "ten:i": {"Mục đích mẫu"}, "ten:khong-co": {"Không có"}}, nil); status != 200 {
		t.Fatal(text)
	}
	got := o.read("content/ke-hoach/77-kh-ubnd/" + intake.PlanText)
	if strings.Join(sent, "\n") != got || !strings.Contains(got, "ngày 07 tháng 8 năm 2025") {
		t.Errorf("the text is another than the one that was sent")
	}
	entry := o.read("content/ke-hoach/77-kh-ubnd/_index.md")
	has(t, "the page of the plan", entry, "date: 2025-08-07\n", "short:\n  i: \"Mục đích mẫu\"\n", "draft: true\n")
	if strings.Contains(entry, "khong-co") {
		t.Error(entry)
	}
	o.read(".lienhiep/ban-goc/77-kh-ubnd/ke-hoach.txt")
	has(t, "what is there already", o.page(at), "đã ở trên trang")
	if status, _ := o.ask("POST", at+"tao", url.Values{}, nil); status != 409 {
		t.Error(status)
	}
}

// TestHintsAtTheDesk holds that no finding on an imported file speaks of the command line, of
// files or of keys.
func TestHintsAtTheDesk(t *testing.T) {
	for _, r := range diag.Rules() {
		family, _, _ := strings.Cut(r.Code, "-")
		if !strings.Contains(" office sheet roster plan pdf page ", " "+family+" ") {
			continue
		}
		hint := inDeskWords.Replace(r.Hint.VI)
		if own := hintsAtDesk[r.Code]; own != "" {
			hint = own
		}
		for _, word := range []string{"`", "--", "index.md", "![", ".lienhiep", "front matter", "numbering:", "dòng title"} {
			if strings.Contains(hint, word) {
				t.Errorf("%s tells of %s: %s", r.Code, word, hint)
			}
		}
	}
}
