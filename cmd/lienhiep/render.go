package main

import (
	"context"

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
// last build has made of the same.
func (p *project) render(ctx context.Context, ui *UI, c *catalog.Catalog, staging string, before *kept.Store) ([]diag.Finding, error) {
	defer ui.step(diag.Text{VI: "Dựng trang", EN: "Building the site"})()
	made, err := incremental.Read(p.source(), c, p.config.BaseURL)
	if err != nil {
		return nil, err
	}
	taken, others := made.Take(before)
	if len(taken.Pages) == 0 || len(others) > mostParts {
		taken = incremental.Taken{}
	}
	findings, whole, err := p.renderBut(ctx, staging, before, taken, &site.Part{Below: made.Below, Paths: others})
	if err == nil && !diag.HasErrors(findings) && !whole {
		taken = incremental.Taken{}
		findings, _, err = p.renderBut(ctx, staging, before, taken, nil)
	}
	if err != nil || diag.HasErrors(findings) {
		return findings, err
	}
	return findings, made.Remember(taken, before, staging, p.config.BaseURL)
}

// renderBut has Hugo make the part of the site's pages that is not taken, and puts those
// beside them that are. whole is false where one of these is not what was made.
func (p *project) renderBut(ctx context.Context, staging string, before *kept.Store, taken incremental.Taken, part *site.Part) (findings []diag.Finding, whole bool, err error) {
	build := site.Build
	if p.hold.Any() {
		build = site.BuildCopy
	}
	if len(taken.Pages) == 0 {
		part = nil
	}
	findings, err = build(ctx, p.root, staging, p.config.BaseURL, part)
	if err != nil || diag.HasErrors(findings) {
		return findings, false, err
	}
	whole, err = taken.Lay(before)
	return findings, whole, err
}
