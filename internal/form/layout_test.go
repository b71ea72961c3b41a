package form

import (
	"archive/zip"
	"bytes"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"lienhiep/internal/needs"
	"lienhiep/internal/pdf"
)

// ofEither are a document of the State and one of the Party, with an attachment and a table.
var ofEither = map[House]string{
	OfState: `BỘ MẪU
CỤC THỬ
Số: 1/QĐ-CT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mẫu, ngày 1 tháng 2 năm 2021

QUYẾT ĐỊNH
Ban hành Quy chế tủ sách

CỤC TRƯỞNG CỤC THỬ

Căn cứ Luật Thư viện;

QUYẾT ĐỊNH:

Điều 1. Ban hành Quy chế.
| Xã | Sách |
| Mẫu | 12 |

Nơi nhận:
- Các sở.
KT. CỤC TRƯỞNG
PHÓ CỤC TRƯỞNG
Trần Văn Mẫu

QUY CHẾ
Tủ sách
(Ban hành kèm theo Quyết định số 1/QĐ-CT)

Điều 1. Được mượn sách.
`,
	OfParty: `TỈNH ỦY MẪU
BAN TUYÊN GIÁO
*
Số 1-KH/BTGTU
ĐẢNG CỘNG SẢN VIỆT NAM
Mẫu, ngày 1 tháng 2 năm 2021

KẾ HOẠCH
về tủ sách
-----

- Căn cứ Điều lệ Đảng;

I- MỤC ĐÍCH
1- Mua sách.

Nơi nhận:
- Các ban.
T/M BAN TUYÊN GIÁO
PHÓ TRƯỞNG BAN
Trần Văn Mẫu
`}

// TestSizesOfEitherHouse reads the sizes of the letters out of both forms for print, and
// compares them with what the two houses prescribe, in points.
func TestSizesOfEitherHouse(t *testing.T) {
	for h, want := range map[House]map[string][2]float64{ // words → least and most
		OfState: {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": {12, 13}, "Độc lập - Tự do - Hạnh phúc": {13, 14}, "BỘ MẪU": {12, 13}, "CỤC THỬ": {12, 13}, "Số: 1/QĐ-CT": {13, 13},
			"Mẫu, ngày 1 tháng 2 năm 2021": {13, 14}, "QUYẾT ĐỊNH": {13, 14}, "Ban hành Quy chế tủ sách": {13, 14}, "Căn cứ Luật Thư viện;": {13, 14}, "Điều 1. Ban hành Quy chế.": {13, 14},
			"KT. CỤC TRƯỞNG": {13, 14}, "PHÓ CỤC TRƯỞNG": {13, 14}, "Trần Văn Mẫu": {13, 14}, "Nơi nhận:": {12, 12}, "- Các sở.": {11, 11}, "QUY CHẾ": {13, 14}, "(Ban hành kèm theo Quyết định số 1/QĐ-CT)": {13, 14}},
		OfParty: {"ĐẢNG CỘNG SẢN VIỆT NAM": {15, 15}, "TỈNH ỦY MẪU": {14, 14}, "BAN TUYÊN GIÁO": {14, 14}, "Số 1-KH/BTGTU": {14, 14}, "Mẫu, ngày 1 tháng 2 năm 2021": {14, 14},
			"KẾ HOẠCH": {15, 16}, "về tủ sách": {14, 15}, "1- Mua sách.": {14, 15}, "T/M BAN TUYÊN GIÁO": {14, 14}, "PHÓ TRƯỞNG BAN": {14, 14}, "Nơi nhận:": {14, 14}, "- Các ban.": {12, 12}},
	} {
		d := parse(t, []byte(ofEither[h]))
		if HouseOf(d) != h {
			t.Errorf("%s is taken for another house's", d.Number)
		}
		all := files(t, edition("x", d))
		printed, word := sizesOfPDF(t, all["x.pdf"]), sizesOfWord(t, all["x.docx"])
		for words, bounds := range want {
			for form, got := range map[string]float64{"PDF": printed[words], "Word": word[words]} {
				if got < bounds[0] || got > bounds[1] {
					t.Errorf("%s: “%s” is set in %v points, not %v to %v", form, words, got, bounds[0], bounds[1])
				}
			}
		}
	}
}

// sizesOfPDF are the sizes of the lines of a file's pages.
func sizesOfPDF(t *testing.T, data []byte) map[string]float64 {
	t.Helper()
	f, err := pdf.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	sizes, text := map[string]float64{}, ""
	var last pdf.Run
	for _, r := range f.Runs() {
		if r.Artifact {
			continue
		}
		if r.Y != last.Y || r.Page != last.Page || r.X < last.X {
			text = ""
		}
		text += r.Text
		sizes[strings.TrimSpace(text)] = math.Round(10*r.Size) / 10
		last = r
	}
	return sizes
}

// sizesOfWord are the sizes of a file's paragraphs.
func sizesOfWord(t *testing.T, data []byte) map[string]float64 {
	t.Helper()
	ofStyle := map[string]float64{}
	for _, m := range regexp.MustCompile(`(?s)w:styleId="(S\d+)".*?<w:sz w:val="(\d+)"/>`).FindAllStringSubmatch(partOf(t, data, "word/styles.xml"), -1) {
		half, _ := strconv.ParseFloat(m[2], 64)
		ofStyle[m[1]] = half / 2
	}
	sizes := map[string]float64{}
	for _, m := range regexp.MustCompile(`<w:pStyle w:val="(S\d+)"/></w:pPr>(?:<w:bookmark\w+ [^>]*>)*(?:<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">([^<]*)</w:t></w:r>)?<w:r><w:t xml:space="preserve">(.*?)</w:t>`).FindAllStringSubmatch(wordBody(t, data), -1) {
		sizes[m[2]+m[3]] = ofStyle[m[1]]
	}
	return sizes
}

func wordBody(t *testing.T, data []byte) string {
	return strings.ReplaceAll(partOf(t, data, "word/document.xml"), "<w:pageBreakBefore/>", "")
}

func partOf(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestLinesBelowTheHead measures the lines that are drawn: as long as the motto, a third to
// a half of the issuer's name and the title of the State's; none where the text draws its own.
func TestLinesBelowTheHead(t *testing.T) {
	for h, want := range map[House]map[string][2]float64{
		OfState: {"Độc lập - Tự do - Hạnh phúc": {.95, 1.05}, "CỤC THỬ": {.33, .5}, "Ban hành Quy chế tủ sách": {.33, .5}},
		OfParty: {"ĐẢNG CỘNG SẢN VIỆT NAM": {.95, 1.05}},
	} {
		d := parse(t, []byte(ofEither[h]))
		all := files(t, edition("x", d))
		f, err := pdf.Open(all["x.pdf"])
		if err != nil {
			t.Fatal(err)
		}
		lines := 0
		for _, l := range f.Lines() {
			if l.Page == 1 && l.Across() && l.Bottom > 600 {
				lines++
			}
		}
		if rules := strings.Count(wordBody(t, all["x.docx"]), "<w:pBdr>"); lines != len(want) || rules != len(want) {
			t.Errorf("%d lines in the PDF, %d in Word, want %d", lines, rules, len(want))
		}
		for words, bounds := range want {
			low, high, base := extent(f, words)
			found := false
			for _, l := range f.Lines() {
				share := (l.Right - l.Left) / (high - low)
				found = found || l.Page == 1 && math.Abs((l.Left+l.Right)-(low+high)) < 4 && l.Top < base && base-l.Top < 8 && bounds[0] <= share && share <= bounds[1]
			}
			if !found {
				t.Errorf("no such line below “%s”", words)
			}
		}
	}
	ruled := parse(t, []byte(strings.Replace(ofEither[OfState], "Hạnh phúc\n", "Hạnh phúc\n-----\n", 1)))
	if got := strings.Count(wordBody(t, files(t, edition("x", ruled))["x.docx"]), "<w:pBdr>"); got != 2 {
		t.Errorf("%d lines drawn where the text has one of three", got)
	}
}

// extent is where a line of words stands on the first page.
func extent(f *pdf.File, words string) (low, high, base float64) {
	text := ""
	var last pdf.Run
	for _, r := range f.Runs() {
		if r.Y != last.Y || r.X < last.X {
			text, low = "", r.X
		}
		text += r.Text
		last = r
		if strings.TrimSpace(text) == words {
			return low, r.X + r.Width, r.Y
		}
	}
	return 0, 0, 0
}

// TestArticlesAreNumberedInBold holds that for articles without a heading, in both forms.
func TestArticlesAreNumberedInBold(t *testing.T) {
	all := files(t, edition("x", parse(t, []byte(ofEither[OfState]))))
	if !strings.Contains(wordBody(t, all["x.docx"]), `<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">Điều 1. </w:t></w:r><w:r><w:t xml:space="preserve">Ban hành Quy chế.</w:t></w:r>`) {
		t.Error("Word: no bold number")
	}
	f, err := pdf.Open(all["x.pdf"])
	if err != nil {
		t.Fatal(err)
	}
	bold := map[string]bool{}
	for _, r := range f.Runs() {
		if r.Page == 1 && r.Y < 600 {
			bold[strings.TrimSpace(r.Text)] = strings.Contains(strings.ToLower(r.Font), "serifb") || strings.Contains(r.Font, "Bold")
		}
	}
	if !bold["Điều"] || !bold["1."] || bold["Ban"] {
		t.Errorf("PDF: %v", bold)
	}
}

// TestAttachmentsBeginAPage holds that for both forms for print, with a head or without.
func TestAttachmentsBeginAPage(t *testing.T) {
	plain := ofEither[OfState]
	headed := strings.Replace(plain, "QUY CHẾ\nTủ", "BỘ MẪU\nCỤC THỬ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nQUY CHẾ\nTủ", 1)
	for name, src := range map[string]string{"plain": plain, "headed": headed} {
		all := files(t, edition("x", parse(t, []byte(src))))
		if n := strings.Count(partOf(t, all["x.docx"], "word/document.xml"), "<w:pageBreakBefore/>"); n != 1 {
			t.Errorf("%s: %d new pages in Word", name, n)
		}
		f, err := pdf.Open(all["x.pdf"])
		if err != nil || f.Pages != 2 {
			t.Errorf("%s: %d pages, %v", name, f.Pages, err)
		}
	}
}

// TestLibreOfficeBeginsAPage holds that an attachment with a head of its own, which is a
// table in Word, begins a page.
func TestLibreOfficeBeginsAPage(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Writer)
	dir := t.TempDir()
	src := strings.Replace(ofEither[OfState], "QUY CHẾ\nTủ", "BỘ MẪU\nCỤC THỬ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nQUY CHẾ\nTủ", 1)
	file := filepath.Join(dir, "x.docx")
	if err := os.WriteFile(file, files(t, edition("x", parse(t, []byte(src))))["x.docx"], 0o666); err != nil {
		t.Fatal(err)
	}
	output(t, needs.Writer.Path(t), "--headless", "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--convert-to", "pdf", "--outdir", dir, file)
	data, err := os.ReadFile(filepath.Join(dir, "x.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := pdf.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	_, second, _ := strings.Cut(f.Text(), "\f")
	if f.Pages != 2 || strings.Count(second, "CỤC THỬ") != 1 {
		t.Errorf("%d pages, the second\n%s", f.Pages, second)
	}
}

// TestTablesAreTagged holds that a table's rows and cells are such to a reader that speaks.
func TestTablesAreTagged(t *testing.T) {
	data := string(files(t, edition("x", parse(t, []byte(ofEither[OfState]))))["x.pdf"])
	elements := map[string]string{} // object → its dictionary
	for _, m := range regexp.MustCompile(`(?m)^(\d+) 0 obj\n(<</Type /StructElem .*>>)$`).FindAllStringSubmatch(data, -1) {
		elements[m[1]] = m[2]
	}
	count := map[string]int{}
	within := map[string]string{"TR": "/S /Table", "TH": "/S /TR", "TD": "/S /TR"}
	for number, e := range elements {
		m := regexp.MustCompile(`/S /(\w+) /P (\d+) 0 R`).FindStringSubmatch(e)
		count[m[1]]++
		if up := within[m[1]]; up != "" && (!strings.Contains(elements[m[2]], up) || !regexp.MustCompile(`/K \[[^]]*\b`+number+` 0 R`).MatchString(elements[m[2]])) {
			t.Errorf("%s stands in %s", e, elements[m[2]])
		}
	}
	if count["Table"] != 1 || count["TR"] != 2 || count["TH"] != 2 || count["TD"] != 2 {
		t.Errorf("%v", count)
	}
}
