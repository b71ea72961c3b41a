package plan

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"unicode"
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
		if !strings.ContainsRune(closingQuotes, r) {
			b.last = r
		}
	}
}

func (b *block) empty() bool { return b.b.Len() == 0 }

// terminal reports whether the text ends as a sentence or a clause does.
func (b *block) terminal() bool { return isTerminal(b.last) }

func isTerminal(r rune) bool { return strings.ContainsRune(".;:!?…", r) }

// isNumber reports whether the text is a number that stands alone.
func (b *block) isNumber() bool { return b.first != "" && b.b.Len() < 20 && isBareNumber(b.b.String()) }

// heading reports whether the text is in capitals throughout, as headings are; a
// single word may be an abbreviation.
func (b *block) heading() bool { return b.letter && !b.lower && b.words > 1 }

// take returns the text and makes the block empty.
func (b *block) take() string {
	s := closeNumbers(b.b.String())
	*b = block{}
	return s
}

// page says how the lines of a text were broken.
type page struct {
	// narrowest is the width of the narrowest line that surely ran on into the next.
	// Where no line does, every line is a text of its own.
	narrowest int
	// spaced says that blank lines stand between paragraphs, not between all lines.
	spaced bool
	// tight says that none stands within a text, as far as the few lines that run on tell.
	tight bool
}

// layout returns what the lines tell of how they were broken: the width of the
// narrowest line that surely runs on into the next, which begins with a small
// letter (headings in capitals and labels alone do not); and whether blank lines
// mean something, since none stands between two such lines.
func layout(lines []line) *page {
	p := &page{narrowest: math.MaxInt / 4}
	apart, runs := 0, 0
	for i := 1; i < len(lines); i++ {
		above, l := &lines[i-1], &lines[i]
		if isTerminal(above.last) || !l.lower || above.caps || l.labelled || above.labelled && above.label.rest == "" || above.row || l.row {
			continue
		}
		p.narrowest = min(p.narrowest, above.width)
		runs++
		if l.gap {
			apart++
		}
	}
	p.tight = apart == 0
	p.spaced = p.tight && runs > 2
	return p
}

// isShort reports whether a line of the width ended before the page's edge, so that its
// text ended there too: it is clearly shorter than any line that surely ran on.
func (p *page) isShort(width int) bool { return 4*width < 3*p.narrowest }

// parts reports whether the blank line before l stands between paragraphs.
func (p *page) parts(above, l *line) bool { return l.gap && (p.spaced || p.isShort(above.width)) }

// apart reports whether l begins a paragraph.
func (p *page) apart(above, l *line) bool {
	return isTerminal(above.last) || p.isShort(above.width) || p.parts(above, l)
}

// body reads the preamble and the provisions.
func (p *parser) body(lines []line) {
	p.stack, p.above = []frame{{}}, &line{}
	for i := 0; i < len(lines); i++ {
		l := &lines[i]
		if meant, ok := p.corrected(lines, i); ok {
			l.label, l.labelled = meant, true
		}
		switch n := blockLength(lines[i:]); {
		case l.row || n > 0 && p.holds():
			p.passage(lines[i:i+n], l)
			i += n - 1
		case n > 0: // above the first provision it is the preamble's
			for k := i; k < i+n; k++ {
				if l := &lines[k]; l.labelled && p.page.apart(p.above, l) {
					p.flush()
				}
				p.place(&lines[k])
				p.above = &lines[k]
			}
			p.flush()
			i += n - 1
		case l.labelled && p.opens(&l.label, lines, i):
			if !p.count(l.no) {
				return
			}
			p.flush()
			p.open(l.label, l.no)
			p.text.add(l.label.rest)
		default:
			if len(l.guesses) > 0 && !l.labelled && !p.inQuotation && p.begins(lines, i) {
				p.report(misreadDoubt, l.no, l.guesses[0].text, l.guesses[0].misread)
			}
			p.place(l)
		}
		p.above = &lines[i]
	}
	p.flush()
}

// blockLength returns how many lines the quotation or the table is that begins here.
func blockLength(lines []line) int {
	if !lines[0].row {
		return lines[0].quotes
	}
	n := 1
	for n < len(lines) && lines[n].row && lines[n].quotes == 0 {
		n++
	}
	return n
}

// holds reports whether a quotation has a place in the tree.
func (p *parser) holds() bool { return len(p.stack) > 1 || p.form == free }

// passage puts a table or a quotation where it belongs.
func (p *parser) passage(lines []line, l *line) {
	p.flush()
	if len(p.stack) == 1 || p.form == free && !p.provision().expects() {
		if !p.count(l.no) {
			return
		}
		p.openParagraph(l.no)
	}
	node := p.top().node
	if l.row {
		node.Paragraphs = append(node.Paragraphs, Passage{Table: readTable(lines)})
	} else {
		node.Paragraphs = append(node.Paragraphs, Passage{Quoted: p.readQuoted(lines)})
	}
}

func (p *parser) provision() *Provision { return p.top().node }

// expects reports whether the provision announces what follows.
func (p *Provision) expects() bool {
	return len(p.Paragraphs) == 0 && strings.HasSuffix(p.Text, ":")
}

// count counts a provision, as long as there are not too many.
func (p *parser) count(line int) bool {
	if p.run.provisions == maxProvisions {
		p.report(tooLarge, line, fmt.Sprintf("%d mục", maxProvisions), fmt.Sprintf("%d provisions", maxProvisions))
		p.run.provisions++
	}
	if p.run.provisions > maxProvisions {
		return false
	}
	p.run.provisions++
	return true
}

// place puts a line without a label into the text being read, or begins a
// paragraph with it.
func (p *parser) place(l *line) {
	node := p.provision()
	labelAlone := p.text.empty() && node != nil && node.Label != "" && !node.hasText()
	switch {
	case labelAlone:
	case l.number && (p.text.terminal() || p.text.empty()):
		if p.doc.ID == "" { // in an annex it is a table's that lost its borders
			p.report(loneNumber, l.no, l.text)
		}
		p.flush()
	case l.rule:
		p.flush()
	case !p.text.empty() && (isRule(p.text.first) || p.text.isNumber() || p.breaksBefore(l)):
		p.flush()
	}
	if p.text.empty() {
		if p.form == free && (len(p.stack) == 1 || p.provision().hasText()) && p.count(l.no) {
			p.openParagraph(l.no)
		}
		if p.text.line = l.no; !labelAlone {
			p.text.first = l.text
		}
	}
	p.text.add(l.text)
}

func (p *Provision) hasText() bool { return p.Text != "" || len(p.Paragraphs) > 0 }

// openParagraph opens an unnumbered provision.
func (p *parser) openParagraph(line int) {
	p.open(label{kind: Unnumbered, rank: rankParagraph}, line)
}

// flush stores the text being read where it belongs.
func (p *parser) flush() {
	if p.text.empty() {
		return
	}
	first, line := p.text.first, p.text.line
	text := p.text.take()
	node := p.provision()
	if (node == nil || node.hasText()) && !p.inQuotation && opensBroken(first, text) {
		p.report(unplaced, line, excerpt(text))
	}
	switch {
	case node == nil && p.inQuotation:
		p.openParagraph(line)
		p.provision().Text = text
	case node == nil:
		p.doc.Preamble = append(p.doc.Preamble, text)
	case node.hasText():
		node.Paragraphs = append(node.Paragraphs, Passage{Text: text})
	default:
		node.Text = text
	}
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

// breaksBefore reports whether an unlabelled line begins a paragraph instead of
// running on from the text being read. A form that was broken into lines does not
// say; what is in doubt runs on, so that the words stay in order.
func (p *parser) breaksBefore(l *line) bool {
	t, top := &p.text, p.top()
	if len(p.stack) == 1 && p.form != free && p.breaksPreamble(l) {
		return true
	}
	if !l.upper && !startsQuoted(l.text) && !(p.form == free && l.number) || t.open > 0 || strings.ContainsRune(",-–(/", t.last) {
		return false
	}
	if p.form == free {
		return p.page.apart(p.above, l) && !(l.labelled && len(l.label.nums) > 0 && !t.terminal())
	}
	if t.heading() {
		return !l.caps
	}
	// Headings of articles, sections and items end without a full stop; any other
	// text ends with one.
	if !t.terminal() && (top.node == nil || top.node.hasText() || top.rank >= rankLetter) {
		return false
	}
	return p.page.isShort(p.above.width) || p.page.spaced && l.gap
}

// breaksPreamble knows what a preamble is made of: the body that issues, in
// capitals; the grounds, each ending in a semicolon; "QUYẾT ĐỊNH:".
func (p *parser) breaksPreamble(l *line) bool {
	caps := p.text.letter && !p.text.lower
	if l.caps {
		return !caps && standsAlone(l.text)
	}
	if caps && strings.ContainsFunc(l.text, unicode.IsLower) {
		return true
	}
	// A ground may end in a comma, or in nothing; what minutes begin with, in nothing.
	ground := line{text: p.text.first}
	ground.label, ground.labelled = readLabel(ground.text)
	return p.text.terminal() && (isOpener(l.text) || !p.inQuotation && l.upper && l.gap && p.page.tight) || isGround(&ground) && p.page.isShort(p.above.width) && l.upper && isBody(l.text) ||
		l.upper && p.page.parts(p.above, l) && (isGround(&ground) || !p.inQuotation && p.text.open == 0 && !strings.ContainsRune(",-–(/", p.text.last))
}

// standsAlone reports whether a line in capitals names the issuing body or says
// what it does: "GIÁM ĐỐC SỞ …", "QUYẾT ĐỊNH:".
func standsAlone(caps string) bool {
	_, _, ok := cutKind(caps)
	return ok || isBody(caps)
}

// opens reports whether the label of line i opens a provision, and gives the label
// its rank in the tree as it stands. A line may begin with a hyphen or a number just
// because it was broken there.
func (p *parser) opens(l *label, lines []line, i int) bool {
	rest := l.rest
	if rest == "" && i+1 < len(lines) {
		rest = lines[i+1].text
	}
	if len(l.nums) == 0 {
		return p.opensBullet(l, rest, &lines[i])
	}
	if p.form > numbered && !p.inQuotation {
		return false
	}
	t := &p.text
	parted := i > 0 && p.page.parts(&lines[i-1], &lines[i])
	if !t.terminal() && !parted && wantsNumber(t.b.String()) {
		return false
	}
	p.nest(l)
	expected := p.isNext(l)
	if startsLower(rest) && l.kind != Letter {
		return expected && (t.terminal() || p.inQuotation && t.empty())
	}
	ended := p.begins(lines, i)
	if expected {
		return ended || !strings.ContainsRune(",-–(/", t.last) && t.open == 0
	}
	switch l.kind {
	case Bracket:
		return false
	case Section, Part:
		// "V.I. Lênin", "C. Mác": only what looks like the other headings can be a
		// heading out of turn.
		return ended && isCaps(firstWords(rest))
	}
	return ended
}

// firstWords are the two first words of a text.
func firstWords(s string) string {
	if first, rest, ok := strings.Cut(s, " "); ok {
		second, _, _ := strings.Cut(rest, " ")
		return first + " " + second
	}
	return s
}

// isNext reports whether the label is the one that is due.
func (p *parser) isNext(l *label) bool {
	if p.inQuotation && p.parent(l.rank).last[l.rank] == 0 {
		return true // what is quoted begins anywhere
	}
	return p.follows(l) && p.prefixFits(l)
}

// follows reports whether the label's number comes after that of the provision
// before it. Chapters and sections may count on through the parts.
func (p *parser) follows(l *label) bool {
	last := p.lastAt(l)
	return l.comesAfter(last) || last == 0 && l.rank <= rankSection && p.latest[l.rank] > 0 && l.comesAfter(p.latest[l.rank])
}

func (p *parser) opensBullet(l *label, rest string, at *line) bool {
	t := &p.text
	if len(p.stack) == 1 && p.form == numbered {
		// Grounds may be listed with bullets: they belong to the preamble.
		if startsUpper(rest) && (t.terminal() || t.empty()) {
			p.flush()
		}
		return false
	}
	p.nest(l)
	switch {
	case p.form == free && len(p.stack) == 1 && t.empty():
		return false // a paragraph of its own
	case t.terminal(), t.empty() && len(p.stack) > 1:
		return true
	case t.open > 0:
		return false
	case startsDigit(rest):
		return p.opensFigure(l, at)
	case !startsUpper(rest):
		return false
	case p.top().rank < l.rank, t.last == ',', p.page.isShort(p.above.width), !strings.ContainsRune("-–—−+", l.sign):
		return true
	}
	p.report(dashDoubt, at.no)
	return false
}

// opensFigure reports whether a bullet before a figure ("- 100 % of the schools") opens a
// provision below a text without an end. A hyphen between two figures may be a range that
// was broken ("2021", "- 2030"), unless a blank line stands there.
func (p *parser) opensFigure(l *label, at *line) bool {
	switch {
	case !strings.ContainsRune("-–—−+", l.sign), p.page.parts(p.above, at):
		return true
	case unicode.IsDigit(p.text.last):
		return false
	case p.text.last == ',':
		return p.top().rank == l.rank
	case p.page.isShort(p.above.width):
		return true
	}
	p.report(dashDoubt, at.no)
	return false
}

// nest determines the rank of labels that occur at several ranks: sections below an
// article, lettered parts below a section; bullets by the signs that are open above them.
func (p *parser) nest(l *label) {
	switch {
	case l.rank == rankSection && p.openAt(rankArticle) != nil && p.openAt(rankSection) == nil:
		l.rank = rankSectionInArticle
	case l.rank == rankLetterPart && p.openAt(rankSection) != nil && p.openAt(rankLetterPart) == nil:
		l.rank = rankPartInSection
	case l.kind == Dash:
		rank := rankDash
		for rank < l.rank {
			if above := p.openAt(rank); above == nil || above.sign == l.sign {
				break
			}
			rank++
		}
		l.rank = rank
	}
}

// openAt returns the open provision of the rank, or nil.
func (p *parser) openAt(rank int) *frame {
	for i := range p.stack {
		if p.stack[i].rank == rank {
			return &p.stack[i]
		}
	}
	return nil
}

// parent returns the open provision that one of the rank would come under.
func (p *parser) parent(rank int) *frame {
	i := len(p.stack) - 1
	for p.stack[i].rank >= rank {
		i--
	}
	return &p.stack[i]
}

// lastAt returns the order of the provision that l would follow, 0 if it would
// be the first. Articles are numbered through the whole document.
func (p *parser) lastAt(l *label) int {
	if l.rank == rankArticle {
		return p.latest[rankArticle]
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

// open puts a provision into the tree, and says what is odd about its label.
func (p *parser) open(l label, line int) {
	if len(l.nums) > 0 && !p.inQuotation && !p.isNext(&l) {
		last := p.lastAt(&l)
		rule := gap
		if l.order() <= last {
			rule = repeat
		}
		p.report(rule, line, l.text, l.after(last))
	}
	if as := cmp.Or(l.misread, asWritten(&l)); as != "" && !p.inQuotation {
		p.report(misread, line, l.text, as)
	}
	if l.alike != "" && !p.inQuotation {
		p.report(lookAlike, line, l.text, l.alike, fmt.Sprintf("U+%04X", firstIn(l.alike)))
	}
	for p.top().rank >= l.rank {
		p.stack = p.stack[:len(p.stack)-1]
	}
	// Until identify, the ID is the provision's own part of it.
	node := &Provision{ID: l.own, Kind: l.kind, Label: l.text, Line: line}
	if p.inQuotation {
		node.ID = ""
	}
	parent := p.top()
	if parent.node == nil {
		p.doc.Provisions = append(p.doc.Provisions, node)
	} else {
		parent.node.Children = append(parent.node.Children, node)
	}
	if len(l.nums) > 0 {
		parent.last[l.rank], p.latest[l.rank] = l.order(), l.order()
	}
	p.stack = append(p.stack, frame{node: node, rank: l.rank, nums: l.nums, sign: l.sign})
	p.opened = min(p.opened, formOf(&l))
}

// formOf returns the form of body that the label's provision makes.
func formOf(l *label) form {
	switch {
	case len(l.nums) > 0:
		return numbered
	case l.sign != 0:
		return bulleted
	}
	return free
}

// firstNumbered returns the index of the first line that may open a numbered
// provision as the first of its kind, or len(lines).
func firstNumbered(lines []line) int {
	for i := range lines {
		if l := &lines[i]; l.opensFirst() {
			return i
		}
	}
	return len(lines)
}

// opensFirst reports whether the line may open a numbered provision that is the first
// of its kind.
func (l *line) opensFirst() bool {
	return l.labelled && !l.quoted && !l.row && len(l.label.nums) > 0 && l.label.nums[len(l.label.nums)-1] == 1 && l.label.kind != Bracket && !startsLower(l.label.rest)
}

// isRule reports whether a line is drawn, not written: "-----", "***", "-----o0o-----",
// "-----&----".
func isRule(text string) bool {
	const drawn = "-–—_*=~+•─━═ "
	marks := strings.Trim(text, drawn)
	switch strings.ToLower(marks) {
	case "":
		return text != "" && text != "-" && text != "–" && text != "—" && text != "+" && text != "•"
	case "o0o", "ooo", "0o0", "000", "&", "@", "o", "0", "x":
		return strings.TrimLeft(text, drawn) != text && strings.TrimRight(text, drawn) != text
	}
	return false
}
