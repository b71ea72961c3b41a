// Package report drafts the periodic report on how a plan has been carried out:
// for each task and action what was done, the evidence with dates and links, and
// what is missing.
//
// In: a linked [catalog.Catalog], one of its plans, and the [Period] to report
// on. Out: a [Report], written as a Word document in the style of official
// documents, as Markdown, as HTML, or as CSV. The same content gives the same
// bytes.
//
// A draft states only what the site can prove. What a person must decide (the
// reporting body, number, date, assessment, signature) is in square brackets.
package report

import (
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
)

// Period is the days that a report covers, inclusive.
type Period struct{ From, To time.Time }

func (p Period) contains(t time.Time) bool {
	return !t.Before(p.From) && t.Before(p.To.AddDate(0, 0, 1))
}

// Report is the content of a report on a plan.
type Report struct {
	Period
	Document *plan.Document
	Site     string // the page on the plan's progress, absolute
	Units    []*Item
	Evidence int // in the period, each entry once
}

// Item is a task or an action of the plan.
type Item struct {
	ID       string
	Short    string // "II.1.2"
	Text     string // its words
	URL      string // of its page, absolute
	Status   catalog.Status
	Lead     []string
	With     []string
	Due      time.Time // zero where there is none
	When     string    // the period given in words
	Notes    []catalog.ProgressNote
	Evidence []Evidence // for itself, in the period
	Elsewhen int        // how much more evidence there is outside the period
	IsAction bool
	Below    []*Item // of a task: its actions, and what else below it something is known of
}

// Evidence is an entry that is evidence for a provision.
type Evidence struct {
	When  string // "24/12/2022", "năm 2020", "2024–2025"
	Kind  string // "tin, bài"
	Title string
	URL   string // absolute
}

// New returns the report on a plan, whose document must have been read. baseURL is the
// site's address.
func New(c *catalog.Catalog, p *catalog.Plan, period Period, baseURL string) *Report {
	o := c.Overview(p)
	absolute := func(url string) string { return strings.TrimSuffix(baseURL, "/") + url }
	r := &Report{Period: period, Document: p.Document, Site: absolute(catalog.ProgressURL(p))}
	for _, d := range o.Whole.Done {
		if d.When.Within(period.From, period.To) {
			r.Evidence++
		}
	}
	names := p.Document.Designations()
	item := func(s *catalog.Standing) *Item {
		record := s.Record
		one := &Item{
			ID: s.ID, Short: names[s.ID].Short, Text: words(s.Provision), URL: absolute(catalog.ProvisionURL(p, s.ID)),
			Status: s.Status, Lead: record.Lead, With: record.With, Due: record.Due.Time, When: record.Period, IsAction: len(s.Below) == 0,
		}
		for _, n := range record.Notes {
			if period.contains(n.Date.Time) {
				one.Notes = append(one.Notes, n)
			}
		}
		for _, d := range s.Own.Done {
			if !d.When.Within(period.From, period.To) {
				one.Elsewhen++
				continue
			}
			e := d.Page()
			one.Evidence = append(one.Evidence, Evidence{spanWords(d.When), e.Kind.Name(diag.Vietnamese), e.Title, absolute(e.URL)})
		}
		return one
	}
	for _, u := range o.Units {
		unit := item(u)
		for _, s := range u.Told() {
			unit.Below = append(unit.Below, item(s))
		}
		r.Units = append(r.Units, unit)
	}
	return r
}

// words are a provision's own, without the stroke that ends a document.
func words(p *plan.Provision) string {
	return strings.TrimSuffix(strings.ReplaceAll(p.Words(), "\n", " "), "/.")
}

// spanWords says when something was.
func spanWords(s catalog.When) string {
	if s.First == s.Last && s.Days() {
		return dayWords(s.Last.Time)
	}
	return s.Words(diag.Vietnamese)
}

// dayWords writes a day as official documents do.
func dayWords(t time.Time) string { return plan.OfficialDate(t.Format(time.DateOnly)) }

// All returns the item and its descendants.
func (i *Item) All() []*Item { return append([]*Item{i}, i.Below...) }

// Actions returns the leaves below the item: what has to be done.
func (i *Item) Actions() []*Item {
	return slices.DeleteFunc(i.All(), func(one *Item) bool { return !one.IsAction })
}

// Count is numbers of actions.
type Count struct {
	Actions  int // to be done
	Reported int // of them with a status
	Proven   int // of them with evidence in the period
}

func (c Count) plus(o Count) Count {
	return Count{c.Actions + o.Actions, c.Reported + o.Reported, c.Proven + o.Proven}
}

// Count counts the item's actions.
func (i *Item) Count() Count {
	var c Count
	for _, a := range i.Actions() {
		c.Actions++
		if a.Status != catalog.NotReported {
			c.Reported++
		}
		if len(a.Evidence) > 0 {
			c.Proven++
		}
	}
	return c
}

// Count counts all actions.
func (r *Report) Count() Count {
	var c Count
	for _, u := range r.Units {
		c = c.plus(u.Count())
	}
	return c
}

// isLate reports whether it should have been done by the end of the period.
func (i *Item) isLate(p Period) bool {
	return !i.Due.IsZero() && i.Due.Before(p.To) && i.Status != catalog.Done
}
