package catalog

import (
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/diag"
)

// TestFaultsOfTheWebsiteFile holds that what cannot be read is said in words, and that the
// lines that are proposed are of the file's own language.
func TestFaultsOfTheWebsiteFile(t *testing.T) {
	for src, want := range map[string]string{
		"name = \"A\"\nname = \"B\"\n":      "đã ghi ở trên",
		"[menu]\npage = \"/\"\n[[menu]]\n":  "đã ghi ở trên rồi, hoặc ghi bằng [ ] ở chỗ cần [[ ]]",
		"name: \"A\"\n":                     "thiếu dấu =",
		"name = A\n":                        "dấu nháy kép thẳng",
		"show_gaps = False\n":               "viết chữ thường",
		"name = \"A\ntagline = \"B\"\n":     "chưa đóng",
		"name = 'Hội 'A''\n":                "dấu nháy ở giữa giá trị",
		"logo = \"C:\\anh.png\"\n":          "viết hai lần",
		"[home]\nplans = [\"a\"\nnews=[]\n": "dấu phẩy hoặc dấu ]",
		"\xff\xfen\x00":                     "không đọc được chỗ này",
		"show_gaps = \"không\"\n":           "“show_gaps = false”",
		"name = [\"A\"]\n":                  "name = \"…\"",
		"[home]\nplans = \"15-kh-tu\"\n":    "“plans = [\"15-kh-tu\"]”",
		"[[menu]]\npage = \"/tin-tuc/\"\n":  "dòng name = …",
		"menu = \"/\"\n":                    "menu = [{page = ",
	} {
		_, findings, err := Load(fstest.MapFS{WebsiteFile: {Data: []byte(src)}}, options)
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, f := range findings {
			said += f.Message(diag.Vietnamese) + " " + f.Hint(diag.Vietnamese) + "\n"
		}
		if !strings.Contains(said, want) || strings.Contains(said, "toml") {
			t.Errorf("%q: %s", src, said)
		}
	}
}
