package generate

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/photo"
)

// picturesFolder holds the cleaned pictures, which Hugo mounts onto content/.
const picturesFolder = "pictures"

// Pictures puts beside each picture that an entry shows one that can be
// published: upright, bounded, of a format that Hugo reads, without what the
// camera wrote into it (see package photo). One that is so already is left as it
// is. The cleaned picture's name is that of the original with two short sums behind
// it, of what the original holds and of what it holds itself
// ("le.heic.0f343b0931126a20.jpg"): that is how the templates find it, and why none is
// made twice, nor one kept that a power cut has damaged.
func Pictures(content fs.FS, fsys afero.Fs, c *catalog.Catalog) ([]diag.Finding, error) {
	var findings []diag.Finding
	want := files{}
	done := map[string]bool{}
	for _, e := range c.Entries() {
		for _, p := range e.Pictures {
			shown := path.Join(path.Dir(p.File), p.Name)
			if done[shown] {
				continue
			}
			done[shown] = true
			name, err := cleanPicture(content, fsys, p.File, shown)
			switch {
			case errors.Is(err, photo.ErrDamaged):
				findings = append(findings, p.Broken())
			case err != nil:
				return findings, fmt.Errorf("cleaning %s: %w", p.File, err)
			case name != "":
				want[name] = []byte{}
			}
		}
	}
	if err := fsys.MkdirAll(picturesFolder, 0o777); err != nil { // Hugo wants it there
		return findings, fmt.Errorf("making a folder for pictures: %w", err)
	}
	_, err := removeStale(fsys, picturesFolder, want)
	return findings, errors.Join(err, fsys.MkdirAll(picturesFolder, 0o777))
}

// cleanPicture returns the name of the cleaned picture, made if it was not
// there; "" where the original can stay. shown is the file's name as the entry has it.
func cleanPicture(content fs.FS, fsys afero.Fs, file, shown string) (string, error) {
	data, err := fs.ReadFile(content, file)
	if err != nil {
		return "", err
	}
	stem := picturesFolder + "/" + strings.TrimPrefix(shown, "content/") + "." + shortSum(data)
	if made, err := madeBefore(fsys, stem); err != nil || made != "" {
		return made, err
	}
	ready := photo.Ready(file, data)
	if ready && file == shown {
		return "", nil
	}
	clean, ext, err := data, path.Ext(file), error(nil)
	if !ready {
		clean, ext, err = photo.Clean(data, photo.Crop{})
	}
	if err != nil {
		return "", err
	}
	name := stem + shortSum(clean) + ext
	_, err = write(fsys, name, clean)
	return name, err
}

// madeBefore returns the name of the cleaned picture that begins with stem and holds
// what its name says, or "".
func madeBefore(fsys afero.Fs, stem string) (string, error) {
	files, err := afero.ReadDir(fsys, path.Dir(stem))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	for _, f := range files {
		name := path.Join(path.Dir(stem), f.Name())
		if !strings.HasPrefix(name, stem) {
			continue
		}
		data, err := afero.ReadFile(fsys, name)
		if err != nil {
			return "", err
		}
		if name == stem+shortSum(data)+path.Ext(name) {
			return name, nil
		}
	}
	return "", nil
}

func shortSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:4])
}
