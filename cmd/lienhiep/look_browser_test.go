package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"lienhiep/internal/needs"
)

// serveReal serves the real site's pages, and opens a tab of a size.
func serveReal(t *testing.T, width, height int64) (tab *tab, host string) {
	t.Helper()
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(root, "public"))))
	t.Cleanup(server.Close)
	tab = openTab(t, openBrowser(t))
	if err := chromedp.Run(tab.ctx, chromedp.EmulateViewport(width, height)); err != nil {
		t.Fatal(err)
	}
	return tab, server.URL
}

// enlarge sets the letters of the page as a reader's system or WebView does. The page's own
// size is 112.5 %.
func enlarge(percent int) string {
	return fmt.Sprintf(`document.documentElement.style.fontSize = "%g%%"`, 1.125*float64(percent))
}

// headerFaults lists what of the header is cut off, lies on another part of it, or is too
// small to be hit.
const headerFaults = `(() => {
  const faults = [], seen = [];
  const parts = [...document.querySelectorAll(".top .brand b, .top .search-button, .top .lang, .top .menu-button")].filter(e => e.getClientRects().length);
  if (!parts.some(e => e.matches(".menu-button"))) faults.push("no button of the menu");
  for (const e of parts) {
    const box = e.getBoundingClientRect(), name = e.className || e.tagName;
    if (box.left < -1 || box.right > document.documentElement.clientWidth + 1) faults.push(name + " is cut off");
    if (e.matches("button") && (box.width < 43 || box.height < 43)) faults.push(name + " is " + box.width + " by " + box.height);
    for (const [other, at] of seen)
      if (box.left < at.right - 1 && at.left < box.right - 1 && box.top < at.bottom - 1 && at.top < box.bottom - 1) faults.push(name + " lies on " + other);
    seen.push([name, box]);
  }
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) faults.push("the page is " + document.documentElement.scrollWidth + " wide");
  return faults;
})()`

// TestHeaderWithLargeLetters holds that the header stays whole on the narrowest screens
// with letters of up to twice the size.
func TestHeaderWithLargeLetters(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium)
	tab, host := serveReal(t, 360, 740)
	for _, address := range []string{"/", "/en/", "/ke-hoach/15-kh-tu/"} {
		for _, width := range []int64{320, 360} {
			for _, percent := range []int{100, 130, 150, 200} {
				var faults []string
				if err := chromedp.Run(tab.ctx, chromedp.EmulateViewport(width, 740), chromedp.Navigate(host+address),
					chromedp.Evaluate(enlarge(percent), nil), chromedp.Evaluate(headerFaults, &faults)); err != nil {
					t.Fatal(err)
				}
				if len(faults) > 0 {
					t.Errorf("%s at %d px and %d %%: %s", address, width, percent, strings.Join(faults, "; "))
				}
			}
		}
	}
}

// homeFaults lists what of the home page's promise is not seen at once.
const homeFaults = `(() => {
  const seen = e => e && e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().bottom <= innerHeight + 1;
  const faults = [];
  for (const [what, selector, least] of [["the Union's name", ".hero-name", 1], ["what it is for", "h1", 1], ["figures", ".numbers dd", 3], ["their source", ".numbers a", 1], ["a life", ".life h2", 1], ["ways in", ".doors a", document.documentElement.lang == "vi" ? 3 : 2]]) {
    const n = [...document.querySelectorAll(selector)].filter(seen).length;
    if (n < least) faults.push(what + ": " + n);
  }
  return faults;
})()`

// TestFirstScreenOfTheHomePage holds that the Union, what it is for, three figures with their
// source, one life and the ways in are seen without scrolling.
func TestFirstScreenOfTheHomePage(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium)
	tab, host := serveReal(t, 360, 740)
	for _, size := range [][2]int64{{360, 740}, {1280, 720}} {
		for _, address := range []string{"/", "/en/"} {
			var faults []string
			if err := chromedp.Run(tab.ctx, chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate(host+address), chromedp.Evaluate(homeFaults, &faults)); err != nil {
				t.Fatal(err)
			}
			if len(faults) > 0 {
				t.Errorf("%s at %d × %d lacks %s", address, size[0], size[1], strings.Join(faults, "; "))
			}
		}
	}
}

// floating lists what stands still over a page while it is scrolled.
const floating = `[...document.querySelectorAll("body *")].filter(e => getComputedStyle(e).position == "fixed" && e.getClientRects().length && !e.matches(".skip")).map(e => e.className)`

// TestThePlansOwnWordsComeFirst holds that on the plan's page nothing floats over the text, and
// that downloads, progress and notes on the file take no more than a line before it.
func TestThePlansOwnWordsComeFirst(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium)
	tab, host := serveReal(t, 360, 740)
	for _, size := range [][2]int64{{360, 740}, {1280, 720}} {
		var over []string
		var top, forms float64
		if err := chromedp.Run(tab.ctx, chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate(host+"/ke-hoach/15-kh-tu/"),
			chromedp.Evaluate(`document.querySelector("article[data-plan]").getBoundingClientRect().top`, &top),
			chromedp.Evaluate(`+document.querySelector(".plan-more .forms").checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})`, &forms),
			chromedp.Evaluate(floating, &over),
		); err != nil {
			t.Fatal(err)
		}
		if len(over) > 0 {
			t.Errorf("at %d px these float over the text: %q", size[0], over)
		}
		if top > 660 || forms != 0 {
			t.Errorf("at %d × %d the plan begins %.0f px down, with %.0f downloads before it", size[0], size[1], top, forms)
		}
	}
}

// emptyHalf tells how much of the height of <main> has words or pictures on the right.
const emptyHalf = `(() => {
  const main = document.querySelector("main"), bounds = main.getBoundingClientRect(), middle = innerWidth * .56;
  const rows = new Set();
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const add = box => { if (box.right > middle && box.width > 0) for (let y = Math.floor(box.top / 20); y <= box.bottom / 20; y++) rows.add(y); };
  for (let node; node = walk.nextNode();) {
    if (!node.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    [...range.getClientRects()].forEach(add);
  }
  main.querySelectorAll("svg, img, table, .doc").forEach(e => add(e.getBoundingClientRect()));
  for (const e of main.querySelectorAll(".side"))
    if (getComputedStyle(e).position == "sticky") add({...e.getBoundingClientRect().toJSON(), bottom: bounds.bottom}); // it stays there
  return rows.size * 20 / bounds.height;
})()`

// TestNoPageHasAnEmptyHalf looks at every kind of page on a desktop: of its height, some
// three tenths at least have something on the right.
func TestNoPageHasAnEmptyHalf(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium)
	tab, host := serveReal(t, 1280, 800)
	for _, address := range pageKinds {
		if address == "/nhung/" {
			continue // a frame of other sites
		}
		var share float64
		if err := chromedp.Run(tab.ctx, chromedp.Navigate(host+address), chromedp.Evaluate(emptyHalf, &share)); err != nil {
			t.Fatal(err)
		}
		if share < .3 {
			t.Errorf("%s: %.0f %% of the height has something on the right", address, 100*share)
		}
	}
}
