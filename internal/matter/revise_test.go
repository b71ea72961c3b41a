package matter_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
)

var saigon = time.FixedZone("+07", 7*3600)

const kept = `---
# Bài này do ban biên tập viết.
title:  'Gặp mặt trí thức'   # tiêu đề đã duyệt
date: 2026-11-20T06:15:00+07:00 # giờ Việt Nam
fields: [Y học,   "Dược học"]
people:
    - tran-dai-nghia # xem hồ sơ
    - ton-that-tung
image:
  file: anh.jpg
  # đã xin phép
  alt: "Toàn cảnh"
  credit: 'Ban biên tập'

# Nguồn: ít nhất một.
sources:
  - url: https://vusta.vn/a   # bài gốc
    title: "Bài A"
    # đăng lại ở nơi khác
    publisher: VUSTA
  # nguồn thứ hai
  - title: Bài B
    url: "https://vusta.vn/b"
    date: 2020
menus: {main: {weight: 3}}
draft: true
---

Đoạn *một* có chú thích.[^1]

{{< dieu-khoan "15-kh-tu/ii-1-2" >}}

| Năm  |   Số |
|:-----|-----:|
| 2020 | 12 |

* mục một
* mục hai

***

~~~
x  = 1

y
~~~

[^1]: Chú thích.
`

// rewritten is kept as a program writes it that keeps values alone.
const rewritten = `---
title: Gặp mặt trí thức
date: 2026-11-20T06:15+07:00
draft: true
people:
  - tran-dai-nghia
  - ton-that-tung
fields:
  - Y học
  - Dược học
description: ''
image:
  file: anh.jpg
  alt: Toàn cảnh
  credit: Ban biên tập
sources:
  - title: Bài A
    url: https://vusta.vn/a
    publisher: VUSTA
    date: ''
  - title: Bài B
    url: https://vusta.vn/b
    publisher: ''
    date: '2020'
weight: null
---

Đoạn _một_ có chú thích.[^1]

{{< dieu-khoan "15-kh-tu/ii-1-2" >}}

| Năm | Số |
| :-- | --: |
| 2020 | 12 |

- mục một
- mục hai

---

~~~
x  = 1

y
~~~

[^1]: Chú thích.
`

// TestReviseChangesNothingElse makes one change in what a program wrote and
// compares the whole file: that change stands in it, and no other.
func TestReviseChangesNothingElse(t *testing.T) {
	for _, tt := range []struct {
		name             string
		edit, edited     string // in what the program wrote
		change, expected string // in the file
	}{
		{"nothing", "", "", "", ""},
		{"title", "title: Gặp mặt trí thức", "title: 'Gặp mặt: 2026'", "title:  'Gặp mặt trí thức'", `title: "Gặp mặt: 2026"`},
		{"date", "06:15+07:00", "07:30+07:00", "06:15:00", "07:30:00"},
		{"day", "2026-11-20T06:15+07:00", "2026-11-21T00:00+07:00", "2026-11-20T06:15:00+07:00", "2026-11-21"},
		{"published", "draft: true", "draft: false", "draft: true", "draft: false"},
		{"list in brackets", "  - Dược học\n", "", `[Y học,   "Dược học"]`, `["Y học"]`},
		{"list by line", "  - ton-that-tung\n", "  - hoang-tuy\n", "- ton-that-tung", `- "hoang-tuy"`},
		{"item taken out", "  - ton-that-tung\n", "", "    - ton-that-tung\n", ""},
		{"in a group", "alt: Toàn cảnh", "alt: Cả hội trường", `"Toàn cảnh"`, `"Cả hội trường"`},
		{"in an item", "publisher: VUSTA", "publisher: Liên hiệp hội", "publisher: VUSTA", `publisher: "Liên hiệp hội"`},
		{"value added to an item", "url: https://vusta.vn/b\n    publisher: ''", "url: https://vusta.vn/b\n    publisher: Báo", "    date: 2020\n", "    date: 2020\n    publisher: \"Báo\"\n"},
		{"item added", "weight: null", "", "", ""},
		{"source added", "    date: '2020'\n", "    date: '2020'\n  - title: Bài C\n    url: https://c.vn/?a=1&b=2\n", "    date: 2020\n", "    date: 2020\n  - title: \"Bài C\"\n    url: \"https://c.vn/?a=1&b=2\"\n"},
		{"description", "description: ''", "description: 'Một câu.'", "draft: true\n", "draft: true\ndescription: \"Một câu.\"\n"},
		{"group taken out", "image:\n  file: anh.jpg\n  alt: Toàn cảnh\n  credit: Ban biên tập\n", "", "image:\n  file: anh.jpg\n  # đã xin phép\n  alt: \"Toàn cảnh\"\n  credit: 'Ban biên tập'\n", ""},
		{"paragraph", "_một_ có chú", "_một_ rất có chú", "*một* có chú", "_một_ rất có chú"},
		{"emphasis", "_một_", "**một**", "*một*", "**một**"},
		{"cell", "| 2020 | 12 |", "| 2020 | 13 |", "| 2020 | 12 |", "| 2020 | 13 |"},
		{"paragraph added", "- mục hai\n", "- mục hai\n\nĐoạn mới.\n", "* mục hai\n", "* mục hai\n\nĐoạn mới.\n"},
		{"footnote", "]: Chú thích.", "]: Chú thích khác.", "]: Chú thích.", "]: Chú thích khác."},
		{"alignment", "| :-- | --: |", "|---:|:---|", "| Năm  |   Số |\n|:-----|-----:|\n", "| Năm | Số |\n|---:|:---|\n"},
		{"code", "x  = 1", "x = 1", "x  = 1", "x = 1"},
		{"provision", "ii-1-2", "ii-1-1", "ii-1-2", "ii-1-1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, newline := range []string{"\n", "\r\n"} {
				old := strings.ReplaceAll(kept, "\n", newline)
				if !strings.Contains(rewritten, tt.edit) || !strings.Contains(kept, tt.change) {
					t.Fatal("the case is wrong")
				}
				got, err := matter.Revise(catalog.Schema(catalog.KindArticle), []byte(old), []byte(strings.Replace(rewritten, tt.edit, tt.edited, 1)), saigon)
				if err != nil {
					t.Fatal(err)
				}
				if want := strings.ReplaceAll(strings.Replace(kept, tt.change, tt.expected, 1), "\n", newline); string(got) != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
			}
		})
	}
}

// asAProgramWrites gives an entry with the same values and words, and nothing else of
// how it was written: no comments, the keys in another order, other quotes and signs
// of lists.
func asAProgramWrites(t *testing.T, src []byte) []byte {
	t.Helper()
	parts := bytes.SplitN(src, []byte("---\n"), 3)
	if len(parts) != 3 {
		t.Fatalf("no front matter:\n%s", src)
	}
	var values map[string]any
	if err := yaml.Unmarshal(parts[1], &values); err != nil {
		t.Fatal(err)
	}
	front, err := yaml.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat([]byte("---\n"), front, []byte("---\n"), bytes.ReplaceAll(parts[2], []byte("\n- "), []byte("\n* ")))
}

// TestReviseKeepsTheRealContent takes every entry of the site as a program
// would write it, unchanged: every byte stays.
func TestReviseKeepsTheRealContent(t *testing.T) {
	files, err := filepath.Glob("../../content/*/*/*.md")
	if err != nil || len(files) < 40 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.ToSlash(strings.TrimPrefix(file, filepath.FromSlash("../../")))
		rewritten := asAProgramWrites(t, src)
		if bytes.Equal(rewritten, src) {
			t.Errorf("%s is as it was", name)
		}
		got, err := matter.Revise(catalog.Schema(catalog.KindOf(name)), src, rewritten, saigon)
		if err != nil || !bytes.Equal(got, src) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRevise(f *testing.F) {
	f.Add(kept, rewritten)
	f.Add("---\ntitle: A\n---\n", "---\ntitle: B\nsources: [{title: a}]\n---\nx")
	f.Add("---\nsources:\n- title: a\n- {title: b}\n---\n", "---\nsources: []\n---\n")
	f.Fuzz(func(t *testing.T, old, new string) {
		out, err := matter.Revise(catalog.Schema(catalog.KindArticle), []byte(old), []byte(new), saigon)
		if err != nil {
			return
		}
		// Once more with the same changes nothing is left to change.
		again, err := matter.Revise(catalog.Schema(catalog.KindArticle), out, []byte(new), saigon)
		if err != nil || !bytes.Equal(again, out) {
			t.Errorf("%v\n%q\n%q", err, out, again)
		}
	})
}

// A switch that the other program leaves out is off.
// TestReviseKeepsTextsByID changes one of several texts whose keys are not fixed, adds one
// and takes one out.
func TestReviseKeepsTextsByID(t *testing.T) {
	const old = "---\ntitle: Kế hoạch\nshort:\n  ii: 'Nhiệm vụ'   # đã duyệt\n  # hai việc\n  ii-1: Tuyên truyền\n  ii-2: Lãnh đạo\ntasks: ii\n---\n"
	const edited = "---\ntitle: Kế hoạch\ntasks: ii\nshort:\n  ii-1: Quán triệt\n  ii-3: Tổ chức\n  ii: Nhiệm vụ\n---\n"
	const want = "---\ntitle: Kế hoạch\nshort:\n  ii: 'Nhiệm vụ'   # đã duyệt\n  # hai việc\n  ii-1: \"Quán triệt\"\n  ii-3: \"Tổ chức\"\ntasks: ii\n---\n"
	got, err := matter.Revise(catalog.Schema(catalog.KindPlan), []byte(old), []byte(edited), saigon)
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

func TestReviseTurnsOffWhatIsLeftOut(t *testing.T) {
	fields := []matter.Field{{Key: "title"}, {Key: "draft", Type: matter.TypeBool}}
	for _, edited := range []string{"---\ntitle: A\n---\n", "---\ntitle: A\ndraft:\n---\n", "---\ntitle: A\ndraft: false\n---\n"} {
		got, err := matter.Revise(fields, []byte("---\ntitle: A\ndraft: true # chờ duyệt\n---\n"), []byte(edited), saigon)
		if want := "---\ntitle: A\ndraft: false # chờ duyệt\n---\n"; err != nil || string(got) != want {
			t.Errorf("%q: %q, %v", edited, got, err)
		}
	}
}

// What a form shows means what the entry means, and comes back as it was.
func TestExplicit(t *testing.T) {
	fields := []matter.Field{{Key: "title"}, {Key: "date", Type: matter.TypeDate}, {Key: "expiryDate", Type: matter.TypeDate}, {Key: "born", Type: matter.TypeDate, YearAlone: true}, {Key: "draft", Type: matter.TypeBool}}
	const src = "---\ntitle: A\ndate: 2026-11-20 # ngày họp\nborn: 1960\nother: 2026-11-20\n---\n\nLời.\n"
	const want = "---\ntitle: A\ndate: 2026-11-20T00:00:00+07:00 # ngày họp\nborn: 1960\nother: 2026-11-20\nexpiryDate: \"\"\ndraft: false\n---\n\nLời.\n"
	shown := matter.Explicit(fields, []byte(src), saigon)
	if string(shown) != want {
		t.Errorf("shown as\n%s", shown)
	}
	if back, err := matter.Revise(fields, []byte(src), shown, saigon); err != nil || string(back) != src {
		t.Errorf("%v\n%s", err, back)
	}
	for _, src := range []string{"+++\ntitle = \"A\"\n+++\n", "title: A\n", "---\n{title: A, date: 2026-11-20}\n---\n"} {
		if shown := matter.Explicit(fields, []byte(src), saigon); string(shown) != src {
			t.Errorf("%q is shown as %q", src, shown)
		}
	}
}

// A new entry asks for what is required, offers the rest as comments, and is read back
// as what was given.
func TestCompose(t *testing.T) {
	text := func(key string) matter.Field {
		return matter.Field{Key: key, Label: diag.Text{VI: "Nhãn " + key}, Help: diag.Text{VI: "Lời giúp."}}
	}
	required := text("title")
	required.Required = true
	group := text("image")
	group.Type, group.Fields = matter.TypeTable, []matter.Field{text("file"), text("alt")}
	groups := group
	groups.Key, groups.Type = "sources", matter.TypeTables
	given := &matter.Value{Kind: matter.Table}
	given.Set("file", matter.String("a.png"))
	for _, c := range []struct {
		field matter.Field
		value *matter.Value
		want  string
	}{
		{required, nil, "# Nhãn title: Lời giúp. (bắt buộc)\ntitle: \"\"\n"},
		{required, matter.String("A: \"B\" & <C>"), "# Nhãn title: Lời giúp. (bắt buộc)\ntitle: \"A: \\\"B\\\" & <C>\"\n"},
		{text("slug"), nil, "# Nhãn slug: Lời giúp.\n# slug: \"\"\n"},
		{text("slug"), matter.Bare("a"), "# Nhãn slug: Lời giúp.\nslug: a\n"},
		{group, nil, "# Nhãn image: Lời giúp.\n# image:\n#   file: \"\" # Nhãn file\n#   alt: \"\" # Nhãn alt\n"},
		{group, given, "# Nhãn image: Lời giúp.\nimage:\n  file: \"a.png\"\n"},
		{groups, nil, "# Nhãn image: Lời giúp.\n# sources:\n#   - file: \"\" # Nhãn file\n#     alt: \"\" # Nhãn alt\n"},
	} {
		got := matter.Compose([]matter.Field{c.field}, map[string]*matter.Value{c.field.Key: c.value})
		if got != "---\n"+c.want+"---\n" {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
		read, findings := matter.Read("", []byte(got))
		if read == nil || read.Table.Get(c.field.Key).Canonical() != c.value.Canonical() && !c.field.Required {
			t.Errorf("read back with %v:\n%s", findings, got)
		}
	}
}
