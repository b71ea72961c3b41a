package proof

import (
	"strings"
	"unicode"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// styled finds words in decorative letters, quoted ones too, in a text that stands in the
// file at base; if that is not known (-1), all are at pos. Several in a row are one.
func (w *checker) styled(t string, base int, pos diag.Pos) {
	if !strings.Contains(t, viet.StyledPrefix) {
		return
	}
	places := diag.PlacesIn(w.file, w.src)
	start, end := -1, 0 // of the words in a row
	flush := func() {
		if start < 0 {
			return
		}
		s := slip{ruleStyled, start, end, viet.Unstyled(t[start:end]), true}
		w.found = append(w.found, s.in(t, base, places, pos))
		start = -1
	}
	from, isStyled := 0, false
	word := func(to int) {
		switch {
		case to == from:
			return
		case isStyled && start < 0:
			start, end = from, to
		case isStyled:
			end = to
		default:
			flush()
		}
	}
	for i, r := range t {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.M, r):
			isStyled = isStyled || viet.IsStyled(r)
			continue
		}
		word(i)
		if r != ' ' {
			flush()
		}
		from, isStyled = i+len(string(r)), false
	}
	word(len(t))
	flush()
}
