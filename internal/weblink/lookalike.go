package weblink

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"lienhiep/internal/viet"
)

// together are the scripts of which one language's words are written; Latin may
// stand among each.
var together = [][]string{{"Han", "Hiragana", "Katakana"}, {"Han", "Hangul"}, {"Han", "Bopomofo"}}

// oddLatin are the Latin letters of phonetic writing, which no name has.
var oddLatin = &unicode.RangeTable{R16: []unicode.Range16{
	{0x131, 0x131, 1}, {0x180, 0x19f, 1}, {0x1a2, 0x1ae, 1}, {0x1b1, 0x1cc, 1}, {0x21c, 0x225, 1}, {0x234, 0x2af, 1}, {0x1d00, 0x1dbf, 1},
	{0x2c60, 0x2c7f, 1}, {0xa720, 0xa7ff, 1}, {0xab30, 0xab6f, 1},
}}

// lookalike finds the first letter of a host that is there to look like another:
// one of a second script in a part of the name, one of phonetic writing, or one of
// a part that is of another script whole, and that reads as Latin whole.
func lookalike(name string) (rune, bool) {
	labels := strings.Split(name, ".")
	for _, label := range labels {
		if r, found := mixed(label); found {
			return r, true
		}
		for _, r := range label {
			if unicode.Is(oddLatin, r) {
				return r, true
			}
		}
		if r, found := wholly(label); found && script(r) != scriptOf(labels[len(labels)-1]) {
			return r, true
		}
	}
	return 0, false
}

// mixed finds the first letter of another script than that of the rest of a label.
func mixed(label string) (rune, bool) {
	var seen []string
	var odd rune
	for _, r := range label {
		s := script(r)
		if s == "" || slices.Contains(seen, s) {
			continue
		}
		if seen = append(seen, s); odd == 0 && s != "Latin" {
			odd = r
		}
	}
	if len(seen) < 2 {
		return 0, false
	}
	for _, one := range together {
		if !slices.ContainsFunc(seen, func(s string) bool { return s != "Latin" && !slices.Contains(one, s) }) {
			return 0, false
		}
	}
	return odd, true
}

// wholly finds the first letter of a label in which every letter is of another
// script and looks like a Latin one.
func wholly(label string) (first rune, found bool) {
	for _, r := range label {
		switch {
		case script(r) == "":
		case !viet.LooksLatin(r):
			return 0, false
		case first == 0:
			first = r
		}
	}
	return first, first != 0
}

// script names the script of a letter, "" for what all have in common.
func script(r rune) string {
	switch {
	case r < 0x80 && !unicode.IsLetter(r), unicode.In(r, unicode.Common, unicode.Inherited):
		return ""
	case unicode.Is(unicode.Latin, r):
		return "Latin"
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	return ""
}

// scriptOf names the script of a label's first letter.
func scriptOf(label string) string {
	for _, r := range label {
		if s := script(r); s != "" {
			return s
		}
	}
	return ""
}

func code(r rune) string { return fmt.Sprintf("U+%04X", r) }
