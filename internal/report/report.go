// Package report drafts the periodic report on how a plan has been carried out: the
// situation, what was done, what falls short and what comes next, with tables as an
// annex, where what is missing is named once.
//
// In: a linked [catalog.Catalog], one of its plans, the [Period] to report on and the day
// of the draft. Out: a [Report], written as a Word document in the form that guideline
// 36-HD/VPTW or decree 30/2020/NĐ-CP prescribes, as Markdown, as HTML, or as CSV. The same
// content gives the same bytes.
//
// A draft states only what the site can prove, and counts what [catalog.Account] counts.
// What a person must decide (the reporting body, number, date, causes, signature) is in
// square brackets.
package report

import (
	"cmp"
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
	Place    string // of the body that reports, on the day of the draft
	Site     string // the page on the plan's progress, absolute
	Units    []*Item
	Deeds    []*Deed // in the period, each once, the latest first
	Undated  []*Deed // of which nobody knows whether they were in the period

	Body    Body   // who reports, as far as somebody has said it
	Without []Part // what the report leaves out
}

// Body is who reports; what is "" is a place to fill in.
type Body struct {
	Superior  string // the body above: "Tỉnh ủy Lâm Đồng"
	Name      string
	Place     string // in place of the plan's own
	Authority string // of who signs: "T/M Ban Thường vụ, Chủ tịch"
	Signer    string
}

// Part is a part of the report that can be left out.
type Part string

const (
	Situation    Part = "situation"
	Results      Part = "results"
	Shortcomings Part = "shortcomings"
	Next         Part = "next"
	Summary      Part = "summary" // tables of the annex, from here
	Deeds        Part = "deeds"
	Standing     Part = "standing"
	Gaps         Part = "gaps"
)

// Parts are all parts, in order.
func Parts() []Part {
	return []Part{Situation, Results, Shortcomings, Next, Summary, Deeds, Standing, Gaps}
}

var partNames = map[Part]string{
	Situation: "Tình hình", Results: "Kết quả nổi bật", Shortcomings: "Hạn chế và nguyên nhân", Next: "Phương hướng, nhiệm vụ",
	Summary: "Tổng hợp theo nhiệm vụ", Deeds: "Việc đã làm và các lần báo cáo trong kỳ", Standing: "Phân công, thời hạn và tình trạng", Gaps: "Những chỗ còn thiếu",
}

// Name is what a part is called in the report, in Vietnamese.
func (p Part) Name() string { return partNames[p] }

// IsTable reports whether the part is a table of the annex.
func (p Part) IsTable() bool { return slices.Index(Parts(), p) >= slices.Index(Parts(), Summary) }

func (r *Report) has(p Part) bool { return !slices.Contains(r.Without, p) }

// Item is a task or an action of the plan.
type Item struct {
	ID       string
	Short    string // "II.1.2"
	Name     string // the editors' short label, else its words
	Text     string // its words
	URL      string // of its page, absolute
	Status   catalog.Status
	Lead     []string
	With     []string
	Due      time.Time // zero where there is none
	When     string    // the period given in words
	Notes    []catalog.ProgressNote
	Own      []*Deed // for itself, in the period
	Whole    []*Deed // for itself or those below it, each once
	IsAction bool
	Below    []*Item // of a task: its actions, and what else below it something is known of
}

// Deed is what was done, as the report tells it.
type Deed struct {
	When  string // "24/12/2022", "năm 2020", "2024–2025"
	Kind  string // "tin, bài"
	Title string
	URL   string   // absolute
	For   []string // the provisions that it was done for: "II.1.2"
}

// New returns the report on a plan, whose document must have been read, as of a day.
// baseURL is the site's address.
func New(c *catalog.Catalog, p *catalog.Plan, period Period, day time.Time, baseURL string) *Report {
	o := c.Overview(p)
	absolute := func(url string) string { return strings.TrimSuffix(baseURL, "/") + url }
	r := &Report{Period: period, Document: p.Document, Place: c.PlaceOn(p.Document.Place, day), Site: absolute(catalog.ProgressURL(p))}
	names := p.Names(p.Document)
	known := map[*catalog.Deed]*Deed{}
	deed := func(d *catalog.Deed) *Deed {
		if known[d] == nil {
			e := d.Page()
			known[d] = &Deed{When: timeWords(d.When), Kind: e.Kind.Name(diag.Vietnamese), Title: e.Title, URL: absolute(e.URL)}
		}
		return known[d]
	}
	within := func(all []*catalog.Deed) []*Deed {
		var in []*Deed
		for _, d := range all {
			if d.When.Within(period.From, period.To) {
				in = append(in, deed(d))
			}
		}
		return in
	}
	r.Deeds = within(o.Whole.Done)
	for _, d := range o.Whole.Undated {
		r.Undated = append(r.Undated, deed(d))
	}
	item := func(s *catalog.Standing) *Item {
		record, text := s.Record, words(s.Provision)
		one := &Item{
			ID: s.ID, Short: names[s.ID].Short, Name: cmp.Or(names[s.ID].Label, text), Text: text, URL: absolute(catalog.ProvisionURL(p, s.ID)),
			Status: s.Status, Lead: record.Lead, With: record.With, Due: record.Due.Time, When: record.Period,
			Own: within(s.Own.Done), Whole: within(s.Whole.Done), IsAction: len(s.Below) == 0,
		}
		for _, d := range slices.Concat(one.Own, undated(s.Own, deed)) {
			d.For = append(d.For, one.Short)
		}
		for _, n := range record.Notes {
			if period.contains(n.Date.Time) {
				one.Notes = append(one.Notes, n)
			}
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

func undated(a *catalog.Account, deed func(*catalog.Deed) *Deed) []*Deed {
	var all []*Deed
	for _, d := range a.Undated {
		all = append(all, deed(d))
	}
	return all
}

// words are a provision's own, without the stroke that ends a document.
func words(p *plan.Provision) string {
	return strings.TrimSuffix(strings.ReplaceAll(p.Words(), "\n", " "), "/.")
}

// timeWords says when something was.
func timeWords(w catalog.When) string {
	if w.First == w.Last && w.Days() {
		return dayWords(w.Last.Time)
	}
	return w.Words(diag.Vietnamese)
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
	Proven   int // of them with a deed in the period
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
		if len(a.Own) > 0 {
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
