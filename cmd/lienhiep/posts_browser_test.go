package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// TestPostsAreCopiedWithOneButton opens the page of posts that `lienhiep kit` writes, and
// copies a text by keyboard.
func TestPostsAreCopiedWithOneButton(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Axe)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "bo-tai-lieu")
	if out, err := exec.Command(binary, "kit", "--dir", root, "--plan", "15-kh-tu", "-o", folder).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	posts := filepath.Join(folder, "bai-dang")
	if _, err := os.Stat(filepath.Join(posts, "index.html")); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(posts)))
	defer server.Close()
	tab := openTab(t, openBrowser(t))
	if err := chromedp.Run(tab.ctx,
		cdpbrowser.SetPermission(&cdpbrowser.PermissionDescriptor{Name: "clipboard-read"}, cdpbrowser.PermissionSettingGranted),
		cdpbrowser.SetPermission(&cdpbrowser.PermissionDescriptor{Name: "clipboard-write"}, cdpbrowser.PermissionSettingGranted),
		chromedp.EmulateViewport(360, 740),
	); err != nil {
		t.Fatal(err)
	}
	tab.inspect(t, server.URL+"/", string(read(t, needs.Axe.Path(t))))
	var want, copied string
	var broken []string
	if err := chromedp.Run(tab.ctx,
		page.BringToFront(), painted,
		chromedp.Evaluate(`document.querySelector("textarea").value`, &want),
		chromedp.Evaluate(`document.querySelector("button").focus()`, nil),
		chromedp.KeyEvent(kb.Enter),
		chromedp.Poll(`document.querySelector("[role=status]").textContent === "Đã chép"`, nil),
		chromedp.Evaluate(`navigator.clipboard.readText()`, &copied, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }),
		chromedp.Evaluate(`[...document.querySelectorAll("img")].forEach((i) => { i.loading = "eager"; })`, nil),
		chromedp.Poll(`[...document.images].every((i) => i.complete)`, nil),
		chromedp.Evaluate(`[...document.images].filter((i) => i.naturalWidth !== 1080 || i.naturalHeight !== 1080 || !i.alt).map((i) => i.src)`, &broken),
	); err != nil {
		t.Fatal(err)
	}
	if copied != want || !strings.Contains(want, "\n\nhttps://lienhiep.example/") {
		t.Errorf("copied %q of %q", copied, want)
	}
	if len(broken) > 0 {
		t.Errorf("pictures that are not square, or not there: %q", broken)
	}
}
