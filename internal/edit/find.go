package edit

import (
	"net/http"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
)

// candidate is what can be chosen.
type candidate struct {
	Value  string `json:"value"`
	Label  string `json:"label"`
	Detail string `json:"detail,omitempty"`
	Group  string `json:"group,omitempty"` // of a provision, the task that it belongs to
	Image  string `json:"image,omitempty"`
}

// candidates are all that can be chosen from: provisions ("dieu-khoan"), entries that tell
// of events ("viec"), pages to link to ("trang"), pages for a menu ("dia-chi"), what lists with a key have held so far
// ("the:fields"), the parts of one plan (see [former.places]), or the entries of a kind.
func (f former) candidates(from string) []candidate {
	var all []candidate
	key, isList := strings.CutPrefix(from, "the:")
	part, plan, inPlan := strings.Cut(from, ":")
	switch {
	case isList:
		for _, text := range f.catalog.Items(key) {
			all = append(all, candidate{Value: text, Label: text})
		}
	case inPlan:
		return f.places(part, plan)
	case from == "dieu-khoan":
		return f.provisions()
	case from == "dia-chi":
		for _, p := range f.catalog.MenuPages() {
			all = append(all, candidate{Value: p.Page, Label: p.Name, Detail: p.Page})
		}
	case from == "viec":
		for _, e := range f.catalog.Events() {
			all = append(all, candidate{Value: e.Place(), Label: e.Title, Detail: kindName(e.Kind)})
		}
	case from == "trang":
		for _, e := range f.catalog.Entries() {
			if e.Published() && e.Title != "" {
				all = append(all, candidate{Value: e.Path + "/", Label: e.Title, Detail: kindName(e.Kind)})
			}
		}
	default:
		for _, e := range f.catalog.Entries() {
			if string(e.Kind) == from && e.Lang == "vi" {
				all = append(all, candidate{Value: e.ID, Label: e.Title, Detail: e.Description})
			}
		}
	}
	return all
}

func (f former) provisions() []candidate {
	var all []candidate
	for _, p := range f.catalog.Plans {
		for _, w := range p.Wordings {
			if w.Document == nil || w != p.Current() {
				continue
			}
			names := p.Names(w.Document)
			tasks := map[string]string{}
			w.Document.Walk(func(one, above *plan.Provision) {
				if above != nil {
					tasks[one.ID] = names[above.ID].String()
				}
				if len(f.catalog.Plans) > 1 {
					tasks[one.ID] = strings.TrimSuffix(p.Title+": "+tasks[one.ID], ": ")
				}
			})
			for _, one := range p.Provisions() {
				if name, ok := names[one.ID]; ok && one.ID != "" {
					all = append(all, candidate{Value: p.ID + "/" + one.ID, Label: name.String(), Group: tasks[one.ID], Detail: strings.Join(strings.Fields(one.Words()), " ")})
				}
			}
		}
	}
	return all
}

// places are what can be chosen within a plan by its ID there: its main parts ("phan"),
// every provision ("muc"), or a place for a note ("cho").
func (f former) places(part, plan string) []candidate {
	var all []candidate
	if part == "cho" {
		all = []candidate{{Value: "head", Label: "Phần đầu"}, {Value: "preamble", Label: "Phần mở đầu"}, {Value: "tail", Label: "Phần cuối"}}
	}
	for _, c := range f.provisions() {
		id, ok := strings.CutPrefix(c.Value, plan+"/")
		if c.Value = id; ok && (part != "phan" || !strings.Contains(id, "-")) {
			all = append(all, c)
		}
	}
	return all
}

// most is how many of what is found are shown.
const most = 60

// search returns the candidates that have every word of what is looked for, with or
// without its marks, in the order of how early they have it: in the label before the
// detail.
func search(all []candidate, query string) []candidate {
	words := strings.Fields(viet.Fold(query))
	type hit struct {
		candidate
		rank int
	}
	var hits []hit
	for _, c := range all {
		label, whole := viet.Fold(c.Label), viet.Fold(c.Label+" "+c.Detail+" "+c.Value)
		rank := 0
		for _, w := range words {
			switch {
			case strings.Contains(label, w):
			case strings.Contains(whole, w):
				rank++
			default:
				rank = -1
			}
			if rank < 0 {
				break
			}
		}
		if rank < 0 {
			continue
		}
		if !strings.Contains(whole, strings.Join(words, " ")) {
			rank += len(words) // its words stand apart
		}
		hits = append(hits, hit{c, rank})
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return a.rank - b.rank })
	found := []candidate{}
	for _, h := range hits[:min(len(hits), most)] {
		found = append(found, h.candidate)
	}
	return found
}

// find answers a search for what can be chosen.
func (d *Desk) find(w http.ResponseWriter, r *http.Request) {
	c, _, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	f := former{catalog: c, zone: d.Zone}
	d.answer(w, search(f.candidates(r.URL.Query().Get("loai")), r.URL.Query().Get("q")))
}

func kindName(k catalog.Kind) string { return k.Name(vietnamese) }
