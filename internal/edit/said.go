package edit

import (
	"slices"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/matter"
)

// Saying is what a field of an entry says, as people would say it.
type Saying struct{ Label, Words string }

// ownPlace are the fields that are shown in a place of their own wherever an entry is shown.
var ownPlace = []string{"title", "description"}

// Said is what an entry of a kind says in its form beside its title, summary and text, in the
// order of the form.
func Said(c *catalog.Catalog, k catalog.Kind, values *matter.Value, zone *time.Location) (all []Saying) {
	f := former{catalog: c, zone: zone}
	for _, field := range catalog.Schema(k) {
		if slices.Contains(ownPlace, field.Key) {
			continue
		}
		if words := f.said(field, values.Get(field.Key)); words != "" && words != "không" {
			all = append(all, Saying{field.Label.VI, words})
		}
	}
	return all
}

// Spoken is a text of Markdown as readers have it, with where links lead and what pictures show.
func Spoken(c *catalog.Catalog, body string) string {
	return former{catalog: c, names: map[string]map[string]string{}}.spoken(body)
}
