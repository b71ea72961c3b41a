package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// TestDirIsTheFilesBelowAFolder holds that Dir gives what os.DirFS does, faults included.
func TestDirIsTheFilesBelowAFolder(t *testing.T) {
	root := t.TempDir()
	if err := errors.Join(os.MkdirAll(filepath.Join(root, "a/b"), 0o777), os.WriteFile(filepath.Join(root, "a/b/page"), []byte("words"), 0o666), os.WriteFile(filepath.Join(root, "empty"), nil, 0o666)); err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(Dir(root), "a/b/page", "empty"); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"none", "a/none", "/a", "../" + filepath.Base(root), "a/b/page/below"} {
		_, got := Dir(root).Open(name)
		_, want := os.DirFS(root).Open(name)
		var gotAt, wantAt *fs.PathError
		if !errors.As(got, &gotAt) || !errors.As(want, &wantAt) || *gotAt != *wantAt {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

func TestOpenMakesAFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	f, err := Open(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("words")); errors.Join(err, f.Close()) != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != "words" {
		t.Errorf("%q (%v)", got, err)
	}
	if _, err := Open(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that is there: %v", err)
	}
}
