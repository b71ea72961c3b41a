package edit

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestOfThousandsOfFindingsTheGravestAreListed holds that what must be mended comes first,
// that the list is bounded, and that the rest is counted.
func TestOfThousandsOfFindingsTheGravestAreListed(t *testing.T) {
	d := openDesk(t)
	for i := range mostFaults + 20 {
		dir := filepath.Join(d.dir, "content", "tin-tuc", fmt.Sprintf("a-%d", i))
		text := "---\ntitle: Nháp\ndate: 2024-01-01\ndraft: true\n---\nLời.\n"
		if i == mostFaults+10 {
			text = "---\ntitle: [\n---\n"
		}
		if err := errors.Join(os.MkdirAll(dir, 0o777), os.WriteFile(filepath.Join(dir, "index.md"), []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	var answer struct {
		Faults       []fault
		More, Errors int
	}
	if status, said := d.ask("GET", "/viec/kiem-tra", nil, nil); status != 200 || json.Unmarshal([]byte(said), &answer) != nil {
		t.Fatal(status, said)
	}
	if len(answer.Faults) != mostFaults || answer.More < 20 || answer.Errors == 0 {
		t.Fatalf("%d are listed, %d more, %d errors", len(answer.Faults), answer.More, answer.Errors)
	}
	for i, f := range answer.Faults {
		if (f.Severity == "error") != (i < answer.Errors) {
			t.Fatalf("an item of severity %s is the %dth of %d errors", f.Severity, i+1, answer.Errors)
		}
	}
}
