package generate

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/afero"
)

// Format is the version of the data that a run writes. It is increased, here and in
// layouts/_partials/format.html, by every change that makes older templates or older
// data incompatible.
const Format = 5

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
