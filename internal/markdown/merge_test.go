package markdown_test

import (
	"strings"
	"testing"

	"lienhiep/internal/growth"
	"lienhiep/internal/markdown"
)

// written is a text in the ways in which people write, and rewritten the same text as an
// editor writes it.
const (
	written = `Đoạn __một__ có chú thích,[^a] dòng hai\
của nó, và &nbsp;một *chỗ trống*.

Trang [của Liên hiệp hội][vusta], [Hội].
* mục một
* mục hai

[vusta]: https://vusta.vn/ "Trang chủ"

Đề mục
------

<!-- còn phải hỏi lại -->

| Năm  |   Số |
|:-----|-----:|
| 2020 | 12 |
| 2021 | 7 |

{{< dieu-khoan "15-kh-tu/ii-1-2" >}}


Trí thức
: người có học vấn

~~~
x  = 1

y
~~~

[Hội]: https://vusta.vn/a

[^a]: Lời chú.
`
	rewritten = `Đoạn **một** có chú thích,[^a] dòng hai  
của nó, và ` + "\u00a0" + `một _chỗ trống_.

Trang [của Liên hiệp hội](https://vusta.vn/ "Trang chủ"), [Hội](https://vusta.vn/a).

- mục một
- mục hai

## Đề mục

<!-- còn phải hỏi lại -->

| Năm | Số |
| :-- | --: |
| 2020 | 12 |
| 2021 | 7 |

{{< dieu-khoan "15-kh-tu/ii-1-2" >}}

Trí thức
: người có học vấn

` + "```" + `
x  = 1

y
` + "```" + `

[^a]: Lời chú.
`
)

// TestMergeKeepsWhatIsReadTheSame makes one change in the rewritten text, and finds that
// one in the written text, and no other.
func TestMergeKeepsWhatIsReadTheSame(t *testing.T) {
	for _, c := range []struct{ name, edit, edited, change, expected string }{
		{"nothing", "", "", "", ""},
		{"a word of the first paragraph", "của nó", "của đoạn", "Đoạn __một__ có chú thích,[^a] dòng hai\\\ncủa nó, và &nbsp;một *chỗ trống*.", "Đoạn **một** có chú thích,[^a] dòng hai  \ncủa đoạn, và \u00a0một _chỗ trống_."},
		{"an item", "mục hai", "mục ba", "* mục hai", "* mục ba"},
		{"an item more", "- mục hai", "- mục hai\n- mục ba", "* mục hai", "* mục hai\n* mục ba"},
		{"an item less", "- mục một\n", "", "* mục một\n", ""},
		{"a row", "| 2021 | 7 |", "| 2021 | 8 |", "| 2021 | 7 |", "| 2021 | 8 |"},
		{"a row more", "| 2021 | 7 |", "| 2021 | 7 |\n| 2022 | 9 |", "| 2021 | 7 |", "| 2021 | 7 |\n| 2022 | 9 |"},
		{"a column's alignment", "| :-- | --: |", "| --- | --- |", "| Năm  |   Số |\n|:-----|-----:|\n| 2020 | 12 |\n| 2021 | 7 |", "| Năm | Số |\n| --- | --- |\n| 2020 | 12 |\n| 2021 | 7 |"},
		{"a heading", "## Đề mục", "## Đề mục mới", "Đề mục\n------", "## Đề mục mới"},
		{"a heading's level", "## Đề mục", "### Đề mục", "Đề mục\n------", "### Đề mục"},
		{"a comment", "hỏi lại", "hỏi nữa", "hỏi lại", "hỏi nữa"},
		{"a new paragraph", "<!-- còn", "Mới.\n\n<!-- còn", "<!-- còn", "Mới.\n\n<!-- còn"},
		{"a paragraph taken out", "## Đề mục\n\n", "", "Đề mục\n------\n\n", ""},
		{"a quotation of the plan", "ii-1-2", "ii-1-3", "ii-1-2", "ii-1-3"},
		{"code", "x  = 1", "x = 1", "~~~\nx  = 1\n\ny\n~~~", "```\nx = 1\n\ny\n```"},
		{"a footnote", "Lời chú.", "Lời chú mới.", "Lời chú.", "Lời chú mới."},
		{"a definition", "người có", "người", "người có", "người"},
		{"a no-break space", "\u00a0một", " một", "Đoạn __một__ có chú thích,[^a] dòng hai\\\ncủa nó, và &nbsp;một *chỗ trống*.", "Đoạn **một** có chú thích,[^a] dòng hai  \ncủa nó, và  một _chỗ trống_."},
		{"a reference link", "của Liên hiệp hội](", "Liên hiệp hội](", "Trang [của Liên hiệp hội][vusta], [Hội].", "Trang [Liên hiệp hội](https://vusta.vn/ \"Trang chủ\"), [Hội](https://vusta.vn/a)."},
	} {
		t.Run(c.name, func(t *testing.T) {
			edited := strings.Replace(rewritten, c.edit, c.edited, 1)
			if edited == rewritten && c.edit != "" {
				t.Fatal("nothing was edited")
			}
			want := strings.Replace(written, c.change, c.expected, 1)
			got := string(markdown.Merge([]byte(written), []byte(edited)))
			if c.name == "a reference link" { // whose definition nothing needs any more
				want = strings.Replace(want, "[vusta]: https://vusta.vn/ \"Trang chủ\"\n\n", "", 1)
			}
			if got != want {
				t.Errorf("%s", difference(want, got))
			}
		})
	}
}

// difference shows the lines in which two texts differ.
func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return "want:\n" + strings.Join(a, "\n") + "\ngot:\n" + strings.Join(b, "\n")
}

func TestMerge(t *testing.T) {
	for _, c := range []struct{ name, old, edited, want string }{
		{"nothing was there", "", "a\n", "a\n"},
		{"nothing is left", "a\n\nb\n", "", "\n"},
		{"blank before", "\n\na\n", "b", "\n\nb\n"},
		{"no line end", "a\n\n*b*", "c\n\n_b_\n", "c\n\n*b*"},
		{"lines of Windows", "a\r\n\r\n* b\r\n* c\r\n", "a\n\n- b\n- d\n", "a\r\n\r\n* b\r\n* d\r\n"},
		{"moved", "*a*\n\nb\n\n+ c\n+ d\n", "- c\n- d\n\n_a_\n\nb\n", "+ c\n+ d\n\n*a*\n\nb\n"},
		{"many blank lines", "a\n\n\n\n*b*\n\n\nc\n", "a\n\n_b_\n\nd\n", "a\n\n\n\n*b*\n\n\nd\n"},
		{"a list beside a list", "* a\n\ntext\n", "- a\n\n* b\n\ntext\n", "- a\n\n* b\n\ntext\n"},
		{"numbers", "1) a\n1) b\n", "1. a\n2. c\n", "1) a\n2) c\n"},
		{"another number", "1. a\n2. b\n", "3. a\n4. b\n", "3. a\n4. b\n"},
		{"items in items", "* a\n  * b\n* c\n", "- a\n  - b\n- d\n", "* a\n  * b\n* d\n"},
		{"from tight to loose", "* a\n* b\n", "- a\n\n- b\n", "* a\n\n* b\n"},
		{"another footnote before", "a[^x]\n\n__b__[^y]\n\n[^x]: c\n\n[^y]: d\n", "new[^1] a[^x]\n\n**b**[^y]\n\n[^x]: c\n\n[^y]: d\n\n[^1]: e\n", "new[^1] a[^x]\n\n__b__[^y]\n\n[^x]: c\n\n[^y]: d\n\n[^1]: e\n"},
		{"a footnote that nothing refers to", "__a__\n\n[^x]: *c*\n", "**a**\n\nb\n\n[^x]: *c*\n", "__a__\n\nb\n\n[^x]: *c*\n"},
		{"a definition in Markdown", "[a][x]\n\n[x]: /y\n", "[a][x]\n\n[x]: /z\n", "[a][x]\n\n[x]: /z\n"},
		{"a comment that is a definition", "__a__\n\n[//]: # (nhớ hỏi)\n", "**a** b\n", "**a** b\n\n[//]: # (nhớ hỏi)\n"},
		{"a name with blanks", "![Lễ](Le ton vinh.jpg)\n\n__a__\n", "![Lễ](<Le ton vinh.jpg>)\n\n**b**\n", "![Lễ](Le ton vinh.jpg)\n\n**b**\n"},
		{"code that was left open", "~~~\na\n", "```\na\n```\n\nb\n", "```\na\n```\n\nb\n"},
		{"an address", "https://vusta.vn/a\n\nb\n", "<https://vusta.vn/a>\n\nc\n", "https://vusta.vn/a\n\nc\n"},
		{"shortcodes around a table", "{{< bieu-do >}}\n|a|b|\n|-|-:|\n|c|5|\n{{< /bieu-do >}}\nd\n", "{{< bieu-do >}}\n\n| a | b |\n| - | -: |\n| c | 6 |\n\n{{< /bieu-do >}}\n\nd\n", "{{< bieu-do >}}\n|a|b|\n|-|-:|\n| c | 6 |\n{{< /bieu-do >}}\nd\n"},
		{"another shortcode", "*a*\n{{< x y >}}\nb\n", "_a_\n\n{{< x z >}}\n\nb\n", "*a*\n{{< x z >}}\nb\n"},
		{"in a quotation", "> a\n> b\n\n__c__\n", "> a\n> c\n\n**c**\n", "> a\n> c\n\n__c__\n"},
	} {
		if got := string(markdown.Merge([]byte(c.old), []byte(c.edited))); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// FuzzMerge: the result says what the edited text says; merged again, or with nothing
// edited, nothing changes.
func FuzzMerge(f *testing.F) {
	f.Add(written, rewritten)
	f.Add(written, strings.Replace(rewritten, "mục hai", "mục ba", 1))
	for _, s := range []string{"* a\n\n- b\n", "a\n===\n[b]: /c\n", "[a]: /b\n[c]\n\n[c]: d", "- [^a]: b\n\n[^a]\n", "> [^1]: a\n\n[^1] b", "a\n: b\n\n  c\n", "```\na", "\t\n    a\n\n\n    b", "<!--\n\na\n\n-->\nb", "|a|\n|-|\n|b|\nc", "1. a\n\n   - b\n2) c", "\x00", "\r\na\r\n\r", "[a\n]: b\n", "{#a}\n# b {#c}\n"} {
		f.Add(s, rewritten)
		f.Add(written, s)
		f.Add(s, s+"\n\nx\n")
	}
	f.Add("a\r\n\r\n", "-\na\n\r\x0e\nx\n") // no item with the other line end
	f.Fuzz(func(t *testing.T, old, edited string) {
		if strings.Contains(old+edited, "{{") { // which Hugo reads before Markdown is
			return
		}
		merged := markdown.Merge([]byte(old), []byte(edited))
		if want, got := shown(t, edited), shown(t, string(merged)); want != got {
			t.Errorf("%q and %q are %q, which shows\n%s\nnot\n%s", old, edited, merged, got, want)
		}
		if again := markdown.Merge(merged, []byte(edited)); string(again) != string(merged) {
			t.Errorf("%q and %q are %q, and then %q", old, edited, merged, again)
		}
		if same := markdown.Merge([]byte(old), []byte(old)); string(same) != old {
			t.Errorf("%q alone is %q", old, same)
		}
	})
}

// shown is a text in HTML, without white space.
func shown(t *testing.T, text string) string {
	t.Helper()
	html, err := markdown.HTML([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.FieldsFunc(string(html), func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }), "")
}

func TestMergeTakesLinearTime(t *testing.T) {
	for _, block := range []string{"a\n\n", "* a\n", "* a\n\n- b\n\n", "| a |\n|---|\n", "a[^1]\n\n[^1]: b\n\n", "[a][b]\n\n[b]: /c\n\n", "# a\n", "> a\n", "```\n", "a\n: b\n\n"} {
		growth.Repeated(t, block, 1<<20, func(text string) {
			markdown.Merge([]byte(text), []byte(strings.ReplaceAll(text, "a", "x")))
		})
	}
	growth.Linear(t, 4<<10, 1<<20, func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString("đoạn " + strings.Repeat("a", i%97) + strings.Repeat("b", i%89) + "\n\n")
		}
		return b.String()
	}, func(text string) {
		blocks := strings.SplitAfter(text, "\n\n")
		for i := 0; i+1 < len(blocks); i += 2 {
			blocks[i], blocks[i+1] = blocks[i+1], blocks[i]
		}
		markdown.Merge([]byte(text), []byte(strings.Join(blocks, "")))
	})
}
