package catalog

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/plan"
)

// Deed is an event for which entries speak, or an entry that tells of no event.
type Deed struct {
	Pages []*Entry // on the site, never none: the event's own page, then the others, the last posted first
	When  When
	Scope Scope
}

// Page is the deed's own page.
func (d *Deed) Page() *Entry { return d.Pages[0] }

// Deed returns what a published entry tells of. Translations tell of nothing.
func (c *Catalog) Deed(e *Entry) *Deed { return c.deeds[e] }

// scoped is an entry that may state whose event it tells of, and the key that says it.
type scoped interface {
	scope() (key string, scope Scope)
}

func statedScope(it item) (key string, scope Scope) {
	if it, ok := it.(scoped); ok {
		return it.scope()
	}
	return "", ""
}

// joinDeeds finds the deeds: entries that event-of joins tell of one.
func (c *Catalog) joinDeeds() {
	byPlace := map[string]item{}
	for _, it := range c.entries {
		if e := it.base(); !e.translation {
			byPlace[e.Place()] = it
		}
	}
	var owns []item // the event's own pages
	of := map[item][]item{}
	own := map[item]item{}
	for _, it := range c.entries {
		if it.base().translation {
			continue
		}
		o := ownPage(it, byPlace, own)
		if of[o] == nil {
			owns = append(owns, o)
		}
		of[o] = append(of[o], it)
	}
	c.deeds = make(map[*Entry]*Deed, len(c.entries))
	for _, own := range owns {
		if d := newDeed(own, of[own]); d != nil {
			for _, e := range d.Pages {
				c.deeds[e] = d
			}
		}
	}
}

// ownPage follows event-of to the event's own page, and notes it for each entry on the
// way. Of a circle, which is reported, it is the page at which the way closes.
func ownPage(it item, byPlace map[string]item, known map[item]item) item {
	way := map[item]bool{}
	own := it
	for known[own] == nil && !way[own] {
		way[own] = true
		t, ok := own.(telling)
		if !ok {
			break
		}
		next, ok := byPlace[t.happening().EventOf.ID].(telling)
		if !ok {
			break
		}
		own = next.(item)
	}
	own = cmp.Or(known[own], own)
	for it := range way {
		known[it] = own
	}
	return own
}

// newDeed makes a deed of the entries that tell of it and are on the site, nil where none
// is, and tells each when it was.
func newDeed(own item, all []item) *Deed {
	all = slices.DeleteFunc(all, func(it item) bool { return !it.base().Published() })
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b item) int { return b.base().Date.Compare(a.base().Date.Time) })
	if i := slices.Index(all, own); i > 0 {
		all = slices.Insert(slices.Delete(all, i, i+1), 0, own)
	}
	d := &Deed{}
	isEvent := len(all) > 1
	for _, it := range all {
		e := it.base()
		d.Pages = append(d.Pages, e)
		if it, ok := it.(timed); ok {
			e.when = it.time()
			d.When = cmp.Or(d.When, e.when)
		}
		_, stated := statedScope(it)
		d.Scope = cmp.Or(d.Scope, stated)
		if it, ok := it.(telling); ok {
			isEvent = isEvent || it.happening().EventOf.ID != ""
		}
	}
	d.When = d.refined()
	for _, e := range d.Pages {
		if !e.when.Known() || e.when.holds(d.When) {
			e.when = d.When
		}
	}
	if d.Scope == "" {
		d.Scope = Explainer
		if isEvent || d.When.Known() {
			d.Scope = Province
		}
	}
	return d
}

// refined is when the deed was as the page says that knows it best: the day of a round of
// which its own page names the year alone, where the others agree.
func (d *Deed) refined() When {
	best := d.When
	if best.First != best.Last || best.Days() {
		return best
	}
	for _, e := range d.Pages {
		switch {
		case e.when == d.When || !d.When.holds(e.when):
		case best == d.When || best.holds(e.when):
			best = e.when
		case !e.when.holds(best):
			return d.When
		}
	}
	return best
}

// Account is what entries say of a provision and of those below it, each deed once, the
// latest first. Only what is done counts.
type Account struct {
	Done       []*Deed // of the province, begun since the plan's day
	Undated    []*Deed // of the province; when is not known
	Ahead      []*Deed // of the province, still to come
	Earlier    []*Deed // of the province; before the plan's day, or not known to be since
	National   []*Deed
	Elsewhere  []*Deed
	Explainers []*Deed
}

// Apart is deeds that are shown but do not count.
type Apart struct {
	Why   string // "undated", "ahead", "earlier", "national", "elsewhere", "explainers"
	Deeds []*Deed
}

// Apart returns what does not count, without empty lists, in the order in which it is shown.
func (a *Account) Apart() []Apart {
	all := []Apart{{"undated", a.Undated}, {"ahead", a.Ahead}, {"earlier", a.Earlier}, {"national", a.National}, {"elsewhere", a.Elsewhere}, {"explainers", a.Explainers}}
	return slices.DeleteFunc(all, func(one Apart) bool { return len(one.Deeds) == 0 })
}

// Empty reports whether nothing is said.
func (a *Account) Empty() bool { return len(a.Done) == 0 && len(a.Apart()) == 0 }

// Account returns what entries say of a provision and of those below it. Every count of
// what was done for a plan comes from here.
func (c *Catalog) Account(p *Plan, provision *plan.Provision) *Account {
	return c.account(p, c.deedsBelow(p, provision))
}

// deedsBelow are those of a provision and of those below it; some may stand there twice.
func (c *Catalog) deedsBelow(p *Plan, provision *plan.Provision) []*Deed {
	all := c.deedsOf(p, provision)
	for _, child := range provision.Children {
		all = append(all, c.deedsBelow(p, child)...)
	}
	return all
}

func (c *Catalog) deedsOf(p *Plan, provision *plan.Provision) []*Deed {
	var all []*Deed
	for _, e := range c.Evidence[p.ID+"/"+provision.ID] {
		all = append(all, c.deeds[e])
	}
	return all
}

// account sorts deeds by how they bear on the plan.
func (c *Catalog) account(p *Plan, deeds []*Deed) *Account {
	a, day := &Account{}, c.dayOf(p)
	seen := map[*Deed]bool{}
	for _, d := range deeds {
		if seen[d] {
			continue
		}
		seen[d] = true
		list := a.listFor(d, day, c.options.Now)
		*list = append(*list, d)
	}
	for _, list := range []*[]*Deed{&a.Done, &a.Undated, &a.Ahead, &a.Earlier, &a.National, &a.Elsewhere, &a.Explainers} {
		latestFirst(*list)
	}
	return a
}

func (a *Account) listFor(d *Deed, day, now time.Time) *[]*Deed {
	switch {
	case d.Scope == National:
		return &a.National
	case d.Scope == Elsewhere:
		return &a.Elsewhere
	case d.Scope == Explainer:
		return &a.Explainers
	case !d.When.Known():
		return &a.Undated
	case d.When.First.After(now):
		return &a.Ahead
	case d.When.First.Before(day):
		return &a.Earlier
	}
	return &a.Done
}

// dayOf is the day of the plan as it was first issued.
func (c *Catalog) dayOf(p *Plan) time.Time {
	day, _ := time.ParseInLocation(time.DateOnly, p.Wordings[0].Document.Date, c.options.Zone) // which the parser wrote
	return day
}

// latestFirst sorts deeds by when they were; of those of which nothing is known, the last
// posted stands first.
func latestFirst(deeds []*Deed) {
	slices.SortStableFunc(deeds, func(a, b *Deed) int {
		return cmp.Or(b.When.compare(a.When), b.Page().Date.Compare(a.Page().Date.Time), strings.Compare(a.Page().File, b.Page().File))
	})
}

// YearDeeds are the deeds of one year, the latest first.
type YearDeeds struct {
	Year  int
	Deeds []*Deed
}

// ByYear groups deeds whose time is known by the year that they are counted in, the
// latest first.
func ByYear(deeds []*Deed) []YearDeeds {
	var groups []YearDeeds
	for _, d := range deeds {
		year := d.When.Year()
		i := slices.IndexFunc(groups, func(g YearDeeds) bool { return g.Year == year })
		if i < 0 {
			i, groups = len(groups), append(groups, YearDeeds{Year: year})
		}
		groups[i].Deeds = append(groups[i].Deeds, d)
	}
	slices.SortFunc(groups, func(a, b YearDeeds) int { return cmp.Compare(b.Year, a.Year) })
	return groups
}
