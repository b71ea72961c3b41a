package main

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"lienhiep/internal/needs"
)

// TestOtherSitesShowTheWidget puts what the page for other sites says to copy into
// a page of another origin. nginx serves the site: the browser shows the widget
// there, with its style, and refuses to show any other page.
func TestOtherSitesShowTheWidget(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Nginx, needs.NginxBrotli)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	base := "http://127.0.0.1:" + port + "/"
	serveWith(t, nginx, root, base, port)
	how, err := os.ReadFile(filepath.Join(root, "public/chia-se/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`<code>(&lt;iframe .*?)</code>`).FindSubmatch(how)
	if m == nil {
		t.Fatal("nothing to copy")
	}
	snippet := strings.ReplaceAll(html.UnescapeString(string(m[1])), "https://lienhiep.example/", base)
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		frame := snippet
		if r.URL.Path == "/trang-chu" {
			frame = strings.ReplaceAll(snippet, "/nhung/", "/")
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><title>Trang khác</title><h1>Trang khác</h1>%s", frame)
	}))
	defer other.Close()
	tab := openTab(t, openBrowser(t))

	shown := tab.frameOf(t, other.URL+"/")
	if shown != base+"nhung/" {
		t.Errorf("the frame shows %s", shown)
	}
	tab.mu.Lock()
	style := false
	for _, r := range tab.requests {
		style = style || strings.Contains(r.Request.URL, "/css/widget.")
	}
	for _, m := range tab.messages {
		if !strings.Contains(m, "favicon") {
			t.Error(m)
		}
	}
	tab.messages = nil
	tab.mu.Unlock()
	if !style {
		t.Error("the widget has no style")
	}
	if shown := tab.frameOf(t, other.URL+"/trang-chu"); shown == base {
		t.Error("the home page is shown in a frame")
	}
}

// frameOf opens a page and returns the address that its frame ends up showing.
func (b *tab) frameOf(t *testing.T, address string) string {
	t.Helper()
	var url string
	err := chromedp.Run(b.ctx, chromedp.Navigate(address), chromedp.ActionFunc(func(ctx context.Context) error {
		for url == "" {
			tree, err := page.GetFrameTree().Do(ctx)
			if err != nil {
				return err
			}
			for _, child := range tree.ChildFrames {
				if child.Frame.URL != "about:blank" {
					url = child.Frame.URL
				}
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(20 * time.Millisecond):
			}
		}
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	return url
}
