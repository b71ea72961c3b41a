package disk

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// isBusy reports whether an error may be due to another program that has the file
// open. A lack of rights looks the same.
func isBusy(err error) bool {
	for _, busy := range []windows.Errno{windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION, windows.ERROR_ACCESS_DENIED, windows.ERROR_USER_MAPPED_FILE} {
		if errors.Is(err, busy) {
			return true
		}
	}
	return false
}

// syncFolder has nothing to do: Windows flushes names by itself.
func syncFolder(*os.File) error { return nil }

func syncTree(dir string) error { return syncEach(dir) }

func syncAhead(string) {}

// syncFile flushes a file by its name. Windows flushes only what is open for writing.
func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
