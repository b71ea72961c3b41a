// Package generate turns the catalogue into the pages and data that Hugo cannot
// make by itself: a page for every provision with its evidence, ASCII addresses
// for fields and awards, people in the order of their given names, the plan's
// text as data and in other forms, its earlier wordings, how far it has come, the
// graph of cited documents, and the calendar.
//
// In: a [catalog.Catalog]. Out: files below content/, data/ and static/ of an
// afero.Fs, which Hugo mounts beside the editors' own, and cleaned pictures below
// pictures/. A run writes only what changed and removes what is stale, so that
// Hugo's server rebuilds only that.
package generate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

// files are what a run wants to stand in the folder: path → content.
type files map[string][]byte

// Run writes everything that follows from the catalogue to fsys, whose root is
// the generated folder. baseURL is where the site will stand.
func Run(fsys afero.Fs, c *catalog.Catalog, baseURL string) (Changes, error) {
	out := files{}
	g := generator{Catalog: c, baseURL: baseURL, out: out}
	g.readDirectives()
	g.readPlans()
	g.readPeople()
	g.provisions()
	g.wordings()
	g.progress()
	if err := g.forms(); err != nil {
		return Changes{}, err
	}
	g.people()
	g.fields()
	g.awards()
	graph := g.documentGraph()
	g.directives(graph)
	g.graph(graph)
	g.api()
	g.widget()
	g.calendar()
	g.hidden()
	g.gone()
	out[formatFile] = marshal(format{Format})
	return sync(fsys, out)
}

// Findings writes what is wrong, in the language lang, for a preview to show on every
// page, until the next [Run]. It touches nothing else.
func Findings(fsys afero.Fs, findings []diag.Finding, lang diag.Lang) error {
	list := []diag.Record{}
	for _, f := range findings {
		if f.Severity <= diag.Warning {
			list = append(list, f.Record(lang))
		}
	}
	_, err := write(fsys, "data/findings.json", marshal(list))
	return err
}

type generator struct {
	*catalog.Catalog
	baseURL string
	out     files
	plans   []*planData                   // the published ones, in the order in which readers meet them
	shown   []*catalog.Person             // on the site, in the order of their given names
	library map[string]*catalog.Directive // the documents on the site, by ID
	awarded []group                       // the awards that they hold, in Vietnamese order
}

// page adds a content page. The front matter is JSON, which Hugo reads as it
// does YAML.
func (f files) page(name string, frontMatter map[string]any) {
	f["content/"+name] = marshal(frontMatter)
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
			g.out.page("people/"+id+"/_index.md", never)
		}
	}
	for ref := range g.Evidence {
		plan, _, _ := strings.Cut(ref, "/")
		if !slices.ContainsFunc(g.plans, func(p *planData) bool { return p.ID == plan }) {
			g.out.page("plan/"+ref+"/_index.md", never)
		}
	}
}

// gone writes what servers answer with where a page is gone for good.
func (g *generator) gone() {
	for file, front := range map[string]map[string]any{
		"410.md":    {"title": "Trang đã được gỡ", "url": catalog.GoneURL},
		"410.en.md": {"title": "Page removed", "url": "/en" + catalog.GoneURL},
	} {
		front["layout"], front["build"], front["sitemap"] = "410", map[string]any{"list": "never"}, map[string]any{"disable": true}
		g.out.page(file, front)
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
