package catalog

import (
	"cmp"
	"maps"
	"reflect"
	"slices"

	"lienhiep/internal/matter"
	"lienhiep/internal/viet"
)

// Summary is what a list shows of an entry beside its title.
type Summary struct {
	*Entry
	Image    *Image // the main picture, or nil
	Mentions Mentions
	Consent  bool // the entry is published only with somebody's consent, and lacks it
}

// Summaries returns those of all entries, ordered by file name.
func (c *Catalog) Summaries() []Summary {
	all := make([]Summary, len(c.entries))
	for i, it := range c.entries {
		all[i] = Summary{Entry: it.base(), Mentions: mentionsOf(it)}
		if p, ok := it.(pictured); ok {
			_, all[i].Image = p.picture()
		}
		if p, ok := it.(*Person); ok {
			all[i].Consent = !p.translation && (p.Consent == nil || p.Consent.Basis == "consent" && p.Consent.missing() != "")
		}
	}
	return all
}

// State is how an entry stands to the site.
type State string

const (
	Live    State = "live"
	Draft   State = "draft"
	Waiting State = "waiting" // for its day
	Expired State = "expired"
)

// State returns the entry's state at the moment that the catalogue was loaded for.
func (c *Catalog) State(e *Entry) State {
	switch {
	case e.expired(c.options.Now):
		return Expired
	case e.Draft:
		return Draft
	case e.appears().After(c.options.Now):
		return Waiting
	}
	return Live
}

// Appears is when the entry comes onto the site.
func (e *Entry) Appears() Date {
	if e.PublishDate.Known() {
		return e.PublishDate
	}
	return e.Date
}

// Items returns what entries' lists of texts with the key hold, such as the names of
// fields, each once: the most frequent first, then in Vietnamese order.
func (c *Catalog) Items(key string) []string {
	times := map[string]int{}
	for _, it := range c.entries {
		v := reflect.ValueOf(it).Elem()
		for _, f := range fieldsOf(v.Type()) {
			if f.Key == key && f.Type == matter.TypeList {
				for _, text := range v.FieldByIndex(f.Index).Interface().([]string) {
					times[text]++
				}
			}
		}
	}
	return slices.SortedFunc(maps.Keys(times), func(a, b string) int {
		return cmp.Or(cmp.Compare(times[b], times[a]), viet.Compare(a, b))
	})
}
