package generate

import (
	"lienhiep/internal/catalog"
	"lienhiep/internal/viet"
)

// directiveData is a document's place in the graph: what cites it, what it
// carries out, and what carries it out.
type directiveData struct {
	CitedIn      []citedIn   `json:"cited_in"`
	CarriesOut   []entryLink `json:"carries_out"`
	CarriedOutBy []entryLink `json:"carried_out_by"`
}

type citedIn struct {
	Plan   string      `json:"plan"`
	Number string      `json:"number"`
	At     []placeData `json:"at"`
}

type entryLink struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// directives writes each document of the library with what joins it to others.
func (g *generator) directives(d *graph) {
	links := map[string]entryLink{}
	for _, one := range d.Documents {
		links[one.ID] = entryLink{one.Title, relative(one.URL)}
	}
	all, byID := map[string]*directiveData{}, map[string]*directiveData{}
	for _, one := range g.Directives {
		if one.Published() {
			all[one.ID] = &directiveData{[]citedIn{}, []entryLink{}, []entryLink{}}
			byID[documentID(one.URL)] = all[one.ID]
		}
	}
	for _, e := range d.CarriesOut {
		if from := byID[e.From]; from != nil { // else it is a plan
			from.CarriesOut = append(from.CarriesOut, links[e.To])
		}
		byID[e.To].CarriedOutBy = append(byID[e.To].CarriedOutBy, links[e.From])
	}
	for _, p := range g.plans {
		for _, c := range p.Citations {
			if cited := g.library[viet.Slug(c.Number)]; cited != nil {
				all[cited.ID].CitedIn = append(all[cited.ID].CitedIn, citedIn{p.ID, p.Number, c.At})
			}
		}
	}
	g.out.data("directives.json", all)
}

// library is the documents on the site, by ID.
type library map[string]*catalog.Directive

// readDirectives gathers them.
func (g *generator) readDirectives() {
	g.library = library{}
	for _, d := range g.Directives {
		if d.Published() {
			g.library[d.ID] = d
		}
	}
}
