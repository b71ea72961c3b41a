package page

import (
	"regexp"
	"strconv"
	"strings"

	"lienhiep/internal/viet"
)

// numbered matches what a page's number is written as: "2", "- 2 -", "Trang 2/9".
var numbered = regexp.MustCompile(`^(?:[Tt]rang\s*|[-–—]\s*)?(\d{1,4})(?:\s*[-–—]|\s*/\s*\d{1,4})?$`)

// leastRunning is on how many pages at least a line stands that runs through the file.
const leastRunning = 3

// smallPrint is how large the letters at the edge of a page are at most, in units of the
// text's, if they are no part of it: where the file comes from, where it is kept.
const smallPrint = 0.65

// edgeLines is how many lines stand in a margin at most.
const edgeLines = 3

// margins leaves out the pages' numbers, where they count the pages, the lines that stand
// at the same edge of most pages, and small print there.
func (r *reader) margins() {
	usual := r.usualSize()
	for _, top := range []bool{true, false} {
		for range edgeLines {
			if !r.numbers(top) && !r.running(top) && !r.small(top, usual) {
				break
			}
		}
	}
}

// usualSize is the size of most of the text's letters.
func (r *reader) usualSize() float64 {
	letters := map[float64]int{}
	usual := 0.0
	for _, s := range r.sheets {
		for i := range s.lines {
			l := &s.lines[i]
			letters[l.size] += len(l.text())
			if letters[l.size] > letters[usual] {
				usual = l.size
			}
		}
	}
	return usual
}

// small leaves out small print at an edge, and reports whether there was any.
func (r *reader) small(top bool, usual float64) bool {
	found := false
	for _, s := range r.sheets {
		if l := s.edge(top); l != nil && l.size <= smallPrint*usual {
			r.leave(l.text())
			s.drop(top)
			found = true
		}
	}
	return found
}

// edge is the line at the upper or lower edge of a page, nil where a table stands there
// or the page has but one line.
func (s *sheet) edge(top bool) *line {
	lines := s.lines
	for len(lines) > 0 && len(lines[len(lines)-1].segments) == 0 {
		lines = lines[:len(lines)-1]
	}
	if len(lines) == 0 || len(lines)+len(s.tables) < 2 {
		return nil
	}
	l := &lines[len(lines)-1]
	if top {
		l = &lines[0]
	}
	for _, t := range s.tables {
		if top && t.top > l.base || !top && t.bottom < l.base {
			return nil
		}
	}
	return l
}

func (s *sheet) drop(top bool) {
	if top {
		s.lines = s.lines[1:]
	} else {
		s.lines = s.lines[:len(s.lines)-1]
	}
}

// numbers leaves out page numbers at an edge, and reports whether there were any.
func (r *reader) numbers(top bool) bool {
	offset, found := 0, map[*sheet]bool{}
	for _, s := range r.sheets {
		l := s.edge(top)
		if l == nil {
			continue
		}
		m := numbered.FindStringSubmatch(l.text())
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[1])
		if len(found) == 0 {
			offset = n - s.number
		}
		if n-s.number == offset {
			found[s] = true
		}
	}
	if len(found) == 0 || len(found) == 1 && offset != 0 {
		return false
	}
	for _, s := range r.sheets {
		if found[s] {
			r.leave(s.edge(top).text())
			s.drop(top)
		}
	}
	return true
}

// running leaves out the line that stands at the same edge of most pages.
func (r *reader) running(top bool) bool {
	on := map[string][]*sheet{}
	for _, s := range r.sheets {
		if l := s.edge(top); l != nil {
			on[l.text()] = append(on[l.text()], s)
		}
	}
	for text, sheets := range on {
		// Heads of forms and annexes come again and again too.
		if len(sheets) < leastRunning || 2*len(sheets) <= len(r.sheets) || strings.ToUpper(text) == text || isFrame(viet.Fold(text)) {
			continue
		}
		r.leave(text)
		for _, s := range sheets {
			s.drop(top)
		}
		return true
	}
	return false
}
