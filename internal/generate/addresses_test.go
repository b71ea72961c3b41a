package generate

import (
	"strings"
	"testing"

	"github.com/spf13/afero"

	"lienhiep/internal/catalog"
)

// Every address that the catalogue gives is in the table that links are looked up in, and
// so is every generated file; what is not on the site is not.
func TestTheTableOfAddressesIsWhole(t *testing.T) {
	for name, fsys := range map[string]map[string]string{"a small site": nil, "with translations": {
		"content/tri-thuc/tran-an/index.en.md": "title: Tran An\ndescription: x\ndied: 1990\nconsent: {basis: deceased}\nurl: people/tran-an/\n",
		"content/tin-tuc/mot/index.en.md":      "title: One\ndescription: x\ndate: 2024-01-02\nslug: one\n",
	}} {
		t.Run(name, func(t *testing.T) {
			content := site(t)
			for file, front := range fsys {
				content[file] = entry(front)
			}
			out := afero.NewMemMapFs()
			run(t, out, content)
			c := load(t, content)
			var table map[string]target
			read(t, out, "data/addresses.json", &table)
			for _, address := range c.Addresses() {
				to, ok := table[strings.TrimSuffix(address, "/")]
				if !ok || "/"+to.URL != address || to.Lang == "" {
					t.Errorf("%s leads to %+v", address, to)
				}
			}
			for _, address := range []string{"/", catalog.APIURL + "people.json", "/ke-hoach/15-kh-tu/van-ban.txt", "/ke-hoach/15-kh-tu/15-kh-tu.pdf", schemaURL, graphFile} {
				if _, ok := table[strings.TrimSuffix(address, "/")]; ok == (address == "/") {
					t.Errorf("%s is in the table: %v", address, ok)
				}
			}
			for address := range table {
				if strings.Contains(address, "nhap") || strings.Contains(address, "bi-mat") {
					t.Errorf("%s is in the table", address)
				}
			}
			if english := table["/en/people/tran-an"]; (english == target{"en/people/tran-an/", "en"}) != (fsys != nil) {
				t.Errorf("the English page is %+v", english)
			}
		})
	}
}
