package desk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"lienhiep/internal/desk"
	"lienhiep/internal/needs"
)

// onPage is a page that has the surface alone, in Chromium, under the desk's policy.
type onPage struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	messages []string // what the browser complained of
}

const (
	pageHTML = `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Soạn bài</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/surface.css"><link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script></head><body><main><h1 id="name">Lời bài</h1><div id="place"></div><button id="after">Lưu</button></main></body></html>`
	pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	// pageScript: what is picked is what a test has put into picks; what the surface asked
	// for is in asked.
	pageScript = `import { openSurface } from "/surface.js";
const pick = kind => async given => {
  asked.push([kind, { ...given, file: given?.file && given.file.name + " " + given.file.type + " " + given.file.size }]);
  return picks[kind]?.shift() ?? null;
};
Object.assign(window, {
  picks: {}, asked: [], lost: [], changes: 0,
  async openText(markdown, options = {}) {
    window.surface?.destroy();
    Object.assign(window, { picks: {}, asked: [], lost: [], changes: 0 });
    window.surface = await openSurface(document.querySelector("#place"), {
      markdown, label: document.querySelector("#name"),
      onChange: () => changes++, onLost: list => lost.push(...list),
      pickLink: pick("link"), pickPicture: pick("picture"), pickFile: pick("file"), pickClause: pick("clause"),
      ...options,
    });
  },
  press: name => document.querySelector('.surface-bar:not([hidden]) [data-action="' + name + '"]').click(),
  button: name => document.querySelector('[data-action="' + name + '"]'),
  // caret sets the selection into the first place of some words, after them.
  caret(words, from = words.length) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(words);
      if (at < 0) continue;
      text.focus();
      getSelection().setBaseAndExtent(walker.currentNode, at + from, walker.currentNode, at + words.length);
      document.dispatchEvent(new Event("selectionchange"));
      return true;
    }
    return false;
  },
  // settled waits until the surface has read what was done to its page.
  settled: () => new Promise(done => requestAnimationFrame(() => setTimeout(done))),
  async paste(data, files = []) {
    const transfer = new DataTransfer();
    for (const [type, value] of Object.entries(data)) transfer.setData(type, value);
    files.forEach(([name, type]) => transfer.items.add(new File(["x"], name, { type })));
    text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
    await settled();
    await settled();
  },
});
Object.defineProperty(window, "text", { get: () => document.querySelector(".ProseMirror") });
document.documentElement.dataset.ready = "";
`
)

// openPage opens the page with an empty surface.
func openPage(t *testing.T) *onPage {
	t.Helper()
	files, err := desk.Surface(".")
	if err != nil {
		t.Fatal(err)
	}
	files["page.js"] = []byte(pageScript)
	files["page.css"] = []byte("#after { min-height: 44px; min-width: 44px; }")
	files[""] = []byte(pageHTML)
	types := map[string]string{"": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		data, ok := files[name]
		if !ok {
			w.Header().Set("Content-Type", "image/svg+xml")
			_, _ = w.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h40v30H0z"/></svg>`)) // any picture; a browser that has left needs none
			return
		}
		w.Header().Set("Content-Type", types[path.Ext(name)])
		w.Header().Set("Content-Security-Policy", pagePolicy)
		_, _ = w.Write(data) // likewise
	}))
	t.Cleanup(server.Close)
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(needs.Chromium.Path(t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WSURLReadTimeout(2*time.Minute),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true))...)
	t.Cleanup(cancel)
	// A newer Chromium tells of events that chromedp does not know; that is no fault.
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	p := &onPage{t: t, ctx: ctx}
	chromedp.ListenTarget(ctx, p.listen)
	p.run(log.Enable(), runtime.Enable(), emulation.SetFocusEmulationEnabled(true), chromedp.EmulateViewport(1280, 900), chromedp.Navigate(server.URL), chromedp.WaitReady("[data-ready]", chromedp.ByQuery))
	p.open("")
	return p
}

func (p *onPage) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		for _, a := range e.Args {
			p.messages = append(p.messages, string(a.Value)+a.Description)
		}
	case *runtime.EventExceptionThrown:
		p.messages = append(p.messages, e.ExceptionDetails.Error())
	case *log.EventEntryAdded:
		p.messages = append(p.messages, e.Entry.Text)
	}
}

func (p *onPage) run(actions ...chromedp.Action) {
	p.t.Helper()
	if err := chromedp.Run(p.ctx, actions...); err != nil {
		p.t.Fatalf("%v\n%s", err, p.messages)
	}
}

// quiet fails the test if the browser has complained of anything.
func (p *onPage) quiet() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, m := range p.messages {
		p.t.Errorf("the browser says: %s", m)
	}
	p.messages = nil
}

// js runs a script, waits for its promise, and returns its value. The values stand for
// $0, $1 … in it.
func (p *onPage) js(script string, values ...any) string {
	p.t.Helper()
	for i, v := range values {
		data, err := json.Marshal(v)
		if err != nil {
			p.t.Fatal(err)
		}
		script = strings.ReplaceAll(script, fmt.Sprintf("$%d", i), string(data))
	}
	var result any
	p.run(chromedp.Evaluate("(async () => { "+script+" })()", &result, func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
	if s, ok := result.(string); ok {
		return s
	}
	data, err := json.Marshal(result)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(data)
}

func (p *onPage) open(markdown string) {
	p.t.Helper()
	p.js(`await openText($0)`, markdown)
}

// markdown is what the surface gives back.
func (p *onPage) markdown() string {
	p.t.Helper()
	return p.js(`await settled(); return surface.markdown()`)
}
