package lint

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
	"lienhiep/internal/viet"
)

var ruleInvisible = diag.NewRule("invisible-character", diag.Error,
	diag.Text{VI: "Có ký tự vô hình %[1]s ở đây: chữ hiện ra có thể khác với chữ đã viết.", EN: "There is an invisible character here, %[2]s: the text may not read as it is written."},
	diag.Text{VI: "Ký tự này thường theo vào khi chép chữ từ nơi khác: xóa cả từ có nó (và dấu cách hai bên) rồi gõ lại bằng bàn phím.",
		EN: "It usually comes with copied text: delete the word that contains it, with the spaces around it, and type it again."})

// Invisible finds the first invisible character of a value, whose place is pos.
func Invisible(pos diag.Pos, value string) (diag.Finding, bool) {
	i := viet.IndexInvisible(value)
	if i < 0 {
		return diag.Finding{}, false
	}
	r, _ := utf8.DecodeRuneInString(value[i:])
	name := nameOf(r)
	return ruleInvisible.At(pos, name.VI, name.EN), true
}

// invisible finds the first invisible character of each line.
func (t Text) invisible() []diag.Finding {
	var findings []diag.Finding
	pos := diag.Pos{File: t.File, Line: t.Line}
	for line := range strings.Lines(string(t.Body)) {
		if i := viet.IndexInvisible(line); i >= 0 {
			pos.Column = utf8.RuneCountInString(line[:i]) + 1
			f, _ := Invisible(pos, line[i:])
			findings = append(findings, f)
		}
		pos.Line++
	}
	return findings
}

// entity matches what Markdown reads as another character.
var entity = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);`)

// unseenEntities returns where entities stand, from and to, that are an invisible
// character. In code they are shown as they are typed.
func (t Text) unseenEntities() [][2]int {
	if !bytes.Contains(t.Body, []byte("&")) {
		return nil // as nearly all
	}
	var found [][2]int
	for _, m := range entity.FindAllIndex(t.Body, -1) {
		before, after := t.around(m[0], m[1])
		if !isEscaped(t.Body, m[0]) && viet.IndexInvisible(after) == 0 && !viet.InEmoji(before, after) {
			found = append(found, [2]int{m[0], m[1]})
		}
	}
	return found
}

// around is what readers are given in front of an entity, and from it on, a little of each.
func (t Text) around(start, end int) (before, after string) {
	const near = 40
	before = strings.ToValidUTF8(string(t.Body[max(0, start-near):start]), "")
	after = strings.ToValidUTF8(string(t.Body[start:min(len(t.Body), end+near)]), "")
	return markdown.Unescape([]byte(before)), markdown.Unescape([]byte(after))
}

func isEscaped(body []byte, at int) bool {
	n := 0
	for at-1-n >= 0 && body[at-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// code forgets the entities that stand in a piece of code.
func (c *checker) code(n ast.Node) {
	if len(c.written) == 0 {
		return
	}
	switch n := n.(type) {
	case *ast.CodeSpan:
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			if t, ok := child.(*ast.Text); ok {
				c.forget(t.Segment.Start, t.Segment.Stop)
			}
		}
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			c.forget(line.Start, line.Stop)
		}
	}
}

func (c *checker) forget(start, end int) {
	first, _ := slices.BinarySearchFunc(c.written, start, func(at [2]int, start int) int { return at[0] - start })
	for i := first; i < len(c.written) && c.written[i][0] < end; i++ {
		c.written[i][1] = 0
	}
}

// unseen tells of the invisible characters that are written as entities, the first of each
// line.
func (c *checker) unseen() {
	line := 0
	for _, at := range c.written {
		pos := c.Text.pos(c.places, at[0])
		if at[1] == 0 || pos.Line == line {
			continue
		}
		line, pos.Column = pos.Line, c.places.At(at[0]).Column
		written := string(c.Body[at[0]:at[1]])
		r, _ := utf8.DecodeRuneInString(markdown.Unescape([]byte(written)))
		name := nameOf(r)
		c.Findings = append(c.Findings, ruleInvisible.At(pos, name.VI+", viết thành “"+written+"”,", name.EN+", written as “"+written+"”"))
	}
}

// nameOf is the name of an invisible character, its code point alone where it is rare.
func nameOf(r rune) diag.Text {
	code := fmt.Sprintf("U+%04X", r)
	if name, ok := invisibleNames[r]; ok {
		return diag.Text{VI: name.VI + " (" + code + ")", EN: name.EN + " (" + code + ")"}
	}
	return diag.Text{VI: code, EN: code}
}

var invisibleNames = map[rune]diag.Text{
	0xad:   {VI: "“gạch nối ẩn”", EN: "“soft hyphen”"},
	0x200b: {VI: "“dấu cách không bề rộng”", EN: "“zero-width space”"},
	0x200c: {VI: "“dấu ngắt chữ”", EN: "“zero-width non-joiner”"},
	0x200d: {VI: "“dấu nối chữ”", EN: "“zero-width joiner”"},
	0x34f:  {VI: "“dấu ghép chữ”", EN: "“combining grapheme joiner”"},
	0x2800: {VI: "“ô chữ nổi trống”", EN: "“braille blank”"},
	0x3164: {VI: "“chữ Hàn trống”", EN: "“Hangul filler”"},
	0xfe0f: {VI: "“dấu chọn kiểu hình”", EN: "“variation selector”"},
	0xfeff: {VI: "“dấu thứ tự byte”", EN: "“byte order mark”"},
}
