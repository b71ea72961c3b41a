package generate

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/afero"
)

// Format numbers the shape of what a run writes. It rises, here and in
// layouts/_partials/format.html, with every change that makes templates of one release
// and data of another a pair that cannot work.
const Format = 2

// formatFile tells the templates the number.
const formatFile = "data/format.json"

type format struct {
	Number int `json:"number"`
}

// Current reports whether fsys holds what this version of the program has generated.
func Current(fsys afero.Fs) (bool, error) {
	data, err := afero.ReadFile(fsys, formatFile)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reading the format of what was generated: %w", err)
	}
	var f format
	err = json.Unmarshal(data, &f)
	return err == nil && f.Number == Format, nil // a damaged one is written anew
}
