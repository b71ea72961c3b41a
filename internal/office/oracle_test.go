package office

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/xuri/excelize/v2"

	"lienhiep/internal/needs"
	"lienhiep/internal/plan"
)

// The files of testdata/libreoffice were made by LibreOffice Writer and Calc out of
// the sources beside them (bai.fodt, danh-sach.fods), and are made anew by these
// tests where LibreOffice is installed; pandoc and LibreOffice then read what we
// read.

// libreOffice converts files to the format, and returns where the results lie.
func libreOffice(t *testing.T, format string, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	args := append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(dir) + "/profile", "--headless", "--convert-to", format, "--outdir", dir}, files...)
	if out, err := exec.Command(needs.Writer.Path(t), args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// article reads a Word file as an article, its title as a heading.
func article(t testing.TB, name string, data []byte) string {
	t.Helper()
	doc, findings := Read(name, data)
	if doc == nil {
		t.Fatal(listed(findings))
	}
	a, _ := doc.Article(Reading{ToFill: "CẦN ĐIỀN"})
	return "# " + a.Title + "\n\n" + a.Markdown
}

// TestLibreOfficeArticle reads what LibreOffice writes as Word, of its own documents and
// of pages of the web.
func TestLibreOfficeArticle(t *testing.T) {
	for _, name := range []string{"bai", "tu-web", "co-quan"} {
		golden := "testdata/libreoffice/" + name + ".md"
		got := article(t, name+".docx", file(t, "testdata/libreoffice/"+name+".docx"))
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if want := string(file(t, golden)); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// TestLibreOfficeArticleAnew reads what the LibreOffice of this machine writes.
func TestLibreOfficeArticleAnew(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Writer)
	for name, from := range map[string][]string{"bai": {"testdata/libreoffice/bai.fodt"}, "tu-web": {"--infilter=HTML (StarWriter)", "testdata/libreoffice/tu-web.html"}, "co-quan": {"--infilter=HTML (StarWriter)", "testdata/libreoffice/co-quan.html"}} {
		dir := libreOffice(t, "docx:MS Word 2007 XML", from...)
		want := string(file(t, "testdata/libreoffice/"+name+".md"))
		if got := article(t, name+".docx", file(t, filepath.Join(dir, name+".docx"))); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// words are the words and numbers of a text, in order; signs and layout are not.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func sameWords(t *testing.T, got, want string) {
	t.Helper()
	a, b := words(got), words(want)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("word %d: got %q, want %q", i, a[max(0, i-5):min(len(a), i+5)], b[max(0, i-5):min(len(b), i+5)])
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d words, want %d", len(a), len(b))
	}
}

func pandoc(t *testing.T, from string, input []byte) string {
	t.Helper()
	cmd := exec.Command(needs.Pandoc.Path(t), "-f", from, "-t", "plain", "--wrap=none")
	cmd.Stdin = bytes.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestPandocReadsTheSame gives pandoc the Word file, and the Markdown that we made
// of it, and wants the same words in the same order, but for three differences:
//   - pandoc takes the title for the document's own and leaves it out;
//   - a heading over two columns stands in both of ours ("Số người – Nam");
//   - pandoc knows no caption, so that the picture's description is all.
func TestPandocReadsTheSame(t *testing.T) {
	needs.Ask(t, needs.Pandoc)
	data := file(t, "testdata/libreoffice/bai.docx")
	_, body, _ := strings.Cut(article(t, "bai.docx", data), "\n\n")
	got := pandoc(t, "gfm+footnotes", []byte(strings.Replace(body, "Số người – Nữ", "Nữ", 1)))
	sameWords(t, got, pandoc(t, "docx", data))
	data = file(t, "testdata/libreoffice/tu-web.docx")
	_, body, _ = strings.Cut(article(t, "tu-web.docx", data), "\n\n")
	_, want, _ := strings.Cut(pandoc(t, "docx", data), "\n\n") // the title is a heading there
	// What is raised or lowered is characters with us, and digits with pandoc.
	sameWords(t, strings.NewReplacer("⁶", "6", "₂", "2").Replace(pandoc(t, "gfm", []byte(body))), want)
}

// TestLibreOfficeNumbers has LibreOffice write Word's numbered paragraphs as text,
// which it does with the labels that it would draw. Signs of bullets are its own;
// and it does not know w:isLgl, by which Word writes "1.1." below "I.".
func TestLibreOfficeNumbers(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Writer)
	signed, findings := plan.Parse("van-ban.txt", file(t, "../../content/ke-hoach/15-kh-tu/van-ban.txt"))
	if signed == nil {
		t.Fatal(listed(findings))
	}
	lists, err := txtar.ParseFile("testdata/word/lists.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := range lists.Files {
		lists.Files[i].Data = bytes.ReplaceAll(lists.Files[i].Data, []byte("<w:isLgl/>"), nil)
	}
	in := t.TempDir()
	var names []string
	for name, data := range map[string][]byte{"plan.docx": planInWord(t, signed), "lists.docx": caseFile(t, lists)} {
		names = append(names, filepath.Join(in, name))
		if err := os.WriteFile(filepath.Join(in, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(names)
	out := libreOffice(t, "txt:Text (encoded):UTF8", names...)
	for _, name := range names {
		doc, findings := Read(name, file(t, name))
		if doc == nil {
			t.Fatal(listed(findings))
		}
		got, _ := doc.Text()
		want := file(t, filepath.Join(out, strings.TrimSuffix(filepath.Base(name), ".docx")+".txt"))
		t.Run(filepath.Base(name), func(t *testing.T) { sameWords(t, got, string(want)) })
	}
}

// TestLibreOfficeSheet reads what LibreOffice writes as Excel: a day shown in the
// order of the United States, one typed as text, a name in an old font.
func TestLibreOfficeSheet(t *testing.T) {
	sameSheet(t, file(t, "testdata/libreoffice/danh-sach.xlsx"))
}

func TestLibreOfficeSheetAnew(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Writer, needs.Calc)
	sameSheet(t, file(t, filepath.Join(libreOffice(t, "xlsx", "testdata/libreoffice/danh-sach.fods"), "danh-sach.xlsx")))
}

func sameSheet(t *testing.T, data []byte) {
	t.Helper()
	sheet, findings := ReadSheet("danh-sach.xlsx", data, people, Choice{})
	if sheet == nil {
		t.Fatal(listed(findings))
	}
	var got []string
	for _, r := range sheet.Rows {
		got = append(got, r.Cells["title"].Text+"|"+r.Cells["born"].Text+"|"+r.Cells["birthplace"].Text)
	}
	want := []string{"Nguyễn Văn A|1950-02-01|Bình Thuận", "Trần Thị B|1951-04-05|Phan Thiết\nBình Thuận"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestExcelizeReadsTheSame gives another reader of Excel what we read, and wants the
// same cells.
func TestExcelizeReadsTheSame(t *testing.T) {
	books := [][]byte{file(t, "testdata/libreoffice/danh-sach.xlsx")}
	for seed := range uint64(20) {
		data, _ := bookOf(t, rand.New(rand.NewPCG(seed, 1)))
		books = append(books, data)
	}
	for _, data := range books {
		ours, err := openWorkbook("ds.xlsx", data)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range ours.sheets {
			for y, line := range s.rows {
				for x, c := range line {
					m := slices.IndexFunc(s.merges, func(a area) bool { return a.holds(x, y) })
					if m >= 0 && (s.merges[m].left != x || s.merges[m].top != y) {
						continue // it shows the corner's everywhere
					}
					want, err := theirs.GetCellValue(s.name, cellName(x, y))
					if err != nil || tidyCell(want) != c.text {
						t.Errorf("%s!%s: got %q, want %q %v", s.name, cellName(x, y), c.text, want, err)
					}
				}
			}
		}
		if err := theirs.Close(); err != nil {
			t.Error(err)
		}
	}
}
