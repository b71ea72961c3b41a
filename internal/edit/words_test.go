package edit

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	_ "lienhiep/internal/proof"
)

// ofFile matches what belongs to files and commands, in a sentence for who has a form. Keys
// and values of front matter are added in init: but for those that are words of Vietnamese.
var ofFile *regexp.Regexp

func init() {
	words := []string{"`", "--fix", "content/", "static/", `\\.(?:md|toml)\b`, `index`, "Mã (?:kế hoạch|điều khoản|của|các)", "mã (?:kế hoạch|điều khoản)", "[Nn]ăm-tháng", "(?:[Bb]ỏ|[Tt]hêm|[Gg]hi|[Đđ]iền) dòng", "[Dd]ưới dòng", "thư mục", "phần khai báo", "\\{\\{<", "\\[\\[", "\\]\\(", "Markdown", "2018-05", "%!", "\\{\\d", "\\{field", "<nil>"}
	var add func(fields []matter.Field)
	known := map[string]bool{"to": true, "logo": true, "email": true, "vi": true, "en": true}
	add = func(fields []matter.Field) {
		for _, f := range fields {
			for _, w := range append([]string{f.Key}, f.Values...) {
				if !known[w] {
					known[w] = true
					words = append(words, `(?:^|[^\p{L}\d/.-])`+regexp.QuoteMeta(w)+`(?:$|[^\p{L}\d/.-])`)
				}
			}
			add(f.Fields)
		}
	}
	for _, k := range catalog.Kinds() {
		add(catalog.Schema(k))
	}
	for file := range tableTitles {
		add(catalog.TableOf(file).Fields)
	}
	ofFile = regexp.MustCompile(strings.Join(words, "|"))
}

// TestFindingsSpeakAsTheForm sets off the catalogue's rules on its own cases: at the desk
// none speaks of keys, files or commands, and each has the title of what it is about.
func TestFindingsSpeakAsTheForm(t *testing.T) {
	files, err := filepath.Glob("../catalog/testdata/*.txtar")
	if err != nil || len(files) < 30 {
		t.Fatal(files, err)
	}
	plan, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		site := fstest.MapFS{"content/ke-hoach/15-kh-tu/van-ban.txt": {Data: plan}, "content/ke-hoach/15-kh-tu/_index.md": {Data: []byte("---\ntitle: Kế hoạch 15-KH/TU\n---\n")}}
		for _, f := range ar.Files {
			if f.Name != "want" {
				site[f.Name] = &fstest.MapFile{Data: f.Data}
			}
		}
		titles := func(file string) string {
			if f := site[file]; f != nil {
				return titleIn(f.Data)
			}
			return ""
		}
		_, findings, err := catalog.Load(site, catalog.Options{Now: time.Date(2026, 11, 20, 9, 0, 0, 0, saigon), Zone: saigon, BaseURL: "https://lienhiep.example/"})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			var src []byte
			if one := site[f.Pos.File]; one != nil {
				src = one.Data
			}
			is := locateIn(f, src, titles, saigon)
			codes[f.Code] = true
			if found := ofFile.FindString(theirsLeftOut(f, is.Message+" | "+is.Hint)); found != "" {
				t.Errorf("%s speaks of the file (%s): %s | %s", f.Code, found, is.Message, is.Hint)
			}
			if is.Title == "" {
				t.Errorf("%s in %s has no title", f.Code, f.Pos.File)
			}
		}
	}
	if len(codes) < 150 {
		t.Errorf("only %d rules were set off", len(codes))
	}
}

// theirsLeftOut is a sentence without what the editors wrote themselves, which may be any word.
func theirsLeftOut(f diag.Finding, said string) string {
	for n := 1; f.Arg(n) != nil; n++ {
		arg, ok := f.Arg(n).(string)
		if ok && !slices.Contains([]string{"scope-differs", "progress-unproven", "quiz-field"}, f.Code) && (!strings.HasPrefix(arg, "content/") && !isKey(arg) || f.Code == "unknown-key" || f.Code == "bad-value") {
			said = strings.ReplaceAll(said, "“"+arg+"”", "“”")
			if arg != "" && strings.ContainsAny(arg, " [(</") {
				said = strings.ReplaceAll(said, arg, "")
			}
		}
	}
	if f.Nearest != "" && !isKey(f.Nearest) {
		said = strings.ReplaceAll(said, "“"+f.Nearest+"”", "“”")
	}
	return said
}

func isKey(word string) bool {
	return !strings.ContainsAny(word, " :/[(<.") && ofFile.MatchString(word)
}

// toldElsewhere matches the codes of what imports and publishing find, which their own pages
// tell.
var toldElsewhere = regexp.MustCompile(`^(?:a-test|roster|office|sheet|deploy|release|target|verify|signing)-`)

// TestRulesSpeakAsTheForm looks at the sentences themselves, also of rules that no case sets
// off.
func TestRulesSpeakAsTheForm(t *testing.T) {
	for _, r := range diag.Rules() {
		if toldElsewhere.MatchString(r.Code) || unreadable(r.Code) {
			continue
		}
		as := sentences[r.Code]
		message, hint := r.Message.VI, r.Hint.VI
		if as.Message != "" {
			message = blank.ReplaceAllString(as.Message, "…")
		}
		if as.Hint != "" {
			hint = blank.ReplaceAllString(as.Hint, "…")
		}
		if found := ofFile.FindString(message + " | " + hint); found != "" {
			t.Errorf("%s speaks of the file (%s): %s | %s", r.Code, found, message, hint)
		}
	}
	for code := range sentences {
		if !slices.ContainsFunc(diag.Rules(), func(r *diag.Rule) bool { return r.Code == code }) {
			t.Errorf("%s is said, and is no rule", code)
		}
	}
}
