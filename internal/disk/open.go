package disk

import (
	"io/fs"
	"os"
)

// Open opens a regular file as [os.OpenFile] does. Go does not try then whether it can wait
// for the file, which is a third of the time that opening a small one takes on Linux.
func Open(name string, flag int, perm fs.FileMode) (*os.File, error) {
	return os.OpenFile(name, flag|regular, perm)
}
