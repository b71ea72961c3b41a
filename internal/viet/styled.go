package viet

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// IsStyled reports whether a character is a letter or digit of a bold, slanted or other
// style that Unicode has for formulas (U+1D400–1D7FF), and that posts are decorated with:
// 𝐓𝐇Ô𝐍𝐆 𝐁Á𝐎. No search finds such words, and screen readers spell them out.
func IsStyled(r rune) bool {
	return 0x1d400 <= r && r <= 0x1d7ff && norm.NFKC.String(string(r)) != string(r)
}

// StyledPrefix begins each styled character in UTF-8, and some others.
const StyledPrefix = "\xf0\x9d"

// Unstyled returns a text with plain letters and digits for the styled ones. What else it
// holds stays: 10⁶ is not 106.
func Unstyled(s string) string {
	if !strings.Contains(s, StyledPrefix) {
		return s
	}
	plain := strings.Map(func(r rune) rune {
		if !IsStyled(r) {
			return r
		}
		return []rune(norm.NFKC.String(string(r)))[0]
	}, s)
	if plain == s {
		return s
	}
	return norm.NFC.String(plain) // marks may have stood apart behind the styled letters
}
