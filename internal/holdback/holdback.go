// Package holdback lets a site be built although some of its entries have errors: each of
// those stays as it was last published, or off the site, and all else goes out. So does what
// is on the site already and is to appear later, until then.
//
// In: the site's folder and the findings of a build. Out: a copy of content/ in which
// what is held back stands as it was last published, or as a draft, for the next try.
// What was published is remembered in .lienhiep/published/, file by file.
package holdback

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"lienhiep/internal/content"
	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
)

// Memory is the folder that keeps content/ as it was last published.
const Memory = ".lienhiep/published"

// aside is where files stand before they take their places.
var aside = path.Dir(content.Copy) + "/aside"

// state is what becomes of a unit.
type state int

const (
	asItIs    state = iota
	published       // as it was last published
	off             // a draft that says nothing
	removed         // not there at all
)

// Hold is the set of units that are held back in one build. A unit is an entry's folder,
// or a file that stands alone.
type Hold struct {
	root   string
	states map[string]state
	why    map[string]diag.Finding // the first error of each
	stays  map[string]bool         // those without an error: why says why they stay as they were published
	order  []string
	shown  bool // to editors alone
}

// New returns a Hold, still empty, for the site's folder root.
func New(root string) *Hold {
	return &Hold{root: root, states: map[string]state{}, why: map[string]diag.Finding{}, stays: map[string]bool{}}
}

// ForEditors returns a Hold for pages that editors alone see: what cannot be shown stands
// as it was last published or, never published, as a draft; what must not be published
// may be seen. The tables that all entries share are units, too.
func ForEditors(root string) *Hold {
	h := New(root)
	h.shown = true
	return h
}

// Without leaves a file out of what is built.
func (h *Hold) Without(file string) {
	if h.states[file] != removed {
		h.order, h.states[file] = append(h.order, file), removed
	}
}

// Held is a unit that is held back for a fault.
type Held struct {
	Unit      string
	Why       diag.Finding // the first error
	Published bool         // it stands as it was last published
}

// Held returns the units that are held back for a fault, in the order in which they were.
func (h *Hold) Held() []Held {
	var all []Held
	for _, unit := range h.order {
		if why, ok := h.why[unit]; ok {
			all = append(all, Held{unit, why, h.states[unit] == published})
		}
	}
	return all
}

// Remembers reports whether a file is there as it was last published.
func (h *Hold) Remembers(file string) (bool, error) { return exists(h.path(Memory, file)) }

// Holds reports whether a file of the site is held back.
func (h *Hold) Holds(file string) bool { return h.held(file) != "" }

// Any reports whether anything is held back.
func (h *Hold) Any() bool { return len(h.order) > 0 }

// Add holds back what the errors among the findings are of, and reports whether the next
// try can differ from this one. An error that is of no single entry cannot be held back.
func (h *Hold) Add(findings []diag.Finding) (more bool, err error) {
	worse := map[string]bool{}
	for _, f := range first(findings) {
		unit, err := h.unit(f.Pos.File)
		if err != nil {
			return false, err
		}
		if unit == "" || h.states[unit] == removed {
			return false, nil
		}
		if !worse[unit] {
			worse[unit] = true
			if err := h.worsen(unit, f); err != nil {
				return false, err
			}
		} else if mustGo(f) && h.states[unit] == published && !h.shown {
			h.states[unit] = off
		}
	}
	return len(worse) > 0, nil
}

// Stay leaves what a file is of as it was last published, although it has no error; what is
// held back already is left alone. f says why.
func (h *Hold) Stay(file string, f diag.Finding) error {
	unit, err := h.unit(file)
	if err != nil || unit == "" || h.states[unit] != asItIs {
		return err
	}
	h.order = append(h.order, unit)
	h.states[unit], h.why[unit], h.stays[unit] = published, f, true
	return nil
}

// references are the faults of naming what is not there. It may be there again once the
// entry that is named is as it was published.
var references = []string{"unknown-provision", "unknown-person", "unknown-directive", "menu-nowhere", "home-nowhere"}

// IsReference reports whether a finding is of naming what is not there.
func IsReference(f diag.Finding) bool {
	return slices.Contains(references, f.Code) || f.Code == "unknown-address"
}

// first returns the errors to be looked at now: those of references come last.
func first(findings []diag.Finding) []diag.Finding {
	errs := slices.DeleteFunc(slices.Clone(findings), func(f diag.Finding) bool { return f.Severity != diag.Error })
	own := slices.DeleteFunc(slices.Clone(errs), func(f diag.Finding) bool { return slices.Contains(references, f.Code) })
	if len(own) > 0 {
		return own
	}
	return errs
}

// worsen moves a unit one step further: to its last published version, then off the site.
func (h *Hold) worsen(unit string, f diag.Finding) error {
	before := h.states[unit]
	if before == asItIs {
		h.order = append(h.order, unit)
	}
	if before == asItIs || h.stays[unit] {
		h.why[unit] = f
		delete(h.stays, unit)
	}
	h.states[unit] = before + 1
	if h.states[unit] != published {
		return nil
	}
	there, err := h.wasShown(unit)
	if err != nil {
		return err
	}
	if h.shown && there {
		return nil
	}
	goes, err := h.wantsOff(unit)
	if err != nil {
		return err
	}
	if !there || mustGo(f) || goes {
		h.states[unit] = off
	}
	return nil
}

// mustGo reports whether a fault may not wait on the site as it was published: it is of a
// person's consent, of somebody who has withdrawn, or of what must not be read.
func mustGo(f diag.Finding) bool {
	return slices.ContainsFunc([]string{"consent-", "missing-consent", "minor", "withdrawn", "same-as-withdrawn", "like-withdrawn", "names-withdrawn", "hidden-", "privacy-", "attachment-identity", "attachment-secret", "site-secret"},
		func(p string) bool { return strings.HasPrefix(f.Code, p) })
}

// wasShown reports whether a unit was on the site as it was last published: what was a draft
// then, or held back, was not.
func (h *Hold) wasShown(unit string) (bool, error) {
	there, err := exists(h.path(Memory, unit))
	if err != nil || !there {
		return false, err
	}
	shown, pages := false, false
	err = h.eachFile(Memory, unit, func(name string) error {
		if path.Ext(name) != ".md" {
			return nil
		}
		text, err := os.ReadFile(h.path(Memory, name))
		pages, shown = true, shown || !draftLine.Match(text)
		return err
	})
	return shown || !pages, err
}

// draftLine matches the line of front matter that makes a draft.
var draftLine = regexp.MustCompile(`(?m)^draft[ \t]*[:=][ \t]*true[ \t\r]*$`)

// offLine matches a line of front matter that may have been meant to take an entry down.
var offLine = regexp.MustCompile(`(?mi)^["' \t]*(?:draft|expiryDate|removed)["' \t]*[:=：](.*)$`)

// wantsOff reports whether somebody may have wanted the entry off the site, however that
// was written, or has removed a page of it.
func (h *Hold) wantsOff(unit string) (bool, error) {
	wants := false
	err := h.eachFile(Memory, unit, func(name string) error {
		there, err := exists(h.path(name))
		wants = wants || !there && path.Ext(name) == ".md"
		return err
	})
	if wants || err != nil {
		return wants, err
	}
	err = h.eachFile("", unit, func(name string) error {
		if path.Ext(name) != ".md" {
			return nil
		}
		text, err := os.ReadFile(h.path(name))
		for _, m := range offLine.FindAllSubmatch(text, -1) {
			wants = wants || !strings.EqualFold(strings.Trim(string(m[1]), " \t\r\"'"), "false")
		}
		return err
	})
	return wants, err
}

// unit returns the unit that a file of the site belongs to, or "" if its fault concerns
// the site as a whole.
func (h *Hold) unit(file string) (string, error) {
	below, ok := strings.CutPrefix(file, "content/")
	isTable := content.KindOf(below) == content.Table
	switch {
	case !ok || isTable && !h.shown:
		return "", nil
	case isTable:
		return file, nil
	}
	for folder := path.Dir(file); folder != "content" && folder != "."; folder = path.Dir(folder) {
		names := []string{"index.md", "index.en.md", "index.vi.md"}
		if path.Dir(folder) == "content/ke-hoach" { // a plan's page is a section, with its text beside it
			names = append(names, "_index.md")
		}
		for _, name := range names {
			if there, err := exists(h.path(folder, name)); there || err != nil {
				return folder, err
			}
		}
	}
	return file, nil
}

// Write makes the copy of content/ anew.
func (h *Hold) Write() error {
	err := h.WriteOnly(func(name string) bool { return h.held(name) == "" })
	if err != nil {
		return err
	}
	for _, unit := range h.order {
		if err := h.writeUnit(unit); err != nil {
			return fmt.Errorf("writing %s: %w", content.Copy, err)
		}
	}
	return nil
}

// WriteOnly makes the copy of content/ anew, of some of its files as they are.
func (h *Hold) WriteOnly(needed func(name string) bool) error {
	err := os.RemoveAll(h.path(content.Copy))
	if err == nil {
		err = h.eachFile("", "content", func(name string) error {
			if !needed(name) {
				return nil
			}
			return h.copy("", name)
		})
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", content.Copy, err)
	}
	return nil
}

func (h *Hold) writeUnit(unit string) error {
	switch h.states[unit] {
	case published:
		return h.eachFile(Memory, unit, func(name string) error { return h.copy(Memory, name) })
	case off:
		stub := func(name string) error { return h.writeStub(unit, name) }
		// Who names the entry finds it, also where a page of it was removed.
		return errors.Join(h.eachFile("", unit, stub), h.eachFile(Memory, unit, stub))
	}
	return nil
}

// writeStub puts a draft that says nothing in the place of a page.
func (h *Hold) writeStub(unit, name string) error {
	if path.Ext(name) != ".md" || content.KindOf(strings.TrimPrefix(name, "content/")) != content.Entry {
		return nil
	}
	to := h.path(content.Copy, name)
	stub := fmt.Appendf(nil, "---\ntitle: %q\ndraft: true\n---\n", h.title(unit, name))
	return errors.Join(os.MkdirAll(filepath.Dir(to), 0o777), os.WriteFile(to, stub, 0o666))
}

// ofTitle matches the line of a page's title, also where the rest cannot be read.
var ofTitle = regexp.MustCompile(`(?m)^title:[ \t]*["']?([^"'\r\n]+)`)

// title is a page's, for editors; nothing of what is held back is published.
func (h *Hold) title(unit, name string) string {
	if text, err := os.ReadFile(h.path(name)); err == nil && h.shown {
		if m := ofTitle.FindSubmatch(text); m != nil {
			return strings.ToValidUTF8(strings.TrimSpace(string(m[1])), "")
		}
	}
	return path.Base(unit)
}

// held returns the unit that contains a file, or "".
func (h *Hold) held(name string) string {
	for _, unit := range h.order {
		if name == unit || strings.HasPrefix(name, unit+"/") {
			return unit
		}
	}
	return ""
}

// copy puts a file of the site, or of what is remembered, into the copy: the same file by
// another name where the disk can.
func (h *Hold) copy(from, name string) error {
	source, to := h.path(from, name), h.path(content.Copy, name)
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	if os.Link(source, to) == nil {
		return nil
	}
	in, err := os.Open(source)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// eachFile calls do for the regular files at or below name, by their names in the site;
// from is the folder below the site's that they lie in.
func (h *Hold) eachFile(from, name string, do func(name string) error) error {
	return fs.WalkDir(os.DirFS(h.path(from)), name, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case name != "content" && content.IsByproduct(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular():
			return nil
		}
		return do(name)
	})
}

func (h *Hold) path(parts ...string) string {
	return filepath.Join(append([]string{h.root}, parts...)...)
}

func exists(name string) (bool, error) {
	_, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

var (
	ruleKept = diag.NewRule("held-as-published", diag.Warning,
		diag.Text{VI: "Bị giữ lại vì còn lỗi, nên trên trang vẫn là bản đăng lần trước: %[1]s", EN: "Held back because of its errors; the site keeps the last published version: %[2]s"},
		diag.Text{VI: "Sửa lỗi rồi dựng lại; bản mới sẽ lên cùng lần đăng sau.", EN: "Correct it and build again; the next build publishes it."})
	ruleOff = diag.NewRule("held-off", diag.Warning,
		diag.Text{VI: "Bị giữ lại vì còn lỗi, nên không có trên trang: %[1]s", EN: "Held back because of its errors; it is not on the site: %[2]s"},
		diag.Text{VI: "Sửa lỗi rồi dựng lại; bài sẽ lên cùng lần đăng sau.", EN: "Correct it and build again; the next build publishes it."})
)

// Files are those of the site's folder, with the copy in the place of content/.
func (h *Hold) Files() fs.FS {
	return files{disk.Dir(h.root), disk.Dir(h.path(content.Copy))}
}

type files struct{ site, view fs.FS }

func (f files) Open(name string) (fs.File, error) {
	if name == "content" || strings.HasPrefix(name, "content/") {
		return f.view.Open(name)
	}
	return f.site.Open(name)
}

// Published are the files of the site's folder, with content/ as it was last published.
func Published(root string) fs.FS {
	return files{disk.Dir(root), disk.Dir(filepath.Join(root, Memory))}
}

// Findings reports each unit that is held back, with the reason, at the place of its first
// error, and then what was found in the build. What was found in a unit that is held back
// is of what stands in its place, not of what the editor has: it is left out.
func (h *Hold) Findings(found []diag.Finding) []diag.Finding {
	var all []diag.Finding
	for _, unit := range h.order {
		rule := ruleOff
		if h.states[unit] == published {
			rule = ruleKept
		}
		why := h.why[unit]
		if h.stays[unit] {
			all = append(all, why)
			continue
		}
		all = append(all, rule.At(why.Pos, why.Message(diag.Vietnamese), why.Message(diag.English)))
	}
	for _, f := range found {
		if f.Severity == diag.Error || h.held(f.Pos.File) == "" {
			all = append(all, f)
		}
	}
	return all
}

// Content is content/ as it was noted while a site is built of it.
type Content struct {
	hold    *Hold
	from    string   // the folder that it lies in, below the site's
	aside   string   // where all of it was copied, if nothing was remembered yet
	changed []string // the files that are other than remembered
	gone    []string // what is remembered and not there any more
}

// Note notes content/ as it is, or the copy of it where something is held back. That takes
// a while, and there is time as long as the site is built.
func (h *Hold) Note() (*Content, error) {
	c := &Content{hold: h}
	if h.Any() {
		c.from = content.Copy
	}
	there, err := exists(h.path(Memory))
	switch {
	case err != nil:
	case there:
		err = c.compare()
	default:
		err = c.copyAll()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("noting what is published: %w", err), c.Forget())
	}
	return c, nil
}

// Forget removes what was copied of it, unless that is remembered.
func (c *Content) Forget() error {
	if c.aside == "" {
		return nil
	}
	return os.RemoveAll(c.aside)
}

// compare finds what is other than remembered.
func (c *Content) compare() error {
	wanted := map[string]bool{}
	err := c.hold.eachFile(c.from, "content", func(name string) error {
		same, err := c.hold.isRemembered(c.from, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // since it was listed
		}
		wanted[name] = true
		if err == nil && !same {
			c.changed = append(c.changed, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.hold.eachFile(Memory, "content", func(name string) error {
		if !wanted[name] {
			c.gone = append(c.gone, name)
		}
		return nil
	})
}

// copyAll copies all of it where nothing was remembered: all files together are flushed in
// a fraction of the time that they take one by one.
func (c *Content) copyAll() error {
	c.aside = c.hold.path(aside, "published")
	if err := errors.Join(os.RemoveAll(c.aside), os.MkdirAll(c.aside, 0o777)); err != nil {
		return err
	}
	var copying errgroup.Group
	copying.SetLimit(runtime.GOMAXPROCS(0))
	err := c.hold.eachFile(c.from, "content", func(name string) error {
		to := filepath.Join(c.aside, filepath.FromSlash(name))
		copying.Go(func() error {
			err := os.MkdirAll(filepath.Dir(to), 0o777)
			if err == nil {
				err = copyFile(c.hold.path(c.from, name), to)
			}
			if errors.Is(err, fs.ErrNotExist) {
				return nil // since it was listed
			}
			return err
		})
		return nil
	})
	return errors.Join(err, copying.Wait())
}

// Remember remembers it, once the site is published. What is the same as before is not
// written again.
func (c *Content) Remember() error {
	if err := c.remember(); err != nil {
		return fmt.Errorf("remembering what was published: %w", err)
	}
	return nil
}

func (c *Content) remember() error {
	if c.aside != "" {
		err := errors.Join(disk.SyncTree(c.aside), os.MkdirAll(filepath.Dir(c.hold.path(Memory)), 0o777))
		if err == nil {
			err = disk.Rename(c.aside, c.hold.path(Memory))
		}
		return err
	}
	root, err := os.OpenRoot(c.hold.root)
	if err != nil {
		return err
	}
	defer root.Close()
	folder := disk.Folder{Root: root, Aside: aside}
	for _, name := range c.changed {
		if err := c.renew(folder, name); err != nil {
			return err
		}
	}
	for _, name := range c.gone {
		if err := folder.Remove(Memory + "/" + name); err != nil {
			return err
		}
	}
	return nil
}

// renew remembers a file as it is now, with its time.
func (c *Content) renew(folder disk.Folder, name string) error {
	file, memory := c.hold.path(c.from, name), c.hold.path(Memory, name)
	var data []byte
	info, err := os.Stat(file)
	if err == nil {
		data, err = os.ReadFile(file)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil // since it was noted: the next build forgets it
	}
	if err != nil {
		return err
	}
	// A copy of the folder, or what git has taken out, is the same with other times.
	if before, err := os.ReadFile(memory); err != nil || !bytes.Equal(before, data) {
		if err := folder.Replace(Memory+"/"+name, data); err != nil {
			return err
		}
	}
	return os.Chtimes(memory, info.ModTime(), info.ModTime())
}

// copyFile copies a file with its time.
func copyFile(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(to, data, 0o666), os.Chtimes(to, info.ModTime(), info.ModTime()))
}

// isRemembered reports whether a file has the size and the time of the one remembered.
func (h *Hold) isRemembered(from, name string) (bool, error) {
	now, err := os.Stat(h.path(from, name))
	if err != nil {
		return false, err
	}
	before, err := os.Stat(h.path(Memory, name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && now.Size() == before.Size() && now.ModTime().Equal(before.ModTime()), err
}
