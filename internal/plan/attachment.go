package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const (
	maxAttachments = 1000 // a limit that no real decision reaches
	maxMasthead    = 12   // lines, of an attachment's
)

// Words that open an attachment besides the kinds of documents.
var attachedKinds = foldAll([]string{
	"Phụ lục", "Danh mục", "Danh sách", "Biểu mẫu", "Biểu", "Bảng", "Mẫu", "Nội quy", "Lộ trình", "Đề cương", "Thể lệ", "Quy trình", "Chương trình công tác",
	"Phân công", "Tiêu chí", "Định mức", "Phiếu", "Kịch bản", "Thành phần", "Nội dung",
})

// cutAttachedKind cuts the name of a kind that is attached, in capitals, off the
// beginning of a line. An annex takes its number along: "PHỤ LỤC I".
func cutAttachedKind(s string) (kind, rest string, ok bool) {
	if kind, rest, ok = cutKind(s); ok {
		return kind, rest, true
	}
	if isAnnex(s) {
		head, rest, found := strings.Cut(s, ":")
		if found {
			return head + ":", strings.TrimSpace(rest), true
		}
		words := strings.Fields(s)
		n := 2
		if len(words) > 2 && len(words[2]) <= len("XXVIII.") && (strings.Trim(words[2], "0123456789.") == "" || strings.Trim(words[2], "IVXLABCDEF.") == "") {
			n = 3
		}
		n = min(n, len(words))
		return strings.Join(words[:n], " "), strings.Join(words[n:], " "), true
	}
	if isForm(s) {
		return s, "", true
	}
	if !isCaps(s) {
		return "", s, false
	}
	sh := beginning(s)
	for _, k := range attachedKinds {
		if rest, ok := strings.CutPrefix(sh.s, k); ok && (rest == "" || rest[0] == ' ' || rest[0] == ':') {
			end := sh.at[len(k)]
			return s[:end], strings.TrimLeft(s[end:], " "), true
		}
	}
	return "", s, false
}

// isAnnex reports whether a line is the heading of an annex.
func isAnnex(s string) bool {
	rest, ok := cutFold(s, "phu luc")
	if !ok || !startsUpper(s) {
		return false
	}
	return isCaps(s) && (rest == "" || strings.ContainsRune(" :.", rune(rest[0]))) || len(rest) <= len(" XXVIII.")
}

// formPattern knows the number of a form to fill in, which is its heading.
var formPattern = regexp.MustCompile(`^(?:mau|bieu|bieu mau)(?: so)? ?\d{1,3}[a-z]?(?:[/-]\S+)?[.:]?$`)

func isForm(s string) bool {
	return len(s) < 60 && startsUpper(s) && formPattern.MatchString(foldText(s).s)
}

// isIssuedWith reports whether a line says what an attachment was issued with.
func isIssuedWith(text string) bool {
	if !strings.HasPrefix(text, "(") {
		return false
	}
	folded := foldText(text[1:clip(text, 200)]).s
	return strings.HasPrefix(folded, "ban hanh") || strings.HasPrefix(folded, "kem theo") || strings.HasPrefix(folded, "dinh kem") ||
		strings.HasPrefix(folded, "phe duyet kem theo")
}

// isIssuedSoon reports whether such a line stands among the first.
func isIssuedSoon(lines []line) bool {
	return slices.ContainsFunc(lines[:min(len(lines), 8)], func(l line) bool { return isIssuedWith(l.text) })
}

// opensAttachment reports whether a document begins behind the signature: with its kind,
// or with a head of its own.
func opensAttachment(lines []line) bool {
	l := &lines[0]
	if namesAttachedKind(l.text) && !isOffice(l.text) {
		return true
	}
	if isIssuedWith(l.text) || isIssuedSoon(lines) && l.caps && !isOffice(l.text) {
		return true
	}
	return l.caps && !isOffice(l.text) && (isBody(l.text) || mottoPattern.MatchString(foldText(l.text).s)) && hasKind(lines)
}

// hasKind reports whether one of the first lines names a kind that is attached.
func hasKind(lines []line) bool {
	return slices.ContainsFunc(lines[:min(len(lines), maxMasthead)], func(l line) bool { return namesAttachedKind(l.text) })
}

func namesAttachedKind(s string) bool {
	_, _, ok := cutAttachedKind(s)
	return ok
}

// attachments reads what stands behind the signature, each a document of its own.
func (p *parser) attachments(lines []line) {
	for len(lines) > 0 && len(p.doc.Attachments) < maxAttachments {
		end := attachmentEnd(lines)
		a := &parser{run: p.run, doc: &Document{ID: fmt.Sprintf("kem-theo-%d", len(p.doc.Attachments)+1)}}
		n := a.attachment(lines[:end])
		p.doc.Attachments = append(p.doc.Attachments, a.doc)
		lines = lines[n:]
	}
	if len(lines) > 0 {
		p.report(tooLarge, lines[0].no, fmt.Sprintf("%d phụ lục", maxAttachments), fmt.Sprintf("%d attachments", maxAttachments))
	}
}

// attachmentEnd returns the index of the line that opens the next attachment.
func attachmentEnd(lines []line) int {
	named, headed := false, false // its own kind is known, its heading is past
	for i := range lines {
		l := &lines[i]
		_, rest, kind := cutAttachedKind(l.text)
		switch {
		case !named && (kind || isIssuedWith(l.text)):
			named = true
		case named && !l.quoted && !l.row && isForm(l.text):
			return i
		case l.quoted, l.row:
			named, headed = true, true
		case headed && !l.labelled && (isAnnex(l.text) || kind && rest == "" && isIssuedSoon(lines[i+1:])):
			return i
		default:
			named = named || l.labelled
			headed = headed || named && (l.labelled || !l.caps && !isIssuedWith(l.text))
		}
	}
	return len(lines)
}

// attachment reads one of them and returns how many lines it has.
func (p *parser) attachment(lines []line) int {
	i := p.attachmentHead(lines)
	p.mark(lines[i:])
	tail := i + tailStart(lines[i:])
	p.readBody(lines[i:tail], false)
	n := tail + p.tail(lines[tail:])
	p.doc.Signature = p.signature()
	p.issuer()
	return n
}

// attachmentHead reads what stands above an attachment's body: perhaps a masthead, the
// kind, the title, what it was issued with, in any order. It returns the index of the
// first line behind.
func (p *parser) attachmentHead(lines []line) int {
	put := func(r Role, text string) { p.doc.Head = append(p.doc.Head, Block{r, text}) }
	top := max(0, slices.IndexFunc(lines[:min(len(lines), maxMasthead)], func(l line) bool { return namesAttachedKind(l.text) || isIssuedWith(l.text) }))
	p.masthead(lines[:top])
	var title block
	flush := func() {
		if text := title.take(); text != "" {
			put(Title, text)
			p.doc.Title = p.longer.with(p.doc.Title, compose(text))
		}
	}
	issued, open := isIssuedSoon(lines[top:]), 0
	i := top
	for ; i < len(lines); i++ {
		l := &lines[i]
		kind, rest, ok := cutAttachedKind(l.text)
		switch {
		case open > 0: // in the bracket
			last := &p.doc.Head[len(p.doc.Head)-1]
			last.Text = p.longer.with(last.Text, l.text)
			open += openBrackets(l.text)
		case p.doc.Type != "" && title.empty() && mottoEnd(lines[i:]) > 0:
			n := mottoEnd(lines[i:]) // a form has its head below its number
			p.masthead(lines[i : i+n])
			i += n - 1
		case isIssuedWith(l.text):
			flush()
			put(IssuedWith, l.text)
			open = openBrackets(l.text)
			issued = isIssuedSoon(lines[i+1:])
		case l.rule:
			flush()
			put(RuleLine, l.text)
		case ok && (p.doc.Type == "" || isAnnex(l.text) && title.empty() && p.doc.Title == ""):
			put(KindName, kind)
			p.doc.Type = attachedType(compose(strings.TrimRight(kind, ":*.")))
			title.add(rest)
		case issued && !l.labelled && !l.row:
			title.add(l.text)
		case l.labelled || l.row || isOpener(l.text) || isGround(l):
			flush()
			return i
		case l.caps && !hasRole(p.doc.Head, Title), title.empty() && p.doc.Title == "" && p.doc.Type != "" && !isTerminal(l.last):
			title.add(l.text)
		default:
			flush()
			return i
		}
	}
	flush()
	return i
}

// mottoEnd returns how many of the first lines are a masthead with its motto, 0 if none are.
func mottoEnd(lines []line) int {
	n := 0
	for i := range lines[:min(len(lines), maxMasthead)] {
		l := &lines[i]
		switch {
		case mottoPattern.MatchString(foldText(l.text).s), n > 0 && l.rule, n > 0 && datePattern.MatchString(beginningOf(l.text, headWindow).s):
			n = i + 1
		case n > 0 || l.labelled || l.row || isIssuedWith(l.text):
			return n
		}
	}
	return n
}

// openBrackets is how many more brackets a text opens than it closes.
func openBrackets(s string) int { return strings.Count(s, "(") - strings.Count(s, ")") }

// attachedType writes a kind with one capital; "PHỤ LỤC II" is "Phụ lục II".
func attachedType(s string) string {
	words := strings.SplitN(s, " ", 3)
	if len(words) < 3 || !isAnnex(s) {
		return sentenceCase(s)
	}
	return sentenceCase(words[0]+" "+words[1]) + " " + words[2]
}
