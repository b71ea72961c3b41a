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
	"Trưởng phòng", "Phó Trưởng phòng", "Tổng Thư ký", "Phó Tổng Thư ký", "Chánh án", "Trưởng đoàn", "Ủy viên", "Tổng Kiểm toán",
	"Vụ trưởng", "Phó Vụ trưởng", "Tổng cục trưởng", "Phó Tổng cục trưởng", "Chánh Thanh tra", "Phó Chánh Thanh tra", "Tổng Biên tập", "Phó Tổng Biên tập", "Trưởng tiểu ban",
	"Phó Trưởng đoàn", "Phó Chánh án", "Kiểm toán trưởng", "Trưởng khoa", "Phó Trưởng khoa", "Hạt trưởng", "Trạm trưởng", "Chỉ huy trưởng", "Phó Chỉ huy trưởng", "Chính ủy",
	"Tư lệnh", "Phó Tư lệnh", "Trưởng Công an", "Phó Trưởng Công an", "Thủ trưởng", "Phó Thủ trưởng", "Trưởng bộ phận", "Quyền Giám đốc", "Quyền Chủ tịch", "Quyền Trưởng ban",
	"Chủ tọa", "Chủ trì", "Thư ký", "Người ghi biên bản", "Kế toán trưởng", "Hội trưởng", "Phó Hội trưởng", "Đội trưởng", "Chi cục trưởng", "Phó Chi cục trưởng",
})

func isOffice(s string) bool { return isCaps(s) && beginsWith(s, offices) }

var signedPattern = regexp.MustCompile(`^\(?da ky(?: ten)?(?:,? (?:va )?dong dau)?\)?$`)

func isSigned(s string) bool {
	_, ok := cutFold(strings.TrimPrefix(s, "("), "da ky")
	return ok && len(s) < 80 && signedPattern.MatchString(foldText(s).s)
}

// toSign knows the words in brackets where a name is to be signed: "(Ký, ghi rõ họ tên)".
var toSign = regexp.MustCompile(`^\((?:da |chu )?ky(?: ten)?(?:,[^()]*)?\)$`)

func isToSign(s string) bool {
	return strings.HasPrefix(s, "(") && len(s) < 120 && toSign.MatchString(foldText(s).s)
}

// startsTail reports whether a text can only stand below the last provision.
func startsTail(text string) bool {
	_, ok := cutFold(text, "noi nhan")
	return ok && startsUpper(text) || isAuthority(text)
}

// tailStart returns the index of the line that ends the provisions: "Nơi nhận", on whose
// behalf is signed, or, below the last sentence or above a name, as what; or a name that
// has signed.
func tailStart(lines []line) int {
	labelled := false
	for i := range lines {
		l := &lines[i]
		if l.quoted || l.row && !l.endsTable(lines, i) {
			continue
		}
		if startsTail(l.text) || l.columns != nil && isAuthority(l.columns[len(l.columns)-1]) {
			return i
		}
		labelled = labelled || l.labelled
		if i == 0 || !l.upper {
			continue
		}
		signed := i+1 < len(lines) && (isSigned(lines[i+1].text) || l.caps && i > 1 && isName(lines[i+1].text))
		last := signed && (i+2 >= len(lines) || startsTail(lines[i+2].text) || opensAttachment(lines[i+2:])) // the name is the last of the tail
		if isOffice(l.text) && (labelled && (isTerminal(lines[i-1].last) || signed) || last) || signed && isName(l.text) && i+2 == len(lines) {
			return i
		}
	}
	return len(lines)
}

// endsTable reports whether the line that looks like a row is the signature below a table.
func (l *line) endsTable(lines []line, i int) bool {
	return startsTail(l.text) && (i+1 == len(lines) || !lines[i+1].row || l.gap)
}

// tail reads the recipients and the signature, in whatever order the columns of the page
// came out, up to what is attached. It returns how many lines that are.
func (p *parser) tail(lines []line) int {
	n := 0
	for ; n < len(lines); n++ {
		l := &lines[n]
		if p.signedOff && opensAttachment(lines[n:]) {
			break
		}
		if len(l.columns) > 1 && p.parts(l.columns) {
			for _, column := range l.columns {
				p.tailLine(column, l.no)
			}
			continue
		}
		p.tailLine(l.text, l.no)
	}
	for i := range p.doc.Tail {
		b := &p.doc.Tail[i]
		b.Text = closeNumbers(b.Text)
		if b.Role == Recipient {
			l, _ := readLabel(b.Text)
			p.doc.Recipients = append(p.doc.Recipients, compose(l.rest))
		}
	}
	return n
}

// parts reports whether recipients and signature stand side by side: the signature in
// the last column.
func (p *parser) parts(columns []string) bool {
	right := columns[len(columns)-1]
	return isAuthority(right) || isOffice(right) || isSigned(right) || p.isNextName(right)
}

// tailLine reads one line, or one column of it.
func (p *parser) tailLine(text string, no int) {
	put := func(r Role) {
		p.doc.Tail = append(p.doc.Tail, Block{r, text})
		p.signedOff = p.signedOff || r == Name
		p.labelled = p.labelled || r == RecipientsLabel
		if r == Name || r == Authority || r == Position {
			p.signer = r
		}
	}
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
	if rest, ok := cutFold(text, "noi nhan"); ok && !p.labelled {
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, " "), ":")
		label := strings.TrimSpace(text[:len(text)-len(rest)])
		text, rest = label, strings.TrimSpace(rest)
		put(RecipientsLabel)
		if rest != "" {
			p.tailLine(rest, no)
		}
		return
	}
	if end := signedAbove(text); end > 0 && p.isNextName(strings.TrimSpace(text[end:])) {
		p.tailLine(strings.TrimSpace(text[:end]), no)
		p.tailLine(strings.TrimSpace(text[end:]), no)
		return
	}
	l, labelled := readLabel(text)
	switch {
	case labelled && l.kind == Dash && p.labelled:
		if is(Recipient) && startsLower(l.rest) && !endsClause(last.Text) {
			last.Text = p.longer.with(last.Text, text)
			return
		}
		put(Recipient)
	case isRule(text):
		put(RuleLine)
	case isAuthority(text):
		put(Authority)
	case isOffice(text):
		put(Position)
	case p.isNextName(text):
		put(Name)
	case isSigned(strings.TrimRight(text, ":")), isToSign(text):
		put(Signed)
	case is(Recipient), isCaps(text) && is(Authority, Position):
		last.Text = p.longer.with(last.Text, text)
	default:
		p.report(unplaced, no, excerpt(text))
	}
}

// signedAbove returns the end of "(Đã ký)" where it stands on the line of the name, else 0.
func signedAbove(s string) int {
	sh := beginning(s)
	if m := signedBefore.FindStringIndex(sh.s); m != nil {
		return sh.at[m[1]]
	}
	return 0
}

var signedBefore = regexp.MustCompile(`^(?:\(da ky\)|da ky):? `)

// endsClause reports whether a recipient's line is complete; a dash without words is.
func endsClause(s string) bool {
	l, labelled := readLabel(s)
	last := lastRune(s)
	return last == ',' || last == ')' || isTerminal(last) || labelled && l.rest == ""
}

// isNextName reports whether the text is the name of the signer that is due: an office
// stands above it, and no name yet; or nothing of the signature, where it is a name alone.
func (p *parser) isNextName(text string) bool {
	due := p.signer == Authority || p.signer == Position || len(p.doc.Tail) == 0
	return due && isName(text)
}

// Family names, for telling a name in capitals from the end of an office's.
var families = foldAll([]string{
	"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trương",
	"Đoàn", "Lương", "Mai", "Cao", "Châu", "Tạ", "Tô", "Thái",
})

// ranked knows what stands before a signer's name: a rank, degrees.
var ranked = regexp.MustCompile(`^(?:(?:dai|thuong|trung|thieu) (?:tuong|ta|uy) |(?:pgs|gs|tskh|ts|ths)[.,]{1,2} ?|(?:pgs|gs|tskh|ts|ths) )*`)

// isName reports whether a line can be a person's name: up to eight words, each
// with a capital, no digit, nothing behind.
func isName(s string) bool {
	if len(s) > 100 {
		return false
	}
	sh := beginning(s)
	s = s[sh.at[len(ranked.FindString(sh.s))]:]
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

// signature is who signed, as the tail has it. Those who sign one after the other, as two
// bodies together or those who kept the minutes, are parted by semicolons.
func (p *parser) signature() Signature {
	type signer struct{ authority, position, name []string } // lines
	var all []signer
	signed := true // by whom the next line is not
	for _, b := range p.doc.Tail {
		if b.Role != Authority && b.Role != Position && b.Role != Name {
			continue
		}
		if signed {
			all = append(all, signer{})
		}
		s := &all[len(all)-1]
		switch b.Role {
		case Authority:
			s.authority = append(s.authority, b.Text)
		case Position:
			s.position = append(s.position, b.Text)
		case Name:
			s.name = []string{b.Text}
		}
		signed = b.Role == Name
	}
	list := func(of func(signer) []string) string {
		var texts []string
		for _, s := range all {
			if text := strings.Join(of(s), " "); text != "" {
				texts = append(texts, text)
			}
		}
		return compose(strings.Join(texts, "; "))
	}
	return Signature{
		list(func(s signer) []string { return s.authority }),
		list(func(s signer) []string { return s.position }),
		list(func(s signer) []string { return s.name }),
	}
}

// sign fills the signature, which a document must have. last is the last line, where a
// text that was cut off ends.
func (p *parser) sign(last int) {
	p.doc.Signature = p.signature()
	switch s := p.doc.Signature; {
	case s.Authority == "" && s.Position == "" && (s.Name == "" || !hasRole(p.doc.Tail, Signed)):
		p.report(truncated, last, "phần ký", "the signature")
	case s.Name == "":
		p.report(truncated, last, "họ tên người ký", "the signer's name")
	}
}
