package plan

import (
	"bytes"
	"math"
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
	no   int // in the source, from 1
}

// isBlank reports whether r is white space here. Control characters other than
// line ends have no place in a text and count as blanks.
func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// isInvisible reports whether r is dropped before anything else: byte order mark,
// zero-width and direction marks, soft hyphen.
func isInvisible(r rune) bool { return r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r) }

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
			l := line{text, no}
			switch n, ok := pageNumber(text); {
			case ok && (fed || pages.follows(n)):
				pages.last, pages.since = n, 0
			case ok:
				held = &l
			default:
				keep(l)
			}
			fed = false
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
// on a line. A bare number is a page number at either end of a page (a form feed
// stands beside it), or when it is the next page's: one more than the last, 1 or
// 2 to begin with, some lines after the last, not behind a word that wants a
// number ("Điều", "khoản", "năm"), and not in an annex, whose tables count rows.
type pageNumbers struct {
	last, since int
	before      string
	annex       bool
}

// minPageLines is fewer lines than any page has: numbers that come closer
// together count something else.
const minPageLines = 4

func (p *pageNumbers) passed(text string) {
	p.since++
	p.before = text
	p.annex = p.annex || isAnnex(text)
}

func (p *pageNumbers) follows(n int) bool {
	if p.annex || wantsNumber(p.before) {
		return false
	}
	if p.last == 0 {
		return n == 1 || n == 2
	}
	return n == p.last+1 && p.since >= minPageLines
}

// pageNumber reads a line that is nothing but a page number: "2", "- 2 -",
// "Trang 2/9".
func pageNumber(text string) (int, bool) {
	if len(text) > 16 {
		return 0, false
	}
	s := text
	if rest, ok := cutFold(s, "trang"); ok {
		s, _, _ = strings.Cut(strings.TrimSpace(rest), "/")
	} else if t := strings.TrimLeft(s, "-–—"); t != s {
		u := strings.TrimRight(t, "-–—")
		if u == t {
			return 0, false
		}
		s = u
	}
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 3 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int(s[i]-'0')
	}
	return n, n > 0
}

// isBareNumber reports whether the line is a number and nothing else.
func isBareNumber(text string) bool {
	_, ok := pageNumber(text)
	return ok
}

var numberWanted = map[string]bool{
	"dieu": true, "khoan": true, "diem": true, "chuong": true, "phan": true, "muc": true, "so": true, "nam": true,
	"thang": true, "ngay": true, "khoa": true, "ky": true, "thu": true, "quy": true, "lan": true, "dot": true,
	"bang": true, "luc": true, "cap": true, "hang": true, "loai": true, "doan": true, "tiet": true, "va": true, "hoac": true,
	"den": true, "tu": true, "cac": true, "la": true, "the": true,
}

// wantsNumber reports whether the last word of text asks for a number behind it,
// so that a number at the beginning of the next line is no label.
func wantsNumber(text string) bool {
	const longest = 24 // bytes of any such word
	if len(text) > longest {
		text = text[len(text)-longest:]
	}
	return numberWanted[viet.Fold(text[strings.LastIndexAny(text, " \t")+1:])]
}
