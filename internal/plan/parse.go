package plan

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// Limits that keep the time and the memory of a parse in proportion to a real
// document, which has some hundred provisions. Beyond them the text is a finding.
const (
	MaxBytes      = 16 << 20
	maxLines      = 1 << 20
	maxProvisions = 100_000
	maxFindings   = 100
)

// Parse reads the text of an official document. file is the name that findings
// carry. The document is nil when any finding is an error. Time and memory are
// linear in the size of src, which may be anything.
func Parse(file string, src []byte) (*Document, []diag.Finding) {
	p := &parser{file: file, doc: &Document{}}
	if lines := p.read(src); lines != nil {
		p.parse(lines)
	}
	diag.Sort(p.findings)
	if diag.HasErrors(p.findings) {
		return nil, p.findings
	}
	return p.doc, p.findings
}

type parser struct {
	file     string
	doc      *Document
	findings []diag.Finding

	stack       []frame // open provisions, from the document itself down
	provisions  int
	lastArticle int
	noNumbers   bool // the body has no numbered label: its dashes are its provisions

	text      block // the text being read: of the preamble, a provision, a paragraph
	paragraph bool  // it is a paragraph below the provision's own text
	lastWidth int   // of the last line read
	narrowest int   // width of the narrowest line that surely ran on into the next
	spaced    bool  // blank lines stand between paragraphs, not between all lines
}

// frame is an open provision and the last number given at each rank below it.
type frame struct {
	node *Provision // nil for the document
	rank int
	nums []int
	last [ranks]int
}

func (p *parser) report(r *diag.Rule, line int, args ...any) {
	switch {
	case len(p.findings) < maxFindings:
		p.findings = append(p.findings, r.At(diag.Pos{File: p.file, Line: line}, args...))
	case len(p.findings) == maxFindings:
		p.findings = append(p.findings, tooMany.At(diag.Pos{File: p.file, Line: line}, fmt.Sprint(maxFindings)))
	}
}

// read checks that src is a text that can be read at all, and splits it.
func (p *parser) read(src []byte) []line {
	if len(src) > MaxBytes {
		p.report(tooLarge, 0, fmt.Sprintf("%d MiB", MaxBytes>>20))
		return nil
	}
	if !utf8.Valid(src) {
		if e, ok := viet.Legacy(src[:min(len(src), legacySample)]); ok {
			p.report(legacyEncoding, firstBeyondASCII(src), e.String())
			return nil
		}
		bad := 0
		for n := 1; bad < len(src); bad += n {
			var r rune
			if r, n = utf8.DecodeRune(src[bad:]); r == utf8.RuneError && n == 1 {
				break
			}
		}
		p.report(notUTF8, 1+bytes.Count(src[:bad], []byte("\n")))
		return nil
	}
	lines := splitLines(src, maxLines+1)
	switch {
	case len(lines) > maxLines:
		p.report(tooLarge, lines[maxLines].no, fmt.Sprintf("%d dòng", maxLines))
		return nil
	case len(lines) == 0:
		p.report(empty, 0)
		return nil
	}
	if e, line, ok := legacyLine(lines); ok {
		p.report(legacyEncoding, line, e.String())
		return nil
	}
	return lines
}

// legacySample is how many bytes of suspect text are enough to know an encoding.
const legacySample = 64 << 10

func firstBeyondASCII(src []byte) int {
	i := bytes.IndexFunc(src, func(r rune) bool { return r >= utf8.RuneSelf })
	return 1 + bytes.Count(src[:max(i, 0)], []byte("\n"))
}

// legacyLine looks for lines in a legacy encoding, even a single paragraph pasted
// into a good text: only lines with signs that no Vietnamese letter is are asked.
func legacyLine(lines []line) (viet.Encoding, int, bool) {
	var sample []byte
	first := 0
	for _, l := range lines {
		if !strings.ContainsFunc(l.text, isForeign) {
			continue
		}
		if first == 0 {
			first = l.no
		}
		if sample = append(append(sample, l.text...), '\n'); len(sample) > legacySample {
			break
		}
	}
	e, ok := viet.Legacy(sample)
	return e, first, ok
}

// isForeign reports whether r is one of the signs of Latin-1 that legacy encodings
// use and Vietnamese does not.
func isForeign(r rune) bool {
	return 0xA1 <= r && r <= 0xFF && !strings.ContainsRune("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý", r)
}

func (p *parser) parse(lines []line) {
	i, titled := p.head(lines)
	tail := i + tailStart(lines[i:])
	middle := lines[i:tail]
	// Only head and tail are set in columns.
	for i := range middle {
		middle[i].text = strings.ReplaceAll(middle[i].text, "\t", " ")
	}
	if titled && len(middle) > 0 {
		i += p.title(middle)
	}
	p.body(lines[i:tail])
	p.tail(lines[tail:])
	if p.provisions == 0 {
		p.report(provisionsMissing, lines[min(i, len(lines)-1)].no)
	}
	p.sign(lines[len(lines)-1].no)
	if diag.HasErrors(p.findings) {
		return
	}
	p.issuer()
	p.identify()
	p.doc.Citations = p.doc.citations()
}

// block is a text under construction, with what the next line's place in it
// depends on.
type block struct {
	b      strings.Builder
	line   int    // of its first words
	first  string // the first line
	last   rune   // the last character but closing quotation marks
	open   int    // brackets not closed
	lower  bool   // has a small letter
	letter bool   // has a letter
	words  int
}

func (b *block) add(text string) {
	if text == "" {
		return
	}
	if b.b.Len() > 0 {
		b.b.WriteByte(' ')
	}
	b.b.WriteString(text)
	b.words++
	for _, r := range text {
		switch {
		case r == ' ':
			b.words++
			continue
		case r == '(':
			b.open++
		case r == ')' && b.open > 0:
			b.open--
		case unicode.IsLetter(r):
			b.letter = true
			b.lower = b.lower || unicode.IsLower(r)
		}
		if !strings.ContainsRune("\"'”’»", r) {
			b.last = r
		}
	}
}

func (b *block) empty() bool { return b.b.Len() == 0 }

// terminal reports whether the text ends as a sentence or a clause does.
func (b *block) terminal() bool { return isTerminal(b.last) }

func isTerminal(r rune) bool { return strings.ContainsRune(".;:!?…", r) && r != 0 }

// heading reports whether the text is in capitals throughout, as headings are; a
// single word may be an abbreviation.
func (b *block) heading() bool { return b.letter && !b.lower && b.words > 1 }

// take returns the text and makes the block empty.
func (b *block) take() string {
	s := closeNumbers(b.b.String())
	*b = block{}
	return s
}

// body reads the preamble and the provisions.
func (p *parser) body(lines []line) {
	p.stack = []frame{{}}
	p.narrowest, p.spaced = layout(lines)
	p.noNumbers = firstNumbered(lines) == len(lines)
	for i, l := range lines {
		next := ""
		if i+1 < len(lines) {
			next = lines[i+1].text
		}
		if lab, ok := readLabel(l.text); ok && p.opens(&lab, next, l.no) {
			if p.provisions == maxProvisions {
				p.report(tooLarge, l.no, fmt.Sprintf("%d mục", maxProvisions))
				return
			}
			p.flush()
			p.open(lab, l.no)
			p.text.add(lab.rest)
		} else {
			p.place(l)
		}
		p.lastWidth = width(l.text)
	}
	p.flush()
}

// place puts a line without a label into the text being read, or begins a
// paragraph with it.
func (p *parser) place(l line) {
	inProvision := len(p.stack) > 1
	switch {
	case isRule(l.text),
		isBareNumber(l.text) && (p.text.terminal() || p.text.empty() && !inProvision):
		p.report(unplaced, l.no, excerpt(l.text))
		return
	case !p.text.empty() && p.breaksBefore(l):
		p.flush()
		p.paragraph = inProvision
	}
	if p.text.empty() {
		p.text.line, p.text.first = l.no, l.text
	}
	p.text.add(l.text)
}

// flush stores the text being read where it belongs.
func (p *parser) flush() {
	if p.text.empty() {
		p.paragraph = false
		return
	}
	first, line := p.text.first, p.text.line
	text := p.text.take()
	if (p.paragraph || p.top().node == nil) && opensBroken(first, text) {
		p.report(unplaced, line, excerpt(text))
	}
	switch node := p.top().node; {
	case node == nil:
		p.doc.Preamble = append(p.doc.Preamble, text)
	case p.paragraph:
		node.Paragraphs = append(node.Paragraphs, text)
	default:
		node.Text = text
	}
	p.paragraph = false
}

// opensBroken reports whether a paragraph's words are a label, or the beginning of
// the tail, that was broken in the middle ("Nơi", "nhận:"): nobody can say which it
// is.
func opensBroken(first, text string) bool {
	_, broken := readLabel(text)
	_, whole := readLabel(first)
	return broken && !whole || startsTail(text)
}

func (p *parser) top() *frame { return &p.stack[len(p.stack)-1] }

// short reports whether the last line ended before the page's edge, so that its
// text ended there too: it is clearly shorter than any line that surely ran on.
// Where no line does, every line is a text of its own.
func (p *parser) short() bool { return 4*p.lastWidth < 3*p.narrowest }

// layout returns what the lines tell of how they were broken: the width of the
// narrowest line that surely runs on into the next, which begins with a small
// letter (headings in capitals do not); and whether blank lines mean something, since none stands between two
// such lines.
func layout(lines []line) (narrowest int, spaced bool) {
	narrowest = math.MaxInt / 4
	apart, runs := 0, 0
	for i := 1; i < len(lines); i++ {
		last, _ := utf8.DecodeLastRuneInString(lines[i-1].text)
		if isTerminal(last) || !startsLower(lines[i].text) || isCaps(lines[i-1].text) {
			continue
		}
		if _, ok := readLabel(lines[i].text); ok {
			continue
		}
		narrowest = min(narrowest, width(lines[i-1].text))
		runs++
		if lines[i].gap {
			apart++
		}
	}
	return narrowest, runs > 2 && apart == 0
}

// breaksBefore reports whether an unlabelled line begins a paragraph instead of
// running on from the text being read. A form that was broken into lines does not
// say; what is in doubt runs on, so that the words stay in order.
func (p *parser) breaksBefore(l line) bool {
	t, next := &p.text, l.text
	if len(p.stack) == 1 && p.breaksPreamble(next) {
		return true
	}
	if !startsUpper(next) || t.open > 0 || strings.ContainsRune(",-–(/", t.last) {
		return false
	}
	if t.heading() {
		return !isCaps(next)
	}
	// Headings of articles, sections and items end without a full stop; any other
	// text ends with one.
	if top := p.top(); !t.terminal() && (top.node == nil || p.paragraph || top.rank >= rankLetter) {
		return false
	}
	return p.short() || p.spaced && l.gap
}

// breaksPreamble knows what a preamble is made of: the body that issues, in
// capitals; the grounds, each ending in a semicolon; "QUYẾT ĐỊNH:".
func (p *parser) breaksPreamble(next string) bool {
	caps := p.text.letter && !p.text.lower
	if isCaps(next) {
		return !caps && standsAlone(next)
	}
	return caps || p.text.terminal() && isOpener(next)
}

// standsAlone reports whether a line in capitals names the issuing body or says
// what it does: "GIÁM ĐỐC SỞ …", "QUYẾT ĐỊNH:".
func standsAlone(caps string) bool {
	_, _, ok := cutKind(caps)
	return ok || isBody(caps)
}

// opens reports whether a label at the beginning of a line opens a provision, and
// gives the label its rank in the tree as it stands. A line may begin with a
// hyphen or a number just because it was broken there.
func (p *parser) opens(l *label, next string, line int) bool {
	rest := l.rest
	if rest == "" {
		rest = next
	}
	if len(l.nums) == 0 {
		return p.opensBullet(l, rest, line)
	}
	t := &p.text
	if !t.terminal() && wantsNumber(t.b.String()) {
		return false
	}
	p.nest(l)
	expected := l.comesAfter(p.lastAt(l)) && p.prefixFits(l)
	if startsLower(rest) && l.kind != Letter {
		return expected && t.terminal()
	}
	ended := t.empty() || t.terminal() || t.heading() || p.short()
	if expected {
		return ended || !strings.ContainsRune(",-–(/", t.last) && t.open == 0
	}
	if l.kind == Section || l.kind == Part {
		// "V.I. Lênin", "C. Mác": only what looks like the other headings can be a
		// heading out of turn.
		return ended && isCaps(rest)
	}
	return ended
}

func (p *parser) opensBullet(l *label, rest string, line int) bool {
	t := &p.text
	if len(p.stack) == 1 && !p.noNumbers {
		// Grounds may be listed with dashes: they belong to the preamble.
		if startsUpper(rest) && (t.terminal() || t.empty()) {
			p.flush()
		}
		return false
	}
	switch {
	case t.terminal(), t.empty() && len(p.stack) > 1:
		return true
	case !startsUpper(rest) || t.open > 0:
		return false
	case p.top().rank < l.rank, t.last == ',', p.short():
		return true
	}
	p.report(dashDoubt, line)
	return false
}

// nest settles the rank of labels that stand at more than one: sections below an
// article, lettered parts below a section.
func (p *parser) nest(l *label) {
	switch {
	case l.rank == rankSection && p.isOpen(rankArticle) && !p.isOpen(rankSection):
		l.rank = rankSectionInArticle
	case l.rank == rankLetterPart && p.isOpen(rankSection) && !p.isOpen(rankLetterPart):
		l.rank = rankPartInSection
	}
}

func (p *parser) isOpen(rank int) bool {
	for i := range p.stack {
		if p.stack[i].rank == rank {
			return true
		}
	}
	return false
}

// parent returns the open provision that one of the rank would come under.
func (p *parser) parent(rank int) *frame {
	i := len(p.stack) - 1
	for p.stack[i].rank >= rank {
		i--
	}
	return &p.stack[i]
}

// lastAt returns the number of the provision that l would follow, 0 if it would
// be the first. Articles are numbered through the whole document.
func (p *parser) lastAt(l *label) int {
	if l.rank == rankArticle {
		return p.lastArticle
	}
	return p.parent(l.rank).last[l.rank]
}

// prefixFits reports whether 1.2 stands below 1, or below section I that has no
// item 1.
func (p *parser) prefixFits(l *label) bool {
	if len(l.nums) == 1 {
		return true
	}
	parent := p.parent(l.rank)
	prefix := l.nums[:len(l.nums)-1]
	return len(parent.nums) == len(prefix) && fmt.Sprint(parent.nums) == fmt.Sprint(prefix)
}

// open puts a provision into the tree.
func (p *parser) open(l label, line int) {
	if len(l.nums) > 0 {
		if last := p.lastAt(&l); !l.comesAfter(last) || !p.prefixFits(&l) {
			rule := gap
			if l.nums[len(l.nums)-1] <= last {
				rule = repeat
			}
			p.report(rule, line, l.text, l.after(last))
		}
	}
	for p.top().rank >= l.rank {
		p.stack = p.stack[:len(p.stack)-1]
	}
	// Until identify, the ID is the provision's own part of it.
	node := &Provision{ID: l.own, Kind: l.kind, Label: l.text, Line: line}
	parent := p.top()
	if parent.node == nil {
		p.doc.Provisions = append(p.doc.Provisions, node)
	} else {
		parent.node.Children = append(parent.node.Children, node)
	}
	if len(l.nums) > 0 {
		n := l.nums[len(l.nums)-1]
		parent.last[l.rank] = n
		if l.rank == rankArticle {
			p.lastArticle = n
		}
	}
	p.stack = append(p.stack, frame{node: node, rank: l.rank, nums: l.nums})
	p.provisions++
}

// identify gives every provision its ID.
func (p *parser) identify() {
	seen := map[string]bool{}
	var number func(siblings []*Provision, parent string)
	number = func(siblings []*Provision, parent string) {
		var kinds [3]int
		count := func(k Kind) *int {
			switch k {
			case Dash:
				return &kinds[0]
			case Plus:
				return &kinds[1]
			}
			return &kinds[2]
		}
		for _, s := range siblings {
			if s.Kind == Dash || s.Kind == Plus || s.Kind == Item {
				*count(s.Kind)++
			}
		}
		mixed := min(kinds[0], 1)+min(kinds[1], 1)+min(kinds[2], 1) > 1
		kinds = [3]int{}
		for _, s := range siblings {
			if s.Kind == Dash || s.Kind == Plus {
				n := count(s.Kind)
				*n++
				s.ID = fmt.Sprint(*n)
				if mixed {
					s.ID = map[Kind]string{Dash: "gach-", Plus: "cong-"}[s.Kind] + s.ID
				}
			}
			if parent != "" && s.Kind != Article {
				s.ID = parent + "-" + s.ID
			}
			if seen[s.ID] {
				p.report(repeat, s.Line, s.Label, "…")
			}
			seen[s.ID] = true
			number(s.Children, s.ID)
		}
	}
	number(p.doc.Provisions, "")
}

// firstNumbered returns the index of the first line that may open a numbered
// provision as the first of its kind, or len(lines).
func firstNumbered(lines []line) int {
	for i, l := range lines {
		if lab, ok := readLabel(l.text); ok && len(lab.nums) > 0 && lab.nums[len(lab.nums)-1] == 1 && !startsLower(lab.rest) {
			return i
		}
	}
	return len(lines)
}

// isRule reports whether a line is drawn, not written: "-----", "***", "-----o0o-----".
func isRule(text string) bool {
	marks := strings.Trim(text, "-–—_*=~ \t")
	switch marks {
	case "":
		return text != "-" && text != "–" && text != "—"
	case "o0o", "oOo", "ooo":
		return marks != text
	}
	return false
}

// excerpt shortens a line for a message.
func excerpt(s string) string {
	const most = 60
	r := []rune(strings.ReplaceAll(s[:min(len(s), 4*most)], "\t", " "))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

// closeNumbers closes a document's number that was broken behind its hyphen or
// stroke: "2073/CTr- UBND" becomes "2073/CTr-UBND".
func closeNumbers(s string) string {
	if !strings.Contains(s, "- ") && !strings.Contains(s, "/ ") {
		return s
	}
	words := strings.Split(s, " ")
	var b strings.Builder
	b.Grow(len(s))
	broken := false
	for i, w := range words {
		if i > 0 && !(broken && isAcronym(w)) {
			b.WriteByte(' ')
			broken = false
		}
		broken = isBrokenNumber(w, broken)
		b.WriteString(w)
	}
	return b.String()
}

// isBrokenNumber reports whether the word is the beginning of a document's
// number, up to a hyphen or a stroke; goesOn, that it goes on with one.
func isBrokenNumber(w string, goesOn bool) bool {
	w = strings.TrimLeft(w, "(“\"")
	if len(w) < 2 || len(w) > 32 || !strings.HasSuffix(w, "-") && !strings.HasSuffix(w, "/") {
		return false
	}
	if !goesOn && (w[0] < '0' || w[0] > '9') {
		return false
	}
	return !strings.ContainsFunc(w, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && r != '-' && r != '/'
	})
}

// isAcronym reports whether the word begins like "UBND" or "CTr": capitals, at
// least two.
func isAcronym(w string) bool {
	capitals, first := 0, true
	for _, r := range w {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case first || !unicode.IsLetter(r) && !unicode.Is(unicode.M, r):
			return capitals > 1
		}
		first = false
	}
	return capitals > 1
}

// compose returns s in NFC, the form of a document's particulars.
func compose(s string) string { return norm.NFC.String(s) }
