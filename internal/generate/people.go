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
	people := g.published()
	order := []personData{}
	for _, p := range people {
		g.page("people/"+p.ID+"/_index.md", map[string]any{
			"title": "Tin, bài về " + p.Title, "linkTitle": p.Title, "url": catalog.AboutPersonURL(p), "type": "tin-bai", "person": p.ID,
		})
		order = append(order, personData{p.ID, initial(cmp.Or(p.GivenName, viet.ParseName(p.Title).Given()))})
	}
	g.out.data("people.json", map[string]any{
		"order": order, "names": g.names(), "fields": g.peopleByField(people), "awards": g.peopleByAward(people),
	})
}

// personData is one person in the order of given names.
type personData struct {
	ID     string `json:"id"`
	Letter string `json:"letter"` // that the given name stands under
}

// nameData is a person's title in parts: titles are taken apart here, and not in
// templates.
type nameData struct {
	Bare     string `json:"bare"`
	Degree   string `json:"degree"` // that stands beside the name
	Monogram string `json:"monogram"`
}

// names are the names of the people on the site, by language and ID.
func (g *generator) names() map[string]map[string]nameData {
	names := map[string]map[string]nameData{}
	for _, e := range g.Entries() {
		if e.Kind != catalog.KindPerson || !e.Published() {
			continue
		}
		if names[e.Lang] == nil {
			names[e.Lang] = map[string]nameData{}
		}
		name := viet.ParseName(e.Title)
		names[e.Lang][e.ID] = nameData{name.Bare, name.Degree(), name.Monogram()}
	}
	return names
}

// published returns the people on the site, in the order of their given names.
func (g *generator) published() []*catalog.Person {
	var people []*catalog.Person
	for _, p := range g.People {
		if p.Published() {
			people = append(people, p)
		}
	}
	slices.SortStableFunc(people, func(a, b *catalog.Person) int { return strings.Compare(sortKey(a), sortKey(b)) })
	return people
}

func sortKey(p *catalog.Person) string { return viet.ParseName(p.Title).SortKey(p.GivenName) }

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
	Name   string   `json:"name"`
	URL    string   `json:"url"`
	People []member `json:"people"`
}

type member struct {
	ID   string `json:"id"`
	Year int    `json:"year,omitempty"`
}

func (g *generator) peopleByField(people []*catalog.Person) []group {
	groups := []group{}
	for _, name := range g.Fields() {
		var members []member
		for _, p := range people {
			if slices.Contains(p.Fields, name) {
				members = append(members, member{ID: p.ID})
			}
		}
		if members != nil {
			groups = append(groups, group{name, relative(catalog.FieldURL(name)), members})
		}
	}
	return groups
}

func (g *generator) peopleByAward(people []*catalog.Person) []group {
	members := map[string][]member{}
	for _, p := range people {
		for _, a := range p.Awards {
			members[a.Name] = append(members[a.Name], member{p.ID, a.Year})
		}
	}
	groups := []group{}
	for name, m := range members {
		groups = append(groups, group{name, relative(catalog.AwardURL(name)), m})
	}
	slices.SortFunc(groups, func(a, b group) int { return viet.Compare(a.Name, b.Name) })
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

// awards writes a page for every award, with the people who hold it.
func (g *generator) awards() {
	g.page("giai-thuong/_index.md", map[string]any{
		"title": "Giải thưởng, danh hiệu", "url": catalog.AwardsURL, "type": "giai-thuong",
		"description": "Các giải thưởng, danh hiệu và những người được trao.",
	})
	for _, a := range g.peopleByAward(g.published()) {
		g.page("giai-thuong/"+viet.Slug(a.Name)+"/index.md", map[string]any{
			"title": a.Name, "url": catalog.AwardURL(a.Name), "type": "giai-thuong", "members": a.People,
		})
	}
}
