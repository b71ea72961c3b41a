package search

import (
	"context"
	"errors"
	"fmt"
	"maps"
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

// Index is a search index that is being made.
type Index struct {
	mu        sync.Mutex
	documents []document
	languages map[string]*language
	idle      []*reader
}

// New returns an index of nothing.
func New() *Index { return &Index{languages: map[string]*language{}} }

// Add reads a page of a site, by its name in the site's folder. It can be called from
// several goroutines.
func (x *Index) Add(name string, page []byte) {
	r := x.reader()
	r.page(name, page)
	x.mu.Lock()
	x.idle = append(x.idle, r)
	x.mu.Unlock()
}

// Write writes the search indexes of a site of which all pages have been read into its
// folder, and removes those of an earlier build. The output depends on the pages alone.
// before, which may be nil, is of that site: files of the index that are as an earlier build
// made them are taken from there. It can be called once.
func (x *Index) Write(ctx context.Context, site afero.Fs, before *kept.Store) (Stats, error) {
	var all Stats
	for _, code := range slices.Sorted(maps.Keys(x.languages)) {
		l := x.languages[code]
		if l.folder == "" {
			continue // nobody can search it
		}
		one, err := l.write(ctx, site, before, x.documents)
		if err != nil {
			return Stats{}, fmt.Errorf("writing the search index: %w", err)
		}
		all.Documents += one.Documents
		all.Files += one.Files
		all.Bytes += one.Bytes
	}
	return all, nil
}

// reader returns one that nobody else uses, with what it has gathered before.
func (x *Index) reader() *reader {
	x.mu.Lock()
	defer x.mu.Unlock()
	n := len(x.idle)
	if n == 0 {
		return &reader{index: x, collectors: map[string]*collector{}}
	}
	r := x.idle[n-1]
	x.idle = x.idle[:n-1]
	return r
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
	documents  []int // by their numbers in the index
}

// language returns the language of a code. The caller holds mu.
func (x *Index) language(code string) *language {
	l := x.languages[code]
	if l == nil {
		l = &language{vocabulary: newVocabulary()}
		x.languages[code] = l
	}
	return l
}

// reader reads one page after another.
type reader struct {
	index      *Index
	collectors map[string]*collector // by language
}

func (r *reader) page(name string, src []byte) {
	v := ViewOf(src)
	folder, file := path.Split(name)
	x := r.index
	switch {
	case v.Holds:
		x.mu.Lock()
		x.language(v.Lang).folder = folder
		x.mu.Unlock()
		return
	case v.Kind == "" || v.Title == "" || file != "index.html" || v.List && isFurtherPage(folder):
		return
	}
	c := r.collectors[v.Lang]
	x.mu.Lock()
	l := x.language(v.Lang)
	if c == nil {
		c = newCollector(l.vocabulary)
		r.collectors[v.Lang] = c
		l.collectors = append(l.collectors, c)
	}
	number := len(x.documents)
	x.documents = append(x.documents, document{path: folder, kind: v.Kind, day: v.Day, title: v.Title, text: v.Text})
	l.documents = append(l.documents, number)
	x.mu.Unlock()
	c.add(uint32(number), &v)
}

// pagerPath is the folder of the further pages of lists, as config.toml names it.
const pagerPath = "trang"

// isFurtherPage reports whether a folder is that of the second page of a list, or a later one.
func isFurtherPage(folder string) bool {
	before, number := path.Split(strings.TrimSuffix(folder, "/"))
	_, err := strconv.Atoi(number)
	return err == nil && path.Base(before) == pagerPath
}
