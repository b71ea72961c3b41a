package desk

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"lienhiep/internal/needs"
)

// TestEveryStringIsVietnamese holds that no sentence of Sveltia's is left in English,
// and that ours name the same values as its own.
func TestEveryStringIsVietnamese(t *testing.T) {
	needs.Ask(t, needs.Sveltia)
	locales := filepath.Join(needs.Sveltia.Path(t), "locales")
	english, err := os.ReadFile(filepath.Join(locales, "en-US.json"))
	if err != nil {
		t.Fatal(err)
	}
	ours, err := vietnamese(filepath.Join(locales, "vi.json"))
	if err != nil {
		t.Fatal(err)
	}
	want, got, own := texts(t, english), texts(t, ours), texts(t, missing)
	if len(want) < 900 {
		t.Fatalf("only %d strings were found", len(want))
	}
	value := regexp.MustCompile(`\$\w+`)
	for key, text := range want {
		known := value.FindAllString(text, -1)
		for _, name := range value.FindAllString(got[key], -1) {
			if !slices.Contains(known, name) {
				t.Errorf("%s names %s, which Sveltia does not give", key, name)
			}
		}
		if got[key] == "" {
			t.Errorf("%s is in English alone: %s", key, text)
		}
	}
	for key := range own {
		if want[key] == "" {
			t.Errorf("Sveltia has no %s", key)
		}
	}
}

// texts are the strings of a language by their keys, group before group.
func texts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	var groups map[string]any
	if err := json.Unmarshal(data, &groups); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	var walk func(string, map[string]any)
	walk = func(above string, groups map[string]any) {
		for key, value := range groups {
			switch value := value.(type) {
			case string:
				all[above+key] = value
			case map[string]any:
				walk(above+key+".", value)
			}
		}
	}
	walk("", groups)
	return all
}
