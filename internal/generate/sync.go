package generate

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/afero"
)

// Changes counts what a run did to the folder.
type Changes struct{ Written, Removed, Kept int }

// sync makes content/, data/ and static/ of fsys hold exactly the wanted files.
func sync(fsys afero.Fs, want files) (Changes, error) {
	var done Changes
	for _, name := range slices.Sorted(maps.Keys(want)) {
		wrote, err := writeChanged(fsys, name, want[name])
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

// writeChanged writes the file if it holds anything else. The new text is
// written beside and renamed into place, so that a reader sees the old file or
// the new one; it is written outside the folders that Hugo watches.
func writeChanged(fsys afero.Fs, name string, data []byte) (bool, error) {
	if old, err := afero.ReadFile(fsys, name); err == nil && bytes.Equal(old, data) {
		return false, nil
	}
	const beside = "writing.tmp"
	if err := fsys.MkdirAll(path.Dir(name), 0o777); err != nil {
		return false, fmt.Errorf("making a folder for %s: %w", name, err)
	}
	if err := afero.WriteFile(fsys, beside, data, 0o666); err != nil {
		return false, fmt.Errorf("writing %s: %w", name, err)
	}
	if err := fsys.Rename(beside, name); err != nil {
		return false, fmt.Errorf("putting %s in place: %w", name, err)
	}
	return true, nil
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
		if err := fsys.Remove(name); err != nil {
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
