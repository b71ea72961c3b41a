package viet

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// typeCodes are what the numbers of documents say of their type: 42-CT/TW is a Chỉ thị.
var typeCodes = map[string]string{
	"CT": "Chỉ thị", "KL": "Kết luận", "KH": "Kế hoạch", "NQ": "Nghị quyết", "NQLT": "Nghị quyết liên tịch", "NĐ": "Nghị định", "QĐ": "Quyết định", "QĐi": "Quy định", "QyĐ": "Quy định",
	"QC": "Quy chế", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "CV": "Công văn", "BC": "Báo cáo", "CTr": "Chương trình", "CTrHĐ": "Chương trình hành động", "CTHĐ": "Chương trình hành động",
	"HD": "Hướng dẫn", "TB": "Thông báo", "TTr": "Tờ trình", "ĐA": "Đề án", "PA": "Phương án", "PL": "Pháp lệnh", "VBHN": "Văn bản hợp nhất", "CĐ": "Công điện", "TL": "Thể lệ", "GM": "Giấy mời", "BB": "Biên bản",
}

// issuerCodes are what the numbers of documents say of who issued them.
var issuerCodes = map[string]string{
	"TW": "Trung ương", "TƯ": "Trung ương", "TU": "Tỉnh ủy", "HU": "Huyện ủy", "ĐU": "Đảng ủy", "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "CTN": "Chủ tịch nước",
	"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc", "MTTW": "Mặt trận Trung ương", "VPTW": "Văn phòng Trung ương", "BTGTW": "Ban Tuyên giáo Trung ương", "BTCTW": "Ban Tổ chức Trung ương",
	"BTGTU": "Ban Tuyên giáo Tỉnh ủy", "BTGDVTU": "Ban Tuyên giáo và Dân vận Tỉnh ủy", "VPTU": "Văn phòng Tỉnh ủy", "LHH": "Liên hiệp hội", "LHHVN": "Liên hiệp hội Việt Nam", "BTC": "Bộ Tài chính", "BTV": "Ban Thường vụ",
	"BKHCN": "Bộ Khoa học và Công nghệ", "BNV": "Bộ Nội vụ", "BGDĐT": "Bộ Giáo dục và Đào tạo", "BYT": "Bộ Y tế", "BCT": "Bộ Công Thương", "BTP": "Bộ Tư pháp", "BTTTT": "Bộ Thông tin và Truyền thông", "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
	"BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn", "BTNMT": "Bộ Tài nguyên và Môi trường", "BXD": "Bộ Xây dựng", "BCA": "Bộ Công an", "BQP": "Bộ Quốc phòng", "BCĐ": "Ban Chỉ đạo", "BCH": "Ban Chấp hành", "ĐĐ": "Đảng đoàn",
	"SKHCN": "Sở Khoa học và Công nghệ", "SNV": "Sở Nội vụ", "VPCP": "Văn phòng Chính phủ",
}

// assemblies are the bodies whose code ends with the number of a term: QH15.
var assemblies = map[string]string{"QH": "Quốc hội khóa", "UBTVQH": "Ủy ban Thường vụ Quốc hội khóa"}

// shortened are other abbreviations, with what is said for them. Degrees and titles of
// people are those of [SpelledOut].
var shortened = map[string]string{
	"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc", "TW": "Trung ương", "TƯ": "Trung ương", "T.Ư": "Trung ương", "BTV": "Ban Thường vụ", "BCH": "Ban Chấp hành", "BCĐ": "Ban Chỉ đạo",
	"BCS": "Ban Cán sự", "TU": "Tỉnh ủy", "QH": "Quốc hội", "ĐBQH": "đại biểu Quốc hội", "TTg": "Thủ tướng", "CP": "Chính phủ", "VN": "Việt Nam", "VUSTA": "Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam", "LHH": "Liên hiệp hội",
	"KH&KT": "Khoa học và Kỹ thuật", "KHKT": "khoa học kỹ thuật", "KH-KT": "khoa học kỹ thuật", "KH&CN": "khoa học và công nghệ", "KHCN": "khoa học và công nghệ", "KH-CN": "khoa học công nghệ", "KHXH": "khoa học xã hội", "CNTT": "công nghệ thông tin", "CĐS": "chuyển đổi số",
	"CNH": "công nghiệp hóa", "HĐH": "hiện đại hóa", "KT-XH": "kinh tế xã hội", "KTXH": "kinh tế xã hội", "QP-AN": "quốc phòng an ninh", "QPAN": "quốc phòng an ninh", "ĐMST": "đổi mới sáng tạo", "NTM": "nông thôn mới", "SX": "sản xuất", "KD": "kinh doanh",
	"TP": "thành phố", "Tp": "thành phố", "TX": "thị xã", "HCM": "Hồ Chí Minh", "TPHCM": "Thành phố Hồ Chí Minh", "TP.HCM": "Thành phố Hồ Chí Minh", "CLB": "câu lạc bộ", "HTX": "hợp tác xã", "DN": "doanh nghiệp", "THPT": "trung học phổ thông", "THCS": "trung học cơ sở",
	"ĐH": "Đại học", "ĐHQG": "Đại học Quốc gia", "CBCC": "cán bộ, công chức", "CBCCVC": "cán bộ, công chức, viên chức", "GDĐT": "giáo dục và đào tạo", "GD&ĐT": "giáo dục và đào tạo", "NN&PTNT": "nông nghiệp và phát triển nông thôn", "TN&MT": "tài nguyên và môi trường",
	"ATTP": "an toàn thực phẩm", "BVMT": "bảo vệ môi trường", "BHYT": "bảo hiểm y tế", "BHXH": "bảo hiểm xã hội", "GDP": "tổng sản phẩm trong nước", "GRDP": "tổng sản phẩm trên địa bàn", "NXB": "Nhà xuất bản", "PCT": "Phó Chủ tịch", "CT": "Chủ tịch", "TTXVN": "Thông tấn xã Việt Nam", "v.v": "vân vân",
	"T/M": "Thay mặt", "TM": "Thay mặt", "K/T": "Ký thay", "T/L": "Thừa lệnh", "Đ/c": "Đồng chí", "đ/c": "đồng chí", "QĐ": "Quyết định", "NQ": "Nghị quyết", "KL": "Kết luận", "NĐ": "Nghị định", "KH": "Kế hoạch", "BC": "Báo cáo", "ĐVT": "đơn vị tính", "STT": "số thứ tự",
}

// units are said in words behind a number.
var units = map[string]string{
	"km/h": "ki-lô-mét một giờ", "km": "ki-lô-mét", "m": "mét", "cm": "xăng-ti-mét", "mm": "mi-li-mét", "m2": "mét vuông", "m²": "mét vuông", "km2": "ki-lô-mét vuông", "km²": "ki-lô-mét vuông", "m3": "mét khối", "m³": "mét khối",
	"ha": "héc-ta", "kg": "ki-lô-gam", "g": "gam", "mg": "mi-li-gam", "l": "lít", "đ": "đồng", "VNĐ": "đồng", "VND": "đồng", "USD": "đô la Mỹ", "kW": "ki-lô-oát", "MW": "mê-ga-oát", "kWh": "ki-lô-oát giờ", "°C": "độ C",
}

// numbered are the words behind which even one letter is a Roman numeral.
var numbered = map[string]bool{"phần": true, "khóa": true, "khoá": true, "thứ": true, "lần": true, "hội": true, "hạng": true, "quý": true, "kỷ": true, "chương": true, "mục": true, "nhóm": true, "kỳ": true, "đợt": true, "loại": true, "bậc": true, "tập": true, "vòng": true, "cấp": true, "khu": true, "đoạn": true}

// dayWords are the words behind which 1/7 is a day.
var dayWords = map[string]bool{"ngày": true, "mùng": true, "mồng": true, "sáng": true, "trưa": true, "chiều": true, "tối": true, "đêm": true, "lễ": true, "dịp": true, "hôm": true, "nay": true}

// What is read otherwise than it is written, at the beginning of a text.
var (
	documentNumber  = regexp.MustCompile(`^(\d{1,5})(?:/((?:19|20)\d\d))?[-/](\p{Lu}[\p{L}&]{1,9}\d{0,2}(?:[-/]\p{Lu}[\p{L}&]{0,9}\d{0,2}){0,3})`)
	wholeDate       = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})([/.-])((?:1[0-9]|20)\d\d)`)
	dateRange       = regexp.MustCompile(`^(\d{1,2}) ?[-–] ?(\d{1,2})/(\d{1,2})(?:/((?:1[0-9]|20)\d\d))?`)
	monthAndYear    = regexp.MustCompile(`^(\d{1,2})/((?:1[0-9]|20)\d\d)`)
	clockTime       = regexp.MustCompile(`^(\d{1,2})(?:h|g|:)(\d\d)`)
	clockHour       = regexp.MustCompile(`^(\d{1,2})h`)
	fraction        = regexp.MustCompile(`^(\d{1,2})/(\d{1,3})`)
	numberRange     = regexp.MustCompile(`^(\d+(?:[.,]\d+){0,5}) ?[-–] ?(\d+(?:[.,]\d+){0,5})`)
	decimalNumber   = regexp.MustCompile(`^(\d{1,3}(?:\.\d{3}){1,4}|\d+)(?:,(\d+))?`)
	provisionCode   = regexp.MustCompile(`^([IVX]+)((?:\.\d{1,2}){1,4})`)
	provisionNumber = regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){1,4})\.? `)
	romanNumeral    = regexp.MustCompile(`^[IVXLC]+`)
	unitBehind      = regexp.MustCompile(`^ ?(km/h|km²|km2|m²|m2|m³|m3|km|cm|mm|kWh|kW|MW|kg|mg|ha|°C|VNĐ|VND|USD|đ|m|g|l)`)
	abbreviation    = regexp.MustCompile(`^(?:T\.Ư|v\.v|TP\.HCM|[ĐđTK]/[cMTL]|[\p{Lu}]\p{L}*(?:[&-]\p{Lu}\p{L}*)?)`)
	wholeWord       = regexp.MustCompile(`^[\p{L}\p{M}\p{N}_]+`)
)

// Spoken returns a text as it is to be read aloud: numbers of documents, days, Roman
// numerals, abbreviations, amounts and signs in words ("42-CT/TW" is "bốn mươi hai, Chỉ thị
// Trung ương"). It is for one sentence, heading or line; white space is joined.
func Spoken(text string) string {
	s := speaker{rest: spaced(quieted(text))}
	s.label()
	if isShoutedText(s.rest) {
		s.rest = lowered(s.rest)
	}
	for s.rest != "" {
		s.next()
	}
	return tidied(s.out.String())
}

// isShoutedText reports whether a text of several words has capitals alone, which voices
// spell letter by letter.
func isShoutedText(text string) bool {
	words := 0
	for w := range strings.FieldsSeq(text) {
		if strings.IndexFunc(w, unicode.IsLower) >= 0 {
			return false
		}
		if n := utf8.RuneCountInString(w); n > 1 && Roman(strings.Trim(w, ".,;:")) == 0 && strings.IndexFunc(w, unicode.IsDigit) < 0 {
			words++
		}
	}
	return words > 1
}

// lowered writes a text of capitals in small letters, but for what is one sign: a number of
// a document, a numeral, an abbreviation.
func lowered(text string) string {
	words := strings.Split(text, " ")
	first := true
	for i, w := range words {
		bare := strings.Trim(w, ".,;:()")
		if _, known := inFull(bare); known || Roman(bare) > 0 || strings.ContainsAny(w, "0123456789&/") {
			first = false
			continue
		}
		words[i] = strings.ToLower(w)
		if first && w != "" {
			words[i], first = upperFirst(words[i]), false
		}
	}
	return strings.Join(words, " ")
}

// quieted leaves out the signs that nobody reads.
func quieted(text string) string {
	return strings.NewReplacer(".”.", ".", ".\".", ".", "“", "", "”", "", "\"", "", "«", "", "»", "", "./.", ".", "…", ",", "*", "", "•", "", "·", ",", "&amp;", "&", "\u00ad", "").Replace(text)
}

// speaker reads a text from its beginning to its end.
type speaker struct {
	rest   string
	out    strings.Builder
	before string    // the word that was read last, in small letters; "" behind anything else
	recent [4]string // the last words, the latest last
}

// label reads what numbers a provision, at the beginning of its words.
func (s *speaker) label() {
	if code, rest, found := strings.Cut(s.rest, ". "); found {
		if n := Roman(code); n > 0 {
			s.say(upperFirst(Cardinal(strconv.Itoa(n))) + ". ")
			s.rest = rest
		}
	}
	s.rest = strings.TrimLeft(s.rest, "-–+ ")
	if m := provisionNumber.FindStringSubmatch(s.rest); m != nil {
		s.take(len(m[1]), strings.ReplaceAll(digitsIn(m[1]), ".", " chấm "))
	}
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

func (s *speaker) say(words string) {
	s.out.WriteString(words)
}

// take reads n bytes as the words given.
func (s *speaker) take(n int, words string) {
	s.say(words)
	s.rest = s.rest[n:]
	s.remember("")
}

func (s *speaker) remember(word string) {
	s.before = strings.ToLower(word)
	copy(s.recent[:], s.recent[1:])
	s.recent[len(s.recent)-1] = s.before
}

// next reads a number, a word or a sign.
func (s *speaker) next() {
	r, size := utf8.DecodeRuneInString(s.rest)
	switch {
	case unicode.IsDigit(r) && r < utf8.RuneSelf:
		s.number()
	case unicode.IsLetter(r):
		s.word()
	case r == ' ':
		s.space()
	default:
		s.sign(r, size)
	}
}

// number reads what begins with a digit.
func (s *speaker) number() {
	if m := documentNumber.FindStringSubmatch(s.rest); m != nil && s.ends(len(m[0])) {
		s.take(len(m[0]), s.document(m[1], m[2], m[3]))
		return
	}
	if m := wholeDate.FindStringSubmatch(s.rest); m != nil && m[2] == m[4] && isDay(m[1], m[3]) && s.ends(len(m[0])) {
		s.take(len(m[0]), s.day(m[1])+" "+month(m[3])+" năm "+Cardinal(m[5]))
		return
	}
	if m := dateRange.FindStringSubmatch(s.rest); m != nil && isDay(m[1], m[3]) && isDay(m[2], m[3]) && s.ends(len(m[0])) {
		words := s.day(m[1]) + " đến ngày " + Cardinal(m[2]) + " " + month(m[3])
		if m[4] != "" {
			words += " năm " + Cardinal(m[4])
		}
		s.take(len(m[0]), words)
		return
	}
	if m := monthAndYear.FindStringSubmatch(s.rest); m != nil && isDay("1", m[1]) && s.ends(len(m[0])) {
		words := month(m[1]) + " năm " + Cardinal(m[2])
		if s.before == "tháng" {
			words = strings.TrimPrefix(words, "tháng ")
		}
		s.take(len(m[0]), words)
		return
	}
	if m := clockTime.FindStringSubmatch(s.rest); m != nil && s.ends(len(m[0])) {
		words := Cardinal(m[1]) + " giờ"
		if m[2] != "00" {
			words += " " + Cardinal(m[2])
		}
		s.take(len(m[0]), words)
		return
	}
	if m := clockHour.FindStringSubmatch(s.rest); m != nil && s.ends(len(m[0])) {
		s.take(len(m[0]), Cardinal(m[1])+" giờ")
		return
	}
	if m := fraction.FindStringSubmatch(s.rest); m != nil && s.ends(len(m[0])) {
		if dayWords[s.before] && isDay(m[1], m[2]) {
			s.take(len(m[0]), s.day(m[1])+" "+month(m[2]))
		} else {
			s.take(len(m[0]), Cardinal(m[1])+" trên "+Cardinal(m[2]))
		}
		return
	}
	if m := numberRange.FindStringSubmatch(s.rest); m != nil && s.ends(len(m[0])) {
		s.take(len(m[0]), amount(m[1])+" đến "+amount(m[2]))
		s.unit()
		return
	}
	m := decimalNumber.FindString(s.rest)
	words := amount(m)
	if m == "4" && (s.before == "tháng" || s.before == "thứ") {
		words = "tư"
	}
	if m == "1" && s.before == "thứ" {
		words = "nhất"
	}
	s.take(len(m), words)
	s.unit()
}

// ends reports whether nothing that belongs to a word or a number stands behind n bytes.
func (s *speaker) ends(n int) bool {
	r, size := utf8.DecodeRuneInString(s.rest[n:])
	if r == '/' || r == '-' || r == '.' || r == ',' {
		r, _ = utf8.DecodeRuneInString(s.rest[n+size:])
		return !unicode.IsDigit(r) && !(s.rest[n] == '/' && unicode.IsLetter(r))
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// unit reads a unit or a percent sign behind a number, and parts a number from a letter
// that is stuck to it.
func (s *speaker) unit() {
	for _, sign := range []string{"%", " %", "‰"} {
		if strings.HasPrefix(s.rest, sign) {
			words := " phần trăm"
			if sign == "‰" {
				words = " phần nghìn"
			}
			s.take(len(sign), words)
			return
		}
	}
	if m := unitBehind.FindStringSubmatch(s.rest); m != nil && s.ends(len(m[0])) {
		s.take(len(m[0]), " "+units[m[1]])
		return
	}
	if r, _ := utf8.DecodeRuneInString(s.rest); unicode.IsLetter(r) {
		s.say(" ")
	}
}

// amount is a number with its points, by which thousands are parted, and its comma.
func amount(text string) string {
	m := decimalNumber.FindStringSubmatch(text)
	if m == nil || len(m[0]) < len(text) { // a version, an address of a network: part by part
		return strings.NewReplacer(".", " chấm ", ",", " phẩy ").Replace(digitsIn(text))
	}
	words := Cardinal(strings.ReplaceAll(m[1], ".", ""))
	if m[2] != "" {
		decimals := Cardinal(m[2])
		if len(m[2]) > 2 || m[2][0] == '0' {
			decimals = spelledDigits(m[2])
		}
		words += " phẩy " + decimals
	}
	return words
}

var digitRun = regexp.MustCompile(`\d+`)

func digitsIn(text string) string { return digitRun.ReplaceAllStringFunc(text, Cardinal) }

// isDay reports whether two numbers can be a day and its month.
func isDay(day, month string) bool {
	d, _ := strconv.Atoi(day)
	m, _ := strconv.Atoi(month)
	return 1 <= d && d <= 31 && 1 <= m && m <= 12
}

// day is the day's number, with the word for it unless that was just read.
func (s *speaker) day(n string) string {
	if s.before == "ngày" || s.before == "mùng" || s.before == "mồng" {
		return Cardinal(n)
	}
	return "ngày " + Cardinal(n)
}

func month(n string) string {
	if strings.TrimLeft(n, "0") == "4" {
		return "tháng tư"
	}
	return "tháng " + Cardinal(n)
}

// document is the number of a document. Its type is said unless it stands just before it.
func (s *speaker) document(number, year, codes string) string {
	words := Cardinal(number)
	if year != "" {
		words += " năm " + Cardinal(year)
	}
	parts := strings.FieldsFunc(codes, func(r rune) bool { return r == '-' || r == '/' })
	var said []string
	for i, code := range parts {
		if name, known := typeCodes[code]; known && i == 0 {
			if !s.justNamed(name) {
				said = append(said, name)
			}
			continue
		}
		said = append(said, issuer(code))
	}
	if len(said) == 0 {
		return words
	}
	return words + ", " + strings.Join(said, " ")
}

// justNamed reports whether a type of document is among the last words.
func (s *speaker) justNamed(name string) bool {
	words := strings.Fields(strings.ToLower(name))
	for at := 0; at+len(words) <= len(s.recent); at++ {
		same := true
		for i, w := range words {
			same = same && s.recent[at+i] == w
		}
		if same {
			return true
		}
	}
	return false
}

// issuer is what a part of a document's number says; of one that nobody knows the letters
// are left for the voice to spell.
func issuer(code string) string {
	if name, known := issuerCodes[code]; known {
		return name
	}
	letters := strings.TrimRight(code, "0123456789")
	if name, known := assemblies[letters]; known && len(letters) < len(code) {
		return name + " " + Cardinal(code[len(letters):])
	}
	if name, known := shortened[code]; known {
		return name
	}
	if name, known := typeCodes[code]; known {
		return name
	}
	return code
}

// word reads what begins with a letter.
func (s *speaker) word() {
	if m := provisionCode.FindStringSubmatch(s.rest); m != nil && Roman(m[1]) > 0 && s.ends(len(m[0])) {
		s.take(len(m[0]), s.provision(Roman(m[1]), m[2]))
		return
	}
	if m := romanNumeral.FindString(s.rest); m != "" && s.ends(len(m)) {
		if n := Roman(m); n > 0 && (numbered[s.before] || len(m) > 1 && strings.Trim(m, "IVX") == "") {
			s.take(len(m), ordinal(n, s.before))
			return
		}
	}
	if m := abbreviation.FindString(s.rest); m != "" && s.ends(len(m)) {
		if words, known := inFull(m); known {
			n := len(m)
			for _, dot := range []string{"…", "."} {
				if strings.HasPrefix(s.rest[n:], dot) && len(s.rest) > n+len(dot) {
					n += len(dot) // it ends the abbreviation, not the sentence
					break
				}
			}
			if r, _ := utf8.DecodeRuneInString(s.rest[n:]); unicode.IsLetter(r) {
				words += " " // PGS.TS.
			}
			s.take(n, words)
			s.remember(words)
			return
		}
	}
	m := wholeWord.FindString(s.rest)
	s.say(m)
	s.rest = s.rest[len(m):]
	s.remember(m)
}

// inFull is what an abbreviation stands for.
func inFull(m string) (string, bool) {
	if words, known := shortened[m]; known {
		return words, true
	}
	if words := SpelledOut(m); words != m {
		return words, true
	}
	return "", false
}

// ordinal is a Roman numeral in words; behind "thứ", two have words of their own.
func ordinal(n int, before string) string {
	if before == "thứ" {
		switch n {
		case 1:
			return "nhất"
		case 4:
			return "tư"
		}
	}
	return Cardinal(strconv.Itoa(n))
}

// provision is the place of a provision: "II.1.2" is "phần hai, mục một, ý hai".
func (s *speaker) provision(part int, rest string) string {
	words := Cardinal(strconv.Itoa(part))
	if s.before != "phần" {
		words = "phần " + words
	}
	for i, n := range strings.Split(strings.TrimPrefix(rest, "."), ".") {
		name := "ý"
		if i == 0 {
			name = "mục"
		}
		words += ", " + name + " " + Cardinal(n)
	}
	return words
}

// space reads a space, and a dash between spaces: that of a compound (kinh tế - xã hội) is
// none, and a long one parts what it stands between.
func (s *speaker) space() {
	for _, dash := range []string{" - ", " – ", " — "} {
		if strings.HasPrefix(s.rest, dash) {
			words := ", "
			if dash == " - " {
				words = " "
			}
			s.say(words)
			s.rest = s.rest[len(dash):]
			return
		}
	}
	s.say(" ")
	s.rest = s.rest[1:]
}

// sign reads any other character.
func (s *speaker) sign(r rune, size int) {
	words := s.rest[:size]
	switch r {
	case '&':
		words = " và "
	case '+':
		words = " cộng "
	case '=':
		words = " bằng "
	case '%':
		words = " phần trăm"
	case '(', '[':
		words = ", "
	case ')', ']':
		words = ","
	case '/':
		words = ", "
	case '-', '–', '—':
		words = " "
	}
	s.say(words)
	s.rest = s.rest[size:]
	if !unicode.IsSpace(r) {
		s.remember("")
	}
}

var (
	spaceBeforeSign = regexp.MustCompile(`\s+([,.;:?!])`)
	twoSigns        = regexp.MustCompile(`[,;:]+(?:\s*[,])*([,.;:?!])`)
	signAtStart     = regexp.MustCompile(`^[\s,;:]+`)
)

// tidied puts signs where a reader pauses once.
func tidied(s string) string {
	s = spaced(s)
	s = spaceBeforeSign.ReplaceAllString(s, "$1")
	s = twoSigns.ReplaceAllString(s, "$1")
	return strings.TrimRight(signAtStart.ReplaceAllString(s, ""), " ,;:")
}
