// Package origin finds where in the editors' files stands what was found on a built page:
// nobody can mend minified HTML.
//
// In: a built file with a place in it, and the files that editors wrote. Out: the place in
// one of these. The page's words and addresses around the place are looked for, so that
// nothing needs to be known of how the page was made.
package origin

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"lienhiep/internal/diag"
)

// Clues are the words and the address around a place in a built file, by which its source
// is found.
type Clues struct {
	Addresses []string // as they are written, without what HTML escapes
	Words     []string // nearest first
}

// mostWords is how many pieces of a page's words are looked at, and mostBytes how far.
const (
	mostWords = 2
	mostBytes = 4 << 10
)

// At returns the clues at a line and column of a built file; both count from 1.
func At(built []byte, line, column int) Clues {
	at := offset(built, line, column)
	var c Clues
	if at < len(built) && built[at] != '<' {
		c.around(built, at)
	}
	from := at
	if i := bytes.IndexByte(built[at:], '<'); at < len(built) && built[at] != '<' && i >= 0 {
		from = at + i
	}
	c.following(built[from:min(len(built), from+mostBytes)])
	return c
}

// offset is the byte of a place.
func offset(text []byte, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(text[at:], '\n')
		if i < 0 {
			return len(text)
		}
		at += i + 1
	}
	for ; column > 1 && at < len(text); column-- {
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return at
}

// around takes the address, and the words, in the midst of which a place lies.
func (c *Clues) around(built []byte, at int) {
	const ends = " \t\r\n\"'<>()[]{}"
	end := at
	for end < len(built) && end-at < mostBytes && strings.IndexByte(ends, built[end]) < 0 {
		end++
	}
	c.address(string(built[at:end]))
	before := built[max(0, at-mostBytes):at]
	before = before[bytes.LastIndexByte(before, '>')+1:]
	after := built[at:min(len(built), at+mostBytes)]
	if i := bytes.IndexByte(after, '<'); i >= 0 {
		after = after[:i]
	}
	c.words(string(after))
	c.words(string(before))
}

// following takes the attributes of the tag that a piece of a page begins with, and the
// words behind it.
func (c *Clues) following(page []byte) {
	z := html.NewTokenizer(bytes.NewReader(page))
	for first := true; len(c.Words) < mostWords; first = false {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			c.words(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			if !first {
				continue
			}
			for _, a := range z.Token().Attr {
				switch a.Key {
				case "href", "src", "content":
					c.address(a.Val)
				case "alt", "title":
					c.words(a.Val)
				}
			}
		}
	}
}

func (c *Clues) address(s string) {
	if s = strings.TrimSpace(html.UnescapeString(s)); len(s) > 3 {
		c.Addresses = append(c.Addresses, s)
		if plain := strings.ReplaceAll(s, `\\`, `\`); plain != s { // as JSON writes it
			c.Addresses = append(c.Addresses, plain)
		}
	}
}

func (c *Clues) words(s string) {
	if s = strings.Join(strings.Fields(html.UnescapeString(s)), " "); len(lettersOf(s)) > 2 {
		c.Words = append(c.Words, s)
	}
}

// lettersOf are the letters and digits of a text, in small letters: what is left of it
// whatever marks and signs it is set with.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// Source is the text of an editors' file, indexed for Find.
type Source struct {
	file    string
	text    []byte
	letters string
	places  []int // of each byte of letters in text
}

// NewSource indexes a file's text.
func NewSource(file string, text []byte) *Source {
	s := &Source{file: file, text: text}
	var letters strings.Builder
	for i, r := range string(text) {
		if small := lettersOf(string(r)); small != "" {
			letters.WriteString(small)
			for range len(small) {
				s.places = append(s.places, i)
			}
		}
	}
	s.letters = letters.String()
	return s
}

// Least lengths of clues that tell enough where any file may be meant, not a known one.
const (
	surelyAddress = 8
	surelyWords   = 16
)

// Find returns the place that clues lead to. Unless the file is known to be the one, short
// clues count for nothing.
func (s *Source) Find(c Clues, known bool) (diag.Pos, bool) {
	for _, a := range c.Addresses {
		if !known && len(a) < surelyAddress {
			continue
		}
		if at := s.address(a, c.Words); at >= 0 {
			return diag.PosAt(s.file, s.text, at), true
		}
	}
	for _, w := range c.Words {
		letters := lettersOf(w)
		if !known && len(letters) < surelyWords {
			continue
		}
		if i := strings.Index(s.letters, letters); i >= 0 {
			return diag.PosAt(s.file, s.text, s.places[i]), true
		}
	}
	return diag.Pos{}, false
}

// address finds an address, of several the one behind the words of its link.
func (s *Source) address(address string, words []string) int {
	first := -1
	for from := 0; ; {
		i := bytes.Index(s.text[from:], []byte(address))
		if i < 0 {
			return first
		}
		at := from + i
		if first < 0 {
			first = at
		}
		before := lettersOf(strings.ToValidUTF8(string(s.text[max(0, at-300):at]), ""))
		if len(words) > 0 && strings.HasSuffix(before, lettersOf(words[0])) {
			return at
		}
		from = at + len(address)
	}
}
