package catalog

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// What is kept off the site is known by all addresses that it would have, and by its
// name where nothing on the site has the same one.
func TestHiddenAddresses(t *testing.T) {
	const rest = "description: x\nsources: [{title: a, url: \"https://example.org/\"}]\n"
	const person = rest + "died: 1990\nconsent: {basis: deceased}\n"
	site := fstest.MapFS{
		"content/ke-hoach/15-kh-tu/van-ban.txt": {Data: planText(t)},
		"content/ke-hoach/15-kh-tu/_index.md":   {Data: []byte("---\ntitle: a\n---\n")},
		"content/ke-hoach/9-kh-tu/van-ban.txt":  {Data: planText(t)},
		WithdrawnFile:                           {Data: []byte("[[withdrawn]]\nperson = \"da-rut\"\ndate = 2024-01-02\naddresses = [\"/tri-thuc/da-rut/\"]\n")},
	}
	for name, front := range map[string]string{
		"ke-hoach/9-kh-tu/_index.md":        "draft: true\n",
		"tri-thuc/nguoi-nhap/index.md":      person + "draft: true\naliases: [/cu/nguoi/]\nfields: [Y học, Cổ sinh học]\nawards: [{name: Giải Mẫu, year: 1990}, {name: Giải Chung, year: 1990}]\n",
		"tri-thuc/nguoi-nhap/index.en.md":   "description: x\ndraft: true\n",
		"tri-thuc/tran-van-mau/index.md":    person + "fields: [Y học]\nawards: [{name: Giải Chung, year: 1990}]\n",
		"tri-thuc/tran-van-mau/index.en.md": "description: x\ndraft: true\n",
		"ton-vinh/2022/index.md":            rest + "date: 2022-01-02\nlevel: province\nyear: 2022\n",
		"tin-tuc/2022/index.md":             rest + "date: 2999-01-02\n",
		"tin-tuc/tran-van-mau/index.md":     rest + "draft: true\n",
		"tin-tuc/ii-1/index.md":             rest + "draft: true\n",
		"tin-tuc/het-han/index.md":          rest + "date: 2024-01-02\nexpiryDate: 2024-02-02\nslug: dia-chi-rieng\n",
		"hoi-thi/_index.md":                 "description: x\ndraft: true\n",
		"hoi-thi/lan-mot/index.md":          rest,
		"css.md":                            "description: x\ndraft: true\n",
	} {
		site["content/"+name] = &fstest.MapFile{Data: []byte("---\ntitle: T " + name + "\n" + front + "---\n")}
	}
	c, _, err := Load(site, options)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Hidden{}
	for _, h := range c.Hidden() {
		got[strings.TrimPrefix(h.File, "content/")] = h
	}
	for _, want := range []struct{ file, names, addresses string }{
		{"tri-thuc/nguoi-nhap/index.md", "nguoi-nhap", "/cu/nguoi/ /en/people/nguoi-nhap/ /fields/cổ-sinh-học/ /giai-thuong/giai-mau/ /linh-vuc/co-sinh-hoc/ /people/nguoi-nhap/ /tri-thuc/nguoi-nhap/ /tri-thuc/nguoi-nhap/tin-bai/"},
		{"tri-thuc/nguoi-nhap/index.en.md", "nguoi-nhap", "/en/people/nguoi-nhap/ /en/tri-thuc/nguoi-nhap/"},
		{"tri-thuc/tran-van-mau/index.en.md", "", "/en/people/tran-van-mau/ /en/tri-thuc/tran-van-mau/"},
		{"tin-tuc/2022/index.md", "", "/tin-tuc/2022/"},
		{"tin-tuc/tran-van-mau/index.md", "", "/tin-tuc/tran-van-mau/"}, // a person on the site has the name
		{"tin-tuc/ii-1/index.md", "", "/tin-tuc/ii-1/"},                 // as has a provision
		{"tin-tuc/het-han/index.md", "het-han dia-chi-rieng", "/tin-tuc/dia-chi-rieng/ /tin-tuc/het-han/"},
		{"hoi-thi/_index.md", "", "/hoi-thi/"}, // pages below it are open
		{"css.md", "", "/css/"},
		{"", "da-rut", "/people/da-rut/ /tri-thuc/da-rut/"},
	} {
		h, found := got[want.file]
		if addresses := strings.Join(h.Addresses, " "); !found || strings.Join(h.Names, " ") != want.names || addresses != want.addresses {
			t.Errorf("%s: %q at %s", want.file, h.Names, addresses)
		}
	}
	plan := got["ke-hoach/9-kh-tu/_index.md"]
	for _, address := range []string{"/ke-hoach/9-kh-tu/", "/ke-hoach/9-kh-tu/ii-1/", "/ke-hoach/9-kh-tu/tien-do/", "/plan/9-kh-tu/", "/plan/9-kh-tu/ii-1/"} {
		if !slices.Equal(plan.Names, []string{"9-kh-tu"}) || !slices.Contains(plan.Addresses, address) {
			t.Errorf("a hidden plan %q has not %s", plan.Names, address)
		}
	}
	if len(got) != 11 {
		t.Errorf("%d hidden", len(got))
	}
}
