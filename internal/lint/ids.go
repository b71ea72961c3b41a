package lint

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/diag"
)

var ruleHeadingID = diag.NewRule("heading-id", diag.Error,
	diag.Text{VI: "Mã {#%[1]s} của đề mục này đã là mã của đề mục ở dòng %[2]d: liên kết tới đó sẽ dẫn sai chỗ.", EN: "The ID {#%[1]s} of this heading is also that of the heading on line %[2]d: links to it would lead to the wrong place."},
	diag.Text{VI: "Đặt mã khác, ví dụ {#%[1]s-2}, hoặc bỏ mã đi: khi ấy trang tự đặt mã theo chữ của đề mục.", EN: "Choose another, such as {#%[1]s-2}, or remove it: the heading then gets one from its words."})

// headingID notes the ID of a heading, and finds one that an editor gave and that another
// has.
func (c *checker) headingID(n *ast.Heading) {
	if c.ids == nil {
		c.ids = map[string]int{}
	}
	line := c.pos().Line
	given, ok := n.AttributeString("id")
	if !ok {
		c.ids[c.automaticID(n)] = line
		return
	}
	id := ""
	switch given := given.(type) {
	case []byte:
		id = string(given)
	case string:
		id = given
	}
	other, taken := c.ids[id]
	if !taken {
		c.ids[id] = line
		return
	}
	c.Findings = append(c.Findings, ruleHeadingID.At(c.pos(), diag.FirstLine(id), other))
}

// automaticID is the ID that Hugo gives to a heading without one: its letters and digits,
// with hyphens for blanks, and a number where that is another's.
func (c *checker) automaticID(n *ast.Heading) string {
	words := []byte(nil)
	if last := n.Lines().Len() - 1; last >= 0 {
		line := n.Lines().At(last)
		words = bytes.TrimSpace(line.Value(c.Body))
	}
	id := strings.Map(func(r rune) rune {
		switch {
		case r == '-' || r == ' ':
			return '-'
		case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, string(words))
	if id == "" {
		id = "heading"
	}
	if c.generated == nil {
		c.generated = map[string]int{}
	}
	free := id
	for n := c.generated[id]; ; n++ {
		if n > 0 {
			free = id + "-" + strconv.Itoa(n)
		}
		if _, taken := c.ids[free]; !taken {
			c.generated[id] = n + 1
			return free
		}
	}
}
