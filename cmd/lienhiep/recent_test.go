package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

// TestTheContentIsReadAgainWhenItChanged holds that the content is read once while nothing
// has changed, and anew after any change of a file, also one that keeps its size, when time
// has changed the site, and where a change is so young that another could bear its time.
func TestTheContentIsReadAgainWhenItChanged(t *testing.T) {
	root := t.TempDir()
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	file := filepath.Join(root, "content", "tin-tuc", "mot", "index.md")
	write := func(name, text string, at time.Time) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		for ; name != filepath.Dir(root); name = filepath.Dir(name) { // its folders, too
			if err := os.Chtimes(name, at, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	const head = "---\ntitle: Một\ndate: 2026-03-01\npublishDate: 2026-03-04T15:00:00Z\n---\n"
	write(file, head+"Lời.\n", now.Add(-time.Hour))
	var r recent
	reads := 0
	load := func(at time.Time) string {
		t.Helper()
		before := reads
		c, _, err := r.load(root, at, func(*catalog.Memory) (*catalog.Catalog, []diag.Finding, error) {
			reads++
			return catalog.Load(os.DirFS(root), catalog.Options{Now: at, Zone: time.UTC})
		})
		if err != nil || len(c.Entries()) == 0 {
			t.Fatal(err)
		}
		if reads == before {
			return "known"
		}
		return "read"
	}
	for _, step := range []struct {
		what string
		do   func()
		at   time.Time
		want string
	}{
		{"at first", func() {}, now, "read"},
		{"again", func() {}, now.Add(time.Minute), "known"},
		{"a change of the same size", func() { write(file, head+"Lới.\n", now.Add(2*time.Minute)) }, now.Add(3 * time.Minute), "read"},
		{"again", func() {}, now.Add(4 * time.Minute), "known"},
		{"another file", func() { write(filepath.Join(filepath.Dir(file), "a.txt"), "a", now.Add(5*time.Minute)) }, now.Add(6 * time.Minute), "read"},
		{"a change just now", func() { write(file, head+"Lời\n", now.Add(7*time.Minute)) }, now.Add(7*time.Minute + time.Second), "read"},
		{"within the same seconds", func() {}, now.Add(7*time.Minute + 2*time.Second), "read"},
		{"after them", func() {}, now.Add(8 * time.Minute), "read"},
		{"again", func() {}, now.Add(9 * time.Minute), "known"},
		{"the configuration", func() { write(filepath.Join(root, "config.toml"), "a = 1\n", now.Add(10*time.Minute)) }, now.Add(11 * time.Minute), "read"},
		{"once it appears", func() {}, now.Add(4 * time.Hour), "read"},
		{"on the next day", func() {}, now.Add(13 * time.Hour), "read"},
		{"again", func() {}, now.Add(14 * time.Hour), "known"},
		{"a file that is gone", func() {
			if err := os.Remove(filepath.Join(filepath.Dir(file), "a.txt")); err != nil {
				t.Fatal(err)
			}
			at := now.Add(-time.Hour)
			if err := os.Chtimes(filepath.Dir(file), at, at); err != nil {
				t.Fatal(err)
			}
		}, now.Add(15 * time.Hour), "read"},
	} {
		step.do()
		if got := load(step.at); got != step.want {
			t.Errorf("%s: %s, want %s", step.what, got, step.want)
		}
	}
}
