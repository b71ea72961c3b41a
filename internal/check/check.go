// Package check validates a built static site before it is published.
//
// In: the site as an [fs.FS], as a web server will serve it, and in [Options]
// what only its builder knows: its address, the text that the plans' pages must
// contain, and the entries that must not be visible. Out: a [Report]. The
// package knows neither what built the site nor where its content came from.
//
// Every file is read once. The page reader (page.go) collects facts in one pass
// of a tokenizer; the rules then look at the facts alone, one file of this
// package per concern: markup.go, links.go, privacy.go, invisible.go, image.go,
// hidden.go, budget.go, fidelity.go, feeds.go, css.go, compressed.go, active.go,
// key.go. Files are read in parallel and not kept; what is kept is a set of
// addresses and, for each page, its anchors and title. The same site always
// gives the same report, whether anything is known of an earlier one (known.go)
// or not.
package check

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"lienhiep/internal/diag"
)

// Options is what the site is checked against. Addresses are paths relative to the
// site's root, without the path of BaseURL: "/tin-tuc/a/".
type Options struct {
	BaseURL string   // where the site will stand, "https://example.vn/" or with a path; "" or "/" if that is not known
	Langs   []string // the site's languages: the first stands at /, each other at /<lang>/; none: any language will do
	Plans   []Plan
	Hidden  []Hidden
	// Entries are the sources of pages by their addresses: a page to which no other leads is
	// told of there. A page that lists all others, at one of SiteMaps, does not count.
	Entries  map[string]string
	SiteMaps []string
	// Laid are the files that were put into the site as they are, not built.
	Laid []string
	// Prepared is a site that has its hosts' files, as the program writes them.
	Prepared bool
	// Sum gives a file's SHA-256. With it, a file is not read that is as it was when an
	// earlier check of this program, which gave Known, found nothing wrong with it.
	Sum   func(name string) ([sha256.Size]byte, error)
	Known []byte
}

// Plan is an official document whose page must carry its text exactly.
type Plan struct {
	URL  string // address of the page with the whole text
	Text string // the document's characters in order, without white space
	// Forms are files with the same words.
	Forms []Form
}

// Form is a file that must contain a plan's text, in whatever format.
type Form struct {
	URL   string
	Words func(file []byte) (string, error) // reads them out, without white space; nil where it is enough that the file is there
}

// Hidden is something that the site must not show: an entry that is a draft, scheduled
// or expired, or a person who has withdrawn.
type Hidden struct {
	File  string   // its source, named in the finding
	URLs  []string // every address that it would have, or had; one at least
	Names []string // parts that no address may have, because they are its own: "tran-van-mau"
	Down  bool     // taken down: servers are told so at its addresses
	Gone  bool     // for good: nothing may be left at the addresses or below
}

// Report is the result of a check.
type Report struct {
	Findings []diag.Finding // sorted; a fault that is everywhere is told in a few places and then counted
	Pages    int            // HTML files, those that only redirect aside
	Files    int
	Bytes    int64
	Fidelity []Fidelity // one for each of Options.Plans, in that order
	Largest  Weight     // the longest page, before compression, and what it weighs
	// Known writes down what the next check is to know, if there is Options.Sum. It takes a
	// while, and can wait.
	Known func() ([]byte, error)
}

// Fidelity is how much of a plan's text its page contains.
type Fidelity struct {
	URL     string
	Percent float64 // 100 only if the texts are equal
}

// Weight is the number of bytes that must be transferred before a page can be rendered.
type Weight struct {
	File  string
	Bytes int // HTML and CSS of this site, gzipped
}

// Run checks a built site. An error means that the site could not be read or
// that the options make no sense; everything wrong with the site is a finding.
func Run(fsys fs.FS, o Options) (Report, error) {
	s, err := newSite(fsys, o)
	if err != nil {
		return Report{}, err
	}
	all := newWorker(s)
	if err := s.list(all.faults); err != nil {
		return Report{}, fmt.Errorf("listing the site: %w", err)
	}
	context, err := s.context(o)
	if err != nil {
		return Report{}, err
	}
	s.before = recall(o.Known, context)
	// Style sheets come first: the weight of a page counts those it loads.
	sheets, rest := partition(s.order, func(name string) bool { return path.Ext(name) == ".css" })
	for _, names := range [][]string{sheets, rest} {
		if err := all.each(names); err != nil {
			return Report{}, err
		}
		for _, sh := range all.weighed {
			s.sheets[sh.file] = sh
		}
	}
	if err := all.whole(o); err != nil {
		return Report{}, err
	}
	largest, err := all.exactWeight()
	if err != nil {
		return Report{}, err
	}
	return Report{
		Findings: all.faults.findings(all.nearest),
		Pages:    all.pages,
		Files:    len(s.order),
		Bytes:    all.bytes,
		Fidelity: s.fidelity,
		Largest:  largest,
		Known:    func() ([]byte, error) { return keep(all.known, context) },
	}, nil
}

// whole applies the rules for all files together.
func (w *worker) whole(o Options) error {
	if err := w.anchors(); err != nil {
		return err
	}
	w.repeatedTitles()
	w.plansWithoutPage()
	w.alone(o)
	return w.forms()
}

// worker reads files, one at a time, and holds what is to be kept of them. Each
// has its own buffers and results, so that none waits for another.
type worker struct {
	*site
	reader
	scale
	faults faults
	told   int // faults of the files that it has read

	pages   int
	bytes   int64
	largest Weight // Bytes before compression
	titles  []titled
	wanted  []anchor
	ids     map[string][]id // of each page
	weighed []*sheet
	led     map[string]bool     // pages that others lead to
	shown   map[*concealed]bool // hidden entries that the file at hand mentions
	note    *note               // of the file at hand, if its verdict may be kept
	known   map[string]verdict  // to be kept
}

func newWorker(s *site) *worker {
	return &worker{
		site:   s,
		faults: faults{},
		ids:    map[string][]id{},
		led:    map[string]bool{},
		shown:  map[*concealed]bool{},
		known:  map[string]verdict{},
	}
}

// each checks the files in parallel and adds what was found to w.
func (w *worker) each(names []string) error {
	workers := make([]*worker, min(runtime.GOMAXPROCS(0), len(names)))
	errs := make([]error, len(workers))
	var next atomic.Int64
	var wg sync.WaitGroup
	for i := range workers {
		workers[i] = newWorker(w.site)
		wg.Go(func() {
			for errs[i] == nil {
				n := int(next.Add(1)) - 1
				if n >= len(names) {
					return
				}
				errs[i] = workers[i].file(names[n])
			}
		})
	}
	wg.Wait()
	for i, v := range workers {
		if errs[i] != nil {
			return errs[i]
		}
		w.take(v)
	}
	return nil
}

func (w *worker) take(v *worker) {
	w.faults.merge(v.faults)
	w.pages += v.pages
	w.bytes += v.bytes
	w.largest = heavier(w.largest, v.largest)
	w.titles = append(w.titles, v.titles...)
	w.wanted = append(w.wanted, v.wanted...)
	w.weighed = append(w.weighed, v.weighed...)
	maps.Copy(w.led, v.led)
	maps.Copy(w.known, v.known)
	for file, ids := range v.ids {
		w.ids[file] = ids
	}
}

// inspect checks one file by its kind.
func (w *worker) inspect(name string) error {
	ext := strings.ToLower(path.Ext(name))
	if imageKinds[ext] {
		return w.image(name)
	}
	limit, text := textKinds[ext]
	switch {
	case ext == brotliEnding || ext == gzipEnding:
		return w.copy(name)
	case !text:
		return w.data(name)
	}
	f, whole, err := w.read(w.fsys, name, limit)
	if err != nil {
		return fmt.Errorf("reading the site: %w", err)
	}
	w.bytes += int64(len(f.src))
	if !whole {
		w.add(tooLarge.At(diag.Pos{File: name}, limit>>20))
		return nil
	}
	clear(w.shown)
	w.secrets(f)
	w.scan(f, ext != ".html")
	w.utf8(f)
	w.characters(f)
	switch ext {
	case ".html":
		w.page(f)
	case ".css":
		w.css(f)
	case ".xml":
		w.xml(f)
	case ".json", ".webmanifest":
		w.json(f)
	case ".txt":
		w.robots(f)
	case ".svg":
		w.svg(f)
	case ".js":
		w.script(f)
	}
	return nil
}

// page applies every rule for pages.
func (w *worker) page(f *file) {
	p := w.facts(f)
	if p.redirect != "" {
		w.policy(p)
		w.links(p)
		return
	}
	w.pages++
	w.ids[p.name] = intern(p.ids)
	w.head(p)
	w.markup(p)
	w.policy(p)
	w.links(p)
	w.comments(p)
	w.weigh(p)
	w.plans(p)
}

func (w *worker) add(f diag.Finding) { w.tell(fault{Finding: f}) }

func (w *worker) tell(f fault) {
	w.told++
	w.faults.add(f)
}

// partition splits names, in order, by what is says of each.
func partition(names []string, is func(string) bool) (yes, no []string) {
	for _, n := range names {
		if is(n) {
			yes = append(yes, n)
		} else {
			no = append(no, n)
		}
	}
	return yes, no
}

// heavier returns the larger weight, of equal ones that of the first file, so
// that the order of reading does not matter.
func heavier(a, b Weight) Weight {
	return slices.MinFunc([]Weight{a, b}, func(x, y Weight) int {
		return cmp.Or(cmp.Compare(y.Bytes, x.Bytes), strings.Compare(x.File, y.File))
	})
}
