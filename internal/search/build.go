package search

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/spf13/afero"

	"lienhiep/internal/kept"
)

// Stats describes an index.
type Stats struct {
	Documents int // in all languages
	Files     int
	Bytes     int
}

// Build writes the search indexes of a built site into its folder and removes those of
// an earlier build. The output depends on the pages alone. before, which may be nil, is of
// that site: files of the index that are as an earlier build made them are taken from there.
func Build(ctx context.Context, site afero.Fs, before *kept.Store) (Stats, error) {
	read := func(name string) ([]byte, error) { return afero.ReadFile(site, name) }
	if before != nil {
		read = before.Read // so that the page's sum is known
	}
	names, err := pagesOf(site)
	if err != nil {
		return Stats{}, fmt.Errorf("listing the pages: %w", err)
	}
	r := &reading{read: read, names: names, documents: make([]document, len(names)), languages: map[string]*language{}}
	if err := inParallel(ctx, len(names), r.worker); err != nil {
		return Stats{}, err
	}
	var all Stats
	for _, code := range slices.Sorted(r.codes()) {
		l := r.languages[code]
		if l.folder == "" {
			continue // nobody can search it
		}
		one, err := l.write(ctx, site, before, r.documents)
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
	read      func(name string) ([]byte, error)
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
	collectors := map[string]*collector{}
	return func(i int) error {
		src, err := r.read(r.names[i])
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone since it was listed, under a server at work
		}
		if err != nil {
			return fmt.Errorf("reading a page: %w", err)
		}
		v := ViewOf(src)
		folder, file := path.Split(r.names[i])
		switch {
		case v.Holds:
			r.mu.Lock()
			r.language(v.Lang).folder = folder
			r.mu.Unlock()
			return nil
		case v.Kind == "" || v.Title == "" || file != "index.html" || v.List && isFurtherPage(folder):
			return nil
		}
		c := collectors[v.Lang]
		r.mu.Lock()
		l := r.language(v.Lang)
		if c == nil {
			c = newCollector(l.vocabulary)
			collectors[v.Lang] = c
			l.collectors = append(l.collectors, c)
		}
		l.documents = append(l.documents, i)
		r.mu.Unlock()
		r.documents[i] = document{path: folder, kind: v.Kind, day: v.Day, title: v.Title, text: v.Text}
		c.add(uint32(i), &v)
		return nil
	}
}

// pagerPath is the folder of the further pages of lists, as config.toml names it.
const pagerPath = "trang"

// isFurtherPage reports whether a folder is that of the second page of a list, or a later one.
func isFurtherPage(folder string) bool {
	before, number := path.Split(strings.TrimSuffix(folder, "/"))
	_, err := strconv.Atoi(number)
	return err == nil && path.Base(before) == pagerPath
}
