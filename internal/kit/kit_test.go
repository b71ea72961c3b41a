package kit

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"archive/zip"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/needs"
	"lienhiep/internal/office"
	"lienhiep/internal/plan"
)

const partyPlan = "../../content/ke-hoach/15-kh-tu/van-ban.txt"

// of is the kit of a document on a site with the other files.
func of(t *testing.T, text []byte, front string, others map[string]string) *Kit {
	t.Helper()
	files := fstest.MapFS{
		"content/ke-hoach/k/van-ban.txt": {Data: text},
		"content/ke-hoach/k/_index.md":   {Data: []byte("---\ntitle: Kế hoạch mẫu\n" + front + "\n---\n")},
	}
	for name, data := range others {
		files["content/"+name] = &fstest.MapFile{Data: []byte(data)}
	}
	c, findings, err := catalog.Load(files, catalog.Options{Now: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Zone: time.UTC})
	if err != nil || diag.HasErrors(findings) {
		t.Fatal(err, findings)
	}
	return New(c, c.Plans[0], "https://lienhiep.example/")
}

const labelled = `tasks: ii
short: {i: Mục đích, ii-1: Tuyên truyền, ii-1-1: Quán triệt, ii-2: Lãnh đạo}
progress:
  - {at: iii-3, lead: [Cơ quan A, Cơ quan B], with: [Cơ quan C], period: Định kỳ}`

// around is a site around the plan: deeds, a question, a contest, figures of the home page.
var around = map[string]string{
	"_index.md":                 "---\ntitle: Trang chủ\nfigures:\n  - {label: hội viên, value: \"1.234\"}\n  - {label: hội, value: \"5\"}\n  - {label: câu lạc bộ, value: \"6\"}\n  - {label: thừa, value: \"7\"}\nsources: [{title: Bài mẫu, url: https://example.org/, publisher: Báo Mẫu, date: 2025}]\n---\n",
	"trang-web.toml":            "name = \"Trang mẫu\"\n[publisher]\nbody = \"Cơ quan Mẫu\"\nphone = \"0252 000 000\"\n[home]\nplans = [\"k\"]\n",
	"tin-tuc/mot/index.md":      "---\ntitle: Việc một\ndate: 2026-01-01\nevent: 2022-12-24\nplan: [k/ii-1-1, k/ii-2]\nsources: [{title: Nguồn, url: https://example.org/}]\n---\n",
	"hoi-dap/_index.md":         "---\ntitle: Hỏi – đáp\n---\n",
	"hoi-dap/mot/index.md":      "---\ntitle: Kế hoạch nói gì?\ndescription: Nói điều mẫu.\ndate: 2026-01-01\nplan: [k/ii-1]\n---\nTrả lời.\n",
	"hoi-thi/_index.md":         "---\ntitle: Hội thi mẫu\n---\n",
	"hoi-thi/bon/index.md":      "---\ntitle: Hội thi một\ndate: 2026-01-01\nperiod: 2022–2023\nplan: [k/ii-4-3]\nsources: [{title: Nguồn, url: https://example.org/}]\n---\n",
	"ke-hoach/de-hieu/index.md": "---\ntitle: Kế hoạch trong ba phút\n---\nLời.\n",
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func whole(t *testing.T) *Kit { return of(t, read(t, partyPlan), labelled, around) }

// slidesOf are the slides of a kit.
func slidesOf(t *testing.T, k *Kit) *deck {
	t.Helper()
	d, err := newDeck(k)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.tell(); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *deck) titles() []string {
	var all []string
	for _, s := range d.slides {
		all = append(all, s.Title)
	}
	return all
}

func TestSlidesTellAPlan(t *testing.T) {
	d := slidesOf(t, whole(t))
	want := []string{"Kế hoạch mẫu", "Văn bản gì, của ai", "I · Mục đích", "II · NHIỆM VỤ VÀ GIẢI PHÁP", "II.1 · Tuyên truyền", "II.2 · Lãnh đạo",
		"II.3 · ", "II.4 · ", "II.5 · ", "III · TỔ CHỨC THỰC HIỆN", "Đã làm được gì", "Ai làm gì", "Câu hỏi thường gặp", "Đọc ở đâu, hỏi ở đâu"}
	got := slices.DeleteFunc(d.titles(), func(s string) bool { return strings.HasSuffix(s, " (tiếp)") })
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("slide %d is %q, want %q", i+1, got[i], want[i])
		}
	}
	words := d.words()
	for _, said := range []string{"II.1.1 · Quán triệt", "Từ ngày 05/4/2021: 2 việc.", "Cơ quan A; Cơ quan B", "Kế hoạch nói gì?", "Kế hoạch trong ba phút: ", "Hỏi – đáp: ", "Cơ quan Mẫu · 0252 000 000", "Kết luận số 93-KL/TW"} {
		if !strings.Contains(words, said) {
			t.Errorf("no slide says %q in\n%s", said, words)
		}
	}
}

// words are those on the slides.
func (d *deck) words() string {
	var b strings.Builder
	for _, s := range d.slides {
		b.WriteString(s.Title + "\n")
		paragraphs := slices.Clone(s.Body)
		for _, t := range s.Texts {
			paragraphs = append(paragraphs, t.Paragraphs...)
		}
		for _, g := range paragraphs {
			for _, r := range g.Runs {
				b.WriteString(r.Text)
			}
			b.WriteByte('\n')
		}
		if s.Table != nil {
			for _, row := range s.Table.Rows {
				b.WriteString(strings.Join(row, " | ") + "\n")
			}
		}
	}
	return b.String()
}

// TestASpeakerHasTheWordsOfEveryTask reads the notes against the plan's own tree.
func TestASpeakerHasTheWordsOfEveryTask(t *testing.T) {
	k := whole(t)
	d := slidesOf(t, k)
	doc, _ := plan.Parse("van-ban.txt", read(t, partyPlan))
	doc.Walk(func(p, _ *plan.Provision) {
		for _, line := range strings.Split(p.Words(), "\n") {
			if line != "" && !slices.ContainsFunc(d.slides, func(s office.Slide) bool {
				return slices.ContainsFunc(s.Notes, func(note string) bool { return note == line || note == p.Label+" "+line })
			}) {
				t.Errorf("no notes have the words of %s: %s", p.ID, line)
			}
		}
	})
}

// TestEverySlideHoldsItsWords measures slides of documents of every sort.
func TestEverySlideHoldsItsWords(t *testing.T) {
	for name, k := range documents(t) {
		d := slidesOf(t, k)
		if len(d.slides) > 110 {
			t.Errorf("%s: %d slides", name, len(d.slides))
		}
		for i, s := range d.slides {
			frame, title := office.SlideBody, office.SlideTitle
			switch {
			case s.Cover:
				frame, title = office.CoverText, office.CoverTitle
			case s.BodyAt != office.Frame{}:
				frame = s.BodyAt
			}
			if h := d.pen.height(frame.W, textsOf(s.Body)...); h > frame.H+1 {
				t.Errorf("%s, slide %d: the words are %.0f high, the frame %.0f", name, i+1, h, frame.H)
			}
			if h := d.pen.height(title.W, one(s.Title, display, s.TitleSize, blue)); h > title.H+1 {
				t.Errorf("%s, slide %d: the title is %.0f high: %s", name, i+1, h, s.Title)
			}
			if s.Table != nil && s.Table.Y+s.Table.H > office.SlideFoot.Y {
				t.Errorf("%s, slide %d: the table is %.0f high", name, i+1, s.Table.H)
			}
			if s.Title == "" || len(s.Notes) == 0 {
				t.Errorf("%s, slide %d: title %q, %d notes", name, i+1, s.Title, len(s.Notes))
			}
		}
	}
}

// documents are kits of documents of every sort, with other numbers of tasks.
func documents(t *testing.T) map[string]*Kit {
	t.Helper()
	all := map[string]*Kit{"15-kh-tu": whole(t), "15-kh-tu without labels": of(t, read(t, partyPlan), "", nil)}
	names, err := filepath.Glob("../plan/testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		all[path.Base(filepath.ToSlash(name))] = of(t, read(t, name), "", nil)
	}
	for _, n := range []int{1, 2, 7, 31, 300} {
		all[fmt.Sprintf("law of %d articles", n)] = of(t, law(n), "", nil)
		all[fmt.Sprintf("plan of %d tasks", n)] = of(t, tasks(n), "tasks: i", nil)
	}
	return all
}

const masthead = "QUỐC HỘI\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nLuật số: 1/2020/QH14\n\nHà Nội, ngày 10 tháng 6 năm 2020\n\nLUẬT\n\nVỀ MẪU\n\n"

func law(articles int) []byte {
	var b strings.Builder
	b.WriteString(masthead)
	for i := range articles {
		fmt.Fprintf(&b, "Điều %d. Quy định thứ %[1]d về những điều mẫu của một văn bản dài\n\n1. Khoản thứ nhất của điều này nói một điều mẫu.\n\n2. Khoản thứ hai.\n\n", i+1)
	}
	return []byte(b.String() + "CHỦ TỊCH QUỐC HỘI\n\n(Đã ký)\n\nTrần Văn Mẫu\n")
}

func tasks(n int) []byte {
	var b strings.Builder
	b.WriteString("ỦY BAN NHÂN DÂN\nTỈNH MẪU\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 42/KH-UBND\n\nTỉnh Mẫu, ngày 10 tháng 5 năm 2022\n\nKẾ HOẠCH\nPhát triển tủ sách\n\nỦy ban nhân dân tỉnh ban hành kế hoạch như sau:\n\nI. NHIỆM VỤ\n\n")
	for i := range n {
		fmt.Fprintf(&b, "%d. Mở phòng đọc thứ %[1]d ở một xã, mua sách và giao cho người giữ, có sổ ghi chép đầy đủ hằng ngày, hằng tháng và hằng năm.\n\n", i+1)
	}
	return []byte(b.String() + "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Văn Mẫu\n")
}

// TestALongDocumentSaysWhatIsLeftOut looks for the sentence, on slides and sheets.
func TestALongDocumentSaysWhatIsLeftOut(t *testing.T) {
	if d := slidesOf(t, of(t, law(300), "", nil)); len(d.slides) > 40 || !strings.Contains(d.words(), "… và 2 điều khoản nữa") || !strings.Contains(d.words(), "Điều 291 – Điều 300") {
		t.Errorf("%d slides: %q", len(d.slides), d.titles())
	}
	if words := slidesOf(t, of(t, tasks(300), "tasks: i", nil)).words(); !strings.Contains(words, "Còn 270 nhiệm vụ nữa") || !strings.Contains(words, " mục nữa, đọc tại lienhiep.example/ke-hoach/k") {
		t.Error(words[len(words)-600:])
	}
}

func TestExcerptsAreWholeWords(t *testing.T) {
	for _, test := range []struct {
		text string
		most int
		want string
	}{
		{"một hai ba", 10, "một hai ba"}, {"một hai ba", 9, "một hai…"}, {"một, hai", 5, "một…"}, {"mộthaiba", 4, "mộth…"}, {"hết./.", 4, "hết."}, {"", 5, ""},
	} {
		if got := Excerpt(test.text, test.most); got != test.want {
			t.Errorf("%q to %d is %q, want %q", test.text, test.most, got, test.want)
		}
	}
}

// TestTheSameKitGivesTheSameBytes makes everything twice, from two loads.
func TestTheSameKitGivesTheSameBytes(t *testing.T) {
	once, again := pieces(t, whole(t)), pieces(t, whole(t))
	for name, data := range once {
		if !bytes.Equal(data, again[name]) {
			t.Errorf("%s differs", name)
		}
	}
	a, _ := whole(t).Key()
	b, _ := whole(t).Key()
	other, _ := of(t, read(t, partyPlan), "tasks: ii", around).Key()
	if !bytes.Equal(a, b) || bytes.Equal(a, other) {
		t.Error("keys of kits")
	}
}

// pieces are the files of all pieces by their names.
func pieces(t *testing.T, k *Kit) map[string][]byte {
	t.Helper()
	all, err := k.Pieces(true)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, p := range all {
		if p.Title == "" || p.About == "" {
			t.Errorf("a piece without title or use: %+v", p.Files)
		}
		for _, f := range p.Files {
			if files[f.Name] != nil {
				t.Errorf("%s is there twice", f.Name)
			}
			files[f.Name] = f.Data
		}
	}
	return files
}

// TestFiguresAreThoseOfTheHomePageOrTheDeeds compares a plan that the home page puts first
// with another.
func TestFiguresAreThoseOfTheHomePageOrTheDeeds(t *testing.T) {
	k := whole(t)
	if len(k.Figures) != 3 || k.Figures[0] != (Figure{"1.234", "hội viên"}) || k.Source != "Bài mẫu, Báo Mẫu, 2025" {
		t.Errorf("%+v from %q", k.Figures, k.Source)
	}
	others := map[string]string{"tin-tuc/mot/index.md": around["tin-tuc/mot/index.md"]}
	k = of(t, read(t, partyPlan), labelled, others)
	if len(k.Figures) != 2 || k.Figures[0] != (Figure{"1", "việc đã làm"}) || k.Figures[1] != (Figure{"1", "trong 19 mục việc đã có việc làm"}) || k.Source != "https://lienhiep.example/ke-hoach/k/tien-do/" {
		t.Errorf("%+v from %q", k.Figures, k.Source)
	}
	if k = of(t, read(t, partyPlan), labelled, nil); len(k.Figures) != 0 {
		t.Errorf("%+v without a deed", k.Figures)
	}
}

// TestSheetsAreCutWhereTheySay reads boxes and structure of what is printed.
func TestSheetsAreCutWhereTheySay(t *testing.T) {
	files := pieces(t, whole(t))
	for _, test := range []struct {
		name       string
		wide, high float64
		pages      int
		home       bool
	}{{"k-ap-phich.pdf", 297, 420, 1, false}, {"k-to-gap.pdf", 297, 210, 2, true}, {"k-bang-treo.pdf", 210, 297, 1, true}} {
		data := string(files[test.name])
		box := func(name string, around float64) string {
			low := slug - around
			return fmt.Sprintf("/%s [%.2f %.2f %.2f %.2f]", name, low, low, slug+test.wide*mm+around, slug+test.high*mm+around)
		}
		for _, b := range []string{box("TrimBox", 0), box("BleedBox", 3*mm)} {
			if n := strings.Count(data, b); n != test.pages {
				t.Errorf("%s: %d of %d pages have %s", test.name, n, test.pages, b)
			}
		}
		if strings.Contains(data, box("CropBox", 0)) != test.home {
			t.Errorf("%s: a viewer sees the marks, or not", test.name)
		}
		for _, part := range []string{"/StructTreeRoot", "/MarkInfo <</Marked true>>", "/Lang", "/S /Figure", "/Alt <FEFF", "/S /H1"} {
			if !strings.Contains(data, part) {
				t.Errorf("%s has no %s", test.name, part)
			}
		}
		if strings.Contains(data, "/BaseFont /Helvetica") || strings.Count(data, "/FontFile2") == 0 {
			t.Errorf("%s: fonts that are not in it", test.name)
		}
	}
}

// quotation matches what a kit quotes.
var quotation = regexp.MustCompile(`“([^”]+)”`)

// TestWhatIsQuotedStandsInThePlan reads the quotations in PDFs as another program does.
func TestWhatIsQuotedStandsInThePlan(t *testing.T) {
	needs.Ask(t, needs.PDFText)
	squeeze := func(s string) string { return strings.ReplaceAll(strings.Join(strings.Fields(s), ""), "-", "") } // poppler takes one at the end of a line for that of a broken word
	doc, _ := plan.Parse("van-ban.txt", read(t, partyPlan))
	content := squeeze(doc.Content())
	for name, data := range pieces(t, whole(t)) {
		if path.Ext(name) != ".pdf" {
			continue
		}
		found := 0
		for _, m := range quotation.FindAllStringSubmatch(textOfPDF(t, data), -1) {
			found++
			if words := strings.TrimSuffix(squeeze(m[1]), "…"); !strings.Contains(content, words) {
				t.Errorf("%s quotes what the plan does not say: %s", name, m[1])
			}
		}
		if found == 0 && (strings.Contains(name, "trinh-chieu") || strings.Contains(name, "ap-phich") || strings.Contains(name, "to-gap")) {
			t.Errorf("%s quotes nothing", name)
		}
	}
}

// textOfPDF is the text that poppler finds.
func textOfPDF(t *testing.T, data []byte) string {
	t.Helper()
	cmd := exec.Command(needs.PDFText.Path(t), "-", "-")
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestSheetsNameEveryTask holds for any number of tasks: each is named, or it is said how
// many are not.
func TestSheetsNameEveryTask(t *testing.T) {
	needs.Ask(t, needs.Long, needs.PDFText)
	for _, n := range []int{1, 5, 7, 31, 300} {
		k := of(t, tasks(n), "tasks: i", nil)
		for _, sheet := range []func(*Kit) ([]File, error){posterFiles, leafletFiles, wallFiles} {
			files, err := sheet(k)
			if err != nil {
				t.Fatal(err)
			}
			name := files[0].Name
			words := strings.Join(strings.Fields(textOfPDF(t, files[0].Data)), " ")
			named := 0
			for i := range n {
				if strings.Contains(words, fmt.Sprintf("phòng đọc thứ %d ở", i+1)) {
					named++
				}
			}
			if named < n && !strings.Contains(words, fmt.Sprintf("… và %d mục nữa", n-named)) {
				t.Errorf("%s names %d of %d tasks, and does not say so:\n%s", name, named, n, words)
			}
			if named < min(n, 20) {
				t.Errorf("%s names %d of %d tasks", name, named, n)
			}
		}
	}
}

// TestCodesInPrintAreRead scans the codes of what is printed, as a telephone does.
func TestCodesInPrintAreRead(t *testing.T) {
	needs.Ask(t, needs.Long, needs.PDFPictures)
	files := pieces(t, whole(t))
	for name, page := range map[string]string{"k-ap-phich.pdf": "1", "k-bang-treo.pdf": "1", "k-to-gap.pdf": "1", "k-trinh-chieu.pdf": ""} {
		dir := t.TempDir()
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, files[name], 0o666); err != nil {
			t.Fatal(err)
		}
		args := []string{"-r", "100", "-gray", "-png"}
		if page != "" {
			args = append(args, "-f", page, "-l", page)
		}
		if out, err := exec.Command(needs.PDFPictures.Path(t), append(args, file, filepath.Join(dir, "p"))...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		pictures, err := filepath.Glob(filepath.Join(dir, "p-*.png"))
		if err != nil || len(pictures) == 0 {
			t.Fatal(err, pictures)
		}
		found := map[string]bool{}
		for _, half := range halves(t, pictures[len(pictures)-1]) {
			bitmap, err := gozxing.NewBinaryBitmapFromImage(half)
			if err != nil {
				t.Fatal(err)
			}
			if r, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}); err == nil {
				found[r.GetText()] = true
			}
		}
		for _, address := range []string{"https://lienhiep.example/ke-hoach/k/", "https://lienhiep.example/hoi-thi/"} {
			if !found[address] {
				t.Errorf("%s: %s is not read, %v is", name, address, found)
			}
		}
	}
}

// halves are parts of a page in each of which there is one code: strips from its left to
// its right.
func halves(t *testing.T, file string) []image.Image {
	t.Helper()
	im, err := png.Decode(bytes.NewReader(read(t, file)))
	if err != nil {
		t.Fatal(err)
	}
	b := im.Bounds()
	var all []image.Image
	const strips = 8
	for i := range strips - 1 {
		r := image.Rect(b.Dx()*i/strips, 0, b.Dx()*(i+2)/strips, b.Dy())
		all = append(all, im.(interface {
			SubImage(image.Rectangle) image.Image
		}).SubImage(r))
		all = append(all, im.(interface {
			SubImage(image.Rectangle) image.Image
		}).SubImage(image.Rect(r.Min.X, 0, min(b.Dx(), r.Min.X+b.Dx()/2), b.Dy())))
	}
	return all
}

// TestSlidesOpenInLibreOffice turns them into a PDF, which has a page for each with its
// title and its words.
func TestSlidesOpenInLibreOffice(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Impress, needs.Writer, needs.PDFText)
	k := whole(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "k.pptx")
	if err := os.WriteFile(file, pieces(t, k)["k-trinh-chieu.pptx"], 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(needs.Writer.Path(t), "--headless", "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--convert-to", "pdf", "--outdir", dir, file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	pages := strings.Split(textOfPDF(t, read(t, filepath.Join(dir, "k.pdf"))), "\f")
	d := slidesOf(t, k)
	if len(pages)-1 != len(d.slides) {
		t.Fatalf("%d pages of %d slides", len(pages)-1, len(d.slides))
	}
	squeeze := func(s string) string { return strings.ReplaceAll(strings.Join(strings.Fields(s), ""), "-", "") } // a hyphen at the end of a line is taken for one of its breaking
	for i, s := range d.slides {
		page := squeeze(pages[i])
		for _, words := range append([]string{s.Title}, bodyWords(s)...) {
			if !strings.Contains(page, squeeze(words)) {
				t.Errorf("page %d lacks %q:\n%s", i+1, words, pages[i])
			}
		}
	}
}

func bodyWords(s office.Slide) []string {
	var all []string
	for _, g := range s.Body {
		for _, r := range g.Runs {
			all = append(all, r.Text)
		}
	}
	return all
}

// TestSlidesAreSound reads the .pptx file as the standard has it: its parts are XML, every
// relationship leads to a part, every part has a type, and shapes have numbers of their own.
func TestSlidesAreSound(t *testing.T) {
	for name, k := range documents(t) {
		files, err := slideFiles(k)
		if err != nil {
			t.Fatal(err)
		}
		data := files[0].Data
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		parts := map[string]string{}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			parts[f.Name] = string(text)
			if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
				t.Errorf("%s says when it was written", f.Name)
			}
		}
		for part, text := range parts {
			sound(t, name+", "+part, text)
			if path.Ext(part) == ".rels" {
				base := path.Dir(path.Dir(part))
				for _, m := range regexp.MustCompile(`Target="([^"]+)"(/| TargetMode)`).FindAllStringSubmatch(text, -1) {
					if m[2] == "/" && parts[path.Join(base, m[1])] == "" {
						t.Errorf("%s: %s leads to %s, which is not there", name, part, m[1])
					}
				}
				continue
			}
			if part != "[Content_Types].xml" && !strings.Contains(parts["[Content_Types].xml"], `PartName="/`+part+`"`) {
				t.Errorf("%s: %s has no type", name, part)
			}
			rels := parts[path.Dir(part)+"/_rels/"+path.Base(part)+".rels"]
			for _, m := range regexp.MustCompile(`r:id="(rId\d+)"`).FindAllStringSubmatch(text, -1) {
				if !strings.Contains(rels, `Id="`+m[1]+`"`) {
					t.Errorf("%s: %s names %s, which leads nowhere", name, part, m[1])
				}
			}
			ids := map[string]bool{}
			for _, m := range regexp.MustCompile(`<p:cNvPr id="(\d+)"`).FindAllStringSubmatch(text, -1) {
				if ids[m[1]] {
					t.Errorf("%s: %s has two shapes numbered %s", name, part, m[1])
				}
				ids[m[1]] = true
			}
			if strings.HasPrefix(part, "ppt/slides/slide") {
				if strings.Count(text, `type="title"`)+strings.Count(text, `type="ctrTitle"`) != 1 {
					t.Errorf("%s: %s has not one title", name, part)
				}
				if strings.Count(text, "<a:t>") != strings.Count(text, `lang="vi-VN"`)-strings.Count(text, "<a:endParaRPr") {
					t.Errorf("%s: %s has words without a language", name, part)
				}
				for _, m := range regexp.MustCompile(`<p:cNvPr id="\d+" name="(?:Hình|Bảng)"([^>]*)`).FindAllStringSubmatch(text, -1) {
					if !regexp.MustCompile(`descr="[^"]+"`).MatchString(m[1]) {
						t.Errorf("%s: %s has a drawing that is not described", name, part)
					}
				}
			}
		}
		if n := len(slidesOf(t, k).slides); parts[fmt.Sprintf("ppt/notesSlides/notesSlide%d.xml", n)] == "" || parts[fmt.Sprintf("ppt/slides/slide%d.xml", n+1)] != "" {
			t.Errorf("%s: not %d slides with notes", name, n)
		}
	}
}

func sound(t *testing.T, name, text string) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		if _, err := d.Token(); err != nil {
			if err != io.EOF {
				t.Errorf("%s: %v", name, err)
			}
			return
		}
	}
}

// TestKitsHaveNoEmptyPieces looks at what a bare site gives.
func TestKitsHaveNoEmptyPieces(t *testing.T) {
	all, err := of(t, read(t, partyPlan), "", nil).Pieces(true)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, f := range p.Files {
			if len(f.Data) == 0 || cmp.Or(f.Kind, "") == "" {
				t.Errorf("%s: %s is empty", p.Title, f.Name)
			}
		}
	}
	if len(all) < 5 {
		t.Errorf("%d pieces", len(all))
	}
}

// TestEmojiLeaveNoHole holds that what the fonts lack is not printed as an empty box.
func TestEmojiLeaveNoHole(t *testing.T) {
	if got := drawable("🎉 Hội thi ❤️"); got != " Hội thi " {
		t.Errorf("%q is drawn", got)
	}
}
