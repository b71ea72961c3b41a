package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
	"lienhiep/internal/edit"
	"lienhiep/internal/roster"
	"lienhiep/internal/withdrawal"
)

// roll reads who is on the site and who waits. A record of those who have withdrawn that
// cannot be read is not written to.
func (a *atDesk) roll() (p *project, c *catalog.Catalog, waiters []roster.Waiter, err error) {
	if p, err = a.now(); err == nil {
		c, waiters, err = p.roll()
	}
	return p, c, waiters, err
}

// rollHeld does that in a folder that no other command works in, until unlock is called.
func (a *atDesk) rollHeld(ctx context.Context) (p *project, c *catalog.Catalog, waiters []roster.Waiter, unlock func(), err error) {
	if p, err = a.now(); err != nil {
		return nil, nil, nil, nil, err
	}
	if unlock, err = p.lock(ctx, a.ui); err != nil {
		return nil, nil, nil, nil, err
	}
	if c, waiters, err = p.roll(); err != nil {
		unlock()
		return nil, nil, nil, nil, err
	}
	return p, c, waiters, unlock, nil
}

func (p *project) roll() (c *catalog.Catalog, waiters []roster.Waiter, err error) {
	c, findings, err := p.load()
	if err != nil {
		return nil, nil, err
	}
	for _, f := range findings {
		if f.Pos.File == catalog.WithdrawnFile && f.Severity == diag.Error {
			return nil, nil, edit.Refuse(diag.Text{VI: f.Message(diag.Vietnamese) + " " + f.Hint(diag.Vietnamese), EN: f.Message(diag.English)})
		}
	}
	waiters, err = roster.Waiters(os.DirFS(p.root))
	return c, waiters, err
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
		all = append(all, edit.Someone{ID: w.Person, Name: nameOf(w), Withdrawn: w.Date.AsTime(time.UTC).Format("2/1/2006")})
	}
	return all, nil
}

// nameOf is the name of somebody who has withdrawn, as the record has it: without marks.
func nameOf(w catalog.Withdrawn) string {
	words := strings.Fields(gone(w).Title)
	for i, word := range words {
		words[i] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, " ")
}

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
	told := l.told()
	told.Names = withdrawal.Names(c, person)
	return told, nil
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
	out.After = map[string][]byte{}
	for _, e := range l.Edits {
		if e.File != catalog.WithdrawnFile {
			out.Change = append(out.Change, e.File)
			out.After[e.File] = e.Text
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
	out := &edit.Leaving{Name: nameOf(one), Withdrawn: one.Date.AsTime(time.UTC).Format("2/1/2006"), Published: len(one.Addresses) > 0, Look: w.Findings}
	for _, other := range c.People {
		if one.Likeness(other.ID, other.Identity()) != catalog.Unlike {
			out.Alike = append(out.Alike, edit.Someone{ID: other.ID, Name: other.Title, Detail: other.Description})
		}
	}
	out.Aside, err = p.asideOf(id)
	return out, err
}

// asideOf are the folders below generated/withdrawn that hold what a withdrawal removed.
func (p *project) asideOf(id string) (all []string, err error) {
	for _, pattern := range []string{id, id + "-[0-9]*"} {
		kept, err := filepath.Glob(p.path("generated", "withdrawn", pattern))
		if err != nil {
			return nil, err
		}
		for _, name := range kept {
			all = append(all, filepath.Base(name))
		}
	}
	return all, nil
}

// amend changes the record of those who have withdrawn.
func (a *atDesk) amend(ctx context.Context, id string, change func(record []byte) ([]byte, error), then func(p *project) error) error {
	p, err := a.now()
	if err != nil {
		return err
	}
	unlock, err := p.lock(ctx, a.ui)
	if err != nil {
		return err
	}
	defer unlock()
	record, err := os.ReadFile(p.path(filepath.FromSlash(catalog.WithdrawnFile)))
	if err != nil {
		return err
	}
	changed, err := change(record)
	if errors.Is(err, withdrawal.ErrNotInRecord) {
		return fs.ErrNotExist
	}
	if err != nil {
		return err
	}
	if err := then(p); err != nil {
		return err
	}
	return p.write(catalog.WithdrawnFile, changed)
}

func (a *atDesk) Another(ctx context.Context, id, other string) error {
	_, c, _, err := a.roll()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(c.People, func(p *catalog.Person) bool { return p.ID == other }) {
		return fs.ErrNotExist
	}
	return a.amend(ctx, id, func(record []byte) ([]byte, error) { return withdrawal.Tell(record, id, other) }, func(*project) error { return nil })
}

func (a *atDesk) Readmit(ctx context.Context, id string) (file string, err error) {
	if !personID.MatchString(id) {
		return "", fs.ErrNotExist
	}
	err = a.amend(ctx, id, func(record []byte) ([]byte, error) { return withdrawal.Readmit(record, id) }, func(p *project) error {
		kept, err := p.asideOf(id)
		if err != nil {
			return err
		}
		folder, from := path.Join("content", catalog.KindPerson.Folder(), id), ""
		for _, name := range kept {
			if at := p.path("generated", "withdrawn", name, filepath.FromSlash(folder)); isFolder(at) {
				from = at
			}
		}
		if from == "" {
			return nil // there never was a page, or what was kept of it is gone for good
		}
		if _, err := os.Lstat(p.path(filepath.FromSlash(folder))); err == nil {
			return edit.Refuse(diag.Text{VI: "Đã có một trang ở đúng chỗ ấy. Mở trang ấy xem trước đã; chưa làm gì.", EN: "There is a page in that place already. Nothing was done."})
		}
		if err := disk.Rename(from, p.path(filepath.FromSlash(folder))); err != nil {
			return err
		}
		file = folder + "/index.md"
		return nil
	})
	return file, err
}

func isFolder(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.IsDir()
}

// personID is what a person's folder is called.
var personID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

func (a *atDesk) Forget(ctx context.Context, who roster.Waiter) error {
	p, c, waiters, unlock, err := a.rollHeld(ctx)
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
	p, c, waiters, unlock, err := a.rollHeld(ctx)
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
