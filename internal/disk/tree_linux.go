package disk

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// syncTree flushes the whole file system, which takes a fraction of the time that
// thousands of files take one by one.
func syncTree(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(unix.Syncfs(int(f.Fd())), f.Close())
}

func syncAhead(dir string) { go func() { _ = syncTree(dir) }() } // syncTree tells of faults
