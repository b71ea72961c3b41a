// Package matter reads and writes front matter, the part of a content file between its
// fences.
//
// It splits a file exactly where Hugo does ([Split]): what is validated as front matter
// must be what Hugo reads as front matter, and all that Hugo shows must be checked as
// text. It reads YAML and TOML into values with their places ([Read]) and explains syntax
// errors by what an editor sees in the line. It writes new entries from a schema
// ([Compose]), and changes values without moving any other byte ([Edit], [Revise]).
//
// In: a file's bytes, and the fields that its kind has. Out: values and findings, or the
// file's new bytes. Values are typed; no other package writes YAML.
package matter

import (
	"bytes"
	"errors"
)

// The lines that front matter stands between.
const (
	YAML = "---"
	TOML = "+++"
)

// Parts are the parts of a content file.
type Parts struct {
	Fence  string // YAML or TOML
	Matter []byte // whole lines
	Start  int    // their offset in the file
	Body   []byte // from a line's beginning
	Line   int    // of the file, that the body starts on
}

// Fault is the error of [Split]: why a file cannot be split, and where.
type Fault struct {
	Err   error  // one of those below
	Fence string // "" for ErrMissing
	At    int    // offset
}

func (f *Fault) Error() string { return f.Err.Error() }
func (f *Fault) Unwrap() error { return f.Err }

// The faults.
var (
	ErrMissing = errors.New("the file does not begin with a line --- or +++")
	ErrOpen    = errors.New("the front matter has no end")
	ErrFence   = errors.New("the line that ends the front matter goes on")
	ErrReturn  = errors.New("a carriage return alone ends a line of front matter")
)

const blanks = " \t\r"

// Split splits a file into front matter and body. Hugo ends front matter at the first
// line that starts with the fence, whatever follows it on that line; a fence with more
// text on its line is a fault here, and so is a line that ends in a lone carriage
// return. A byte order mark and trailing white space after a fence are ignored.
func Split(src []byte) (Parts, error) {
	mark := 0
	if bytes.HasPrefix(src, []byte("\uFEFF")) {
		mark = len("\uFEFF")
	}
	text := src[mark:]
	opening, _, _ := bytes.Cut(text, []byte("\n"))
	fence := string(bytes.TrimRight(opening, blanks))
	if fence != YAML && fence != TOML {
		return Parts{}, &Fault{ErrMissing, "", 0}
	}
	end := closing(text, fence)
	if end < 0 {
		return Parts{}, &Fault{ErrOpen, fence, len(src)}
	}
	last, body, _ := bytes.Cut(text[end:], []byte("\n"))
	if !isFence(last, fence) {
		if !hasFence(body, fence) {
			return Parts{}, &Fault{ErrOpen, fence, mark + end}
		}
		return Parts{}, &Fault{ErrFence, fence, mark + end}
	}
	if i := loneReturn(text[:end+1]); i >= 0 {
		return Parts{}, &Fault{ErrReturn, fence, mark + i}
	}
	start := len(opening) + 1
	return Parts{fence, text[start:end], mark + start, body, 2 + bytes.Count(text[:end], []byte("\n"))}, nil
}

// closing finds the line that ends the front matter that text begins with, a line
// being what a line feed or a carriage return ends; -1 where there is none.
func closing(text []byte, fence string) int {
	for at := len(fence); ; at++ {
		i := bytes.Index(text[at:], []byte(fence))
		if i < 0 {
			return -1
		}
		at += i
		if before := text[at-1]; before == '\n' || before == '\r' {
			return at
		}
	}
}

func isFence(line []byte, fence string) bool { return string(bytes.TrimRight(line, blanks)) == fence }

// hasFence reports whether a line of a text is the fence.
func hasFence(text []byte, fence string) bool {
	for line := range bytes.Lines(text) {
		if isFence(bytes.TrimSuffix(line, []byte("\n")), fence) {
			return true
		}
	}
	return false
}

// loneReturn finds a carriage return that ends a line by itself: Hugo and YAML count
// a line there, and most programs show none. It is -1 where there is none.
func loneReturn(text []byte) int {
	for i, c := range text[:len(text)-1] {
		if next := text[i+1]; c == '\r' && next != '\n' && next != '\r' {
			return i
		}
	}
	return -1
}
