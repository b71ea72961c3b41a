package generate

import (
	"lienhiep/internal/catalog"
)

// api writes the pages that Hugo renders as the documents of the API: the contents, and
// one with all entries of a kind for each kind that has one. The templates in layouts/api
// and layouts/_partials/api write them by the schema in static/api/v1.
func (g *generator) api() {
	g.page("api/_index.md", map[string]any{"title": "API", "build": map[string]any{"render": "never", "list": "never"}})
	// A file called index.md would take the others for its own.
	document := func(file, name, layout string, params map[string]any) {
		g.page("api/v1/"+file+".md", map[string]any{
			"title": name, "url": catalog.APIURL + name + ".json", "type": "api", "layout": layout, "outputs": []string{"api"},
			"build": map[string]any{"list": "never"}, "sitemap": map[string]any{"disable": true}, "params": params,
		})
	}
	var collections []string
	for _, k := range catalog.Kinds() {
		name := k.Collection()
		if name == "" {
			continue
		}
		collections = append(collections, name)
		params := map[string]any{"kind": string(k), "section": k.Folder()}
		if k == catalog.KindPlan { // plans are described by their data, not by their pages
			params["items"] = g.planItems()
		}
		document(name, name, "collection", params)
	}
	document("contents", "index", "contents", map[string]any{"collections": collections})
}

// planItems are each plan's ID and, after it, those of its provisions in the order of the
// text.
func (g *generator) planItems() [][]string {
	items := [][]string{}
	for _, p := range g.plans {
		items = append(items, append([]string{p.ID}, p.order...))
	}
	return items
}

// kinds tells templates of the kinds of entries, by their sections.
func (g *generator) kinds() {
	data := struct {
		Names    map[string]string `json:"names"`    // section → kind, for kinds whose entries are pages
		Sections []string          `json:"sections"` // the sections of those
		Dated    []string          `json:"dated"`    // whose date belongs beside the title
		Events   []string          `json:"events"`   // whose entries tell of events
		Explains []string          `json:"explains"` // whose entries explain provisions
	}{Names: map[string]string{}}
	for _, k := range catalog.Kinds() {
		section := k.Folder()
		if section == "" {
			continue
		}
		if k != catalog.KindPlan { // whose entries are sections themselves
			data.Names[section] = string(k)
			data.Sections = append(data.Sections, section)
		}
		if k.TellsOfEvents() {
			data.Events = append(data.Events, section)
		}
		if k.Dated() {
			data.Dated = append(data.Dated, section)
		}
		if k.Explains() {
			data.Explains = append(data.Explains, section)
		}
	}
	g.out.data("kinds.json", data)
}

// widget writes the page that other sites may show in a frame.
func (g *generator) widget() {
	g.page("nhung.md", map[string]any{
		"title": "Tôn vinh và tin mới", "url": catalog.WidgetURL, "layout": "nhung",
		"description": "Các đợt tôn vinh và tin, bài mới nhất, để trang khác nhúng vào.",
		"build":       map[string]any{"list": "never"}, "sitemap": map[string]any{"disable": true},
	})
}
