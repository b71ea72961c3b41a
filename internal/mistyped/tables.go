package mistyped

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

var (
	// ruleLike is the line below a table's heading as it may be typed, or become in Word.
	ruleLike = regexp.MustCompile(`^[|｜+ \t]*:?[-–—=_]+:?[ \t]*(?:[|｜+][ \t]*:?[-–—=_]+:?[ \t]*)*[|｜+]?$`)
	number   = regexp.MustCompile(`^[\d.,/%-]+$`)
)

// cells takes a row of a table apart.
func cells(row string) []string {
	row = strings.TrimSpace(strings.ReplaceAll(row, "｜", "|"))
	row = strings.TrimPrefix(row, "|")
	var all []string
	from := 0
	for i := 0; i < len(row); i++ {
		if row[i] == '|' && (i == 0 || row[i-1] != '\\') { // whatever stands before the backslash
			all = append(all, strings.TrimSpace(row[from:i]))
			from = i + 1
		}
	}
	if rest := strings.TrimSpace(row[from:]); rest != "" {
		all = append(all, rest)
	}
	return all
}

// isRow reports whether a line is a row of a table by the strokes at its ends.
func isRow(text string) bool {
	text = strings.ReplaceAll(text, "｜", "|")
	return len(text) > 2 && text[0] == '|' && (text[len(text)-1] == '|' || strings.Count(text, "|") > 2) && len(cells(text)) > 1
}

// looseRow is one without strokes at its ends.
func looseRow(text string) bool { return strings.Contains(text, " | ") && len(cells(text)) > 1 }

// tables finds rows in a paragraph that are no table: there is no rule below the first, it
// has another number of columns or other signs, or tabs part the columns.
func (f *finder) tables(b *block) {
	if b.node.Kind() != ast.KindParagraph && b.node.Kind() != ast.KindTextBlock {
		return
	}
	for i := 0; i < len(b.lines); {
		end := i
		for end < len(b.lines) && f.isShown(b.lines[end].start) && (isRow(b.lines[end].text) || end > i && isRuleLike(b.lines[end].text)) {
			end++
		}
		if end-i < 2 {
			end = i
			for end < len(b.lines) && f.isShown(b.lines[end].start) && (looseRow(b.lines[end].text) || end > i && isRuleLike(b.lines[end].text)) {
				end++
			}
			if end-i < 2 || !isRuleLike(b.lines[i+1].text) && (end-i < 3 || !sameCells(b.lines[i:end])) {
				end = i
			}
		}
		if end-i >= 2 {
			f.rows(b.lines[i:end])
		}
		i = max(end, i+1)
	}
	f.tabbed(b)
}

func isRuleLike(text string) bool {
	return ruleLike.MatchString(text) && strings.ContainsAny(text, "|｜+")
}

// ruleOf is the line below the heading of a table of so many columns, and emptyRow a
// heading that says nothing.
func ruleOf(columns int) string   { return "|" + strings.Repeat(" --- |", columns) }
func emptyRow(columns int) string { return "|" + strings.Repeat("  |", columns) }

func sameCells(lines []line) bool {
	for _, l := range lines {
		if len(cells(l.text)) != len(cells(lines[0].text)) {
			return false
		}
	}
	return true
}

// rows makes lines a table: the first is its heading, unless it has a number in it, as
// the rows of a list have.
func (f *finder) rows(lines []line) {
	columns := len(cells(lines[0].text))
	rule := ruleOf(columns)
	first := lines[0]
	lead := ""
	if first.start > 0 && f.body[first.start-1] != '\n' {
		lead = string(f.body[f.lineStart(first.start):first.start])
	}
	switch {
	case isRuleLike(lines[1].text):
		f.add(Table, first.start, true, Edit{lines[1].start, lines[1].text, rule})
	case hasNumber(first.text):
		f.add(Table, first.start, true, Edit{first.start, "", emptyRow(columns) + "\n" + lead + rule + "\n" + lead})
	default:
		f.add(Table, first.start, true, Edit{first.end, "", "\n" + lead + rule})
	}
}

func hasNumber(row string) bool {
	for _, c := range cells(row) {
		if number.MatchString(c) && len(c) < 4 {
			return true
		}
	}
	return false
}

// tabbed finds rows whose cells tabs part, as they are copied from a spreadsheet.
func (f *finder) tabbed(b *block) {
	columns := strings.Count(b.lines[0].text, "\t")
	if columns == 0 || len(b.lines) < 2 {
		return
	}
	var edits []Edit
	for i, l := range b.lines {
		if strings.Count(l.text, "\t") != columns || !f.isShown(l.start) {
			return
		}
		row := "| " + strings.Join(trimmed(strings.Split(strings.ReplaceAll(l.text, "|", `\|`), "\t")), " | ") + " |"
		rule := ruleOf(columns + 1)
		switch {
		case i == 0 && hasNumber(row):
			row = emptyRow(columns+1) + "\n" + rule + "\n" + row
		case i == 0:
			row += "\n" + rule
		}
		edits = append(edits, Edit{l.start, l.text, row})
	}
	f.add(Table, b.start(), columns > 1, edits...)
}

func trimmed(cells []string) []string {
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
	}
	return cells
}

// scatteredRows finds rows of a table between which there are blank lines.
func (f *finder) scatteredRows() {
	var group []*block
	flush := func() {
		if len(group) > 1 {
			f.scattered(group)
		}
		group = nil
	}
	for _, b := range f.blocks {
		single := b.node.Kind() == ast.KindParagraph && len(b.lines) == 1 && f.isShown(b.start()) && (isRow(b.lines[0].text) || len(group) > 0 && isRuleLike(b.lines[0].text))
		if !single || len(group) > 0 && group[len(group)-1].node.NextSibling() != b.node {
			flush()
		}
		if single {
			group = append(group, b)
		}
	}
	flush()
}

func (f *finder) scattered(group []*block) {
	first := group[0].lines[0]
	columns := len(cells(first.text))
	rule := ruleOf(columns)
	var edits []Edit
	ruled := false
	for i, b := range group {
		l := b.lines[0]
		if i == 0 {
			continue
		}
		gap := Edit{group[i-1].end(), string(f.body[group[i-1].end():l.start]), "\n"}
		if i == 1 && !isRuleLike(l.text) {
			gap.New = "\n" + rule + "\n"
		}
		edits = append(edits, gap)
		if isRuleLike(l.text) && i == 1 {
			ruled = true
			edits = append(edits, Edit{l.start, l.text, rule})
		}
	}
	if !ruled && hasNumber(first.text) {
		edits[0].New = "\n"
		edits = append([]Edit{{first.start, "", emptyRow(columns) + "\n" + rule + "\n"}}, edits...)
	}
	f.add(Table, first.start, true, edits...)
}

// excess finds rows with more cells than their table's heading: what stands in them is
// not shown.
func (f *finder) excess(t *east.Table) {
	head := t.FirstChild()
	if head == nil {
		return
	}
	at := cellStart(head)
	if at < 0 {
		return
	}
	columns := head.ChildCount()
	at = f.lineEnd(f.lineEnd(at)+1) + 1
	for range t.ChildCount() - 1 {
		if at >= len(f.body) {
			return
		}
		end := f.lineEnd(at)
		if row := cells(strings.TrimLeft(string(f.body[at:end]), " \t>")); len(row) > columns && strings.Join(row[columns:], "") != "" {
			f.add(Lost, at, false)
		}
		at = end + 1
	}
}

// cellStart is where the words of the first cell of a row begin that has some.
func cellStart(row ast.Node) int {
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Lines().Len() > 0 && c.Lines().At(0).Start > 0 {
			return c.Lines().At(0).Start
		}
	}
	return -1
}
