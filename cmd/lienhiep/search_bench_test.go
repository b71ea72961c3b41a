package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	logdomain "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/performance"
	runtimedomain "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"lienhiep/internal/needs"
)

// BenchmarkSearch measures the search of a site with so many articles of the
// corpus, in Chromium, and Pagefind on the same pages. With -update the tables
// go into internal/search/BENCHMARK.md, which says how to run it.
func BenchmarkSearch(b *testing.B) {
	needs.Ask(b, needs.Chromium)
	for _, n := range []int{10000, 100000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				public, m := measureIndexing(b, n)
				m.report(b, n, public)
			}
		})
	}
}

// measurement is what the tables tell.
type measurement struct {
	hugo    time.Duration // Hugo's own build of the pages
	ours    indexing
	theirs  indexing
	oneMore [2]rewritten // by one more article, of today and of years ago
}

// indexing is what it took to make an index.
type indexing struct {
	took   time.Duration
	peak   int // bytes of memory
	files  int
	bytes  int
	failed string // why there is none
}

// rewritten is what of an index is new.
type rewritten struct{ files, bytes, of int }

// measureIndexing builds the site and both indexes, beside each other.
func measureIndexing(b *testing.B, n int) (public string, m measurement) {
	c, err := testCorpus()
	if err != nil {
		b.Fatal(err)
	}
	root := benchSite(b, b.TempDir(), n)
	public = filepath.Join(root, "dist")
	more := [2]article{c.article(n), c.article(n + 1)}
	more[0].date, more[1].date = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), time.Date(2012, 10, 1, 0, 0, 0, 0, time.UTC)
	for _, a := range more {
		if err := a.write(root); err != nil {
			b.Fatal(err)
		}
	}
	timed(b, "generate", "--dir", root)
	m.hugo = timed(b, "hugo", "build", "--source", root, "--destination", public, "--noBuildLock", "--quiet")
	// The two articles are put aside as pages: what search reads of the others does not change.
	move := func(a article, from, to string) {
		b.Helper()
		if err := os.Rename(filepath.Join(from, a.name), filepath.Join(to, a.name)); err != nil {
			b.Fatal(err)
		}
	}
	articles, aside := filepath.Join(public, "tin-tuc"), b.TempDir()
	move(more[0], articles, aside)
	move(more[1], articles, aside)

	program := filepath.Join(b.TempDir(), "index")
	if out, err := exec.Command("go", "build", "-o", program, "./testdata/search/index").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	m.ours = index(b, program, public)
	before := filesOf(b, filepath.Join(public, "tim-kiem", "index"))
	for i, a := range more {
		move(a, aside, articles)
		index(b, program, public)
		m.oneMore[i] = compareFiles(before, filesOf(b, filepath.Join(public, "tim-kiem", "index")))
		move(a, articles, aside)
	}
	index(b, program, public)
	if again := compareFiles(before, filesOf(b, filepath.Join(public, "tim-kiem", "index"))); again.files != 0 {
		b.Errorf("the same pages gave another index: %+v", again)
	}
	m.ours.files, m.ours.bytes = len(before), 0
	for _, data := range before {
		m.ours.bytes += data
	}
	m.theirs = pagefind(b, public)
	return public, m
}

// index makes the index in a process of its own.
func index(b *testing.B, program, public string) indexing {
	b.Helper()
	out, err := exec.Command(program, public).Output()
	if err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	var told struct {
		Seconds float64
		Peak    string
	}
	if err := json.Unmarshal(out, &told); err != nil {
		b.Fatal(err)
	}
	kilobytes, _ := strconv.Atoi(told.Peak) // "" where the system does not tell
	return indexing{took: time.Duration(told.Seconds * float64(time.Second)), peak: kilobytes << 10}
}

// filesOf gives the size of every file, by name and content.
func filesOf(b *testing.B, dir string) map[string]int {
	b.Helper()
	files := map[string]int{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		files[fmt.Sprintf("%s %x", d.Name(), sha256.Sum256(data))] = len(data)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return files
}

func compareFiles(before, after map[string]int) (r rewritten) {
	for name, size := range after {
		r.of += size
		if _, ok := before[name]; !ok {
			r.files++
			r.bytes += size
		}
	}
	return r
}

// pagefindRead is what Pagefind is to read: what search reads.
var pagefindRead = []string{"--root-selector", "html[lang=vi] main[data-search]", "--exclude-selectors",
	"nav,form,button,script,style,template,svg,noscript,[data-search=no],[hidden],[aria-hidden=true]", "--force-language", "vi", "--silent"}

// pagefindMemory is how much of the memory that is free Pagefind may take.
const pagefindMemory = 0.7

// pagefind makes Pagefind's index in public/pagefind/, unless that needs more
// memory than there is.
func pagefind(b *testing.B, public string) (m indexing) {
	b.Helper()
	found, err := filepath.Glob("testdata/search/node_modules/@pagefind/*/bin/pagefind_extended*")
	found = slices.DeleteFunc(found, func(name string) bool { return strings.HasSuffix(name, ".sha256") })
	if err != nil || len(found) != 1 {
		b.Fatalf("no Pagefind (%v): run npm install --no-package-lock --prefix cmd/lienhiep/testdata/search", err)
	}
	cmd := exec.Command(found[0], append([]string{"--site", public, "--output-path", filepath.Join(public, "pagefind")}, pagefindRead...)...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	limit := int(float64(kilobytesOf("/proc/meminfo", "MemAvailable:")<<10) * pagefindMemory)
	for {
		select {
		case err := <-ended:
			m.took = time.Since(start)
			if m.failed != "" { // it has written nothing
				return m
			}
			if err != nil {
				b.Fatalf("Pagefind: %v\n%s", err, out.Bytes())
			}
			for _, size := range filesOf(b, filepath.Join(public, "pagefind")) {
				m.files++
				m.bytes += size
			}
			return m
		case <-time.After(100 * time.Millisecond):
			m.peak = max(m.peak, kilobytesOf(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid), "VmHWM:")<<10)
			if limit > 0 && m.peak > limit && m.failed == "" {
				m.failed = fmt.Sprintf("stopped after %.0f s at %.1f GB", time.Since(start).Seconds(), float64(m.peak)/1e9)
				_ = cmd.Process.Kill() // it may have ended by itself
			}
		}
	}
}

// kilobytesOf reads a line of a file in /proc; 0 where there is none.
func kilobytesOf(name, line string) int {
	data, _ := os.ReadFile(name)
	_, rest, _ := strings.Cut(string(data), line)
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(fields[0])
	return n
}

// staticHost serves folders as a static host does: text packed by gzip, scripts by
// brotli, anything else as it is. It writes down what it was asked for.
type staticHost struct {
	dir    string
	extra  map[string]string // pages that are in no folder
	packed sync.Map          // of file → response
	mu     sync.Mutex
	delay  time.Duration
	asked  []request
	open   int
	last   time.Time // when something was asked or answered
}

type request struct {
	path     string
	bytes    int
	from, to time.Time
}

type response struct {
	body           []byte
	kind, encoding string
}

func (h *staticHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	from := time.Now()
	h.mu.Lock()
	h.open, h.last = h.open+1, from
	delay := h.delay
	h.mu.Unlock()
	if delay > 0 {
		<-time.After(delay)
	}
	answer, err := h.file(r.URL.Path)
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
	} else {
		w.Header().Set("Content-Type", answer.kind)
		w.Header().Set("Cache-Control", "max-age=3600")
		if answer.encoding != "" {
			w.Header().Set("Content-Encoding", answer.encoding)
		}
		_, _ = w.Write(answer.body) // the browser may have left
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.open--
	h.last = time.Now()
	h.asked = append(h.asked, request{r.URL.Path, len(answer.body), from, h.last})
}

func (h *staticHost) file(name string) (response, error) {
	if strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if known, ok := h.packed.Load(name); ok {
		return known.(response), nil
	}
	r := response{kind: cmp.Or(mime.TypeByExtension(path.Ext(name)), "application/octet-stream")}
	if page, ok := h.extra[name]; ok {
		r.body = []byte(page)
	} else if data, err := os.ReadFile(filepath.Join(h.dir, filepath.FromSlash(path.Clean(name)))); err != nil {
		return r, err
	} else {
		r.body = data
	}
	var err error
	switch path.Ext(name) {
	case ".js":
		r.encoding = "br"
		r.body, err = packByBrotli(r.body)
	case ".html", ".css", ".json", ".svg":
		r.encoding = "gzip"
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		_, _ = z.Write(r.body) // into memory
		err = z.Close()
		r.body = packed.Bytes()
	}
	if err == nil {
		h.packed.Store(name, r)
	}
	return r, err
}

// packByBrotli packs as well as brotli can.
func packByBrotli(data []byte) ([]byte, error) {
	var packed bytes.Buffer
	w := brotli.NewWriterLevel(&packed, brotli.BestCompression)
	_, err := w.Write(data)
	err = errors.Join(err, w.Close())
	return packed.Bytes(), err
}

// forget begins a new list of requests, each of which takes so long from now on.
func (h *staticHost) forget(delay time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked, h.delay, h.last = nil, delay, time.Now()
}

// rest waits until nothing is asked for a while.
func (h *staticHost) rest() {
	const while = 250 * time.Millisecond
	start := time.Now()
	for {
		h.mu.Lock()
		quiet := h.open == 0 && time.Since(h.last) > while && time.Since(start) > while
		h.mu.Unlock()
		if quiet {
			return
		}
		runtimePause()
	}
}

func (h *staticHost) requests() []request {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.asked)
}

// searchEngine is one way of searching in the browser.
type searchEngine struct {
	name    string
	page    string // where it is asked
	ask     string // JavaScript: a function that takes the query, and calls shown once results are there
	results string // JavaScript: the addresses of the results, null until they are there
	part    func(h *staticHost, path string) string
}

// What a request's bytes are for.
const (
	partPage    = "page" // in which the search is: not counted
	partClient  = "client"
	partIndex   = "index"
	partTitles  = "titles"
	partSnippet = "snippets"
)

var countedParts = []string{partClient, partIndex, partTitles, partSnippet}

var liveEngine = searchEngine{
	name: "Liên hiệp",
	page: "/tim-kiem/",
	ask: `(q) => {
		const form = document.querySelector("[data-search-page] form");
		new MutationObserver(() => document.querySelector("[data-result]") && shown("")).observe(document.querySelector(".answer ol"), {childList: true});
		form.elements.q.value = q;
		form.requestSubmit();
	}`,
	results: `(() => {
		const found = [...document.querySelectorAll("[data-result] a")].map(a => a.pathname + a.hash);
		const said = document.querySelector("main [role=status], main output");
		return found.length || said.textContent && said.textContent !== said.dataset.wait ? found : null;
	})()`,
	part: func(h *staticHost, name string) string {
		switch {
		case path.Ext(name) == ".js":
			return partClient
		case documentFile.MatchString(name):
			return partTitles
		case path.Ext(name) == ".bin":
			return partIndex
		case strings.HasSuffix(name, "/") && name != "/tim-kiem/":
			return partSnippet
		}
		return partPage
	},
}

// exactEngine is [liveEngine] asked for what was typed and nothing else, to the tenth result: so its answers are judged, since
// other words for the same are judged by the readers' list.
var exactEngine = searchEngine{
	name: liveEngine.name,
	page: liveEngine.page,
	part: liveEngine.part,
	ask: `(q) => {
		const form = document.querySelector("[data-search-page] form"), {more} = form.elements;
		new MutationObserver(() => {
			const found = document.querySelectorAll("[data-result]").length;
			if (found && found < 10 && !more.hidden) more.click();
		}).observe(document.querySelector(".answer ol"), {childList: true});
		form.elements.q.value = q;
		form.elements.exact.value = 1;
		form.requestSubmit();
	}`,
	results: `((found) => found && (found.length >= 10 || document.querySelector("[name=more]").hidden) ? found : null)(` + liveEngine.results + `)`,
}

// documentFile is the address of a file of titles and texts.
var documentFile = regexp.MustCompile(`/d\d+/\d+\.bin$`)

// Pagefind is asked by its own script on the main thread, which alone the
// browser slows down.
const pagefindPage = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Pagefind</title><link rel="icon" href="data:,"><script type="module">
const pagefind = await import("/pagefind/pagefind.js");
await pagefind.options({noWorker: true});
window.ask = async q => {
	await pagefind.init();
	const found = await pagefind.search(q);
	window.answer = (await Promise.all(found.results.slice(0, 10).map(r => r.data()))).map(d => d.url);
	window.shown?.("");
};
</script>`

var pagefindEngine = searchEngine{
	name:    "Pagefind",
	page:    "/pagefind.html",
	ask:     `q => { window.ask(q) }`,
	results: `window.answer || null`,
	part: func(_ *staticHost, name string) string {
		switch {
		case strings.Contains(name, "/fragment/"):
			return partTitles // they hold title and text
		case path.Ext(name) == ".js" || strings.Contains(name, "/wasm."):
			return partClient
		case strings.HasPrefix(name, "/pagefind/"):
			return partIndex
		}
		return partPage
	},
}

// asking is what it took to answer one query, from an empty cache.
type asking struct {
	results  []string
	bytes    map[string]int // by part
	requests int            // counted ones
	rounds   int            // of requests that waited for one another, after the query
	step     time.Duration  // on the main thread, slowed down, between the query and its results
	task     time.Duration  // until all is shown
	faults   []string
}

func (a asking) sum() (n int) {
	for _, part := range countedParts {
		n += a.bytes[part]
	}
	return n
}

const (
	// latency is a phone's on a fair network: requests of one round overlap.
	latency = 60 * time.Millisecond
	// slowdown makes this machine as slow as a cheap phone.
	slowdown = 6
)

// bench is a browser and the host that it reads.
type bench struct {
	testing.TB
	browser context.Context
	host    *staticHost
	url     string
}

// run asks a query: once with latency, for requests, and once with a slow
// processor, for time.
func (e searchEngine) run(t *bench, query string) asking {
	a := asking{bytes: map[string]int{}}
	_, _ = e.open(t, query, latency, 1, func(ctx context.Context, since time.Time) {
		if err := chromedp.Run(ctx, chromedp.Evaluate(e.results, &a.results)); err != nil {
			t.Fatal(err)
		}
		var after []request
		for _, r := range t.host.requests() {
			part := e.part(t.host, r.path)
			a.bytes[part] += r.bytes
			if part != partPage {
				a.requests++
			}
			if !r.from.Before(since) {
				after = append(after, r)
			}
		}
		a.rounds = rounds(after)
	})
	a.step, a.task = e.open(t, query, 0, slowdown, func(context.Context, time.Time) {})
	return a
}

// answers gives the addresses of a query's results.
func (e searchEngine) answers(t *bench, query string) (results []string) {
	_, _ = e.open(t, query, 0, 1, func(ctx context.Context, _ time.Time) {
		if err := chromedp.Run(ctx, chromedp.Evaluate(e.results, &results)); err != nil {
			t.Fatal(err)
		}
	})
	return results
}

// open asks the query in a browser that has seen nothing yet, and tells what the
// page's thread did between the query and its results, and until all of the answer was shown.
func (e searchEngine) open(t *bench, query string, delay time.Duration, slow float64, then func(ctx context.Context, since time.Time)) (step, task time.Duration) {
	ctx, cancel := chromedp.NewContext(t.browser)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	t.host.forget(delay)
	if err := chromedp.Run(ctx, emulation.SetFocusEmulationEnabled(true), network.ClearBrowserCache(), chromedp.EmulateViewport(360, 740), performance.Enable().WithTimeDomain(performance.EnableTimeDomainThreadTicks), chromedp.Navigate(t.url+e.page)); err != nil {
		t.Fatal(err)
	}
	t.host.rest()
	since := time.Now()
	quoted, err := json.Marshal(query)
	if err != nil {
		t.Fatal(err)
	}
	var before, after time.Duration
	shown := make(chan time.Duration, 1)
	var once sync.Once
	chromedp.ListenTarget(ctx, func(event any) {
		if called, ok := event.(*runtimedomain.EventBindingCalled); ok && called.Name == "shown" {
			once.Do(func() {
				go func() {
					var at time.Duration
					if err := chromedp.Run(ctx, taskTime(&at)); err == nil {
						shown <- at
					}
				}()
			})
		}
	})
	// What the tools watch, and no reader has watched, would count as well.
	quiet := chromedp.Tasks{network.Disable(), dom.Disable(), css.Disable(), logdomain.Disable(), runtimedomain.AddBinding("shown")}
	if err := chromedp.Run(ctx, quiet, emulation.SetCPUThrottlingRate(slow), taskTime(&before), chromedp.Evaluate(fmt.Sprintf("(%s)(%s)", e.ask, quoted), nil)); err != nil {
		t.Fatal(err)
	}
	for done := false; !done; {
		t.host.rest()
		if err := chromedp.Run(ctx, chromedp.Evaluate("("+e.results+") !== null", &done)); err != nil {
			t.Fatalf("%s: %q at %gx: %v; asked for %v", e.name, query, slow, err, t.host.requests())
		}
	}
	t.host.rest()
	if err := chromedp.Run(ctx, taskTime(&after)); err != nil {
		t.Fatal(err)
	}
	then(ctx, since)
	select {
	case at := <-shown:
		return at - before, after - before
	case <-time.After(time.Second): // nothing was found
		return after - before, after - before
	}
}

// taskTime reads how much of the processor's time the page's main thread has taken.
func taskTime(d *time.Duration) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		all, err := performance.GetMetrics().Do(ctx)
		for _, m := range all {
			if m.Name == "TaskDuration" {
				*d = time.Duration(m.Value * float64(time.Second))
			}
		}
		return err
	})
}

// rounds counts the requests that could only be made once another was answered.
func rounds(all []request) (n int) {
	slices.SortFunc(all, func(a, b request) int { return a.from.Compare(b.from) })
	var ends time.Time // of the round's first answer
	for _, r := range all {
		if n == 0 || !r.from.Before(ends) {
			n++
			ends = r.to
		} else if r.to.Before(ends) {
			ends = r.to
		}
	}
	return n
}

// report asks all queries and writes the tables.
func (m measurement) report(b *testing.B, n int, public string) {
	c, err := testCorpus()
	if err != nil {
		b.Fatal(err)
	}
	queries, err := readQueries(c)
	if err != nil {
		b.Fatal(err)
	}
	o, err := newOracle(public, queries)
	if err != nil {
		b.Fatal(err)
	}
	h := &staticHost{dir: public, extra: map[string]string{"/pagefind.html": pagefindPage}}
	server := httptest.NewServer(h)
	defer server.Close()
	t := &bench{b, readersBrowser.open(b), h, server.URL}

	ours := askAll(t, liveEngine, o)
	for i, q := range queries {
		ours[i].faults = o.judge(i, exactEngine.answers(t, q.Query))
	}
	var theirs []asking
	if m.theirs.failed == "" {
		theirs = askAll(t, pagefindEngine, o)
	}
	for _, e := range []struct {
		name string
		all  []asking
	}{{liveEngine.name, ours}, {pagefindEngine.name, theirs}} {
		for i, a := range e.all {
			if len(a.faults) > 0 {
				fmt.Printf("%s, %s: %s (%d relevant)\n\t%s\n", e.name, queries[i].Kind, queries[i].Query, o.all[i], strings.Join(a.faults, "\n\t"))
			}
		}
	}
	text := m.table(n, queries, ours, theirs)
	fmt.Printf("\n%s\n", text)
	b.ReportMetric(median(ours, func(a asking) float64 { return float64(a.sum()) }), "B/query")
	b.ReportMetric(m.ours.took.Seconds()/m.hugo.Seconds(), "x-hugo")
	if *update {
		if err := putTable("../../internal/search/BENCHMARK.md", n, text); err != nil {
			b.Fatal(err)
		}
	}
}

func askAll(t *bench, e searchEngine, o *oracle) []asking {
	all := make([]asking, len(o.queries))
	for i, q := range o.queries {
		all[i] = e.run(t, q.Query)
		all[i].faults = o.judge(i, all[i].results)
	}
	return all
}

func median(all []asking, of func(asking) float64) float64 {
	values := valuesOf(all, of)
	return values[len(values)/2]
}

func valuesOf(all []asking, of func(asking) float64) []float64 {
	var values []float64
	for _, a := range all {
		values = append(values, of(a))
	}
	slices.Sort(values)
	return values
}

// table is what BENCHMARK.md says of one size.
func (m measurement) table(n int, queries []*searchQuery, ours, theirs []asking) string {
	var b strings.Builder
	row := func(name, one, other string) { fmt.Fprintf(&b, "| %s | %s | %s |\n", name, one, other) }
	both := func(name, format string, of func(asking) float64) {
		cell := func(all []asking) string {
			if all == nil {
				return "–"
			}
			values := valuesOf(all, of)
			return fmt.Sprintf(format+" ("+format+")", values[len(values)/2], values[len(values)-1])
		}
		row(name, cell(ours), cell(theirs))
	}
	right := func(all []asking, kind string) string {
		if all == nil {
			return "–"
		}
		var right, of int
		for i, a := range all {
			if kind == "" || queries[i].Kind == kind {
				of++
				if len(a.faults) == 0 {
					right++
				}
			}
		}
		return fmt.Sprintf("%d of %d", right, of)
	}
	kB := func(part string) func(asking) float64 {
		return func(a asking) float64 { return float64(a.bytes[part]) / 1e3 }
	}
	row("", "Liên hiệp", "Pagefind 1.6.0")
	row("---", "---:", "---:")
	row("**Queries answered rightly**", right(ours, ""), right(theirs, ""))
	var kinds []string
	for _, q := range queries {
		if !slices.Contains(kinds, q.Kind) {
			kinds = append(kinds, q.Kind)
			row(q.Kind, right(ours, q.Kind), right(theirs, q.Kind))
		}
	}
	both("**A first query, kB, median (most)**", "%.1f", func(a asking) float64 { return float64(a.sum()) / 1e3 })
	for _, part := range countedParts {
		both(part, "%.1f", kB(part))
	}
	both("requests", "%.0f", func(a asking) float64 { return float64(a.requests) })
	both("rounds of requests, after typing", "%.0f", func(a asking) float64 { return float64(a.rounds) })
	both(fmt.Sprintf("**Computing until the results stand, processor %d× slower, s**", slowdown), "%.2f", func(a asking) float64 { return a.step.Seconds() })
	both("and until all is shown", "%.2f", func(a asking) float64 { return a.task.Seconds() })
	whole := func(i indexing, format string, a ...any) string {
		if i.failed != "" {
			return i.failed
		}
		return fmt.Sprintf(format, a...)
	}
	row("**Making the index, s**", fmt.Sprintf("%.1f", m.ours.took.Seconds()), whole(m.theirs, "%.1f", m.theirs.took.Seconds()))
	row(fmt.Sprintf("of Hugo's own build of the pages, %.1f s", m.hugo.Seconds()),
		fmt.Sprintf("%.2f×", m.ours.took.Seconds()/m.hugo.Seconds()), whole(m.theirs, "%.2f×", m.theirs.took.Seconds()/m.hugo.Seconds()))
	row("peak memory, GB", fmt.Sprintf("%.2f", float64(m.ours.peak)/1e9), fmt.Sprintf("%.2f", float64(m.theirs.peak)/1e9))
	row("files", fmt.Sprint(m.ours.files), whole(m.theirs, "%d", m.theirs.files))
	row("MB", fmt.Sprintf("%.1f", float64(m.ours.bytes)/1e6), whole(m.theirs, "%.1f", float64(m.theirs.bytes)/1e6))
	for i, name := range []string{"**Rewritten by one more article**, of today", "of years ago"} {
		r := m.oneMore[i]
		row(name, fmt.Sprintf("%.2f %% (%d files, %.0f kB)", 100*float64(r.bytes)/float64(r.of), r.files, float64(r.bytes)/1e3), "")
	}
	fmt.Fprintf(&b, "\n%d queries; %d processors (%s), %s.\n", len(queries), runtime.NumCPU(), runtime.GOARCH, runtime.Version())
	return b.String()
}

// putTable puts the table of a size between its marks.
func putTable(name string, n int, text string) error {
	page, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	marks := regexp.MustCompile(fmt.Sprintf(`(?s)(<!-- %d -->\n).*(<!-- /%d -->)`, n, n))
	if !marks.Match(page) {
		return fmt.Errorf("%s has no place for %d", name, n)
	}
	return os.WriteFile(name, marks.ReplaceAllFunc(page, func(old []byte) []byte {
		parts := marks.FindSubmatch(old)
		return slices.Concat(parts[1], []byte(text), parts[2])
	}), 0o666)
}
