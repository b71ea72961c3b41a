package plan

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lienhiep/internal/viet"
)

// label is what stands at the beginning of a line and may open a provision:
// whether it does depends on what came before (see [parser.opens]).
type label struct {
	kind  Kind
	rank  int    // the smaller, the higher in the tree
	nums  []int  // its number; 1.2.3 has three, a bullet none
	extra rune   // the letter behind the number, of what was put in later: 2a, Điều 43b
	sign  rune   // of a bullet
	text  string // as it stands: "1.", "Điều 5."
	own   string // its part of an ID; "" for bullets
	rest  string // the line behind it
	alike string // the foreign letter in it that looks like the Latin one it is read as

	misread string // what it is read as, where a program has misread a scanned page
}

// Ranks order the kinds in the tree. Items take one rank for each depth of
// their numbering, bullets one for each depth of their signs.
const (
	rankPart = iota + 1
	rankChapter
	rankSubchapter
	rankLetterPart
	rankSection
	rankPartInSection
	rankArticle
	rankSectionInArticle
	rankItem      // 1., and one more for each number behind a dot
	rankLetter    = rankItem + maxDepth
	rankBracket   = rankLetter + 1
	rankParagraph = rankLetter + 2
	rankStar      = rankLetter + 3
	rankDash      = rankLetter + 4
	rankPlus      = rankLetter + 5
	rankThird     = rankLetter + 6 // a third sign below two others
	ranks         = rankThird + 1
)

// maxDepth is the maximum number of numbers in one label: 1.1.1.1.
const maxDepth = 4

// Signs of lists. Word draws its own with letters of a symbol font; the deeper a list,
// the later its sign comes here.
const (
	dashes  = "-–—−•●■◆❖➢➤►✓✔\uf0b7\uf0d8\uf0fc\uf076\uf0e0\uf02d"
	seconds = "o◦○□"
	thirds  = "▪▫\uf0a7"
)

// readLabel reads the label at the beginning of a line.
func readLabel(s string) (label, bool) {
	first, n := utf8.DecodeRuneInString(s)
	switch {
	case first >= utf8.RuneSelf && viet.LooksLatin(unicode.ToLower(first)):
		return readAlike(s, first, n)
	case strings.ContainsRune(dashes, first), first >= 0xf000 && first <= 0xf0ff && first != '\uf0a7':
		return bullet(s, n, label{kind: Dash, rank: rankDash})
	case strings.ContainsRune(seconds, first) && (first != 'o' || isLetterBullet(s)):
		return bullet(s, n, label{kind: Dash, rank: rankPlus})
	case strings.ContainsRune(thirds, first):
		return bullet(s, n, label{kind: Dash, rank: rankThird})
	case first == '+':
		return bullet(s, n, label{kind: Plus, rank: rankPlus})
	case first == '*':
		return bullet(s, n, label{kind: Star, rank: rankStar})
	case first == '(':
		return readBracket(s)
	case '0' <= first && first <= '9':
		return readItem(s)
	case unicode.IsUpper(first):
		if l, ok := readNamed(s); ok {
			return l, true
		}
		return readCapital(s)
	case unicode.IsLower(first):
		return readLetter(s, first, n)
	}
	return label{}, false
}

// isLetterBullet reports whether the small letter o is the sign of a list: "o Mở lớp".
func isLetterBullet(s string) bool {
	rest, ok := strings.CutPrefix(s, "o ")
	return ok && startsUpper(rest)
}

// readAlike reads a label whose letter is of another script and looks Latin: "с)" typed
// with a Cyrillic keyboard.
func readAlike(s string, first rune, n int) (label, bool) {
	latin, _ := viet.Latin(s[:n] + "x") // beside a Latin letter it counts as one
	latin = strings.TrimSuffix(latin, "x")
	if latin == s[:n] {
		return label{}, false
	}
	l, ok := readLabel(latin + s[n:])
	if !ok {
		return label{}, false
	}
	l.alike = s[:n]
	l.text = s[:n+len(l.text)-len(latin)]
	return l, true
}

// bullet cuts a sign off. "-5" and "+84" are numbers, "--" a rule.
func bullet(s string, n int, l label) (label, bool) {
	l.text, l.rest, l.sign = s[:n], strings.TrimLeft(s[n:], " "), firstIn(s)
	r, _ := utf8.DecodeRuneInString(s[n:])
	return l, s[n:] == "" || r == ' ' || unicode.IsLetter(r) && l.kind != Star || l.kind == Star && unicode.IsUpper(r)
}

// readBracket reads "(1)", "(a)", before a capital.
func readBracket(s string) (label, bool) {
	inner, rest, ok := strings.Cut(s[1:], ")")
	if !ok || len(inner) > 2 || !strings.HasPrefix(rest, " ") || !startsUpper(rest[1:]) {
		return label{}, false
	}
	l := label{kind: Bracket, rank: rankBracket, own: inner, text: s[:len(inner)+2], rest: rest[1:]}
	if n, err := strconv.Atoi(inner); err == nil && n > 0 && inner[0] != '0' {
		l.nums = []int{n}
		return l, true
	}
	first, size := utf8.DecodeRuneInString(inner)
	if n := letterNumber(first); n > 0 && size == len(inner) {
		l.nums, l.own = []int{n}, letterID(first)
		return l, true
	}
	return label{}, false
}

// readItem reads "1.", "1)", "1/", "1-", "1.2", "1.2.".
func readItem(s string) (label, bool) {
	l := label{kind: Item}
	i := 0
	for {
		start := i
		for i < len(s) && '0' <= s[i] && s[i] <= '9' {
			i++
		}
		if i == start || i-start > 3 || s[start] == '0' || len(l.nums) == maxDepth {
			return label{}, false
		}
		n, _ := strconv.Atoi(s[start:i])
		l.nums = append(l.nums, n)
		if i+1 < len(s) && s[i] == '.' && '0' <= s[i+1] && s[i+1] <= '9' {
			i++
			continue
		}
		break
	}
	if l.extra = extraLetter(s[i:]); l.extra != 0 {
		i += utf8.RuneLen(l.extra)
	}
	end, ok := closeLabel(s, i, ".)/-–:", len(l.nums) > 1)
	if !ok {
		return label{}, false
	}
	l.rank = rankItem + len(l.nums) - 1
	l.own = strconv.Itoa(l.nums[len(l.nums)-1]) + l.extraID()
	l.text, l.rest = s[:end], strings.TrimLeft(s[end:], " ")
	return l, true
}

// extraLetter returns the small letter that s begins with, if it closes a number: of
// "a." and "b)".
func extraLetter(s string) rune {
	r, n := utf8.DecodeRuneInString(s)
	if letterNumber(r) == 0 || n == len(s) || !strings.ContainsRune(".):", rune(s[n])) {
		return 0
	}
	return r
}

func (l label) extraID() string {
	if l.extra == 0 {
		return ""
	}
	return letterID(l.extra)
}

// closeLabel returns the end of a label whose number ends at i: behind one of the
// signs, which may stand off by a space if it is a hyphen. A blank must follow, or
// the end of the line, or, behind a full stop or a bracket, a capitalised word.
func closeLabel(s string, i int, signs string, bare bool) (int, bool) {
	end := i
	if r, n := utf8.DecodeRuneInString(s[i:]); n > 0 && strings.ContainsRune(signs, r) {
		end = i + n
		if r == '.' || r == ')' {
			a, m := utf8.DecodeRuneInString(s[end:])
			b, _ := utf8.DecodeRuneInString(s[end+m:])
			if unicode.IsUpper(a) && (unicode.IsLetter(b) || unicode.Is(unicode.M, b)) {
				return end, true
			}
		}
	} else if i+1 < len(s) && s[i] == ' ' {
		if r, n := utf8.DecodeRuneInString(s[i+1:]); (r == '-' || r == '–') && strings.ContainsRune(signs, r) {
			end = i + 1 + n
		}
	}
	if end == i && !bare {
		return 0, false
	}
	return end, end == len(s) || s[end] == ' '
}

// readNamed reads "Phần thứ nhất", "Chương II", "Mục 3.", "Điều 5.".
func readNamed(s string) (label, bool) {
	for _, named := range []struct {
		word, own string
		kind      Kind
		rank      int
	}{
		{"phan", "phan-", Part, rankPart},
		{"chuong", "chuong-", Chapter, rankChapter},
		{"muc", "muc-", Subchapter, rankSubchapter},
		{"dieu", "dieu-", Article, rankArticle},
	} {
		rest, ok := cutFold(s, named.word)
		if !ok || !strings.HasPrefix(rest, " ") {
			continue
		}
		rest = rest[1:]
		n, own, after, ok := readOrdinal(rest)
		if !ok {
			return label{}, false
		}
		l := label{kind: named.kind, rank: named.rank, nums: []int{n}}
		if named.kind == Article {
			if l.extra = extraLetter(after + "."); l.extra != 0 {
				after = after[utf8.RuneLen(l.extra):]
			}
		}
		l.own = named.own + own + l.extraID()
		at := len(s) - len(after)
		end, ok := closeLabel(s, at, ".:", true)
		l.text, l.rest = s[:end], strings.TrimLeft(s[end:], " ")
		// "Điều 5 Nghị định" speaks of an article; "Điều 5" alone, "Chương I", alone
		// or before capitals, open one.
		if closed := end > at; !ok || !closed && l.rest != "" && (named.kind == Article || !isCaps(l.rest)) {
			return label{}, false
		}
		return l, true
	}
	return label{}, false
}

// ordinals are the words behind "thứ", from "nhất" to "hai mươi".
var ordinals = func() []string {
	words := []string{"nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"}
	for _, one := range []string{"mot", "hai", "ba", "bon", "lam", "sau", "bay", "tam", "chin"} {
		words = append(words, "muoi "+one)
	}
	return append(words, "hai muoi")
}()

// readOrdinal reads a number in figures, in Roman figures or in words ("thứ
// nhất"), and says it as an ID does.
func readOrdinal(s string) (n int, own, rest string, ok bool) {
	if rest, ok := cutFold(s, "thu "); ok {
		for i, word := range slices.Backward(ordinals) { // "mười một" before "mười"
			if after, ok := cutFold(rest, word); ok && (after == "" || strings.ContainsRune(" .:", rune(after[0]))) {
				return i + 1, strings.ToLower(roman(i + 1)), after, true
			}
		}
		return 0, "", "", false
	}
	i := 0
	for i < len(s) && i < 4 && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	if i > 0 {
		n, _ := strconv.Atoi(s[:i])
		return n, s[:i], s[i:], n > 0 && s[0] != '0'
	}
	n, rest = readRoman(s)
	return n, strings.ToLower(s[:len(s)-len(rest)]), rest, n > 0
}

// readCapital reads "I.", "II -", "A.". C, D, L and M are letters here: no
// document has fifty sections.
func readCapital(s string) (label, bool) {
	var l label
	var size int
	if n, after := readRoman(s); n > 0 {
		size = len(s) - len(after)
		l = label{kind: Section, rank: rankSection, nums: []int{n}, own: strings.ToLower(s[:size])}
	} else {
		var first rune
		first, size = utf8.DecodeRuneInString(s)
		first = unicode.ToLower(first)
		n := letterNumber(first)
		if n == 0 {
			return label{}, false
		}
		l = label{kind: Part, rank: rankLetterPart, nums: []int{n}, own: "phan-" + letterID(first)}
	}
	end, ok := closeLabel(s, size, ".)/-–:", false)
	if !ok {
		return label{}, false
	}
	l.text, l.rest = s[:end], strings.TrimLeft(s[end:], " ")
	return l, true
}

// readLetter reads "a)", "đ)", "a.", "a/".
func readLetter(s string, first rune, size int) (label, bool) {
	n := letterNumber(first)
	if n == 0 {
		return label{}, false
	}
	end, ok := closeLabel(s, size, ")./", false)
	if !ok {
		return label{}, false
	}
	return label{kind: Letter, rank: rankLetter, nums: []int{n}, own: letterID(first),
		text: s[:end], rest: strings.TrimLeft(s[end:], " ")}, true
}

// alphabet is the order of letter labels. Vietnamese lists leave out f, j, w and
// z, and some leave out đ.
const (
	alphabet = "abcdđefghijklmnopqrstuvwxyz"
	optional = "đfjwz"
)

var letters = len([]rune(alphabet))

// letterNumber returns the place of r in the alphabet from 1, or 0.
func letterNumber(r rune) int {
	for i, a := range []rune(alphabet) {
		if a == r {
			return i + 1
		}
	}
	return 0
}

func letterID(r rune) string {
	if r == 'đ' {
		return "dd"
	}
	return string(r)
}

// readRoman reads a Roman number from 1 to 49 and returns what is behind it; 0 if
// there is none.
func readRoman(s string) (int, string) {
	i := 0
	for i < len(s) && i < 7 && strings.IndexByte("IVXL", s[i]) >= 0 {
		i++
	}
	for n := 1; n < 50; n++ {
		if roman(n) == s[:i] {
			return n, s[i:]
		}
	}
	return 0, s
}

func roman(n int) string {
	tens := [...]string{"", "X", "XX", "XXX", "XL"}
	ones := [...]string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}
	return tens[n/10] + ones[n%10]
}

// orders is more than the number of letters that can follow a number.
const orders = 32

// order returns the label's sort key among labels of its kind: 2, 2a, 2b, 3.
func (l label) order() int {
	return l.nums[len(l.nums)-1]*orders + letterNumber(l.extra)
}

// isLettered reports whether letters count the label's kind.
func (l label) isLettered() bool {
	return l.rank == rankLetter || l.rank == rankLetterPart || l.rank == rankPartInSection || l.kind == Bracket && l.own > "9"
}

// comesAfter reports whether the label is the one after the order last, or the first
// if last is 0.
func (l label) comesAfter(last int) bool {
	n, before := l.nums[len(l.nums)-1], last/orders
	switch {
	case l.extra != 0:
		return n == before && followsLetter(last%orders, letterNumber(l.extra))
	case l.isLettered():
		return followsLetter(before, n)
	}
	return n == before+1
}

// followsLetter reports whether letter n comes after the last, but for those that
// lists leave out.
func followsLetter(last, n int) bool {
	if n <= last {
		return false
	}
	for _, skipped := range []rune(alphabet)[last : n-1] {
		if !strings.ContainsRune(optional, skipped) {
			return false
		}
	}
	return true
}

// after returns what the label would be if it came after the order last, for telling
// what was expected: "3." for "4.".
func (l label) after(last int) string {
	n := last/orders + 1
	switch {
	case l.isLettered():
		for n <= letters && strings.ContainsRune("fjwz", []rune(alphabet)[n-1]) {
			n++
		}
		if n > letters {
			return "…"
		}
		r := []rune(alphabet)[n-1]
		if l.kind == Part {
			r = unicode.ToUpper(r)
		}
		if l.kind == Bracket {
			return "(" + string(r) + ")"
		}
		_, size := utf8.DecodeRuneInString(l.text)
		return string(r) + l.text[size:]
	case l.kind == Section:
		if n > 49 {
			return "…"
		}
		_, tail := readRoman(l.text)
		return roman(n) + tail
	case l.kind == Bracket:
		return "(" + strconv.Itoa(n) + ")"
	case l.kind == Item:
		before := dotted(l.nums[:len(l.nums)-1])
		return strings.TrimPrefix(before+"."+strconv.Itoa(n), ".") + strings.TrimPrefix(l.text[len(dotted(l.nums)):], string(l.extra))
	}
	number := strconv.Itoa(n)
	// Chương II., Điều 5., Phần thứ nhất
	word, old, _ := strings.Cut(l.text, " ")
	if old[0] < '0' || old[0] > '9' {
		number = roman(min(n, 49))
	}
	if strings.HasSuffix(old, ".") || strings.HasSuffix(old, ":") {
		number += old[len(old)-1:]
	}
	return word + " " + number
}

// dotted writes the numbers of an item as its label does: "1.2".
func dotted(nums []int) string {
	words := make([]string, len(nums))
	for i, n := range nums {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ".")
}
