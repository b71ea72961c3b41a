package generate

import (
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

// eventData is when that was which an entry tells of, and which others tell of it, as
// templates read it.
type eventData struct {
	ISO     string   `json:"iso"`   // by ISO 8601, as exactly as it is known, a range with a slash; "" where nothing is known
	Start   string   `json:"start"` // its beginning by ISO 8601, as exactly as it is known
	Day     bool     `json:"day"`   // its days are known
	VI      string   `json:"vi"`    // in words
	EN      string   `json:"en"`
	Scope   string   `json:"scope"`
	Year    int      `json:"year"`    // that it is counted in; 0 where nothing is known
	Same    []string `json:"same"`    // the paths in Hugo of the other pages of the same event
	Before  string   `json:"before"`  // the path in Hugo of the entry that a reader who turns back meets, or ""
	After   string   `json:"after"`   // and of that which one who goes on meets
	Related []string `json:"related"` // the paths in Hugo of entries that are about much the same
}

// events writes what published entries tell of, by the entries' paths in Hugo, which
// translations share.
func (g *generator) events() {
	data := map[string]*eventData{}
	for _, e := range g.Entries() {
		deed := g.Deed(e)
		if deed == nil || !e.Kind.TellsOfEvents() {
			continue
		}
		when := e.When()
		one := &eventData{
			ISO: when.ISO(), Start: when.First.ISO(), Day: when.Days(), VI: when.Words(diag.Vietnamese), EN: when.Words(diag.English), Scope: string(deed.Scope), Year: when.Year(),
			Same: []string{}, Related: []string{},
		}
		for _, other := range deed.Pages {
			if other != e {
				one.Same = append(one.Same, other.Path)
			}
		}
		data[e.Path] = one
	}
	for _, k := range catalog.Kinds() {
		for _, run := range g.Runs(k) {
			turn(data, run.Events)
			turn(data, run.Explainers)
		}
	}
	for e, related := range g.Related() {
		if one := data[e.Path]; one != nil {
			one.Related = pathsOf(related)
		}
	}
	g.out.data("events.json", data)
}

// intakes writes how contests and procedures stand, by the entries' paths in Hugo.
func (g *generator) intakes() {
	data := map[string]catalog.Intake{}
	for e, s := range g.Intakes() {
		data[e.Path] = s
	}
	g.out.data("intakes.json", data)
}

// turn tells entries, the latest first, which stand beside them.
func turn(data map[string]*eventData, run []*catalog.Entry) {
	for i, e := range run {
		one := data[e.Path]
		if one == nil {
			continue
		}
		if i > 0 {
			one.After = run[i-1].Path
		}
		if i+1 < len(run) {
			one.Before = run[i+1].Path
		}
	}
}

// toldData is a kind's entries in the order in which readers meet them, by their paths in
// Hugo.
type toldData struct {
	Events     []string `json:"events"`
	Explainers []string `json:"explainers"`
	URL        string   `json:"url"` // of the list of explainers
}

// told writes in what order readers meet the entries of each kind that tells of events, by
// its section, and makes the page that lists those that explain.
func (g *generator) told() {
	data := map[string]toldData{}
	for _, k := range catalog.Kinds() {
		if !k.TellsOfEvents() {
			continue
		}
		events, explainers := g.Told(k)
		url := catalog.ExplainersURL(k)
		data[k.Folder()] = toldData{pathsOf(events), pathsOf(explainers), relative(url)}
		if len(explainers) > 0 {
			g.page(strings.TrimPrefix(url, "/")+"_index.md", map[string]any{
				"title": "Bài giải thích", "url": url, "type": "bai-giai-thich", "outputs": []string{"html"},
				"description": "Những bài giải thích, giới thiệu; không kể về một việc cụ thể.",
			})
		}
	}
	g.out.data("told.json", data)
}

func pathsOf(entries []*catalog.Entry) []string {
	all := []string{}
	for _, e := range entries {
		all = append(all, e.Path)
	}
	return all
}

// apartData is deeds that do not count, and why.
type apartData struct {
	Why   string   `json:"why"`
	Deeds []string `json:"deeds"` // the paths in Hugo of their own pages
}

// accountData is what was done for a provision and those below it.
type accountData struct {
	Done  []string    `json:"done"`  // the paths in Hugo of the deeds' own pages, the latest first
	Pages []string    `json:"pages"` // of those that name the provision itself and count
	Apart []apartData `json:"apart"`
}

// deeds writes for every plan what was done for each of its provisions.
func (g *generator) deeds() {
	for _, p := range g.Plans {
		if p.Current() == nil || !p.Published() {
			continue
		}
		accounts := map[string]accountData{}
		for _, provision := range p.Provisions() {
			if a := g.Account(p, provision.Provision); !a.Empty() {
				accounts[provision.ID] = accountData{paths(a.Done), g.counted(p, provision.ID, a), apart(a)}
			}
		}
		g.out.data("deeds/"+p.ID+".json", accounts)
	}
}

// counted are the paths in Hugo of the entries that name a provision and tell of what
// counts for it.
func (g *generator) counted(p *catalog.Plan, id string, a *catalog.Account) []string {
	counts := map[*catalog.Deed]bool{}
	for _, d := range a.Done {
		counts[d] = true
	}
	all := []string{}
	for _, e := range g.Evidence[p.ID+"/"+id] {
		if counts[g.Deed(e)] {
			all = append(all, e.Path)
		}
	}
	return all
}

func apart(a *catalog.Account) []apartData {
	all := []apartData{}
	for _, one := range a.Apart() {
		all = append(all, apartData{one.Why, paths(one.Deeds)})
	}
	return all
}

// paths are those in Hugo of the deeds' own pages.
func paths(deeds []*catalog.Deed) []string {
	all := []string{}
	for _, d := range deeds {
		all = append(all, d.Page().Path)
	}
	return all
}
