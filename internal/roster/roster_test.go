package roster

import (
	"os"
	"strings"
	"testing"
)

// TestGuideListsEveryColumn wants the editors' guide to give every column, and each
// of its names.
func TestGuideListsEveryColumn(t *testing.T) {
	guide, err := os.ReadFile("../edit/help/nhap-excel.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range Columns() {
		name, others := c.Names[0], strings.Join(c.Names[1:], "; ")
		row := "| " + name + " | "
		if others != "" {
			row += others + " | "
		} else {
			row += "| "
		}
		if text := strings.ReplaceAll(string(guide), "**", ""); !strings.Contains(text, row) {
			t.Errorf("no row %q", row)
		}
	}
}
