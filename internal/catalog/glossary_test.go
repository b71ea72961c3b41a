package catalog

import (
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/diag"
)

// A term is found however large its letters are and wherever tone marks were put, and the
// longest of several that begin at one place.
func TestTermsAreFoundInWords(t *testing.T) {
	entry := "meaning = \"Nghĩa.\"\nsources = [{title = \"Nguồn\", url = \"https://example.org/\"}]\n"
	g, findings := loadGlossary(fstest.MapFS{GlossaryFile: {Data: []byte(
		"[[term]]\nname = \"Phản biện\"\nalso = [\"nêu ý kiến ngược\"]\n" + entry +
			"[[term]]\nname = \"Liên hiệp các Hội\"\n" + entry +
			"[[term]]\nname = \"Liên hiệp các Hội Việt Nam\"\n" + entry +
			"[[term]]\nname = \"các Hội\"\n" + entry +
			"[[term]]\nname = \"Văn hoá\"\n" + entry)}}, options)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	for text, want := range map[string]string{
		"tư vấn, PHẢN BIỆN và giám định": "Phản biện",
		"phản biên":                                      "", // other marks are another word
		"biện phản":                                      "",
		"các phương án phản":                             "",
		"họ nêu ý kiến ngược lại":                        "Phản biện",
		"của Liên hiệp các Hội Việt Nam":                 "Liên hiệp các Hội Việt Nam",
		"Liên hiệp các Hội tỉnh":                         "Liên hiệp các Hội",
		"văn hóa, phản biện":                             "Phản biện, Văn hoá",
		"phản biện, phản biện":                           "Phản biện",
		"Liên hiệp các Hội Việt Nam, Liên hiệp các Hội.": "Liên hiệp các Hội, Liên hiệp các Hội Việt Nam",
		"": "",
	} {
		var names []string
		for _, term := range g.In(text) {
			names = append(names, term.Name)
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("%q has %q, want %q", text, got, want)
		}
	}
	if got := g.In("phản biện", "văn hóa"); len(got) != 2 {
		t.Errorf("two texts have %v", got)
	}
}

// What explains a provision is no evidence of what was done for it.
func TestWhatExplainsIsNoEvidence(t *testing.T) {
	c, findings, err := Load(fstest.MapFS{
		"content/ke-hoach/15-kh-tu/van-ban.txt": {Data: planText(t)},
		"content/ke-hoach/15-kh-tu/_index.md":   {Data: []byte("---\ntitle: K\n---\n")},
		"content/hoi-dap/mot/index.md":          {Data: []byte("---\ntitle: Hỏi?\nplan: [15-kh-tu/ii-1-2]\n---\nĐáp.\n")},
		"content/thu-tuc/mot/index.md":          {Data: []byte("---\ntitle: Làm\nplan: [15-kh-tu/ii-1-2]\n---\nCách làm.\n")},
		"content/thu-tuc/nhap/index.md":         {Data: []byte("---\ntitle: Nháp\ndraft: true\nplan: [15-kh-tu/ii-1-2]\n---\n")},
	}, options)
	if err != nil || diag.HasErrors(findings) {
		t.Fatal(err, findings)
	}
	if got := c.Evidence["15-kh-tu/ii-1-2"]; len(got) != 0 {
		t.Errorf("%d entries are evidence", len(got))
	}
	if got := c.Explaining["15-kh-tu/ii-1-2"]; len(got) != 2 {
		t.Errorf("%d entries explain it", len(got))
	}
}
