package plan

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// label is what stands at the beginning of a line and may open a provision:
// whether it does depends on what came before (see [parser.opens]).
type label struct {
	kind Kind
	rank int    // the smaller, the higher in the tree
	nums []int  // its number; 1.2.3 has three, a dash none
	text string // as it stands: "1.", "Điều 5."
	own  string // its part of an ID; "" for dash and plus
	rest string // the line behind it
}

// Ranks order the kinds in the tree. Items take one rank for each depth of
// their numbering.
const (
	rankPart = iota + 1
	rankChapter
	rankSubchapter
	rankLetterPart
	rankSection
	rankPartInSection
	rankArticle
	rankSectionInArticle
	rankItem   // 1., and one more for each number behind a dot
	rankLetter = rankItem + maxDepth
	rankDash   = rankLetter + 1
	rankPlus   = rankLetter + 2
	ranks      = rankPlus + 1
)

// maxDepth is the most numbers that one label holds: 1.1.1.1.
const maxDepth = 4

const dashes = "-–—−•●▪"

// readLabel reads the label at the beginning of a line.
func readLabel(s string) (label, bool) {
	first, n := utf8.DecodeRuneInString(s)
	switch {
	case strings.ContainsRune(dashes, first):
		return bullet(s, n, label{kind: Dash, rank: rankDash})
	case first == '+':
		return bullet(s, n, label{kind: Plus, rank: rankPlus})
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

// bullet cuts a sign off. "-5" and "+84" are numbers, "--" a rule.
func bullet(s string, n int, l label) (label, bool) {
	l.text, l.rest = s[:n], strings.TrimLeft(s[n:], " ")
	r, _ := utf8.DecodeRuneInString(s[n:])
	return l, s[n:] == "" || r == ' ' || unicode.IsLetter(r)
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
	end, ok := closeLabel(s, i, ".)/-–:", len(l.nums) > 1)
	if !ok {
		return label{}, false
	}
	l.rank = rankItem + len(l.nums) - 1
	l.own = strconv.Itoa(l.nums[len(l.nums)-1])
	l.text, l.rest = s[:end], strings.TrimLeft(s[end:], " ")
	return l, true
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
		l := label{kind: named.kind, rank: named.rank, nums: []int{n}, own: named.own + own}
		closed := strings.HasPrefix(after, ".") || strings.HasPrefix(after, ":")
		if closed {
			after = after[1:]
		}
		l.text, l.rest = s[:len(s)-len(after)], strings.TrimLeft(after, " ")
		if after != "" && after[0] != ' ' {
			return label{}, false
		}
		// "Điều 5 Nghị định" speaks of an article; "Chương I", alone or before
		// capitals, opens one.
		if !closed && (named.kind == Article || l.rest != "" && !isCaps(l.rest)) {
			return label{}, false
		}
		return l, true
	}
	return label{}, false
}

var ordinals = []string{"nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"}

// readOrdinal reads a number in figures, in Roman figures or in words ("thứ
// nhất"), and says it as an ID does.
func readOrdinal(s string) (n int, own, rest string, ok bool) {
	if rest, ok := cutFold(s, "thu "); ok {
		for i, word := range ordinals {
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

// readLetter reads "a)", "đ)", "a.".
func readLetter(s string, first rune, size int) (label, bool) {
	n := letterNumber(first)
	if n == 0 {
		return label{}, false
	}
	end, ok := closeLabel(s, size, ").", false)
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

// comesAfter reports whether the label's last number is the one after last, or
// the first if last is 0.
func (l label) comesAfter(last int) bool {
	n := l.nums[len(l.nums)-1]
	if l.rank != rankLetter && l.rank != rankLetterPart && l.rank != rankPartInSection {
		return n == last+1
	}
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

// after returns what the label would be if it came after last, for telling what
// was expected: "3." for "4.".
func (l label) after(last int) string {
	n := last + 1
	switch l.rank {
	case rankLetter, rankLetterPart, rankPartInSection:
		if n > len([]rune(alphabet)) {
			return "…"
		}
		r := []rune(alphabet)[n-1]
		if l.kind == Part {
			r = unicode.ToUpper(r)
		}
		_, size := utf8.DecodeRuneInString(l.text)
		return string(r) + l.text[size:]
	case rankSection, rankSectionInArticle:
		if n > 49 {
			return "…"
		}
		_, tail := readRoman(l.text)
		return roman(n) + tail
	}
	if l.kind == Item {
		before := dotted(l.nums[:len(l.nums)-1])
		return strings.TrimPrefix(before+"."+strconv.Itoa(n), ".") + l.text[len(dotted(l.nums)):]
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
