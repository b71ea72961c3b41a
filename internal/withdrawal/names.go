package withdrawal

import (
	"slices"
	"strings"
	"unicode"

	"lienhiep/internal/catalog"
	"lienhiep/internal/viet"
)

// names are the ways in which a person is named, each as folded words.
type names [][]string

func namesOf(p *catalog.Person) names {
	var all names
	for _, name := range append([]string{p.Title, strings.ReplaceAll(p.ID, "-", " ")}, p.OtherNames...) {
		folded := strings.FieldsFunc(viet.Fold(name), isGap)
		if len(folded) > 0 && !slices.ContainsFunc(all, func(n []string) bool { return slices.Equal(n, folded) }) {
			all = append(all, folded)
		}
	}
	return all
}

// mention is a place where somebody is named.
type mention struct {
	line  int
	words string // as they stand there
}

// in finds where a text names the person, whatever stands between the words of
// the name: blanks, the end of a line, the hyphens of an address.
func (n names) in(text string) []mention {
	words := split(text)
	var found []mention
	for i := range words {
		for _, name := range n {
			if j := i + len(name); j <= len(words) && slices.EqualFunc(words[i:j], name, func(w word, s string) bool { return w.folded == s }) {
				found = append(found, mention{words[i].line, strings.Join(strings.Fields(text[words[i].start:words[j-1].end]), " ")})
				break
			}
		}
	}
	return found
}

// word is a word of a text, folded, with its place.
type word struct {
	folded     string
	start, end int
	line       int
}

func isGap(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)
}

func split(text string) []word {
	var words []word
	line, start := 1, -1
	for i, r := range text + "\n" {
		switch {
		case !isGap(r):
			if start < 0 {
				start = i
			}
			continue
		case start >= 0:
			words = append(words, word{viet.Fold(text[start:i]), start, i, line})
			start = -1
		}
		if r == '\n' {
			line++
		}
	}
	return words
}
