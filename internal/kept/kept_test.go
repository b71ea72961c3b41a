package kept

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// place is a site as it was published, and the file of what is remembered beside it.
type place struct{ public, file string }

// keyOfFile is the key of what stands in a file.
func keyOfFile(name string) Key { return KeyOf("maker", []byte("of "+name)) }

func published(t *testing.T, files map[string]string) place {
	t.Helper()
	p := place{filepath.Join(t.TempDir(), "public"), filepath.Join(t.TempDir(), "kept")}
	if err := os.MkdirAll(p.public, 0o777); err != nil {
		t.Fatal(err)
	}
	s, err := Open(p.file, "none", p.public)
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, files)
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	return p
}

func put(t *testing.T, s *Store, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := s.Put(keyOfFile(name), name, []byte(text)); err != nil {
			t.Fatal(err)
		}
		s.Keep(KeyOf("value", []byte(name)), []byte("value of "+text))
	}
}

// open opens a store for the next build.
func (p place) open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(p.file, p.public, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// taken is what a store puts into a file of the new site, or "" where nothing.
func taken(t *testing.T, s *Store, k Key, name string, others ...string) string {
	t.Helper()
	size, ok, err := s.Take(k, name, others...)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(s.path(name))
	if ok != (err == nil) || ok && size != int64(len(data)) {
		t.Errorf("%s: taken: %v, of %d bytes, and %d are there (%v)", name, ok, size, len(data), err)
	}
	return string(data)
}

func TestWhatWasMadeIsTakenAgain(t *testing.T) {
	p := published(t, map[string]string{"a": "output"})
	s := p.open(t)
	if got := taken(t, s, keyOfFile("a"), "a"); got != "output" {
		t.Errorf("got %q", got)
	}
	if got := taken(t, s, keyOfFile("a"), "b", "c", "a"); got != "output" {
		t.Errorf("of another file: got %q", got)
	}
	if !s.Shares("a") || s.Shares("b") || s.Shares("c") {
		t.Errorf("of both sites: a %v, b, which had another name, %v, c, which is in none, %v", s.Shares("a"), s.Shares("b"), s.Shares("c"))
	}
	if got, ok := s.Value(KeyOf("value", []byte("a"))); !ok || string(got) != "value of output" {
		t.Errorf("the value is %q", got)
	}
	for what, k := range map[string]Key{"another input": KeyOf("maker", []byte("of A")), "another maker": KeyOf("maker 2", []byte("of a")),
		"moved border": KeyOf("maker\x00of", []byte(" a")), "by the program": KeyByProgram("maker", []byte("of a"))} {
		if got := taken(t, p.open(t), k, "a"); got != "" {
			t.Errorf("%s: got %q", what, got)
		}
	}
	for _, of := range []func(string, []byte) Key{KeyOf, KeyByProgram} {
		if first := of("a", []byte("b")); of("a", []byte("b")) != first {
			t.Error("a key is another the next time")
		}
	}
}

// TestWhatWasLookedAtIsReadOnce: a file that has been looked at is taken as it is, unless its
// size or time tell of a change.
func TestWhatWasLookedAtIsReadOnce(t *testing.T) {
	p := published(t, map[string]string{"a": "output"})
	s := p.open(t)
	file := filepath.Join(p.public, "a")
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, same := s.Look("a", sha256.Sum256([]byte("other"))); same {
		t.Error("another sum is the same")
	}
	if data, same := s.Look("a", sha256.Sum256([]byte("output"))); !same || string(data) != "output" {
		t.Errorf("looked at: %q, %v", data, same)
	}
	write := func(text string, at time.Time) {
		if err := errors.Join(os.WriteFile(file, []byte(text), 0o666), os.Chtimes(file, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	write("unread", info.ModTime()) // of the same length
	if got := taken(t, s, keyOfFile("a"), "b", "a"); got != "unread" {
		t.Errorf("a file that was looked at is read again: %q", got)
	}
	write("outpux", info.ModTime().Add(time.Second))
	if got := taken(t, s, keyOfFile("a"), "c", "a"); got != "" {
		t.Errorf("a file that has changed since is taken: %q", got)
	}
}

// TestNothingChangedIsTaken holds that what lies in the site is taken only as it was
// published there.
func TestNothingChangedIsTaken(t *testing.T) {
	for what, change := range map[string]func(file string) error{
		"gone":      os.Remove,
		"empty":     func(file string) error { return os.WriteFile(file, nil, 0o666) },
		"cut short": func(file string) error { return os.Truncate(file, 3) },
		"zeros":     func(file string) error { return os.WriteFile(file, make([]byte, 6), 0o666) },
		"by hand":   func(file string) error { return os.WriteFile(file, []byte("outpuT"), 0o666) },
		"by hand, with the time it had": func(file string) error {
			info, err := os.Stat(file)
			if err != nil {
				return err
			}
			return errors.Join(os.WriteFile(file, []byte("outpuT"), 0o666), os.Chtimes(file, info.ModTime(), info.ModTime()))
		},
		"a folder": func(file string) error { return errors.Join(os.Remove(file), os.Mkdir(file, 0o777)) },
	} {
		p := published(t, map[string]string{"a": "output"})
		if err := change(filepath.Join(p.public, "a")); err != nil {
			t.Fatal(err)
		}
		if got := taken(t, p.open(t), keyOfFile("a"), "a"); got != "" {
			t.Errorf("%s: got %q", what, got)
		}
	}
}

// TestWhatIsPublishedStaysAsItIs writes over what was taken: the site that is published
// must not change before the new one takes its place.
func TestWhatIsPublishedStaysAsItIs(t *testing.T) {
	p := published(t, map[string]string{"a": "output"})
	s := p.open(t)
	taken(t, s, keyOfFile("a"), "a")
	put(t, s, map[string]string{"a": "another"})
	if s.Shares("a") {
		t.Error("what was written anew is said to be the published file")
	}
	if got, err := os.ReadFile(filepath.Join(p.public, "a")); err != nil || string(got) != "output" {
		t.Errorf("the published file holds %q (%v)", got, err)
	}
	if got, err := os.ReadFile(s.path("a")); err != nil || string(got) != "another" {
		t.Errorf("the new one holds %q (%v)", got, err)
	}
}

// TestASumIsKnownAsLongAsItHolds holds that nothing is said of a file that has changed.
func TestASumIsKnownAsLongAsItHolds(t *testing.T) {
	p := published(t, map[string]string{"taken": "output"})
	s := p.open(t)
	taken(t, s, keyOfFile("taken"), "taken")
	put(t, s, map[string]string{"put": "output"})
	if err := os.WriteFile(s.path("read"), []byte("output"), 0o666); err != nil {
		t.Fatal(err)
	}
	if f, err := s.File("read"); err != nil || f.Sum != sha256.Sum256([]byte("output")) || f.Size != 6 {
		t.Errorf("read: %+v (%v)", f, err)
	}
	if data, err := s.Read("put"); err != nil || string(data) != "output" {
		t.Errorf("put: %q (%v)", data, err)
	}
	info := func(name string) fs.FileInfo {
		info, err := os.Lstat(s.path(name))
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	for _, name := range []string{"taken", "put", "read"} {
		if sum, ok := s.Known(name, info(name)); !ok || sum != sha256.Sum256([]byte("output")) {
			t.Errorf("%s: %x, %v", name, sum, ok)
		}
		if err := os.WriteFile(s.path(name)+".new", []byte("outpuT"), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(s.path(name)+".new", s.path(name)); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(s.path(name), time.Time{}, time.Unix(1, 0)); err != nil {
			t.Fatal(err)
		}
		if _, ok := s.Known(name, info(name)); ok {
			t.Errorf("%s has changed, and yet its sum is known", name)
		}
	}
	if _, ok := s.Known("other", info("put")); ok {
		t.Error("something is known of what nobody has read")
	}
	if _, err := s.File("none"); err == nil {
		t.Error("no error for a file that is not there")
	}
}

// TestADamagedFileKnowsNothing changes, removes and adds every byte of the file of sums.
func TestADamagedFileKnowsNothing(t *testing.T) {
	p := published(t, map[string]string{"a": "output", "b": "another"})
	whole, err := os.ReadFile(p.file)
	if err != nil {
		t.Fatal(err)
	}
	known := func(data []byte) int { m := parse(data); return len(m.sums) + len(m.values) }
	if n := known(whole); n != 4 {
		t.Fatalf("%d are known, want 4", n)
	}
	for i := range whole {
		flipped := bytes.Clone(whole)
		flipped[i] ^= 1
		for what, data := range map[string][]byte{"changed": flipped, "cut short": whole[:i], "doubled": append(bytes.Clone(whole[:i]), whole...)} {
			if n := known(data); n > 0 && !bytes.Equal(data, whole) {
				t.Fatalf("%s at %d: %d are known", what, i, n)
			}
		}
	}
	// A store that knows nothing works, and heals the file.
	if err := os.WriteFile(p.file, whole[:50], 0o666); err != nil {
		t.Fatal(err)
	}
	s := p.open(t)
	if got := taken(t, s, keyOfFile("a"), "a"); got != "" {
		t.Errorf("got %q", got)
	}
	put(t, s, map[string]string{"b": "another"})
	put(t, s, map[string]string{"a": "output"})
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	if healed, err := os.ReadFile(p.file); err != nil || !bytes.Equal(healed, whole) {
		t.Errorf("the file is not what it was (%v)", err)
	}
}

// TestWhatIsNotAskedForIsForgotten holds that the file grows with the site alone.
func TestWhatIsNotAskedForIsForgotten(t *testing.T) {
	p := published(t, map[string]string{"a": "output", "b": "another"})
	s := p.open(t)
	taken(t, s, keyOfFile("a"), "a")
	s.Value(KeyOf("value", []byte("b")))
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(p.file)
	if want := len(head) + 3*32 + 1 + 32 + 2 + len("value of another"); err != nil || info.Size() != int64(want) {
		t.Errorf("the file is %v, want %d (%v)", info, want, err)
	}
	s = p.open(t)
	if taken(t, s, keyOfFile("a"), "a") == "" || taken(t, s, keyOfFile("b"), "b") != "" {
		t.Error("what was asked for is not known, or what was not is")
	}
	_, a := s.Value(KeyOf("value", []byte("a")))
	_, b := s.Value(KeyOf("value", []byte("b")))
	if a || !b {
		t.Errorf("the values of a and b are known: %v, %v", a, b)
	}
}

// TestOneStoreManyWorkers is for the race detector, and for a site that was never built.
func TestOneStoreManyWorkers(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(filepath.Join(dir, "kept"), filepath.Join(dir, "public"), dir)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			k, name := KeyOf("maker", []byte{byte(i)}), fmt.Sprint(i)
			if _, ok, err := s.Take(k, name); ok || err != nil {
				t.Error("something is known", err)
			}
			if err := s.Put(k, name, []byte{byte(i)}); err != nil {
				t.Error(err)
			}
			if _, err := s.File(name); err != nil {
				t.Error(err)
			}
			s.Keep(k, []byte{byte(i)})
		})
	}
	all.Wait()
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "kept"))
	if m := parse(data); err != nil || len(m.sums) != 50 || len(m.values) != 50 {
		t.Errorf("%d and %d are known, want 50 (%v)", len(m.sums), len(m.values), err)
	}
}
