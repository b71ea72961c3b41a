package catalog

import (
	"maps"
	"path"
	"slices"
	"strings"
)

// Hidden is an entry that is not on the site at present, or a person who has withdrawn.
type Hidden struct {
	Down      bool     // it was on the site, and was taken down
	File      string   // "" of a person who has withdrawn
	Addresses []string // all that it would have, or had
	Names     []string // parts of addresses ("tran-van-mau") that are its own: nothing on the site has them
}

// Hidden returns everything that must not be on the site at present.
func (c *Catalog) Hidden() []Hidden {
	open := c.openAddresses()
	words := wordsOf(open)
	var all []Hidden
	add := func(file string, addresses []string, names ...string) {
		slices.Sort(addresses)
		all = append(all, Hidden{
			File:      file,
			Addresses: slices.DeleteFunc(slices.Compact(addresses), func(a string) bool { return open[a] }),
			Names:     slices.DeleteFunc(slices.Compact(names), func(n string) bool { return words[n] || isNumber(n) }),
		})
	}
	for _, it := range c.entries {
		if e := it.base(); !e.published {
			add(e.File, c.addressesOf(it), e.ID, path.Base(e.URL))
			all[len(all)-1].Down = e.TakenDown(c.options.Now)
		}
	}
	for _, w := range c.Withdrawn {
		add("", append(slices.Clone(w.Addresses), personList+w.Person+"/"), w.Person)
	}
	return all
}

// The folders of Hugo's lists of what names a person, a provision or a field.
const (
	personList = "/people/"
	planList   = "/plan/"
	fieldList  = "/fields/"
)

// fieldAddresses are those of a field: its own page and Hugo's list.
func fieldAddresses(name string) []string {
	return []string{FieldURL(name), fieldList + strings.ReplaceAll(strings.ToLower(name), " ", "-") + "/"}
}

// addressesOf returns every address that an entry would have on the site, with those
// of its fields and awards. What a translation shares with the page that it translates
// is that page's.
func (c *Catalog) addressesOf(it item) []string {
	e := it.base()
	root := ""
	if e.Lang != "vi" {
		root = "/" + e.Lang
	}
	all := append(e.OldAddresses(), e.URL, closed(root+e.Path))
	if e.translation {
		return all
	}
	for _, name := range mentionsOf(it).Fields {
		all = append(all, fieldAddresses(name)...)
	}
	switch it := it.(type) {
	case *Person:
		for _, a := range it.Awards {
			all = append(all, AwardURL(a.Name))
		}
		all = append(all, c.AddressesOf(it)...)
		all = append(all, personList+e.ID+"/")
	case *Plan:
		all = append(all, slices.Collect(maps.Keys(planAddresses(it)))...)
		all = append(all, planList+e.ID+"/")
		for _, provision := range it.Provisions() {
			all = append(all, planList+e.ID+"/"+provision.ID+"/")
		}
	}
	return all
}

// openAddresses are those of what is on the site, entries and what is made of them.
func (c *Catalog) openAddresses() map[string]bool {
	open := c.addressesMadeOf((*Entry).Published)
	for _, name := range c.Fields() {
		for _, address := range fieldAddresses(name) {
			open[address] = true
		}
	}
	for _, e := range c.Noticed() {
		open[e.URL] = true
	}
	for _, it := range c.entries {
		if e := it.base(); e.Published() {
			for _, address := range append(e.OldAddresses(), e.URL, closed(e.Path)) {
				open[address] = true
			}
		}
	}
	return open
}

// siteWords are parts of addresses that are the site's own, whatever it holds.
var siteWords = []string{"api", "css", "en", "index", "js", "luoc-do", "plan", "people", "search", "thuc-hien", "trang", "v1", "van-ban", "vi"}

// wordsOf returns the parts of addresses.
func wordsOf(addresses map[string]bool) map[string]bool {
	words := map[string]bool{}
	for _, w := range siteWords {
		words[w] = true
	}
	for address := range addresses {
		for part := range strings.SplitSeq(path.Clean(address), "/") {
			words[part] = true
		}
	}
	return words
}

// isNumber reports whether a name is a number, such as a year or that of a page of a
// list, which says nothing of whose it is.
func isNumber(name string) bool { return strings.Trim(name, "0123456789-/") == "" }
