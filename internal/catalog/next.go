package catalog

import "time"

// Change is a change of one page that happens at a certain time without an edit.
type Change struct {
	Entry *Entry
	Event Event
}

// Event is the kind of a change. The values are also used in machine-readable output.
type Event string

const (
	Appears Event = "appears"
	Expires Event = "expires"
	Amended Event = "amended" // a plan's page shows another text from then on
	Happens Event = "happens" // what it announces begins, and counts for a plan from then on
	Turns   Event = "turns"   // it says from then on that entries are taken, no longer taken, or that it is over
)

// NextChange returns the first moment after the given one at which the site changes
// without an edit, and the changes then. The time is zero if there is none.
func (c *Catalog) NextChange(after time.Time) (time.Time, []Change) {
	var at time.Time
	var changes []Change
	note := func(t time.Time, ch Change) {
		switch {
		case !t.After(after) || !at.IsZero() && t.After(at):
			return
		case !t.Equal(at):
			at, changes = t, nil
		}
		changes = append(changes, ch)
	}
	for _, e := range c.Entries() {
		if e.Draft || e.expired(e.appears()) {
			continue // never to be seen
		}
		note(e.appears(), Change{e, Appears})
		if e.ExpiryDate.Known() {
			note(e.ExpiryDate.Time, Change{e, Expires})
		}
	}
	for _, it := range c.entries {
		e := it.base()
		if d := c.deeds[e]; d != nil && !e.Kind.Explains() && len(mentionsOf(it).Plan) > 0 && d.When.Known() && !e.expired(d.When.First.Time) {
			note(d.When.First.Time, Change{e, Happens})
		}
		if part, ok := it.(takingPart); ok && !e.Draft {
			for _, t := range part.turns() {
				if !t.Before(e.appears()) && !e.expired(t) && part.intake(t) != part.intake(t.Add(-1)) {
					note(t, Change{e, Turns})
				}
			}
		}
	}
	for _, p := range c.Plans {
		for _, v := range p.Versions {
			if day := v.Date.Time; v.Date.Known() && !p.Draft && day.After(p.appears()) && !p.expired(day) {
				note(day, Change{&p.Entry, Amended})
			}
		}
	}
	return at.In(c.options.Zone), changes
}
