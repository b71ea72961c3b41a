package pdf

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"codeberg.org/go-pdf/fpdf"
)

// object is one of a file that a test builds: its number counts from 1.
type object string

// stream is an object that is a stream.
func stream(dict, content string) object {
	return object(fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(content), content))
}

func zipped(s string) string {
	var b bytes.Buffer
	z, _ := zlib.NewWriterLevel(&b, zlib.BestSpeed)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

// build writes a file; trailer is added to its trailer.
func build(trailer string, objects ...object) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}

// page are the first objects of a file of one page with a text, and more for the page.
func page(content, more string) []object {
	return []object{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>" + more + ">>"),
		stream("", content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
	}
}

func open(t *testing.T, data []byte) *File {
	t.Helper()
	f, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestWordsOfLibreOffice reads what LibreOffice writes of a Vietnamese text with a table.
func TestWordsOfLibreOffice(t *testing.T) {
	data, err := os.ReadFile("testdata/libreoffice.pdf")
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, data)
	want := []string{"QUYẾT ĐỊNH", "Về việc khen thưởng trí thức tiêu biểu có thành tích xuất sắc trong nghiên cứu ",
		"khoa học và phát triển công nghệ.", "Điều 1. Tặng Bằng khen cho ông Trần Văn Mẫu, số căn cước 012345678901, điện ", "thoại 0912 345 678.",
		"STT", "Họ và tên", "Lĩnh vực", "1", "Nguyễn Thị Thử", "Y học"}
	text := f.Text()
	for _, line := range want {
		if !strings.Contains(text, line) {
			t.Errorf("“%s” is missing in\n%s", line, text)
		}
	}
	if f.Pages != 1 || f.Info["Author"] != "Trần Văn Mẫu" || f.Info["Title"] != "Quyết định khen thưởng" {
		t.Errorf("%d pages, %v", f.Pages, f.Info)
	}
	title, body := f.Runs()[0], f.Runs()[1]
	if title.Size <= body.Size || title.Y <= body.Y || title.Page != 1 || !strings.Contains(title.Font, "Bold") {
		t.Errorf("the heading stands at %+v, what follows at %+v", title, body)
	}
}

// TestWordsOfThisSite reads what the site's own writer of PDF makes.
func TestWordsOfThisSite(t *testing.T) {
	p := fpdf.New("P", "mm", "A4", "")
	p.AddUTF8FontFromBytes("L", "", liberationserifregular.TTF)
	p.SetFont("L", "", 14)
	for _, line := range []string{"Kế hoạch số 15-KH/TU", "Phát huy vai trò đội ngũ trí thức"} {
		p.AddPage()
		p.Cell(100, 10, line)
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	if got, want := open(t, b.Bytes()).Text(), "Kế hoạch số 15-KH/TU\n\fPhát huy vai trò đội ngũ trí thức"; got != want {
		t.Errorf("%q", got)
	}
}

// TestSigns holds the reader of pages to what each sign does.
func TestSigns(t *testing.T) {
	for _, test := range []struct{ what, content, want string }{
		{"two lines", "BT /F 12 Tf 50 800 Td (Mot) Tj 0 -14 Td (Hai) Tj ET", "Mot\nHai"},
		{"the next line", "BT /F 12 Tf 14 TL 50 800 Td (Mot) Tj T* (Hai) Tj (Ba) ' ET", "Mot\nHai\nBa"},
		{"kerning is no blank, a gap is", "BT /F 12 Tf [(M) 20 (ot) -300 (hai)] TJ ET", "Mot hai"},
		{"a gap between strings", "BT /F 12 Tf 50 800 Td (Mot) Tj 60 0 Td (hai) Tj ET", "Mot hai"},
		{"escapes", `BT /F 12 Tf (a\(b\)\\ \101\
c) Tj <64 65> Tj ET`, `a(b)\ Acde`},
		{"comments and names", "% no (word)\nBT /F#20 12 Tf /F 12 Tf (Mot) Tj ET", "Mot"},
		{"a picture within", "q BI /W 1 /H 1 ID \x00(Tj)EI x\nEI Q BT /F 12 Tf (Mot) Tj ET", "Mot"},
		{"unfinished", "BT /F 12 Tf (Mot) Tj (Hai", "Mot"},
		{"more ends than beginnings", "Q Q EMC ET ) ] >> BT /F 12 Tf (Mot) Tj ET", "Mot"},
		{"no font", "BT (Mot) Tj ET", ""},
	} {
		if got := open(t, build("", page(test.content, "")...)).Text(); got != test.want {
			t.Errorf("%s: %q, want %q", test.what, got, test.want)
		}
	}
}

func TestArtifactsAreKnown(t *testing.T) {
	f := open(t, build("", page("/Artifact <</Type/Pagination>> BDC BT /F 12 Tf 50 20 Td (1) Tj ET EMC /P <</MCID 0>> BDC BT /F 12 Tf 50 800 Td (Mot) Tj ET EMC", "")...))
	if runs := f.Runs(); len(runs) != 2 || !runs[0].Artifact || runs[1].Artifact {
		t.Errorf("%+v", runs)
	}
}

// TestLetters holds fonts to their maps of characters, and to the names of their glyphs
// where they have none.
func TestLetters(t *testing.T) {
	cmap := "/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0001> <1EBF> endbfchar 2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0110> <00660066>] endbfrange end"
	objects := page("BT /W 12 Tf <0001001000110012002000210099> Tj /N 12 Tf ( ABCDE) Tj ET", "")
	objects[2] = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</W 6 0 R/N 8 0 R>>>>>>"
	objects = append(objects, "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[<</W[1[500]16 18 600]/DW 1000>>]>>",
		stream("", cmap), "<</Type/Font/Subtype/TrueType/Encoding<</Differences[65/acircumflexacute/uhorndotbelow/dcroat/uni1EA1 69/g99]>>>>")
	if got, want := open(t, build("", objects...)).Text(), "ếabcĐff ấựđạ"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestWhatSignsStandForIsRead holds words to what the file says that its signs mean, once, whatever their font's map says; figures
// are read as they are drawn.
func TestWhatSignsStandForIsRead(t *testing.T) {
	for _, test := range []struct{ content, want string }{
		{"/Span<</ActualText<FEFF1EE6>>> BDC (U) Tj 1 0 0 1 0 2 Tm (?) Tj EMC 1 0 0 1 6 0 Tm (Y) Tj", "ỦY"},
		{"/Span<</ActualText<FEFF00EA>>> BDC [(e)2(^)] TJ EMC (n) Tj", "ên"},
		{"/Span<</Lang(vi)/ActualText(\\376\\377\\000V\\036\\305)>>BDC (Ve) Tj EMC", "Vễ"},
		{"/Span<</ActualText<FEFF0061>>> BDC (0790) Tj EMC", "0790"},
		{"/Span<</ActualText(a)>> BDC (b) Tj EMC", "b"},
		{"/Span<</ActualText<FEFF>>> BDC (b) Tj EMC", "b"},
		{"/Span<</ActualText>> BDC (b) Tj EMC", "b"},
	} {
		if got := open(t, build("", page("BT /F 12 Tf "+test.content+" ET", "")...)).Text(); got != test.want {
			t.Errorf("%s: %q, want %q", test.content, got, test.want)
		}
	}
}

// TestFormsAreRead finds the words that stand in drawings within the page, and stops where
// they stand within themselves.
func TestFormsAreRead(t *testing.T) {
	objects := page("q 1 0 0 1 50 700 cm /X Do Q", "")
	objects[2] = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>"
	objects = append(objects, stream("/Type/XObject/Subtype/Form/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>", "BT /F 12 Tf (Mot) Tj ET /X Do /X Do"))
	f := open(t, build("", objects...))
	if got := f.Text(); !strings.HasPrefix(got, "Mot") {
		t.Errorf("%q", got)
	}
	if r := f.Runs()[0]; r.X != 50 || r.Y != 700 {
		t.Errorf("%+v", r)
	}
}

// TestClean takes the document information out, wherever it stands, and leaves every
// other byte where it was.
func TestClean(t *testing.T) {
	words := "BT /F 12 Tf (Mot) Tj ET"
	xmp := `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><dc:creator><rdf:Seq><rdf:li>Tran Van Mau</rdf:li></rdf:Seq></dc:creator><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Van ban &amp; mau</rdf:li></rdf:Alt></dc:title><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
	info := object("<</Title(Van ban)/Author(Tran Van Mau)/Keywords[(Tran) (Mau)]/CreationDate(D:20260101)>>")
	withXMP := append(page(words, ""), info, stream("/Type/Metadata/Subtype/XML", xmp), stream("/Type/Metadata/Subtype/XML/Filter/FlateDecode", zipped(xmp)))
	withXMP[0] = "<</Type/Catalog/Pages 2 0 R/Metadata 7 0 R>>"
	saved := build("/Info 6 0 R", append(page(words, ""), info)...)
	again := fmt.Sprintf("6 0 obj\n<</Author(Nguoi sau)>>\nendobj\nxref\n6 1\n%010d 00000 n \ntrailer\n<</Size 7/Root 1 0 R/Info 6 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n", len(saved), bytes.LastIndex(saved, []byte("xref\n0")), len(saved)+len("6 0 obj\n<</Author(Nguoi sau)>>\nendobj\n"))
	for _, test := range []struct {
		what string
		data []byte
	}{
		{"plain", saved},
		{"saved twice", append(bytes.Clone(saved), again...)},
		{"in XML", build("/Info 6 0 R", withXMP...)},
		{"packed", packedInfo()},
	} {
		f := open(t, test.data)
		clean, left := f.Clean()
		if len(left) > 0 {
			t.Errorf("%s: %v is left", test.what, left)
		}
		after := open(t, clean)
		if len(clean) != len(test.data) || after.Text() != "Mot" || after.Info["Author"] != "" {
			t.Errorf("%s: %d bytes of %d, %q, %v", test.what, len(clean), len(test.data), after.Text(), after.Info)
		}
		for _, name := range []string{"Tran", "Nguoi sau", "20260101"} {
			if bytes.Contains(clean, []byte(name)) || bytes.Contains(inflated(clean), []byte(name)) {
				t.Errorf("%s: “%s” is left", test.what, name)
			}
		}
		if test.what == "in XML" {
			for _, keep := range []string{"Van ban &amp; mau", `pdfaid:part="2"`, `pdfaid:conformance="B"`} {
				if bytes.Count(clean, []byte(keep)) != 1 || !bytes.Contains(inflated(clean), []byte(keep)) {
					t.Errorf("“%s” is not kept", keep)
				}
			}
		}
		if second, _ := f.Clean(); !bytes.Equal(second, clean) {
			t.Errorf("%s: not the same bytes each time", test.what)
		}
	}
}

// inflated are the packed streams of a file, unpacked.
func inflated(data []byte) []byte {
	var b bytes.Buffer
	for _, part := range bytes.Split(data, []byte("stream\n"))[1:] {
		b.Write(inflate(part))
	}
	return b.Bytes()
}

// packedInfo is a file whose document information lies packed among other objects.
func packedInfo() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	at := map[int]int{}
	put := func(n int, o object) {
		at[n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, o)
	}
	objects := page("BT /F 12 Tf (Mot) Tj ET", "")
	for i, o := range objects {
		put(i+1, o)
	}
	info := "<</Author(Tran Van Mau)/CreationDate(D:20260101000000+07'00')/Producer(Chuong trinh)>>"
	head := fmt.Sprintf("6 0 9 %d ", len(info)+1)
	put(7, stream(fmt.Sprintf("/Type/ObjStm/N 2/First %d/Filter/FlateDecode", len(head)), zipped(head+info+" <</A 1>>")))
	start := b.Len()
	at[8] = start
	var rows bytes.Buffer
	for n := range 10 {
		switch n {
		case 0:
			rows.Write([]byte{0, 0, 0, 0})
		case 6, 9:
			rows.Write([]byte{2, 0, 7, byte(map[int]int{6: 0, 9: 1}[n])})
		default:
			rows.Write([]byte{1, byte(at[n] >> 8), byte(at[n]), 0})
		}
	}
	put(8, stream("/Type/XRef/Size 10/W[1 2 1]/Root 1 0 R/Info 6 0 R", rows.String()))
	fmt.Fprintf(&b, "startxref\n%d\n%%%%EOF\n", start)
	return b.Bytes()
}

// TestSignedFilesAreNotTouched keeps a signature good: it says who wrote the file.
func TestSignedFilesAreNotTouched(t *testing.T) {
	data := build("/Info 6 0 R", append(page("BT /F 12 Tf (Mot) Tj ET", ""), "<</Author(Tran Van Mau)>>", "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>")...)
	f := open(t, data)
	clean, left := f.Clean()
	if !f.Signed || !bytes.Equal(clean, data) || len(left) != 1 || left[0] != "Author" {
		t.Errorf("signed %v, changed %v, left %v", f.Signed, !bytes.Equal(clean, data), left)
	}
}

// TestWhatAFileCarries finds notes, files, scripts and places.
func TestWhatAFileCarries(t *testing.T) {
	camera, err := os.ReadFile("../photo/testdata/camera.jpg")
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, build("", append(page("", "/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Sua)>><</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>]"),
		"<</Type/Annot/Subtype/Highlight/Rect[0 0 9 9]>>", "<</Type/Filespec/UF(bang luong.xlsx)/EF<</F 8 0 R>>>>", stream("/Type/EmbeddedFile", "x"),
		"<</S/JavaScript/JS(app.alert)>>", stream("/Type/XObject/Subtype/Image/Width 1/Height 1/Filter/DCTDecode", string(camera)))...))
	if f.Comments != 2 || len(f.Attached) != 1 || f.Attached[0] != "bang luong.xlsx" || !f.Scripts || f.GPS != 1 {
		t.Errorf("%d notes, files %v, scripts %v, %d places", f.Comments, f.Attached, f.Scripts, f.GPS)
	}
	clean, _ := f.Clean()
	if bytes.Contains(clean, []byte("Exif")) || open(t, clean).GPS != 0 {
		t.Error("the camera's notes are left")
	}
}

// TestFormsAndNotesAreRead reads what the fields of a form and the notes of reviewers say,
// wherever they lie in the file.
func TestFormsAndNotesAreRead(t *testing.T) {
	objects := append(page("", "/Annots[6 0 R<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Sua cho nay)>>]"),
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(ho ten)/V(Tran Van Mau)/Rect[0 0 9 9]>>")
	objects[0] = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R<</FT/Tx/T(chon)/V/Co>>]>>/OpenAction<</S/JavaScript/JS(app.alert)>>>>"
	f := open(t, build("", objects...))
	if !slices.Equal(f.Fields, []string{"Tran Van Mau"}) || !slices.Equal(f.Notes, []string{"Sua cho nay"}) || !f.Scripts {
		t.Errorf("fields %q, notes %q, scripts: %v", f.Fields, f.Notes, f.Scripts)
	}
}

// TestSmallMetadataGoes holds that metadata which is too small to be written anew is taken
// out whole, and that a camera's notes go from a photograph that is packed once more.
func TestSmallMetadataGoes(t *testing.T) {
	camera, err := os.ReadFile("../photo/testdata/camera.jpg")
	if err != nil {
		t.Fatal(err)
	}
	xmp := `<rdf:RDF xmlns:rdf="r"><dc:creator xmlns:dc="d">Tran Van Mau</dc:creator></rdf:RDF>`
	f := open(t, build("", append(page("BT /F 12 Tf (Mot) Tj ET", ""), stream("/Type/Metadata/Subtype/XML", xmp), stream("/Type/Metadata/Subtype/XML/Filter/FlateDecode", zipped(xmp)),
		stream("/Type/XObject/Subtype/Image/Width 1/Height 1/Filter[/FlateDecode/DCTDecode]", zipped(string(camera))))...))
	if f.GPS != 1 {
		t.Errorf("%d places", f.GPS)
	}
	clean, _ := f.Clean()
	if after := open(t, clean); bytes.Contains(clean, []byte("Mau")) || bytes.Contains(inflated(clean), []byte("Mau")) || after.GPS != 0 || after.Text() != "Mot" {
		t.Errorf("the author or the place is left; %q", after.Text())
	}
}

// TestHostileFiles are read in little time, whatever they say of themselves.
func TestHostileFiles(t *testing.T) {
	bomb := page("", "")
	bomb[3] = stream("/Filter/FlateDecode", zipped(strings.Repeat("\x00", maxUnpacked+1)))
	loop := page("", "")
	loop[1] = "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>"
	deep := page("BT /F 12 Tf "+strings.Repeat("[", 1_000_000)+" Tj ET", "")
	many := page(strings.Repeat("BT /F 12 Tf (Mot) Tj ET ", 500_000), "")
	nested := append(page("", ""), object(strings.Repeat("[", 200_000)))
	fonts := page("BT /F 12 Tf <00> Tj ET", "")
	fonts[4] = "<</Type/Font/Subtype/Type0/ToUnicode 6 0 R/DescendantFonts[<</W[0 2000000000 500]>>]>>"
	fonts = append(fonts, stream("", "beginbfrange <00> <ff> [ "+strings.Repeat("<0061> ", 300_000)))
	for what, data := range map[string][]byte{
		"a bomb":              build("", bomb...),
		"pages in themselves": build("", loop...),
		"deep arrays":         build("", deep...),
		"many signs":          build("", many...),
		"nested objects":      build("", nested...),
		"endless fonts":       build("", fonts...),
		"a wrong start":       []byte("%PDF-1.4\nstartxref\n99999999999\n%%EOF"),
		"itself before":       []byte("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"),
		"nothing behind":      []byte("%PDF-1.4"),
	} {
		done := make(chan string, 1)
		go func() {
			f, err := Open(data)
			if err == nil && what == "a bomb" {
				done <- "it was read"
				return
			}
			if err == nil {
				f.Text()
				f.Clean()
			} else if what == "a bomb" && !errors.Is(err, ErrTooComplex) || !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooComplex) {
				done <- err.Error()
			}
			done <- ""
		}()
		select {
		case why := <-done:
			if why != "" {
				t.Errorf("%s: %s", what, why)
			}
		case <-time.After(2 * patience):
			t.Fatalf("%s: not read in time", what)
		}
	}
}

func FuzzOpen(f *testing.F) {
	data, err := os.ReadFile("testdata/libreoffice.pdf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(packedInfo())
	f.Add(build("/Info 6 0 R", append(page("BT /F 12 Tf [(M) -300 (b)] TJ ET", ""), "<</Author(A)>>")...))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Open(data)
		if err != nil {
			return
		}
		clean, _ := file.Clean()
		again, err := Open(clean)
		if err != nil || again.Text() != file.Text() {
			t.Fatalf("what was cleaned is not what it was: %v", err)
		}
	})
}
