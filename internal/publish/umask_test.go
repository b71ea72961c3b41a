//go:build unix

package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// allCanRead fails unless everyone can read what lies below a folder.
func allCanRead(t *testing.T, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		want := fs.FileMode(0o644)
		if info.IsDir() {
			want = 0o755
		} else {
			files++
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has the mode %v, want %v", name, info.Mode().Perm(), want)
		}
		return nil
	})
	if err != nil || files < 2 {
		t.Errorf("%d files in %s (%v)", files, dir, err)
	}
}

func TestReadersCanReadWhateverTheUmask(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o077))
	t.Run("public", func(t *testing.T) {
		root := t.TempDir()
		staging, public := filepath.Join(root, "staging"), filepath.Join(root, "public")
		for range 2 {
			version(t, staging, "words")
			if findings, err := WriteManifest(staging, "", nil); err != nil || findings != nil {
				t.Fatal(findings, err)
			}
			old, err := Swap(staging, public, filepath.Join(root, "old"))
			if err = errors.Join(err, os.RemoveAll(old)); err != nil {
				t.Fatal(err)
			}
			allCanRead(t, public)
		}
	})
	t.Run("folder", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "web")
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(dir, 0o755); err != nil { // as its administrator has made it
			t.Fatal(err)
		}
		p := folderAt(t, dir)
		for _, state := range []map[string]string{first, second} {
			p.deploy(t, state)
			if err := os.RemoveAll(filepath.Join(dir, home)); err != nil { // not for readers
				t.Fatal(err)
			}
			allCanRead(t, dir)
		}
	})
	t.Run("sftp", func(t *testing.T) {
		s := newSSHServer(t)
		p := &place{Target: Target{Name: "noi-thu", URL: s.url(), Public: filepath.Join(t.TempDir(), "public")}}
		for _, state := range []map[string]string{first, second} {
			p.deploy(t, state)
			allCanRead(t, filepath.Join(s.dir, dirReleases))
		}
	})
}
