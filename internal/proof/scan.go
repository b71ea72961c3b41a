package proof

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// slip is one place that could be written otherwise.
type slip struct {
	rule       *diag.Rule
	start, end int    // in the text that was read
	right      string // what should stand there; "" if that is not known
	safe       bool   // may be mended without being asked
}

// syllable is one of a text's, with the number that the index of names gives it.
type syllable struct {
	start, end int
	id         int32
	marks      byte
}

// scanner reads the texts of one page for its slips.
type scanner struct {
	names      *nameIndex // nil: not a Vietnamese page
	text       string
	slips      []slip
	run        []syllable // of names, with nothing but blanks between
	old        string     // a syllable that bears its tone by the older rule
	newer      []slip     // those by the newer
	before     int        // how many of them are of texts read before
	decomposed bool       // the text has combining marks
}

// scan reads a text. A zero byte stands for what is not to be read.
func (s *scanner) scan(text string) {
	s.text, s.run, s.before = text, s.run[:0], len(s.newer)
	s.decomposed = strings.IndexByte(text, 0xcc) >= 0 || strings.IndexByte(text, 0xcd) >= 0
	s.blanks()
	last := 0
	for syl := range viet.Syllables(text) {
		if len(s.run) > 0 && !onlyBlanks(text[last:syl.Start]) {
			s.endRun()
		}
		last = syl.End
		s.syllable(syl)
	}
	s.endRun()
}

// blanks finds spaces that are too many.
func (s *scanner) blanks() {
	t := s.text
	for i := 1; i < len(t); i++ {
		at := strings.IndexByte(t[i:], ' ')
		if at < 0 {
			return
		}
		i += at
		end := i + 1
		for end < len(t) && t[end] == ' ' {
			end++
		}
		if before := t[i-1]; before > ' ' && end < len(t) && t[end] > ' ' {
			if s.isSpaceBefore(i, end) {
				s.slips = append(s.slips, slip{ruleSpaceBefore, i, end, "", true})
			} else if end-i > 1 {
				s.slips = append(s.slips, slip{ruleDoubleSpace, i, end, " ", true})
			}
		}
		i = end
	}
}

// isSpaceBefore reports whether the spaces [i, end) stand between a word and a mark
// that ends something. Where a number begins its line, "1 ." would become a list.
func (s *scanner) isSpaceBefore(i, end int) bool {
	t := s.text
	if strings.IndexByte(",.;:!?", t[end]) < 0 || end+1 < len(t) && t[end+1] > ' ' {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(t[:i])
	line := t[strings.LastIndexByte(t[:i], '\n')+1 : i]
	return (unicode.IsLetter(before) || unicode.Is(unicode.M, before) || unicode.IsDigit(before)) && strings.Trim(line, "\x00 \t0123456789") != ""
}

// onlyBlanks reports whether one word follows another, at most in the next line.
func onlyBlanks(between string) bool {
	return between != "" && strings.Trim(between, " \t\r\n") == "" && strings.Count(between, "\n") < 2
}

// syllable looks at one syllable.
func (s *scanner) syllable(syl viet.Syllable) {
	word := s.text[syl.Start:syl.End]
	if s.names != nil {
		if id := s.names.syllables[string(syl.Key)]; id != 0 {
			s.run = append(s.run, syllable{syl.Start, syl.End, id, syl.Marks})
		} else {
			s.endRun()
		}
	}
	if syl.Marks&viet.MarkStroke != 0 || beyondASCII(syl.Key) {
		if latin, ok := viet.Latin(word); ok {
			s.slips = append(s.slips, slip{ruleLookalike, syl.Start, syl.End, latin, true})
			return
		}
	}
	isComposed := true
	if s.decomposed && !norm.NFC.IsNormalString(word) {
		if composed := norm.NFC.String(word); composed != word {
			s.slips = append(s.slips, slip{ruleDecomposed, syl.Start, syl.End, composed, true})
			isComposed = false
		}
	}
	if s.names == nil || !syl.HasTone() || !endsOpen(syl.Key) {
		return
	}
	switch viet.PlacementOf(word) {
	case viet.OldPlacement:
		if s.old == "" {
			s.old = word
		}
	case viet.NewPlacement:
		if isComposed { // else it is composed first
			first, _ := utf8.DecodeRuneInString(word)
			s.newer = append(s.newer, slip{rulePlacement, syl.Start, syl.End, viet.InOldPlacement(word), unicode.IsLower(first)})
		}
	}
}

func beyondASCII(key []byte) bool {
	return slices.ContainsFunc(key, func(c byte) bool { return c >= utf8.RuneSelf })
}

// endsOpen reports whether a folded syllable ends in oa, oe or uy.
func endsOpen(key []byte) bool {
	n := len(key)
	return n >= 2 && (key[n-2] == 'o' && (key[n-1] == 'a' || key[n-1] == 'e') || key[n-2] == 'u' && key[n-1] == 'y')
}

// endRun looks for names in the syllables gathered.
func (s *scanner) endRun() {
	for run := s.run; len(run) >= shortestName; {
		n, ok := s.names.at(run)
		if !ok {
			run = run[1:]
			continue
		}
		s.name(n, run)
		run = run[len(n.ids):]
	}
	s.run = s.run[:0]
}

// name looks at one name.
func (s *scanner) name(n name, run []syllable) {
	start, end := run[0].start, run[len(n.ids)-1].end
	newer := s.newer[s.before:] // in the text's order
	first, _ := slices.BinarySearchFunc(newer, start, func(n slip, at int) int { return n.start - at })
	for i := first; i < len(newer) && newer[i].end <= end; i++ {
		newer[i].safe = true
	}
	switch {
	case !n.hasMarks(run):
		s.slips = append(s.slips, slip{ruleNameMarks, start, end, n.text, false})
	case !n.hasCapitals(inOneLine(s.text[start:end])):
		s.slips = append(s.slips, slip{ruleNameCapitals, start, end, n.text, false})
	}
}
