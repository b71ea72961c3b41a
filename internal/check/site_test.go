package check

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"

	"lienhiep/internal/diag"
)

// A site may stand below its host's root, or be built before its host is known.
func TestBaseURL(t *testing.T) {
	page := func(body string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`<!DOCTYPE html><html lang=vi><meta charset=utf-8><meta name=viewport content=x>
<title>a</title><meta name=description content=b><h1>c</h1>` + body)}
	}
	for _, c := range []struct{ base, body, want string }{
		{"https://a.vn/goc/", `<a href="/goc/b/">x</a><a href="https://A.vn/goc">x</a><a href="/goc">x</a><a href="http://a.vn/khac/">x</a>`, ""},
		{"https://a.vn/goc", `<a href="/b/">x</a>`, "link-outside"},
		{"https://a.vn/goc", `<a href="/goc/c/">x</a>`, "link-broken"},
		{"https://a.vn/goc", `<img alt="" src="https://a.vn/khac.png">`, "link-outside"},
		{"https://a.vn/goc", `/goc/an/`, "hidden-mentioned"},
		{"https://a.vn/goc", `"/an/"`, "hidden-mentioned"},
		{"https://a.vn/", `<a href="/b/">x</a><a href="/b">x</a><a href="b/?x#top">x</a>`, ""},
		{"https://a.vn/", `<base href="/b/"><a href="index.html">x</a><a href="b/">x</a>`, "link-broken"},
		{"https://a.vn:8080/", `<img alt="" src="https://a.vn/b.png">`, "privacy-other-host"},
		{"http://localhost:1313/", `<a href="http://localhost:1313/b/">x</a>`, ""},
		{"", `<a href="/b/">x</a>`, ""},
		{"/", `<img alt="" src="https://a.vn/b.png">`, "privacy-other-host"},
	} {
		site := fstest.MapFS{"index.html": page(c.body), "b/index.html": page("<title>b")}
		site["b/index.html"].Data = []byte(strings.Replace(string(site["b/index.html"].Data), "<title>a", "<title>b", 1))
		var got []string
		for _, f := range run(t, site, Options{BaseURL: c.base, Hidden: []Hidden{{URLs: []string{"/an/"}}}}).Findings {
			got = append(got, f.Code)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s %s: got %q, want %q", c.base, c.body, s, c.want)
		}
	}
	if _, err := Run(fstest.MapFS{}, Options{BaseURL: "https://%zz/"}); err == nil {
		t.Error("a base URL that is none gives no error")
	}
}

func TestReport(t *testing.T) {
	site := good(t)
	r := run(t, site, options)
	if r.Files != len(site) || r.Pages != 8 || r.Bytes == 0 {
		t.Errorf("%d files, %d pages, %d bytes", r.Files, r.Pages, r.Bytes)
	}
	if want := []Fidelity{{"/ke-hoach/15-kh-tu/", 100}}; !slices.Equal(r.Fidelity, want) {
		t.Errorf("fidelity %v", r.Fidelity)
	}
	var s scale
	want := s.exact(site["index.html"].Data) + s.exact(site["css/main.css"].Data) + s.exact(site["css/in.css"].Data)
	if r.Largest != (Weight{"index.html", want}) {
		t.Errorf("largest %v, want %d", r.Largest, want)
	}
}

// TestFold wants a fault on all pages told in a few places and counted, without
// hiding another one, and the same places however the pages are shared out.
func TestFold(t *testing.T) {
	site := good(t)
	for i := range 500 {
		site[fmt.Sprintf("t/%03d/index.html", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, `<!DOCTYPE html><html lang=vi>
<meta charset=utf-8><meta name=viewport content=x><title>Tin %d</title><meta name=description content=b><h1>c</h1>
<a href="/menu/">x</a><a href="/rieng-%[1]d/">x</a>`, i)}
	}
	want := list(run(t, site, options).Findings)
	if !strings.Contains(want, "t/000/index.html:3:1: link-broken: Liên kết “/menu/”") ||
		!strings.Contains(want, "và 980 chỗ khác nữa cũng mắc lỗi này (link-broken)") || strings.Count(want, "link-broken: ") != perRule {
		t.Errorf("got\n%s", want)
	}
	for range 5 {
		if got := list(run(t, site, options).Findings); got != want {
			t.Fatalf("got\n%s\nthen\n%s", want, got)
		}
	}
}

// The compressed copies of a site and the files of its hosts are no fault of it.
func TestFilesForHosts(t *testing.T) {
	site := good(t)
	for name, f := range good(t) {
		var gz, br bytes.Buffer
		for out, w := range map[*bytes.Buffer]io.WriteCloser{&gz: gzip.NewWriter(&gz), &br: brotli.NewWriter(&br)} {
			if _, err := w.Write(f.Data); err != nil || w.Close() != nil || out.Len() == 0 {
				t.Fatal(err)
			}
		}
		site[name+".gz"], site[name+".br"] = &fstest.MapFile{Data: gz.Bytes()}, &fstest.MapFile{Data: br.Bytes()}
	}
	for _, name := range []string{"_headers", "_redirects", ".htaccess", "web.config", ".nojekyll", "tri-thuc/da-rut/.gone"} {
		site[name] = &fstest.MapFile{Data: []byte("/tin-tuc/a/ /tin-tuc/\n")}
	}
	o := options
	o.Prepared = true
	if found := run(t, site, o).Findings; len(found) > 0 {
		t.Error(list(found))
	}
}

// What an index of words holds is looked at, though it is compressed.
func TestCompressedIndex(t *testing.T) {
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	if _, err := w.Write([]byte("\x01/tri-thuc/da-rut/\x02/tin-tuc/a/\x03")); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	site := good(t)
	site["tim-kiem/index/k0/7.bin"] = &fstest.MapFile{Data: gz.Bytes()}
	if found := run(t, site, options).Findings; len(found) != 1 || found[0].Rule != goneMentioned {
		t.Error(list(found))
	}
}

// Nothing outside the site may be read through a link that leads there.
func TestSymlinkNotFollowed(t *testing.T) {
	dir := t.TempDir()
	for name, f := range good(t) {
		name = path.Join(dir, name)
		if err := os.MkdirAll(path.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/", path.Join(dir, "goc")); err != nil {
		t.Fatal(err)
	}
	r := run(t, os.DirFS(dir), options)
	if len(r.Findings) != 1 || r.Findings[0].Rule != symlink {
		t.Errorf("got\n%s", list(r.Findings))
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ name, others, want string }{
		{"ke-hoahc", "tin-tuc ke-hoach hoi-thi", "ke-hoach"},
		{"tin", "ton tim", "ton"}, // the first of equals
		{"tin", "toan", ""},
		{"tri-thuc", "tri-tuc tri-thuc-tre", "tri-tuc"},
		{"a", "", ""},
	} {
		n := newNear(c.name)
		for other := range strings.FieldsSeq(c.others) {
			n.try(other, other)
		}
		if n.best != c.want {
			t.Errorf("of %q the nearest to %q is %q, not %q", c.others, c.name, n.best, c.want)
		}
	}
}

// TestRules wants every rule to say what is wrong and what to do, in both languages.
func TestRules(t *testing.T) {
	for _, r := range diag.Rules() {
		for _, s := range []string{r.Message.VI, r.Message.EN, r.Hint.VI, r.Hint.EN} {
			if !strings.HasSuffix(s, ".") {
				t.Errorf("%s: %q is no sentence", r.Code, s)
			}
		}
	}
}
