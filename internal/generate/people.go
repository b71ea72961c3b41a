package generate

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/catalog"
	"lienhiep/internal/viet"
)

// people writes the order of the people by given name, and for each the page
// that lists the entries naming them.
func (g *generator) people() {
	g.page("people/_index.md", map[string]any{
		"title": "Nhân vật", "build": map[string]any{"render": "never", "list": "never"},
	})
	order := []string{}
	for _, p := range g.shown {
		g.page("people/"+p.ID+"/_index.md", map[string]any{
			"title": "Tin, bài về " + p.Title, "linkTitle": p.Title, "url": catalog.AboutPersonURL(p), "type": "tin-bai", "person": p.ID,
		})
		order = append(order, p.ID)
	}
	awards := map[string]string{}
	for _, a := range g.awarded {
		awards[a.Name] = a.URL
	}
	g.out.data("people.json", map[string]any{
		"order": order, "names": g.names(), "fields": g.peopleByField(), "awards": g.awarded, "award_urls": awards,
	})
}

// nameData is a person's title in parts: titles are taken apart here, and not in
// templates.
type nameData struct {
	Bare   string `json:"bare"`
	Degree string `json:"degree"` // that stands beside the name
	Letter string `json:"letter"` // that the given name stands under
	Before string `json:"before"` // the ID of whom a reader who turns back meets, in the language, or ""
	After  string `json:"after"`  // and of whom one who goes on meets
}

// names are the names of the people on the site, by language and ID.
func (g *generator) names() map[string]map[string]*nameData {
	letters := map[string]string{}
	for _, p := range g.shown {
		letters[p.ID] = initial(cmp.Or(p.GivenName, viet.ParseName(p.Title).Given()))
	}
	names := map[string]map[string]*nameData{}
	for _, e := range g.Entries() {
		if e.Kind != catalog.KindPerson || !e.Published() {
			continue
		}
		if names[e.Lang] == nil {
			names[e.Lang] = map[string]*nameData{}
		}
		name := viet.ParseName(e.Title)
		names[e.Lang][e.ID] = &nameData{Bare: name.Bare, Degree: name.Degree(), Letter: letters[e.ID]}
	}
	for _, byID := range names {
		last := ""
		for _, p := range g.shown {
			if byID[p.ID] == nil {
				continue
			}
			if last != "" {
				byID[last].After, byID[p.ID].Before = p.ID, last
			}
			last = p.ID
		}
	}
	return names
}

// readPeople gathers the people on the site, in the order of their given names, and
// the awards that they hold.
func (g *generator) readPeople() {
	keys := map[*catalog.Person]string{}
	for _, p := range g.People {
		if p.Published() {
			keys[p] = viet.ParseName(p.Title).SortKey(p.GivenName)
			g.shown = append(g.shown, p)
		}
	}
	slices.SortStableFunc(g.shown, func(a, b *catalog.Person) int { return strings.Compare(keys[a], keys[b]) })
	members := map[string][]string{}
	for _, p := range g.shown {
		for _, a := range p.Awards {
			if m := members[a.Name]; len(m) == 0 || m[len(m)-1] != p.ID { // else they hold it twice
				members[a.Name] = append(m, p.ID)
			}
		}
	}
	g.awarded = []group{}
	for name, m := range members {
		g.awarded = append(g.awarded, group{name, relative(catalog.AwardURL(name)), len(m), m})
	}
	slices.SortFunc(g.awarded, func(a, b group) int { return viet.Compare(a.Name, b.Name) })
}

// initial is the letter that a name stands under in an index: Ấ under Â, as in
// a Vietnamese dictionary, whose letters are not told apart by tone.
func initial(name string) string {
	const tones = "\u0300\u0301\u0303\u0309\u0323"
	var letter strings.Builder
	for i, r := range norm.NFD.String(name) {
		isMark := r >= 0x0300 && r <= 0x036F
		if i > 0 && !isMark {
			break
		}
		if !strings.ContainsRune(tones, r) {
			letter.WriteRune(r)
		}
	}
	return strings.ToUpper(norm.NFC.String(letter.String()))
}

// group is people under one heading, with the heading's own page.
type group struct {
	Name    string   `json:"name"`
	URL     string   `json:"url"`
	Count   int      `json:"count"`
	members []string // their IDs, by given name
}

// peopleByField counts the people of each field that has some.
func (g *generator) peopleByField() []group {
	counts := map[string]int{}
	for _, p := range g.shown {
		for i, name := range p.Fields {
			if !slices.Contains(p.Fields[:i], name) {
				counts[name]++
			}
		}
	}
	groups := []group{}
	for _, name := range g.Fields() {
		if counts[name] > 0 {
			groups = append(groups, group{Name: name, URL: relative(catalog.FieldURL(name)), Count: counts[name]})
		}
	}
	return groups
}

// fields writes a page with an ASCII address for every field.
func (g *generator) fields() {
	g.page("fields/_index.md", map[string]any{
		"title": "Lĩnh vực", "url": catalog.FieldsURL, "type": "linh-vuc",
		"description": "Nhân vật, tin, bài và các đợt tôn vinh, xếp theo lĩnh vực.",
	})
	for _, name := range g.Fields() {
		// Hugo's own folder for the term: lower case, hyphens for spaces.
		folder := strings.ReplaceAll(strings.ToLower(name), " ", "-")
		g.page("fields/"+folder+"/_index.md", map[string]any{
			"title": name, "url": catalog.FieldURL(name), "type": "linh-vuc",
		})
	}
}

// awards writes a page for every award, with the people who hold it: a section, whose
// list Hugo pages.
func (g *generator) awards() {
	g.page("giai-thuong/_index.md", map[string]any{
		"title": "Giải thưởng, danh hiệu", "url": catalog.AwardsURL, "type": "giai-thuong",
		"description": "Các giải thưởng, danh hiệu và những người được trao.",
	})
	for _, a := range g.awarded {
		g.page("giai-thuong/"+viet.Slug(a.Name)+"/_index.md", map[string]any{
			"title": a.Name, "url": catalog.AwardURL(a.Name), "type": "giai-thuong", "layout": "holders", "members": a.members,
		})
	}
}
