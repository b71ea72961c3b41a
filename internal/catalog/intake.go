package catalog

import (
	"cmp"
	"time"
)

// Intake is whether entries, nominations or papers are taken.
type Intake string

const (
	IntakeAhead    Intake = "ahead"     // has not begun
	IntakeOpen     Intake = "open"      // takes entries, until a day that is known
	IntakeUnderWay Intake = "under-way" // has begun; until when it takes entries is not known
	IntakeClosed   Intake = "closed"    // takes no entries any more, and is not known to be over
	IntakeOver     Intake = "over"
)

// takingPart is an entry of a kind that readers can take part in.
type takingPart interface {
	intake(now time.Time) Intake // "" where nothing is known
	turns() []time.Time          // when that may change
}

// Intakes returns whether that takes entries now which published entries invite to,
// without translations and without entries of which it is not known.
func (c *Catalog) Intakes() map[*Entry]Intake {
	all := map[*Entry]Intake{}
	for _, it := range c.entries {
		e := it.base()
		if it, ok := it.(takingPart); ok && e.published && !e.translation {
			if s := it.intake(c.options.Now); s != "" {
				all[e] = s
			}
		}
	}
	return all
}

// intake goes by the days that are given and by the event or, where it has none, by the
// years that the period names.
func (c *Contest) intake(now time.Time) Intake {
	whole := cmp.Or(c.Event, c.periodYears())
	begins := cmp.Or(c.Begins, whole.First)
	switch {
	case !begins.Known():
		return ""
	case now.Before(begins.Time):
		return IntakeAhead
	case c.Ends.Known() && !now.After(c.Ends.end()):
		return IntakeOpen
	case whole.Known() && now.After(whole.Last.end()) && !c.Ends.After(whole.Last.end()): // else that was its beginning
		return IntakeOver
	case c.Ends.Known():
		return IntakeClosed
	case whole.Known():
		return IntakeUnderWay
	}
	return ""
}

func (c *Contest) turns() []time.Time {
	whole := cmp.Or(c.Event, c.periodYears())
	return []time.Time{cmp.Or(c.Begins, whole.First).Time, c.Ends.end().Add(1), whole.Last.end().Add(1)}
}

// intake goes by the deadline.
func (p *Procedure) intake(now time.Time) Intake {
	switch {
	case !p.Deadline.Known():
		return ""
	case now.After(p.Deadline.end()):
		return IntakeClosed
	}
	return IntakeOpen
}

func (p *Procedure) turns() []time.Time { return []time.Time{p.Deadline.end().Add(1)} }
