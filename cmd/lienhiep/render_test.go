package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/incremental"
	"lienhiep/internal/kept"
	"lienhiep/internal/site"
)

// TestWhatIsSavedWhileHugoWorksIsAnotherPage saves an article when Hugo has read it: the page
// that was made is not taken for what was saved, and is where nothing was.
func TestWhatIsSavedWhileHugoWorksIsAnotherPage(t *testing.T) {
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	p, err := location{dir: root}.open()
	if err != nil {
		t.Fatal(err)
	}
	const path = "/tin-tuc/gap-mat-tri-thuc-2022"
	source := filepath.Join(root, "content", filepath.FromSlash(path), "index.md")
	for _, saved := range []string{"", "\nMột câu nữa.\n"} {
		c, _, _, err := p.generate(&UI{})
		if err != nil {
			t.Fatal(err)
		}
		pages := t.TempDir()
		before := kept.New(pages)
		hugo := func(*site.Part) ([]diag.Finding, error) {
			text, err := os.ReadFile(source)
			if err != nil {
				return nil, err
			}
			folder := filepath.Join(pages, filepath.FromSlash(path))
			if err := os.MkdirAll(folder, 0o777); err != nil {
				return nil, err
			}
			if err := os.WriteFile(filepath.Join(folder, "index.html"), text, 0o666); err != nil {
				return nil, err
			}
			return nil, os.WriteFile(source, append(text, saved...), 0o666)
		}
		read := func(string, []byte) error { return nil }
		_, remember, err := p.renderChanged(c, pages, before, read, hugo)
		if err != nil {
			t.Fatal(err)
		}
		if err := remember(read); err != nil {
			t.Fatal(err)
		}
		if c, _, err = p.load(); err != nil {
			t.Fatal(err)
		}
		made, err := incremental.Read(p.source(), c, p.config.BaseURL)
		if err != nil {
			t.Fatal(err)
		}
		taken, _ := made.Take(before.Next(t.TempDir()))
		isTaken := slices.ContainsFunc(taken.Pages, func(p incremental.Page) bool { return p.Path == path })
		if isTaken != (saved == "") {
			t.Errorf("with %q saved meanwhile, the page is taken: %v", saved, isTaken)
		}
	}
}
