package search

import (
	"cmp"
	"slices"

	"lienhiep/internal/viet"
)

// How many ways of mending a query are tried.
const (
	mostMends        = 6
	mendsPerSyllable = 3
)

// Suggest returns the query in the most similar spelling that has results, "" if there
// is none.
func (x *Index) Suggest(text string) (string, error) {
	words, err := x.wordList()
	if err != nil {
		return "", err
	}
	q := parse(text)
	fallback := ""
	mends := q.mends(words)
	for _, m := range mends[:min(len(mends), mostMends)] {
		mended := q.text[:m.start] + m.text + q.text[m.end:]
		s, _, err := x.search(mended, Options{Limit: 1})
		if err != nil {
			return "", err
		}
		if len(s.results) == 0 {
			continue
		}
		if best := s.results[0]; best.grade == same && best.together > scattered {
			return mended, nil
		}
		fallback = cmp.Or(fallback, mended)
	}
	return fallback, nil
}

// mend is a change of a query.
type mend struct {
	start, end int
	text       string
	unknown    bool // of a syllable that is not in the list of words
	distance   int
	grade      int // of its marks
	rank       int // among the words, 0 the commonest
}

// mends are the changes of a query worth trying, best first.
func (q *query) mends(words []commonWord) []mend {
	known := map[string]int{}
	for i, w := range slices.Backward(words) {
		known[w.key] = i // its commonest spelling
	}
	var all []mend
	spell := func(w commonWord) string {
		if q.accented || len(q.syllables) == 1 {
			return w.spelling
		}
		return w.key
	}
	for _, a := range q.syllables {
		if a.key[0] <= '9' {
			continue
		}
		_, is := known[a.key]
		key := []rune(a.key)
		var mine []mend
		for i, w := range words {
			if d := viet.Distance(key, []rune(w.key)); 0 < d && d <= max(1, len(key)/4) {
				mine = append(mine, mend{a.start, a.end, spell(w), !is, d, q.grade(a.marks, w.marks), i})
			}
		}
		for i := 1; i < len(a.key); i++ {
			first, ok := known[a.key[:i]]
			second, ok2 := known[a.key[i:]]
			if ok && ok2 && !is {
				mine = append(mine, mend{a.start, a.end, spell(words[first]) + " " + spell(words[second]), true, 1, same, max(first, second)})
			}
		}
		slices.SortStableFunc(mine, byNearness)
		all = append(all, mine[:min(len(mine), mendsPerSyllable)]...)
	}
	slices.SortStableFunc(all, byNearness)
	return all
}

func byNearness(a, b mend) int {
	return cmp.Or(compareBool(b.unknown, a.unknown), cmp.Compare(a.distance, b.distance), cmp.Compare(b.grade, a.grade), cmp.Compare(a.rank, b.rank))
}
