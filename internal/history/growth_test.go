package history

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"lienhiep/internal/growth"
	"lienhiep/internal/needs"
)

// TestTidyingIsLinear: many versions of few entries, and many entries.
func TestTidyingIsLinear(t *testing.T) {
	needs.Ask(t, needs.Long)
	for name, entries := range map[string]int{"few entries": 4, "many entries": 1 << 20} {
		growth.Linear(t, 128, 2<<10, func(n int) *History {
			h, dir := site(t, nil)
			for i := range n {
				file := fmt.Sprintf("content/tin-tuc/%d/index.md", i%entries)
				text := fmt.Append(nil, i)
				at := noon.Add(time.Duration(i) * time.Second)
				v := Version{File: file, Sum: sumOf(text), Size: int64(len(text)), Act: Act{Why: Saved, Time: at}}
				record, err := json.Marshal(v)
				ok(t, err)
				put(t, dir, folderOf(file)+"/"+at.Format(stamp)+".json", string(record))
				put(t, dir, objectOf(v.Sum), string(text))
			}
			return h
		}, func(h *History) { ok(t, h.Prune(noon, Usual)) })
		if t.Failed() {
			t.Fatal(name)
		}
	}
}
