package edit

import (
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/history"
	"lienhiep/internal/matter"
)

func (d *Desk) progressRoutes() {
	d.mux.HandleFunc("GET /tien-do/{$}", d.plans)
	d.mux.HandleFunc("GET /tien-do/{plan}/{$}", d.planTree)
	d.mux.HandleFunc("GET /tien-do/{plan}/{provision}", d.provision)
	d.mux.HandleFunc("POST /tien-do", d.saveProgress)
}

// provisionRow is a provision in the tree of a plan.
type provisionRow struct {
	Name, Label, Words string
	Place              string
	Status             string // in words, "" where nothing is known
	Recorded           bool   // the status is what somebody wrote; else it follows from those below
	Deeds              int
	Below              []provisionRow
}

// plans are the plans whose progress can be recorded; of one alone the tree is shown at once.
func (d *Desk) plans(w http.ResponseWriter, r *http.Request) {
	c, _, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	var all []option
	for _, p := range c.Plans {
		if p.Document != nil {
			all = append(all, option{"/tien-do/" + p.ID + "/", p.Title})
		}
	}
	if len(all) == 1 {
		http.Redirect(w, r, all[0].Value, http.StatusSeeOther)
		return
	}
	d.show(w, "tien-do", view{Title: "Ghi tiến độ", Here: "/tien-do/", Help: "tien-do", Own: map[string]any{"Plans": all}})
}

// planAt is the plan of a request, nil where there is none that could be read.
func planAt(c *catalog.Catalog, id string) *catalog.Plan {
	at := slices.IndexFunc(c.Plans, func(p *catalog.Plan) bool { return p.ID == id && p.Document != nil })
	if at < 0 {
		return nil
	}
	return c.Plans[at]
}

// planTree shows all provisions of a plan with how far each has come.
func (d *Desk) planTree(w http.ResponseWriter, r *http.Request) {
	c, _, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	p := planAt(c, r.PathValue("plan"))
	if p == nil {
		absent(w, r)
		return
	}
	names := p.Names(p.Document)
	var rows func(all []*catalog.Standing) []provisionRow
	rows = func(all []*catalog.Standing) []provisionRow {
		var out []provisionRow
		for _, s := range all {
			one := provisionRow{Words: strings.Join(strings.Fields(s.Words()), " "), Recorded: s.Recorded(), Deeds: len(s.Own.Done), Below: rows(s.Below)}
			if n, ok := names[s.ID]; ok && s.ID != "" {
				one.Name, one.Label, one.Place = n.Short, n.Label, "/tien-do/"+p.ID+"/"+s.ID
			}
			if s.Status != catalog.NotReported {
				one.Status = upperFirst(s.Status.Words())
			}
			out = append(out, one)
		}
		return out
	}
	d.show(w, "tien-do", view{Title: "Ghi tiến độ: " + p.Title, Here: "/tien-do/", Help: "tien-do", Own: map[string]any{"Tree": rows(c.Standings(p)), "Plan": placeAtDesk(p.File)}})
}

// deedRow is something that entries tell of.
type deedRow struct {
	Title, Place, When string
}

// deedRows are the first of several.
type deedRows struct {
	First       []deedRow
	Count, More int
}

// mostDeeds is how many are shown of each kind.
const mostDeeds = 200

// apartWhy says why deeds are not counted.
var apartWhy = map[string]string{
	"undated": "Chưa ghi diễn ra khi nào", "ahead": "Chưa đến ngày", "earlier": "Trước ngày ban hành kế hoạch",
	"national": "Việc chung cả nước", "elsewhere": "Việc của nơi khác", "explainers": "Bài giải thích",
}

// provision shows a provision: its words, what is counted for it by itself, and the form of
// its progress.
func (d *Desk) provision(w http.ResponseWriter, r *http.Request) {
	c, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	p := planAt(c, r.PathValue("plan"))
	if p == nil {
		absent(w, r)
		return
	}
	s := standingOf(c.Standings(p), r.PathValue("provision"))
	if s == nil {
		absent(w, r)
		return
	}
	_, parts, err := d.planPage(p.File)
	if err != nil {
		d.broken(w, err)
		return
	}
	shown, err := d.showSheet(r, d.formerOf(c), findings, progressFields(), progressOf(parts.Table, s.ID))
	if err != nil {
		d.broken(w, err)
		return
	}
	deeds := func(all []*catalog.Deed) deedRows {
		rows := deedRows{Count: len(all), More: max(0, len(all)-mostDeeds)}
		for _, one := range all[:len(all)-rows.More] {
			rows.First = append(rows.First, deedRow{one.Page().Title, placeAtDesk(one.Page().File), d.shownWhen(one.When)})
		}
		return rows
	}
	apart := map[string]deedRows{}
	for _, one := range s.Whole.Apart() {
		apart[apartWhy[one.Why]] = deeds(one.Deeds)
	}
	name := p.Names(p.Document)[s.ID]
	d.show(w, "tien-do-muc", view{Title: name.String(), Here: "/tien-do/", Help: "tien-do", Own: map[string]any{
		"Plan": p.ID, "PlanTitle": p.Title, "Words": s.Words(), "Status": upperFirst(s.Status.Words()), "Recorded": s.Recorded(),
		"Done": deeds(s.Whole.Done), "Apart": apart, "Sheet": shown, "Below": len(s.Below) > 0, "History": "/lich-su" + placeAtDesk(p.File)[5:],
	}})
}

// shownWhen is a time as people write it.
func (d *Desk) shownWhen(w catalog.When) string {
	if !w.Known() {
		return ""
	}
	return spoken(w.First, d.Zone)
}

func standingOf(all []*catalog.Standing, id string) *catalog.Standing {
	for _, root := range all {
		for _, s := range root.All() {
			if id != "" && s.ID == id {
				return s
			}
		}
	}
	return nil
}

// progressFields are those of a record of progress, but for the provision's ID.
func progressFields() []matter.Field {
	for _, f := range catalog.Schema(catalog.KindPlan) {
		if f.Key == "progress" {
			return slices.DeleteFunc(slices.Clone(f.Fields), func(f matter.Field) bool { return f.Key == "at" })
		}
	}
	return nil
}

// planPage reads a plan's own page.
func (d *Desk) planPage(file string) ([]byte, *matter.File, error) {
	data, err := d.folder.read(file)
	if err != nil {
		return nil, nil, err
	}
	parts, err := matter.ReadYAML(unixLines(data))
	if err != nil {
		return nil, nil, refuse(http.StatusUnprocessableEntity, textNotKept, d.folder.named(file))
	}
	return data, parts, nil
}

// progressOf is what a plan's front matter records of a provision, nil for nothing.
func progressOf(values *matter.Value, id string) *matter.Value {
	if list := values.Get("progress"); list != nil {
		for _, item := range list.Items {
			if at := item.Get("at"); at != nil && at.Text == id {
				return item
			}
		}
	}
	return nil
}

// progressPlace is the page of the desk, and the field of its form, of a value in a plan's
// progress: "/tien-do/15-kh-tu/ii-1", "notes.0.date" of "progress.2.notes.0.date".
func progressPlace(file string, src []byte, at string) (place, field string) {
	rest, ok := strings.CutPrefix(at, "progress.")
	if !ok || catalog.KindOf(file) != catalog.KindPlan {
		return "", ""
	}
	number, field, _ := strings.Cut(rest, ".")
	parts, err := matter.ReadYAML(unixLines(src))
	n, err2 := strconv.Atoi(number)
	if err != nil || err2 != nil || n >= len(parts.Table.Get("progress").Items) {
		return "", ""
	}
	id := parts.Table.Get("progress").Items[n].Get("at")
	if place = "/tien-do/" + path.Base(path.Dir(file)) + "/"; id == nil || !sheetPlace.MatchString(place+id.Text) {
		return "", ""
	}
	return place + id.Text, field
}

// saveProgress records the progress of one provision in the plan's front matter, and changes
// no other byte.
func (d *Desk) saveProgress(w http.ResponseWriter, r *http.Request) {
	asked, ok := d.readSheet(w, r)
	if !ok {
		return
	}
	c, _, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	id, provision, _ := strings.Cut(strings.TrimPrefix(asked.File, "/tien-do/"), "/")
	p := planAt(c, id)
	if p == nil || standingOf(c.Standings(p), provision) == nil {
		d.broken(w, refuse(http.StatusNotFound, textNoProvision))
		return
	}
	name := p.Names(p.Document)[provision]
	change, out, err := d.record(p.File, provision, asked)
	if err != nil {
		d.broken(w, err)
		return
	}
	if out.apart != nil {
		d.disputed(w, name.String(), out.apart)
		return
	}
	undo := ""
	if change != nil {
		say := "Ghi tiến độ " + name.Short
		d.committed(say, p.File)
		undo = d.undoable(act{say: say, changes: []history.Change{*change}, place: asked.File})
	}
	d.saved(w, asked, undo, out.others)
}

// record writes what was filled in of a provision, and returns what that changed: nil for
// nothing, and where somebody else has changed the same.
func (d *Desk) record(file, provision string, asked sheetSent) (*history.Change, merging, error) {
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	data, parts, err := d.planPage(file)
	if err != nil {
		return nil, merging{}, err
	}
	was := progressOf(parts.Table, provision)
	out := former{zone: d.Zone}.merged(progressFields(), was, asked)
	if out.apart != nil {
		return nil, out, nil
	}
	text, err := matter.Revise(catalog.Schema(catalog.KindPlan), data, []byte(source(withProgress(parts.Table, was, provision, out.values))+string(parts.Body)), d.Zone)
	switch {
	case err != nil:
		return nil, out, refuse(http.StatusUnprocessableEntity, textNotKept, d.folder.named(file))
	case len(text) > maxEntry:
		return nil, out, refuse(http.StatusRequestEntityTooLarge, textLarge)
	case string(text) == string(data):
		return nil, out, nil
	}
	change := history.Change{File: file, Before: data, After: text}
	return &change, out, d.folder.change(history.Act{Who: history.Me(), Why: history.Saved, Time: time.Now()}, change)
}

// withProgress are a plan's values with another record of a provision in the place of what
// was; without one where nothing is left of it.
func withProgress(values, was *matter.Value, provision string, is *matter.Value) *matter.Value {
	record := &matter.Value{Kind: matter.Table}
	record.Set("at", matter.String(provision))
	record.Keys = append(record.Keys, is.Keys...)
	list := &matter.Value{Kind: matter.List}
	if had := values.Get("progress"); had != nil {
		for _, item := range had.Items {
			switch {
			case item != was:
				list.Items = append(list.Items, item)
			case len(is.Keys) > 0:
				list.Items = append(list.Items, record)
			}
		}
	}
	if was == nil && len(is.Keys) > 0 {
		list.Items = append(list.Items, record)
	}
	all := &matter.Value{Kind: matter.Table}
	if len(list.Items) > 0 {
		all.Set("progress", list)
	}
	return withKeys(values, []string{"progress"}, all)
}
