package mistyped

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/markdown"
	"lienhiep/internal/viet"
)

// lineSign is how a line begins that was perhaps meant as a heading or an item.
var lineSign = regexp.MustCompile(`^(?:#{1,6}[^#\s]|#{7}|\*\S|--+[ \t]|\d{1,3} [.)]|[^\x00-\x7f\p{L}\p{P}\p{Z}]|[-+][^\s\d-]|[–—−` + markdown.Bullets + `§]|o[\t ]|\(?[\dA-Za-zđ]{1,4}[.)/][^\s\d]|\(?[\da-zđ]{1,4}[.)/] |-{3,}$|={2,}$)`)

var (
	heading     = regexp.MustCompile(`^((?:#|＃){1,9})([ \t　]*)([^#＃\s].*)$`)
	boldHeading = regexp.MustCompile(`^(\*\*|__)[ \t]*(#{1,6})[ \t]*([^#\s].*?)[ \t]*(?:\*\*|__)$`)
	midHeading  = regexp.MustCompile(`(\S)[ \t]+(#{2,6}) ?(\p{L})`)
	// trailingSigns close a heading without the blank that must stand before them.
	trailingSigns = regexp.MustCompile(`(?m)^ {0,3}#{1,6}[ \t].*[^#\s\\](#{2,})[ \t]*$`)
	closingSigns  = regexp.MustCompile(`[^#\s\\](#{2,})$`)
	numberedSign  = regexp.MustCompile(`^\d{1,2}\. ?\p{L}`)
)

// deepest is the level of the smallest heading.
const deepest = 6

// headings finds lines that were meant as headings.
func (f *finder) headings(b *block) {
	if h, ok := b.node.(*ast.Heading); ok {
		f.oddHeading(b, h)
		return
	}
	for i, l := range b.lines {
		if m := boldHeading.FindStringSubmatch(l.text); m != nil && f.isShown(l.start+strings.IndexByte(l.text, '#')) {
			f.add(Heading, l.start, len(b.lines) == 1, Edit{l.start, l.text, m[2] + " " + m[3]})
			continue
		}
		if m := heading.FindStringSubmatch(l.text); m != nil && f.isShown(l.start) {
			signs := strings.ReplaceAll(m[1], "＃", "#")
			signs = signs[:min(len(signs), deepest)]
			words := strings.TrimRight(m[3], "# \t＃")
			if words != "" && isHeading(signs, m[3], i == 0) {
				f.add(Heading, l.start, len(signs) > 1 || startsWithSyllable(m[3]), Edit{l.start, l.text, signs + " " + words})
			}
			continue
		}
		if m := midHeading.FindStringSubmatchIndex(l.text); m != nil && f.isShown(l.start+m[4]) {
			f.add(Heading, l.start+m[4], false, Edit{l.start + m[3], l.text[m[3]:m[6]], "\n\n" + l.text[m[4]:m[5]] + " "})
		}
	}
}

// isHeading reports whether words behind # are those of a heading: a single # also
// begins a word by which posts are found (#khoahoc).
func isHeading(signs, words string, first bool) bool {
	if len(signs) > 1 {
		return true
	}
	fields := strings.Fields(words)
	r, _ := utf8.DecodeRuneInString(words)
	switch {
	case !first, strings.Contains(words, " #"), len(fields) > 14:
		return false
	case unicode.IsDigit(r):
		return numberedSign.MatchString(words)
	case !unicode.IsUpper(r) || len(fields) < 2:
		return false
	}
	return startsWithSyllable(words) || isPlainWord(fields[0])
}

// startsWithSyllable reports whether the first of some words is Vietnamese, and a number
// of others follow.
func startsWithSyllable(words string) bool {
	first, _, more := strings.Cut(words, " ")
	return more && viet.IsSyllable(strings.ToLower(strings.Trim(first, ".,:;")))
}

// isPlainWord reports whether a word is short and has a capital at its beginning at most.
func isPlainWord(w string) bool {
	return utf8.RuneCountInString(w) <= 12 && !strings.ContainsFunc(w[1:], func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '_' })
}

// oddHeading finds a heading that shows its own signs, and a paragraph that a line of
// dashes below it has made one.
func (f *finder) oddHeading(b *block, h *ast.Heading) {
	last := b.lines[len(b.lines)-1]
	if m := closingSigns.FindStringSubmatchIndex(last.text); m != nil && f.isShown(last.start+m[2]) {
		f.add(Heading, b.start(), true, Edit{last.start + m[2], last.text[m[2]:m[3]], ""})
		return
	}
	next := min(f.lineEnd(last.end)+1, len(f.body))
	rule := strings.TrimSpace(string(f.body[next:f.lineEnd(next)]))
	if h.Level != 2 || rule == "" || strings.Trim(rule, "-") != "" || f.body[f.lineStart(b.start())] == '#' {
		return
	}
	if len(b.lines) > 1 || strings.ContainsAny(last.text[len(last.text)-1:], ".;:,!?") {
		at := f.lineEnd(last.end)
		f.add(Heading, b.start(), true, Edit{at, "\n", "\n\n"})
	}
}

var (
	// item is a line that was meant as an item of a list, by what it begins with.
	closeItem = regexp.MustCompile(`^([-+])([^\s\d-].*)$`)
	bullet    = regexp.MustCompile(`^((?:[` + markdown.Bullets + `§]|o\t+|o {2,})[\x{fe0e}\x{fe0f}]?)[\s` + "\u00a0" + `]*(\S.*)$`)
	dash      = regexp.MustCompile(`^(?:[–—−][\s` + "\u00a0" + `]*|--+[\s` + "\u00a0" + `]+)([^\s\d–—−-].*)$`)
	star      = regexp.MustCompile(`^\*([\p{L}\d][^*]*)$`)
	apartNo   = regexp.MustCompile(`^(\d{1,3}) ([.)])[ \t]*([^\s\d.)].*)$`)
	// pictograph begins what posts on social networks mark with drawings and rings about digits.
	pictograph = regexp.MustCompile(`^[\p{So}\p{No}→⇒➜➔]\S*[\s` + "\u00a0" + `]*\S`)
	letterO    = regexp.MustCompile(`^o[ \t]+(\S.*)$`)
	closeNo    = regexp.MustCompile(`^(\d{1,3})([.)])([^\s\d.)].*)$`)
	// ordinal begins what is counted in a way that Markdown has no list for.
	ordinal = regexp.MustCompile(`^(?:\(?\d{1,3}\)|\d{1,3}[./]|\(?[a-zđ]\)|[a-zđ][./]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[IVX]{1,5}[./])[ \t` + "\u00a0" + `]*[^\s\d./)]`)
	// plainBullets decorate nothing but items, also alone.
	plainBullets = "•●▪◦⁃‣⦁\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d"
)

// itemKind tells how a line begins.
type itemKind int

const (
	noItem itemKind = iota
	closeSign
	bulleted
	dashed
	lettered // an o, which is a word too
	closeNumber
	counted
	starred   // a star, which may be a remark's
	apart     // a number apart from its dot
	decorated // a drawing
)

func kindOfItem(text string) itemKind {
	switch {
	case closeItem.MatchString(text):
		return closeSign
	case bullet.MatchString(text):
		return bulleted
	case dash.MatchString(text):
		return dashed
	case letterO.MatchString(text):
		return lettered
	case closeNo.MatchString(text) && !isAbbreviated(text):
		return closeNumber
	case ordinal.MatchString(text):
		return counted
	case star.MatchString(text):
		return starred
	case apartNo.MatchString(text):
		return apart
	case pictograph.MatchString(text):
		return decorated
	}
	return noItem
}

// isAbbreviated reports whether digits and a dot begin a word, such as the name of a file
// or a host ("1.pdf", "24h.com.vn"), not an item.
func isAbbreviated(text string) bool {
	word, _, _ := strings.Cut(text, " ")
	return fileName.MatchString(word) || hostName.MatchString(word)
}

// lists finds items that Markdown does not take for such.
func (f *finder) lists(b *block) {
	if b.node.Kind() == ast.KindHeading {
		return
	}
	for i := 0; i < len(b.lines); {
		if end := f.indentedItems(b, i); end > i {
			i = end
			continue
		}
		kind := noItem
		if f.isShown(b.lines[i].start) {
			kind = kindOfItem(b.lines[i].text)
		}
		end := i + 1
		for kind != noItem && end < len(b.lines) && sameItems(kind, kindOfItem(b.lines[end].text)) && f.isShown(b.lines[end].start) {
			end++
		}
		if kind != noItem {
			f.items(b, i, end, kind)
		}
		i = end
	}
}

// properItem begins as an item of Markdown does.
var properItem = regexp.MustCompile(`^(?:[-+*]|\d{1,3}[.)])[ \t]+\S`)

// indentedItems finds items right below words, from the i-th line on, that stand so far
// in that Markdown takes them for more of those words. end is the line behind them.
func (f *finder) indentedItems(b *block, i int) (end int) {
	if b.node.Kind() != ast.KindParagraph && b.node.Kind() != ast.KindTextBlock {
		return i
	}
	var edits []Edit
	indent := ""
	for end = i; end < len(b.lines) && end > 0; end++ {
		l := b.lines[end]
		before := string(f.body[f.lineStart(l.start):l.start])
		if !properItem.MatchString(l.text) || !f.isShown(l.start) || strings.Trim(before, " \t") != "" || len(before) < 4 && !strings.Contains(before, "\t") {
			break
		}
		lead := ""
		if end == i {
			indent, lead = before, "\n"
		}
		edits = append(edits, Edit{l.start - len(before), before, lead + strings.TrimPrefix(before, indent)})
	}
	if len(edits) == 0 {
		return i
	}
	if b.node.Parent().Kind() != ast.KindDocument {
		edits = nil // how far in they must stand, the list about them says
	}
	f.add(List, b.lines[i].start, true, edits...)
	return end
}

// sameItems reports whether lines of both kinds stand in one list.
func sameItems(a, b itemKind) bool {
	unordered := func(k itemKind) bool { return k == closeSign || k == bulleted || k == dashed || k == lettered }
	return a == b || unordered(a) && unordered(b) && a != lettered
}

// items looks at lines [from, end) of a block, all of which begin as items do.
func (f *finder) items(b *block, from, end int, kind itemKind) {
	several := end-from > 1
	first := b.lines[from]
	sure := several || f.hasNeighbour(b, kind)
	switch kind {
	case closeSign:
		if !several && strings.HasSuffix(first.text, "-") { // a name between dashes
			return
		}
	case bulleted:
		r, _ := utf8.DecodeRuneInString(first.text)
		if !several && !strings.ContainsRune(plainBullets, r) && !strings.HasPrefix(first.text, "o\t") {
			return
		}
		sure = true
	case dashed, lettered, counted, closeNumber, starred, apart, decorated:
		if !several {
			return // alone, it reads as it stands
		}
		sure = kind != starred
	}
	var edits []Edit
	for i := from; i < end; i++ {
		edits = append(edits, f.itemEdit(b, i, from)...)
	}
	if len(edits) > 0 {
		f.add(List, first.start, sure, edits...)
	}
}

// itemEdit makes a line an item; one that Markdown has no sign for begins a line of its own.
func (f *finder) itemEdit(b *block, i, from int) []Edit {
	l := b.lines[i]
	switch kindOfItem(l.text) {
	case closeSign:
		return []Edit{{l.start, l.text[:1], l.text[:1] + " "}}
	case bulleted:
		m := bullet.FindStringSubmatchIndex(l.text)
		return []Edit{{l.start, l.text[:m[4]], "- "}}
	case dashed:
		m := dash.FindStringSubmatchIndex(l.text)
		return []Edit{{l.start, l.text[:m[2]], "- "}}
	case lettered:
		m := letterO.FindStringSubmatchIndex(l.text)
		return []Edit{{l.start, l.text[:m[2]], "- "}}
	case closeNumber:
		m := closeNo.FindStringSubmatchIndex(l.text)
		lead := ""
		if i == from && i > 0 && l.text[:m[3]] != "1" { // only a list from 1 may follow words
			lead = "\n"
		}
		return []Edit{{l.start, l.text[:m[5]], lead + l.text[:m[5]] + " "}}
	case starred:
		return []Edit{{l.start, "*", "* "}}
	case apart:
		m := apartNo.FindStringSubmatchIndex(l.text)
		lead := ""
		if i == from && i > 0 && l.text[:m[3]] != "1" {
			lead = "\n"
		}
		return []Edit{{l.start, l.text[:m[6]], lead + l.text[m[2]:m[3]] + l.text[m[4]:m[5]] + " "}}
	}
	if i == 0 || f.endsHard(b.lines[i-1]) {
		return nil
	}
	return []Edit{breakBefore(b, i)}
}

// breakBefore ends the line before the i-th of a block, where readers see no end.
func breakBefore(b *block, i int) Edit {
	return Edit{b.lines[i-1].end, "", "\\"}
}

// hasNeighbour reports whether a paragraph before or behind begins with an item of the kind.
func (f *finder) hasNeighbour(b *block, kind itemKind) bool {
	for _, n := range []ast.Node{b.node.PreviousSibling(), b.node.NextSibling()} {
		if n == nil || n.Type() != ast.TypeBlock || n.Kind() != b.node.Kind() || n.Lines().Len() == 0 {
			continue
		}
		s := n.Lines().At(0)
		if kindOfItem(strings.TrimSpace(string(f.body[s.Start:s.Stop]))) == kind {
			return true
		}
	}
	return false
}

var (
	// label begins a line of an address or of a form: “Điện thoại: …”.
	label = regexp.MustCompile(`^\p{Lu}[\p{L} /.-]{1,30}: \S`)
	// opening is how the next of several short lines begins.
	opening = regexp.MustCompile(`^(?:[“"‘(*_\[]{0,3}\p{Lu}|\d|[-–—] )`)
)

// shortLine is a length that nobody wraps a paragraph at, in characters.
const shortLine = 60

// lines finds lines that were meant to end where they end.
func (f *finder) lines(b *block) {
	if len(b.lines) < 2 || b.node.Kind() != ast.KindParagraph && b.node.Kind() != ast.KindTextBlock {
		return
	}
	from, labelled := 0, 0
	var edits []Edit
	short := true
	for i, l := range b.lines {
		if f.signed[f.lineStart(l.start)] {
			return
		}
		if label.MatchString(l.text) {
			labelled++
		}
		short = short && utf8.RuneCountInString(l.text) <= shortLine && opening.MatchString(l.text)
		if i > 0 && !f.endsHard(b.lines[i-1]) {
			short = short && !endsSentence(b.lines[i-1].text)
			edits = append(edits, breakBefore(b, i))
			if len(edits) == 1 {
				from = i - 1
			}
		}
	}
	if len(edits) == 0 {
		return
	}
	switch all := labelled == len(b.lines); {
	case all, short:
		f.add(Lines, b.lines[from].start, all, edits...)
	}
}

// startsNewLine reports whether two lines may be such, without parsing.
func startsNewLine(before, text string) bool {
	return label.MatchString(before) && label.MatchString(text) ||
		utf8.RuneCountInString(before) <= shortLine && utf8.RuneCountInString(text) <= shortLine && opening.MatchString(text) && opening.MatchString(before) && !endsSentence(before)
}

// endsHard reports whether a line ends for readers too.
func (f *finder) endsHard(l line) bool {
	rest := f.body[l.end:f.lineEnd(l.end)]
	return strings.HasSuffix(l.text, "\\") || len(rest) >= 2 && rest[0] == ' ' && rest[1] == ' '
}

func endsSentence(text string) bool {
	return strings.ContainsRune(".!?…", lastRune(strings.TrimRight(text, `"”’)*_\`)))
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
