package matter

import (
	"regexp"
	"strings"

	"lienhiep/internal/markdown"
)

// reviseBody merges into a body the blocks of its edited form that render differently;
// the others keep their bytes, however the edited form writes them.
func reviseBody(body, edited string) string {
	if strings.TrimSpace(body) == strings.TrimSpace(edited) {
		return body
	}
	was, is := markdown.Blocks(body), markdown.Blocks(edited)
	before, after := make([]rendering, len(was)), make([]rendering, len(is))
	for i, b := range was {
		before[i] = render(b)
	}
	for i, b := range is {
		is[i] = unescape(b, body)
		after[i] = render(is[i])
	}
	var parts []string
	for _, p := range align(len(was), len(is), func(i, j int) bool { return after[j].matches(before[i]) }) {
		switch {
		case p.after < 0: // taken out
		case p.same:
			parts = append(parts, was[p.before])
		case p.before < 0:
			parts = append(parts, is[p.after])
		default:
			parts = append(parts, realign(was[p.before], is[p.after]))
		}
	}
	lead := body[:len(body)-len(strings.TrimLeft(body, "\n"))]
	if strings.TrimSpace(body) == "" {
		lead = "\n"
	}
	return lead + strings.Join(parts, "\n\n") + "\n"
}

// rendering is a block in HTML, and in HTML without the alignment of table columns.
type rendering struct{ html, unaligned string }

// matches reports whether a block still renders as it did before. A table may have lost
// its alignment when the other program rewrote it.
func (r rendering) matches(before rendering) bool {
	return r.html == before.html || r.html == r.unaligned && r.html == before.unaligned
}

var (
	alignment = regexp.MustCompile(` (style="text-align:\w+"|align="\w+")`)
	// definition matches definitions of links and footnotes, which render nothing themselves.
	definition = regexp.MustCompile(`(?m)^ {0,3}\[[^\]\n]+\]:.*`)
)

func render(block string) rendering {
	page, err := markdown.HTML([]byte(block))
	if err != nil {
		return rendering{block, block}
	}
	text := string(page)
	if at := definition.FindStringIndex(block); at != nil {
		text += block[at[0]:] // with the lines that belong to it
	}
	if !strings.Contains(text, "<pre") {
		text = strings.Join(strings.Fields(text), " ")
	}
	return rendering{text, alignment.ReplaceAllString(text, "")}
}

// delimiters is the line of a table that says how its columns are aligned.
var delimiters = regexp.MustCompile(`(?m)^ {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)

// realign restores the column alignment of a table that was edited.
func realign(was, is string) string {
	aligned, plain := delimiters.FindString(was), delimiters.FindString(is)
	if aligned == "" || strings.Count(strings.Trim(aligned, " |"), "|") != strings.Count(strings.Trim(plain, " |"), "|") || strings.Contains(plain, ":") {
		return is
	}
	return strings.Replace(is, plain, aligned, 1)
}

// unescape restores in an edited block what the other program escaped as words:
// shortcodes, and references to footnotes that the body has.
func unescape(block, body string) string {
	block = escapedShortcode.ReplaceAllStringFunc(block, func(s string) string { return strings.ReplaceAll(s, `\`, "") })
	return escapedNote.ReplaceAllStringFunc(block, func(s string) string {
		if plain := strings.ReplaceAll(s, `\`, ""); strings.Contains(body, plain) {
			return plain
		}
		return s
	})
}

var (
	escapedShortcode = regexp.MustCompile(`\\?\{\\?\{\\?[<%][^\n]*?\\?[>%]\\?\}\\?\}`)
	escapedNote      = regexp.MustCompile(`\\?\[\\?\^[^\]\n]+?\\?\]`)
)
