// Package viet is what Vietnamese text needs beyond the standard library:
// folding for search and matching, ASCII slugs, collation, parsing of people's
// names, the nearest of several words; syllables with their diacritics and the
// placement of tone marks; look-alike and invisible characters; and detection of
// legacy encodings from before Unicode.
//
// All functions are pure and safe for concurrent use.
package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s for matching: in lower case, without diacritics, with đ as d. Spellings
// that differ in Unicode form (NFC, NFD), in the position of the tone mark (hoà, hòa;
// uỷ, ủy) or in the look-alike ð for đ fold to the same string. Invalid UTF-8 becomes
// U+FFFD. The result is not for display.
func Fold(s string) string {
	if i := firstToFold(s); i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(strings.ToValidUTF8(s, "\uFFFD")) {
		if r := FoldRune(r); r >= 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// FoldRune folds one rune of decomposed text; it returns -1 for a combining mark, which
// folding drops.
func FoldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	case unicode.Is(unicode.M, r):
		return -1
	}
	switch r {
	// đ has no decomposition; the eth and the African d are typed for it.
	case 'đ', 'Đ', 'ð', 'Ð', 'Ɖ', 'ɖ':
		return 'd'
	}
	return unicode.ToLower(r)
}

// firstToFold returns the offset of the first byte that folding may change.
func firstToFold(s string) int {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return i
		}
	}
	return len(s)
}

// Letters returns the folded letters and digits of a text, for comparisons that ignore
// spaces and punctuation.
func Letters(s string) []rune { return []rune(strings.ReplaceAll(Slug(s), "-", "")) }

// Slug returns s as a part of an address: the ASCII letters and digits of its
// folded form, every run of anything else one hyphen, none at the ends.
// "42-CT/TW" gives "42-ct-tw", "Đào tạo" gives "dao-tao". The result is "" when
// s has no such letter or digit, and Slug(Slug(s)) is Slug(s).
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range Fold(s) {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
			continue
		}
		gap = true
	}
	return b.String()
}
