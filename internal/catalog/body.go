package catalog

import (
	"bytes"
	"io/fs"
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
	text := lint.Text{File: e.File, Line: e.bodyLine, Start: start, Draft: e.Draft, Body: body, Image: func(file, alt string, pos diag.Pos) []diag.Finding {
		if film := filmOf(file, alt, pos); film != nil {
			e.Films = append(e.Films, film)
			return nil
		}
		findings := imageFile(fsys, e, file, pos)
		if strings.TrimSpace(alt) == "" {
			findings = append(findings, ruleImageAlt.At(pos, file))
		}
		return findings
	}}
	text.Link = func(destination string, pos diag.Pos) {
		e.links = append(e.links, link{destination, o.onSite(destination), pos})
	}
	findings, parsed := text.Check()
	e.unparsed = !parsed
	return append(findings, checkFilled(e, body)...)
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
