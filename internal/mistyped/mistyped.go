// Package mistyped finds in a Markdown text what was typed as markup and does not become
// it, so that readers would see the signs or miss the words: “##Heading”, “**bold **”,
// “[words] (address)”, the rows of a table without its rule. It also finds what becomes
// markup though it was not meant: “5*3*2”, a paragraph indented as in Word.
//
// In: an entry's text without its front matter. Out: [Slip]s, each with the edits that
// mend it, if these are known, and whether they may be made unasked. A slip is looked for
// in the signs that are left in the words after the text has been read as the site's Hugo
// reads it; what is mended is read again before it is called sure.
package mistyped

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"lienhiep/internal/markdown"
)

// Kind is the kind of markup that was meant, or that the text became.
type Kind int

const (
	Picture    Kind = iota // a picture that does not appear
	Link                   // a link whose signs are shown
	Heading                // a heading that is none
	Emphasis               // signs of emphasis that are shown
	Asterisk               // a star before a line's words that may be a remark's
	Unmeant                // signs that became emphasis between letters or digits
	List                   // items run together
	Lines                  // lines run together
	Table                  // rows that are no table
	Code                   // words that became code
	Signs                  // signs of other programs: \n, &nbsp;
	Note                   // a reference to a footnote that there is none of
	Lost                   // words that no reader sees
	lastOfKind             // not one
)

// Kinds returns all kinds.
func Kinds() []Kind {
	var all []Kind
	for k := range lastOfKind {
		all = append(all, k)
	}
	return all
}

// Slip is one place where the markup typed and the markup read differ.
type Slip struct {
	Kind  Kind
	Start int    // the byte where it begins
	Wrong string // the line, as it stands
	Right string // the line, or the first of the lines, as it should be; "" if that is not known
	Edits []Edit // what mends it, in order
	Sure  bool   // the edits may be made unasked
}

// Edit replaces Old, at the byte offset Start, by New.
type Edit struct {
	Start    int
	Old, New string
}

// Find returns the slips of a text in source order. Its time is linear in the text, apart
// from that of parsing.
func Find(body []byte) []Slip {
	if !mayHold(body) {
		return nil
	}
	f := newFinder(body)
	f.links()
	f.otherPictures()
	f.forum()
	f.comparisons()
	for _, b := range f.blocks {
		f.headings(b)
		f.lists(b)
		f.tables(b)
		f.lines(b)
		f.signs(b)
	}
	f.brackets()
	f.emphasis()
	f.unmeant()
	f.code()
	f.scatteredRows()
	f.lost()
	slices.SortStableFunc(f.slips, func(a, b Slip) int { return a.Start - b.Start })
	return f.slips
}

// What a byte of the text is to readers.
const (
	unseen = iota // markup, or nothing that is shown
	shown         // a word's
	code
)

// finder looks through one text.
type finder struct {
	body   []byte
	root   ast.Node
	seen   []byte // for each byte, what it is to readers
	blocks []*block
	slips  []Slip
	taken  []bool // bytes that are mended
	starts []int  // where lines begin
	signed []bool // lines that are mended as a whole, by the byte that they begin with
}

// block is a paragraph, an item, a heading or a cell: what is read as one piece of words.
type block struct {
	node  ast.Node
	lines []line
}

// line is one of a block's, without the signs of what it stands in (“> ”, “- ”).
type line struct {
	start, end int
	text       string
}

func (b *block) start() int { return b.lines[0].start }
func (b *block) end() int   { return b.lines[len(b.lines)-1].end }

func newFinder(body []byte) *finder {
	f := &finder{body: body, root: markdown.Parse(body), seen: make([]byte, len(body)), taken: make([]bool, len(body)+1), signed: make([]bool, len(body)+1)}
	f.starts = append(f.starts, 0)
	for i, c := range body {
		if c == '\n' {
			f.starts = append(f.starts, i+1)
		}
	}
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(f.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			f.mark(n.Segment.Start, n.Segment.Stop, shown)
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					f.mark(t.Segment.Start, t.Segment.Stop, code)
				}
			}
			return ast.WalkSkipChildren, nil
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			for i := range n.Lines().Len() {
				f.mark(n.Lines().At(i).Start, n.Lines().At(i).Stop, code)
			}
			return ast.WalkSkipChildren, nil
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading, *east.TableCell:
			f.addBlock(n)
		}
		return ast.WalkContinue, nil
	})
	return f
}

func (f *finder) mark(start, end int, what byte) {
	for i := start; i < end; i++ {
		f.seen[i] = what
	}
}

func (f *finder) addBlock(n ast.Node) {
	b := &block{node: n}
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		text := bytes.TrimRight(f.body[s.Start:s.Stop], " \t\r\n")
		text = bytes.TrimLeft(text, " \t")
		start := s.Start + bytes.Index(f.body[s.Start:s.Stop], text)
		if len(text) > 0 {
			b.lines = append(b.lines, line{start, start + len(text), string(text)})
		}
	}
	if len(b.lines) > 0 {
		f.blocks = append(f.blocks, b)
	}
}

// add notes a slip with the edits that mend it; none say that how is not known. What
// stands where another slip has been found is that slip's.
func (f *finder) add(kind Kind, start int, sure bool, edits ...Edit) {
	edits = slices.DeleteFunc(edits, func(e Edit) bool { return e.Old == e.New })
	slices.SortStableFunc(edits, func(a, b Edit) int { return a.Start - b.Start })
	if f.taken[start] || slices.ContainsFunc(edits, func(e Edit) bool { return f.taken[e.Start] }) {
		return
	}
	from, end := f.lineStart(start), f.lineEnd(start)
	s := Slip{Kind: kind, Start: start, Wrong: strings.TrimSpace(f.window(from, start, end)), Edits: edits, Sure: sure && len(edits) > 0}
	f.taken[start] = true
	for _, e := range edits {
		for at := e.Start; at < e.Start+max(1, len(e.Old)); at++ {
			f.taken[at] = true
		}
		end = max(end, f.lineEnd(e.Start+len(e.Old)))
	}
	if kind == Heading || kind == List || kind == Table {
		for at := from; at < end; at = f.lineEnd(at) + 1 {
			f.signed[at] = true
		}
	}
	if len(edits) > 0 {
		s.Right = f.excerpt(from, start, end, edits)
	}
	f.slips = append(f.slips, s)
}

// farthest is how much is told of a line in front of a slip and behind it, in bytes.
const farthest = 200

// window is what is told of a piece of the text around a place.
func (f *finder) window(from, start, end int) string {
	return strings.ToValidUTF8(string(f.body[max(from, start-farthest):min(end, start+farthest)]), "")
}

// LineEnd separates lines in [Slip.Right].
const LineEnd = " ⏎ "

// excerpt is the first lines of a piece of the text with the edits made.
func (f *finder) excerpt(from, start, end int, edits []Edit) string {
	const most = 3
	from, end = max(from, start-farthest), min(end, start+5*farthest)
	inside := slices.IndexFunc(edits, func(e Edit) bool { return e.Start+len(e.Old) > end })
	if inside < 0 {
		inside = len(edits)
	}
	lines := strings.Split(strings.ToValidUTF8(apply(f.body[from:end], from, edits[:inside]), ""), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	if len(lines) > most {
		return strings.Join(lines[:most], LineEnd) + LineEnd + "…"
	}
	return strings.Join(lines, LineEnd)
}

// lineStart and lineEnd are the ends of the line that a byte stands on.
func (f *finder) lineStart(at int) int {
	i, found := slices.BinarySearch(f.starts, at)
	if !found {
		i--
	}
	return f.starts[i]
}

func (f *finder) lineEnd(at int) int {
	i, _ := slices.BinarySearch(f.starts, at+1)
	if i == len(f.starts) {
		return len(f.body)
	}
	return f.starts[i] - 1
}

// apply makes edits in a piece of the text that begins at offset.
func apply(text []byte, offset int, edits []Edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		start := e.Start - offset
		if start < at || start+len(e.Old) > len(text) {
			continue
		}
		b.Write(text[at:start])
		b.WriteString(e.New)
		at = start + len(e.Old)
	}
	b.Write(text[at:])
	return b.String()
}

// isShown reports whether a byte stands in the words that readers see, not escaped.
func (f *finder) isShown(at int) bool {
	return at >= 0 && at < len(f.body) && f.seen[at] == shown && !isEscaped(f.body, at)
}

func isEscaped(body []byte, at int) bool {
	n := 0
	for at-1-n >= 0 && body[at-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// before and after are the characters around a place of a block; a blank stands for its ends.
func (b *block) before(body []byte, at int) rune {
	if at <= b.start() {
		return ' '
	}
	r, _ := utf8.DecodeLastRune(body[b.start():at])
	return r
}

func (b *block) after(body []byte, at int) rune {
	if at >= b.end() {
		return ' '
	}
	r, _ := utf8.DecodeRune(body[at:b.end()])
	return r
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// wideSigns are the signs of East Asian keyboards. To look for one after the other is faster
// than to look up every letter of a text.
var wideSigns = strings.Split("！［】【（＃＊＿｜・", "")

func holdsWide(body []byte) bool {
	return slices.ContainsFunc(wideSigns, func(sign string) bool { return bytes.Contains(body, []byte(sign)) })
}

// mayHold reports, at little cost, whether a text may hold a slip: most hold none, and
// parsing is what takes the time. It has no false negatives.
func mayHold(body []byte) bool {
	if bytes.ContainsAny(body, "*_~|\\`\t&") || holdsWide(body) || bytes.Contains(body, []byte("##")) && trailingSigns.Match(body) {
		return true
	}
	if mayHoldLink(body) {
		return true
	}
	before := ""
	for l := range bytes.Lines(body) {
		whole := strings.TrimRight(string(l), " \t\r\n")
		text := strings.TrimLeft(whole, " \t>")
		switch {
		case strings.HasPrefix(whole, "    "), strings.Contains(whole, "=="), strings.Contains(whole, ">") && atLeast.MatchString(whole), lineSign.MatchString(text), before != "" && text != "" && startsNewLine(before, text):
			return true
		}
		before = text
	}
	return false
}
