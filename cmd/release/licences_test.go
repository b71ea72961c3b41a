package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/needs"
)

// TestEverythingInTheProgramHasItsLicence reads the licences of what is really linked, for
// every system: one without stops a release.
func TestEverythingInTheProgramHasItsLicence(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Milkdown)
	t.Chdir(filepath.Join("..", ".."))
	for _, s := range systems {
		text, err := licencesOf(s)
		if err != nil {
			t.Fatal(err)
		}
		modules, err := linkedModules(s)
		if err != nil || len(modules) < 50 {
			t.Fatal("only", len(modules), "modules are linked", err)
		}
		for _, m := range modules {
			if !bytes.Contains(text, []byte("\n==== "+m.name+": ")) {
				t.Errorf("%s: there is no licence of %s", s.name, m.name)
			}
		}
		for _, want := range []string{"==== Go: LICENSE ====", "==== github.com/gohugoio/hugo v", "SIL OPEN FONT LICENSE", "==== @milkdown/kit "} {
			if !bytes.Contains(text, []byte(want)) {
				t.Errorf("%s: there is no %q", s.name, want)
			}
		}
	}
}

// TestLicencesAreFound looks in a module that holds what somebody else wrote.
func TestLicencesAreFound(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"LICENSE": "ours\n", "license.go": "package a", "NOTICE.txt": "and this", "a/b/COPYING": "theirs", "a/c/LICENSE": "not linked", "README.md": "about", "licenses/x": "a folder",
	} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	var b bytes.Buffer
	if err := addLicences(&b, "a.example/m v1", dir, filepath.Join(dir, "a", "b"), filepath.Join(dir, "a", "b"), dir); err != nil {
		t.Fatal(err)
	}
	if want := "\n==== a.example/m v1: LICENSE ====\n\nours\n\n==== a.example/m v1: NOTICE.txt ====\n\nand this\n\n==== a.example/m v1: a/b/COPYING ====\n\ntheirs\n"; b.String() != want {
		t.Errorf("got %s", b.String())
	}
	if err := addLicences(&b, "a.example/m v1", filepath.Join(dir, "licenses")); err == nil || !strings.Contains(err.Error(), "a.example/m v1 has no licence") {
		t.Error("no licence is passed over:", err)
	}
}
