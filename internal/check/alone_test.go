package check

import "testing"

// A page that only a list of all pages, itself or its head leads to is told at its source.
func TestPagesThatNobodyLeadsTo(t *testing.T) {
	site := good(t)
	o := options
	o.Entries = map[string]string{"/tin-tuc/a/": "content/tin-tuc/a/index.md", "/hoi-thi/2023/": "content/hoi-thi/2023/index.md", "/khong-co/": "content/khong-co.md"}
	o.SiteMaps = []string{"/"}
	var got []string
	for _, f := range run(t, site, o).Findings {
		got = append(got, f.Pos.String()+" "+f.Code)
	}
	if len(got) != 1 || got[0] != "content/hoi-thi/2023/index.md:1 link-to-none" {
		t.Errorf("found %q", got) // the news leads to the first, the home page alone to the second
	}
	o.SiteMaps = nil
	if found := run(t, site, o).Findings; len(found) != 0 {
		t.Errorf("found %v", found)
	}
}
