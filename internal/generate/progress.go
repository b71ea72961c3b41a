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
	Proven   int                      `json:"proven"`   // of them with a deed
	Deeds    int                      `json:"deeds"`    // that count, each once
	Years    []int                    `json:"years"`    // the matrix's columns
	Totals   []int                    `json:"totals"`
	Undated  int                      `json:"undated"` // deeds of no known year, which do not count
	Apart    []apartData              `json:"apart"`   // what else does not
	Units    []string                 `json:"units"`   // the matrix's rows
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
	Told     bool               `json:"told"` // anything is recorded, or was done, for it or those below it
	Deeds    int                `json:"deeds"`
	Undated  int                `json:"undated"`
	Reported int                `json:"reported"` // actions below, or itself, with a status
	Proven   int                `json:"proven"`   // of them with a deed
	Actions  int                `json:"actions"`
	Rows     []string           `json:"rows"`   // of a unit: what is below it and either an action, or recorded, or proven
	Cells    []int              `json:"cells"`  // of a unit: deeds in each year
	Groups   []yearData         `json:"groups"` // of a unit: its deeds
}

type progressNoteData struct {
	Date    string       `json:"date"`
	Author  string       `json:"author"`
	Text    string       `json:"text"`
	Sources []sourceData `json:"sources"`
}

// yearData is the deeds of a year: those listed, and how many more there are.
type yearData struct {
	Year  int      `json:"year"` // 0 for those of no known year, which stand last
	Count int      `json:"count"`
	Deeds []string `json:"deeds"` // the paths in Hugo of their own pages
	More  int      `json:"more"`
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
			"description": "Từng nhiệm vụ đã làm được gì, theo từng năm; mỗi việc có trang kể lại và nguồn.",
			"url":         catalog.ProgressURL(p),
			"type":        "tien-do",
			"document":    p.ID,
		})
	}
}

func (d *planData) progress(p *catalog.Plan, o *catalog.Overview) *progressData {
	all := &progressData{
		URL: relative(catalog.ProgressURL(p)), Deeds: len(o.Whole.Done), Undated: len(o.Whole.Undated), Units: []string{}, Index: map[string]*standingData{},
	}
	all.Years = columns(d.Date, o.Whole)
	all.Totals = all.cells(o.Whole)
	all.Apart = apart(o.Whole)
	for _, u := range o.Units {
		for _, s := range u.All() {
			all.Index[s.ID] = d.standing(s)
		}
		unit := all.Index[u.ID]
		for _, s := range u.Told() {
			unit.Rows = append(unit.Rows, s.ID)
		}
		unit.Cells = all.cells(u.Whole)
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
		Lead: r.Lead, With: r.With, Due: iso(r.Due), Period: r.Period, Notes: []progressNoteData{}, Deeds: len(s.Whole.Done), Undated: len(s.Whole.Undated), Rows: []string{},
	}
	data.Told = data.Deeds+data.Undated > 0 || slices.ContainsFunc(s.All(), (*catalog.Standing).Recorded)
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
		if len(action.Whole.Done) > 0 {
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

// columns are the years from that of the plan to that of its latest deed.
func columns(date string, a *catalog.Account) []int {
	years := []int{yearOf(date)}
	if groups := catalog.ByYear(a.Done); len(groups) > 0 {
		for year := years[0] + 1; year <= groups[0].Year; year++ {
			years = append(years, year)
		}
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

// cells counts deeds by the years of the columns.
func (all *progressData) cells(a *catalog.Account) []int {
	counts := make([]int, len(all.Years))
	for _, d := range a.Done {
		counts[slices.Index(all.Years, d.When.Year())]++
	}
	return counts
}

// mostListed is about how many deeds the page lists: it is read as a whole, and the rest
// stand on the provisions' own pages. Where there are more, each year lists its latest.
const mostListed = 60

// list puts the deeds into their years, as many of each as there is room for.
func (all *progressData) list(o *catalog.Overview) {
	each := mostListed
	for ; each > 0 && listed(o, each) > mostListed; each-- {
	}
	for _, u := range o.Units {
		unit := all.Index[u.ID]
		unit.Groups = []yearData{}
		for _, g := range groups(u.Whole) {
			year := yearData{Year: g.Year, Count: len(g.Deeds), Deeds: paths(g.Deeds[:min(each, len(g.Deeds))])}
			year.More = year.Count - len(year.Deeds)
			unit.Groups = append(unit.Groups, year)
		}
	}
}

// groups are the deeds of each year, and last those of no known year.
func groups(a *catalog.Account) []catalog.YearDeeds {
	all := catalog.ByYear(a.Done)
	if len(a.Undated) > 0 {
		all = append(all, catalog.YearDeeds{Deeds: a.Undated})
	}
	return all
}

// listed counts the deeds that the page would list with so many for each year.
func listed(o *catalog.Overview, each int) int {
	n := 0
	for _, u := range o.Units {
		for _, g := range groups(u.Whole) {
			n += min(each, len(g.Deeds))
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
	Dots  []mark `json:"dots"`  // deeds, a dot for each quarter, or for each year where those are narrow
	Bars  []mark `json:"bars"`  // deeds of which the years alone are known
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
	years := slices.Clone(columns)
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
		for _, deed := range u.Whole.Done {
			switch when := deed.When; {
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
