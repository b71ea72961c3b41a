package card

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/afero"

	"lienhiep/internal/disk"
)

// cache is a folder that keeps drawings. A drawing's name is its key and the sum of
// what it holds: one that a power cut has damaged is drawn anew.
type cache struct {
	fsys  afero.Fs
	names map[string][]string // by key
}

func openCache(dir string) (*cache, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("making a folder for cards: %w", err)
	}
	c := &cache{afero.NewBasePathFs(afero.NewOsFs(), dir), map[string][]string{}}
	files, err := afero.ReadDir(c.fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("listing the cards kept: %w", err)
	}
	for _, f := range files {
		key, _, _ := strings.Cut(f.Name(), ".")
		c.names[key] = append(c.names[key], f.Name())
	}
	return c, nil
}

// get returns the drawing that is kept under key, and its name.
func (c *cache) get(key string) (name string, png []byte) {
	for _, name := range c.names[key] {
		if png, err := afero.ReadFile(c.fsys, name); err == nil && name == nameOf(key, png) {
			return name, png
		}
	}
	return "", nil
}

// put keeps a drawing under key, and returns its name.
func (c *cache) put(key string, png []byte) (name string, err error) {
	name = nameOf(key, png)
	_, err = disk.Renew(c.fsys, key+".tmp", name, png)
	return name, err
}

func nameOf(key string, png []byte) string {
	sum := sha256.Sum256(png)
	return key + "." + hex.EncodeToString(sum[:8]) + ".png"
}

// prune removes what no page asks for: a drawing of an entry that has gone must
// not outlive it.
func (c *cache) prune(jobs []job) error {
	wanted := map[string]bool{}
	for _, j := range jobs {
		wanted[j.kept] = true
	}
	for _, names := range c.names {
		for _, name := range names {
			if !wanted[name] {
				err := disk.Retry(func() error { return c.fsys.Remove(name) })
				if err != nil && !errors.Is(err, fs.ErrNotExist) {
					return fmt.Errorf("removing an old card: %w", err)
				}
			}
		}
	}
	return nil
}
