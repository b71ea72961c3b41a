package check

import (
	"path"
	"slices"
	"strings"
)

// nearest returns the address or the anchor that was probably meant by one that
// was not found: one beside it with almost the same name, or "".
func (w *worker) nearest(t target) string {
	if t.kind == found {
		n := newNear(t.fragment)
		for _, id := range w.ids[t.file] {
			n.try(id.Value(), "#"+id.Value())
		}
		return n.best
	}
	dir, name := path.Split(strings.TrimSuffix(addressOf(t.file), "/"))
	n := newNear(name)
	first, _ := slices.BinarySearch(w.order, dir)
	for _, file := range w.order[first:] {
		if !strings.HasPrefix(file, dir) {
			break
		}
		other, rest, folder := strings.Cut(file[len(dir):], "/")
		if !folder || rest == "index.html" {
			n.try(other, w.base.Path+addressOf(file))
		}
	}
	return n.best
}

// near looks for the name most like one, if any differs in few letters.
type near struct {
	name  string
	best  string
	least int // differences of the best, and more than are allowed before there is one
}

func newNear(name string) near { return near{name: name, least: len(name)/3 + 1} }

func (n *near) try(name, value string) {
	if max(len(name), len(n.name))-min(len(name), len(n.name)) >= n.least {
		return
	}
	if d := distance(n.name, name); d < n.least {
		n.best, n.least = value, d
	}
}

// distance is how many letters must be changed, added or dropped to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			d := diagonal
			if a[i] != b[j] {
				d = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}
