// Package disk writes files and folders atomically: no reader ever sees part of one, nor
// does anybody after the program was killed or the power failed.
//
// There are two kinds of file. One that cannot be regenerated (an entry, a record, a
// page being published) is written through a [Folder]: to a temporary file, which is
// flushed (fsync) and renamed, and then the folder is flushed as well. When the call
// returns, the new file is durable; until then, the old one is. A file that is derived
// from others (generated/, caches) is written by [Renew]: renamed in the same way, but
// not flushed, since its users compare its content with what it should be.
//
// A tree that others wrote is flushed by [SyncTree] before it replaces another by
// [Rename]. On Windows a file cannot be replaced while another program has it open;
// every operation here retries for a moment ([Retry]).
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

// Folder is a folder in which files are written. Names are slash-separated paths
// relative to Root; none can escape it, not even through a symbolic link.
type Folder struct {
	Root   *os.Root
	Aside  string      // folder below Root, on the same file system, for temporary files; made if missing
	Perm   fs.FileMode // of a new file, before the umask; 0 stands for 0o666
	Public bool        // files, and folders made for them, can be read by everyone, whatever the umask
}

// Replace writes a file atomically. It keeps the mode of an existing file, and creates
// missing parent folders.
func (f Folder) Replace(name string, data []byte) error {
	return f.Fill(name, holding(data))
}

// Fill is [Folder.Replace] for content that is written in pieces. If fill returns an
// error, the file is unchanged.
func (f Folder) Fill(name string, fill func(io.Writer) error) error {
	return f.put(name, fill, f.rename)
}

// Create creates a file atomically, with missing parent folders. If the file exists, or
// another program creates it at the same time, it is unchanged and the error is
// [fs.ErrExist].
func (f Folder) Create(name string, data []byte) error {
	return f.put(name, holding(data), f.link)
}

// CreateFolder creates a folder with files, by name, atomically. If the folder exists,
// it is unchanged and the error is [fs.ErrExist].
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

// Move renames a file or folder atomically and durably, and makes missing parent folders.
// If the new name is taken, nothing has changed and the error is [fs.ErrExist].
func (f Folder) Move(from, to string) error {
	if _, err := f.Root.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fs.ErrExist)
	}
	if err := f.makeFolder(path.Dir(to)); err != nil {
		return err
	}
	if err := f.rename(from, to); err != nil {
		return err
	}
	return errors.Join(f.sync(path.Dir(to)), f.sync(path.Dir(from)))
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

// CreateFile creates a file as [Folder.Create] does, at any path and with a mode before
// umask. Its folder must exist.
func CreateFile(name string, data []byte, perm fs.FileMode) error {
	dir, file := filepath.Split(name)
	root, err := os.OpenRoot(filepath.Clean(dir))
	if err != nil {
		return err
	}
	defer root.Close()
	return Folder{Root: root, Aside: ".", Perm: perm}.Create(file, data)
}

// Rename moves a file or folder durably: when it returns, the move survives a power
// failure.
func Rename(from, to string) error {
	if err := Retry(func() error { return os.Rename(from, to) }); err != nil {
		return err
	}
	return SyncFolders(filepath.Dir(from), filepath.Dir(to))
}

// SyncFolders flushes the directory entries of folders (fsync).
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
