package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"lienhiep/internal/needs"
)

// roundTrip is what a server that has just been connected to sends before it waits for
// an answer: ten segments of 1,460 bytes (RFC 6928's initial window over Ethernet). A
// page whose beginning fits is drawn after one round trip, also on a slow phone line.
const roundTrip = 10 * 1460

// firstScreen is the text that must be there then, in characters of <main>.
const firstScreen = 2_000

// startOf is a page down to the first n characters of the text of <main>, white space
// counted once; the whole page where it has fewer.
func startOf(page []byte, n int) []byte {
	z := html.NewTokenizer(bytes.NewReader(page))
	inside, skipped, space := false, "", true
	for at := 0; ; {
		kind := z.Next()
		raw := z.Raw()
		name, _ := z.TagName()
		switch {
		case kind == html.ErrorToken:
			return page
		case kind == html.StartTagToken && string(name) == "main":
			inside = true
		case kind == html.StartTagToken && skipped == "" && (string(name) == "script" || string(name) == "template"):
			skipped = string(name)
		case kind == html.EndTagToken && string(name) == skipped:
			skipped = ""
		case kind == html.TextToken && inside && skipped == "":
			for i, r := range string(raw) {
				if blank := unicode.IsSpace(r); !blank || !space {
					n--
				}
				space = unicode.IsSpace(r)
				if n == 0 {
					return page[:at+i+len(string(r))]
				}
			}
		}
		at += len(raw)
	}
}

func zipped(data []byte) int {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // fails for an unknown level only
	z.Write(data)
	z.Close()
	return b.Len()
}

var styleSheet = regexp.MustCompile(`<link rel=stylesheet href=(\S+)`)

// firstWeight is what a reader must have loaded to see the first screen of a page: its
// beginning, and the styles that it names.
func firstWeight(t *testing.T, public, name string) (page, styles int) {
	t.Helper()
	src := read(t, filepath.Join(public, name))
	for _, m := range styleSheet.FindAllSubmatch(src, -1) {
		styles += zipped(read(t, filepath.Join(public, string(m[1]))))
	}
	return zipped(startOf(src, firstScreen)), styles
}

// pagesBelow calls f for every page of a built site.
func pagesBelow(t *testing.T, public string, f func(name string)) {
	t.Helper()
	err := filepath.WalkDir(public, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(path) == ".html" {
			name, _ := filepath.Rel(public, path)
			f(filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestStartOfAPageEndsAfterTheCharacters(t *testing.T) {
	const page = "<title>xxxx</title><p>xxxx<main> <p>a\n b</p><script>xx</script>\n<p>đỗ<b>c</b></main>xx"
	for n, want := range map[int]string{
		1: "<title>xxxx</title><p>xxxx<main> <p>a", 3: "<title>xxxx</title><p>xxxx<main> <p>a\n b",
		5: "<title>xxxx</title><p>xxxx<main> <p>a\n b</p><script>xx</script>\n<p>đ", 100: page,
	} {
		if got := string(startOf([]byte(page), n)); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// drawings is what the pictures of a page that are drawn from data may weigh, compressed:
// they are part of it, and wait for no other request.
const drawings = 8_000

var drawing = regexp.MustCompile(`(?s)<svg\b.*?</svg>`)

// TestFirstScreenFitsOneRoundTrip measures every page of the real site, of an office's, and
// of one whose editors went to the bounds of everything.
func TestFirstScreenFitsOneRoundTrip(t *testing.T) {
	needs.Ask(t, needs.Endurance)
	real, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	office, _ := largeSite(t)
	for name, root := range map[string]string{"real": real, "office": office.root, "bounds": boundsSite(t)} {
		t.Run(name, func(t *testing.T) {
			public := filepath.Join(root, "public")
			most, where, drawn := 0, "", 0
			pagesBelow(t, public, func(name string) {
				size := zipped(bytes.Join(drawing.FindAll(read(t, filepath.Join(public, name)), -1), nil))
				if drawn = max(drawn, size); size > drawings {
					t.Errorf("%s: %d bytes of drawings, more than %d", name, size, drawings)
				}
				page, styles := firstWeight(t, public, name)
				if page+styles > roundTrip {
					t.Errorf("%s: %d bytes (styles %d), more than %d", name, page+styles, styles, roundTrip)
				}
				if page+styles > most {
					most, where = page+styles, name
				}
			})
			t.Logf("the heaviest: %s, %d bytes; the most that is drawn: %d", where, most, drawn)
		})
	}
}

// boundsSite builds a site with an entry of every kind that is as long as it may be and
// names as much as it can, before a text that is long too.
func boundsSite(t *testing.T) string {
	t.Helper()
	s := newMadeUp(t)
	var people, sources, figures, awards, fields, provisions, names, life, facts strings.Builder
	for i := range 120 {
		fmt.Fprintf(&people, "nguoi-%d, ", i)
		fmt.Fprintf(&figures, "  - {label: %q, value: \"%d.%03d\", note: %q}\n", s.words(40), i+1, i, s.words(40))
		fmt.Fprintf(&awards, "  - {name: %q, year: %d, decision: \"%d/QĐ-TTg\", source: \"https://example.org/%s\"}\n", s.words(60), 1950+i%70, i, s.code(60))
		fmt.Fprintf(&fields, "Ngành %d, ", i%40)
		fmt.Fprintf(&provisions, "luat-mau/dieu-%d, ", i+1)
		fmt.Fprintf(&names, "%q, ", s.words(30))
	}
	for i := range 40 {
		fmt.Fprintf(&life, "  - {when: %d, text: %q}\n", 1920+i, s.words(150))
	}
	for range 6 {
		fmt.Fprintf(&facts, "  - {text: %q, source: 12-QĐ/MAU}\n", s.words(250))
	}
	sources.WriteString("  - {title: Quyết định mẫu, number: 12-QĐ/MAU, date: 2021-01-02}\n")
	for range 50 {
		fmt.Fprintf(&sources, "  - {title: %q, url: \"https://example.org/%s\", publisher: %q, date: 2021-01-02}\n", s.words(80), s.code(40), s.words(30))
	}
	long := func() string {
		return fmt.Sprintf("title: %q\ndescription: %q\ndate: 2024-05-06\nlastmod: 2024-06-07\n", s.words(490), s.words(1990))
	}
	about := fmt.Sprintf("people: [%s]\nplan: [%s]\nfields: [%s]\n", people.String(), provisions.String(), fields.String())
	cited := "sources:\n" + sources.String()
	counted := "figures:\n" + figures.String()
	var text strings.Builder
	for i := range 150 {
		fmt.Fprintf(&text, "## %s\n\n%s\n\n", s.words(60), s.words(600))
		if i%10 == 0 {
			fmt.Fprintf(&text, "> %s\n\n- [%s](https://example.org/%s)\n- %s\n\n", s.words(200), s.words(40), s.code(40), s.words(80))
		}
	}
	table := "| Số | Họ và tên | Nơi công tác |\n|---|---|---|\n" + strings.Repeat(fmt.Sprintf("| 1 | %s | %s |\n", s.words(20), s.words(60)), 200)
	s.entry("tin-tuc/dai/index.md", long()+about+cited, text.String())
	s.entry("tin-tuc/bang/index.md", long()+about+cited, table)
	s.entry("ton-vinh/dai/index.md", long()+"level: province\nyear: 2024\nround: "+s.words(60)+"\norganiser: "+s.words(200)+"\n"+counted+about+cited, text.String())
	s.entry("hoi-thi/dai/index.md", long()+"edition: "+s.words(60)+"\nperiod: 2020–2021\n"+counted+about+cited, text.String())
	s.entry("van-ban/1-qd-mau/index.md", long()+"number: 1-QĐ/MAU\ndoc_type: Quyết định\nissuer: "+s.words(200)+"\n"+cited, text.String())
	s.entry("tri-thuc/dai/index.md", long()+"degree: "+s.words(60)+"\nborn: 1912\ndied: 1982\nother_names: ["+names.String()+"]\nbirthplace: "+s.words(60)+
		"\nfields: ["+fields.String()+"]\nplan: ["+provisions.String()+"]\nwhy: "+s.words(400)+"\nfacts:\n"+facts.String()+"life:\n"+life.String()+"awards:\n"+awards.String()+"consent: {basis: deceased}\n"+cited, text.String())
	s.entry("trang-dai/index.md", long()+cited, text.String())
	s.entry("muc-dai/_index.md", long()+cited, text.String())
	for i := range 130 {
		s.entry(fmt.Sprintf("muc-dai/trang-%d/index.md", i), long(), s.words(300))
		s.person(i)
		s.directive(i + 2)
		s.article(i)
		s.entry(fmt.Sprintf("trang-%d/index.md", i), long(), s.words(300))
	}
	for i := range 7 {
		s.plan(fmt.Sprintf("%d-kh-mau", i+1), fmt.Sprintf("%d-KH/TU", i+1), fmt.Sprint(2010+i), 20)
	}
	s.law(120)
	s.build()
	return s.root
}

// TestHeavyPagesAreTold holds that what an office writes is published, however long, and
// that a page above 100 KB is told of, as no more than a notice.
func TestHeavyPagesAreTold(t *testing.T) {
	needs.Ask(t, needs.Long)
	s := newMadeUp(t)
	if err := os.Remove(filepath.Join(s.root, "content/so-do-trang/_index.md")); err != nil {
		t.Fatal(err)
	}
	s.entry("so-do-trang/index.md", titled("Sơ đồ trang")+"layout: so-do-trang\n", "")
	for i := range 50 {
		s.entry(fmt.Sprintf("trang-%d/index.md", i), titled(fmt.Sprintf("Trang mẫu %d", i)), "Lời mẫu.")
	}
	s.entry("tin-tuc/nang/index.md", titled("Bài nặng")+"date: 2024-05-06\n"+cited, s.words(400_000))
	s.entry("tin-tuc/dai/index.md", titled("Bài dài")+"date: 2024-05-06\n"+cited, s.words(30_000))
	out, err := s.run("build")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !regexp.MustCompile(`(?m)^content/tin-tuc/nang/index\.md: Lưu ý: Trang nặng [0-9]{3} KB sau khi nén\.$`).MatchString(out) || strings.Count(out, "Trang nặng") != 2 { // and the heaviest at the end
		t.Errorf("told:\n%s", out)
	}
	if _, err := os.Stat(filepath.Join(s.root, "public/tin-tuc/nang/index.html")); err != nil {
		t.Error(err)
	}
	// A site map that is a page, and so cannot page itself, drops nothing.
	if page := pageOf(t, filepath.Join(s.root, "public"), "/so-do-trang/"); strings.Count(page, "Trang mẫu ") < 50 {
		t.Error("the site map lacks pages")
	}
}
