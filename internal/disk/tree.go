package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// SyncTree flushes a folder and everything below it (fsync), whoever wrote it.
func SyncTree(dir string) error { return syncTree(dir) }

// syncEach flushes files and folders one by one, several at once.
func syncEach(dir string) error {
	var g errgroup.Group
	g.SetLimit(4 * runtime.GOMAXPROCS(0)) // they wait for the disk
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && (d.Type().IsRegular() || d.IsDir() && runtime.GOOS != "windows") {
			g.Go(func() error { return syncFile(name) })
		}
		return err
	})
	return errors.Join(err, g.Wait(), SyncFolders(dir))
}

// Publish makes a folder and everything below it world-readable, regardless of the umask
// under which it was written: web servers run as another user.
func Publish(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil || !info.IsDir() && !info.Mode().IsRegular() {
			return err
		}
		if perm := info.Mode().Perm(); perm&readable(info.Mode()) != readable(info.Mode()) {
			return ignoreFixed(os.Chmod(name, perm|readable(info.Mode())))
		}
		return nil
	})
}
