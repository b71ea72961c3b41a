package compare

import "strings"

// Piece is a run of words with the same operation.
type Piece struct {
	Op   Op     `json:"op"`
	Text string `json:"text"`
}

// Op is an operation of a word diff.
type Op string

const (
	Kept     Op = "kept"
	Inserted Op = "inserted"
	Deleted  Op = "deleted"
)

// mostCells bounds the table of common words; texts that differ over more are
// given as deleted and inserted whole.
const mostCells = 16 << 20

// Words is the word diff of two texts. Kept and deleted pieces make up the old text,
// kept and inserted ones the new text, except for white space; a line break counts as a
// word.
func Words(from, to string) []Piece {
	a, b := tokens(from), tokens(to)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var p pieces
	p.add(Kept, a[:head]...)
	p.middle(a[head:len(a)-tail], b[head:len(b)-tail])
	p.add(Kept, a[len(a)-tail:]...)
	return p.joined()
}

// tokens are a text's words, and its line breaks.
func tokens(s string) []string {
	var all []string
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			all = append(all, "\n")
		}
		all = append(all, strings.Fields(line)...)
	}
	return all
}

type token struct {
	op   Op
	text string
}

type pieces []token

func (p *pieces) add(op Op, words ...string) {
	for _, w := range words {
		*p = append(*p, token{op, w})
	}
}

// middle finds the longest common run of words of two lists that begin and end
// differently.
func (p *pieces) middle(a, b []string) {
	if len(a) == 0 || len(b) == 0 || (len(a)+1)*(len(b)+1) > mostCells {
		p.add(Deleted, a...)
		p.add(Inserted, b...)
		return
	}
	// common[i][j] is the length of the longest common run of a[i:] and b[j:].
	common := make([][]int32, len(a)+1)
	for i := range common {
		common[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			p.add(Kept, a[i])
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			p.add(Deleted, a[i])
			i++
		default:
			p.add(Inserted, b[j])
			j++
		}
	}
	p.add(Deleted, a[i:]...)
	p.add(Inserted, b[j:]...)
}

// joined puts neighbours of one fate together, deletions before insertions, with a
// space between words.
func (p pieces) joined() []Piece {
	all := []Piece{}
	flush := func(op Op, words []string) {
		if len(words) > 0 {
			all = append(all, Piece{op, join(words)})
		}
	}
	var kept, deleted, inserted []string
	for _, t := range p {
		switch t.op {
		case Kept:
			flush(Deleted, deleted)
			flush(Inserted, inserted)
			deleted, inserted = nil, nil
			kept = append(kept, t.text)
		case Deleted, Inserted:
			flush(Kept, kept)
			kept = nil
			if t.op == Deleted {
				deleted = append(deleted, t.text)
			} else {
				inserted = append(inserted, t.text)
			}
		}
	}
	flush(Deleted, deleted)
	flush(Inserted, inserted)
	flush(Kept, kept)
	return all
}

func join(words []string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.Join(words, " "), " \n", "\n"), "\n ", "\n")
}
