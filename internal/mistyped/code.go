package mistyped

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// code finds words that became code: paragraphs indented by four blanks or a tab, and all
// that follows a fence without an end.
func (f *finder) code() {
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(f.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeBlock:
			f.indented(n)
		case *ast.FencedCodeBlock:
			f.openFence(n)
		case *east.Table:
			f.excess(n)
		}
		return ast.WalkContinue, nil
	})
}

func (f *finder) indented(n *ast.CodeBlock) {
	var edits []Edit
	prose := false
	start := -1
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		text := string(bytes.TrimRight(f.body[s.Start:s.Stop], "\r\n"))
		words := strings.TrimLeft(text, " \t")
		if words == "" {
			continue
		}
		if strings.ContainsAny(words[:1], "<{}$/\\") {
			return // of a program, and not mended by standing elsewhere
		}
		prose = prose || isProse(words)
		from := f.lineStart(s.Start)
		if start < 0 {
			start = from
		}
		before := string(f.body[from : s.Stop-len(f.body[s.Start:s.Stop])+len(text)-len(words)])
		if strings.Trim(before, " \t") != "" {
			edits = append(edits, Edit{s.Start, text[:len(text)-len(words)], ""})
			continue
		}
		edits = append(edits, Edit{from, before, ""})
	}
	if prose {
		f.add(Code, start, n.Parent().Kind() == ast.KindDocument, edits...)
	}
}

// isProse reports whether a line is of words: in Vietnamese, or a sentence.
func isProse(s string) bool {
	if strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf && unicode.IsLetter(r) }) {
		return true
	}
	words := 0
	for _, w := range strings.Fields(s) {
		if strings.Trim(w, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,.;:!?'") == "" {
			words++
		}
	}
	return words > 3 && strings.ContainsRune(".:!?", lastRune(strings.TrimSpace(s)))
}

// openFence finds a block of code that nothing ends, with a text's words in it.
func (f *finder) openFence(n *ast.FencedCodeBlock) {
	if n.Lines().Len() == 0 || n.Parent().Kind() != ast.KindDocument {
		return
	}
	last := n.Lines().At(n.Lines().Len() - 1)
	rest := strings.TrimSpace(string(f.body[last.Stop:]))
	if strings.HasPrefix(rest, "```") || strings.HasPrefix(rest, "~~~") {
		return
	}
	first := n.Lines().At(0)
	if isProse(string(f.body[first.Start:last.Stop])) {
		f.add(Code, f.lineStart(max(0, first.Start-1)), false)
	}
}

var (
	// typedBreak is the end of a line as programs write it.
	typedBreak  = regexp.MustCompile(`(?:\\r)?\\n`)
	twiceCoded  = regexp.MustCompile(`&amp;(#?\w{2,8};)`)
	halfEntity  = regexp.MustCompile(`&(nbsp|quot|amp|ldquo|rdquo|lsquo|rsquo|ndash|mdash|hellip|copy|lt|gt)`)
	drivePrefix = regexp.MustCompile(`[A-Za-z]:\\|\\\\`)
)

// signs finds what other programs write for the end of a line, or for characters.
func (f *finder) signs(b *block) {
	var edits []Edit
	sure := true
	text := f.body[b.start():b.end()]
	for _, m := range typedBreak.FindAllIndex(text, -1) {
		at := b.start() + m[0]
		if !f.isShown(at) || drivePrefix.MatchString(f.wordAround(at)) {
			continue
		}
		next := b.after(f.body, b.start()+m[1])
		sure = sure && !unicode.IsLower(next)
		edits = append(edits, Edit{at, string(text[m[0]:m[1]]), "\\\n"})
	}
	for i := 0; i+1 < len(edits); i++ { // two ends of lines are the end of a paragraph
		if edits[i].Start+len(edits[i].Old) == edits[i+1].Start {
			edits[i].New, edits[i+1].New = "\n", "\n"
		}
	}
	for _, m := range twiceCoded.FindAllSubmatchIndex(text, -1) {
		if f.isShown(b.start() + m[0]) {
			edits = append(edits, Edit{b.start() + m[0], string(text[m[0]:m[2]]), "&"})
		}
	}
	for _, m := range halfEntity.FindAllIndex(text, -1) {
		if next := b.after(f.body, b.start()+m[1]); next != ';' && !unicode.IsLetter(next) && f.isShown(b.start()+m[0]) {
			edits = append(edits, Edit{b.start() + m[1], "", ";"})
		}
	}
	if len(edits) > 0 {
		f.add(Signs, edits[0].Start, sure, edits...)
	}
}

// wordAround is what stands between the blanks around a place.
func (f *finder) wordAround(at int) string {
	const far = 200
	from, end := at, at
	for from > 0 && at-from < far && f.body[from-1] > ' ' {
		from--
	}
	for end < len(f.body) && end-at < far && f.body[end] > ' ' {
		end++
	}
	return string(f.body[from:end])
}

var (
	noteMark       = regexp.MustCompile(`\[\^([^\]\s\[]+)\]`)
	noteDefinition = regexp.MustCompile(`(?m)^ {0,3}\[\^([^\]\s\[]+)\]:`)
	inBrackets     = regexp.MustCompile(`\[([^\]\[\n]+)\]`)
	linkDefinition = regexp.MustCompile(`(?m)^ {0,3}\[([^\]\[^\n][^\]\[\n]*)\]:[ \t]*(\S+)`)
)

// lost finds references to footnotes that there are none of, footnotes that nothing
// refers to, which are not shown, and remarks that are read as the address of a link.
func (f *finder) lost() {
	defined, used := map[string]bool{}, map[string]bool{}
	definitions := map[int]bool{}
	for _, m := range noteDefinition.FindAllSubmatchIndex(f.body, -1) {
		if f.seen[m[0]] != code {
			defined[string(f.body[m[2]:m[3]])] = true
			definitions[m[2]] = true
		}
	}
	for _, m := range noteMark.FindAllSubmatchIndex(f.body, -1) {
		id := string(f.body[m[2]:m[3]])
		if definitions[m[2]] || f.seen[m[0]] == code || isEscaped(f.body, m[0]) {
			continue
		}
		used[id] = true
		if !defined[id] && f.isShown(m[0]) {
			f.add(Note, m[0], false)
		}
	}
	for _, m := range noteDefinition.FindAllSubmatchIndex(f.body, -1) {
		if definitions[m[2]] && !used[string(f.body[m[2]:m[3]])] {
			f.add(Lost, m[0], false)
		}
	}
	referred := f.referred()
	for _, m := range linkDefinition.FindAllSubmatchIndex(f.body, -1) {
		address := strings.Trim(string(f.body[m[4]:m[5]]), "<>")
		if f.seen[m[2]] != unseen {
			continue
		}
		if inner := strings.TrimSuffix(strings.TrimPrefix(address, "("), ")"); inner != address && isAddress(inner) {
			f.add(Link, m[0], true, Edit{m[3], string(f.body[m[3]:m[5]]), "](" + destination(inner) + ")"})
			continue
		}
		if !isAddress(address) && !strings.Contains(address, ":") || !referred[strings.ToLower(string(f.body[m[2]:m[3]]))] {
			f.add(Lost, m[0], true, Edit{m[0], string(f.body[m[0]:m[2]]), strings.Replace(string(f.body[m[0]:m[2]]), "[", `\[`, 1)})
		}
	}
}

// referred are the names, in small letters, in brackets that something may be defined
// under.
func (f *finder) referred() map[string]bool {
	names := map[string]bool{}
	for _, m := range inBrackets.FindAllSubmatchIndex(f.body, -1) {
		if m[1] == len(f.body) || f.body[m[1]] != ':' {
			names[strings.ToLower(string(f.body[m[2]:m[3]]))] = true
		}
	}
	return names
}
