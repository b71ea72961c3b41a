package withdrawal

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

// Detach computes how the rest of the content must change when a page, in one or all of its
// languages, is removed: links to it become their words, references to it go. Nobody's
// words change. Left are the places that lead there and cannot be mended automatically:
// with any of them the site could not be built.
func Detach(fsys fs.FS, c *catalog.Catalog, pages []*catalog.Entry, zone *time.Location) (edits []Edit, left []diag.Pos, err error) {
	t := targets{onSite: c.OnSite}
	if !strings.HasSuffix(pages[0].File, ".en.md") {
		t.path = pages[0].Path
	}
	for _, p := range pages {
		t.addresses = append(append(t.addresses, p.URL), p.OldAddresses()...)
	}
	traces := map[string][]catalog.Trace{}
	var files []string
	for _, one := range c.Traces(pages) {
		if traces[one.Pos.File] == nil {
			files = append(files, one.Pos.File)
		}
		traces[one.Pos.File] = append(traces[one.Pos.File], one)
	}
	for _, file := range files {
		src, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, nil, fmt.Errorf("reading the content: %w", err)
		}
		var text []byte
		var stay []diag.Pos
		if in := traces[file][0].In; in != nil {
			text, stay = detached(string(src), in, traces[file], t)
		} else {
			text, stay = offTheWebsite(src, traces[file], zone)
		}
		if left = append(left, stay...); string(text) != string(src) {
			edits = append(edits, Edit{file, text})
		}
	}
	return edits, left, nil
}

// detached is an entry without what leads to the page.
func detached(src string, e *catalog.Entry, traces []catalog.Trace, t targets) (text []byte, left []diag.Pos) {
	lines := slices.Collect(strings.Lines(src))
	first := e.BodyLine() - 1
	body, _ := unlink(strings.Join(lines[first:], ""), t, e)
	event := false
	for _, one := range traces {
		switch one.How {
		case catalog.TieEvent:
			event = true
		case catalog.TiePerson, catalog.TieDocument:
			if !matter.RemoveItem(lines[:first], one.Pos.Line, one.Ref) {
				left = append(left, one.Pos)
			}
		}
	}
	head := strings.Join(lines[:first], "")
	for _, line := range linksIn(body, t, e) {
		left = append(left, diag.Pos{File: e.File, Line: strings.Count(head, "\n") + line})
	}
	text = []byte(head + body)
	if event {
		edited, err := matter.Edit(text, []matter.Setting{{Key: "event-of"}})
		if err != nil {
			return text, append(left, traces[0].Pos)
		}
		text = edited
	}
	return text, left
}

// offTheWebsite is the site's own facts without the items that lead to the page.
func offTheWebsite(src []byte, traces []catalog.Trace, zone *time.Location) (text []byte, left []diag.Pos) {
	table, _, _, err := matter.ReadTOML(src)
	if err == nil {
		without(table, func(key string, item *matter.Value) bool {
			return slices.ContainsFunc(traces, func(t catalog.Trace) bool {
				switch key {
				case "menu", "footer":
					return t.How == catalog.TieMenu && item.Get("page") != nil && item.Get("page").Text == t.Ref
				case "plans", "people", "news":
					return t.How == catalog.TieHome && item.Text == t.Ref
				}
				return false
			})
		})
		text, err = matter.ReviseTOML(catalog.TableOf(catalog.WebsiteFile).Fields, src, table, zone)
	}
	if err != nil {
		for _, t := range traces {
			left = append(left, t.Pos)
		}
		return src, left
	}
	return text, nil
}

// without takes the items out of lists, at any depth, for which is says so.
func without(v *matter.Value, is func(key string, item *matter.Value) bool) {
	for _, k := range v.Keys {
		k.Value.Items = slices.DeleteFunc(k.Value.Items, func(item *matter.Value) bool { return is(k.Name, item) })
		without(k.Value, is)
	}
}
