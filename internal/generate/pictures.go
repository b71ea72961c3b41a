package generate

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
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
// is. The cleaned picture's name is that of the original with a sum of its
// content behind it ("le.heic.0f343b0931126a20.jpg"): that is how the templates
// find it, and why none is made twice.
func Pictures(content fs.FS, fsys afero.Fs, c *catalog.Catalog) ([]diag.Finding, error) {
	var findings []diag.Finding
	want := files{}
	done := map[string]bool{}
	for _, e := range c.Entries() {
		for _, p := range e.Pictures {
			if done[p.File] {
				continue
			}
			done[p.File] = true
			name, err := cleanPicture(content, fsys, p.File)
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
// there; "" where the original can stay.
func cleanPicture(content fs.FS, fsys afero.Fs, file string) (string, error) {
	data, err := fs.ReadFile(content, file)
	if err != nil {
		return "", err
	}
	stem := fmt.Sprintf("%s/%s.%x", picturesFolder, strings.TrimPrefix(file, "content/"), sha256.Sum256(data))
	stem = stem[:len(stem)-sha256.Size*2+16]
	for _, ext := range []string{".jpg", ".png"} {
		if there, err := afero.Exists(fsys, stem+ext); err != nil || there {
			return stem + ext, err
		}
	}
	if photo.Ready(file, data) {
		return "", nil
	}
	clean, ext, err := photo.Clean(data, photo.Crop{})
	if err != nil {
		return "", err
	}
	_, err = writeChanged(fsys, stem+ext, clean)
	return stem + ext, err
}
