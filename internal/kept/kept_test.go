package kept

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// place is a site as it was published, and the file of sums beside it.
type place struct{ public, file string }

func published(t *testing.T, files map[string]string) place {
	t.Helper()
	p := place{filepath.Join(t.TempDir(), "public"), filepath.Join(t.TempDir(), "kept")}
	if err := os.MkdirAll(p.public, 0o777); err != nil {
		t.Fatal(err)
	}
	s := p.open(t)
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(p.public, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		s.Put(KeyOf("maker", []byte("of "+name)), []byte(text))
	}
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p place) open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(p.file, p.public)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestWhatWasMadeIsTakenAgain(t *testing.T) {
	p := published(t, map[string]string{"a": "output"})
	s := p.open(t)
	if got := s.Get(KeyOf("maker", []byte("of a")), "a"); string(got) != "output" {
		t.Errorf("got %q", got)
	}
	for what, k := range map[string]Key{"another input": KeyOf("maker", []byte("of A")), "another maker": KeyOf("maker 2", []byte("of a")), "moved border": KeyOf("maker\x00of", []byte(" a"))} {
		if got := s.Get(k, "a"); got != nil {
			t.Errorf("%s: got %q", what, got)
		}
	}
}

// TestNothingChangedIsTaken holds that what lies in the site is taken only as it was
// published there.
func TestNothingChangedIsTaken(t *testing.T) {
	k := KeyOf("maker", []byte("of a"))
	for what, change := range map[string]func(file string) error{
		"gone":      os.Remove,
		"empty":     func(file string) error { return os.WriteFile(file, nil, 0o666) },
		"cut short": func(file string) error { return os.Truncate(file, 3) },
		"zeros":     func(file string) error { return os.WriteFile(file, make([]byte, 6), 0o666) },
		"by hand":   func(file string) error { return os.WriteFile(file, []byte("outpuT"), 0o666) },
		"a folder": func(file string) error {
			if err := os.Remove(file); err != nil {
				return err
			}
			return os.Mkdir(file, 0o777)
		},
	} {
		p := published(t, map[string]string{"a": "output"})
		if err := change(filepath.Join(p.public, "a")); err != nil {
			t.Fatal(err)
		}
		if got := p.open(t).Get(k, "a"); got != nil {
			t.Errorf("%s: got %q", what, got)
		}
	}
}

// TestADamagedFileKnowsNothing changes, removes and adds every byte of the file of sums.
func TestADamagedFileKnowsNothing(t *testing.T) {
	p := published(t, map[string]string{"a": "output", "b": "another"})
	whole, err := os.ReadFile(p.file)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(parse(whole)); n != 2 {
		t.Fatalf("%d are known, want 2", n)
	}
	for i := range whole {
		flipped := bytes.Clone(whole)
		flipped[i] ^= 1
		for what, data := range map[string][]byte{"changed": flipped, "cut short": whole[:i], "doubled": append(bytes.Clone(whole[:i]), whole...)} {
			if n := len(parse(data)); n > 0 && !bytes.Equal(data, whole) {
				t.Fatalf("%s at %d: %d are known", what, i, n)
			}
		}
	}
	// A store that knows nothing works, and heals the file.
	if err := os.WriteFile(p.file, whole[:50], 0o666); err != nil {
		t.Fatal(err)
	}
	s := p.open(t)
	if got := s.Get(KeyOf("maker", []byte("of a")), "a"); got != nil {
		t.Errorf("got %q", got)
	}
	for _, name := range []string{"b", "a"} {
		s.Put(KeyOf("maker", []byte("of "+name)), map[string][]byte{"a": []byte("output"), "b": []byte("another")}[name])
	}
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
	s.Get(KeyOf("maker", []byte("of a")), "a")
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(p.file)
	if err != nil || info.Size() != int64(len(head)+3*32) {
		t.Errorf("the file is %v (%v)", info, err)
	}
	s = p.open(t)
	if s.Get(KeyOf("maker", []byte("of a")), "a") == nil || s.Get(KeyOf("maker", []byte("of b")), "b") != nil {
		t.Error("what was asked for is not known, or what was not is")
	}
}

// TestOneStoreManyWorkers is for the race detector, and for a site that was never built.
func TestOneStoreManyWorkers(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(filepath.Join(dir, "kept"), filepath.Join(dir, "public"))
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			k := KeyOf("maker", []byte{byte(i)})
			if s.Get(k, "a") != nil {
				t.Error("something is known")
			}
			s.Put(k, []byte{byte(i)})
		})
	}
	all.Wait()
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "kept"))
	if err != nil || len(parse(data)) != 50 {
		t.Errorf("%d are known, want 50 (%v)", len(parse(data)), err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
