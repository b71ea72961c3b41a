package search

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"lienhiep/internal/viet"
)

// Snippet is an excerpt of a page's text around the words of a query.
type Snippet struct {
	Text  string
	Marks [][2]int // what matches: from byte, to byte; in order
}

// snippetLength is how many syllables a snippet has, and snippetLead how many of
// them stand before the first that matches.
const (
	snippetLength = 32
	snippetLead   = 6
)

// blocks reads the text of a document's page.
func (s *search) blocks(d Document) ([]block, error) {
	src, err := fs.ReadFile(s.site, path.Join(d.Path, "index.html"))
	if err != nil {
		return nil, fmt.Errorf("reading a result: %w", err)
	}
	var r pageReader
	return r.read(src).blocks, nil
}

// hasPhrase reports whether a block has the phrase's syllables one behind the
// other.
func (q *query) hasPhrase(blocks []block, phrase [2]int, least int) bool {
	want := q.syllables[phrase[0]:phrase[1]]
	for _, b := range blocks {
		got := syllables(b.text)
		for len(got) >= len(want) {
			i := 0
			for i < len(want) && got[i].key == want[i].key && q.grade(want[i].marks, got[i].marks) >= least {
				i++
			}
			if i == len(want) {
				return true
			}
			got = got[1:]
		}
	}
	return false
}

// found is a syllable of a page.
type found struct {
	start, end int
	asked      int // which syllable of the query it is, -1: none
	grade      int
}

// snippet picks the window of a block that has most of what was asked for; where
// nothing matches, the page's summary or first words.
func (q *query) snippet(blocks []block) Snippet {
	var best Snippet
	most := 0
	for _, b := range blocks {
		if b.field == title {
			continue
		}
		all := q.find(b.text)
		if best.Text == "" && len(all) > 0 {
			best = cutOut(b.text, all, 0)
		}
		for i, f := range all {
			if f.asked < 0 {
				continue
			}
			if w := q.worth(all[i:min(i+snippetLength-snippetLead, len(all))]); w > most {
				most = w
				best = cutOut(b.text, all, max(0, i-snippetLead))
			}
		}
	}
	return best
}

// find cuts a text into syllables and says which were asked for.
func (q *query) find(text string) []found {
	var all []found
	for s := range viet.Syllables(text) {
		f := found{s.Start, s.End, -1, another}
		for i, a := range q.syllables {
			key, grade := string(s.Key), q.grade(a.marks, s.Marks)
			if q.open && i == len(q.syllables)-1 && strings.HasPrefix(key, a.key) && key != a.key {
				key, grade = a.key, min(grade, fitting)
			}
			if key == a.key && (f.asked < 0 || grade > f.grade) {
				f.asked, f.grade = i, grade
			}
		}
		all = append(all, f)
	}
	return all
}

// worth is how much of the query a window has: each syllable once, by its grade, and more for
// those that stand in the query's order.
func (q *query) worth(window []found) int {
	best := make([]int, len(q.syllables))
	together := 0
	for i, f := range window {
		if f.asked < 0 {
			continue
		}
		best[f.asked] = max(best[f.asked], 1+f.grade)
		if i > 0 && window[i-1].asked >= 0 && window[i-1].asked == f.asked-1 {
			together++
		}
	}
	total := 2 * min(together, len(q.syllables))
	for _, b := range best {
		total += 4 * b
	}
	return total
}

// cutOut makes a snippet of the syllables from first on.
func cutOut(text string, all []found, first int) Snippet {
	last := min(first+snippetLength, len(all)) - 1
	start, end := all[first].start, all[last].end
	var s Snippet
	if first > 0 {
		s.Text = "… "
	} else {
		start = 0
	}
	if last == len(all)-1 {
		end = len(text)
	}
	shift := len(s.Text) - start
	s.Text += text[start:end]
	if end < len(text) {
		s.Text += " …"
	}
	for _, f := range all[first : last+1] {
		if f.asked >= 0 && f.grade > another {
			s.Marks = append(s.Marks, [2]int{f.start + shift, f.end + shift})
		}
	}
	return s
}
