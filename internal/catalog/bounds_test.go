package catalog

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/diag"
	"lienhiep/internal/growth"
)

// What would keep the machine busy is refused where it stands, in words.
func TestWhatIsTooMuchIsToldAtItsLine(t *testing.T) {
	for name, c := range map[string]struct {
		front, body string
		line        int
		vi, en      string
	}{
		"quotations": {"", "a\n\n" + strings.Repeat(">", 50_000) + "a\n", 9,
			"Ở đây có quá nhiều bậc trích dẫn (>) hoặc danh sách lồng trong nhau (quá 20 bậc).", "Quotations (>) or lists are nested more than 20 levels deep here."},
		"lists":         {"", "a\n" + strings.Repeat("1. ", 21) + "a\n", 8, "lồng trong nhau", "more than 20 levels deep"},
		"both":          {"", strings.Repeat("> - ", 21) + "a\n", 7, "lồng trong nhau", "more than 20 levels deep"},
		"far in":        {"", strings.Repeat(" ", 200) + "- a\n", 7, "lồng trong nhau", "more than 20 levels deep"},
		"notes":         {"", strings.Repeat("[^a]: ", 21) + "a\n", 7, "lồng trong nhau", "more than 20 levels deep"},
		"links":         {"", "a\n" + strings.Repeat("[a](", 20_000), 8, "Địa chỉ của liên kết ở đây quá dài, hoặc thiếu dấu ngoặc đóng.", "The address of this link is too long, or has no closing bracket."},
		"links in <>":   {"", strings.Repeat("[a](<", 20_000), 7, "quá dài", "too long"},
		"brackets":      {"", "# A\n\n" + strings.Repeat("[", 2_001), 9, "Đoạn này có quá nhiều dấu của Markdown: [, <, *, _, ~, \" hoặc ' (quá 2000 dấu).", "This paragraph has too many Markdown characters: [, <, *, _, ~, \" or ' (over 2000)."},
		"angles":        {"", strings.Repeat("<", 2_001), 7, "quá nhiều dấu", "too many"},
		"stars":         {"", strings.Repeat("*a_ ", 2_000), 7, "quá nhiều dấu", "too many"},
		"in an item":    {"", "- a\n- " + strings.Repeat("'a", 2_001), 8, "quá nhiều dấu", "too many"},
		"wide table":    {"", "a\n\n" + strings.Repeat("|a", 300) + "|\n" + strings.Repeat("|-", 300) + "|\n", 9, "Bảng bắt đầu ở đây quá lớn (300 cột, 0 dòng).", "The table that starts here is too large (300 columns, 0 rows)."},
		"padded table":  {"", strings.Repeat("|a", 150) + "|\n" + strings.Repeat("|-", 150) + "|\n" + strings.Repeat("|b\n", 5_000), 7, "quá lớn (150 cột", "150 columns"},
		"headings":      {"", strings.Repeat("# A\n\n", 2_001), 7 + 2*2_000, "Bài có quá nhiều đề mục (quá 2000).", "The text has too many headings (over 2000)."},
		"many notes":    {"", "x[^a]\n\n" + strings.Repeat("[^a]: b\n\n", 1_001), 9 + 2*1_000, "Bài có quá nhiều chú thích (quá 1000).", "The text has too many footnotes (over 1000)."},
		"a title":       {"slug: " + strings.Repeat("a", 6_000) + "\n", "", 6, "Mục “slug” quá dài: 6000 ký tự, nhiều nhất là 5000.", "“slug” is too long: 6000 characters, 5000 at most."},
		"an open list":  {"slug: a\n" + strings.Repeat("a: [\n", 10_000), "", 7 + 50, "Phần khai báo có quá nhiều dấu [, { hoặc gạch đầu dòng lồng trong nhau (quá 50).", "The front matter has too many nested [, { or dashes (over 50)."},
		"an open group": {"a: " + strings.Repeat("{a: ", 51) + "\n", "", 6, "quá nhiều dấu", "too many"},
		"dashes":        {"a:\n  " + strings.Repeat("- ", 51) + "a\n", "", 7, "quá nhiều dấu", "too many"},
		"an item":       {"fields: [Y học, " + strings.Repeat("a", 6_000) + "]\n", "", 6, "Mục “fields” quá dài", "“fields” is too long"},
	} {
		t.Run(name, func(t *testing.T) {
			_, findings, err := Load(hostileArticle(c.front, c.body), options)
			if err != nil {
				t.Fatal(err)
			}
			if len(findings) != 1 {
				t.Fatalf("found:\n%.2000s", print(findings))
			}
			f := findings[0]
			if vi, en := f.Message(diag.Vietnamese), f.Message(diag.English); f.Severity != diag.Error || f.Pos.Line != c.line || !strings.Contains(vi, c.vi) || !strings.Contains(en, c.en) {
				t.Errorf("%s %s\n%s", f.Pos, vi, en)
			}
		})
	}
}

func TestTitlesAreBounded(t *testing.T) {
	for letters, want := range map[int]int{250: 0, 500: 0, 501: 1, 60_000: 1} {
		front := fmt.Sprintf("---\ntitle: %s\n---\n", strings.Repeat("Ễ", letters))
		_, findings, err := Load(fstest.MapFS{"content/a.md": {Data: []byte(front)}}, options)
		if err != nil || len(findings) != want {
			t.Errorf("%d letters: %v\n%.500s", letters, err, print(findings))
		}
	}
}

func TestTablesOfAllEntriesAreBounded(t *testing.T) {
	for _, name := range []string{NamesFile, WithdrawnFile, "content/ke-hoach/1-kh-tu/van-ban.txt"} {
		site := amended(t)
		site[name] = &fstest.MapFile{Data: make([]byte, maxFile+1)}
		_, findings, err := Load(site, options)
		if err != nil || len(findings) == 0 || !strings.HasSuffix(findings[0].Code, "file-too-large") || findings[0].Pos.File != name {
			t.Errorf("%s: %v\n%s", name, err, print(findings))
		}
	}
}

// What offices write, however much of it, is no error.
func TestLongTextsAreOrdinary(t *testing.T) {
	for name, body := range map[string]string{
		"30,000 words":        strings.Repeat(strings.Repeat("Đội ngũ trí thức khoa học và công nghệ tỉnh nhà, ", 20)+"hết.\n\n", 150),
		"one long paragraph":  strings.Repeat("Đội ngũ “trí thức” khoa học (và công nghệ) của *tỉnh*; ", 900),
		"2,000 rows":          "| STT | Họ và tên | **Đơn vị** | Ghi chú |\n|---|:---|:-:|---:|\n" + strings.Repeat("| 1 | **Trần Văn Mẫu** | [Sở](https://example.org/a_(b)) | (*) |\n", 2_000),
		"rows without bars":   "STT | Tên\n--- | ---\n" + strings.Repeat("1 | 'Trần Văn Mẫu'\n", 2_000),
		"5,000 items":         strings.Repeat("- **Trần Văn Mẫu**, [giải *nhất*](/tin-tuc/a/)\n", 5_000),
		"5,000 numbers":       strings.Repeat("1. Trần Văn Mẫu \"A\"\n", 5_000),
		"1,000 notes":         growth.Counted("Một câu.[^%[1]d]\n\n[^%[1]d]: Nguồn.\n\n")(30_000),
		"links in one place":  strings.Repeat("[một](/tin-tuc/a/), ", 900),
		"a form to fill in":   strings.Repeat("Họ và tên: ________________ Ngày sinh: ____/____/______\n", 300),
		"rules":               strings.Repeat("a\n\n- - - - - - - - - - - - - - - - - - - - - - - - - - - -\n\n* * * * * * * * * * * * * * * * * * * * * * * * *\n\n", 50),
		"set to the right":    strings.Repeat(" ", 90) + "- Như trên;\n",
		"500 sections":        growth.Counted("## Mục %d\n\nLời.\n\n")(10_000),
		"nested as in Word":   "- a\n  - b\n    1. c\n       - d\n         > e\n         > > f\n",
		"a picture's address": "[xem](https://example.org/" + strings.Repeat("a%20b/", 250) + ")\n",
		"code":                "```\n" + strings.Repeat("[*_ >>>>>> | - |\n", 3_000) + "```\n",
		"a quotation":         strings.Repeat("> Một dòng trích, “dẫn”.\n", 2_000),
	} {
		t.Run(name, func(t *testing.T) {
			_, findings, err := Load(hostileArticle("", body), options)
			if err != nil || diag.HasErrors(findings) {
				t.Errorf("%v\n%.1000s", err, print(findings))
			}
		})
	}
}
