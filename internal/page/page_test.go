package page_test

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/encoding/charmap"

	"lienhiep/internal/diag"
	"lienhiep/internal/form"
	"lienhiep/internal/growth"
	"lienhiep/internal/needs"
	"lienhiep/internal/page"
	"lienhiep/internal/plan"
)

var update = flag.Bool("update", false, "write the golden files anew")

const realFile = "../../content/ke-hoach/15-kh-tu/van-ban.txt"

func read(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// documents are the real plan and invented documents of each form, by name.
func documents(t testing.TB) map[string]*plan.Document {
	t.Helper()
	files := []string{realFile}
	for _, pattern := range []string{"../plan/testdata/*.txt", "../plan/testdata/cases/*.txt"} {
		more, err := filepath.Glob(pattern)
		if err != nil || len(more) == 0 {
			t.Fatal("no documents", err)
		}
		files = append(files, more...)
	}
	all := map[string]*plan.Document{}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".txt")
		if f == realFile {
			name = "15-kh-tu"
		}
		d, findings := plan.Parse(f, read(t, f))
		if d == nil {
			t.Fatalf("%s: %s", f, findings[0].Message(diag.English))
		}
		all[name] = d
	}
	return all
}

// files are the forms that the site gives a document out in.
func files(t *testing.T, d *plan.Document, name string) map[string][]byte {
	t.Helper()
	all, err := form.Files(&form.Edition{Document: d, Name: name, Date: d.Date, URL: "https://example.org/ke-hoach/" + name + "/",
		Schema: "https://example.org/schema.json", Library: func(string) string { return "" }})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// outline is all that a document says, in order, and its tree.
func outline(d *plan.Document) string {
	var b strings.Builder
	line := func(words ...string) { b.WriteString(strings.Join(words, " | ") + "\n") }
	line(d.ID, d.Type, d.Number, d.Whose, d.Title, d.Place, d.Date, d.Signature.Authority, d.Signature.Position, d.Signature.Name)
	line(d.Preamble...)
	line(d.Recipients...)
	var walk func(ps []*plan.Provision)
	walk = func(ps []*plan.Provision) {
		for _, p := range ps {
			line(p.ID, string(p.Kind), p.Label, p.Text)
			for _, s := range p.Paragraphs {
				if s.Text != "" {
					line("¶", s.Text)
				}
				for _, row := range s.Table {
					line(append([]string{"row"}, row...)...)
				}
				walk(s.Quoted)
			}
			walk(p.Children)
		}
	}
	walk(d.Provisions)
	for _, a := range d.Attachments {
		b.WriteString(outline(a))
	}
	return b.String()
}

// document reads a PDF file as a document.
func document(t *testing.T, data []byte) *plan.Document {
	t.Helper()
	text, findings := page.Text("f.pdf", data)
	if text == "" {
		t.Fatalf("refused: %s", findings[0].Message(diag.English))
	}
	d, findings := plan.Parse("van-ban.txt", []byte(text))
	if d == nil {
		t.Fatalf("line %d: %s\n%s", findings[0].Pos.Line, findings[0].Message(diag.English), text)
	}
	return d
}

func sameDocument(t *testing.T, got, want *plan.Document) {
	t.Helper()
	a, b := strings.Split(outline(got), "\n"), strings.Split(outline(want), "\n")
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			t.Fatalf("line %d of the outline\n got %q\nwant %q", i, a[min(i, len(a)-1)], b[min(i, len(b)-1)])
		}
	}
}

// TestOwnFiles reads the PDF files that the site gives out.
func TestOwnFiles(t *testing.T) {
	for name, d := range documents(t) {
		t.Run(name, func(t *testing.T) { sameDocument(t, document(t, files(t, d, name)[name+".pdf"]), d) })
	}
}

// TestLibreOffice reads what LibreOffice makes of Word files, and of documents that are set
// as offices set them, and compares its words with those that another reader of PDF finds.
func TestLibreOffice(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Writer, needs.PDFText)
	dir := t.TempDir()
	all := documents(t)
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir()), "--convert-to", "pdf", "--outdir", dir}
	for name, d := range all {
		file := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(file, files(t, d, name)[name+".docx"], 0o666); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	for _, name := range set {
		args = append(args, "testdata/"+name+".fodt")
		all[name], _ = plan.Parse(name, read(t, "testdata/"+name+".txt"))
	}
	if out, err := exec.Command(needs.Writer.Path(t), args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, d := range all {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(dir, name+".pdf")
			sameDocument(t, document(t, read(t, file)), d)
			text, _ := page.Text(file, read(t, file))
			out, err := exec.Command(needs.PDFText.Path(t), "-layout", file, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			others := map[rune]int{}
			for _, r := range string(out) {
				others[r]++
			}
			for _, r := range strings.NewReplacer(" ", "", "\n", "", "\t", "", "|", "").Replace(text) {
				if others[r]--; others[r] == -1 {
					t.Errorf("%q is there more often than in the file", r)
				}
			}
		})
	}
}

// set are documents of LibreOffice's, set as offices set them: two columns in the head,
// between no lines or by tabs; paragraphs that are indented or stand apart; a table with
// merged cells over two pages; page numbers, and a file's name at the foot.
var set = []string{"quyet-dinh-ke-hoach", "huong-dan"}

func TestSetByOffices(t *testing.T) {
	for _, name := range set {
		text, findings := page.Text(name, read(t, "testdata/"+name+".pdf"))
		for _, f := range findings {
			text += "\n" + f.Code + ": " + f.Message(diag.English) + "\n"
		}
		golden := "testdata/" + name + ".txt"
		text, told, _ := strings.Cut(text, "\n\n"+findings[0].Code)
		if *update {
			if err := os.WriteFile(golden, []byte(text+"\n"), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if want := string(read(t, golden)); text+"\n" != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, text, want)
		}
		want := map[string]string{
			"quyet-dinh-ke-hoach": "“2”, “3”, “4”, “TT Nội dung công việc Kinh phí (triệu đồng) Ghi chú”, “Năm 2023 Năm 2024”.",
			"huong-dan":           `“D:\Van thu\2022\HD 46.doc”.`,
		}[name]
		if !strings.HasSuffix(strings.TrimSpace(told), want) {
			t.Errorf("%s: told %s", name, told)
		}
		if d, findings := plan.Parse(name, []byte(text)); d == nil {
			t.Errorf("%s: %v", name, findings)
		}
	}
}

// paper is a file of one page with a font that has all letters.
func paper() *fpdf.Fpdf {
	p := fpdf.New("P", "pt", "A4", "")
	p.AddUTF8FontFromBytes("L", "", bytes.Clone(liberationserifregular.TTF))
	p.SetFont("L", "", 14)
	p.AddPage()
	return p
}

func output(t *testing.T, p *fpdf.Fpdf) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// words are lines of a document's text.
var words = []string{"Kế hoạch phát triển đội ngũ trí thức của tỉnh", "Thực hiện Chỉ thị số 42-CT/TW của Bộ Chính trị", "Các cấp ủy lãnh đạo, chỉ đạo thực hiện"}

func write(p *fpdf.Fpdf) {
	for i, line := range words {
		p.Text(85, 100+float64(i)*20, line)
	}
}

// scan puts a picture over a page.
func scan(t *testing.T, p *fpdf.Fpdf) {
	t.Helper()
	dot := image.NewGray(image.Rect(0, 0, 4, 4))
	dot.Set(1, 1, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, dot); err != nil {
		t.Fatal(err)
	}
	p.RegisterImageOptionsReader("scan", fpdf.ImageOptions{ImageType: "PNG"}, &b)
	p.ImageOptions("scan", 0, 0, 595, 842, false, fpdf.ImageOptions{}, 0, "")
}

// TestWhatIsTold says what becomes of files that cannot be read as they are.
func TestWhatIsTold(t *testing.T) {
	for name, test := range map[string]struct {
		file         func(*fpdf.Fpdf) []byte
		told, absent string // in the text
	}{
		"nothing odd":    {func(p *fpdf.Fpdf) []byte { write(p); return output(t, p) }, "", ""},
		"damaged":        {func(*fpdf.Fpdf) []byte { return []byte("%PDF-1.7\n") }, "pdf-damaged", ""},
		"a password":     {func(p *fpdf.Fpdf) []byte { write(p); p.SetProtection(0, "a", "b"); return output(t, p) }, "pdf-password", ""},
		"pictures alone": {func(p *fpdf.Fpdf) []byte { scan(t, p); p.AddPage(); scan(t, p); return output(t, p) }, "pdf-scanned: The PDF file is a scan and holds no text: pages 1–2.", ""},
		"a picture among pages": {func(p *fpdf.Fpdf) []byte {
			write(p)
			p.AddPage()
			scan(t, p)
			p.AddPage()
			write(p)
			return output(t, p)
		},
			"pdf-scanned: The PDF file is a scan and holds no text: pages 2.", ""},
		"an empty page among pages": {func(p *fpdf.Fpdf) []byte { write(p); p.AddPage(); p.AddPage(); write(p); return output(t, p) }, "", ""},
		"recognised":                {func(p *fpdf.Fpdf) []byte { scan(t, p); p.RawWriteStr("3 Tr\n"); write(p); return output(t, p) }, "pdf-recognised", ""},
		"letters that are not named": {func(p *fpdf.Fpdf) []byte {
			write(p)
			return bytes.ReplaceAll(output(t, p), []byte("/ToUnicode"), []byte("/Tounicode"))
		}, "pdf-letters", ""},
		"letters that make no words": {func(p *fpdf.Fpdf) []byte {
			p.SetFont("Times", "", 14)
			for i := range 4 {
				p.Text(85, 100+float64(i)*20, "Xqzkr Wjkt Bvcxz Ghqwp")
			}
			return output(t, p)
		}, "pdf-words", ""},
		"an old encoding": {func(p *fpdf.Fpdf) []byte {
			p.SetFont("Times", "", 14)
			old, err := charmap.Windows1252.NewEncoder().String("KÕ ho¹ch ph¸t triÓn ®éi ngò trÝ thøc cña tØnh")
			if err != nil {
				t.Fatal(err)
			}
			p.Text(85, 100, old)
			return bytes.ReplaceAll(output(t, p), []byte("/Times-Roman"), []byte("/.VnTime-abc"))
		}, "pdf-legacy-converted", ""},
		"a watermark": {func(p *fpdf.Fpdf) []byte {
			write(p)
			p.TransformBegin()
			p.TransformRotate(45, 300, 400)
			p.Text(200, 400, "DỰ THẢO")
			p.TransformEnd()
			return output(t, p)
		}, "pdf-left-out", "DỰ THẢO"},
		"hidden": {func(p *fpdf.Fpdf) []byte {
			write(p)
			p.RawWriteStr("3 Tr\n")
			p.Text(85, 300, "Không thấy")
			return output(t, p)
		}, "pdf-left-out", "Không thấy"},
		"small print": {func(p *fpdf.Fpdf) []byte {
			write(p)
			p.SetFontSize(8)
			p.Text(85, 820, "Tệp lưu ở văn thư")
			return output(t, p)
		}, "pdf-left-out", "Tệp lưu"},
		"a page on its side": {func(p *fpdf.Fpdf) []byte {
			p.TransformBegin()
			p.TransformRotate(90, 300, 400)
			write(p)
			p.TransformEnd()
			return output(t, p)
		}, "", ""},
		"letters drawn twice": {func(p *fpdf.Fpdf) []byte {
			for i, line := range words {
				p.Text(85, 100+float64(i)*20, line)
				p.Text(85.2, 100+float64(i)*20, line)
			}
			return output(t, p)
		}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			text, findings := page.Text("f.pdf", test.file(paper()))
			var told []string
			for _, f := range findings {
				told = append(told, f.Code+": "+f.Message(diag.English))
			}
			said := strings.Join(told, "\n")
			if test.told == "" && said != "" || !strings.HasPrefix(said, test.told) {
				t.Errorf("told %q, want %q", said, test.told)
			}
			refused := len(findings) > 0 && findings[0].Severity == diag.Error
			if (text == "") != refused || test.absent != "" && (strings.Contains(text, test.absent) || !strings.Contains(said, test.absent)) {
				t.Errorf("text %q, told %q", text, said)
			}
			if !refused && strings.Count(text, words[0])%2 == 0 {
				if want := words[0]; !strings.Contains(text, want) || name == "letters drawn twice" {
					t.Errorf("text %q", text)
				}
			}
		})
	}
}

// TestTablesOnAPage draws tables, and says what they are read as.
func TestTablesOnAPage(t *testing.T) {
	box := func(p *fpdf.Fpdf, x, y, w, h float64, words string) {
		p.Rect(x, y, w, h, "D")
		p.Text(x+4, y+16, words)
	}
	for name, test := range map[string]struct {
		draw func(*fpdf.Fpdf)
		want string
	}{
		"cells": {func(p *fpdf.Fpdf) {
			for i, words := range []string{"Xã", "Sách", "Mẫu", "12"} {
				box(p, 85+float64(i%2)*200, 100+float64(i/2)*20, 200, 20, words)
			}
		}, "| Xã | Sách |\n| Mẫu | 12 |\n"},
		"merged across and down": {func(p *fpdf.Fpdf) {
			box(p, 85, 100, 100, 40, "Tên")
			box(p, 185, 100, 200, 20, "Số sách")
			box(p, 185, 120, 100, 20, "Cũ")
			box(p, 285, 120, 100, 20, "Mới")
			for i, words := range []string{"Mẫu", "1", "2"} {
				box(p, 85+float64(i)*100, 140, 100, 20, words)
			}
		}, "| Tên | Số sách |  |\n|  | Cũ | Mới |\n| Mẫu | 1 | 2 |\n"},
		"lines instead of boxes": {func(p *fpdf.Fpdf) {
			for i := range 3 {
				p.Line(85, 100+float64(i)*20, 485, 100+float64(i)*20)
				p.Rect(85+float64(i)*200, 100, 0.5, 40, "F")
			}
			for i, words := range []string{"Xã", "Sách", "Mẫu", "12"} {
				p.Text(90+float64(i%2)*200, 114+float64(i/2)*20, words)
			}
		}, "| Xã | Sách |\n| Mẫu | 12 |\n"},
		"one box is no table":        {func(p *fpdf.Fpdf) { box(p, 85, 100, 200, 20, "Mật") }, "Mật\n"},
		"a rule is no table":         {func(p *fpdf.Fpdf) { p.Line(200, 90, 300, 90); p.Text(85, 100, "Xã Mẫu") }, "Xã Mẫu\n"},
		"columns without lines":      {func(p *fpdf.Fpdf) { p.Text(85, 100, "Xã"); p.Text(285, 100, "Sách hay") }, "Xã Sách hay\n"},
		"wide columns without lines": {func(p *fpdf.Fpdf) { p.Text(85, 100, "Thị trấn"); p.Text(285, 100, "Sách hay") }, "Thị trấn\tSách hay\n"},
	} {
		t.Run(name, func(t *testing.T) {
			p := paper()
			test.draw(p)
			if text, _ := page.Text("f.pdf", output(t, p)); text != test.want {
				t.Errorf("got %q, want %q", text, test.want)
			}
		})
	}
}

// TestTimeGrowsWithTheFile reads pages that are made to hold the reader up.
func TestTimeGrowsWithTheFile(t *testing.T) {
	needs.Ask(t, needs.Long)
	for name, draw := range map[string]func(p *fpdf.Fpdf, i int){
		"heads": func(p *fpdf.Fpdf, i int) { p.Text(float64(i%7)*80, float64(i%800), "Nơi nhận: a") },
		"boxes": func(p *fpdf.Fpdf, i int) { p.Rect(float64(i%90)*6, float64(i/90%200)*6, 5, 5, "D") },
		"crosses": func(p *fpdf.Fpdf, i int) {
			p.Line(0, float64(i%800), 595, float64(i%800))
			p.Line(float64(i%590), 0, float64(i%590), 800)
		},
	} {
		t.Run(name, func(t *testing.T) {
			growth.Linear(t, 1000, 256_000, func(n int) []byte {
				p := paper()
				p.Text(85, 100, "Xã")
				for i := range n {
					draw(p, i)
				}
				return output(t, p)
			}, func(data []byte) { page.Text("f.pdf", data) })
		})
	}
}
