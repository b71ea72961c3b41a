package viet

import "unicode/utf8"

// longestGuess bounds the words, in letters, that a near one is looked for: the time
// grows with their square.
const longestGuess = 200

// Nearest returns the candidate that was probably meant by word: the one with
// the smallest edit distance between the folded forms, the first of equals. It
// returns "" when none is near, that is when more than a third of the letters
// (and more than one) would have to change, or word is longer than any name.
func Nearest(word string, candidates []string) string {
	w := []rune(Fold(word))
	if len(w) > longestGuess {
		return ""
	}
	best, distance := "", max(1, len(w)/3)+1
	for _, c := range candidates {
		// Lengths alone can rule a candidate out before it is folded.
		if n := utf8.RuneCountInString(c); n-len(w) > 2*len(w)+distance {
			continue
		}
		if d := Distance(w, []rune(Fold(c))); d < distance {
			best, distance = c, d
		}
	}
	return best
}

// Distance counts the letters to insert, delete, replace or swap with their
// neighbour to make b of a (optimal string alignment).
func Distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
