package generate

import (
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

// milestoneData is a station of a life, as templates read it.
type milestoneData struct {
	ISO  string `json:"iso"`  // by ISO 8601, as exactly as it is known, a range with a slash
	When string `json:"when"` // as it stands in a list: "1946", "9/1946", "5/12/1946", "1969–1973"
	Text string `json:"text"`
}

// lives writes the lifelines of the people on the site, by language and ID.
func (g *generator) lives() {
	data := map[string]map[string][]milestoneData{"vi": {}, "en": {}}
	for p := range g.PersonPages() {
		if !p.Published() {
			continue
		}
		for _, m := range p.Life {
			data[p.Lang][p.ID] = append(data[p.Lang][p.ID], milestoneData{m.When.ISO(), shortWhen(m.When, p.Lang), m.Text})
		}
	}
	g.out.data("lives.json", data)
}

// shortWhen is a time without the words that a sentence needs before it.
func shortWhen(w catalog.When, lang string) string {
	words := w.Words(diag.Lang(lang))
	return strings.TrimPrefix(strings.TrimPrefix(words, "năm "), "tháng ")
}
