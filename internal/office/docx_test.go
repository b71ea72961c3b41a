package office

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lienhiep/internal/diag"
	"lienhiep/internal/photo"
)

var update = flag.Bool("update", false, "write what comes out into the cases")

const (
	wordNamespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
		`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" ` +
		`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
		`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ` +
		`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
		`xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ` +
		`xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ` +
		`xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"`
	relType   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	typesHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`
	relsHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	mainType  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)

// docx makes a Word file of its parts, each of which needs only what is in its
// root element: "document", "styles", "numbering", "footnotes" … Relations of the
// document beside those come as the part "rels"; a name with a slash is a part as
// it stands.
func docx(parts map[string]string) map[string]string {
	roots := map[string]string{"document": "w:document", "styles": "w:styles", "numbering": "w:numbering", "footnotes": "w:footnotes",
		"endnotes": "w:endnotes", "comments": "w:comments"}
	files := map[string]string{
		"[Content_Types].xml": typesHead + `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + mainType + `"/></Types>`,
		"_rels/.rels":         relsHead + `<Relationship Id="rId1" Type="` + relType + `officeDocument" Target="word/document.xml"/></Relationships>`,
	}
	rels := parts["rels"]
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		switch root, ok := roots[name]; {
		case ok:
			files["word/"+name+".xml"] = fmt.Sprintf("<%s %s>%s</%s>", root, wordNamespaces, parts[name], root)
		case name == "theme":
			files["word/theme.xml"] = fmt.Sprintf("<a:theme %s>%s</a:theme>", wordNamespaces, parts[name])
		case strings.Contains(name, "/"), strings.HasPrefix(name, "["):
			files[name] = parts[name]
			continue
		default:
			continue
		}
		if name != "document" {
			rels += fmt.Sprintf(`<Relationship Id="part-%s" Type="%s%s" Target="%s.xml"/>`, name, relType, name, name)
		}
	}
	files["word/_rels/document.xml.rels"] = relsHead + rels + "</Relationships>"
	return files
}

// zipped packs files in the order of their names.
func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pngFile is a small picture, red on its left and blue on its right.
func pngFile(t testing.TB) string {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 40, 20))
	for i := range 40 * 20 {
		m.Set(i%40, i/40, []color.Color{color.NRGBA{200, 0, 0, 255}, color.NRGBA{0, 0, 200, 255}}[i%40/20])
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// caseFile reads the parts of a Word file out of a case. $PNG in a part's place
// is a picture.
func caseFile(t testing.TB, ar *txtar.Archive) []byte {
	parts := map[string]string{}
	for _, f := range ar.Files {
		parts[f.Name] = strings.TrimSuffix(string(f.Data), "\n")
		if parts[f.Name] == "$PNG" {
			parts[f.Name] = pngFile(t)
		}
	}
	return zipped(t, docx(parts))
}

// listed writes findings one a line.
func listed(findings []diag.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s %s: %s\n", f.Severity, f.Code, f.Message(diag.Vietnamese))
	}
	return b.String()
}

// TestWord reads each case of testdata/word, a Word file as Word writes it, and
// compares the article ("want.md"), its author ("want.author"), the plain text ("want.txt") and the findings
// ("want.findings") that the case names.
func TestWord(t *testing.T) {
	cases, err := filepath.Glob("testdata/word/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, findings := Read("bai.docx", caseFile(t, ar))
			got := map[string]string{}
			if doc != nil {
				article, more := doc.Article(Reading{ToFill: "CẦN ĐIỀN"})
				findings = append(findings, more...)
				got["want.md"], got["want.author"] = article.Markdown, article.Author+"\n"
				if article.Title != "" {
					got["want.md"] = "# " + article.Title + "\n\n" + article.Markdown
				}
				for _, name := range slices.Sorted(maps.Keys(article.Pictures)) {
					if carried := photo.Carried(article.Pictures[name]); carried != nil {
						t.Errorf("%s carries %v", name, carried)
					}
				}
				text, more := doc.Text()
				findings = append(findings, more...)
				got["want.txt"] = text
			}
			got["want.findings"] = listed(findings)
			for i, f := range ar.Files {
				if !strings.HasPrefix(f.Name, "want.") {
					continue
				}
				if *update {
					ar.Files[i].Data = []byte(got[f.Name])
				} else if string(f.Data) != got[f.Name] {
					t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got[f.Name], f.Data)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
