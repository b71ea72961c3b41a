package main

import (
	"os"
	"path"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/origin"
)

// byEditors are the faults of a built page that an entry's text can cause; the others are
// of templates or of the site as a whole.
var byEditors = []string{
	"page-title", "page-title-repeated", "page-description", "page-h1", "page-h1-many", "image-alt", "id-repeated", "table-header", "table-header-empty", "hidden-words",
	"link-text", "link-broken", "link-anchor", "link-malformed", "link-scheme", "link-empty", "link-outside", "link-user-info", "link-other-host", "link-lookalike-host", "link-disguised-host",
	"privacy-other-host", "privacy-local-address", "privacy-local-path", "hidden-character", "hidden-mentioned", "withdrawn-mentioned", "site-secret-key", "page-heavy",
}

// atSource gives what was found in the pages of a folder its place in the editors' files,
// each place once. What is found in none keeps its own.
func (p *project) atSource(c *catalog.Catalog, dir string, findings []diag.Finding) []diag.Finding {
	s := pageSources{project: p, catalog: c, dir: dir, read: map[string]*origin.Source{}}
	for i, f := range findings {
		code := f.Code
		if more, ok := f.Arg(2).(string); ok && code == "check-more" {
			code = more
		}
		if slices.Contains(byEditors, code) {
			findings[i].Pos = s.place(f.Pos)
		}
	}
	type same struct {
		pos  diag.Pos
		code string
	}
	told := map[same]bool{}
	findings = slices.DeleteFunc(findings, func(f diag.Finding) bool {
		k := same{f.Pos, f.Code}
		again := told[k] && f.Pos.Column > 0
		told[k] = true
		return again
	})
	diag.Sort(findings)
	return findings
}

// pageSources are the editors' files, read when they are asked for.
type pageSources struct {
	*project
	catalog *catalog.Catalog
	dir     string
	read    map[string]*origin.Source
}

// place is where in the source stands what was found on a built page.
func (s *pageSources) place(built diag.Pos) diag.Pos {
	own := s.entryAt(built.File)
	if built.Line > 0 {
		page, err := os.ReadFile(path.Join(s.dir, built.File))
		if err != nil {
			return built
		}
		clues := origin.At(page, built.Line, built.Column)
		if own != nil {
			if pos, ok := s.source(own).Find(clues, true); ok {
				return pos
			}
		}
		for _, e := range s.catalog.Entries() {
			if e.Published() && e != own {
				if pos, ok := s.source(e).Find(clues, false); ok {
					return pos
				}
			}
		}
	}
	if own != nil {
		return diag.Pos{File: own.File}
	}
	return built
}

// entryAt is the entry whose page a built file is, or that it was made of, as the list of
// what names a person is; nil for another's.
func (s *pageSources) entryAt(file string) *catalog.Entry {
	if path.Base(file) != "index.html" {
		return nil
	}
	for url := strings.TrimSuffix("/"+file, "index.html"); ; url = path.Dir(strings.TrimSuffix(url, "/")) + "/" {
		for _, e := range s.catalog.Entries() {
			if e.URL == url && e.Published() && (e.Kind != catalog.KindPage || "/"+file == url+"index.html") {
				return e
			}
		}
		if strings.Count(url, "/") <= 2 {
			return nil
		}
	}
}

func (s *pageSources) source(e *catalog.Entry) *origin.Source {
	if s.read[e.File] == nil {
		// A file that has just gone has no places.
		text, _ := catalog.ReadFile(os.DirFS(s.root), e.File)
		s.read[e.File] = origin.NewSource(e.File, text)
	}
	return s.read[e.File]
}
