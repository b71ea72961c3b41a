package main

import (
	"bytes"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// theDesk is the one that tests share, of a copy of the site.
var theDesk struct {
	root string // "" before the first test asks
	home *url.URL
}

// sharedDesk opens, in a tab of the test's own, the desk that tests share, which is
// started once. It is for tests that need no other site, options or repository than the
// usual; when one ends, the site is put back as it was.
func sharedDesk(t *testing.T) *atTheDesk {
	t.Helper()
	if theDesk.root == "" {
		root := siteWithDeskIn(t, filepath.Join(workshop, "desk"), nil)
		link, end := editing(t, root, nil)
		atTheEnd = append(atTheEnd, end)
		openAt(t, root, link) // good once: the browser is known from then on
		theDesk.root, theDesk.home = root, &url.URL{Scheme: link.Scheme, Host: link.Host, Path: "/"}
	}
	t.Cleanup(func() { // once the tab is closed
		if err := putBack("../..", theDesk.root); err != nil {
			t.Error(err)
		}
	})
	return openAt(t, theDesk.root, theDesk.home)
}

// putBack makes what editors can write in a copy of the site the same as the site again,
// and forgets what the desk keeps of their work. What is the same already is not written:
// the live page would be built anew.
func putBack(site, copied string) error {
	rewrite := func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(site, name)
		if err != nil {
			return err
		}
		want, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		target := filepath.Join(copied, rel)
		if got, err := os.ReadFile(target); err == nil && bytes.Equal(got, want) {
			return nil
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
			return err
		}
		return os.WriteFile(target, want, 0o666)
	}
	remove := func(name string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) || err == nil && d.IsDir() {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(copied, name)
		if err != nil || exists(filepath.Join(site, rel)) {
			return err
		}
		return os.Remove(name)
	}
	return errors.Join(
		filepath.WalkDir(filepath.Join(site, "content"), rewrite),
		filepath.WalkDir(filepath.Join(site, "config.toml"), rewrite),
		filepath.WalkDir(filepath.Join(copied, "content"), remove),
		filepath.WalkDir(filepath.Join(copied, ".lienhiep"), remove), // the folders are the desk's, which may have them open
	)
}

func TestASharedSiteIsPutBack(t *testing.T) {
	site, copied := t.TempDir(), t.TempDir()
	write := func(root, name, text string) {
		t.Helper()
		name = filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"config.toml", "content/changed.md", "content/left.md", "content/gone/index.md"} {
		write(site, name, name)
	}
	if err := copyTree(site, copied); err != nil {
		t.Fatal(err)
	}
	left := modified(t, filepath.Join(copied, "content/left.md"))
	for _, name := range []string{"config.toml", "content/changed.md", "content/new/index.md", ".lienhiep/autosave/x.json"} {
		write(copied, name, "another")
	}
	if err := os.RemoveAll(filepath.Join(copied, "content/gone")); err != nil {
		t.Fatal(err)
	}
	if err := putBack(site, copied); err != nil {
		t.Fatal(err)
	}
	if difference := compareTrees(site, copied); difference != "" || exists(filepath.Join(copied, ".lienhiep/autosave/x.json")) {
		t.Errorf("it is not as it was: %s", difference)
	}
	if now := modified(t, filepath.Join(copied, "content/left.md")); !now.Equal(left) {
		t.Error("what was the same has been written")
	}
}

func modified(t *testing.T, name string) time.Time {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime()
}
