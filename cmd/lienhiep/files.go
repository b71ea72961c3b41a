package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeWhole gives a file its content at once: it is written beside its place and
// renamed, so that nobody finds half of it. A file that was there keeps its rights;
// the folders above a new one are made.
func writeWhole(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	beside, err := os.OpenFile(name+".tmp", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666) // Hugo passes over .tmp
	if err != nil {
		return err
	}
	_, err = beside.Write(data)
	if old, unknown := os.Stat(name); unknown == nil {
		err = errors.Join(err, beside.Chmod(old.Mode().Perm()))
	}
	if err = errors.Join(err, beside.Sync(), beside.Close()); err == nil {
		err = os.Rename(beside.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(beside.Name()))
	}
	return nil
}

// writeNew writes a file as writeWhole does, but never over another
// ([fs.ErrExist]) and only into a folder that is there.
func writeNew(name string, data []byte) error {
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fs.ErrExist)
	}
	if _, err := os.Stat(filepath.Dir(name)); err != nil {
		return err
	}
	return writeWhole(name, data)
}

// writeSecret writes a file that its owner alone can read, and never over another.
func writeSecret(name, text string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, text)
	return errors.Join(err, f.Close())
}

// readBounded reads at most n bytes of a file.
func readBounded(name string, n int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, n))
}
