package lint

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
)

var ruleAttributes = diag.NewRule("markdown-attributes", diag.Error,
	diag.Text{VI: "Phần “%[1]s” là mã định dạng: nó có thể giấu chữ khỏi người đọc.", EN: "“%[1]s” is markup that can hide text from readers."},
	diag.Text{VI: "Bỏ phần ấy đi. Sau một đề mục chỉ được đặt mã riêng của nó, ví dụ {#ma-rieng}; sau dấu ``` chỉ ghi tên một ngôn ngữ lập trình, hoặc để trống.", EN: "Remove it. A heading may only have an ID, such as {#its-own-id}; ``` may only be followed by the name of a programming language."})

// attributeList matches the end of a line that Markdown's dialects read as classes and
// attributes of what stands before it. Words in braces are none, but for those that
// HTML takes for "do not show this".
var attributeList = regexp.MustCompile(`\{:?[ \t]*(?:(?:[.#][\pL\pN_-]+|[A-Za-z_:][\w:.-]*=(?:"[^"]*"|'[^']*'|[^\s}"']+)|hidden|inert|popover)[ \t]*)+\}$`)

// mayHaveAttributes reports whether a line of a text ends as one with attributes does,
// or begins a block of code, without parsing it.
func mayHaveAttributes(body []byte) bool {
	for line := range bytes.Lines(body) {
		line = bytes.TrimRight(line, " \t\r\n#")
		if bytes.HasSuffix(line, []byte("}")) || bytes.Contains(line, []byte("```")) || bytes.Contains(line, []byte("~~~")) {
			return true
		}
	}
	return false
}

// attributes finds those of a heading, those that are written below a block, where
// this site's Hugo shows them as they are, and a second class of a block of code.
func (c *checker) attributes(n ast.Node) {
	switch n := n.(type) {
	case *ast.FencedCodeBlock:
		// What stands behind the fence becomes a class, blanks part it from others.
		if language := markdown.Attribute(n.Language(c.Body)); strings.ContainsFunc(language, unicode.IsSpace) {
			c.at = n.Info.Segment.Start
			c.Findings = append(c.Findings, ruleAttributes.At(c.pos(), diag.FirstLine(string(n.Language(c.Body)))))
		}
		return
	case *ast.Heading:
		for _, a := range n.Attributes() {
			if string(a.Name) != "id" {
				c.Findings = append(c.Findings, ruleAttributes.At(c.pos(), string(a.Name)))
				return
			}
		}
		c.headingID(n)
	case *ast.Paragraph, *ast.TextBlock:
	default:
		return
	}
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		text := bytes.TrimSpace(line.Value(c.Body))
		list := attributeList.Find(text)
		if list == nil || n.Kind() != ast.KindHeading && len(list) < len(text) {
			continue
		}
		c.at = line.Start
		c.Findings = append(c.Findings, ruleAttributes.At(c.pos(), diag.FirstLine(string(list))))
		return
	}
}
