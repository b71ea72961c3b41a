package markdown

import (
	"regexp"
	"strings"
	"unicode"
)

// Escape escapes a text that starts a line, so that neither Markdown nor Hugo's
// shortcodes give it a meaning. A line break within it becomes a hard break.
func Escape(s string) string { return EscapeItem(escape(s, true)) }

// EscapeInline is [Escape] for text that does not start a line.
func EscapeInline(s string) string { return escape(s, false) }

// itemLike is what would begin an item of a numbered list.
var itemLike = regexp.MustCompile(`(?m)^(\d{1,9})([.)])(\s|$)`)

// EscapeItem escapes lines of Markdown that would start an item of a numbered list.
func EscapeItem(s string) string { return itemLike.ReplaceAllString(s, `$1\$2$3`) }

func escape(s string, atStart bool) string {
	var b strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteString("\\\n")
			atStart = true
		}
		if atStart {
			line = strings.TrimLeft(line, " \t")
		}
		escapeLine(&b, line, atStart)
	}
	return b.String()
}

func escapeLine(b *strings.Builder, line string, atStart bool) {
	rs := []rune(line)
	for i, r := range rs {
		switch {
		case r == '\t':
			r = ' '
		case strings.ContainsRune("\\`*_[]<>{~|", r):
			b.WriteByte('\\')
		case r == '&' && i+1 < len(rs) && (rs[i+1] == '#' || unicode.IsLetter(rs[i+1])):
			b.WriteByte('\\')
		case r == '!' && i+1 == len(rs): // a link may follow
			b.WriteByte('\\')
		case atStart && i == 0 && strings.ContainsRune("#+-=:>", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
}
