package check

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"lienhiep/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the expected findings")

// options are those of the good site.
var options = Options{
	BaseURL: "https://lienhiep.example.vn/",
	Langs:   []string{"vi", "en"},
	Plans: []Plan{{URL: "/ke-hoach/15-kh-tu/", Text: "KẾHOẠCHI.Mụcđích,yêucầu1.Tăngcườngsựlãnhđạocủađảng.",
		Forms: []Form{{"/ke-hoach/15-kh-tu/15-kh-tu.md", wordsOfForm}, {"/ke-hoach/15-kh-tu/15-kh-tu.pdf", nil}}}},
	Hidden: []Hidden{
		{URLs: []string{"/tin-tuc/nhap/"}, File: "content/tin-tuc/nhap/index.md"},
		{URLs: []string{"/hoi-thi/"}, File: "content/hoi-thi/_index.md"},
		{URLs: []string{"/b/"}, File: "content/b.md"},       // as in </b>
		{URLs: []string{"/link/"}, File: "content/link.md"}, // as in <link/>
		{URLs: []string{"/tri-thuc/nguoi-nhap/", "/people/nguoi-nhap/"}, Names: []string{"nguoi-nhap"}, File: "content/tri-thuc/nguoi-nhap/index.md"},
		{URLs: []string{"/tri-thuc/da-rut/"}, Names: []string{"da-rut"}, Gone: true},
	},
}

// wordsOfForm reads a form of the good site's plan, which is its words alone.
func wordsOfForm(file []byte) (string, error) {
	if !utf8.Valid(file) {
		return "", errors.New("không phải UTF-8")
	}
	return string(file), nil
}

// good returns a site without a fault.
func good(t testing.TB) fstest.MapFS {
	t.Helper()
	a, err := txtar.ParseFile("testdata/good.txtar")
	if err != nil {
		t.Fatal(err)
	}
	site := fstest.MapFS{}
	for _, f := range a.Files {
		site[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return site
}

// run checks a site, and holds that what an earlier check has found of it, or of the good
// site, makes no difference.
func run(t testing.TB, site fs.FS, o Options) Report {
	t.Helper()
	r := runOnce(t, site, o)
	o.Sum = sumsOf(site)
	first := runOnce(t, site, o)
	others := o
	others.Sum = sumsOf(good(t))
	for what, before := range map[string][]byte{"nothing": nil, "this site": known(t, first), "the good site": known(t, runOnce(t, good(t), others))} {
		o.Known = before
		again := runOnce(t, site, o)
		if !bytes.Equal(known(t, again), known(t, first)) {
			t.Errorf("with %s known, something else is kept than without", what)
		}
		if again.Known, r.Known = nil, nil; !reflect.DeepEqual(again, r) {
			t.Errorf("with %s known, the report is\n%+v\nwant\n%+v", what, again, r)
		}
	}
	return r
}

func runOnce(t testing.TB, site fs.FS, o Options) Report {
	t.Helper()
	r, err := Run(site, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// known is what a check leaves to the next.
func known(t testing.TB, r Report) []byte {
	t.Helper()
	data, err := r.Known()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func sumsOf(site fs.FS) func(string) ([sha256.Size]byte, error) {
	return func(name string) ([sha256.Size]byte, error) {
		data, err := fs.ReadFile(site, name)
		return sha256.Sum256(data), err
	}
}

// list writes findings one a line.
func list(fs []diag.Finding) string {
	var b strings.Builder
	for _, f := range fs {
		fmt.Fprintf(&b, "= %s: %s: %s", f.Pos, f.Code, f.Message(diag.Vietnamese))
		if f.Nearest != "" {
			fmt.Fprintf(&b, " → %s", f.Nearest)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// change applies the lines of a case of testdata/faults.txt to a site.
func change(t *testing.T, site fstest.MapFS, lines string) {
	var name, old string
	for line := range strings.Lines(lines) {
		line = strings.TrimSuffix(line, "\n")
		value := line[min(2, len(line)):]
		if s, err := strconv.Unquote(value); err == nil {
			value = s
		}
		switch {
		case line == "delete":
			delete(site, name)
		case strings.HasPrefix(line, "@ "):
			name = value
		case strings.HasPrefix(line, "- "):
			old = value
		case strings.HasPrefix(line, "+ "):
			src := ""
			if site[name] != nil {
				src = string(site[name].Data)
			}
			if old == "" {
				src += value
			} else if strings.Count(src, old) == 1 {
				src = strings.Replace(src, old, value, 1)
			} else {
				t.Fatalf("%q is in %s %d times", old, name, strings.Count(src, old))
			}
			site[name] = &fstest.MapFile{Data: []byte(src)}
			old = ""
		case line != "":
			t.Fatalf("odd line %q", line)
		}
	}
}

// TestFaults makes one fault after another in the good site, and wants them
// found, all of them and nothing else; and no rule may be left without a fault.
func TestFaults(t *testing.T) {
	const file = "testdata/faults.txt"
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fired := map[string]bool{}
	intro, rest, _ := strings.Cut(string(src), "\n== ")
	out := strings.TrimSpace(intro) + "\n"
	for c := range strings.SplitSeq(rest, "\n== ") {
		name, body, _ := strings.Cut(c, "\n")
		given, want := body, ""
		if i := strings.Index("\n"+body, "\n= "); i >= 0 {
			given, want = body[:i], body[i:]
		}
		given, want = strings.TrimSpace(given), strings.TrimSpace(want)
		t.Run(name, func(t *testing.T) {
			site := good(t)
			change(t, site, given)
			findings := run(t, site, options).Findings
			for _, f := range findings {
				fired[f.Code] = true
				for _, l := range []diag.Lang{diag.Vietnamese, diag.English} {
					if s := f.Message(l) + f.Hint(l); strings.Contains(s, "%!") || f.Rule.Hint.In(l) == "" {
						t.Errorf("%s: %q", f.Code, s)
					}
				}
			}
			got := strings.TrimSpace(list(findings))
			if got != want && !*update {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			out += strings.TrimRight("\n== "+name+"\n"+given, "\n") + strings.TrimRight("\n"+got, "\n") + "\n"
		})
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(file, []byte(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for code, fault := range faultsByHand {
		t.Run(code, func(t *testing.T) {
			site, o := good(t), options
			fault(site, &o)
			if got := run(t, site, o).Findings; !slices.ContainsFunc(got, func(f diag.Finding) bool { return f.Code == code }) {
				t.Errorf("not found; got\n%s", list(got))
			}
			fired[code] = true
		})
	}
	if t.Failed() {
		return
	}
	for _, r := range diag.Rules() {
		if !fired[r.Code] {
			t.Errorf("no test makes the fault %s", r.Code)
		}
	}
}

// noise returns text of more than n bytes when it is compressed.
func noise(n int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, 3*n)
	for i := range b {
		b[i] = 'a' + byte(random.IntN(16))
	}
	return b
}

// faultsByHand are the faults that testdata/faults.txt cannot write down.
var faultsByHand = map[string]func(fstest.MapFS, *Options){
	"link-to-none": func(_ fstest.MapFS, o *Options) {
		o.Entries, o.SiteMaps = map[string]string{"/hoi-thi/2023/": "content/hoi-thi/2023/index.md"}, []string{"/"}
	},
	"site-symlink": func(site fstest.MapFS, _ *Options) {
		site["anh/lien-ket.png"] = &fstest.MapFile{Data: []byte("a.png"), Mode: fs.ModeSymlink}
	},
	"site-large-file": func(site fstest.MapFS, _ *Options) {
		site["lon.html"] = &fstest.MapFile{Data: make([]byte, textKinds[".html"]+1)}
	},
	"page-heavy": func(site fstest.MapFS, _ *Options) {
		site["css/in.css"] = &fstest.MapFile{Data: noise(Heavy)}
	},
	"plan-form-unreadable": func(site fstest.MapFS, _ *Options) {
		site["ke-hoach/15-kh-tu/15-kh-tu.md"] = &fstest.MapFile{Data: []byte("\xff")}
	},
	"link-outside": func(_ fstest.MapFS, o *Options) { o.BaseURL += "goc/" },
	"check-more": func(site fstest.MapFS, _ *Options) {
		for i := range 30 {
			site[fmt.Sprintf("t/%d/index.html", i)] = site["tin-tuc/a/index.html"]
		}
	},
}
