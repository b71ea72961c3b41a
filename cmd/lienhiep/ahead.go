package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/incremental"
	"lienhiep/internal/preview"
	"lienhiep/internal/site"
)

// ahead shows the pages of the entries that were just changed before the whole site is
// built anew, which takes many times as long.
type ahead struct {
	whole  map[string]stamp // the entries' files as the site that is shown has them; nil before the first build
	now    map[string]stamp // as the last look found them
	folder string           // of the pages that are shown before the last build's, or ""
}

// stamp tells one state of a file from another.
type stamp struct {
	size    int64
	changed time.Time
}

// mostAhead is how many pages are shown before the site is built: more changes at once
// are no editor at work.
const mostAhead = 8

// errOvertaken means that a change came before the site was built.
var errOvertaken = errors.New("changed again")

// changedPages returns the paths in Hugo of the entries whose files are not as the site that
// is shown has them, or nil where they are many or no site is shown.
func (a *ahead) changedPages(root string, entries []*catalog.Entry) []string {
	a.now = make(map[string]stamp, len(entries))
	var paths []string
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(root, filepath.FromSlash(e.File)))
		if err != nil {
			continue // it goes away right now: the next change
		}
		a.now[e.File] = stamp{info.Size(), info.ModTime()}
		if a.whole[e.File] != a.now[e.File] {
			paths = append(paths, e.Path)
		}
	}
	if a.whole == nil || len(paths) > mostAhead {
		return nil
	}
	return paths
}

// showAhead shows the pages at some paths as they are now, and what is wrong. It reports
// whether they are shown; where they are not, the build that follows tells why.
func (l *live) showAhead(ctx context.Context, c *catalog.Catalog, paths []string, faults []preview.Fault) bool {
	folder, err := os.MkdirTemp("", "lienhiep-") // nobody else on the machine may read it
	if err != nil {
		return false
	}
	pages := filepath.Join(folder, "pages")
	found, err := l.buildAhead(ctx, c, paths, pages)
	if err != nil || len(found) > 0 || l.server.Ahead(pages, faults) != nil {
		_ = os.RemoveAll(folder) // at worst it stays in the system's temporary folder
		return false
	}
	l.ahead.drop()
	l.ahead.folder = folder
	return true
}

// buildAhead has Hugo build the pages at some paths, and read no more than these need.
func (l *live) buildAhead(ctx context.Context, c *catalog.Catalog, paths []string, pages string) ([]diag.Finding, error) {
	part := &site.Part{Paths: paths}
	needed, known, err := incremental.Alone(l.source(), c, paths)
	if err != nil {
		return nil, err
	}
	if !known {
		return site.Preview(ctx, l.root, pages, l.server.URL(), part) // takes as long as reading the site
	}
	if err := l.hold.WriteOnly(needed); err != nil {
		return nil, err
	}
	return site.PreviewCopy(ctx, l.root, pages, l.server.URL(), part)
}

// caughtUp notes that the site is shown as the last look found it.
func (a *ahead) caughtUp() {
	a.whole = a.now
	a.drop()
}

// drop removes the pages that were shown before the last build's.
func (a *ahead) drop() {
	if a.folder != "" {
		_ = os.RemoveAll(a.folder) // as above
	}
	a.folder = ""
}

// overtaken runs what builds the site, and ends it with [errOvertaken] when something
// changes meanwhile.
func overtaken(ctx context.Context, changed <-chan struct{}, build func(context.Context) error) error {
	building, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- build(building) }()
	select {
	case err := <-done:
		return err
	case <-changed:
		stop()
		<-done
		return errOvertaken
	}
}
