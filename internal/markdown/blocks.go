package markdown

import (
	"regexp"
	"strings"
)

// fence begins or ends a block of code.
var fence = regexp.MustCompile("^ {0,3}(```+|~~~+)")

// Blocks splits a text at blank lines, except within fenced code and before indented
// lines, which belong to a list or footnote.
func Blocks(text string) []string {
	var all []string
	var block []string
	open := ""
	flush := func() {
		if b := strings.TrimRight(strings.Join(block, "\n"), " \t\n"); b != "" {
			all = append(all, b)
		}
		block = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		inside := open != "" || strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t")
		if m := fence.FindStringSubmatch(line); m != nil {
			switch {
			case open == "":
				open = m[1]
			case strings.HasPrefix(m[1], open):
				open = ""
			}
		}
		if len(block) > 0 && block[len(block)-1] == "" && line != "" && !inside {
			flush()
		}
		if strings.TrimSpace(line) == "" && open == "" {
			line = ""
		}
		if line != "" || len(block) > 0 {
			block = append(block, line)
		}
	}
	flush()
	return all
}
