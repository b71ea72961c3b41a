package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// grouped is an entry whose neighbours are those of its group alone.
type grouped interface{ group() string }

// Told returns the published entries of a kind in the order in which readers meet them:
// those that tell of events, the latest first and those of which nobody knows when last,
// and apart those that explain, the last posted first.
func (c *Catalog) Told(k Kind) (events, explainers []*Entry) {
	for _, run := range c.Runs(k) {
		events = append(events, run.Events...)
		explainers = append(explainers, run.Explainers...)
	}
	latestEventFirst(events)
	return events, explainers
}

// Run is entries of a kind through which readers turn from one to the next.
type Run struct{ Events, Explainers []*Entry }

// Runs returns the published entries of a kind, in the order of [Catalog.Told]: one run,
// or one for each group of entries that readers turn through by itself.
func (c *Catalog) Runs(k Kind) []*Run {
	var runs []*Run
	at := map[string]*Run{}
	for _, it := range c.entries {
		e := it.base()
		if e.Kind != k || c.deeds[e] == nil {
			continue
		}
		group := ""
		if it, ok := it.(grouped); ok {
			group = it.group()
		}
		if at[group] == nil {
			at[group] = &Run{}
			runs = append(runs, at[group])
		}
		if run := at[group]; c.deeds[e].Scope == Explainer {
			run.Explainers = append(run.Explainers, e)
		} else {
			run.Events = append(run.Events, e)
		}
	}
	for _, run := range runs {
		latestEventFirst(run.Events)
		newestFirst(run.Explainers)
	}
	return runs
}

func latestEventFirst(entries []*Entry) {
	slices.SortStableFunc(entries, func(a, b *Entry) int {
		return cmp.Or(b.when.compare(a.when), b.Date.Compare(a.Date.Time), strings.Compare(a.File, b.File))
	})
}
