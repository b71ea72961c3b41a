package withdrawal

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/catalog"
	"lienhiep/internal/viet"
)

// names are the ways in which a person is named.
type names []name

// name is one of them, as folded syllables and what folding took away.
type name []syllable

type syllable struct {
	key   string
	marks byte
}

func namesOf(p *catalog.Person) names {
	spelled := []viet.Name{p.Identity().Name, catalog.NameOfID(p.ID)}
	for _, other := range slices.Concat(p.Identity().Name.Aliases(), p.OtherNames) {
		spelled = append(spelled, viet.ParseName(other))
	}
	var all names
	for _, one := range spelled {
		n := nameOf(one)
		same := func(m name) bool { return slices.EqualFunc(n, m, func(a, b syllable) bool { return a.key == b.key }) }
		if len(n) > 0 && !slices.ContainsFunc(all, same) {
			all = append(all, n)
		}
	}
	return all
}

// nameOf is a bare name; of one that stands behind a term of address, what follows that.
func nameOf(spelled viet.Name) name {
	var n name
	for s := range viet.Syllables(spelled.Bare) {
		n = append(n, syllable{string(s.Key), s.Marks})
	}
	return n[max(0, len(n)-len(strings.Fields(spelled.Key()))):]
}

// mention is a place where somebody is named.
type mention struct {
	line  int
	words string // as they stand there
	token string // with what stands around them without a blank: an address, an ID
}

// isAddress reports whether the name is a part of an address.
func (m mention) isAddress() bool {
	return strings.Contains(m.token, "://") || strings.HasPrefix(m.token, "www.") || strings.HasPrefix(m.token, "/")
}

// in finds where a text names the person, whatever stands before the name (GS., ông), in any
// Unicode form or escape. A name of three words or more is found with marks or without, in
// capitals or without. One or two words may be anything: they are a name where they are
// written as one.
func (n names) in(text string) []mention {
	text = legible(text)
	known := map[string]string{} // the syllables of names, so that no other is kept
	for _, name := range n {
		for _, s := range name {
			known[s.key] = s.key
		}
	}
	var words []word
	line, counted := 1, 0
	for s := range viet.Syllables(text) {
		key := known[string(s.Key)]
		if key == "" && len(words) > 0 && words[len(words)-1].key == "" {
			continue // one stands for many
		}
		line += strings.Count(text[counted:s.Start], "\n")
		counted = s.Start
		words = append(words, word{syllable{key, s.Marks}, s.Start, s.End, line})
	}
	var found []mention
	for i := range words {
		for _, name := range n {
			if j := i + len(name); j <= len(words) && name.is(text, words[i:j]) {
				from, to := words[i].start, words[j-1].end
				found = append(found, mention{words[i].line, norm.NFC.String(strings.Join(strings.Fields(text[from:to]), " ")), tokenAround(text, from, to)})
				break
			}
		}
	}
	return found
}

// is reports whether some words of a text are the name.
func (n name) is(text string, words []word) bool {
	blank, marked, alike := len(n) == 1, false, true
	for i, w := range words {
		if w.key != n[i].key {
			return false
		}
		marked, alike = marked || w.marks != 0, alike && w.marks == n[i].marks
		if i == 0 {
			continue
		}
		gap := text[words[i-1].end:w.start]
		if !joins(gap) {
			return false
		}
		blank = blank || strings.ContainsFunc(gap, unicode.IsSpace)
	}
	if len(n) > 2 {
		return true
	}
	if marked && !alike && n.hasMarks() {
		return false // "ông Nam" is not called Năm
	}
	if !blank {
		return true // in an address: "hai-au"
	}
	for i, w := range words {
		first, _ := utf8.DecodeRuneInString(text[w.start:])
		isTerm := i == 0 && len(n) > 1 && slices.Contains(termsOfAddress, w.key)
		if !unicode.IsUpper(first) && !isTerm {
			return false
		}
	}
	return true
}

func (n name) hasMarks() bool {
	return slices.ContainsFunc(n, func(s syllable) bool { return s.marks != 0 })
}

// termsOfAddress begin names by which people are called, folded: "ông Năm".
var termsOfAddress = []string{"ong", "ba", "cu", "bac", "chu", "co", "cau", "mo", "di", "duong", "thay", "anh", "chi", "em", "ma", "cha", "bo", "me"}

// joins reports whether what stands between two words leaves them parts of one name: blanks,
// a line's end, a table's bar, marks of Markdown; within an address also hyphens and dots.
func joins(gap string) bool {
	blank := strings.ContainsFunc(gap, unicode.IsSpace)
	if strings.Count(gap, "\n") > 1 {
		return false // another paragraph
	}
	return !strings.ContainsFunc(gap, func(r rune) bool {
		switch {
		case unicode.IsSpace(r), strings.ContainsRune("*_~`\\|>[", r):
			return false
		}
		return blank || !strings.ContainsRune("-.+", r)
	})
}

// tokenAround is what stands around a place of a text without a blank, a quotation mark or a
// bracket.
func tokenAround(text string, from, to int) string {
	apart := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'“”‘’<>[](){},;|`", r) }
	start := strings.LastIndexFunc(text[:from], apart)
	if start >= 0 {
		_, size := utf8.DecodeRuneInString(text[start:])
		start += size
	}
	end := strings.IndexFunc(text[to:], apart)
	if end < 0 {
		end = len(text) - to
	}
	return text[max(start, 0) : to+end]
}

// word is a syllable of a text, folded, with its place.
type word struct {
	syllable
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
	if strings.Contains(text, "%") {
		text = percent.ReplaceAllStringFunc(text, func(s string) string {
			if plain, err := url.PathUnescape(s); err == nil && utf8.ValidString(plain) && !strings.Contains(plain, "\n") {
				return plain
			}
			return s
		})
	}
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
	if !strings.ContainsFunc(text, isForeign) {
		return text
	}
	return letters.ReplaceAllStringFunc(text, func(s string) string {
		latin, _ := viet.Latin(s)
		return latin
	})
}

// isForeign reports whether a letter is none of Vietnamese, and so may only look like one.
func isForeign(r rune) bool {
	return (r > 0xFF && r < 0x1E00 && !strings.ContainsRune("ĂăĐđĨĩŨũƠơƯư", r) || r > 0x1EFF || r == 'ð' || r == 'Ð') && unicode.IsLetter(r)
}
