package growth

import (
	"fmt"
	"strings"
)

// Again repeats a text up to n bytes.
func Again(s string) func(int) string {
	return func(n int) string { return strings.Repeat(s, n/len(s)+1) }
}

// Counted repeats a format with a running number, up to n bytes.
func Counted(format string) func(int) string {
	return func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
}

// Within repeats before, then after as often: one nested in another.
func Within(before, after string) func(int) string {
	return func(n int) string {
		each := n / len(before+after)
		return strings.Repeat(before, each) + strings.Repeat(after, each)
	}
}

// Behind appends a repeated text to a prefix.
func Behind(first, s string) func(int) string {
	return func(n int) string { return first + Again(s)(n) }
}

// Growing is runs of a character, each one longer than the last.
func Growing(s string) func(int) string {
	return func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(s, i) + " ")
		}
		return b.String()
	}
}

// Texts are hostile inputs for Markdown parsers and for checks of wording. None is
// nested deeper than twenty levels.
func Texts() map[string]func(int) string {
	shapes := map[string]func(int) string{
		"links in links":          Within("[", "](b)"),
		"brackets within":         Within("[", "]"),
		"stars within":            Within("*a ", "b* "),
		"strong within":           Within("**a ", "b** "),
		"stars of three":          Within("a**b", "c* "),
		"backticks":               Growing("`"),
		"tildes":                  Growing("~"),
		"stars":                   Growing("*"),
		"definitions of links":    Counted("[a%d]: b\n"),
		"notes":                   Counted("x[^a%[1]d]\n\n[^a%[1]d]: b\n\n"),
		"notes without text":      Counted("x[^a%d]\n\n"),
		"the last note often":     Behind("x[^a]\n\n"+Counted("[^a%d]: b\n\n")(10<<10)+"[^q]: q\n\n", "x[^q] "),
		"one note often":          Behind("[^q]: q\n\n", "x[^q] "),
		"one definition often":    Behind("[a]: b\n\n", "[a] "),
		"a long list of terms":    Behind("a\n", ": b\n"),
		"twenty lists, then air":  Behind(strings.Repeat("- ", 19)+"a\n", "\n"),
		"twenty quotations, lazy": Behind(strings.Repeat("> ", 19)+"a\n", "b\n"),
		"long table":              Behind("|a|b|\n|-|-|\n", "|b|`c|`\n"),
		"documents":               Counted("số %d-KH/TU "),
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
		shapes[fmt.Sprintf("%q", s)] = Again(s)
	}
	return shapes
}
