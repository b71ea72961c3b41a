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
