package main

import (
	"os"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

// Review is what [edit.Reviewer] asks for.
func (a *atDesk) Review(file string, data []byte) (*catalog.Catalog, []diag.Finding, error) {
	p, err := a.now()
	if err != nil {
		return nil, nil, err
	}
	p.suggest = true
	return p.loadFrom(catalog.Instead(os.DirFS(p.root), file, data))
}
