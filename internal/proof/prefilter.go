package proof

import (
	"strings"
	"sync"
	"unicode/utf8"

	"lienhiep/internal/viet"
)

// mayHaveSlips reports, at little cost, whether a text may have a slip: it reads bytes,
// and looks at syllables only where a name may begin. It has no false negatives: a text
// that it rejects, as it does most, contains no slip.
func (w *checker) mayHaveSlips(t string) bool {
	newer, older := len(w.newer) > 0, w.old != ""
	initials := initialTable()
	var starts [shortestName]int // of the last words in a row
	packed, inARow := 0, 0
	inWord, isNumber := false, false
	for i := 0; i < len(t); i++ {
		c := t[i]
		if isWordByte(c) {
			if !inWord || isNumber != isDigit(c) { // 15KH is two syllables
				inWord, isNumber = true, isDigit(c)
				inARow++
				starts[0], starts[1], starts[2] = starts[1], starts[2], i
				packed = (packed<<5 | int(initialAt(initials, t[i:]))) % (1 << 15)
				if inARow >= shortestName && w.names != nil && w.names.initials[packed] && w.isMisspeltAt(t[starts[0]:]) {
					return true
				}
			}
			if c >= 0xc3 {
				if isForeign(t[i:]) {
					return true
				}
				n, o := placementAt(t, i)
				newer, older = newer || n, older || o
			}
			continue
		}
		inWord = false
		switch c {
		case '\n', '\r', '\t':
		case ' ':
			if i > 0 && t[i-1] > ' ' && i+1 < len(t) && strings.IndexByte(" ,.;:!?", t[i+1]) >= 0 {
				return true
			}
		case '-', '/':
			if w.mayBeUnknown(t, i) {
				return true
			}
			inARow = 0
		default:
			inARow = 0
		}
	}
	return newer && older && w.names != nil
}

// isWordByte reports whether a byte belongs to a letter or a digit: all beyond ASCII
// but those that begin a no-break space or a quotation mark.
func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || c >= 0x80 && c != 0xe2 && c != 0xc2 || 'A' <= c && c <= 'Z' || isDigit(c)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// initialTable holds the folded form of letters, as initialsOf packs it.
var initialTable = sync.OnceValue(func() *[0x2000]byte {
	var t [0x2000]byte
	for r := range rune(len(t)) {
		if folded := viet.Fold(string(r)); folded != "" {
			t[r] = folded[0] & 31
		}
	}
	return &t
})

func initialAt(table *[0x2000]byte, t string) byte {
	if t[0] < utf8.RuneSelf {
		return t[0] & 31
	}
	r, _ := utf8.DecodeRuneInString(t)
	if int(r) < len(table) {
		return table[r]
	}
	return 0
}

// isMisspeltAt is isMisspelt for the beginning of a text, as far as a name goes.
func (w *checker) isMisspeltAt(t string) bool {
	if most := w.names.longest * 4 * viet.MaxSyllable; len(t) > most {
		t = strings.ToValidUTF8(t[:most], "")
	}
	return w.names.isMisspelt(t)
}

// isForeign reports whether a letter is a combining mark, of another alphabet or
// one of those typed for đ.
func isForeign(t string) bool {
	switch c := t[0]; {
	case c >= 0xcc && c <= 0xd4: // marks, Greek, Cyrillic
		return true
	case c == 0xef: // fullwidth letters, among others
		return true
	case c == 0xc3:
		return strings.HasPrefix(t, "Ð") || strings.HasPrefix(t, "ð")
	case c == 0xc6 || c == 0xc9:
		return strings.HasPrefix(t, "Ɖ") || strings.HasPrefix(t, "ɖ")
	}
	return false
}

// placementAt reports whether the letter at i may bear a tone by the newer rule (oà)
// or by the older (òa).
func placementAt(t string, i int) (newer, older bool) {
	r, size := utf8.DecodeRuneInString(t[i:])
	before, after := byte(0), byte(0)
	if i > 0 {
		before = t[i-1] | 0x20
	}
	if i+size < len(t) {
		after = t[i+size] | 0x20
	}
	switch r {
	case 'à', 'á', 'ả', 'ã', 'ạ', 'è', 'é', 'ẻ', 'ẽ', 'ẹ', 'À', 'Á', 'Ả', 'Ã', 'Ạ', 'È', 'É', 'Ẻ', 'Ẽ', 'Ẹ':
		return before == 'o' && (isDigit(after) || !isWordByte(after)), false
	case 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ', 'Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ':
		return before == 'u' && (isDigit(after) || !isWordByte(after)), false
	case 'ò', 'ó', 'ỏ', 'õ', 'ọ', 'Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ':
		return false, after == 'a' || after == 'e'
	case 'ù', 'ú', 'ủ', 'ũ', 'ụ', 'Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ':
		return false, after == 'y'
	}
	return false, false
}

// mayNameUnknown reports whether mayBeUnknown is true somewhere.
func (w *checker) mayNameUnknown(t string) bool {
	for i := range len(t) {
		if (t[i] == '-' || t[i] == '/') && w.mayBeUnknown(t, i) {
			return true
		}
	}
	return false
}

// maxNumber is a length that no document's number has, in bytes: a longer run of such
// characters is looked at closely.
const maxNumber = 200

// mayBeUnknown reports whether the hyphen or stroke at i may stand in the number of a
// document that is not known.
func (w *checker) mayBeUnknown(t string, i int) bool {
	if i == 0 || i+1 == len(t) || !isWordByte(t[i-1]) || !('A' <= t[i+1] && t[i+1] <= 'Z' || t[i+1] == 0xc4) {
		return false
	}
	start, end := i, i
	for start > 0 && isNumberByte(t[start-1]) {
		start--
		if i-start > maxNumber {
			return true
		}
	}
	for end < len(t) && isNumberByte(t[end]) {
		end++
		if end-i > maxNumber {
			return true
		}
	}
	number := strings.Trim(t[start:end], "-/.")
	return number != "" && isDigit(number[0]) && !w.documents[number]
}

func isNumberByte(c byte) bool { return isWordByte(c) || c == '-' || c == '/' || c == '.' }
