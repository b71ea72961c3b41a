package viet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// lookalikes are the Cyrillic and Greek letters that cannot be told from Latin
// ones, and the two foreign letters that are typed for đ.
var lookalikes = func() map[rune]rune {
	m := map[rune]rune{'ð': 'đ', 'Ð': 'Đ', 'ɖ': 'đ', 'Ɖ': 'Đ'}
	put := func(foreign, latin string) {
		to := []rune(latin)
		for i, r := range []rune(foreign) {
			m[r] = to[i]
		}
	}
	put("аеорсухіјѕһԁ", "aeopcyxijshd") // Cyrillic
	put("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS")
	put("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo") // Greek
	return m
}()

// resembling are the small letters of other scripts that resemble Latin ones, if
// not to the last stroke.
const resembling = "ӏԗԛԝпгѵѡһьъҽзк" + "αεηικντυωρχγσ" + "ագզէլհյոսւօք" + "იოყძხჽჿ"

// LooksLatin reports whether a lower-case letter of another script looks like a Latin
// one.
func LooksLatin(r rune) bool {
	like := lookalikes[r]
	return like != 0 && like != 'đ' || strings.ContainsRune(resembling, r)
}

// Latin returns a word with its look-alike letters (Cyrillic, Greek, fullwidth, ð for
// đ) as the Latin letters that they look like. ok is false where there is none, or
// where the word is simply another language's: no letter of it is Latin, or one is
// foreign and looks like nothing Latin (μm, TNFα).
func Latin(word string) (latin string, ok bool) {
	var b strings.Builder
	changed, ownLetters := false, false
	for _, r := range word {
		like := lookalikes[r]
		if isFullwidth(r) {
			like = r - 0xFEE0
		}
		switch {
		case like != 0:
			changed = true
			ownLetters = ownLetters || like == 'đ' || like == 'Đ' || isFullwidth(r)
			b.WriteRune(like)
			continue
		case unicode.Is(unicode.Latin, r):
			ownLetters = true
		case unicode.IsLetter(r):
			return word, false
		}
		b.WriteRune(r)
	}
	if !changed || !ownLetters {
		return word, false
	}
	return norm.NFC.String(b.String()), true
}

// isFullwidth reports whether a letter or digit is as wide as a Chinese character.
func isFullwidth(r rune) bool {
	return 'Ａ' <= r && r <= 'Ｚ' || 'ａ' <= r && r <= 'ｚ' || '０' <= r && r <= '９'
}
