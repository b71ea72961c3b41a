package generate

import (
	"slices"

	"lienhiep/internal/catalog"
)

// website writes what the site says of itself, by language, as its templates show it.
func (g *generator) website() {
	site := g.Website
	english := site.English
	if english == nil {
		english = &catalog.Edition{}
	}
	home := site.Home
	if home == nil {
		home = &catalog.Home{}
	}
	data := map[string]any{
		"vi":        g.websiteIn(&site.Edition, "vi"),
		"en":        g.websiteIn(english, "en"),
		"logo":      site.Logo,
		"show_gaps": site.ShowGaps,
		"home":      map[string]any{"plans": g.onSite(home.Plans, catalog.KindPlan), "people": g.onSite(home.People, catalog.KindPerson), "news": g.onSite(home.News, catalog.KindArticle)},
	}
	if p := site.Publisher; p.Known() {
		pages := []map[string]string{}
		for _, s := range p.Pages {
			pages = append(pages, map[string]string{"name": s.Name, "url": s.URL})
		}
		data["publisher"] = map[string]any{
			"body": p.Body, "person": p.Person, "address": p.Address, "phone": p.Phone, "email": p.Email, "licence": p.Licence, "pages": pages,
		}
	}
	g.out.data("website.json", data)
}

// websiteIn is what the pages of a language say. Without a menu of its own it leads to
// the sections that the site has.
func (g *generator) websiteIn(e *catalog.Edition, lang string) map[string]any {
	menu := e.Menu
	if len(menu) == 0 {
		menu = g.sections(lang)
	}
	return map[string]any{"name": e.Name, "tagline": e.Tagline, "unclaimed": e.Unclaimed, "menu": g.menu(menu), "footer": g.menu(e.Footer)}
}

func (g *generator) menu(items []catalog.MenuItem) []map[string]string {
	menu := []map[string]string{}
	for _, item := range g.MenuOf(items) {
		menu = append(menu, map[string]string{"url": item.Page, "name": item.Name})
	}
	return menu
}

// sections leads to the pages of the kinds' folders, in the order of the kinds.
func (g *generator) sections(lang string) []catalog.MenuItem {
	var items []catalog.MenuItem
	for _, kind := range catalog.Kinds() {
		for _, e := range g.Entries() {
			if kind.Folder() != "" && e.Path == "/"+kind.Folder() && e.Lang == lang {
				items = append(items, catalog.MenuItem{Page: e.URL, Name: e.Title})
			}
		}
	}
	return items
}

// onSite are the IDs of those that are on the site.
func (g *generator) onSite(refs []catalog.Ref, kind catalog.Kind) []string {
	ids := []string{}
	for _, r := range refs {
		if slices.ContainsFunc(g.Entries(), func(e *catalog.Entry) bool { return e.Kind == kind && e.ID == r.ID && e.Published() }) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}
