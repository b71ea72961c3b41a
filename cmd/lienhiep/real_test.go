package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lienhiep/internal/host"
	"lienhiep/internal/kept"
	"lienhiep/internal/needs"
	"lienhiep/internal/publish"
)

// realSite builds the site of this repository once for all tests and returns
// the folder that it was built in.
var realSite = sync.OnceValues(func() (string, error) {
	root, err := copyOfSite("../..", workshop, "real")
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
	needs.Ask(t, needs.Long)
	if _, err := realSite(); err != nil {
		t.Fatal(err)
	}
}

// TestEveryMachineBuildsTheSameBytes builds the site again in other folders, as
// machines of other zones, languages and rights would.
func TestEveryMachineBuildsTheSameBytes(t *testing.T) {
	needs.Ask(t, needs.Long)
	first, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	for name, env := range map[string][]string{
		"elsewhere":         {"TZ=America/New_York", "LC_ALL=C", "LANG=C"},
		"nơi khác, xa":      {"TZ=Pacific/Kiritimati", "LC_ALL=tr_TR.UTF-8", "LANG=vi_VN.UTF-8", "HUGO_TITLE=Khác", "SOURCE_DATE_EPOCH=0"},
		"one.processor/a/b": {"TZ=", "GOMAXPROCS=1", "HUGO_NUMWORKERMULTIPLIER=1"},
	} {
		second, err := copyOfSite(first, t.TempDir(), name)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(binary, "build", "--dir", second)
		cmd.Env = append(os.Environ(), env...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if difference := compareTrees(filepath.Join(first, "public"), filepath.Join(second, "public")); difference != "" {
			t.Errorf("%s: %s", name, difference)
		}
	}
}

// TestStockHugoBuildsTheSamePages holds that nothing of the site is hidden in
// the binary: Hugo alone, given generated/, builds the same pages, from which the
// same search index, the same cards and the same sentences to be read aloud follow.
func TestStockHugoBuildsTheSamePages(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "stock")
	cmd := exec.Command(binary, "hugo", "build", "--source", root, "--destination", out)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if err := newReading(kept.New(out)).furnish(t.Context(), &UI{}, out); err != nil {
		t.Fatal(err)
	}
	// What the site has beside them is for its hosts and its deploys.
	pages := filepath.Join(t.TempDir(), "pages")
	if err := copyTree(filepath.Join(root, "public"), pages); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(pages, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(pages, name)
		if ext := filepath.Ext(name); err == nil && (ext == host.BrotliEnding || ext == host.GzipEnding || host.IsConfig(filepath.ToSlash(rel)) || rel == publish.ManifestName) {
			err = os.Remove(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if difference := compareTrees(pages, out); difference != "" {
		t.Error(difference)
	}
}
