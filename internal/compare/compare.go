// Package compare computes the differences between two wordings of a document,
// clause by clause: text changed word by word, moved, added or dropped.
//
// In: two trees of package plan. Out: a [Comparison], from which either wording
// can be reconstructed: every difference is in it, those in the head, the
// preamble and the signature included.
//
// Clauses are matched in four steps, the most certain first: the same words at
// the same place; the same words elsewhere; mostly the same words at the same
// place; mostly the same words elsewhere.
package compare

import (
	"slices"
	"strconv"
	"strings"

	"lienhiep/internal/plan"
)

// Comparison is the list of changes, in the order of the later wording. A dropped clause
// follows the clause that it used to follow.
type Comparison struct {
	Same    int      `json:"same"` // clauses with neither another place nor other words
	Changes []Change `json:"changes"`
}

// Change is what happened to one clause.
type Change struct {
	Kind  Kind    `json:"kind"`
	From  *Clause `json:"from,omitempty"` // nil for an added one
	To    *Clause `json:"to,omitempty"`   // nil for a dropped one
	Words []Piece `json:"words"`          // all of the clause's words, old and new
}

// Kind is what happened to a clause.
type Kind string

const (
	Added        Kind = "added"
	Dropped      Kind = "dropped"
	Changed      Kind = "changed"       // other words at the same place
	Moved        Kind = "moved"         // the same words elsewhere
	MovedChanged Kind = "moved-changed" // both
)

// Kinds lists the kinds in the order in which they are reported.
var Kinds = []Kind{Changed, MovedChanged, Moved, Added, Dropped}

// Clause is the own text of a provision, or a block of the head, preamble or tail.
type Clause struct {
	ID    string `json:"id"`    // of a provision; else "head", "preamble", "tail" and which of them: "head-2"
	Short string `json:"short"` // "II.1.2"; "" outside the provisions
	Label string `json:"label"`
	Text  string `json:"text"` // a line for each paragraph
}

func (c *Clause) words() string { return strings.TrimSpace(c.Label + " " + c.Text) }

// Documents compares two wordings.
func Documents(from, to *plan.Document) *Comparison {
	m := matching{from: clauses(from), to: clauses(to)}
	m.match()
	return m.comparison()
}

// clauses cuts a document up.
func clauses(d *plan.Document) []*Clause {
	var all []*Clause
	blocks := func(part string, texts []string) {
		for i, t := range texts {
			all = append(all, &Clause{ID: part + "-" + strconv.Itoa(i+1), Text: t})
		}
	}
	texts := func(blocks []plan.Block) []string {
		var all []string
		for _, b := range blocks {
			all = append(all, b.Text)
		}
		return all
	}
	blocks("head", texts(d.Head))
	blocks("preamble", d.Preamble)
	names := d.Designations()
	d.Walk(func(p, _ *plan.Provision) {
		all = append(all, &Clause{p.ID, names[p.ID].Short, p.Label, p.Words()})
	})
	blocks("tail", texts(d.Tail))
	for _, a := range d.Attachments {
		blocks(a.ID+"-head", append(texts(a.Head), a.Preamble...))
		blocks(a.ID+"-tail", texts(a.Tail))
	}
	return all
}

// matching pairs the clauses of two documents.
type matching struct {
	from, to []*Clause
	old      []int // for each of to, its index in from, or -1
	taken    []bool
}

// mostPairs bounds the search for clauses that are mostly the same elsewhere: it
// looks at every pair of those left over.
const mostPairs = 1 << 20

// Words that two clauses must share, of all of theirs, to be one.
const (
	alikeInPlace   = 0.4
	alikeElsewhere = 0.6
)

func (m *matching) match() {
	m.old = make([]int, len(m.to))
	for i := range m.old {
		m.old[i] = -1
	}
	m.taken = make([]bool, len(m.from))
	place := map[string]int{}
	text := map[string][]int{}
	for i, c := range m.from {
		place[c.ID] = i
		text[c.Text] = append(text[c.Text], i)
	}
	each := func(f func(i int, c *Clause)) {
		for i, c := range m.to {
			if m.old[i] < 0 {
				f(i, c)
			}
		}
	}
	inPlace := func(c *Clause) (int, bool) {
		i, ok := place[c.ID]
		return i, ok && !m.taken[i]
	}
	each(func(i int, c *Clause) {
		if j, ok := inPlace(c); ok && m.from[j].Text == c.Text {
			m.pair(i, j)
		}
	})
	each(func(i int, c *Clause) {
		for _, j := range text[c.Text] {
			if !m.taken[j] && c.Text != "" && sameSort(m.from[j], c) {
				m.pair(i, j)
				break
			}
		}
	})
	bags := map[*Clause]map[string]int{}
	bag := func(c *Clause) map[string]int {
		if bags[c] == nil {
			bags[c] = bagOf(c.Text)
		}
		return bags[c]
	}
	each(func(i int, c *Clause) {
		if j, ok := inPlace(c); ok && alike(bag(m.from[j]), bag(c)) >= alikeInPlace {
			m.pair(i, j)
		}
	})
	m.elsewhere(bag)
}

func (m *matching) pair(to, from int) {
	m.old[to] = from
	m.taken[from] = true
}

// elsewhere pairs what is left over, the most alike first.
func (m *matching) elsewhere(bag func(*Clause) map[string]int) {
	type candidate struct {
		to, from int
		alike    float64
	}
	var left []int
	for j := range m.from {
		if !m.taken[j] {
			left = append(left, j)
		}
	}
	var all []candidate
	pairs := 0
	for i, c := range m.to {
		if m.old[i] >= 0 {
			continue
		}
		if pairs += len(left); pairs > mostPairs {
			break
		}
		for _, j := range left {
			if a := alike(bag(m.from[j]), bag(c)); a >= alikeElsewhere && sameSort(m.from[j], c) {
				all = append(all, candidate{i, j, a})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		switch {
		case a.alike > b.alike:
			return -1
		case a.alike < b.alike:
			return 1
		}
		return 0
	})
	for _, c := range all {
		if m.old[c.to] < 0 && !m.taken[c.from] {
			m.pair(c.to, c.from)
		}
	}
}

// sameSort reports whether both are provisions, or blocks of the same part.
func sameSort(a, b *Clause) bool {
	part := func(c *Clause) string {
		if c.Short != "" {
			return ""
		}
		part, _, _ := strings.Cut(c.ID, "-")
		return part
	}
	return part(a) == part(b)
}

func bagOf(text string) map[string]int {
	bag := map[string]int{}
	for w := range strings.FieldsSeq(text) {
		bag[w]++
	}
	return bag
}

// alike is how much of two bags of words is common: 1 for the same words.
func alike(a, b map[string]int) float64 {
	common, total := 0, 0
	for w, n := range a {
		common += min(n, b[w])
		total += n
	}
	for _, n := range b {
		total += n
	}
	if total == 0 {
		return 0
	}
	return 2 * float64(common) / float64(total)
}

func (m *matching) comparison() *Comparison {
	c := &Comparison{Changes: []Change{}}
	dropped := m.droppedBehind()
	drop := func(behind int) {
		for _, j := range dropped[behind] {
			c.Changes = append(c.Changes, Change{Kind: Dropped, From: m.from[j], Words: Words(m.from[j].words(), "")})
		}
	}
	drop(-1)
	for i, to := range m.to {
		j := m.old[i]
		if j < 0 {
			c.Changes = append(c.Changes, Change{Kind: Added, To: to, Words: Words("", to.words())})
			continue
		}
		from := m.from[j]
		change := Change{From: from, To: to, Words: Words(from.words(), to.words())}
		switch here := from.ID == to.ID || from.Short == "" && from.Text == to.Text; { // a block that slid down is where it was
		case here && from.words() == to.words():
			c.Same++
		case here:
			change.Kind = Changed
		case from.Text == to.Text:
			change.Kind, change.Words = Moved, Words(to.words(), to.words()) // its label follows its place
		default:
			change.Kind = MovedChanged
		}
		if change.Kind != "" {
			c.Changes = append(c.Changes, change)
		}
		drop(j)
	}
	return c
}

// droppedBehind returns the dropped clauses by the kept one that they used to
// follow, -1 for none.
func (m *matching) droppedBehind() map[int][]int {
	behind := map[int][]int{}
	last := -1
	for j := range m.from {
		if m.taken[j] {
			last = j
		} else {
			behind[last] = append(behind[last], j)
		}
	}
	return behind
}

// Count returns the number of clauses with a kind of change.
func (c *Comparison) Count(k Kind) int {
	n := 0
	for _, change := range c.Changes {
		if change.Kind == k {
			n++
		}
	}
	return n
}
