package generate

import (
	"fmt"
	"maps"
	"path"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/form"
)

// schemaURL is where the JSON forms' schema stands.
const schemaURL = "/luoc-do/" + form.SchemaName

// forms writes every wording of every plan in all forms, and the file that it was
// read from, as files that Hugo copies.
func (g *generator) forms() error {
	g.out["static"+schemaURL] = form.Schema
	for _, p := range g.Plans {
		if !p.Published() {
			continue
		}
		for _, w := range p.Wordings {
			files, err := form.Files(g.edition(p, w))
			if err != nil {
				return fmt.Errorf("%s: %w", w.File, err)
			}
			tables, err := form.Tables(w.Document)
			if err != nil {
				return fmt.Errorf("%s: %w", w.File, err)
			}
			maps.Copy(files, tables)
			for name, data := range files {
				g.out["static"+w.URL+name] = data
			}
			g.out["static"+p.URL+path.Base(w.File)] = w.Source
		}
	}
	return nil
}

func (g *generator) edition(p *catalog.Plan, w *catalog.Wording) *form.Edition {
	e := &form.Edition{
		Document: w.Document, Name: p.ID, Date: w.Since, Publisher: publishedBy(g.Website.Publisher), URL: g.absolute(w.URL), Schema: g.absolute(schemaURL),
		Library: func(number string) string {
			if url := g.directiveURL(number); url != "" {
				return g.absolute("/" + url)
			}
			return ""
		},
	}
	if w == p.Current() && p.HasTasks() {
		e.Progress = formProgress(g.Overview(p))
	}
	return e
}

// formProgress is how far the provisions have come of which the page of progress
// tells.
func formProgress(o *catalog.Overview) map[string]form.Progress {
	all := map[string]form.Progress{}
	for _, u := range o.Units {
		for _, s := range u.All() {
			r := s.Record
			all[s.ID] = form.Progress{Status: upperFirst(s.Status.Words()), Lead: r.Lead, With: r.With, Due: iso(r.Due), Period: r.Period, Deeds: len(s.Whole.Done)}
		}
	}
	return all
}

// absolute is an address with the site's own in front.
func (g *generator) absolute(url string) string { return strings.TrimSuffix(g.baseURL, "/") + url }

// publishedBy names a publisher and how to reach them in a line, or is "".
func publishedBy(p *catalog.Publisher) string {
	if !p.Known() {
		return ""
	}
	line := "Đăng bởi " + p.Body
	for _, contact := range []string{p.Address, p.Phone, p.Email} {
		if contact != "" {
			line += " · " + contact
		}
	}
	return line
}
