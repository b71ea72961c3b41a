package internal

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/catalog"
	"lienhiep/internal/edit/help"
)

// placesOfKinds are the files that name kinds of entries, beside each kind's own: where a
// page is composed of sections by hand, or one kind is what the code is about. What else
// there is to do for a kind follows from what its file registers; CONTRIBUTING.md, "Adding
// a kind", says how.
var placesOfKinds = map[catalog.Kind][]string{
	catalog.KindArticle: {
		"cmd/lienhiep/import.go", "internal/edit/import.go", // a Word document becomes an article, unless somebody says otherwise
		// what the home page shows
		"layouts/home.html", "layouts/nhung.html", "layouts/_partials/home/news.html", // the newest
		"layouts/_partials/feed/pages.html", "internal/catalog/website.go", "internal/generate/website.go", // the home page, and its feed
		"config.toml",                                           // its folder may have most entries, and is mounted itself
		"internal/search/write.go", "assets/js/search/query.js", // its titles tell of what has a name, and are most
	},
	catalog.KindHonour: {
		"layouts/home.html", "layouts/nhung.html", "layouts/_partials/home/honours.html", // the newest
	},
	catalog.KindQuiz: {
		"internal/edit/help/help.go", // a task page of the guide is about it
	},
	catalog.KindProcedure: {
		"layouts/_partials/home/doors.html",  // a door of the home page
		"layouts/_partials/taking-part.html", // how to enter a contest
	},
	catalog.KindDirective: {
		"internal/catalog/template.go",                                                            // named by its number
		"internal/catalog/address.go", "internal/catalog/hidden.go", "internal/generate/graph.go", // the graph of documents lies beside
		"internal/generate/directives.go", // what cites it
		// what carries it out
		"internal/edit/import.go", "internal/intake/intake.go", // a file that bears a document's number becomes one
	},
}

// comment matches what a line has of a comment, of Go or of a template.
var comment = regexp.MustCompile(`(^|\s)//.*|\{\{-? ?/\*.*`)

// ownPlaces are the files and folders of a kind itself.
func ownPlaces(kind, folder string) []string {
	return []string{
		"internal/catalog/" + kind + ".go",
		"layouts/" + folder + "/",
		"layouts/_partials/api/" + kind + ".html",
		"layouts/_partials/schema/" + kind + ".html",
		"i18n/vi.toml", "i18n/en.toml",
		"static/api/v1/schema.json",
	}
}

// guideToKinds are the pages of the guide that list all kinds.
var guideToKinds = []string{"noi-dung", "khai-bao"}

// TestKindsAreNamedInKnownPlaces finds the kinds' names, in code and templates, in files
// that are none of the places where one who adds a kind has to look. People and plans are
// what much of the program is about, and are left out.
func TestKindsAreNamedInKnownPlaces(t *testing.T) {
	text := sourcesOf(t, "../cmd", "../internal", "../layouts", "../assets", "../i18n", "../static/api", "../config.toml")
	for _, k := range catalog.Kinds() {
		if k.Folder() == "" || k == catalog.KindPerson || k == catalog.KindPlan {
			continue
		}
		places := slices.Concat(ownPlaces(string(k), k.Folder()), placesOfKinds[k])
		typ := strings.ToUpper(string(k[:1])) + string(k[1:])
		inGo := regexp.MustCompile(`\bKind` + typ + `\b|catalog\.` + typ + `\b|"(content)?/?` + k.Folder() + `[/"]`)
		elsewhere := regexp.MustCompile(`["/]` + k.Folder() + `["/]|\b[a-z]+_` + k.Folder() + `\b|^` + k.Folder() + `\b`)
		used := map[string]bool{}
		for name, lines := range text {
			names := elsewhere
			if path.Ext(name) == ".go" {
				names = inGo
			}
			for i, line := range lines {
				if line = comment.ReplaceAllString(line, ""); !names.MatchString(line) {
					continue
				}
				place := slices.IndexFunc(places, func(p string) bool { return name == p || strings.HasSuffix(p, "/") && strings.HasPrefix(name, p) })
				if place < 0 {
					t.Errorf("%s:%d names the kind %s: let it follow from what internal/catalog/%s.go says, or list the place in CONTRIBUTING.md and here\n%s", name, i+1, k, k, strings.TrimSpace(line))
					continue
				}
				used[places[place]] = true
			}
		}
		for _, p := range placesOfKinds[k] {
			if !used[p] {
				t.Errorf("%s does not name the kind %s; take it off the list", p, k)
			}
		}
	}
}

// TestEveryKindIsWhole wants of each kind what CONTRIBUTING.md asks for.
func TestEveryKindIsWhole(t *testing.T) {
	for _, k := range catalog.Kinds() {
		want := []string{"../internal/catalog/" + string(k) + ".go"}
		if k.Folder() != "" {
			want = append(want, "../layouts/"+k.Folder()+"/section.html")
		}
		for _, name := range want {
			if _, err := os.Stat(name); err != nil {
				t.Errorf("the kind %s: %v", k, err)
			}
		}
		for _, lang := range []string{"vi", "en"} {
			words, err := os.ReadFile("../i18n/" + lang + ".toml")
			if err != nil {
				t.Fatal(err)
			}
			if k.Folder() != "" && !regexp.MustCompile(`(?m)^kind_`+k.Folder()+` = "`).Match(words) {
				t.Errorf("i18n/%s.toml has no kind_%s", lang, k.Folder())
			}
		}
		if k.Icon() == "" {
			t.Errorf("the kind %s has no icon", k)
		}
		for _, page := range guideToKinds {
			if text, _ := help.Page(page); !regexp.MustCompile("(?m)^\\| .*`" + string(k) + "`").MatchString(text) {
				t.Errorf("the guide's %s.md has no row for the kind %s", page, k)
			}
		}
	}
	guide, err := os.ReadFile("../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(guide), "\n## Adding a kind of entry\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for _, place := range slices.Concat(ownPlaces("<kind>", "<folder>"), guideToKinds, []string{"content/trang-web.toml"}) {
		if !strings.Contains(section, "`"+place) {
			t.Errorf("CONTRIBUTING.md (section there: %v) does not name %s", found, place)
		}
	}
}

// sourcesOf reads what is written by hand below some folders, by lines: neither tests
// nor their data. Names begin at the repository's root.
func sourcesOf(t *testing.T, roots ...string) map[string][]string {
	t.Helper()
	text := map[string][]string{}
	for _, root := range roots {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules"):
				return fs.SkipDir
			case d.IsDir() || strings.HasSuffix(name, "_test.go") || path.Ext(name) == ".md": // words for readers
				return nil
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			text[strings.TrimPrefix(filepath.ToSlash(name), "../")] = strings.Split(string(data), "\n")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return text
}
