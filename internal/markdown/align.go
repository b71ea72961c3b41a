package markdown

import "slices"

// pair is a part before, a part after, or one of each.
type pair struct {
	before, after int // index, -1 for none
	same          bool
}

// Bounds of [align], which keep its time linear.
const (
	// maxTable is how large the table of a longest common subsequence may be.
	maxTable = 1 << 14
	// maxDepth is how often a stretch is split at what occurs once on both sides.
	maxDepth = 8
)

// align pairs the parts of two texts, given by numbers that are equal where the parts are
// read as the same: the same ones in order, and the changed ones between them one by one.
// Long texts are first split at the parts that occur once in each ("patience diff").
func align(was, is []int) []pair {
	var a aligner
	a.stretch(was, is, 0, 0, maxDepth)
	a.flush()
	return a.pairs
}

type aligner struct {
	pairs          []pair
	removed, added []int // not yet paired
}

// flush pairs what lies between two parts that are the same.
func (a *aligner) flush() {
	for i := range max(len(a.removed), len(a.added)) {
		p := pair{-1, -1, false}
		if i < len(a.removed) {
			p.before = a.removed[i]
		}
		if i < len(a.added) {
			p.after = a.added[i]
		}
		a.pairs = append(a.pairs, p)
	}
	a.removed, a.added = nil, nil
}

func (a *aligner) same(i, j int) {
	a.flush()
	a.pairs = append(a.pairs, pair{i, j, true})
}

// stretch aligns parts of which the first are number i and number j of the whole.
func (a *aligner) stretch(was, is []int, i, j, depth int) {
	for len(was) > 0 && len(is) > 0 && was[0] == is[0] {
		a.same(i, j)
		was, is, i, j = was[1:], is[1:], i+1, j+1
	}
	tail := 0
	for tail < len(was) && tail < len(is) && was[len(was)-1-tail] == is[len(is)-1-tail] {
		tail++
	}
	n, m := len(was)-tail, len(is)-tail
	a.middle(was[:n], is[:m], i, j, depth)
	for k := range tail {
		a.same(i+n+k, j+m+k)
	}
}

// middle aligns parts that differ at both ends.
func (a *aligner) middle(was, is []int, i, j, depth int) {
	if len(was) > 0 && len(is) > 0 {
		if len(was)*len(is) <= maxTable {
			a.longest(was, is, i, j)
			return
		}
		if anchors := onceInBoth(was, is); len(anchors) > 0 && depth > 0 {
			x, y := 0, 0
			for _, p := range anchors {
				a.stretch(was[x:p.before], is[y:p.after], i+x, j+y, depth-1)
				a.same(i+p.before, j+p.after)
				x, y = p.before+1, p.after+1
			}
			a.stretch(was[x:], is[y:], i+x, j+y, depth-1)
			return
		}
	}
	for k := range was {
		a.removed = append(a.removed, i+k)
	}
	for k := range is {
		a.added = append(a.added, j+k)
	}
}

// longest aligns along a longest common subsequence.
func (a *aligner) longest(was, is []int, i, j int) {
	n, m := len(was), len(is)
	length := make([]int, (n+1)*(m+1))
	at := func(x, y int) int { return x*(m+1) + y }
	for x := n - 1; x >= 0; x-- {
		for y := m - 1; y >= 0; y-- {
			length[at(x, y)] = max(length[at(x+1, y)], length[at(x, y+1)])
			if was[x] == is[y] {
				length[at(x, y)] = length[at(x+1, y+1)] + 1
			}
		}
	}
	x, y := 0, 0
	for x < n || y < m {
		switch {
		case x < n && y < m && was[x] == is[y]:
			a.same(i+x, j+y)
			x, y = x+1, y+1
		case y == m || x < n && length[at(x+1, y)] >= length[at(x, y+1)]:
			a.removed = append(a.removed, i+x)
			x++
		default:
			a.added = append(a.added, j+y)
			y++
		}
	}
}

// onceInBoth returns the longest rising sequence of parts that occur once on each side.
func onceInBoth(was, is []int) []pair {
	count := map[int][2]int{}
	where := map[int]int{}
	for _, id := range was {
		c := count[id]
		count[id] = [2]int{c[0] + 1, c[1]}
	}
	for y, id := range is {
		c := count[id]
		count[id] = [2]int{c[0], c[1] + 1}
		where[id] = y
	}
	var candidates []pair
	for x, id := range was {
		if count[id] == [2]int{1, 1} {
			candidates = append(candidates, pair{x, where[id], true})
		}
	}
	var ends []int // of the best sequence of each length, by candidate
	before := make([]int, len(candidates))
	for c, p := range candidates {
		k, _ := slices.BinarySearchFunc(ends, p.after, func(end, after int) int { return candidates[end].after - after })
		before[c] = -1
		if k > 0 {
			before[c] = ends[k-1]
		}
		if k == len(ends) {
			ends = append(ends, c)
		} else {
			ends[k] = c
		}
	}
	if len(ends) == 0 {
		return nil
	}
	var rising []pair
	for c := ends[len(ends)-1]; c >= 0; c = before[c] {
		rising = append(rising, candidates[c])
	}
	slices.Reverse(rising)
	return rising
}
