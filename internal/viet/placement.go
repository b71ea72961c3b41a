package viet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Placement is where a syllable in oa, oe or uy has its tone mark; other syllables are
// the same under both rules.
type Placement int

const (
	EitherPlacement Placement = iota // written alike by both
	OldPlacement                     // on the first vowel: hòa, khỏe, ủy
	NewPlacement                     // on the second: hoà, khoẻ, uỷ
)

// PlacementOf returns the rule by which a syllable is written, in any Unicode form and
// case. After q, u is not a vowel: quý is the same under both.
func PlacementOf(syllable string) Placement {
	before, first, second, tone := openPair(syllable)
	switch {
	case tone == 0 || !isPair(before, first.letter, second.letter):
		return EitherPlacement
	case first.tone != 0:
		return OldPlacement
	}
	return NewPlacement
}

// InOldPlacement returns the syllable with its tone mark where the older rule places it,
// in NFC. A syllable that is the same under both rules is returned unchanged.
func InOldPlacement(syllable string) string {
	if PlacementOf(syllable) != NewPlacement {
		return syllable
	}
	letters := []rune(norm.NFC.String(syllable))
	n := len(letters)
	_, _, _, tone := openPair(syllable)
	second := []rune(norm.NFD.String(string(letters[n-1])))[0]
	return string(letters[:n-2]) + string(compose(letters[n-2], tone)) + string(second)
}

// vowel is a letter without its tone, in lower case, and the tone.
type vowel struct{ letter, tone rune }

// openPair takes the last two letters of a syllable apart, and the one before.
func openPair(syllable string) (before rune, first, second vowel, tone rune) {
	letters := []rune(norm.NFC.String(syllable))
	n := len(letters)
	if n < 2 {
		return 0, vowel{}, vowel{}, 0
	}
	if n > 2 {
		before = unicode.ToLower(letters[n-3])
	}
	first, second = bareVowel(letters[n-2]), bareVowel(letters[n-1])
	return before, first, second, first.tone | second.tone
}

func isPair(before, first, second rune) bool {
	return first == 'o' && (second == 'a' || second == 'e') || first == 'u' && second == 'y' && before != 'q'
}

// bareVowel takes the tone off a letter; one with another mark as well (ô, ư) is
// left as it is, since it bears the tone by both rules.
func bareVowel(r rune) vowel {
	parts := []rune(norm.NFD.String(string(unicode.ToLower(r))))
	if len(parts) == 2 && strings.ContainsRune(tones, parts[1]) {
		return vowel{parts[0], parts[1]}
	}
	return vowel{unicode.ToLower(r), 0}
}
