package edit

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/preview"
)

// Site is what the desk needs of the program around it.
type Site interface {
	TakeDown
	Withdrawal
	// Load reads and checks the content as it would be published.
	Load() (*catalog.Catalog, []diag.Finding, error)
	Reviewer
	Roster
	Publisher
	Placer
	Approver
}

// work answers what the desk's own pages ask for.
func (d *Desk) work() {
	d.mux.HandleFunc("GET /viec/hien", d.await)
	d.mux.HandleFunc("GET /viec/kiem-tra", d.findings)
}

// patience is how long the live page of a new entry may take to be built.
const patience = 15 * time.Second

// await answers once the live page shows what is at the address, or will not, and with what
// keeps it from showing everything as it is.
func (d *Desk) await(w http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithTimeout(r.Context(), patience)
	defer stop()
	is := d.Preview.Await(ctx, r.URL.Query().Get("trang"))
	shown, failed := d.Preview.Faults()
	faults := []preview.Fault{}
	for _, f := range shown {
		if failed || f.Stands != "" {
			f.Door = strings.TrimPrefix(f.Door, d.Guard.Origin)
			faults = append(faults, f)
		}
	}
	d.answer(w, map[string]any{"preview": d.Preview.URL(), "is": is, "failed": failed, "faults": faults})
}

// fault is a finding in the words of the form, with the place where it can be mended.
type fault struct {
	diag.Record
	Title string `json:"title,omitempty"` // of the entry
	Place string `json:"place,omitempty"` // where the entry is written
	Field string `json:"field,omitempty"` // "title", "sources.0.url", "body"
	Text  string `json:"text,omitempty"`  // the line of the text
	Mend  bool   `json:"mend,omitempty"`  // it can be mended without an editor's judgement
}

// findings tells what is wrong with the content.
func (d *Desk) findings(w http.ResponseWriter, r *http.Request) {
	_, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	// What must be mended comes first; nobody reads thousands.
	slices.SortStableFunc(findings, func(a, b diag.Finding) int { return cmp.Compare(a.Severity, b.Severity) })
	errors := 0
	for _, f := range findings {
		if f.Severity == diag.Error {
			errors++
		}
	}
	few := findings[:min(len(findings), mostFaults)]
	d.answer(w, map[string]any{"faults": d.faults(few), "more": len(findings) - len(few), "errors": errors})
}

// mostFaults bounds how many findings are listed at once.
const mostFaults = 500

func (d *Desk) faults(findings []diag.Finding) []fault {
	faults := []fault{}
	for _, f := range findings {
		faults = append(faults, d.locate(f))
	}
	return faults
}

// locate finds where in the desk a finding can be mended. The file alone tells:
// what cannot be read is no entry of the catalogue.
func (d *Desk) locate(f diag.Finding) fault {
	src, _ := d.folder.raw(f.Pos.File) // without it the finding is told all the same
	return d.locateInText(f, src)
}

// locateInText does that with a text of the file.
func (d *Desk) locateInText(f diag.Finding, src []byte) fault {
	one := locateIn(f, src, d.titleOf, d.Zone)
	if place, field := progressPlace(f.Pos.File, src, one.Field); place != "" {
		one.Place, one.Field = place, field
	}
	if entry := path.Join(path.Dir(f.Pos.File), "index.md"); one.Place == "" && !isEntry(f.Pos.File) {
		one.Title, one.Place = d.nameOf(f.Pos.File, entry, path.Join(path.Dir(entry), "_index.md"))
	}
	one.Title = cmp.Or(one.Title, path.Base(path.Dir(f.Pos.File)))
	return one
}

// nameOf is what people call a file that is no entry, and where it can be mended: with the
// first of the entries that is there.
func (d *Desk) nameOf(file string, entries ...string) (title, place string) {
	switch top, _, _ := strings.Cut(file, "/"); top {
	case "layouts", "assets", "i18n", "static", "generated":
		return "Giao diện của trang", ""
	case "config.toml":
		return "Cấu hình của trang", ""
	case "content":
		for _, entry := range entries {
			if data, err := d.folder.read(entry); err == nil && isEntry(entry) {
				return titleIn(data), placeAtDesk(entry)
			}
		}
		return path.Base(file), ""
	}
	return "Cả trang", ""
}

// Tell tells of a finding as the live page does: in the words of the form, with the way to
// where it can be mended.
func (d *Desk) Tell(f diag.Finding) preview.Fault {
	one := d.locate(f)
	told := preview.Fault{Where: one.Title, Message: one.Message, Hint: one.Hint, Details: one.Details}
	if one.Place != "" {
		told.Door = d.Guard.Origin + one.Place + "?" + url.Values{"cho": {one.Field}, "chu": {one.Text}}.Encode()
	}
	return told
}

// titleOf is the title of the entry in a file, "" where it has none.
func (d *Desk) titleOf(file string) string {
	src, err := d.folder.raw(file)
	if err != nil {
		return ""
	}
	return titleIn(src)
}

// locateIn finds the place in the text of an entry or of a table, or the entry beside which
// a file lies. title tells that of the entry in a file.
func locateIn(f diag.Finding, src []byte, title func(file string) string, zone *time.Location) fault {
	out := fault{Record: f.Record(diag.Vietnamese), Mend: len(f.Edits) > 0}
	speaks := speaker{title: title, zone: zone}
	switch t := catalog.TableOf(f.Pos.File); {
	case t != nil:
		out.Field, speaks.fields = matter.TableKeyAt(src, f.Pos.Line), t.Fields
		out.Place, out.Title = sheetAt(f.Pos.File, out.Field), tableTitles[f.Pos.File]
	case isEntry(f.Pos.File):
		out.Place, out.Title, speaks.fields = placeAtDesk(f.Pos.File), cmp.Or(titleIn(src), untitled), catalog.Schema(catalog.KindOf(f.Pos.File))
		if out.Field = matter.KeyAt(src, f.Pos.Line); out.Field == "" && f.Pos.Line > 1 {
			lines := strings.Split(string(src), "\n")
			out.Field, out.Text = "body", strings.TrimSpace(lines[min(f.Pos.Line, len(lines))-1])
		}
	case strings.HasPrefix(f.Pos.File, "content/"):
		out.Title = path.Base(f.Pos.File)
		for _, name := range []string{"index.md", "_index.md"} {
			beside := path.Join(path.Dir(f.Pos.File), name)
			if whose := title(beside); whose != "" && isEntry(beside) {
				out.Place, out.Title = placeAtDesk(beside), whose+" · "+out.Title
				break
			}
		}
	default:
		out.Title = f.Pos.File
	}
	if out.Field == "" {
		out.Field = speaks.fill(saidOf(f.Code).Field, f)
	}
	out.Field = namedIn(speaks.fields, out.Field, f)
	speaks.at = out.Field
	out.Message, out.Hint = speaks.say(f)
	return out
}

// checking is the page that lists what has to be mended.
func (d *Desk) checking(w http.ResponseWriter, r *http.Request) {
	d.show(w, "kiem-tra", view{Title: "Kiểm tra", Here: "/kiem-tra/", Help: "kiem-tra"})
}
