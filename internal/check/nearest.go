package check

import (
	"path"
	"slices"
	"strings"

	"lienhiep/internal/viet"
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

// longestGuess bounds the names, in bytes, that a near one is looked for: the time
// grows with their square.
const longestGuess = 400

// near looks for the name most like one, if any differs in few letters.
type near struct {
	name  string
	best  string
	least int // differences of the best, and more than are allowed before there is one
}

func newNear(name string) near { return near{name: name, least: len(name)/3 + 1} }

func (n *near) try(name, value string) {
	if len(n.name) > longestGuess || max(len(name), len(n.name))-min(len(name), len(n.name)) >= n.least {
		return
	}
	if d := viet.Distance([]rune(n.name), []rune(name)); d < n.least {
		n.best, n.least = value, d
	}
}
