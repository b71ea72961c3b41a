package catalog

import (
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// Trace is a place that leads to an entry, or names it.
type Trace struct {
	Pos  diag.Pos
	How  Tie
	In   *Entry // what it stands in; nil of the site's own facts
	Ref  string // the link, address or ID, as it is written there
	Name string // of an item of a menu
}

// Tie is how a place is tied to an entry.
type Tie string

const (
	TieLink     Tie = "link"     // a link in a text
	TiePerson   Tie = "person"   // the entry names the person in its front matter
	TieEvent    Tie = "event"    // it tells of the same event
	TieDocument Tie = "document" // it carries out the document
	TieMenu     Tie = "menu"     // an item of the site's menus
	TieHome     Tie = "home"     // the home page puts it first
)

// Traces returns what leads to a page in one of its languages, in the order of the files.
// What only names it in its words is not among them: see [NamedBy].
func (c *Catalog) Traces(pages []*Entry) []Trace {
	own := map[string]bool{}
	for _, e := range pages {
		own[e.URL], own[closed(e.Path)] = true, true
		for _, old := range e.OldAddresses() {
			own[closed(old)] = true
		}
	}
	var all []Trace
	for _, it := range c.entries {
		e := it.base()
		if slices.Contains(pages, e) {
			continue
		}
		for _, l := range e.links {
			if slices.ContainsFunc(e.leadsTo(l.address), func(a string) bool { return own[a] || inside(a, own) }) {
				all = append(all, Trace{Pos: l.pos, How: TieLink, In: e, Ref: l.destination})
			}
		}
		all = append(all, refsOf(it, pages[0])...)
	}
	return append(all, c.onTheWebsite(pages, own)...)
}

// inside reports whether an address is that of a file of one of the pages.
func inside(address string, own map[string]bool) bool {
	parent := address[:strings.LastIndexByte(strings.TrimSuffix(address, "/"), '/')+1]
	return parent != "/" && own[parent] && strings.Contains(strings.TrimPrefix(address, parent), ".")
}

// carrying is an entry that may carry out others of its kind.
type carrying interface{ carries() []Ref }

// refsOf are the references of an entry to another by its ID or place. A translation is
// referred to by nothing.
func refsOf(it item, to *Entry) []Trace {
	if to.translation {
		return nil
	}
	e := it.base()
	var all []Trace
	if to.Kind == KindPerson {
		for _, r := range mentionsOf(it).People {
			if r.ID == to.ID {
				all = append(all, Trace{Pos: r.Pos, How: TiePerson, In: e, Ref: r.ID})
			}
		}
	}
	if t, ok := it.(telling); ok && t.happening().EventOf.ID == to.Place() {
		all = append(all, Trace{Pos: t.happening().EventOf.Pos, How: TieEvent, In: e, Ref: to.Place()})
	}
	if d, ok := it.(carrying); ok && to.Kind == e.Kind {
		for _, r := range d.carries() {
			if r.ID == to.ID {
				all = append(all, Trace{Pos: r.Pos, How: TieDocument, In: e, Ref: r.ID})
			}
		}
	}
	return all
}

// onTheWebsite are the items of the menus and of the home page.
func (c *Catalog) onTheWebsite(pages []*Entry, own map[string]bool) []Trace {
	var all []Trace
	for _, e := range []*Edition{&c.Website.Edition, c.Website.English} {
		for _, item := range e.items() {
			if own[closed(item.Page)] {
				all = append(all, Trace{Pos: item.pos, How: TieMenu, Ref: item.Page, Name: item.Name})
			}
		}
	}
	home := c.Website.Home
	if home == nil || pages[0].translation {
		return all
	}
	for _, list := range home.lists() {
		for _, r := range list.refs {
			if pages[0].Kind == list.kind && r.ID == pages[0].ID {
				all = append(all, Trace{Pos: r.Pos, How: TieHome, Ref: r.ID})
			}
		}
	}
	return all
}

// PagesOf returns the entry of a file and the same page in other languages, the site's first
// language first; none where there is no such entry.
func (c *Catalog) PagesOf(file string) []*Entry {
	at := slices.IndexFunc(c.Entries(), func(e *Entry) bool { return e.File == file })
	if at < 0 {
		return nil
	}
	one := c.Entries()[at]
	pages := slices.DeleteFunc(c.Entries(), func(e *Entry) bool { return e.Path != one.Path })
	slices.SortStableFunc(pages, func(a, b *Entry) int { return strings.Compare(b.Lang, a.Lang) }) // "vi" before "en"
	return pages
}

// IsSection reports whether the entry is the page of a whole section, which its entries
// need.
func (e *Entry) IsSection() bool {
	return e.Kind == KindPage && strings.HasPrefix(e.File[strings.LastIndexByte(e.File, '/')+1:], "_index.")
}

// NamedBy returns what reports whether a text names one of some entries by its title, of two
// words or more, with whatever marks and punctuation.
func NamedBy(entries []*Entry) func(text string) bool {
	numbers := map[string]int{} // of the syllables of titles, from 1
	var titles [][]int
	for _, e := range entries {
		var title []int
		for s := range viet.Syllables(e.Title) {
			if numbers[string(s.Key)] == 0 {
				numbers[string(s.Key)] = len(numbers) + 1
			}
			title = append(title, numbers[string(s.Key)])
		}
		if len(title) > 1 {
			titles = append(titles, title)
		}
	}
	return func(text string) bool {
		var words []int
		for s := range viet.Syllables(text) {
			words = append(words, numbers[string(s.Key)])
		}
		return slices.ContainsFunc(titles, func(title []int) bool {
			for i := range max(0, len(words)-len(title)+1) {
				if slices.Equal(words[i:i+len(title)], title) {
					return true
				}
			}
			return false
		})
	}
}
