package office

import (
	"strconv"
	"strings"
)

// numbering counts a document's lists as Word does (ECMA-376 part 1, 17.9), so
// that the numbers that Word draws can be written down.
type numbering struct {
	lists map[string]*list // by w:numId
}

// list is one w:num. Lists of one definition count together, unless one of them
// says where it starts.
type list struct {
	*definition
	start   map[int]int    // level → first number, counted anew when the list begins
	changed map[int]*level // levels that the list defines itself
	begun   map[int]bool   // levels at which start has been used
}

// definition is one w:abstractNum, with the numbers reached.
type definition struct {
	levels [levels]*level
	counts [levels]int
	used   [levels]bool // the count has begun
}

const levels = 9

// level is how the numbers of a level look.
type level struct {
	format  string // w:numFmt: decimal, lowerLetter, bullet …
	text    string // "%1.%2."
	start   int
	restart int  // the level, from 1, whose numbers begin this one anew; -1: any above
	legal   bool // all numbers in it as decimals
	style   string
}

func readNumbering(root *node) *numbering {
	n := &numbering{lists: map[string]*list{}}
	if root == nil {
		return n
	}
	abstracts := map[string]*node{}
	byStyle := map[string]*node{}
	for _, a := range root.kids {
		if a.name == "w:abstractNum" {
			abstracts[a.attr("w:abstractNumId")] = a
			if link := a.val("w:styleLink"); link != "" {
				byStyle[link] = a
			}
		}
	}
	definitions := map[*node]*definition{}
	for _, num := range root.kids {
		a := abstracts[num.val("w:abstractNumId")]
		if num.name != "w:num" || a == nil {
			continue
		}
		if linked := byStyle[a.val("w:numStyleLink")]; linked != nil {
			a = linked
		}
		if definitions[a] == nil {
			definitions[a] = readDefinition(a)
		}
		l := &list{definition: definitions[a], start: map[int]int{}, changed: map[int]*level{}, begun: map[int]bool{}}
		for _, o := range num.kids {
			at, err := strconv.Atoi(o.attr("w:ilvl"))
			if o.name != "w:lvlOverride" || err != nil || at < 0 || at >= levels {
				continue
			}
			if lvl := o.child("w:lvl"); lvl != nil {
				l.changed[at] = readLevel(lvl)
			}
			if start, err := strconv.Atoi(o.val("w:startOverride")); err == nil {
				l.start[at] = clampNumber(start)
			}
		}
		n.lists[num.attr("w:numId")] = l
	}
	return n
}

func readDefinition(a *node) *definition {
	d := &definition{}
	for _, lvl := range a.kids {
		if at, err := strconv.Atoi(lvl.attr("w:ilvl")); lvl.name == "w:lvl" && err == nil && 0 <= at && at < levels {
			d.levels[at] = readLevel(lvl)
		}
	}
	return d
}

func readLevel(n *node) *level {
	l := &level{format: n.val("w:numFmt"), text: n.val("w:lvlText"), restart: -1, legal: n.toggle("w:isLgl") > 0, style: n.val("w:pStyle")}
	if start, err := strconv.Atoi(n.val("w:start")); err == nil {
		l.start = clampNumber(start)
	}
	if restart, err := strconv.Atoi(n.val("w:lvlRestart")); err == nil && restart >= 0 && restart < levels {
		l.restart = restart
	}
	return l
}

// maxNumber bounds the numbers of lists, so that "lowerLetter 2147483647" is no
// label of eighty million letters.
const maxNumber = 32767

func clampNumber(n int) int { return min(max(n, 0), maxNumber) }

// item is a paragraph's place in a list.
type item struct {
	list   *list
	level  int
	number int
	label  string // as Word draws it: "1.", "a)", "1.2", "•"; "" where it draws none
	bullet bool
}

// next counts one more paragraph of the list at the level, and returns its item.
func (n *numbering) next(numID string, at int) *item {
	l := n.lists[numID]
	if l == nil || at < 0 || at >= levels || l.level(at) == nil {
		return nil
	}
	if start, ok := l.start[at]; ok && !l.begun[at] {
		l.counts[at], l.used[at], l.begun[at] = start-1, true, true
	}
	l.advance(at)
	lvl := l.level(at)
	it := &item{list: l, level: at, number: l.counts[at], bullet: lvl.format == "bullet"}
	it.label = l.label(lvl)
	return it
}

func (l *list) level(at int) *level {
	if own := l.changed[at]; own != nil {
		return own
	}
	return l.levels[at]
}

// first is the number that the level begins with.
func (l *list) first(at int) int {
	if start, ok := l.start[at]; ok {
		return start
	}
	return l.level(at).start
}

func (l *list) advance(at int) {
	for above := range at { // a level that was skipped stands at its first number
		if lvl := l.level(above); !l.used[above] && lvl != nil {
			l.counts[above], l.used[above] = l.first(above), true
		}
	}
	if !l.used[at] {
		l.counts[at], l.used[at] = l.first(at)-1, true
	}
	l.counts[at] = min(l.counts[at]+1, maxNumber)
	for below := at + 1; below < levels; below++ {
		if lvl := l.level(below); lvl != nil && (lvl.restart < 0 || lvl.restart > at) {
			l.used[below] = false
		}
	}
}

// label writes the number as the level draws it.
func (l *list) label(lvl *level) string {
	switch lvl.format {
	case "none":
		return ""
	case "bullet":
		return bullet(lvl.text)
	}
	var b strings.Builder
	for i := 0; i < len(lvl.text) && b.Len() < 256; i++ {
		c := lvl.text[i]
		if c != '%' || i+1 == len(lvl.text) || lvl.text[i+1] < '1' || lvl.text[i+1] > '9' {
			b.WriteByte(c)
			continue
		}
		i++
		at := int(lvl.text[i] - '1')
		format := "decimal"
		if shown := l.level(at); shown != nil && !lvl.legal {
			format = shown.format
		}
		b.WriteString(number(l.counts[at], format))
	}
	return strings.TrimSpace(b.String())
}

// bullet writes the sign of a bullet, "" for one that is not drawn. Those of Word's
// fonts of signs are private characters that no other font has.
func bullet(text string) string {
	switch text = strings.TrimSpace(text); text {
	case "":
		return ""
	case "+", "-", "–", "—", "*":
		return text
	}
	return "•"
}

// number writes n in a format of w:numFmt. Formats of other languages are
// written as decimals.
func number(n int, format string) string {
	switch format {
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letters(n, 'A')
	case "lowerLetter":
		return letters(n, 'a')
	case "none":
		return ""
	}
	return strconv.Itoa(n)
}

// letters counts a … z, aa, bb … zz, aaa.
func letters(n int, first byte) string {
	if n < 1 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune(first+byte((n-1)%26))), min((n-1)/26+1, 64))
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		n int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.n {
			b.WriteString(r.s)
			n -= r.n
		}
	}
	return b.String()
}
