package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"github.com/rogpeppe/go-internal/testscript"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/needs"
	"lienhiep/internal/search/engine"
	"lienhiep/internal/viet"
)

// searchQuery is a query of testdata/search/queries.json with what must hold of
// its first ten results. In its strings {title 17} is the title of the corpus's
// article 17, {folded title 17} and {upper title 17} the same typed otherwise,
// {page 17} its address, and {nfd …} what follows in decomposed form.
type searchQuery struct {
	Kind  string `json:"kind"`
	Query string `json:"query"`
	// Tiers are what makes a page relevant, best first. As many pages of the first
	// as there are come first, then those of the next.
	// After the last, other pages with every syllable may follow, unless Only.
	Tiers []string `json:"tiers"`
	Only  bool     `json:"only"`
	None  bool     `json:"none"`  // nothing is found
	Has   []string `json:"has"`   // addresses among the ten
	First string   `json:"first"` // the address of the first
	Same  string   `json:"same"`  // a query with the same results

	tiers []predicate // those of Tiers, and the tail
}

// resultsWanted is how many results of a query are judged.
const resultsWanted = 10

func readQueries(c *corpus) ([]*searchQuery, error) {
	data, err := os.ReadFile("testdata/search/queries.json")
	if err != nil {
		return nil, err
	}
	var all struct{ Queries []*searchQuery }
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("testdata/search/queries.json: %w", err)
	}
	for _, q := range all.Queries {
		q.Query, q.First = c.expand(q.Query), c.expand(q.First)
		for i := range q.Has {
			q.Has[i] = c.expand(q.Has[i])
		}
		for _, name := range q.Tiers {
			p, ok := predicates[name]
			if !ok {
				return nil, fmt.Errorf("testdata/search/queries.json: %s: no such tier: %s", q.Query, name)
			}
			q.tiers = append(q.tiers, p)
		}
		if !q.Only {
			q.tiers = append(q.tiers, somehow)
		}
	}
	return all.Queries, nil
}

var placeholder = regexp.MustCompile(`\{(title|folded title|upper title|page|nfd) ([^}]*)\}`)

func (c *corpus) expand(s string) string {
	return placeholder.ReplaceAllStringFunc(s, func(m string) string {
		part := placeholder.FindStringSubmatch(m)
		if part[1] == "nfd" {
			return norm.NFD.String(part[2])
		}
		i, err := strconv.Atoi(part[2])
		if err != nil {
			panic(m)
		}
		a := c.article(i)
		switch part[1] {
		case "folded title":
			return viet.Fold(a.title)
		case "upper title":
			return strings.ToUpper(a.title)
		case "page":
			return "/tin-tuc/" + a.name + "/"
		}
		return a.title
	})
}

// syllable is one as it was written and without marks. A break, between what is
// not adjacent, has neither.
type syllable struct{ exact, folded string }

// cutter cuts text into syllables, by rules of its own: it is to judge the index,
// not to agree with it.
type cutter struct {
	known map[string]syllable
}

var pieces = regexp.MustCompile(`[\p{L}\p{M}]+|\p{N}+|[.,;:!?…()\[\]“”"]+|\s+`)

func (c *cutter) cut(text string) []syllable {
	if c.known == nil {
		c.known = map[string]syllable{}
	}
	var all []syllable
	found := pieces.FindAllString(text, -1)
	for i, piece := range found {
		r := firstRune(piece)
		switch {
		case unicode.IsSpace(r):
		case unicode.IsPunct(r):
			glued := len(piece) == 1 && i > 0 && i+1 < len(found) && !unicode.IsSpace(firstRune(found[i-1])) && !unicode.IsSpace(firstRune(found[i+1]))
			if !glued {
				all = append(all, syllable{})
			}
		default:
			s, ok := c.known[piece]
			if !ok {
				s = newSyllable(piece)
				c.known[piece] = s
			}
			all = append(all, s)
		}
	}
	return all
}

// newSyllable puts the tone behind the word, so that it matters no more on which
// vowel it stood.
func newSyllable(word string) syllable {
	var letters, tone strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", r) {
			tone.WriteRune(r)
		} else {
			letters.WriteRune(r)
		}
	}
	return syllable{letters.String() + tone.String(), viet.Fold(word)}
}

// builtPage is a page that search may find.
type builtPage struct {
	address   string
	file      string // its folder's address: another name of a provision
	provision bool
	title     []syllable
	text      []syllable
}

// readPage reads a page as a reader sees it; nil when search is not to find it.
func readPage(name string, src []byte, c *cutter) *builtPage {
	if !bytes.Contains(src, []byte("data-search=")) {
		return nil
	}
	doc, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		return nil // a reader in memory does not fail
	}
	var main *html.Node
	vietnamese := false
	for n := range doc.Descendants() {
		vietnamese = vietnamese || n.Data == "html" && attribute(n, "lang") == "vi"
		if main == nil && n.Data == "main" {
			main = n
		}
	}
	if main == nil || !vietnamese || attribute(main, "data-search") == "" {
		return nil
	}
	p := &builtPage{file: "/" + strings.TrimSuffix(name, "index.html")}
	p.address = p.file
	if attribute(main, "data-search") == "dieu-khoan" {
		p.provision = true
		folder, id, _ := cutLast(strings.TrimSuffix(p.file, "/"), "/")
		p.address = folder + "/#" + id
	}
	var text strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && unread(n) {
			return
		}
		block := n.Type == html.ElementNode && !strings.Contains(" a abbr b cite em i q span strong time ", " "+n.Data+" ")
		end := func() {
			if block {
				p.text = append(append(p.text, c.cut(text.String())...), syllable{})
				text.Reset()
			}
		}
		end()
		from := len(p.text)
		for child := range n.ChildNodes() {
			walk(child)
		}
		end()
		if n.Data == "h1" && p.title == nil {
			p.title = slices.DeleteFunc(slices.Clone(p.text[from:]), func(s syllable) bool { return s.exact == "" })
		}
	}
	walk(main)
	if slices.ContainsFunc(main.Attr, func(a html.Attribute) bool { return a.Key == "data-search-list" }) {
		p.text = slices.Clone(p.title) // what it lists is others'
		for n := range main.Descendants() {
			if attribute(n, "data-search") == "summary" {
				text.Reset()
				for inside := range n.Descendants() {
					if inside.Type == html.TextNode {
						text.WriteString(inside.Data)
					}
				}
				p.text = append(append(p.text, syllable{}), c.cut(text.String())...)
			}
		}
	}
	return p
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func unread(n *html.Node) bool {
	return strings.Contains(" nav form button script style template svg noscript ", " "+n.Data+" ") ||
		attribute(n, "data-search") == "no" || attribute(n, "aria-hidden") == "true" || slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "hidden" })
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// wanted is a query's words, cut once.
type wanted struct {
	words    []syllable
	accented bool
}

func (c *cutter) wanted(query string) wanted {
	w := wanted{words: slices.DeleteFunc(c.cut(query), func(s syllable) bool { return s.exact == "" })}
	w.accented = slices.ContainsFunc(w.words, func(s syllable) bool { return s.exact != s.folded })
	return w
}

// predicate says whether a page is what a query looks for.
type predicate func(p *builtPage, w wanted) bool

var predicates = map[string]predicate{
	// The words as typed, side by side.
	"phrase": func(p *builtPage, w wanted) bool { return p.has(w.words, exactly) },
	// The same, whatever their marks.
	"folded": func(p *builtPage, w wanted) bool { return p.has(w.words, folded) },
	// The same; only what was typed without a mark may have any.
	"typed": func(p *builtPage, w wanted) bool { return p.has(w.words, w.typed) },
	// As typed; the last is the beginning of a word.
	"prefix": beginning,
	// Every two neighbours side by side.
	"pairs": func(p *builtPage, w wanted) bool {
		for i := range len(w.words) - 1 {
			if !p.has(w.words[i:i+2], exactly) {
				return false
			}
		}
		return true
	},
	// Every word as typed, somewhere.
	"all": func(p *builtPage, w wanted) bool {
		for i := range w.words {
			if !p.has(w.words[i:i+1], exactly) {
				return false
			}
		}
		return true
	},
}

func beginning(p *builtPage, w wanted) bool {
	last := w.words[len(w.words)-1]
	return p.has(w.words, func(have, want syllable) bool {
		if want == last {
			return strings.HasPrefix(have.folded, want.folded)
		}
		return w.typed(have, want)
	})
}

// somehow is the least that makes a page an answer: every word, with whatever
// marks, somewhere; of the last its beginning.
func somehow(p *builtPage, w wanted) bool {
	for i, want := range w.words {
		if !p.has([]syllable{want}, func(have, want syllable) bool {
			return have.folded == want.folded || i == len(w.words)-1 && strings.HasPrefix(have.folded, want.folded)
		}) {
			return false
		}
	}
	return true
}

func exactly(have, want syllable) bool { return have.exact == want.exact }
func folded(have, want syllable) bool  { return have.folded == want.folded }

func (w wanted) typed(have, want syllable) bool {
	return have.exact == want.exact || want.exact == want.folded && have.folded == want.folded
}

func (p *builtPage) has(words []syllable, same func(have, want syllable) bool) bool {
	for i := range len(p.text) - len(words) + 1 {
		if slices.EqualFunc(p.text[i:i+len(words)], words, same) {
			return true
		}
	}
	return false
}

// oracle knows of every page of a built site which queries it answers.
type oracle struct {
	public  string
	queries []*searchQuery
	counts  []map[int]int // by query: how many pages, provisions left out, are in each tier
	all     []int         // by query: how many of these are in any tier but the tail
	other   map[string]string
}

// newOracle reads the whole site.
func newOracle(public string, queries []*searchQuery) (*oracle, error) {
	o := &oracle{public: public, queries: queries, counts: make([]map[int]int, len(queries)), all: make([]int, len(queries)), other: map[string]string{}}
	for i := range o.counts {
		o.counts[i] = map[int]int{}
	}
	var names []string
	err := fs.WalkDir(os.DirFS(public), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == "index.html" {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	var wait sync.WaitGroup
	var failed error
	work := make(chan string)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			c := &cutter{}
			words := make([]wanted, len(queries))
			for i, q := range queries {
				words[i] = c.wanted(q.Query)
			}
			for name := range work {
				src, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(name)))
				p := readPage(name, src, c)
				tiers := make([]int, len(queries))
				for i, q := range queries {
					tiers[i] = -1
					if p != nil {
						tiers[i] = q.tier(p, words[i])
					}
				}
				mu.Lock()
				if err != nil {
					failed = err
				}
				if p != nil && p.provision {
					o.other[p.file] = p.address
				}
				for i, t := range tiers {
					if t >= 0 && t < len(queries[i].Tiers) {
						if !p.provision { // of which one may stand for another, above it
							o.all[i]++
							o.counts[i][t]++
						}
					}
				}
				mu.Unlock()
			}
		})
	}
	for _, name := range names {
		work <- name
	}
	close(work)
	wait.Wait()
	return o, failed
}

// tier is the first that the page is in, -1 when it is in none.
func (q *searchQuery) tier(p *builtPage, w wanted) int {
	return slices.IndexFunc(q.tiers, func(is predicate) bool { return is(p, w) })
}

// page reads the page at an address of a result.
func (o *oracle) page(address string, c *cutter) (*builtPage, error) {
	name := strings.Replace(strings.Trim(address, "/"), "/#", "/", 1) + "/index.html"
	src, err := os.ReadFile(filepath.Join(o.public, filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	p := readPage(name, src, c)
	if p == nil {
		return nil, fmt.Errorf("%s is not to be found", address)
	}
	return p, nil
}

// judge says what is wrong with the results of query i, best first.
func (o *oracle) judge(i int, results []string) (faults []string) {
	q := o.queries[i]
	fault := func(format string, a ...any) { faults = append(faults, fmt.Sprintf(format, a...)) }
	results = slices.Clone(results[:min(len(results), resultsWanted)])
	for j, address := range results {
		if other := o.other[address]; other != "" {
			results[j] = other
		}
	}
	if q.None {
		if len(results) > 0 {
			fault("found %s", results[0])
		}
		return faults
	}
	if want := min(o.all[i], resultsWanted); len(results) < want {
		fault("%d results of %d", len(results), want)
	}
	if q.First != "" && (len(results) == 0 || results[0] != q.First) {
		fault("first is not %s", q.First)
	}
	for _, address := range q.Has {
		if !slices.Contains(results, address) {
			fault("no %s", address)
		}
	}
	if len(q.Tiers) == 0 {
		return faults
	}
	var ideal []int
	for t := range q.Tiers {
		ideal = append(ideal, slices.Repeat([]int{t}, min(o.counts[i][t], resultsWanted))...)
	}
	c := &cutter{}
	w := c.wanted(q.Query)
	at := 0
	for j, address := range results {
		if slices.Contains(results[:j], address) {
			fault("%d. %s again", j+1, address)
		}
		p, err := o.page(address, c)
		if err != nil {
			fault("%d. %v", j+1, err)
			continue
		}
		t := q.tier(p, w)
		if t < 0 {
			fault("%d. %s does not have it", j+1, address)
		} else if !p.provision {
			if at < len(ideal) && t > ideal[at] {
				fault("%d. %s (%s) before a page that has it as %q", j+1, address, tierName(q, t), q.Tiers[ideal[at]])
			}
		}
		if !p.provision {
			at++
		}
	}
	return faults
}

func tierName(q *searchQuery, t int) string {
	if t < len(q.Tiers) {
		return q.Tiers[t]
	}
	return "somehow"
}

// searchFolders are the folders of the indexes, beside the search pages.
var searchFolders = map[string]string{"vi": "tim-kiem/index", "en": "en/search/index"}

// TestSearchAnswers asks all queries as a reader does, of a site with a few hundred
// articles of the corpus beside its own.
func TestSearchAnswers(t *testing.T) {
	needs.Ask(t, needs.Endurance)
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	c, err := testCorpus()
	if err != nil {
		t.Fatal(err)
	}
	if err := addArticles(root, 400); err != nil {
		t.Fatal(err)
	}
	if err := build(root); err != nil {
		t.Fatal(err)
	}
	queries, err := readQueries(c)
	if err != nil {
		t.Fatal(err)
	}
	o, err := newOracle(filepath.Join(root, "public"), queries)
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.Open(os.DirFS(filepath.Join(root, "public")), searchFolders["vi"])
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}()
	ask := func(words string) (addresses []string) {
		found, _, err := e.Search(words, engine.Options{Exact: true}) // other words for the same are judged by search_readers_test.go
		if err != nil {
			t.Fatalf("%s: %v", words, err)
		}
		for _, d := range found.Documents {
			addresses = append(addresses, "/"+d.Address())
		}
		return addresses
	}
	for i, q := range queries {
		results := ask(q.Query)
		for _, fault := range o.judge(i, results) {
			t.Errorf("%s (%s): %s", q.Query, q.Kind, fault)
		}
		if q.Same != "" && !slices.Equal(results, ask(q.Same)) {
			t.Errorf("%s and %s have other results", q.Query, q.Same)
		}
	}
}

// scriptFinds asks the search of public/ as a reader does: whether it finds a page, or
// anything at all.
func scriptFinds(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: finds QUERY [PAGE]")
	}
	e, err := engine.Open(os.DirFS(ts.MkAbs("public")), searchFolders["vi"])
	ts.Check(err)
	found, _, err := e.Search(args[0], engine.Options{})
	ts.Check(errors.Join(err, e.Close()))
	var all []string
	for _, d := range found.Documents {
		all = append(all, d.Address())
	}
	if is := len(all) > 0 && (len(args) == 1 || slices.Contains(all, args[1])); is == neg {
		ts.Fatalf("%s finds %q", args[0], all)
	}
}
