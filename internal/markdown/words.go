package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// Words returns the visible text of an inline node, such as a link; line breaks become
// spaces.
func Words(n ast.Node, src []byte) string {
	var words strings.Builder
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		t, ok := n.(*ast.Text)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		words.WriteString(Unescape(t.Segment.Value(src)))
		if t.SoftLineBreak() || t.HardLineBreak() {
			words.WriteByte(' ')
		}
		return ast.WalkContinue, nil
	})
	return words.String()
}

// Unescape resolves backslash escapes and entities ("&amp;") of a piece of text.
func Unescape(text []byte) string {
	var shown strings.Builder
	from := 0
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '\\' && util.IsPunct(text[i+1]) {
			shown.Write(resolve(text[from:i]))
			shown.WriteByte(text[i+1])
			from, i = i+2, i+1
		}
	}
	shown.Write(resolve(text[from:]))
	return shown.String()
}

// Attribute returns the value that goldmark writes into an HTML attribute, such as a
// link's address. Entities are resolved even after a backslash.
func Attribute(text []byte) string { return string(resolve(util.UnescapePunctuations(text))) }

func resolve(text []byte) []byte { return util.ResolveEntityNames(util.ResolveNumericReferences(text)) }
