package plan

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mention is a place in a text where another document is named: the bytes
// [Start, End), the kind's name included where it stands before the number
// ("Kết luận số 93-KL/TW").
type Mention struct {
	Start, End int
	Number     string // "93-KL/TW"
}

// numberIn finds what looks like a document's number: 93-KL/TW, 2073/CTr-UBND,
// 30/2020/NĐ-CP, 202/2025/QH15, the old 991 KT/CTN, and 3236/TTr -SNN as it is typed.
var numberIn = regexp.MustCompile(`\d{1,5}[a-zđ]?(?:(?:/\d{4})?[-/]\p{Lu}[\p{L}\p{M}\d]*(?:[-/.]\p{Lu}[\p{L}\p{M}\d]*| -\p{Lu}{2,}\d*)*| \p{Lu}{2,}/\p{Lu}{2,})`)

// abbreviations are those of the kinds of documents, which name the kind where the
// text does not, and make a number sure that no "số" stands before.
var abbreviations = map[string]string{
	"NQ": "Nghị quyết", "CT": "Chỉ thị", "KL": "Kết luận", "QĐ": "Quyết định", "QĐi": "Quy định", "QC": "Quy chế", "HD": "Hướng dẫn",
	"KH": "Kế hoạch", "CTr": "Chương trình", "CTrHĐ": "Chương trình hành động", "TB": "Thông báo", "TT": "Thông tư", "BC": "Báo cáo",
	"TTr": "Tờ trình", "NĐ": "Nghị định", "ĐA": "Đề án", "PA": "Phương án", "CV": "Công văn", "CĐ": "Công điện", "PL": "Pháp lệnh",
	"TTLT": "Thông tư liên tịch", "NQLT": "Nghị quyết liên tịch", "QH": "", "UBTVQH": "", "HĐBT": "", "CP": "", "KT": "",
}

// Windows around a number, in bytes, in which its kind, date and issuer are
// looked for: some lines of text.
const (
	kindWindow   = 120
	detailWindow = 400
)

// found is a mention with what the text says of the document.
type found struct {
	Mention
	kind, issuer, date string
	number             int // where the number itself begins
}

// mentions finds the documents named in a text. own is the number that is no
// citation, the document's own.
func mentions(text, own string) []found {
	var all []found
	for _, m := range numberIn.FindAllStringIndex(text, -1) {
		number := compose(strings.ReplaceAll(text[m[0]:m[1]], " -", "-"))
		if number == own || !stands(text, m[0]) {
			continue
		}
		kind, start, so := kindBefore(text, m[0])
		abbreviated, known := kindOf(number)
		if !so && (!known || strings.Contains(number, " ")) || capitals(number) < 2 {
			continue
		}
		f := found{Mention: Mention{start, m[1], number}, kind: kind, number: m[0]}
		if kind == "" {
			f.kind = abbreviated
		}
		f.date, f.issuer = details(text[m[1]:clip(text, m[1]+detailWindow)])
		all = append(all, f)
	}
	return all
}

// Mentions returns where one of the document's texts names other documents.
func (d *Document) Mentions(text string) []Mention {
	var all []Mention
	for _, f := range mentions(text, d.Number) {
		all = append(all, f.Mention)
	}
	return all
}

// Numbers returns where a text that is no plan's, composed (NFC), names documents.
func Numbers(text string) []Mention {
	var all []Mention
	for _, f := range mentions(text, "") {
		f.Start = f.number
		all = append(all, f.Mention)
	}
	return all
}

// citations collects the documents cited in all texts.
func (d *Document) citations() []Citation {
	var all []Citation
	index := map[string]int{}
	d.texts(func(at, text string) {
		if at == "" {
			return
		}
		for _, f := range mentions(text, d.Number) {
			i, ok := index[f.Number]
			if !ok {
				i = len(all)
				index[f.Number] = i
				all = append(all, Citation{Number: f.Number})
			}
			c := &all[i]
			c.Kind, c.Issuer, c.Date = cmp.Or(c.Kind, f.kind), cmp.Or(c.Issuer, f.issuer), cmp.Or(c.Date, f.date)
			// Texts of one place follow one another.
			if n := len(c.At); n == 0 || c.At[n-1] != at {
				c.At = append(c.At, at)
			}
		}
	})
	return all
}

// stands reports whether the number at i begins there, not within a longer one.
func stands(text string, i int) bool {
	r := lastRune(text[:i])
	return i == 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-/.,", r)
}

func capitals(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// kindOf returns the kind that a number's abbreviation stands for, and whether it
// holds one that is known.
func kindOf(number string) (string, bool) {
	for part := range strings.FieldsFuncSeq(number, func(r rune) bool { return strings.ContainsRune("-/. ", r) }) {
		if kind, ok := abbreviations[strings.TrimRightFunc(part, unicode.IsDigit)]; ok {
			return kind, true
		}
	}
	return "", false
}

// kindBefore reads "Kết luận số " in front of a number at i: the kind, where the
// mention begins, and whether the word "số" is there.
func kindBefore(text string, i int) (kind string, start int, so bool) {
	from := max(0, i-kindWindow)
	for from < i && !utf8.RuneStart(text[from]) {
		from++
	}
	sh := foldText(text[from:i])
	s := strings.TrimRight(sh.s, " ")
	start = i
	if t, ok := strings.CutSuffix(strings.TrimRight(s, ": "), "so"); ok && (t == "" || strings.ContainsRune(" (", rune(t[len(t)-1]))) {
		so = true
		s = strings.TrimRight(t, " ")
	}
	for k, folded := range foldedKinds {
		if t, ok := strings.CutSuffix(s, folded); ok && (t == "" || strings.ContainsRune(" (“\"", lastRune(t))) {
			// The first of the list is the longest.
			return kinds[k], from + sh.at[len(t)], so
		}
	}
	return lawBefore(s), start, so
}

// lawBefore finds the kind in "Luật Khoa học và Công nghệ số 29/2013/QH13", whose
// name stands between kind and number.
func lawBefore(s string) string {
	s = s[1+strings.LastIndexAny(s, ",;:."):]
	for i, folded := range foldedKinds {
		switch kinds[i] {
		case "Bộ luật", "Luật", "Pháp lệnh":
			if j := strings.LastIndex(s, folded+" "); j == 0 || j > 0 && s[j-1] == ' ' {
				return kinds[i]
			}
		}
	}
	return ""
}

// Patterns of what follows a number.
var (
	dateAfter = regexp.MustCompile(`(?i)^,? ?\(?ngày (\d{1,2})(?:[/.-](\d{1,2})[/.-]| tháng (\d{1,2}) năm )(\d{4})\)?`)
	ofAfter   = regexp.MustCompile(`^,? ?của `)
	termAfter = regexp.MustCompile(`^ \([Kk]h(?:óa|oá) [IVXL\d]+\)`)
)

// details reads ", ngày 20/11/2020 của Ban Bí thư Trung ương Đảng" behind a
// number, in either order.
func details(text string) (date, issuer string) {
	text = compose(text)
	if text, date = dateIn(text); date != "" {
		issuer, _ = issuerIn(text)
		return date, issuer
	}
	issuer, text = issuerIn(text)
	_, date = dateIn(text)
	return date, issuer
}

// dateIn reads a date at the beginning of the text and returns what follows.
func dateIn(text string) (rest, date string) {
	m := dateAfter.FindStringSubmatch(text)
	if m == nil {
		return text, ""
	}
	date, _ = isoDate(m[1], m[2]+m[3], m[4])
	return text[len(m[0]):], date
}

// issuerIn reads "của …" at the beginning of the text and returns what follows.
func issuerIn(text string) (issuer, rest string) {
	m := ofAfter.FindString(text)
	s := text[len(m):]
	n := issuerLength(s)
	n += len(termAfter.FindString(s[n:]))
	if m == "" || !startsUpper(s[:n]) {
		return "", text
	}
	return s[:n], s[n:]
}

// afterIssuer are words that end the name of an issuing body: they follow names and occur
// in none.
var afterIssuer = []string{
	"về", "quy định", "sửa đổi", "bổ sung", "ban hành", "hướng dẫn", "phê duyệt", "thực hiện", "triển khai", "tiếp tục", "tại", "đã", "được",
	"là", "có", "cho", "trong", "theo", "nhằm", "để", "ngày", "số", "này", "do", "khi", "đối", "đến", "từ", "ở", "nếu", "với", "còn", "nêu", "yêu cầu",
	"và các", "V/v", "v/v", "giao", "điều chỉnh", "thành lập", "công bố", "kèm", "trình", "gửi", "chỉ đạo", "thay thế", "bãi bỏ",
}

// closed are names of bodies that are complete: a lower-case word after one is not part of
// it.
var closed = []string{"Quốc hội", "Chính phủ", "Bộ Chính trị"}

// goesOnList reports whether, behind a comma, a body's name goes on: "Bộ Lao động,
// Thương binh và Xã hội". What follows ends in "và" and one more, and is no other body.
func goesOnList(rest string) bool {
	if !startsUpper(rest) || !strings.Contains(rest[:min(len(rest), prefixWindow)], " và ") || isBody(rest) || beginsWith(rest, foldedKinds) {
		return false
	}
	words := strings.SplitN(rest, " ", 8)
	for i, w := range words[:len(words)-1] {
		next := strings.Join(words[i+1:], " ")
		switch {
		case w == "và":
			return i > 0 && startsUpper(next) && !isBody(next) && !beginsWith(next, foldedKinds)
		case strings.ContainsAny(w, ",;.:("):
			return false
		}
	}
	return false
}

// issuerLength returns how much of the text is a body's name.
func issuerLength(s string) int {
	for end := 0; end < len(s); {
		rest := s[end:]
		word, next, _ := strings.Cut(rest, " ")
		follows := func(stop string) bool {
			after, ok := strings.CutPrefix(rest, stop)
			return ok && (after == "" || !unicode.IsLetter(firstRune(after)))
		}
		if strings.HasPrefix(word, "(") || slices.ContainsFunc(afterIssuer, follows) || word == "và" && beginsWith(next, foldedKinds) {
			return max(0, end-1)
		}
		if bare := strings.TrimRight(word, ",;.:)”\""); bare != word && !(word == bare+"," && goesOnList(next)) {
			return end + len(bare)
		}
		if next != "" && startsLower(next) && slices.ContainsFunc(closed, func(name string) bool { return strings.HasSuffix(s[:end+len(word)], name) }) &&
			!strings.HasPrefix(next, "nước ") && !strings.HasPrefix(next, "khóa ") && !strings.HasPrefix(next, "khoá ") {
			return end + len(word)
		}
		end += len(word) + 1
	}
	return len(s)
}
