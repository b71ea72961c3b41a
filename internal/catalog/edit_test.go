package catalog

import (
	"errors"
	"strings"
	"testing"

	"lienhiep/internal/matter"
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
	for _, tt := range []struct {
		set      Setting
		old, new string
	}{
		{Setting{"title", `"Nguyễn Văn B"`}, "title: 'Nguyễn Văn A'   #", "title: \"Nguyễn Văn B\"   #"},
		{Setting{"degree", `"Tiến sĩ"`}, "degree: \"Giáo sư # 1\" #", "degree: \"Tiến sĩ\" #"},
		{Setting{"fields", `["Y học"]`}, "[Y học,   \"Dược học\"]", `["Y học"]`},
		{Setting{"awards", "\n  - name: \"B\"\n    year: 1991"}, "  - name: A\r\n    # đang chờ\r\n    year: 1990\r\n", "  - name: \"B\"\r\n    year: 1991\r\n"},
		{Setting{"born", `"1950-02-01"`}, "born: 1950", `born: "1950-02-01"`},
		{Setting{"born", ""}, "born: 1950\r\n", ""},
		{Setting{"died", `"2000"`}, "draft: true\r\n", "draft: true\r\ndied: \"2000\"\r\n"},
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
		if _, err := Edit([]byte(src), []Setting{{"title", `"B"`}}); !errors.Is(err, ErrNotEditable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What would break another key is found by reading back.
	if _, err := Edit([]byte("---\ntitle: A\n---\n"), []Setting{{"title", "\"B\"\nslug: c"}}); !errors.Is(err, ErrNotEditable) {
		t.Errorf("a value with another key in it: %v", err)
	}
}

func FuzzEdit(f *testing.F) {
	f.Add(editable, "degree", "x")
	f.Add("---\ntitle: |\n  a\n  # b\nborn: 1\n---\nx", "title", "y: #")
	f.Fuzz(func(t *testing.T, src, key, text string) {
		out, err := Edit([]byte(src), []Setting{{key, matter.Quote(text)}})
		if err != nil {
			return
		}
		read, _ := matter.Read("", []byte(src))
		if !strings.HasSuffix(string(out), string(read.Body)) {
			t.Errorf("the text below was changed:\n%q\n%q", src, out)
		}
	})
}
