package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lienhiep/internal/viet"
)

// What a query may have at most: more would only make its answer slow.
const (
	longestQuery = 200 // characters
	mostAsked    = 12
)

// query is what a reader asks for.
type query struct {
	text      string
	syllables []asked
	accented  bool
	open      bool // the last syllable may be the beginning of one
}

// asked is a syllable of a query.
type asked struct {
	syllable
	start, end int  // in the query's text
	phrase     int  // which phrase it is in, from 1; 0: none
	adjacent   bool // to the one before: they are a pair
	bound      bool // to the one before, which must be adjacent
}

// quotes begin and end a phrase.
const quotes = "\"“”„«»"

// parse reads a query.
func parse(text string) query {
	if utf8.RuneCountInString(text) > longestQuery {
		text = string([]rune(text)[:longestQuery])
	}
	q := query{text: text}
	for start, part := 0, 0; start <= len(text); part++ {
		end := len(text)
		quote := strings.IndexAny(text[start:], quotes)
		if quote >= 0 {
			end = start + quote
		}
		q.read(start, end, part)
		if quote < 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		start = end + size
	}
	if n := len(q.syllables); n > 0 {
		last := q.syllables[n-1]
		q.open = last.phrase == 0 && last.end == len(text)
	}
	return q
}

// read reads the part of the query between two quotes; every second is a phrase.
func (q *query) read(start, end, part int) {
	first, before := true, 0
	for s := range viet.Syllables(q.text[start:end]) {
		if len(q.syllables) == mostAsked {
			return
		}
		a := asked{syllable: syllable{string(s.Key), s.Marks}, start: start + s.Start, end: start + s.End}
		if part%2 == 1 {
			a.phrase = part
		}
		if !first {
			between := q.text[start+before : a.start]
			a.adjacent = adjacent(between) || a.phrase > 0
			a.bound = a.phrase > 0 || a.adjacent && !strings.ContainsFunc(between, unicode.IsSpace)
		}
		q.accented = q.accented || s.Marks != 0
		q.syllables = append(q.syllables, a)
		first, before = false, s.End
	}
}

// The grades of a spelling for a syllable of a query.
const (
	another = iota // other marks
	fitting        // those that were typed, and more
	same
)

// grade is how well the marks of a spelling are those that were typed.
func (q *query) grade(typed, spelling byte) int {
	switch {
	case typed == spelling || !q.accented:
		return same
	case hasMarks(spelling, typed):
		return fitting
	}
	return another
}

// hasMarks reports whether a spelling has every mark that was typed.
func hasMarks(spelling, typed byte) bool {
	tone := typed / 32
	return typed%32&^(spelling%32) == 0 && (tone == 0 || tone == spelling/32)
}

// required reports whether a document must have syllable i next to the one before
// it.
func (q *query) required(i int) bool { return q.syllables[i].adjacent && q.syllables[i].bound }

// skip reports whether syllable i and those before and before that stand in one
// stretch, so that the first and the third are a skip.
func (q *query) skip(i int) bool {
	return i > 1 && q.syllables[i].adjacent && q.syllables[i-1].adjacent
}

// held reports whether syllable i is in a required pair.
func (q *query) held(i int) bool {
	return q.required(i) || i+1 < len(q.syllables) && q.required(i+1)
}

// phrases returns the phrases of three or more syllables, from where to where.
func (q *query) phrases() [][2]int {
	var all [][2]int
	for i := 0; i < len(q.syllables); {
		end := i + 1
		for end < len(q.syllables) && q.syllables[end].phrase == q.syllables[i].phrase {
			end++
		}
		if q.syllables[i].phrase > 0 && end-i > 2 {
			all = append(all, [2]int{i, end})
		}
		i = end
	}
	return all
}
