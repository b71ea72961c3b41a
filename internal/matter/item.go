package matter

import (
	"regexp"
	"strings"
)

// RemoveItem takes an item out of a list of front matter, YAML or TOML, in place: lines
// are those of the source, and line, from 1, is the item's, or that of the list's key. It
// reports whether it could; where the list is written in another form, nothing changes.
func RemoveItem(lines []string, line int, item string) bool {
	for i := max(line-1, 0); i < len(lines); i++ {
		if text, ok := withoutItem(lines[i], item); ok {
			lines[i] = text
			return true
		}
		if strings.Contains(lines[i], "]") {
			return false
		}
	}
	return false
}

// withoutItem takes an item out of a line of a list. A line with nothing else goes whole.
// ok is false where the line does not hold the item, or is of another form.
func withoutItem(line, item string) (out string, ok bool) {
	item = `["']?` + regexp.QuoteMeta(item) + `["']?`
	if regexp.MustCompile(`^\s*(-\s+)?` + item + `\s*,?\s*(#.*)?\r?\n?$`).MatchString(line) {
		return "", true
	}
	for _, form := range []string{`(^|[\[\s,])` + item + `[ \t]*,[ \t]*`, `()\s*,\s*` + item + `(\s*(?:\]|#|\r?\n|$))`, `(^|[\[\s])` + item + `(\s*(?:\]|#|\r?\n|$))`} {
		at := regexp.MustCompile(form).FindStringSubmatchIndex(line)
		if at == nil {
			continue
		}
		keep := line[at[2]:at[3]]
		if len(at) > 4 {
			keep += line[at[4]:at[5]]
		}
		return line[:at[0]] + keep + line[at[1]:], true
	}
	return line, false
}
