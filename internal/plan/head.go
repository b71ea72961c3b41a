package plan

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// kinds are the kinds of documents: guideline 36-HD/VPTW for the Party, decree
// 30/2020/NĐ-CP article 7 and the law on promulgating legal documents for the
// State. A kind that begins like a shorter one stands before it.
var kinds = []string{
	"Thông tư liên tịch", "Nghị quyết liên tịch", "Kế hoạch liên tịch", "Chương trình liên tịch", "Hướng dẫn liên tịch", "Quy chế liên tịch", "Thông báo liên tịch",
	"Quyết định liên tịch", "Báo cáo liên tịch", "Chỉ thị liên tịch", "Chương trình hành động", "Chương trình công tác", "Chương trình phối hợp",
	"Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu", "Giấy chứng nhận", "Lời kêu gọi", "Lịch công tác", "Lịch làm việc",
	"Phiếu gửi", "Phiếu chuyển", "Phiếu báo", "Phiếu trình", "Nội quy", "Thể lệ", "Quy trình", "Quy ước", "Thông cáo báo chí",
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

// headWindow is as many bytes of a line of the head as its patterns are looked for in.
const headWindow = 400

// beginning folds the beginning of a line.
func beginning(s string) folded { return beginningOf(s, prefixWindow) }

// beginningOf folds so many bytes of a text.
func beginningOf(s string, n int) folded { return foldText(s[:clip(s, n)]) }

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

// isGround reports whether a line gives a ground of the document: "Căn cứ …", perhaps
// behind a dash.
func isGround(l *line) bool {
	text := l.text
	if l.labelled && l.label.kind == Dash {
		text = l.label.rest
	}
	rest, ok := cutFold(text, "can cu ")
	return ok && startsUpper(text) && !isCaps(rest)
}

// strokes part a number: the slash, and what stands for a hyphen, with Word's own that
// does not break a line, and those that look like it. The hyphen, which means a range
// within a pattern's brackets, is the first.
const strokes = "-/‐‑‒–—―−"

// Patterns of the head, over its folded text.
var (
	mottoPattern  = regexp.MustCompile(`dang\s+cong\s+san\s+viet\s+nam|cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia\s+viet\s+nam|doc\s+lap\s*[-–]?\s*tu\s+do\s*[-–]?\s*hanh\s+phuc`)
	numberPattern = regexp.MustCompile(`(?:\b(?:bo\s+luat|luat|phap\s+lenh|nghi\s+quyet)\s+)?\bso\s*:?\s*(\d{1,5}[a-z]?(?: ?[` + strokes + `]\s?[a-z0-9]+)+)`)
	blankNumber   = regexp.MustCompile(`\bso\s*:?[\s.…_]*[` + strokes + `]\s?[a-z]{2,}(?:[` + strokes + `][a-z0-9]+)*`)
	datePattern   = regexp.MustCompile(`,?\s*\bngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})\b`)
	blankDate     = regexp.MustCompile(`\bngay[\s.…_\d]*thang[\s.…_\d]*nam\b(?:[\s.…_]*\d{4}\b)?`)
	stampPattern  = regexp.MustCompile(`(?m)^(?:tuyet mat|toi mat|mat|hoa toc|thuong khan|khan|du thao)$`)
	// sessionPattern knows the session of the National Assembly below its name.
	sessionPattern = regexp.MustCompile(`^khoa\s+(?:thu\s+)?[ivxl\d]+,?\s+ky\s+hop|^\(?(?:tu )?ngay \d.*\d{4}\)?$`)
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
	end := mastheadEnd(page)
	if i >= 0 {
		above := i
		if end < i && isGround(&lines[end]) {
			above = end // an old form: the grounds stand above the kind
		}
		p.masthead(lines[:above])
		p.grounds(lines[above:i])
		return i, true
	}
	i = end
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

// grounds reads what stands between masthead and kind.
func (p *parser) grounds(lines []line) {
	var text block
	for i := range lines {
		if l := &lines[i]; text.empty() || !text.terminal() {
			text.add(l.text)
		} else {
			p.doc.Head = append(p.doc.Head, Block{Preamble, text.take()})
			text.add(l.text)
		}
	}
	if !text.empty() {
		p.doc.Head = append(p.doc.Head, Block{Preamble, text.take()})
	}
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
	for i := range lines {
		l := &lines[i]
		s := beginningOf(l.text, headWindow).s
		switch {
		case strings.HasPrefix(s, "v/v"):
			reference = true
		case l.lower && !reference:
			return i
		case l.caps, l.rule, sessionPattern.MatchString(s),
			mottoPattern.MatchString(s), numberPattern.MatchString(s), datePattern.MatchString(s),
			blankNumber.MatchString(s), blankDate.MatchString(s), l.lower,
			l.columns == nil && !l.labelled && isPlacePart(lines, i):
		default:
			return i
		}
	}
	return len(lines)
}

// isPlacePart reports whether a line is the beginning of the place's name, which was
// broken: "Yên", "Bái, ngày 12 tháng 7 năm 2021".
func isPlacePart(lines []line, i int) bool {
	if i+1 == len(lines) || !lines[i].upper || strings.Count(lines[i].text, " ") > 2 || isTerminal(lines[i].last) {
		return false
	}
	next := beginningOf(lines[i+1].text, headWindow).s
	m := datePattern.FindStringIndex(next)
	return m != nil && m[0] > 0 && m[0] < 24
}

// masthead reads the lines above the kind's name.
//
// Two columns stand there side by side, and come out of a file one after the
// other or line by line. So it is searched for what has a form of its own: motto,
// number, place and date, stamps. Capitals between are the issuing body's name.
func (p *parser) masthead(lines []line) {
	m := newMasthead(lines)
	for _, at := range mottoPattern.FindAllStringIndex(m.s, -1) {
		if !strings.HasSuffix(m.s[:at[0]], "nuoc ") { // QUỐC HỘI NƯỚC CỘNG HÒA …
			m.put(Motto, at[0], at[1])
		}
	}
	for _, at := range stampPattern.FindAllStringIndex(m.s, -1) {
		m.put(Stamp, at[0], at[1])
	}
	p.number(m)
	p.placeDate(m)
	slices.SortFunc(m.pieces, func(a, b piece) int { return a.start - b.start })

	at := 0
	for _, q := range append(m.pieces, piece{start: len(m.text), end: len(m.text)}) {
		p.between(m.text[at:q.start], func(offset int) int { return m.lineAt(at + offset) })
		if q.Role != "" {
			p.doc.Head = append(p.doc.Head, q.Block)
		}
		at = q.end
	}
}

// masthead is the text that is searched, its columns parted by tabs.
type masthead struct {
	folded
	text   string
	lines  []line
	pieces []piece
}

func newMasthead(lines []line) *masthead {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		if l.columns == nil {
			b.WriteString(l.text)
		} else {
			b.WriteString(strings.Join(l.columns, "\t"))
		}
	}
	return &masthead{folded: foldText(b.String()), text: b.String(), lines: lines}
}

func (m *masthead) lineAt(offset int) int {
	return m.lines[strings.Count(m.text[:offset], "\n")].no
}

// put takes a stretch of the folded text as a block, unless another has it.
func (m *masthead) put(role Role, from, to int) bool {
	start, end := m.at[from], m.at[to]
	if slices.ContainsFunc(m.pieces, func(q piece) bool { return start < q.end && q.start < end }) {
		return false
	}
	m.pieces = append(m.pieces, piece{Block{role, blockText(m.text[start:end])}, start, end})
	return true
}

// number finds the document's number.
func (p *parser) number(m *masthead) {
	at := numberPattern.FindStringSubmatchIndex(m.s)
	if at != nil {
		end := m.numberEnd(at[2], at[3])
		through := end
		if strings.HasPrefix(m.s[end:], ", ngay") {
			through++ // the comma before the date
		}
		if m.put(Number, at[0], through) {
			p.doc.Number = tidyNumber(m.text[m.at[at[2]]:m.at[end]])
			return
		}
	}
	switch at := blankNumber.FindStringIndex(m.s); {
	case p.doc.ID != "": // what is attached needs none
	case at != nil:
		p.report(numberBlank, m.lineAt(m.at[at[0]]), blockText(m.text[m.at[at[0]]:m.at[at[1]]]))
		m.put(Number, at[0], at[1])
	}
}

// missing reports what a document must have, and neither head nor minutes gave.
func (p *parser) missing() {
	if !hasRole(p.doc.Head, Number) {
		p.once(numberMissing)
	}
	if p.doc.Date == "" && p.doc.Type == minutes {
		p.doc.Date = p.held()
	}
	if p.doc.Date == "" {
		p.once(dateMissing)
	}
}

// minutes have no date of issue by decree 30/2020/NĐ-CP: theirs is the meeting's.
const minutes = "Biên bản"

// heldPattern knows when a meeting was, where its minutes begin.
var heldPattern = regexp.MustCompile(`^(?:[-–+*•] ?)?(?:\d\. ?|i\. ?)?(?:thoi gian|hom nay|vao |hoi |luc |ngay |bat dau|khai mac)(?:.*?\D)?(\d{1,2})(?: thang |[/.-])(\d{1,2})(?: nam |[/.-])(\d{4})\b`)

// held returns the day that minutes name first as the meeting's, or "".
func (p *parser) held() string {
	day := ""
	p.doc.texts(func(at, text string) {
		if at == "" || at == "title" || at == "tail" || day != "" {
			return
		}
		if m := heldPattern.FindStringSubmatch(beginningOf(text, headWindow).s); m != nil {
			day, _ = isoDate(m[1], m[2], m[3])
		}
	})
	return day
}

// once reports what is missing from the document, unless it or its being blank has been said.
func (p *parser) once(rule *diag.Rule) {
	blank := map[*diag.Rule]*diag.Rule{numberMissing: numberBlank, dateMissing: dateBlank}[rule]
	if !slices.ContainsFunc(p.findings, func(f diag.Finding) bool {
		return f.Rule == rule || f.Rule == blank || f.Rule == dateInvalid && rule == dateMissing
	}) {
		p.report(rule, 1)
	}
}

// numberEnd returns the end of the number: behind a hyphen that stands off, only an
// abbreviation goes on with it.
func (m *masthead) numberEnd(start, end int) int {
	for {
		s := m.s[start:end]
		i := strings.LastIndexByte(s, ' ')
		if i < 0 {
			return end
		}
		last := m.text[m.at[start+i+1]:m.at[end]]
		if bare := strings.TrimLeft(last, strokes+" "); goesOnNumber(last) || bare != last && isAcronym(bare) {
			return end
		}
		end = start + len(strings.TrimRight(s[:i], strokes+" "))
	}
}

// tidyNumber writes a number as others cite it: without blanks, with plain hyphens.
func tidyNumber(s string) string {
	s = strings.Join(strings.Fields(s), "")
	return compose(strings.Map(func(r rune) rune {
		if r != '/' && strings.ContainsRune(strokes, r) {
			return '-'
		}
		return r
	}, s))
}

// placeDate finds where and when the document was issued.
func (p *parser) placeDate(m *masthead) {
	at := datePattern.FindStringSubmatchIndex(m.s)
	if at == nil {
		switch blank := blankDate.FindStringIndex(m.s); {
		case p.doc.ID != "":
		case blank != nil:
			p.report(dateBlank, m.lineAt(m.at[blank[0]]), blockText(m.text[m.at[blank[0]]:m.at[blank[1]]]))
		}
		return
	}
	start := 1 + strings.LastIndexAny(m.s[:at[0]], "\n\t")
	// The place's name may have been broken.
	if above := 1 + strings.LastIndexAny(m.s[:max(0, start-1)], "\n\t"); start > 0 && start < at[0] && m.s[start-1] == '\n' {
		if words := m.text[m.at[above]:m.at[start-1]]; words != "" && !strings.HasPrefix(m.s[above:], "v/v") && startsUpper(words) && !isCaps(words) && strings.Count(words, " ") < 3 && !isRule(words) && !isTerminal(lastRune(words)) {
			start = above
		}
	}
	for _, q := range m.pieces {
		if q.end <= m.at[at[2]] {
			for start < at[2] && m.at[start] < q.end {
				start++
			}
		}
	}
	if !m.put(PlaceDate, start, at[1]) {
		return
	}
	if place := m.text[m.at[start]:m.at[max(start, at[0])]]; !strings.ContainsFunc(place, unicode.IsDigit) { // "hồi 15 giờ, ngày …" of a telegram
		p.doc.Place = compose(blockText(place))
	}
	iso, ok := isoDate(m.s[at[2]:at[3]], m.s[at[4]:at[5]], m.s[at[6]:at[7]])
	if !ok {
		p.report(dateInvalid, m.lineAt(m.at[at[0]]), strings.TrimLeft(blockText(m.text[m.at[at[0]]:m.at[at[1]]]), ", "))
	}
	p.doc.Date = iso
}

// between reads a stretch of the masthead that no pattern knows.
func (p *parser) between(text string, lineAt func(offset int) int) {
	offset := 0
	for s := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\t' }) {
		offset += strings.Index(text[offset:], s)
		words := strings.TrimSpace(s)
		n := len(p.doc.Head)
		folded := beginningOf(words, headWindow).s
		switch {
		case words == "":
		case isRule(words):
			p.doc.Head = append(p.doc.Head, Block{RuleLine, words})
		case strings.HasPrefix(folded, "v/v"):
			p.doc.Head = append(p.doc.Head, Block{Reference, words})
		case sessionPattern.MatchString(folded):
			p.doc.Head = append(p.doc.Head, Block{Session, words})
		case isCaps(words):
			p.doc.Head = append(p.doc.Head, Block{Issuer, words})
		case n > 0 && p.doc.Head[n-1].Role == Reference:
			p.doc.Head[n-1].Text = p.longer.with(p.doc.Head[n-1].Text, words)
		case p.doc.ID != "": // of a form, who is to fill it in
			p.doc.Head = append(p.doc.Head, Block{Issuer, words})
		case p.doc.Number == "" && strings.HasPrefix(folded, "so"):
			p.once(numberMissing)
		case p.doc.Date == "" && (strings.Contains(folded, "thang") || strings.HasSuffix(folded, "ngay")):
			p.once(dateMissing)
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

// title reads the kind's name, in the first line, whose it is, the title below it and
// the rule that may follow. It returns the index of the first line behind them.
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
	if p.registers(rest) {
		p.masthead([]line{{text: rest, no: no}})
		rest = ""
	}
	if rest == "" {
		i += p.registration(lines[i:])
		i += p.whose(lines[i:])
	}

	region := lines[i:]
	region = region[:firstNumbered(region)]
	n := titleLines(region, rest != "")
	var t block
	t.add(rest)
	for _, l := range region[:n] {
		if t.empty() && l.number {
			p.report(unplaced, l.no, excerpt(l.text))
		}
		t.add(l.text)
	}
	if t.empty() {
		if reference, ok := cutFold(textOf(p.doc.Head, Reference), "v/v"); ok {
			p.doc.Title = compose(strings.TrimSpace(reference))
		} else {
			p.report(titleMissing, no)
		}
	} else {
		text := t.take()
		p.doc.Title = compose(text)
		p.doc.Head = append(p.doc.Head, Block{Title, text})
	}
	for i += n; i < len(lines) && lines[i].rule; i++ {
		p.doc.Head = append(p.doc.Head, Block{RuleLine, lines[i].text})
	}
	return i
}

// registration reads number, place and date where they stand below the kind, as in a
// telegram: "Số: 07/CĐ-UBND, ngày 12 tháng 9 năm 2024". It returns how many lines that are.
func (p *parser) registration(lines []line) int {
	n := 0
	for n < len(lines) && p.registers(lines[n].text) {
		p.masthead(lines[n : n+1])
		n++
	}
	return n
}

// registers reports whether a line gives the number or the date that the document still
// lacks, and nothing else.
func (p *parser) registers(text string) bool {
	s := beginningOf(text, headWindow).s
	number, date := cmp.Or(spanOf(numberPattern, s), spanOf(blankNumber, s)), cmp.Or(spanOf(datePattern, s), spanOf(blankDate, s))
	lacksNumber, lacksDate := !hasRole(p.doc.Head, Number), !hasRole(p.doc.Head, PlaceDate)
	dated := lacksDate && date != (span{}) && date.end == len(s)
	if number != (span{}) && number.start == 0 {
		return lacksNumber && (number.end == len(s) || dated)
	}
	return dated && strings.Count(s[:date.start], " ") < 4 && startsUpper(text)
}

// span is a stretch of a text.
type span struct{ start, end int }

func spanOf(pattern *regexp.Regexp, s string) span {
	if at := pattern.FindStringIndex(s); at != nil {
		return span{at[0], at[1]}
	}
	return span{}
}

// whose reads whose document it is: "CỦA BAN THƯỜNG VỤ TỈNH ỦY", or a meeting and the
// body that met. It returns how many lines say so.
func (p *parser) whose(lines []line) int {
	n := 0
	if len(lines) > 0 && lines[0].caps {
		if _, ok := cutFold(lines[0].text, "cua "); ok && !strings.Contains(beginningOf(lines[0].text, headWindow).s, " ve ") {
			n = 1
		} else if isMeeting(lines[0].text) {
			n = 1
			for n < len(lines) && lines[n].caps && isBody(lines[n].text) {
				n++
			}
			if n == len(lines) || lines[n].rule || lines[n].labelled || isOpener(lines[n].text) {
				n = 0 // what the meeting is called is what the document is about
			}
		}
	}
	var words block
	for _, l := range lines[:n] {
		p.doc.Head = append(p.doc.Head, Block{Whose, l.text})
		words.add(l.text)
	}
	name := words.take()
	if rest, ok := cutFold(name, "cua "); ok {
		name = rest
	}
	p.doc.Whose = bodyCase(compose(name))
	return n
}

// isMeeting reports whether a line names a meeting by its number.
func isMeeting(s string) bool {
	folded := beginningOf(s, 200).s
	return (strings.HasPrefix(folded, "hoi nghi ") || strings.HasPrefix(folded, "dai hoi ") || strings.HasPrefix(folded, "ky hop ")) && strings.Contains(folded, "thu ")
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
	if i := slices.IndexFunc(lines, func(l line) bool { return l.rule }); i >= 0 {
		if j := firstGround(lines); j < 0 || i < j {
			return i
		}
	}
	if i := issuerAbove(lines, first); i > 0 {
		return i
	}
	end, caps, tight := len(lines), true, false
	for i := range lines {
		l := &lines[i]
		if l.rule {
			return i
		}
		if l.row {
			return min(i, end)
		}
		if i >= first {
			if isGround(l) || !caps && l.caps && standsAlone(l.text) || isAddressed(l.text) {
				return min(i, end)
			}
			// A blank line says something where the title's own lines have none, or are
			// in capitals.
			if i > 0 && (tight || caps) && l.gap && l.upper && !l.caps {
				return min(i, end)
			}
			if end == len(lines) && isOpener(l.text) {
				end = i
			}
		}
		tight, caps = tight || !l.gap, caps && l.caps
	}
	if end < len(lines) {
		return end
	}
	p := layout(lines)
	for i := 1; i < len(lines); i++ {
		if lines[i].upper && p.isShort(lines[i-1].width) {
			return i
		}
	}
	return len(lines)
}

func firstGround(lines []line) int {
	return slices.IndexFunc(lines, func(l line) bool { return isGround(&l) })
}

// issuerAbove returns the index of the line where, below a title in capitals, the
// capitals name the body that issues: the last such lines above the grounds. 0 if there
// is none.
func issuerAbove(lines []line, first int) int {
	end := firstGround(lines)
	for i := end - 1; i >= first && i > 0; i-- {
		if !lines[i].caps {
			return 0
		}
		if isBody(lines[i].text) && (lines[i].gap || i+1 == end || !lines[i+1].gap) {
			return i
		}
	}
	return 0
}

// isAddressed reports whether a line says to whom a document goes.
func isAddressed(text string) bool {
	rest, ok := cutFold(text, "kinh gui")
	return ok && startsUpper(text) && (rest == "" || strings.ContainsRune(" :,", rune(rest[0])))
}

// addressees reads "Kính gửi:" and those below it, and returns how many lines that are.
func (p *parser) addressees(lines []line) int {
	if len(lines) == 0 || !isAddressed(lines[0].text) {
		return 0
	}
	p.doc.Head = append(p.doc.Head, Block{Addressee, lines[0].text})
	n := 1
	for ; n < len(lines); n++ {
		l, last := &lines[n], &p.doc.Head[len(p.doc.Head)-1]
		end := lastRune(last.Text)
		switch {
		case l.labelled && l.label.kind == Dash, end == ';' && !l.gap && !l.labelled:
			p.doc.Head = append(p.doc.Head, Block{Addressee, l.text})
		case !l.labelled && (l.lower && !isTerminal(end) || !l.gap && (end == ',' || end == ':' && n == 1)):
			last.Text = p.longer.with(last.Text, l.text)
		default:
			return n
		}
	}
	return n
}

// bodyCase writes the name of a body that stands in capitals as it stands in a text:
// "HỘI NGHỊ LẦN THỨ TÁM BAN CHẤP HÀNH ĐẢNG BỘ TỈNH KHÓA X".
func bodyCase(s string) string {
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		if n, rest := readRoman(strings.ToUpper(w)); n > 0 && strings.Trim(rest, ",.)") == "" {
			words[i] = strings.ToUpper(w)
		}
	}
	s = " " + strings.Join(words, " ") + " "
	for _, name := range properBodies {
		s = strings.ReplaceAll(s, " "+strings.ToLower(name)+" ", " "+name+" ")
	}
	r := []rune(strings.TrimSpace(s))
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// properBodies are the names of bodies as a text writes them.
var properBodies = []string{
	"Ban Chấp hành", "Ban Thường vụ", "Ban Bí thư", "Bộ Chính trị", "Ban Thường trực", "Đoàn Chủ tịch", "Trung ương", "Đảng bộ", "Đảng", "Tỉnh ủy", "Thành ủy",
	"Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy", "Ủy ban", "Hội đồng", "Mặt trận Tổ quốc", "Quốc hội", "Chính phủ", "Liên hiệp hội", "Việt Nam", "Cộng hòa", "Cộng hoà",
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
	head := p.doc.Head
	if i := slices.IndexFunc(head, func(b Block) bool { return b.Role == Number }); i > 0 && hasRole(head[:i], Issuer) {
		head = head[:i]
	}
	for _, b := range head {
		switch {
		case b.Role != Issuer:
		case len(names) == 0 || isBody(b.Text):
			names = append(names, b.Text)
		default:
			names[len(names)-1] = p.longer.with(names[len(names)-1], b.Text)
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
	if name == "" && p.doc.ID == "" {
		p.report(issuerMissing, 1)
	}
	p.doc.Issuer = name
}

// issuing returns X of "X ban hành kế hoạch …", or "".
func issuing(text string) string {
	sh := foldText(text)
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
