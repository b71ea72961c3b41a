package office

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// Letterhead is what the head of an official document says (decree 30/2020/NĐ-CP, annex
// I; for the Party's, guidance 36-HD/VPTW).
type Letterhead struct {
	Number  string // "12/BC-LHH"
	Date    string // ISO, "" where it has blanks
	Issuer  string // "LIÊN HIỆP CÁC HỘI KHOA HỌC VÀ KỸ THUẬT"
	Type    string // "Báo cáo", "" for an official letter
	Subject string // "Kết quả hoạt động năm 2026"
}

var (
	ruleLetterhead = diag.NewRule("office-letterhead", diag.Notice,
		diag.Text{VI: "Đầu tệp là phần mở đầu của văn bản hành chính%[1]s; không đưa vào lời bài%[3]s.", EN: "The file begins with the head of an official document%[2]s, which was left out of the text%[4]s."},
		diag.Text{VI: "Cần điều gì trong đó thì chép lại vào bài. Văn bản cần đăng nguyên văn thì đính kèm tệp, hoặc nhập bằng `import plan`.", EN: "Where something in it is needed copy it into the text. A document that is to be published word for word is attached, or imported by `import plan`."})
	ruleSignature = diag.NewRule("office-signature", diag.Notice,
		diag.Text{VI: "Cuối tệp là nơi nhận, chức danh và tên người ký; không đưa vào lời bài%[1]s.", EN: "The file ends with recipients and signature, which were left out of the text%[2]s."},
		diag.Text{VI: "Cần nêu người ký thì viết vào bài.", EN: "Where the signer is to be named write so in the text."})
)

var (
	motto       = regexp.MustCompile(`^(?:cong hoa xa hoi chu nghia viet nam|doc lap ?[-–—] ?tu do ?[-–—] ?hanh phuc|dang cong san viet nam)$`)
	numberHead  = regexp.MustCompile(`^(?:so|s) ?:? ?[0-9.… ]*[-/].*$`)
	numberSign  = regexp.MustCompile(`^(?i:s(?:[oôố]\pM*)?)[\s:]*`) // as it is shown, before the number
	about       = regexp.MustCompile(`^(?i:\(?v/v|về việc)[:.]?\s+(.+)$`)
	abbreviated = regexp.MustCompile(`^(?i:v/v)[:.]?\s+`)
	ruleLine    = regexp.MustCompile(`^[\s*_\-–—=.]+$`)
	dateHead    = regexp.MustCompile(`^[^,]{2,40}, ?ngay ?([\d.…\s]*) ?thang ?([\d.…\s]*) ?nam ?([\d.…\s]*)$`)
)

// types are the names of official documents, folded, as they head one.
var types = []string{"bao cao", "thong bao", "thu moi", "giay moi", "ke hoach", "quyet dinh", "to trinh", "cong dien", "chuong trinh", "chuong trinh hanh dong", "huong dan", "nghi quyet", "ket luan", "chi thi",
	"thong tri", "quy che", "quy dinh", "bien ban", "phuong an", "de an", "du an", "thong cao", "thong cao bao chi", "loi keu goi", "thong tu", "the le", "danh sach", "tham luan", "bai phat bieu", "dien van", "de cuong", "giay gioi thieu", "phieu", "ban cam ket", "ban ghi nho"}

// headLine is a line of the head, or none.
type headLine int

const (
	noHead headLine = iota
	emptyHead
	mottoHead
	numberedHead
	datedHead
	aboutHead
	capitalHead
)

// headReader reads the head of an official document.
type headReader struct {
	Letterhead
	lines []string // all that it says
	seen  [capitalHead + 1]bool
	caps  []string
	ahead bool // more of the head is to come, so that a line in capitals is no title
}

func (h *headReader) line(text string) headLine {
	text = oneLine(text)
	folded := viet.Fold(text)
	switch {
	case text == "", ruleLine.MatchString(text):
		return emptyHead
	case motto.MatchString(folded):
		return mottoHead
	case numberHead.MatchString(folded):
		return numberedHead
	case dateHead.MatchString(folded):
		return datedHead
	case about.MatchString(text):
		return aboutHead
	case inCapitals(text) && len([]rune(text)) <= 120:
		return capitalHead
	}
	return noHead
}

// take reads a line of the head; false where it is none.
func (h *headReader) take(text string, inTable bool) bool {
	kind := h.line(text)
	if kind == noHead || kind == capitalHead && !inTable && !h.ahead && (h.seen[mottoHead] || h.seen[numberedHead] || h.seen[datedHead]) {
		return false
	}
	text = oneLine(text)
	h.seen[kind] = true
	if text != "" && !ruleLine.MatchString(text) {
		h.lines = append(h.lines, text)
	}
	switch kind {
	case numberedHead:
		h.Number = strings.Join(strings.Fields(numberSign.ReplaceAllString(text, "")), "")
		if strings.IndexAny(h.Number, "-/.…") == 0 { // the number is still to be written
			h.Number = ""
		}
	case datedHead:
		if m := dateHead.FindStringSubmatch(viet.Fold(text)); m != nil {
			if date, ok := ParseDate(strings.Join(strings.Fields("ngay "+m[1]+" thang "+m[2]+" nam "+m[3]), " ")); ok {
				h.Date = date
			}
		}
	case aboutHead:
		h.Subject = about.FindStringSubmatch(text)[1]
	case capitalHead:
		h.caps = append(h.caps, text)
	case noHead, emptyHead, mottoHead:
	}
	return true
}

// typeOf returns the type of document that a line names, and what it says behind it.
func typeOf(p *para) (name, rest string) {
	text := oneLine(plain(p.runs))
	if !(bold(p.runs) || inCapitals(text)) || len([]rune(text)) > 250 {
		return "", ""
	}
	folded := []rune(viet.Fold(text))
	shown := []rune(text)
	for _, t := range types {
		n := len([]rune(t))
		if len(folded) != len(shown) || !strings.HasPrefix(string(folded), t) || len(folded) > n && folded[n] != ' ' {
			continue
		}
		if found := string(shown[:n]); inCapitals(found) && len(found) > len(name) {
			name, rest = found, strings.TrimSpace(string(shown[n:]))
		}
	}
	return name, rest
}

// maxHead is how many blocks a head may have.
const maxHead = 16

// takeLetterhead takes the head of an official document out of the blocks: all down to
// its type and subject. It is nil where there is none.
func takeLetterhead(blocks []block) (*Letterhead, []string, []block) {
	h := &headReader{}
	i := 0
	for ; i < min(len(blocks), maxHead); i++ {
		p, ok := blocks[i].(*para)
		if !ok {
			if t := blocks[i].(*table); !h.takeTable(t) {
				break
			}
			continue
		}
		if shows(p.runs) {
			break
		}
		if name, _ := typeOf(p); name != "" {
			break
		}
		h.ahead = h.comes(blocks[i+1 : min(len(blocks), i+6)])
		if !h.takeLines(p) {
			break
		}
	}
	var name, rest string
	if i < len(blocks) {
		if p, ok := blocks[i].(*para); ok && !shows(p.runs) {
			name, rest = typeOf(p)
		}
	}
	evidence := h.seen[mottoHead] || h.seen[numberedHead]
	if !evidence && !(name != "" && rest == "" && (len(h.caps) > 0 || h.seen[datedHead])) {
		return nil, nil, blocks
	}
	if len(h.caps) > 0 {
		h.Issuer = h.caps[len(h.caps)-1]
	}
	if name == "" {
		return &h.Letterhead, h.lines, blocks[i:]
	}
	h.Type = strings.ToUpper(string([]rune(name)[:1])) + strings.ToLower(string([]rune(name)[1:]))
	subject := []string{}
	if rest != "" {
		subject = append(subject, rest)
	}
	for i++; i < len(blocks); i++ { // the subject stands in the lines below
		p, ok := blocks[i].(*para)
		if !ok || p.item != nil || shows(p.runs) {
			break
		}
		text := oneLine(plain(p.runs))
		if text == "" || ruleLine.MatchString(text) {
			if len(subject) > 0 && text != "" {
				i++
				break
			}
			continue
		}
		if len(subject) > 0 && inCapitals(text) && !inCapitals(subject[0]) { // who decides
			break
		}
		if !(bold(p.runs) && (p.align == "center" || len(subject) == 0 && rest == "")) || len([]rune(text)) > 250 || headingStart(text) && !about.MatchString(text) {
			break
		}
		subject = append(subject, text)
	}
	if s := strings.Join(subject, " "); s != "" {
		h.Subject = abbreviated.ReplaceAllString(s, "Về việc ")
	}
	return &h.Letterhead, h.lines, blocks[i:]
}

// comes reports whether the blocks hold the motto or the number.
func (h *headReader) comes(blocks []block) bool {
	for _, b := range blocks {
		if p, ok := b.(*para); ok {
			if name, _ := typeOf(p); name != "" {
				return false
			}
			if kind := h.line(plain(p.runs)); kind == mottoHead || kind == numberedHead {
				return true
			}
		}
	}
	return false
}

// headingStart reports whether a line is numbered as a heading of the text.
func headingStart(text string) bool {
	_, numbered := headingLevel(text)
	return numbered
}

// takeLines reads a paragraph whose lines are all of the head.
func (h *headReader) takeLines(p *para) bool {
	before := *h
	before.lines, before.caps = slices.Clone(h.lines), slices.Clone(h.caps)
	for line := range strings.SplitSeq(plain(p.runs), "\n") {
		halves := h.halves(line)
		for _, half := range halves {
			if !h.take(half, len(halves) > 1) {
				*h = before
				return false
			}
		}
	}
	return true
}

// halves parts a line that has lines of the head side by side.
func (h *headReader) halves(line string) []string {
	all := besides.Split(strings.TrimSpace(line), -1)
	if slices.ContainsFunc(all, func(half string) bool { return h.line(half) == noHead }) {
		return []string{line}
	}
	return all
}

// besides are the tabs or blanks that put texts side by side, as a table would.
var besides = regexp.MustCompile(`\t\s*| {3,}`)

// takeTable reads a table of two columns, issuer and motto side by side.
func (h *headReader) takeTable(t *table) bool {
	before := *h
	before.lines, before.caps = slices.Clone(h.lines), slices.Clone(h.caps)
	ok := len(t.rows) <= 4
	for _, ro := range t.rows {
		ok = ok && len(ro.cells) <= 3 && len(h.lines) <= maxSigning
		for _, c := range ro.cells {
			each(c.blocks, func(p *para) {
				var subject []string // what there is of it, which goes on in the next line
				for line := range strings.SplitSeq(plain(p.runs), "\n") {
					if len(subject) > 0 && h.line(line) == noHead {
						subject = append(subject, oneLine(line))
						h.lines = append(h.lines, oneLine(line))
						continue
					}
					if len(subject) > 0 {
						h.Subject = strings.Join(subject, " ")
					}
					if !h.take(line, true) {
						ok = ok && h.line(line) != noHead
					}
					if h.Subject != "" {
						subject = []string{h.Subject}
					}
				}
				if len(subject) > 0 {
					h.Subject = strings.Join(subject, " ")
				}
				ok = ok && !hasPicture(p.runs)
			})
		}
	}
	if !ok || !(h.seen[mottoHead] || h.seen[numberedHead]) {
		*h = before
		return false
	}
	return true
}

// title is what an article about the document is called: "Báo cáo kết quả hoạt động".
func (l *Letterhead) title(text []block) string {
	subject := l.Subject
	if inCapitals(subject) {
		subject = usual(subject, text)
	}
	if l.Type == "" {
		return capitalised(subject)
	}
	if subject == "" {
		return l.Type
	}
	words := strings.Fields(subject)
	if len(words) < 2 || !capital(words[1]) { // else it begins with a name
		r := []rune(subject)
		subject = strings.ToLower(string(r[:1])) + string(r[1:])
	}
	return l.Type + " " + subject
}

func capitalised(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return ""
	}
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}

// taken says what of the head is used.
func (l *Letterhead) taken() (vi, en string) {
	for _, part := range []struct{ value, vi, en string }{{l.Number, "số", "number"}, {dayShown(l.Date), "ngày", "date"}, {l.Subject, "trích yếu", "subject"}} {
		if part.value != "" {
			vi += ", " + part.vi + " “" + part.value + "”"
			en += ", " + part.en + " “" + part.value + "”"
		}
	}
	if vi != "" {
		vi, en = " (đã lấy"+strings.TrimPrefix(vi, ",")+")", " (taken:"+strings.TrimPrefix(en, ",")+")"
	}
	return vi, en
}

func dayShown(iso string) string {
	parts := strings.Split(iso, "-")
	if len(parts) != 3 {
		return iso
	}
	return parts[2] + "/" + parts[1] + "/" + parts[0]
}

var (
	// signs are the offices, in capitals, in whose place somebody signs.
	signs = regexp.MustCompile(`^(?:T/?M|K/?T|T/?L|TUQ|TL|Q)\.? |^(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|HIỆU TRƯỞNG|VIỆN TRƯỞNG|BÍ THƯ|TRƯỞNG BAN|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG|TỔNG THƯ KÝ|TỔNG BIÊN TẬP|THỦ TRƯỞNG|THƯ KÝ|CHỦ TỌA|CHỦ TOẠ|CHỦ TRÌ|KẾ TOÁN|ĐẠI DIỆN|NGƯỜI (?:LẬP|BÁO CÁO|VIẾT|TỔNG HỢP))`)
	// recipients begin the list of those who get the document.
	recipients = regexp.MustCompile(`^(?i:nơi nhận)\s*(?:$|[:.;(]|\p{Lu}{2}|[TK]/)`)
	// enacting are the words of a decision below the office that decides.
	enacting = regexp.MustCompile(`^(?i:căn cứ|xét|theo đề nghị|điều \d)|^(?:QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:`)
	signedBy = regexp.MustCompile(`^\((?i:đã ký|ký|chữ ký|ký tên)[^)]*\)$|^(?i:đã ký)$`)
)

// isSigning reports whether a line is of a signature, and can be of nothing else.
func isSigning(line string) bool {
	line = oneLine(line)
	return recipients.MatchString(line) || signs.MatchString(line) && inCapitals(line) || signedBy.MatchString(line)
}

// takeSignature takes recipients and signature out of the blocks. What stands below
// them, an annex, stays.
func takeSignature(blocks []block, official bool) ([]string, []block) {
	const most = 60 // blocks of the end that are looked at
	for i := max(0, len(blocks)-most); i < len(blocks); i++ {
		switch b := blocks[i].(type) {
		case *table:
			if got := signingTable(b); got != nil && ends(blocks[i+1:]) {
				return got, slices.Concat(blocks[:i], blocks[i+1:])
			}
		case *para:
			if !official && !(signs.MatchString(oneLine(plain(b.runs))) && inCapitals(plain(b.runs))) && !recipients.MatchString(oneLine(plain(b.runs))) || b.item != nil || shows(b.runs) || !isSigning(plain(b.runs)) || b.role == heading {
				continue
			}
			end, lines := i, []string(nil)
			for end < len(blocks) && len(lines) < maxSigning && signingPara(blocks[end]) {
				if text := oneLine(plain(blocks[end].(*para).runs)); text != "" {
					lines = append(lines, text)
				}
				end++
			}
			if end < len(blocks) {
				if got, ok := blocks[end].(*table); ok {
					if more := signingTable(got); more != nil {
						lines = append(lines, more...)
						end++
					}
				}
			}
			if ends(blocks[end:]) {
				return lines, slices.Concat(blocks[:i], blocks[end:])
			}
		}
	}
	return nil, blocks
}

// ends reports whether a document ends where the blocks begin: nothing comes, or an annex,
// or who wrote it.
func ends(blocks []block) bool {
	for _, b := range blocks {
		p, ok := b.(*para)
		if ok && blank(p.runs) {
			continue
		}
		if !ok {
			return true
		}
		if enacting.MatchString(oneLine(plain(p.runs))) {
			return false
		}
		text := viet.Fold(oneLine(plain(p.runs)))
		return shows(p.runs) || p.role == heading || authorLine.MatchString(oneLine(plain(p.runs))) || bold(p.runs) ||
			slices.ContainsFunc([]string{"phu luc", "danh sach", "bieu ", "mau "}, func(s string) bool { return strings.HasPrefix(text, s) })
	}
	return true
}

// signingPara reports whether a paragraph may belong to a signature: a short line.
func signingPara(b block) bool {
	p, ok := b.(*para)
	if !ok || shows(p.runs) || p.role == heading {
		return false
	}
	text := oneLine(plain(p.runs))
	if sentence := strings.HasSuffix(text, ".") && !strings.HasPrefix(text, "-") && len(strings.Fields(text)) > 6; sentence || enacting.MatchString(text) {
		return false
	}
	return len([]rune(text)) <= 80 && !strings.HasPrefix(viet.Fold(text), "phu luc") && !authorLine.MatchString(text)
}

// signingTable returns the lines of a table that holds recipients and signature.
func signingTable(t *table) (lines []string) {
	if len(t.rows) > 4 {
		return nil
	}
	sure := false
	for _, ro := range t.rows {
		if len(ro.cells) > 3 {
			return nil
		}
		for _, c := range ro.cells {
			picture := false
			each(c.blocks, func(p *para) {
				picture = picture || hasPicture(p.runs)
				for line := range strings.SplitSeq(plain(p.runs), "\n") {
					if line = oneLine(line); line != "" {
						sure = sure || isSigning(line)
						lines = append(lines, line)
					}
				}
			})
			if picture {
				return nil
			}
		}
	}
	if !sure || len(lines) > maxSigning || slices.ContainsFunc(lines, func(l string) bool { return len([]rune(l)) > maxTextExcerpt }) {
		return nil
	}
	return lines
}

// maxSigning is the most lines that recipients and signature have.
const maxSigning = maxNamedTexts / 2
