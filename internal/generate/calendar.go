package generate

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"lienhiep/internal/calendar"
	"lienhiep/internal/catalog"
)

// calendar writes what has a day as iCalendar: events whose days are known, and what
// plans set a day for. A calendar
// of nothing is none.
func (g *generator) calendar() {
	var events []calendar.Event
	add := func(e *catalog.Entry, when catalog.When) {
		if e.Published() && when.Days() {
			events = append(events, g.event(e, when))
		}
	}
	for _, k := range catalog.Kinds() {
		for _, e := range g.Entries() {
			if e.Kind == k {
				if own := g.ownPage(e); own == e || own.When() != e.When() { // one event, one line
					add(e, e.When())
				}
			}
		}
	}
	for _, p := range g.Plans {
		for _, r := range p.Progress {
			if page := due(p, r.At); page != nil {
				add(page, catalog.When{First: r.Due, Last: r.Due})
			}
		}
	}
	if len(events) > 0 {
		g.out["static/"+calendarFile] = calendar.Write("Liên hiệp", events)
	}
	g.out.data("calendar.json", map[string]any{"events": len(events), "url": calendarFile})
}

// ownPage is the own page of the event that an entry tells of.
func (g *generator) ownPage(e *catalog.Entry) *catalog.Entry {
	if d := g.Deed(e); d != nil {
		return d.Page()
	}
	return e
}

// calendarFile is the calendar's address below the site's root.
const calendarFile = "lich.ics"

// event is what an entry tells of, from the first day to the last. Its ID is the
// entry's address, which is lasting.
func (g *generator) event(e *catalog.Entry, when catalog.When) calendar.Event {
	base, err := url.Parse(g.baseURL)
	if err != nil {
		base = &url.URL{} // the check of the site tells of it
	}
	changed := e.Lastmod
	if !changed.Known() {
		changed = e.Date
	}
	start, end := when.First.Time, when.Last.Time
	return calendar.Event{
		UID: strings.Trim(e.URL, "/") + "@" + base.Hostname(), Start: start, End: end, AllDay: start.Equal(midnight(start)) || end.Equal(midnight(end)),
		Summary: e.Title, Text: e.Description, URL: g.absolute(e.URL), Changed: changed.Time,
	}
}

// due is a provision as the calendar tells of it: by its own page. It is nil where
// the wording in force has no such provision.
func due(p *catalog.Plan, id string) *catalog.Entry {
	if p.Current() == nil || p.Document.Provision(id) == nil {
		return nil
	}
	page := p.Entry
	page.URL = catalog.ProvisionURL(p, id)
	page.Title = fmt.Sprintf("Hạn: %s, %s", p.Document.Number, p.Names(p.Document)[id])
	page.Description = p.Document.Provision(id).Text
	if !page.Date.Known() {
		page.Date.Time, _ = time.Parse(time.DateOnly, p.Document.Date) // which the parser wrote
	}
	return &page
}

// midnight is the beginning of a moment's day.
func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
