package disk

import (
	"bytes"
	"fmt"
	"path"

	"github.com/spf13/afero"
)

// Renew writes a file that can be regenerated, and reports whether its content changed.
// The write is atomic but not flushed: after a power failure the file may be empty or
// truncated, which the next Renew repairs. aside is the temporary file, on the same file
// system; nothing else may write it meanwhile.
func Renew(fsys afero.Fs, aside, name string, data []byte) (written bool, err error) {
	if old, err := afero.ReadFile(fsys, name); err == nil && bytes.Equal(old, data) {
		return false, nil
	}
	if err := fsys.MkdirAll(path.Dir(name), 0o777); err != nil {
		return false, fmt.Errorf("making a folder for %s: %w", name, err)
	}
	if err := afero.WriteFile(fsys, aside, data, 0o666); err != nil {
		return false, fmt.Errorf("writing %s: %w", name, err)
	}
	if err := Retry(func() error { return fsys.Rename(aside, name) }); err != nil {
		return false, fmt.Errorf("putting %s in place: %w", name, err)
	}
	return true, nil
}
