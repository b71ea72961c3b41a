package proof

import (
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/markdown"
)

// shortcodeSpan is a whole shortcode.
var shortcodeSpan = regexp.MustCompile(`(?s)\{\{[<%].*?[>%]\}\}`)

// prose returns a text of the length of a Markdown body that has the writer's own
// words and the ends of lines where they stand, and zero bytes for all else.
func prose(body []byte) string {
	p := proseReader{body: body, own: make([]byte, len(body)), shortcodes: shortcodeSpan.FindAllIndex(body, -1)}
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(markdown.Parse(body), p.visit)
	for i, c := range body {
		if c == '\n' {
			p.own[i] = c
		}
	}
	return string(p.own)
}

// others is what prose leaves out of a body.
func others(body []byte) []byte {
	var rest []byte
	for i, c := range []byte(prose(body)) {
		if c == 0 || c == '\n' {
			rest = append(rest, body[i])
		}
	}
	return rest
}

type proseReader struct {
	body, own  []byte
	shortcodes [][]int
	quoted     quotes
}

func (p *proseReader) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if n.Type() == ast.TypeBlock {
		p.quoted = quotes{}
	}
	switch n := n.(type) {
	case *ast.Blockquote, *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock, *ast.CodeSpan, *ast.AutoLink, *ast.RawHTML:
		return ast.WalkSkipChildren, nil
	case *ast.Text:
		if entering {
			p.words(n)
		}
	}
	return ast.WalkContinue, nil
}

func (p *proseReader) words(n *ast.Text) {
	end := n.Segment.Stop
	for at := n.Segment.Start; at < end; {
		r, size := utf8.DecodeRune(p.body[at:end])
		if !p.inShortcode(at) && !p.quoted.take(r) {
			copy(p.own[at:], p.body[at:at+size])
		}
		at += size
	}
	// A name may go on in the next line of its paragraph, which may be indented.
	next, ok := n.NextSibling().(*ast.Text)
	if n.SoftLineBreak() && ok && p.quoted == (quotes{}) {
		for at := end; at < next.Segment.Start; at++ {
			p.own[at] = ' '
		}
	}
}

func (p *proseReader) inShortcode(at int) bool {
	// The first that ends behind the place is the only one that may hold it.
	i, _ := slices.BinarySearchFunc(p.shortcodes, at+1, func(s []int, end int) int { return s[1] - end })
	return i < len(p.shortcodes) && p.shortcodes[i][0] <= at
}

// unquoted puts zero bytes for what a value of front matter quotes.
func unquoted(s string) string {
	own := []byte(s)
	var q quotes
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if q.take(r) {
			clear(own[at : at+size])
		}
		at += size
	}
	return string(own)
}

// quotes tells what stands between quotation marks. A quotation without an end goes
// to the end of its paragraph.
type quotes struct {
	depth    int // of “…” and «…»
	straight bool
}

// take reads one character, and reports whether it is quoted or a mark itself.
func (q *quotes) take(r rune) bool {
	switch r {
	case '“', '„', '«':
		q.depth++
		return true
	case '”', '»':
		q.depth = max(0, q.depth-1)
		return true
	case '"':
		q.straight = !q.straight
		return true
	}
	return q.depth > 0 || q.straight
}
