package lint

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"lienhiep/internal/diag"
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
