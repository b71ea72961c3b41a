package markdown_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gohugoio/hugo/markup/goldmark/goldmark_config"
	"github.com/pelletier/go-toml/v2"
	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/markdown"
)

// hugoConfig is what the site's Hugo makes of Markdown: its own defaults, and over them
// what config.toml says.
func hugoConfig(t *testing.T) goldmark_config.Config {
	t.Helper()
	src, err := os.ReadFile("../../config.toml")
	if err != nil {
		t.Fatal(err)
	}
	site := struct {
		Markup struct{ Goldmark goldmark_config.Config }
	}{}
	site.Markup.Goldmark = goldmark_config.Default
	if err := toml.Unmarshal(src, &site); err != nil {
		t.Fatal(err)
	}
	return site.Markup.Goldmark
}

// TestMarkdownIsReadAsConfigured compares what the package reads with what config.toml
// lets Hugo read, one extension at a time.
func TestMarkdownIsReadAsConfigured(t *testing.T) {
	c := hugoConfig(t)
	for _, one := range []struct {
		name   string
		on     bool
		sample string
		html   string // that only a reader with the extension makes of it
	}{
		{"tables", c.Extensions.Table, "| a |\n|---|\n| b |\n", "<td>b</td>"},
		{"strikethrough", c.Extensions.Strikethrough, "~~a~~", "<del>a</del>"},
		{"bare addresses", c.Extensions.Linkify, "https://a.example", `<a href="https://a.example">`},
		{"task lists", c.Extensions.TaskList, "- [x] a", `type="checkbox"`},
		{"definition lists", c.Extensions.DefinitionList, "a\n: b\n", "<dd>b</dd>"},
		{"footnotes", c.Extensions.Footnote.Enable, "a[^1]\n\n[^1]: b\n", `class="footnotes"`},
		{"attributes of headings", c.Parser.Attribute.Title, "# a {.b}\n", `class="b"`},
		{"attributes of blocks", c.Parser.Attribute.Block, "> a\n{.b}\n", `class="b"`},
		{"insertions", c.Extensions.Extras.Insert.Enable, "++a++", "<ins>"},
		{"marks", c.Extensions.Extras.Mark.Enable, "==a==", "<mark>"},
		{"subscript", c.Extensions.Extras.Subscript.Enable, "H~2~O", "<sub>"},
		{"superscript", c.Extensions.Extras.Superscript.Enable, "m^2^", "<sup>"},
		{"line breaks of Chinese", c.Extensions.CJK.Enable && c.Extensions.CJK.EastAsianLineBreaks, "中\n文", "中文"},
		{"passthrough", c.Extensions.Passthrough.Enable, "$a*b*$", "$a*b*$"},
	} {
		page, err := markdown.HTML([]byte(one.sample))
		if err != nil {
			t.Fatal(err)
		}
		if read := strings.Contains(string(page), one.html); read != one.on {
			t.Errorf("%s: read here: %v, by Hugo: %v\n%s", one.name, read, one.on, page)
		}
	}
	if c.Extensions.LinkifyProtocol != "https" || c.Extensions.CJK.EscapedSpace || c.Extensions.Extras.Delete.Enable {
		t.Errorf("Hugo reads %+v", c.Extensions)
	}
	if c.Renderer.Unsafe || c.Renderer.HardWraps || c.Renderer.XHTML {
		t.Errorf("Hugo renders %+v", c.Renderer)
	}
}

func TestWhatIsEscapedReadsAsItWas(t *testing.T) {
	for _, s := range []string{
		"1. a", "12) b", "1.", "2.5 m", "# a", "+ a", "- a", "=== ", ": a", "> a", "*a* _b_ `c` [d](e) <f> ~~g~~ |h|", "a & b &amp; &#65;", "wow!", "![a](b)",
		"{{< dieu-khoan >}} {#id}", `C:\a\*`, "[^1] [x]", "--- ", "\ta", `“a” 'b' "c"`, "một\n1. hai\n# ba", "a|b\n-|-", "tỉnh_ủy", "***", "1. - a", "~~~",
	} {
		escaped := markdown.Escape(s)
		root := markdown.Parse([]byte(escaped))
		if root.ChildCount() != 1 || root.FirstChild().Kind() != ast.KindParagraph {
			t.Errorf("%q, written %q, is no paragraph", s, escaped)
			continue
		}
		if got := markdown.Words(root, []byte(escaped)); !slices.Equal(strings.Fields(got), strings.Fields(s)) {
			t.Errorf("%q, written %q, reads %q", s, escaped, got)
		}
	}
	if got := markdown.EscapeInline("# 1. a"); got != "# 1. a" {
		t.Errorf("within a line nothing begins, yet it is %q", got)
	}
}

func TestUnescape(t *testing.T) {
	for written, want := range map[string]string{
		`a\*b`: "a*b", "&amp;": "&", `\&amp;`: "&amp;", "&#65;": "A", `\a`: `\a`, `a\`: `a\`, `\\&lt;`: `\<`, "": "",
	} {
		if got := markdown.Unescape([]byte(written)); got != want {
			t.Errorf("%q shows %q, not %q", written, got, want)
		}
	}
	if got := markdown.Attribute([]byte(`a\:b&#58;c\&#58;`)); got != "a:b:c:" {
		t.Errorf("the link leads to %q", got)
	}
}

func TestBlocks(t *testing.T) {
	text := "a\nb\n\n- c\n\n  d\n\n```\ne\n\nf\n```\n\n[^1]: g\n\n    h\n \ni\n"
	want := []string{"a\nb", "- c\n\n  d", "```\ne\n\nf\n```", "[^1]: g\n\n    h", "i"}
	if got := markdown.Blocks(text); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// A definition of a link takes part in its paragraph's words, and emphasis is not read.
func TestParseBlocks(t *testing.T) {
	var kinds []string
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(markdown.ParseBlocks([]byte("# a\n\n[b]: c *d*\n\n> | e |\n> |---|\n\nf\n: g\n\n[^1]: h\n")), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			kinds = append(kinds, n.Kind().String())
		}
		return ast.WalkContinue, nil
	})
	got := strings.Join(kinds, " ")
	if got != "Document Heading Text Paragraph Text Blockquote Table TableHeader TableCell Text DefinitionList DefinitionTerm Text DefinitionDescription TextBlock Text FootnoteList Footnote Paragraph Text" {
		t.Error(got)
	}
}

// The names of files may have blanks in them, and stay whole; all else is read as before.
func TestNamesWithBlanks(t *testing.T) {
	for text, want := range map[string]string{
		"![Lễ](Le ton vinh.jpg)":                "Le ton vinh.jpg",
		"[Phụ lục](Phu luc (2).PDF \"Tên\")":    "Phu luc (2).PDF",
		"- ![a](Ảnh 2.jpg) và [b](c.pdf)":       "Ảnh 2.jpg c.pdf",
		"[a](<b c.pdf>)":                        "b c.pdf",
		"[a](https://example.org/tin bai.html)": "",
		"[a](/tin tuc/b.jpg)":                   "/tin tuc/b.jpg",
		"![a](./b c.jpg)":                       "./b c.jpg",
		"[a](../d/Tờ trình 1.pdf#page=2)":       "../d/Tờ trình 1.pdf#page=2",
		"[a]( Tờ trình 1.pdf )":                 "Tờ trình 1.pdf",
		"[a](https://example.org/tin bai.pdf)":  "",
		"[a](b c)":                              "",
		"`![a](b c.jpg)`":                       "",
	} {
		var got []string
		// The walk cannot fail: the visitor returns no error.
		_ = ast.Walk(markdown.Parse([]byte(text)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			switch n := n.(type) {
			case *ast.Link:
				if entering {
					got = append(got, string(n.Destination))
				}
			case *ast.Image:
				if entering {
					got = append(got, string(n.Destination))
				}
			}
			return ast.WalkContinue, nil
		})
		if strings.Join(got, " ") != want {
			t.Errorf("%s leads to %q", text, got)
		}
	}
	if html, err := markdown.HTML([]byte("[a](b c.pdf)\n\n    d e\n")); string(html) != "<p><a href=\"b%20c.pdf\">a</a></p>\n<pre><code>d e\n</code></pre>\n" || err != nil {
		t.Errorf("%s %v", html, err)
	}
}

// The site's templates read names with blanks by the same pattern.
func TestTemplatesReadTheSameNames(t *testing.T) {
	template, err := os.ReadFile("../../layouts/_partials/content.html")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(template), "`"+markdown.BlankNames+"`") {
		t.Errorf("layouts/_partials/content.html has another pattern than %s", markdown.BlankNames)
	}
}
