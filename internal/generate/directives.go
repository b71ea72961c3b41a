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

// directives writes the graph of the library's documents and the plans.
func (g *generator) directives() {
	graph := map[string]*directiveData{}
	for _, d := range g.Directives {
		if d.Published() {
			graph[d.ID] = &directiveData{[]citedIn{}, []entryLink{}, []entryLink{}}
		}
	}
	for _, d := range g.Directives {
		if graph[d.ID] == nil {
			continue
		}
		self := entryLink{d.Title, relative(d.URL)}
		for _, ref := range d.CarriesOut {
			if upper := g.directive(ref.ID); upper != nil {
				graph[d.ID].CarriesOut = append(graph[d.ID].CarriesOut, entryLink{upper.Title, relative(upper.URL)})
				graph[ref.ID].CarriedOutBy = append(graph[ref.ID].CarriedOutBy, self)
			}
		}
	}
	for _, d := range g.plans {
		d.citedBy(graph)
	}
	g.out.data("directives.json", graph)
}

// citedBy notes what a plan cites.
func (d *planData) citedBy(graph map[string]*directiveData) {
	self := entryLink{d.pageName, d.URL}
	for _, c := range d.Citations {
		cited := graph[viet.Slug(c.Number)]
		if cited == nil {
			continue
		}
		cited.CitedIn = append(cited.CitedIn, citedIn{d.ID, d.Number, c.At})
		if inTitle(c) {
			cited.CarriedOutBy = append(cited.CarriedOutBy, self)
		}
	}
}

// directive returns the published document with the ID, or nil.
func (g *generator) directive(id string) *catalog.Directive {
	for _, d := range g.Directives {
		if d.ID == id && d.Published() {
			return d
		}
	}
	return nil
}
