package catalog

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"
)

// TestWhatIsBeingWrittenIsLoaded loads an entry as it would be, beside one that stays as
// it is, and one that is no file.
func TestWhatIsBeingWrittenIsLoaded(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b"} {
		if err := os.MkdirAll(filepath.Join(dir, "content", "tin-tuc", name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "content", "tin-tuc", name, "index.md"), []byte("---\ntitle: Cũ\n---\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const name = "content/tin-tuc/a/index.md"
	fsys := Instead(os.DirFS(dir), name, []byte("---\ntitle: Mới và dài hơn\n---\nLời.\n"))
	c, _, err := Load(fsys, Options{Now: time.Now(), Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	if all := c.Entries(); len(all) != 2 || all[0].Title != "Mới và dài hơn" || all[1].Title != "Cũ" {
		t.Errorf("%v", all)
	}
	if data, err := fs.ReadFile(fsys, name); err != nil || string(data) != "---\ntitle: Mới và dài hơn\n---\nLời.\n" {
		t.Errorf("%q %v", data, err)
	}
	if _, err := Instead(fstest.MapFS{}, name, nil).Open(name); err == nil {
		t.Error("a file that is gone was opened")
	}
}
