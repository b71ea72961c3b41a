package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"testing"
	"testing/fstest"
)

// TestWalkVisitsEverythingOnce compares it with the standard library's.
func TestWalkVisitsEverythingOnce(t *testing.T) {
	site := fstest.MapFS{"empty": {Mode: fs.ModeDir}}
	for i := range 50 {
		site[fmt.Sprintf("page%d", i)] = &fstest.MapFile{}
		site[fmt.Sprintf("a/%d/b/page", i)] = &fstest.MapFile{}
	}
	got, want := map[string]int{}, map[string]int{}
	if err := Walk(site, func(name string, d fs.DirEntry) error {
		got[name+"\x00"+d.Name()]++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		if name != "." {
			want[name+"\x00"+d.Name()]++
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		t.Errorf("visited %v, want %v", got, want)
	}
}

func TestWalkEndsWithAnError(t *testing.T) {
	site := fstest.MapFS{"a/b/page": {}}
	stop := errors.New("stop")
	for _, at := range []string{"a", "a/b", "a/b/page"} {
		err := Walk(site, func(name string, _ fs.DirEntry) error {
			if name == at {
				return stop
			}
			return nil
		})
		if !errors.Is(err, stop) {
			t.Errorf("at %s: %v", at, err)
		}
	}
	if err := Walk(Dir(t.TempDir()+"/none"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}
