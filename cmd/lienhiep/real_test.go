package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lienhiep/internal/publish"
)

// realSite builds the site of this repository once for all tests and returns
// the folder that it was built in.
var realSite = sync.OnceValues(func() (string, error) {
	root, err := copyOfSite("../..", filepath.Dir(binary), "real")
	if err != nil {
		return "", err
	}
	return root, build(root)
})

// copyOfSite copies all that the site in from is made of into a folder below dir.
func copyOfSite(from, dir, name string) (string, error) {
	root := filepath.Join(dir, name)
	for _, part := range append([]string{"content"}, templates...) {
		if err := copyTree(filepath.Join(from, part), filepath.Join(root, part)); err != nil {
			return "", err
		}
	}
	return root, nil
}

// build runs the real program; anything that it finds is an error.
func build(root string) error {
	out, err := exec.Command(binary, "build", "--dir", root).CombinedOutput()
	if err == nil && strings.Contains(string(out), "Cảnh báo") {
		err = os.ErrInvalid
	}
	if err != nil {
		return &buildError{err, string(out)}
	}
	return nil
}

type buildError struct {
	error
	output string
}

func (e *buildError) Error() string { return e.error.Error() + "\n" + e.output }

func TestRealSiteBuildsWithoutAWarning(t *testing.T) {
	if _, err := realSite(); err != nil {
		t.Fatal(err)
	}
}

func TestTwoBuildsInTwoFoldersGiveTheSameBytes(t *testing.T) {
	first, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	second, err := copyOfSite(first, t.TempDir(), "elsewhere")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "build", "--dir", second)
	// Another zone and another language of the machine change nothing.
	cmd.Env = append(os.Environ(), "TZ=America/New_York", "LC_ALL=C")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if difference := compareTrees(filepath.Join(first, "public"), filepath.Join(second, "public")); difference != "" {
		t.Error(difference)
	}
}

// TestStockHugoBuildsTheSamePages holds that nothing of the site is hidden in
// the binary: Hugo alone, given generated/, builds the same files; and the manifest
// follows from them.
func TestStockHugoBuildsTheSamePages(t *testing.T) {
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "stock")
	cmd := exec.Command(binary, "hugo", "build", "--source", root, "--destination", out)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if findings, err := publish.WriteManifest(out, ""); err != nil || findings != nil {
		t.Fatal(findings, err)
	}
	if difference := compareTrees(filepath.Join(root, "public"), out); difference != "" {
		t.Error(difference)
	}
}
