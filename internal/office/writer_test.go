package office_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"

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
	text, err := office.Words(data)
	if want := "BÁO CÁO\nMột & hai < ba  bốn\nXem https://example.org/?a=1&b=\"2\"\ntrái\nphải\ndưới\ncuối\n"; err != nil || text != want {
		t.Errorf("%v\n%s", err, text)
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

// packed is a zip file with one part.
func packed(t testing.TB, name string, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(content)
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsNoDocumentIsRefused(t *testing.T) {
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("Số 15-KH/TU"), "another zip": packed(t, "a.txt", []byte("x")),
		"broken": packed(t, "word/document.xml", []byte("<a><b></a>")), "cut": bytesOf(t, document())[:900],
	} {
		if _, err := office.Words(data); !errors.Is(err, office.ErrNotDocument) {
			t.Errorf("%s: %v", name, err)
		}
	}
	bomb := packed(t, "word/document.xml", append([]byte("<a>"), bytes.Repeat([]byte(" "), 65<<20)...))
	if _, err := office.Words(bomb); err == nil {
		t.Error("a file that unpacks without end is read")
	}
}

func FuzzWords(f *testing.F) {
	data, err := document().Bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(packed(f, "word/document.xml", []byte(`<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:t>a</w:t><w:br/></w:p>`)))
	f.Fuzz(func(t *testing.T, data []byte) { office.Words(data) })
}
