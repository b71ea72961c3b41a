package proof

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/catalog"
	"lienhiep/internal/viet"
)

// shortestName is in syllables: no shorter one is in the list.
const shortestName = catalog.ShortestName

// nameIndex finds official names in a text, however their marks and capitals are
// written. The names' syllables are a tree: of its nodes, 0 is the root.
type nameIndex struct {
	syllables map[string]int32 // keys of all syllables of the names, each with a number from 1
	children  map[edge]int32
	names     map[int32]name // by the node of their last syllable
	initials  [1 << 15]bool  // which first letters of three syllables in a row begin a name
	longest   int            // syllables
}

// edge leads from a node by a syllable.
type edge struct{ node, id int32 }

type name struct {
	text  string
	ids   []int32
	marks []byte
}

// indexNames takes the names up.
func indexNames(names []string) *nameIndex {
	x := &nameIndex{syllables: map[string]int32{}, children: map[edge]int32{}, names: map[int32]name{}}
	for _, text := range names {
		x.add(text)
	}
	return x
}

func (x *nameIndex) add(text string) {
	n := name{text: text}
	for s := range viet.Syllables(text) {
		id, ok := x.syllables[string(s.Key)]
		if !ok {
			id = int32(len(x.syllables) + 1)
			x.syllables[string(s.Key)] = id
		}
		n.ids, n.marks = append(n.ids, id), append(n.marks, s.Marks)
	}
	x.initials[initialsOf(text)] = true
	x.longest = max(x.longest, len(n.ids))
	node := int32(0)
	for _, id := range n.ids {
		next, ok := x.children[edge{node, id}]
		if !ok {
			next = int32(len(x.children) + 1)
			x.children[edge{node, id}] = next
		}
		node = next
	}
	if _, ok := x.names[node]; !ok {
		x.names[node] = n
	}
}

// initialsOf packs the folded first letters of the first three syllables.
func initialsOf(text string) int {
	packed := 0
	for i, word := range strings.Fields(viet.Fold(text)) {
		if i < shortestName {
			packed = packed<<5 | int(word[0]&31)
		}
	}
	return packed
}

// isMisspelt reports whether a text begins with a name that has other marks or
// capitals.
func (x *nameIndex) isMisspelt(text string) bool {
	var run []syllable
	for s := range viet.Syllables(text) {
		id := x.syllables[string(s.Key)]
		if id == 0 || len(run) == x.longest || len(run) > 0 && !onlyBlanks(text[run[len(run)-1].end:s.Start]) {
			break
		}
		run = append(run, syllable{s.Start, s.End, id, s.Marks})
	}
	if len(run) < shortestName {
		return false
	}
	n, ok := x.at(run)
	return ok && !(n.hasMarks(run) && n.hasCapitals(inOneLine(text[:run[len(n.ids)-1].end])))
}

// inOneLine is a name with single spaces, composed.
func inOneLine(words string) string {
	return norm.NFC.String(strings.Join(strings.Fields(words), " "))
}

// at returns the longest name that the syllables begin with.
func (x *nameIndex) at(run []syllable) (name, bool) {
	found, ok := name{}, false
	node := int32(0)
	for _, s := range run {
		if node = x.children[edge{node, s.id}]; node == 0 {
			break
		}
		if n, ends := x.names[node]; ends {
			found, ok = n, true
		}
	}
	return found, ok
}

// hasMarks reports whether the syllables bear the name's marks.
func (n name) hasMarks(run []syllable) bool {
	return slices.EqualFunc(n.marks, run[:len(n.marks)], func(m byte, s syllable) bool { return m == s.marks })
}

// hasCapitals reports whether words, spelt as the name is, have its capitals: all
// of them, or only more than it at the very beginning, as where a sentence begins,
// or capitals throughout, as in a heading.
func (n name) hasCapitals(words string) bool {
	if strings.ToUpper(words) == words {
		return true
	}
	a, b := []rune(n.text), []rune(words)
	if len(a) != len(b) {
		return true // another spelling: not a matter of capitals
	}
	for i := range a {
		if unicode.IsUpper(a[i]) != unicode.IsUpper(b[i]) && !(i == 0 && unicode.IsUpper(b[i])) {
			return false
		}
	}
	return true
}
