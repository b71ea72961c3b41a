package help

import (
	"slices"
	"testing"
)

// TestEveryPageIsInAGroup holds that none is forgotten where the guide is listed.
func TestEveryPageIsInAGroup(t *testing.T) {
	var all []string
	for _, g := range Groups {
		all = append(all, g.Names...)
	}
	slices.Sort(all)
	if names := slices.Sorted(slices.Values(Names())); !slices.Equal(all, names) {
		t.Errorf("the groups have %q, the guide %q", all, names)
	}
}
