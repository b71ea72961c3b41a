package proof

import (
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/catalog"
	"lienhiep/internal/growth"
)

// Whatever a text holds, four times as much of it takes four times as long.
func TestTextsAreReadInLinearTime(t *testing.T) {
	names := &fstest.MapFile{Data: []byte("names = [\"Mặt trận Tổ quốc Việt Nam\"]\ndocuments = [\"15-KH/TU\"]\n")}
	for name, body := range growth.Texts() {
		t.Run(name, func(t *testing.T) {
			growth.Linear(t, 8<<10, 1<<20, body, func(s string) {
				for _, before := range []string{"", "a  b\n\n"} { // with a slip, so that it is parsed
					suggested(t, fstest.MapFS{wordingFile: {Data: article("title: A\ndescription: B", before+s)}, catalog.NamesFile: names})
				}
			})
		})
	}
}

func TestValuesAreReadInLinearTime(t *testing.T) {
	for name, s := range map[string]string{"spaces": "hoà  ", "marks": "o\u0300", "documents": "1-KH/TU ", "one number": "1-KH", "quotations": "“a”", "open quotations": "“"} {
		t.Run(name, func(t *testing.T) {
			growth.Linear(t, 3<<10, 60<<10, growth.Again(s), func(s string) {
				suggested(t, fstest.MapFS{wordingFile: {Data: article("title: A\ndescription: '"+s+"'", "")}})
			})
		})
	}
}

func TestNamesAreReadInLinearTime(t *testing.T) {
	for name, list := range map[string]func(int) string{
		"names of one first syllable": growth.Counted("\"Hội đồng khoa học số %d\",\n"),
		"a name without end":          func(n int) string { return "\"" + growth.Again("Hội ")(n) + "\"" },
		"names of one another":        growth.Counted("\"Hội Hội Hội Hội Hội Hội\",\n# %d\n"),
	} {
		t.Run(name, func(t *testing.T) {
			body := strings.Repeat("Hội đồng khoa học số 1 hoa học. Hội Hội Hội. 16-KH/TU\n\n", 20)
			growth.Linear(t, 8<<10, 1<<20, list, func(s string) {
				suggested(t, fstest.MapFS{wordingFile: {Data: article("title: A\ndescription: B", body)}, catalog.NamesFile: {Data: []byte("names = [\n" + s + "]\n")}})
			})
		})
	}
}
