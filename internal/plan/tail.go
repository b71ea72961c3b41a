package plan

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// authorityPattern knows on whose behalf is signed: T/M (thay mặt), K/T (ký
// thay), T/L (thừa lệnh), TUQ (thừa ủy quyền), Q. (quyền), as the Party (T/M) and
// the State (TM.) write it.
var authorityPattern = regexp.MustCompile(`^(?:T/M|T\.M\.?|TM\.?|K/T|KT\.?|T/L|TL\.?|T/UQ|TUQ\.?|Q\.)\s*\p{Lu}`)

func isAuthority(s string) bool { return authorityPattern.MatchString(s) && isCaps(s) }

// Words that the names of offices begin with.
var offices = foldAll([]string{
	"Tổng Bí thư", "Bí thư", "Phó Bí thư", "Chủ tịch", "Phó Chủ tịch", "Thường trực", "Thủ tướng", "Phó Thủ tướng", "Bộ trưởng", "Thứ trưởng",
	"Giám đốc", "Phó Giám đốc", "Tổng Giám đốc", "Phó Tổng Giám đốc", "Trưởng ban", "Phó Trưởng ban", "Phó ban", "Chủ nhiệm", "Phó Chủ nhiệm",
	"Chánh Văn phòng", "Phó Chánh Văn phòng", "Cục trưởng", "Phó Cục trưởng", "Viện trưởng", "Phó Viện trưởng", "Hiệu trưởng", "Phó Hiệu trưởng",
	"Trưởng phòng", "Phó Trưởng phòng", "Tổng Thư ký", "Phó Tổng Thư ký", "Chánh án", "Trưởng đoàn", "Ủy viên",
})

func isOffice(s string) bool { return isCaps(s) && beginsWith(s, offices) }

var signedPattern = regexp.MustCompile(`^\(?da ky(?: ten)?(?:,? (?:va )?dong dau)?\)?$`)

func isSigned(s string) bool { return len(s) < 80 && signedPattern.MatchString(shadowOf(s).s) }

// startsTail reports whether a line can only stand below the last provision.
func startsTail(text string) bool {
	_, ok := cutFold(text, "noi nhan")
	return ok && startsUpper(text) || isAuthority(text)
}

// tailStart returns the index of the line that ends the provisions: "Nơi nhận",
// on whose behalf is signed, or, below the last sentence, as what.
func tailStart(lines []line) int {
	labelled := false
	for i, l := range lines {
		// The body's own lines are in one column.
		text := strings.ReplaceAll(l.text, "\t", " ")
		if startsTail(text) {
			return i
		}
		if _, ok := readLabel(text); ok {
			labelled = true
		}
		if labelled && i > 0 && isOffice(text) {
			if last, _ := utf8.DecodeLastRuneInString(lines[i-1].text); isTerminal(last) {
				return i
			}
		}
	}
	return len(lines)
}

// isAnnex reports whether a line is the heading of an annex.
func isAnnex(s string) bool {
	rest, ok := cutFold(s, "phu luc")
	if !ok || !startsUpper(s) {
		return false
	}
	return isCaps(s) && (rest == "" || strings.ContainsRune(" \t:.", rune(rest[0]))) || len(rest) <= len(" XXVIII.")
}

// tail reads the recipients, the signature and the annexes, in whatever order the
// columns of the page came out.
func (p *parser) tail(lines []line) {
	annex := false
	for _, l := range lines {
		// Two columns: recipients on the left, the signature on the right.
		left, right, _ := strings.Cut(l.text, "\t")
		if !annex && right != "" && (isAuthority(right) || isOffice(right) || isSigned(right) || p.isNext(right)) {
			p.tailLine(left, l.no)
			p.tailLine(right, l.no)
			continue
		}
		if annex = annex || isAnnex(l.text) && hasRole(p.doc.Tail, Name); annex {
			p.annexLine(l.text)
			continue
		}
		p.tailLine(strings.ReplaceAll(l.text, "\t", " "), l.no)
	}
	for i := range p.doc.Tail {
		b := &p.doc.Tail[i]
		b.Text = closeNumbers(strings.ReplaceAll(b.Text, "\t", " "))
		if b.Role == Recipient {
			l, _ := readLabel(b.Text)
			p.doc.Recipients = append(p.doc.Recipients, compose(l.rest))
		}
	}
}

// tailLine reads one line, or one column of it.
func (p *parser) tailLine(text string, no int) {
	put := func(r Role) { p.doc.Tail = append(p.doc.Tail, Block{r, text}) }
	var last *Block
	if n := len(p.doc.Tail); n > 0 {
		last = &p.doc.Tail[n-1]
	}
	is := func(roles ...Role) bool {
		for _, r := range roles {
			if last != nil && last.Role == r {
				return true
			}
		}
		return false
	}
	if rest, ok := cutFold(text, "noi nhan"); ok && !hasRole(p.doc.Tail, RecipientsLabel) {
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, " "), ":")
		label := strings.TrimSpace(text[:len(text)-len(rest)])
		text, rest = label, strings.TrimSpace(rest)
		put(RecipientsLabel)
		if rest != "" {
			p.tailLine(rest, no)
		}
		return
	}
	l, labelled := readLabel(text)
	switch {
	case labelled && l.kind == Dash && hasRole(p.doc.Tail, RecipientsLabel):
		if is(Recipient) && startsLower(l.rest) && !endsClause(last.Text) {
			last.Text += " " + text
			return
		}
		put(Recipient)
	case isRule(text):
		put(RuleLine)
	case isAuthority(text):
		put(Authority)
	case isOffice(text):
		put(Position)
	case p.isNext(text):
		put(Name)
	case isSigned(text):
		put(Signed)
	case is(Recipient), isCaps(text) && is(Authority, Position):
		last.Text += " " + text
	default:
		p.report(unplaced, no, excerpt(text))
	}
}

// endsClause reports whether a recipient's line is complete.
func endsClause(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return last == ',' || last == ')' || isTerminal(last)
}

// annexLine adds a line to an annex: to its last paragraph, if it runs on, but
// never to a heading.
func (p *parser) annexLine(text string) {
	if isRule(text) {
		p.doc.Tail = append(p.doc.Tail, Block{RuleLine, text})
		return
	}
	last := &p.doc.Tail[len(p.doc.Tail)-1]
	if r, _ := utf8.DecodeLastRuneInString(last.Text); last.Role == Annex && startsLower(text) &&
		!isTerminal(r) && !isCaps(last.Text) && !isAnnex(last.Text) {
		if _, ok := readLabel(text); !ok {
			last.Text += " " + text
			return
		}
	}
	p.doc.Tail = append(p.doc.Tail, Block{Annex, text})
}

// isNext reports whether the text is the name of the signer that is due: an office
// stands above it, and no name yet.
func (p *parser) isNext(text string) bool {
	for i := len(p.doc.Tail) - 1; i >= 0; i-- {
		switch p.doc.Tail[i].Role {
		case Name:
			return false
		case Authority, Position:
			return isName(text)
		}
	}
	return false
}

// Family names, for telling a name in capitals from the end of an office's.
var families = foldAll([]string{
	"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trương",
	"Đoàn", "Lương", "Mai", "Cao", "Châu", "Tạ", "Tô", "Thái",
})

// isName reports whether a line can be a person's name: up to eight words, each
// with a capital, no digit, nothing behind.
func isName(s string) bool {
	if len(s) > 100 {
		return false
	}
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 8 {
		return false
	}
	for _, w := range words {
		if first, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(first) {
			return false
		}
		for _, r := range w {
			if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && r != '.' && r != '\'' && r != '’' && r != '-' {
				return false
			}
		}
	}
	return !isCaps(s) || beginsWith(s, families)
}

// sign fills the signature. last is the last line, where a text that was cut off
// ends.
func (p *parser) sign(last int) {
	s := &p.doc.Signature
	for _, b := range p.doc.Tail {
		switch b.Role {
		case Authority:
			s.Authority = joined(s.Authority, b.Text)
		case Position:
			s.Position = joined(s.Position, b.Text)
		case Name:
			s.Name = joined(s.Name, b.Text)
		}
	}
	s.Authority, s.Position, s.Name = compose(s.Authority), compose(s.Position), compose(s.Name)
	switch {
	case s.Authority == "" && s.Position == "":
		p.report(truncated, last, "phần ký", "the signature")
	case s.Name == "":
		p.report(truncated, last, "họ tên người ký", "the signer's name")
	}
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}
