package main

import (
	"context"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/host"
	"lienhiep/internal/needs"
)

// longTexts are the pages whose text browsers lay out as far as it is near the screen,
// with a place far down and words that stand there alone.
var longTexts = []struct{ address, id, words string }{
	{"/ke-hoach/luat-mau/", "dieu-250", "Nội dung giả định của điều 250"},
	{"/tin-tuc/bai-dai/", "de-muc-150", "Dấu hiệu thứ 150"},
}

// TestLongTextsAreReadInABrowser holds that what is not laid out is there all the same: for
// who follows a link into it, looks for words, or goes on by keyboard.
func TestLongTextsAreReadInABrowser(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium)
	_, public := largeSite(t)
	server := httptest.NewServer(http.FileServer(http.Dir(public)))
	defer server.Close()
	browser := openBrowser(t)
	for _, width := range []int64{360, 1280} {
		for _, text := range longTexts {
			tab := openTab(t, browser)
			var skipped int
			var top, below float64
			var found, reached bool
			if err := chromedp.Run(tab.ctx,
				chromedp.EmulateViewport(width, 740),
				chromedp.Navigate(server.URL+text.address),
				page.BringToFront(),
				painted,
				chromedp.Evaluate(`[...document.querySelectorAll("main *")].filter(e => getComputedStyle(e).contentVisibility === "auto" && !e.firstElementChild?.checkVisibility({contentVisibilityAuto: true})).length`, &skipped),
				// By the contents.
				chromedp.Evaluate(`document.querySelector("#muc-luc a[href='#`+text.id+`']").click()`, nil),
				settled,
				chromedp.Evaluate(`document.getElementById("`+text.id+`").getBoundingClientRect().top`, &top),
				chromedp.Evaluate(`scrollTo(0, 0)`, nil),
				settled,
				chromedp.Evaluate(`window.find("`+text.words+`")`, &found),
				settled,
				chromedp.Evaluate(`getSelection().getRangeAt(0).getBoundingClientRect().top`, &below),
				// By keyboard: from the place to the next thing that can be reached.
				chromedp.Evaluate(`location.hash = ""; location.hash = "`+text.id+`"`, nil),
				chromedp.KeyEvent(kb.Tab),
				settled,
				chromedp.Evaluate(`document.activeElement !== document.body && document.getElementById("`+text.id+`").compareDocumentPosition(document.activeElement) !== 2`, &reached),
			); err != nil {
				t.Fatalf("%s: %v", text.address, err)
			}
			if skipped < 20 {
				t.Errorf("%s at %d: all but %d parts are laid out at once", text.address, width, skipped)
			}
			if top < -5 || top > 200 {
				t.Errorf("%s at %d: a link leads %v px beside its aim", text.address, width, top)
			}
			if !found || below < 0 || below > 740 {
				t.Errorf("%s at %d: words are found: %v, at %v px", text.address, width, found, below)
			}
			if !reached {
				t.Errorf("%s at %d: the keyboard does not go on from there", text.address, width)
			}
		}
	}
}

// settled waits until the page has been drawn twice: what was jumped to is laid out then.
var settled = chromedp.ActionFunc(func(ctx context.Context) error {
	return evaluate(`new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))`, nil).Do(ctx)
})

// TestLongTextsArePrintedWhole prints them.
func TestLongTextsArePrintedWhole(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.PDFText)
	_, public := largeSite(t)
	server := httptest.NewServer(http.FileServer(http.Dir(public)))
	defer server.Close()
	browser := openBrowser(t)
	for _, text := range longTexts {
		tab := openTab(t, browser)
		var pdf []byte
		if err := chromedp.Run(tab.ctx, chromedp.Navigate(server.URL+text.address), chromedp.ActionFunc(func(ctx context.Context) (err error) {
			pdf, _, err = page.PrintToPDF().Do(ctx)
			return err
		})); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "in.pdf")
		if err := os.WriteFile(file, pdf, 0o666); err != nil {
			t.Fatal(err)
		}
		words, err := exec.Command(needs.PDFText.Path(t), file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		printed := strings.Join(strings.Fields(string(words)), " ")
		if n := strings.Count(printed, text.words); n != 1 {
			t.Errorf("%s: “%s” is printed %d times", text.address, text.words, n)
		}
	}
}

// TestLongTextsArePaintedAsSoonAsShortOnes opens the shortest page and the longest on a
// slow phone in turn: what readers see first does not wait for the rest.
func TestLongTextsArePaintedAsSoonAsShortOnes(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Chromium)
	_, public := largeSite(t)
	server := httptest.NewServer(compressed(public))
	defer server.Close()
	browser := readersBrowser.open(t)
	times := map[string][]float64{}
	pages := []string{"/tin-tuc/bai-ngan/", "/ke-hoach/luat-mau/", "/tin-tuc/bai-dai/"}
	for range 5 {
		for _, address := range pages {
			tab := openTab(t, browser)
			var at float64
			if err := chromedp.Run(tab.ctx,
				chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile),
				network.SetCacheDisabled(true),
				emulation.SetCPUThrottlingRate(4),
				slowLine,
				page.BringToFront(),
				chromedp.Navigate(server.URL+address),
				painted,
				chromedp.Evaluate(`performance.getEntriesByName("first-contentful-paint")[0].startTime`, &at),
			); err != nil {
				t.Fatal(err)
			}
			times[address] = append(times[address], at)
			chromedp.Cancel(tab.ctx)
		}
	}
	short := slices.Min(times[pages[0]])
	if short < requestTime {
		t.Fatalf("%s is painted after %.0f ms: the line is not slow", pages[0], short)
	}
	for _, address := range pages[1:] {
		long := slices.Min(times[address])
		t.Logf("%s: %.0f ms, %s: %.0f ms, %.2f times", pages[0], short, address, long, long/short)
		if long > 1.3*short {
			t.Errorf("%s is first painted after %.0f ms, %.2f times as late as %s", address, long, long/short, pages[0])
		}
	}
}

// TestLargeListsInABrowser looks at lists and long texts as TestPagesInABrowser does.
func TestLargeListsInABrowser(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Chromium, needs.Axe)
	_, public := largeSite(t)
	pages := []string{"/", "/ke-hoach/", "/ke-hoach/luat-mau/chuong-i/", "/ke-hoach/luat-mau/dieu-250/", "/tin-tuc/bai-dai/", "/tin-tuc/dai-1/", "/tin-tuc/bang-1/", "/tin-tuc/tep/", "/tin-tuc/tep/quyet-dinh-so-812-pdf/", "/tin-tuc/anh-1/", "/tin-tuc/phim/", "/tin-tuc/phim/le-vtt/", "/tin-tuc/dau/", "/tin-tuc/go/", "/hoi-thi/nam-3/", "/en/tin-tuc/bai-1/", "/en/people/nguoi-201/"}
	for _, list := range lists {
		pages = append(pages, list.address, list.address+"trang/2/")
	}
	inspectInEveryView(t, public, pages)
}

// slowLine emulates a slow phone line as Lighthouse does: a round trip of 150 ms, of which
// a request takes 3.75, and 1.6 Mbit/s, of which nine tenths arrive.
var slowLine = chromedp.ActionFunc(func(ctx context.Context) error {
	_, err := network.EmulateNetworkConditionsByRule(false, []*network.Conditions{
		{Latency: requestTime, DownloadThroughput: 0.9 * 1638.4 * 1024 / 8, UploadThroughput: 0.9 * 750 * 1024 / 8},
	}).Do(ctx)
	return err
})

const requestTime = 3.75 * 150 // milliseconds

// compressed serves a built site with its pages as they are sent on the web.
func compressed(public string) http.Handler {
	files := http.FileServer(http.Dir(public))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path
		if strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		if exists(filepath.Join(public, name+host.GzipEnding)) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Type", mime.TypeByExtension(filepath.Ext(name)))
			r.URL.Path = name + host.GzipEnding
		}
		files.ServeHTTP(w, r)
	})
}
