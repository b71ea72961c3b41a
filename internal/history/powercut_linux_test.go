package history

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"lienhiep/internal/needs"
	"lienhiep/internal/powercut"
)

// onDisk calls do with the history of a site on a disk, and closes it.
func onDisk(t *testing.T, d *powercut.Disk, do func(h *History) error) {
	t.Helper()
	h, err := Open(d.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(do(h), h.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestAPowerCutUndoesNothing(t *testing.T) {
	needs.Ask(t, needs.Long, needs.PowerCut)
	for _, loss := range []powercut.Loss{powercut.Content, powercut.Everything} {
		d := powercut.New(t, 8)
		put(t, d.Dir, entry, "one")
		onDisk(t, d, func(h *History) error {
			return h.Keep(Act{Who: "Mẫu", Why: Saved, Time: noon}, Change{entry, []byte("one"), []byte("two")})
		})
		d.Cut(loss)
		onDisk(t, d, func(h *History) error {
			same(t, "versions", told(t, h, entry), "saved Mẫu \"two\"\nfound  \"one\"\n")
			put(t, d.Dir, entry, "two")
			_, err := h.Trash("content/tin-tuc/a", "A", Act{Who: "Mẫu", Why: Removed, Time: noon})
			return err
		})
		d.Cut(loss)
		onDisk(t, d, func(h *History) error {
			all, err := h.Trashed()
			if err != nil || len(all) != 1 {
				t.Fatalf("in the trash: %v (%v)", all, err)
			}
			_, err = h.Untrash(all[0].ID, "Mẫu", noon)
			return err
		})
		d.Cut(loss)
		if _, err := os.Stat(filepath.Join(d.Dir, entry)); err != nil {
			t.Error(err)
		}
	}
}

// On a full disk nothing new is kept, and nothing old is lost.
func TestAFullDisk(t *testing.T) {
	needs.Ask(t, needs.Long, needs.PowerCut)
	d := powercut.New(t, 4)
	onDisk(t, d, func(h *History) error {
		if err := h.Keep(Act{Why: Saved, Time: noon}, Change{entry, nil, []byte("one")}); err != nil {
			return err
		}
		large := bytes.Repeat([]byte("x"), 16<<20)
		if err := h.Keep(Act{Why: Saved, Time: noon}, Change{entry, []byte("one"), large}); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("kept on a full disk (%v)", err)
		}
		same(t, "versions", told(t, h, entry), "saved  \"one\"\n")
		return h.Keep(Act{Why: Saved, Time: noon}, Change{entry, []byte("one"), []byte("two")})
	})
	onDisk(t, d, func(h *History) error {
		same(t, "then", told(t, h, entry), "saved  \"two\"\nsaved  \"one\"\n")
		return nil
	})
}
