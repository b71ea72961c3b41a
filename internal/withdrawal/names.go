package withdrawal

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/catalog"
	"lienhiep/internal/viet"
)

// names are the ways in which a person is named, each as folded syllables.
type names [][]string

func namesOf(p *catalog.Person) names {
	keys := []string{p.Identity().Name.Key(), catalog.NameOfID(p.ID).Key()}
	for _, other := range slices.Concat(p.Identity().Name.Aliases(), p.OtherNames) {
		keys = append(keys, viet.ParseName(other).Key())
	}
	var all names
	for _, key := range keys {
		name := strings.Fields(key)
		if len(name) > 0 && !slices.ContainsFunc(all, func(n []string) bool { return slices.Equal(n, name) }) {
			all = append(all, name)
		}
	}
	return all
}

// mention is a place where somebody is named.
type mention struct {
	line  int
	words string // as they stand there
}

// in finds where a text names the person, whatever stands before the name (GS., ông)
// and between its words: blanks, the end of a line, a table's bar, the hyphens of an
// address; with marks or without, in capitals, in any Unicode form or escape.
func (n names) in(text string) []mention {
	text = legible(text)
	var words []word
	line, counted := 1, 0
	for s := range viet.Syllables(text) {
		line += strings.Count(text[counted:s.Start], "\n")
		counted = s.Start
		words = append(words, word{string(s.Key), s.Start, s.End, line})
	}
	var found []mention
	for i := range words {
		for _, name := range n {
			if j := i + len(name); j <= len(words) && slices.EqualFunc(words[i:j], name, func(w word, s string) bool { return w.key == s }) {
				found = append(found, mention{words[i].line, norm.NFC.String(strings.Join(strings.Fields(text[words[i].start:words[j-1].end]), " "))})
				break
			}
		}
	}
	return found
}

// word is a syllable of a text, folded, with its place.
type word struct {
	key        string
	start, end int
	line       int
}

// escaped are letters that are written otherwise: %E1%BA%AB in addresses, \u1eab in
// front matter. Runs of letters are looked at for those that only look Latin.
var (
	percent = regexp.MustCompile(`(?:%[0-9A-Fa-f]{2})+`)
	escaped = regexp.MustCompile(`\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}`)
	letters = regexp.MustCompile(`[\p{L}\p{M}]*[^\x00-\x7f][\p{L}\p{M}]*`)
)

// legible returns a text as its reader sees it, on the same lines: escapes as the
// letters that they stand for, without what cannot be seen.
func legible(text string) string {
	text = html.UnescapeString(strings.ReplaceAll(text, "&#10;", " "))
	text = percent.ReplaceAllStringFunc(text, func(s string) string {
		if plain, err := url.PathUnescape(s); err == nil && utf8.ValidString(plain) && !strings.Contains(plain, "\n") {
			return plain
		}
		return s
	})
	text = escaped.ReplaceAllStringFunc(text, func(s string) string {
		if r, err := strconv.ParseUint(s[2:], 16, 32); err == nil && r != '\n' {
			return string(rune(r))
		}
		return s
	})
	text = strings.Map(func(r rune) rune {
		if viet.Invisible(r) {
			return -1
		}
		return r
	}, text)
	return letters.ReplaceAllStringFunc(text, func(s string) string {
		latin, _ := viet.Latin(s)
		return latin
	})
}
