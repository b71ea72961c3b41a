package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func FuzzPage(f *testing.F) {
	f.Add("<html lang=vi><main data-search=page><h1>Tiêu đề</h1><p>Chữ <b>đậm</b><br>nữa</p></div></main>sau")
	f.Add("<main data-search=x><nav><main><h1><script>")
	f.Fuzz(func(t *testing.T, src string) {
		var r pageReader
		p := r.read([]byte(src))
		for _, b := range p.blocks {
			if b.text == "" || b.text != strings.Join(strings.Fields(b.text), " ") {
				t.Fatalf("block %q", b.text)
			}
		}
		v := ViewOf([]byte(src))
		for _, term := range v.Terms {
			if int(term.First) >= len(v.Words) || int(term.Second) > len(v.Words) || term.Level >= levels || len(term.At) > mostPlaces {
				t.Fatalf("%+v of %d words", term, len(v.Words))
			}
		}
	})
}

// The number of a document follows from its address: whoever comes or goes beside it, all but
// those whose place was taken keep theirs.
func TestNumbersStay(t *testing.T) {
	var documents []document
	var all []int
	for i := range 2000 {
		documents = append(documents, document{path: fmt.Sprintf("tin-tuc/b%d/", i), kind: []string{"tin-tuc", "tri-thuc"}[i%9/8], day: fmt.Sprint(2010 + i%7)})
		all = append(all, i)
	}
	before := map[string]int{}
	for _, d := range number(documents, all).all {
		before[d.path] = d.number
	}
	if len(before) != len(documents) {
		t.Fatalf("%d numbers", len(before))
	}
	for what, n := range map[string]numbering{
		"removed":       number(documents, slices.Delete(slices.Clone(all), 700, 701)),
		"added":         number(append(slices.Clone(documents), document{path: "tin-tuc/cu/", kind: "tin-tuc", day: "2012"}), append(slices.Clone(all), len(documents))),
		"of a new year": number(append(slices.Clone(documents), document{path: "tin-tuc/moi/", kind: "tin-tuc", day: "2018"}), append(slices.Clone(all), len(documents))),
	} {
		moved := 0
		for _, d := range n.all {
			if at, ok := before[d.path]; ok && at != d.number {
				moved++
			}
		}
		if moved > 3 {
			t.Errorf("%s: %d of %d documents have other numbers", what, moved, len(n.all))
		}
	}
}
