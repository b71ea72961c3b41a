package viet

import (
	"bytes"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// A collator keeps buffers, so each goroutine borrows its own.
var collators = sync.Pool{New: func() any { return collate.New(language.Vietnamese) }}

// Compare orders a and b as a Vietnamese dictionary does (a ă â b … d đ e ê …,
// tones last) and returns -1, 0 or 1. Whole strings are compared: a difference
// of letters weighs more than any difference of tones before it.
func Compare(a, b string) int {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	return c.CompareString(a, b)
}

// sortKey returns bytes that order as [Compare] orders the strings, for sorting
// many strings or for storing beside them.
func sortKey(s string) []byte {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	var buf collate.Buffer
	return bytes.Clone(c.KeyFromString(&buf, s))
}
