package matter

import (
	"errors"
	"strings"
	"testing"
)

const editable = "---\r\n" +
	"# Lời nhắn đầu tệp.\r\n" +
	"title: 'Nguyễn Văn A'   # đúng như trong giấy khai sinh\r\n" +
	"degree: \"Giáo sư # 1\" # xem lại\r\n" +
	"fields: [Y học,   \"Dược học\"]\r\n" +
	"\r\n" +
	"# Giải thưởng: theo quyết định.\r\n" +
	"awards:\r\n" +
	"  - name: A\r\n" +
	"    # đang chờ\r\n" +
	"    year: 1990\r\n" +
	"born: 1950\r\n" +
	"draft: true\r\n" +
	"---\r\n" +
	"\r\nLời bài --- giữ nguyên.\r\n"

// TestEditChangesNothingElse compares the whole file: one line is another, the
// rest is what it was, byte for byte.
func TestEditChangesNothingElse(t *testing.T) {
	award := &Value{Kind: List, Items: []*Value{{Kind: Table, Keys: []Key{{Name: "name", Value: String("B")}, {Name: "year", Value: Bare("1991")}}}}}
	for _, tt := range []struct {
		set      Setting
		old, new string
	}{
		{Setting{"title", String("Nguyễn Văn B")}, "title: 'Nguyễn Văn A'   #", "title: \"Nguyễn Văn B\"   #"},
		{Setting{"degree", String("Tiến sĩ")}, "degree: \"Giáo sư # 1\" #", "degree: \"Tiến sĩ\" #"},
		{Setting{"fields", Strings([]string{"Y học"})}, "[Y học,   \"Dược học\"]", `["Y học"]`},
		{Setting{"awards", award}, "  - name: A\r\n    # đang chờ\r\n    year: 1990\r\n", "  - name: \"B\"\r\n    year: 1991\r\n"},
		{Setting{"born", String("1950-02-01")}, "born: 1950", `born: "1950-02-01"`},
		{Setting{"born", nil}, "born: 1950\r\n", ""},
		{Setting{"died", String("2000")}, "draft: true\r\n", "draft: true\r\ndied: \"2000\"\r\n"},
	} {
		got, err := Edit([]byte(editable), []Setting{tt.set})
		if err != nil {
			t.Errorf("%v: %v", tt.set, err)
		} else if want := strings.Replace(editable, tt.old, tt.new, 1); string(got) != want {
			t.Errorf("%v: got\n%s\nwant\n%s", tt.set, got, want)
		}
	}
}

func TestEditRefuses(t *testing.T) {
	for name, src := range map[string]string{
		"TOML":      "+++\ntitle = \"A\"\n+++\n",
		"none":      "title: A\n",
		"open":      "---\ntitle: A\n",
		"not table": "---\n- a\n---\n",
	} {
		if _, err := Edit([]byte(src), []Setting{{"title", String("B")}}); !errors.Is(err, ErrNotEditable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What would break another key is found by reading back.
	if _, err := Edit([]byte("---\ntitle: A\n---\n"), []Setting{{"title", Bare("\"B\"\nslug: c")}}); !errors.Is(err, ErrNotEditable) {
		t.Errorf("a value with another key in it: %v", err)
	}
}

func FuzzEdit(f *testing.F) {
	f.Add(editable, "degree", "x")
	f.Add("---\ntitle: |\n  a\n  # b\nborn: 1\n---\nx", "title", "y: #")
	f.Fuzz(func(t *testing.T, src, key, text string) {
		out, err := Edit([]byte(src), []Setting{{key, String(text)}})
		if err != nil {
			return
		}
		read, _ := Read("", []byte(src))
		if !strings.HasSuffix(string(out), string(read.Body)) {
			t.Errorf("the text below was changed:\n%q\n%q", src, out)
		}
	})
}

// What is written is read back as the same value.
func TestYAML(t *testing.T) {
	group := &Value{Kind: Table}
	group.Set("basis", Bare("consent"))
	group.Set("document", String("Số 1: \"A\""))
	inside := &Value{Kind: Table}
	inside.Set("group", group)
	for want, v := range map[string]*Value{
		"":              nil,
		`"a: \"b\" #"`:  String("a: \"b\" #"),
		"1990":          Bare("1990"),
		`["a", "b, c"]`: Strings([]string{"a", "b, c"}),
		"\n  basis: consent\n  document: \"Số 1: \\\"A\\\"\"":               group,
		"\n  group:\n    basis: consent\n    document: \"Số 1: \\\"A\\\"\"": inside,
		"\n  - basis: consent\n    document: \"Số 1: \\\"A\\\"\"":           {Kind: List, Items: []*Value{group}},
	} {
		got := v.YAML()
		if got != want {
			t.Errorf("written %q, want %q", got, want)
		}
		if back, err := Parse(got); err != nil || back.Canonical() != v.Canonical() || back.YAML() != got {
			t.Errorf("%q is read back as %s, not %s (%v)", got, back.Canonical(), v.Canonical(), err)
		}
	}
	if v, err := Parse("[a"); err == nil {
		t.Errorf("read %v", v)
	}
}
