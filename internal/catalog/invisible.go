package catalog

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

var ruleInvisible = diag.NewRule("invisible-character", diag.Error,
	diag.Text{VI: "Có ký tự vô hình %[1]s ở đây: chữ hiện ra có thể khác với chữ đã viết.", EN: "The invisible character %[2]s stands here: what is shown may not be what is written."},
	diag.Text{VI: "Ký tự này thường theo vào khi chép chữ từ nơi khác: xóa cả từ có nó (và dấu cách hai bên) rồi gõ lại bằng bàn phím.",
		EN: "It mostly comes along with copied words: delete the word with it, and the blanks around, and type it again."})

// checkCharacters finds characters of the text that nobody can see, one a line.
func checkCharacters(e *Entry, body []byte) []diag.Finding {
	var findings []diag.Finding
	line := e.bodyLine
	for text := range bytes.Lines(body) {
		if r, at, ok := firstInvisible(string(text)); ok {
			findings = append(findings, ruleInvisible.At(diag.Pos{File: e.File, Line: line, Column: at}, nameOf(r).VI, nameOf(r).EN))
		}
		line++
	}
	return findings
}

// firstInvisible finds the first such character, and its column.
func firstInvisible(s string) (r rune, column int, ok bool) {
	i := viet.IndexInvisible(s)
	if i < 0 {
		return 0, 0, false
	}
	r, _ = utf8.DecodeRuneInString(s[i:])
	return r, utf8.RuneCountInString(s[:i]) + 1, true
}

// nameOf is what an invisible character is called, as far as editors meet it.
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
