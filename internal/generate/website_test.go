package generate

import (
	"bytes"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
)

// A publisher is named in PDF files with what is known of how to reach them.
func TestPublishersAreNamedInALine(t *testing.T) {
	for want, p := range map[string]*catalog.Publisher{
		"": nil,
		"Đăng bởi Hội mẫu · 1 Đường Mẫu · vp@mau.example": {Body: "Hội mẫu", Address: "1 Đường Mẫu", Email: "vp@mau.example"},
		"Đăng bởi Hội mẫu · 0123 456 789":                 {Body: "Hội mẫu", Phone: "0123 456 789"},
	} {
		if got := publishedBy(p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := publishedBy(&catalog.Publisher{Body: "Hội mẫu"}); got != "" {
		t.Errorf("nobody can reach them: %q", got)
	}
	const name = "static/ke-hoach/15-kh-tu/15-kh-tu."
	fsys, without, with := site(t), afero.NewMemMapFs(), afero.NewMemMapFs()
	run(t, without, fsys)
	fsys["content/trang-web.toml"] = &fstest.MapFile{Data: []byte("publisher = {body = \"P\", email = \"p@mau.example\"}\n")}
	run(t, with, fsys)
	for ext, changes := range map[string]bool{"pdf": true, "txt": false, "docx": false} {
		before, _ := afero.ReadFile(without, name+ext)
		after, err := afero.ReadFile(with, name+ext)
		if err != nil || bytes.Equal(before, after) == changes {
			t.Errorf("%s changes with the publisher: %v, want %v (%v)", ext, !changes, changes, err)
		}
	}
}

// What is not on the site is not in its menus, nor among what its home page shows first.
func TestWebsiteNamesWhatIsOnTheSite(t *testing.T) {
	fsys := site(t)
	article := "---\ntitle: A\ndescription: B\ndate: 2024-01-02\nsources: [{title: E, url: \"https://example.org/\"}]\n"
	for name, text := range map[string]string{
		"content/tin-tuc/mau/index.md":  article + "---\n",
		"content/tin-tuc/nhap/index.md": article + "draft: true\n---\n",
		"content/trang-web.toml": "name = \"N\"\nunclaimed = \"Chưa ai nhận.\"\nmenu = [{page = \"/tin-tuc/mau\", name = \"M\"}, {page = \"/tin-tuc/nhap/\", name = \"D\"}]\n" +
			"home = {plans = [\"15-kh-tu\"], news = [\"nhap\", \"mau\"]}\npublisher = {body = \"P\"}\n",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	out := afero.NewMemMapFs()
	run(t, out, fsys)
	var d struct {
		VI struct {
			Name, Unclaimed string
			Menu            []struct{ URL, Name string }
		}
		Home      struct{ Plans, News []string }
		Publisher any
	}
	read(t, out, "data/website.json", &d)
	if len(d.VI.Menu) != 1 || d.VI.Menu[0].URL != "/tin-tuc/mau/" || d.VI.Menu[0].Name != "M" {
		t.Errorf("the menu is %v", d.VI.Menu)
	}
	if !slices.Equal(d.Home.News, []string{"mau"}) || !slices.Equal(d.Home.Plans, []string{"15-kh-tu"}) {
		t.Errorf("the home page shows %v", d.Home)
	}
	if d.VI.Unclaimed != "Chưa ai nhận." {
		t.Errorf("without a publisher the site says %q", d.VI.Unclaimed)
	}
	if d.Publisher != nil {
		t.Error("a publisher that nobody can reach is shown")
	}
}
