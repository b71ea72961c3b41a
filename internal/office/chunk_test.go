package office

import "testing"

// TestFootnotesOfAnEmbeddedDocument keeps each text's footnotes its own: those of a
// document within another count on from those before them.
func TestFootnotesOfAnEmbeddedDocument(t *testing.T) {
	p := func(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }
	noted := func(text string) string {
		return `<w:p><w:r><w:t>` + text + `</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`
	}
	note := func(text string) string { return `<w:footnote w:id="2">` + p(text) + `</w:footnote>` }
	inner := zipped(t, docx(map[string]string{"document": `<w:body>` + noted("Đoạn trong.") + `</w:body>`, "footnotes": note("Lời chú trong.")}))
	doc, findings := Read("bai.docx", zipped(t, docx(map[string]string{
		"document":        `<w:body>` + noted("Đoạn ngoài.") + `<w:altChunk r:id="c"/>` + p("Đoạn kết.") + `</w:body>`,
		"footnotes":       note("Lời chú ngoài."),
		"rels":            `<Relationship Id="c" Type="` + relType + `aFChunk" Target="trong.docx"/>`,
		"word/trong.docx": string(inner),
	})))
	if doc == nil {
		t.Fatal(findings)
	}
	article, _ := doc.Article(Reading{ToFill: "CẦN ĐIỀN"})
	const want = "Đoạn ngoài.[^1]\n\nĐoạn trong.[^2]\n\nĐoạn kết.\n\n[^1]: Lời chú ngoài.\n\n[^2]: Lời chú trong.\n"
	if article.Markdown != want {
		t.Errorf("got\n%s\nwant\n%s", article.Markdown, want)
	}
}
