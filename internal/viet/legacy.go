package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Encoding is a legacy encoding of Vietnamese (TCVN 6909:2001). Without its font, text
// in it shows letters of other languages.
type Encoding int

const (
	TCVN3       Encoding = iota + 1 // TCVN 5712:1993, fonts named .VnTime
	VNI                             // VNI for Windows, fonts named VNI-Times
	VPS                             // of the Vietnamese Professionals Society, fonts named VPS Times
	Windows1258                     // Microsoft's, letters and tones apart
)

func (e Encoding) String() string {
	switch e {
	case TCVN3:
		return "TCVN3 (ABC)"
	case VNI:
		return "VNI-Windows"
	case VPS:
		return "VPS"
	case Windows1258:
		return "Windows-1258"
	}
	return ""
}

// FontEncoding tells by a font's name the encoding of the text that it draws, 0 where it is
// Unicode, and whether it draws capitals alone. Fonts of TCVN3 are named .VnTime, those of
// VNI VNI-Times; an H at the end (.VnTimeH) is for hoa, capitals.
func FontEncoding(font string) (e Encoding, capitals bool) {
	font = strings.TrimSpace(font)
	switch low := strings.ToLower(font); {
	case strings.HasPrefix(low, ".vn"):
		return TCVN3, strings.HasSuffix(font, "H")
	case strings.HasPrefix(low, "vni-"), strings.HasPrefix(low, "vni "):
		return VNI, false
	}
	return 0, false
}

// Legacy recognises text typed in a legacy encoding and names it. The text
// may hold the encoding's own bytes or, as it comes out of a converted file, the
// same characters in UTF-8 ("Ban Th­êng vô TØnh uû", "Ban Thöôøng vuï Tænh uûy").
//
// It answers yes when at least three words, and at least half of all words with a
// letter beyond ASCII, are no spelling of today and yet become Vietnamese
// syllables when read in that encoding. French, German or Spanish words do not.
func Legacy(text []byte) (Encoding, bool) {
	utf := utf8.Valid(text)
	var beyond int
	var found [Windows1258 + 1]int // words that make sense in each encoding
	var word []rune
	end := func() {
		if len(word) > 0 && hasBeyondASCII(word) {
			beyond++
			// A sign alone (§, ©) is a sign, whatever letter it may be elsewhere.
			if len(word) > 1 && !IsSyllable(string(word)) {
				whole := string(word)
				bare := strings.TrimFunc(whole, isC1) // quotation marks of Windows
				for e := TCVN3; e <= Windows1258; e++ {
					s := bare
					if e == VPS {
						s = whole // they are letters
					}
					if w, ok := e.Decode(s); ok && IsSyllable(w) {
						found[e]++
					}
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
		// The letters of these encodings look like signs as often as like letters,
		// so that anything above ASCII but the no-break space may be part of a word.
		if len(word) < maxWord && (unicode.IsLetter(r) || unicode.Is(unicode.M, r) || isC1(r) || 0xA1 <= r && r <= 0xFF) {
			word = append(word, r)
			continue
		}
		end()
	}
	end()
	best := TCVN3
	for e := VNI; e <= Windows1258; e++ {
		if found[e] > found[best] {
			best = e
		}
	}
	if n := found[best]; n >= 3 && 2*n >= beyond {
		return best, true
	}
	return 0, false
}

// isC1 reports whether r is a control character above ASCII, which single bytes of some
// encodings become.
func isC1(r rune) bool { return 0x80 <= r && r <= 0x9F }

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

// Decode reads s, typed in the encoding, as Unicode (NFC). It is not ok where s
// holds a letter beyond ASCII that the encoding does not have, or has not at this
// place; such a letter stays as it is. Signs that no letter is stay too. Fonts for
// capitals alone (.VnTimeH) draw small letters as capitals: that is their
// reader's to know.
func (e Encoding) Decode(s string) (text string, ok bool) {
	switch e {
	case VNI:
		return fromVNI([]rune(s))
	case VPS:
		return fromBytes([]rune(s), vps)
	case Windows1258:
		text, ok = fromBytes([]rune(s), windows1258)
		return norm.NFC.String(text), ok
	}
	return fromBytes([]rune(s), tcvn3)
}

// IsMark reports whether r is a combining mark of the encoding, which applies to the
// letter before it.
func (e Encoding) IsMark(r rune) bool {
	return e == VNI && vniMarks[unicode.ToLower(byteOf(r))] != ""
}

// byteOf undoes what Word does to text in a font that it takes for one of
// symbols: it puts the bytes into the private use area.
func byteOf(r rune) rune {
	if 0xF020 <= r && r <= 0xF0FF {
		return r - 0xF000
	}
	return r
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
	put(0xA1, "ĂÂÊÔƠƯĐăâêôơưđ")
	put(0xB5, "àảãáạ ằẳẵắ")
	put(0xC6, "ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ")
	return m
}()

var vps = func() map[rune]rune {
	m := map[rune]rune{}
	first := rune(0x80)
	for _, r := range "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ  ỀỂỄỐỒỔỖýỷỵỚỜỞ ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉ ẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ àáâãảạă èéêẽìí ĩ Đòóôõ Ơụùúủ ỶẼỳ" {
		if r != ' ' {
			m[first] = r
		}
		first++
	}
	return m
}()

var windows1258 = func() map[rune]rune {
	m := map[rune]rune{}
	for c := 0xA0; c <= 0xFF; c++ {
		m[rune(c)] = charmap.Windows1258.DecodeByte(byte(c))
	}
	return m
}()

// fromBytes reads characters by their bytes.
func fromBytes(word []rune, letters map[rune]rune) (string, bool) {
	var b strings.Builder
	ok := true
	for _, r := range word {
		r = byteOf(r)
		if letter := letters[r]; letter != 0 {
			r = letter
		} else if r >= utf8.RuneSelf && unicode.IsLetter(r) {
			ok = false
		}
		b.WriteRune(r)
	}
	return b.String(), ok
}

// VNI writes a letter and then its marks as a second character. These are the
// marks as Unicode combines them, and the letters that stand alone.
var (
	vniMarks = map[rune]string{
		'ø': "\u0300", 'ù': "\u0301", 'û': "\u0309", 'õ': "\u0303", 'ï': "\u0323",
		'â': "\u0302", 'à': "\u0302\u0300", 'á': "\u0302\u0301", 'å': "\u0302\u0309", 'ã': "\u0302\u0303", 'ä': "\u0302\u0323",
		'ê': "\u0306", 'è': "\u0306\u0300", 'é': "\u0306\u0301", 'ú': "\u0306\u0309", 'ü': "\u0306\u0303", 'ë': "\u0306\u0323",
	}
	vniLetters = map[rune]rune{
		'ì': 'ì', 'í': 'í', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'ô': 'ơ', 'ö': 'ư', 'î': 'ỵ', 'ñ': 'đ',
	}
)

func fromVNI(word []rune) (string, bool) {
	var b strings.Builder
	ok := true
	var last rune
	for _, r := range word {
		r = byteOf(r)
		small := unicode.ToLower(r)
		switch mark, letter := vniMarks[small], vniLetters[small]; {
		case letter != 0 && small != r:
			b.WriteRune(unicode.ToUpper(letter))
		case letter != 0:
			b.WriteRune(letter)
		case mark != "" && last != 0 && strings.ContainsRune("aeouyôö", last):
			b.WriteString(mark)
			small = 0 // a letter has one character for all its marks
		default:
			ok = ok && (r < utf8.RuneSelf || !unicode.IsLetter(r))
			b.WriteRune(r)
		}
		last = small
	}
	return norm.NFC.String(b.String()), ok
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

// IsSyllable reports whether word has the shape of one Vietnamese syllable: an
// initial, a vowel group and a final of the language, at most one tone, and only
// sắc or nặng before c, ch, p and t.
func IsSyllable(word string) bool {
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
