//go:build unix

package disk

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// isBusy: a file that others read can be replaced.
func isBusy(error) bool { return false }

// syncFolder flushes which names a folder holds. Some network file systems have
// nothing to flush of a folder, and refuse.
func syncFolder(dir *os.File) error {
	if err := dir.Sync(); !errors.Is(err, unix.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}

// syncFile flushes a file or folder by its name. On macOS it may then still be in the
// drive's own memory, which syncFolder empties.
func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(unix.Fsync(int(f.Fd())), f.Close())
}
