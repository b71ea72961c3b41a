// Package proof suggests better wording, from double spaces to the official names of
// bodies and the numbers of documents. Suggestions never keep a page off the site, so
// only `lienhiep check` and the desk ask for them.
//
// In: the catalogue, and the file system that it was loaded from. Out: findings, with
// the edits that can be applied automatically.
package proof

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/plan"
	"lienhiep/internal/viet"
)

// maxGuesses is for how many unknown documents, or addresses, of a page a known one is
// looked for that may be meant.
const maxGuesses = 100

// Check returns suggestions for the entries of a catalogue that was loaded from fsys.
// Files that can no longer be read are skipped.
func Check(fsys fs.FS, c *catalog.Catalog) []diag.Finding {
	names, documents := indexNames(c.OfficialNames), c.DocumentNumbers()
	found := make([][]diag.Finding, len(c.Entries()))
	destinations := c.Destinations()
	c.Each(func(i int, e *catalog.Entry) {
		t, ok := read(fsys, e)
		if !ok {
			return
		}
		w := checker{text: t, documents: documents}
		if e.Lang == "vi" {
			w.names = names
		}
		found[i] = append(w.check(), w.links(c, e, destinations)...)
	})
	return slices.Concat(found...)
}

// text is what an editor wrote of an entry.
type text struct {
	file   string
	src    []byte  // the whole file
	values []value // title and description
	body   []byte  // the end of src
}

// value is one of front matter, with the place of its first character, or of the
// quotation mark before it.
type value struct {
	text string
	pos  diag.Pos
}

// read reads the text of an entry, but for one that would keep parsers busy for long.
func read(fsys fs.FS, e *catalog.Entry) (text, bool) {
	if e.TooIntricate() {
		return text{}, false
	}
	src, err := catalog.ReadFile(fsys, e.File)
	if err != nil {
		return text{}, false
	}
	parts, err := matter.Split(src)
	if err != nil {
		return text{}, false
	}
	t := text{file: e.File, src: src, body: parts.Body}
	for _, v := range []value{{e.Title, e.ValuePos("title")}, {e.Description, e.ValuePos("description")}} {
		if v.text != "" {
			t.values = append(t.values, v)
		}
	}
	slices.SortFunc(t.values, func(a, b value) int { return a.pos.Line - b.pos.Line })
	return t, true
}

// checker finds the slips of one entry.
type checker struct {
	text
	scanner
	documents map[string]bool
	found     []occurrence
	unknown   []catalog.Ref // documents
}

func (w *checker) check() []diag.Finding {
	for _, v := range w.values {
		w.value(v)
	}
	// Parsing is what takes the time: most texts need none.
	if w.mayHaveSlips(string(w.body)) {
		w.scanText(prose(w.body), len(w.src)-len(w.body), diag.Pos{})
	}
	w.styled(string(w.body), len(w.src)-len(w.body), diag.Pos{})
	w.placements()
	w.keepStructure()
	return w.findings()
}

// keepStructure marks as unsafe every fix that would change the Markdown structure: one
// that makes a link, a tag or the like of the writer's words (httр:// with a Cyrillic
// letter).
func (w *checker) keepStructure() {
	first := len(w.src) - len(w.body)
	for _, rule := range []*diag.Rule{ruleLookalike, nil} {
		var edits []diag.Edit
		for _, p := range w.found {
			if p.safe && p.start >= first {
				edits = append(edits, diag.Edit{Start: p.start - first, Old: p.wrong, New: p.right})
			}
		}
		mended, _ := diag.Mend(w.body, edits)
		if len(edits) == 0 || bytes.Equal(others(w.body), others(mended)) {
			return
		}
		for i, p := range w.found {
			w.found[i].safe = p.safe && p.rule != rule && rule != nil
		}
	}
}

// occurrence is a slip with its place in the file.
type occurrence struct {
	slip
	wrong string
	pos   diag.Pos
	start int // in the file; -1 where the words stand there in another form
}

// value reads a value of the front matter.
func (w *checker) value(v value) {
	line := lineStart(w.src, v.pos.Line)
	rest := w.src[line:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	base := -1
	after := min(v.pos.Column, len(rest)) // behind the key or the quote
	if i := bytes.Index(rest[max(0, after-1):], []byte(v.text)); i >= 0 {
		base = line + max(0, after-1) + i
	}
	w.scanText(unquoted(v.text), base, v.pos)
	w.styled(v.text, base, v.pos)
}

// lineStart is the offset of a line, which counts from 1.
func lineStart(src []byte, line int) int {
	at := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(src[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	return at
}

// scanText finds the slips of a text that stands in the file at base; if that is not
// known (-1), all are at pos.
func (w *checker) scanText(t string, base int, pos diag.Pos) {
	before := len(w.slips)
	w.scan(t)
	places := diag.PlacesIn(w.file, w.src)
	for _, s := range slices.Concat(w.slips[before:], w.newer[w.before:]) {
		w.found = append(w.found, s.in(t, base, places, pos))
	}
	if w.mayNameUnknown(t) {
		w.numbers(t, base, pos)
	}
}

// in places a slip of a text that stands in the file at base; if that is not known (-1),
// it is at pos.
func (s slip) in(t string, base int, places *diag.Places, pos diag.Pos) occurrence {
	if base < 0 {
		return occurrence{s, t[s.start:s.end], pos, -1}
	}
	return occurrence{s, t[s.start:s.end], places.At(base + s.start), base + s.start}
}

// numbers notes the documents that a text names by numbers that no known one has.
func (w *checker) numbers(t string, base int, pos diag.Pos) {
	told := map[string]bool{}
	for _, r := range w.unknown {
		told[r.ID] = true
	}
	places := diag.PlacesIn(w.file, w.src)
	from := 0 // where the next is looked for
	for _, m := range plan.Numbers(norm.NFC.String(t)) {
		if w.documents[m.Number] || told[m.Number] {
			continue
		}
		told[m.Number] = true
		at := pos
		if i := strings.Index(t[from:], m.Number); base >= 0 && i >= 0 {
			from += i
			at = places.At(base + from)
		} else {
			from = len(t) // the text is not composed: the others are as hard to find
		}
		w.unknown = append(w.unknown, catalog.Ref{ID: m.Number, Pos: at})
	}
}

// placements drops what bears its tone by the newer rule where nothing on the page
// follows the older.
func (w *checker) placements() {
	if w.old == "" {
		w.found = slices.DeleteFunc(w.found, func(p occurrence) bool { return p.rule == rulePlacement })
	}
}

// findings tells each slip once a page, at its first place, with the edits that
// mend it everywhere.
func (w *checker) findings() []diag.Finding {
	type group struct {
		rule  *diag.Rule
		wrong string
	}
	var order []group
	groups := map[group][]occurrence{}
	for _, p := range w.found {
		s := group{p.rule, p.wrong}
		switch p.rule {
		case ruleDecomposed, ruleDoubleSpace:
			s.wrong = ""
		case ruleSpaceBefore:
			s.wrong = p.mark(w.src)
		}
		if groups[s] == nil {
			order = append(order, s)
		}
		groups[s] = append(groups[s], p)
	}
	var findings []diag.Finding
	for _, s := range order {
		findings = append(findings, w.finding(s.rule, s.wrong, groups[s]))
	}
	for i, r := range w.unknown {
		finding := ruleDocumentNumber.At(r.Pos, r.ID)
		if i < maxGuesses {
			finding = finding.Suggest(nearNumber(r.ID, w.documents))
		}
		findings = append(findings, finding)
	}
	return findings
}

// mark is the punctuation behind spaces.
func (p occurrence) mark(src []byte) string {
	if at := p.start + p.end - p.slip.start; p.start >= 0 && at < len(src) {
		return string(src[at : at+1])
	}
	return "…"
}

func (w *checker) finding(rule *diag.Rule, wrong string, places []occurrence) diag.Finding {
	first := places[0]
	var f diag.Finding
	switch rule {
	case ruleDecomposed:
		f = rule.At(first.pos, len(places), norm.NFC.String(first.wrong))
	case ruleDoubleSpace, ruleSpaceBefore:
		f = rule.At(first.pos, len(places), wrong)
	case ruleLookalike:
		f = rule.At(first.pos, wrong, codes(wrong, first.right)).Suggest(first.right)
	case rulePlacement:
		f = rule.At(first.pos, wrong, norm.NFC.String(w.old)).Suggest(first.right)
	default:
		f = rule.At(first.pos, strings.Join(strings.Fields(wrong), " ")).Suggest(first.right)
	}
	var edits []diag.Edit
	for _, p := range places {
		if p.safe && p.start >= 0 {
			edits = append(edits, diag.Edit{Start: p.start, Old: p.wrong, New: p.right})
		}
	}
	return f.MendedBy(edits...)
}

// codes names the characters of a word that its right spelling does not have.
func codes(wrong, right string) string {
	var all []string
	for _, r := range wrong {
		if code := fmt.Sprintf("U+%04X", r); r > unicode.MaxASCII && !strings.ContainsRune(right, r) && !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	return strings.Join(all, ", ")
}

// nearNumber returns the number of a document that was probably meant: one with the
// same digits and letters, or all but one. Others are likely to be documents too.
func nearNumber(number string, known map[string]bool) string {
	if len(number) > maxNumber {
		return ""
	}
	wanted := viet.Letters(number)
	best, least := "", 2
	for k := range known {
		if len(k)-len(number) > 4 || len(number)-len(k) > 4 {
			continue
		}
		if d := viet.Distance(wanted, viet.Letters(k)); d < least || d == least && k < best {
			best, least = k, d
		}
	}
	return best
}
