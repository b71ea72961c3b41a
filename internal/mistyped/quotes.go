package mistyped

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// atLeast is a line that begins with a sign of comparison, which Markdown takes for that
// of a quotation: “>= 8,0: Giỏi”, “> 60 tuổi: 15 người”.
var atLeast = regexp.MustCompile(`(?m)^[ \t]{0,3}(>)[ \t]*(=|≥)?[ \t]*\d.*$`)

// comparisons finds the signs of comparison that no reader sees. A quotation may begin
// with a number, too, but is a sentence.
func (f *finder) comparisons() {
	for _, m := range atLeast.FindAllSubmatchIndex(f.body, -1) {
		if f.seen[m[2]] != unseen || f.seen[m[1]-1] == code {
			continue
		}
		line := strings.TrimRight(string(f.body[m[2]:m[1]]), " \t\r")
		equal := m[4] >= 0
		if !equal && (utf8.RuneCountInString(line) > shortLine || endsSentence(line)) {
			continue
		}
		lead := `\>`
		if before := f.lineStart(m[2]); before > 0 && strings.TrimSpace(string(f.body[f.lineStart(before-1):before])) != "" {
			lead = "\n" + lead // a paragraph of its own, as the quotation was
		}
		f.add(Unmeant, m[2], equal, Edit{m[2], ">", lead})
	}
}
