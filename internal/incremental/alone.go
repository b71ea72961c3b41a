package incremental

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"

	"lienhiep/internal/catalog"
	"lienhiep/internal/content"
)

// Alone tells which files of content/ Hugo needs for the pages at some paths: of thousands of
// entries of [Kind] those that the pages show, or lead to, and all else. known is false where
// a page may show any of them.
func Alone(site fs.FS, c *catalog.Catalog, paths []string) (needed func(file string) bool, known bool, err error) {
	r := reader{site: site, entries: map[string][]*catalog.Entry{}}
	for _, e := range c.Entries() {
		r.entries[e.Path] = append(r.entries[e.Path], e)
	}
	if err := r.data("events", &r.events); err != nil {
		return nil, false, fmt.Errorf("reading what stands beside pages: %w", err)
	}
	folders := map[string]bool{}
	need := func(of string) {
		for _, e := range r.entries[of] {
			folders[path.Dir(e.File)] = true
		}
	}
	for _, one := range paths {
		if !r.isAlone(one) {
			return nil, false, nil
		}
		need(one)
		others, err := r.events[one].others()
		if err != nil {
			return nil, false, fmt.Errorf("reading what stands beside %s: %w", one, err)
		}
		for _, e := range r.entries[one] {
			text, err := fs.ReadFile(site, e.File)
			if err != nil {
				return nil, false, err
			}
			others = append(others, ofKind.FindAllString(string(text), -1)...)
		}
		for _, other := range others {
			need(other)
		}
	}
	others := map[string]bool{} // the folders of entries that are not needed
	for _, e := range c.Entries() {
		if folder := path.Dir(e.File); e.Kind == Kind && content.IsBundle(path.Base(e.File)) && !folders[folder] {
			others[folder] = true
		}
	}
	return func(file string) bool {
		for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
			if others[folder] {
				return false
			}
		}
		return true
	}, true, nil
}

// isAlone reports whether the entries at a path are of [Kind], and what stands beside them is
// told.
func (r *reader) isAlone(at string) bool {
	_, told := r.events[at]
	for _, e := range r.entries[at] {
		told = told && e.Kind == Kind
	}
	return told
}

// ofKind finds the addresses of entries of [Kind] in a text.
var ofKind = regexp.MustCompile(`/` + regexp.QuoteMeta(Kind.Folder()) + `/[a-z0-9-]+`)
