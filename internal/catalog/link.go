package catalog

import (
	"slices"
	"strings"
)

// link works out, from what entries say of others, what those are said of: the
// evidence for every provision, the entries that name every person.
func (c *Catalog) link() {
	c.Evidence = map[string][]*Entry{}
	c.Explaining = map[string][]*Entry{}
	c.Naming = map[string][]*Entry{}
	for _, it := range c.entries {
		e := it.base()
		if e.translation || !e.Published() {
			continue
		}
		m := mentionsOf(it)
		if e.Kind.Explains() {
			collect(c.Explaining, m.Plan, e)
		} else {
			collect(c.Evidence, m.Plan, e)
		}
		collect(c.Naming, m.People, e)
	}
	for _, found := range c.Evidence {
		newestFirst(found)
	}
	for _, found := range c.Naming {
		newestFirst(found)
	}
}

func collect(index map[string][]*Entry, refs []Ref, e *Entry) {
	for _, r := range refs {
		if found := index[r.ID]; len(found) == 0 || found[len(found)-1] != e {
			index[r.ID] = append(found, e)
		}
	}
}

func newestFirst(entries []*Entry) {
	slices.SortStableFunc(entries, func(a, b *Entry) int {
		if n := b.Date.Compare(a.Date.Time); n != 0 {
			return n
		}
		return strings.Compare(a.File, b.File)
	})
}

// RefsTo returns the references to a person in all entries, ordered by file.
func (c *Catalog) RefsTo(person string) []Ref {
	var all []Ref
	for _, it := range c.entries {
		for _, r := range mentionsOf(it).People {
			if r.ID == person {
				all = append(all, r)
			}
		}
	}
	return all
}
