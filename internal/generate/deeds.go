package generate

import (
	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

// eventData is when that was which an entry tells of, and which others tell of it, as
// templates read it.
type eventData struct {
	ISO   string   `json:"iso"`   // by ISO 8601, as exactly as it is known, a range with a slash; "" where nothing is known
	Start string   `json:"start"` // its beginning by ISO 8601, as exactly as it is known
	Day   bool     `json:"day"`   // its days are known
	VI    string   `json:"vi"`    // in words
	EN    string   `json:"en"`
	Scope string   `json:"scope"`
	Same  []string `json:"same"` // the paths in Hugo of the other pages of the same event
}

// events writes what published entries tell of, by the entries' paths in Hugo, which
// translations share.
func (g *generator) events() {
	data := map[string]eventData{}
	for _, e := range g.Entries() {
		deed := g.Deed(e)
		if deed == nil || !e.Kind.TellsOfEvents() {
			continue
		}
		when := e.When()
		one := eventData{when.ISO(), when.First.ISO(), when.Days(), when.Words(diag.Vietnamese), when.Words(diag.English), string(deed.Scope), []string{}}
		for _, other := range deed.Pages {
			if other != e {
				one.Same = append(one.Same, other.Path)
			}
		}
		data[e.Path] = one
	}
	g.out.data("events.json", data)
}

// apartData is deeds that do not count, and why.
type apartData struct {
	Why   string   `json:"why"`
	Deeds []string `json:"deeds"` // the paths in Hugo of their own pages
}

// accountData is what was done for a provision and those below it.
type accountData struct {
	Done  []string    `json:"done"`  // the paths in Hugo of the deeds' own pages, the latest first
	Pages []string    `json:"pages"` // of those that name the provision itself and count
	Apart []apartData `json:"apart"`
}

// deeds writes for every plan what was done for each of its provisions.
func (g *generator) deeds() {
	for _, p := range g.Plans {
		if p.Current() == nil || !p.Published() {
			continue
		}
		accounts := map[string]accountData{}
		for _, provision := range p.Provisions() {
			if a := g.Account(p, provision.Provision); !a.Empty() {
				accounts[provision.ID] = accountData{paths(a.Done), g.counted(p, provision.ID, a), apart(a)}
			}
		}
		g.out.data("deeds/"+p.ID+".json", accounts)
	}
}

// counted are the paths in Hugo of the entries that name a provision and tell of what
// counts for it.
func (g *generator) counted(p *catalog.Plan, id string, a *catalog.Account) []string {
	counts := map[*catalog.Deed]bool{}
	for _, d := range a.Done {
		counts[d] = true
	}
	all := []string{}
	for _, e := range g.Evidence[p.ID+"/"+id] {
		if counts[g.Deed(e)] {
			all = append(all, e.Path)
		}
	}
	return all
}

func apart(a *catalog.Account) []apartData {
	all := []apartData{}
	for _, one := range a.Apart() {
		all = append(all, apartData{one.Why, paths(one.Deeds)})
	}
	return all
}

// paths are those in Hugo of the deeds' own pages.
func paths(deeds []*catalog.Deed) []string {
	all := []string{}
	for _, d := range deeds {
		all = append(all, d.Page().Path)
	}
	return all
}
