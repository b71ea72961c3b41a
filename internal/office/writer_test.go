package office_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/office"
)

var plain = &office.Style{Name: "Lời văn", Align: office.Justify, Size: 14, FirstLine: 36}

func document() *office.Docx {
	return &office.Docx{
		Title: "Báo cáo <thử>", Creator: "A & B", Date: "2026-11-23", Language: "vi-VN", Foot: "Nguồn: \"x\"", Description: "thử",
		Body: []office.Block{
			office.Paragraph{Style: &office.Style{Name: "Tên", Align: office.Center, Size: 15, Bold: true, Outline: 1}, Text: "BÁO CÁO", Mark: "p_1"},
			office.Paragraph{Style: plain, Text: "Một & hai < ba  bốn"},
			office.Paragraph{Style: plain, Text: "Xem", Link: "https://example.org/?a=1&b=\"2\""},
			office.Table{Columns: []int{1, 2}, Borders: true, Head: true, Rows: [][]office.TableCell{
				{{{Style: plain, Text: "trái"}}, {{Style: plain, Text: "phải"}, {Style: plain, Text: "dưới"}}},
				{nil, {{Style: plain, Text: "cuối"}}},
			}},
		},
	}
}

func bytesOf(t *testing.T, d *office.Docx) []byte {
	t.Helper()
	data, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	data := bytesOf(t, document())
	doc, findings := office.Read("a.docx", data)
	if doc == nil {
		t.Fatal(findings[0].Message(diag.English))
	}
	text, _ := doc.Text()
	if want := "BÁO CÁO\nMột & hai < ba  bốn\nXem https://example.org/?a=1&b=\"2\"\ntrái\nphải\ndưới\ncuối\n"; text != want {
		t.Errorf("got\n%s", text)
	}
	if !bytes.Equal(data, bytesOf(t, document())) {
		t.Error("the same document gives other bytes")
	}
}

// TestEveryPartIsXML and is named in the list of contents.
func TestEveryPartIsXML(t *testing.T) {
	data := bytesOf(t, document())
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		for dec := xml.NewDecoder(r); ; {
			if _, err := dec.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(f.Name, err)
			}
		}
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s carries a time: %v", f.Name, f.Modified)
		}
	}
}
