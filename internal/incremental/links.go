package incremental

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"path"
	"regexp"
	"strings"
)

// plainLink is what nearly all links and pictures are: to an address of the site, which is
// the first group, to another site, or to a file beside the text.
var plainLink = regexp.MustCompile(`\]\((?:(/[a-z0-9/-]*)(?:#[\w-]*)?|(?:https?://|mailto:|tel:|#)[^\s()<>]*|[\w-]+\.\w{2,4})(?: +"[^"\n]*")?\)`)

// linkSigns are what a text with other links has: no text has one without one of these.
var linkSigns = [][]byte{[]byte("]("), []byte("]:"), []byte("<"), []byte("{{"), []byte("www.")}

// leads are where a text's links lead.
type leads struct {
	addresses []string // of plain ones to the site
	anywhere  bool     // others are not plain
}

// leadsOf reads where the links of a text lead, on a site at a host.
func leadsOf(text []byte, host string) leads {
	if host != "" && names(text, host) {
		return leads{anywhere: true}
	}
	var l leads
	rest := 0
	for _, m := range plainLink.FindAllSubmatchIndex(text, -1) {
		if hasSign(text[rest:m[0]]) {
			return leads{anywhere: true}
		}
		if rest = m[1]; m[2] >= 0 {
			l.addresses = append(l.addresses, string(text[m[2]:m[3]]))
		}
	}
	l.anywhere = hasSign(text[rest:])
	return l
}

// links puts where links lead into a sum; of those that are not plain, where any link may
// lead.
func (r *reader) links(h hash.Hash, l leads) {
	if l.anywhere {
		put(h, string(r.addresses[:]))
	}
	for _, address := range l.addresses {
		r.link(h, address)
	}
}

// names reports whether a text names a host, in whatever case.
func names(text []byte, host string) bool {
	dot := strings.IndexByte(host, '.') // rare in texts
	if dot < 0 {
		return bytes.Contains(bytes.ToLower(text), []byte(strings.ToLower(host)))
	}
	for i := dot; i+len(host)-dot <= len(text); i++ {
		at := bytes.IndexByte(text[i:], '.')
		if at < 0 {
			return false
		}
		i += at
		if end := i - dot + len(host); end <= len(text) && bytes.EqualFold(text[i-dot:end], []byte(host)) {
			return true
		}
	}
	return false
}

func hasSign(text []byte) bool {
	for _, sign := range linkSigns {
		if bytes.Contains(text, sign) {
			return true
		}
	}
	return false
}

// link puts where an address of the site leads into a sum, as layouts/_partials/resolve.html
// and hidden.html find it.
func (r *reader) link(h hash.Hash, address string) {
	if base := path.Base(address); base == "index" || base == "_index" {
		put(h, string(r.addresses[:])) // Hugo may take it for a file's name
		return
	}
	bare := strings.TrimSuffix(path.Clean(address), "/")
	hidden := sha256.Sum256([]byte(bare + "/"))
	put(h, address, string(r.leads[strings.TrimSuffix(address, "/")]), fmt.Sprint(r.hidden[hex.EncodeToString(hidden[:])]))
	for _, e := range r.entries[bare] {
		put(h, e.URL, fmt.Sprint(e.Published()))
	}
}
