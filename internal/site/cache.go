package site

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"lienhiep/internal/disk"
	"lienhiep/internal/photo"
)

// picturesMade is where Hugo keeps the pictures that it has made, below the site's
// folder.
const picturesMade = "resources/_gen/images"

// healCache removes the pictures that Hugo has not written to their end, because it
// was killed or the power was cut: it would publish them ever after. It makes them anew.
func healCache(root string) error {
	err := filepath.WalkDir(filepath.Join(root, filepath.FromSlash(picturesMade)), func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || photo.Named(name) == "" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil || photo.Whole(data) {
			return err
		}
		return disk.Retry(func() error { return os.Remove(name) })
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing was made yet, or another Hugo tidies up
	}
	return err
}
