package edit

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/ledger"
	"lienhiep/internal/matter"
	"lienhiep/internal/publish"
)

// Site is what the desk needs of the program around it.
type Site interface {
	// Load reads and checks the content as it would be published.
	Load() (*catalog.Catalog, []diag.Finding, error)
	// Build builds and checks the whole site. With errors among the findings the
	// site that was built before stays.
	Build(context.Context) ([]diag.Finding, error)
	// Targets are the names of the places that the site can be published to.
	Targets() []string
	// Deploy publishes the built site, or only tells what that would do. What is in
	// the way comes back as a [publish.Fault].
	Deploy(ctx context.Context, target string, dryRun bool) (Published, error)
	Reviewer
}

// Published is what a deploy has done, or would do, in files and in entries.
type Published struct {
	publish.Report
	Entries []ledger.Change `json:"entries"`
}

// work answers what the desk's own pages ask for.
func (d *Desk) work() {
	d.mux.HandleFunc("GET /viec/hien", d.await)
	d.mux.HandleFunc("GET /viec/kiem-tra", d.findings)
	busy := make(chan struct{}, 1)
	alone := func(f http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			select {
			case busy <- struct{}{}:
				defer func() { <-busy }()
				f(w, r)
			default:
				fail(w, http.StatusConflict, textBusy)
			}
		}
	}
	d.mux.HandleFunc("POST /viec/dung", alone(d.build))
	d.mux.HandleFunc("POST /viec/dang", alone(d.deploy))
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
	Mend  bool   `json:"mend,omitempty"`  // it can be mended without an editor's judgement
}

// findings tells what is wrong with the content.
func (d *Desk) findings(w http.ResponseWriter, r *http.Request) {
	_, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
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
	src, err := d.folder.read(f.Pos.File)
	if err != nil || !isEntry(f.Pos.File) {
		return fault{Record: f.Record(diag.Vietnamese)}
	}
	return locateIn(f, src)
}

// locateIn finds the place in the text of an entry.
func locateIn(f diag.Finding, src []byte) fault {
	out := fault{Record: f.Record(diag.Vietnamese), Mend: len(f.Edits) > 0}
	kind := catalog.KindOf(f.Pos.File)
	out.Place, out.Title = placeAtDesk(f.Pos.File), titleIn(src)
	if out.Field = matter.KeyAt(src, f.Pos.Line); out.Field == "" && f.Pos.Line > 1 {
		lines := strings.Split(string(src), "\n")
		out.Field, out.Text = "body", strings.TrimSpace(lines[min(f.Pos.Line, len(lines))-1])
	}
	if out.Field == "" {
		out.Field = cmp.Or(missing(kind, out.Message), missing(kind, out.Hint))
	}
	out.Message, out.Hint = inFormWords(kind, out.Field, out.Message), inFormWords(kind, out.Field, out.Hint)
	return out
}

// outcome is what a build, a plan or a deploy has come to.
type outcome struct {
	Findings []fault    `json:"findings"`
	Failed   bool       `json:"failed"`
	Built    string     `json:"built,omitempty"` // names the built site
	Report   *Published `json:"report,omitempty"`
}

// build builds and checks the site and, where a target is named, tells what
// publishing it there would do.
func (d *Desk) build(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Target string `json:"target"`
	}
	if !read(w, r, &asked) || asked.Target != "" && !d.isTarget(w, asked.Target) {
		return
	}
	findings, err := d.Site.Build(r.Context())
	if err != nil {
		d.broken(w, err)
		return
	}
	out := outcome{Findings: d.faults(findings), Failed: diag.HasErrors(findings)}
	if !out.Failed {
		out.Built = d.built()
		if asked.Target != "" {
			d.publish(r.Context(), &out, asked.Target, true)
		}
	}
	d.answer(w, out)
}

// deploy publishes the site that was built and looked at, and no other.
func (d *Desk) deploy(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Target string `json:"target"`
		Built  string `json:"built"`
	}
	if !read(w, r, &asked) || !d.isTarget(w, asked.Target) {
		return
	}
	if asked.Built == "" || asked.Built != d.built() {
		fail(w, http.StatusConflict, textReplan)
		return
	}
	out := outcome{Findings: []fault{}}
	// A browser that is closed does not stop half-way what it has begun.
	d.publish(context.WithoutCancel(r.Context()), &out, asked.Target, false)
	d.answer(w, out)
}

// publish deploys, or tells what that would do; what is in the way is a finding.
func (d *Desk) publish(ctx context.Context, out *outcome, target string, dryRun bool) {
	report, err := d.Site.Deploy(ctx, target, dryRun)
	var inTheWay *publish.Fault
	switch {
	case errors.As(err, &inTheWay):
		out.Failed, out.Findings = true, append(out.Findings, d.faults(inTheWay.Findings)...)
	case err != nil:
		d.Log(err)
		out.Failed, out.Findings = true, append(out.Findings, fault{Record: diag.Record{Severity: "error", Message: err.Error()}})
	default:
		out.Report = &report
	}
}

func (d *Desk) isTarget(w http.ResponseWriter, name string) bool {
	if !slices.Contains(d.Site.Targets(), name) {
		d.broken(w, refuse(http.StatusNotFound, textNoTarget, name))
		return false
	}
	return true
}

// built names the site in public/ by its manifest.
func (d *Desk) built() string {
	data, err := os.ReadFile(filepath.Join(d.Root, "public", publish.ManifestName))
	if err != nil {
		return ""
	}
	return hash(data)
}

// publishing is the page on which the site is published.
func (d *Desk) publishing(w http.ResponseWriter, r *http.Request) {
	d.show(w, "xuat-ban", view{Title: "Xuất bản", Here: "/xuat-ban/", Help: "xuat-ban", Own: map[string]any{"Targets": d.Site.Targets()}})
}

// checking is the page that lists what has to be mended.
func (d *Desk) checking(w http.ResponseWriter, r *http.Request) {
	d.show(w, "kiem-tra", view{Title: "Kiểm tra", Here: "/kiem-tra/", Help: "kiem-tra"})
}
