package search

import (
	"context"
	"crypto/sha256"
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

// Index is a search index that is being made.
type Index struct {
	mu        sync.Mutex
	documents []document
	languages map[string]*language
	added     map[string][sha256.Size]byte // the pages that [Index.Add] has read, with their sums
	idle      []*reader
}

// New returns an index of nothing.
func New() *Index {
	return &Index{languages: map[string]*language{}, added: map[string][sha256.Size]byte{}}
}

// Add reads a page of a site before the others are there. It can be called from several
// goroutines.
func (x *Index) Add(name string, page []byte) {
	r := x.reader()
	r.page(name, page)
	sum := sha256.Sum256(page)
	x.mu.Lock()
	x.added[name] = sum
	x.idle = append(x.idle, r)
	x.mu.Unlock()
}

// Build writes the search indexes of a built site into its folder and removes those of
// an earlier build. The output depends on the pages alone. before, which may be nil, is of
// that site: files of the index that are as an earlier build made them are taken from there.
func Build(ctx context.Context, site afero.Fs, before *kept.Store) (Stats, error) {
	return New().Build(ctx, site, before)
}

// Build does the same, and reads the pages that were added only if they have changed. It
// can be called once.
func (x *Index) Build(ctx context.Context, site afero.Fs, before *kept.Store) (Stats, error) {
	names, err := pagesOf(site)
	if err != nil {
		return Stats{}, fmt.Errorf("listing the pages: %w", err)
	}
	rest, whole := x.notAdded(names, before)
	if !whole {
		x, rest = New(), names
	}
	if err := x.readAll(ctx, rest, site, before); err != nil {
		return Stats{}, err
	}
	var all Stats
	for _, code := range slices.Sorted(x.codes()) {
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

// notAdded are the pages of a site that are still to be read; whole is false where one that
// was added is gone, or another now.
func (x *Index) notAdded(names []string, before *kept.Store) (rest []string, whole bool) {
	found := 0
	for _, name := range names {
		sum, added := x.added[name]
		if !added {
			rest = append(rest, name)
			continue
		}
		found++
		if before == nil {
			return nil, false
		}
		if now, err := before.File(name); err != nil || now.Sum != sum {
			return nil, false
		}
	}
	return rest, found == len(x.added)
}

// readAll reads pages of a built site.
func (x *Index) readAll(ctx context.Context, names []string, site afero.Fs, before *kept.Store) error {
	read := func(name string) ([]byte, error) { return afero.ReadFile(site, name) }
	if before != nil {
		read = before.Read // so that the page's sum is known
	}
	return inParallel(ctx, len(names), func() func(int) error {
		r := x.reader()
		return func(i int) error {
			page, err := read(names[i])
			if errors.Is(err, fs.ErrNotExist) {
				return nil // gone since it was listed, under a server at work
			}
			if err != nil {
				return fmt.Errorf("reading a page: %w", err)
			}
			r.page(names[i], page)
			return nil
		}
	})
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

func (x *Index) codes() func(func(string) bool) {
	return func(yield func(string) bool) {
		for code := range x.languages {
			if !yield(code) {
				return
			}
		}
	}
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
