package edit

import (
	"cmp"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// pagesSection is the list of the pages that are of no kind of their own.
const pagesSection = "trang"

// section is a list of entries in the menu.
type section struct {
	Name, Label, Kind string
	CanAdd            bool
}

// sections are the lists that there are: one of each kind.
func sections() []section {
	var all []section
	for _, k := range catalog.Kinds() {
		name := cmp.Or(k.Folder(), pagesSection)
		all = append(all, section{Name: name, Label: upperFirst(kindName(k)), Kind: kindName(k), CanAdd: k != catalog.KindPlan})
	}
	return all
}

func upperFirst(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

func lowerFirst(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:n]) + s[n:]
}

func kindOfSection(name string) (catalog.Kind, bool) {
	for _, k := range catalog.Kinds() {
		if cmp.Or(k.Folder(), pagesSection) == name {
			return k, k != catalog.KindPlan // whose text comes from a document
		}
	}
	return "", false
}

func sectionOf(file string) string {
	return cmp.Or(catalog.KindOf(file).Folder(), pagesSection)
}

var stateNames = map[catalog.State]string{catalog.Live: "Đang hiện", catalog.Draft: "Bản nháp", catalog.Waiting: "Chờ đến ngày", catalog.Expired: "Đã gỡ"}

// row is an entry in a list.
type row struct {
	Title, Place, File string
	Image              string // its address at the desk
	State              catalog.State
	StateName          string
	Date               string
	When               string // that it appears or goes
	People, Clauses    []string
	Errors             int
	Words              string // by which it is found, folded
	Updated            time.Time
}

// rows are the entries for which is is true.
func (d *Desk) rows(c *catalog.Catalog, findings []diag.Finding, is func(catalog.Summary) bool) []row {
	errs := map[string]int{}
	for _, f := range findings {
		if f.Severity == diag.Error {
			errs[f.Pos.File]++
		}
	}
	f := former{c, d.Zone}
	called := map[string]string{}
	for _, one := range slices.Concat(f.candidates(string(catalog.KindPerson)), f.candidates("dieu-khoan")) {
		called[one.Value], _, _ = strings.Cut(one.Label, " · ") // of a provision its number
	}
	var all []row
	for _, s := range c.Summaries() {
		if !is(s) {
			continue
		}
		state := c.State(s.Entry)
		one := row{Title: cmp.Or(s.Title, s.File), Place: placeAtDesk(s.File), File: s.File, State: state, StateName: stateNames[state], Errors: errs[s.File]}
		if s.Image != nil && s.Image.File != "" {
			one.Image = path.Dir(one.Place) + "/" + s.Image.File
		}
		if s.Date.Known() {
			one.Date = spoken(s.Date, d.Zone)
		}
		if state == catalog.Waiting {
			one.When = spoken(s.Appears(), d.Zone)
		}
		for _, ref := range s.Mentions.People {
			one.People = append(one.People, cmp.Or(called[ref.ID], ref.ID))
		}
		for _, ref := range s.Mentions.Plan {
			one.Clauses = append(one.Clauses, cmp.Or(called[ref.ID], ref.ID))
		}
		one.Words = viet.Fold(strings.Join(slices.Concat([]string{one.Title, one.Date, s.Description, s.File}, one.People, one.Clauses), " "))
		one.Updated = s.Date.Time
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b row) int { return b.Updated.Compare(a.Updated) })
	return all
}

// list shows the entries of a kind.
func (d *Desk) list(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("section")
	at := slices.IndexFunc(sections(), func(s section) bool { return s.Name == name })
	if at < 0 {
		absent(w, r)
		return
	}
	c, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	s := sections()[at]
	rows := d.rows(c, findings, func(e catalog.Summary) bool { return sectionOf(e.File) == name })
	d.show(w, "danh-sach", view{Title: s.Label, Here: "/bai/" + name + "/", Help: "noi-dung", Own: map[string]any{"Section": s, "Rows": rows, "States": stateNames}})
}

// home shows what there is to do.
func (d *Desk) home(w http.ResponseWriter, r *http.Request) {
	c, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	drafts, err := d.draftsOf("")
	if err != nil {
		d.broken(w, err)
		return
	}
	type unfinished struct{ Title, Place, When string }
	var open []unfinished
	for _, s := range drafts {
		title, _ := s.Fields["title"].(string)
		open = append(open, unfinished{cmp.Or(title, s.File), placeAtDesk(s.File) + "?ban=" + s.Tab, s.When()})
	}
	all := d.rows(c, findings, func(catalog.Summary) bool { return true })
	of := func(is func(row) bool) []row {
		return slices.DeleteFunc(slices.Clone(all), func(r row) bool { return !is(r) })
	}
	missing := map[string]bool{}
	for _, s := range c.Summaries() {
		missing[s.File] = s.Consent
	}
	live := of(func(r row) bool { return r.State == catalog.Live && r.Date != "" })
	waiting := of(func(r row) bool { return r.State == catalog.Waiting })
	slices.Reverse(waiting)
	d.show(w, "trang-dau", view{Title: "Hôm nay làm gì?", Here: "/", Help: "ban-bien-tap", Own: map[string]any{
		"Sections": sections(), "Open": open, "Errors": of(func(r row) bool { return r.Errors > 0 }),
		"Drafts": of(func(r row) bool { return r.State == catalog.Draft }), "Waiting": waiting,
		"Consent": of(func(r row) bool { return missing[r.File] }), "Last": live[:min(len(live), 5)],
	}})
}
