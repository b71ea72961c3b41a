package office

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"strings"
	"testing"

	"lienhiep/internal/diag"
)

const plainBody = `<w:body><w:p><w:r><w:t>Chữ.</w:t></w:r></w:p></w:body>`

// with returns the parts of a good Word file, and some more or others.
func with(more map[string]string) map[string]string {
	files := docx(map[string]string{"document": plainBody})
	maps.Copy(files, more)
	return files
}

func external(kind, target string) map[string]string {
	return with(map[string]string{"word/_rels/document.xml.rels": relsHead +
		fmt.Sprintf(`<Relationship Id="x" Type="%s%s" Target="%s" TargetMode="External"/></Relationships>`, relType, kind, target)})
}

func wordXML(declaration, body string) map[string]string {
	return with(map[string]string{"word/document.xml": declaration + "<w:document " + wordNamespaces + "><w:body><w:p><w:r><w:t>" + body + "</w:t></w:r></w:p></w:body></w:document>"})
}

func ole(words string) []byte {
	b := []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 512))
	for _, c := range words {
		b = append(b, byte(c), 0)
	}
	return b
}

// flagged sets the flag of encryption on every entry of an archive.
func flagged(data []byte) []byte {
	for _, at := range []struct {
		sign string
		off  int
	}{{"PK\x03\x04", 6}, {"PK\x01\x02", 8}} {
		for i := 0; ; {
			j := bytes.Index(data[i:], []byte(at.sign))
			if j < 0 {
				break
			}
			i += j + 4
			data[i-4+at.off] |= 1
		}
	}
	return data
}

// liar packs a part whose size is told too small.
func liar(t testing.TB, files map[string]string, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for n, text := range files {
		if n != name {
			f, err := z.Create(n)
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(f, text)
			continue
		}
		f, err := z.CreateRaw(&zip.FileHeader{Name: n, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(text)),
			CompressedSize64: uint64(len(text)), UncompressedSize64: 10})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestHostileFiles wants every file that is not what it should be refused, by the
// rule that says why, and in time.
func TestHostileFiles(t *testing.T) {
	pack := func(files map[string]string) []byte { return zipped(t, files) }
	many := with(nil)
	for i := range maxParts {
		many[fmt.Sprintf("word/x%d", i)] = ""
	}
	twice := pack(with(map[string]string{"word/a.xml": "<a/>", "word/A.xml": "<a/>"}))
	bomb := strings.Repeat(" ", 30<<20)
	good := pack(with(nil))
	tests := []struct {
		name string
		data []byte
		want string // the rule's code
	}{
		{"good", good, ""},
		{"nothing", nil, "office-not-office"},
		{"text", []byte("Chữ."), "office-not-office"},
		{".doc", ole("WordDocument"), "office-old-format"},
		{".rtf", []byte(`{\rtf1\ansi Ch}`), "office-old-format"},
		{"password", ole("EncryptedPackage"), "office-encrypted"},
		{"encrypted zip", flagged(pack(with(nil))), "office-encrypted"},
		{"zip of something else", pack(map[string]string{"a.txt": "x"}), "office-not-office"},
		{"Excel in Word's place", pack(with(map[string]string{"[Content_Types].xml": typesHead + `<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`})), "office-not-office"},
		{"cut short", good[:len(good)/2], "office-damaged"},
		{"garbled", bytes.Replace(good, []byte("PK\x01\x02"), []byte("PK\x01\x00"), 1), "office-damaged"},
		{"no main part", pack(with(map[string]string{"_rels/.rels": relsHead + "</Relationships>"})), "office-not-office"},
		{"XML cut short", pack(with(map[string]string{"word/document.xml": "<w:document><w:body>"})), "office-damaged"},
		{"macros", pack(with(map[string]string{"word/vbaProject.bin": "x"})), "office-macros"},
		{".docm", pack(with(map[string]string{"[Content_Types].xml": typesHead + `<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`})), "office-macros"},
		{"climbs out", pack(with(map[string]string{"word/../../etc/passwd": "x"})), "office-bad-name"},
		{"absolute", pack(with(map[string]string{"/etc/passwd": "x"})), "office-bad-name"},
		{"backslashes", pack(with(map[string]string{`word\..\..\x`: "x"})), "office-bad-name"},
		{"drive", pack(with(map[string]string{"C:x": "x"})), "office-bad-name"},
		{"one name twice", twice, "office-bad-name"},
		{"too many parts", pack(many), "office-too-large"},
		{"zip bomb", pack(with(map[string]string{"word/media/a.png": bomb})), "office-too-large"},
		{"bomb in pieces", claiming(t, with(nil), 90<<20, 3), "office-too-large"},
		{"size told wrong", liar(t, with(nil), "word/document.xml"), "office-damaged"},
		{"billion laughs", pack(wordXML(`<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`, "&b;")), "office-dtd"},
		{"external entity", pack(wordXML(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>`, "&a;")), "office-dtd"},
		{"entity without DTD", pack(wordXML("", "&a;")), "office-damaged"},
		{"deep", pack(wordXML("", strings.Repeat("<a>", 5000)+strings.Repeat("</a>", 5000))), "office-too-large"},
		{"picture elsewhere", pack(external("image", "http://example.org/a.png")), "office-external"},
		{"template elsewhere", pack(external("attachedTemplate", "https://example.org/a.dotm")), "office-external"},
		{"template on a share", pack(external("attachedTemplate", `file://\\10.0.0.1\a.dotm`)), "office-external"},
		{"template of one's own", pack(external("attachedTemplate", `file:///C:\Users\a\Normal.dotm`)), ""},
		{"object elsewhere", pack(external("oleObject", "http://example.org/a")), "office-external"},
		{"frame elsewhere", pack(external("frame", "http://example.org/a")), "office-external"},
		{"link elsewhere", pack(external("hyperlink", "http://example.org/a")), ""},
		{"no text", pack(docx(map[string]string{"document": "<w:body><w:p/></w:body>"})), "office-empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := Read("bai.docx", tt.data)
			got := ""
			for _, f := range findings {
				got = f.Code
				for _, l := range []diag.Lang{diag.Vietnamese, diag.English} {
					if s := f.Message(l) + f.Hint(l); strings.Contains(s, "%!") || f.Severity == diag.Error && f.Hint(l) == "" {
						t.Errorf("%s: %q", f.Code, s)
					}
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q\n%s", got, tt.want, listed(findings))
			}
		})
	}
}

// claiming packs n more parts that are said to be of the size, at a ratio like
// that of pictures.
func claiming(t testing.TB, files map[string]string, size uint64, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, text)
	}
	for i := range n {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprint(i), Method: zip.Deflate, CompressedSize64: size / 2, UncompressedSize64: size}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPathological holds constructions that cost a careless reader much more
// than they are long.
func TestPathological(t *testing.T) {
	p := func(s string) string { return `<w:p><w:r><w:t>` + s + `</w:t></w:r></w:p>` }
	nested := p("x")
	for range 40 {
		nested = `<w:tbl><w:tr><w:tc>` + nested + `</w:tc></w:tr></w:tbl>`
	}
	styles := ""
	for i := range 2000 {
		styles += fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="s%d"><w:name w:val="s%d"/><w:basedOn w:val="s%d"/></w:style>`, i, i, (i+1)%2000)
	}
	for name, parts := range map[string]map[string]string{
		"comments in text":    {"document": "<w:body><w:p><w:r><w:t>" + strings.Repeat("a<!-- -->", 200_000) + "</w:t></w:r></w:p></w:body>"},
		"tables in tables":    {"document": "<w:body>" + p("a") + nested + "</w:body>"},
		"styles in a circle":  {"document": `<w:body>` + strings.Repeat(`<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`, 2000) + `</w:body>`, "styles": styles},
		"fields never closed": {"document": "<w:body>" + p("a") + strings.Repeat(`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>`, 20_000) + "</w:body>"},
		"a wide table":        {"document": "<w:body><w:tbl>" + strings.Repeat(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>`+p("a")+`</w:tc></w:tr>`, 3000) + "</w:tbl>" + p("b") + "</w:body>"},
		"stars":               {"document": "<w:body>" + p(strings.Repeat("*_[]()", 20_000)) + "</w:body>"},
		"deleted ends":        {"document": "<w:body>" + strings.Repeat(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`, 20_000) + "</w:body>"},
		"huge numbers": {"document": `<w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p></w:body>`,
			"numbering": `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="2147483647"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="` + strings.Repeat("%1", 10_000) + `"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`},
	} {
		t.Run(name, func(t *testing.T) {
			doc, findings := Read("bai.docx", zipped(t, docx(parts)))
			if doc == nil {
				t.Fatal(listed(findings))
			}
			article, _ := doc.Article(Reading{ToFill: "x"})
			text, _ := doc.Text()
			if len(article.Markdown) > 8<<20 || len(text) > 8<<20 {
				t.Errorf("%d and %d bytes came out", len(article.Markdown), len(text))
			}
		})
	}
}

// TestTextDoesWithoutPicturesFromElsewhere reads a document of which the text alone is
// wanted; what else comes from elsewhere is refused as ever.
func TestTextDoesWithoutPicturesFromElsewhere(t *testing.T) {
	d, findings := ReadText("a.docx", zipped(t, external("image", "http://example.org/a.png")))
	if d == nil || len(findings) != 1 || findings[0].Code != "office-linked-pictures" {
		t.Errorf("pictures: %v, %v", d, findings)
	}
	if text, _ := d.Text(); text == "" {
		t.Error("no text is left")
	}
	if d, findings := ReadText("a.docx", zipped(t, external("oleObject", "http://example.org/a"))); d != nil || findings[0].Code != "office-external" {
		t.Errorf("an object: %v", findings)
	}
}
