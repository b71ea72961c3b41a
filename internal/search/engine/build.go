package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"

	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"

	"lienhiep/internal/search"
)

// Build reads all pages of a built site in a folder, and writes its search indexes there.
func Build(ctx context.Context, site afero.Fs) (search.Stats, error) {
	x := search.New()
	reading, ending := errgroup.WithContext(ctx)
	reading.SetLimit(runtime.GOMAXPROCS(0))
	err := fs.WalkDir(afero.NewIOFS(site), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		reading.Go(func() error {
			page, err := afero.ReadFile(site, name)
			if err == nil {
				x.Add(name, page)
			}
			return err
		})
		return ending.Err()
	})
	if err = errors.Join(err, reading.Wait()); err != nil {
		return search.Stats{}, fmt.Errorf("reading the pages: %w", err)
	}
	return x.Write(ctx, site, nil)
}
