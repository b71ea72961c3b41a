package publish

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"lienhiep/internal/diag"
)

// Releases lists the releases that the target keeps, oldest first.
func Releases(ctx context.Context, t Target) (all []Release, err error) {
	e, err := openEngine(ctx, t, nil)
	if err != nil {
		return nil, explain(err)
	}
	defer func() { err = errors.Join(err, e.close()) }()
	all, err = e.releases(ctx)
	return all, explain(err)
}

// Rollback makes the target serve another release that it keeps: the one with the ID to,
// or, if that is empty, the one before the current. It uses DryRun, Key and Progress of
// o. It refuses a release that has the page of a person who, according to the newest
// release, has withdrawn.
func Rollback(ctx context.Context, t Target, to string, o Options) (Report, error) {
	r, err := rollback(ctx, t, to, o)
	return r, explain(err)
}

func rollback(ctx context.Context, t Target, to string, o Options) (r Report, err error) {
	r = newReport(t.Name, o.DryRun)
	e, err := openEngine(ctx, t, o.Progress)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, e.close()) }()
	if !o.DryRun {
		var l *lock
		if ctx, l, err = acquire(ctx, e.storage); err != nil {
			return r, err
		}
		e.check = l.check
		defer func() { err = errors.Join(interrupted(ctx, err), l.release(ctx)) }()
	}
	all, err := e.releases(ctx)
	if err != nil {
		return r, err
	}
	if n := len(e.damaged); n > 0 && (len(all) == 0 || e.damaged[n-1].number() > all[len(all)-1].number()) {
		return r, faultOf(ruleNewestDamaged.At(diag.Pos{}, e.damaged[n-1].ID, t.Name))
	}
	release, ok := choose(all, to)
	if !ok {
		return r, faultOf(ruleNoRelease.At(diag.Pos{}, t.Name))
	}
	m, err := e.manifest(ctx, release)
	if err != nil {
		return r, err
	}
	newest, err := e.manifest(ctx, all[len(all)-1])
	if err != nil {
		return r, err
	}
	has := m.paths()
	for _, page := range newest.buried() {
		if _, back := has[page]; back {
			return r, faultOf(ruleReleaseWithdrawn.At(diag.Pos{File: page}, release.ID, t.Name))
		}
	}
	p, err := e.plan(ctx, goal{release: release, manifest: m, buried: slices.Concat(m.buried(), newest.buried()), most: keptReleases}, all)
	if err != nil {
		return r, err
	}
	if len(p.send) > 0 {
		return r, faultOf(ruleReleaseDamaged.At(diag.Pos{}, release.ID, len(p.send)))
	}
	if err := e.record(ctx, p, o.Key, e.content(ctx)); err != nil {
		return r, err
	}
	r = p.report(t.Name, o.DryRun)
	if o.DryRun || e.side != nil && release.Current {
		return r, nil
	}
	if err := e.send(ctx, p, e.content(ctx)); err != nil {
		return r, err
	}
	if err := e.show(ctx, p, e.content(ctx)); err != nil {
		return r, err
	}
	return r, e.tidy(ctx, p)
}

// content reads what the target keeps.
func (e *engine) content(ctx context.Context) func(File) content {
	return func(f File) content {
		return content{f, func() (source, error) {
			data, err := e.read(ctx, storeKey(f))
			return nopCloser{bytes.NewReader(data)}, err
		}}
	}
}

// choose finds the release to go back to.
func choose(all []Release, to string) (Release, bool) {
	var before Release
	for _, r := range all {
		if to == "" && r.Current {
			return before, before.ID != ""
		}
		if to != "" && (r.ID == to || r.digest() == to) {
			return r, true
		}
		before = r
	}
	return Release{}, false
}
