package weblink

import (
	"path"
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/viet"
)

// reading is a host that a reader finds in the words over a link.
type reading struct {
	host string // in ASCII
	cut  bool   // only its beginning, before an ellipsis
}

// around are the characters that stand around an address and are none of it.
const around = " \t\r\n\"'“”‘’«»‹›()[]{}<>,;:!?*_"

// readAsHosts returns the hosts that the words over a link to a name: those of whole
// addresses anywhere among them, and that of a bare name or an e-mail address which
// is all there is. Other words with a dot (5.1, Node.js, TS.KH) are none.
func readAsHosts(text string, to address) []reading {
	text = strings.Map(func(r rune) rune {
		switch {
		case viet.Invisible(r) && r > ' ':
			return -1
		case strings.ContainsRune("。", r):
			return '.'
		case strings.ContainsRune("⁄∕⧸", r):
			return '/'
		}
		return r
	}, norm.NFKC.String(text))
	words := strings.Fields(text)
	var all []reading
	for _, word := range words {
		word = strings.Trim(word, around)
		if latin, ok := viet.Latin(word); ok {
			word = latin
		}
		lower := strings.ToLower(word)
		whole := strings.HasPrefix(lower, "http:/") || strings.HasPrefix(lower, "https:/") || strings.HasPrefix(lower, "www.")
		if !whole && (len(words) > 1 || !isName(word, to)) {
			continue
		}
		if r, ok := readHostOf(lower); ok {
			all = append(all, r)
		}
	}
	return all
}

// readHostOf returns the host that a reader takes from the beginning of a word:
// of "https://a.vn@b.vn/", the first.
func readHostOf(word string) (r reading, ok bool) {
	_, rest, found := strings.Cut(word, ":/")
	if !found {
		rest = word
	}
	rest = strings.TrimLeft(rest, `/\`)
	if end := strings.IndexAny(rest, `/\?#`); end >= 0 {
		rest = rest[:end]
	}
	if name, domain, isMail := strings.Cut(rest, "@"); isMail && (found && strings.Contains(name, ".")) {
		rest = name
	} else if isMail {
		rest = domain
	}
	rest, _, r.cut = strings.Cut(rest, "...")
	h, plain := readHost(strings.Trim(withoutPort(rest), "."))
	r.host = h.ascii
	return r, r.cut && r.host != "" || plain && strings.Contains(r.host, ".")
}

// fileEndings are those of files that are countries or the like, too.
var fileEndings = map[string]bool{"ai": true, "app": true, "cc": true, "mov": true, "md": true, "pl": true, "ps": true, "py": true, "rs": true, "sh": true, "so": true, "zip": true}

// shortestCut is how long a name must be to be one when its end is cut off: v.v… is none.
const shortestCut = 8

// isName reports whether a word by itself reads as the name of a host, with what may
// follow one, or as an e-mail address.
func isName(word string, to address) bool {
	name := word
	if end := strings.IndexAny(name, `/\?#`); end >= 0 {
		name = name[:end]
	}
	if i := strings.LastIndexByte(name, '@'); i >= 0 {
		name = name[i+1:]
	}
	name, _, cut := strings.Cut(name, "...")
	labels := strings.Split(strings.Trim(withoutPort(name), "."), ".")
	if cut {
		return len(labels) > 1 && len(name) >= shortestCut
	}
	if len(labels) < 2 {
		return false
	}
	h, plain := readHost(strings.Join(labels, "."))
	suffix, official := publicsuffix.PublicSuffix(h.ascii)
	official = official || strings.Contains(suffix, ".") // of a company that lends names out
	last := labels[len(labels)-1]
	switch {
	case !plain || !official:
		return false
	case len(labels) > 2 || len(name) < len(word):
		return true
	case fileEndings[strings.ToLower(last)] && strings.EqualFold(path.Base(to.path), word):
		return false // the file's own name
	case word == strings.ToUpper(word):
		return len(labels[0]) > 4 // not ASP.NET, TS.BS
	}
	return unicode.IsLower([]rune(last)[0]) // not Mr.Vu
}
