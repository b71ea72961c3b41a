package generate

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/afero"

	"lienhiep/internal/disk"
)

// Changes counts the files that a run wrote, removed and kept.
type Changes struct{ Written, Removed, Kept int }

// sync makes content/, data/ and static/ of fsys hold exactly the wanted files.
func sync(fsys afero.Fs, want files) (Changes, error) {
	var done Changes
	for _, name := range slices.Sorted(maps.Keys(want)) {
		wrote, err := write(fsys, name, want[name])
		if err != nil {
			return done, err
		}
		if wrote {
			done.Written++
		} else {
			done.Kept++
		}
	}
	for _, root := range []string{"content", "data", "static"} {
		removed, err := removeStale(fsys, root, want)
		done.Removed += removed
		if err != nil {
			return done, err
		}
	}
	return done, nil
}

// write writes a file atomically, and reports whether its content changed. The temporary
// file is outside the folders that Hugo watches.
func write(fsys afero.Fs, name string, data []byte) (bool, error) {
	return disk.Renew(fsys, "writing.tmp", name, data)
}

// removeStale removes the files below root that are not wanted, and the folders
// left empty.
func removeStale(fsys afero.Fs, root string, want files) (int, error) {
	var stale, folders []string
	err := afero.Walk(fsys, root, func(name string, info os.FileInfo, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case info.IsDir():
			folders = append(folders, name)
		case want[filepath.ToSlash(name)] == nil:
			stale = append(stale, name)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("looking for stale files: %w", err)
	}
	for i, name := range stale {
		if err := disk.Retry(func() error { return fsys.Remove(name) }); err != nil {
			return i, fmt.Errorf("removing a stale file: %w", err)
		}
	}
	if len(stale) > 0 {
		for _, dir := range slices.Backward(folders) {
			if empty, err := afero.IsEmpty(fsys, dir); err == nil && empty {
				if err := fsys.Remove(dir); err != nil {
					return len(stale), fmt.Errorf("removing an empty folder: %w", err)
				}
			}
		}
	}
	return len(stale), nil
}
