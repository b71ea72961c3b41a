package catalog

import (
	"cmp"
	"slices"
)

// Bounds of what is related. A signal that many entries share tells nothing of them.
const (
	mostRelated    = 3
	fewestSignals  = 2
	commonestShare = 200 // entries that share a signal
)

// Related returns for each published entry those that are about much the same, at most
// three: the other pages of its event, then those that share at least two of the people,
// provisions and fields that they are about, and a third of their own. The most alike come
// first, of equals the latest.
func (c *Catalog) Related() map[*Entry][]*Entry {
	signals := map[*Entry][]string{}
	sharing := map[string][]*Entry{}
	for _, it := range c.entries {
		e := it.base()
		if c.deeds[e] == nil || !e.Kind.TellsOfEvents() {
			continue
		}
		signals[e] = signalsOf(it)
		for _, s := range signals[e] {
			sharing[s] = append(sharing[s], e)
		}
	}
	related := map[*Entry][]*Entry{}
	for e, own := range signals {
		shared := map[*Entry]int{}
		for _, s := range own {
			if len(sharing[s]) > commonestShare {
				continue
			}
			for _, other := range sharing[s] {
				shared[other]++
			}
		}
		for other, n := range shared {
			if n < fewestSignals || 3*n < len(signals[other]) {
				delete(shared, other)
			}
		}
		for _, other := range c.deeds[e].Pages {
			shared[other] = len(own) + 1
		}
		delete(shared, e)
		if len(shared) > 0 {
			related[e] = mostAlike(shared)
		}
	}
	return related
}

// signalsOf is what an entry is about, each once.
func signalsOf(it item) []string {
	m := mentionsOf(it)
	var all []string
	for _, r := range m.Plan {
		all = append(all, "plan "+r.ID)
	}
	for _, r := range m.People {
		all = append(all, "person "+r.ID)
	}
	for _, f := range m.Fields {
		all = append(all, "field "+f)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func mostAlike(shared map[*Entry]int) []*Entry {
	var all []*Entry
	for e := range shared {
		all = append(all, e)
	}
	latestEventFirst(all)
	slices.SortStableFunc(all, func(a, b *Entry) int { return cmp.Compare(shared[b], shared[a]) })
	return all[:min(mostRelated, len(all))]
}
