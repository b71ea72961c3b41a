// Package generate derives from the catalogue the pages and data that Hugo
// cannot make by itself: a page for every provision with its evidence, ASCII
// addresses for fields and awards, people ordered by given name, the plan's text
// as data and in other formats, its earlier wordings and its progress, the graph
// of cited documents, the calendar, and the table of addresses.
//
// In: a [catalog.Catalog]. Out: files below content/, data/ and static/ of an
// afero.Fs, which Hugo mounts beside the editors' own, and cleaned pictures
// below pictures/. A run writes only what has changed and removes what is stale.
package generate

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
)

// files are what a run wants to stand in the folder: path → content.
type files map[string][]byte

// Run writes everything that is derived from the catalogue to fsys, the root of
// generated/. site is the folder that the catalogue was read from, baseURL the site's
// address.
func Run(fsys afero.Fs, site fs.FS, c *catalog.Catalog, baseURL string) (Changes, error) {
	out := files{}
	g := generator{Catalog: c, baseURL: baseURL, out: out, pages: map[string]string{}}
	g.readDirectives()
	g.readPlans()
	g.readPeople()
	g.provisions()
	g.wordings()
	g.progress()
	if err := g.forms(); err != nil {
		return Changes{}, err
	}
	if err := g.kits(fsys, site); err != nil {
		return Changes{}, err
	}
	g.people()
	g.fields()
	g.emblems()
	g.awards()
	graph := g.documentGraph()
	g.directives(graph)
	g.graph(graph)
	g.kinds()
	g.api()
	g.widget()
	g.website()
	g.glossary()
	g.searchWords()
	g.quizzes()
	g.events()
	g.intakes()
	g.deeds()
	g.told()
	g.lives()
	g.calendar()
	g.attachments()
	g.hidden()
	g.gone()
	g.unpublished()
	g.addresses()
	out[formatFile] = marshal(format{Format})
	return sync(fsys, out)
}

type generator struct {
	*catalog.Catalog
	baseURL string
	out     files
	pages   map[string]string // address of a generated page → its language
	plans   []*planData       // the published ones, in the order in which readers meet them
	shown   []*catalog.Person // on the site, in the order of their given names
	library library           // the documents on the site
	awarded []group           // the awards that they hold, in Vietnamese order
}

// page adds a content page. The front matter is JSON, which Hugo reads as it does YAML.
// A page that is rendered gives its address as "url".
func (g *generator) page(name string, frontMatter map[string]any) {
	g.out["content/"+name] = marshal(frontMatter)
	if address, ok := frontMatter["url"].(string); ok {
		g.pages[address] = langOf(name)
	}
}

// hidden keeps the terms off the site that entries name and that are not on it
// themselves: people and plans that are drafts, still to appear or expired.
func (g *generator) hidden() {
	never := map[string]any{"title": "", "build": map[string]any{"render": "never", "list": "never"}}
	people := map[string]bool{}
	for _, p := range g.shown {
		people[p.ID] = true
	}
	for id := range g.Naming {
		if !people[id] {
			g.page("people/"+id+"/_index.md", never)
		}
	}
	refs := maps.Clone(g.Evidence)
	maps.Copy(refs, g.Explaining)
	for ref := range refs {
		plan, _, _ := strings.Cut(ref, "/")
		if !slices.ContainsFunc(g.plans, func(p *planData) bool { return p.ID == plan }) {
			g.page("plan/"+ref+"/_index.md", never)
		}
	}
}

// unpublished writes the addresses of what is not on the site now, since a link to one
// of them is shown as its words alone, and a page at those that leave a sentence there.
func (g *generator) unpublished() {
	addresses := map[string]bool{}
	for address := range g.Unpublished() {
		addresses[fmt.Sprintf("%x", sha256.Sum256([]byte(address)))] = true // what is hidden is named nowhere
	}
	g.out.data("hidden.json", addresses)
	for i, e := range g.Noticed() {
		file, title := fmt.Sprintf("removed-%d.md", i+1), "Bài đã được gỡ"
		if e.Lang == "en" {
			file, title = fmt.Sprintf("removed-%d.en.md", i+1), "Page removed"
		}
		g.out["content/"+file] = marshal(map[string]any{ // no link leads there
			"title": title, "url": e.URL, "layout": "removed", "removed": e.Removed, "since": e.ExpiryDate.Format(time.RFC3339),
			"build": map[string]any{"list": "never"}, "sitemap": map[string]any{"disable": true},
		})
	}
}

// gone writes what servers answer with where a page is gone for good.
func (g *generator) gone() {
	for file, front := range map[string]map[string]any{
		"410.md":    {"title": "Trang đã được gỡ", "url": catalog.GoneURL},
		"410.en.md": {"title": "Page removed", "url": "/en" + catalog.GoneURL},
	} {
		front["layout"], front["build"], front["sitemap"] = "410", map[string]any{"list": "never"}, map[string]any{"disable": true}
		g.page(file, front)
	}
}

func (f files) data(name string, x any) {
	f["data/"+name] = marshal(x)
}

func marshal(x any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(x); err != nil {
		panic(fmt.Sprintf("generate: data that is not JSON: %v", err)) // our own types alone
	}
	return b.Bytes()
}
