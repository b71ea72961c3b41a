// Package viet holds what Vietnamese text needs and the standard library does
// not know: folding for search and matching, ASCII slugs, collation, people's names
// taken apart, the word that was probably meant; syllables with their
// marks, where they bear their tone, letters that only look right or cannot be
// seen; and recognising text that was typed for the fonts of the years before
// Unicode.
//
// Strings in and strings out; nothing here reads a file or keeps state that a
// caller could see, and everything is safe for concurrent use.
package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s for matching: lower case, without any mark, with đ as d.
// Spellings that differ in Unicode form (NFC, NFD), in where the tone stands
// (hoà, hòa; uỷ, ủy) or in the look-alike ð for đ fold to the same string.
// What is not UTF-8 becomes U+FFFD. Fold is for matching only, never for a text
// that is shown.
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

// FoldRune folds one rune of decomposed text; it returns -1 for a mark, which
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

// Letters are the folded letters and digits of a text, as they are compared where blanks
// and marks between them do not matter.
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
