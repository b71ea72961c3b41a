package viet

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// abbreviations are honorifics in letters, as they are written. None can be read as
// a syllable of a name, so case does not matter.
var abbreviations = strings.Fields(`
	GS PGS TS TSKH KH ThS ThSKH CN
	BS BSNT CKI CKII CK1 CK2 BSCKI BSCKII BSCK1 BSCK2 DS DSCKI DSCKII DSCK1 DSCK2 DSĐH BSĐK ĐDCKI CNĐD
	KS KSC KSCC KTS LS VS CV CVC CVCC GVC GVCC NCS NCVC NCVCC
	NGND NGƯT TTND TTƯT NSND NSƯT NNND NNƯT AHLĐ AHLLVT AHLLVTND VNAH
	Dr Prof PhD MD MSc`)

// spelledOut are the words of the abbreviations that degrees are also written in.
var spelledOut = map[string]string{
	"GS": "Giáo sư", "PGS": "Phó Giáo sư", "TS": "Tiến sĩ", "TSKH": "Tiến sĩ khoa học", "ThS": "Thạc sĩ", "CN": "Cử nhân", "VS": "Viện sĩ",
	"BS": "Bác sĩ", "DS": "Dược sĩ", "KS": "Kỹ sư", "KTS": "Kiến trúc sư", "LS": "Luật sư", "CKI": "Chuyên khoa I", "CKII": "Chuyên khoa II",
	"NGND": "Nhà giáo Nhân dân", "NGƯT": "Nhà giáo Ưu tú", "TTND": "Thầy thuốc Nhân dân", "TTƯT": "Thầy thuốc Ưu tú", "AHLĐ": "Anh hùng Lao động",
}

// SpelledOut returns an abbreviated honorific in full ("Giáo sư" for "GS"), if it is
// known.
func SpelledOut(honorific string) string {
	if words, known := spelledOut[honorific]; known {
		return words
	}
	return honorific
}

// phrases are honorifics in words, as they are written. None is the beginning of
// another followed by a third, so that a row of them can be read in one way only.
var phrases = []string{
	"Giáo sư", "Phó Giáo sư", "Viện sĩ", "Tiến sĩ", "Tiến sĩ khoa học", "Thạc sĩ", "Cử nhân",
	"Bác sĩ", "Bác sĩ nội trú", "Thầy thuốc", "Dược sĩ", "Lương y", "Chuyên khoa I", "Chuyên khoa II", "Chuyên khoa 1", "Chuyên khoa 2",
	"Chuyên khoa cấp I", "Chuyên khoa cấp II", "Chuyên khoa cấp 1", "Chuyên khoa cấp 2",
	"Kỹ sư", "Kỹ sư chính", "Kỹ sư cao cấp", "Kiến trúc sư", "Luật sư", "Nhà giáo", "Nhà báo", "Nhà văn", "Nhà thơ", "Nhà khoa học", "Nhà nghiên cứu",
	"Luật gia", "Nhà toán học", "Nhà vật lý", "Nhà hóa học", "Nhà sử học", "Nhạc sĩ", "Họa sĩ", "Nghệ sĩ", "Nghệ nhân", "Linh mục", "Thượng tọa", "Hòa thượng", "Đại đức", "Ni sư", "Mục sư",
	"Nhà giáo Nhân dân", "Nhà giáo Ưu tú", "Thầy thuốc Nhân dân", "Thầy thuốc Ưu tú", "Nghệ sĩ Nhân dân", "Nghệ sĩ Ưu tú",
	"Nghệ nhân Nhân dân", "Nghệ nhân Ưu tú", "Anh hùng", "Anh hùng Lao động", "Anh hùng Lao động thời kỳ đổi mới", "Anh hùng LĐ", "Anh hùng LLVT", "Anh hùng LLVTND", "Anh hùng LLVT Nhân dân",
	"Anh hùng Lực lượng vũ trang", "Anh hùng Lực lượng vũ trang Nhân dân", "Mẹ Việt Nam anh hùng", "Mẹ VNAH",
	"Thiếu úy", "Trung úy", "Thượng úy", "Đại úy", "Thiếu tá", "Trung tá", "Thượng tá", "Đại tá",
	"Thiếu tướng", "Trung tướng", "Thượng tướng", "Đại tướng", "Chuẩn đô đốc", "Phó đô đốc", "Đô đốc",
}

// degrees and studies together are honorifics too: "Kỹ sư Nông nghiệp".
var (
	degrees = []string{"Kỹ sư", "Cử nhân", "Bác sĩ", "Thạc sĩ", "Tiến sĩ", "KS", "CN", "BS", "ThS", "TS"}
	studies = []string{
		"Nông nghiệp", "Nông học", "Lâm nghiệp", "Lâm sinh", "Thủy sản", "Nuôi trồng thủy sản", "Thủy lợi", "Thú y", "Chăn nuôi", "Trồng trọt", "Bảo vệ thực vật",
		"Y khoa", "Y học", "Y học cổ truyền", "Y tế công cộng", "Đa khoa", "Răng hàm mặt", "Điều dưỡng", "Dược học",
		"Luật", "Luật học", "Hành chính", "Hành chính công", "Chính trị học", "Xã hội học", "Triết học", "Tâm lý học", "Sử học", "Lịch sử", "Địa lý",
		"Kinh tế", "Kinh tế học", "Tài chính", "Kế toán", "Quản trị kinh doanh", "Quản lý kinh tế", "Quản lý công", "Quản lý giáo dục",
		"Sư phạm", "Giáo dục học", "Ngữ văn", "Văn học", "Văn hóa học", "Ngôn ngữ học", "Báo chí",
		"Xây dựng", "Giao thông", "Cầu đường", "Kiến trúc", "Cơ khí", "Chế tạo máy", "Điện", "Điện tử", "Điện tử viễn thông", "Mỏ", "Dầu khí", "Địa chất", "Trắc địa",
		"Công nghệ thông tin", "Khoa học máy tính", "Tin học", "Công nghệ sinh học", "Công nghệ thực phẩm", "Khoa học môi trường", "Môi trường",
		"Hóa", "Hóa học", "Sinh học", "Vật lý", "Toán", "Toán học",
	}
)

// courtesies are forms of address, which are no honour. Those that are words of the
// language can also be part of a name.
var (
	courtesies      = []string{"Đồng chí", "Đ/c", "Đc", "Mr", "Mrs", "Ms", "Miss", "Bút danh", "Bí danh", "Nghệ danh", "Pháp danh"}
	courtesiesWords = []string{"Ông", "Bà", "Anh", "Chị", "Cô", "Cụ", "Cố", "Thầy"}
)

// familyNames are those behind which a form of address written without marks ("ong
// Tran Van Mau") is taken for one.
var familyNames = strings.Fields(`au an bach ban be bui ca cao cam cat chau che chu chung co cong cu dam dang dao dau dinh diep do doan dong duong giang
	ha han ho hoang hua huynh kha khong khuong kieu kim la lai lam le lieu lo lu luc luong luu ly ma mac mai nghiem ngo nguy nguyen nhan ninh nong on
	pham phan phi phu phung quach quang ta tang thach thai than tieu to ton tong tran trang trieu trinh truong tu tuong ung van vi vo vu vuong xa`)

// IsFamilyName reports whether a word is a family name of many.
func IsFamilyName(word string) bool { return slices.Contains(familyNames, Fold(word)) }

// middleNames are those that follow the family name Ông in names of three syllables
// (Ông Ích Khiêm), where Ông is no form of address.
var middleNames = strings.Fields("ich van thi the huu dinh dang quoc")

// unit is a syllable for comparing: its folded form and its marks.
type unit struct {
	key   string
	marks byte
}

func unitsOf(text string) []unit {
	var units []unit
	for s := range Syllables(text) {
		units = append(units, unit{string(s.Key), s.Marks})
	}
	return units
}

func unmarked(units []unit) bool {
	return !slices.ContainsFunc(units, func(u unit) bool { return u.marks != 0 })
}

// token is a run of letters and digits of a name, with its place.
type token struct {
	unit
	text, folded string
	abbreviation bool
	start, end   int
}

func tokensOf(text string) []token {
	var tokens []token
	for _, at := range runs(text) {
		word := text[at[0]:at[1]]
		t := token{text: word, folded: Fold(word), start: at[0], end: at[1]}
		t.abbreviation = isGlued(t.folded)
		if units := unitsOf(word); len(units) == 1 {
			t.unit = units[0]
		}
		tokens = append(tokens, t)
	}
	return tokens
}

// inName is 1 for what can be a syllable of a name, 0 for a number or an
// abbreviation.
func (t token) inName() int {
	if !t.abbreviation && strings.ContainsFunc(t.text, unicode.IsLetter) {
		return 1
	}
	return 0
}

// vocabulary is what honorifics are looked up in.
type vocabulary struct {
	single  map[string]string   // folded abbreviation → as it is written
	phrases map[string][]phrase // by the key of the first word, the longest first
}

// phrase is an honorific or a form of address in words.
type phrase struct {
	units          []unit
	written        string
	courtesy, word bool
	study          bool // the words of a study end it, which can also begin a name: Điện Biên
}

var honorifics = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{single: map[string]string{}, phrases: map[string][]phrase{}}
	for _, a := range abbreviations {
		v.single[Fold(a)] = a
	}
	add := func(as phrase, texts ...string) {
		for _, text := range texts {
			p := as
			p.units, p.written = unitsOf(text), text
			first := p.units[0].key
			v.phrases[first] = append(v.phrases[first], p)
		}
	}
	add(phrase{}, phrases...)
	for _, degree := range degrees {
		for _, study := range studies {
			add(phrase{study: true}, degree+" "+study)
		}
	}
	add(phrase{courtesy: true}, courtesies...)
	add(phrase{courtesy: true, word: true}, courtesiesWords...)
	for _, list := range v.phrases {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.units) - len(a.units) })
	}
	return v
})

func isAbbreviation(word string) bool { return isGlued(Fold(word)) }

// isGlued reports whether a folded word is an abbreviation, or several: "pgsts".
func isGlued(word string) bool {
	const longest = 24 // "ahllvtndtskhbsckii" and more
	if len(word) > longest {
		return false
	}
	for n := len(word); n > 0; n-- {
		if _, known := honorifics().single[word[:n]]; known && (n == len(word) || isGlued(word[n:])) {
			return true
		}
	}
	return false
}

// honorific is one that was found: how many tokens it takes, and how it is written.
// None takes no tokens.
type honorific struct {
	tokens   int
	written  string
	courtesy bool
}

// abbreviationAt reads the abbreviation that the tokens of text begin with: "GS",
// "PGSTS", "Th.S", "CK II".
func abbreviationAt(text string, tokens []token) honorific {
	v := honorifics()
	joined := ""
	for n := 1; n <= min(len(tokens), 4); n++ {
		joined += tokens[n-1].folded
		written, known := v.single[joined]
		if n > 1 && known && (isSplit(tokens[0], tokens[1]) || areDotted(text, tokens, n)) {
			return honorific{tokens: n, written: written}
		}
	}
	if !tokens[0].abbreviation {
		return honorific{}
	}
	if written, known := v.single[tokens[0].folded]; known {
		return honorific{tokens: 1, written: written}
	}
	return honorific{tokens: 1, written: tokens[0].text}
}

// isSplit reports whether two tokens are one abbreviation that is often written in
// two: "Th. S", "BSCK II".
func isSplit(a, b token) bool {
	switch b.folded {
	case "s":
		return a.folded == "th"
	case "i", "ii", "1", "2":
		return strings.HasSuffix(a.folded, "ck")
	}
	return false
}

// areDotted reports whether the first n tokens are parts of one abbreviation with
// dots in it (G.S, P.GS, AH.LĐ), and not abbreviations each, or the initials of a
// foreign name.
func areDotted(text string, tokens []token, n int) bool {
	whole, initials := 0, 0
	for i, t := range tokens[:n] {
		if i > 0 && !slices.Contains([]string{".", "/", "-"}, text[tokens[i-1].end:t.start]) {
			return false
		}
		if t.abbreviation {
			whole++
		}
		if len(t.folded) == 1 {
			initials++
		}
	}
	isInitial := n < len(tokens) && len(tokens[n].folded) == 1
	return whole < n && !(initials == n && isInitial)
}

// honorificAt reads the honorific or the form of address that the tokens of text
// begin with. unmarked says that the whole name is written without marks, so that
// words are known without theirs.
func honorificAt(text string, tokens []token, unmarked bool) honorific {
	abbreviation := abbreviationAt(text, tokens)
	for _, p := range honorifics().phrases[tokens[0].key] {
		if abbreviation.tokens >= len(p.units) {
			break // the longest are first
		}
		if p.leads(text, tokens, unmarked) && !(p.word && isPartOfName(text, tokens, unmarked)) {
			return honorific{len(p.units), p.written, p.courtesy}
		}
	}
	return abbreviation
}

// leads reports whether the tokens of text begin with the phrase.
func (p phrase) leads(text string, tokens []token, unmarked bool) bool {
	if len(tokens) < len(p.units) || p.study && len(tokens) < len(p.units)+2 {
		return false
	}
	for i, u := range p.units {
		t := tokens[i]
		if t.key != u.key || t.marks != u.marks && !unmarked {
			return false
		}
		if i > 0 && strings.Contains(text[tokens[i-1].end:t.start], ";") {
			return false
		}
	}
	return true
}

// isPartOfName reports whether the form of address that the tokens begin with is
// rather the first word of the name.
func isPartOfName(text string, tokens []token, unmarked bool) bool {
	next := tokens[1:]
	if len(next) == 0 {
		return true
	}
	if unmarked && !slices.Contains(familyNames, next[0].key) && next[0].inName() == 1 {
		return true
	}
	if tokens[0].key != "ong" || !slices.Contains(middleNames, next[0].key) || len(next) < 2 {
		return false
	}
	return len(next) == 2 || next[2].inName() == 0 || tailMark.MatchString(text[next[1].end:next[2].start])
}

// takeLeading takes the honorifics that text begins with, and returns the rest.
func (n *Name) takeLeading(text string) string {
	tokens, plain := tokensOf(text), unmarked(unitsOf(text))
	var found []honorific
	for at := 0; at < len(tokens); {
		h := honorificAt(text, tokens[at:], plain)
		if h.tokens == 0 {
			break
		}
		found = append(found, h)
		at += h.tokens
	}
	left := syllablesLeft(text, tokens)
	at := 0
	for _, h := range found {
		at += h.tokens
	}
	for len(found) > 0 && left[at] < 2 {
		at -= found[len(found)-1].tokens
		found = found[:len(found)-1]
	}
	for _, h := range found {
		if h.courtesy {
			n.Courtesy = append(n.Courtesy, h.written)
		} else {
			n.Honorifics = append(n.Honorifics, h.written)
		}
	}
	if at == 0 {
		return text
	}
	return text[tokens[at].start:]
}

// syllablesLeft counts, from each token on, what can be a syllable of the name before
// a comma or a dash ends it.
func syllablesLeft(text string, tokens []token) []int {
	left := make([]int, len(tokens)+1)
	for i := len(tokens) - 1; i >= 0; i-- {
		left[i] = tokens[i].inName()
		if i+1 < len(tokens) && !tailMark.MatchString(text[tokens[i].end:tokens[i+1].start]) {
			left[i] += left[i+1]
		}
	}
	return left
}

// takeTrailing takes the abbreviations that text ends with, and returns the rest.
func (n *Name) takeTrailing(text string) string {
	tokens := tokensOf(text)
	names := syllablesLeft(text, tokens)[0]
	var found []string
	end := len(tokens)
	for names > 1 {
		size := 1
		if end > 1 && isSplit(tokens[end-2], tokens[end-1]) {
			size = 2
		}
		for _, t := range tokens[end-size : end] {
			names -= t.inName()
		}
		h := abbreviationAt(text, tokens[end-size:end])
		if h.tokens != size || names < 2 {
			break
		}
		found = append(found, h.written)
		end -= size
	}
	if end == len(tokens) {
		return text
	}
	slices.Reverse(found)
	n.Honorifics = append(n.Honorifics, found...)
	return text[:tokens[end].start]
}

// onlyHonorifics returns the honorifics of a text that holds nothing else: in words
// too, or only abbreviations, for a word in brackets tells people apart ("bác sĩ").
func onlyHonorifics(text string, words bool) ([]string, bool) {
	tokens, plain := tokensOf(text), unmarked(unitsOf(text))
	var found []string
	for at := 0; at < len(tokens); {
		h := abbreviationAt(text, tokens[at:])
		if words && h.tokens == 0 {
			h = honorificAt(text, tokens[at:], plain)
		}
		if h.tokens == 0 || h.courtesy {
			return nil, false
		}
		found = append(found, h.written)
		at += h.tokens
	}
	return found, found != nil
}
