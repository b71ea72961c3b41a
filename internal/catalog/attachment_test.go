package catalog

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/attach"
	"lienhiep/internal/diag"
)

const sourced = "sources: [{title: E, url: \"https://example.org/\"}]\n"

// offering is a site with one article of a text, and files beside it.
func offering(t *testing.T, front, body string, files map[string][]byte) (*Catalog, []diag.Finding) {
	t.Helper()
	site := fstest.MapFS{"content/tin-tuc/a/index.md": {Data: []byte("---\ntitle: A\ndescription: B\ndate: 2024-01-02\n" + front + "---\n\n" + body)}}
	for name, data := range files {
		site["content/tin-tuc/a/"+name] = &fstest.MapFile{Data: data}
	}
	c, findings, err := Load(site, options)
	if err != nil {
		t.Fatal(err)
	}
	return c, findings
}

func codes(findings []diag.Finding) string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Code)
	}
	return strings.Join(all, " ")
}

// TestNamesOfFilesAreMadeSafe publishes files under names that every server, disk and
// telephone takes, and finds them however the link to them was typed.
func TestNamesOfFilesAreMadeSafe(t *testing.T) {
	for _, test := range []struct{ file, link, want string }{
		{"quyet-dinh.pdf", "quyet-dinh.pdf", "quyet-dinh.pdf"},
		{"Quyết định 123.PDF", "<Quyết định 123.PDF>", "quyet-dinh-123.pdf"},
		{"Quyết định 123.pdf", "Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%20123.pdf", "quyet-dinh-123.pdf"},
		{"Quyết định 123.pdf", norm.NFD.String("<Quyết định 123.pdf>"), "quyet-dinh-123.pdf"},
		{norm.NFD.String("Quyết định 123.pdf"), "<Quyết định 123.pdf>", "quyet-dinh-123.pdf"},
		{"Tiến độ #2 & 50%.pdf", "<Tiến độ #2 & 50%.pdf>", "tien-do-2-50.pdf"},
		{"Tiến độ #2 & 50%.pdf", "Ti%E1%BA%BFn%20%C4%91%E1%BB%99%20%232%20&%2050%25.pdf", "tien-do-2-50.pdf"},
		{"Phu luc (2).pdf", "<Phu luc (2).pdf>", "phu-luc-2.pdf"},
		{"Phu luc (2).pdf", "phu%20luc%20%282%29.PDF", "phu-luc-2.pdf"},
		{"a.pdf", "./a.pdf", "a.pdf"},
		{"a.pdf", "a.pdf#page=3", "a.pdf#page=3"},
		{"con.pdf", "con.pdf", "tep-con.pdf"},
		{"№.pdf", "<№.pdf>", "no.pdf"},
		{"文.pdf", "<文.pdf>", "tep.pdf"},
		{"phu/luc.pdf", "phu/luc.pdf", "luc.pdf"},
	} {
		c, findings := offering(t, sourced, "Xem [tệp]("+test.link+").\n", map[string][]byte{test.file: pdfFile(t)})
		e := c.Entries()[0]
		if len(e.Attachments) != 1 {
			t.Errorf("%s as %s is not found: %s", test.file, test.link, print(findings))
			continue
		}
		for _, f := range findings {
			if f.Severity == diag.Error && f.Code != "windows-name" {
				t.Errorf("%s: %s", test.file, print(findings))
			}
		}
		links := e.FileLinks()
		if len(links) != 1 {
			t.Fatalf("%s: links %q", test.link, links)
		}
		if _, got := c.FileOf(e, links[0]); got != "/tin-tuc/a/"+test.want && test.file != "№.pdf" {
			t.Errorf("%s as %s leads to %s", test.file, test.link, got)
		}
	}
}

func pdfFile(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile("../attach/testdata/doc.pdf")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestFilesTellOfThemselves says what is taken out of a file and what stays in it, with
// the entry that offers it.
func TestFilesTellOfThemselves(t *testing.T) {
	word, err := os.ReadFile("../attach/testdata/doc.docx")
	if err != nil {
		t.Fatal(err)
	}
	c, findings := offering(t, "files:\n  - {file: mau.docx, title: Mẫu, number: 1-MS, date: 2026-11-02}\n", "Xem [quyết định](qd.pdf).\n", map[string][]byte{"qd.pdf": pdfFile(t), "mau.docx": word})
	if got, want := codes(findings), "attachment-carries attachment-cleaned attachment-cleaned"; got != want {
		t.Fatalf("%s, want %s:\n%s", got, want, print(findings))
	}
	text := print(findings)
	for _, want := range []string{
		"index.md:6:5: notice attachment-cleaned: Tệp “mau.docx” được đăng không kèm tên người soạn “Trần Văn Mẫu”; 1 lời nhận xét.",
		"index.md:6:5: warning attachment-carries: Ai tải tệp “mau.docx” về cũng thấy được 1 thay đổi đang theo dõi (chữ đã xóa vẫn đọc được).",
		"index.md:9: notice attachment-cleaned: Tệp “qd.pdf” được đăng không kèm tên người soạn “Trần Văn Mẫu”.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("“%s” is missing in\n%s", want, text)
		}
	}
	e := c.Entries()[0]
	if len(e.Attachments) != 2 || e.Attachments[0].Listed == nil || e.Attachments[0].Listed.Number != "1-MS" || e.Attachments[1].Facts.Kind != attach.PDF || e.Attachments[1].Facts.Pages != 1 {
		t.Errorf("%+v", e.Attachments)
	}
}

// TestFilesOfOtherEntries are found by their address and by where they lie, once they are
// on the site.
func TestFilesOfOtherEntries(t *testing.T) {
	article := func(more, body string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitle: A\ndescription: B\ndate: 2024-01-02\n" + sourced + more + "---\n\n" + body)}
	}
	body := "[Một](/tin-tuc/b/qd.pdf), [hai](</tin-tuc/b/QĐ.pdf>), [ba](../b/QĐ.pdf), [bốn](/tin-tuc/c/an.pdf)\n"
	c, findings, err := Load(fstest.MapFS{
		"content/tin-tuc/a/index.md": article("", body),
		"content/tin-tuc/b/index.md": article("", "[QĐ](QĐ.pdf)"),
		"content/tin-tuc/b/QĐ.pdf":   {Data: pdfFile(t)},
		"content/tin-tuc/c/index.md": article("draft: true\n", "[Ẩn](an.pdf)"),
		"content/tin-tuc/c/an.pdf":   {Data: pdfFile(t)},
	}, options)
	if err != nil || diag.HasErrors(findings) {
		t.Fatal(err, print(findings))
	}
	e := c.Entries()[0]
	var got []string
	for _, link := range e.FileLinks() {
		_, to := c.FileOf(e, link)
		got = append(got, to)
	}
	if want := "/tin-tuc/b/qd.pdf /tin-tuc/b/qd.pdf /tin-tuc/a/qd.pdf "; strings.Join(got, " ") != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestAcknowledgedNumbers lets identity numbers pass that an editor has looked at, as many
// as there were.
func TestAcknowledgedNumbers(t *testing.T) {
	two := []byte("căn cước 068085001234 và 068085001235\n")
	for acknowledged, want := range map[string]string{"": "attachment-identity", ", acknowledged: 1": "attachment-identity", ", acknowledged: 2": "", ", acknowledged: 5": ""} {
		_, findings := offering(t, "files: [{file: a.txt, title: A"+acknowledged+"}]\n", "", map[string][]byte{"a.txt": two})
		if got := codes(findings); got != want {
			t.Errorf("%q: %s, want %s", acknowledged, got, want)
		}
		for _, f := range findings {
			if strings.Contains(f.Message(diag.Vietnamese), "068085001234") {
				t.Error("the message repeats the number")
			}
		}
	}
}

// TestTooLargeFilesAreNotRead tells of a file that hosts refuse by its size alone.
func TestTooLargeFilesAreNotRead(t *testing.T) {
	_, findings := offering(t, sourced, "[a](a.pdf)", map[string][]byte{"a.pdf": make([]byte, attach.MaxBytes+1)})
	if codes(findings) != "attachment-refused" || !strings.Contains(print(findings), "quá 25 MB") {
		t.Error(print(findings))
	}
}

// TestOwnSource lets the office vouch for its own event, once the site says who it is.
func TestOwnSource(t *testing.T) {
	for facts, want := range map[string]string{
		"": "own-source-without-publisher",
		"[publisher]\nbody = \"Cơ quan Mẫu\"\n":                            "own-source-without-publisher", // nobody can reach it
		"[publisher]\nbody = \"Cơ quan Mẫu\"\nphone = \"0252 3821 234\"\n": "",
	} {
		site := fstest.MapFS{"content/tin-tuc/a/index.md": {Data: []byte("---\ntitle: A\ndescription: B\ndate: 2024-01-02\nevent: 2024-01-01\nsource: own\n---\n")}}
		if facts != "" {
			site[WebsiteFile] = &fstest.MapFile{Data: []byte(facts)}
		}
		_, findings, err := Load(site, options)
		if err != nil || codes(findings) != want {
			t.Errorf("%q: %v, %s, want %s", facts, err, print(findings), want)
		}
	}
}

// TestShippedContentHasNoOwnSource keeps the office's word out of what the program comes
// with: nobody has given it.
func TestShippedContentHasNoOwnSource(t *testing.T) {
	c, _, err := Load(os.DirFS("../.."), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range c.entries {
		if a, ok := it.(*Article); ok && a.Source != "" {
			t.Errorf("%s: source: %s", a.File, a.Source)
		}
	}
}

// TestSecretsInPDF finds a key that somebody printed.
func TestSecretsInPDF(t *testing.T) {
	p := fpdf.New("P", "mm", "A4", "")
	p.AddPage()
	p.SetFont("Courier", "", 10)
	p.MultiCell(0, 5, "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----", "", "L", false)
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	_, findings := offering(t, sourced, "[a](a.pdf)", map[string][]byte{"a.pdf": b.Bytes()})
	if codes(findings) != "attachment-secret" {
		t.Error(print(findings))
	}
}
