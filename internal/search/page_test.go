package search

import (
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
