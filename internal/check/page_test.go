package check

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lienhiep/internal/diag"
)

func TestPos(t *testing.T) {
	f := &file{name: "a", src: []byte("một\nhai ba\n\nbốn")}
	for _, word := range []string{"một", "ba", "m", "hai", "\nb", "ốn", "hai", "n"} {
		off := strings.Index(string(f.src), word)
		before := string(f.src[:off])
		want := diag.Pos{
			File:   "a",
			Line:   1 + strings.Count(before, "\n"),
			Column: 1 + len([]rune(before[strings.LastIndex(before, "\n")+1:])),
		}
		if got := f.pos(off); got != want {
			t.Errorf("%q is at %v, not %v", word, want, got)
		}
	}
}

// One page's facts must not be taken for the next one's.
func TestFactsForgotten(t *testing.T) {
	var r reader
	r.facts(&file{src: []byte("<title>a</title><p id=a><a href=/b/>")})
	p := r.facts(&file{src: []byte("<p>")})
	if len(p.anchors)+len(p.ids)+len(p.refs)+len(p.title) > 0 {
		t.Errorf("kept %v", p)
	}
}

func TestSrcset(t *testing.T) {
	for in, want := range map[string]string{
		"a.png":                       "a.png",
		"a.png, b.png 2x":             "a.png b.png",
		" a,b.png 1x ,\n c.png 200w,": "a,b.png c.png",
		"a.png,b.png":                 "a.png,b.png",
		",, ,":                        "",
		"a.png, ,b.png":               "a.png b.png",
	} {
		r := reader{attrs: []attr{{[]byte("srcset"), []byte(in)}}}
		r.srcset("srcset", 0)
		var got []string
		for _, ref := range r.page.refs {
			got = append(got, ref.value)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q has %q, want %q", in, s, want)
		}
	}
}

// TestHostile wants pages that are made to be slow to be read in time.
func TestHostile(t *testing.T) {
	const n = 1 << 17
	for name, src := range map[string]string{
		"elements left open":  strings.Repeat("<button>a", n),
		"tables in tables":    strings.Repeat("<table><th>", n) + strings.Repeat("</a>", n),
		"links left open":     strings.Repeat("<a href=/x/>", n),
		"ids":                 strings.Repeat("<p id=a>", n),
		"attributes":          "<p " + strings.Repeat("style=a onclick=b ", n) + ">",
		"one tag":             "<" + strings.Repeat("a ", n),
		"anchors on one line": strings.Repeat("<a href=#x>", n),
		"slashes":             strings.Repeat("/", 8*n),
		"backslashes":         strings.Repeat(`c:\`, n),
		"srcset":              `<img srcset="` + strings.Repeat(",", n) + strings.Repeat("a ,", n) + `">`,
		"nested plan":         "<article data-plan>" + strings.Repeat("<div>", n) + "x",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			o := options
			o.Plans = []Plan{{URL: "/", Text: strings.Repeat("x", n)}}
			r := runOnce(t, fstest.MapFS{"index.html": {Data: []byte(src)}}, o)
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if len(r.Findings) == 0 || len(r.Findings) > 20*len(diag.Rules()) {
				t.Errorf("%d findings", len(r.Findings))
			}
		})
	}
}

// FuzzRun wants any site to be read without a panic, each time with the same
// result, and every fact to stand where it is said to.
func FuzzRun(f *testing.F) {
	for _, file := range good(f) {
		f.Add(string(file.Data))
	}
	f.Add("<table><th><svg><title>a</table></title><a href='&#x20;'>&nbsp;<img srcset=',a 1x'")
	f.Add(`@import url('a.css'); a{b:url( "x\"` + "\\")
	f.Fuzz(func(t *testing.T, src string) {
		data := &fstest.MapFile{Data: []byte(src)}
		site := fstest.MapFS{"index.html": data, "a.css": data, "a.xml": data, "a.json": data, "robots.txt": data}
		o := options
		o.Plans = []Plan{{URL: "/", Text: "Kếhoạch"}}
		first, second := run(t, site, o), run(t, site, o)
		if a, b := list(first.Findings), list(second.Findings); a != b {
			t.Errorf("first\n%s\nthen\n%s", a, b)
		}
		var r reader
		p := r.facts(&file{name: "index.html", src: []byte(src)})
		for _, ref := range p.refs {
			if src[ref.off] != '<' {
				t.Errorf("no tag at %d", ref.off)
			}
		}
	})
}
