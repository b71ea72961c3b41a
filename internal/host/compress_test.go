package host

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"lienhiep/internal/kept"
)

// TestACopyIsTakenAgainWhereItsTextIsAsItWas prepares a site again and again beside what
// was published before, and compares it with what is made of nothing.
func TestACopyIsTakenAgainWhereItsTextIsAsItWas(t *testing.T) {
	text := strings.Repeat("trí thức ", 100)
	prepare := func(public, sums string, texts map[string]string) (dir string) {
		t.Helper()
		dir = t.TempDir()
		for name, text := range texts {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		before, err := kept.Open(sums, public)
		if err != nil {
			t.Fatal(err)
		}
		defer before.Close()
		if err := Prepare(dir, site, before); err != nil {
			t.Fatal(err)
		}
		if err := before.Save(); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	texts := map[string]string{"a.html": text, "b.html": text + "b"}
	for what, change := range map[string]func(public string) error{
		"as it was":    func(string) error { return nil },
		"another text": func(string) error { texts["a.html"] = text + "a"; return nil },
		"the copies of two texts swapped": func(public string) error {
			a, b := filepath.Join(public, "a.html.br"), filepath.Join(public, "b.html.br")
			one, err := os.ReadFile(a)
			if err != nil {
				return err
			}
			other, err := os.ReadFile(b)
			if err != nil {
				return err
			}
			if err := os.WriteFile(a, other, 0o666); err != nil {
				return err
			}
			return os.WriteFile(b, one, 0o666)
		},
		"a copy cut short": func(public string) error { return os.Truncate(filepath.Join(public, "a.html.gz"), 20) },
		"a copy that went": func(public string) error { return os.Remove(filepath.Join(public, "b.html.br")) },
		"no site":          os.RemoveAll,
		"a copy of another day": func(public string) error {
			return os.WriteFile(filepath.Join(public, "a.html.br"), []byte(text), 0o666)
		},
	} {
		sums := filepath.Join(t.TempDir(), "kept")
		public := prepare("none", sums, texts)
		if err := change(public); err != nil {
			t.Fatal(err)
		}
		again, anew := prepare(public, sums, texts), prepare("none", filepath.Join(t.TempDir(), "kept"), texts)
		for name, text := range texts {
			for _, ending := range []string{BrotliEnding, GzipEnding} {
				if read(t, again, name+ending) != read(t, anew, name+ending) {
					t.Errorf("%s: %s%s is not as it is made of nothing", what, name, ending)
				}
			}
			if got, err := io.ReadAll(brotli.NewReader(strings.NewReader(read(t, again, name+BrotliEnding)))); err != nil || string(got) != text {
				t.Errorf("%s: %s.br holds another text (%v)", what, name, err)
			}
			z, err := gzip.NewReader(strings.NewReader(read(t, again, name+GzipEnding)))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(z); err != nil || string(got) != text {
				t.Errorf("%s: %s.gz holds another text (%v)", what, name, err)
			}
		}
	}
}

// TestACopyIsNotMadeTwice puts another program's copy, which says the same, where the sums
// expect it: it would be published if copies were taken, and is not if they were made.
func TestACopyIsNotMadeTwice(t *testing.T) {
	dir, public := t.TempDir(), t.TempDir()
	text := []byte(strings.Repeat("trí thức ", 100))
	var fast bytes.Buffer
	w := brotli.NewWriterLevel(&fast, 0)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	sums := filepath.Join(t.TempDir(), "kept")
	before, err := kept.Open(sums, public)
	if err != nil {
		t.Fatal(err)
	}
	before.Put(copyKey(BrotliEnding, text), fast.Bytes())
	if err := before.Save(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{filepath.Join(public, "a.html.br"): fast.Bytes(), filepath.Join(dir, "a.html"): text} {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if before, err = kept.Open(sums, public); err != nil {
		t.Fatal(err)
	}
	if err := compress(root, []string{"a.html"}, before); err != nil {
		t.Fatal(err)
	}
	if read(t, dir, "a.html.br") != fast.String() {
		t.Error("the copy was made again")
	}
}
