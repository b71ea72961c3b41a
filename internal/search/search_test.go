package search

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"math/rand/v2"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"
	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/needs"
)

// entry is a page to be indexed.
type entry struct {
	path, kind, day, title string
	body                   string // HTML
}

const folder = "tim-kiem/index"

// siteOf is a built site with these pages and a search page.
func siteOf(t testing.TB, entries []entry) afero.Fs {
	t.Helper()
	site := afero.NewMemMapFs()
	put := func(name, text string) {
		if err := afero.WriteFile(site, path.Join(name, "index.html"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	put("tim-kiem", `<!doctype html><html lang=vi><body><main data-search-page><h1>Tìm kiếm</h1></main></body></html>`)
	for _, e := range entries {
		day := ""
		if e.day != "" {
			day = " data-date=" + e.day
		}
		put(e.path, fmt.Sprintf(`<!doctype html><html lang=vi><head><title>x</title></head><body><nav>điều hướng</nav><main id=noi-dung data-search=%s%s><h1>%s</h1>%s</main><footer>cuối trang</footer></body></html>`,
			e.kind, day, html.EscapeString(e.title), e.body))
	}
	return site
}

func build(t testing.TB, site afero.Fs) Stats {
	t.Helper()
	stats, err := Build(context.Background(), site)
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

func open(t testing.TB, site afero.Fs) *Index {
	t.Helper()
	x, err := Open(afero.NewIOFS(site), folder)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func addresses(r Results) []string {
	var all []string
	for _, d := range r.Documents {
		all = append(all, d.Address())
	}
	return all
}

var small = []entry{
	{"tin-tuc/a/", "tin-tuc", "2021-05-01", "Gặp mặt trí thức đầu xuân", `<p data-search=summary>Các nhà khoa học gặp nhau.</p><p>Nha khoa học đường là chuyện khác.</p>`},
	{"tin-tuc/b/", "tin-tuc", "2022-05-01", "Chuyện nhà nông", `<p>Trong nhà có sách khoa sử, ông học đến khuya.</p>`},
	{"tin-tuc/c/", "tin-tuc", "2023-05-01", "Hồi ức một thời", `<p>Hồi ấy chưa có hội nào.</p>`},
	{"tin-tuc/d/", "tin-tuc", "2024-05-01", "Hội thảo về lúa", `<p>Hội thảo bàn về giống lúa mới, theo Chỉ thị số 42-CT/TW.</p>`},
	{"tin-tuc/e/", "tin-tuc", "2020-05-01", "Hội thảo về lúa nước ở nhiều tỉnh", `<p>Hội thảo bàn về lúa; chỉ thị 42, ct và tw không đi liền.</p>`},
	{"tri-thuc/nghia/", "tri-thuc", "", "Trần Đại Nghĩa", `<p>Kỹ sư quân giới. <b data-search=name>Phạm Quang Lễ</b></p>`},
	{"ke-hoach/k/ii-4-3/", "dieu-khoan", "2021-04-05", "Gạch đầu dòng thứ ba", `<blockquote data-search=provision><p>- Nâng cao chất lượng Hội thi sáng tạo kỹ thuật, Cuộc thi sáng tạo.</p></blockquote><section data-search=no><p>bí mật</p></section>`},
	{"gioi-thieu/", "page", "", "Giới thiệu", `<p>Ý nghĩa của trang: hòa bình, ủy ban, đường phố, ánh dương. Phiên bản 4.0 của trang.</p><nav>bí mật</nav><p hidden>bí mật</p><span aria-hidden=true>bí mật</span><script>bí mật</script>`},
	{"tin-tuc/g/", "tin-tuc", "2019-05-01", "Đường mới", `<p>Dưỡng sinh và con đường.</p>`},
}

func TestAnswers(t *testing.T) {
	site := siteOf(t, small)
	build(t, site)
	x := open(t, site)
	for _, tt := range []struct {
		why, query string
		o          Options
		want       []string
	}{
		{"unaccented finds accented", "dai nghia", Options{}, []string{"tri-thuc/nghia/"}},
		{"adjacent before scattered", "nhà khoa học", Options{}, []string{"tin-tuc/a/", "tin-tuc/b/"}},
		{"typed marks first", "hội", Options{}, []string{"tin-tuc/d/", "tin-tuc/e/", "ke-hoach/k/#ii-4-3", "tin-tuc/c/"}},
		{"and the other way", "hồi", Options{}, []string{"tin-tuc/c/", "tin-tuc/d/", "tin-tuc/e/", "ke-hoach/k/#ii-4-3"}},
		{"marks may be left out", "hôi", Options{}, []string{"tin-tuc/d/", "tin-tuc/c/", "tin-tuc/e/", "ke-hoach/k/#ii-4-3"}},
		{"capitals", "TRÍ THỨC", Options{}, []string{"tin-tuc/a/"}},
		{"decomposed", norm.NFD.String("trí thức"), Options{}, []string{"tin-tuc/a/"}},
		{"new tone placement", "hoà bình, uỷ ban", Options{}, []string{"gioi-thieu/"}},
		{"kĩ is kỹ", "kĩ sư", Options{}, []string{"tri-thuc/nghia/"}},
		{"a given name: the person first", "Nghĩa", Options{}, []string{"tri-thuc/nghia/", "gioi-thieu/"}},
		{"another name", "quang lễ", Options{}, []string{"tri-thuc/nghia/"}},
		{"the beginning of a syllable", "sáng t", Options{}, []string{"ke-hoach/k/#ii-4-3"}},
		{"of the only one", "thie", Options{}, []string{"gioi-thieu/"}},
		{"a provision at its anchor", "hội thi sáng tạo", Options{}, []string{"ke-hoach/k/#ii-4-3"}},
		{"a number is bound", "42-CT/TW", Options{}, []string{"tin-tuc/d/"}},
		{"in small letters", "42-ct/tw", Options{}, []string{"tin-tuc/d/"}},
		{"a number with a point", "4.0", Options{}, []string{"gioi-thieu/"}},
		{"the exact title first", "hội thảo về lúa", Options{}, []string{"tin-tuc/d/", "tin-tuc/e/"}},
		{"a phrase", `"nhà khoa học"`, Options{}, []string{"tin-tuc/a/"}},
		{"a phrase of one", `"hồi"`, Options{}, []string{"tin-tuc/c/"}},
		{"a phrase with other marks", `"nhá khoa học"`, Options{}, nil},
		{"a phrase without marks", `"nha khoa hoc"`, Options{}, []string{"tin-tuc/a/"}},
		{"a phrase that is not closed", `"giống lúa mới`, Options{}, []string{"tin-tuc/d/"}},
		{"newer first", "chuyen", Options{}, []string{"tin-tuc/b/", "tin-tuc/a/"}},
		{"by kind", "nghĩa", Options{Kind: "page"}, []string{"gioi-thieu/"}},
		{"by year", "hội", Options{Year: 2024}, []string{"tin-tuc/d/"}},
		{"what is not the page's own", "bí mật", Options{}, nil},
		{"nor main", "điều hướng", Options{}, nil},
		{"nothing", "zzz", Options{}, nil},
		{"no syllable", "!?", Options{}, nil},
		{"empty", "", Options{}, nil},
	} {
		r, err := x.Search(tt.query, tt.o)
		if err != nil {
			t.Fatalf("%s: %v", tt.query, err)
		}
		if got := addresses(r); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q gives %v, want %v", tt.why, tt.query, got, tt.want)
		}
		if !r.Complete || r.Total != len(tt.want) {
			t.Errorf("%q: %d results, complete %v", tt.query, r.Total, r.Complete)
		}
	}
}

func TestCountsByKindAndYear(t *testing.T) {
	site := siteOf(t, small)
	build(t, site)
	r, err := open(t, site).Search("hội", Options{Kind: "tin-tuc"})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(r.Kinds) != "map[dieu-khoan:1 tin-tuc:3]" || fmt.Sprint(r.Years) != "map[2020:1 2023:1 2024:1]" {
		t.Errorf("kinds %v, years %v", r.Kinds, r.Years)
	}
}

func TestSnippets(t *testing.T) {
	long := strings.Repeat("chữ nào đó ", 30)
	site := siteOf(t, []entry{
		{"a/", "page", "", "Một", "<p>" + long + "hội <b>thi</b> sáng tạo " + long + "</p>"},
		{"b/", "page", "", "Chỉ ở tiêu đề", "<p data-search=summary>Lời tóm tắt.</p>"},
	})
	build(t, site)
	x := open(t, site)
	r, err := x.Search("sang tao", Options{})
	if err != nil || len(r.Snippets) != 1 {
		t.Fatal(r, err)
	}
	s := r.Snippets[0]
	var marked []string
	for _, m := range s.Marks {
		marked = append(marked, s.Text[m[0]:m[1]])
	}
	if !slices.Equal(marked, []string{"sáng", "tạo"}) || !strings.HasPrefix(s.Text, "… ") || !strings.HasSuffix(s.Text, " …") {
		t.Errorf("marks %q in %q", marked, s.Text)
	}
	if r, err = x.Search("tiêu đề", Options{}); err != nil || r.Snippets[0].Text != "Lời tóm tắt." {
		t.Errorf("%+v, %v", r.Snippets, err)
	}
}

func TestSuggest(t *testing.T) {
	site := siteOf(t, small)
	build(t, site)
	x := open(t, site)
	for query, want := range map[string]string{
		"hội thii": "hội thi", "trí thứcc": "trí thức", "khoahoc": "khoa học", `"tri tuhc"`: `"tri thuc"`, "qqqqqq": "", "": "",
	} {
		if got, err := x.Suggest(query); err != nil || got != want {
			t.Errorf("%q: %q, want %q (%v)", query, got, want, err)
		}
	}
}

func TestNoMoreThanThreeProvisionsFirst(t *testing.T) {
	var entries []entry
	for i := range 12 {
		entries = append(entries, entry{fmt.Sprintf("k/i-%d/", i), provisionKind, "2021-04-05", "Mục", "<p data-search=provision>Phát triển đội ngũ.</p>"})
		entries = append(entries, entry{fmt.Sprintf("t/%d/", i), "tin-tuc", "2020-01-01", "Bài", "<p>Phát triển kinh tế.</p>"})
	}
	site := siteOf(t, entries)
	build(t, site)
	x := open(t, site)
	for _, tt := range []struct {
		kind string
		want int
	}{{"", 3}, {provisionKind, 10}} {
		r, err := x.Search("phát triển", Options{Kind: tt.kind})
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, d := range r.Documents {
			if d.Kind == provisionKind {
				got++
			}
		}
		if got != tt.want || len(r.Documents) != 10 {
			t.Errorf("kind %q: %d provisions among %d", tt.kind, got, len(r.Documents))
		}
	}
}

// corpus makes many small pages of few words, so that lists are long.
func corpus(n int) []entry {
	words := strings.Fields("trí thức khoa học kỹ thuật hội hồi thi sáng tạo tỉnh nhà nha của và các đường dương lúa biển 42 ct tw")
	r := rand.New(rand.NewPCG(1, 2))
	text := func(n int) string {
		var b strings.Builder
		for range n {
			// The first words are much commoner than the last.
			b.WriteString(words[int(float64(len(words))*r.Float64()*r.Float64())] + " ")
		}
		return strings.TrimSpace(b.String())
	}
	var all []entry
	for i := range n {
		day := fmt.Sprintf("%d-%02d-%02d", 2010+i*14/n, 1+i%12, 1+i%28)
		rare := ""
		if i%50 == 0 {
			rare = fmt.Sprintf(" từ%d", i)
		}
		all = append(all, entry{fmt.Sprintf("tin-tuc/b%05d/", i), []string{"tin-tuc", "page"}[i%7/6], day, text(3 + i%6), "<p>" + text(8+i%9) + ".</p><p>" + text(6) + rare + "</p>"})
	}
	return all
}

// TestAgainstReadingEveryPage asks an index of thousands of pages, whose lists
// are split and whose directories have nodes, and reads the pages themselves for what it should
// have found.
func TestAgainstReadingEveryPage(t *testing.T) {
	needs.Ask(t, needs.Long)
	entries := corpus(14000)
	site := siteOf(t, entries)
	build(t, site)
	x := open(t, site)
	if x.segments[0].titles.depth != 1 || len(x.segments) != 2 {
		t.Fatalf("titles have depth %d, %d segments: the test tests less than it says", x.segments[0].titles.depth, len(x.segments))
	}
	pages := map[string][][]syllable{}
	for _, e := range entries {
		src, err := afero.ReadFile(site, e.path+"index.html")
		if err != nil {
			t.Fatal(err)
		}
		var r pageReader
		for _, b := range r.read(src).blocks {
			pages[e.path] = append(pages[e.path], syllables(b.text))
		}
	}
	for _, text := range []string{"trí", "trí thức", "tri thuc", "khoa học kỹ thuật", "hội", "hồi thi", "nha khoa", "42-ct/tw", "sáng t", `"trí thức khoa"`, "biển lúa", "từ50", "thức trí khoa", "đường", "duong dương", "tu", "lúa biển trí thức", "khoa học biển lúa", "thức khoa học kỹ", "trí thức khoa học", "thức trí khoa học"} {
		q := parse(text)
		whole, err := x.Search(text, Options{Limit: 1 << 30})
		if err != nil {
			t.Fatal(err)
		}
		if !whole.Complete {
			t.Errorf("%q: not complete", text)
		}
		found := map[string]bool{}
		for _, d := range whole.Documents {
			found[d.Path] = true
			if !q.open && !holds(&q, pages[d.Path], another) {
				t.Errorf("%q found %s, which does not hold it", text, d.Path)
			}
		}
		if len(q.phrases()) == 0 {
			for at, p := range pages {
				if !found[at] && holds(&q, p, fitting) {
					t.Fatalf("%q did not find %s: %v", text, at, p)
				}
			}
		}
		first, err := x.Search(text, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(first.Documents) < min(10, len(whole.Documents)) {
			t.Errorf("%q: %d results at first, %d in all", text, len(first.Documents), len(whole.Documents))
		}
		for _, d := range first.Documents {
			if !found[d.Path] {
				t.Errorf("%q: %s is among the first and not among all", text, d.Path)
			}
		}
		if q.accented && q.phrases() == nil {
			accentsFirst(t, &q, whole, pages)
		}
		if len(q.syllables) > 3 {
			stretchesFirst(t, &q, first, pages)
		}
	}
}

// TestAPhraseOfCommonSyllables asks for a phrase that the oldest pages have, of thousands
// whose lists are split. Some of the newest have all that the index knows of it,
// and not the phrase.
func TestAPhraseOfCommonSyllables(t *testing.T) {
	const all, most = 2600, 12
	var entries []entry
	for i := range all {
		text := "của các anh; các hội kia"
		switch {
		case i < most:
			text = "của các hội"
		case i%50 == 0:
			text += "; của nhiều hội"
		}
		entries = append(entries, entry{fmt.Sprintf("tin-tuc/b%05d/", i), "tin-tuc", fmt.Sprintf("2020-%02d-%02d", 1+i*12/all, 1+i*12%all*28/all), "Bài", "<p>" + text + ".</p>"})
	}
	site := siteOf(t, entries)
	build(t, site)
	x := open(t, site)
	for _, limit := range []int{10, 20} {
		r, err := x.Search(`"của các hội"`, Options{Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Documents) != min(limit, most) {
			t.Errorf("%d of %d documents", len(r.Documents), min(limit, most))
		}
	}
}

// holds reports whether a page has every syllable of a query, and the required
// pairs.
func holds(q *query, blocks [][]syllable, least int) bool {
	for i, a := range q.syllables {
		ok := false
		for _, all := range blocks {
			for j, s := range all {
				fits := s.key == a.key && q.grade(a.marks, s.marks) >= least
				if q.required(i) {
					before := q.syllables[i-1]
					fits = fits && j > 0 && all[j-1].key == before.key && q.grade(before.marks, all[j-1].marks) >= least
				}
				ok = ok || fits
			}
		}
		if !ok {
			return false
		}
	}
	return true
}

// stretchesFirst wants as many of the pages first as there are that have the query
// in one stretch, accented as it is.
func stretchesFirst(t *testing.T, q *query, r Results, pages map[string][][]syllable) {
	t.Helper()
	has := func(blocks [][]syllable) bool {
		return slices.ContainsFunc(blocks, func(b []syllable) bool {
			for len(b) >= len(q.syllables) {
				if slices.EqualFunc(q.syllables, b[:len(q.syllables)], func(a asked, s syllable) bool { return a.syllable == s }) {
					return true
				}
				b = b[1:]
			}
			return false
		})
	}
	there := 0
	for _, blocks := range pages {
		if has(blocks) {
			there++
		}
	}
	for i, d := range r.Documents {
		if i < there && !has(pages[d.Path]) {
			t.Errorf("%q: %d pages have it in one stretch, and result %d, %s, does not", q.text, there, i+1, d.Path)
		}
	}
}

// accentsFirst holds that no page with other marks stands before one with those
// that were typed.
func accentsFirst(t *testing.T, q *query, r Results, pages map[string][][]syllable) {
	t.Helper()
	before := true
	for _, d := range r.Documents {
		exact := holds(q, pages[d.Path], same)
		if exact && !before {
			t.Errorf("%q: %s has the marks that were typed and stands behind one that has not", q.text, d.Path)
			return
		}
		before = exact
	}
}

func contents(t *testing.T, site afero.Fs) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	entries, err := afero.ReadDir(site, folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if files[e.Name()], err = afero.ReadFile(site, path.Join(folder, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestSameBytesHoweverItIsRead(t *testing.T) {
	entries := corpus(1500)
	site := siteOf(t, entries)
	stats := build(t, site)
	want := contents(t, site)
	total := 0
	for _, b := range want {
		total += len(b)
	}
	if stats.Files != len(want) || stats.Bytes != total || stats.Documents != len(entries) {
		t.Errorf("%+v, but there are %d files of %d bytes", stats, len(want), total)
	}
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	other := siteOf(t, entries)
	// What an earlier index left goes.
	if err := afero.WriteFile(other, folder+"/aaaaaaaa.bin", []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	build(t, other)
	sameFiles(t, contents(t, other), want)
	build(t, other)
	sameFiles(t, contents(t, other), want)
}

func sameFiles(t *testing.T, got, want map[string][]byte) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
	for name, b := range want {
		if !bytes.Equal(got[name], b) {
			t.Errorf("%s is another", name)
		}
	}
}

func TestOneMoreArticleRewritesLittle(t *testing.T) {
	needs.Ask(t, needs.Long)
	// Text as long as articles have it: in shorter ones the root weighs too much.
	r := rand.New(rand.NewPCG(5, 6))
	letters := strings.Fields("an ba chi da em gia hoa in kha la ma nam oi phu qua rau sa ta uy vang xa yen")
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(letters[r.IntN(len(letters))] + letters[r.IntN(len(letters))] + " ")
		}
		return b.String()
	}
	var entries []entry
	for i := range 2005 {
		entries = append(entries, entry{fmt.Sprintf("tin-tuc/b%d/", i), "tin-tuc", fmt.Sprintf("%d-01-02", 2005+i/100), text(8), "<p>" + text(300) + "</p>"})
	}
	site := siteOf(t, entries)
	build(t, site)
	before := contents(t, site)
	site = siteOf(t, append(entries, entry{"tin-tuc/moi/", "tin-tuc", "2026-11-23", "Bài mới của tỉnh", "<p>" + text(300) + "</p>"}))
	build(t, site)
	total, written := 0, 0
	for name, b := range contents(t, site) {
		total += len(b)
		if !bytes.Equal(before[name], b) {
			written += len(b)
		}
	}
	if written*100 > total {
		t.Errorf("%d of %d bytes written anew", written, total)
	}
}

// TestDamage changes a byte of every file, and cuts every file short: an answer
// may be wrong then, but it comes, or ErrCorrupt does.
func TestDamage(t *testing.T) {
	needs.Ask(t, needs.Long)
	site := siteOf(t, corpus(2400))
	build(t, site)
	good := contents(t, site)
	r := rand.New(rand.NewPCG(3, 4))
	seen := false
	for name, b := range good {
		for _, bad := range [][]byte{changed(r, b), b[:r.IntN(len(b))], nil} {
			if err := afero.WriteFile(site, path.Join(folder, name), bad, 0o666); err != nil {
				t.Fatal(err)
			}
			x, err := Open(afero.NewIOFS(site), folder)
			for _, query := range []string{"trí thức khoa", "hội", "sáng t", "zz"} {
				if err == nil {
					_, err = x.Search(query, Options{Limit: 100})
				}
				if err == nil {
					_, err = x.Suggest(query)
				}
			}
			if err != nil && !errors.Is(err, ErrCorrupt) && !errors.Is(err, fs.ErrNotExist) {
				t.Fatalf("%s: %v", name, err)
			}
			seen = seen || errors.Is(err, ErrCorrupt)
		}
		if err := afero.WriteFile(site, path.Join(folder, name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if !seen {
		t.Error("no damage was seen")
	}
}

func changed(r *rand.Rand, b []byte) []byte {
	b = slices.Clone(b)
	b[r.IntN(len(b))] ^= byte(1 + r.IntN(255))
	return b
}

func TestBuildWithoutASearchPage(t *testing.T) {
	site := afero.NewMemMapFs()
	if err := afero.WriteFile(site, "index.html", []byte("<html lang=vi><main data-search=page><h1>A</h1></main>"), 0o666); err != nil {
		t.Fatal(err)
	}
	if stats := build(t, site); stats != (Stats{}) {
		t.Errorf("%+v", stats)
	}
}

func TestBuildStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Build(ctx, siteOf(t, small)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

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
	})
}

// FuzzIndex reads any bytes as the files of an index.
func FuzzIndex(f *testing.F) {
	site := siteOf(f, small)
	build(f, site)
	names, err := afero.ReadDir(site, folder)
	if err != nil {
		f.Fatal(err)
	}
	for _, n := range names {
		data, err := afero.ReadFile(site, path.Join(folder, n.Name()))
		if err != nil {
			f.Fatal(err)
		}
		raw, err := unzipped(data)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw, "hội thi")
	}
	f.Fuzz(func(t *testing.T, raw []byte, query string) {
		x := &Index{}
		_ = x.root(&decoder{b: raw})
		x = &Index{segments: []readSegment{{count: 1000}}}
		d := &decoder{b: raw}
		for _, l := range x.body(d, ofPairs, 0) {
			for _, p := range l.postings {
				if p.document < 0 || p.document >= 1000 || p.level >= levels {
					t.Fatalf("document %d at level %d", p.document, p.level)
				}
			}
		}
		d = &decoder{b: raw}
		_ = d.directory(true)
		q := parse(query)
		if len(q.syllables) > mostAsked {
			t.Fatalf("%d syllables", len(q.syllables))
		}
		q.phrases()
		q.snippet([]block{{body, string(raw)}})
	})
}
