package catalog

import (
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/growth"
	"lienhiep/internal/matter"
)

// hostileArticle is a site of one article.
func hostileArticle(front, body string) fstest.MapFS {
	return fstest.MapFS{
		"content/tin-tuc/a/index.md": {Data: []byte("---\ntitle: A\ndescription: B\ndate: 2024-01-02\nsources: [{title: E, url: \"https://example.org/\"}]\n" + front + "---\n" + body)},
		NamesFile:                    {Data: []byte("names = [\"Mặt trận Tổ quốc Việt Nam\"]\ndocuments = [\"15-KH/TU\"]\n")},
	}
}

func load(t testing.TB, site fstest.MapFS) {
	t.Helper()
	if _, _, err := Load(site, options); err != nil {
		t.Fatal(err)
	}
}

// Whatever a text holds, four times as much of it takes four times as long.
func TestTextsAreReadInLinearTime(t *testing.T) {
	for name, body := range growth.Texts() {
		t.Run(name, func(t *testing.T) {
			growth.Linear(t, 8<<10, 1<<20, body, func(s string) {
				load(t, hostileArticle("", s))
				load(t, hostileArticle("", "a  b ![](a.png)\n\n"+s)) // not let pass without being parsed
			})
		})
	}
}

// hostileValues are lines of front matter.
func hostileValues() map[string]func(int) string {
	quoted := func(before, s, after string) func(int) string {
		return func(n int) string { return before + growth.Again(s)(n) + after }
	}
	return map[string]func(int) string{
		"a long title":             quoted("slug: \"", "a", "\"\n"),
		"a long description":       quoted("other: \"", "hoà  ", "\"\n"),
		"words without end":        quoted("lastmod: ", "a", "\n"),
		"unknown keys":             growth.Counted("khoá%d: x\n"),
		"one long key":             quoted("", "a", ": b\n"),
		"names":                    quoted("fields: [", "Y học, ", "Toán]\n"),
		"names that differ":        quoted("fields:\n", "  - Y học\n", ""),
		"addresses":                func(n int) string { return "aliases:\n" + growth.Counted("  - /cu/%d/\n")(n) },
		"nobody":                   func(n int) string { return "people:\n" + growth.Counted("  - nguoi-%d\n")(n) },
		"nothing planned":          func(n int) string { return "plan:\n" + growth.Counted("  - 15-kh-tu/ii-%d\n")(n) },
		"lists in lists":           func(n int) string { return "menus: " + growth.Within("[", "]")(n) + "\n" },
		"lists without end":        quoted("menus: ", "[", "\n"),
		"groups in groups":         func(n int) string { return "menus: " + growth.Within("{a: ", "}")(n) + "\n" },
		"items in items":           quoted("menus:\n", "- ", "a\n"),
		"quotation marks":          quoted("event: ", "\"", "\n"),
		"escapes":                  quoted("slug: \"", `\u0061`, "\"\n"),
		"lines of one value":       quoted("slug: >\n", "  a\n", ""),
		"comments":                 growth.Again("# a\n"),
		"blank lines":              growth.Again("\n"),
		"tabs":                     growth.Again("\t"),
		"colons":                   quoted("slug: ", "a: ", "\n"),
		"anchors":                  growth.Counted("a%[1]d: &a%[1]d x\n"),
		"one key":                  growth.Again("a: b\n"),
		"documents":                growth.Again("a: b\n...\n"),
		"question marks":           growth.Again("? a\n: b\n"),
		"lines without a key":      growth.Again("a\n"),
		"deeper and deeper":        func(n int) string { return deeper(n) },
		"dates":                    quoted("event: ", "2024-", "\n"),
		"words of dates":           quoted("event: ", "ngày ", "\n"),
		"curly quotes":             quoted("slug: “", "”“", "\n"),
		"addresses on the web":     quoted("image: {file: \"", "../", "\"}\n"),
		"sources":                  quoted("image:\n  file: a.png\n  alt: \"", "a ", "\"\n"),
		"odd blanks":               quoted("slug:", "\u00a0", "\n"),
		"brackets without an end":  growth.Again("a: [\n"),
		"quotations without end":   growth.Again("a: \"\n"),
		"indented without an end":  growth.Again("  a: \"b\n"),
		"invisible":                quoted("slug: \"", "\u200b", "\"\n"),
		"combining marks":          quoted("slug: \"", "o\u0300", "\"\n"),
		"numbers of documents":     quoted("slug: \"", "1-KH/TU ", "\"\n"),
		"a number without end":     quoted("weight: ", "1", "\n"),
		"a hexadecimal number":     quoted("weight: 0x", "f", "\n"),
		"points":                   quoted("weight: ", "1.", "\n"),
		"merged":                   growth.Again("<<: {a: b}\n"),
		"tags":                     quoted("slug: ", "!a ", "\n"),
		"literal of other columns": quoted("slug: |\n", "   a\n  b\n", ""),
	}
}

// deeper is groups each further in than the one before.
func deeper(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func TestFrontMatterIsReadInLinearTime(t *testing.T) {
	for name, lines := range hostileValues() {
		t.Run(name, func(t *testing.T) {
			growth.Linear(t, 3<<10, matter.MaxSize, lines, func(s string) { load(t, hostileArticle(s, "")) })
		})
	}
}

func TestTOMLIsReadInLinearTime(t *testing.T) {
	for name, lines := range map[string]func(int) string{
		"keys":            growth.Counted("a%d = 1\n"),
		"tables":          growth.Counted("[a%d]\n"),
		"lists of tables": growth.Again("[[sources]]\ntitle = \"a\"\n"),
		"dotted":          func(n int) string { return growth.Again("a.")(n) + "a = 1\n" },
		"lists in lists":  func(n int) string { return "a = " + growth.Within("[", "]")(n) + "\n" },
		"texts":           func(n int) string { return "title = \"" + growth.Again(`\u0061`)(n) + "\"\n" },
		"comments":        growth.Again("# a\n"),
	} {
		t.Run(name, func(t *testing.T) {
			growth.Linear(t, 3<<10, matter.MaxSize, lines, func(s string) {
				load(t, fstest.MapFS{"content/tin-tuc/a/index.md": {Data: []byte("+++\n" + s + "+++\n")}})
			})
		})
	}
}

func TestTablesAreReadInLinearTime(t *testing.T) {
	names := func(format string) func(int) string {
		return func(n int) string { return "names = [\n" + growth.Counted(format)(n) + "]\n" }
	}
	for name, table := range map[string]func(int) string{
		"names of one first syllable": names("\"Hội đồng khoa học số %d\",\n"),
		"short names":                 names("\"Hội %d\",\n"),
		"one short name":              names("\"Hội\",\n# %d\n"),
		"a name without end":          func(n int) string { return "names = [\"" + growth.Again("Hội ")(n) + "\"]\n" },
		"names of one another":        names("\"Hội Hội Hội Hội Hội Hội\",\n# %d\n"),
		"documents":                   func(n int) string { return "documents = [\n" + growth.Counted("\"%d-KH/TU\",\n")(n) + "]\n" },
		"keys":                        growth.Counted("a%d = 1\n"),
		"tables":                      growth.Again("[a]\n"),
		"brackets":                    growth.Again("["),
	} {
		t.Run(name, func(t *testing.T) {
			growth.Linear(t, 8<<10, 1<<20, table, func(s string) {
				site := hostileArticle("", strings.Repeat("Hội đồng khoa học số 1 hoa học. Hội Hội Hội. 16-KH/TU\n\n", 20))
				site[NamesFile] = &fstest.MapFile{Data: []byte(s)}
				load(t, site)
			})
		})
	}
	for name, table := range map[string]func(int) string{
		"people": growth.Counted("[[withdrawn]]\nperson = \"nguoi-%d\"\ndate = 2024-01-02\naddresses = [\"/tri-thuc/nguoi/\"]\n"),
		"keys":   growth.Counted("a%d = 1\n"),
	} {
		t.Run("withdrawn "+name, func(t *testing.T) {
			growth.Linear(t, 8<<10, 1<<20, table, func(s string) {
				site := hostileArticle("people: [nguoi-1, nguoi-2]\n", "")
				site[WithdrawnFile] = &fstest.MapFile{Data: []byte(s)}
				load(t, site)
			})
		})
	}
}

// FuzzLinearTime repeats a text as an entry's, and as lines of its front matter.
func FuzzLinearTime(f *testing.F) {
	for _, s := range []string{"[a](", "> - ", "a: [\n", "- a\n", "<a b='"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s[:min(len(s), 1<<10)], "?")
		growth.Repeated(t, s, 1<<18, func(s string) { load(t, hostileArticle("", "a  b ![](a.png)\n\n"+s)) })
		growth.Repeated(t, s, matter.MaxSize, func(s string) { load(t, hostileArticle(s, "")) })
	})
}
