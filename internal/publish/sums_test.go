package publish

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestSumsAreKeptAsLongAsTheyHold(t *testing.T) {
	now := time.Now()
	old := now.Add(-time.Hour)
	s := parseSums(nil)
	s.note("a", 1, old, sha256.Sum256([]byte("a")))
	s.note("b", 1, now.Add(-time.Second), sha256.Sum256([]byte("b")))
	s.note("c", 1, old, sha256.Sum256([]byte("c")))
	s.forget("c")
	text := s.format(now)
	read := parseSums(text)
	if sum, known := read.of("a", 1, old); !known || sum != sha256.Sum256([]byte("a")) {
		t.Errorf("a: %x, %v", sum, known)
	}
	for what, known := range map[string]bool{"of another size": is(read.of("a", 2, old)), "of another time": is(read.of("a", 1, old.Add(1))), "just written": is(read.of("b", 1, now.Add(-time.Second))),
		"forgotten": is(read.of("c", 1, old)), "never seen": is(read.of("d", 1, old))} {
		if known {
			t.Errorf("a file %s is known", what)
		}
	}
	if again := read.format(now); !bytes.Equal(again, text) {
		t.Error("what is read is written otherwise")
	}
	for i := range text {
		damaged := bytes.Clone(text)
		damaged[i] ^= 1
		if is(parseSums(damaged).of("a", 1, old)) || is(parseSums(text[:i]).of("a", 1, old)) {
			t.Fatalf("damaged at %d, or cut off there, it is believed", i)
		}
	}
}

func is(_ [sha256.Size]byte, known bool) bool { return known }

// TestADeployReadsWhatMayHaveChanged changes files so that nothing tells of it, which only who
// reads them finds, and then their times, too.
func TestADeployReadsWhatMayHaveChanged(t *testing.T) {
	p := places["folder"](t)
	p.Sums = filepath.Join(t.TempDir(), "generated", "sums")
	p.built(t, first)
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	age := func(dir string) {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(dir, "*.*"))
		for _, file := range files {
			err = errors.Join(err, os.Chtimes(file, old, old))
		}
		if err != nil || len(files) < 3 {
			t.Fatal(err, len(files))
		}
	}
	deploy := func() (Report, error) {
		t.Helper()
		return Deploy(t.Context(), p.Target, anything)
	}
	age(p.Public)
	if _, err := deploy(); err != nil {
		t.Fatal(err)
	}
	age(p.URL)
	if r, err := deploy(); err != nil || !r.Nothing() {
		t.Fatal(r, err)
	}
	change := func(file, text string, at time.Time) {
		t.Helper()
		write(t, file, text)
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	live, built := filepath.Join(p.URL, "robots.txt"), filepath.Join(p.Public, "robots.txt")
	change(live, "User-agent: ?", old)
	change(built, "User-agent: ?", old)
	if r, err := deploy(); err != nil || !r.Nothing() {
		t.Errorf("what nothing has changed is read: %v %v", r, err)
	}
	change(built, first["robots.txt"], old)
	change(live, "User-agent: ?", old.Add(time.Second))
	if r, err := deploy(); err != nil || len(r.Changed) != 1 || r.Changed[0] != "robots.txt" {
		t.Errorf("what has changed at the target is not mended: %v %v", r, err)
	}
	change(built, "User-agent: ?", old.Add(time.Second))
	if _, err := deploy(); err == nil {
		t.Error("what has changed since the build is deployed")
	}
}
