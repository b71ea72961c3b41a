package incremental

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/generate"
	"lienhiep/internal/kept"
)

const front = "date: 2024-01-02\nsources: [{title: Nguồn, url: \"https://example.org/\"}]\n"

// site is four articles, of events one after the other, a person and what pages share.
var site = map[string]string{
	"config.toml":                              "baseURL = \"https://a.example/\"\n",
	"layouts/baseof.html":                      "<html>",
	"layouts/tin-tuc/page.html":                "{{ .Title }}",
	"assets/css/main.css":                      "a{}",
	"i18n/vi.toml":                             "skip = \"Tới\"\n",
	"static/robots.txt":                        "x\n",
	"content/_index.md":                        "---\ntitle: Trang chủ\n---\n",
	"content/tin-tuc/_index.md":                "---\ntitle: Tin tức\n---\nLời.\n",
	"content/tin-tuc/mot/index.md":             "---\ntitle: Tin một\nevent: 2024-01-01\n" + front + "---\nLời một.\n",
	"content/tin-tuc/hai/index.md":             "---\ntitle: Tin hai\nevent: 2024-01-02\n" + front + "---\nLời hai, [một](/tin-tuc/mot/).\n",
	"content/tin-tuc/ba/index.md":              "---\ntitle: Tin ba\nevent: 2024-01-03\nimage: {file: le.png, alt: Lễ., credit: Ảnh mẫu}\n" + front + "---\nLời ba.\n",
	"content/tin-tuc/bon/index.md":             "---\ntitle: Tin bốn\nevent: 2024-01-04\npeople: [nguyen-van-mau]\n" + front + "---\nLời bốn.\n",
	"content/tin-tuc/nam/index.md":             "---\ntitle: Tin năm\nevent: 2024-01-05\n" + front + "---\nLời năm.\n",
	"content/tin-tuc/nam/index.en.md":          "---\ntitle: News five\n" + front + "---\nWords.\n",
	"content/tin-tuc/sau/index.md":             "---\ntitle: Tin sáu\nevent: 2024-01-06\naliases: [/cu/]\n" + front + "---\nLời sáu.\n",
	"content/tri-thuc/nguyen-van-mau/index.md": "---\ntitle: Nguyễn Văn Mẫu\ndescription: Người mẫu.\ndied: 1999\nconsent: {basis: deceased}\nfields: [Y học]\nsources: [{title: Nguồn, url: \"https://example.org/\"}]\n---\nTiểu sử.\n",
}

// madeOf writes a site and returns what its pages are made of, by their paths in Hugo.
func madeOf(t *testing.T, files map[string]string) (map[string]kept.Sum, Made) {
	t.Helper()
	return madeAt(t, files, "https://a.example/", catalog.Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
}

func madeAt(t *testing.T, files map[string]string, baseURL string, o catalog.Options) (map[string]kept.Sum, Made) {
	t.Helper()
	fsys, c := generated(t, files, baseURL, o)
	made, err := Read(fsys, c, baseURL)
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]kept.Sum{}
	for _, p := range made.Pages {
		sums[strings.TrimPrefix(p.Path, "/tin-tuc/")] = p.Inputs
	}
	return sums, made
}

// generated is the folder of a site with what is generated of it.
func generated(t *testing.T, files map[string]string, baseURL string, o catalog.Options) (fs.FS, *catalog.Catalog) {
	t.Helper()
	o.Zone, o.Digest = time.UTC, Digest(baseURL)
	root := t.TempDir()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	fsys := os.DirFS(root)
	c, _, err := catalog.Load(fsys, o)
	if err != nil {
		t.Fatal(err)
	}
	generated := afero.NewBasePathFs(afero.NewOsFs(), filepath.Join(root, "generated"))
	if findings, err := generate.Pictures(fsys, generated, c); err != nil || len(findings) > 0 {
		t.Fatal(findings, err)
	}
	if _, err := generate.Run(generated, fsys, c, baseURL); err != nil {
		t.Fatal(err)
	}
	return fsys, c
}

// TestAPageNeedsWhatItShows holds which files Hugo is given for single pages.
func TestAPageNeedsWhatItShows(t *testing.T) {
	fsys, c := generated(t, site, "https://a.example/", catalog.Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	for paths, want := range map[string]string{
		"/tin-tuc/mot":               "hai mot",
		"/tin-tuc/hai":               "ba hai mot",
		"/tin-tuc/mot /tin-tuc/nam":  "bon hai mot nam sau",
		"/tri-thuc/nguyen-van-mau":   "?", // all articles may name the person
		"/tin-tuc":                   "?",
		"/tin-tuc/mot /tin-tuc/none": "?",
	} {
		needed, known, err := Alone(fsys, c, strings.Fields(paths))
		if err != nil {
			t.Fatal(err)
		}
		if !known {
			if want != "?" {
				t.Errorf("what %s needs is not known", paths)
			}
			continue
		}
		for name, want := range map[string]bool{"content/tin-tuc/tep/a.pdf": true, "content/tin-tuc/mot/tep/a.pdf": true, "content/tin-tuc/sau/tep/a.pdf": strings.Contains(want, "sau")} {
			if needed(name) != want {
				t.Errorf("%s needs %s: %v", paths, name, !want)
			}
		}
		var got []string
		for name := range site {
			folder, ofKind := strings.CutPrefix(path.Dir(name), "content/tin-tuc/")
			switch {
			case !strings.HasPrefix(name, "content/"):
			case ofKind && needed(name):
				got = append(got, folder)
			case !ofKind && !needed(name):
				t.Errorf("%s does without %s", paths, name)
			}
		}
		slices.Sort(got)
		if got := strings.Join(slices.Compact(got), " "); got != want {
			t.Errorf("%s needs %q, want %q", paths, got, want)
		}
	}
}

func picture(t *testing.T, c color.Color) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 8, 8))
	m.Set(1, 1, c)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestAChangeTouchesThePagesThatShowIt makes changes to a site, each of which some pages
// show.
func TestAChangeTouchesThePagesThatShowIt(t *testing.T) {
	files := func() map[string]string {
		all := map[string]string{"content/tin-tuc/ba/le.png": picture(t, color.White)}
		for name, text := range site {
			all[name] = text
		}
		return all
	}
	before, made := madeOf(t, files())
	if want := []string{"ba", "bon", "hai", "mot"}; len(before) != len(want) {
		t.Fatalf("pages that may be taken: %v, want %v", before, want)
	}
	slices.Sort(made.Always)
	if made.Always = slices.Compact(made.Always); !slices.Equal(made.Always, []string{"/tin-tuc/nam", "/tin-tuc/sau"}) {
		t.Errorf("pages that are always made: %v", made.Always)
	}
	replace := func(name, old, new string) func(map[string]string) {
		return func(f map[string]string) {
			if !strings.Contains(f[name], old) {
				t.Fatalf("%s has no %q", name, old)
			}
			f[name] = strings.Replace(f[name], old, new, 1)
		}
	}
	set := func(name, text string) func(map[string]string) { return func(f map[string]string) { f[name] = text } }
	all := "ba bon hai mot"
	for _, c := range []struct {
		name   string
		change func(map[string]string)
		want   string // the pages, of those that were there before
	}{
		{"nothing", func(map[string]string) {}, ""},
		{"a file that no page reads", set("static/robots.txt", "y\n"), ""},
		{"an article's text", replace("content/tin-tuc/mot/index.md", "Lời một", "Lời khác"), "mot"},
		{"an article's title, which stands on the pages beside it", replace("content/tin-tuc/hai/index.md", "Tin hai", "Tin khác"), "ba hai mot"},
		{"its day, so that others stand beside it", replace("content/tin-tuc/mot/index.md", "event: 2024-01-01", "event: 2024-01-09"), "hai mot"},
		{"its address, to which a text leads", func(f map[string]string) {
			f["content/tin-tuc/khac/index.md"] = f["content/tin-tuc/mot/index.md"]
			delete(f, "content/tin-tuc/mot/index.md")
		}, "hai mot"},
		{"the address of one to which no plain link leads", func(f map[string]string) {
			f["content/tin-tuc/muoi/index.md"] = f["content/tin-tuc/nam/index.md"]
			delete(f, "content/tin-tuc/nam/index.md")
			delete(f, "content/tin-tuc/nam/index.en.md")
		}, "bon"},
		{"its picture", set("content/tin-tuc/ba/le.png", picture(t, color.Black)), "ba"},
		{"an article added beside the first", set("content/tin-tuc/khong/index.md", strings.Replace(site["content/tin-tuc/mot/index.md"], "2024-01-01", "2023-01-01", 1)), "mot"},
		{"an article taken out", func(f map[string]string) { delete(f, "content/tin-tuc/bon/index.md") }, "ba bon"},
		{"an article that is a draft now", replace("content/tin-tuc/bon/index.md", "title:", "draft: true\ntitle:"), "ba bon"},
		{"a translation", set("content/tin-tuc/mot/index.en.md", "---\ntitle: News\n"+front+"---\nWords.\n"), "hai mot"},
		{"a person's life", replace("content/tri-thuc/nguyen-van-mau/index.md", "Tiểu sử", "Cuộc đời"), ""},
		{"a person's name", replace("content/tri-thuc/nguyen-van-mau/index.md", "Văn Mẫu", "Văn Thử"), all},
		{"the section's text", replace("content/tin-tuc/_index.md", "Lời", "Chữ"), ""},
		{"the section's title", replace("content/tin-tuc/_index.md", "Tin tức", "Tin"), all},
		{"the home page's title", replace("content/_index.md", "Trang chủ", "Trang"), all},
		{"a template", replace("layouts/tin-tuc/page.html", "Title", "LinkTitle"), all},
		{"a new template", set("layouts/_partials/a.html", "a"), all},
		{"a style", replace("assets/css/main.css", "a{}", "b{}"), all},
		{"words of templates", replace("i18n/vi.toml", "Tới", "Đến"), all},
		{"the settings", replace("config.toml", "https", "http"), all},
		{"what the site says of itself", set("content/trang-web.toml", "tagline = \"Lời khác\"\n"), all},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := files()
			c.change(f)
			after, _ := madeOf(t, f)
			var changed []string
			for path, sum := range before {
				if after[path] != sum {
					changed = append(changed, path)
				}
			}
			slices.Sort(changed)
			if got := strings.Join(changed, " "); got != c.want {
				t.Errorf("pages with another sum: %q, want %q", got, c.want)
			}
		})
	}
}

// TestAPageIsOfAnAddressAndATime holds that a site for another address has other pages, and
// so has a preview when what was still to appear has appeared.
func TestAPageIsOfAnAddressAndATime(t *testing.T) {
	before, _ := madeOf(t, site)
	elsewhere, _ := madeAt(t, site, "https://b.example/", catalog.Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	for path, sum := range before {
		if elsewhere[path] == sum {
			t.Errorf("%s is the same at another address", path)
		}
	}
	at := func(year int) map[string]kept.Sum {
		sums, _ := madeAt(t, site, "https://a.example/", catalog.Options{Preview: true, Now: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)})
		return sums
	}
	if waiting, live := at(2023), at(2025); waiting["mot"] == live["mot"] {
		t.Error("a preview's page is the same before and after its day")
	}
	if live, later := at(2025), at(2026); live["mot"] != later["mot"] {
		t.Error("a page is another a year later")
	}
}

// TestLinksThatAreNotPlainLeadAnywhere holds that a page with a link in another form, or with
// the site's own host, is of all addresses, and one with plain links of theirs alone.
func TestLinksThatAreNotPlainLeadAnywhere(t *testing.T) {
	of := func(text string, r *reader) kept.Sum {
		h := sha256.New()
		r.links(h, leadsOf([]byte(text), "a.example"))
		return kept.Sum(h.Sum(nil))
	}
	lead := func(to string) map[string]json.RawMessage {
		return map[string]json.RawMessage{"/a": json.RawMessage(to)}
	}
	before := &reader{leads: lead(`1`), addresses: kept.Sum{1}}
	elsewhere := &reader{leads: lead(`1`), addresses: kept.Sum{2}}
	moved := &reader{leads: lead(`2`), addresses: kept.Sum{2}}
	sum := sha256.Sum256([]byte("/a/"))
	for what, r := range map[string]*reader{
		"is hidden":                      {leads: lead(`1`), hidden: map[string]bool{hex.EncodeToString(sum[:]): true}},
		"is the place of an entry":       {leads: lead(`1`), entries: map[string][]*catalog.Entry{"/a": {{URL: "/b/"}}}},
		"is that of one with an address": {leads: lead(`1`), entries: map[string][]*catalog.Entry{"/a": {{URL: "/c/"}}}},
	} {
		for _, other := range []*reader{before, {leads: lead(`1`), entries: map[string][]*catalog.Entry{"/a": {{URL: "/d/"}}}}} {
			if of("[a](/a/)", r) == of("[a](/a/)", other) {
				t.Errorf("a page is the same where /a %s", what)
			}
		}
	}
	for _, text := range []string{
		"[a](../a)", "[a](a)", "[a][b]\n\n[b]: /a", "[b]: /a", "<https://b.example/>", "{{< x >}}", "www.b.example", "[a](</a>)", "[a](\n/a)", "[a](/A/)", "[a](/a/index)", "[a](/%C4%91/)",
		"https://A.example/a", "[a](https://a.example/a)", "[a](/b) và [a](b/c)", `[a](/a 'b')`, "[a](/a?b=c)", "[a](/a_b/)",
	} {
		if of(text, before) == of(text, elsewhere) {
			t.Errorf("%q is taken for a plain link", text)
		}
	}
	for _, text := range []string{"", "Chữ (/a/) [a].", "[a](/a)", "[a](/a/#b) và [c](/c/)", `![a](le.png "Lễ.")`, "[a](tep.pdf), [b](https://b.example/a?b)", "https://b.example/", "[a](mailto:a@b.example)", "[a](#b)"} {
		if of(text, before) != of(text, elsewhere) {
			t.Errorf("%q is of all addresses", text)
		}
		if changed, leads := of(text, before) != of(text, moved), strings.Contains(text, "](/a"); changed != leads {
			t.Errorf("%q is another where /a leads elsewhere: %v", text, changed)
		}
	}
}

func TestAHostIsNamedInWhateverCase(t *testing.T) {
	for text, want := range map[string]bool{"": false, "a.example": true, "xem a.example": true, "Xem https://A.EXAMPLE/a.": true, "b.example": false, "a.exampl": false, ".example a.exam.ple": false, "a.a.example": true, "...a.example": true} {
		if got := names([]byte(text), "a.Example"); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	for text, want := range map[string]bool{"": false, "xem LOCALHOST:1313/a": true, "localhost": false} {
		if got := names([]byte(text), "localhost:1313"); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestFilesIn finds what a page names of the site's files.
func TestFilesIn(t *testing.T) {
	page := []byte(`<img src=/a/tri-thuc/mot/anh_hu_1.webp srcset="/a/tri-thuc/mot/anh_hu_2.webp 2x, /a/tri-thuc/mot/anh_hu_3.webp 3x"><script src="/a/js/share.` + strings.Repeat("0a", 32) + `.js" defer></script>` +
		`<a href=/a/tin-tuc/hai/>/ 1/2.5</a> <a href='/a/tep.pdf?x#y'></a> /a/tri-thuc/mot/anh_hu_1.webp <img src=/a/../../x_hu_1.webp><a href=https://b.example/c.pdf><a href=//b.example/d_hu_1.png><p>a/e.f <a href=/a/g.html>`)
	want := []string{"tri-thuc/mot/anh_hu_1.webp", "tri-thuc/mot/anh_hu_2.webp", "tri-thuc/mot/anh_hu_3.webp", "js/share." + strings.Repeat("0a", 32) + ".js"}
	got := filesIn(page, pathOf("https://b.example/a"))
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestCountsAreLeftOut holds that what is counted is no part of a plan's sum, and all else is.
func TestCountsAreLeftOut(t *testing.T) {
	sum := func(text string) kept.Sum {
		h := sha256.New()
		r := reader{site: fstest.MapFS{"plan.json": {Data: []byte(text)}}}
		if err := r.uncounted(h, "plan.json"); err != nil {
			t.Fatal(err)
		}
		return kept.Sum(h.Sum(nil))
	}
	before := sum(`{"deeds": 1, "index": {"i": {"deeds": 1, "text": "deeds"}}, "all": [{"deeds": 2}]}`)
	if after := sum(`{"index": {"i": {"deeds": 7, "text": "deeds"}}, "all": [{"deeds": 3}]}`); after != before {
		t.Error("a count is part of the sum")
	}
	if after := sum(`{"deeds": 1, "index": {"i": {"deeds": 1, "text": "deed"}}, "all": [{"deeds": 2}]}`); after == before {
		t.Error("words are no part of the sum")
	}
}

// TestWhatIsToldIsToldAgain holds that a page of which something was found is not taken, and
// none is where it may be of any.
func TestWhatIsToldIsToldAgain(t *testing.T) {
	made := Made{Pages: []Page{{File: "content/tin-tuc/mot/index.md"}, {File: "content/tin-tuc/hai/index.md"}}}
	in := func(file string) []diag.Finding { return []diag.Finding{{Pos: diag.Pos{File: file}}} }
	for file, want := range map[string]int{"content/tin-tuc/mot/index.md": 1, "content/tin-tuc/ba/index.md": 2, "layouts/baseof.html": 0, "": 0} {
		if got := made.But(in(file)).Pages; len(got) != want {
			t.Errorf("of what was found in %q %d pages are taken, want %d", file, len(got), want)
		}
	}
	if got := made.But(nil).Pages; len(got) != 2 {
		t.Errorf("without findings %d pages are taken", len(got))
	}
}
