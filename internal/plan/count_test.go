package plan_test

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/plan"
)

// counts are how many provisions of each kind a document has.
type counts struct{ parts, chapters, subchapters, articles, clauses int }

// Lines that open a provision, as a reader sees them who knows nothing of trees.
var opening = []struct {
	line  *regexp.Regexp
	count func(*counts) *int
}{
	{regexp.MustCompile(`^(?i:phần) (?i:thứ) \pL+$|^PHẦN [IVX\d]+[.:]?$`), func(c *counts) *int { return &c.parts }},
	{regexp.MustCompile(`^(?i:chương) [IVX\d]+[.:]?($| [^\p{Ll}]+$| [^\p{Ll}]{9})`), func(c *counts) *int { return &c.chapters }},
	{regexp.MustCompile(`^(?i:mục) [IVX\d]+[.:]?($| [^\p{Ll}]+$| [^\p{Ll}]{9})`), func(c *counts) *int { return &c.subchapters }},
	{regexp.MustCompile(`^Điều \d+[a-z]?(\.|:|$)`), func(c *counts) *int { return &c.articles }},
	{regexp.MustCompile(`^\d{1,3}[a-z]?\.($| |\p{Lu})`), func(c *counts) *int { return &c.clauses }},
}

// countLines counts the lines of a text that open a provision, by looking at each line
// alone: what stands in quotation marks or in a row of a table opens none. A paragraph
// that begins with a quotation mark ends every quotation before it.
func countLines(src string) counts {
	var c counts
	quoted, straight := 0, false
	src = strings.ReplaceAll(norm.NFC.String(src), "Ð", "Đ") // Icelandic, and not to be told from ours
	for block := range strings.SplitSeq(src, "\n\n") {
		row := strings.Contains(strings.TrimSpace(block), "\t")
		for line := range strings.Lines(block) {
			line = strings.Join(strings.Fields(line), " ")
			if strings.HasPrefix(line, "“") {
				quoted, straight = 0, false
			}
			if quoted == 0 && !straight && !row {
				for _, o := range opening {
					if o.line.MatchString(line) {
						*o.count(&c)++
						break
					}
				}
			}
			quoted = max(0, quoted+strings.Count(line, "“")-strings.Count(line, "”"))
			if strings.Count(line, `"`)%2 == 1 {
				straight = !straight
			}
		}
	}
	return c
}

// countTree counts the provisions of a tree.
func countTree(d *plan.Document) counts {
	var c counts
	d.Walk(func(p, _ *plan.Provision) {
		switch p.Kind {
		case plan.Part:
			c.parts++
		case plan.Chapter:
			c.chapters++
		case plan.Subchapter:
			c.subchapters++
		case plan.Article:
			c.articles++
		case plan.Item:
			if strings.Count(strings.TrimRight(p.Label, "."), ".") == 0 {
				c.clauses++
			}
		}
	})
	return c
}
