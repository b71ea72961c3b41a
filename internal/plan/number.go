package plan

import (
	"strings"
	"unicode"
)

// closeNumbers closes a document's number that was broken behind its hyphen or
// stroke: "2073/CTr- UBND" becomes "2073/CTr-UBND".
func closeNumbers(s string) string {
	if !strings.Contains(s, "- ") && !strings.Contains(s, "/ ") {
		return s
	}
	words := strings.Split(s, " ")
	var b strings.Builder
	b.Grow(len(s))
	broken := false
	for i, w := range words {
		if i > 0 && !(broken && goesOnNumber(w)) {
			b.WriteByte(' ')
			broken = false
		}
		broken = isBrokenNumber(w, broken)
		b.WriteString(w)
	}
	return b.String()
}

// isBrokenNumber reports whether the word is the beginning of a document's
// number, up to a hyphen or a stroke; goesOn, that it goes on with one.
func isBrokenNumber(w string, goesOn bool) bool {
	w = strings.TrimLeft(w, "(“\"")
	if len(w) < 2 || len(w) > 32 || !strings.HasSuffix(w, "-") && !strings.HasSuffix(w, "/") {
		return false
	}
	if !goesOn && (w[0] < '0' || w[0] > '9') {
		return false
	}
	return !strings.ContainsFunc(w, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && r != '-' && r != '/'
	})
}

// goesOnNumber reports whether the word can stand behind a broken number's stroke:
// a year and a stroke, "2020/NĐ-CP", or capitals, at least two: "UBND", "CTr".
func goesOnNumber(w string) bool {
	if len(w) > 4 && w[4] == '/' && strings.Trim(w[:4], "0123456789") == "" {
		return true
	}
	return isAcronym(w)
}

func isAcronym(w string) bool {
	capitals, first := 0, true
	for _, r := range w {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case first || !unicode.IsLetter(r) && !unicode.Is(unicode.M, r):
			return capitals > 1
		}
		first = false
	}
	return capitals > 1
}
