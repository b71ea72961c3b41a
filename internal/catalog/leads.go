package catalog

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
)

// Destinations are where links within the site may lead, for those who ask before it is
// built; places of entries that are not on the site are among them.
type Destinations map[string]bool

// Destinations returns the addresses of all pages of the site, and the places of entries
// in content/, by which links may name them too.
func (c *Catalog) Destinations() Destinations {
	all := Destinations{planList: true, personList: true, fieldList: true}
	for _, address := range c.Addresses() {
		all[address] = true
	}
	for address := range c.Unpublished() { // told otherwise
		all[closed(address)] = true
	}
	maps.Copy(all, c.sectionAddresses())
	maps.Copy(all, c.static)
	for _, it := range c.entries {
		if e := it.base(); e.Published() {
			for _, old := range e.OldAddresses() {
				all[closed(old)] = true
			}
			all[closed(e.Path)] = true
			all[closed(rootOf(e.Lang)+strings.TrimPrefix(e.Path, "/"))] = true
		}
	}
	return all
}

// Has reports whether a link that begins with "/" leads somewhere. Of what is no page,
// such as a file or the data that programs read, nothing is known: it counts as there.
func (d Destinations) Has(link string) bool {
	link, _, _ = strings.Cut(link, "#")
	link, _, _ = strings.Cut(link, "?")
	if plain, err := url.PathUnescape(link); err == nil {
		link = plain
	}
	return path.Ext(link) != "" || d[closed(link)] || isBuilt(closed(link))
}

// HasFrom reports the same of any link in an entry's text: one that does not begin with
// "/" is read from the entry, from its folder and from the root.
func (d Destinations) HasFrom(e *Entry, link string) bool {
	scheme, _, has := strings.Cut(link, ":")
	address, _, _ := strings.Cut(link, "#")
	switch {
	case strings.HasPrefix(link, "/"):
		return strings.HasPrefix(link, "//") || d.Has(link)
	case has && !strings.ContainsAny(scheme, "/?#"), address == "", strings.HasPrefix(link, "?"):
		return true
	}
	return slices.ContainsFunc(append(e.leadsTo(link), "/"+address), d.Has)
}
