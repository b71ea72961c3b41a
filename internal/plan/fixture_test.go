package plan_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/plan"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fixtures are invented documents of each form, and the real one.
func fixtures(t testing.TB) map[string][]byte {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	all := map[string][]byte{"15-kh-tu": read(t, realFile)}
	for _, f := range files {
		all[strings.TrimSuffix(filepath.Base(f), ".txt")] = read(t, f)
	}
	return all
}

func marshal(t testing.TB, d *plan.Document) string {
	t.Helper()
	b, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b) + "\n"
}

func TestGolden(t *testing.T) {
	for name, src := range fixtures(t) {
		t.Run(name, func(t *testing.T) {
			got := marshal(t, parse(t, src))
			file := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			equal(t, "document", got, string(read(t, file)))
		})
	}
}
