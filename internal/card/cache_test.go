package card

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestADamagedCardIsDrawnAnew holds that nothing is taken from the cards kept but what
// was put there: not a file that a power cut has emptied, cut short or filled with
// zeros, nor one that an earlier version named otherwise.
func TestADamagedCardIsDrawnAnew(t *testing.T) {
	dir, kept := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.html"), fmt.Appendf(nil, page, "", "Liên hiệp"), 0o666); err != nil {
		t.Fatal(err)
	}
	build := func(drawn int) []byte {
		t.Helper()
		if n, err := Build(t.Context(), dir, kept); err != nil || n != drawn {
			t.Errorf("%d cards were drawn, want %d (%v)", n, drawn, err)
		}
		png, err := os.ReadFile(filepath.Join(dir, "the-1.png"))
		if err != nil {
			t.Fatal(err)
		}
		return png
	}
	whole := build(1)
	name := ""
	for what, damage := range map[string]func() error{
		"empty":        func() error { return os.WriteFile(name, nil, 0o666) },
		"cut short":    func() error { return os.WriteFile(name, whole[:len(whole)/2], 0o666) },
		"zeros":        func() error { return os.WriteFile(name, make([]byte, len(whole)), 0o666) },
		"renamed":      func() error { return os.Rename(name, filepath.Join(kept, filepath.Base(name)[:32]+".png")) },
		"gone":         func() error { return os.Remove(name) },
		"half written": func() error { return os.Rename(name, filepath.Join(kept, filepath.Base(name)[:32]+".tmp")) },
	} {
		files, err := filepath.Glob(filepath.Join(kept, "*"))
		if err != nil || len(files) != 1 {
			t.Fatalf("%v is kept (%v)", files, err)
		}
		name = files[0]
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(build(1), whole) {
			t.Errorf("%s: another card was published", what)
		}
		if !bytes.Equal(build(0), whole) {
			t.Errorf("%s: another card was kept", what)
		}
	}
}
