package edit

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
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
		d.absent(w, r)
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
		d.absent(w, r)
		return
	}
	s := standingOf(c.Standings(p), r.PathValue("provision"))
	if s == nil {
		d.absent(w, r)
		return
	}
	data, err := d.folder.read(p.File)
	if err != nil {
		d.broken(w, err)
		return
	}
	parts, err := matter.ReadYAML(unixLines(data))
	if err != nil {
		d.broken(w, refuse(http.StatusUnprocessableEntity, textNotKept, p.File))
		return
	}
	record, at := progressOf(parts.Table, s.ID)
	f := former{c, d.Zone}
	var inputs []input
	for _, field := range progressFields() {
		inputs = append(inputs, f.input(field, record.Get(field.Key), field.Key))
	}
	deeds := func(all []*catalog.Deed) []deedRow {
		var rows []deedRow
		for _, one := range all {
			rows = append(rows, deedRow{one.Page().Title, placeAtDesk(one.Page().File), d.shownWhen(one.When)})
		}
		return rows
	}
	apart := map[string][]deedRow{}
	for _, one := range s.Whole.Apart() {
		apart[apartWhy[one.Why]] = deeds(one.Deeds)
	}
	var faults []fault
	for _, one := range d.faults(findings) {
		if rest, ok := strings.CutPrefix(one.Field, at+"."); ok && one.File == p.File {
			one.Field = rest
			faults = append(faults, one)
		}
	}
	name := p.Names(p.Document)[s.ID]
	d.show(w, "tien-do-muc", view{Title: name.String(), Here: "/tien-do/", Help: "tien-do", Own: map[string]any{
		"Plan": p.ID, "PlanTitle": p.Title, "ID": s.ID, "Words": s.Words(), "Status": upperFirst(s.Status.Words()), "Recorded": s.Recorded(),
		"Done": deeds(s.Whole.Done), "Apart": apart, "Opened": hash(data), "Inputs": inputs, "Faults": faults, "Below": len(s.Below) > 0, "History": "/lich-su" + placeAtDesk(p.File)[5:],
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

// progressOf is what a plan's front matter records of a provision, nil for nothing, and its
// path ("progress.2").
func progressOf(values *matter.Value, id string) (*matter.Value, string) {
	if list := values.Get("progress"); list != nil {
		for i, item := range list.Items {
			if at := item.Get("at"); at != nil && at.Text == id {
				return item, fmt.Sprint("progress.", i)
			}
		}
	}
	return nil, "progress.-"
}

// saveProgress records the progress of one provision in the plan's front matter, and changes
// no other byte.
func (d *Desk) saveProgress(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Plan      string         `json:"plan"`
		Provision string         `json:"provision"`
		Opened    string         `json:"opened"`
		Fields    map[string]any `json:"fields"`
	}
	if !read(w, r, &asked) {
		return
	}
	c, _, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	p := planAt(c, asked.Plan)
	if p == nil || standingOf(c.Standings(p), asked.Provision) == nil {
		d.broken(w, refuse(http.StatusNotFound, textNoProvision))
		return
	}
	data, err := d.folder.read(p.File)
	if err == nil && hash(data) != asked.Opened {
		err = refuse(http.StatusConflict, textSheetChanged, p.Title)
	}
	var parts *matter.File
	if err == nil {
		if parts, err = matter.ReadYAML(unixLines(data)); err != nil {
			err = refuse(http.StatusUnprocessableEntity, textNotKept, p.File)
		}
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	values := withProgress(former{zone: d.Zone}, parts.Table, asked.Provision, asked.Fields)
	changes := []change{{Operation: update, Path: p.File, Hash: asked.Opened, Content: []byte(source(values) + string(parts.Body))}}
	if err := d.folder.save(changes); err != nil {
		d.broken(w, err)
		return
	}
	undo := ""
	if string(changes[0].before) != string(changes[0].after) {
		say := "Ghi tiến độ " + p.Names(p.Document)[asked.Provision].Short
		d.committed(say, p.File)
		undo = d.undoable(act{say: say, changes: kept(changes), place: "/tien-do/" + p.ID + "/" + asked.Provision})
	}
	_, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	now, err := matter.ReadYAML(unixLines(changes[0].after))
	if err != nil {
		d.broken(w, err)
		return
	}
	_, at := progressOf(now.Table, asked.Provision)
	faults := []fault{}
	for _, one := range d.faults(findings) {
		if rest, ok := strings.CutPrefix(one.Field, at); ok && one.File == p.File && (rest == "" || rest[0] == '.') {
			one.Field = strings.TrimPrefix(rest, ".")
			faults = append(faults, one)
		}
	}
	d.answer(w, map[string]any{"opened": hash(changes[0].after), "undo": undo, "findings": faults})
}

// withProgress are a plan's values with what a form has sent of one provision; without a
// record of it where all of that is blank.
func withProgress(f former, was *matter.Value, id string, sent map[string]any) *matter.Value {
	old, _ := progressOf(was, id)
	fields := progressFields()
	is := f.values(fields, old, sent)
	record := &matter.Value{Kind: matter.Table}
	record.Set("at", matter.String(id))
	record.Keys = append(record.Keys, is.Keys...)
	list := &matter.Value{Kind: matter.List}
	if had := was.Get("progress"); had != nil {
		for _, item := range had.Items {
			switch {
			case item != old:
				list.Items = append(list.Items, item)
			case len(is.Keys) > 0:
				list.Items = append(list.Items, record)
			}
		}
	}
	if old == nil && len(is.Keys) > 0 {
		list.Items = append(list.Items, record)
	}
	all := &matter.Value{Kind: matter.Table}
	for _, k := range was.Keys {
		if k.Name != "progress" {
			all.Keys = append(all.Keys, k)
		}
	}
	if len(list.Items) > 0 {
		all.Set("progress", list)
	}
	return all
}
