package generate

import (
	"lienhiep/internal/diag"
)

// eventData is when that was which an entry tells of, as templates read it.
type eventData struct {
	ISO   string `json:"iso"`   // by ISO 8601, as exactly as it is known, a range with a slash
	Start string `json:"start"` // its beginning by ISO 8601, as exactly as it is known
	Day   bool   `json:"day"`   // its days are known
	VI    string `json:"vi"`    // in words
	EN    string `json:"en"`
}

// events writes when the events were of which published entries tell, by the entries'
// paths in Hugo, which translations share. Those of which nothing is known are not there.
func (g *generator) events() {
	data := map[string]eventData{}
	for _, e := range g.Entries() {
		when := e.When()
		if e.Published() && when.Known() {
			data[e.Path] = eventData{when.ISO(), when.First.ISO(), when.Days(), when.Words(diag.Vietnamese), when.Words(diag.English)}
		}
	}
	g.out.data("events.json", data)
}
