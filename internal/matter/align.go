package matter

// pair is an item before, an item after, or one of each.
type pair struct {
	before, after int // index, -1 for none
	same          bool
}

// align pairs the items of two lists of n and m items: the same ones along a longest
// common subsequence, and the changed ones between them one by one.
func align(n, m int, same func(i, j int) bool) []pair {
	longest := make([][]int, n+1)
	for i := range longest {
		longest[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			if same(i, j) {
				longest[i][j] = longest[i+1][j+1] + 1
			}
		}
	}
	var pairs []pair
	var removed, added []int
	flush := func() {
		for len(removed) > 0 || len(added) > 0 {
			p := pair{-1, -1, false}
			if len(removed) > 0 {
				p.before, removed = removed[0], removed[1:]
			}
			if len(added) > 0 {
				p.after, added = added[0], added[1:]
			}
			pairs = append(pairs, p)
		}
	}
	i, j := 0, 0
	for i < n || j < m {
		switch {
		case i < n && j < m && same(i, j):
			flush()
			pairs = append(pairs, pair{i, j, true})
			i, j = i+1, j+1
		case j == m || i < n && longest[i+1][j] >= longest[i][j+1]:
			removed = append(removed, i)
			i++
		default:
			added = append(added, j)
			j++
		}
	}
	flush()
	return pairs
}
