package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/aloud"
	"lienhiep/internal/needs"
)

// voice is a speech synthesis that says nothing: it notes what it is given, and is at the
// end of it when the test says so. Its voices come late, as they do.
const voice = `{
	const voices = [{lang: "en-US"}];
	window.current = null;
	window.SpeechSynthesisUtterance = function (text) { this.text = text; };
	Object.defineProperty(window, "speechSynthesis", {value: {
		onvoiceschanged: null, getVoices: () => voices,
		speak: (u) => { window.current = u; }, cancel: () => { window.current = null; },
	}});
	window.voiceArrives = () => { voices.push({lang: "vi-VN"}); speechSynthesis.onvoiceschanged(); };
	window.marked = () => { const h = CSS.highlights.get("aloud"); return h ? [...h][0].toString() : ""; };
	window.step = () => { const u = current; current = null; u.onend(); };
}`

// withVoice opens a page of the real site whose device has that voice.
func withVoice(t *testing.T) (tab *tab, host string) {
	t.Helper()
	tab, host = serveReal(t, 360, 740)
	if err := chromedp.Run(tab.ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(voice).Do(ctx)
		return err
	})); err != nil {
		t.Fatal(err)
	}
	return tab, host
}

// TestPagesAreReadAloudWhereThereIsAVoice goes by keyboard through what the button does.
func TestPagesAreReadAloudWhereThereIsAVoice(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium)
	tab, host := withVoice(t)
	text := func(script string) (s string) {
		t.Helper()
		if err := chromedp.Run(tab.ctx, chromedp.Evaluate(script, &s)); err != nil {
			t.Fatal(err)
		}
		return s
	}
	const buttons = `[...document.querySelectorAll(".aloud button")].filter((b) => !b.hidden).map((b) => b.textContent).join(" ")`
	if err := chromedp.Run(tab.ctx, chromedp.Navigate(host+"/ke-hoach/15-kh-tu/ii-1/"), page.BringToFront(), painted); err != nil {
		t.Fatal(err)
	}
	if got := text(buttons); got != "" {
		t.Errorf("without a Vietnamese voice there is %q", got)
	}
	for _, r := range tab.requests {
		if strings.HasSuffix(r.Request.URL, aloud.File) {
			t.Error("what is said is fetched before anybody asks")
		}
	}
	if err := chromedp.Run(tab.ctx,
		chromedp.Evaluate(`voiceArrives(); document.querySelector(".aloud button").focus()`, nil),
		chromedp.KeyEvent(kb.Enter),
		chromedp.Poll(`current !== null`, nil),
	); err != nil {
		t.Fatal(err)
	}
	first := text(`current.text`)
	if !strings.HasPrefix(first, "một. Đẩy mạnh công tác tuyên truyền") || !strings.HasPrefix(text(`marked()`), "1. Đẩy mạnh công tác tuyên truyền") || text(buttons) != "Tạm dừng Thôi" {
		t.Errorf("it says %q, marks %q and offers %q", first, text(`marked()`), text(buttons))
	}
	if err := chromedp.Run(tab.ctx, chromedp.KeyEvent(kb.Enter)); err != nil { // pause
		t.Fatal(err)
	}
	if text(`String(current)`) != "null" || text(buttons) != "Đọc tiếp Thôi" {
		t.Errorf("paused, it offers %q", text(buttons))
	}
	if err := chromedp.Run(tab.ctx, chromedp.KeyEvent(kb.Enter), chromedp.Poll(`current !== null`, nil)); err != nil { // go on
		t.Fatal(err)
	}
	if again := text(`current.text`); again != first {
		t.Errorf("it goes on with %q", again)
	}
	if err := chromedp.Run(tab.ctx, chromedp.KeyEvent(kb.Escape)); err != nil {
		t.Fatal(err)
	}
	if text(`String(current)`) != "null" || text(buttons) != "Nghe đọc" || text(`marked()`) != "" {
		t.Errorf("stopped, it offers %q and marks %q", text(buttons), text(`marked()`))
	}
}

// TestEverySentenceReadIsMarked reads whole pages of each kind, and compares what is marked
// with what lies beside them. The page stays as it is.
func TestEverySentenceReadIsMarked(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	tab, host := withVoice(t)
	for _, address := range []string{"/ke-hoach/15-kh-tu/", "/ke-hoach/15-kh-tu/ii-2-4/", "/ke-hoach/trong-3-phut/", "/tri-thuc/tran-dai-nghia/"} {
		data, err := os.ReadFile(filepath.Join(root, "public", filepath.FromSlash(address), aloud.File))
		if err != nil {
			t.Fatal(err)
		}
		var sentences [][]string
		if err := json.Unmarshal(data, &sentences); err != nil || len(sentences) == 0 {
			t.Fatal(address, err)
		}
		var got struct {
			Read [][]string
			Same bool
		}
		if err := chromedp.Run(tab.ctx,
			chromedp.Navigate(host+address), page.BringToFront(), painted,
			chromedp.Evaluate(`voiceArrives();
				window.whole = [...document.querySelectorAll("[data-aloud]")].map((e) => e.innerHTML).join();
				document.querySelector(".aloud button").click()`, nil),
			chromedp.Poll(`current !== null`, nil),
			chromedp.Evaluate(`(() => {
				const read = [];
				for (let last = null; current; ) {
					if (marked() !== last) { last = marked(); read.push([last]); }
					read[read.length - 1].push(current.text);
					step();
				}
				return {Read: read, Same: whole === [...document.querySelectorAll("[data-aloud]")].map((e) => e.innerHTML).join()};
			})()`, &got),
		); err != nil {
			t.Fatal(err)
		}
		if !got.Same {
			t.Errorf("%s is changed by being read", address)
		}
		if len(got.Read) != len(sentences) {
			t.Errorf("%s: %d sentences are marked of %d", address, len(got.Read), len(sentences))
		}
		for i := range min(len(got.Read), len(sentences)) {
			if bare(got.Read[i][0]) != bare(sentences[i][0]) || strings.Join(got.Read[i][1:], " ") != strings.Join(sentences[i][1:], " ") {
				t.Errorf("%s: marked %q, said %q; want %q", address, got.Read[i][0], got.Read[i][1:], sentences[i])
			}
		}
	}
}

// bare is a text without white space.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }
