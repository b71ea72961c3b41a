package catalog

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/growth"
)

// again repeats a text up to a length.
func again(s string) func(int) string {
	return func(n int) string { return strings.Repeat(s, n/len(s)+1) }
}

// counted repeats a text with a number in it.
func counted(format string) func(int) string {
	return func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
}

// within puts a text, over and over, around another.
func within(before, after string) func(int) string {
	return func(n int) string {
		each := n / len(before+after)
		return strings.Repeat(before, each) + strings.Repeat(after, each)
	}
}

// behind puts repeated text behind a beginning.
func behind(first, s string) func(int) string {
	return func(n int) string { return first + again(s)(n) }
}

// growing repeats a character, each time once more than before.
func growing(s string) func(int) string {
	return func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(s, i) + " ")
		}
		return b.String()
	}
}

// hostileBodies are texts that parsers take long for.
func hostileBodies() map[string]func(int) string {
	shapes := map[string]func(int) string{
		"links in links":          within("[", "](b)"),
		"brackets within":         within("[", "]"),
		"stars within":            within("*a ", "b* "),
		"strong within":           within("**a ", "b** "),
		"stars of three":          within("a**b", "c* "),
		"backticks":               growing("`"),
		"tildes":                  growing("~"),
		"stars":                   growing("*"),
		"definitions of links":    counted("[a%d]: b\n"),
		"notes":                   counted("x[^a%[1]d]\n\n[^a%[1]d]: b\n\n"),
		"notes without text":      counted("x[^a%d]\n\n"),
		"one note often":          behind("[^q]: q\n\n", "x[^q] "),
		"one definition often":    behind("[a]: b\n\n", "[a] "),
		"a long list of terms":    behind("a\n", ": b\n"),
		"twenty lists, then air":  behind(strings.Repeat("- ", maxNesting-1)+"a\n", "\n"),
		"twenty quotations, lazy": behind(strings.Repeat("> ", maxNesting-1)+"a\n", "b\n"),
		"long table":              behind("|a|b|\n|-|-|\n", "|b|`c|`\n"),
		"documents":               counted("số %d-KH/TU "),
		"wide table": func(n int) string {
			return strings.Repeat("|a", n/6) + "|\n" + strings.Repeat("|-", n/6) + "|\n" + strings.Repeat("|b", n/6) + "|\n"
		},
		"wide table of short rows": func(n int) string {
			return strings.Repeat("|a", n/8) + "|\n" + strings.Repeat("|-", n/8) + "|\n" + strings.Repeat("|b\n", n/6)
		},
		"list in list": func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				b.WriteString(strings.Repeat("  ", i) + "- a\n")
			}
			return b.String()
		},
	}
	for _, s := range []string{
		"[", "[a](", "![", "![a](", "[a][b]", "[^", "[^a]", "*", "*a ", "**a ", "a **b ", "*a_ ", "_a ", "a*", "*a**", "**_a", "~a ", "~~a ", "`", "<", "<a", "<a b=c ", "<a b='", "<!--", "<![CDATA[", "<?",
		">", "> ", "> a\n", "- ", "1. ", "> - ", "- a\n", "- a\n\n", "* a\n- a\n", "|", "|a", "- [ ] a\n", "\\", "&", "&amp;", "http://a", "http://a(", "www.a.bc/( ", "a@b.c ", "a@", "://a", "://a@",
		"# a\n\n", "# \n\n", "a\n===\n", "===\n", "a\n: b\n", "a\n\n: b\n\n", "```\n", "~~~\n", "    a\n", " ", "\n", "\r\n", "{", "{.a", "# a {.b}\n", "a {", "]", "](", "]:", "[]", "[a]: b\n", "[a]: b\n[a]\n", "![a]",
		"\"", "'", "\"a ", "'a", "...", "--", "a", "a ", "a\n", "ă", "à\u0300", "<b>", "<b>\n", "<div>\n\n", "(", "[a](<", "[a](b \"", "[a](b (", "[a]: <", "a\\\n", "[*", "**[a", "[a](b)", "[![a](b)](", "[a]( ", "[^a]: ", "a|b\n-|-\n",
		"[a](javascript:x)\n\n", "[a](&#106;avascript:x)\n\n", "![](a.png)\n\n", "<b>x</b>\n\n", "{{< abc >}}\n", "{{<", "{{< a >}} ", "{{< dieu-khoan >}} ", "a\u200bb\n", "Kế hoạch 15-KH/TU ", "1-", "A-B/", "1/Đ",
		"ho\u0300a ", "a  b ", "a , b\n", "hоa ", "hoà hòa\n", "Mặt trận Tổ quốc việt nam ", "mặt trận tổ quốc ", "Mặt trận Tổ quốc Việt Nam hoà hòa ", "“", "“a”", "(cần điền) ", "a\u00a0",
	} {
		shapes[fmt.Sprintf("%q", s)] = again(s)
	}
	return shapes
}

// hostileArticle is a site of one article.
func hostileArticle(front, body string) fstest.MapFS {
	return fstest.MapFS{
		"content/tin-tuc/a/index.md": {Data: []byte("---\ntitle: A\ndescription: B\ndate: 2024-01-02\nsources: [{title: E, url: \"https://example.org/\"}]\n" + front + "---\n" + body)},
		NamesFile:                    {Data: []byte("names = [\"Mặt trận Tổ quốc Việt Nam\"]\ndocuments = [\"15-KH/TU\"]\n")},
	}
}

// suggesting is options with the language helper.
func suggesting() Options {
	o := options
	o.Suggest = true
	return o
}

func load(t testing.TB, site fstest.MapFS) {
	t.Helper()
	if _, _, err := Load(site, suggesting()); err != nil {
		t.Fatal(err)
	}
}

// Whatever a text holds, four times as much of it takes four times as long.
func TestTextsAreReadInLinearTime(t *testing.T) {
	for name, body := range hostileBodies() {
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
		return func(n int) string { return before + again(s)(n) + after }
	}
	return map[string]func(int) string{
		"a long title":             quoted("slug: \"", "a", "\"\n"),
		"a long description":       quoted("other: \"", "hoà  ", "\"\n"),
		"words without end":        quoted("lastmod: ", "a", "\n"),
		"unknown keys":             counted("khoá%d: x\n"),
		"one long key":             quoted("", "a", ": b\n"),
		"names":                    quoted("fields: [", "Y học, ", "Toán]\n"),
		"names that differ":        quoted("fields:\n", "  - Y học\n", ""),
		"addresses":                func(n int) string { return "aliases:\n" + counted("  - /cu/%d/\n")(n) },
		"nobody":                   func(n int) string { return "people:\n" + counted("  - nguoi-%d\n")(n) },
		"nothing planned":          func(n int) string { return "plan:\n" + counted("  - 15-kh-tu/ii-%d\n")(n) },
		"lists in lists":           func(n int) string { return "menus: " + within("[", "]")(n) + "\n" },
		"lists without end":        quoted("menus: ", "[", "\n"),
		"groups in groups":         func(n int) string { return "menus: " + within("{a: ", "}")(n) + "\n" },
		"items in items":           quoted("menus:\n", "- ", "a\n"),
		"quotation marks":          quoted("event: ", "\"", "\n"),
		"escapes":                  quoted("slug: \"", `\u0061`, "\"\n"),
		"lines of one value":       quoted("slug: >\n", "  a\n", ""),
		"comments":                 again("# a\n"),
		"blank lines":              again("\n"),
		"tabs":                     again("\t"),
		"colons":                   quoted("slug: ", "a: ", "\n"),
		"anchors":                  counted("a%[1]d: &a%[1]d x\n"),
		"one key":                  again("a: b\n"),
		"documents":                again("a: b\n...\n"),
		"question marks":           again("? a\n: b\n"),
		"lines without a key":      again("a\n"),
		"deeper and deeper":        func(n int) string { return deeper(n) },
		"dates":                    quoted("event: ", "2024-", "\n"),
		"words of dates":           quoted("event: ", "ngày ", "\n"),
		"curly quotes":             quoted("slug: “", "”“", "\n"),
		"addresses on the web":     quoted("image: {file: \"", "../", "\"}\n"),
		"sources":                  quoted("image:\n  file: a.png\n  alt: \"", "a ", "\"\n"),
		"odd blanks":               quoted("slug:", "\u00a0", "\n"),
		"brackets without an end":  again("a: [\n"),
		"quotations without end":   again("a: \"\n"),
		"indented without an end":  again("  a: \"b\n"),
		"invisible":                quoted("slug: \"", "\u200b", "\"\n"),
		"combining marks":          quoted("slug: \"", "o\u0300", "\"\n"),
		"numbers of documents":     quoted("slug: \"", "1-KH/TU ", "\"\n"),
		"a number without end":     quoted("weight: ", "1", "\n"),
		"a hexadecimal number":     quoted("weight: 0x", "f", "\n"),
		"points":                   quoted("weight: ", "1.", "\n"),
		"merged":                   again("<<: {a: b}\n"),
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
			growth.Linear(t, 3<<10, maxFrontMatter, lines, func(s string) { load(t, hostileArticle(s, "")) })
		})
	}
}

func TestTOMLIsReadInLinearTime(t *testing.T) {
	for name, lines := range map[string]func(int) string{
		"keys":            counted("a%d = 1\n"),
		"tables":          counted("[a%d]\n"),
		"lists of tables": again("[[sources]]\ntitle = \"a\"\n"),
		"dotted":          func(n int) string { return again("a.")(n) + "a = 1\n" },
		"lists in lists":  func(n int) string { return "a = " + within("[", "]")(n) + "\n" },
		"texts":           func(n int) string { return "title = \"" + again(`\u0061`)(n) + "\"\n" },
		"comments":        again("# a\n"),
	} {
		t.Run(name, func(t *testing.T) {
			growth.Linear(t, 3<<10, maxFrontMatter, lines, func(s string) {
				load(t, fstest.MapFS{"content/tin-tuc/a/index.md": {Data: []byte("+++\n" + s + "+++\n")}})
			})
		})
	}
}

func TestTablesAreReadInLinearTime(t *testing.T) {
	names := func(format string) func(int) string {
		return func(n int) string { return "names = [\n" + counted(format)(n) + "]\n" }
	}
	for name, table := range map[string]func(int) string{
		"names of one first syllable": names("\"Hội đồng khoa học số %d\",\n"),
		"short names":                 names("\"Hội %d\",\n"),
		"one short name":              names("\"Hội\",\n# %d\n"),
		"a name without end":          func(n int) string { return "names = [\"" + again("Hội ")(n) + "\"]\n" },
		"names of one another":        names("\"Hội Hội Hội Hội Hội Hội\",\n# %d\n"),
		"documents":                   func(n int) string { return "documents = [\n" + counted("\"%d-KH/TU\",\n")(n) + "]\n" },
		"keys":                        counted("a%d = 1\n"),
		"tables":                      again("[a]\n"),
		"brackets":                    again("["),
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
		"people": counted("[[withdrawn]]\nperson = \"nguoi-%d\"\ndate = 2024-01-02\naddresses = [\"/tri-thuc/nguoi/\"]\n"),
		"keys":   counted("a%d = 1\n"),
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
		growth.Repeated(t, s, maxFrontMatter, func(s string) { load(t, hostileArticle(s, "")) })
	})
}
