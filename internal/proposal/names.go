package proposal

import (
	"cmp"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/viet"
)

// people proposes those who have a page and whose full name stands in the text, with its
// marks.
func (r reading) people(c *catalog.Catalog) []Proposal {
	var found []Proposal
	for _, p := range c.People {
		name := p.Identity().Name
		for _, called := range slices.Concat([]string{name.Bare}, name.Aliases(), p.OtherNames) {
			key := keyOf(viet.ParseName(called).Bare)
			if strings.Count(key, " ") >= 2 && r.times[key] > 0 {
				found = append(found, Proposal{p.ID, r.words[key]})
				break
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Proposal) int { return cmp.Compare(r.times[keyOf(b.Words)], r.times[keyOf(a.Words)]) })
	return found[:min(len(found), 2*most)]
}

// fields proposes those that other entries name and that the text speaks of more than in
// passing: in its title or description, or twice.
func (r reading) fields(c *catalog.Catalog) []Proposal {
	var found []Proposal
	for _, name := range c.Items("fields") {
		key := keyOf(name)
		if r.weights[key] >= inDescription || r.times[key] > 1 {
			found = append(found, Proposal{name, r.words[key]})
		}
	}
	slices.SortStableFunc(found, func(a, b Proposal) int {
		return cmp.Compare(r.weights[keyOf(b.Value)], r.weights[keyOf(a.Value)])
	})
	return found[:min(len(found), most)]
}
