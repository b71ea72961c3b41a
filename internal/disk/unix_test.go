//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestPublicWhateverTheUmask is not parallel to others: the umask is the process's.
func TestPublicWhateverTheUmask(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o077))
	dir := t.TempDir()
	f := folder(t, dir)
	f.Public = true
	if err := errors.Join(f.Root.Mkdir("given", 0o750), f.Replace("given/a/b/page", nil), f.Create("given/a/new", nil),
		f.CreateFolder("given/c", map[string][]byte{"page": nil})); err != nil {
		t.Fatal(err)
	}
	want(t, dir, map[string]fs.FileMode{
		"given":   0o700, // made by somebody else
		"given/a": 0o755, "given/a/b": 0o755, "given/a/b/page": 0o644, "given/a/new": 0o644, "given/c": 0o755, "given/c/page": 0o644,
	})
}

func TestNotPublicFollowsTheUmask(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o027))
	dir := t.TempDir()
	f := folder(t, dir)
	if err := f.Replace("a/page", nil); err != nil {
		t.Fatal(err)
	}
	want(t, dir, map[string]fs.FileMode{"a": 0o750, "a/page": 0o640})
}

func TestPublish(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o077))
	dir := filepath.Join(t.TempDir(), "site")
	if err := errors.Join(os.MkdirAll(dir+"/a/b", 0o777), os.WriteFile(dir+"/a/b/page", nil, 0o666),
		os.WriteFile(dir+"/a/shared", nil, 0o666), os.Chmod(dir+"/a/shared", 0o664)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, dir + "/a", dir + "/a/b", dir + "/a/b/page", dir + "/a/shared"} {
		info, err := os.Lstat(name)
		if err == nil {
			err = Publish(name, info)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	want(t, dir, map[string]fs.FileMode{".": 0o755, "a": 0o755, "a/b": 0o755, "a/b/page": 0o644, "a/shared": 0o664})
}

func want(t *testing.T, dir string, modes map[string]fs.FileMode) {
	t.Helper()
	for name, mode := range modes {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s has the mode %v, want %v (%v)", name, info.Mode().Perm(), mode, err)
		}
	}
}
