package viet

import (
	"strings"
	"unicode"
)

// Invisible reports whether a character is invisible by itself: bidirectional controls,
// zero-width characters, variation selectors and tags, blank letters, and control
// characters other than line breaks and tabs. None is needed in Vietnamese or English
// text; all can make one text look like another. Some are legitimate within an emoji:
// see [InEmoji].
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

// IndexInvisible returns the byte offset of the first invisible character of s that is
// not part of an emoji, or -1.
func IndexInvisible(s string) int {
	for i, r := range s {
		if Invisible(r) && !InEmoji(s[:i], s[i:]) {
			return i
		}
	}
	return -1
}

// Visible returns s without invisible characters.
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
