package edit

import (
	"cmp"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

// A sheet is a form that fills in a part of a file: some of the site's facts, or what is
// recorded of one provision. Its page sends what it showed with what it holds now, so that
// whatever others have changed meanwhile stands, and only what both have changed is asked
// about.

// sheetPlace matches the addresses of sheets, which are what their drafts are kept under.
var sheetPlace = regexp.MustCompile(`^/(trang-web/[a-z0-9-]{1,60}|tien-do/[a-z0-9-]{1,100}/[a-z0-9-]{1,60})$`)

// sheetTitle is what people call the sheet at an address, "" for none.
func sheetTitle(c *catalog.Catalog, place string) string {
	if !sheetPlace.MatchString(place) {
		return ""
	}
	if name, ok := strings.CutPrefix(place, "/trang-web/"); ok {
		s, _ := sheetOf(name)
		return s.Title
	}
	id, provision, _ := strings.Cut(strings.TrimPrefix(place, "/tien-do/"), "/")
	if p := planAt(c, id); p != nil {
		return "Tiến độ " + cmp.Or(p.Names(p.Document)[provision].String(), provision)
	}
	return "Tiến độ " + provision
}

// isInSheet reports whether a finding is mended in a sheet.
func (d *Desk) isInSheet(f diag.Finding) bool {
	return (catalog.TableOf(f.Pos.File) != nil || catalog.KindOf(f.Pos.File) == catalog.KindPlan) && sheetPlace.MatchString(d.locate(f).Place)
}

// sheetSent is a sheet, whose address is File, or an entry as its page sends it.
type sheetSent struct {
	written
	Chosen map[string]choice `json:"chosen"` // of what both have changed, by path
}

// choice is what an editor has chosen for a value that somebody else has changed, too.
type choice struct {
	Theirs string `json:"theirs"` // the version that they saw
	Keep   string `json:"keep"`   // "mine", "theirs" or "both"
}

// dispute is a value that two people have changed, from theirs to mine.
type dispute struct {
	fieldChange
	Path   string `json:"path"`
	Theirs string `json:"theirs"`          // names the other's version
	Both   bool   `json:"both"`            // both can be kept
	Sides  *sides `json:"sides,omitempty"` // of an entry's text

	of matter.Dispute
}

// readSheet reads a sheet that is sent, and answers where it cannot be.
func (d *Desk) readSheet(w http.ResponseWriter, r *http.Request) (asked sheetSent, ok bool) {
	if !read(w, r, &asked) {
		return asked, false
	}
	if asked.Was == nil || asked.Fields == nil {
		fail(w, http.StatusBadRequest, textNoJSON)
		return asked, false
	}
	return asked, true
}

// merging is what a sheet holds put together with what its part of the file holds by now.
type merging struct {
	values *matter.Value
	apart  []dispute
	others bool // somebody else has changed something that stands
}

func (f former) merged(fields []matter.Field, now *matter.Value, asked sheetSent) merging {
	return f.settled(fields, f.values(fields, now, asked.Was), f.values(fields, now, asked.Fields), now, asked.Chosen)
}

// settled puts together what was made of base: mine, and what stands by now.
func (f former) settled(fields []matter.Field, base, mine, now *matter.Value, choices map[string]choice) (out merging) {
	out.values = matter.Merge(fields, base, mine, now, f.zone, func(one matter.Dispute) *matter.Value {
		theirs := hash([]byte(one.Theirs.Canonical()))
		one.Both = bothBlocks(one)
		if chosen := choices[one.Path]; chosen.Theirs == theirs {
			switch {
			case chosen.Keep == "theirs":
				return one.Theirs
			case chosen.Keep == "both" && one.Both != nil:
				return one.Both
			case chosen.Keep == "mine":
				return one.Mine
			}
		}
		out.apart = append(out.apart, dispute{fieldChange: fieldChange{labelAt(fields, one), f.wordsApart(one)}, Path: one.Path, Theirs: theirs, Both: one.Both != nil, of: one})
		return one.Mine
	})
	out.others = f.changed(fields, mine, out.values)
	return out
}

// changed reports whether some values say something else than others.
func (f former) changed(fields []matter.Field, a, b *matter.Value) bool {
	return slices.ContainsFunc(fields, func(s matter.Field) bool { return f.said(s, a.Get(s.Key)) != f.said(s, b.Get(s.Key)) })
}

// labelAt is what people call a value: with the name of the field around it.
func labelAt(fields []matter.Field, one matter.Dispute) string {
	key, _, inside := strings.Cut(one.Path, ".")
	for _, f := range fields {
		if inside && f.Key == key && f.Label.VI != one.Field.Label.VI {
			return f.Label.VI + ": " + one.Field.Label.VI
		}
	}
	return one.Field.Label.VI
}

// disputed answers where somebody else has changed the same as the sheet.
func (d *Desk) disputed(w http.ResponseWriter, title string, apart []dispute) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusConflict)
	d.encode(w, map[string]any{"message": strings.Replace(textSheetChanged.VI, "%[1]s", title, 1), "conflict": true, "apart": apart})
}

// saved answers that a sheet is saved: how that is undone, "" where nothing was to be done,
// and what is wrong with what it holds now. Its drafts are gone.
func (d *Desk) saved(w http.ResponseWriter, asked sheetSent, undo string, others bool) {
	for _, tab := range []string{asked.Tab, asked.Restored} {
		if err := d.removeDraft(asked.File, tab); err != nil {
			d.Log(err) // it is offered once more
		}
	}
	_, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, map[string]any{"undo": undo, "others": others, "findings": d.faultsAt(findings, asked.File)})
}

// faultsAt are the findings that can be mended in a sheet.
func (d *Desk) faultsAt(findings []diag.Finding, place string) []fault {
	own := []fault{}
	for _, f := range findings {
		if catalog.TableOf(f.Pos.File) == nil && catalog.KindOf(f.Pos.File) != catalog.KindPlan {
			continue // it is in no sheet
		}
		if one := d.locate(f); one.Place == place {
			own = append(own, one)
		}
	}
	return own
}

// sheetShown is a sheet as it is shown.
type sheetShown struct {
	Place    string
	Inputs   []input
	Was      string // what a draft was made from, as JSON; "" where it is what the form shows
	Restored *draftShown
	Drafts   []draftShown
	Faults   string // JSON
}

// showSheet is a sheet with what its part of the file holds, or with what somebody has left
// unsaved in it.
func (d *Desk) showSheet(r *http.Request, f former, findings []diag.Finding, fields []matter.Field, now *matter.Value) (sheetShown, error) {
	out := sheetShown{Place: r.URL.Path}
	drafts, err := d.draftsOf(out.Place)
	if err != nil {
		return out, err
	}
	out.Drafts, _ = d.splitDrafts(drafts)
	if out.Restored, out.Drafts = chosenDraft(out.Drafts, r.URL.Query().Get("ban")); out.Restored != nil {
		now = f.merged(fields, now, sheetSent{written: out.Restored.written}).values
		was, err := json.Marshal(out.Restored.Was)
		if err != nil {
			return out, err
		}
		out.Was = string(was)
	}
	for _, field := range fields {
		out.Inputs = append(out.Inputs, f.input(field, now.Get(field.Key), field.Key))
	}
	faults, err := json.Marshal(d.faultsAt(findings, out.Place))
	out.Faults = string(faults)
	return out, err
}
