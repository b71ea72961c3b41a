package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the pages as they are now into testdata/golden")

// goldenPages is a page of every kind of the small site.
var goldenPages = map[string]string{
	"home":       "index.html",
	"plan":       "ke-hoach/15-kh-tu/index.html",
	"section":    "ke-hoach/15-kh-tu/ii/index.html",
	"task":       "ke-hoach/15-kh-tu/ii-1/index.html",
	"clause":     "ke-hoach/15-kh-tu/ii-1-2/index.html",
	"evidence":   "minh-chung/index.html",
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
	root := t.TempDir()
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
	if out, err := exec.Command(binary, "build", "--dir", root).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, file := range goldenPages {
		t.Run(name, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join(root, "public", file))
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
		})
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
