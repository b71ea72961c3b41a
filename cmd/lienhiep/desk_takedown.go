package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/history"
	"lienhiep/internal/withdrawal"
)

// entryAt loads the content and finds an entry in all its languages.
func (a *atDesk) entryAt(file string) (*project, *catalog.Catalog, []*catalog.Entry, error) {
	p, err := a.now()
	if err != nil {
		return nil, nil, nil, err
	}
	c, _, err := p.load()
	if err != nil {
		return nil, nil, nil, err
	}
	pages := c.PagesOf(file)
	if len(pages) == 0 {
		return nil, nil, nil, fmt.Errorf("%s: %w", file, fs.ErrNotExist)
	}
	return p, c, pages, nil
}

func (a *atDesk) TakeDown(file, note, why string) ([]history.Change, error) {
	p, _, pages, err := a.entryAt(file)
	if err != nil {
		return nil, err
	}
	return p.takeDown(pages, note, why)
}

func (a *atDesk) BringBack(file string) ([]history.Change, error) {
	p, _, pages, err := a.entryAt(file)
	if err != nil {
		return nil, err
	}
	return p.bringBack(pages)
}

func (a *atDesk) Detach(file string) (changes []history.Change, left []diag.Pos, err error) {
	p, c, pages, err := a.entryAt(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil // what cannot be read is no page of the site
	}
	if err != nil {
		return nil, nil, err
	}
	if strings.HasSuffix(file, ".en.md") {
		pages = slices.DeleteFunc(pages, func(e *catalog.Entry) bool { return e.File != file })
	}
	edits, left, err := withdrawal.Detach(os.DirFS(p.root), c, pages, p.config.Zone)
	for _, e := range edits {
		before, readErr := os.ReadFile(p.path(e.File))
		err = errors.Join(err, readErr)
		changes = append(changes, history.Change{File: e.File, Before: before, After: e.Text})
	}
	return changes, left, err
}
