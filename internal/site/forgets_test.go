package site

import (
	"slices"
	"testing"
)

// TestHugoForgets holds that what the program runs Hugo with bounds its caches, whatever the
// environment says.
func TestHugoForgets(t *testing.T) {
	t.Setenv("HUGO_MEMORYLIMIT", "64")
	cmd, err := hugo(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(cmd.Env, smallCaches) || slices.Contains(cmd.Env, "HUGO_MEMORYLIMIT=64") {
		t.Error("the environment decides how much Hugo keeps")
	}
}
