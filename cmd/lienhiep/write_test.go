package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fsnotify/fsnotify"
)

// TestNothingIsWrittenBesideEntries watches an entry's folder while the program writes
// there: whenever it is cut off, no other file can be left among the editors' own. What
// is left where it does write goes with the next command.
func TestNothingIsWrittenBesideEntries(t *testing.T) {
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(root, "content", "tin-tuc", "hoi-thao-2018")
	file := filepath.Join(folder, "index.md")
	if err := os.WriteFile(file, append(read(t, file), "\nHai  dấu cách.\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(root, "generated", "aside", "new-1", "index.md")
	if err := os.MkdirAll(filepath.Dir(left), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(left, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	defer watcher.Close()
	if err := watcher.Add(folder); err != nil {
		t.Fatal(err)
	}
	// The end of what there is to see: the watcher tells of events in their order.
	last := filepath.Join(folder, "het")
	seen := map[string]bool{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for e := range watcher.Events {
			if e.Name == last {
				return
			}
			seen[filepath.Base(e.Name)] = true
		}
	}()
	if out, err := exec.Command(binary, "check", "--fix", "--dir", root).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.WriteFile(last, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	<-done
	if len(seen) != 1 || !seen["index.md"] {
		t.Errorf("written in the entry's folder: %v", seen)
	}
	if !strings.Contains(string(read(t, file)), "Hai dấu cách.") {
		t.Error("nothing was mended")
	}
	if after, err := os.Stat(file); err != nil || after.Mode() != before.Mode() {
		t.Errorf("the file's rights have changed: %v %v", after, err)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("what a power cut left is still there")
	}
}
