package plan

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
				p.report(tooLarge, l.no, fmt.Sprintf("%d mục", maxProvisions), fmt.Sprintf("%d provisions", maxProvisions))
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
		isBareNumber(l.text) && (p.text.terminal() || p.text.empty()):
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
// letter (headings in capitals and labels alone do not); and whether blank lines
// mean something, since none stands between two such lines.
func layout(lines []line) (narrowest int, spaced bool) {
	narrowest = math.MaxInt / 4
	apart, runs := 0, 0
	for i := 1; i < len(lines); i++ {
		last, _ := utf8.DecodeLastRuneInString(lines[i-1].text)
		if isTerminal(last) || !startsLower(lines[i].text) || isCaps(lines[i-1].text) {
			continue
		}
		_, labelled := readLabel(lines[i].text)
		if above, ok := readLabel(lines[i-1].text); labelled || ok && above.rest == "" {
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
	if _, lower := letters(next); caps && lower {
		return true
	}
	return p.text.terminal() && isOpener(next)
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
