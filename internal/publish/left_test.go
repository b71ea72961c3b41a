package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOnlyNamesOfTheNewSiteAreLeft(t *testing.T) {
	for what, names := range map[string]int{"few": 3, "many": fewNames + 1, "many, and no place": fewNames + 1} {
		t.Run(what, func(t *testing.T) {
			dir := t.TempDir()
			old, left := filepath.Join(dir, "staging"), filepath.Join(dir, "left")
			if err := os.MkdirAll(filepath.Join(old, "gone", "deep"), 0o777); err != nil {
				t.Fatal(err)
			}
			for i := range names {
				write(t, filepath.Join(old, fmt.Sprintf("same-%d", i)), "x")
			}
			write(t, filepath.Join(old, "changed"), "x")
			write(t, filepath.Join(old, "gone", "deep", "page"), "x")
			if err := os.Symlink(dir, filepath.Join(old, "link")); err != nil {
				t.Fatal(err)
			}
			if what == "many, and no place" {
				write(t, filepath.Join(left, "taken", "same-0"), "x")
			}
			if err := Leave(old, left, func(name string) bool { return strings.HasPrefix(name, "same-") }); err != nil {
				t.Fatal(err)
			}
			found := 0
			err := filepath.WalkDir(left, func(name string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					if found++; !strings.HasPrefix(d.Name(), "same-") {
						t.Errorf("%s is left", name)
					}
				}
				return err
			})
			if what == "few" && !errors.Is(err, fs.ErrNotExist) || what == "many" && (err != nil || found != names) || what == "many, and no place" && found != 1 {
				t.Errorf("%d names are left: %v", found, err)
			}
			if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the old site is where it was: %v", err)
			}
			if _, err := os.Stat(dir); err != nil {
				t.Error(err)
			}
		})
	}
	if err := Leave("", t.TempDir(), nil); err != nil {
		t.Error(err)
	}
}
