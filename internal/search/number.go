package search

import (
	"cmp"
	"hash/fnv"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// class is the documents of one kind and year. Their numbers follow one another, in room
// for several times as many: a document's place there follows from its address, so that
// it stays when others come and go.
type class struct {
	kind  string
	year  int
	first int // number
	bits  int // of a number within the class
	count int
}

// roomPerDocument is how many numbers there are at least for each document.
const roomPerDocument = 4

// numbering gives the documents their numbers.
type numbering struct {
	classes []class
	all     []numbered // by number
}

type numbered struct {
	number int
	document
	index int // among the documents given
}

// number numbers those of the documents that are listed. Newer years have higher numbers.
func number(documents []document, listed []int) numbering {
	sorted := slices.Clone(listed)
	year := func(i int) int { return yearOf(documents[i].day) }
	slices.SortFunc(sorted, func(a, b int) int {
		return cmp.Or(cmp.Compare(year(a), year(b)), strings.Compare(documents[a].kind, documents[b].kind), strings.Compare(documents[a].path, documents[b].path))
	})
	var n numbering
	first := 0
	for rest := sorted; len(rest) > 0; {
		c := class{kind: documents[rest[0]].kind, year: year(rest[0]), first: first}
		for c.count < len(rest) && documents[rest[c.count]].kind == c.kind && year(rest[c.count]) == c.year {
			c.count++
		}
		c.bits = bits.Len(uint(roomPerDocument*c.count - 1))
		room := 1 << c.bits
		taken := make([]bool, room)
		for _, i := range rest[:c.count] {
			at := int(hash32(documents[i].path)) & (room - 1)
			for taken[at] {
				at = (at + 1) & (room - 1)
			}
			taken[at] = true
			n.all = append(n.all, numbered{first + at, documents[i], i})
		}
		n.classes = append(n.classes, c)
		first += room
		rest = rest[c.count:]
	}
	slices.SortFunc(n.all, func(a, b numbered) int { return cmp.Compare(a.number, b.number) })
	return n
}

// room is one more than the highest number that there can be.
func (n numbering) room() int {
	if len(n.classes) == 0 {
		return 1
	}
	last := n.classes[len(n.classes)-1]
	return last.first + 1<<last.bits
}

// yearOf is the year of a day, 0 for none.
func yearOf(day string) int {
	year, _, _ := strings.Cut(day, "-")
	n, err := strconv.ParseUint(year, 10, 16)
	if err != nil {
		return 0
	}
	return int(n)
}

func hash32(s string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s)) // never fails
	return h.Sum32()
}
