package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// blankNames matches the end of a link or picture whose address is a file of the site, as
// it may be typed with blanks in it: “](Le ton vinh.jpg)”, “](../tep/Quyết định 1.pdf#page=2)”.
// The site reads it so too: layouts/_partials/content.html has the same pattern.
var blankNames = regexp.MustCompile(`(?i)(\]\()[ \t]*([^()<>\[\]":\s](?:[^()<>\[\]":\n]|\([^()<>\[\]":\n]*\))*\.(?:jpe?g|png|gif|webp|hei[cf]|pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|txt|zip|mp[34]|mov|m4[av]|avi|mkv|wmv|webm|wav)(?:#[^\s()<>"]*)?)( +"[^"\n]*")?[ \t]*\)`)

// placeholder stands for a blank within a name while the text is parsed: a byte that
// Markdown takes for a part of an address, and that no entry may hold.
const placeholder = '\x1f'

// closeNames returns the text with placeholders for the blanks in names, byte for byte as
// long, and whether there is one.
func closeNames(src []byte) ([]byte, bool) {
	var closed []byte
	for _, m := range blankNames.FindAllSubmatchIndex(src, -1) {
		if !bytes.ContainsAny(src[m[4]:m[5]], " \t") {
			continue
		}
		if closed == nil {
			closed = bytes.Clone(src)
		}
		for i := m[4]; i < m[5]; i++ {
			if closed[i] == ' ' || closed[i] == '\t' {
				closed[i] = placeholder
			}
		}
	}
	if closed == nil {
		return src, false
	}
	return closed, true
}

// openNames gives the addresses of a parsed text their blanks back.
func openNames(root ast.Node) {
	open := func(address []byte) []byte { return bytes.ReplaceAll(address, []byte{placeholder}, []byte(" ")) }
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			n.Destination = open(n.Destination)
		case *ast.Image:
			n.Destination = open(n.Destination)
		}
		return ast.WalkContinue, nil
	})
}
