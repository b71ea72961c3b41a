package attach

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/needs"
)

func read(t *testing.T, name string) (f *File, clean, data []byte) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f, clean, err = Read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return f, clean, data
}

func lines(traces []Trace) string {
	var all []string
	for _, t := range traces {
		all = append(all, t.VI)
	}
	return strings.Join(all, "; ")
}

// unpacked are all the bytes of a packed file, part by part.
func unpacked(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&b, r); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
	return b.String()
}

// TestWhatLibreOfficeWrites reads documents with an author, a comment, a deletion, a
// hidden sheet and a hidden row, of every kind that LibreOffice writes.
func TestWhatLibreOfficeWrites(t *testing.T) {
	for _, test := range []struct {
		file, removed, carried, words, unseen, title string
		kind                                         Kind
		pages                                        int
	}{
		{"doc.pdf", "tên người soạn “Trần Văn Mẫu”", "",
			"QUYẾT ĐỊNH về việc khen thưởng|Tặng Bằng khen cho ba tập thể có thành tích xuất sắc.", "", "Quyết định mẫu", PDF, 1},
		{"doc.docx", "tên người soạn “Trần Văn Mẫu”; 1 lời nhận xét", "1 thay đổi đang theo dõi (chữ đã xóa vẫn đọc được)",
			"Tặng Bằng khen cho ba tập thể có thành tích xuất sắc.\nĐiều 2. Quyết định có hiệu lực từ ngày ký.", "Xem lại chỗ này nhé|chữ đã xóa bí mật", "Quyết định mẫu", Word, 0},
		{"doc.odt", "tên người soạn “Trần Văn Mẫu”; 1 lời nhận xét", "1 thay đổi đang theo dõi (chữ đã xóa vẫn đọc được)",
			"Tặng Bằng khen cho ba tập thể có thành tích xuất sắc.\nĐiều 2. Quyết định có hiệu lực từ ngày ký.", "Xem lại chỗ này nhé|chữ đã xóa bí mật", "Quyết định mẫu", ODT, 1},
		{"sheet.xlsx", "tên người soạn “Trần Văn Mẫu”; 1 lời nhận xét", "trang tính ẩn “Lương”; 1 dòng ẩn",
			"Họ và tên Lĩnh vực\nNguyễn Thị Thử Nông nghiệp", "Người Bị Ẩn|kiểm tra lại|Bảng lương mật", "", Excel, 2},
		{"sheet.ods", "tên người soạn “Trần Văn Mẫu”; 1 lời nhận xét", "1 trang tính ẩn; 1 chỗ có dòng hoặc cột ẩn",
			"Nông nghiệp", "Người Bị Ẩn|kiểm tra lại|Bảng lương mật", "", ODS, 2},
		{"slides.pptx", "tên người soạn “Trần Văn Mẫu”; 1 lời nhận xét", "1 trang chiếu ẩn; ghi chú của người trình bày ở 1 trang chiếu",
			"Hội thi sáng tạo kỹ thuật\nBa giải pháp đoạt giải nhất", "kiểm tra lại|Kinh phí dự phòng|Nói chậm ở đây", "Bài trình chiếu mẫu", PowerPoint, 2},
	} {
		t.Run(test.file, func(t *testing.T) {
			f, clean, data := read(t, test.file)
			if f.Kind != test.kind || test.pages != 0 && f.Pages != test.pages || f.Title != test.title {
				t.Errorf("read as %s of %d pages, “%s”", f.Kind, f.Pages, f.Title)
			}
			if got := lines(f.Removed); got != test.removed {
				t.Errorf("removed: %s\nwant:    %s", got, test.removed)
			}
			if got := lines(f.Carried); got != test.carried {
				t.Errorf("carried: %s\nwant:    %s", got, test.carried)
			}
			for _, want := range strings.Split(test.words, "|") {
				if !strings.Contains(f.Words, want) {
					t.Errorf("its words lack “%s”:\n%s", want, f.Words)
				}
			}
			if test.unseen != "" {
				for _, secret := range strings.Split(test.unseen, "|") {
					if !strings.Contains(f.Unseen, secret) {
						t.Errorf("what stands in it unseen lacks “%s”: %s", secret, f.Unseen)
					}
					if strings.Contains(f.Words, secret) {
						t.Errorf("“%s” is among the words that readers see", secret)
					}
				}
			}
			again, _, err := Read(test.file, clean)
			if err != nil {
				t.Fatalf("the cleaned file: %v", err)
			}
			if again.Words != f.Words || again.Title != f.Title || len(again.Removed) > 0 {
				t.Errorf("the cleaned file says otherwise: %q, %s", again.Words, lines(again.Removed))
			}
			if _, second, err := Read(test.file, data); err != nil || !bytes.Equal(second, clean) {
				t.Errorf("not the same bytes each time: %v", err)
			}
			text := string(clean)
			if test.kind != PDF {
				text = unpacked(t, clean)
			}
			for _, trace := range []string{"Trần Văn Mẫu", "LibreOffice/", "Xem lại chỗ này", "kiểm tra lại", "commentReference", "commentRangeStart", "office:annotation"} {
				if strings.Contains(text, trace) {
					t.Errorf("“%s” is left", trace)
				}
			}
		})
	}
}

// TestCleanedFilesOpen lets LibreOffice open what was cleaned, which shows the words that the
// file had.
func TestCleanedFilesOpen(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Writer, needs.Calc, needs.Impress)
	names := []string{"doc.docx", "doc.odt", "sheet.xlsx", "sheet.ods", "slides.pptx"}
	before, after := filepath.Join(t.TempDir(), "before"), filepath.Join(t.TempDir(), "after")
	for _, folder := range []string{before, after} {
		if err := os.Mkdir(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		args := []string{"-env:UserInstallation=file://" + filepath.Join(before, "profile"), "--headless", "--convert-to", "pdf", "--outdir", folder}
		for _, name := range names {
			_, data, original := read(t, name)
			if folder == before {
				data = original
			}
			file := filepath.Join(folder, filepath.Ext(name)[1:]+filepath.Ext(name))
			if err := os.WriteFile(file, data, 0o666); err != nil {
				t.Fatal(err)
			}
			args = append(args, file)
		}
		if out, err := exec.Command(needs.Writer.Path(t), args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	shown := func(folder, name string) string {
		made, err := os.ReadFile(filepath.Join(folder, filepath.Ext(name)[1:]+".pdf"))
		if err != nil {
			t.Fatalf("it does not open: %v", err)
		}
		page, _, err := Read("x.pdf", made)
		if err != nil {
			t.Fatal(err)
		}
		return page.Words
	}
	for _, name := range names {
		if was, is := shown(before, name), shown(after, name); is != was || !strings.Contains(is, "n") {
			t.Errorf("%s shows\n%s\nand showed\n%s", name, is, was)
		}
	}
}

// TestCleanedPDFOpens lets poppler read a PDF file before and after.
func TestCleanedPDFOpens(t *testing.T) {
	needs.Ask(t, needs.PDFInfo, needs.PDFText)
	_, clean, data := read(t, "doc.pdf")
	about := map[bool]string{}
	words := map[bool]string{}
	for after, bytes := range map[bool][]byte{false: data, true: clean} {
		file := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(file, bytes, 0o666); err != nil {
			t.Fatal(err)
		}
		for program, out := range map[string]map[bool]string{needs.PDFInfo.Path(t): about, needs.PDFText.Path(t): words} {
			args := []string{file}
			if program == needs.PDFText.Path(t) {
				args = append(args, "-")
			}
			said, err := exec.Command(program, args...).CombinedOutput()
			if err != nil || strings.Contains(string(said), "Syntax") {
				t.Fatalf("%s: %v: %s", program, err, said)
			}
			out[after] = string(said)
		}
	}
	if words[true] != words[false] || !strings.Contains(words[true], "khen thưởng") {
		t.Errorf("its words are %q, and were %q", words[true], words[false])
	}
	if !strings.Contains(about[false], "Trần Văn Mẫu") || strings.Contains(about[true], "Trần Văn Mẫu") || strings.Contains(about[true], "LibreOffice") || !strings.Contains(about[true], "Quyết định mẫu") {
		t.Errorf("pdfinfo says\n%s\nand said\n%s", about[true], about[false])
	}
}

// pack makes a packed file of names and contents.
func pack(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		to, err := w.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(to, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wordTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	deckTypes = `<Types><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>`
)

func TestSlides(t *testing.T) {
	data := pack(t, "[Content_Types].xml", deckTypes,
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Tổng kết &amp; phương hướng</dc:title><dc:creator>Trần Văn Mẫu</dc:creator></cp:coreProperties>`,
		"ppt/slides/slide1.xml", `<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>Hội thi sáng tạo</a:t></a:r></a:p></p:sld>`,
		"ppt/slides/slide2.xml", `<p:sld xmlns:p="p" xmlns:a="a" show="0"><a:p><a:r><a:t>Kinh phí dự phòng</a:t></a:r></a:p></p:sld>`,
		"ppt/notesSlides/notesSlide1.xml", `<p:notes xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>Nói chậm ở đây</a:t></a:r></a:p></p:notes>`,
		"ppt/comments/comment1.xml", `<p:cmLst xmlns:p="p"><p:cm authorId="0"><p:text>sửa tiêu đề</p:text></p:cm></p:cmLst>`,
		"ppt/commentAuthors.xml", `<p:cmAuthorLst xmlns:p="p"><p:cmAuthor id="0" name="Trần Văn Mẫu"/></p:cmAuthorLst>`)
	f, clean, err := Read("a.pptx", data)
	if err != nil {
		t.Fatal(err)
	}
	if f.Kind != PowerPoint || f.Pages != 2 || f.Words != "Hội thi sáng tạo" || f.Title != "Tổng kết & phương hướng" {
		t.Errorf("%s, %d slides, %q, %q", f.Kind, f.Pages, f.Words, f.Title)
	}
	if got, want := lines(f.Removed), "tên người soạn “Trần Văn Mẫu”; 1 lời nhận xét"; got != want {
		t.Errorf("removed %s", got)
	}
	if got, want := lines(f.Carried), "1 trang chiếu ẩn; ghi chú của người trình bày ở 1 trang chiếu"; got != want {
		t.Errorf("carried %s", got)
	}
	if text := unpacked(t, clean); strings.Contains(text, "Mẫu") || strings.Contains(text, "sửa tiêu đề") {
		t.Error("names or comments are left")
	}
}

// TestPlacesAndPathsAreTakenOut finds what Office notes of the author's computer, and what
// a camera wrote into a picture within.
func TestPlacesAndPathsAreTakenOut(t *testing.T) {
	camera, err := os.ReadFile("../photo/testdata/camera.jpg")
	if err != nil {
		t.Fatal(err)
	}
	f, clean, err := Read("a.docx", pack(t, "[Content_Types].xml", wordTypes,
		"docProps/app.xml", `<Properties><Template>C:\mau.dotm</Template><Company>Cơ quan Mẫu</Company><Pages>7</Pages></Properties>`,
		"docProps/custom.xml", `<Properties><property name="Người duyệt"><vt:lpwstr>Trần Văn Mẫu</vt:lpwstr></property></Properties>`,
		"word/settings.xml", `<w:settings><w:attachedTemplate r:id="rId1"/><w:zoom w:percent="100"/></w:settings>`,
		"word/_rels/settings.xml.rels", `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="file:///C:\Users\tran.van.mau\mau.dotm" TargetMode="External"/></Relationships>`,
		"word/document.xml", `<w:document><w:body><w:p><w:r><w:t>Lời văn</w:t></w:r></w:p></w:body></w:document>`,
		"word/media/image1.jpeg", string(camera)))
	if err != nil {
		t.Fatal(err)
	}
	if f.Pages != 7 {
		t.Errorf("%d pages", f.Pages)
	}
	text := unpacked(t, clean)
	for _, trace := range []string{"C:\\", "Cơ quan Mẫu", "Trần Văn Mẫu", "tran.van.mau", "attachedTemplate", "Exif"} {
		if strings.Contains(text, trace) {
			t.Errorf("“%s” is left", trace)
		}
	}
	for _, kept := range []string{"Lời văn", `<w:zoom w:percent="100"/>`, "<Pages>7</Pages>"} {
		if !strings.Contains(text, kept) {
			t.Errorf("“%s” is gone", kept)
		}
	}
	if got := lines(f.Removed); !strings.Contains(got, "nơi chụp (GPS) của 1 ảnh") {
		t.Errorf("removed %s", got)
	}
}

// TestKindsByContent holds what is taken and what is refused to what a file holds,
// whatever it is called.
func TestKindsByContent(t *testing.T) {
	word, err := os.ReadFile("testdata/doc.docx")
	if err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile("testdata/doc.doc")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		what, name string
		data       []byte
		want       any // a Kind or a *Refusal
	}{
		{"Word named PDF", "a.pdf", word, Word},
		{"text", "a.txt", []byte("Kế hoạch\r\n"), Text},
		{"text named PDF", "a.pdf", []byte("Kế hoạch"), Text},
		{"table", "A.CSV", []byte("STT,Họ tên\n1,Mẫu\n"), CSV},
		{"UTF-16", "a.txt", []byte("\xff\xfeK\x00\xbf\x1e"), Text},
		{"Windows-1258", "a.txt", []byte("K\xea\xec hoa\xf2ch"), nil},
		{"MP3 with a tag", "a.mp3", []byte("ID3\x03\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x00"), MP3},
		{"MP3", "a.mp3", []byte("\xff\xfb\x90\x64\x00\x00"), MP3},
		{"MP4", "a.mp4", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"), MP4},
		{"archive", "a.zip", pack(t, "a.txt", "a"), archive},
		{"archive named Word", "a.docx", pack(t, "a.txt", "a"), archive},
		{"RAR", "a.rar", []byte("Rar!\x1a\x07\x00aaaa"), archive},
		{"old Word", "a.doc", old, oldOffice},
		{"old Word named new", "a.docx", old, oldOffice},
		{"macros", "a.docx", pack(t, "[Content_Types].xml", wordTypes, "word/vbaProject.bin", "x"), macros},
		{"two parts of one name", "a.docx", pack(t, "[Content_Types].xml", wordTypes, "word/document.xml", "<a/>", "word/document.xml", "<b/>"), damaged},
		{"macros by type", "a.docx", pack(t, "[Content_Types].xml", `<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`), macros},
		{"macros of LibreOffice", "a.odt", pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "Basic/Standard/Module1.xml", "x"), macros},
		{"LibreOffice's empty library", "a.odt", pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "Basic/Standard/script-lb.xml", "x", "content.xml", "<office:document-content/>"), ODT},
		{"password of LibreOffice", "a.odt", pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", "<manifest:encryption-data/>"), locked},
		{"program", "a.pdf", []byte("MZ\x90\x00\x03"), program},
		{"program named text", "a.txt", []byte("\x7fELF\x02\x01"), program},
		{"script", "a.txt", []byte("#!/bin/sh\n"), program},
		{"page", "a.txt", []byte("\n <!DOCTYPE html><script>alert(1)</script>"), markup},
		{"drawing", "a.csv", []byte("<?xml version=\"1.0\"?><svg onload='x'/>"), markup},
		{"page in UTF-16", "a.txt", []byte("\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00"), markup},
		{"picture", "a.pdf", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), picture},
		{"QuickTime", "a.mov", []byte("\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  "), otherFilm},
		{"sound of a telephone", "a.m4a", []byte("\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42"), otherFilm},
		{"WebM", "a.webm", []byte("\x1aE\xdf\xa3\x01\x00\x00\x00"), otherFilm},
		{"AVI", "a.avi", []byte("RIFF\x00\x00\x00\x00AVI LIST"), otherFilm},
		{"WAV", "a.wav", []byte("RIFF\x00\x00\x00\x00WAVEfmt "), otherFilm},
		{"HEIC", "a.mp4", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), picture},
		{"RTF", "a.doc", []byte(`{\rtf1 x}`), richText},
		{"nothing", "a.txt", nil, empty},
		{"blanks", "a.txt", []byte(" \r\n"), empty},
		{"anything", "a.pdf", []byte("\x01\x02\x03\x04\x05"), unknown},
		{"cut short", "a.docx", word[:len(word)/2], damaged},
		{"too large", "a.txt", bytes.Repeat([]byte("a"), MaxBytes+1), TooLarge},
		{"just not too large", "a.txt", bytes.Repeat([]byte("a\n"), MaxBytes/2), Text},
	} {
		f, _, err := Read(test.name, test.data)
		var refusal *Refusal
		switch {
		case errors.As(err, &refusal):
			if want, _ := test.want.(*Refusal); test.want != nil && want != refusal {
				t.Errorf("%s: refused since %s", test.what, refusal.Why.EN)
			}
		case err != nil:
			t.Errorf("%s: %v", test.what, err)
		case f.Kind != test.want:
			t.Errorf("%s: read as %s", test.what, f.Kind)
		}
	}
}

func TestTextIsPublishedInUTF8(t *testing.T) {
	f, clean, err := Read("a.csv", []byte("\xff\xfeK\x00\xbf\x1e\n\x00"))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(clean); got != "\uFEFFKế\n" || f.Words != "Kế" {
		t.Errorf("published as %q, read as %q", got, f.Words)
	}
	same := []byte("STT,Tên\n")
	if _, clean, err = Read("a.csv", same); err != nil || !bytes.Equal(clean, same) {
		t.Errorf("a table in UTF-8 was changed: %v", err)
	}
}

// box is one of those that MP4 files are made of.
func box(kind string, content ...string) string {
	inside := strings.Join(content, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(inside)+8))) + kind + inside
}

// filmOf is a film without pictures, of a length in seconds, a size and a code.
func filmOf(seconds, width, height int, code string, upright bool) []byte {
	number := func(n int) string { return string(binary.BigEndian.AppendUint32(nil, uint32(n))) }
	blank := func(n int) string { return strings.Repeat("\x00", n) }
	across, down := number(0x10000), blank(4)
	if upright {
		across, down = down, across
	}
	return []byte(box("ftyp", "mp42", blank(4), "mp42isom") +
		box("moov",
			box("mvhd", blank(12), number(600), number(600*seconds), blank(80)),
			box("trak", box("tkhd", blank(40), across, down, blank(28), number(width<<16), number(height<<16)),
				box("mdia", box("minf", box("stbl", box("stsd", blank(4), number(1), box(code, blank(78)))))))) +
		box("mdat", "x"))
}

// TestFilmsSayWhatTheyAre reads how long and how large a film is, and whether browsers play it.
func TestFilmsSayWhatTheyAre(t *testing.T) {
	for _, test := range []struct {
		what                   string
		film                   []byte
		seconds, width, height int
		unplayable             string
	}{
		{"a film", filmOf(200, 1920, 1080, "avc1", false), 200, 1920, 1080, ""},
		{"taken upright", filmOf(59, 1920, 1080, "avc1", true), 59, 1080, 1920, ""},
		{"of a telephone", filmOf(59, 1920, 1080, "hvc1", false), 59, 1920, 1080, "HEVC (H.265)"},
		{"of an old camera", filmOf(59, 640, 480, "mp4v", false), 59, 640, 480, "mp4v"},
	} {
		f, clean, err := Read("a.mp4", test.film)
		if err != nil {
			t.Fatal(err)
		}
		if f.Kind != MP4 || f.Seconds != test.seconds || f.Width != test.width || f.Height != test.height || f.Unplayable != test.unplayable || !bytes.Equal(clean, test.film) {
			t.Errorf("%s: %+v", test.what, f)
		}
	}
}

// TestSubtitles makes WebVTT anew of what anybody wrote, with nothing in it but times and
// words.
func TestSubtitles(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"a.vtt", "WEBVTT - tên\nKind: captions\n\nSTYLE\n::cue { background: url(https://example.org/) }\n\nNOTE của Trần Văn Mẫu\n\n1\n00:01.000 --> 00:02.500 line:0 position:20%\n<v Bà Thử>Kính <b>thưa</b> <00:00:01.500><c.vang>các vị</c>\n\n00:03.000 --> 00:04.000\nMột &lt; hai &amp; ba &rlm;",
			"WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nBà Thử: Kính thưa các vị\n\n00:00:03.000 --> 00:00:04.000\nMột &lt; hai &amp; ba\n"},
		{"a.srt", "\ufeff1\r\n00:00:01,000 --> 00:00:02,5\r\n{\\an8}<font color=red>Xin chào</font>\r\nMột < hai\r\n\r\n2\r\n01:00:03,000 --> 01:00:04,000\r\nMột < hai\r\n",
			"WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nXin chào\nMột &lt; hai\n\n01:00:03.000 --> 01:00:04.000\nMột &lt; hai\n"},
		{"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<script>alert(1)</script> --> \n", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nalert(1) --&gt;\n"},
		{"a.txt", "WEBVTT\n\n00:01.000 --> 00:02.000\nA", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nA\n"},
		{"a.srt", "Xin chào", ""},
		{"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n", ""},
		{"a.srt", "1\n00:00:01,000 --> 00:00:02,000\nXin ch\xe0o", ""},
	} {
		f, clean, err := Read(test.name, []byte(test.text))
		if test.want == "" {
			if err == nil {
				t.Errorf("%q is taken", test.text)
			}
			continue
		}
		if err != nil || f.Kind != Subtitles || string(clean) != test.want {
			t.Errorf("%q: %v, %q", test.text, err, clean)
		}
	}
	f, _, err := Read("a.srt", []byte("1\n00:00:01,000 --> 00:00:02,000\nXin\n\n2\n00:00:02,000 --> 00:00:03,000\nXin\nchào\n"))
	if err != nil || f.Words != "Xin\nchào" {
		t.Errorf("%v: what rolls up is said as %q", err, f.Words)
	}
}

// TestFilm takes where a film was taken out of it, and moves nothing.
func TestFilm(t *testing.T) {
	data := []byte(box("ftyp", "mp42\x00\x00\x00\x00mp42isom") + box("moov", box("mvhd", "x")+box("trak", box("tkhd", "y")+box("udta", box("name", "Trần Văn Mẫu")))+box("udta", box("\xa9xyz", "+10.9+108.1/"))) + box("mdat", "hình"))
	f, clean, err := Read("a.mp4", data)
	if err != nil {
		t.Fatal(err)
	}
	out := string(clean)
	if strings.Contains(out, "+10.9") || strings.Contains(out, "Mẫu") || len(out) != len(data) || !strings.Contains(out, "hình") || !strings.Contains(out, "tkhd") ||
		strings.Count(out, "free") != 2 || strings.Contains(out, "udta") { // blanks under their old name would be damaged boxes
		t.Errorf("published as %q", out)
	}
	if lines(f.Removed) == "" {
		t.Error("nothing is told")
	}
}

func TestPrivateNumbers(t *testing.T) {
	for _, test := range []struct{ text, cards, phones string }{
		{"Số CCCD 068085001234, cấp ngày 01/02/2021", "068085001234", ""},
		{"thẻ 068 085 001 234.", "068 085 001 234", ""},
		{"Số CMND: 261234567 do Công an cấp", "261234567", ""},
		{"Chứng minh nhân dân số 025123456", "025123456", ""},
		{"Họ tên\tSố CMND\nMẫu\t261234567\nThử\t025123456", "261234567 025123456", ""},
		{"1,Mẫu,068085001234,261234567,0912345678\nCMND", "068085001234 261234567", "0912345678"}, // a table
		{"Số CCCD\n60085001234  6.0085001234E10", "60085001234 6.0085001234E10", ""},              // as a spreadsheet spoils them
		{"Số căn cước 060-085-001234, 060-085-001-234, 0680-8500-1234", "060-085-001-234 0680-8500-1234", ""},
		{"Kinh phí 60085001234 đồng, mã 060-085-001-234", "", ""}, // of nobody's card
		{"Mã hồ sơ 261234567", "", ""},                            // nine digits of anything
		{"Số CCCD: ……………, điện thoại: ………", "", ""},               // a form
		{"Kinh phí 123.456.789 đồng, CMND kèm theo", "", ""},      // money
		{"Mã số thuế 3401234567", "", ""},
		{"tài khoản 997085001234", "", ""}, // no province has that number
		{"điện thoại 0252.3821234, di động 0912 345 678, +84 912 345 678", "", "0252.3821234 0912 345 678 +84 912 345 678"},
		{"Ngày 01/01/2026, số 812-QĐ/TU", "", ""},
	} {
		if got := strings.Join(IdentityNumbers(test.text), " "); got != test.cards {
			t.Errorf("%q: cards %q, want %q", test.text, got, test.cards)
		}
		if got := strings.Join(Telephones(test.text), " "); got != test.phones {
			t.Errorf("%q: telephones %q, want %q", test.text, got, test.phones)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		if data, err := os.ReadFile(name); err == nil {
			f.Add(filepath.Base(name), data)
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		file, clean, err := Read(name, data)
		if err != nil {
			var refusal *Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("an error that is no refusal: %v", err)
			}
			return
		}
		again, _, err := Read(name, clean)
		if err != nil {
			t.Fatalf("what is published is refused: %v", err)
		}
		if again.Kind != file.Kind {
			t.Fatalf("what is published is %s, not %s", again.Kind, file.Kind)
		}
	})
}

const bookTypes = `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`

// sheetOf is a workbook of one sheet, with other parts.
func sheetOf(t *testing.T, sheet string, parts ...string) []byte {
	t.Helper()
	return pack(t, append([]string{"[Content_Types].xml", bookTypes,
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="Một" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet>` + sheet + `</worksheet>`}, parts...)...)
}

// TestNoPartOfAnOfficeFileIsPassedOver holds that whatever stands in a file is looked at,
// wherever and under whatever prefix programs put it, and that what readers can get at
// besides its words is told.
func TestNoPartOfAnOfficeFileIsPassedOver(t *testing.T) {
	const card = "căn cước 060085001234"
	document := func(body string, parts ...string) []byte {
		return pack(t, append([]string{"[Content_Types].xml", wordTypes, "word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>` + body + `</w:p></w:body></w:document>`}, parts...)...)
	}
	row := func(attributes, text string) string {
		return `<sheetData><row ` + attributes + `><c r="C1" t="inlineStr"><is><t>` + text + `</t></is></c></row></sheetData>`
	}
	slide := `<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>Trang</a:t></a:r></a:p></p:sld>`
	for name, test := range map[string]struct {
		file    string
		data    []byte
		shown   bool // among the words that readers see
		carried string
		removed string
	}{
		"another prefix": {"a.docx", pack(t, "[Content_Types].xml", wordTypes, "word/document.xml",
			`<n:document xmlns:n="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><n:p><n:r><n:t>`+card+`</n:t></n:r></n:p></n:document>`), true, "", ""},
		"no prefix": {"a.docx", pack(t, "[Content_Types].xml", wordTypes, "word/document.xml",
			`<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><p><r><t>`+card+`</t></r></p></document>`), true, "", ""},
		"deleted, of another prefix": {"a.docx", pack(t, "[Content_Types].xml", wordTypes, "word/document.xml",
			`<n:document xmlns:n="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><n:p><n:del><n:r><n:delText>`+card+`</n:delText></n:r></n:del></n:p></n:document>`),
			false, "1 thay đổi đang theo dõi (chữ đã xóa vẫn đọc được)", ""},
		"hidden":         {"a.docx", document(`<w:r><w:rPr><w:vanish w:val="true"/></w:rPr><w:t>` + card + `</w:t></w:r>`), true, "1 đoạn chữ ẩn", ""},
		"shown":          {"a.docx", document(`<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>` + card + `</w:t></w:r>`), true, "", ""},
		"a diagram":      {"a.docx", document(``, "word/diagrams/data1.xml", `<d xmlns:a="a"><a:p><a:t>`+card+`</a:t></a:p></d>`), true, "", ""},
		"a chart":        {"a.docx", document(``, "word/charts/chart1.xml", `<c:chart xmlns:c="c"><c:v>`+card+`</c:v></c:chart>`), false, "", ""},
		"a part of HTML": {"a.docx", document(``, "word/afchunk.htm", `<html><p>Một<br>`+card+`</html>`), false, "", ""},
		"custom data":    {"a.docx", document(``, "customXml/item1.xml", `<x>`+card+`</x>`), false, "", ""},
		"a letter's list": {"a.docx", document(card,
			"word/settings.xml", `<w:settings xmlns:w="w"><w:mailMerge><w:query w:val="SELECT"/></w:mailMerge></w:settings>`,
			"word/_rels/settings.xml.rels", `<Relationships><Relationship Id="r1" Type="http://x/mailMergeSource" Target="file:///C:/ds.xlsx" TargetMode="External"/></Relationships>`), false, "", ""},
		"paths and pictures from elsewhere": {"a.docx", document(`<w:r><w:t>`+card+`</w:t></w:r>`, "word/_rels/document.xml.rels",
			`<Relationships><Relationship Id="a" Type="http://x/hyperlink" Target="file:///C:/Users/mau/a.docx" TargetMode="External"/><Relationship Id="b" Type="http://x/image" Target="https://khac.example/a.png" TargetMode="External"/><Relationship Id="c" Type="http://x/hyperlink" Target="https://khac.example/" TargetMode="External"/></Relationships>`),
			true, "1 đường dẫn tới tệp trên máy của người soạn; 1 chỗ tự tải nội dung từ trang khác khi mở tệp", ""},
		"a diagram of a slide":     {"a.pptx", pack(t, "[Content_Types].xml", deckTypes, "ppt/slides/slide1.xml", slide, "ppt/diagrams/data1.xml", `<d xmlns:a="a"><a:p><a:t>`+card+`</a:t></a:p></d>`), true, "", ""},
		"a slide's pattern":        {"a.pptx", pack(t, "[Content_Types].xml", deckTypes, "ppt/slides/slide1.xml", slide, "ppt/slideMasters/slideMaster1.xml", `<d xmlns:a="a"><a:t>`+card+`</a:t></d>`), false, "", ""},
		"a sheet":                  {"a.xlsx", sheetOf(t, row("", card)), true, "", ""},
		"all columns to the right": {"a.xlsx", sheetOf(t, `<cols><col min="3" max="16384" hidden="1"/></cols>`+row("", card)), false, "1 cột ẩn", ""},
		"hidden and empty":         {"a.xlsx", sheetOf(t, `<cols><col min="4" max="16384" hidden="1"/></cols>`+row("", card)), true, "", ""},
		"a column of no width":     {"a.xlsx", sheetOf(t, `<cols><col min="3" max="3" width="0" customWidth="1"/></cols>`+row("", card)), false, "1 cột ẩn", ""},
		"a row of no height":       {"a.xlsx", sheetOf(t, row(`ht="0" customHeight="1"`, card)), false, "1 dòng ẩn", ""},
		"the head of a sheet":      {"a.xlsx", sheetOf(t, `<headerFooter><oddHeader>&amp;L&amp;"Arial"&amp;12`+card+`</oddHeader></headerFooter>`), true, "", ""},
		"a text box":               {"a.xlsx", sheetOf(t, row("", "Một"), "xl/drawings/drawing1.xml", `<x xmlns:a="a"><a:p><a:t>`+card+`</a:t></a:p></x>`), true, "", ""},
		"a pivot table":            {"a.xlsx", sheetOf(t, row("", "Một"), "xl/pivotCache/pivotCacheRecords1.xml", `<r><s v="`+card+`"/></r>`), false, "số liệu gốc của 1 bảng tổng hợp (PivotTable)", ""},
		"a data base":              {"a.xlsx", sheetOf(t, row("", "Một"), "xl/connections.xml", `<connections><connection><dbPr connection="`+card+`"/></connection></connections>`), false, "1 kết nối tới nguồn dữ liệu", ""},
		"another workbook":         {"a.xlsx", sheetOf(t, row("", "Một"), "xl/externalLinks/externalLink1.xml", `<l><cell><v>`+card+`</v></cell></l>`), false, "số liệu chép từ 1 tệp khác", ""},
		"a sound":                  {"a.mp3", []byte("ID3\x03\x00\x00\x00\x00\x01\x00" + strings.Repeat("T", 128) + "\xff\xfb\x90\x64" + strings.Repeat("s", 200) + "TAG" + strings.Repeat("T", 125)), false, "", "tên, lời ghi và ảnh kèm trong bản ghi âm"},
	} {
		f, clean, err := Read(test.file, test.data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if strings.Contains(f.Words, card) != test.shown {
			t.Errorf("%s: the words are %q", name, f.Words)
		}
		if f.Kind != MP3 && name != "a letter's list" && len(IdentityNumbers(f.Words+f.Unseen)) != 1 {
			t.Errorf("%s: the number is not found in %q", name, f.Unseen)
		}
		if got := lines(f.Carried); got != test.carried || f.Unread {
			t.Errorf("%s: carried %q, unread: %v", name, got, f.Unread)
		}
		if got := lines(f.Removed); got != test.removed {
			t.Errorf("%s: removed %q", name, got)
		}
		if f.Kind == MP3 && string(clean) != "\xff\xfb\x90\x64"+strings.Repeat("s", 200) {
			t.Errorf("%s: %q is left", name, clean)
		}
		if name == "a letter's list" && strings.Contains(unpacked(t, clean), "ds.xlsx") {
			t.Errorf("%s is left", name)
		}
	}
	if f, _, err := Read("a.docx", document(``, "word/afchunk.rtf", "x", "word/_rels/document.xml.rels", `<Relationships><Relationship Type="http://x/aFChunk" Target="afchunk.rtf"/></Relationships>`)); err != nil || !f.Unread {
		t.Errorf("a part in another format is taken for read (%v)", err)
	}
}
