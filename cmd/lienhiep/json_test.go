package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"lienhiep/internal/needs"
)

// compiled reads a JSON Schema; dates and addresses in it are held to their form.
func compiled(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err == nil {
		err = s.Validate(v)
	}
	if err != nil {
		t.Errorf("%s: %v", file, err)
	}
}

// TestAPIFollowsItsSchema holds every document of the API to the schema that is
// published beside it, and its addresses to the pages that are there.
func TestAPIFollowsItsSchema(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	public := filepath.Join(root, "public")
	schema := compiled(t, filepath.Join(public, "api/v1/schema.json"))
	kinds := map[string]int{}
	for _, name := range []string{"index", "articles", "people", "honours", "contests", "documents", "plans"} {
		file := filepath.Join(public, "api/v1", name+".json")
		validate(t, schema, file)
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var d struct {
			Kind  string
			Count int
			Items []any
		}
		if err := json.Unmarshal(data, &d); err != nil {
			t.Fatal(err)
		}
		kinds[d.Kind] = len(d.Items)
		if d.Count != len(d.Items) || name != "index" && d.Count == 0 {
			t.Errorf("%s: %d items, said to be %d", name, len(d.Items), d.Count)
		}
		for _, address := range strings.Split(string(data), `"https://lienhiep.example/`)[1:] {
			address, _, _ = strings.Cut(address, `"`)
			if address == "" || strings.HasSuffix(address, "/") {
				address += "index.html"
			}
			if _, err := os.Stat(filepath.Join(public, address)); err != nil {
				t.Errorf("%s leads to %s: %v", name, address, err)
			}
		}
	}
	for kind, folder := range map[string]string{"articles": "tin-tuc", "people": "tri-thuc", "honours": "ton-vinh", "contests": "hoi-thi", "documents": "van-ban"} {
		entries, err := filepath.Glob(filepath.Join(root, "content", folder, "*", "index.md"))
		if err != nil {
			t.Fatal(err)
		}
		if kinds[kind] != len(entries) {
			t.Errorf("%d %s, but %d entries", kinds[kind], kind, len(entries))
		}
	}
}

func TestJSONFeedsFollowTheirSchema(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	schema := compiled(t, "testdata/schema/jsonfeed.json")
	feeds := 0
	err = filepath.WalkDir(filepath.Join(root, "public"), func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == "feed.json" {
			feeds++
			validate(t, schema, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// The home page, sections, fields, people and provisions have one each.
	if feeds < 40 {
		t.Errorf("%d feeds", feeds)
	}
}

// TestCalendarIsRead has a parser that is not ours read the site's calendar.
func TestCalendarIsRead(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(root, "public/lich.ics"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cal, err := ics.ParseCalendar(f)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, e := range cal.Events() {
		address, ok := strings.CutSuffix(e.Id(), "@lienhiep.example")
		if _, err := os.Stat(filepath.Join(root, "public", address, "index.html")); !ok || err != nil || seen[address] {
			t.Errorf("the event %q is of no page, or twice there (%v)", e.Id(), err)
		}
		seen[address] = true
		if _, err := e.GetAllDayStartAt(); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	if !seen["ton-vinh/2022"] || seen["ton-vinh/2020"] {
		t.Errorf("events: %v", seen)
	}
}
