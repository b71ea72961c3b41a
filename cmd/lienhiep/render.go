package main

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/incremental"
	"lienhiep/internal/kept"
	"lienhiep/internal/site"
)

// mostParts is how many changed pages are built by their names; with more of them, telling
// pages apart takes longer than building all.
const mostParts = 500

// render has Hugo make the pages of the site in the folder staging, but for those that the
// last build has made of the same; these are read meanwhile.
func (p *project) render(ctx context.Context, ui *UI, c *catalog.Catalog, staging string, before *kept.Store, pages *reading) ([]diag.Finding, error) {
	defer ui.step(diag.Text{VI: "Dựng trang", EN: "Building the site"})()
	build := site.Build
	if p.hold.Any() {
		build = site.BuildCopy
	}
	read := func(name string, page []byte) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return pages.page(name, page)
	}
	findings, remember, err := p.renderChanged(c, staging, before, read, func(part *site.Part) ([]diag.Finding, error) {
		findings, err := build(ctx, p.root, staging, p.builtFor(), part)
		if err == nil && diag.HasErrors(findings) {
			err = errFindings
		}
		return findings, err
	})
	if errors.Is(err, errFindings) {
		return findings, nil
	}
	if err != nil {
		return findings, err
	}
	return findings, remember(read)
}

// renderChanged has build make a site's pages in the folder pages: those that are other than
// before, and beside them puts those that are not, which read is given meanwhile. When they
// stand, remember lets before know them, for the next build, and gives read those that Hugo
// has made.
func (p *project) renderChanged(c *catalog.Catalog, pages string, before *kept.Store, read incremental.Reader, build func(*site.Part) ([]diag.Finding, error)) (findings []diag.Finding, remember func(incremental.Reader) error, err error) {
	// Of what was read before Hugo reads it: what an editor saves meanwhile is another page for
	// the next build.
	made, err := incremental.Read(p.source(), c, p.builtFor())
	if err != nil {
		return nil, nil, err
	}
	taken, others := made.Take(before)
	part := &site.Part{Below: made.Below, Paths: others}
	if len(taken.Pages) == 0 || len(others) > mostParts {
		taken, part = incremental.Taken{}, nil
	}
	var whole bool
	var looking errgroup.Group
	looking.Go(func() (err error) {
		whole, err = taken.Look(before, read)
		return err
	})
	findings, err = build(part)
	if looked := looking.Wait(); looked != nil {
		return nil, nil, looked
	}
	if err != nil {
		return findings, nil, err
	}
	if whole {
		whole, err = taken.Lay(before)
	}
	if err == nil && !whole { // somebody has changed what was published
		taken = incremental.Taken{}
		findings, err = build(nil)
	}
	return findings, func(read incremental.Reader) error {
		return made.But(findings).Remember(taken, before, pages, p.builtFor(), read)
	}, err
}
