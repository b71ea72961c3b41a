package markdown

import (
	"math/rand/v2"
	"testing"

	"lienhiep/internal/growth"
)

// TestAlign: every part is in one pair, in order, and what is said to be the same is.
func TestAlign(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n, m, kinds := r.IntN(300), r.IntN(300), 1+r.IntN(400)
		was, is := numbers(r, n, kinds), numbers(r, m, kinds)
		if r.IntN(2) == 0 { // a text that was edited at one place
			is = append(append(append([]int{}, was[:n/2]...), numbers(r, r.IntN(5), kinds)...), was[min(n, n/2+r.IntN(3)):]...)
		}
		before, after := 0, 0
		for _, p := range align(was, is) {
			if p.before >= 0 {
				if p.before != before {
					t.Fatalf("part %d of the old text comes where %d should", p.before, before)
				}
				before++
			}
			if p.after >= 0 {
				if p.after != after {
					t.Fatalf("part %d of the edited text comes where %d should", p.after, after)
				}
				after++
			}
			if p.same && was[p.before] != is[p.after] {
				t.Fatalf("%v is not the same", p)
			}
		}
		if before != len(was) || after != len(is) {
			t.Fatalf("%d of %d and %d of %d parts are paired", before, len(was), after, len(is))
		}
	}
}

func numbers(r *rand.Rand, n, kinds int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = r.IntN(kinds)
	}
	return all
}

func TestAlignTakesLinearTime(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, kinds := range []int{2, 100, 1 << 20} {
		growth.Linear(t, 1<<10, 1<<20, func(n int) [2][]int {
			return [2][]int{numbers(r, n, kinds), numbers(r, n, kinds)}
		}, func(texts [2][]int) { align(texts[0], texts[1]) })
	}
}
