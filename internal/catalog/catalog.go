// Package catalog loads all entries of the site (plans, articles, people,
// honours and the other kinds) from content/, validates them, and links them to
// one another.
//
// In: a file system with content/. Out: a [Catalog], and findings on all faults
// of all entries, in one run. An entry's text is checked (by package lint) and
// left to Hugo. What its front matter may contain is defined once, in the struct
// tags of [Entry] and of the structs that embed it.
package catalog

import (
	"errors"
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"time"

	"lienhiep/internal/diag"
)

// Catalog is all entries. Those that others refer to are listed by kind, in the order of
// their files, without translations.
type Catalog struct {
	Plans      []*Plan
	People     []*Person
	Directives []*Directive
	Quizzes    []*Quiz
	Withdrawn  []Withdrawn // people who must not come back
	Website    *Website    // what the site says of itself
	Glossary   *Glossary   // the terms of the documents

	// SearchWords tell by language what readers mean by what they type.
	SearchWords map[string]SearchWords

	// OfficialNames are those of [NamesFile], of three syllables or more each.
	OfficialNames []string

	// Evidence holds, per provision ("15-kh-tu/ii-1-2"), the published entries
	// that speak for it, newest first.
	Evidence map[string][]*Entry
	// Explaining holds, per provision, the published entries that explain it.
	Explaining map[string][]*Entry
	// Naming holds, per person, the published entries that name them, newest first.
	Naming map[string][]*Entry

	options        Options
	renamed        []rename               // provinces, see [Catalog.PlaceOn]
	otherDocuments []string               // numbers of documents that content/ does not have
	entries        []item                 // all, in the order of their files
	static         map[string]bool        // addresses that files beside the pages take
	deeds          map[*Entry]*Deed       // of the published entries
	files          map[string]*Attachment // on the site, by address and by place below content/
}

// Options describe the site and the moment for which its content is loaded.
type Options struct {
	Now  time.Time      // which entries are published
	Zone *time.Location // of dates that name none
	// Preview takes drafts, and what is still to appear, for published.
	Preview bool
	// Permalinks are the address patterns of a language's sections, as in Hugo's
	// configuration: Permalinks["en"]["tri-thuc"] = "/people/:slug/"; SectionLinks are
	// those of the sections themselves: SectionLinks["en"]["tri-thuc"] = "/people/".
	Permalinks, SectionLinks map[string]map[string]string
	// BaseURL is where the site stands: links to there are links within it. "" if that is
	// not known.
	BaseURL string
	// Memory, which may be nil, spares whoever loads again and again reading what has not
	// changed.
	Memory *Memory
	// Digest, which may be nil, is given the bytes of each entry, several at once; what it
	// makes of them is the entry's Digest. So who needs more of them need not read them again,
	// and finds what was read here, whatever is saved meanwhile.
	Digest func(file []byte) any
}

// maxFile bounds a content file: far more than anybody writes, little enough
// to hold many.
const maxFile = 2 << 20

var (
	ruleUnreadable = diag.NewRule("unreadable", diag.Error,
		diag.Text{VI: "Không đọc được tệp này (%[1]s).", EN: "This file cannot be read (%[2]s)."},
		diag.Text{VI: "Kiểm tra xem tệp có đang mở ở chương trình khác hay bị khóa không.", EN: "Check whether another program has it open, or whether it is locked."})
	ruleTooLarge = diag.NewRule("file-too-large", diag.Error,
		diag.Text{VI: "Tệp quá lớn (quá 2 MB) đối với một bài viết.", EN: "The file is too large (over 2 MB) for an entry."},
		diag.Text{VI: "Tách thành nhiều bài; ảnh thì để thành tệp riêng.", EN: "Split it into several entries, and keep pictures in separate files."})
	ruleTableTooLarge = diag.NewRule("table-file-too-large", diag.Error,
		diag.Text{VI: "Danh sách này quá lớn (quá 2 MB).", EN: "This list is too large (over 2 MB)."},
		diag.Text{VI: "Bỏ những dòng thừa hoặc lặp lại.", EN: "Remove lines that are duplicates or not needed."})
	ruleNotUTF8 = diag.NewRule("not-utf-8", diag.Error,
		diag.Text{VI: "Tệp không được lưu ở dạng UTF-8 nên chữ Việt sẽ hỏng.", EN: "The file is not saved as UTF-8."},
		diag.Text{VI: "Mở bằng Notepad, chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8, rồi lưu lại.", EN: "Open it in Notepad, choose Save as, set Encoding to UTF-8, and save."})
)

// unreadable says why a file cannot be read, in people's words where it is known.
func unreadable(pos diag.Pos, err error) diag.Finding {
	why := diag.Text{VI: err.Error(), EN: err.Error()}
	switch {
	case errors.Is(err, fs.ErrPermission):
		why = diag.Text{VI: "máy không cho phép", EN: "permission denied"}
	case errors.Is(err, fs.ErrNotExist):
		why = diag.Text{VI: "tệp vừa bị xóa hoặc đổi tên", EN: "it has just been removed or renamed"}
	}
	return ruleUnreadable.At(pos, why.VI, why.EN)
}

// Load reads content/ of fsys. The error is one of the file system as a whole; what is
// wrong with entries is returned as findings.
func Load(fsys fs.FS, o Options) (*Catalog, []diag.Finding, error) {
	fsys = regularFS{fsys}
	o.Memory.turn()
	lying, err := contentFiles(fsys)
	if err != nil {
		return nil, nil, err
	}
	c := &Catalog{options: o, static: staticAddresses(fsys)}
	loaded, findings := loadAll(fsys, lying.entries, o)
	for _, it := range loaded {
		if it != nil {
			c.add(it)
		}
	}
	withdrawn, wrong := LoadWithdrawn(fsys)
	names, badNames := loadNames(fsys)
	website, badWebsite := loadWebsite(fsys, o)
	glossary, badTerms := loadGlossary(fsys, o)
	searchWords, badSearch := loadSearchWords(fsys)
	c.Website, c.Glossary, c.SearchWords = website, glossary, searchWords
	c.Withdrawn, c.OfficialNames, c.otherDocuments, c.renamed = withdrawn, names.Names, names.Documents, names.Renamed
	c.indexFiles()
	c.joinDeeds()
	findings = slices.Concat(lying.findings, findings, wrong, badNames, badWebsite, badTerms, badSearch, c.logo(fsys), c.validate(), c.unlinked(lying.files))
	c.link()
	findings = append(findings, c.unproven()...)
	findings = append(findings, c.uncounted()...)
	diag.Sort(findings)
	return c, findings, nil
}

// loadAll reads the files in parallel; the results keep their order.
func loadAll(fsys fs.FS, files []contentFile, o Options) ([]item, []diag.Finding) {
	items := make([]item, len(files))
	found := make([][]diag.Finding, len(files))
	inParallel(len(files), func(i int) { items[i], found[i] = loadEntry(fsys, files[i], o) })
	return items, slices.Concat(found...)
}

// inParallel calls f for every number below n.
func inParallel(n int, f func(int)) {
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				f(i)
			}
		})
	}
	wg.Wait()
}

func (c *Catalog) add(it item) {
	c.entries = append(c.entries, it)
	if it.base().translation {
		return
	}
	if it, ok := it.(listed); ok {
		it.list(c)
	}
}

// Entries returns all entries, ordered by file name.
func (c *Catalog) Entries() []*Entry {
	all := make([]*Entry, len(c.entries))
	for i, it := range c.entries {
		all[i] = it.base()
	}
	return all
}

// Each calls f for every entry, concurrently; i is the entry's index in
// [Catalog.Entries].
func (c *Catalog) Each(f func(i int, e *Entry)) {
	inParallel(len(c.entries), func(i int) { f(i, c.entries[i].base()) })
}

// Published reports whether the entry is on the site (or, with Options.Preview, in its
// preview).
func (e *Entry) Published() bool { return e.published }

// BodyLine is the line that the text below the front matter starts on.
func (e *Entry) BodyLine() int { return e.bodyLine }

// isPublished works that out, as Hugo does.
func (e *Entry) isPublished(o Options) bool {
	return !e.expired(o.Now) && (o.Preview || !e.Draft && !e.appears().After(o.Now))
}

// appears is when the entry comes onto the site, as Hugo reckons it.
func (e *Entry) appears() time.Time {
	if e.PublishDate.Known() {
		return e.PublishDate.Time
	}
	return e.Date.Time
}

func (e *Entry) expired(now time.Time) bool {
	return e.ExpiryDate.Known() && !e.ExpiryDate.After(now)
}
