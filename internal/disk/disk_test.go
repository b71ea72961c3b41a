package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/spf13/afero"
)

func folder(t *testing.T, dir string) Folder {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return Folder{Root: root, Aside: "aside"}
}

func reads(t *testing.T, f Folder, name, want string) {
	t.Helper()
	got, err := f.Root.ReadFile(name)
	if err != nil || string(got) != want {
		t.Errorf("%s holds %q (%v), want %q", name, got, err, want)
	}
}

// nothingAside makes sure that no temporary file was left.
func nothingAside(t *testing.T, f Folder) {
	t.Helper()
	left, err := fs.ReadDir(f.Root.FS(), f.Aside)
	for _, d := range left {
		t.Errorf("%s is left aside", d.Name())
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestReplace(t *testing.T) {
	f := folder(t, t.TempDir())
	for _, text := range []string{"one", "another, longer", ""} {
		if err := f.Replace("a/b/c.md", []byte(text)); err != nil {
			t.Fatal(err)
		}
		reads(t, f, "a/b/c.md", text)
	}
	nothingAside(t, f)
}

func TestReplaceKeepsTheMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // it has no such modes
	}
	f := folder(t, t.TempDir())
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o755, 0o666} {
		name := mode.String()
		if err := errors.Join(f.Root.WriteFile(name, []byte("old"), 0o600), f.Root.Chmod(name, mode)); err != nil {
			t.Fatal(err)
		}
		if err := f.Replace(name, []byte("new")); err != nil {
			t.Fatal(err)
		}
		reads(t, f, name, "new")
		if info, err := f.Root.Stat(name); err != nil || info.Mode() != mode {
			t.Errorf("the file of mode %v has %v now (%v)", mode, info.Mode(), err)
		}
	}
}

func TestWhatCannotBeWrittenWholeStaysAsItWas(t *testing.T) {
	f := folder(t, t.TempDir())
	if err := f.Replace("page", []byte("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the source broke off")
	err := f.Fill("page", func(w io.Writer) error {
		_, err := io.WriteString(w, "half of the n")
		return errors.Join(err, broken)
	})
	if !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	reads(t, f, "page", "old")
	nothingAside(t, f)
}

func TestCreateNeverReplaces(t *testing.T) {
	f := folder(t, t.TempDir())
	if err := f.Create("new/entry.md", []byte("first")); err != nil {
		t.Fatal(err)
	}
	if err := f.Create("new/entry.md", []byte("second")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the error is %v", err)
	}
	reads(t, f, "new/entry.md", "first")
	nothingAside(t, f)
}

// TestOneOfManyCreates makes one file from many sides at once: one succeeds, and its
// text stands; also where there are no hard links.
func TestOneOfManyCreates(t *testing.T) {
	f := folder(t, t.TempDir())
	for name, create := range map[string]func(name string, data []byte) error{
		"linked":  f.Create,
		"claimed": func(name string, data []byte) error { return f.put(name, holding(data), f.claim) },
	} {
		var wg sync.WaitGroup
		var made atomic.Value
		for i := range 16 {
			wg.Go(func() {
				text := strings.Repeat(fmt.Sprint(i, " "), 1000)
				switch err := create(name, []byte(text)); {
				case err == nil:
					if made.Swap(text) != nil {
						t.Errorf("%s: two have made it", name)
					}
				case !errors.Is(err, fs.ErrExist):
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		wg.Wait()
		reads(t, f, name, made.Load().(string))
		nothingAside(t, f)
	}
}

func TestCreateFolder(t *testing.T) {
	f := folder(t, t.TempDir())
	files := map[string][]byte{"index.md": []byte("text"), "photo.jpg": []byte("picture")}
	if err := f.CreateFolder("content/news/new", files); err != nil {
		t.Fatal(err)
	}
	reads(t, f, "content/news/new/index.md", "text")
	reads(t, f, "content/news/new/photo.jpg", "picture")
	if err := f.CreateFolder("content/news/new", map[string][]byte{"index.md": nil}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the error is %v", err)
	}
	reads(t, f, "content/news/new/index.md", "text")
	if err := f.CreateFolder("bad", map[string][]byte{"no/such": nil}); err == nil {
		t.Error("a file below a folder that is not there was written")
	}
	if _, err := f.Root.Lstat("bad"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half a folder is there (%v)", err)
	}
	nothingAside(t, f)
}

func TestNothingLeadsOut(t *testing.T) {
	outside, inside := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(inside, "out")); err != nil {
		t.Fatal(err)
	}
	f := folder(t, inside)
	for _, name := range []string{"out/file", "../file", "out/new/file"} {
		if f.Replace(name, nil) == nil || f.Create(name, nil) == nil || f.CreateFolder(name, nil) == nil {
			t.Errorf("%s was written", name)
		}
	}
	if left, err := os.ReadDir(outside); err != nil || len(left) > 0 {
		t.Errorf("outside there is %v (%v)", left, err)
	}
}

func TestCreateFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "key")
	if err := CreateFile(name, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("the file is %v (%v)", info, err)
	}
	if err := CreateFile(name, []byte("another"), 0o600); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the error is %v", err)
	}
	if err := CreateFile(filepath.Join(dir, "none", "key"), nil, 0o600); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the error is %v", err)
	}
	if err := CreateFile(dir+"/", nil, 0o600); err == nil {
		t.Error("a file without a name was made")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v (%v)", left, err)
	}
}

func TestRemove(t *testing.T) {
	f := folder(t, t.TempDir())
	if err := errors.Join(f.Replace("a/b", nil), f.Remove("a/b"), f.Remove("a")); err != nil {
		t.Fatal(err)
	}
	if err := f.Remove("a"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the error is %v", err)
	}
}

func TestRenewWritesWhatIsNotSo(t *testing.T) {
	fsys := afero.NewMemMapFs()
	for _, one := range []struct {
		text    string
		written bool
	}{{"one", true}, {"one", false}, {"two", true}, {"", true}, {"", false}} {
		written, err := Renew(fsys, "writing.tmp", "a/b", []byte(one.text))
		if err != nil || written != one.written {
			t.Errorf("%q: written is %v (%v)", one.text, written, err)
		}
		if got, err := afero.ReadFile(fsys, "a/b"); err != nil || string(got) != one.text {
			t.Errorf("the file holds %q (%v)", got, err)
		}
	}
	if there, err := afero.Exists(fsys, "writing.tmp"); err != nil || there {
		t.Errorf("the temporary file is left (%v)", err)
	}
}

func TestRetry(t *testing.T) {
	busy, broken := errors.New("busy"), errors.New("broken")
	for _, one := range []struct {
		name  string
		errs  []error // what the calls give; the last goes on for ever
		calls int
		want  error
	}{
		{"works", []error{nil}, 1, nil},
		{"busy for a moment", []error{busy, busy, nil}, 3, nil},
		{"broken", []error{broken}, 1, broken},
		{"busy, then broken", []error{busy, broken}, 2, broken},
		{"busy for good", []error{busy}, attempts, busy},
	} {
		calls, waits := 0, 0
		err := retry(func() error {
			calls++
			return one.errs[min(calls, len(one.errs))-1]
		}, func(err error) bool { return err == busy }, func() { waits++ })
		if err != one.want || calls != one.calls || waits != calls-1 {
			t.Errorf("%s: %v after %d calls and %d pauses", one.name, err, calls, waits)
		}
	}
}
