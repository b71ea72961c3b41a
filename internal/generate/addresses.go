package generate

import "strings"

// target is where an address leads.
type target struct {
	URL  string `json:"url"`  // relative to the site's root
	Lang string `json:"lang"` // of the page; "" for a file
}

// addresses writes the table in which templates look up links: the address of every page
// and of every generated file, without the slash at its end, so that a link may leave it
// out.
func (g *generator) addresses() {
	table := map[string]target{}
	add := func(address, lang string) {
		table[strings.TrimSuffix(address, "/")] = target{relative(address), lang}
	}
	for name := range g.out {
		if address, ok := strings.CutPrefix(name, "static"); ok {
			add(address, "")
		}
	}
	for address, lang := range g.pages {
		add(address, lang)
	}
	for _, e := range g.Entries() {
		if !e.Published() {
			continue
		}
		for _, old := range e.OldAddresses() { // of which the new one is the better
			table[strings.TrimSuffix(old, "/")] = target{relative(e.URL), e.Lang}
		}
	}
	for _, e := range g.Entries() {
		if e.Published() {
			add(e.URL, e.Lang)
		}
	}
	g.out.data("addresses.json", table)
}

// langOf is the language of a content file by its name.
func langOf(name string) string {
	if strings.HasSuffix(name, ".en.md") {
		return "en"
	}
	return "vi"
}
