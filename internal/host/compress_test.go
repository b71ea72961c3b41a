package host

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
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
	text := long(1)
	prepare := func(public, sums string, texts map[string]string) (dir string) {
		t.Helper()
		dir = t.TempDir()
		for name, text := range texts {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		before, err := kept.Open(sums, public, dir)
		if err != nil {
			t.Fatal(err)
		}
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
	public, sums := t.TempDir(), filepath.Join(t.TempDir(), "kept")
	text := []byte(long(1))
	var fast bytes.Buffer
	w := brotli.NewWriterLevel(&fast, 0)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	open := func(dir string) *kept.Store {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "a.html"), text, 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := kept.Open(sums, public, dir)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	before := open(public)
	if err := before.Put(copyKey(BrotliEnding, sha256.Sum256(text)), "a.html.br", fast.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := before.Save(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := compress([]string{"a.html"}, open(dir)); err != nil {
		t.Fatal(err)
	}
	if read(t, dir, "a.html.br") != fast.String() {
		t.Error("the copy was made again")
	}
}

// long is a text that is long also when compressed.
func long(seed uint64) string {
	random := rand.New(rand.NewPCG(seed, 0))
	var text strings.Builder
	for range 8_000 {
		fmt.Fprintf(&text, "%x ", random.Uint32())
	}
	return text.String()
}

// TestWhatIsWorthACopyHasOne holds which copies a text has.
func TestWhatIsWorthACopyHasOne(t *testing.T) {
	const neither, gz, both = "", GzipEnding, BrotliEnding + GzipEnding
	for name, c := range map[string]struct{ text, want string }{
		"packet.html":  {strings.Repeat("a", Packet), neither},
		"over.html":    {strings.Repeat("a", Packet+1), gz},
		"quick.html":   {strings.Repeat("trí thức ", 20_000), gz},
		"long.html":    {long(1), both},
		"long.json":    {long(2), both},
		"every.css":    {strings.Repeat("a{}", Packet), both},
		"every.js":     {strings.Repeat("a()", Packet), both},
		"picture.webp": {long(3), neither},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(c.text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := compress([]string{name}, kept.New(dir)); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, ending := range []string{BrotliEnding, GzipEnding} {
			if _, err := os.Stat(filepath.Join(dir, name+ending)); err == nil {
				got += ending
			}
		}
		if got != c.want {
			t.Errorf("%s has the copies %q, want %q", name, got, c.want)
		}
	}
}

// TestCopiesFollowFromTheTextAlone compresses texts one after another, and each by itself:
// whatever came before, a text has the same copies.
func TestCopiesFollowFromTheTextAlone(t *testing.T) {
	again := newCompressor(nil)
	for _, lines := range []int{300, 10_000, 300, 20_000} {
		var text bytes.Buffer
		for i := range lines {
			fmt.Fprintf(&text, "<url>\n<loc>https://a.example/tin-tuc/bai-%06d/</loc>\n<lastmod>2024-%02d-%02d</lastmod>\n</url>\n", i*7919%10007, i%12+1, i*31%28+1)
		}
		for _, ending := range []string{GzipEnding, BrotliEnding} {
			got, err := again.compressed(ending, text.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			want, err := newCompressor(nil).compressed(ending, text.Bytes())
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("the copy %s of %d lines is another behind others (%v)", ending, lines, err)
			}
		}
	}
}
