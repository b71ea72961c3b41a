package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what comes out into the golden files and scripts")

// goldenPages is a page of every kind of the small site.
var goldenPages = map[string]string{
	"home":       "index.html",
	"plan":       "ke-hoach/15-kh-tu/index.html",
	"section":    "ke-hoach/15-kh-tu/ii/index.html",
	"task":       "ke-hoach/15-kh-tu/ii-1/index.html",
	"clause":     "ke-hoach/15-kh-tu/ii-1-2/index.html",
	"progress":   "ke-hoach/15-kh-tu/tien-do/index.html",
	"deeds":      "minh-chung/index.html",
	"article":    "tin-tuc/bai-thu/index.html",
	"people":     "tri-thuc/index.html",
	"person":     "tri-thuc/nguyen-van-a/index.html",
	"about":      "tri-thuc/nguyen-van-a/tin-bai/index.html",
	"field":      "linh-vuc/y-hoc/index.html",
	"award":      "giai-thuong/giai-thu/index.html",
	"honour":     "ton-vinh/nam-2019/index.html",
	"contest":    "hoi-thi/lan-thu/index.html",
	"directives": "van-ban/index.html",
	"directive":  "van-ban/42-ct-tw/index.html",
	"graph":      "van-ban/thuc-hien/index.html",
}

// TestGoldenPages compares what a reader gets of each kind of page: the main
// part, a tag a line. The frame around it is the same everywhere and left out.
func TestGoldenPages(t *testing.T) {
	root := smallSite(t)
	runBinary(t, "build", "--dir", root)
	for name, file := range goldenPages {
		t.Run(name, func(t *testing.T) { compareGolden(t, name, filepath.Join(root, "public", file)) })
	}
}

// TestGoldenImport imports a Word document that LibreOffice has written, fills in
// what is to be filled in, and compares the page that its readers get.
func TestGoldenImport(t *testing.T) {
	root := smallSite(t)
	runBinary(t, "import", "article", "../../internal/office/testdata/libreoffice/bai.docx", "--dir", root)
	const id = "gap-mat-tri-thuc-tieu-bieu"
	entry := filepath.Join(root, "content", "tin-tuc", id, "index.md")
	text, err := os.ReadFile(entry)
	if err != nil {
		t.Fatal(err)
	}
	filled := strings.NewReplacer("CẦN ĐIỀN: một hoặc hai câu tóm tắt", "Bảy trí thức.", "draft: true\n", "",
		`title: "" # Tên nguồn`, `title: "Nguồn"`, `url: "" # Địa chỉ`, `url: "https://example.org/"`).Replace(string(text))
	filled = regexp.MustCompile(`(?m)^date: .*`).ReplaceAllString(filled, "date: 2022-12-24")
	if err := os.WriteFile(entry, []byte(filled), 0o666); err != nil {
		t.Fatal(err)
	}
	runBinary(t, "build", "--dir", root)
	compareGolden(t, "imported", filepath.Join(root, "public", "tin-tuc", id, "index.html"))
}

// smallSite makes a site with an entry of every kind.
func smallSite(t *testing.T) string {
	t.Helper()
	return smallSiteIn(t, t.TempDir())
}

func smallSiteIn(t *testing.T, root string) string {
	t.Helper()
	for _, part := range append([]string{"content/ke-hoach/15-kh-tu/van-ban.txt"}, templates...) {
		if err := copyTree(filepath.Join("..", "..", part), filepath.Join(root, part)); err != nil {
			t.Fatal(err)
		}
	}
	ar, err := txtar.ParseFile("testdata/golden/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if err := txtar.Write(ar, root); err != nil {
		t.Fatal(err)
	}
	return root
}

func runBinary(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command(binary, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// compareGolden compares the main part of a page with the one of that name.
func compareGolden(t *testing.T, name, file string) {
	t.Helper()
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := mainPart(t, string(page))
	golden := filepath.Join("testdata/golden", name+".html")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differs from %s; see what changed with -update and git diff:\n%s", golden, got)
	}
}

// mainPart cuts out <main> and puts each tag on a line.
func mainPart(t *testing.T, page string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, "<main")
	part, _, closed := strings.Cut(rest, "</main>")
	if !ok || !closed {
		t.Fatal("the page has no <main>")
	}
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll("<main"+part, "<", "\n<")) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
