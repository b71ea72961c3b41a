package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/spf13/afero"
)

// Stats describes an index.
type Stats struct {
	Documents int // in all languages
	Files     int
	Bytes     int
}

// Build writes the search indexes of a built site into its folder and removes those of
// an earlier build. The output depends on the pages alone.
func Build(ctx context.Context, site afero.Fs) (Stats, error) {
	names, err := pagesOf(site)
	if err != nil {
		return Stats{}, fmt.Errorf("listing the pages: %w", err)
	}
	r := &reading{site: site, names: names, documents: make([]document, len(names)), languages: map[string]*language{}}
	if err := inParallel(ctx, len(names), r.worker); err != nil {
		return Stats{}, err
	}
	var all Stats
	for _, code := range slices.Sorted(r.codes()) {
		l := r.languages[code]
		if l.folder == "" {
			continue // nobody can search it
		}
		one, err := l.write(ctx, site, r.documents)
		if err != nil {
			return Stats{}, fmt.Errorf("writing the search index: %w", err)
		}
		all.Documents += one.Documents
		all.Files += one.Files
		all.Bytes += one.Bytes
	}
	return all, nil
}

// pagesOf lists the HTML files.
func pagesOf(site afero.Fs) ([]string, error) {
	var names []string
	err := fs.WalkDir(afero.NewIOFS(site), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) == ".html" {
			names = append(names, name)
		}
		return err
	})
	return names, err
}

// inParallel calls work for 0 to n-1 from a worker of each processor, until one
// fails or ctx ends.
func inParallel(ctx context.Context, n int, worker func() (work func(i int) error)) error {
	var next atomic.Int64
	var stop atomic.Bool
	errs := make([]error, min(runtime.GOMAXPROCS(0), max(n, 1)))
	var wait sync.WaitGroup
	for w := range errs {
		wait.Go(func() {
			work := worker()
			for !stop.Load() && ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if errs[w] = work(i); errs[w] != nil {
					stop.Store(true)
					return
				}
			}
		})
	}
	wait.Wait()
	return errors.Join(append(errs, ctx.Err())...)
}

// language is what the pages of one language hold.
type language struct {
	vocabulary *vocabulary
	folder     string // of its search page, from the site's root
	collectors []*collector
	documents  []int // by their numbers among the names
}

// reading is the site being read.
type reading struct {
	site      afero.Fs
	names     []string
	documents []document // by name; without a path: no result

	mu        sync.Mutex
	languages map[string]*language
}

func (r *reading) codes() func(func(string) bool) {
	return func(yield func(string) bool) {
		for code := range r.languages {
			if !yield(code) {
				return
			}
		}
	}
}

// language returns the language of a code. The caller holds mu.
func (r *reading) language(code string) *language {
	l := r.languages[code]
	if l == nil {
		l = &language{vocabulary: newVocabulary()}
		r.languages[code] = l
	}
	return l
}

// worker returns a function that reads a page.
func (r *reading) worker() func(int) error {
	var pages pageReader
	collectors := map[string]*collector{}
	return func(i int) error {
		src, err := afero.ReadFile(r.site, r.names[i])
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone since it was listed, under a server at work
		}
		if err != nil {
			return fmt.Errorf("reading a page: %w", err)
		}
		p := pages.read(src)
		folder, file := path.Split(r.names[i])
		switch {
		case p.holds:
			r.mu.Lock()
			r.language(p.lang).folder = folder
			r.mu.Unlock()
			return nil
		case p.kind == "" || p.title == "" || file != "index.html":
			return nil
		}
		c := collectors[p.lang]
		r.mu.Lock()
		l := r.language(p.lang)
		if c == nil {
			c = newCollector(l.vocabulary)
			collectors[p.lang] = c
			l.collectors = append(l.collectors, c)
		}
		l.documents = append(l.documents, i)
		r.mu.Unlock()
		r.documents[i] = document{path: folder, kind: p.kind, day: p.day, title: p.title}
		c.add(uint32(i), p.kind, p.blocks)
		return nil
	}
}

// order returns the documents in the order of their numbers, and how many of them
// are in the archive; the rest are the recent segment. The newest dated
// documents, a part of a power of two, are recent: so the archive stays as it is
// until that many have come.
func order(documents []document, numbers []int) (sorted []int, archive int) {
	dated := slices.DeleteFunc(slices.Clone(numbers), func(i int) bool { return documents[i].day == "" })
	slices.SortFunc(dated, func(a, b int) int {
		return cmp.Or(strings.Compare(documents[a].day, documents[b].day), strings.Compare(documents[a].path, documents[b].path))
	})
	recent := map[int]bool{}
	for _, i := range dated[len(dated)-len(dated)%recentPart(len(numbers)):] {
		recent[i] = true
	}
	sorted = slices.Clone(numbers)
	slices.SortFunc(sorted, func(a, b int) int {
		x, y := documents[a], documents[b]
		if recent[a] != recent[b] {
			if recent[b] {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(x.kind, y.kind), strings.Compare(x.day, y.day), strings.Compare(x.path, y.path))
	})
	return sorted, len(sorted) - len(recent)
}

// recentPart is the largest power of two that is no more than a two-hundredth of
// so many documents, and 1 where that would not be worth a segment.
func recentPart(documents int) int {
	part := 1
	for part*2*200 <= documents {
		part *= 2
	}
	if part < 4 {
		return 1
	}
	return part
}
