package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/edit"
	"lienhiep/internal/roster"
	"lienhiep/internal/withdrawal"
)

// roll reads who is on the site and who waits. A record of those who have withdrawn that
// cannot be read is not written to.
func (a *atDesk) roll() (p *project, c *catalog.Catalog, waiters []roster.Waiter, err error) {
	if p, err = a.now(); err != nil {
		return nil, nil, nil, err
	}
	c, findings, err := p.load()
	if err != nil {
		return nil, nil, nil, err
	}
	for _, f := range findings {
		if f.Pos.File == catalog.WithdrawnFile && f.Severity == diag.Error {
			return nil, nil, nil, edit.Refuse(diag.Text{VI: f.Message(diag.Vietnamese) + " " + f.Hint(diag.Vietnamese), EN: f.Message(diag.English)})
		}
	}
	waiters, err = roster.Waiters(os.DirFS(p.root))
	return p, c, waiters, err
}

func (a *atDesk) People() (all []edit.Someone, err error) {
	_, c, waiters, err := a.roll()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, p := range c.People {
		known[p.ID] = true
		all = append(all, edit.Someone{ID: p.ID, Name: p.Title, Detail: p.Description})
	}
	for _, w := range waiters {
		if !w.Admitted && !known[w.ID] {
			all = append(all, edit.Someone{ID: w.ID, Name: w.Name, Detail: "Đang chờ phiếu đồng ý, chưa có trang"})
		}
	}
	for _, w := range c.Withdrawn {
		all = append(all, edit.Someone{ID: w.Person, Name: nameOf(w), Withdrawn: w.Date.String()})
	}
	return all, nil
}

// nameOf is the name of somebody who has withdrawn, as the record has it.
func nameOf(w catalog.Withdrawn) string { return strings.ToUpper(gone(w).Title) }

func (a *atDesk) Leaving(id string) (*edit.Leaving, error) {
	p, c, waiters, err := a.roll()
	if err != nil {
		return nil, err
	}
	person := among(c, waiters, id)
	if person == nil {
		return p.left(c, id)
	}
	l, err := p.withdrawalOf(c, waiters, person)
	if err != nil {
		return nil, err
	}
	return l.told(), nil
}

// among finds somebody by their ID, on the site or waiting.
func among(c *catalog.Catalog, waiters []roster.Waiter, id string) *catalog.Person {
	for _, p := range c.People {
		if p.ID == id {
			return p
		}
	}
	for _, w := range waiters {
		if w.ID == id && !w.Admitted {
			return w.Person()
		}
	}
	return nil
}

// told is a withdrawal as the desk shows it.
func (l *leave) told() *edit.Leaving {
	out := &edit.Leaving{Name: l.Person.Title, Published: l.published, Remove: l.Remove, Refs: l.Refs, Links: l.Links, Look: l.Findings, Forms: l.kept}
	for _, e := range l.Edits {
		if e.File != catalog.WithdrawnFile {
			out.Change = append(out.Change, e.File)
		}
	}
	return out
}

// left tells of somebody who has withdrawn before: where they are still named.
func (p *project) left(c *catalog.Catalog, id string) (*edit.Leaving, error) {
	at := slices.IndexFunc(c.Withdrawn, func(w catalog.Withdrawn) bool { return w.Person == id })
	if at < 0 {
		return nil, fs.ErrNotExist
	}
	one := c.Withdrawn[at]
	w, err := withdrawal.Of(os.DirFS(p.root), c, gone(one), p.now.In(p.config.Zone))
	if err != nil {
		return nil, err
	}
	out := &edit.Leaving{Name: nameOf(one), Withdrawn: one.Date.String(), Published: len(one.Addresses) > 0, Look: w.Findings}
	for _, pattern := range []string{id, id + "-[0-9]*"} {
		kept, err := filepath.Glob(p.path("generated", "withdrawn", pattern))
		if err != nil {
			return nil, err
		}
		for _, name := range kept {
			out.Aside = append(out.Aside, filepath.Base(name))
		}
	}
	return out, nil
}

func (a *atDesk) Forget(ctx context.Context, who roster.Waiter) error {
	p, c, waiters, err := a.roll()
	if err != nil {
		return err
	}
	unlock, err := p.lock(ctx, a.ui)
	if err != nil {
		return err
	}
	defer unlock()
	person := who.Person()
	if among(c, waiters, person.ID) != nil {
		return nil
	}
	pages, err := withdrawal.Naming(os.DirFS(p.root), roster.ReviewFolder, person)
	if err != nil {
		return err
	}
	for _, name := range pages {
		if err := os.Remove(p.path(name)); err != nil {
			return err
		}
	}
	_, err = p.forget(c, person)
	return err
}

func (a *atDesk) Withdraw(ctx context.Context, id string, forms bool) error {
	p, c, waiters, err := a.roll()
	if err != nil {
		return err
	}
	unlock, err := p.lock(ctx, a.ui)
	if err != nil {
		return err
	}
	defer unlock()
	person := among(c, waiters, id)
	if person == nil { // what was written since names them, before a passage was mended
		at := slices.IndexFunc(c.Withdrawn, func(w catalog.Withdrawn) bool { return w.Person == id })
		if at < 0 {
			return fs.ErrNotExist
		}
		_, err = p.forget(c, gone(c.Withdrawn[at]))
		return err
	}
	l, err := p.withdrawalOf(c, waiters, person)
	if err != nil {
		return err
	}
	if forms {
		l.Remove = append(slices.DeleteFunc(l.Remove, func(name string) bool {
			return slices.ContainsFunc(l.kept, func(folder string) bool { return strings.HasPrefix(name, folder+"/") })
		}), l.kept...)
	}
	_, _, err = p.carryOut(c, l)
	return err
}
