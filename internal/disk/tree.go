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

// SyncAhead begins to flush what has been written, so that [SyncTree] waits less for the rest
// later: where the system flushes all files together.
func SyncAhead(dir string) { syncAhead(dir) }

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

// Publish makes a file or folder world-readable, regardless of the umask under which it was
// written: web servers run as another user. info tells of it as it is.
func Publish(name string, info fs.FileInfo) error {
	perm, wanted := info.Mode().Perm(), readable(info.Mode())
	if perm&wanted == wanted || !info.IsDir() && !info.Mode().IsRegular() {
		return nil
	}
	return ignoreFixed(os.Chmod(name, perm|wanted))
}
