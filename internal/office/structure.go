package office

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
)

// Offices write without styles: a heading is a short line in bold type, a list is typed
// ("- ", "+ ", "1. "), a caption stands in italics below its picture. What such writing
// means is made out here, for articles alone: an official document's text stays as it is.

// structured returns the blocks with the roles that their look gives them. The document's
// own are not changed.
func structured(blocks []block) []block {
	blocks = partHeadings(partParagraphs(blocks))
	blocks = captions(blocks)
	blocks = quotations(blocks)
	blocks = typedLists(blocks)
	return boldHeadings(blocks)
}

// plainPara returns a paragraph of the text that has no role and no place in a list.
func plainPara(b block) *para {
	if p, ok := b.(*para); ok && p != nil && p.role == body && p.item == nil && !p.left {
		return p
	}
	return nil
}

// as returns a copy of the paragraph with another role.
func (p *para) as(r role, level int) *para {
	c := *p
	c.role, c.level = r, level
	return &c
}

// maxHeading is the most characters of a line in bold type that is taken for a heading.
const maxHeading = 120

// headingNumber are the numbers of headings, by their level.
var headingNumber = []*regexp.Regexp{
	regexp.MustCompile(`^(?:[IVXLC]+|[A-ZĐ])\s?[.)\-–:/]\s*|^(?i:phần|chương) (?i:thứ )?\S+`),
	regexp.MustCompile(`^\d{1,2}[.)/]\s`),
	regexp.MustCompile(`^(?:\d{1,2}\.\d{1,2}[.)]?|[a-zđ][.)])\s`),
	regexp.MustCompile(`^\d{1,2}\.\d{1,2}\.\d{1,2}[.)]?\s`),
}

// boldHeadings takes short lines in bold type for headings. One without a number that
// follows or precedes another such line is none: a list of names, a signature.
func boldHeadings(blocks []block) []block {
	out := slices.Clone(blocks)
	var found []int
	for i, b := range blocks {
		p, ok := b.(*para)
		if !ok || p.left || p.role != body || p.item != nil && (p.item.bullet || p.item.label == "") || !headingLike(p) || isTableCaption(blocks, i) {
			continue
		}
		level, numbered := headingLevel(p.numbered())
		next := nextText(blocks, i)
		if p.item != nil && (p.besides(next) || i > 0 && p.besides(blocks[i-1])) { // a list of bold items
			continue
		}
		if next == nil || !numbered && (headingLike(plainPara(next)) && !isNumbered(next) || isBoldBefore(blocks, i)) {
			continue
		}
		out[i] = p.as(heading, level)
		found = append(found, i)
	}
	relevel(out, found)
	return out
}

// numbered is a paragraph's text behind the number that Word gives it.
func (p *para) numbered() string {
	if p.item == nil || p.item.bullet {
		return plain(p.runs)
	}
	return p.item.label + " " + plain(p.runs)
}

// besides reports whether a block is a numbered item of the paragraph's level.
func (p *para) besides(b block) bool {
	other, ok := b.(*para)
	return ok && other.item != nil && !other.item.bullet && other.item.level == p.item.level
}

// isTableCaption reports whether a block is the caption of a table that comes below it,
// perhaps with a line between that tells the unit.
func isTableCaption(blocks []block, i int) bool {
	if !tableCaption.MatchString(plain(blocks[i].(*para).runs)) {
		return false
	}
	for _, b := range blocks[i+1 : min(len(blocks), i+4)] {
		if _, ok := b.(*table); ok {
			return true
		}
	}
	return false
}

func headingLike(p *para) bool {
	if p == nil || p.align == "right" || p.align == "end" || shows(p.runs) || !bold(p.runs) {
		return false
	}
	text := plain(p.runs)
	n := len([]rune(text))
	_, numbered := headingLevel(text)
	return 1 < n && n <= maxHeading && !strings.Contains(text, "\t") && strings.Count(text, "\n") < 3 && (numbered || !strings.HasSuffix(text, ".")) && !strings.HasSuffix(text, ";") && !strings.HasSuffix(text, ",") &&
		strings.ContainsFunc(text, unicode.IsLetter) && bulletOf(text) == ""
}

// partParagraphs parts paragraphs at empty lines, broken by hand.
func partParagraphs(blocks []block) []block {
	var out []block
	for _, b := range blocks {
		p := plainPara(b)
		if p == nil {
			out = append(out, b)
			continue
		}
		one, breaks := *p, 0
		one.runs = nil
		for _, r := range p.runs {
			for i, text := range strings.Split(r.text, "\n") {
				piece := r
				if piece.text = text; i > 0 {
					breaks++
					piece.picture, piece.note = nil, 0
				}
				said := strings.TrimSpace(text) != "" || piece.picture != nil || piece.note > 0
				if said && breaks > 1 && !blank(one.runs) {
					c := one
					out = append(out, &c)
					one.runs, breaks = nil, 0
				}
				if said && breaks > 0 {
					piece.text = strings.Repeat("\n", min(breaks, 1)) + piece.text
				}
				if said {
					breaks = 0
				}
				if said || breaks == 0 {
					one.runs = append(one.runs, piece)
				}
			}
		}
		out = append(out, &one)
	}
	return out
}

// partHeadings parts a heading from the text that a line break alone parts it from.
func partHeadings(blocks []block) []block {
	var out []block
	for _, b := range blocks {
		if p := plainPara(b); p != nil && !bold(p.runs) {
			if head, rest := p.cutLine(); rest != nil && !shows(head.runs) && headingLike(head) && !blank(rest.runs) {
				out = append(out, head, rest)
				continue
			}
		}
		out = append(out, b)
	}
	return out
}

// cutLine parts the first line of a paragraph, broken by hand, from the others; rest is
// nil where there is one only.
func (p *para) cutLine() (first, rest *para) {
	for i, r := range p.runs {
		at := strings.IndexByte(r.text, '\n')
		if at < 0 || strings.TrimSpace(joined(p.runs[:i])+r.text[:at]) == "" {
			continue
		}
		one, other := *p, *p
		upper, lower := r, r
		upper.text, lower.text = r.text[:at], r.text[at+1:]
		lower.picture, lower.note = nil, 0
		one.runs = append(slices.Clone(p.runs[:i]), upper)
		other.runs = append([]run{lower}, p.runs[i+1:]...)
		return &one, &other
	}
	return p, nil
}

// quotations takes paragraphs in italics that stand in quotation marks, one or several
// together, for quotations.
func quotations(blocks []block) []block {
	out := slices.Clone(blocks)
	for i := 0; i < len(blocks); i++ {
		if p := plainPara(blocks[i]); !inItalics(p) || !quoteStart.MatchString(plain(p.runs)) {
			continue
		}
		end := i
		for end < len(blocks) && inItalics(plainPara(blocks[end])) && !quoteEnd.MatchString(plain(blocks[end].(*para).runs)) {
			end++
		}
		if end == len(blocks) || !inItalics(plainPara(blocks[end])) {
			i = end // nothing closes what begins before it
			continue
		}
		for ; i <= end; i++ {
			out[i] = blocks[i].(*para).as(quote, 0)
		}
		i--
	}
	return out
}

var (
	quoteStart = regexp.MustCompile(`^[“"«]`)
	quoteEnd   = regexp.MustCompile(`[”"»][.!?…]?(?:\s*\([^)]*\))?$`)
)

// inItalics reports whether all of a paragraph's text is.
func inItalics(p *para) bool {
	return p != nil && !blank(p.runs) && !shows(p.runs) && !slices.ContainsFunc(p.runs, func(r run) bool { return !r.italic && strings.TrimSpace(r.text) != "" })
}

func isNumbered(b block) bool {
	p := plainPara(b)
	if p == nil {
		return false
	}
	_, numbered := headingLevel(plain(p.runs))
	return numbered
}

// isBoldBefore reports whether the text before is a line like a heading, too.
func isBoldBefore(blocks []block, i int) bool {
	for i--; i >= 0; i-- {
		p, ok := blocks[i].(*para)
		if ok && blank(p.runs) {
			continue
		}
		return ok && p.role == body && p.item == nil && headingLike(p) && !isNumbered(p)
	}
	return false
}

// nextText returns the next block that is not empty.
func nextText(blocks []block, i int) block {
	for _, b := range blocks[i+1:] {
		if p, ok := b.(*para); !ok || !blank(p.runs) {
			return b
		}
	}
	return nil
}

// headingLevel tells the level of a heading by its number.
func headingLevel(text string) (level int, numbered bool) {
	for i := len(headingNumber) - 1; i >= 0; i-- {
		if headingNumber[i].MatchString(text) {
			return i + 1, true
		}
	}
	return 1, false
}

// relevel puts headings without a number below those in capitals or with one before
// them, and leaves no level out.
func relevel(blocks []block, found []int) {
	used := map[int]bool{}
	last := 0
	for _, i := range found {
		p := blocks[i].(*para)
		text := p.numbered()
		if _, numbered := headingLevel(text); !numbered && text != strings.ToUpper(text) && last > 0 {
			p.level = last
			continue
		}
		last = p.level
		used[p.level] = true
	}
	order := map[int]int{}
	for level := 1; level <= len(headingNumber); level++ {
		if used[level] {
			order[level] = len(order) + 1
		}
	}
	for _, i := range found {
		p := blocks[i].(*para)
		p.level = max(order[p.level], 1)
	}
}

var (
	// bulletLine begins an item of a list that was typed.
	bulletLine = regexp.MustCompile(`^(?:[-–—−+*` + markdown.Bullets + `]|o(?:\t| {2,}))[\s\x{A0}]*`)
	// numberLine begins a numbered one.
	numberLine = regexp.MustCompile(`^(\d{1,3})([.)/])[\s\x{A0}]+`)
	letterLine = regexp.MustCompile(`^([a-zđ])([.)])[\s\x{A0}]+`)
)

// typedLists makes lists of paragraphs that begin as items do. Numbers make one where
// they count on.
func typedLists(blocks []block) []block {
	var out []block
	for _, b := range blocks {
		if p := plainPara(b); p != nil {
			for _, line := range bulletLines(p) {
				out = append(out, line)
			}
		} else {
			out = append(out, b)
		}
	}
	counted := countedLines(out)
	under := -1 // level of the numbered item that bullets belong to
	var open []typedBullet
	var top string
	for i, b := range out {
		p := plainPara(b)
		switch {
		case p == nil, blank(p.runs):
			if p == nil {
				under, top, open = -1, "", nil
			}
			continue
		case counted[i] && !(bold(p.runs) && headingLike(p)):
			c, label := p.without(numberLine, letterLine)
			it := &item{label: label, level: 0}
			if label[0] > '9' {
				it.level = max(under, 0)
				if under >= 0 && top == "1" {
					it.level = 1
				}
			} else {
				top = "1"
			}
			under, open = it.level, nil
			c.item = it
			out[i] = c
		case bulletOf(joined(p.runs)) != "":
			c, label := p.without(bulletLine)
			open = nest(open, typedBullet{label: label, indent: p.indent, blanks: blanksBefore(joined(p.runs))}, under+1)
			c.item = &item{label: label, bullet: true, level: open[len(open)-1].level}
			out[i] = c
		default:
			under, top, open = -1, "", nil
		}
	}
	return out
}

func joined(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
	}
	return b.String()
}

// bulletOf returns the sign that a line begins with as an item of a typed list does, with
// the spaces behind it. Dashes of other use are none: a number below zero, a rule.
func bulletOf(line string) string {
	line = strings.TrimLeftFunc(line, unicode.IsSpace)
	mark := bulletLine.FindString(line)
	rest := []rune(line[len(mark):])
	if mark == "" || !slices.ContainsFunc(rest, unicode.IsLetter) {
		return ""
	}
	sign := strings.TrimRightFunc(mark, unicode.IsSpace)
	if len(mark) > len(sign) || !strings.ContainsAny(sign, "-–—−+*") || (sign == "-" || sign == "+") && unicode.IsUpper(rest[0]) {
		return mark
	}
	return ""
}

// typedBullet is an item of a typed list that those below it may belong to.
type typedBullet struct {
	label  string
	level  int
	indent int // of its paragraph, in twips
	blanks int // typed before its sign
}

// deeper reports whether blanks that were typed set an item off from another. A single
// one is a slip.
func (b typedBullet) deeper(than typedBullet) bool { return b.blanks > than.blanks+1 }

// nest puts an item below the open ones, innermost last, and gives it its level: within
// the last where it is set off from it by blanks, both paragraphs beginning at one place,
// or is a plus below another sign, or a star or dot below a plus; else beside the one of its sign. The outermost level is top.
func nest(open []typedBullet, b typedBullet, top int) []typedBullet {
	for len(open) > 0 && open[len(open)-1].deeper(b) {
		open = open[:len(open)-1]
	}
	if len(open) == 0 {
		b.level = top
		return append(open, b)
	}
	at := len(open) - 1
	above := open[at]
	fresh := !slices.ContainsFunc(open, func(o typedBullet) bool { return o.label == b.label })
	inner := fresh && (b.label == "+" || above.label == "+" && strings.ContainsAny(b.label, "*•·"))
	if b.deeper(above) && b.indent == above.indent || inner {
		b.level = above.level + 1
		return append(open, b)
	}
	for at > 0 && open[at].label != b.label && !b.deeper(open[at-1]) {
		at--
	}
	b.level = open[at].level
	return append(open[:at], b)
}

// blanksBefore counts the blanks at the beginning of a line; a tab is worth up to eight.
func blanksBefore(line string) int {
	n := 0
	for _, r := range line {
		switch {
		case r == '\t':
			n += 8 - n%8
		case unicode.IsSpace(r):
			n++
		default:
			return n
		}
	}
	return n
}

// without takes what matches away from the beginning of the paragraph, and returns it
// without spaces.
func (p *para) without(patterns ...*regexp.Regexp) (*para, string) {
	c := *p
	c.runs = slices.Clone(p.runs)
	for len(c.runs) > 0 && strings.TrimSpace(c.runs[0].text) == "" && c.runs[0].picture == nil && c.runs[0].note == 0 {
		c.runs = c.runs[1:]
	}
	text := strings.TrimLeftFunc(joined(c.runs), unicode.IsSpace)
	cut := len(joined(c.runs)) - len(text)
	label := ""
	for _, pattern := range patterns {
		if label = pattern.FindString(text); label != "" {
			break
		}
	}
	cut += len(label)
	for i := range c.runs {
		n := min(cut, len(c.runs[i].text))
		c.runs[i].text = c.runs[i].text[n:]
		if cut -= n; cut == 0 {
			break
		}
	}
	return &c, strings.TrimSpace(label)
}

// bulletLines parts a paragraph whose lines, broken by hand, are items.
func bulletLines(p *para) []*para {
	lines := strings.Split(strings.TrimSpace(joined(p.runs)), "\n")
	items := 0
	for _, line := range lines {
		if bulletOf(line) != "" {
			items++
		}
	}
	if len(lines) < 2 || items < len(lines)-1 || items < 2 {
		return []*para{p}
	}
	var all []*para
	one := *p
	one.runs = nil
	for _, r := range p.runs {
		for i, part := range strings.Split(r.text, "\n") {
			if i > 0 {
				c := one
				all = append(all, &c)
				one.runs = nil
			}
			piece := r
			piece.text = part
			if i > 0 {
				piece.picture, piece.note = nil, 0
			}
			one.runs = append(one.runs, piece)
		}
	}
	return append(all, &one)
}

// countedLines finds the paragraphs whose numbers count on from one to the next: 1, 2, 3,
// or a, b, c, with what belongs to each between them.
func countedLines(blocks []block) []bool {
	counted := make([]bool, len(blocks))
	last := map[string]int{} // kind of number → index of the last
	const between = 12       // paragraphs that may belong to an item
	value := func(i int) (kind string, n int) {
		p := plainPara(blocks[i])
		if p == nil {
			return "", 0
		}
		text := plain(p.runs)
		if m := numberLine.FindStringSubmatch(text); m != nil {
			n, _ := strconv.Atoi(m[1])
			return "1" + m[2], n
		}
		if m := letterLine.FindStringSubmatch(text); m != nil {
			return "a" + m[2], strings.Index("abcdđeghiklmnopqrstuvxy", m[1]) + 1
		}
		return "", 0
	}
	for i := range blocks {
		if p, ok := blocks[i].(*para); ok && p.role == heading {
			last = map[string]int{}
			continue
		}
		kind, n := value(i)
		if kind == "" || n == 0 {
			continue
		}
		if before, ok := last[kind]; ok && i-before <= between {
			if _, m := value(before); m+1 == n || kind[0] == 'a' && n > m && n <= m+2 {
				counted[before], counted[i] = true, true
			}
		}
		last[kind] = i
	}
	return counted
}

// authorLine names who wrote an article and took its pictures: "Tin, ảnh: Trần Văn Mẫu".
var authorLine = regexp.MustCompile(`^\(?(?i:(tin|bài|tin bài|tin, bài|bài viết|tác giả|người viết)(\s*(?:,|và|-|–|&|/)\s*(?:ảnh|hình|clip|video)(?:,\s*clip)?)?)\s*:\s*(.{2,80}?)\)?\.?$`)

// photographer parts who took the pictures from who wrote: "Hồng Mẫu – Ảnh: Lê Mẫu".
var photographer = regexp.MustCompile(`^(.{2,}?)[\s;,.–\-|(]+(?i:ảnh|hình)\s*:\s*(.+)$`)

// credited tells a caption that says, folded, where its picture comes from.
var credited = regexp.MustCompile(`\banh(?: [a-z]+){0,3} ?:|\bnguon ?:|\banh (?:tu lieu|minh hoa|cua|suu tam|internet)\b|\bphoto\b`)

// takeAuthor takes the line that names the author out of the blocks, which stands among
// the first or the last.
func takeAuthor(blocks []block) (author, credit, line string, _ []block) {
	for i := len(blocks) - 1; i >= 0; i-- {
		if i >= 3 && i < len(blocks)-6 {
			i = min(i, 3)
		}
		p, ok := blocks[i].(*para)
		if !ok || p.item != nil || shows(p.runs) {
			continue
		}
		line = oneLine(plain(p.runs))
		m := authorLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		author = m[3]
		if parts := photographer.FindStringSubmatch(author); parts != nil {
			author, credit = parts[1], parts[2]
		} else if m[2] != "" {
			credit = author
		}
		return author, credit, line, slices.Concat(blocks[:i], blocks[i+1:])
	}
	return "", "", "", blocks
}

var ruleTitleCase = diag.NewRule("office-title-capitals", diag.Notice,
	diag.Text{VI: "Tiêu đề viết hoa cả dòng “%[1]s” được đổi thành “%[2]s”.", EN: "The title in capitals “%[1]s” became “%[2]s”."},
	diag.Text{VI: "Xem lại tên riêng; cần thì sửa dòng title trong index.md.", EN: "Look at the names in it; correct the line title in index.md where needed."})

// inCapitals reports whether a text is written in capitals.
func inCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 3
}

// names are written with capitals in any text.
var names = []string{"Việt Nam", "Hồ Chí Minh", "Đảng", "Nhà nước", "Quốc hội", "Chính phủ", "Bác Hồ", "Hà Nội", "Lâm Đồng", "Bình Thuận", "Đắk Nông", "Phan Thiết", "Đà Lạt", "Gia Nghĩa", "Liên hiệp Hội", "Mặt trận Tổ quốc", "Tết"}

// abbreviation are words that stay in capitals: Roman numbers, words without a vowel, or
// with digits and signs.
var abbreviation = regexp.MustCompile(`^[^\pL]*(?:[IVXLC]{2,}|[BCDĐFGHKLMNPQRSTVXZWJ]{2,}|[\pL]*[\d&/][\pL\d&/\-]*)[^\pL]*$`)

// usual writes a line in capitals as usual. Where the text has its words with capitals,
// it follows the text.
func usual(line string, text []block) string {
	words := strings.Fields(line)
	cased := casings(text)
	out := make([]string, len(words))
	for i := 0; i < len(words); {
		n := 0
		for size := min(5, len(words)-i); size > 0 && n == 0; size-- {
			key := strings.ToLower(trimSigns(strings.Join(words[i:i+size], " ")))
			if to, ok := cased[key]; ok {
				copy(out[i:], recase(words[i:i+size], strings.Fields(to)))
				n = size
			}
		}
		if n == 0 {
			out[i] = words[i]
			if !abbreviation.MatchString(words[i]) {
				out[i] = strings.ToLower(words[i])
			}
			n = 1
		}
		i += n
	}
	done := []rune(strings.Join(out, " "))
	for i, r := range done {
		if unicode.IsLetter(r) {
			done[i] = unicode.ToUpper(r)
			break
		}
	}
	return string(done)
}

func trimSigns(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// recase gives words the capitals of others, and keeps the signs around them.
func recase(words, like []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		core := trimSigns(w)
		out[i] = strings.Replace(w, core, like[i], 1)
	}
	return out
}

// casings are the names in a text, by themselves in small letters: words with capitals
// that begin no sentence.
func casings(blocks []block) map[string]string {
	all := map[string]string{}
	for _, n := range names {
		all[strings.ToLower(n)] = n
	}
	each(blocks, func(p *para) {
		text := plain(p.runs)
		if inCapitals(text) || p.role == heading || p.role == titleRole {
			return
		}
		words := strings.Fields(text)
		for i := 1; i < len(words); i++ {
			if !capital(words[i]) || strings.ContainsAny(words[i-1], ".!?:;“\"(–-") {
				continue
			}
			end := i + 1
			for end < len(words) && end < i+5 && capital(words[end]) && trimSigns(words[end-1]) == words[end-1] {
				end++
			}
			name := trimSigns(strings.Join(words[i:end], " "))
			if len(strings.Fields(name)) == end-i && (end == i+1 || !inCapitals(name)) {
				all[strings.ToLower(name)] = name
			}
			i = end - 1
		}
	})
	return all
}

func capital(w string) bool {
	r := []rune(trimSigns(w))
	return len(r) > 0 && unicode.IsUpper(r[0])
}
