package matter

import (
	"fmt"
	"strings"
	"testing"
)

// show writes a value with its kind and place.
func show(v *Value) string {
	at := fmt.Sprintf("%d@%d:%d", v.Kind, v.Line, v.Column)
	switch v.Kind {
	case List:
		for _, item := range v.Items {
			at += " (" + show(item) + ")"
		}
	case Table:
		for _, k := range v.Keys {
			at += fmt.Sprintf(" %s@%d:%d=(%s)", k.Name, k.Line, k.Column, show(k.Value))
		}
	default:
		at += " " + v.Text
		if v.Shown != "" && v.Shown != v.Text {
			at += " shown as " + v.Shown
		}
	}
	return at
}

// Both languages are read into one shape, each value with its kind and its place in the
// file.
func TestValuesKnowTheirPlaces(t *testing.T) {
	for src, want := range map[string]string{
		"---\ntitle: \"A\"\nborn: 0x10\ndraft: true\nnothing:\nlist: [a, 1.50]\nsource:\n  url: b\n---\n": "6@2:6 title@2:1=(1@2:8 A) born@3:1=(2@3:7 0x10 shown as 16) draft@4:1=(3@4:8 true) nothing@5:1=(0@5:9 ) list@6:1=(5@6:7 (1@6:8 a) (2@6:11 1.50 shown as 1.5)) source@7:1=(6@8:6 url@8:3=(1@8:8 b))",
		"+++\ntitle = \"A\"\nday = 2024-01-02\n[[list]]\na = true\n+++\n":                                 "6@1:0 title@2:1=(1@2:1 A) day@3:1=(4@3:1 2024-01-02) list@4:3=(5@4:3 (6@4:3 a@5:1=(3@5:1 true)))",
		"---\n# nothing\n---\n":                      "6@1:0",
		"---\na: “b”\nc: &d e\n---\n":                "6@2:2 a@2:1=(1@2:4 b) c@3:1=(7@3:4 )",
		"\uFEFF---\r\na: |\r\n  b\r\n  c\r\n---\r\n": "6@2:2 a@2:1=(1@2:4 b\nc)",
	} {
		f, findings := Read("a.md", []byte(src))
		if f == nil {
			t.Errorf("%q: %v", src, findings)
		} else if got := show(f.Table); got != want {
			t.Errorf("%q:\n got %s\nwant %s", src, got, want)
		}
	}
}

// What cannot be read is told where it stands, and by what the editor sees there.
func TestWhatCannotBeReadIsExplained(t *testing.T) {
	for src, want := range map[string]string{
		"":                            "0 empty-file",
		"Lời\n":                       "1 front-matter-missing",
		"\n---\na: b\n---\n":          "2 front-matter-late",
		"---\na: b\n":                 "1 front-matter-open",
		"---\na: b\n---- c\n---\n":    "3 front-matter-fence",
		"---\na: b\rc: d\n---\n":      "2 front-matter-return",
		"---\na: b\n...\nc: d\n---\n": "3 front-matter-twice",
		"---\na: b\na: c\n---\n":      "3 duplicate-key",
		"---\na:\n\tb: c\n---\n":      "3 front-matter-tab",
		"---\na: \"b\n---\n":          "2 front-matter-quote-open",
		"---\na: [b\n---\n":           "2 front-matter-bracket",
		"---\na: b: c\n---\n":         "2 front-matter-colon",
		"---\na: @b\n---\n":           "2 front-matter-start",
		"---\na: " + strings.Repeat("[", 60) + "\n---\n":      "2 front-matter-nested",
		"---\na: " + strings.Repeat("b", MaxSize) + "\n---\n": "1 front-matter-size",
		"+++\na = \n+++\n": "2 front-matter-syntax",
	} {
		f, findings := Read("a.md", []byte(src))
		if f != nil || len(findings) != 1 {
			t.Errorf("%.40q: read, with %v", src, findings)
		} else if got := fmt.Sprintf("%d %s", findings[0].Pos.Line, findings[0].Code); got != want {
			t.Errorf("%.40q: %s, want %s", src, got, want)
		}
	}
}

// TestThousandsFit holds that an entry may name all who were there.
func TestThousandsFit(t *testing.T) {
	var b strings.Builder
	for i := range 8_000 {
		fmt.Fprintf(&b, "  - tran-van-mau-thu-%d\n", i)
	}
	if f, findings := Read("a.md", []byte("---\npeople:\n"+b.String()+"---\n")); f == nil || len(findings) > 0 {
		t.Errorf("%d bytes: %v", b.Len(), findings)
	}
}

func TestKeyAt(t *testing.T) {
	src := []byte("---\ntitle: A\nsources:\n  - title: \"B: b\"\n    url: C\n  - title: >\n      D\n      d\n---\nLời\n")
	for line, want := range map[int][2]string{1: {}, 2: {"title", "A"}, 4: {"sources.0.title", "B: b"}, 5: {"sources.0.url", "C"}, 7: {"sources.1.title", "D d"}, 10: {}, 11: {}} {
		if got := [2]string{KeyAt(src, line), ValueAt(src, line)}; got != want {
			t.Errorf("line %d is of %q, not %q", line, got, want)
		}
	}
	table := []byte("[home]\npeople = [\"a\"]\n[body]\nname = 'Tên'\n")
	for line, want := range map[int][2]string{2: {"home.people.0", "a"}, 4: {"body.name", "Tên"}} {
		if got := [2]string{TableKeyAt(table, line), TableValueAt(table, line)}; got != want {
			t.Errorf("line %d of a table is of %q, not %q", line, got, want)
		}
	}
}
