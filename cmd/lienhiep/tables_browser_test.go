package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"lienhiep/internal/needs"
)

// TestTablesInABrowser opens tables with an empty corner, without headings and wider than
// a screen, below a title as long as an official subject: axe-core knows no violation, the
// page does not scroll sideways, and the title leaves room on a telephone's first screen.
func TestTablesInABrowser(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Axe)
	root := smallSite(t)
	folder := filepath.Join(root, "content", "tin-tuc", "bang")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	subject := string([]rune(strings.Repeat("Về việc phối hợp tổ chức Lễ tôn vinh trí thức khoa học và công nghệ tiêu biểu ", 4))[:250])
	text := "---\ntitle: \"" + subject + "\"\ndescription: Mô tả.\ndate: 2024-01-02\nsources: [{title: Nguồn, url: \"https://example.org/\"}]\n---\n\n" +
		"# Mở đầu\n\n|  | Năm 2025 |\n|---|---|\n| Đề tài | 10 |\n|  | 11 |\n\n|  |  |\n|---|---|\n| Điện thoại | 0252 |\n\n" +
		"|" + strings.Repeat(" Một cột dài |", 12) + "\n|" + strings.Repeat("---|", 12) + "\n|" + strings.Repeat(" 1.000.000 |", 12) + "\n"
	if err := os.WriteFile(filepath.Join(folder, "index.md"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	runBinary(t, "build", "--dir", root)
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(root, "public"))))
	defer server.Close()
	tab := openTab(t, openBrowser(t))
	for _, width := range []int64{320, 360, 1280} {
		if err := chromedp.Run(tab.ctx, chromedp.EmulateViewport(width, 740)); err != nil {
			t.Fatal(err)
		}
		tab.inspect(t, server.URL+"/tin-tuc/bang/", string(read(t, needs.Axe.Path(t))))
		var below float64
		if err := chromedp.Run(tab.ctx, chromedp.Evaluate(`document.querySelector("h1").getBoundingClientRect().bottom`, &below)); err != nil {
			t.Fatal(err)
		}
		if below > 700 {
			t.Errorf("at %d px the title ends at %.0f px", width, below)
		}
	}
}
