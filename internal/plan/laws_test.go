package plan_test

import (
	"path/filepath"
	"testing"

	"lienhiep/internal/needs"
	"lienhiep/internal/plan"
)

// leastRead is how many laws of a hundred are read; the others are refused.
const leastRead = 56

// TestLaws reads the laws beside the checkout, longer and of other kinds than plans:
// those that are read lose no character, and are the same tree when they are written
// and read again.
func TestLaws(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Laws)
	files, err := filepath.Glob(filepath.Join(needs.Laws.Path(t), "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no laws", err)
	}
	accepted := 0
	for _, file := range files {
		src := read(t, file)
		d, _ := plan.Parse(file, src)
		if d == nil {
			continue
		}
		accepted++
		name := filepath.Base(file)
		equal(t, name, d.Content(), plan.Content(src))
		again, _ := plan.Parse(file, []byte(plan.Format(d)))
		if again == nil || tree(t, again) != tree(t, d) {
			t.Errorf("%s: written and read again it is another", name)
		}
	}
	if accepted*100 < leastRead*len(files) {
		t.Errorf("%d of %d laws are read, fewer than %d %%", accepted, len(files), leastRead)
	}
}
