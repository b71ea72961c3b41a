package office

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/plan"
)

// planNumbering is what Word writes for a plan: sections, items, letters and
// dashes, each a level of one list.
const planNumbering = `<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="+"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`

var planLevels = map[plan.Kind]int{plan.Section: 0, plan.Item: 1, plan.Letter: 2, plan.Dash: 3, plan.Plus: 4}

func paragraph(pPr, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr>%s</w:pPr><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, pPr, escapeXML(text))
}

// planInWord writes a document as a typist does: head and signature in tables
// without lines, every label drawn by Word.
func planInWord(t testing.TB, d *plan.Document) []byte {
	t.Helper()
	var b strings.Builder
	for _, h := range d.Head {
		b.WriteString(paragraph("", h.Text))
	}
	for _, s := range d.Preamble {
		b.WriteString(paragraph("", s))
	}
	d.Walk(func(p, _ *plan.Provision) {
		at, ok := planLevels[p.Kind]
		if !ok {
			t.Fatalf("no level for %s", p.Kind)
		}
		b.WriteString(paragraph(fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr>`, at), p.Text))
		for _, s := range p.Paragraphs {
			b.WriteString(paragraph("", s.Text))
		}
	})
	var left, right strings.Builder
	for _, block := range d.Tail {
		switch block.Role {
		case plan.RecipientsLabel, plan.Recipient:
			left.WriteString(paragraph("", block.Text))
		default:
			right.WriteString(paragraph("", block.Text))
		}
	}
	fmt.Fprintf(&b, "<w:tbl><w:tr><w:tc>%s</w:tc><w:tc>%s</w:tc></w:tr></w:tbl>", left.String(), right.String())
	return zipped(t, docx(map[string]string{"document": "<w:body>" + b.String() + "</w:body>", "numbering": planNumbering}))
}

// TestPlanOutOfWord puts the real plan into Word, its labels as Word's own, and
// wants the same tree of provisions out of it: every ID, label and word.
func TestPlanOutOfWord(t *testing.T) {
	src, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	want, findings := plan.Parse("van-ban.txt", src)
	if diag.HasErrors(findings) {
		t.Fatal(listed(findings))
	}
	doc, findings := Read("ke-hoach.docx", planInWord(t, want))
	if doc == nil {
		t.Fatal(listed(findings))
	}
	text, _ := doc.Text()
	got, findings := plan.Parse("van-ban.txt", []byte(text))
	if got == nil {
		t.Fatalf("%s\n%s", listed(findings), text)
	}
	if len(got.Recipients) != len(want.Recipients) || got.Signature != want.Signature || got.Number != want.Number {
		t.Errorf("recipients %q, signature %+v", got.Recipients, got.Signature)
	}
	provisions := func(d *plan.Document) (all []string) {
		d.Walk(func(p, _ *plan.Provision) { all = append(all, p.ID+" "+p.Label+" "+p.Text) })
		return all
	}
	if a, b := provisions(got), provisions(want); !reflect.DeepEqual(a, b) {
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Fatalf("got  %s\nwant %s", a[i], b[i])
			}
		}
		t.Errorf("%d provisions, want %d", len(a), len(b))
	}
}

// TestMergedCells reads a table whose cells reach over several columns and rows.
func TestMergedCells(t *testing.T) {
	cell := func(tcPr, text string) string {
		return "<w:tc><w:tcPr>" + tcPr + "</w:tcPr>" + paragraph("", text) + "</w:tc>"
	}
	const two, down, below = `<w:gridSpan w:val="2"/>`, `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	body := "<w:tbl><w:tr>" + cell(down, "Xã") + cell(two, "Số sách") + cell(down, "Ghi chú") + "</w:tr><w:tr>" +
		cell(below, "") + cell("", "Cũ") + cell("", "Mới") + cell(below, "") + "</w:tr><w:tr>" +
		cell("", "Mẫu") + cell("", "5") + cell("", "12") + cell("", "Đủ") + "</w:tr></w:tbl>"
	doc, findings := Read("bang.docx", zipped(t, docx(map[string]string{"document": "<w:body>" + body + "</w:body>"})))
	if doc == nil {
		t.Fatal(listed(findings))
	}
	if text, _ := doc.Text(); text != "| Xã | Số sách |  | Ghi chú |\n|  | Cũ | Mới |  |\n| Mẫu | 5 | 12 | Đủ |\n" {
		t.Errorf("%q", text)
	}
}

// TestPlainText reads a text file in each of the forms that Windows has saved
// Vietnamese in.
func TestPlainText(t *testing.T) {
	const text = "Ban Thường vụ Tỉnh ủy ban hành kế hoạch về đổi mới hoạt động.\n"
	latin1 := func(s string) []byte {
		var b []byte
		for _, r := range s {
			b = append(b, byte(r))
		}
		return b
	}
	for name, data := range map[string][]byte{
		"UTF-8":         []byte(text),
		"with BOM":      []byte("\uFEFF" + text),
		"NFD":           []byte("Ban Thươ\u0300ng vụ Tỉnh ủy ban hành kế hoạch về đổi mới hoạt động.\n"),
		"UTF-16":        utf16File(text, false),
		"UTF-16 BE":     utf16File(text, true),
		"TCVN3":         latin1("Ban Th\u00ADêng vô TØnh ñy ban hµnh kÕ ho¹ch vÒ ®æi míi ho¹t ®éng.\n"),
		"VNI":           latin1("Ban Thöôøng vuï Tænh uûy ban haønh keá hoaïch veà ñoåi môùi hoaït ñoäng.\n"),
		"TCVN3 in UTF8": []byte("Ban Th\u00ADêng vô TØnh ñy ban hµnh kÕ ho¹ch vÒ ®æi míi ho¹t ®éng.\n"),
	} {
		if got, findings := PlainText("a.txt", data); got != text {
			t.Errorf("%s: %q %s", name, got, listed(findings))
		}
	}
	// Bytes of nothing known are left to be refused by their reader.
	if got, _ := PlainText("a.txt", []byte("caf\xe9")); got != "caf\xe9" {
		t.Errorf("%q", got)
	}
}

func utf16File(s string, big bool) []byte {
	b := []byte{0xFF, 0xFE}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	if big {
		for i := 0; i+1 < len(b); i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
	}
	return b
}
