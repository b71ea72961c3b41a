package matter

import (
	"strings"
	"testing"
	"time"

	"lienhiep/internal/diag"
)

// TestTwoPeoplesChangesAreMerged: what one of them changed stands, at whatever depth; what
// both changed is settled, and no word of either is lost on the way.
func TestTwoPeoplesChangesAreMerged(t *testing.T) {
	fields := []Field{
		{Key: "name", Label: diag.Text{VI: "Tên"}}, {Key: "day", Type: TypeDate}, {Key: "on", Type: TypeBool}, {Key: "words", Type: TypeList},
		{Key: "office", Type: TypeTable, Fields: []Field{{Key: "phone"}, {Key: "mail"}}},
		{Key: "menu", Type: TypeTables, Fields: []Field{{Key: "page"}, {Key: "name"}}},
		{Key: "short", Type: TypeTexts}, {Key: "same", Type: TypeLists},
	}
	for _, one := range []struct{ what, base, mine, theirs, want, disputed string }{
		{"nothing", "name: A", "name: A", "name: A", "name: A", ""},
		{"other fields", "name: A\nday: 2020-01-02", "name: B\nday: 2020-01-02", "name: A\nday: 2021-01-02", "name: B\nday: 2021-01-02", ""},
		{"written otherwise", `name: A`, `name: "A"`, "name: B", "name: B", ""},
		{"the same change", "name: A", "name: B", "name: B", "name: B", ""},
		{"a text", "name: A", "name: B", "name: C", "name: B|C", "name"},
		{"removed and changed", "name: A", "day: 2020-01-02", "name: C", "name: \"|C\"\nday: 2020-01-02", "name"},
		{"a switch", "on: true", "name: B\non: true", "on: false", "name: B", ""},
		{"inside a group", "office: {phone: 1, mail: a}", "office: {phone: 2, mail: a}", "office: {phone: 1, mail: b}", "office: {phone: 2, mail: b}", ""},
		{"the same inside a group", "office: {phone: 1}", "office: {phone: 2}", "office: {phone: 3, mail: b}", "office: {phone: 2|3, mail: b}", "office.phone"},
		{"words added", "words: [a]", "words: [a, b]", "words: [a, c]", "words: [a, c, b]", ""},
		{"the same word added", "words: [a]", "words: [a, b]", "words: [a, b]", "words: [a, b]", ""},
		{"words removed", "words: [a, b, c]", "words: [b, c]", "words: [a, b]", "words: [b]", ""},
		{"first items", "name: A", "words: [b]", "words: [c]", "words: [c, b]", ""},
		{"other items", "menu: [{page: a, name: A}, {page: b, name: B}]", "menu: [{page: a, name: A2}, {page: b, name: B}]", "menu: [{page: a, name: A}, {page: b, name: B2}]", "menu: [{page: a, name: A2}, {page: b, name: B2}]", ""},
		{"values of one item", "menu: [{page: a, name: A}]", "menu: [{page: a2, name: A}]", "menu: [{page: a, name: A2}]", "menu: [{page: a2, name: A2}]", ""},
		{"one value of an item", "menu: [{page: a, name: A}]", "menu: [{page: a, name: A2}]", "menu: [{page: a, name: A3}]", "menu: [{page: a, name: A2|A3}]", "menu.0.name"},
		{"moved and another added", "menu: [{page: a}, {page: b}]", "menu: [{page: b}, {page: a}]", "menu: [{page: a}, {page: b}, {page: c}]", "menu: [{page: b}, {page: c}, {page: a}]", ""},
		{"an item removed and changed", "menu: [{page: a}, {page: b}]", "menu: [{page: b}]", "menu: [{page: a2}, {page: b}]", "menu: [{page: a2}, {page: b}]", "menu.0"},
		{"an item in two", "words: [a]", "words: [b, c]", "words: [d]", "words: [d, b, c]", "words.0"},
		{"names", "short: {i: A}", "short: {i: A, ii: B}", "short: {i: A, iii: C}", "short: {ii: B, i: A, iii: C}", ""},
		{"lists of lists", "same: [[a, b]]", "same: [[a, b], [c, d]]", "same: [[a, b, e]]", "same: [[a, b, e], [c, d]]", ""},
		{"the last changed and another added", "menu: [{page: a}]", "menu: [{page: a2}]", "menu: [{page: a}, {page: b}]", "menu: [{page: a2}, {page: b}]", ""},
	} {
		t.Run(one.what, func(t *testing.T) {
			var paths []string
			got := Merge(fields, read(t, one.base), read(t, one.mine), read(t, one.theirs), time.UTC, func(d Dispute) *Value {
				paths = append(paths, d.Path)
				if d.Both != nil {
					return d.Both
				}
				text := func(v *Value) string {
					if v == nil {
						return ""
					}
					return v.Text
				}
				return String(text(d.Mine) + "|" + text(d.Theirs))
			})
			if want := Merge(fields, nil, read(t, one.want), nil, time.UTC, nil); got.Canonical() != want.Canonical() {
				t.Errorf("got %s\nwant %s", got.YAML(), want.YAML())
			}
			if said := strings.Join(paths, " "); said != one.disputed {
				t.Errorf("disputed: %q, want %q", said, one.disputed)
			}
		})
	}
}

func read(t *testing.T, yaml string) *Value {
	t.Helper()
	f, err := ReadYAML([]byte("---\n" + yaml + "\n---\n"))
	if err != nil {
		t.Fatal(err)
	}
	return f.Table
}
