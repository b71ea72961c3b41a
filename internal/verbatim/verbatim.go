// Package verbatim proves that a text is its source's own, character for character.
// It shares no code with the reader of official documents, whose work it proves: it
// compares characters, and knows nothing of what they say.
//
// White space, characters without width and the bars that draw a table's borders do
// not count. Of all else, only page numbers may be missing: lines that hold a number
// and stand at the end of a page, or that number the pages one after the other.
package verbatim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line is a line of the source that the text leaves out: a page number.
type Line struct {
	No   int // from 1
	Text string
}

// Difference is the first place where the text differs from its source.
type Difference struct {
	Line   int    // of the source, from 1
	Source string // what stands there, without blanks
	Text   string // what the text has in its place
}

func (d *Difference) Error() string {
	return fmt.Sprintf("line %d of the source: %q, but the text has %q", d.Line, d.Source, d.Text)
}

// Compare compares a text with its source. It returns the page numbers that the text
// leaves out, or where it differs, which is a [*Difference]. Time is linear.
func Compare(source, text string) ([]Line, error) {
	rest := Characters(text)
	states := []state{{}}
	for _, l := range lines(source) {
		var next []state
		for _, s := range states {
			if strings.HasPrefix(rest[s.at:], l.chars) {
				next = put(next, state{s.at + len(l.chars), s.dropped, s.within})
			}
			if l.number > 0 {
				within := s.within
				if !l.edge {
					within++
				}
				next = put(next, state{s.at, &dropped{l, s.dropped}, within})
			}
		}
		if len(next) == 0 {
			return nil, differs(l.no, l.chars, rest[states[0].at:])
		}
		states = next
	}
	for _, s := range states {
		if numbers := s.list(); s.at == len(rest) && arePages(numbers) {
			var all []Line
			for _, l := range numbers {
				all = append(all, Line{l.no, l.text})
			}
			return all, nil
		}
	}
	for _, s := range states {
		if s.at == len(rest) { // all that is missing are numbers, but no page's
			l := s.list()[0]
			return nil, differs(l.no, l.chars, "")
		}
	}
	return nil, differs(0, "", rest[states[0].at:])
}

// state is how much of the text the lines so far account for, if some are left out.
type state struct {
	at      int
	dropped *dropped
	within  int // how many of the dropped stand within a page
}

type dropped struct {
	line line
	last *dropped
}

func (s state) list() []line {
	var all []line
	for d := s.dropped; d != nil; d = d.last {
		all = append(all, d.line)
	}
	slices.Reverse(all)
	return all
}

// maxStates limits the alternatives that are followed in parallel.
const maxStates = 8

// put adds a state, unless another accounts for as much: of the two it keeps the one
// that leaves more of a page's own lines in place, else the one that came first.
func put(states []state, s state) []state {
	for i, other := range states {
		if other.at == s.at {
			if s.within < other.within {
				states[i] = s
			}
			return states
		}
	}
	if len(states) == maxStates {
		return states
	}
	return append(states, s)
}

func differs(no int, source, text string) *Difference {
	return &Difference{no, excerpt(source), excerpt(text)}
}

func excerpt(s string) string {
	const most = 40
	if r := []rune(s[:min(len(s), 4*most)]); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// line is a line of the source that holds characters.
type line struct {
	no     int
	text   string
	chars  string
	number int  // where it is nothing but a number
	sure   bool // "- 2 -", "Trang 2"
	edge   bool // a form feed stands before or behind it
}

func lines(source string) []line {
	var all []line
	no, fed := 1, true
	for len(source) > 0 {
		end := strings.IndexAny(source, "\n\r\f\v\u0085\u2028\u2029")
		if end < 0 {
			end = len(source)
		}
		l := line{no: no, text: strings.TrimSpace(source[:end]), chars: Characters(source[:end]), edge: fed}
		if isBorder(l.text) {
			l.chars = ""
		}
		if l.chars != "" {
			l.number, l.sure = pageNumber(l.chars)
			all = append(all, l)
			fed = false
		}
		source = source[end:]
		switch {
		case strings.HasPrefix(source, "\r\n"):
			source, no = source[2:], no+1
		case source != "":
			if source[0] == '\n' || source[0] == '\r' {
				no++
			}
			if source[0] == '\f' {
				fed = true
				if len(all) > 0 {
					all[len(all)-1].edge = true
				}
			}
			_, n := utf8.DecodeRuneInString(source)
			source = source[n:]
		}
	}
	return all
}

// isBorder reports whether a line draws a table's border: bars, and dashes between.
func isBorder(text string) bool {
	return strings.ContainsFunc(text, isBar) && strings.Trim(Characters(text), "-–—=:+_") == ""
}

func isBar(r rune) bool { return r == '|' || 0x2500 <= r && r <= 0x257f }

// Characters returns the characters that are compared: no white space, no zero-width
// characters, no bars.
func Characters(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case ' ' < r && r < 0x7f && r != '|', 0xc0 <= r && r < 0x300, 0x1e00 <= r && r < 0x1f00: // most text
			return r
		case unicode.IsSpace(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r),
			unicode.Is(unicode.Variation_Selector, r), r == 0x2800, r == 0x16fe4, r == 0x1d159, isBar(r):
			return -1
		}
		return r
	}, s)
}

// pageNumber reads a line that is a number and perhaps what page numbers are dressed in.
func pageNumber(chars string) (n int, sure bool) {
	bare := strings.Trim(chars, "-–—")
	lower := strings.ToLower(bare)
	if page, ok := strings.CutPrefix(lower, "trang"); ok {
		bare, _, _ = strings.Cut(page, "/")
	}
	if len(bare) > 3 || strings.Trim(bare, "0123456789") != "" {
		return 0, false
	}
	n, _ = strconv.Atoi(bare)
	return n, bare != chars
}

// arePages reports whether the lines can number pages: each stands at the edge of one,
// or they are one series, with nothing left out, from the first or second page on.
func arePages(numbers []line) bool {
	var series []line
	last := 0
	for _, l := range numbers {
		if !l.edge {
			series = append(series, l)
		}
		if l.number <= last && last > 0 {
			return false
		}
		last = l.number
	}
	if len(series) == 0 {
		return true
	}
	if len(series) == 1 && !series[0].sure || numbers[0].number > 2 {
		return false
	}
	for i, l := range numbers {
		if l.number != numbers[0].number+i {
			return false
		}
	}
	return true
}
