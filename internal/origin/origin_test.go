package origin_test

import (
	"bytes"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/origin"
)

const source = `---
title: "Bài “một”"
---

Mở bài, *xem* [tin](/tin-tuc/khong-co/) và [bài khác](/tin-tuc/khong-co/).

## Kết quả năm 2025

| Tên | Năm |
|---|---|
| Trần Văn Mẫu | 2020 |

![Lễ trao giải](le.jpg) Gọi http://localhost:1313/a/ nhé.
`

const page = `<!doctype html><html><body><main><h1>Bài “một”</h1><p>Mở bài, <em>xem</em> <a href=/tin-tuc/khong-co/>tin</a> và <a href="/tin-tuc/khong-co/">bài khác</a>.</p>
<h2 id=ket>Kết quả năm 2025</h2><table><tr><th>Tên</th><th></th></tr><tr><td>Trần Văn Mẫu</td></tr></table><figure><img src=le_hu_1.webp alt="Lễ trao giải"></figure><p>Gọi http://localhost:1313/a/ nhé.</p>`

func TestPlacesAreFoundInTheSource(t *testing.T) {
	s := origin.NewSource("a.md", []byte(source))
	for _, one := range []struct {
		at        string
		line, col int
	}{
		{"<h1", 2, 9},
		{"<a href=/", 5, 21},
		{`<a href="`, 5, 55},
		{"<h2", 7, 4},
		{"<th></th>", 11, 3},
		{"<img", 13, 3},
		{"http://localhost", 13, 29},
		{"Mẫu<", 11, 11},
	} {
		i := bytes.Index([]byte(page), []byte(one.at))
		pos := diag.PosAt("p.html", []byte(page), i)
		got, ok := s.Find(origin.At([]byte(page), pos.Line, pos.Column), true)
		if !ok || got.File != "a.md" || got.Line != one.line {
			t.Errorf("%s: %v, %v; want line %d", one.at, got, ok, one.line)
		}
	}
}

// What stands on a page of no entry, such as a list, is looked for in all; little is then
// not enough.
func TestShortCluesAreOfNoUseElsewhere(t *testing.T) {
	s := origin.NewSource("a.md", []byte(source))
	if _, ok := s.Find(origin.Clues{Words: []string{"tin"}, Addresses: []string{"/a/"}}, false); ok {
		t.Error("found by next to nothing")
	}
	if pos, ok := s.Find(origin.Clues{Words: []string{"Kết quả năm 2025"}}, false); !ok || pos.Line != 7 {
		t.Error(pos, ok)
	}
}

// A place beyond the file, or in none of its words, is no fault.
func TestOddPlaces(t *testing.T) {
	s := origin.NewSource("a.md", nil)
	for _, built := range []string{"", "<", "a", "<p", "\n\n"} {
		for _, line := range []int{0, 1, 9} {
			if _, ok := s.Find(origin.At([]byte(built), line, line), true); ok {
				t.Errorf("%q has a place in nothing", built)
			}
		}
	}
}
