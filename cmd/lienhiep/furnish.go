package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"sync"

	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"

	"lienhiep/internal/aloud"
	"lienhiep/internal/card"
	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
	"lienhiep/internal/kept"
	"lienhiep/internal/search"
)

// reading is what is made of the pages of a site. Each is read once for all of it, and may
// be before the others are there.
type reading struct {
	site  *kept.Store
	index *search.Index
	voice *aloud.Voice
	cards *card.Cards

	mu   sync.Mutex
	read map[string]kept.Sum
}

func newReading(site *kept.Store) *reading {
	r := &reading{site: site}
	r.forget()
	return r
}

func (r *reading) forget() {
	r.index, r.voice, r.cards, r.read = search.New(), &aloud.Voice{}, card.New(r.site), map[string]kept.Sum{}
}

// page reads a page. It can be called from several goroutines.
func (r *reading) page(name string, text []byte) error {
	r.index.Add(name, text)
	r.cards.Add(name, text)
	r.mu.Lock()
	r.read[name] = sha256.Sum256(text)
	r.mu.Unlock()
	return r.voice.Add(name, text)
}

// rest reads those pages of the built site in the folder dir that were not read ahead. If
// one of these is gone now, or another, all are read anew.
func (r *reading) rest(ctx context.Context, dir string) error {
	names, err := pagesIn(dir)
	if err != nil {
		return fmt.Errorf("listing the pages: %w", err)
	}
	left, holds := r.left(names)
	if !holds {
		r.forget()
		left = names
	}
	reading, ctx := errgroup.WithContext(ctx)
	reading.SetLimit(runtime.GOMAXPROCS(0))
	for _, name := range left {
		reading.Go(func() error {
			text, err := r.site.Read(name)
			if errors.Is(err, fs.ErrNotExist) {
				return nil // gone since it was listed, under a server at work
			}
			if err = errors.Join(err, ctx.Err()); err != nil {
				return err
			}
			return r.page(name, text)
		})
	}
	if err := reading.Wait(); err != nil {
		return fmt.Errorf("reading the pages: %w", err)
	}
	return nil
}

// left are the pages that were not read; holds is false where one that was is gone or
// another.
func (r *reading) left(names []string) (left []string, holds bool) {
	found := 0
	for _, name := range names {
		sum, read := r.read[name]
		if !read {
			left = append(left, name)
			continue
		}
		if now, err := r.site.File(name); err != nil || now.Sum != sum {
			return nil, false
		}
		found++
	}
	return left, found == len(r.read)
}

// pagesIn lists the HTML files of a site in a folder.
func pagesIn(dir string) (names []string, err error) {
	err = disk.Walk(disk.Dir(dir), func(name string, d fs.DirEntry) error {
		if !d.IsDir() && path.Ext(name) == ".html" {
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// furnish adds to the pages of a built site, in its folder, what is made of them: the search
// index, what a browser's voice says, and the pictures of links.
func (r *reading) furnish(ctx context.Context, ui *UI, dir string) error {
	defer ui.step(diag.Text{VI: "Lập chỉ mục tìm kiếm, vẽ ảnh để chia sẻ", EN: "Making the search index, and drawing the cards"})()
	if err := r.rest(ctx, dir); err != nil {
		return err
	}
	making, ctx := errgroup.WithContext(ctx)
	making.Go(func() error { return r.searchable(ctx, dir) })
	making.Go(func() error {
		_, err := r.cards.Draw(ctx)
		return err
	})
	return making.Wait()
}

// searchable writes the search index, and what a browser's voice says.
func (r *reading) searchable(ctx context.Context, dir string) error {
	site := afero.NewBasePathFs(afero.NewOsFs(), dir)
	_, err := r.index.Write(ctx, site, r.site)
	return errors.Join(err, r.voice.Write(site))
}
