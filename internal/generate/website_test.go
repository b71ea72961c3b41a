package generate

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/spf13/afero"
)

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
