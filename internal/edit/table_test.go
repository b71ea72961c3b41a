package edit

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"lienhiep/internal/catalog"
	"lienhiep/internal/matter"
)

const facts = `# Lời chú.
name = "Trang mẫu" # tên
color = "x"

# Danh mục.
[[menu]]
page = "/tin-tuc/"
name = "Tin"

[[menu]]
page = "/gioi-thieu/"
name = "Giới thiệu"
`

// TestTheSitesFactsAreFilledIn: each form changes its own fields, byte for byte; what is
// wrong is told at its field.
func TestTheSitesFactsAreFilledIn(t *testing.T) {
	o := openDesk(t)
	o.put(catalog.WebsiteFile, facts)
	index := o.page("/trang-web/")
	for _, s := range sheets {
		has(t, "the page of all", index, "/trang-web/"+s.Name)
		for _, word := range []string{"thư mục", "Mã (", ", en, fr"} {
			if page := o.page("/trang-web/" + s.Name); strings.Contains(page, word) {
				t.Errorf("%s says %q", s.Title, word)
			}
		}
	}
	has(t, "a form", o.page("/trang-web/danh-muc"), `value="Giới thiệu"`, `data-value="/tin-tuc/"`, "Danh mục cuối trang")
	if page := o.page("/trang-web/danh-muc"); strings.Contains(page, "Trang mẫu") || strings.Contains(page, "publisher") {
		t.Error("the form has what is another's")
	}
	tin := map[string]any{"page": "/tin-tuc/", "name": "Tin tức"}
	o.act("/trang-web", map[string]any{"file": "/trang-web/danh-muc", "was": map[string]any{}, "fields": map[string]any{"menu": []any{map[string]any{"page": "/gioi-thieu/", "name": "Giới thiệu"}, tin}, "name": "không phải của mục này"}})
	want := strings.Replace(facts, "[[menu]]\npage = \"/tin-tuc/\"\nname = \"Tin\"\n\n[[menu]]\npage = \"/gioi-thieu/\"\nname = \"Giới thiệu\"\n", "[[menu]]\npage = \"/gioi-thieu/\"\nname = \"Giới thiệu\"\n\n[[menu]]\npage = \"/tin-tuc/\"\nname = \"Tin tức\"\n", 1)
	if got := o.read(catalog.WebsiteFile); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	_, text := o.ask("POST", "/trang-web", map[string]any{"file": "/trang-web/co-quan", "was": map[string]any{}, "fields": map[string]any{"publisher": map[string]any{"body": "Hội Mẫu", "email": "sai"}}}, nil)
	var answer struct {
		Undo     string
		Findings []fault
	}
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		t.Fatal(text)
	}
	has(t, "the facts", o.read(catalog.WebsiteFile), "\n[publisher]\nbody = \"Hội Mẫu\"\nemail = \"sai\"\n")
	told := false
	for _, f := range answer.Findings {
		told = told || f.Field == "publisher.email" && f.Place == "/trang-web/co-quan" && strings.Contains(f.Message, "Thư điện tử")
	}
	if !told {
		t.Errorf("the address is not told: %s", text)
	}
	o.act("/hoan-tac", map[string]string{"id": answer.Undo})
	if got := o.read(catalog.WebsiteFile); got != want {
		t.Errorf("undone:\n%s", got)
	}

	before := o.snapshotOf("content")
	for what, body := range map[string]any{
		"another's version":   map[string]any{"file": "/trang-web/chung", "was": map[string]any{"name": "A"}, "fields": map[string]any{"name": "B"}},
		"nothing that it was": map[string]any{"file": "/trang-web/chung", "fields": map[string]any{"name": "B"}},
		"no such form":        map[string]any{"file": "/trang-web/../config", "was": map[string]any{}, "fields": map[string]any{"name": "B"}},
		"too much":            map[string]any{"file": "/trang-web/chung", "was": map[string]any{}, "fields": map[string]any{"name": strings.Repeat("x", maxEntry)}},
	} {
		if status, text := o.ask("POST", "/trang-web", body, nil); status < 400 || status >= 500 {
			t.Errorf("%s: %d %s", what, status, text)
		}
	}
	for _, name := range hostileNames {
		if status, text := o.ask("GET", "/trang-web/"+url.PathEscape(name), nil, nil); status == http.StatusOK && strings.Contains(text, "baseURL") {
			t.Errorf("%q: %s", name, text)
		}
	}
	if o.snapshotOf("content") != before {
		t.Error("the content has changed")
	}
}

// TestTablesOfOtherKindsAreFilledIn begins the glossary and the list of names, which are
// not there yet.
func TestTablesOfOtherKindsAreFilledIn(t *testing.T) {
	o := openDesk(t)
	o.act("/trang-web", map[string]any{"file": "/trang-web/thuat-ngu", "was": map[string]any{}, "fields": map[string]any{"term": []any{map[string]any{"name": "Phản biện xã hội", "meaning": "Nhận xét.", "also": []any{"phản biện"}, "sources": []any{map[string]any{"title": "Nguồn", "url": "https://a.vn/", "date": "12/5/2020"}}}}}})
	if got, want := o.read(catalog.GlossaryFile), "\n[[term]]\nname = \"Phản biện xã hội\"\nalso = [\"phản biện\"]\nmeaning = \"Nhận xét.\"\nsources = [{title = \"Nguồn\", url = \"https://a.vn/\", date = 2020-05-12}]\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	a := o.act("/trang-web", map[string]any{"file": "/trang-web/ten-chinh-thuc", "was": map[string]any{}, "fields": map[string]any{"names": []any{"Hội Khoa học Mẫu"}, "renamed": []any{map[string]any{"from": "Bình Thuận", "to": "Lâm Đồng", "since": "1/7/2025"}}}})
	if got, want := o.read(catalog.NamesFile), "names = [\"Hội Khoa học Mẫu\"]\n\n[[renamed]]\nfrom = \"Bình Thuận\"\nto = \"Lâm Đồng\"\nsince = 2025-07-01\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	words, err := os.ReadFile("../../content/tim-kiem.toml")
	if err != nil {
		t.Fatal(err)
	}
	o.put(catalog.SearchFile, string(words))
	has(t, "the form of the search's words", o.page("/trang-web/tim-kiem"), "Cùng một nghĩa", "liên hiệp hội")
	table, _, _, err := matter.ReadTOML(words)
	if err != nil {
		t.Fatal(err)
	}
	groups := []any{}
	for _, group := range table.Get("vi").Get("same").Items {
		texts := []any{}
		for _, word := range group.Items {
			texts = append(texts, word.Text)
		}
		groups = append(groups, map[string]any{"words": texts})
	}
	groups[1].(map[string]any)["words"] = []any{"KHKT", "khoa học kĩ thuật"}
	sent := map[string]any{"same": append(groups, map[string]any{"words": []any{"ABC", "mẫu"}}), "documents": []any{}}
	for _, key := range []string{"ordinals", "skipped"} {
		texts := []any{}
		for _, word := range table.Get("vi").Get(key).Items {
			texts = append(texts, word.Text)
		}
		sent[key] = texts
	}
	o.act("/trang-web", map[string]any{"file": "/trang-web/tim-kiem", "was": map[string]any{}, "fields": map[string]any{"vi": sent}})
	want := strings.NewReplacer(`["KHKT", "KH&KT", "khoa học và kỹ thuật", "khoa học kỹ thuật"]`, `["KHKT", "khoa học kĩ thuật"]`, "  [\"TPHCM\", \"Thành phố Hồ Chí Minh\"],\n", "  [\"TPHCM\", \"Thành phố Hồ Chí Minh\"],\n  [\"ABC\", \"mẫu\"],\n").Replace(string(words))
	from, to := strings.Index(want, "documents = ["), strings.Index(want, "ordinals = [")
	if got, want := o.read(catalog.SearchFile), want[:from]+want[to:]; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	c, findings, err := o.Site.Load()
	if err != nil || len(c.OfficialNames) != 1 || len(c.Glossary.Terms) != 1 {
		t.Errorf("read: %v %v %v (%v)", c.OfficialNames, c.Glossary.Terms, findings, err)
	}
	o.act("/hoan-tac", map[string]string{"id": a.Undo})
}

// TestANewPageStandsInAMenu as a draft in both languages.
func TestANewPageStandsInAMenu(t *testing.T) {
	o := openDesk(t)
	o.put(catalog.WebsiteFile, facts)
	has(t, "the form", o.page("/moi/trang"), "Danh mục cuối trang", "bản tiếng Anh")
	a := o.act("/them-trang", map[string]any{"title": "Tư vấn, phản biện", "menu": "menu", "english": true})
	if a.Place != "/soan/tu-van-phan-bien/index.md" {
		t.Error(a.Place)
	}
	has(t, "the page", o.read("content/tu-van-phan-bien/index.md"), "title: \"Tư vấn, phản biện\"", "draft: true")
	has(t, "the English page", o.read("content/tu-van-phan-bien/index.en.md"), "draft: true")
	if got, want := o.read(catalog.WebsiteFile), facts+"\n[[menu]]\npage = \"/tu-van-phan-bien/\"\nname = \"Tư vấn, phản biện\"\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	before := o.snapshotOf("content")
	for _, body := range []map[string]any{{"title": ""}, {"title": "!!"}, {"title": "A", "menu": "en"}} {
		if status, text := o.ask("POST", "/them-trang", body, nil); status < 400 || status >= 500 {
			t.Errorf("%v: %d %s", body, status, text)
		}
	}
	if o.snapshotOf("content") != before {
		t.Error("the content has changed")
	}
}
