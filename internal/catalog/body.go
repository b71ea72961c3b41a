package catalog

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/lint"
	"lienhiep/internal/weblink"
)

// link is a link of an entry's text.
type link struct {
	destination string // as it is written
	address     string // the same, but that an absolute link to the site is one within it
	pos         diag.Pos
}

// OnSite returns a link, as it stands in an entry; one to the site's own host begins with
// "/".
func (c *Catalog) OnSite(link string) string { return c.options.onSite(link) }

func (o Options) onSite(link string) string {
	if address, own := weblink.Own(o.BaseURL, link); own {
		return address
	}
	return link
}

// checkBody finds the faults of an entry's text, which begins at a byte of its file.
func checkBody(fsys fs.FS, e *Entry, body []byte, start int, o Options) []diag.Finding {
	found := o.Memory.text(e.File, func() lint.Found {
		return lint.Text{File: e.File, Line: e.bodyLine, Start: start, Draft: e.Draft, Body: body}.Check()
	})
	e.unparsed = !found.Parsed
	findings := slices.Clip(found.Findings)
	for _, image := range found.Images {
		findings = append(findings, checkImage(fsys, e, image)...)
	}
	for _, l := range found.Links {
		e.links = append(e.links, link{l.Destination, o.onSite(l.Destination), l.Pos})
	}
	return append(findings, checkFilled(e, body)...)
}

// checkImage finds the faults of an image of an entry's text, or of a film that is written
// like one.
func checkImage(fsys fs.FS, e *Entry, image lint.Image) []diag.Finding {
	if film := filmOf(image.File, image.Alt, image.Pos); film != nil {
		e.Films = append(e.Films, film)
		return nil
	}
	findings := imageFile(fsys, e, image.File, image.Pos)
	if strings.TrimSpace(image.Alt) == "" {
		findings = append(findings, ruleImageAlt.At(image.Pos, image.File))
	}
	return findings
}

// checkFilled finds what is still to be written.
func checkFilled(e *Entry, body []byte) []diag.Finding {
	i := bytes.Index(body, []byte(ToFill))
	if i < 0 {
		return nil
	}
	line := e.bodyLine + bytes.Count(body[:i], []byte("\n"))
	return []diag.Finding{toFill(diag.Pos{File: e.File, Line: line}, "lời bài", "the text", e.Draft)}
}
