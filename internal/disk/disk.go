// Package disk replaces files and folders so that nobody ever finds half of one: not
// a reader, not after a program was killed, not after a power cut.
//
// There are two kinds of file. One that cannot be made again (an entry, a record, a
// page that is being published) is replaced through a [Folder]: written to a
// temporary file, flushed to the disk, renamed, and the folder flushed as well. When
// the call returns, the file will be there after a power cut; until then, the old one
// will. One that is made from others (generated/, caches) is written by [Renew]:
// renamed into place just the same, but not flushed, since whoever uses it compares
// what it holds with what it should hold.
//
// A tree that others wrote is flushed by [SyncTree], before it takes the place of
// another by [Rename]. On Windows a file cannot be replaced while another program
// reads it; every operation here tries again for a moment ([Retry]).
package disk

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Folder is where files are replaced. Names are paths below Root, with slashes; none
// leads out of it, whatever a symbolic link says.
type Folder struct {
	Root   *os.Root
	Aside  string      // folder below Root, on the same file system, for temporary files; made if missing
	Perm   fs.FileMode // of a new file, before the umask; 0 stands for 0o666
	Public bool        // files, and folders made for them, can be read by everyone, whatever the umask
}

// Replace makes the file hold data. It keeps the mode of a file that is there, and
// makes the folders above one that is not.
func (f Folder) Replace(name string, data []byte) error {
	return f.Fill(name, holding(data))
}

// Fill is [Folder.Replace] for content that is written piece by piece. If fill fails,
// the file stays as it was.
func (f Folder) Fill(name string, fill func(io.Writer) error) error {
	return f.put(name, fill, f.rename)
}

// Create makes a new file, and the folders above it. A file that is there already, or
// that another program makes at the same moment, is left alone: [fs.ErrExist].
func (f Folder) Create(name string, data []byte) error {
	return f.put(name, holding(data), f.link)
}

// CreateFolder makes a new folder with the files, by name, all at once. A folder that
// is there already is left alone: [fs.ErrExist].
func (f Folder) CreateFolder(name string, files map[string][]byte) (err error) {
	if _, err := f.Root.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fs.ErrExist)
	}
	aside := f.aside()
	if err := errors.Join(f.makeFolder(aside), f.makeFolder(path.Dir(name))); err != nil {
		return err
	}
	for file, data := range files {
		if err == nil {
			err = f.write(path.Join(aside, file), 0, holding(data))
		}
	}
	if err == nil {
		err = f.sync(aside)
	}
	if err == nil {
		err = f.rename(aside, name)
	}
	if err != nil {
		return errors.Join(err, f.Root.RemoveAll(aside))
	}
	return f.sync(path.Dir(name))
}

// Remove removes a file or an empty folder.
func (f Folder) Remove(name string) error {
	if err := Retry(func() error { return f.Root.Remove(name) }); err != nil {
		return err
	}
	return f.sync(path.Dir(name))
}

func (f Folder) aside() string { return path.Join(f.Aside, rand.Text()+".tmp") }

// put writes a temporary file and hands it to place, which gives it its name.
func (f Folder) put(name string, fill func(io.Writer) error, place func(aside, name string) error) error {
	aside := f.aside()
	if err := errors.Join(f.makeFolder(path.Dir(aside)), f.makeFolder(path.Dir(name))); err != nil {
		return err
	}
	var keep fs.FileMode
	if there, err := f.Root.Stat(name); err == nil {
		keep = there.Mode().Perm()
	}
	err := f.write(aside, keep, fill)
	if err == nil {
		err = place(aside, name)
	}
	if err != nil {
		return errors.Join(err, ignoreMissing(f.Root.Remove(aside)))
	}
	return f.sync(path.Dir(name))
}

// write makes a new file, with the mode perm if that is not 0, and flushes it.
func (f Folder) write(name string, perm fs.FileMode, fill func(io.Writer) error) error {
	fresh := f.Perm
	if fresh == 0 {
		fresh = 0o666
	}
	w, err := f.Root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fresh)
	if err != nil {
		return err
	}
	err = fill(w)
	if err == nil {
		err = f.setMode(w, perm)
	}
	if err == nil {
		err = w.Sync()
	}
	return errors.Join(err, w.Close())
}

// setMode gives an open file the mode perm, or leaves that which it has if perm is 0,
// and lets everyone read it if it is public.
func (f Folder) setMode(w *os.File, perm fs.FileMode) error {
	info, err := w.Stat()
	if err != nil {
		return err
	}
	has := info.Mode().Perm()
	if perm == 0 {
		perm = has
	}
	if f.Public {
		perm |= readable(info.Mode())
	}
	if perm == has {
		return nil
	}
	return ignoreFixed(w.Chmod(perm))
}

// readable are the bits of the mode without which a web server cannot serve.
func readable(mode fs.FileMode) fs.FileMode {
	if mode.IsDir() {
		return 0o555
	}
	return 0o444
}

// ignoreFixed passes over file systems that keep no modes, such as a USB stick's:
// of a file that is our own, nothing else forbids us to set it.
func ignoreFixed(err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

func (f Folder) rename(from, to string) error {
	return Retry(func() error { return f.Root.Rename(from, to) })
}

// link gives a file its name if no other file has it.
func (f Folder) link(aside, name string) error {
	if f.Root.Link(aside, name) == nil {
		return f.Root.Remove(aside)
	}
	return f.claim(aside, name) // the name is taken, or there are no hard links here
}

// claim is link without hard links: it takes the name first. A power cut between
// leaves an empty file.
func (f Folder) claim(aside, name string) error {
	claim, err := f.Root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if err = errors.Join(claim.Close(), f.rename(aside, name)); err != nil {
		return errors.Join(err, f.Root.Remove(name))
	}
	return nil
}

// makeFolder makes a folder, and those above it, where there is none.
func (f Folder) makeFolder(name string) error {
	err := f.Root.Mkdir(name, 0o777)
	if errors.Is(err, fs.ErrNotExist) && name != "." {
		if err := f.makeFolder(path.Dir(name)); err != nil {
			return err
		}
		err = f.Root.Mkdir(name, 0o777)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil // if it is no folder, the next step says so
	}
	if err != nil {
		return err
	}
	if f.Public {
		dir, err := f.Root.Open(name)
		if err != nil {
			return err
		}
		if err := errors.Join(f.setMode(dir, 0), dir.Close()); err != nil {
			return err
		}
	}
	return f.sync(path.Dir(name))
}

// sync flushes a folder: which names it holds.
func (f Folder) sync(name string) error {
	dir, err := f.Root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(syncFolder(dir), dir.Close())
}

// CreateFile makes a new file anywhere, as [Folder.Create] does, with a mode before
// the umask. The folder must be there.
func CreateFile(name string, data []byte, perm fs.FileMode) error {
	dir, file := filepath.Split(name)
	root, err := os.OpenRoot(filepath.Clean(dir))
	if err != nil {
		return err
	}
	defer root.Close()
	return Folder{Root: root, Aside: ".", Perm: perm}.Create(file, data)
}

// Rename moves a file or folder. When it returns, a power cut no longer undoes that.
func Rename(from, to string) error {
	if err := Retry(func() error { return os.Rename(from, to) }); err != nil {
		return err
	}
	return SyncFolders(filepath.Dir(from), filepath.Dir(to))
}

// SyncFolders flushes which names the folders hold.
func SyncFolders(names ...string) error {
	for _, name := range names {
		dir, err := os.Open(name)
		if err != nil {
			return err
		}
		if err := errors.Join(syncFolder(dir), dir.Close()); err != nil {
			return err
		}
	}
	return nil
}

func holding(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
