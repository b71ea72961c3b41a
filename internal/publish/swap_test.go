package publish

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func site(t *testing.T, dir, words string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte(words), 0o666); err != nil {
		t.Fatal(err)
	}
}

func words(t *testing.T, dir string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestSwap(t *testing.T) {
	root := t.TempDir()
	staging, public, aside := filepath.Join(root, "staging"), filepath.Join(root, "public"), filepath.Join(root, "old")
	for _, version := range []string{"first", "second", "third"} {
		site(t, staging, version)
		old, err := Swap(staging, public, aside)
		if err != nil {
			t.Fatal(err)
		}
		if (old == "") != (version == "first") || old != "" && words(t, old) == version {
			t.Errorf("%s: the old site is at %q", version, old)
		}
		if err := os.RemoveAll(old); err != nil {
			t.Fatal(err)
		}
		if got := words(t, public); got != version {
			t.Fatalf("public holds %q, want %q", got, version)
		}
	}
	if left, _ := os.ReadDir(root); len(left) != 1 {
		t.Errorf("left behind beside public: %v", left)
	}
}

func TestRecoverAfterACutBetweenTheTwoRenames(t *testing.T) {
	root := t.TempDir()
	public, aside := filepath.Join(root, "public"), filepath.Join(root, "old")
	site(t, aside, "old")
	if err := Recover(public, aside); err != nil {
		t.Fatal(err)
	}
	if got := words(t, public); got != "old" {
		t.Errorf("public holds %q, want the old site", got)
	}
}

func TestSwapWithoutStagingKeepsTheOldSite(t *testing.T) {
	root := t.TempDir()
	public := filepath.Join(root, "public")
	site(t, public, "old")
	if _, err := Swap(filepath.Join(root, "none"), public, filepath.Join(root, "old")); err == nil {
		t.Fatal("no error without a staging folder")
	}
	if got := words(t, public); got != "old" {
		t.Errorf("public holds %q, want the old site", got)
	}
}

// version writes a site of many files, all of which hold the words.
func version(t *testing.T, dir, words string) {
	t.Helper()
	for i := range 200 {
		site(t, filepath.Join(dir, fmt.Sprint(i%20), fmt.Sprint(i)), words)
	}
}
