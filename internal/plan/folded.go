package plan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/viet"
)

// folded is a text folded as [viet.Fold] does, with the way back: at[i] is the
// offset in the text of what gave byte i of s, and at[len(s)] its length. It lets a
// pattern in plain ASCII find its place in a text of either Unicode form.
type folded struct {
	s  string
	at []int
}

func foldText(text string) folded {
	var b strings.Builder
	b.Grow(len(text))
	at := make([]int, 0, len(text)+1)
	for i := 0; i < len(text); {
		r, n := foldAt(text[i:])
		if r >= 0 {
			b.WriteRune(r)
			for range utf8.RuneLen(r) {
				at = append(at, i)
			}
		}
		i += n
	}
	return folded{b.String(), append(at, len(text))}
}

// foldAt folds the first rune of s, composed or not, and returns its length; -1
// for a mark.
func foldAt(s string) (rune, int) {
	r, n := utf8.DecodeRuneInString(s)
	if r < utf8.RuneSelf || n <= 1 {
		return viet.FoldRune(r), n
	}
	if d := norm.NFD.PropertiesString(s).Decomposition(); len(d) > 0 {
		r, _ = utf8.DecodeRune(d)
	}
	return viet.FoldRune(r), n
}

// cutFold cuts a prefix off s that folds to the given word.
func cutFold(s, word string) (rest string, ok bool) {
	for _, want := range word {
		r, n := foldAt(s)
		if n == 0 || r != want {
			return "", false
		}
		s = s[n:]
		for s != "" {
			r, n := foldAt(s)
			if r >= 0 {
				break
			}
			s = s[n:]
		}
	}
	return s, true
}

// isCaps reports whether s is written in capitals.
func isCaps(s string) bool {
	letters := false
	for _, r := range s {
		if unicode.IsLetter(r) {
			if unicode.IsLower(r) {
				return false
			}
			letters = true
		}
	}
	return letters
}

func firstIn(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// firstRune returns the first rune behind opening quotation marks and brackets.
func firstRune(s string) rune {
	for _, r := range s {
		if !strings.ContainsRune(openingQuotes, r) {
			return r
		}
	}
	return 0
}

func startsDigit(s string) bool { return unicode.IsDigit(firstRune(s)) }
func startsUpper(s string) bool { return unicode.IsUpper(firstRune(s)) }
func startsLower(s string) bool { return unicode.IsLower(firstRune(s)) }

// width counts the characters of a line as a page shows them.
func width(s string) int {
	n := 0
	for _, r := range s {
		if r < utf8.RuneSelf || !unicode.Is(unicode.M, r) {
			n++
		}
	}
	return n
}

// clip returns i, or the nearest boundary of a character within the text.
func clip(text string, i int) int {
	if i >= len(text) {
		return len(text)
	}
	for !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}
