// Package catalog loads every entry of the site (plans, articles, people,
// honours, directives, contests, pages) from content/, validates it, and links
// the entries to one another.
//
// In: a file system that holds content/. Out: a [Catalog], and the findings on
// all faults of all entries, found in one run; asked for, also on what could be
// written otherwise (language.go). The text of an entry is read for its faults and
// left to Hugo; what its front matter may hold is defined once, in the tags of
// [Entry] and of the structs that embed it.
package catalog

import (
	"errors"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"lienhiep/internal/diag"
)

// Catalog is all entries, each kind in the order of its files. A translation is
// one of the entries only: its kind's list holds the page that it translates.
type Catalog struct {
	Plans      []*Plan
	Articles   []*Article
	People     []*Person
	Honours    []*Honour
	Directives []*Directive
	Contests   []*Contest
	Pages      []*Page
	Withdrawn  []Withdrawn // people who must not come back

	// Evidence holds, per provision ("15-kh-tu/ii-1-2"), the published entries
	// that speak for it, newest first.
	Evidence map[string][]*Entry
	// Naming holds, per person, the published entries that name them, newest first.
	Naming map[string][]*Entry

	options Options
	entries []item // all, in the order of their files
}

// Options say how the site is set up.
type Options struct {
	Now  time.Time      // which entries are published
	Zone *time.Location // of dates that name none
	// Preview takes drafts, and what is still to appear, for published.
	Preview bool
	// Permalinks are the address patterns of a language's sections, as in Hugo's
	// configuration: Permalinks["en"]["tri-thuc"] = "/people/:slug/".
	Permalinks map[string]map[string]string
	// Suggest looks for what an editor may want to write otherwise, too.
	Suggest bool
}

// maxFile bounds a content file: far more than anybody writes, little enough
// to hold many.
const maxFile = 2 << 20

var (
	ruleUnreadable = diag.NewRule("unreadable", diag.Error,
		diag.Text{VI: "Không đọc được tệp này (%[1]s).", EN: "This file cannot be read (%[2]s)."},
		diag.Text{VI: "Kiểm tra xem tệp có đang mở ở chương trình khác hay bị khóa không.", EN: "See whether another program holds it open or it is locked."})
	ruleTooLarge = diag.NewRule("file-too-large", diag.Error,
		diag.Text{VI: "Tệp quá lớn (quá 2 MB) đối với một bài viết.", EN: "The file is too large (over 2 MB) for an entry."},
		diag.Text{VI: "Tách thành nhiều bài; ảnh thì để thành tệp riêng.", EN: "Split it into several, and keep pictures in files of their own."})
	ruleTableTooLarge = diag.NewRule("table-file-too-large", diag.Error,
		diag.Text{VI: "Danh sách này quá lớn (quá 2 MB).", EN: "This list is too large (over 2 MB)."},
		diag.Text{VI: "Bỏ những dòng thừa hoặc lặp lại.", EN: "Remove the lines that are not needed or repeated."})
	ruleNotUTF8 = diag.NewRule("not-utf-8", diag.Error,
		diag.Text{VI: "Tệp không được lưu ở dạng UTF-8 nên chữ Việt sẽ hỏng.", EN: "The file is not saved as UTF-8."},
		diag.Text{VI: "Mở bằng Notepad, chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8, rồi lưu lại.", EN: "Open it in Notepad, choose Save as, Encoding UTF-8, and save."})
	ruleNoEntry = diag.NewRule("not-an-entry", diag.Error,
		diag.Text{VI: "Hugo sẽ đăng tệp này mà không kiểm tra: chỉ tệp có đuôi .md (chữ thường) mới là một bài.", EN: "Hugo would publish this file unchecked: only files ending in .md, in small letters, are entries."},
		diag.Text{VI: "Đổi đuôi tệp thành .md, hoặc chuyển tệp ra khỏi thư mục content.", EN: "Rename it to end in .md, or move it out of content/."})
	ruleSymlink = diag.NewRule("content-symlink", diag.Error,
		diag.Text{VI: "Đây là lối tắt (symbolic link), không phải tệp hay thư mục thật.", EN: "This is a symbolic link, not a file or folder."},
		diag.Text{VI: "Chép chính tệp ấy vào đây thay cho lối tắt.", EN: "Put a copy in its place: what is published must lie in content/."})
)

// unreadable says why a file cannot be read, in people's words where it is known.
func unreadable(pos diag.Pos, err error) diag.Finding {
	why := diag.Text{VI: err.Error(), EN: err.Error()}
	switch {
	case errors.Is(err, fs.ErrPermission):
		why = diag.Text{VI: "máy không cho phép", EN: "the machine does not allow it"}
	case errors.Is(err, fs.ErrNotExist):
		why = diag.Text{VI: "tệp vừa bị xóa hoặc đổi tên", EN: "it has just been removed or renamed"}
	}
	return ruleUnreadable.At(pos, why.VI, why.EN)
}

// Load reads content/ of fsys. The error is of the file system as a whole; what
// is wrong with an entry is a finding.
func Load(fsys fs.FS, o Options) (*Catalog, []diag.Finding, error) {
	files, err := contentFiles(fsys)
	if err != nil {
		return nil, nil, err
	}
	c := &Catalog{options: o}
	loaded, findings := loadAll(fsys, files, o)
	for _, it := range loaded {
		if it != nil {
			c.add(it)
		}
	}
	withdrawn, wrong := LoadWithdrawn(fsys)
	c.Withdrawn = withdrawn
	names, badNames := loadNames(fsys)
	findings = slices.Concat(findings, wrong, badNames, c.validate())
	if o.Suggest {
		findings = append(findings, c.slips(names)...)
	}
	c.link()
	findings = append(findings, c.unproven()...)
	diag.Sort(findings)
	return c, findings, nil
}

// contentFile is a Markdown file that is an entry, or a file that is none and
// that Hugo would take for one.
type contentFile struct {
	name        string // "content/tin-tuc/gap-mat/index.en.md"
	lang        string
	translation bool // of the Vietnamese file beside it
	stray       bool // no entry
	symlink     bool // no entry either
	unused      bool // nor is this, and Hugo takes it for none
	second      bool // index file of a folder that has another
}

// contentFiles lists the entries' files in order.
func contentFiles(fsys fs.FS) ([]contentFile, error) {
	files, err := entryFiles(fsys, "content", nil)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return files, err
}

// entryFiles adds the entries of a folder and of those below it to files. A
// folder with an index file is itself an entry: whatever else lies in it, Markdown
// too, belongs to that entry.
func entryFiles(fsys fs.FS, dir string, files []contentFile) ([]contentFile, error) {
	inside, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	here := map[string]bool{}
	for _, d := range inside {
		here[d.Name()] = d.Type().IsRegular()
	}
	isEntry := here["index.md"] || here["index.en.md"]
	for _, d := range inside {
		name := d.Name()
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			files = append(files, contentFile{name: dir + "/" + name, symlink: true})
		case isEntry && (name == "_index.md" || name == "_index.en.md"):
			files = append(files, contentFile{name: dir + "/" + name, second: true})
		case here[name] && isUnused(name, isEntry):
			files = append(files, contentFile{name: dir + "/" + name, unused: true})
		case d.IsDir() && !isEntry:
			if files, err = entryFiles(fsys, dir+"/"+name, files); err != nil {
				return nil, err
			}
		case here[name] && path.Ext(name) == ".md" && !strings.HasPrefix(name, "."):
			stem, lang := splitLang(name)
			if !isEntry || stem == "index" {
				files = append(files, contentFile{name: dir + "/" + name, lang: lang, translation: lang != "vi" && here[stem+".md"]})
			}
		case here[name] && isStray(name) && (!isEntry || strings.HasPrefix(name, "index.")):
			files = append(files, contentFile{name: dir + "/" + name, stray: true})
		}
	}
	return files, nil
}

// isStray reports whether Hugo takes a file that is no entry for a page: by the
// endings of its markup languages, in letters of either case, or as a template
// that makes pages.
func isStray(name string) bool {
	if strings.HasPrefix(name, ".") {
		return false
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".mdown", ".markdown", ".html", ".htm", ".adoc", ".asciidoc", ".ad", ".pandoc", ".pdc", ".rst", ".org":
		return true
	case ".gotmpl":
		return strings.HasPrefix(name, "_content.")
	}
	return false
}

// splitLang takes a content file's name apart: "a/index.en.md" → "a/index", "en".
func splitLang(name string) (stem, lang string) {
	stem = strings.TrimSuffix(name, ".md")
	if s, ok := strings.CutSuffix(stem, ".en"); ok {
		return s, "en"
	}
	return strings.TrimSuffix(stem, ".vi"), "vi"
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
	switch it := it.(type) {
	case *Plan:
		c.Plans = append(c.Plans, it)
	case *Article:
		c.Articles = append(c.Articles, it)
	case *Person:
		c.People = append(c.People, it)
	case *Honour:
		c.Honours = append(c.Honours, it)
	case *Directive:
		c.Directives = append(c.Directives, it)
	case *Contest:
		c.Contests = append(c.Contests, it)
	case *Page:
		c.Pages = append(c.Pages, it)
	}
}

// Entries returns every entry in the order of its file.
func (c *Catalog) Entries() []*Entry {
	all := make([]*Entry, len(c.entries))
	for i, it := range c.entries {
		all[i] = it.base()
	}
	return all
}

// Published reports whether the entry is on the site, or in its preview.
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
