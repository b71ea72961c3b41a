package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// pageKinds is one address of every kind of page.
var pageKinds = []string{
	"/", "/ke-hoach/", "/ke-hoach/15-kh-tu/", "/ke-hoach/15-kh-tu/ii/", "/ke-hoach/15-kh-tu/ii-1/", "/ke-hoach/15-kh-tu/ii-1-2/", "/ke-hoach/15-kh-tu/tien-do/",
	"/minh-chung/", "/tin-tuc/", "/tri-thuc/", "/tri-thuc/tran-dai-nghia/", "/tri-thuc/tran-dai-nghia/tin-bai/",
	"/linh-vuc/", "/linh-vuc/y-hoc/", "/giai-thuong/", "/giai-thuong/giai-thuong-ho-chi-minh/",
	"/ton-vinh/", "/ton-vinh/2022/", "/hoi-thi/", "/van-ban/", "/van-ban/42-ct-tw/", "/van-ban/thuc-hien/", "/lien-hiep-hoi/",
	"/gioi-thieu/", "/du-lieu/", "/hoi-dap/", "/hoi-dap/tinh-da-hop-nhat/", "/thu-tuc/", "/thu-tuc/dat-hang-tu-van-phan-bien/", "/tim-hieu/", "/tim-hieu/15-kh-tu/", "/thuat-ngu/", "/lien-he/", "/ke-hoach/trong-3-phut/", "/ke-hoach/15-kh-tu/ii-2-4/", "/tro-nang/", "/rieng-tu/", "/so-do-trang/", "/chia-se/", "/nhung/", "/404.html", "/410.html",
	"/lien-hiep-hoi/tu-van-phan-bien/", "/en/", "/en/plans/15-kh-tu/", "/en/union/", "/en/honours/", "/en/contests/", "/en/events/", "/en/people/", "/en/people/tran-dai-nghia/", "/en/contact/", "/en/plans/in-three-minutes/", "/en/404.html", "/en/410.html",
}

// firstOf adds the first page of a section whose pages' names are the editors'
// own.
func firstOf(t *testing.T, public, section string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(public, section, "*", "index.html"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no page in %s (%v)", section, err)
	}
	rel, err := filepath.Rel(public, filepath.Dir(found[0]))
	if err != nil {
		t.Fatal(err)
	}
	return "/" + filepath.ToSlash(rel) + "/"
}

// view is one way of looking at a page.
type view struct {
	name    string
	width   int64
	scheme  string
	letters int  // their size, in percent
	alike   bool // another view shows the same, in other colours or sizes
}

// open opens a tab in which pages are seen so.
func (v view) open(t *testing.T, browser context.Context) *tab {
	t.Helper()
	tab := openTab(t, browser)
	tab.show(t, v)
	return tab
}

var views = slices.Concat(phoneViews, desktopViews)

// The views of a device are of one page, which is opened once: their readers turn, darken
// and enlarge what they have before them.
var (
	phoneViews   = []view{{name: "phone-light", width: 360, scheme: "light"}, {name: "narrow-dark", width: 320, scheme: "dark"}, {name: "large-letters", width: 360, scheme: "light", letters: 200, alike: true}}
	desktopViews = []view{{name: "desktop-light", width: 1280, scheme: "light"}, {name: "desktop-dark", width: 1280, scheme: "dark", alike: true}}
)

// TestPagesInABrowser opens every kind of page in every view: no console
// message, no sideways scrolling, no violation that axe-core knows, contrast
// among them.
func TestPagesInABrowser(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Chromium, needs.Axe)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	public := filepath.Join(root, "public")
	inspectInEveryView(t, public, slices.Concat(pageKinds, []string{firstOf(t, public, "tin-tuc"), firstOf(t, public, "hoi-thi"), firstOf(t, public, "lien-hiep-hoi")}))
}

// inspectInEveryView serves a built site, and looks at pages of it in every view.
func inspectInEveryView(t *testing.T, public string, pages []string) {
	t.Helper()
	axe := string(read(t, needs.Axe.Path(t)))
	server := httptest.NewServer(http.FileServer(http.Dir(public)))
	defer server.Close()
	browser := openBrowser(t)
	for _, views := range [][]view{phoneViews, desktopViews} {
		t.Run(views[0].name, func(t *testing.T) {
			tab := openTab(t, browser)
			for _, address := range pages {
				tab.show(t, views[0])
				tab.inspect(t, server.URL+address, axe)
				for _, v := range views[1:] {
					tab.show(t, v)
					tab.look(t, axe)
				}
			}
		})
	}
}

// TestReportInABrowser opens a drafted report as a page, on a screen and on the
// narrowest.
func TestReportInABrowser(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Axe)
	axe := string(read(t, needs.Axe.Path(t)))
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if out, err := exec.Command(binary, "report", "--dir", root, "--plan", "15-kh-tu", "-o", filepath.Join(dir, "bao-cao.html")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	tab := openTab(t, openBrowser(t))
	for _, width := range []int64{320, 1280} {
		if err := chromedp.Run(tab.ctx, chromedp.EmulateViewport(width, 740)); err != nil {
			t.Fatal(err)
		}
		tab.inspect(t, server.URL+"/bao-cao.html", axe)
	}
}

// TestPlanIsReadWithoutScriptsAndCopiedWithThem holds that the plan's page is whole without
// JavaScript, and that with it a clause's link and citation can be copied.
func TestPlanIsReadWithoutScriptsAndCopiedWithThem(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(root, "public"))))
	defer server.Close()
	browser := openBrowser(t)

	without := openTab(t, browser)
	var buttons, clauses int
	if err := chromedp.Run(without.ctx,
		emulation.SetScriptExecutionDisabled(true),
		chromedp.Navigate(server.URL+"/ke-hoach/15-kh-tu/"),
		chromedp.Evaluate(`document.querySelectorAll("article[data-plan] button").length`, &buttons),
		chromedp.Evaluate(`document.querySelectorAll("#ii-1-2, #ii-5-3, #iii-3").length`, &clauses),
	); err != nil {
		t.Fatal(err)
	}
	if buttons != 0 || clauses != 3 {
		t.Errorf("without scripts: %d dead buttons, %d of 3 clauses", buttons, clauses)
	}

	with := openTab(t, browser)
	var said, copied string
	if err := chromedp.Run(with.ctx,
		cdpbrowser.SetPermission(&cdpbrowser.PermissionDescriptor{Name: "clipboard-read"}, cdpbrowser.PermissionSettingGranted),
		cdpbrowser.SetPermission(&cdpbrowser.PermissionDescriptor{Name: "clipboard-write"}, cdpbrowser.PermissionSettingGranted),
		chromedp.Navigate(server.URL+"/ke-hoach/15-kh-tu/"),
		page.BringToFront(),
		painted,
		// By keyboard: the buttons show once the clause's number has the focus.
		chromedp.Evaluate(`document.querySelector("#ii-1-2 .no").focus()`, nil),
		chromedp.KeyEvent(kb.Tab+kb.Tab+kb.Enter),
		chromedp.Poll(`document.querySelector("[role=status]")?.textContent`, &said),
		chromedp.Evaluate(`navigator.clipboard.readText()`, &copied, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }),
	); err != nil {
		t.Fatal(err)
	}
	const want = "Kế hoạch số 15-KH/TU, ngày 05/4/2021 của Ban Thường vụ Tỉnh ủy Bình Thuận, gạch đầu dòng thứ hai, mục 1, phần II, "
	if said == "" || copied != want+server.URL+"/ke-hoach/15-kh-tu/#ii-1-2" {
		t.Errorf("copied %q and said %q", copied, said)
	}
}

// TestAClauseIsSentOn holds that a clause's page, and an article's, can be sent on by the
// system's own sheet where there is one, and that its citation can be copied; without
// scripts there is no dead button. A keyboard's keys are told where there is one.
func TestAClauseIsSentOn(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium)
	root, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(root, "public"))))
	defer server.Close()
	tab := openTab(t, openBrowser(t))
	const clause = "/ke-hoach/15-kh-tu/ii-5-3/"
	count := func(script string) (n int) {
		t.Helper()
		if err := chromedp.Run(tab.ctx, chromedp.Evaluate(script, &n)); err != nil {
			t.Fatal(err)
		}
		return n
	}
	open := func(address string) {
		t.Helper()
		if err := chromedp.Run(tab.ctx, chromedp.Navigate(server.URL+address), page.BringToFront(), painted); err != nil {
			t.Fatal(err)
		}
	}
	sheets := func(there bool) {
		t.Helper()
		script := "delete Navigator.prototype.share"
		if there {
			script = "Navigator.prototype.share = async (what) => { document.title = JSON.stringify(what) }"
		}
		if err := chromedp.Run(tab.ctx, chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
			return err
		})); err != nil {
			t.Fatal(err)
		}
	}

	sheets(false)
	open(clause)
	if n := count(`document.querySelectorAll(".share button").length`); n != 2 {
		t.Errorf("without a sheet there are %d buttons", n)
	}
	var copied string
	if err := chromedp.Run(tab.ctx,
		cdpbrowser.SetPermission(&cdpbrowser.PermissionDescriptor{Name: "clipboard-read"}, cdpbrowser.PermissionSettingGranted),
		cdpbrowser.SetPermission(&cdpbrowser.PermissionDescriptor{Name: "clipboard-write"}, cdpbrowser.PermissionSettingGranted),
		chromedp.Evaluate(`document.querySelector(".share button:last-child").click()`, nil),
		chromedp.Poll(`document.querySelector("[role=status]")?.textContent`, nil),
		chromedp.Evaluate(`navigator.clipboard.readText()`, &copied, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }),
	); err != nil {
		t.Fatal(err)
	}
	if want := "gạch đầu dòng thứ ba, mục 5, phần II, https://lienhiep.example" + clause; !strings.HasSuffix(copied, want) {
		t.Errorf("copied %q", copied)
	}

	// The code is drawn for who unfolds it.
	if n := count(`document.querySelectorAll("canvas").length`); n != 0 {
		t.Error("the code is drawn though nobody wants it")
	}
	var code struct{ Name, Picture, Saved, File string }
	if err := chromedp.Run(tab.ctx,
		chromedp.Evaluate(`document.querySelector("details.code > summary").click()`, nil),
		chromedp.Poll(`document.querySelector("details.code a[download] canvas") !== null`, nil),
		chromedp.Evaluate(`(() => {
			const [picture, link] = ["canvas", "a[download]"].map(s => document.querySelector("details.code " + s));
			return {Name: picture.getAttribute("aria-label"), Picture: picture.toDataURL(), Saved: link.href, File: link.download};
		})()`, &code),
	); err != nil {
		t.Fatal(err)
	}
	picture, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(code.Picture, "data:image/png;base64,"))
	if err != nil {
		t.Fatal(err)
	}
	if got := scanned(t, picture); got != "https://lienhiep.example"+clause || !strings.HasSuffix(code.Name, got) || !strings.HasPrefix(code.Saved, "blob:") || code.File != "ma-qr-ke-hoach-15-kh-tu-ii-5-3.png" {
		t.Errorf("the code %q, to be saved as %q from %q, is read as %q", code.Name, code.File, code.Saved, got)
	}
	codesAreDrawn(t, tab)

	sheets(true)
	open(clause)
	var sent string
	if err := chromedp.Run(tab.ctx,
		chromedp.Evaluate(`document.querySelector(".share button").click()`, nil),
		chromedp.Poll(`document.title.startsWith("{") && document.title`, &sent),
	); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(sent, "https://lienhiep.example"+clause) || !strings.Contains(sent, "II.5.3 · Hợp tác quốc tế") {
		t.Errorf("sent %s", sent)
	}

	open("/tin-tuc/ton-vinh-lan-thu-ba/")
	if n := count(`document.querySelectorAll(".share button").length`); n != 3 {
		t.Errorf("an article has %d buttons", n)
	}
	// A browser without a screen has no pointer either: it is as a phone is.
	keys := `(() => {
		const rules = (list, media) => [...list].flatMap((r) => r.cssRules ? [...(r.selectorText === ".keys" ? [media] : []), ...rules(r.cssRules, r.media?.mediaText ?? media)] : []);
		const hidden = [...document.styleSheets].flatMap((s) => rules(s.cssRules, ""));
		return hidden.length == 1 && hidden[0] === "(hover: none), (pointer: coarse)" && matchMedia(hidden[0]).matches && getComputedStyle(document.querySelector(".keys")).display === "none" ? 1 : 0;
	})()`
	if count(keys) != 1 {
		t.Error("a phone is told of keys, or nobody is")
	}
	if err := chromedp.Run(tab.ctx, emulation.SetScriptExecutionDisabled(true)); err != nil {
		t.Fatal(err)
	}
	open(clause)
	if n := count(`document.querySelectorAll(".share button, details.code").length`); n != 0 {
		t.Errorf("without scripts there are %d dead buttons", n)
	}
}

// sharedBrowser is a browser that tests share, each in tabs of its own; starting one costs
// more than most of them do.
type sharedBrowser struct {
	more []chromedp.ExecAllocatorOption

	mu  sync.Mutex
	ctx context.Context // nil before the first test asks
}

var (
	// readersBrowser runs pages as readers' browsers do, for tests that measure time.
	readersBrowser sharedBrowser
	// theBrowser is that of all other tests. Their pages are open for a second or two, in which
	// compiling for speed, and doing so beside the page, costs a quarter more than it saves.
	theBrowser = sharedBrowser{more: []chromedp.ExecAllocatorOption{chromedp.Flag("js-flags", "--no-opt --single-threaded")}}
)

func openBrowser(t testing.TB) context.Context {
	t.Helper()
	return theBrowser.open(t)
}

// open returns the browser, which keeps to itself. It is started once, and again if it has
// ended.
func (s *sharedBrowser) open(t testing.TB) context.Context {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx != nil && s.ctx.Err() == nil {
		return s.ctx
	}
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{
		chromedp.WSURLReadTimeout(patience), // a busy machine starts a browser slowly
		chromedp.ExecPath(needs.Chromium.Path(t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	}, s.more)
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	browser, _ := chromedp.NewContext(allocator) // ends with the allocator
	if err := chromedp.Run(browser); err != nil {
		end()
		t.Fatal(err)
	}
	atTheEnd = append(atTheEnd, end)
	s.ctx = browser
	return browser
}

// tab is one tab, and what its pages complained of and asked for.
type tab struct {
	ctx       context.Context
	inspected string // the page that was inspected last, without its query
	left      string // that before it
	view      view   // in which pages are shown

	mu       sync.Mutex
	messages []string
	requests []*network.EventRequestWillBeSent
}

func openTab(t *testing.T, browser context.Context) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	ctx, cancelTimeout := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancelTimeout)
	b := &tab{ctx: ctx}
	chromedp.ListenTarget(ctx, b.listen)
	if err := chromedp.Run(ctx, log.Enable(), network.Enable(), runtime.Enable(), page.Enable()); err != nil {
		t.Fatal(err)
	}
	return b
}

// painted waits until the page has been shown: Chromium drops the keys that come before.
var painted = chromedp.ActionFunc(func(ctx context.Context) error {
	for {
		var is bool
		if err := chromedp.Evaluate(`performance.getEntriesByName("first-contentful-paint").length > 0`, &is).Do(ctx); err != nil || is {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
})

func (b *tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		b.messages = append(b.messages, "console."+string(e.Type))
	case *runtime.EventExceptionThrown:
		b.messages = append(b.messages, e.ExceptionDetails.Error())
	case *log.EventEntryAdded:
		// The 404 page is opened by its own address; nothing else may be missing.
		b.messages = append(b.messages, e.Entry.Text+" "+e.Entry.URL)
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e)
	}
}

// inspect opens a page and reports everything wrong with it.
func (b *tab) inspect(t *testing.T, url, axe string) {
	t.Helper()
	b.left = b.inspected
	b.inspected, _, _ = strings.Cut(url, "?")
	b.mu.Lock()
	b.messages, b.requests = nil, nil
	b.mu.Unlock()
	var title string
	if err := chromedp.Run(b.ctx, chromedp.Navigate(url), chromedp.Title(&title)); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	if title == "" {
		t.Errorf("%s has no title", url)
	}
	b.look(t, axe)
}

// show shows pages in a view from now on, and that which is open.
func (b *tab) show(t *testing.T, v view) {
	t.Helper()
	b.view = v
	if err := chromedp.Run(b.ctx,
		chromedp.EmulateViewport(v.width, 740),
		// A colour that is on its way to another is none that a reader sees.
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}),
	); err != nil {
		t.Fatal(err)
	}
}

// look looks at the open page: nothing is wider than the screen, nothing violates what
// axe-core knows, which is not asked where axe is "", and the page complains of nothing and
// asks no other host.
func (b *tab) look(t *testing.T, axe string) {
	t.Helper()
	if b.view.letters > 0 {
		if err := chromedp.Run(b.ctx, chromedp.Evaluate(enlarge(b.view.letters), nil)); err != nil {
			t.Fatalf("%s: %v", b.inspected, err)
		}
	}
	var tooWide []string
	if err := chromedp.Run(b.ctx, chromedp.Evaluate(widerThanScreen, &tooWide)); err != nil {
		t.Fatalf("%s: %v", b.inspected, err)
	}
	if len(tooWide) > 0 {
		t.Errorf("%s scrolls sideways (%s): %s", b.inspected, b.view.name, strings.Join(tooWide, ", "))
	}
	if axe != "" {
		b.accessibility(t, b.inspected, axe)
	}
	b.complaints(t)
}

// complaints reports what the open page has complained of since it was looked at last, and
// whom it has asked but its own host.
func (b *tab) complaints(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.messages {
		t.Errorf("%s: %s", b.inspected, m)
	}
	host := strings.Join(strings.SplitAfterN(b.inspected, "/", 4)[:3], "")
	for _, r := range b.requests {
		if from, _, _ := strings.Cut(r.DocumentURL, "?"); from == b.left && from != b.inspected {
			continue // it was on its way when that page was left
		}
		if to := r.Request.URL; !strings.HasPrefix(to, host) && !strings.HasPrefix(to, "data:") {
			t.Errorf("%s asks another host: %s", b.inspected, to)
		}
	}
	b.messages, b.requests = nil, nil
}

// widerThanScreen lists what makes the page wider than the screen.
const widerThanScreen = `(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1)
    .slice(0, 5).map(e => e.tagName + "." + e.className);
})()`

// rulesOfLooks are axe-core's rules that depend on colours and sizes.
const rulesOfLooks = `{type: "rule", values: ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]}`

// accessibility asks axe-core about the open page: for all that it knows, but for
// experimental rules, where another view has not shown the same.
func (b *tab) accessibility(t *testing.T, url, axe string) {
	t.Helper()
	rules := `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`
	if b.view.alike {
		rules = rulesOfLooks
	}
	// What is not drawn until it is scrolled to moves the rest when axe-core looks at it.
	drawAll := `document.styleSheets[0].insertRule("* { content-visibility: visible !important }")`
	run := `axe.run(document, {resultTypes: ["violations"], runOnly: ` + rules + `})
		.then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, where: v.nodes.slice(0, 3).map(n => n.html)}))))`
	var there bool
	var result string
	if err := chromedp.Run(b.ctx,
		chromedp.Evaluate(`"axe" in window`, &there),
		chromedp.ActionFunc(func(ctx context.Context) error {
			if there {
				return nil // from another view
			}
			return chromedp.Tasks{chromedp.Evaluate(axe, nil), chromedp.Evaluate(drawAll, nil)}.Do(ctx)
		}),
		chromedp.Evaluate(run, &result, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }),
	); err != nil {
		t.Fatalf("%s: axe-core: %v", url, err)
	}
	var violations []struct {
		ID, Help string
		Where    []string
	}
	if err := json.Unmarshal([]byte(result), &violations); err != nil {
		t.Fatal(err)
	}
	for _, v := range violations {
		t.Errorf("%s (%s): %s: %s\n\t%s", url, b.view.name, v.ID, v.Help, strings.Join(v.Where, "\n\t"))
	}
}
