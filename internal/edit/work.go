package edit

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

// Site is what the desk needs of the program around it.
type Site interface {
	// Load reads and checks the content as it would be published.
	Load() (*catalog.Catalog, []diag.Finding, error)
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

// await answers once the live page shows what is at the address, or will not.
func (d *Desk) await(w http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithTimeout(r.Context(), patience)
	defer stop()
	is := d.Preview.Await(ctx, r.URL.Query().Get("trang"))
	d.answer(w, map[string]any{"preview": d.Preview.URL(), "is": is})
}

// fault is a finding in the words of the form, with the place where it can be mended.
type fault struct {
	diag.Record
	Title string `json:"title,omitempty"` // of the entry
	Place string `json:"place,omitempty"` // where the entry is written
	Field string `json:"field,omitempty"` // "title", "sources.0.url", "body"
	Text  string `json:"text,omitempty"`  // the line of the text
}

// findings tells what is wrong with the content, or with one entry.
func (d *Desk) findings(w http.ResponseWriter, r *http.Request) {
	_, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	if file := r.URL.Query().Get("bai"); file != "" {
		findings = slices.DeleteFunc(findings, func(f diag.Finding) bool { return f.Pos.File != file })
	}
	d.answer(w, d.faults(findings))
}

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
	out := fault{Record: f.Record(diag.Vietnamese)}
	src, err := d.folder.read(f.Pos.File)
	if err != nil || !isEntry(f.Pos.File) {
		return out
	}
	kind := catalog.KindOf(f.Pos.File)
	out.Place, out.Title = placeAtDesk(f.Pos.File), titleIn(src)
	if out.Field = matter.KeyAt(src, f.Pos.Line); out.Field == "" && f.Pos.Line > 1 {
		lines := strings.Split(string(src), "\n")
		out.Field, out.Text = "body", strings.TrimSpace(lines[min(f.Pos.Line, len(lines))-1])
	}
	if out.Field == "" {
		out.Field = missing(kind, out.Message)
	}
	out.Message, out.Hint = inFormWords(kind, out.Field, out.Message), inFormWords(kind, out.Field, out.Hint)
	return out
}

// checking is the page that lists what has to be mended.
func (d *Desk) checking(w http.ResponseWriter, r *http.Request) {
	d.show(w, "kiem-tra", view{Title: "Kiểm tra", Here: "/kiem-tra/", Help: "kiem-tra"})
}
