package catalog

import (
	"regexp"
	"strings"

	"lienhiep/internal/markdown"
)

// reviseBody takes over into the old text the blocks of the new one that read
// otherwise; the others keep their bytes, however the new text writes them.
func reviseBody(old, new string) string {
	if strings.TrimSpace(old) == strings.TrimSpace(new) {
		return old
	}
	was, is := markdown.Blocks(old), markdown.Blocks(new)
	before, after := make([]reading, len(was)), make([]reading, len(is))
	for i, b := range was {
		before[i] = read(b)
	}
	for i, b := range is {
		is[i] = unescape(b, old)
		after[i] = read(is[i])
	}
	var parts []string
	for _, p := range align(len(was), len(is), func(i, j int) bool { return after[j].says(before[i]) }) {
		switch {
		case p.new < 0: // taken out
		case p.same:
			parts = append(parts, was[p.old])
		case p.old < 0:
			parts = append(parts, is[p.new])
		default:
			parts = append(parts, realign(was[p.old], is[p.new]))
		}
	}
	lead := old[:len(old)-len(strings.TrimLeft(old, "\n"))]
	if strings.TrimSpace(old) == "" {
		lead = "\n"
	}
	return lead + strings.Join(parts, "\n\n") + "\n"
}

// reading is what readers see of a block.
type reading struct{ html, unaligned string }

// says reports whether r reads as old does. A table may have lost its columns'
// alignment where a program wrote it anew.
func (r reading) says(old reading) bool {
	return r.html == old.html || r.html == r.unaligned && r.html == old.unaligned
}

var (
	alignment = regexp.MustCompile(` (style="text-align:\w+"|align="\w+")`)
	// definition matches what a block says to others and does not show itself.
	definition = regexp.MustCompile(`(?m)^ {0,3}\[[^\]\n]+\]:.*`)
)

func read(block string) reading {
	page, err := markdown.HTML([]byte(block))
	if err != nil {
		return reading{block, block}
	}
	text := string(page)
	if at := definition.FindStringIndex(block); at != nil {
		text += block[at[0]:] // with the lines that belong to it
	}
	if !strings.Contains(text, "<pre") {
		text = strings.Join(strings.Fields(text), " ")
	}
	return reading{text, alignment.ReplaceAllString(text, "")}
}

// delimiters is the line of a table that says how its columns are aligned.
var delimiters = regexp.MustCompile(`(?m)^ {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)

// realign gives a table that was changed the alignment of its columns back.
func realign(was, is string) string {
	old, new := delimiters.FindString(was), delimiters.FindString(is)
	if old == "" || strings.Count(strings.Trim(old, " |"), "|") != strings.Count(strings.Trim(new, " |"), "|") || strings.Contains(new, ":") {
		return is
	}
	return strings.Replace(is, new, old, 1)
}

// unescape gives back to a new block what a program took for words: shortcodes,
// and the references to footnotes that the old text has.
func unescape(block, old string) string {
	block = escapedShortcode.ReplaceAllStringFunc(block, func(s string) string { return strings.ReplaceAll(s, `\`, "") })
	return escapedNote.ReplaceAllStringFunc(block, func(s string) string {
		if plain := strings.ReplaceAll(s, `\`, ""); strings.Contains(old, plain) {
			return plain
		}
		return s
	})
}

var (
	escapedShortcode = regexp.MustCompile(`\\?\{\\?\{\\?[<%][^\n]*?\\?[>%]\\?\}\\?\}`)
	escapedNote      = regexp.MustCompile(`\\?\[\\?\^[^\]\n]+?\\?\]`)
)
