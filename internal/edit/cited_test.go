package edit

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"lienhiep/internal/catalog"
	"lienhiep/internal/edit/help"
	"lienhiep/internal/matter"
)

var (
	codeInGuide = regexp.MustCompile("(?ms)^ *```.*?^ *```$|`[^`\n]*`")
	// cited is what the guide names in bold as something to press, to open or to fill in.
	cited = regexp.MustCompile(`(?i)(bấm|bấm vào|nút|mở|chọn|ô|nhóm|mục|việc|dấu ở|bằng|ghi|ghi cả|điền|viết) (?:mục |nút |ô |nhóm |việc )?\*\*([^*\n]+)\*\*((?:(?:, | hoặc | và | rồi )\*\*[^*\n]+\*\*)*)`)
	bold  = regexp.MustCompile(`\*\*([^*\n]+)\*\*`)
	tags  = regexp.MustCompile(`<[^>]*>`)
)

// wordsOfTheDesk is all that the desk's pages say, and the names of fields, kinds and states.
func wordsOfTheDesk(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	read := func(fsys fs.FS, pattern string) {
		names, err := fs.Glob(fsys, pattern)
		if err != nil || len(names) == 0 {
			t.Fatal("nothing is ", pattern, err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(fsys, name)
			if err != nil {
				t.Fatal(err)
			}
			all.WriteString(tags.ReplaceAllString(string(text), "") + "\n" + string(text) + "\n")
		}
	}
	read(files, "page/*.html")
	read(files, "page/*.js")
	read(os.DirFS(filepath.FromSlash("../desk/surface")), "words.js")
	read(os.DirFS("."), "*.go")                                 // groups of fields, tasks
	read(os.DirFS(filepath.FromSlash("../../i18n")), "vi.toml") // the site's own buttons
	var labels func(fields []matter.Field)
	labels = func(fields []matter.Field) {
		for _, f := range fields {
			all.WriteString(f.Label.VI + "\nThêm " + lowerFirst(f.Label.VI) + "\n")
			labels(f.Fields)
		}
	}
	for _, k := range catalog.Kinds() {
		all.WriteString(upperFirst(kindName(k)) + "\n")
		labels(catalog.Schema(k))
	}
	return all.String()
}

// TestTheGuideNamesButtonsThatExist reads what the guide says to press, open or fill in: the
// desk, or the site, has it under that name.
func TestTheGuideNamesButtonsThatExist(t *testing.T) {
	words := wordsOfTheDesk(t)
	found := 0
	for _, name := range help.Names() {
		if name == messageList {
			continue
		}
		text, _ := help.Page(name)
		for _, m := range cited.FindAllStringSubmatch(codeInGuide.ReplaceAllString(text, ""), -1) {
			all := []string{m[2]}
			for _, more := range bold.FindAllStringSubmatch(m[3], -1) {
				all = append(all, more[1])
			}
			for _, one := range all {
				found++
				if !strings.Contains(words, strings.TrimPrefix(one, "? ")) {
					t.Errorf("%s: the desk has no %q (%s)", name, one, m[0])
				}
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d names are cited", found)
	}
}
