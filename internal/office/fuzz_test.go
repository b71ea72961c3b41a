package office

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzDocument wants of any main part: no panic, and Markdown that shows the
// characters of the text, no more and no fewer stars than it has.
func FuzzDocument(f *testing.F) {
	cases, err := filepath.Glob("testdata/word/*.txtar")
	if err != nil || len(cases) == 0 {
		f.Fatal("no cases", err)
	}
	for _, file := range cases {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		parts := map[string]string{}
		for _, part := range ar.Files {
			parts[part.Name] = string(part.Data)
		}
		f.Add(parts["document"], parts["styles"], parts["numbering"], parts["footnotes"])
	}
	f.Fuzz(func(t *testing.T, document, styles, numbering, footnotes string) {
		doc, findings := Read("a.docx", zipped(t, docx(map[string]string{"document": document, "styles": styles, "numbering": numbering, "footnotes": footnotes})))
		if doc == nil {
			if len(findings) == 0 {
				t.Error("refused without a word")
			}
			return
		}
		article, _ := doc.Article(Reading{ToFill: "x"})
		doc.Text()
		if strings.Contains(article.Markdown, "{{<") || strings.Contains(article.Markdown, "{{%") {
			t.Errorf("a shortcode of Hugo's: %s", article.Markdown)
		}
	})
}

// FuzzArchive wants of any bytes at all an answer.
func FuzzArchive(f *testing.F) {
	f.Add(zipped(f, with(nil)))
	f.Add(ole("WordDocument"))
	f.Add(zipped(f, external("image", "http://example.org/a.png")))
	f.Fuzz(func(t *testing.T, data []byte) {
		if doc, findings := Read("a.docx", data); doc == nil && len(findings) == 0 {
			t.Error("refused without a word")
		}
		if sheet, findings := ReadSheet("a.xlsx", data, []Column{{Key: "title", Names: []string{"Họ và tên"}}}, Choice{}); sheet == nil && len(findings) == 0 {
			t.Error("refused without a word")
		}
	})
}

// FuzzSheet wants of any sheet, its words and its styles: no panic, an answer, and cells
// of sound text.
func FuzzSheet(f *testing.F) {
	workbook := map[string]string{}
	book := file(f, "testdata/libreoffice/danh-sach.xlsx")
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		f.Fatal(err)
	}
	for _, part := range z.File {
		data, err := fs.ReadFile(z, part.Name)
		if err != nil {
			f.Fatal(err)
		}
		workbook[part.Name] = string(data)
	}
	f.Add(workbook["xl/worksheets/sheet1.xml"], workbook["xl/sharedStrings.xml"], workbook["xl/styles.xml"])
	f.Fuzz(func(t *testing.T, sheet, words, styles string) {
		parts := maps.Clone(workbook)
		parts["xl/worksheets/sheet1.xml"], parts["xl/sharedStrings.xml"], parts["xl/styles.xml"] = sheet, words, styles
		read, findings := ReadSheet("a.xlsx", zipped(t, parts), people, Choice{})
		if read == nil {
			if len(findings) == 0 {
				t.Error("refused without a word")
			}
			return
		}
		for _, row := range read.Rows {
			for key, cell := range row.Cells {
				if !utf8.ValidString(cell.Text) {
					t.Errorf("row %d, %s: %q", row.Number, key, cell.Text)
				}
			}
		}
	})
}

// FuzzNumbering wants of any definition labels that are short, whatever is
// counted.
func FuzzNumbering(f *testing.F) {
	f.Add(planNumbering, "0123401", "1")
	f.Fuzz(func(t *testing.T, definition, levels, id string) {
		root, err := parseXML([]byte("<w:numbering " + wordNamespaces + ">" + definition + "</w:numbering>"))
		if err != nil {
			return
		}
		n := readNumbering(root)
		for _, c := range levels {
			if it := n.next(id, int(c-'0')); it != nil && len(it.label) > 1024 {
				t.Errorf("a label of %d bytes", len(it.label))
			}
		}
	})
}

// FuzzInline writes two runs of any text and any look as Markdown, and wants the
// same characters to be seen.
func FuzzInline(f *testing.F) {
	f.Add("một", "“hai”", uint8(1), uint8(2))
	f.Add("a*b", "_c_ [d](e)", uint8(7), uint8(0))
	f.Add("1. x\n- y", " # z", uint8(0), uint8(4))
	f.Fuzz(func(t *testing.T, a, b string, lookA, lookB uint8) {
		made := func(s string, l uint8) run {
			return run{text: tidy(strings.ToValidUTF8(s, "")), bold: l&1 > 0, italic: l&2 > 0, strike: l&4 > 0}
		}
		p := &para{runs: []run{made(a, lookA), made(b, lookB)}}
		w := &writer{doc: &Document{}}
		text, _ := w.inline(p)
		if want := strings.Join(strings.Fields(plain(p.runs)), ""); want != "" && readBack(text, "") != want {
			t.Errorf("%q is read back as %q, want %q", text, readBack(text, ""), want)
		}
	})
}

// FuzzLegacy wants of any text in any font: no panic, and plain letters left
// alone.
func FuzzLegacy(f *testing.F) {
	f.Add("Ban Th\u00ADêng vô TØnh ñy", ".VnTime", "", "Arial")
	f.Add("Ban Thöôøng vuï Tænh u", "VNI-Times", "ûy", "VNI-Times")
	f.Fuzz(func(t *testing.T, a, fontA, b, fontB string) {
		a, b = strings.ToValidUTF8(a, ""), strings.ToValidUTF8(b, "")
		d := &Document{blocks: []block{&para{runs: []run{{text: a, font: fontA}, {text: b, font: fontB}}}}}
		d.decode()
		got := plain(d.blocks[0].(*para).runs)
		if !beyondASCII(a+b) && !strings.EqualFold(got, strings.TrimSpace(a+b)) {
			t.Errorf("%q and %q became %q", a, b, got)
		}
	})
}
