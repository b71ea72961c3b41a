package check

import (
	"fmt"
	"unicode/utf8"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

var hiddenCharacter = diag.NewRule("hidden-character", diag.Error,
	diag.Text{VI: "Có ký tự vô hình %[1]s: chữ hiện ra có thể khác với chữ đã viết.", EN: "There is an invisible character here, %[1]s: the text may not read as it is written."},
	diag.Text{VI: "Xóa đoạn chữ có ký tự ấy rồi gõ lại bằng bàn phím; nếu nó được viết dưới dạng mã như &#8238; thì bỏ mã ấy.",
		EN: "Delete the words around it and type them again; if it is written as a code such as &#8238;, remove the code."})

// characters looks for what cannot be seen.
func (w *worker) characters(f *file) {
	src := f.src
	for i := 0; i < len(src); {
		c := src[i]
		if c >= ' ' && c < 0x7f || c == '\n' {
			i++
			continue
		}
		r, n := utf8.DecodeRune(src[i:])
		if viet.Invisible(r) && !(i == 0 && r == '\ufeff') && !inEmoji(src, i) {
			w.add(hiddenCharacter.At(f.pos(i), fmt.Sprintf("U+%04X", r)))
		}
		i += n
	}
}

// inEmoji reports whether the character at an offset is part of an emoji.
func inEmoji(src []byte, i int) bool {
	return viet.InEmoji(string(src[max(0, i-32):i]), string(src[i:min(len(src), i+32)]))
}
