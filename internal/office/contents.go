package office

import (
	"regexp"
	"strings"

	"lienhiep/internal/viet"
)

// contentsLine is a line of a contents that was typed: words, then dots, a tab or blanks,
// then the number of a page.
var contentsLine = regexp.MustCompile(`^.*\S(?:\s*(?:[.…_]{3,}|…)\s*|\t\s*| {3,})\d{1,4}$`)

// dropContents takes a contents out of the blocks: its heading, and the lines that were
// typed below it. fielded says that Word's own has been left out already.
func dropContents(blocks []block, fielded bool) (lines []string, kept []block) {
	for i := 0; i < len(blocks); i++ {
		p, ok := blocks[i].(*para)
		if !ok || viet.Fold(strings.Trim(oneLine(plain(p.runs)), " :.")) != "muc luc" {
			kept = append(kept, blocks[i])
			continue
		}
		end := i + 1
		for ; end < len(blocks); end++ {
			p, ok := blocks[end].(*para)
			if text := ""; !ok || hasPicture(p.runs) {
				break
			} else if text = plain(p.runs); text != "" && !contentsLine.MatchString(text) && viet.Fold(text) != "trang" {
				break
			} else if text != "" {
				lines = append(lines, oneLine(text))
			}
		}
		if len(lines) == 0 && !fielded {
			kept = append(kept, blocks[i])
			continue
		}
		lines = append(lines, oneLine(plain(p.runs)))
		i = end - 1
	}
	return lines, kept
}
