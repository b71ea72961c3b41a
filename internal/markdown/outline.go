package markdown

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// part is a block of a text, an item of a list or a row of a table.
type part struct {
	gap     string // the blank characters before it
	text    string // its bytes, up to the last that is not blank
	meaning string // what it is read as; of a block that only defines links, the definitions
	defines []string
	silent  bool // it defines links and shows nothing
}

// outline splits a text into its outermost blocks and says what each is read as, with the
// definitions of links and footnotes that stand elsewhere in the text. What follows the
// last block is the tail. The parts and the tail are the whole text.
//
// A shortcode on a line of its own is a block, as it is to Hugo, which takes shortcodes
// out before it reads Markdown.
func outline(src []byte) (parts []part, tail string) {
	source := src
	src, shortcodes := hideShortcodes(source)
	starts := blockStarts(src)
	parts, tail = cut(source, starts)
	shown := make([]strings.Builder, len(parts))
	linked := make([]strings.Builder, len(parts))
	at := func(n ast.Node) int { return max(0, upTo(starts, startOf(n))-1) }
	root := Parse(src)
	notes := nameFootnotes(root)
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *extast.FootnoteList: // as rendered; each note is shown where it is written
		case *ast.LinkReferenceDefinition:
			i := at(n)
			parts[i].defines = append(parts[i].defines, string(n.Label))
			linked[i].WriteString("[" + string(n.Label) + "]: " + string(n.Destination) + " " + string(n.Title) + "\n")
		default:
			if len(parts) > 0 {
				shown[at(n)].WriteString(rendered(n, src))
			}
		}
	}
	for _, note := range notes {
		text := "[^" + string(note.Ref) + "]: "
		for n := note.FirstChild(); n != nil; n = n.NextSibling() {
			text += rendered(n, src)
		}
		shown[at(note)].WriteString(text)
	}
	for _, line := range shortcodes {
		shown[max(0, upTo(starts, line[0])-1)].WriteString("\x00" + string(bytes.TrimSpace(source[line[0]:line[1]])))
	}
	for i := range parts {
		p := &parts[i]
		p.meaning = shown[i].String()
		p.silent = p.meaning == "" && len(p.defines) > 0
		switch {
		case p.silent:
			p.meaning = linked[i].String()
		case p.meaning == "": // a footnote that nothing refers to
			p.meaning = "\x00" + strings.Join(strings.Fields(p.text), " ")
		}
	}
	return parts, tail
}

// shortcodeLine matches a line that is a shortcode.
var shortcodeLine = regexp.MustCompile(`(?m)^\{\{[<%][^}\n]*[>%]\}\}[ \t\r]*$`)

// hideShortcodes puts HTML comments, byte for byte as long, in the place of lines that are
// shortcodes, and returns where those are.
func hideShortcodes(src []byte) (hidden []byte, lines [][]int) {
	lines = shortcodeLine.FindAllIndex(src, -1)
	if len(lines) == 0 {
		return src, nil
	}
	hidden = bytes.Clone(src)
	for _, line := range lines {
		end := line[0] + len(bytes.TrimRight(src[line[0]:line[1]], " \t\r"))
		for i := line[0]; i < end; i++ {
			hidden[i] = 'x'
		}
		copy(hidden[line[0]:], "<!--")
		copy(hidden[end-len("-->"):], "-->")
	}
	return hidden, lines
}

// cut splits a text into parts that begin at the offsets; what stands before the first
// offset is blank.
func cut(src []byte, starts []int) (parts []part, tail string) {
	end := 0 // of the last part
	for i, from := range starts {
		to := len(src)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		text := string(bytes.TrimRight(src[from:to], " \t\r\n"))
		parts = append(parts, part{gap: string(src[end:from]), text: text})
		end = from + len(text)
	}
	return parts, string(src[end:])
}

// blockStarts returns where the lines begin on which the outermost blocks of a text, and
// its footnotes, begin.
func blockStarts(src []byte) []int {
	var starts []int
	add := func(n ast.Node) {
		if pos := startOf(n); pos >= 0 {
			starts = append(starts, bytes.LastIndexByte(src[:pos], '\n')+1)
		}
	}
	for n := ParseBlocks(src).FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != extast.KindFootnoteList {
			add(n)
			continue
		}
		for note := n.FirstChild(); note != nil; note = note.NextSibling() {
			add(note)
		}
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	switch {
	case len(starts) == 0 && len(bytes.TrimSpace(src)) > 0:
		return []int{0}
	case len(starts) > 0 && len(bytes.TrimSpace(src[:starts[0]])) > 0:
		starts[0] = 0
	}
	return starts
}

// startOf returns the offset of a block's first byte, or of one on the same line; -1 if
// it is unknown. A list of definitions begins with its first term, though its own position
// is that of the first colon.
func startOf(n ast.Node) int {
	start := -1
	if n.Kind() == extast.KindTable { // its own position is that of the paragraph that it was a part of
		n = n.FirstChild()
	}
	for ; n != nil && n.Type() == ast.TypeBlock; n = n.FirstChild() {
		if pos := n.Pos(); pos >= 0 && (start < 0 || pos < start) {
			start = pos
		}
		if lines := n.Lines(); lines.Len() > 0 && (start < 0 || lines.At(0).Start < start) {
			start = lines.At(0).Start
		}
	}
	return start
}

// upTo returns how many of the sorted offsets are at most pos.
func upTo(starts []int, pos int) int {
	i, found := slices.BinarySearch(starts, pos)
	if found {
		i++
	}
	return i
}

// nameFootnotes puts names in place of the numbers of footnotes, which change when
// another note is added, and returns the notes in the order in which they are written.
func nameFootnotes(root ast.Node) []*extast.Footnote {
	var notes []*extast.Footnote
	var links []*extast.FootnoteLink
	var back []ast.Node
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *extast.Footnote:
			notes = append(notes, n)
		case *extast.FootnoteLink:
			links = append(links, n)
		case *extast.FootnoteBacklink:
			back = append(back, n)
		}
		return ast.WalkContinue, nil
	})
	names := map[int]string{}
	for _, n := range notes {
		names[n.Index] = string(n.Ref)
	}
	for _, l := range links {
		name := ast.NewString([]byte("\x00[^" + names[l.Index] + "]"))
		name.SetCode(true) // written as it is
		l.Parent().ReplaceChild(l.Parent(), l, name)
	}
	for _, b := range back {
		b.Parent().RemoveChild(b.Parent(), b)
	}
	slices.SortFunc(notes, func(a, b *extast.Footnote) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return notes
}

// rendered is a block in HTML, without the blank characters that browsers do not show.
func rendered(n ast.Node, src []byte) string {
	var page bytes.Buffer
	// Writing to memory cannot fail.
	_ = markdown.Renderer().Render(&page, src, n)
	return squeeze(page.String())
}

// squeeze makes one space of ASCII white space, except within <pre>.
func squeeze(html string) string {
	var b strings.Builder
	for html != "" {
		open := strings.Index(html, "<pre")
		if open < 0 {
			open = len(html)
		}
		squeezeWords(&b, html[:open])
		html = html[open:]
		end := strings.Index(html, "</pre>")
		if end < 0 {
			end = len(html)
		}
		b.WriteString(strings.ReplaceAll(html[:end], "\r", ""))
		html = html[end:]
	}
	return strings.Trim(b.String(), " ")
}

func squeezeWords(b *strings.Builder, html string) {
	blank := false
	for i := range len(html) {
		switch c := html[i]; c {
		case ' ', '\t', '\r', '\n':
			blank = true
		default:
			if blank {
				b.WriteByte(' ')
			}
			blank = false
			b.WriteByte(c)
		}
	}
	if blank {
		b.WriteByte(' ')
	}
}
