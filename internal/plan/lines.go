package plan

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lienhiep/internal/viet"
)

// line is one line of the source that holds words. Its text has no blank at
// either end and single spaces within, except that a gap of three blanks and more
// is a tab: where two columns of a page stand side by side, that is all that
// is left of their border.
type line struct {
	text string
	no   int  // in the source, from 1
	gap  bool // a blank line stands before it, on the same page
}

// isBlank reports whether r is white space here. Control characters other than
// line ends have no place in a text and count as blanks.
func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// isInvisible reports whether r is dropped before anything else: byte order mark,
// zero-width and direction marks, soft hyphen. Controls are blanks.
func isInvisible(r rune) bool { return r >= utf8.RuneSelf && !isBlank(r) && viet.Invisible(r) }

// Content returns the source's own characters in order, without white space,
// invisible format characters and page numbers. Text that is not UTF-8 has no
// content.
func Content(src []byte) string {
	if !utf8.Valid(src) {
		return ""
	}
	var b strings.Builder
	b.Grow(len(src))
	for _, l := range splitLines(src, math.MaxInt) {
		for word := range strings.FieldsSeq(l.text) {
			b.WriteString(word)
		}
	}
	return b.String()
}

// splitLines returns the lines of src that hold words, without page numbers. It
// stops after limit lines. src is valid UTF-8.
func splitLines(src []byte, limit int) []line {
	var (
		lines []line
		pages pageNumbers
		no    = 1
		held  *line // a line that is a page number if a form feed follows
		fed   = true
		blank bool // since the last line of words
	)
	keep := func(l line) {
		lines = append(lines, l)
		pages.passed(l.text)
	}
	for len(src) > 0 && len(lines) < limit {
		end := bytes.IndexAny(src, "\n\r\f\v\u0085\u2028\u2029")
		if end < 0 {
			end = len(src)
		}
		text := tidyLine(string(src[:end]))
		if text != "" {
			if held != nil {
				keep(*held)
				held = nil
			}
			l := line{text, no, blank && !fed}
			switch n, sure, ok := pageNumber(text); {
			case ok && (sure || fed || pages.follows(n)):
				pages.last, pages.since = n, 0
				fed = true
			case ok:
				held = &l
				fed = false
			default:
				keep(l)
				fed = false
			}
			blank = false
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
			held, fed = nil, true
		}
		src = src[end+n:]
	}
	if held != nil && len(lines) < limit {
		keep(*held)
	}
	return lines
}

// tidyLine drops invisible characters and reduces every run of blanks to one
// space, or to a tab if three or more stand together within the line.
func tidyLine(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return isBlank(r) || isInvisible(r) })
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= 0x7F || c < ' ' || c == ' ' && s[i+1] == ' ' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blanks := 0
	for _, r := range s {
		switch {
		case isInvisible(r):
		case isBlank(r):
			blanks++
		default:
			if blanks >= 3 {
				b.WriteByte('\t')
			} else if blanks > 0 {
				b.WriteByte(' ')
			}
			blanks = 0
			b.WriteRune(r)
		}
	}
	return b.String()
}

// pageNumbers tells page numbers from numbers that a wrapped line leaves alone
// on a line. "- 2 -" and "Trang 2" are page numbers anywhere. A bare number is one
// at either end of a page (a form feed stands beside it), or when it can be the
// next page's: 1 or 2 to begin with, then little more than the last and some
// lines below it; not behind a word that wants a number ("Điều"), and not in an
// annex, whose tables count rows.
type pageNumbers struct {
	last, since int
	before      string
	annex       bool
}

// minPageLines is fewer lines than any page has: numbers that come closer
// together count something else. A few pages may have lost their number.
const (
	minPageLines = 4
	maxPageGap   = 3
)

func (p *pageNumbers) passed(text string) {
	p.since++
	p.before = text
	p.annex = p.annex || isAnnex(text)
}

func (p *pageNumbers) follows(n int) bool {
	if last, _ := lastWords(p.before); p.annex || last == "điều" || last == "khoản" {
		return false
	}
	if p.last == 0 {
		return n == 1 || n == 2
	}
	return n > p.last && n <= p.last+maxPageGap && p.since >= minPageLines
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

// isBareNumber reports whether the line is a number and nothing else.
func isBareNumber(text string) bool {
	_, _, ok := pageNumber(text)
	return ok
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
