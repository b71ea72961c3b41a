package search_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"math/rand/v2"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"
	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/host"
	"lienhiep/internal/needs"
	"lienhiep/internal/search"
	"lienhiep/internal/search/engine"
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

func build(t testing.TB, site afero.Fs) search.Stats {
	t.Helper()
	stats, err := engine.Build(context.Background(), site)
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

func open(t testing.TB, site afero.Fs) *engine.Engine {
	t.Helper()
	e, err := engine.Open(afero.NewIOFS(site), folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// ask asks, and ends the test if that fails.
func ask(t testing.TB, e *engine.Engine, text string, o engine.Options) (engine.Answer, engine.Cost) {
	t.Helper()
	a, c, err := e.Search(text, o)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return a, c
}

func addresses(a engine.Answer) []string {
	var all []string
	for _, d := range a.Documents {
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
		o          engine.Options
		want       []string
	}{
		{"unaccented finds accented", "dai nghia", engine.Options{}, []string{"tri-thuc/nghia/"}},
		{"adjacent, not scattered", "nhà khoa học", engine.Options{}, []string{"tin-tuc/a/"}},
		{"typed marks first", "hội", engine.Options{}, []string{"tin-tuc/d/", "tin-tuc/e/", "ke-hoach/k/#ii-4-3", "tin-tuc/c/"}},
		{"and the other way", "hồi", engine.Options{}, []string{"tin-tuc/c/", "tin-tuc/d/", "tin-tuc/e/", "ke-hoach/k/#ii-4-3"}},
		{"marks may be left out", "hôi", engine.Options{}, []string{"tin-tuc/d/", "tin-tuc/c/", "tin-tuc/e/", "ke-hoach/k/#ii-4-3"}},
		{"capitals", "TRÍ THỨC", engine.Options{}, []string{"tin-tuc/a/"}},
		{"decomposed", norm.NFD.String("trí thức"), engine.Options{}, []string{"tin-tuc/a/"}},
		{"new tone placement", "hoà bình, uỷ ban", engine.Options{}, []string{"gioi-thieu/"}},
		{"kĩ is kỹ", "kĩ sư", engine.Options{}, []string{"tri-thuc/nghia/"}},
		{"a given name: the person first", "Nghĩa", engine.Options{}, []string{"tri-thuc/nghia/", "gioi-thieu/"}},
		{"another name", "quang lễ", engine.Options{}, []string{"tri-thuc/nghia/"}},
		{"the beginning of a syllable", "sáng t", engine.Options{}, []string{"ke-hoach/k/#ii-4-3"}},
		{"of the only one", "thie", engine.Options{}, []string{"gioi-thieu/"}},
		{"a provision at its anchor", "hội thi sáng tạo", engine.Options{}, []string{"ke-hoach/k/#ii-4-3"}},
		{"a number is bound", "42-CT/TW", engine.Options{}, []string{"tin-tuc/d/"}},
		{"in small letters", "42-ct/tw", engine.Options{}, []string{"tin-tuc/d/"}},
		{"a number with a point", "4.0", engine.Options{}, []string{"gioi-thieu/"}},
		{"the exact title first", "hội thảo về lúa", engine.Options{}, []string{"tin-tuc/d/", "tin-tuc/e/"}},
		{"a phrase", `"nhà khoa học"`, engine.Options{}, []string{"tin-tuc/a/"}},
		{"a phrase of one", `"hồi"`, engine.Options{}, []string{"tin-tuc/c/"}},
		{"a phrase with other marks", `"nhá khoa học"`, engine.Options{}, nil},
		{"a phrase without marks", `"nha khoa hoc"`, engine.Options{}, []string{"tin-tuc/a/"}},
		{"a phrase that is not closed", `"giống lúa mới`, engine.Options{}, []string{"tin-tuc/d/"}},
		{"newer first", "chuyen", engine.Options{}, []string{"tin-tuc/b/", "tin-tuc/a/"}},
		{"by kind", "nghĩa", engine.Options{Kind: "page"}, []string{"gioi-thieu/"}},
		{"by year", "hội", engine.Options{Year: 2024}, []string{"tin-tuc/d/"}},
		{"what is not the page's own", "bí mật", engine.Options{}, nil},
		{"nor main", "điều hướng", engine.Options{}, nil},
		{"nothing", "zzz", engine.Options{}, nil},
		{"no syllable", "!?", engine.Options{}, nil},
		{"empty", "", engine.Options{}, nil},
	} {
		r, _ := ask(t, x, tt.query, tt.o)
		if got := addresses(r); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q gives %v, want %v", tt.why, tt.query, got, tt.want)
		}
		if !r.Complete || r.Total != len(tt.want) {
			t.Errorf("%q: %d results, complete %v", tt.query, r.Total, r.Complete)
		}
	}
}

// What stands in a heading stands at its place too, and a comma parts what stands beside it.
func TestPhrasesStandInOneStretch(t *testing.T) {
	site := siteOf(t, []entry{
		{"a/", "tin-tuc", "2024-01-01", "Một", `<p>Ngày mùa gặt lúa mới trên đồng.</p><h2>Gặt lúa</h2><p>Rồi nghỉ.</p><h2>Mùa gặt</h2>`},
		{"b/", "tin-tuc", "2024-01-02", "Hai", `<p>Ngày mùa gặt, lúa mới trên đồng.</p><h2>Mùa gặt</h2><h2>Lúa mới</h2>`},
	})
	build(t, site)
	x := open(t, site)
	for query, want := range map[string][]string{
		`"mùa gặt lúa mới"`: {"a/"}, `"ngày mùa gặt"`: {"b/", "a/"}, `"gặt lúa mới trên"`: {"a/"}, `"lúa mới trên đồng"`: {"b/", "a/"}, `"gặt lúa rồi"`: nil,
	} {
		if a, _ := ask(t, x, query, engine.Options{}); !slices.Equal(addresses(a), want) {
			t.Errorf("%s gives %v, want %v", query, addresses(a), want)
		}
	}
}

func TestCountsByKindAndYear(t *testing.T) {
	site := siteOf(t, small)
	build(t, site)
	r, _ := ask(t, open(t, site), "hội", engine.Options{Kind: "tin-tuc"})
	if fmt.Sprint(r.Kinds) != "map[dieu-khoan:1 tin-tuc:3]" || fmt.Sprint(r.Years) != "map[2020:1 2023:1 2024:1]" {
		t.Errorf("kinds %v, years %v", r.Kinds, r.Years)
	}
}

func TestNoMoreThanThreeProvisionsFirst(t *testing.T) {
	var entries []entry
	for i := range 12 {
		entries = append(entries, entry{fmt.Sprintf("k/i-%d/", i), "dieu-khoan", "2021-04-05", "Mục", "<p data-search=provision>Phát triển đội ngũ.</p>"})
		entries = append(entries, entry{fmt.Sprintf("t/%d/", i), "tin-tuc", "2020-01-01", "Bài", "<p>Phát triển kinh tế.</p>"})
	}
	site := siteOf(t, entries)
	build(t, site)
	x := open(t, site)
	for _, tt := range []struct {
		kind string
		want int
	}{{"", 3}, {"dieu-khoan", 10}} {
		r, _ := ask(t, x, "phát triển", engine.Options{Kind: tt.kind})
		got := 0
		for _, d := range r.Documents {
			if d.Kind == "dieu-khoan" {
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

func contents(t testing.TB, site afero.Fs) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := afero.Walk(site, folder, func(name string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		files[strings.TrimPrefix(name, folder+"/")], err = afero.ReadFile(site, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
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
	packed := 0
	for name, b := range want {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			continue // not packed
		}
		packed++
		if raw, err := io.ReadAll(z); err != nil || len(raw) <= host.Packet {
			t.Errorf("%s is packed, and holds %d bytes (%v)", name, len(raw), err)
		}
	}
	if packed == 0 || packed == len(want) {
		t.Errorf("%d files of %d are packed", packed, len(want))
	}
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	other := siteOf(t, entries)
	// What an earlier index left goes.
	if err := afero.WriteFile(other, folder+"/k7/aaaaaaaa.bin", []byte("old"), 0o666); err != nil {
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

// An article, of whatever age, has the files of its own keys and of its title written anew, and the head.
func TestOneMoreArticleRewritesItsOwn(t *testing.T) {
	needs.Ask(t, needs.Long)
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
	for i := range 2100 {
		entries = append(entries, entry{fmt.Sprintf("tin-tuc/b%d/", i), "tin-tuc", fmt.Sprintf("%d-01-02", 2005+i/105), text(8), "<p>" + text(60) + "</p>"})
	}
	site := siteOf(t, entries)
	build(t, site)
	whole := contents(t, site)
	for _, at := range []int{10, 1000, 2090} {
		page, err := afero.ReadFile(site, entries[at].path+"index.html")
		if err != nil {
			t.Fatal(err)
		}
		without := siteOf(t, slices.Delete(slices.Clone(entries), at, at+1))
		build(t, without)
		changed := 0
		for name, b := range contents(t, without) {
			if !bytes.Equal(whole[name], b) {
				changed++
			}
		}
		// Those that stand behind a syllable may come in another order.
		if most := len(search.ViewOf(page).Terms)*2 + 20; changed > most {
			t.Errorf("without article %d, %d of %d files are others: more than %d", at, changed, len(whole), most)
		}
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
	if stats := build(t, site); stats != (search.Stats{}) {
		t.Errorf("%+v", stats)
	}
}

func TestBuildStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := engine.Build(ctx, siteOf(t, small)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestDamage changes a byte of every file, and cuts every file short: an answer may be wrong then, but it comes, or an error does.
func TestDamage(t *testing.T) {
	needs.Ask(t, needs.Long)
	site := siteOf(t, small)
	build(t, site)
	r := rand.New(rand.NewPCG(3, 4))
	seen := false
	for name, b := range contents(t, site) {
		for _, bad := range [][]byte{changed(r, b), b[:r.IntN(len(b))], nil} {
			if err := afero.WriteFile(site, path.Join(folder, name), bad, 0o666); err != nil {
				t.Fatal(err)
			}
			e, err := engine.Open(afero.NewIOFS(site), folder)
			if err != nil {
				seen = true
				continue
			}
			for _, query := range []string{"trí thức khoa", "hội", "sáng t", "zz"} {
				if _, _, err := e.Search(query, engine.Options{Limit: 100}); err != nil {
					seen = true
				}
			}
			if err := e.Close(); err != nil {
				t.Error(err)
			}
		}
		if err := afero.WriteFile(site, path.Join(folder, name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if !seen {
		t.Error("no damage was seen")
	}
}
