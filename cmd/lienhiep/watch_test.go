package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// TestWhatTheSiteIsMadeOfIsWatched changes each kind of place that a site is made of, and
// such as no site is made of.
func TestWhatTheSiteIsMadeOfIsWatched(t *testing.T) {
	root := t.TempDir()
	write := func(name string) {
		t.Helper()
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file+".moi", []byte("x"), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(file+".moi", file); err != nil { // as editors save
			t.Fatal(err)
		}
	}
	write("content/tin-tuc/a/index.md")
	write("config.toml")
	write("generated/data/a.json")
	changed, err := watch(t.Context(), root, sources...)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"content/tin-tuc/a/index.md", "config.toml", "config.toml", "content/moi/b/c/index.md", "layouts/home.html", "assets/css/a.css", "i18n/vi.toml", "static/a/b.txt"} {
		write(name)
		select {
		case <-changed:
		case <-time.After(10 * time.Second):
			t.Errorf("nobody hears of %s", name)
		}
	}
	for _, name := range []string{"generated/data/a.json", "generated/b", "public/index.html", "config.toml~", "contents", "README.md"} {
		write(name)
		select {
		case <-changed:
			t.Errorf("%s is taken for a part of the site", name)
		case <-time.After(2 * quiet):
		}
	}
}

// More changes at once than the system keeps in mind, as when a branch is checked
// out, are a change too, and do not deafen the watcher.
func TestLostEventsAreAChange(t *testing.T) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	changed := changes(t.Context(), w, []string{t.TempDir()})
	for range 2 {
		select {
		case w.Errors <- fsnotify.ErrEventOverflow:
		case <-time.After(10 * time.Second):
			t.Fatal("the watcher is deaf to errors")
		}
		select {
		case <-changed:
		case <-time.After(10 * time.Second):
			t.Fatal("lost events go unnoticed")
		}
	}
}
