package search

import (
	"strings"
	"unicode/utf8"
)

// breaks are the characters that part two syllables which would be adjacent.
const breaks = ".,;:!?…()[]"

// adjacent reports whether the text between two syllables leaves them adjacent.
func adjacent(between string) bool {
	return utf8.RuneCountInString(between) == 1 || !strings.ContainsAny(between, breaks)
}

// The levels at which a key stands in a document: how much it weighs there.
const (
	levels         = 32
	levelSummary   = 9
	levelHeading   = 10
	levelName      = 11
	levelProvision = 12
	levelTitle     = 13 // of nineteen syllables or more
	longestTitle   = levels - levelTitle
)

// levelOf is the level of a key in a field; the body's is bodyLevel.
func levelOf(f field, titleSyllables int) byte {
	switch f {
	case title:
		return byte(levels - min(max(titleSyllables, 1), longestTitle))
	case provision:
		return levelProvision
	case name:
		return levelName
	case heading:
		return levelHeading
	}
	return levelSummary
}

// bodyLevel is the level of a key that stands n times in a body of so many
// syllables: it rises with the share of the text, ever more slowly.
func bodyLevel(n, syllables int) byte {
	return byte(9 * 100 * n / (100*n + 60 + syllables/2))
}
