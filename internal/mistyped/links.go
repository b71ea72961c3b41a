package mistyped

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/markdown"
)

var (
	// bracketed is words in brackets with an address in brackets behind them, of whatever
	// sort; the groups: sign, blank, open, words, close, blank, open, address, close.
	bracketed = regexp.MustCompile(`([!！]?)([ \t]*)([\[［【({（｛])([^\[\]\n［］【】{}｛｝（）()]*)([\]］】)}）｝])([ \t]*\n?[ \t]*)([\[［【({（｛])((?:[^()\[\]\n（）［］]|\([^()\n]*\))*)([)）\]］】}｝])`)
	// openLink is a link whose address is not closed in its line.
	openLink = regexp.MustCompile(`(?m)(!?)\[([^\[\]\n]*)\]\(([^()\n]*)$`)
	titled   = regexp.MustCompile(`^(.*?\S)[ \t]+["“”„'‘’]([^"“”„]*)["“”'‘’]$`)

	webScheme = regexp.MustCompile(`^(?i:https?://|mailto:|tel:|www\.)\S`)
	hostName  = regexp.MustCompile(`^(?i:[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:vn|com|org|net|gov|edu|info))(?:[/?#]\S*)?$`)
	telephone = regexp.MustCompile(`^\+?\(?\d(?:[ .()-]{0,2}\d){7,12}$`)
	sitePath  = regexp.MustCompile(`^(?:\.{0,2}/|#)[^\s]*$`)
	fileName  = regexp.MustCompile(`^(?i:[^/\\\n]*\.(?:jpe?g|png|gif|webp|heic|heif|pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|csv|txt|zip|mp[34]|mov|m4[av]|avi|mkv|wmv|webm|wav|html?))$`)
	picture   = regexp.MustCompile(`(?i)\.(?:jpe?g|png|gif|webp|heic|heif)$`)
)

// mayHoldLink reports whether a text has a bracket that begins no link of the usual sort.
func mayHoldLink(body []byte) bool {
	const most = 2048
	for at := 0; ; at++ {
		i := bytes.IndexByte(body[at:], '[')
		if i < 0 {
			return false
		}
		at += i
		m := plainLink.Find(body[at:min(len(body), at+most)])
		if m == nil {
			return true
		}
		at += len(m) - 1
	}
}

// plainLink is what most that begins with a bracket is.
var plainLink = regexp.MustCompile(`^\[[^\[\]!]+\]\([^()\s<>]+\)`)

// isAddress reports whether words in brackets are where a link leads.
func isAddress(s string) bool {
	s = strings.TrimSpace(s)
	return webScheme.MatchString(s) || hostName.MatchString(s) || telephone.MatchString(s) || sitePath.MatchString(s) || fileName.MatchString(s)
}

// links finds links and pictures that are shown as they were typed.
func (f *finder) links() {
	for _, m := range bracketed.FindAllSubmatchIndex(f.body, -1) {
		f.bracketed(m)
	}
	for _, m := range openLink.FindAllSubmatchIndex(f.body, -1) {
		if bracket := m[4] - 1; !f.isShown(bracket) {
			continue
		}
		address := strings.TrimRight(strings.TrimSpace(string(f.body[m[6]:m[7]])), ">]}")
		kind := kindOfLink(m[2] < m[3])
		if !isAddress(address) || strings.ContainsAny(address, " \t") {
			f.add(kind, m[0], false)
			continue
		}
		f.add(kind, m[0], true, Edit{m[6], string(f.body[m[6]:m[7]]), address + ")"})
	}
}

// brackets finds what is left of links and pictures that are none: readers see “](”.
func (f *finder) brackets() {
	for at := 0; ; at += len("](") {
		i := bytes.Index(f.body[at:], []byte("]("))
		if i < 0 {
			return
		}
		at += i
		if !f.isShown(at) || f.taken[at] {
			continue
		}
		from := max(f.lineStart(at), at-farthest)
		open := from + bytes.LastIndexByte(f.body[from:at], '[')
		if open < from || isEscaped(f.body, open) {
			continue
		}
		sign := open > 0 && f.body[open-1] == '!'
		if sign {
			open--
		}
		f.add(kindOfLink(sign), open, false)
	}
}

func kindOfLink(sign bool) Kind {
	if sign {
		return Picture
	}
	return Link
}

// bracketed looks at one match of that pattern.
func (f *finder) bracketed(m []int) {
	part := func(i int) string { return string(f.body[m[2*i]:m[2*i+1]]) }
	sign, apart, words, address := part(1) != "", part(2) != "", part(4), part(8)
	start := m[6]
	brackets := part(3) + part(5) + part(7) + part(9)
	if !strings.ContainsAny(brackets, "[]［］【】") {
		return
	}
	if sign && !apart {
		start = m[2]
	}
	linked := f.seen[m[6]] != shown
	switch {
	case f.seen[m[6]] == code, isEscaped(f.body, m[6]):
		return
	case linked && !(sign && apart && picture.MatchString(strings.TrimSpace(address)) && f.beginsBlock(m[2])):
		return // it is a link, or stands in one
	case sign && apart && !f.beginsBlock(m[2]):
		sign = false // the end of a sentence
	}
	if !isAddress(withoutTitle(address)) && isAddress(words) { // the wrong way round
		words, address = address, words
		if strings.HasPrefix(brackets, "[") {
			return // [address](words): said otherwise
		}
	}
	if !isAddress(withoutTitle(address)) {
		return
	}
	if sign && apart {
		start = m[2]
	}
	lead := ""
	if sign {
		lead = "!"
	}
	right := lead + "[" + strings.TrimSpace(words) + "](" + destination(address) + ")"
	wrong := string(f.body[start:m[19]])
	if right == wrong || !isLink(right, sign) {
		return
	}
	f.add(kindOfLink(sign), start, true, Edit{start, wrong, right})
}

// beginsBlock reports whether nothing but blanks and the signs of lists and quotations
// stands before a place in its line.
func (f *finder) beginsBlock(at int) bool { return f.onlyBefore(at, " \t>-+*") }

// onlyBefore reports whether nothing but some signs stands before a place in its line.
func (f *finder) onlyBefore(at int, signs string) bool {
	for at > 0 && f.body[at-1] != '\n' {
		if at--; strings.IndexByte(signs, f.body[at]) < 0 {
			return false
		}
	}
	return true
}

func withoutTitle(address string) string {
	if m := titled.FindStringSubmatch(strings.TrimSpace(address)); m != nil {
		return m[1]
	}
	return address
}

// destination writes an address, and perhaps a title behind it, so that it is read as one.
func destination(address string) string {
	address = strings.TrimSpace(address)
	title := ""
	if m := titled.FindStringSubmatch(address); m != nil {
		address, title = m[1], ` "`+strings.TrimSpace(m[2])+`"`
	}
	switch {
	case strings.HasPrefix(address, "<"):
	case telephone.MatchString(address):
		address = "tel:" + strings.Map(inNumber, address)
	case strings.HasPrefix(strings.ToLower(address), "tel:"):
		address = address[:4] + strings.Map(inNumber, address[4:])
	case strings.HasPrefix(strings.ToLower(address), "www."), hostName.MatchString(address) && !fileName.MatchString(address):
		address = "https://" + address
	case strings.ContainsAny(address, " \t") && webScheme.MatchString(address):
		address = strings.Join(strings.Fields(address), "%20")
	case strings.ContainsAny(address, " \t()") && !isLink("[a]("+address+")", false):
		address = "<" + address + ">"
	}
	return address + title
}

// inNumber drops what telephones do not dial.
func inNumber(r rune) rune {
	if r != '+' && !unicode.IsDigit(r) {
		return -1
	}
	return r
}

// isLink reports whether a piece of Markdown is one link or picture, and no more.
func isLink(text string, asPicture bool) bool {
	p := markdown.Parse([]byte(text)).FirstChild()
	if p == nil || p.ChildCount() != 1 {
		return false
	}
	_, isPicture := p.FirstChild().(*ast.Image)
	_, isLink := p.FirstChild().(*ast.Link)
	return asPicture && isPicture || !asPicture && isLink
}
