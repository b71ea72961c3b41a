package generate

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/compare"
)

// formData is a form that a wording can be had in.
type formData struct {
	Ext  string `json:"ext"`
	Type string `json:"type"`
	URL  string `json:"url"`
}

// versionData is a wording in the list of a plan's versions. All but the first say
// what brought them about, and where to read what changed.
type versionData struct {
	Since      string       `json:"since"`
	URL        string       `json:"url"`
	Decision   string       `json:"decision"`
	Text       string       `json:"text"`
	Comparison string       `json:"comparison"`
	Sources    []sourceData `json:"sources"`
}

// versions lists a plan's wordings, the latest first, where there are several.
func versions(p *catalog.Plan) []versionData {
	list := []versionData{}
	if len(p.Wordings) < 2 {
		return list
	}
	for _, w := range slices.Backward(p.Wordings) {
		list = append(list, version(p, w))
	}
	return list
}

func version(p *catalog.Plan, w *catalog.Wording) versionData {
	v := versionData{Since: w.Since, URL: relative(w.URL), Sources: []sourceData{}}
	if w.Version != nil {
		v.Decision, v.Text, v.Sources = w.Version.Decision, w.Version.Text, sources(w.Version.Sources)
		v.Comparison = relative(catalog.ComparisonURL(p, w))
	}
	return v
}

// wordings writes what remains of a plan's earlier wordings: each at an address of
// its own, what changed with each later one, and the provisions that are no longer
// in force, to which evidence may lead.
func (g *generator) wordings() {
	for _, p := range g.Plans {
		if !p.Published() {
			continue
		}
		earlier := map[*catalog.Wording]*planData{}
		for i, w := range p.Wordings {
			if w != p.Current() {
				earlier[w] = g.earlier(p, w, p.Wordings[i+1])
			}
			if i > 0 {
				g.comparison(p, p.Wordings[i-1], w)
			}
		}
		for i, provision := range p.Provisions() {
			d := earlier[provision.Wording]
			if d == nil {
				continue
			}
			page := d.provisionPage(provision.ID, i+1)
			page["wording"] = provision.Wording.Since
			page["title"] = fmt.Sprintf("%s (không còn từ ngày %s)", page["title"], day(next(p, provision.Wording).Since))
			g.page("plan/"+p.ID+"/"+provision.ID+"/_index.md", page)
		}
	}
}

// day writes an ISO date as the site does.
func day(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return t.Format("2/1/2006")
}

// next is the wording that followed.
func next(p *catalog.Plan, w *catalog.Wording) *catalog.Wording {
	return p.Wordings[slices.Index(p.Wordings, w)+1]
}

// earlier writes the page of a wording that is no longer in force, and its data.
func (g *generator) earlier(p *catalog.Plan, w, later *catalog.Wording) *planData {
	d := g.planData(p, w)
	d.Replaced = version(p, later)
	g.out.data("wordings/"+p.ID+"/"+w.Since+".json", d)
	g.page(folder(p)+"ban-"+w.Since+"/index.md", map[string]any{
		"title":       fmt.Sprintf("%s: bản từ ngày %s", p.Title, day(w.Since)),
		"description": fmt.Sprintf("Lời văn từ ngày %s đến trước ngày %s, nay không còn hiệu lực.", day(w.Since), day(later.Since)),
		"url":         w.URL,
		"type":        "ban-van-ban",
		"document":    p.ID,
		"wording":     w.Since,
	})
	return d
}

// folder is a plan's own below content/.
func folder(p *catalog.Plan) string { return strings.TrimPrefix(p.Path, "/") + "/" }

// comparisonData is what changed from one wording to the next, as templates read it.
type comparisonData struct {
	From    versionData    `json:"from"`
	To      versionData    `json:"to"`
	Same    int            `json:"same"`
	Counts  map[string]int `json:"counts"`
	Changes []changeData   `json:"changes"`
}

type changeData struct {
	Kind  string          `json:"kind"`
	From  *clauseData     `json:"from"`
	To    *clauseData     `json:"to"`
	Words []compare.Piece `json:"words"`
}

type clauseData struct {
	Short string `json:"short"` // "" outside the provisions
	Part  string `json:"part"`  // there: "head", "preamble", "tail"
	URL   string `json:"url"`
}

func (g *generator) comparison(p *catalog.Plan, from, to *catalog.Wording) {
	c := compare.Documents(from.Document, to.Document)
	d := comparisonData{From: version(p, from), To: version(p, to), Same: c.Same, Counts: map[string]int{}, Changes: []changeData{}}
	clause := func(w *catalog.Wording, c *compare.Clause) *clauseData {
		if c == nil {
			return nil
		}
		data := &clauseData{Short: c.Short, URL: relative(w.URL)}
		if c.Short == "" {
			data.Part, _, _ = strings.Cut(c.ID, "-")
		} else {
			data.URL += "#" + c.ID
		}
		return data
	}
	for _, change := range c.Changes {
		d.Counts[string(change.Kind)]++
		d.Changes = append(d.Changes, changeData{string(change.Kind), clause(from, change.From), clause(to, change.To), change.Words})
	}
	g.out.data("comparisons/"+p.ID+"/"+to.Since+".json", d)
	g.page(folder(p)+"so-sanh-"+to.Since+"/index.md", map[string]any{
		"title":       fmt.Sprintf("%s: thay đổi từ ngày %s", p.Title, day(to.Since)),
		"description": fmt.Sprintf("So sánh từng điều khoản của bản từ ngày %s với bản trước đó.", day(to.Since)),
		"url":         catalog.ComparisonURL(p, to),
		"type":        "so-sanh",
		"document":    p.ID,
		"wording":     to.Since,
	})
}
