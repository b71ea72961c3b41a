package edit

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/viet"
)

// findable is a text as it is searched: its words each after a space, as they are written but
// in small letters, and without their marks.
type findable struct{ marked, folded string }

// foundBy returns the texts as they are searched. A word stands there whole ("15-kh/tu"), and
// in its parts.
func foundBy(texts ...string) findable {
	marked := inSmall(strings.Join(texts, " "))
	return findable{marked, viet.Fold(marked)}
}

func inSmall(text string) string {
	text = strings.ToLower(norm.NFC.String(text))
	var b strings.Builder
	for word := range strings.FieldsSeq(text) {
		word = strings.TrimFunc(word, notWritten)
		if word == "" {
			continue
		}
		b.WriteString(" " + word)
		if parts := strings.FieldsFunc(word, notWritten); len(parts) > 1 {
			b.WriteString(" " + strings.Join(parts, " "))
		}
	}
	return b.String()
}

func notWritten(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// wanted are the words that are looked for, each after a space: a text has it if one of its
// words begins with it.
func wanted(query string) (words []string) {
	for word := range strings.FieldsSeq(strings.ToLower(norm.NFC.String(query))) {
		if word = strings.TrimFunc(word, notWritten); word != "" {
			words = append(words, " "+word)
		}
	}
	return words
}

// matching are the texts that have every word of a query, in their order: with the marks that
// it was given, or if there are none, whatever their marks.
func matching[T any](query string, all []T, by func(T) findable) []T {
	words := wanted(query)
	if len(words) == 0 {
		return all
	}
	has := func(words []string, text func(findable) string) (found []T) {
		for _, one := range all {
			if hasAll(text(by(one)), words) {
				found = append(found, one)
			}
		}
		return found
	}
	folded := make([]string, len(words))
	plain := true
	for i, w := range words {
		folded[i] = " " + viet.Fold(w[1:])
		plain = plain && folded[i] == w
	}
	if !plain {
		if found := has(words, func(f findable) string { return f.marked }); len(found) > 0 {
			return found
		}
	}
	return has(folded, func(f findable) string { return f.folded })
}

func hasAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
