//go:build unix

package edit

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A pipe where an entry should lie is refused, and not waited for.
func TestPipesAreNotRead(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "content", "tin-tuc"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(root, "content", "tin-tuc", "a.md"), 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := openFolder(root, "máy mẫu", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	read := make(chan error)
	go func() {
		_, err := f.read("content/tin-tuc/a.md")
		read <- err
	}()
	select {
	case err := <-read:
		if err == nil {
			t.Error("a pipe is taken for an entry")
		}
	case <-time.After(20 * time.Second):
		t.Fatal("a pipe is waited for")
	}
}
