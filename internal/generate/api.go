package generate

import "lienhiep/internal/catalog"

// collections are the documents of the API, each with all entries of a kind. The
// templates in layouts/api write them by the schema in static/api/v1.
var collections = []string{"articles", "people", "honours", "contests", "documents", "plans"}

// api writes the pages that Hugo renders as the documents of the API.
func (g *generator) api() {
	g.page("api/_index.md", map[string]any{"title": "API", "build": map[string]any{"render": "never", "list": "never"}})
	// A file called index.md would take the others for its own.
	document := func(name, layout string, params map[string]any) {
		g.page("api/v1/"+layout+".md", map[string]any{
			"title": name, "url": catalog.APIURL + name + ".json", "type": "api", "layout": layout, "outputs": []string{"api"},
			"build": map[string]any{"list": "never"}, "sitemap": map[string]any{"disable": true}, "params": params,
		})
	}
	document("index", "contents", map[string]any{"collections": collections})
	provisions := [][]string{} // of each plan, after its ID, in the order of the text
	for _, p := range g.plans {
		provisions = append(provisions, append([]string{p.ID}, p.order...))
	}
	for _, name := range collections {
		params := map[string]any{}
		if name == "plans" {
			params["provisions"] = provisions
		}
		document(name, name, params)
	}
}

// widget writes the page that other sites may show in a frame.
func (g *generator) widget() {
	g.page("nhung.md", map[string]any{
		"title": "Tôn vinh và tin mới", "url": catalog.WidgetURL, "layout": "nhung",
		"description": "Các đợt tôn vinh và tin, bài mới nhất, để trang khác nhúng vào.",
		"build":       map[string]any{"list": "never"}, "sitemap": map[string]any{"disable": true},
	})
}
