package pdf

import (
	"encoding/hex"
	"strconv"
)

// tokenKind is the kind of a PDF token.
type tokenKind byte

const (
	atEnd tokenKind = iota
	isNumber
	isString
	isName
	isWord // an operator, or true, false, null
	opensArray
	closesArray
	opensDict
	closesDict
)

// token is one sign of a content stream, a map of characters, or an object.
type token struct {
	kind       tokenKind
	text       string // of a name without its stroke, of a string its bytes
	number     float64
	start, end int
}

// lexer cuts the bytes of a stream into tokens. It never fails: what it does not
// understand is a word.
type lexer struct {
	src []byte
	at  int
}

func isBlank(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (l *lexer) next() token {
	l.skip()
	start := l.at
	if start >= len(l.src) {
		return token{kind: atEnd, start: start, end: start}
	}
	t := token{start: start}
	switch c := l.src[start]; {
	case c == '(':
		t.kind, t.text = isString, l.literal()
	case c == '<' && l.peek(1) == '<':
		t.kind, l.at = opensDict, start+2
	case c == '>' && l.peek(1) == '>':
		t.kind, l.at = closesDict, start+2
	case c == '<':
		t.kind, t.text = isString, l.hex()
	case c == '[':
		t.kind, l.at = opensArray, start+1
	case c == ']':
		t.kind, l.at = closesArray, start+1
	case c == '/':
		l.at++
		t.kind, t.text = isName, nameOf(l.word())
	case isDelimiter(c):
		t.kind, l.at = isWord, start+1
	default:
		t.kind, t.text = isWord, l.word()
		if n, err := strconv.ParseFloat(t.text, 64); err == nil && (c < 'A') {
			t.kind, t.number = isNumber, n
		}
	}
	t.end = l.at
	return t
}

func (l *lexer) peek(n int) byte {
	if l.at+n < len(l.src) {
		return l.src[l.at+n]
	}
	return 0
}

// skip skips white space and comments.
func (l *lexer) skip() {
	for l.at < len(l.src) {
		switch c := l.src[l.at]; {
		case isBlank(c):
			l.at++
		case c == '%':
			for l.at < len(l.src) && l.src[l.at] != '\n' && l.src[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

func (l *lexer) word() string {
	start := l.at
	for l.at < len(l.src) && !isBlank(l.src[l.at]) && !isDelimiter(l.src[l.at]) {
		l.at++
	}
	return string(l.src[start:l.at])
}

// nameOf decodes the #xx escapes of a name.
func nameOf(word string) string {
	out := make([]byte, 0, len(word))
	for i := 0; i < len(word); i++ {
		if word[i] == '#' && i+2 < len(word) {
			if b, err := hex.DecodeString(word[i+1 : i+3]); err == nil {
				out = append(out, b[0])
				i += 2
				continue
			}
		}
		out = append(out, word[i])
	}
	return string(out)
}

// escapes are the letters behind a backslash that stand for others.
var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// literal reads a string in parentheses.
func (l *lexer) literal() string {
	var out []byte
	depth := 0
	for l.at < len(l.src) {
		c := l.src[l.at]
		l.at++
		switch c {
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				return string(out)
			}
		case '\\':
			out = l.escaped(out)
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// escaped reads what follows a backslash.
func (l *lexer) escaped(out []byte) []byte {
	c := l.peek(0)
	l.at++
	switch {
	case '0' <= c && c <= '7':
		n := int(c - '0')
		for i := 0; i < 2 && '0' <= l.peek(0) && l.peek(0) <= '7'; i++ {
			n = n*8 + int(l.peek(0)-'0')
			l.at++
		}
		return append(out, byte(n))
	case c == '\r':
		if l.peek(0) == '\n' {
			l.at++
		}
		return out
	case c == '\n':
		return out
	case escapes[c] != 0:
		return append(out, escapes[c])
	}
	return append(out, c)
}

// hex reads a string of hexadecimal digits.
func (l *lexer) hex() string {
	l.at++
	var digits []byte
	for l.at < len(l.src) && l.src[l.at] != '>' {
		if c := l.src[l.at]; '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' {
			digits = append(digits, c)
		}
		l.at++
	}
	l.at++
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	out, _ := hex.DecodeString(string(digits)) // digits alone
	return string(out)
}

// value passes one value over and returns where it ends, -1 where there is none.
func (l *lexer) value() int {
	t := l.next()
	switch t.kind {
	case atEnd, closesArray, closesDict:
		return -1
	case opensArray, opensDict:
		for depth := 1; depth > 0; {
			switch t = l.next(); t.kind {
			case atEnd:
				return -1
			case opensArray, opensDict:
				depth++
			case closesArray, closesDict:
				depth--
			}
		}
		return l.at
	case isNumber: // perhaps a reference: 12 0 R
		end := l.at
		if generation := l.next(); generation.kind == isNumber && l.next().text == "R" {
			return l.at
		}
		l.at = end
	}
	return l.at
}

// inlinePicture passes over the bytes of a picture that stands within the signs of a
// page, from behind its ID to behind its EI.
func (l *lexer) inlinePicture() {
	for i := l.at; i+2 <= len(l.src); i++ {
		if l.src[i] == 'E' && l.src[i+1] == 'I' && (i == 0 || isBlank(l.src[i-1])) && (i+2 == len(l.src) || isBlank(l.src[i+2])) {
			l.at = i + 2
			return
		}
	}
	l.at = len(l.src)
}
