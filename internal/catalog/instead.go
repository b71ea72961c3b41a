package catalog

import (
	"bytes"
	"io/fs"
	"time"
)

// Instead returns a file system as it would be with data in the place of what a file holds,
// so that what is being written can be loaded before it is saved.
func Instead(fsys fs.FS, name string, data []byte) fs.FS { return instead{fsys, name, data} }

type instead struct {
	fs.FS
	name string
	data []byte
}

func (i instead) Open(name string) (fs.File, error) {
	if name != i.name {
		return i.FS.Open(name)
	}
	info, err := i.Lstat(name)
	if err != nil {
		return nil, err
	}
	return &unsaved{bytes.NewReader(i.data), info}, nil
}

// Lstat and ReadLink let links be told from files, as below.
func (i instead) Lstat(name string) (fs.FileInfo, error) {
	info, err := fs.Lstat(i.FS, name)
	if err != nil || name != i.name {
		return info, err
	}
	return unsavedInfo{info, int64(len(i.data))}, nil
}

func (i instead) ReadLink(name string) (string, error) { return fs.ReadLink(i.FS, name) }

// unsaved is the file as it would be.
type unsaved struct {
	*bytes.Reader
	info fs.FileInfo
}

func (u *unsaved) Stat() (fs.FileInfo, error) { return u.info, nil }
func (u *unsaved) Close() error               { return nil }

// unsavedInfo is what the disk says of the file, but for its size and time.
type unsavedInfo struct {
	fs.FileInfo
	size int64
}

func (u unsavedInfo) Size() int64        { return u.size }
func (u unsavedInfo) ModTime() time.Time { return time.Time{} }
