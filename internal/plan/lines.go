package plan

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lienhiep/internal/viet"
)

// line is one line of the source that holds words, with all that is asked of it: it is
// classified once, and the grammar reads what was found (see [classify]).
type line struct {
	text string // no blank at either end, single spaces within
	no   int    // in the source, from 1
	gap  bool   // a blank line stands before it, on the same page

	columns []string // what stands side by side in it: parted by a tab, a bar, three blanks; nil if nothing is
	cells   []string // the same, but three blanks part nothing; with empty ones at either end
	barred  bool     // bars stand at both ends of it

	label    label
	labelled bool
	guesses  []label // what it begins with, if its first signs were misread (see [guesses])
	caps     bool    // written in capitals
	rule     bool    // drawn, not written
	number   bool    // a number and nothing else
	upper    bool    // begins with a capital
	lower    bool    // begins with a small letter
	last     rune    // the last character but closing quotation marks
	width    int     // in characters
	quoted   bool    // within a quotation that is not this line's own (see [quotations])
	quotes   int     // a quotation of so many lines begins here, which is a block of its own
	row      bool    // a row of a table
}

// classify says what the line looks like.
func (l *line) classify() {
	l.label, l.labelled = readLabel(l.text)
	l.guesses = guesses(l.text)
	l.caps = isCaps(l.text)
	l.rule = isRule(l.text)
	_, _, l.number = pageNumber(l.text)
	first := firstRune(l.text)
	l.upper, l.lower = unicode.IsUpper(first), unicode.IsLower(first)
	l.last = lastRune(strings.TrimRight(l.text, closingQuotes))
	l.width = width(l.text)
}

// isBlank reports whether r is white space here. Control characters other than
// line ends have no place in a text and count as blanks.
func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// isInvisible reports whether r is dropped before anything else: byte order mark,
// zero-width and direction marks, soft hyphen. Controls are blanks.
func isInvisible(r rune) bool { return r >= utf8.RuneSelf && !isBlank(r) && viet.Invisible(r) }

// isBar reports whether r draws a border between columns.
func isBar(r rune) bool { return r == '|' || r >= 0x2500 && r <= 0x257f }

// splitLines returns the lines of src that hold words, and those that are page
// numbers. It stops after limit lines. src is valid UTF-8.
func splitLines(src []byte, limit int) (lines, numbers []line) {
	var (
		pages pageNumbers
		no    = 1
		blank bool // since the last line of words
		fed   bool // a form feed stands before the next line
		tidy  = tidier{tabs: tabsAreColumns(src), indented: isIndented(src)}
	)
	lines = make([]line, 0, min(bytes.Count(src, []byte("\n"))+1, limit, 1<<14))
	for len(src) > 0 && len(lines) < limit {
		end := bytes.IndexAny(src, "\n\r\f\v\u0085\u2028\u2029")
		if end < 0 {
			end = len(src)
		}
		if l, ok := tidy.line(string(src[:end])); ok {
			l.no, l.gap = no, blank && !fed
			if n, sure, ok := pageNumber(l.text); ok && l.columns == nil {
				pages.see(len(lines), n, sure, fed)
			}
			lines = append(lines, l)
			blank, fed = false, false
		} else if end < len(src) && src[end] != '\f' {
			blank = true
		}
		if end == len(src) {
			break
		}
		r, n := utf8.DecodeRune(src[end:])
		switch r {
		case '\r':
			if end+1 < len(src) && src[end+1] == '\n' {
				n++
			}
			no++
		case '\n':
			no++
		case '\f':
			fed = true
			pages.feed(len(lines))
		}
		src = src[end+n:]
	}
	return pages.drop(lines)
}

// tabsAreColumns reports whether a tab means something: in a text that has tabs for
// most of its blanks it does not.
func tabsAreColumns(src []byte) bool {
	tabs, spaces := 0, bytes.Count(src, []byte("\u00a0"))
	for i := 1; i+1 < len(src); i++ {
		if a, b := src[i-1], src[i+1]; a > ' ' && b > ' ' {
			switch src[i] {
			case '\t':
				tabs++
			case ' ':
				spaces++
			}
		}
	}
	return tabs < spaces
}

// isIndented reports whether most lines begin with a tab, which then means nothing.
func isIndented(src []byte) bool {
	lines, tabs := 0, 0
	for len(src) > 0 {
		line := src
		if i := bytes.IndexAny(src, "\n\r"); i >= 0 {
			line, src = src[:i], src[i+1:]
		} else {
			src = nil
		}
		if rest := bytes.TrimLeft(line, " \t"); len(rest) > 0 {
			lines++
			if bytes.IndexByte(line[:len(line)-len(rest)], '\t') >= 0 {
				tabs++
			}
		}
	}
	return 3*tabs > 2*lines
}

// tidier reads lines.
type tidier struct {
	tabs     bool // part columns
	indented bool // all lines begin with one
}

// line drops invisible characters, reduces every run of blanks to one space, and finds
// what stands side by side. ok says that words are left.
func (t tidier) line(s string) (l line, ok bool) {
	if isPlain(s) {
		return line{text: s}, s != ""
	}
	s = strings.TrimFunc(s, func(r rune) bool { return isInvisible(r) || isBlank(r) && r != '\t' })
	if t.indented {
		s = strings.TrimLeftFunc(s, func(r rune) bool { return isInvisible(r) || isBlank(r) })
	}
	if strings.Trim(s, "\t ") == "" {
		return l, false
	}
	first, last := firstIn(s), lastRune(s)
	l.barred = len(s) > 1 && isBar(first) && isBar(last)
	cells := t.cut(s, l.barred)
	for _, cell := range cells {
		var parts []string
		l.cells = append(l.cells, tidyCell(cell, &parts))
		l.columns = append(l.columns, parts...)
	}
	l.text = strings.Join(l.columns, " ")
	if len(l.columns) < 2 {
		l.columns = nil
	}
	if len(cells) < 2 && !l.barred {
		l.cells = nil
	}
	return l, l.text != ""
}

// cut cuts a line at its tabs, where they part columns, and at its bars: those that
// stand alone, or all in a line that has one at either end.
func (t tidier) cut(s string, barred bool) []string {
	var cells []string
	start := 0
	for i, r := range s {
		n := utf8.RuneLen(r)
		if r == '\t' && t.tabs || isBar(r) && (barred || isBlankAt(s[:i], true) && isBlankAt(s[i+n:], false)) {
			cells = append(cells, s[start:i])
			start = i + n
		}
	}
	cells = append(cells, s[start:])
	if barred {
		cells = cells[1 : len(cells)-1]
	}
	return cells
}

// isBlankAt reports whether s is empty or ends, or begins, in a blank.
func isBlankAt(s string, end bool) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if end {
		r = lastRune(s)
	}
	return s == "" || isBlank(r)
}

// tidyCell reduces blanks to single spaces, and appends to parts the stretches that
// three blanks or more stand between.
func tidyCell(s string, parts *[]string) string {
	var b strings.Builder
	b.Grow(len(s))
	blanks, start := 0, 0
	for _, r := range s {
		switch {
		case isInvisible(r):
		case isBlank(r):
			blanks++
		default:
			if blanks > 0 && b.Len() > 0 {
				if blanks >= 3 {
					*parts = append(*parts, b.String()[start:])
					start = b.Len() + 1
				}
				b.WriteByte(' ')
			}
			blanks = 0
			b.WriteRune(r)
		}
	}
	if b.Len() > start {
		*parts = append(*parts, b.String()[start:])
	}
	return b.String()
}

// isPlain reports whether the line is tidy as it is.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7F || c < ' ' || c == '|' || c == ' ' && (i == 0 || i+1 == len(s) || s[i+1] == ' ') {
			return false
		}
	}
	return true
}

// pageNumbers finds the lines that are page numbers: those at the edge of a page, which
// a form feed makes, if they count the pages; or, where no form feed is, the whole
// series 1, 2, 3 … with a page's lines between. Any other number that stands alone on
// a line may be a table's, and is kept.
type pageNumbers struct {
	page  int          // how many form feeds came before
	alone []numberLine // the lines that may be page numbers
}

type numberLine struct {
	at, n, page int
	sure        bool // "- 2 -", "Trang 2": nothing else is written so
	fed         bool // at the edge of a page
}

// minPageLines is fewer lines than any page has: numbers that come closer together
// count something else.
const minPageLines = 8

func (p *pageNumbers) see(at, n int, sure, fed bool) {
	p.alone = append(p.alone, numberLine{at, n, p.page, sure, fed})
}

// feed notes a form feed behind the first so many lines.
func (p *pageNumbers) feed(lines int) {
	if k := len(p.alone) - 1; k >= 0 && p.alone[k].at == lines-1 {
		p.alone[k].fed = true
	}
	p.page++
}

// drop parts the lines from the page numbers.
func (p *pageNumbers) drop(lines []line) (kept, numbers []line) {
	found := p.atEdges()
	if found == nil {
		found = p.series(len(lines))
	}
	if found == nil {
		return lines, nil
	}
	kept = lines[:0]
	turned := false // a page, since the last line that is kept
	for i, l := range lines {
		if len(found) > 0 && found[0].at == i {
			found, numbers = found[1:], append(numbers, l)
			turned = true
			continue
		}
		// Blank lines beside a page's number are the page's.
		l.gap = l.gap && !turned
		turned = false
		kept = append(kept, l)
	}
	return kept, numbers
}

// atEdges returns the numbers beside a form feed that count the pages.
func (p *pageNumbers) atEdges() []numberLine {
	var found []numberLine
	for _, c := range p.alone {
		if c.fed && (len(found) == 0 || c.n-found[0].n == c.page-found[0].page && c.n > found[len(found)-1].n) {
			found = append(found, c)
		}
	}
	return found
}

// series returns the numbers 1 or 2, 3, 4 … that stand a page apart, from the first to
// the last page of so many lines.
func (p *pageNumbers) series(lines int) []numberLine {
	var found []numberLine
	longest, sure := 0, true
	for _, c := range p.alone {
		last := numberLine{}
		if len(found) > 0 {
			last = found[len(found)-1]
		}
		apart := c.at - last.at
		if first := len(found) == 0; first && c.n > 2 || !first && c.n != last.n+1 || c.n > 1 && apart < minPageLines {
			continue
		}
		found = append(found, c)
		longest, sure = max(longest, apart), sure && c.sure
	}
	if n := len(found); n == 0 || n == 1 && !sure || !sure && lines-found[n-1].at > 3*longest {
		return nil
	}
	return found
}

// pageNumber reads a line that is nothing but a page number: "2", or, as nothing
// else is written, "- 2 -" and "Trang 2/9".
func pageNumber(text string) (n int, sure, ok bool) {
	if len(text) > 16 {
		return 0, false, false
	}
	s := text
	if rest, ok := cutFold(s, "trang"); ok {
		s, _, _ = strings.Cut(rest, "/")
		sure = true
	} else if inner := strings.Trim(s, "-–—"); inner != s {
		if strings.TrimLeft(s, "-–—") == s || strings.TrimRight(s, "-–—") == s {
			return 0, false, false
		}
		s, sure = inner, true
	}
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 3 || strings.Trim(s, "0123456789") != "" {
		return 0, false, false
	}
	n, _ = strconv.Atoi(s)
	return n, sure, n > 0
}

// Words that a number follows: always, or when they stand behind a word that
// points ("tại khoản", not "tài khoản"). Written out, because folded they are other
// words as well (sơ, sở, số).
var (
	numberFollows = wordSet("điều chương khóa khoá thứ quý")
	dangling      = wordSet("và hoặc đến từ tại")
	unitOfLaw     = wordSet("khoản điểm mục tiết phần")
	pointing      = wordSet("tại theo và hoặc đến từ các của ở với ,")
	endingInTai   = wordSet("tồn hiện thực") // "Tồn tại" is a heading of its own
)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// lastWords returns the last word of text and the one before it, in small letters
// and composed; the comma that ends the latter stands for it.
func lastWords(text string) (last, before string) {
	const window = 48 // bytes, more than two words take
	if len(text) > window {
		text = text[len(text)-window:]
	}
	words := strings.Fields(compose(strings.ToLower(strings.ToValidUTF8(text, ""))))
	if n := len(words); n > 1 {
		before = words[n-2]
		if strings.HasSuffix(before, ",") {
			before = ","
		}
		return words[n-1], before
	} else if n == 1 {
		return words[0], ""
	}
	return "", ""
}

// wantsNumber reports whether text ends in words that ask for a number behind
// them, so that a number at the beginning of the next line is no label. Headings
// in capitals do not ask.
func wantsNumber(text string) bool {
	last, before := lastWords(text)
	if last == "tại" && endingInTai[before] {
		return false
	}
	if numberFollows[last] || dangling[last] || unitOfLaw[last] && pointing[before] {
		return !isCaps(text[max(0, strings.LastIndexByte(text, ' ')):])
	}
	return false
}

// isBareNumber reports whether the text is a number and nothing else.
func isBareNumber(text string) bool {
	_, _, ok := pageNumber(text)
	return ok
}
