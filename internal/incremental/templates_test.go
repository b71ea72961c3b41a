package incremental

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const layouts = "../../layouts"

// reads are what templates may ask Hugo for beyond the page itself, and why a page that
// asks for it is still made of what [Read] sums up.
var reads = map[string]string{
	"site.GetPage":       "pages named by the entry, by events.json or by the text, whose front matter, or addresses, are summed up",
	"site.Home":          "content/_index, in its languages",
	"site.Language":      "config.toml",
	"site.IsDefault":     "config.toml",
	"site.Title":         "config.toml",
	"Site.IsDefault":     "config.toml",
	"hugo.Sites":         "config.toml; its home page, or a page in the other language, by its address",
	"hugo.IsDevelopment": "what is kept is of published sites alone",
	".Parent":            "the section's page",
	".Ancestors":         "the sections' pages",
	".GetTerms":          "the pages of provisions and fields, in generated/content",
	".Translations":      "a page with translations is not taken",
	".AllTranslations":   "a page with translations is not taken",
	".PrevInSection":     "of kinds that tell of no events",
	".NextInSection":     "of kinds that tell of no events",
	".Paginator":         "of provisions, and lists",
	".Prev":              "the pages of a list",
	".Next":              "the pages of a list",
	".FirstSection":      "the section's page",
	".GetPage":           "a page in the other language, by its address",
	".RawContent":        "the page's own",
	"now":                "in previews",
	".Content":           "the page's own",
	".Summary":           "the page's own",
	".RegularPages":      "of the page with all questions",
	"resources.Copy":     "a picture beside the page",
	"resources.Get":      "assets/",
	"fileExists":         "where a fault is",
	"readFile":           "where a fault is",
	"hugo.Data.calendar": "of the home page",
}

var (
	partials = regexp.MustCompile(`partial(?:Cached)? \(?(?:printf )?"([^"]+)"`)
	asks     = regexp.MustCompile(`\b(?:site|Site|hugo|resources)\.\w+|\.(?:Pages|RegularPages\w*|Parent|Ancestors|CurrentSection|FirstSection|GetTerms|GetPage|Translations|AllTranslations|\w+InSection|Prev|Next|Paginator|Paginate|Content|Summary|Plain|PlainWords|RawContent|Related|Sites)\b|\b(?:readFile|readDir|fileExists|now|getenv|os\.\w+|time\.Now)\b`)
	comment  = regexp.MustCompile(`(?s)\{\{-? /\*.*?\*/ -?\}\}`)
	data     = regexp.MustCompile(`hugo\.Data(?:\.(\w+)| \| default dict\)\.?(\w*))?`)
)

// TestTemplatesReadWhatIsSummedUp follows the templates of an article's page.
func TestTemplatesReadWhatIsSummedUp(t *testing.T) {
	todo := []string{"baseof.html", Kind.Folder() + "/page.html"}
	for _, folder := range []string{"_markup", "_shortcodes"} {
		todo = append(todo, in(t, folder)...)
	}
	seen := map[string]bool{}
	used := map[string]bool{}
	for len(todo) > 0 {
		name := todo[0]
		todo = todo[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		src, err := os.ReadFile(filepath.Join(layouts, name))
		if err != nil {
			t.Fatal(err)
		}
		text := comment.ReplaceAllString(string(src), "")
		for _, m := range partials.FindAllStringSubmatch(text, -1) {
			folder, _, some := strings.Cut(m[1], "%s")
			if some {
				todo = append(todo, in(t, "_partials/"+strings.TrimSuffix(folder, "/"))...)
			} else {
				todo = append(todo, "_partials/"+m[1])
			}
		}
		if regexp.MustCompile(`\.` + counted + `\b`).MatchString(data.ReplaceAllString(text, "")) {
			t.Errorf("%s shows what is counted", name)
		}
		for _, m := range data.FindAllStringSubmatch(text, -1) {
			one := m[1] + m[2]
			used[one] = true
			if !slices.Contains(ownData, one) && !slices.Contains(sharedData, one) && reads["hugo.Data."+one] == "" {
				t.Errorf("%s reads generated/data/%s, which no sum knows", name, one)
			}
		}
		for _, one := range asks.FindAllString(data.ReplaceAllString(text, ""), -1) {
			used[one] = true
			if reads[one] == "" {
				t.Errorf("%s asks for %s: say in reads how its answer is summed up", name, one)
			}
		}
	}
	for _, name := range slices.Concat(ownData, sharedData) {
		if !used[name] {
			t.Errorf("no template of an article reads generated/data/%s", name)
		}
	}
	for one := range reads {
		if name, ok := strings.CutPrefix(one, "hugo.Data."); !used[one] && !(ok && used[name]) {
			t.Errorf("no template of an article asks for %s", one)
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d templates were found", len(seen))
	}
}

func in(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(layouts, folder, "*.html"))
	if err != nil || len(files) == 0 {
		t.Fatal(folder, err)
	}
	for i, f := range files {
		files[i] = folder + "/" + filepath.Base(f)
	}
	return files
}
