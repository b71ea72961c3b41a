package edit

import (
	"errors"
	"io/fs"
	"slices"

	"lienhiep/internal/catalog"
	"lienhiep/internal/ledger"
)

// lastDeploys are the newest deploys of all targets, as far as any are known.
func (d *Desk) lastDeploys() (all []ledger.Deploy, err error) {
	l, err := ledger.Open(d.Root)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	for _, target := range d.Site.Targets() {
		last, err := l.Last(target)
		if err != nil {
			return nil, err
		}
		if !last.Time.IsZero() {
			all = append(all, last)
		}
	}
	return all, nil
}

// withdrawnSeen reports whether readers may still see a page of somebody who has withdrawn:
// nothing was published from here since, or nothing ever was.
func (d *Desk) withdrawnSeen() (bool, error) {
	all, err := d.lastDeploys()
	return len(all) == 0 || slices.ContainsFunc(all, ledger.Deploy.ShowsWithdrawn), err
}

// stillSeen are pages that are to go and that readers still see, until something is published.
func (d *Desk) stillSeen(c *catalog.Catalog) ([]row, error) {
	deploys, err := d.lastDeploys()
	if err != nil {
		return nil, err
	}
	here := map[string]*catalog.Entry{}
	for _, e := range c.Entries() {
		here[e.File] = e
	}
	seen := d.seen(c, c.Entries()...)
	var all []row
	told := map[string]bool{}
	for _, last := range deploys {
		for _, p := range last.Pages {
			if told[p.File] || !d.goes(p.File, here[p.File], seen) {
				continue
			}
			told[p.File] = p.File != ""
			all = append(all, row{Title: d.publishedEntry(ledger.Change{Kind: ledger.Gone, File: p.File, Title: p.Title, URL: p.URL}).Title, Place: "/xuat-ban/", Seen: true})
		}
	}
	return all, nil
}

// goes reports whether publishing takes away a page that was published from a file; e is the
// entry that the file now is, if it can be read; seen are the files of those that stay.
func (d *Desk) goes(file string, e *catalog.Entry, seen map[string]bool) bool {
	if file == "" { // of somebody who has withdrawn
		return true
	}
	if e != nil {
		return !seen[file]
	}
	_, err := d.folder.root.Stat(file)
	return errors.Is(err, fs.ErrNotExist)
}
