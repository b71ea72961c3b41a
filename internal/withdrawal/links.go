package withdrawal

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/catalog"
	"lienhiep/internal/markdown"
)

// targets is what leads to a person.
type targets struct {
	addresses []string // of the pages
	path      string   // "/tri-thuc/nguyen-van-a", as links in the content may have it; "" for none
	onSite    func(link string) string
}

// lead reports whether a link written in an entry leads to the person.
func (t targets) lead(link string, from *catalog.Entry) bool {
	link, _, _ = strings.Cut(t.onSite(link), "#")
	link, _, _ = strings.Cut(link, "?")
	for _, end := range []string{"index.html", "index.en.md", "index.md", "_index.md"} {
		link = strings.TrimSuffix(link, end)
	}
	link = strings.TrimSuffix(link, ".md")
	if link == "" {
		return false
	}
	places := []string{link}
	if !strings.HasPrefix(link, "/") { // beside the page as Hugo has it, below it as a browser has it, or below the root
		places = []string{path.Join(path.Dir(from.Path), link), path.Join(from.URL, link), "/" + link}
	}
	return slices.ContainsFunc(places, func(p string) bool {
		p = path.Clean(p)
		return t.path != "" && (p == t.path || strings.HasPrefix(p, t.path+"/")) || slices.Contains(t.addresses, p+"/")
	})
}

// mayBeIn reports whether a text can have a link that leads to the person: it names the end
// of an address, or has what Markdown and addresses write letters with otherwise.
func (t targets) mayBeIn(text string) bool {
	if strings.ContainsAny(text, "\\&%") {
		return true
	}
	for _, address := range append([]string{t.path}, t.addresses...) {
		if end := path.Base(address); address != "" && strings.Contains(text, end) {
			return true
		}
	}
	return false
}

// inlineLink is a link of Markdown on one line: its words, and where it leads.
var inlineLink = regexp.MustCompile(`\[((?:[^\[\]\\\n]|\\.)*)\]\(\s*<?([^\s<>()]+)>?(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)`)

// unlink puts the words of the links to a person in the place of the links, and
// counts them. Where that would change what is read (in a piece of code, say),
// the text stays.
func unlink(body string, t targets, from *catalog.Entry) (string, int) {
	n := 0
	out := inlineLink.ReplaceAllStringFunc(body, func(link string) string {
		m := inlineLink.FindStringSubmatch(link)
		if !t.lead(m[2], from) {
			return link
		}
		n++
		return m[1]
	})
	if n == 0 || !slices.Equal(words(body), words(out)) {
		return body, 0
	}
	return out, n
}

// words are what a reader reads of a text.
func words(body string) []string {
	src := []byte(body)
	var b strings.Builder
	walk(src, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			b.Write(n.Lines().Value(src))
		default:
			if n.Type() == ast.TypeBlock {
				b.WriteByte(' ')
			}
		}
	})
	return strings.Fields(b.String())
}

// linksIn returns the lines with links to a person, from 1. The place of one that
// does not say where it stands is that of the text before it.
func linksIn(body string, t targets, from *catalog.Entry) []int {
	src := []byte(body)
	at := 0
	var lines []int
	note := func(link []byte) {
		if t.lead(string(link), from) {
			if i := bytes.Index(src[at:], link); i >= 0 {
				at += i
			}
			lines = append(lines, 1+bytes.Count(src[:at], []byte("\n")))
		}
	}
	walk(src, func(n ast.Node) {
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			at = n.Lines().At(0).Start
		}
		switch n := n.(type) {
		case *ast.Text:
			at = n.Segment.Start
		case *ast.Link:
			note(n.Destination)
		case *ast.AutoLink:
			note(n.URL(src))
		}
	})
	return lines
}

func walk(src []byte, visit func(ast.Node)) {
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(markdown.Parse(src), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			visit(n)
		}
		return ast.WalkContinue, nil
	})
}
