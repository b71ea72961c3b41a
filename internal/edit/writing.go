package edit

import (
	"errors"
	"io/fs"
	"net/http"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/proposal"
)

// Reviewer reads what is being written.
type Reviewer interface {
	// Review reads and checks the content as it would be with data in the place of the
	// file, and with suggestions on its wording.
	Review(file string, data []byte) (*catalog.Catalog, []diag.Finding, error)
}

// writingRoutes are those of what happens between two saves.
func (d *Desk) writingRoutes() {
	d.mux.HandleFunc("POST /soat", d.review)
	d.mux.HandleFunc("POST /sua-giup", d.mend)
}

// composed is what saving would put into the file.
func (d *Desk) composed(s written) ([]byte, error) {
	if !isEntry(s.File) {
		return nil, refuse(http.StatusForbidden, textBadName, d.folder.named(s.File))
	}
	old, err := d.folder.read(s.File)
	if errors.Is(err, fs.ErrNotExist) {
		err = refuse(http.StatusConflict, textGone, s.title(d))
	}
	if err != nil {
		return nil, err
	}
	edited, err := d.edited(s, old)
	if err != nil {
		return nil, err
	}
	data, err := matter.Revise(catalog.Schema(catalog.KindOf(s.File)), old, edited, d.Zone)
	if err != nil {
		return nil, refuse(http.StatusUnprocessableEntity, textNotKept, d.folder.named(s.File))
	}
	return data, nil
}

// reviewed is what there is to say of an entry that is being written.
type reviewed struct {
	Faults    []fault                `json:"faults"`
	Proposals map[string][]suggested `json:"proposals"` // by the fields that take them
	Dates     map[string]string      `json:"dates"`     // what is understood of those, by their paths
}

// suggested is a choice with the words of the text that speak for it.
type suggested struct {
	candidate
	Words string `json:"words"`
}

// review tells what is wrong with an entry as it is being written, and what it seems to be
// about. Nothing is saved.
func (d *Desk) review(w http.ResponseWriter, r *http.Request) {
	var asked written
	if !read(w, r, &asked) {
		return
	}
	data, err := d.composed(asked)
	if err != nil {
		d.broken(w, err)
		return
	}
	c, findings, err := d.Site.Review(asked.File, data)
	if err != nil {
		d.broken(w, err)
		return
	}
	out := reviewed{[]fault{}, map[string][]suggested{}, map[string]string{}}
	for _, f := range findings {
		if f.Pos.File == asked.File {
			out.Faults = append(out.Faults, locateIn(f, data, d.titleOf, d.Zone))
		}
	}
	if parts, err := matter.ReadYAML(unixLines(data)); err == nil {
		f := former{catalog: c, zone: d.Zone}
		out.Proposals = f.proposals(asked.File, parts)
		f.of(catalog.KindOf(asked.File), parts.Table).each(func(in input) {
			if said := understood(in.Raw, d.Zone); in.Control == controlDate && said != "" {
				out.Dates[in.Path] = said
			}
		})
	}
	d.answer(w, out)
}

// ownSource is what the field source holds of an office's own news.
const ownSource = "own"

// proposals are what an entry's text speaks for and its form does not have yet.
func (f former) proposals(file string, parts *matter.File) map[string][]suggested {
	lists := proposal.Of(f.catalog, proposal.Written(file, parts.Table, string(parts.Body), f.zone))
	all := map[string][]suggested{}
	for _, s := range catalog.Schema(catalog.KindOf(file)) {
		var found []proposal.Proposal
		from := ""
		switch {
		case s.Key == "plan" && s.Type == matter.TypeRefs:
			found, from = lists.Provisions, "dieu-khoan"
		case s.Key == "people" && s.Type == matter.TypeRefs:
			found, from = lists.People, s.To
		case s.Key == "fields" && s.Type == matter.TypeList:
			found, from = lists.Fields, "the:fields"
		case s.Key == "source" && slices.Contains(s.Values, ownSource) && f.catalog.Website.Publisher.Known() && parts.Table.Get("sources").Blank() && parts.Table.Get(s.Key).Blank():
			all[s.Key] = []suggested{{candidate{ownSource, "Tin của chính cơ quan", "Không cần ghi nguồn khác; chỉ cần ngày diễn ra.", "", ""}, ""}}
		}
		if found == nil {
			continue
		}
		chosen := f.chosen("", parts.Table.Get(s.Key))
		candidates := f.candidates(from)
		for _, p := range found {
			i := slices.IndexFunc(candidates, func(c candidate) bool { return c.Value == p.Value })
			if i >= 0 && !slices.ContainsFunc(chosen, func(o option) bool { return o.Value == p.Value }) {
				all[s.Key] = append(all[s.Key], suggested{candidates[i], p.Words})
			}
		}
	}
	return all
}

// remedy is what a form and its text have to hold for a fault to be mended.
type remedy struct {
	Fields []filled `json:"fields"`
	Text   string   `json:"text"`
}

// filled is a field of a form with what it is to hold.
type filled struct {
	Path   string   `json:"path"`
	Value  string   `json:"value"`
	Chosen []option `json:"chosen,omitempty"` // of what is picked or listed
}

// mend answers with an entry as it would be with a fault mended. Nothing is saved: that
// is the editor's to do, or to undo.
func (d *Desk) mend(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		written
		Code string `json:"code"` // of the fault
		Line int    `json:"line"`
	}
	if !read(w, r, &asked) {
		return
	}
	data, err := d.composed(asked.written)
	if err != nil {
		d.broken(w, err)
		return
	}
	c, findings, err := d.Site.Review(asked.File, data)
	if err != nil {
		d.broken(w, err)
		return
	}
	var edits []diag.Edit
	for _, f := range findings {
		if f.Pos.File == asked.File && f.Code == asked.Code && f.Pos.Line == asked.Line {
			edits = append(edits, f.Edits...)
		}
	}
	mended, made := diag.Mend(data, edits)
	if len(made) == 0 {
		d.broken(w, refuse(http.StatusConflict, textNotMended))
		return
	}
	out, err := former{catalog: c, zone: d.Zone}.remedy(asked.File, data, mended)
	if err != nil {
		d.broken(w, refuse(http.StatusConflict, textNotMended))
		return
	}
	d.answer(w, out)
}

// remedy is what the form of one text has to hold to be that of another.
func (f former) remedy(file string, from, to []byte) (remedy, error) {
	was, err := matter.ReadYAML(unixLines(from))
	if err != nil {
		return remedy{}, err
	}
	is, err := matter.ReadYAML(unixLines(to))
	if err != nil {
		return remedy{}, err
	}
	kind := catalog.KindOf(file)
	before := map[string]input{}
	f.of(kind, was.Table).each(func(in input) { before[in.Path] = in })
	out := remedy{Fields: []filled{}, Text: strings.TrimLeft(string(is.Body), "\n")}
	f.of(kind, is.Table).each(func(in input) {
		if old := before[in.Path]; old.Raw != in.Raw || !slices.Equal(old.Chosen, in.Chosen) {
			out.Fields = append(out.Fields, filled{in.Path, in.Value, in.Chosen})
		}
	})
	return out, nil
}

// each calls f for every field that holds something by itself.
func (o form) each(f func(input)) {
	var walk func(in input)
	walk = func(in input) {
		if in.Control != controlTable && in.Control != controlTables {
			f(in)
		}
		for _, inside := range in.Fields {
			walk(inside)
		}
		for _, item := range in.Items {
			for _, inside := range item {
				walk(inside)
			}
		}
	}
	walk(o.Title)
	for _, in := range []*input{o.Picture, o.Appears} {
		if in != nil {
			walk(*in)
		}
	}
	for _, g := range o.Groups {
		for _, in := range g.Fields {
			walk(in)
		}
	}
}
