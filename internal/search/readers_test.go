package search_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"lienhiep/internal/needs"
	"lienhiep/internal/search"
	"lienhiep/internal/search/engine"
)

// The readers' script cuts text as viet.Syllables does.
func TestSyllablesAreThoseOfTheIndex(t *testing.T) {
	data, err := os.ReadFile("../viet/testdata/syllables.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Text      string
		Syllables []json.RawMessage
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	site := siteOf(t, nil)
	build(t, site)
	e := open(t, site)
	for _, v := range vectors {
		var got []struct {
			Key   string
			Marks int
		}
		if err := e.Call("syllables", &got, v.Text); err != nil {
			t.Fatal(err)
		}
		if len(got) != len(v.Syllables) {
			t.Errorf("%q: %v", v.Text, got)
			continue
		}
		for i, s := range got {
			var key string
			var marks int
			if err := json.Unmarshal(v.Syllables[i], &[]any{&key, &marks}); err != nil {
				t.Fatal(err)
			}
			if s.Key != key || s.Marks != marks {
				t.Errorf("%q: syllable %d is %s %d, not %s %d", v.Text, i, s.Key, s.Marks, key, marks)
			}
		}
	}
}

// worded is a site whose search page has a table of words.
func worded(t *testing.T, entries []entry, words string) *engine.Engine {
	t.Helper()
	site := siteOf(t, entries)
	page := `<!doctype html><html lang=vi><body><main data-search-page><h1>Tìm kiếm</h1><script type="application/json" data-search-words>` + words + `</script></main></body></html>`
	if err := afero.WriteFile(site, "tim-kiem/index.html", []byte(page), 0o666); err != nil {
		t.Fatal(err)
	}
	build(t, site)
	return open(t, site)
}

var forgiving = []entry{
	{"tri-thuc/mau/", "tri-thuc", "", "Trần Đại Mẫu", `<p data-search=summary>Kỹ sư chế tạo vũ khí, người Đồng Mẫu.</p>`},
	{"tin-tuc/mau/", "tin-tuc", "2024-01-01", "Kỷ niệm ngày sinh Trần Đại Mẫu", `<p>Trần Đại Mẫu sinh ở Đồng Mẫu. Kỹ thuật của ông còn dùng.</p>`},
	{"lien-hiep-hoi/", "page", "", "Liên hiệp hội", `<p data-search=summary>Tổ chức của trí thức.</p>`},
	{"tin-tuc/hoi/", "tin-tuc", "2024-02-01", "Liên hiệp hội họp", `<p>Liên hiệp hội họp về nước sạch; người Việt Nam ở nước ngoài cũng dự. Mắc mưa, nước mắt rơi.</p>`},
	{"van-ban/15/", "van-ban", "2021-01-01", "Kế hoạch số 15-KH/TU", `<p>Nội dung.</p>`},
	{"tin-tuc/15/", "tin-tuc", "2022-01-01", "Sau một năm thực hiện", `<p>Kế hoạch 15 đã đi được một năm, theo Kế hoạch số 15-KH/TU.</p>`},
	{"hoi-thi/9/", "hoi-thi", "", "Hội thi lần thứ IX", `<p>Giải pháp.</p>`},
	{"hoi-thi/8/", "hoi-thi", "", "Hội thi lần thứ VIII", `<p>Giải pháp 9.</p>`},
	{"lien-he/", "page", "", "Liên hệ", `<p>Gửi thư.</p>`},
	{"tro-nang/", "page", "", "Tiếp cận", `<p>Số trang in ra; điện thoại nào cũng đọc được; thoại và chữ; điện và giấy.</p>`},
	{"ke-hoach/k/ii-5/", "dieu-khoan", "2021-04-05", "II.5 · Hợp tác", `<blockquote data-search=provision><p>Mở rộng hợp tác. Thu hút chuyên gia giỏi về tỉnh.</p></blockquote>`},
	{"ke-hoach/k/ii-5-3/", "dieu-khoan", "2021-04-05", "II.5.3 · Thu hút chuyên gia", `<blockquote data-search=provision><p>Thu hút chuyên gia giỏi về tỉnh.</p></blockquote>`},
}

const words = `{"same":[["LHH","liên hiệp hội"],["KS","kỹ sư"],["kiều bào","người Việt Nam ở nước ngoài"],["số điện thoại","liên hệ"]],"documents":[["KH","kế hoạch"]],"ordinals":["lần","thứ"],"skipped":["là gì","ở đâu"]}`

func TestForgiving(t *testing.T) {
	e := worded(t, forgiving, words)
	for _, tt := range []struct {
		why, query, first, mended string
	}{
		{"an abbreviation", "LHH", "lien-hiep-hoi/", ""},
		{"a section by its name, before what tells of it", "lien hiep hoi", "lien-hiep-hoi/", ""},
		{"a question", "liên hiệp hội là gì", "lien-hiep-hoi/", ""},
		{"a person before news that names them", "dai mau", "tri-thuc/mau/", ""},
		{"a synonym", "kiều bào", "tin-tuc/hoi/", ""},
		{"a synonym that is a page's name, not scattered syllables", "so dien thoai", "lien-he/", ""},
		{"a document by type and number", "ke hoach 15", "van-ban/15/", ""},
		{"its number glued", "kh15", "van-ban/15/", ""},
		{"the other way round", "15kh", "van-ban/15/", ""},
		{"a title before a name, parted by a point", "KS.Trần Đại Mẫu", "tri-thuc/mau/", ""},
		{"a Roman number", "hội thi lần 9", "hoi-thi/9/", ""},
		{"Telex", "traanf ddaij maaux", "tri-thuc/mau/", "trần đại mẫu"},
		{"VNI", "tra62n d9a5i ma6u4", "tri-thuc/mau/", "trần đại mẫu"},
		{"Telex of what stands alone", "ddaij maaux", "tri-thuc/mau/", "đại mẫu"},
		{"a slip", "trần đạii mẫu", "tri-thuc/mau/", "trần đại mẫu"},
		{"letters that sound alike", "chan dai mau", "tri-thuc/mau/", "tran dai mau"},
		{"a mark that is wrong", "kỷ thuật", "tin-tuc/mau/", "kỹ thuật"},
		{"a blank left out", "kythuat", "tin-tuc/mau/", "ky thuat"},
		{"a clause once, by its label", "thu hut chuyen gia gioi", "ke-hoach/k/#ii-5-3", ""},
		{"no other compound in place of a word that is one", "nước mắm", "", ""},
		{"scattered syllables of a word", "điện giấy", "", ""},
		{"nothing", "qwrtzk", "", ""},
	} {
		a, _ := ask(t, e, tt.query, engine.Options{})
		first := ""
		if all := addresses(a); len(all) > 0 {
			first = all[0]
		}
		if first != tt.first || a.Mended != tt.mended {
			t.Errorf("%s: %q gives %q mended as %q", tt.why, tt.query, addresses(a), a.Mended)
		}
	}
	if a, _ := ask(t, e, "ddaij maaux", engine.Options{Exact: true}); len(a.Documents) > 0 || a.Mended != "" {
		t.Errorf("asked for exactly, it gives %q", addresses(a))
	}
	if a, _ := ask(t, e, "thu hút chuyên gia giỏi về tỉnh", engine.Options{}); len(a.Documents) != 1 {
		t.Errorf("a clause stands more than once: %q", addresses(a))
	}
}

// Who types a page's title means that page: no other words for it are looked for.
func TestATitleIsMeantAsItStands(t *testing.T) {
	e := worded(t, forgiving, `{"same":[["liên hệ","nước sạch"],["tổ chức","nước sạch"]]}`)
	for query, want := range map[string]bool{"lien he": false, "Liên hệ ": false, "to chuc": true} {
		a, _ := ask(t, e, query, engine.Options{})
		if found := slices.Contains(addresses(a), "tin-tuc/hoi/"); found != want {
			t.Errorf("%q finds %q", query, addresses(a))
		}
	}
}

func TestEnglishSpellings(t *testing.T) {
	site := afero.NewMemMapFs()
	for name, text := range map[string]string{
		"en/search":       `<html lang=en><main data-search-page></main>`,
		"en/honours":      `<html lang=en><main data-search=page data-search-list><h1>Honours</h1></main>`,
		"en/organisation": `<html lang=en><main data-search=page><h1>Organisation</h1><p>The centre of labour; groundwater.</p></main>`,
	} {
		if err := afero.WriteFile(site, path.Join(name, "index.html"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	build(t, site)
	e, err := engine.Open(afero.NewIOFS(site), "en/search/index")
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for query, want := range map[string]string{"honors": "en/honours/", "organization": "en/organisation/", "labor": "en/organisation/", "center": "en/organisation/", "ground water": "en/organisation/", "honuors": "en/honours/"} {
		if a, _ := ask(t, e, query, engine.Options{}); !slices.Equal(addresses(a), []string{want}) {
			t.Errorf("%s: %q", query, addresses(a))
		}
	}
}

func TestOffersWhileTyping(t *testing.T) {
	e := worded(t, forgiving, words)
	for typed, want := range map[string]string{
		"tran d":     "tri-thuc/mau/ tin-tuc/mau/",
		"Trần Đại":   "tri-thuc/mau/ tin-tuc/mau/",
		"lien hi":    "lien-hiep-hoi/ tin-tuc/hoi/",
		"thu hut":    "ke-hoach/k/ii-5-3/",
		"trăn":       "",
		"t":          "",
		"nước ngoài": "",
	} {
		all, err := e.Suggest(typed, 6)
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		for _, s := range all {
			paths = append(paths, s.Path)
		}
		if got := strings.Join(paths, " "); got != want {
			t.Errorf("%q offers %q, not %q", typed, got, want)
		}
	}
}

// A small site needs the head and one more round.
func TestASmallSiteNeedsOneRoundBehindTheHead(t *testing.T) {
	e := worded(t, forgiving, words)
	for _, query := range []string{"trần đại mẫu", "hội thi", "nước", "đồng m", `"trần đại mẫu"`} {
		head, err := e.Reopen()
		if err != nil {
			t.Fatal(err)
		}
		if _, cost := ask(t, e, query, engine.Options{}); head.Rounds != 1 || cost.Rounds > 1 {
			t.Errorf("%s: %d and %d rounds: %v", query, head.Rounds, cost.Rounds, cost.Files)
		}
	}
}

// A site of thousands of pages is not read in whole, however common what is asked for; no page is read for a snippet.
func TestALargeSiteIsReadInBounds(t *testing.T) {
	needs.Ask(t, needs.Long)
	entries := corpus(9000)
	named(entries)
	site := siteOf(t, entries)
	build(t, site)
	e := open(t, site)
	phrasesOfCommonWordsAreFound(t, e, entries)
	wordsByThemselvesAreReadOn(t, e, entries)
	for _, query := range []string{"trí thức", "khoa học kỹ thuật", "của và các", `"của các hội"`, "lúa biển dương", "sáng t", "hội", "tri thuc khoa hoc hoi thi sang tao", "lúa biểmn dương", "tri thuc khoqa hoc ki thuat hoi thi", "hội thi sáng tạo kỹ thuật trí thức khoa học lúa biển dương của các"} {
		head, err := e.Reopen()
		if err != nil {
			t.Fatal(err)
		}
		a, cost := ask(t, e, query, engine.Options{Limit: 5})
		rounds := 4
		if strings.Contains(query, `"`) || !slices.ContainsFunc(a.Documents, func(d engine.Document) bool { return d.Together > 0 }) {
			rounds++ // a phrase, and what stands nowhere side by side
		}
		if a.Mended != "" {
			rounds += 3
		}
		if head.Rounds+cost.Rounds > rounds || len(cost.Files) > 26 || head.Bytes+cost.Bytes > 250_000 {
			t.Errorf("%s: %d rounds, %d files, %d bytes: %v", query, head.Rounds+cost.Rounds, len(cost.Files), head.Bytes+cost.Bytes, cost.Files)
		}
		if len(a.Documents) == 0 && strings.Count(query, " ") < 5 {
			t.Errorf("%s: nothing", query)
		}
		for _, d := range a.Documents {
			if len(d.Blocks) != 2 || strings.Contains(d.Blocks[0].Text, d.Title) || strings.ContainsAny(d.Blocks[1].Text, "<>\n") {
				t.Errorf("%s: the text of %s is %q", query, d.Path, d.Blocks)
			}
		}
	}
}

// named puts a common compound and a name into pages, never side by side, the name of which others have other marks.
func named(entries []entry) {
	for i := range entries {
		more := ""
		if i%3 != 1 {
			more = ". phan thiết"
		}
		switch {
		case i%39 == 13: // without the compound
			entries[i].title += " Tùng"
		case i%13 == 0:
			more += ". Tùng"
		case i%40 == 0:
			more += ". Tụng"
		}
		entries[i].body = strings.TrimSuffix(entries[i].body, "</p>") + more + "</p>"
	}
}

// wordsByThemselvesAreReadOn asks for a compound and a name that are never side by side: ten pages that have both are found before any with
// other marks.
func wordsByThemselvesAreReadOn(t *testing.T, e *engine.Engine, entries []entry) {
	t.Helper()
	if _, err := e.Reopen(); err != nil {
		t.Fatal(err)
	}
	const query = "phan thiết Tùng"
	has := map[string]bool{}
	for _, one := range entries {
		has[one.path] = strings.Contains(one.body, "phan thiết") && strings.Contains(one.body, "Tùng")
	}
	a, _ := ask(t, e, query, engine.Options{Exact: true})
	if len(a.Documents) != 10 {
		t.Errorf("%s: %d results", query, len(a.Documents))
	}
	for i, d := range a.Documents {
		if !has[d.Path] {
			t.Errorf("%s: result %d is %s", query, i+1, d.Path)
		}
	}
}

// phrasesOfCommonWordsAreFound asks for phrases that few pages have, old ones among them, though hundreds have each pair: typed by
// themselves they are among the first ten, and quoted there is nothing else.
func phrasesOfCommonWordsAreFound(t *testing.T, e *engine.Engine, entries []entry) {
	t.Helper()
	const few, many, most = 6, 400, 8
	pairs, phrases := map[string]map[string]bool{}, map[string]map[string]bool{} // the pages that have them
	note := func(all map[string]map[string]bool, words []string, path string) {
		key := strings.Join(words, " ")
		if all[key] == nil {
			all[key] = map[string]bool{}
		}
		all[key][path] = true
	}
	for _, one := range entries {
		for _, block := range append([]string{one.title}, strings.FieldsFunc(one.body, func(r rune) bool { return strings.ContainsRune("<>/.", r) })...) {
			words := strings.Fields(block)
			for i := range len(words) - 1 {
				note(pairs, words[i:i+2], one.path)
			}
			for i := range len(words) - 4 {
				note(phrases, words[i:i+5], one.path)
			}
		}
	}
	asked := 0
	for _, phrase := range slices.Sorted(maps.Keys(phrases)) {
		words := strings.Fields(phrase)
		common := len(slices.Compact(slices.Sorted(slices.Values(words)))) == len(words)
		for i := range len(words) - 1 {
			common = common && len(pairs[words[i]+" "+words[i+1]]) >= many
		}
		want := phrases[phrase]
		if !common || len(want) < 3 || len(want) > few {
			continue
		}
		for _, quote := range []string{"", `"`} {
			if _, err := e.Reopen(); err != nil {
				t.Fatal(err)
			}
			a, _ := ask(t, e, quote+phrase+quote, engine.Options{Exact: true})
			found := 0
			for _, d := range a.Documents {
				if want[d.Path] {
					found++
				}
			}
			if found < len(want) || quote != "" && a.Total != len(want) {
				t.Errorf("%s: %d of %d, and %d in all", quote+phrase+quote, found, len(want), a.Total)
			}
		}
		if asked++; asked == most {
			return
		}
	}
	t.Errorf("only %d phrases are asked for", asked)
}

// An article of years ago that goes rewrites fewer files than it has keys: what most pages have stands together, and what is told of long
// lists seldom changes.
func TestAnOldArticleRewritesLittleOfALargeSite(t *testing.T) {
	needs.Ask(t, needs.Long)
	entries := corpus(9000)
	const gone = 2000
	site := siteOf(t, entries)
	build(t, site)
	page, err := afero.ReadFile(site, entries[gone].path+"index.html")
	if err != nil {
		t.Fatal(err)
	}
	whole := contents(t, site)
	without := siteOf(t, slices.Delete(slices.Clone(entries), gone, gone+1))
	build(t, without)
	changed, rewritten, all := 0, 0, 0
	for name, b := range contents(t, without) {
		all += len(b)
		if !bytes.Equal(whole[name], b) {
			changed++
			rewritten += len(b)
		}
	}
	if terms := len(search.ViewOf(page).Terms); changed > terms+10 || rewritten*50 > all {
		t.Errorf("%d terms; %d of %d files, %d of %d bytes are others", terms, changed, len(whole), rewritten, all)
	}
}
