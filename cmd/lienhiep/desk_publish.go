package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/edit"
	"lienhiep/internal/ledger"
	"lienhiep/internal/publish"
)

// telling is the terminal's user interface, whose steps are told to the desk as well.
func (a *atDesk) telling(step func(string)) *UI {
	ui := *a.ui
	ui.lang, ui.told = diag.Vietnamese, step
	return &ui
}

func (a *atDesk) Build(ctx context.Context, step func(string)) ([]diag.Finding, error) {
	p, err := a.sound()
	if err != nil {
		return nil, err
	}
	ui := a.telling(step)
	unlock, err := p.lock(ctx, ui)
	if err != nil {
		return nil, err
	}
	defer unlock()
	_, findings, err := p.buildHolding(ctx, ui)
	return findings, err
}

func (a *atDesk) Address() string {
	if p, err := a.now(); err == nil {
		return p.config.BaseURL
	}
	return ""
}

func (a *atDesk) Targets() []string {
	names := []string{}
	if p, err := a.now(); err == nil {
		for name := range p.config.Targets {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Pending holds back what the content itself shows to be wrong: what else is, a build finds.
func (a *atDesk) Pending(target string) (edit.Pending, error) {
	p, err := a.now()
	if err != nil {
		return edit.Pending{}, err
	}
	c, findings, err := p.load()
	if err != nil {
		return edit.Pending{}, err
	}
	var out edit.Pending
	if diag.HasErrors(findings) {
		more, err := p.hold.Add(findings)
		if err != nil {
			return edit.Pending{}, err
		}
		if !more {
			out.Errors = slices.DeleteFunc(slices.Clone(findings), func(f diag.Finding) bool { return f.Severity != diag.Error })
		}
		out.Held = p.hold.Findings(nil)
	}
	if err := p.holdScheduled(c, findings); err != nil {
		return edit.Pending{}, err
	}
	var pages []ledger.Page
	for _, e := range c.Entries() {
		if e.Published() {
			pages = append(pages, ledger.Page{File: e.File, URL: e.URL, Title: e.Title})
		}
	}
	site, err := ledger.Take(os.DirFS(p.root), pages)
	if err != nil {
		return edit.Pending{}, err
	}
	l, err := ledger.Open(p.root)
	if err != nil {
		return edit.Pending{}, err
	}
	defer l.Close()
	changes, last, err := l.Changes(target, site)
	out.Last = last
	out.Entries = slices.DeleteFunc(changes, func(c ledger.Change) bool { return p.hold.Holds(c.File) })
	return out, err
}

func (a *atDesk) AsPublished(files []string) ([]string, error) {
	p, err := a.now()
	if err != nil {
		return nil, err
	}
	return p.asPublished(files)
}

// opened opens a target of the site for the desk, in a folder that no other command works in.
func (a *atDesk) opened(ctx context.Context, name string, step func(string)) (p *project, t publish.Target, o publish.Options, unlock func(), err error) {
	if p, err = a.sound(); err != nil {
		return p, t, o, nil, err
	}
	ui := a.telling(step)
	if t, err = p.target(ui, "edit", name); err != nil {
		return p, t, o, nil, err
	}
	if password := a.passwords.of(name); password != "" {
		t.Ask = func(string) (string, error) { return password, nil }
	}
	o = publish.Options{MaxDelete: usualMaxDelete, Key: os.Getenv(publish.SigningKeyVariable), Progress: func(at publish.Progress) {
		step(fmt.Sprintf("%s: %d/%d", phaseWords[at.Phase].VI, at.Done, at.Total))
	}}
	unlock, err = p.lock(ctx, ui)
	return p, t, o, unlock, err
}

func (a *atDesk) Deploy(ctx context.Context, name string, wanted edit.DeployOptions, step func(string)) (edit.Published, error) {
	p, t, o, unlock, err := a.opened(ctx, name, step)
	if err != nil {
		return edit.Published{}, err
	}
	defer unlock()
	if o.DryRun = wanted.DryRun; wanted.Anyway {
		o.MaxDelete = 100
	}
	if o.Forget, err = p.owesForgetting(name); err != nil {
		return edit.Published{}, err
	}
	done, err := p.deploy(ctx, t, o)
	done.Warnings = append(p.unclaimed(catalog.ReadWebsite(os.DirFS(p.root))), done.Warnings...)
	return edit.Published{Report: done.Report, Entries: done.Entries, Last: done.last}, a.inWords(err)
}

// owesForgetting reports whether a target still shows somebody who has withdrawn since it was
// published to: then the releases that it keeps go too.
func (p *project) owesForgetting(target string) (bool, error) {
	l, err := ledger.Open(p.root)
	if err != nil {
		return false, err
	}
	defer l.Close()
	last, err := l.Last(target)
	return last.ShowsWithdrawn(), err
}

func (a *atDesk) Releases(ctx context.Context, name string) ([]publish.Release, error) {
	_, t, _, unlock, err := a.opened(ctx, name, func(string) {})
	if err != nil {
		return nil, err
	}
	defer unlock()
	all, err := publish.Releases(ctx, t)
	return all, a.inWords(err)
}

func (a *atDesk) Rollback(ctx context.Context, name, release string, step func(string)) (publish.Report, error) {
	p, t, o, unlock, err := a.opened(ctx, name, step)
	if err != nil {
		return publish.Report{}, err
	}
	defer unlock()
	report, err := p.rollback(ctx, t, release, o)
	return report, a.inWords(err)
}

// inWords is an error as people are told it; faults have words of their own.
func (a *atDesk) inWords(err error) error {
	var known *publish.Fault
	if err == nil || errors.As(err, &known) {
		return err
	}
	return errors.New(a.telling(nil).reason(err))
}

func (a *atDesk) Remember(target, password string) { a.passwords.set(target, password) }

// passwords are kept in memory alone.
type passwords struct {
	mu  sync.Mutex
	all map[string]string
}

func (p *passwords) set(target, password string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all == nil {
		p.all = map[string]string{}
	}
	p.all[target] = password
}

func (p *passwords) of(target string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all[target]
}
