package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The characters that build an emoji out of others.
const (
	joiner       = '\u200d'
	asText       = '\ufe0e'
	asPicture    = '\ufe0f'
	keycap       = '\u20e3'
	blackFlag    = '\U0001f3f4'
	firstTag     = '\U000e0020'
	lastTag      = '\U000e007f'
	longestFlag  = 6 // letters and digits in the tags of a region's flag
	shortestFlag = 3
)

// pictures are the characters that Unicode lets be drawn as emoji.
var pictures = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0xa9, 0xa9, 1}, {0xae, 0xae, 1}, {0x203c, 0x203c, 1}, {0x2049, 0x2049, 1}, {0x2122, 0x2122, 1}, {0x2139, 0x2139, 1},
		{0x2194, 0x2199, 1}, {0x21a9, 0x21aa, 1}, {0x231a, 0x231b, 1}, {0x2328, 0x2328, 1}, {0x23cf, 0x23cf, 1},
		{0x23e9, 0x23f3, 1}, {0x23f8, 0x23fa, 1}, {0x24c2, 0x24c2, 1}, {0x25aa, 0x25ab, 1}, {0x25b6, 0x25b6, 1},
		{0x25c0, 0x25c0, 1}, {0x25fb, 0x25fe, 1}, {0x2600, 0x27bf, 1}, {0x2934, 0x2935, 1}, {0x2b05, 0x2b07, 1},
		{0x2b1b, 0x2b1c, 1}, {0x2b50, 0x2b50, 1}, {0x2b55, 0x2b55, 1}, {0x3030, 0x3030, 1}, {0x303d, 0x303d, 1},
		{0x3297, 0x3297, 1}, {0x3299, 0x3299, 1},
	},
	R32: []unicode.Range32{{0x1f000, 0x1faff, 1}},
}

// WithoutEmoji drops emoji, with what builds them out of others, for letters that lack
// them. Signs that texts are written with (©, ™, →) and digits stay.
func WithoutEmoji(s string) string {
	var b strings.Builder
	for i, r := range s {
		isPicture := unicode.Is(pictures, r) && r >= 0x2600
		if !isPicture && r != keycap && !InEmoji(s[:i], s[i:]) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// InEmoji reports whether the invisible character at the start of from is part of an
// emoji: ❤️, 👩‍🔬, 1️⃣, the flag of England. before is the text in front of it; the last
// 32 bytes of before and the first 32 of from suffice.
func InEmoji(before, from string) bool {
	r, size := utf8.DecodeRuneInString(from)
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(from[size:])
	switch {
	case r == asText:
		return unicode.Is(pictures, last)
	case r == asPicture:
		return unicode.Is(pictures, last) || next == keycap && strings.ContainsRune("0123456789#*", last)
	case r == joiner:
		last, _ = utf8.DecodeLastRuneInString(strings.TrimSuffix(before, string(asPicture)))
		return unicode.Is(pictures, last) && unicode.Is(pictures, next)
	case firstTag <= r && r <= lastTag:
		return inFlag(before, from)
	}
	return false
}

// inFlag reports whether a tag belongs to the flag of a region: a black flag, the
// region's letters and digits as tags, and the last tag.
func inFlag(before, from string) bool {
	var region []rune
	for len(region) <= longestFlag {
		r, size := utf8.DecodeLastRuneInString(before)
		if before = before[:len(before)-size]; r == blackFlag {
			break
		}
		if !isRegionTag(r) {
			return false
		}
		region = append(region, r)
	}
	for _, r := range from {
		if r == lastTag {
			return shortestFlag <= len(region) && len(region) <= longestFlag
		}
		if !isRegionTag(r) || len(region) > longestFlag {
			return false
		}
		region = append(region, r)
	}
	return false
}

func isRegionTag(r rune) bool {
	r -= firstTag - ' '
	return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
}
