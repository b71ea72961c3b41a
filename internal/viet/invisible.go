package viet

import (
	"strings"
	"unicode"
)

// Invisible reports whether a character by itself shows nothing: marks that turn
// the direction of writing, characters without width, selectors and tags, letters
// that are blank, and controls other than the end of a line and the tab. None has a
// place in Vietnamese or English text; all make one text look like another. Within
// an emoji some are part of what is seen: see [InEmoji].
func Invisible(r rune) bool {
	switch {
	case r < ' ':
		return r != '\n' && r != '\r' && r != '\t' && r != '\f'
	case r < 0x7f, r >= 0xa0 && r < 0x300 && r != 0xad, r >= 0x1e00 && r < 0x2000: // most text
		return false
	case r < 0xa0, r == 0x2028, r == 0x2029: // controls, the ends of lines and paragraphs
		return true
	case r == 0x2800, r == 0x16fe4, r == 0x1d159: // letters and signs that are blank
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) &&
		!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// IndexInvisible returns the offset of the first character of s that cannot be
// seen, or -1. What joins the parts of an emoji or chooses how it looks is seen.
func IndexInvisible(s string) int {
	for i, r := range s {
		if Invisible(r) && !InEmoji(s[:i], s[i:]) {
			return i
		}
	}
	return -1
}

// Visible returns s without the characters that cannot be seen.
func Visible(s string) string {
	if IndexInvisible(s) < 0 {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if !Invisible(r) || InEmoji(s[:i], s[i:]) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
