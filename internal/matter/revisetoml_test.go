package matter

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// tableFields are those of a file with every shape that tables have.
var tableFields = []Field{
	{Key: "name"}, {Key: "gaps", Type: TypeBool}, {Key: "names", Type: TypeList},
	{Key: "publisher", Type: TypeTable, Fields: []Field{{Key: "body"}, {Key: "pages", Type: TypeTables, Fields: []Field{{Key: "name"}, {Key: "url"}}}}},
	{Key: "menu", Type: TypeTables, Fields: []Field{{Key: "page"}, {Key: "name"}, {Key: "also", Type: TypeList}, {Key: "day", Type: TypeDate}, {Key: "sources", Type: TypeTables, Fields: []Field{{Key: "title"}, {Key: "url"}}}}},
	{Key: "en", Type: TypeTable, Fields: []Field{{Key: "name"}, {Key: "menu", Type: TypeTables, Fields: []Field{{Key: "page"}, {Key: "name"}}}}},
}

const tableFile = `# Lời chú đầu tệp.

name = 'Trang # một' # tên
gaps = false
unknown = {a = [1, 2], "b.c" = "]"}
names = [ # danh sách
  "Hội A", # ghi một
  # trước hai
  "Hội B",
  "Hội \"C\"",
]

# [publisher]
# body = ""

# Danh mục.
[[menu]]
page = "/a/" # một
name = """Mục "A" """
also = ["x", "y"]
sources = [
  {title = "Nguồn [1]", url = "https://a.vn/"},
  {title = "Nguồn 2", url = "https://b.vn/"},
]

# Mục hai.
[[menu]]
page = "/b/"
name = "B"
day = 2025-07-01

[[menu]]
page = "/c/"
name = "C"

# Tiếng Anh.
[en]
name = "Site"

[[en.menu]]
page = "/en/a/"
name = "A"
`

// TestATableIsRevised changes one thing after another in a file: the lines that say it, and
// no other byte. Each case gives what is changed, and the old and new text by turns.
func TestATableIsRevised(t *testing.T) {
	table := func(pairs ...any) *Value {
		v := &Value{Kind: Table}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i].(string), pairs[i+1].(*Value))
		}
		return v
	}
	list := func(items ...*Value) *Value { return &Value{Kind: List, Items: items} }
	set := func(v *Value, key string, value *Value) {
		for i := range v.Keys {
			if v.Keys[i].Name == key {
				v.Keys[i].Value = value
				return
			}
		}
		v.Set(key, value)
	}
	for name, tt := range map[string]struct {
		change func(v *Value)
		lines  []string
	}{
		"nothing":            {func(*Value) {}, nil},
		"a text":             {func(v *Value) { set(v, "name", String(`Hai "2" \ ba`)) }, []string{`'Trang # một'`, `"Hai \"2\" \\ ba"`}},
		"a switch":           {func(v *Value) { set(v, "gaps", Bare("true")) }, []string{"gaps = false", "gaps = true"}},
		"a text left out":    {func(v *Value) { set(v, "name", nil) }, []string{"name = 'Trang # một' # tên\n", ""}},
		"an item of a list":  {func(v *Value) { v.Get("names").Items[1] = String("Hội D") }, []string{`"Hội B"`, `"Hội D"`}},
		"an item more":       {func(v *Value) { n := v.Get("names"); n.Items = append(n.Items, String("Hội D")) }, []string{"\"Hội \\\"C\\\"\",\n", "\"Hội \\\"C\\\"\",\n  \"Hội D\",\n"}},
		"an item less":       {func(v *Value) { n := v.Get("names"); n.Items = append(n.Items[:1:1], n.Items[2]) }, []string{"  # trước hai\n  \"Hội B\",\n", ""}},
		"items on one line":  {func(v *Value) { v.Get("menu").Items[0].Get("also").Items[0] = String("z") }, []string{`["x", "y"]`, `["z", "y"]`}},
		"one less on a line": {func(v *Value) { a := v.Get("menu").Items[0].Get("also"); a.Items = a.Items[1:] }, []string{`["x", "y"]`, `["y"]`}},
		"one more on a line": {func(v *Value) {
			a := v.Get("menu").Items[0].Get("also")
			a.Items = append([]*Value{String("w")}, a.Items...)
		}, []string{`["x", "y"]`, `["w", "x", "y"]`}},
		"a new table": {func(v *Value) {
			set(v, "publisher", table("body", String("Hội Mẫu"), "pages", list(table("name", String("Zalo"), "url", String("https://z.vn/")))))
		}, []string{"page = \"/en/a/\"\nname = \"A\"\n", "page = \"/en/a/\"\nname = \"A\"\n\n[publisher]\nbody = \"Hội Mẫu\"\n\n[[publisher.pages]]\nname = \"Zalo\"\nurl = \"https://z.vn/\"\n"}},
		"in a block":       {func(v *Value) { set(v.Get("menu").Items[1], "name", String("Bê")) }, []string{"name = \"B\"\n", "name = \"Bê\"\n"}},
		"a key in a block": {func(v *Value) { set(v.Get("menu").Items[2], "day", String("2025-08-02")) }, []string{"name = \"C\"\n", "name = \"C\"\nday = 2025-08-02\n"}},
		"within brackets":  {func(v *Value) { set(v.Get("menu").Items[0].Get("sources").Items[1], "url", String("https://c.vn/")) }, []string{`{title = "Nguồn 2", url = "https://b.vn/"}`, `{title = "Nguồn 2", url = "https://c.vn/"}`}},
		"a block less":     {func(v *Value) { m := v.Get("menu"); m.Items = m.Items[:2] }, []string{"\n[[menu]]\npage = \"/c/\"\nname = \"C\"\n", ""}},
		"a block more": {func(v *Value) {
			m := v.Get("menu")
			m.Items = append(m.Items, table("page", String("/d/"), "name", String("D")))
		}, []string{"name = \"C\"\n", "name = \"C\"\n\n[[menu]]\npage = \"/d/\"\nname = \"D\"\n"}},
		"blocks moved":       {func(v *Value) { m := v.Get("menu").Items; m[1], m[2] = m[2], m[1] }, []string{"\n# Mục hai.\n[[menu]]\npage = \"/b/\"\nname = \"B\"\nday = 2025-07-01\n\n[[menu]]\npage = \"/c/\"\nname = \"C\"\n", "\n[[menu]]\npage = \"/c/\"\nname = \"C\"\n\n# Mục hai.\n[[menu]]\npage = \"/b/\"\nname = \"B\"\nday = 2025-07-01\n"}},
		"in a table's block": {func(v *Value) { set(v.Get("en").Get("menu").Items[0], "name", String("B")) }, []string{"/en/a/\"\nname = \"A\"", "/en/a/\"\nname = \"B\""}},
		"a table left out":   {func(v *Value) { set(v, "en", nil) }, []string{"[en]\nname = \"Site\"\n", "", "[[en.menu]]\npage = \"/en/a/\"\nname = \"A\"\n", ""}},
	} {
		for ending, src := range map[string]string{"\n": tableFile, "\r\n": strings.ReplaceAll(tableFile, "\n", "\r\n")} {
			is, _, _, err := ReadTOML([]byte(tableFile))
			if err != nil {
				t.Fatal(err)
			}
			tt.change(is)
			got, err := ReviseTOML(tableFields, []byte(src), is, time.UTC)
			want := strings.ReplaceAll(strings.NewReplacer(tt.lines...).Replace(tableFile), "\n", ending)
			if err != nil || string(got) != want || tt.lines != nil && want == src {
				t.Errorf("%s (%v): got\n%s\nwant\n%s", name, err, got, want)
			}
		}
	}
}

// TestATableIsBegun writes into a file that is not there yet, or has comments alone.
func TestATableIsBegun(t *testing.T) {
	is := &Value{Kind: Table}
	is.Set("name", String("A"))
	for src, want := range map[string]string{"": "name = \"A\"\n", "# Lời chú.\n\n[en]\nx = 1\n": "# Lời chú.\nname = \"A\"\n\n[en]\nx = 1\n", "# Của en.\n[en]\nx = 1": "name = \"A\"\n# Của en.\n[en]\nx = 1\n"} {
		fields := []Field{{Key: "name"}}
		if got, err := ReviseTOML(fields, []byte(src), is, time.UTC); err != nil || string(got) != want {
			t.Errorf("%q (%v): %q, want %q", src, err, got, want)
		}
	}
}

// TestATableThatCannotBeRevised: nothing is written that says something else.
func TestATableThatCannotBeRevised(t *testing.T) {
	is := &Value{Kind: Table}
	is.Set("publisher", &Value{Kind: Table, Keys: []Key{{Name: "body", Value: String("B")}}})
	for _, src := range []string{"publisher.body = \"A\"\n", "x = [\n", "[[publisher]]\nbody = \"A\"\n"} {
		if got, err := ReviseTOML(tableFields, []byte(src), is, time.UTC); !errors.Is(err, ErrNotEditable) {
			t.Errorf("%q: %q (%v)", src, got, err)
		}
	}
}

func FuzzReviseTOML(f *testing.F) {
	f.Add(tableFile, "B")
	f.Add("a = 1\nnames=[\"x\" ,]#\n", "\"\\")
	f.Fuzz(func(t *testing.T, src, text string) {
		is, _, _, err := ReadTOML([]byte(src))
		if err != nil {
			return
		}
		is.Keys = append([]Key{{Name: "name", Value: String(text)}, {Name: "names", Value: Strings([]string{text, "x"})}}, is.Keys...)
		_, _ = ReviseTOML(tableFields, []byte(src), is, time.UTC) // it reads back what it writes
	})
}

// TestListsThatAreEmptyOrWillBe are revised as others are: what stands beside them stays.
func TestListsThatAreEmptyOrWillBe(t *testing.T) {
	one := func(key string, v *Value) *Value {
		table := &Value{Kind: Table}
		table.Set(key, v)
		return table
	}
	list := func(items ...*Value) *Value { return &Value{Kind: List, Items: items} }
	block := one("page", String("/b/"))
	for name, tt := range map[string]struct {
		src  string
		is   *Value
		want string
	}{
		"first":             {"# đầu\nnames = [] # cuối\n", one("names", list(String("A"))), "# đầu\nnames = [\"A\"] # cuối\n"},
		"first two":         {"names = [ ]\n", one("names", list(String("A"), String("B"))), "names = [\"A\", \"B\"]\n"},
		"first, a comment":  {"names = [\n  # chưa có\n]\n", one("names", list(String("A"))), "names = [\n  \"A\",\n  # chưa có\n]\n"},
		"none left":         {"name = \"x\"\nnames = [\"A\"]\n", one("name", String("x")), "name = \"x\"\n"},
		"no block left":     {"name = \"x\"\n\n[[menu]]\npage = \"/a/\"\n", one("name", String("x")), "name = \"x\"\n\n"},
		"a block for none":  {"name = \"x\"\n", one("menu", list(block)), "\n[[menu]]\npage = \"/b/\"\n"},
		"all blocks others": {"[[menu]]\npage = \"/a/\"\n", one("menu", list(block)), "[[menu]]\npage = \"/b/\"\n"},
	} {
		got, err := ReviseTOML(tableFields, []byte(tt.src), tt.is, time.UTC)
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, tt.want)
		}
	}
}
