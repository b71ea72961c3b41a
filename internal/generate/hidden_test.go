package generate

import (
	"testing"
	"testing/fstest"

	"github.com/spf13/afero"
)

// TestWhatIsHiddenIsNeverRendered has articles name people and plans that are drafts,
// still to appear or expired: Hugo, which makes a page for every term that is named, is
// told to make none.
func TestWhatIsHiddenIsNeverRendered(t *testing.T) {
	fsys := site(t)
	person := func(name, front string) {
		fsys["content/tri-thuc/"+name+"/index.md"].Data = []byte("---\ntitle: " + name + "\ndescription: x\ndied: 1990\nconsent: {basis: deceased}\n" + front + source)
	}
	for _, name := range []string{"hen", "het-han"} {
		copied := *fsys["content/tri-thuc/nhap/index.md"]
		fsys["content/tri-thuc/"+name+"/index.md"] = &copied
	}
	person("hen", "publishDate: 2090-01-01\n")
	person("het-han", "expiryDate: 2020-01-01\n")
	plan := *fsys["content/ke-hoach/15-kh-tu/van-ban.txt"]
	fsys["content/ke-hoach/nhap/van-ban.txt"] = &plan
	draft := *fsys["content/ke-hoach/15-kh-tu/_index.md"]
	draft.Data = []byte("---\ntitle: Kế hoạch nháp\ndraft: true\n---\n")
	fsys["content/ke-hoach/nhap/_index.md"] = &draft
	article := fsys["content/tin-tuc/mot/index.md"]
	article.Data = []byte("---\ntitle: Một\ndescription: x\ndate: 2024-01-02\npeople: [nhap, hen, het-han, le-anh]\nplan: [nhap/ii-1, 15-kh-tu/ii-1-2]" + source)

	fsys["content/hoi-dap/mot/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Hỏi?\nplan: [nhap/ii-2, 15-kh-tu/ii-1]\n---\n")}

	out := afero.NewMemMapFs()
	run(t, out, fsys)
	for name, hidden := range map[string]bool{
		"people/nhap": true, "people/hen": true, "people/het-han": true, "people/le-anh": false, "plan/nhap/ii-1": true, "plan/nhap/ii-2": true, "plan/15-kh-tu/ii-1": false, "plan/15-kh-tu/ii-1-2": false,
	} {
		var page struct{ Build struct{ Render, List string } }
		file := "content/" + name + "/_index.md"
		if _, err := out.Stat(file); err == nil {
			read(t, out, file, &page)
		}
		if got := page.Build.Render == "never" && page.Build.List == "never"; got != hidden {
			t.Errorf("%s is never rendered: %v, want %v", name, got, hidden)
		}
	}
}
