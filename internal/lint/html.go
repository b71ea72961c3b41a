package lint

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"lienhiep/internal/diag"
)

var (
	ruleRawHTML = diag.NewRule("raw-html", diag.Error,
		diag.Text{VI: "Trong bài có mã HTML (%[1]s); mã này sẽ không hiện ra.", EN: "The text contains HTML (%[1]s), which will not be shown."},
		diag.Text{VI: "Bỏ đoạn mã này và dùng cách viết Markdown (ví dụ **chữ đậm**); muốn hiện nguyên dấu < thì viết \\<.", EN: "Remove it and use Markdown; for a literal < write \\<."})
	ruleCellBreak = diag.NewRule("break-in-cell", diag.Error,
		diag.Text{VI: "Ô của bảng không xuống dòng được: mã %[1]s sẽ không hiện ra.", EN: "A cell of a table has one line only: %[1]s will not be shown."},
		diag.Text{VI: "Tách ô thành nhiều hàng, hoặc bỏ mã này và ngăn các ý bằng dấu chấm phẩy.", EN: "Make several rows of it, or remove the tag and separate what it parts by semicolons."})
)

// html finds what a piece of HTML in the text would be.
func (c *checker) html(n ast.Node, code string) {
	code = strings.TrimSpace(code)
	if strings.HasPrefix(code, "<!--") || strings.HasPrefix(code, "</") {
		return // a note to oneself is never published; an end belongs to its beginning
	}
	if n := len(c.Findings); n > 0 && c.Findings[n-1].Rule == ruleEmbed && c.Findings[n-1].Pos == c.pos() {
		return // more of the same code
	}
	if embedTag.MatchString(code) {
		c.Findings = append(c.Findings, embed(c.pos(), code))
		return
	}
	if bytes.HasSuffix(c.Body[:c.at], []byte("{{")) {
		return // a shortcode without blanks
	}
	c.Findings = append(c.Findings, c.tag(n, code))
}

var (
	// lineBreak is the tag for the end of a line, with the end itself.
	lineBreak = regexp.MustCompile(`^(?i:<br\s*/?>)[ \t]*\n?`)
	// taggedWords are words between two tags.
	taggedWords = regexp.MustCompile(`^<([A-Za-z]+)>[ \t]*([^<>\n]*[^<>\s])[ \t]*</([A-Za-z]+)>`)
)

// emphasis has the Markdown for tags that have one.
var emphasis = map[string]string{"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}

// tag is the finding for a tag where the checker is, mended where Markdown has the same.
func (c *checker) tag(n ast.Node, code string) diag.Finding {
	rest := c.Body[c.at:]
	mended := func(old []byte, right string) diag.Finding {
		return ruleRawHTML.At(c.pos(), diag.FirstLine(code)).MendedBy(diag.Edit{Start: c.Start + c.at, Old: string(old), New: right})
	}
	if m := lineBreak.Find(rest); m != nil {
		if within(n, east.KindTableCell) {
			return ruleCellBreak.At(c.pos(), diag.FirstLine(code))
		}
		if n.Kind() == ast.KindRawHTML {
			return mended(m, "\\\n")
		}
	}
	if m := taggedWords.FindSubmatch(rest); m != nil {
		name := strings.ToLower(string(m[1]))
		if sign := emphasis[name]; sign != "" && strings.EqualFold(name, string(m[3])) {
			right := sign + string(m[2]) + sign
			return mended(m[0], right).Suggest(right)
		}
	}
	return ruleRawHTML.At(c.pos(), diag.FirstLine(code))
}

// within reports whether a node lies in one of a kind.
func within(n ast.Node, kind ast.NodeKind) bool {
	for ; n != nil; n = n.Parent() {
		if n.Kind() == kind {
			return true
		}
	}
	return false
}
