package generate

import "lienhiep/internal/emblem"

// emblems writes the drawings that stand for fields: the motif of each field and of each
// person on the site, who has that of their first field, and the paths of those motifs.
func (g *generator) emblems() {
	paths := map[string]string{emblem.General: emblem.Paths[emblem.General]}
	use := func(field string) string {
		motif := emblem.Of(field)
		paths[motif] = emblem.Paths[motif]
		return motif
	}
	fields, people := map[string]string{}, map[string]string{}
	for _, name := range g.Fields() {
		fields[name] = use(name)
	}
	for _, p := range g.shown {
		people[p.ID] = emblem.General
		if len(p.Fields) > 0 {
			people[p.ID] = use(p.Fields[0])
		}
	}
	g.out.data("emblems.json", map[string]any{"paths": paths, "fields": fields, "people": people})
}
