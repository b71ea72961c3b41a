package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Encoding is one of the encodings that Vietnamese was typed in before Unicode
// (TCVN 6909:2001). Its text shows letters of other languages unless a font of
// its own draws them.
type Encoding int

const (
	TCVN3 Encoding = iota + 1 // TCVN 5712:1993, fonts named .VnTime
	VNI                       // VNI for Windows, fonts named VNI-Times
)

func (e Encoding) String() string {
	switch e {
	case TCVN3:
		return "TCVN3 (ABC)"
	case VNI:
		return "VNI-Windows"
	}
	return ""
}

// Legacy recognises text typed in TCVN3 or VNI and names the encoding. The text
// may hold the encoding's own bytes or, as it comes out of a converted file, the
// same characters in UTF-8 ("Ban Th­êng vô TØnh uû", "Ban Thöôøng vuï Tænh uûy").
//
// It answers yes when at least three words, and at least half of all words with a
// letter beyond ASCII, are no spelling of today and yet become Vietnamese
// syllables when read in that encoding. French, German or Spanish words do not.
func Legacy(text []byte) (Encoding, bool) {
	utf := utf8.Valid(text)
	var beyond, tcvn, vni int
	var word []rune
	end := func() {
		if len(word) > 0 && hasBeyondASCII(word) {
			beyond++
			// A sign alone (§, ©) is a sign, whatever letter it may be elsewhere.
			if len(word) > 1 && !isSyllable(string(word)) {
				if isSyllable(fromTCVN3(word)) {
					tcvn++
				}
				if isSyllable(fromVNI(word)) {
					vni++
				}
			}
		}
		word = word[:0]
	}
	for len(text) > 0 {
		r, n := rune(text[0]), 1
		if utf {
			r, n = utf8.DecodeRune(text)
		}
		text = text[n:]
		// The letters of both encodings look like signs as often as like letters,
		// so that anything above the no-break space may be part of a word.
		if len(word) < maxWord && (unicode.IsLetter(r) || unicode.Is(unicode.M, r) || 0xA1 <= r && r <= 0xFF) {
			word = append(word, r)
			continue
		}
		end()
	}
	end()
	switch {
	case tcvn >= 3 && 2*tcvn >= beyond && tcvn >= vni:
		return TCVN3, true
	case vni >= 3 && 2*vni >= beyond:
		return VNI, true
	}
	return 0, false
}

// maxWord is more letters than any Vietnamese syllable takes in any encoding.
const maxWord = 24

func hasBeyondASCII(word []rune) bool {
	for _, r := range word {
		if r >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

var tcvn3 = func() map[rune]rune {
	m := map[rune]rune{}
	put := func(first rune, letters string) {
		for _, r := range letters {
			if r != ' ' {
				m[first] = r
			}
			first++
		}
	}
	put(0xA1, "ăâêôơưđăâêôơưđ") // capitals, then small letters
	put(0xB5, "àảãáạ ằẳẵắ")
	put(0xC6, "ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ")
	return m
}()

// fromTCVN3 reads a word as TCVN3, in lower case; "" when a character is none of
// the encoding's.
func fromTCVN3(word []rune) string {
	var b strings.Builder
	for _, r := range word {
		switch {
		case r < utf8.RuneSelf:
			b.WriteRune(unicode.ToLower(r))
		case tcvn3[r] != 0:
			b.WriteRune(tcvn3[r])
		default:
			return ""
		}
	}
	return b.String()
}

// VNI writes a letter and then its marks as a second character. These are the
// marks as Unicode combines them, and the letters that stand alone.
var (
	vniMarks = map[rune]string{
		'ø': "\u0300", 'ù': "\u0301", 'û': "\u0309", 'õ': "\u0303", 'ï': "\u0323",
		'â': "\u0302", 'à': "\u0302\u0300", 'á': "\u0302\u0301", 'å': "\u0302\u0309", 'ã': "\u0302\u0303", 'ä': "\u0302\u0323",
		'ê': "\u0306", 'è': "\u0306\u0300", 'é': "\u0306\u0301", 'ú': "\u0306\u0309", 'ü': "\u0306\u0303", 'ë': "\u0306\u0323",
	}
	vniLetters = map[rune]string{
		'ì': "ì", 'í': "í", 'æ': "ỉ", 'ó': "ĩ", 'ò': "ị", 'ô': "ơ", 'ö': "ư", 'î': "ỵ", 'ñ': "đ",
	}
)

// fromVNI reads a word as VNI, in lower case; "" when a character is none of the
// encoding's or stands where it cannot.
func fromVNI(word []rune) string {
	var b strings.Builder
	var last rune
	for _, r := range word {
		r = unicode.ToLower(r)
		switch mark, letter := vniMarks[r], vniLetters[r]; {
		case r < utf8.RuneSelf:
			b.WriteRune(r)
		case letter != "":
			b.WriteString(letter)
		case mark != "" && strings.ContainsRune("aeouyôö", last):
			b.WriteString(mark)
		default:
			return ""
		}
		last = r
	}
	return norm.NFC.String(b.String())
}

const (
	tones   = "\u0300\u0301\u0303\u0309\u0323" // huyền, sắc, ngã, hỏi, nặng
	initial = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"
	// The sounds between the first and the last consonant, without the tone.
	middle = "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|iu|oa|oă|oai|oao|oay|oe|oeo|oi|oo|ôi|ơi|" +
		"ua|uâ|uây|uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu|yê|yêu"
	final = "ng|nh|ch|c|m|n|p|t|"
)

var (
	initials = strings.Split(initial, "|")
	middles  = setOf(middle)
	finals   = strings.Split(final, "|")
)

func setOf(list string) map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Split(list, "|") {
		m[norm.NFD.String(s)] = true
	}
	return m
}

// isSyllable reports whether word has the shape of one Vietnamese syllable: an
// initial, a vowel group and a final of the language, at most one tone, and only
// sắc or nặng before c, ch, p and t.
func isSyllable(word string) bool {
	var b strings.Builder
	var tone rune
	for _, r := range norm.NFD.String(word) {
		if strings.ContainsRune(tones, r) {
			if tone != 0 {
				return false
			}
			tone = r
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	bare := b.String()
	for _, head := range initials {
		rest, ok := strings.CutPrefix(bare, head)
		if !ok {
			continue
		}
		for _, tail := range finals {
			vowels, ok := strings.CutSuffix(rest, tail)
			if ok && middles[vowels] && (tone == 0 || tone == '\u0301' || tone == '\u0323' || !isStop(tail)) {
				return true
			}
		}
	}
	return false
}

func isStop(final string) bool {
	return final == "c" || final == "ch" || final == "p" || final == "t"
}
