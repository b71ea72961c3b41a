package report

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/form"
	"lienhiep/internal/markdown"
	"lienhiep/internal/needs"
	"lienhiep/internal/office"
	"lienhiep/internal/plan"
)

var update = flag.Bool("update", false, "write the golden report anew")

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// draft is a report on a small site around a plan.
func draft(t *testing.T, planFile, front string, period Period) *Report {
	t.Helper()
	text, err := os.ReadFile(planFile)
	if err != nil {
		t.Fatal(err)
	}
	entry := func(front string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\n" + front + "\nsources: [{title: Nguồn, url: https://example.org/}]\n---\n")}
	}
	c, findings, err := catalog.Load(fstest.MapFS{
		"content/ke-hoach/k/van-ban.txt": {Data: text},
		"content/ke-hoach/k/_index.md":   {Data: []byte("---\ntitle: Kế hoạch\n" + front + "\n---\n")},
		"content/ten-chinh-thuc.toml":    {Data: []byte("[[renamed]]\nfrom = \"Bình Thuận\"\nto = \"Lâm Đồng\"\nsince = 2025-07-01\n")},
		"content/tin-tuc/khong/index.md": entry("title: Không rõ năm\ndate: 2026-01-01\nscope: province\nplan: [k/ii-1-1]"),
		"content/tin-tuc/chung/index.md": entry("title: Cả nước\ndate: 2026-01-01\nevent: 2022-05-01\nscope: national\nplan: [k/ii-1-1]"),
		"content/tin-tuc/cung/index.md":  entry("title: Tin về đợt\ndate: 2026-01-01\nevent-of: ton-vinh/ba\nplan: [k/ii-1-2]"),
		"content/tin-tuc/mot/index.md":   entry("title: '=HYPERLINK(1) | một & <hai> *ba*'\ndate: 2026-01-01\nevent: 2022-12-24\nplan: [k/ii-1-1, k/ii-2]"),
		"content/tin-tuc/hai/index.md":   entry("title: Việc năm sau\ndate: 2026-01-01\nevent: 2023-01-01\nplan: [k/ii-1-1, k/ii-1-2]"),
		"content/ton-vinh/ba/index.md":   entry("title: Đợt không rõ ngày\ndate: 2026-01-01\nyear: 2022\nlevel: province\nplan: [k/ii-1-2]"),
		"content/hoi-thi/bon/index.md":   entry("title: Hội thi nhiều năm\ndate: 2026-01-01\nperiod: 2022–2023\nplan: [k/ii-1-2]"),
		"content/tri-thuc/nam/index.md":  entry("title: Nguyễn Văn Năm\ndied: 1990\nconsent: {basis: deceased}\nplan: [k/ii-1-2]"),
	}, catalog.Options{Now: day("2026-11-20"), Zone: time.UTC})
	if err != nil || diag.HasErrors(findings) {
		t.Fatal(err, findings)
	}
	return New(c, c.Plans[0], period, day("2026-11-20"), "https://lienhiep.example/")
}

const (
	partyPlan = "../../content/ke-hoach/15-kh-tu/van-ban.txt"
	statePlan = "../plan/testdata/ke-hoach-ubnd.txt"
	recorded  = `tasks: ii
progress:
  - {at: ii-1-1, status: done, lead: [Cơ quan A, Cơ quan B], with: [Cơ quan C], due: 2022-06-30}
  - at: ii-1-2
    status: recurring
    period: Hằng năm
    notes:
      - {date: 2022-03-04, author: Cơ quan A, text: Đã làm., sources: [{title: Bài gốc, url: "https://example.org/goc"}]}
      - {date: 2024-03-04, author: Cơ quan A, text: Ngoài kỳ.}
  - {at: ii-2-1, due: 2022-05-01}`
)

var of2022 = Period{day("2022-01-01"), day("2022-12-31")}

func write(t *testing.T, r *Report, ext string) []byte {
	t.Helper()
	data, err := r.Bytes(ext)
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.Bytes(ext)
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("%s: the same report gives other bytes (%v)", ext, err)
	}
	return data
}

// TestReport compares the whole of a report, as Markdown, with what it was.
func TestReport(t *testing.T) {
	for name, r := range map[string]*Report{
		"party.md": draft(t, partyPlan, recorded, of2022),
		"state.md": draft(t, statePlan, "", Period{day("2023-01-01"), day("2023-12-31")}), // no tasks named
	} {
		got := write(t, r, "md")
		golden := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(golden, got, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("differs from %s; see what changed with -update and git diff:\n%s", golden, got)
		}
	}
}

// TestEveryFormHasTheSameWords reads the report out of Word, Markdown and HTML.
func TestEveryFormHasTheSameWords(t *testing.T) {
	for name, r := range map[string]*Report{"party": draft(t, partyPlan, recorded, of2022), "state": draft(t, statePlan, "", of2022)} {
		want := bare(wordsOf(t, write(t, r, "html")))
		if got := bare(docxText(t, write(t, r, "docx"))); got != want {
			t.Errorf("%s.docx:\n got %s\nwant %s", name, got, want)
		}
		page, err := markdown.HTML(write(t, r, "md"))
		if err != nil {
			t.Fatal(err)
		}
		if got := bare(wordsOf(t, page)); got != want {
			t.Errorf("%s.md:\n got %s\nwant %s", name, got, want)
		}
		for _, e := range []string{"HYPERLINK", "một & <hai> *ba*"} {
			if name == "party" && !strings.Contains(want, bare(e)) {
				t.Errorf("no %q in %s", e, want)
			}
		}
	}
}

// wordsOf is the text of an HTML page's body.
func wordsOf(t *testing.T, page []byte) string {
	t.Helper()
	if _, body, ok := bytes.Cut(page, []byte("<body>")); ok {
		page = body
	}
	var text strings.Builder
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.TextToken:
			text.WriteString(z.Token().Data)
		case html.ErrorToken:
			if z.Err() != io.EOF {
				t.Fatal(z.Err())
			}
			return text.String()
		}
	}
}

// bare drops blanks, the dashes that a form may make into a list, and the bars of tables.
func bare(s string) string {
	return strings.NewReplacer("-", "", "\u00a0", "", "|", "").Replace(strings.Join(strings.Fields(s), ""))
}

func TestSpreadsheetRowsAreTextAndComplete(t *testing.T) {
	data := write(t, draft(t, partyPlan, recorded, of2022), "csv")
	text, ok := strings.CutPrefix(string(data), form.ByteOrderMark)
	if !ok {
		t.Error("Excel will not take it for UTF-8")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	deeds := map[string]int{}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("a spreadsheet takes %q for a formula", cell)
			}
		}
		if row[6] == "việc đã làm" {
			deeds[row[0]]++
		}
	}
	if deeds["II.1.1"] != 1 || deeds["II.1.2"] != 2 || deeds["II.2"] != 1 {
		t.Errorf("deeds %v", deeds)
	}
}

// TestTheFormIsThatOfTheHouse reads the sizes of the letters, in half points, and the lines
// that are drawn out of the Word document.
func TestTheFormIsThatOfTheHouse(t *testing.T) {
	for name, c := range map[string]struct {
		plan  string
		sizes map[string]string // of styles, with "b" where they are bold
		rules int
	}{
		"36-HD/VPTW, annex 3": {partyPlan, map[string]string{"Tiêu ngữ, tiêu đề": "30b", "Cơ quan cấp trên": "28", "Cơ quan báo cáo": "28b", "Số, ký hiệu": "28", "Địa danh, ngày": "28", "Tên loại": "32b", "Trích yếu": "30b", "Lời văn": "28"}, 1},
		"30/2020/NĐ-CP":       {statePlan, map[string]string{"Quốc hiệu": "24b", "Tiêu ngữ, tiêu đề": "26b", "Cơ quan cấp trên": "26", "Cơ quan báo cáo": "26b", "Số, ký hiệu": "26", "Địa danh, ngày": "26", "Tên loại": "28b", "Trích yếu": "28b"}, 3},
	} {
		data := write(t, draft(t, c.plan, "", of2022), "docx")
		styles, document := part(t, data, "word/styles.xml"), part(t, data, "word/document.xml")
		for style, want := range c.sizes {
			_, after, found := strings.Cut(styles, `<w:name w:val="`+style+`"/>`)
			this, _, _ := strings.Cut(after, "</w:style>")
			size := regexp.MustCompile(`<w:sz w:val="(\d+)"/>`).FindStringSubmatch(this)
			if !found || len(size) == 0 || size[1] != strings.TrimSuffix(want, "b") || strings.Contains(this, "<w:b/>") != strings.HasSuffix(want, "b") {
				t.Errorf("%s: %s is not %s: %s", name, style, want, this)
			}
		}
		page := string(write(t, draft(t, c.plan, "", of2022), "html"))
		for words, style := range map[string]string{"Độc lập - Tự do - Hạnh phúc": "Tiêu ngữ, tiêu đề", "ĐẢNG CỘNG SẢN VIỆT NAM": "Tiêu ngữ, tiêu đề", "[CƠ QUAN CẤP TRÊN]": "Cơ quan cấp trên", "BÁO CÁO</h1>": "Tên loại"} {
			if at := strings.Index(page, words); at >= 0 {
				size, _ := strconv.Atoi(strings.TrimSuffix(c.sizes[style], "b"))
				if want := fmt.Sprintf("font-size:%gpt", float64(size)/2); !strings.Contains(page[at-60:at], want) {
					t.Errorf("%s: %q is not of %s on the page: %s", name, words, want, page[at-60:at])
				}
			}
		}
		if n := strings.Count(document, `<w:pBdr>`); n != c.rules || strings.Contains(document, "———") {
			t.Errorf("%s: %d lines are drawn, want %d", name, n, c.rules)
		}
	}
	// As long as the words: of the name of the Party in bold letters of 15 points.
	if width := form.NewRuler().Width("ĐẢNG CỘNG SẢN VIỆT NAM", form.FaceOf(plan.Motto, form.OfParty)); width < 190 || width > 230 {
		t.Errorf("the Party's name is %.0f points wide", width)
	}
}

// part is a part of a Word document.
func part(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(z, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestWhatIsMissingIsNamedOnce looks for gaps, of which the annex alone tells.
func TestWhatIsMissingIsNamedOnce(t *testing.T) {
	r := draft(t, partyPlan, recorded, of2022)
	text := string(write(t, r, "md"))
	body, annex, _ := strings.Cut(text, "## PHỤ LỤC")
	for _, gap := range []string{"II.2.1", "II.5.3", "Không rõ năm", "chưa có báo cáo", "Chưa có báo cáo"} {
		if strings.Contains(body, gap) {
			t.Errorf("the text before the annex names %s", gap)
		}
	}
	for _, row := range []string{"Chưa có báo cáo về tình trạng | II.2.1; II.2.2;", "Trong kỳ chưa ghi lại được việc đã làm | II.2.1;", "Quá thời hạn mà chưa xong | II.2.1 (01/5/2022) |", "Không rõ thời gian nên chưa tính | Không rõ năm (II.1.1) |"} {
		if strings.Count(annex, row) != 1 {
			t.Errorf("the annex names %q %d times:\n%s", row, strings.Count(annex, row), annex)
		}
	}
	for _, want := range []string{"Lâm Đồng, ngày …", "## I. TÌNH HÌNH\n", "## II. KẾT QUẢ NỔI BẬT\n", "## III. HẠN CHẾ VÀ NGUYÊN NHÂN\n", "## IV. PHƯƠNG HƯỚNG, NHIỆM VỤ\n"} {
		if strings.Count(body, want) != 1 {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(text, "Cả nước") || strings.Contains(text, "Tin về đợt") {
		t.Error("it tells of what does not count, or of one event twice")
	}
}

// TestTheReportCountsWhatTheSiteCounts compares the numbers with those of the catalogue.
func TestTheReportCountsWhatTheSiteCounts(t *testing.T) {
	r := draft(t, partyPlan, recorded, Period{day("2021-04-05"), day("2026-11-20")})
	if len(r.Deeds) != 4 || len(r.Undated) != 1 {
		t.Errorf("%d deeds, %d undated", len(r.Deeds), len(r.Undated))
	}
	listed := map[*Deed]bool{}
	for _, u := range r.Units {
		for _, d := range u.Whole {
			listed[d] = true
		}
	}
	if rows := r.deeds().rows; len(listed) != len(r.Deeds) || len(rows) != 1+len(r.Deeds)+2 {
		t.Errorf("%d deeds are listed by task, %d rows in the annex, of %d", len(listed), len(rows), len(r.Deeds))
	}
}

func TestUnknownFormIsRefused(t *testing.T) {
	if _, err := draft(t, partyPlan, "", of2022).Bytes("pdf"); err == nil {
		t.Error("it writes what it cannot")
	}
}

// TestLibreOfficePrintsTheReport converts the Word document to PDF and finds all
// its words there, on A4.
func TestLibreOfficePrintsTheReport(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Writer, needs.PDFText, needs.PDFInfo)
	dir := t.TempDir()
	r := draft(t, partyPlan, recorded, of2022)
	docx := write(t, r, "docx")
	file := filepath.Join(dir, "bao-cao.docx")
	if err := os.WriteFile(file, docx, 0o666); err != nil {
		t.Fatal(err)
	}
	run(t, needs.Writer.Path(t), "--headless", "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--convert-to", "pdf", "--outdir", dir, file)
	pdf := filepath.Join(dir, "bao-cao.pdf")
	if info := run(t, needs.PDFInfo.Path(t), pdf); !strings.Contains(info, "A4") {
		t.Errorf("not on A4:\n%s", info)
	}
	// Without the margins, where the pages are numbered.
	printed := bare(run(t, needs.PDFText.Path(t), "-enc", "UTF-8", "-x", "0", "-y", "50", "-W", "600", "-H", "745", pdf, "-"))
	// A table's cells and the two columns of the heading may be read in another order.
	for line := range strings.Lines(strings.NewReplacer("|", "\n", "    ", "\n").Replace(docxText(t, docx))) {
		if line = bare(line); !strings.Contains(printed, line) {
			t.Errorf("not printed: %s\nin %s", line, printed)
		}
	}
}

// docxText reads a Word document back.
func docxText(t *testing.T, data []byte) string {
	t.Helper()
	doc, findings := office.Read("docx", data)
	if doc == nil {
		t.Fatal(findings[0].Message(diag.English))
	}
	text, _ := doc.Text()
	return text
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}
