package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/needs"
)

// schemaTypes are the types of schema.org that pages use: the properties that
// each must have there, and the others that it may have.
var schemaTypes = map[string]struct{ must, may []string }{
	"WebSite":        {[]string{"name", "url"}, []string{"inLanguage", "description", "potentialAction"}},
	"SearchAction":   {[]string{"target", "query-input"}, nil},
	"EntryPoint":     {[]string{"urlTemplate"}, nil},
	"BreadcrumbList": {[]string{"itemListElement"}, nil},
	"ListItem":       {[]string{"position", "name"}, []string{"item"}},
	"Legislation": {nil, []string{"name", "url", "inLanguage", "legislationIdentifier", "legislationType", "legislationDate", "legislationPassedBy", "hasPart",
		"isPartOf", "text", "description", "mainEntityOfPage"}},
	"NewsArticle": {[]string{"headline", "datePublished", "image", "mainEntityOfPage", "isPartOf", "citation"},
		[]string{"description", "dateModified", "inLanguage", "about", "mentions", "publisher", "temporalCoverage"}},
	"Person": {[]string{"name"}, []string{"alternateName", "honorificPrefix", "description", "birthDate", "deathDate", "knowsAbout", "award", "image",
		"mainEntityOfPage", "jobTitle", "sameAs"}},
	"AboutPage":    {[]string{"name", "mainEntity"}, []string{"inLanguage"}},
	"NGO":          {[]string{"name", "subjectOf"}, []string{"description"}},
	"Dataset":      {[]string{"name", "description", "url", "distribution", "isAccessibleForFree"}, []string{"inLanguage"}},
	"DataDownload": {[]string{"name", "encodingFormat", "contentUrl"}, nil},
	"Organization": {[]string{"name"}, []string{"url", "email", "telephone", "address", "sameAs"}},
	"ContactPage":  {[]string{"name", "url"}, []string{"description", "inLanguage", "mainEntity"}},
	"FAQPage":      {[]string{"mainEntity"}, []string{"name", "inLanguage"}},
	"Question":     {[]string{"name", "url", "acceptedAnswer"}, nil},
	"Answer":       {[]string{"text"}, nil},
}

// addressProperties hold addresses, those of this site and, in a citation, of others.
var addressProperties = []string{"@id", "url", "item", "image", "mainEntityOfPage", "subjectOf", "contentUrl", "license"}

// isoDay is a date of ISO 8601 as far as it is known, or a moment.
var isoDay = regexp.MustCompile(`^\d{4}(-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?)?$`)

var jsonLD = regexp.MustCompile(`<script type="?application/ld\+json"?>(.*?)</script>`)

// structured reads what a page says in the words of schema.org.
func structured(t *testing.T, file string) []map[string]any {
	t.Helper()
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	found := jsonLD.FindAllSubmatch(page, -1)
	if len(found) != 1 {
		t.Fatalf("%s has %d blocks of JSON-LD", file, len(found))
	}
	var block struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(found[0][1], &block); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if block.Context != "https://schema.org" || len(block.Graph) == 0 {
		t.Errorf("%s: %s", file, found[0][1])
	}
	return block.Graph
}

// schemaTest looks at the structured data of a site in the folder public, at base.
type schemaTest struct {
	*testing.T
	public, base string
	file         string // at hand
	seen         map[string]bool
}

// thing holds one item against the table.
func (s schemaTest) thing(item map[string]any) {
	s.Helper()
	name, _ := item["@type"].(string)
	s.seen[name] = true
	known, ok := schemaTypes[name]
	if !ok {
		s.Errorf("%s: the type %q is not in the table", s.file, name)
		return
	}
	_, named := item["@id"]
	if reference := named && len(item) <= 3; !reference { // which another page says more of
		for _, must := range known.must {
			if item[must] == nil {
				s.Errorf("%s: a %s without %s", s.file, name, must)
			}
		}
	}
	for property, value := range item {
		if !strings.HasPrefix(property, "@") && !slices.Contains(known.must, property) && !slices.Contains(known.may, property) {
			s.Errorf("%s: a %s has no property %s", s.file, name, property)
		}
		s.value(property, value)
	}
}

func (s schemaTest) value(property string, value any) {
	s.Helper()
	switch v := value.(type) {
	case map[string]any:
		s.thing(v)
	case []any:
		if len(v) == 0 {
			s.Errorf("%s: %s is empty", s.file, property)
		}
		for _, one := range v {
			s.value(property, one)
		}
	case string:
		if strings.TrimSpace(v) == "" || strings.ContainsAny(v, "<>") {
			s.Errorf("%s: %s is %q", s.file, property, v)
		}
		if slices.Contains(addressProperties, property) {
			s.leads(property, v)
		}
		if strings.Contains(strings.ToLower(property), "date") && !isoDay.MatchString(v) {
			s.Errorf("%s: %s is %q", s.file, property, v)
		}
	case float64, bool:
	default:
		s.Errorf("%s: %s is %v", s.file, property, value)
	}
}

// leads holds that an address is one of this site.
func (s schemaTest) leads(property, address string) {
	s.Helper()
	rel, ok := strings.CutPrefix(address, s.base)
	if rel == "" || strings.HasSuffix(rel, "/") {
		rel += "index.html"
	}
	if _, err := os.Stat(filepath.Join(s.public, rel)); !ok || err != nil {
		s.Errorf("%s: %s leads nowhere: %s", s.file, property, address)
	}
}

// TestStructuredData reads what every page of the site, standing below its host's
// root, says in the words of schema.org.
func TestStructuredData(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(binary, "build", "--dir", root, "--base-url", "https://a.vn/goc/con/").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s := schemaTest{T: t, public: filepath.Join(root, "public"), base: "https://a.vn/goc/con/", seen: map[string]bool{}}
	err = filepath.WalkDir(s.public, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Base(name) != "index.html" {
			return err
		}
		if page, err := os.ReadFile(name); err != nil || strings.Contains(string(page), `http-equiv=refresh`) || strings.Contains(name, "nhung") {
			return err // the frame for other sites is no page of its own
		}
		if s.file, err = filepath.Rel(s.public, name); err != nil {
			return err
		}
		for _, item := range structured(t, name) {
			s.thing(item)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range schemaTypes {
		if !s.seen[name] {
			t.Errorf("no page has a %s", name)
		}
	}

	// What a page says is there, word for word.
	article := structured(t, filepath.Join(s.public, "tin-tuc/ton-vinh-lan-thu-ba/index.html"))[0]
	if article["@type"] != "NewsArticle" || article["headline"] != "Bình Thuận tôn vinh bảy trí thức tiêu biểu" {
		t.Errorf("%v", article)
	}
	plan := structured(t, filepath.Join(s.public, "ke-hoach/15-kh-tu/index.html"))[0]
	if plan["legislationIdentifier"] != "15-KH/TU" || plan["legislationDate"] != "2021-04-05" || len(plan["hasPart"].([]any)) != 3 {
		t.Errorf("%v", plan)
	}
	person := structured(t, filepath.Join(s.public, "tri-thuc/tran-dai-nghia/index.html"))[0]
	if person["name"] != "Trần Đại Nghĩa" || person["birthDate"] != "1913-09-13" || len(person["award"].([]any)) < 2 {
		t.Errorf("%v", person)
	}
}
