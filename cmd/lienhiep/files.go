package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile gives a file its content at once: it is written at another place of the
// same disk, brought to the disk and renamed, so that nobody finds half of it. A
// file that was there keeps its rights; the folders above both are made.
func writeFile(name, aside string, data []byte) error {
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.MkdirAll(filepath.Dir(aside), 0o777)); err != nil {
		return err
	}
	f, err := os.OpenFile(aside, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		if old, unknown := os.Stat(name); unknown == nil {
			err = os.Chmod(aside, old.Mode().Perm())
		}
	}
	if err == nil {
		err = os.Rename(aside, name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(aside))
	}
	return nil
}

// writeNew writes a file as writeFile does, but never over another
// ([fs.ErrExist]) and only into a folder that is there.
func writeNew(name string, data []byte) error {
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fs.ErrExist)
	}
	if _, err := os.Stat(filepath.Dir(name)); err != nil {
		return err
	}
	return writeFile(name, name+".tmp", data) // Hugo passes over .tmp
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
