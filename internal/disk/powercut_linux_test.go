package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/afero"

	"lienhiep/internal/powercut"
)

// TestAPowerCutUndoesNothing cuts the power when a call has returned. What was done is
// there, both where the system had written names by itself, and where it had not.
func TestAPowerCutUndoesNothing(t *testing.T) {
	for name, one := range map[string]struct {
		before, do func(f Folder) error
		file, want string // what is found, "" for nothing
	}{
		"replaced": {
			before: func(f Folder) error { return f.Replace("file", []byte("old")) },
			do:     func(f Folder) error { return f.Replace("file", []byte("new")) },
			file:   "file", want: "new",
		},
		"new, in new folders": {
			do:   func(f Folder) error { return f.Replace("a/b/c/file", []byte("new")) },
			file: "a/b/c/file", want: "new",
		},
		"new folders": {
			before: func(f Folder) error { return f.makeFolder("a/b") },
			do:     func(f Folder) error { return f.makeFolder("a/b/c/d") },
			file:   "a/b/c/d", want: "a folder",
		},
		"created": {
			do:   func(f Folder) error { return f.Create("file", []byte("new")) },
			file: "file", want: "new",
		},
		"created as a folder": {
			do:   func(f Folder) error { return f.CreateFolder("entry", map[string][]byte{"index.md": []byte("new")}) },
			file: "entry/index.md", want: "new",
		},
		"removed": {
			before: func(f Folder) error { return f.Replace("file", []byte("old")) },
			do:     func(f Folder) error { return f.Remove("file") },
			file:   "file",
		},
		"moved": {
			before: func(f Folder) error { return errors.Join(f.Replace("a/file", []byte("it")), f.makeFolder("b")) },
			do: func(f Folder) error {
				return Rename(filepath.Join(f.Root.Name(), "a", "file"), filepath.Join(f.Root.Name(), "b", "file"))
			},
			file: "b/file", want: "it",
		},
	} {
		for _, loss := range []powercut.Loss{powercut.Content, powercut.Everything} {
			t.Run(fmt.Sprintf("%s, losing %v", name, loss), func(t *testing.T) {
				d := powercut.New(t, 16)
				root, err := os.OpenRoot(d.Dir)
				if err != nil {
					t.Fatal(err)
				}
				f := Folder{Root: root, Aside: "."}
				if one.before != nil {
					err = one.before(f)
				}
				if err = errors.Join(err, one.do(f), root.Close()); err != nil {
					t.Fatal(err)
				}
				d.Cut(loss)
				got := ""
				if info, err := os.Stat(filepath.Join(d.Dir, one.file)); err == nil && info.IsDir() {
					got = "a folder"
				} else if data, err := os.ReadFile(filepath.Join(d.Dir, one.file)); err == nil {
					got = string(data)
					if got == "" {
						got = "an empty file"
					}
				}
				if got != one.want {
					t.Errorf("%s is %q after the cut, want %q", one.file, got, one.want)
				}
			})
		}
	}
}

func TestAPowerCutFindsATreeWhole(t *testing.T) {
	for name, sync := range map[string]func(string) error{"at once": SyncTree, "one by one": syncEach} {
		t.Run(name, func(t *testing.T) {
			d := powercut.New(t, 32)
			site := filepath.Join(d.Dir, "site")
			page := filepath.Join(site, "a", "page")
			if err := errors.Join(os.MkdirAll(filepath.Dir(page), 0o777), os.WriteFile(page, []byte("page"), 0o666),
				sync(site), SyncFolders(d.Dir)); err != nil {
				t.Fatal(err)
			}
			d.Cut(powercut.Everything)
			if got, err := os.ReadFile(page); err != nil || string(got) != "page" {
				t.Errorf("the page holds %q (%v)", got, err)
			}
		})
	}
}

// TestRenewHealsAfterAPowerCut: the cut leaves the file empty, the next call mends it.
func TestRenewHealsAfterAPowerCut(t *testing.T) {
	d := powercut.New(t, 32)
	fsys := afero.NewBasePathFs(afero.NewOsFs(), d.Dir)
	if _, err := Renew(fsys, "writing.tmp", "a/b", []byte("text")); err != nil {
		t.Fatal(err)
	}
	d.Cut(powercut.Content)
	if got, err := afero.ReadFile(fsys, "a/b"); err != nil || len(got) > 0 {
		t.Errorf("the cut should leave the file empty, it holds %q (%v)", got, err)
	}
	if written, err := Renew(fsys, "writing.tmp", "a/b", []byte("text")); err != nil || !written {
		t.Errorf("written is %v (%v)", written, err)
	}
	if got, err := afero.ReadFile(fsys, "a/b"); err != nil || string(got) != "text" {
		t.Errorf("the file holds %q (%v)", got, err)
	}
}
