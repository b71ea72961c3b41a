package roster

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"lienhiep/internal/needs"
	"lienhiep/internal/office"
)

// formOf is the consent form for the one row of a list.
func formOf(t *testing.T, site Site, lines ...string) []byte {
	t.Helper()
	plan, findings, err := Read("ds.xlsx", tableOf(t, lines...), fstest.MapFS{}, Options{Today: "2026-11-28", Site: site})
	if err != nil || plan == nil || len(plan.Steps) != 1 {
		t.Fatal(err, messages(findings))
	}
	return plan.Steps[0].Files[formFile]
}

// fullRow is a row with all that a form may list.
var fullRow = []string{"Họ và tên | Ngày sinh | Giới tính | Học vị | Chức vụ | Đơn vị | Lĩnh vực | Danh hiệu | Thành tích | Quê quán | Tóm tắt | Bút danh",
	"Trần Văn Mẫu | 12/5/1965 | Nam | Tiến sĩ | Giám đốc | Bệnh viện Mẫu | Y tế; Dược | TTND (2017) | Đề tài một | Phan Thiết | Một thầy thuốc | Mẫu Tử"}

func readForm(t *testing.T, data []byte) string {
	t.Helper()
	doc, findings := office.Read(formFile, data)
	if doc == nil {
		t.Fatal(messages(findings))
	}
	text, _ := doc.Text()
	return text
}

// TestTheFormNamesThePublisher wants the body and where a consent is withdrawn from the
// site's own facts, and places to fill, in brackets, where the site does not say.
func TestTheFormNamesThePublisher(t *testing.T) {
	said := Site{Address: "https://site.example/", Publisher: "Liên hiệp Hội Mẫu, 1 đường Mẫu", Contact: "Liên hiệp Hội Mẫu, 1 đường Mẫu, 0252 000 000, mau@example.org"}
	text := readForm(t, formOf(t, said, fullRow...))
	for _, part := range []string{"Liên hiệp Hội Mẫu, 1 đường Mẫu, đơn vị quản lý trang thông tin điện tử https://site.example/.", "gửi lời yêu cầu có họ tên đến " + said.Contact + ", bằng thư hoặc trực tiếp", "Ông Trần Văn Mẫu, sinh ngày 12/05/1965.", "Giới tính chỉ dùng để thống kê, không được đăng"} {
		if !strings.Contains(text, part) {
			t.Errorf("nothing says %q:\n%s", part, text)
		}
	}
	if places := strings.Count(text, "["); places != 3 || strings.Contains(text, toFillPublisher) || strings.Contains(text, toFillContact) {
		t.Errorf("%d places to fill in\n%s", places, text)
	}
	text = readForm(t, formOf(t, Site{Address: "https://site.example/"}, "Họ và tên", "Lê Thị Thử"))
	for _, part := range []string{toFillPublisher + ", đơn vị quản lý", "đến " + toFillContact, "Ông/Bà Lê Thị Thử."} {
		if !strings.Contains(text, part) {
			t.Errorf("nothing says %q:\n%s", part, text)
		}
	}
	if strings.Contains(text, "Giới tính") || strings.Contains(text, "sinh ngày") {
		t.Error(text)
	}
}

// TestTheFormIsATemplate wants that said at its head and in the file's own description, and
// its parts in their order.
func TestTheFormIsATemplate(t *testing.T) {
	data := formOf(t, Site{Address: "https://site.example/"}, fullRow...)
	text := readForm(t, data)
	if !strings.HasPrefix(strings.TrimSpace(text), "MẪU. ") || !strings.Contains(text, "Trước khi dùng, cơ quan nhờ luật sư hoặc người phụ trách pháp chế đọc và sửa, điền những chỗ trong ngoặc vuông, rồi bỏ khung này.") {
		t.Error(text)
	}
	from := 0
	for _, title := range []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc", "PHIẾU ĐỒNG Ý", "1. Người được hỏi ý kiến", "2. Bên xin phép đăng", "3. Mục đích", "4. Thông tin sẽ đăng",
		"Họ và tên", "Mẫu Tử", "Tiến sĩ", "12/05/1965", "Phan Thiết", "Dược", "Giám đốc, Bệnh viện Mẫu", "TTND (2017)", "Đề tài một", "Một thầy thuốc", "Ảnh chân dung", "5. Đăng ở đâu, ai đọc được, trong bao lâu", "6. Quyền của người được hỏi ý kiến; cách rút lại sự đồng ý", "7. Ý kiến", "Người đồng ý"} {
		at := strings.Index(text[from:], title)
		if at < 0 {
			t.Fatalf("no %q behind\n%s", title, text[:from])
		}
		from += at
	}
	core := string(unzipped(t, data, "docProps/core.xml"))
	if !strings.Contains(core, "<dc:title>Phiếu đồng ý – Trần Văn Mẫu</dc:title>") || !strings.Contains(core, "Mẫu; cơ quan nhờ luật sư đọc trước khi dùng") || strings.Contains(core, "[") {
		t.Error(core)
	}
}

// TestLibreOfficePrintsTheForm finds all its words on two pages of A4, the whole table of
// what is published on the first.
func TestLibreOfficePrintsTheForm(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Writer, needs.PDFText, needs.PDFInfo)
	dir := t.TempDir()
	data := formOf(t, Site{Address: "https://site.example/", Publisher: "Liên hiệp Hội Mẫu, 1 đường Mẫu"}, fullRow...)
	if err := os.WriteFile(filepath.Join(dir, formFile), data, 0o666); err != nil {
		t.Fatal(err)
	}
	run := func(name string, args ...string) string {
		out, err := exec.Command(name, args...).Output()
		if err != nil {
			t.Fatal(name, err)
		}
		return string(out)
	}
	run(needs.Writer.Path(t), "--headless", "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, formFile))
	pdf := filepath.Join(dir, strings.TrimSuffix(formFile, ".docx")+".pdf")
	if info := run(needs.PDFInfo.Path(t), pdf); !strings.Contains(info, "A4") || !strings.Contains(strings.ReplaceAll(info, " ", ""), "Pages:2\n") {
		t.Error(info)
	}
	words := func(s string) string { return strings.Join(strings.Fields(s), "") }
	printed := words(run(needs.PDFText.Path(t), "-enc", "UTF-8", pdf, "-"))
	first := words(run(needs.PDFText.Path(t), "-enc", "UTF-8", "-l", "1", pdf, "-"))
	for line := range strings.Lines(readForm(t, data)) {
		for cell := range strings.SplitSeq(strings.ReplaceAll(line, "    ", "|"), "|") {
			if sample := words(cell); !strings.Contains(printed, sample[:min(len(sample), 30)]) {
				t.Errorf("not printed: %s", cell)
			}
		}
	}
	if !strings.Contains(first, words("Lời giới thiệu, tiểu sử")) {
		t.Errorf("the table goes on to the second page:\n%s", first)
	}
}

// unzipped is a part of a Word document.
func unzipped(t *testing.T, data []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := fs.ReadFile(z, name)
	if err != nil {
		t.Fatal(err)
	}
	return part
}
