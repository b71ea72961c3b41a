// Package incremental tells of which pages a build would make what an earlier build made of
// them, so that an article that changes costs an article.
//
// An article's page is made of its own files, of what generated/data says of it, and of
// little else: the titles of the pages that it leads to, and what all pages share. All of
// that goes into one sum (see [Page]); as long as it is the same, so is the page. What a
// template of an article may read is listed here ([ownData], [sharedData]), and held by a
// test against the templates themselves. Other pages list what is on the site: they are
// made by every build.
//
// In: the site's folder with generated/ up to date, and its catalogue. Out: the pages that
// may be taken as they were made, each with the sum of what it is made of.
package incremental

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"lienhiep/internal/catalog"
	"lienhiep/internal/content"
	"lienhiep/internal/kept"
	"lienhiep/internal/matter"
)

// Page is the page of an entry that is made of what is known.
type Page struct {
	Path   string   // in Hugo: "/tin-tuc/gap-mat"
	File   string   // of its entry: "content/tin-tuc/gap-mat/index.md"
	Folder string   // that its files are built into, below the site's: "tin-tuc/gap-mat"
	Inputs kept.Sum // of all that it is made of
}

// Kind is the kind of entries whose pages may be taken: there are many of them, and other
// pages are few.
var Kind = catalog.Kinds()[slices.IndexFunc(catalog.Kinds(), catalog.Kind.Many)]

// ownData are the files of generated/data of which a page reads what they say of itself, or
// of the addresses that its text leads to; sharedData those, and the folders, that it may
// read anything of. Both are without their ending.
var (
	ownData    = []string{"events", "attachments", "addresses", "hidden"}
	sharedData = []string{"emblems", "format", "kinds", "people", "plans", "website", "wordings"}
)

// sharedFolders hold what pages are made with.
var sharedFolders = []string{"layouts", "assets", "i18n", "generated/content"}

// Made are the pages of a site as it is now.
type Made struct {
	Pages []Page
	// Always are the paths in Hugo of the other pages below [Made.Below], which every build
	// makes.
	Always []string
	Below  string // "/tin-tuc"
}

// source is what goes into sums of an entry's file.
type source struct {
	whole, front kept.Sum // front is of its front matter
	leads        leads
}

// Digest makes of the bytes of an entry's file what [Read] needs of it on a site at an
// address, for [catalog.Options].
func Digest(baseURL string) func(file []byte) any {
	host := hostOf(baseURL)
	return func(file []byte) any { return digest(file, host) }
}

func digest(file []byte, host string) source {
	parts, err := matter.Split(file)
	if err != nil { // the build says what is wrong
		sum := kept.Sum(sha256.Sum256(file))
		return source{sum, sum, leads{anywhere: true}}
	}
	return source{sha256.Sum256(file), sha256.Sum256(parts.Matter), leadsOf(parts.Body, host)}
}

func hostOf(baseURL string) string {
	u, err := url.Parse(baseURL)
	if err != nil {
		return ""
	}
	return u.Host
}

// Read reads what the pages of a site are made of. site is its folder, baseURL its address;
// the catalogue was read with [Digest] for that.
func Read(site fs.FS, c *catalog.Catalog, baseURL string) (Made, error) {
	r := reader{site: site, state: c.State, beside: map[string][]string{}, entries: map[string][]*catalog.Entry{}}
	for _, e := range c.Entries() {
		r.entries[e.Path] = append(r.entries[e.Path], e)
	}
	if err := r.all(c, baseURL); err != nil {
		return Made{}, fmt.Errorf("reading what pages are made of: %w", err)
	}
	return r.pages(c)
}

// event is what events.json says of an entry.
type event map[string]json.RawMessage

// beside are the keys under which it leads to others.
var beside = []string{"before", "after", "same", "related"}

type reader struct {
	site        fs.FS
	events      map[string]event // by the paths of entries in Hugo
	attachments map[string]json.RawMessage
	beside      map[string][]string         // the cleaned pictures, by the folder below content/ that they belong to
	entries     map[string][]*catalog.Entry // by their paths in Hugo
	shared      kept.Sum                    // of what every page is made of
	leads       map[string]json.RawMessage  // where addresses lead, without the slash at their ends
	hidden      map[string]bool             // the sums of addresses of what is not on the site
	addresses   kept.Sum                    // of where any link may lead
	state       func(*catalog.Entry) catalog.State
}

// all reads what does not belong to one page.
func (r *reader) all(c *catalog.Catalog, baseURL string) error {
	if err := errors.Join(r.data("events", &r.events), r.data("attachments", &r.attachments), r.data("addresses", &r.leads), r.data("hidden", &r.hidden), r.pictures()); err != nil {
		return err
	}
	addresses := sha256.New()
	for _, name := range []string{"addresses", "hidden"} {
		if err := r.file(addresses, dataFile(name)); err != nil {
			return err
		}
	}
	for _, e := range c.Entries() {
		if e.Published() {
			put(addresses, e.Path, e.URL)
		}
	}
	shared := sha256.New()
	put(shared, baseURL)
	if err := r.file(shared, "config.toml"); err != nil {
		return err
	}
	for _, folder := range sharedFolders {
		if err := r.folder(shared, folder, r.file); err != nil {
			return err
		}
	}
	for _, name := range sharedData {
		if err := r.folder(shared, path.Join("generated/data", name), r.uncounted); err != nil {
			return err
		}
		if err := r.file(shared, dataFile(name)); err != nil {
			return err
		}
	}
	if err := r.folder(shared, "content", r.other); err != nil {
		return err
	}
	shared.Sum(r.shared[:0])
	addresses.Sum(r.addresses[:0])
	return nil
}

func dataFile(name string) string { return "generated/data/" + name + ".json" }

func (r *reader) data(name string, into any) error {
	data, err := fs.ReadFile(r.site, dataFile(name))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

// pictures finds the cleaned pictures, whose names have sums of what they hold.
func (r *reader) pictures() error {
	const root = "generated/pictures"
	return fs.WalkDir(r.site, root, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			folder := "content" + strings.TrimPrefix(path.Dir(name), root)
			r.beside[folder] = append(r.beside[folder], path.Base(name))
		}
		return err
	})
}

// folder puts all files of a folder into a sum; there need be no such folder.
func (r *reader) folder(h hash.Hash, folder string, file func(hash.Hash, string) error) error {
	return fs.WalkDir(r.site, folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case name == folder && errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil || d.IsDir():
			return err
		}
		return file(h, name)
	})
}

// file puts a file's name and bytes into a sum; one that is not there has none.
func (r *reader) file(h hash.Hash, name string) error {
	data, err := fs.ReadFile(r.site, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	put(h, name, string(data))
	return err
}

// counted is the key under which the plans' data tell how many entries speak for a provision,
// which no page of [Kind] shows, and which changes with them.
const counted = "deeds"

// uncounted puts a file of data into a sum but for what is counted.
func (r *reader) uncounted(h hash.Hash, name string) error {
	data, err := fs.ReadFile(r.site, name)
	if err != nil {
		return err
	}
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return err
	}
	data, err = json.Marshal(withoutCounts(value))
	put(h, name, string(data))
	return err
}

func withoutCounts(value any) any {
	switch v := value.(type) {
	case map[string]any:
		delete(v, counted)
		for _, inside := range v {
			withoutCounts(inside)
		}
	case []any:
		for _, inside := range v {
			withoutCounts(inside)
		}
	}
	return value
}

// other puts a file of content/ that belongs to no page of [Kind] into a sum: of an entry
// what its front matter says, since no other page shows its text.
func (r *reader) other(h hash.Hash, name string) error {
	below := strings.TrimPrefix(name, "content/")
	ofKind := strings.HasPrefix(below, Kind.Folder()+"/") && !strings.HasPrefix(path.Base(name), "_index.")
	switch role := content.KindOf(below); {
	case ofKind || role != content.Entry && role != content.Picture:
		return nil
	case role == content.Picture:
		return r.picture(h, name)
	}
	src, err := fs.ReadFile(r.site, name)
	if err != nil {
		return err
	}
	putFront(h, name, digest(src, ""))
	return nil
}

// picture puts a picture into a sum: the cleaned one stands for it where there is one.
func (r *reader) picture(h hash.Hash, name string) error {
	folder, base := path.Split(name)
	cleaned := slices.DeleteFunc(slices.Clone(r.beside[path.Clean(folder)]), func(other string) bool { return !strings.HasPrefix(other, base+".") })
	if len(cleaned) == 0 {
		return r.file(h, name)
	}
	put(h, append(cleaned, name)...)
	return nil
}

// putFront puts the front matter of an entry's file into a sum.
func putFront(h hash.Hash, name string, s source) { put(h, name, string(s.front[:])) }

// pages works out which pages may be taken.
func (r *reader) pages(c *catalog.Catalog) (Made, error) {
	made := Made{Below: "/" + Kind.Folder()}
	var entries []*catalog.Entry
	for _, e := range c.Entries() {
		if !strings.HasPrefix(e.Path, made.Below+"/") || !e.Published() {
			continue
		}
		if r.known(e) {
			entries = append(entries, e)
		} else {
			made.Always = append(made.Always, e.Path)
		}
	}
	made.Pages = make([]Page, len(entries))
	return made, inParallel(len(entries), func(i int) (err error) {
		made.Pages[i], err = r.page(entries[i])
		return err
	})
}

// known reports whether all that an entry's page is made of is: one that has no other in
// another language and no further addresses, and of which generated/data knows what stands
// before and after it.
func (r *reader) known(e *catalog.Entry) bool {
	_, told := r.events[e.Path]
	return e.Kind == Kind && told && len(r.entries[e.Path]) == 1 && e.Lang == "vi" &&
		len(e.Aliases) == 0 && e.Address == "" && content.IsBundle(path.Base(e.File))
}

// page sums up what a page is made of.
func (r *reader) page(e *catalog.Entry) (Page, error) {
	p := Page{Path: e.Path, File: e.File, Folder: strings.Trim(e.URL, "/")}
	h := sha256.New()
	put(h, p.Path, e.URL, fmt.Sprint(r.state(e)), string(r.shared[:]), string(r.attachments[strings.TrimPrefix(e.File, "content/")]))
	r.events[e.Path].put(h)
	file := e.Digest.(source)
	put(h, string(file.whole[:]))
	r.links(h, file.leads)
	for _, shown := range e.Pictures {
		if err := r.picture(h, path.Join(path.Dir(shown.File), shown.Name)); err != nil {
			return p, err
		}
	}
	others, err := r.events[e.Path].others()
	if err != nil {
		return p, err
	}
	for _, other := range others {
		put(h, other)
		r.events[other].put(h, "before", "after", "related")
		for _, one := range r.entries[other] {
			putFront(h, one.File, one.Digest.(source))
		}
	}
	h.Sum(p.Inputs[:0])
	return p, nil
}

// put puts what is said of an entry into a sum, but for some keys.
func (e event) put(h hash.Hash, but ...string) {
	for _, key := range slices.Sorted(maps.Keys(e)) {
		if !slices.Contains(but, key) {
			put(h, key, string(e[key]))
		}
	}
}

// others are the paths in Hugo of the pages that an entry's page leads to by their titles.
func (e event) others() ([]string, error) {
	var all []string
	for _, key := range beside {
		var one string
		var more []string
		if json.Unmarshal(e[key], &one) != nil {
			if err := json.Unmarshal(e[key], &more); err != nil {
				return nil, err
			}
		}
		all = append(append(all, one), more...)
	}
	return all, nil
}

// put puts texts into a sum, each with its length, so that no two lists are the same.
func put(h hash.Hash, texts ...string) {
	var length [8]byte
	for _, t := range texts {
		binary.LittleEndian.PutUint64(length[:], uint64(len(t)))
		h.Write(length[:])
		h.Write([]byte(t))
	}
}

// inParallel calls f for every number below n, and returns the first error.
func inParallel(n int, f func(int) error) error {
	var all errgroup.Group
	all.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		all.Go(func() error { return f(i) })
	}
	return all.Wait()
}
