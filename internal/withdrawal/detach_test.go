package withdrawal

import (
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
)

// TestARemovedPageLeavesASiteThatCanBeBuilt removes pages to which everything leads that can:
// afterwards the same things are wrong as before, every word stands, and what cannot be
// mended is told before anything is removed.
func TestARemovedPageLeavesASiteThatCanBeBuilt(t *testing.T) {
	const head = "description: Mô tả.\ndate: 2024-01-02\nsources: [{title: Nguồn, url: \"https://example.org/\"}]\n"
	site := func() fstest.MapFS {
		return fstest.MapFS{
			"content/_index.md":                   {Data: []byte("---\ntitle: Trang chủ\n---\n")},
			"content/tin-tuc/_index.md":           {Data: []byte("---\ntitle: Tin tức\n---\n")},
			"content/tin-tuc/sai/index.md":        {Data: []byte("---\ntitle: Bài sai\n" + head + "event: 2024-01-01\naliases: [/cu/]\n---\nLời.\n")},
			"content/tin-tuc/sai/index.en.md":     {Data: []byte("---\ntitle: Wrong\nurl: /en/wrong/\n---\nWords.\n")},
			"content/tin-tuc/khac/index.md":       {Data: []byte("---\ntitle: Bài khác # giữ\n" + head + "people: [\"nguoi-mau\"] # một\nevent-of: tin-tuc/sai\n---\nXem [bài sai](/tin-tuc/sai/), [bài cũ](/cu/), [bản *Anh*](/en/wrong/) và [Người](../../tri-thuc/nguoi-mau).\n")},
			"content/tri-thuc/nguoi-mau/index.md": {Data: []byte("---\ntitle: Trần Văn Mẫu\n" + head + "born: 1900\ndied: 1950\nconsent: {basis: deceased}\n---\nLời.\n")},
			"content/van-ban/a/index.md":          {Data: []byte("---\ntitle: Văn bản A\n" + head + "number: 1-CT/TW\nissuer: Ban Bí thư\n---\nLời.\n")},
			"content/van-ban/b/index.md":          {Data: []byte("---\ntitle: Văn bản B\n" + head + "number: 2-CT/TU\nissuer: Tỉnh ủy\ncarries_out:\n  - a\n---\nLời.\n")},
			"content/trang-web.toml":              {Data: []byte("# Lời chú\n[home]\npeople = [\"nguoi-mau\"] # đầu\nnews = [\"sai\"]\n\n[[menu]]\npage = \"/tin-tuc/\"\nname = \"Tin\"\n\n[[menu]]\npage = \"/tin-tuc/sai/\"\nname = \"Sai\"\n")},
		}
	}
	errors := func(fsys fstest.MapFS) []string {
		_, findings, err := catalog.Load(fsys, catalog.Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, f := range findings {
			if f.Severity == diag.Error {
				all = append(all, f.Pos.String()+" "+f.Message(diag.English))
			}
		}
		return all
	}
	for file, want := range map[string]map[string]string{
		"content/tin-tuc/sai/index.md": {
			"content/tin-tuc/khac/index.md": "---\ntitle: Bài khác # giữ\n" + head + "people: [\"nguoi-mau\"] # một\n---\nXem bài sai, bài cũ, bản *Anh* và [Người](../../tri-thuc/nguoi-mau).\n",
			"content/trang-web.toml":        "# Lời chú\n[home]\npeople = [\"nguoi-mau\"] # đầu\n\n[[menu]]\npage = \"/tin-tuc/\"\nname = \"Tin\"\n",
		},
		"content/tri-thuc/nguoi-mau/index.md": {
			"content/tin-tuc/khac/index.md": "---\ntitle: Bài khác # giữ\n" + head + "people: [] # một\nevent-of: tin-tuc/sai\n---\nXem [bài sai](/tin-tuc/sai/), [bài cũ](/cu/), [bản *Anh*](/en/wrong/) và Người.\n",
			"content/trang-web.toml":        "# Lời chú\n[home]\nnews = [\"sai\"]\n\n[[menu]]\npage = \"/tin-tuc/\"\nname = \"Tin\"\n\n[[menu]]\npage = \"/tin-tuc/sai/\"\nname = \"Sai\"\n",
		},
		"content/van-ban/a/index.md": {"content/van-ban/b/index.md": "---\ntitle: Văn bản B\n" + head + "number: 2-CT/TU\nissuer: Tỉnh ủy\ncarries_out:\n---\nLời.\n"},
	} {
		fsys := site()
		before := slices.DeleteFunc(errors(fsys), func(e string) bool { return strings.HasPrefix(e, path.Dir(file)+"/") })
		c, _, err := catalog.Load(fsys, catalog.Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		pages := c.PagesOf(file)
		edits, left, err := Detach(fsys, c, pages, time.UTC)
		if err != nil || len(left) > 0 || len(edits) != len(want) {
			t.Fatalf("%s: %d edits, left %v (%v)", file, len(edits), left, err)
		}
		for _, e := range edits {
			if string(e.Text) != want[e.File] {
				t.Errorf("%s without %s:\n%s\nwant\n%s", e.File, file, e.Text, want[e.File])
			}
			fsys[e.File] = &fstest.MapFile{Data: e.Text}
		}
		for _, p := range pages {
			delete(fsys, p.File)
		}
		if after := errors(fsys); !slices.Equal(after, before) {
			t.Errorf("without %s: %q, before %q", file, after, before)
		}
	}

	fsys := site()
	fsys["content/tin-tuc/khac/index.md"].Data = append(fsys["content/tin-tuc/khac/index.md"].Data, "\nXem [nữa][1].\n\n[1]: /tin-tuc/sai/\n"...)
	c, _, err := catalog.Load(fsys, catalog.Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	if _, left, err := Detach(fsys, c, c.PagesOf("content/tin-tuc/sai/index.md"), time.UTC); err != nil || len(left) == 0 || left[0].File != "content/tin-tuc/khac/index.md" {
		t.Errorf("what cannot be mended: %v (%v)", left, err)
	}
}
