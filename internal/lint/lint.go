// Package lint finds what the text of an entry may not hold: HTML, attributes, shortcodes
// of other sites, links that deceive or lead nowhere, invisible characters, and
// constructs that would keep a Markdown parser busy for minutes; and what was typed as
// markup that is not read as such.
//
// In: a [Text], the body of a content file. Out: findings at lines of that file. What
// concerns the file system, such as whether a picture exists, is the caller's to check.
package lint

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
	"lienhiep/internal/viet"
	"lienhiep/internal/weblink"
)

var (
	ruleRawHTML = diag.NewRule("raw-html", diag.Error,
		diag.Text{VI: "Trong bài có mã HTML (%[1]s); mã này sẽ không hiện ra.", EN: "The text contains HTML (%[1]s), which will not be shown."},
		diag.Text{VI: "Bỏ đoạn mã này và dùng cách viết Markdown (ví dụ **chữ đậm**); muốn hiện nguyên dấu < thì viết \\<.", EN: "Remove it and use Markdown; for a literal < write \\<."})
	ruleShortcode = diag.NewRule("unknown-shortcode", diag.Error,
		diag.Text{VI: "Mã ngắn “%[1]s” không dùng được ở trang này.", EN: "The shortcode “%[1]s” is not available here."},
		diag.Text{VI: "Các mã dùng được: %[2]s. Phim thì viết ![tên phim](địa chỉ của phim); bản đồ và nội dung của trang khác thì đặt một liên kết.", EN: "Available: %[2]s. For a film write ![its name](its address); link to maps and other sites' content."})
)

// Text is the body of a content file.
type Text struct {
	File  string // its name, for findings
	Line  int    // of the file, from 1, that the body starts on
	Start int    // the byte of the file that it starts at
	Draft bool   // it is unfinished, and not on the site
	Body  []byte
	// Image is called for each image: its file as written, its alternative text, and the
	// place for what is found.
	Image func(file, alt string, pos diag.Pos) []diag.Finding
	// Link is called for each link that may stand, with where it leads as written.
	Link func(destination string, pos diag.Pos)
}

// Check returns the faults of a text. parsed is false if the text exceeds a limit: it
// must not be parsed, and only faults that are found without parsing are returned.
func (t Text) Check() (findings []diag.Finding, parsed bool) {
	findings = slices.Concat(t.invisible(), t.shortcodes(), t.previews(), t.localPaths())
	if exceeded := t.limits(); exceeded != nil {
		return append(findings, exceeded...), false
	}
	findings = append(findings, t.typed()...)
	written := t.unseenEntities()
	if len(written) == 0 && !t.hasMarkup() {
		return findings, true // nothing to find, as in most entries; parsing is what takes the time
	}
	c := checker{Text: t, places: diag.PlacesIn(t.File, t.Body), findings: findings, written: written}
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(markdown.Parse(t.Body), c.visit)
	c.unseen()
	return c.findings, true
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
	at       int // offset of the last text seen: inline nodes carry no place of their own
	places   *diag.Places
	findings []diag.Finding

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
			c.html(string(n.Segments.Value(c.Body)))
		}
	case *ast.HTMLBlock:
		c.html(string(n.Lines().Value(c.Body)))
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

func (c *checker) html(code string) {
	code = strings.TrimSpace(code)
	if strings.HasPrefix(code, "<!--") || strings.HasPrefix(code, "</") {
		return // a note to oneself is never published; an end belongs to its beginning
	}
	if n := len(c.findings); n > 0 && c.findings[n-1].Rule == ruleEmbed && c.findings[n-1].Pos == c.pos() {
		return // more of the same code
	}
	if embedTag.MatchString(code) {
		c.findings = append(c.findings, embed(c.pos(), code))
		return
	}
	c.findings = append(c.findings, ruleRawHTML.At(c.pos(), diag.FirstLine(code)))
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
	c.findings = append(c.findings, c.Image(file, markdown.Words(n, c.Body), pos)...)
}

// shortcodes are the site's own: dieu-khoan quotes a provision, bo-anh is a gallery of the
// pictures within it, bieu-do draws a table's numbers, so-do who does what, dong-thoi-gian
// a list of dates, tieng names a language.
var shortcodes = []string{"bieu-do", "bo-anh", "dieu-khoan", "dong-thoi-gian", "so-do", "tieng"}

// shortcode matches the beginning of one, but for those that only show how one is
// written.
var shortcode = regexp.MustCompile(`\{\{[<%]\s*/?\s*([^\s<>%/*]+)`)

// filmShortcode matches one of Hugo's for films, and the film's name at its platform.
var filmShortcode = regexp.MustCompile(`^\{\{[<%]\s*(youtube|vimeo)\s+(?:id\s*=\s*)?"?([\w-]+)`)

var filmsAt = map[string]string{"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}

// shortcodes finds those that are not the site's own: Hugo's would load what other sites
// hold.
func (t Text) shortcodes() []diag.Finding {
	var findings []diag.Finding
	places := diag.PlacesIn(t.File, t.Body)
	for _, m := range shortcode.FindAllSubmatchIndex(t.Body, -1) {
		if name := string(t.Body[m[2]:m[3]]); !slices.Contains(shortcodes, name) {
			meant := viet.Nearest(name, shortcodes)
			if film := filmShortcode.FindSubmatch(t.Body[m[0]:min(len(t.Body), m[0]+200)]); film != nil {
				meant = "![tên phim](" + filmsAt[string(film[1])] + string(film[2]) + ")"
			}
			findings = append(findings, ruleShortcode.At(t.pos(places, m[0]), name, strings.Join(shortcodes, ", ")).Suggest(meant))
		}
	}
	return findings
}
