package plan

import (
	"strings"
	"unicode/utf8"
)

// Programs that recognise the letters of a scanned page take l, I and 1 for one another,
// and O and 0: "l." for "1.", "1O." for "10.", "Il." for "II.". They lose the marks of
// words too: "Điểu 5."

// guesses are the labels that a line may begin with, if its first signs were misread.
func guesses(s string) []label {
	const most = 4
	n := 0
	for n < len(s) && n <= most && strings.IndexByte("lIOo0123456789VX", s[n]) >= 0 {
		n++
	}
	if n == 0 || n > most || n == len(s) || strings.IndexByte(".)/-", s[n]) < 0 {
		return nil
	}
	if strings.Trim(s[:n], "0123456789") == "" || strings.Trim(s[:n], "IVX") == "" {
		return nil // as good numbers as any
	}
	var all []label
	for _, read := range []string{
		strings.NewReplacer("l", "1", "I", "1", "O", "0", "o", "0").Replace(s[:n]),
		strings.NewReplacer("l", "I", "1", "I").Replace(s[:n]),
	} {
		if read == s[:n] {
			continue
		}
		if l, ok := readLabel(read + s[n:]); ok && len(l.nums) > 0 && len(l.text) >= n && startsUpper(l.rest) {
			l.misread, l.text = l.text, s[:len(l.text)]
			all = append(all, l)
		}
	}
	return all
}

// corrected returns the label that a line was meant to begin with, if it is the one that
// is due, and what stands there is not.
func (p *parser) corrected(lines []line, i int) (label, bool) {
	if len(lines[i].guesses) == 0 || lines[i].row || lines[i].quotes > 0 || p.form > numbered && !p.inQuotation {
		return label{}, false
	}
	if l := &lines[i]; l.labelled {
		as := l.label
		if p.nest(&as); p.isNext(&as) {
			return label{}, false
		}
	}
	for _, l := range lines[i].guesses {
		if p.nest(&l); p.isNext(&l) && p.begins(lines, i) {
			return l, true
		}
	}
	return label{}, false
}

// begins reports whether line i begins a paragraph: the text before it has ended.
func (p *parser) begins(lines []line, i int) bool {
	t := &p.text
	return t.empty() || t.terminal() || t.heading() || i > 0 && p.page.parts(&lines[i-1], &lines[i]) || p.page.isShort(p.above.width)
}

// asWritten is what the word of a label should look like, "" where it does.
func asWritten(l *label) string {
	for _, word := range []string{"Phần", "Chương", "Mục", "Điều"} {
		head, rest, _ := strings.Cut(l.text, " ")
		if utf8.RuneCountInString(compose(head)) != utf8.RuneCountInString(word) {
			continue
		}
		after, ok := cutFold(head, strings.ToLower(foldText(word).s))
		if got := compose(head); ok && after == "" && got != word && got != strings.ToUpper(word) {
			return word + " " + rest
		}
	}
	return ""
}
