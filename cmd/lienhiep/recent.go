package main

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

// recent is the content as it was read last. Thousands of entries take seconds to read, and
// their files' sizes and times a fraction of that: while these are the same, and time has
// changed nothing, nothing is read again.
type recent struct {
	mu       sync.Mutex // who asks while the content is read waits for that
	state    uint64     // of the files, as they were read
	until    time.Time
	catalog  *catalog.Catalog
	findings []diag.Finding
	memory   catalog.Memory // of the last reading
}

// sureAfter is how old a change must be before a further one is sure to bear another time: FAT
// counts in steps of two seconds.
const sureAfter = 3 * time.Second

// load returns the content below root at a moment, by read where it is not known. Nobody may
// change the catalogue.
func (r *recent) load(root string, now time.Time, read func(*catalog.Memory) (*catalog.Catalog, []diag.Finding, error)) (*catalog.Catalog, []diag.Finding, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	state, newest, err := stateOf(root)
	if err == nil && r.catalog != nil && state == r.state && now.Before(r.until) {
		return r.catalog, slices.Clone(r.findings), nil
	}
	r.catalog = nil
	c, findings, readErr := read(&r.memory)
	if readErr == nil && err == nil && newest.Add(sureAfter).Before(now) {
		r.state, r.catalog, r.findings = state, c, slices.Clone(findings)
		year, month, day := now.Date()
		r.until = time.Date(year, month, day+1, 0, 0, 0, 0, now.Location())
		if at, changes := c.NextChange(now); len(changes) > 0 && at.Before(r.until) {
			r.until = at
		}
	}
	return c, findings, readErr
}

// readFrom are the places that the content is read from.
var readFrom = []string{"content", "static", "config.toml"}

var stateSeed = maphash.MakeSeed()

// stateOf tells the files below root by their names, sizes and times, and when the newest
// was changed.
func stateOf(root string) (state uint64, newest time.Time, err error) {
	var h maphash.Hash
	h.SetSeed(stateSeed)
	for _, place := range readFrom {
		err := filepath.WalkDir(filepath.Join(root, place), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			at := info.ModTime()
			if at.After(newest) {
				newest = at
			}
			fmt.Fprintf(&h, "%s\x00%d %d %d\n", name, info.Mode(), info.Size(), at.UnixNano()) // it cannot fail
			return nil
		})
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return 0, newest, err
		}
	}
	return h.Sum64(), newest, nil
}
