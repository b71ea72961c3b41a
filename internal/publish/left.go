package publish

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"lienhiep/internal/disk"
)

// fewNames are removed in no time.
const fewNames = 10_000

// Leave puts the old site, of which [Swap] has told, into the folder left: removing ten
// thousands of names takes a good part of a build, and the next one has time for it while
// Hugo works. What holds anything of the old site alone is removed at once: only names stay
// that files of the new site have, too, as shared says. Of a site with few files, or where
// left is taken, nothing stays.
func Leave(old, left string, shared func(name string) bool) error {
	if old == "" {
		return nil
	}
	names := 0
	err := fs.WalkDir(os.DirFS(old), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if shared(name) {
			names++
			return nil
		}
		return os.Remove(filepath.Join(old, filepath.FromSlash(name)))
	})
	if err == nil && (names <= fewNames || disk.Rename(old, left) != nil) {
		err = os.RemoveAll(old)
	}
	if err != nil {
		return fmt.Errorf("removing the old site: %w", err)
	}
	return nil
}
