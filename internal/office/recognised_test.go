package office

import (
	"fmt"
	"strings"
	"testing"
)

// TestRecognised holds that what a document's look was taken to mean is told with the words
// before and after, the same whatever is left, and that what is left stays as it is.
func TestRecognised(t *testing.T) {
	p := func(look, text string) string {
		return "<w:p><w:r><w:rPr>" + look + "</w:rPr><w:t>" + text + "</w:t></w:r></w:p>"
	}
	body := p("<w:b/>", "LỄ TRAO GIẢI MẪU") + p("", "Lời mở đầu của bài mẫu.") + p("<w:b/>", "1. Kết quả") + p("", "Lời của phần một.") +
		p("", "- Việc một") + p("", "- Việc hai") + p("", "Lời giữa.") + p("<w:i/>", "“Lời trích mẫu”, ông Mẫu nói. “Hết”") + p("", "Lời cuối.") + p("", "Tin: Trần Văn Mẫu")
	doc, findings := Read("bai.docx", zipped(t, docx(map[string]string{"document": "<w:body>" + body + "</w:body>"})))
	if doc == nil {
		t.Fatal(findings)
	}
	tell := func(a Article) string {
		var b strings.Builder
		for _, r := range a.Recognised {
			fmt.Fprintf(&b, "%s %s: %q → %q\n", r.ID, r.As, r.Before, r.After)
		}
		return b.String()
	}
	a, _ := doc.Article(Reading{})
	want := `author author: "Tin: Trần Văn Mẫu" → ""
title title: "LỄ TRAO GIẢI MẪU" → "Lễ trao giải Mẫu"
3 heading: "1. Kết quả" → "1. Kết quả"
5-6 list: "- Việc một\n- Việc hai" → "• Việc một\n• Việc hai"
8 quotation: "“Lời trích mẫu”, ông Mẫu nói. “Hết”" → "“Lời trích mẫu”, ông Mẫu nói. “Hết”"
`
	if got := tell(a); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for id, want := range map[string]string{"title": "", "author": "Tin: Trần Văn Mẫu\n", "3": "**1. Kết quả**", "5-6": "\\- Việc một\n\n\\- Việc hai", "8": "*“Lời trích mẫu”"} {
		left, _ := doc.Article(Reading{Leave: []string{id}})
		if !strings.Contains(left.Markdown, want) || want != "" && strings.Contains(a.Markdown, want) || (left.Title == "LỄ TRAO GIẢI MẪU") != (id == "title") || tell(left) != tell(a) {
			t.Errorf("without %s: %q, %s\n%s", id, left.Title, left.Markdown, tell(left))
		}
	}
	for _, id := range []string{"", "0", "-1", "9999999999999999999", "1-99999999", "a-b", "5-3"} {
		doc.Article(Reading{Leave: []string{id}})
	}
}
