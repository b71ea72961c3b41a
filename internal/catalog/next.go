package catalog

import "time"

// Change is what the passing of time does to one page.
type Change struct {
	Entry   *Entry
	Appears bool // else it is taken down
}

// NextChange tells when the site next changes by itself after a moment, and what
// changes then. Without any such change the time is zero.
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
		note(e.appears(), Change{e, true})
		if e.ExpiryDate.Known() {
			note(e.ExpiryDate.Time, Change{e, false})
		}
	}
	return at.In(c.options.Zone), changes
}
