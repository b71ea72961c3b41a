package edit

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/ledger"
	"lienhiep/internal/publish"
)

// Publisher is what the desk needs for publishing. What is being done is told to step
// meanwhile.
type Publisher interface {
	// Build builds and checks the whole site; entries with errors are held back, and the
	// findings name them. With errors left among the findings the site that was built
	// before stays.
	Build(ctx context.Context, step func(string)) ([]diag.Finding, error)
	// Address is where the site stands on the web: "https://lienhiep.example/".
	Address() string
	// Targets are the names of the places that the site can be published to.
	Targets() []string
	// Pending tells what publishing would change, as far as that is known without
	// building.
	Pending(target string) (Pending, error)
	// AsPublished returns those of some entries' files whose pages readers see as they were
	// last published: if they are to appear later, they stay so until then.
	AsPublished(files []string) ([]string, error)
	// Deploy publishes the built site, or only tells what that would do. What is in
	// the way comes back as a [publish.Fault]; that much would be removed is not in the way
	// of one that is wanted anyway.
	Deploy(ctx context.Context, target string, o DeployOptions, step func(string)) (Published, error)
	// Releases are those that a target keeps, the oldest first.
	Releases(ctx context.Context, target string) ([]publish.Release, error)
	// Rollback makes a target show an earlier release; the one before the current where
	// it is "".
	Rollback(ctx context.Context, target, release string, step func(string)) (publish.Report, error)
	// Remember keeps a target's password for as long as the program runs, and no longer.
	Remember(target, password string)
}

// DeployOptions say how to deploy.
type DeployOptions struct{ DryRun, Anyway bool }

// Published is what a deploy has done, or would do, in files and in entries.
type Published struct {
	publish.Report
	Entries []ledger.Change `json:"entries"`
	Last    ledger.Deploy   `json:"-"` // before it; zero if there is none
}

// Pending is what publishing would change.
type Pending struct {
	Entries []ledger.Change
	Last    ledger.Deploy  // there, which they are compared with; zero if there is none
	Held    []diag.Finding // entries that are held back, at the first error of each
	Errors  []diag.Finding // that keep everything from being published
}

func (d *Desk) publishingRoutes() {
	d.mux.HandleFunc("GET /xuat-ban/{$}", d.publishing)
	d.mux.HandleFunc("GET /viec/se-doi", d.pending)
	d.mux.HandleFunc("GET /viec/den-dau", d.progress)
	d.mux.HandleFunc("GET /viec/lan-dang", d.publishedThen)
	d.mux.HandleFunc("POST /viec/dung", d.alone(d.build))
	d.mux.HandleFunc("POST /viec/dang", d.alone(d.deploy))
	d.mux.HandleFunc("GET /ban-da-dang/{$}", d.releasesPage)
	d.mux.HandleFunc("GET /viec/ban-da-dang", d.releases)
	d.mux.HandleFunc("POST /viec/quay-ve", d.alone(d.rollback))
	d.mux.HandleFunc("POST /viec/mat-khau", d.password)
	d.mux.HandleFunc("POST /viec/ten-toi", d.nameMe)
}

// alone lets one request at a time build or publish; another is told so.
func (d *Desk) alone(f http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case d.working <- struct{}{}:
			defer func() { d.tellStep(""); <-d.working }()
			f(w, r)
		default:
			fail(w, http.StatusConflict, textBusy)
		}
	}
}

func (d *Desk) tellStep(what string) { d.step.Store(what) }

// progress tells what is being done.
func (d *Desk) progress(w http.ResponseWriter, r *http.Request) {
	step, _ := d.step.Load().(string)
	d.answer(w, map[string]string{"step": step})
}

// outcome is what a build, a plan or a deploy has come to.
type outcome struct {
	Findings []fault         `json:"findings"`
	Held     []fault         `json:"held"` // entries that are held back
	Failed   bool            `json:"failed"`
	Built    string          `json:"built,omitempty"` // names the built site
	Report   *publish.Report `json:"report,omitempty"`
	Entries  []pendingOne    `json:"entries"`
	Summary  string          `json:"summary"`
	Mark     string          `json:"mark"`  // is the same where the entries and their words are
	Since    string          `json:"since"` // what they are compared with where that is not the last deploy, in words
	// Of what has been published: by whom, when, and whether there is an earlier release.
	Who     string `json:"who,omitempty"`
	When    string `json:"when,omitempty"`
	Earlier bool   `json:"earlier,omitempty"`
	Next    string `json:"next,omitempty"` // after a return: when this machine publishes by itself, in a sentence
	// Anyway is that much would be removed at a place that is known to be ours: it can be
	// published anyway.
	Anyway bool `json:"anyway,omitempty"`
}

// pendingOne is an entry that publishing changes, with its words before and after.
type pendingOne struct {
	publishedEntry
	Changed []fieldChange `json:"changed,omitempty"`
	Files   []string      `json:"files,omitempty"` // beside it: those that are another
	State   string        `json:"state,omitempty"` // of its approval
}

// tell puts into an outcome what becomes of entries that were published last as they are in
// a deploy.
func (d *Desk) tell(out *outcome, entries []ledger.Change, last ledger.Deploy) {
	switch out.Since = ""; {
	case last.Time.IsZero():
		out.Since = "Lần đăng đầu tiên từ máy này"
	case !last.Known():
		out.Since = "Trên web đang là một bản đăng từ máy khác, nên máy này không biết bài nào đổi"
	}
	out.Entries = []pendingOne{}
	var all strings.Builder
	f := d.naming()
	for _, c := range entries {
		one := d.pendingOne(f, c)
		one.State = d.approvalOf(c.File)
		out.Entries = append(out.Entries, one)
		all.WriteString(string(c.Kind) + c.File + c.URL + strings.Join(c.Files, "\n") + hash(c.After))
	}
	out.Summary, out.Mark = summary(entries), hash([]byte(all.String()))
}

// tooManyGo is the code of the fault that much would be removed.
const tooManyGo = "deploy-max-delete"

// notYet takes out of what publishing would change the links to what is not on the web yet.
func (out *outcome) notYet(entries []ledger.Change) {
	for i, c := range entries {
		if c.Kind == ledger.New || c.Was != "" {
			out.Entries[i].Link = ""
		}
	}
}

func (d *Desk) pendingOne(f former, c ledger.Change) pendingOne {
	one := pendingOne{publishedEntry: d.publishedEntry(c), Files: c.Files}
	if c.Before != nil {
		one.Changed = f.changedIn(c.File, c.Before, c.After)
	}
	return one
}

// setAside parts what is held back from what else was found.
func (d *Desk) setAside(findings []diag.Finding) (found, held []fault) {
	found, held = []fault{}, []fault{}
	for _, f := range findings {
		if one := d.locate(f); strings.HasPrefix(f.Code, "held-") {
			held = append(held, one)
		} else {
			found = append(found, one)
		}
	}
	return found, held
}

// pending tells what publishing would change, before anything is built.
func (d *Desk) pending(w http.ResponseWriter, r *http.Request) {
	target := r.URL.Query().Get("noi")
	if !d.isTarget(w, target) {
		return
	}
	p, err := d.Site.Pending(target)
	if err != nil {
		d.broken(w, err)
		return
	}
	out := outcome{Failed: len(p.Errors) > 0, Findings: d.faults(p.Errors)}
	_, out.Held = d.setAside(p.Held)
	d.tell(&out, p.Entries, p.Last)
	out.notYet(p.Entries)
	d.answer(w, out)
}

// build builds and checks the site and, where a target is named, tells what
// publishing it there would do.
func (d *Desk) build(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Target string `json:"target"`
		Anyway bool   `json:"anyway"`
	}
	if !read(w, r, &asked) || asked.Target != "" && !d.isTarget(w, asked.Target) {
		return
	}
	findings, err := d.Site.Build(r.Context(), d.tellStep)
	if err != nil {
		d.broken(w, err)
		return
	}
	out := outcome{Failed: diag.HasErrors(findings)}
	out.Findings, out.Held = d.setAside(findings)
	if !out.Failed {
		out.Built = d.built()
		if asked.Target != "" {
			d.publish(r.Context(), &out, asked.Target, DeployOptions{DryRun: true, Anyway: asked.Anyway})
		}
	}
	d.answer(w, out)
}

// deploy publishes the site that was built and looked at, and no other.
func (d *Desk) deploy(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Target string `json:"target"`
		Built  string `json:"built"`
		Anyway bool   `json:"anyway"`
	}
	if !read(w, r, &asked) || !d.isTarget(w, asked.Target) {
		return
	}
	if asked.Built == "" || asked.Built != d.built() {
		fail(w, http.StatusConflict, textReplan)
		return
	}
	out := outcome{Findings: []fault{}, Held: []fault{}}
	// A browser that is closed does not stop half-way what it has begun.
	d.publish(context.WithoutCancel(r.Context()), &out, asked.Target, DeployOptions{Anyway: asked.Anyway})
	d.answer(w, out)
}

// publish deploys, or tells what that would do; what is in the way is a finding.
func (d *Desk) publish(ctx context.Context, out *outcome, target string, o DeployOptions) {
	report, err := d.Site.Deploy(ctx, target, o, d.tellStep)
	if d.inTheWay(out, err) {
		out.Anyway = !report.Last.Time.IsZero() && slices.ContainsFunc(out.Findings, func(f fault) bool { return f.Code == tooManyGo })
		return
	}
	out.Report = &report.Report
	out.Findings = append(out.Findings, faultsOfPlace(d.faults(report.Warnings))...)
	d.tell(out, report.Entries, report.Last)
	if o.DryRun {
		out.notYet(report.Entries)
	} else {
		out.Earlier = !report.Last.Time.IsZero() && report.Last.Release != report.Release && len(report.Forgotten) == 0
		d.signed(out, target)
	}
}

// inTheWay tells what keeps something from being done at a target, if anything does.
func (d *Desk) inTheWay(out *outcome, err error) bool {
	var known *publish.Fault
	switch {
	case err == nil:
		return false
	case errors.As(err, &known):
		out.Failed, out.Findings = true, append(out.Findings, faultsOfPlace(d.faults(known.Findings))...)
	default:
		d.Log(err)
		out.Failed, out.Findings = true, append(out.Findings, fault{Record: diag.Record{Severity: "error", Message: err.Error()}})
	}
	return true
}

// signed says who published last at a target, and when.
func (d *Desk) signed(out *outcome, target string) {
	last, err := d.publications([]string{target}, 1)
	if err != nil {
		d.Log(err) // it is published all the same
	}
	if len(last) > 0 {
		out.Who, out.When = last[0].Who, last[0].When
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

// shownPublications is how many earlier ones the page lists.
const shownPublications = 20

// publishing is the page on which the site is published.
func (d *Desk) publishing(w http.ResponseWriter, r *http.Request) {
	c, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	targets := d.Site.Targets()
	past, err := d.publications(targets, shownPublications)
	if err != nil {
		d.broken(w, err)
		return
	}
	scheduled, err := d.coming(r.Context(), c, findings)
	if err != nil {
		d.broken(w, err)
		return
	}
	d.show(w, "xuat-ban", view{Title: "Xuất bản", Here: "/xuat-ban/", Help: "xuat-ban", Own: map[string]any{
		"Targets": targets, "Address": d.Site.Address(), "Past": past[:min(len(past), shownPublications)], "Coming": scheduled, "Who": whoPublishes(), "Unset": d.unaddressed(),
	}})
}

// password takes a target's password for this run.
func (d *Desk) password(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Target   string `json:"target"`
		Password string `json:"password"`
	}
	if !read(w, r, &asked) || !d.isTarget(w, asked.Target) {
		return
	}
	d.Site.Remember(asked.Target, asked.Password)
	d.answer(w, true)
}
