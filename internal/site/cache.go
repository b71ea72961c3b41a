package site

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"lienhiep/internal/disk"
	"lienhiep/internal/photo"
)

// Where Hugo keeps what it has made, below the site's folder. It takes these files
// again as they are: half a picture, left by a build that was killed or by a power cut,
// would be published ever after, and a damaged program stops every build.
const (
	picturesMade = "resources/_gen/images"
	cacheFolder  = "generated/cache"     // programs compiled for this machine
	cacheSums    = "generated/cache.txt" // what cacheFolder held when a build had ended
)

// healCache removes what was not written to its end. Hugo makes it anew.
func healCache(root string) error {
	err := eachFile(root, picturesMade, func(name string, data []byte) error {
		if photo.Named(name) == "" || photo.Whole(data) {
			return nil
		}
		return remove(root, name)
	})
	if err != nil {
		return err
	}
	sums, err := os.ReadFile(filepath.Join(root, cacheSums))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return eachFile(root, cacheFolder, func(name string, data []byte) error {
		if bytes.Contains(sums, sumLine(name, data)) {
			return nil
		}
		return remove(root, name)
	})
}

// recordCache notes what Hugo's cache holds, now that Hugo has ended by itself.
func recordCache(root string) error {
	var sums []byte
	err := eachFile(root, cacheFolder, func(name string, data []byte) error {
		sums = append(sums, sumLine(name, data)...)
		return nil
	})
	if err != nil {
		return err
	}
	if before, err := os.ReadFile(filepath.Join(root, cacheSums)); err == nil && bytes.Equal(before, sums) {
		return nil
	}
	in, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer in.Close()
	return disk.Folder{Root: in, Aside: path.Dir(cacheSums)}.Replace(cacheSums, sums)
}

func sumLine(name string, data []byte) []byte {
	return fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(data), name)
}

// eachFile reads the files of a folder of the site. One that goes meanwhile, as
// another Hugo makes it anew, is passed over, and so is a folder that is not there.
func eachFile(root, folder string, do func(name string, data []byte) error) error {
	return fs.WalkDir(os.DirFS(root), folder, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(root, name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return do(name, data)
	})
}

func remove(root, name string) error {
	err := disk.Retry(func() error { return os.Remove(filepath.Join(root, name)) })
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
