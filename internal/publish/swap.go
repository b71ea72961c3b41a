package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"lienhiep/internal/disk"
)

// Swap replaces the folder public with staging, atomically where the system can exchange
// two folders. Elsewhere the old folder stands at aside for a moment; see [Recover]. All
// three must be on one file system. It returns where the old site is then, "" if there was
// none, which the caller removes.
//
// The new site is flushed to the disk before it takes its place, and the exchange before
// Swap returns.
func Swap(staging, public, aside string) (old string, err error) {
	if err := Recover(public, aside); err != nil {
		return "", err
	}
	if err := os.RemoveAll(aside); err != nil {
		return "", fmt.Errorf("removing an old copy: %w", err)
	}
	if err := disk.SyncTree(staging); err != nil {
		return "", fmt.Errorf("flushing the new site to the disk: %w", err)
	}
	if _, err := os.Stat(public); errors.Is(err, fs.ErrNotExist) {
		return "", disk.Rename(staging, public)
	}
	if err := exchange(staging, public); err == nil {
		if err := disk.SyncFolders(filepath.Dir(public), filepath.Dir(staging)); err != nil {
			return "", fmt.Errorf("flushing the new site's place to the disk: %w", err)
		}
		return staging, nil
	}
	if err := disk.Rename(public, aside); err != nil {
		return "", fmt.Errorf("moving the old site aside: %w", err)
	}
	if err := disk.Rename(staging, public); err != nil {
		return "", errors.Join(fmt.Errorf("putting the new site in place: %w", err), disk.Rename(aside, public))
	}
	return aside, nil
}

// Recover restores public from aside if [Swap] was interrupted between its two renames.
func Recover(public, aside string) error {
	if _, err := os.Stat(public); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(aside); err != nil {
		return nil // nothing was moved aside
	}
	if err := disk.Rename(aside, public); err != nil {
		return fmt.Errorf("putting the old site back: %w", err)
	}
	return nil
}
