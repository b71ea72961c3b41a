package viet

import (
	"bytes"
	"strings"
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

// SortKey returns bytes that order as [Compare] orders the strings, for sorting
// many strings or for storing beside them.
func SortKey(s string) []byte {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	var buf collate.Buffer
	return bytes.Clone(c.KeyFromString(&buf, s))
}

// GivenName returns the name by which Vietnamese people are called and sorted:
// the last word of the full name.
func GivenName(full string) string {
	words := strings.Fields(full)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// NameKey returns a string that sorts people as a Vietnamese list does: by given
// name, then by full name, both in Vietnamese order. An empty given stands for
// [GivenName] of full; a name whose given part is not its last word states it.
func NameKey(full, given string) string {
	if given == "" {
		given = GivenName(full)
	}
	// Two zero bytes sort before any continuation of a longer given name.
	return string(SortKey(given)) + "\x00\x00" + string(SortKey(full))
}
