package disk

import (
	"io/fs"
	"os"
)

// Open opens a file as [os.OpenFile] does, of which it is known that it is a regular one, or
// a folder. Go does not ask the system then whether it must wait for what is read, which is
// a third of the time that opening a small file takes on Linux.
func Open(name string, flag int, perm fs.FileMode) (*os.File, error) { return open(name, flag, perm) }

// Dir is the files below a folder, as [os.DirFS] gives them, opened by [Open].
func Dir(root string) fs.FS { return dir{os.DirFS(root).(dirFS), root} }

// dirFS is what files below a folder can be asked for without being opened here.
type dirFS interface {
	fs.ReadDirFS
	fs.StatFS
	fs.ReadLinkFS
}

type dir struct {
	dirFS
	root string
}
