// Package lint finds what the text of an entry may not hold: HTML, attributes, shortcodes
// of other sites, links that deceive or lead nowhere, invisible characters, and
// constructs that would keep a Markdown parser busy for minutes; and what was typed as
// markup that is not read as such.
//
// In: a [Text], the body of a content file. Out: what is [Found] in it, which follows from
// the text alone. What concerns other files, such as whether a picture exists, is the
// caller's to check.
package lint

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
	"lienhiep/internal/weblink"
)

// Text is the body of a content file.
type Text struct {
	File  string // its name, for findings
	Line  int    // of the file, from 1, that the body starts on
	Start int    // the byte of the file that it starts at
	Draft bool   // it is unfinished, and not on the site
	Body  []byte
}

// Found is what is found in a text.
type Found struct {
	Findings []diag.Finding
	Images   []Image
	Links    []Link // that may stand
	// Parsed is false if the text exceeds a limit: it must not be parsed, and only what is
	// found without parsing is here.
	Parsed bool
}

// Image is an image of a text.
type Image struct {
	File string // as it is written
	Alt  string // its alternative text
	Pos  diag.Pos
}

// Link is a link of a text.
type Link struct {
	Destination string // as it is written
	Pos         diag.Pos
}

// Check finds the faults of a text, and its images and links.
func (t Text) Check() Found {
	found := Found{Findings: slices.Concat(t.invisible(), t.shortcodes(), t.shortcodeForms(), t.previews(), t.localPaths())}
	if exceeded := t.limits(); exceeded != nil {
		found.Findings = append(found.Findings, exceeded...)
		return found
	}
	found.Parsed = true
	found.Findings = append(found.Findings, t.typed()...)
	written := t.unseenEntities()
	if len(written) == 0 && !t.hasMarkup() {
		return found // nothing more, as in most entries; parsing is what takes the time
	}
	c := checker{Text: t, places: diag.PlacesIn(t.File, t.Body), Found: found, written: written}
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(markdown.Parse(t.Body), c.visit)
	c.unseen()
	return c.Found
}

// signs are what a text has one of that has a link, a picture, HTML or code to embed something.
var signs = [][]byte{[]byte("]("), []byte("]:"), []byte("//"), []byte("www."), []byte("<"), []byte("&lt;"), []byte("\"]")}

// hasMarkup reports whether a text may have what is found by parsing, without parsing it.
func (t Text) hasMarkup() bool {
	return slices.ContainsFunc(signs, func(sign []byte) bool { return bytes.Contains(t.Body, sign) }) || mayHaveAttributes(t.Body)
}

// pos is the line of the file that a byte of the body stands on.
func (t Text) pos(places *diag.Places, offset int) diag.Pos {
	return diag.Pos{File: t.File, Line: t.Line + places.At(offset).Line - 1}
}

// checker walks a parsed text.
type checker struct {
	Text
	Found
	at     int // offset of the last text seen: inline nodes carry no place of their own
	places *diag.Places

	written   [][2]int       // entities that stand for characters that nobody sees, from and to
	ids       map[string]int // of headings, with their lines
	generated map[string]int // how many headings of the same words have had an ID made of them
}

func (c *checker) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		c.at = n.Lines().At(0).Start
	}
	c.attributes(n)
	c.code(n)
	switch n := n.(type) {
	case *ast.Text:
		c.at = n.Segment.Start
	case *ast.Image:
		c.image(n)
	case *ast.Link:
		c.link(n, n.Destination, n.Title)
	case *ast.AutoLink:
		if n.AutoLinkType == ast.AutoLinkURL {
			c.link(n, n.URL(c.Body), nil)
		}
	case *ast.RawHTML:
		if n.Segments.Len() > 0 {
			c.at = n.Segments.At(0).Start
			c.html(n, string(n.Segments.Value(c.Body)))
		}
	case *ast.HTMLBlock:
		c.html(n, string(n.Lines().Value(c.Body)))
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading, *east.TableCell:
		if lines := n.Lines(); lines.Len() > 0 {
			c.shownCode(lines.At(0).Start, lines.At(lines.Len()-1).Stop)
		}
	}
	return ast.WalkContinue, nil
}

func (c *checker) pos() diag.Pos { return c.Text.pos(c.places, c.at) }

// find moves to where words are written that stand soon behind the last text seen.
func (c *checker) find(words []byte) {
	const near = 2 * maxDestination
	if i := bytes.Index(c.Body[c.at:min(len(c.Body), c.at+near)], words); i >= 0 {
		c.at += i
	}
}

func (c *checker) image(n *ast.Image) {
	file := string(n.Destination)
	// The picture's place is that of the words in its brackets, or, without
	// any, where its address is written.
	if t, ok := n.FirstChild().(*ast.Text); ok {
		c.at = t.Segment.Start
	} else {
		c.find(n.Destination)
	}
	pos := c.pos()
	if weblink.IsWeb(markdown.Attribute(n.Destination)) { // a film elsewhere, to which a link leads
		c.deceiving(n, n.Destination, n.Title)
	}
	c.Images = append(c.Images, Image{file, markdown.Words(n, c.Body), pos})
}
