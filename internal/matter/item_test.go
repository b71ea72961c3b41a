package matter

import (
	"strings"
	"testing"
)

func TestRemoveItem(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"people: [a-b]\n", "people: []\n"},
		{"people: [\"a-b\"] # ghi chú\n", "people: [] # ghi chú\n"},
		{"people: [a-b, c]\n", "people: [c]\n"},
		{"people: [c, 'a-b']\n", "people: [c]\n"},
		{"people: [c,a-b,d]\n", "people: [c,d]\n"},
		{"people = [ \"c\", \"a-b\" ]\r\n", "people = [ \"c\" ]\r\n"},
		{"  - a-b\n", ""},
		{"- \"a-b\" # người thứ nhất\r\n", ""},
		{"  a-b,\n", ""},
		{"people: [a-b,\n", "people: [\n"},
		{"a-b]\n", "]\n"},
		{"people: [a-b-c, x-a-b]\n", "no"},
		{"people: *a-b\n", "no"},
	} {
		lines := []string{"---\n", c.line}
		got := "no"
		if RemoveItem(lines, 2, "a-b") {
			got = lines[1]
		}
		if got != c.want || lines[0] != "---\n" {
			t.Errorf("%q becomes %q, want %q", c.line, got, c.want)
		}
	}
	// The item stands below its key, and not behind the end of its list.
	lines := []string{"people = [\n", "  \"c\",\n", "  \"a-b\",\n", "]\n"}
	if !RemoveItem(lines, 1, "a-b") || strings.Join(lines, "") != "people = [\n  \"c\",\n]\n" {
		t.Errorf("%q", lines)
	}
	lines = []string{"people: [c]\n", "other: [a-b]\n"}
	if RemoveItem(lines, 1, "a-b") || lines[1] != "other: [a-b]\n" {
		t.Errorf("%q", lines)
	}
}
