package generate

import (
	"fmt"
	"math"
	"slices"
	"time"

	"lienhiep/internal/catalog"
)

// progressData is how far a plan has come, as templates read it.
type progressData struct {
	URL      string                   `json:"url"`
	Actions  int                      `json:"actions"`  // to be done
	Reported int                      `json:"reported"` // of them with a status
	Proven   int                      `json:"proven"`   // of them with evidence
	Evidence int                      `json:"evidence"`
	Years    []int                    `json:"years"` // the matrix's columns; 0, the last, for entries of no known year
	Totals   []int                    `json:"totals"`
	Units    []string                 `json:"units"` // the matrix's rows
	Index    map[string]*standingData `json:"index"`
	Timeline timelineData             `json:"timeline"`
}

// standingData is how a provision stands.
type standingData struct {
	ID       string             `json:"id"`
	Short    string             `json:"short"`
	Title    string             `json:"title"` // the editors' short label, or ""
	Text     string             `json:"text"`
	URL      string             `json:"url"`
	Status   string             `json:"status"`
	Lead     []string           `json:"lead"`
	With     []string           `json:"with"`
	Due      string             `json:"due"`
	Period   string             `json:"period"`
	Notes    []progressNoteData `json:"notes"`
	Evidence int                `json:"evidence"`
	Reported int                `json:"reported"` // actions below, or itself, with a status
	Proven   int                `json:"proven"`   // of them with evidence
	Actions  int                `json:"actions"`
	Rows     []string           `json:"rows"`   // of a unit: what is below it and either an action, or recorded, or proven
	Cells    []int              `json:"cells"`  // of a unit: evidence in each year
	Groups   []yearData         `json:"groups"` // of a unit: its evidence
}

type progressNoteData struct {
	Date    string       `json:"date"`
	Author  string       `json:"author"`
	Text    string       `json:"text"`
	Sources []sourceData `json:"sources"`
}

// yearData is the evidence of a year: the pages listed, and how many more there are.
type yearData struct {
	Year    int      `json:"year"`
	Count   int      `json:"count"`
	Entries []string `json:"entries"` // their paths in Hugo
	More    int      `json:"more"`
}

// progress writes for every plan that has tasks how far it has come.
func (g *generator) progress() {
	byID := map[string]*planData{}
	for _, d := range g.plans {
		byID[d.ID] = d
	}
	for _, p := range g.Plans {
		d := byID[p.ID]
		if d == nil || !p.HasTasks() {
			continue
		}
		g.out.data("progress/"+p.ID+".json", d.progress(p, g.Overview(p)))
		g.page(folder(p)+"tien-do/index.md", map[string]any{
			"title":       fmt.Sprintf("Tiến độ thực hiện %s %s", d.Type, d.Number),
			"linkTitle":   "Tiến độ thực hiện",
			"description": "Từng nhiệm vụ đã làm được gì, bằng chứng là gì, theo từng năm. Nơi chưa có báo cáo hay minh chứng, trang nói rõ là chưa có.",
			"url":         catalog.ProgressURL(p),
			"type":        "tien-do",
			"document":    p.ID,
		})
	}
}

func (d *planData) progress(p *catalog.Plan, o *catalog.Overview) *progressData {
	all := &progressData{
		URL: relative(catalog.ProgressURL(p)), Evidence: len(o.Evidence), Units: []string{}, Index: map[string]*standingData{},
	}
	all.Years = columns(d.Date, o)
	all.Totals = all.cells(o.Evidence)
	for _, u := range o.Units {
		for _, s := range u.All() {
			all.Index[s.ID] = d.standing(s)
		}
		unit := all.Index[u.ID]
		for _, s := range u.Told() {
			unit.Rows = append(unit.Rows, s.ID)
		}
		unit.Cells = all.cells(u.Evidence)
		all.Units = append(all.Units, u.ID)
		all.Actions += unit.Actions
		all.Reported += unit.Reported
		all.Proven += unit.Proven
	}
	all.list(o)
	all.Timeline = d.timeline(all.Years, o)
	return all
}

func (d *planData) standing(s *catalog.Standing) *standingData {
	node, r := d.Index[s.ID], s.Record
	data := &standingData{
		ID: s.ID, Short: node.Short, Title: node.Title, Text: excerpt(node.Text, 110), URL: node.URL, Status: string(s.Status),
		Lead: r.Lead, With: r.With, Due: iso(r.Due), Period: r.Period, Notes: []progressNoteData{}, Evidence: len(s.Evidence), Rows: []string{},
	}
	if len(s.Below) > 0 {
		data.Text = excerpt(node.Text, 300)
	}
	for _, n := range r.Notes {
		data.Notes = append(data.Notes, progressNoteData{iso(n.Date), n.Author, n.Text, sources(n.Sources)})
	}
	for _, action := range s.Actions() {
		data.Actions++
		if action.Status != catalog.NotReported {
			data.Reported++
		}
		if len(action.Evidence) > 0 {
			data.Proven++
		}
	}
	return data
}

// iso writes a day, or "" where there is none.
func iso(d catalog.Date) string {
	if !d.Known() {
		return ""
	}
	return d.Format(time.DateOnly)
}

// columns are the years from that of the plan to the latest of which there is
// evidence, and any before that there is evidence of.
func columns(date string, o *catalog.Overview) []int {
	groups := catalog.ByYear(o.Evidence)
	first := yearOf(date)
	last := first
	if len(groups) > 0 {
		last = max(first, groups[0].Year)
	}
	years := []int{}
	for _, g := range slices.Backward(groups) {
		if g.Year > 0 && g.Year < first {
			years = append(years, g.Year)
		}
	}
	for year := first; year <= last; year++ {
		years = append(years, year)
	}
	if len(groups) > 0 && groups[len(groups)-1].Year == 0 {
		years = append(years, 0)
	}
	return years
}

func yearOf(date string) int {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	return t.Year()
}

// cells counts entries by the years of the columns.
func (all *progressData) cells(entries []*catalog.Entry) []int {
	counts := make([]int, len(all.Years))
	for _, e := range entries {
		counts[slices.Index(all.Years, e.When().Year())]++
	}
	return counts
}

// mostListed is about how many entries the page lists: it is read as a whole, and the
// rest stand on the provisions' own pages. Where there are more, each year lists its
// newest.
const mostListed = 60

// list puts the evidence into its years, as many of each as there is room for.
func (all *progressData) list(o *catalog.Overview) {
	each := mostListed
	for ; each > 0 && listed(o, each) > mostListed; each-- {
	}
	for _, u := range o.Units {
		unit := all.Index[u.ID]
		unit.Groups = []yearData{}
		for _, g := range catalog.ByYear(u.Evidence) {
			year := yearData{Year: g.Year, Count: len(g.Entries), Entries: []string{}}
			for _, e := range g.Entries[:min(each, len(g.Entries))] {
				year.Entries = append(year.Entries, e.Path)
			}
			year.More = year.Count - len(year.Entries)
			unit.Groups = append(unit.Groups, year)
		}
	}
}

// listed counts the entries that the page would list with so many for each year.
func listed(o *catalog.Overview, each int) int {
	n := 0
	for _, u := range o.Units {
		for _, g := range catalog.ByYear(u.Evidence) {
			n += min(each, len(g.Entries))
		}
	}
	return n
}

// timelineData is a picture: a row for each unit, time from left to right.
type timelineData struct {
	Width  int           `json:"width"`
	Height int           `json:"height"`
	Years  []mark        `json:"years"`
	Rows   []timelineRow `json:"rows"`
}

type timelineRow struct {
	Short string `json:"short"`
	Y     int    `json:"y"`
	Dots  []mark `json:"dots"`  // evidence, a dot for each quarter, or for each year where those are narrow
	Bars  []mark `json:"bars"`  // evidence of which the years alone are known
	Notes []mark `json:"notes"` // reports
	Dues  []mark `json:"dues"`
}

// mark is something at a place, as large as Size; in the row of years, a year.
type mark struct {
	X    int    `json:"x"`
	Size int    `json:"size"`
	Text string `json:"text,omitempty"`
}

// Sizes of the picture, in its own units. It is drawn for the narrowest screen.
const (
	timelineWidth = 360
	timelineLeft  = 56 // of the first year
	timelineRight = 6
	timelineTop   = 26
	timelineRowY  = 28
	mostYearNames = 7
	smallestDot   = 3
	largestDot    = 9
)

func (d *planData) timeline(columns []int, o *catalog.Overview) timelineData {
	years := slices.DeleteFunc(slices.Clone(columns), func(y int) bool { return y == 0 })
	for _, u := range o.Units {
		for _, s := range u.All() {
			if due := s.Record.Due; due.Known() && !slices.Contains(years, due.Year()) {
				years = append(years, due.Year())
			}
			for _, n := range s.Record.Notes {
				if !slices.Contains(years, n.Date.Year()) {
					years = append(years, n.Date.Year())
				}
			}
		}
	}
	slices.Sort(years)
	wide := (timelineWidth - timelineLeft - timelineRight) / len(years)
	at := func(t time.Time) int {
		return timelineLeft + slices.Index(years, t.Year())*wide + (t.YearDay()-1)*wide/366
	}
	p := timelineData{Width: timelineWidth, Height: timelineTop + len(o.Units)*timelineRowY, Years: []mark{}, Rows: []timelineRow{}}
	for i, year := range years {
		name := ""
		if i%((len(years)-1)/mostYearNames+1) == 0 {
			name = fmt.Sprint(year)
		}
		p.Years = append(p.Years, mark{timelineLeft + i*wide, wide, name})
	}
	for i, u := range o.Units {
		row := timelineRow{Short: d.Index[u.ID].Short, Y: timelineTop + i*timelineRowY + timelineRowY/2, Dots: []mark{}, Bars: []mark{}, Notes: []mark{}, Dues: []mark{}}
		for _, e := range u.Evidence {
			when := e.When()
			switch {
			case !when.Known():
			case when.First.Precision == catalog.ToYear || when.Last.Precision == catalog.ToYear:
				bar := mark{X: timelineLeft + max(0, slices.Index(years, when.First.Year()))*wide}
				bar.Size = timelineLeft + (slices.Index(years, when.Last.Year())+1)*wide - bar.X
				if !slices.Contains(row.Bars, bar) {
					row.Bars = append(row.Bars, bar)
				}
			default:
				row.dot(at(middle(when.Last.Time, wide)))
			}
		}
		for _, s := range u.All() {
			if s.Record.Due.Known() {
				row.Dues = append(row.Dues, mark{X: at(s.Record.Due.Time)})
			}
			for _, n := range s.Record.Notes {
				row.Notes = append(row.Notes, mark{X: at(n.Date.Time)})
			}
		}
		p.Rows = append(p.Rows, row)
	}
	p.scale(min(float64(wide)/8+1, largestDot))
	return p
}

// scale makes counts into radii: dots of the areas that the counts ask for, the
// largest with the given radius, the smallest still to be seen.
func (p *timelineData) scale(largest float64) {
	most := 1
	for _, row := range p.Rows {
		for _, dot := range row.Dots {
			most = max(most, dot.Size)
		}
	}
	for _, row := range p.Rows {
		for i, dot := range row.Dots {
			row.Dots[i].Size = max(smallestDot, int(math.Round(largest*math.Sqrt(float64(dot.Size)/float64(most)))))
		}
	}
}

// middle is a day in the middle of the quarter, or of a year so narrow that the dots
// of its quarters would lie on each other.
func middle(t time.Time, wide int) time.Time {
	if wide < 4*2*smallestDot {
		return time.Date(t.Year(), time.July, 1, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(t.Year(), (t.Month()-1)/3*3+2, 15, 0, 0, 0, 0, time.UTC)
}

// dot adds one to the dot at a place.
func (r *timelineRow) dot(x int) {
	for i := range r.Dots {
		if r.Dots[i].X == x {
			r.Dots[i].Size++
			return
		}
	}
	r.Dots = append(r.Dots, mark{X: x, Size: 1})
}
