package verbatim

import (
	"strings"
	"testing"

	"lienhiep/internal/growth"
)

func TestCompare(t *testing.T) {
	page := strings.Repeat("Một dòng.\n", 12)
	for _, test := range []struct{ name, source, text, dropped, differs string }{
		{"the same", "Điều 1. A\n\n  B\tC", "Điều 1. A B C", "", ""},
		{"wrapped otherwise", "Một\u00a0hai\r\nba\u00ad bốn\ufeff", "Một hai ba bốn", "", ""},
		{"a table's bars", "| A | B |\n|---|\n", "A\tB", "", ""},
		{"a rule that no bar stands in", "A\n---\nB", "A B", "", "line 2"},
		{"a word less", "A B C", "A C", "", "line 1"},
		{"a word more", "A B", "A B C", "", "line 0"},
		{"a figure of a table", "Xã loại một\n1\nXã loại hai\n2\n", "Xã loại một Xã loại hai 2", "", "line 2"},
		{"two figures of a table", "A\n5\nB\n7\n", "A B", "", "line 2"},
		{"beside a form feed", "A\n2\n\fB", "A B", "2", ""},
		{"behind a form feed", "A\n\f7\nB", "A B", "7", ""},
		{"a series", page + "2\n" + page + "3\n" + page, strings.ReplaceAll(page, "\n", " ") + page + page, "2 3", ""},
		{"a series with a gap", page + "2\n" + page + "4\n" + page, page + page + page, "", "line 13"},
		{"a series that begins late", page + "5\n" + page + "6\n" + page, page + page + page, "", "line 13"},
		{"a number with its dashes", page + "- 2 -\n" + page, page + page, "- 2 -", ""},
		{"a number that stays", page + "2\n" + page, page + "2" + page, "", ""},
		{"a number before an item", "A\n2\n2. B", "A 2 2. B", "", ""},
		{"a page's number before an item", "A\n\f2\n2. B", "A 2. B", "2", ""},
		{"a page's number before the same figure", "A\n\f2\n2\nB", "A 2 B", "2", ""},
		{"a figure before the same page's number", "A\n2\n2\n\fB", "A 2 B", "2", ""},
	} {
		dropped, err := Compare(test.source, test.text)
		var texts []string
		for _, l := range dropped {
			texts = append(texts, l.Text)
		}
		if got := strings.Join(texts, " "); got != test.dropped {
			t.Errorf("%s: dropped %q, want %q", test.name, got, test.dropped)
		}
		if (err != nil) != (test.differs != "") || err != nil && !strings.HasPrefix(err.Error(), test.differs) {
			t.Errorf("%s: %v, want %q", test.name, err, test.differs)
		}
	}
}

func TestTimeIsLinear(t *testing.T) {
	for _, line := range []string{"2\n", "A\n", "- 2 -\n", "\f3\n", "|", "a"} {
		growth.Linear(t, 4<<10, 1<<20, func(n int) string { return strings.Repeat(line, n/len(line)) }, func(s string) { Compare(s, s); Compare(s, "A") })
	}
}
