package plan

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"lienhiep/internal/viet"
)

// kinds are the kinds of documents: guideline 36-HD/VPTW for the Party, decree
// 30/2020/NĐ-CP article 7 and the law on promulgating legal documents for the
// State. A kind that begins like a shorter one stands before it.
var kinds = []string{
	"Thông tư liên tịch", "Nghị quyết liên tịch", "Chương trình hành động", "Chương trình công tác", "Chương trình phối hợp",
	"Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền", "Lời kêu gọi",
	"Bộ luật", "Biên bản", "Báo cáo", "Chỉ thị", "Chiến lược", "Chương trình", "Công điện", "Công văn", "Cương lĩnh", "Dự án",
	"Đề án", "Điều lệ", "Hiến pháp", "Hợp đồng", "Hướng dẫn", "Kế hoạch", "Kết luận", "Lệnh", "Luật", "Nghị định", "Nghị quyết", "Pháp lệnh",
	"Phương án", "Quy chế", "Quy định", "Quy hoạch", "Quyết định", "Sắc lệnh", "Thông báo", "Thông cáo", "Thông tri", "Thông tư",
	"Thư công", "Tờ trình", "Tuyên bố",
}

var foldedKinds = foldAll(kinds)

func foldAll(words []string) []string {
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = viet.Fold(w)
	}
	return folded
}

// prefixWindow is more bytes than any word list's entry takes, in either Unicode
// form.
const prefixWindow = 96

// beginning folds the beginning of a line.
func beginning(s string) shadow { return shadowOf(s[:clip(s, prefixWindow)]) }

// cutKind cuts the name of a kind, in capitals, off the beginning of a line.
func cutKind(s string) (kind, rest string, ok bool) {
	if r, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(r) {
		return "", s, false
	}
	sh := beginning(s)
	for _, k := range foldedKinds {
		if !strings.HasPrefix(sh.s, k) {
			continue
		}
		end := sh.at[len(k)]
		if !isCaps(s[:end]) {
			continue
		}
		switch after := s[end:]; {
		case after == "", after[0] == ' ', after[0] == '\t':
		case after[0] == ':' || after[0] == '*':
			end++
		default:
			continue
		}
		return s[:end], strings.TrimLeft(s[end:], " \t"), true
	}
	return "", s, false
}

// beginsWith reports whether s begins with one of the folded words, whole.
func beginsWith(s string, words []string) bool {
	folded := beginning(s).s
	for _, w := range words {
		if rest, ok := strings.CutPrefix(folded, w); ok && (rest == "" || strings.IndexByte(" \t,.;:", rest[0]) >= 0) {
			return true
		}
	}
	return false
}

// Words that names of issuing bodies begin with. A line of the head that begins
// otherwise ("TỈNH BÌNH THUẬN", "VÀ KỸ THUẬT") goes on with the name above it.
var bodies = foldAll([]string{
	"Ủy ban", "Hội đồng", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy", "Đảng bộ", "Đảng đoàn", "Chi bộ",
	"Ban", "Bộ", "Sở", "Phòng", "Văn phòng", "Cục", "Tổng cục", "Chi cục", "Viện", "Trường", "Trung tâm", "Chính phủ", "Thủ tướng",
	"Quốc hội", "Chủ tịch", "Tòa án", "Mặt trận", "Liên hiệp", "Liên đoàn", "Hội", "Tỉnh đoàn", "Thường trực", "Giám đốc", "Bộ trưởng",
})

func isBody(s string) bool { return beginsWith(s, bodies) }

// Words that a preamble begins with, and each of its grounds.
var openers = foldAll([]string{
	"Căn cứ", "Thực hiện", "Theo", "Xét", "Nhằm", "Để", "Trên cơ sở", "Triển khai", "Tiếp tục", "Sau khi", "Thi hành", "Kính gửi",
	"Qua", "Trong", "Hiện nay", "Những năm", "Ngày", "Được",
})

func isOpener(s string) bool { return startsUpper(s) && !isCaps(s) && beginsWith(s, openers) }

// Patterns of the head, over its folded text.
var (
	mottoPattern  = regexp.MustCompile(`dang\s+cong\s+san\s+viet\s+nam|cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia\s+viet\s+nam|doc\s+lap\s*[-–]\s*tu\s+do\s*[-–]\s*hanh\s+phuc`)
	numberPattern = regexp.MustCompile(`(?:\b(?:bo\s+luat|luat|phap\s+lenh|nghi\s+quyet)\s+)?\bso\s*:?\s*(\d{1,5}[a-z]?(?:[-/]\s?[a-z0-9]+)+)`)
	datePattern   = regexp.MustCompile(`,?\s*\bngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})\b`)
	stampPattern  = regexp.MustCompile(`(?m)^(?:tuyet mat|toi mat|mat|hoa toc|thuong khan|khan|du thao)$`)
)

// piece is a block of the head with its place in the head's text.
type piece struct {
	Block
	start, end int
}

// head reads what stands above the kind's name and returns the index of the line
// that has it; or, if none has, of the first line that cannot stand there.
func (p *parser) head(lines []line) (i int, titled bool) {
	page := lines[:mastheadLimit(lines)]
	i = slices.IndexFunc(page[:firstNumbered(page)], func(l line) bool {
		_, _, ok := cutKind(l.text)
		return ok
	})
	if i >= 0 {
		p.masthead(lines[:i])
		return i, true
	}
	i = mastheadEnd(page)
	p.masthead(lines[:i])
	// An official letter has no kind's name; what it is about stands below its
	// number.
	reference, ok := cutFold(textOf(p.doc.Head, Reference), "v/v")
	if !ok {
		p.report(titleMissing, lines[min(i, len(lines)-1)].no)
	}
	p.doc.Type, p.doc.Title = "Công văn", compose(strings.TrimSpace(reference))
	return i, false
}

// mastheadLimit returns how many lines the kind's name can be below: a page's
// worth, so that the search for patterns in them stays cheap.
func mastheadLimit(lines []line) int {
	const most, mostBytes = 100, 8 << 10
	size := 0
	for i, l := range lines {
		if size += len(l.text); i == most || size > mostBytes {
			return i
		}
	}
	return len(lines)
}

// mastheadEnd returns the index of the first line that cannot be above a title.
func mastheadEnd(lines []line) int {
	reference := false
	for i, l := range lines {
		s := shadowOf(l.text[:clip(l.text, 400)]).s
		switch {
		case strings.HasPrefix(s, "v/v"):
			reference = true
		case startsLower(l.text) && !reference:
			return i
		case isCaps(l.text), isRule(l.text),
			mottoPattern.MatchString(s), numberPattern.MatchString(s), datePattern.MatchString(s),
			startsLower(l.text):
		default:
			return i
		}
	}
	return len(lines)
}

// masthead reads the lines above the kind's name.
//
// Two columns stand there side by side, and come out of a file one after the
// other or line by line. So it is searched for what has a form of its own: motto,
// number, place and date, stamps. Capitals between are the issuing body's name.
func (p *parser) masthead(lines []line) {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.text)
	}
	text := b.String()
	sh := shadowOf(text)
	lineAt := func(offset int) int { return lines[strings.Count(text[:offset], "\n")].no }

	var pieces []piece
	put := func(role Role, start, end int) bool {
		if slices.ContainsFunc(pieces, func(q piece) bool { return start < q.end && q.start < end }) {
			return false
		}
		pieces = append(pieces, piece{Block{role, blockText(text[start:end])}, start, end})
		return true
	}
	for _, m := range mottoPattern.FindAllStringIndex(sh.s, -1) {
		put(Motto, sh.at[m[0]], sh.at[m[1]])
	}
	for _, m := range stampPattern.FindAllStringIndex(sh.s, -1) {
		put(Stamp, sh.at[m[0]], sh.at[m[1]])
	}
	if m := numberPattern.FindStringSubmatchIndex(sh.s); m != nil && put(Number, sh.at[m[0]], sh.at[m[1]]) {
		p.doc.Number = compose(strings.Join(strings.Fields(text[sh.at[m[2]]:sh.at[m[3]]]), ""))
	} else {
		p.report(numberMissing, 1)
	}
	date := datePattern.FindStringSubmatchIndex(sh.s)
	start := 0
	if date != nil {
		start = 1 + strings.LastIndexAny(text[:sh.at[date[0]]], "\n\t")
		for _, q := range pieces {
			if q.end <= sh.at[date[0]] {
				start = max(start, q.end)
			}
		}
	}
	if m := date; m != nil && put(PlaceDate, start, sh.at[m[1]]) {
		p.doc.Place = compose(blockText(text[start:sh.at[m[0]]]))
		iso, ok := isoDate(sh.s[m[2]:m[3]], sh.s[m[4]:m[5]], sh.s[m[6]:m[7]])
		if !ok {
			p.report(dateInvalid, lineAt(sh.at[m[0]]), strings.TrimLeft(blockText(text[sh.at[m[0]]:sh.at[m[1]]]), ", "))
		}
		p.doc.Date = iso
	} else {
		p.report(dateMissing, 1)
	}
	slices.SortFunc(pieces, func(a, b piece) int { return a.start - b.start })

	at := 0
	for _, q := range append(pieces, piece{start: len(text), end: len(text)}) {
		p.between(text[at:q.start], func(offset int) int { return lineAt(at + offset) })
		if q.Role != "" {
			p.doc.Head = append(p.doc.Head, q.Block)
		}
		at = q.end
	}
}

// between reads a stretch of the masthead that no pattern knows.
func (p *parser) between(text string, lineAt func(offset int) int) {
	offset := 0
	for s := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\t' }) {
		offset += strings.Index(text[offset:], s)
		words := strings.TrimSpace(s)
		n := len(p.doc.Head)
		folded := shadowOf(words[:clip(words, 400)]).s
		switch {
		case words == "":
		case isRule(words):
			p.doc.Head = append(p.doc.Head, Block{RuleLine, words})
		case strings.HasPrefix(folded, "v/v"):
			p.doc.Head = append(p.doc.Head, Block{Reference, words})
		case isCaps(words):
			p.doc.Head = append(p.doc.Head, Block{Issuer, words})
		case n > 0 && p.doc.Head[n-1].Role == Reference:
			p.doc.Head[n-1].Text += " " + words
		case p.doc.Number == "" && strings.HasPrefix(folded, "so"), p.doc.Date == "" && (strings.Contains(folded, "thang") || strings.HasSuffix(folded, "ngay")):
			// What is wrong with these lines has been said.
		default:
			p.report(unplaced, lineAt(offset), excerpt(words))
		}
		offset += len(s)
	}
}

// blockText is a stretch of the masthead as a text: blanks and line ends are
// single spaces, a broken number is closed.
func blockText(s string) string { return closeNumbers(strings.Join(strings.Fields(s), " ")) }

// isoDate writes a day, a month and a year as "2021-04-05", if there is such a day.
func isoDate(day, month, year string) (string, bool) {
	d, _ := strconv.Atoi(day)
	m, _ := strconv.Atoi(month)
	y, _ := strconv.Atoi(year)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || int(t.Month()) != m {
		return "", false
	}
	return t.Format(time.DateOnly), true
}

// title reads the kind's name, in the first line, the title below it and the rule
// that may follow. It returns the index of the first line behind them.
func (p *parser) title(lines []line) int {
	kind, rest, _ := cutKind(lines[0].text)
	no := lines[0].no
	i := 1
	if rest == "" && i < len(lines) {
		// The name itself may be broken: CHƯƠNG TRÌNH, HÀNH ĐỘNG.
		if long, more, ok := cutKind(kind + " " + lines[i].text); ok && more == "" && len(long) > len(kind) {
			kind = long
			i++
		}
	}
	p.doc.Head = append(p.doc.Head, Block{KindName, kind})
	p.doc.Type = sentenceCase(compose(strings.TrimRight(kind, ":*")))
	if rest == "" && i < len(lines) && isCaps(lines[i].text) {
		// "CHỈ THỊ", "CỦA BAN THƯỜNG VỤ TỈNH ỦY": whose it is belongs to the kind.
		if _, ok := cutFold(lines[i].text, "cua "); ok {
			p.doc.Head = append(p.doc.Head, Block{KindName, lines[i].text})
			i++
		}
	}

	region := lines[i:]
	region = region[:firstNumbered(region)]
	n := titleLines(region, rest != "")
	var t block
	t.add(rest)
	for _, l := range region[:n] {
		if t.empty() && isBareNumber(l.text) {
			p.report(unplaced, l.no, excerpt(l.text))
		}
		t.add(l.text)
	}
	if t.empty() {
		p.report(titleMissing, no)
	} else {
		text := t.take()
		p.doc.Title = compose(text)
		p.doc.Head = append(p.doc.Head, Block{Title, text})
	}
	for i += n; i < len(lines) && isRule(lines[i].text); i++ {
		p.doc.Head = append(p.doc.Head, Block{RuleLine, lines[i].text})
	}
	return i
}

// titleLines returns how many of the lines between the kind's name and the first
// provision are the title: those above the rule, or, where no rule was drawn in
// text, those above the first that begins a preamble. begun says that the title
// begins on the kind's own line.
func titleLines(lines []line, begun bool) int {
	first := 1
	if begun {
		first = 0
	}
	end, caps := len(lines), true
	for i, l := range lines {
		grounds, ok := cutFold(l.text, "can cu ")
		if isRule(l.text) {
			return i
		}
		if i >= first && (ok && !isCaps(grounds) || !caps && isCaps(l.text) && standsAlone(l.text)) {
			return min(i, end)
		}
		if i >= first && end == len(lines) && isOpener(l.text) {
			end = i
		}
		caps = caps && isCaps(l.text)
	}
	if end < len(lines) {
		return end
	}
	edge, _ := layout(lines)
	for i := 1; i < len(lines); i++ {
		if startsUpper(lines[i].text) && 4*width(lines[i-1].text) < 3*edge {
			return i
		}
	}
	return len(lines)
}

// sentenceCase writes the name of a kind with one capital.
func sentenceCase(s string) string {
	r := []rune(strings.ToLower(strings.TrimSpace(s)))
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// issuer finds who issues the document: the last body named above the number
// (above it stands the one it belongs to), else the one that "ban hành" names in
// the preamble, else the one signed for.
func (p *parser) issuer() {
	var names []string
	for _, b := range p.doc.Head {
		switch {
		case b.Role != Issuer:
		case len(names) == 0 || isBody(b.Text):
			names = append(names, b.Text)
		default:
			names[len(names)-1] += " " + b.Text
		}
	}
	if len(names) > 0 {
		p.doc.Issuer = compose(names[len(names)-1])
		return
	}
	for _, text := range p.doc.Preamble {
		if name := issuing(text); name != "" {
			p.doc.Issuer = compose(name)
			return
		}
	}
	_, name, _ := strings.Cut(p.doc.Signature.Authority, " ")
	if name == "" {
		p.report(issuerMissing, 1)
	}
	p.doc.Issuer = name
}

// issuing returns X of "X ban hành kế hoạch …", or "".
func issuing(text string) string {
	sh := shadowOf(text)
	for at := 0; ; {
		i := strings.Index(sh.s[at:], " ban hanh ")
		if i < 0 {
			return ""
		}
		i += at
		at = i + len(" ban hanh ")
		if !beginsWith(sh.s[at:], foldedKinds) {
			continue
		}
		end := sh.at[i]
		before := text[clip(text, max(0, end-detailWindow)):end]
		name := strings.TrimSpace(before[1+strings.LastIndexAny(before, ";:.,"):])
		if startsUpper(name) {
			return name
		}
	}
}
