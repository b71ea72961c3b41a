package plan

import (
	"slices"
	"strings"
)

// tables finds the rows of tables: lines whose cells stand side by side. Where blank
// lines part the paragraphs of a text, as a browser copies them, they part the rows of
// its tables too, and a row whose cells have several lines has as many itself.
func tables(lines []line) {
	t := tableFinder{lines: lines}
	gaps := 0
	for i := range lines {
		if lines[i].gap {
			gaps++
		}
	}
	t.apart = 2*gaps > len(lines)
	for i := 0; i < len(lines); {
		end := t.end(i)
		for k := i; k < end; k++ {
			lines[k].row = true
		}
		i = max(i+1, end)
	}
}

type tableFinder struct {
	lines []line
	apart bool // blank lines part the rows
}

// maxRowLines is more lines than any row of a table has.
const maxRowLines = 100

// blockEnd returns the index behind the block of lines that begins at i.
func (t *tableFinder) blockEnd(i int) int {
	end := i + 1
	for t.apart && end < len(t.lines) && !t.lines[end].gap && end-i < maxRowLines {
		end++
	}
	return end
}

// end returns the index behind the table that begins at i; i if none does.
func (t *tableFinder) end(i int) int {
	if t.lines[i].quotes > 0 || !t.opens(i) {
		return i
	}
	start, blocks := i, 0
	for i < len(t.lines) && t.lines[i].quotes == 0 {
		end := t.blockEnd(i)
		if !t.hasCells(i, end) && !t.isWithin(i, end, start) {
			break
		}
		i = end
		blocks++
	}
	first := &t.lines[start]
	if blocks == 1 && first.filled() == 2 && !first.barred && !(t.apart && first.gap) {
		return start // a blank that somebody made with a tab
	}
	return i
}

// isWithin reports whether a block without cells stands in a table: a heading between
// its rows, or a figure of a cell that several rows share.
func (t *tableFinder) isWithin(i, end, start int) bool {
	l := &t.lines[i]
	if !t.apart || end-i > 1 {
		return false
	}
	if strings.Trim(l.text, "0123456789,.%-") == "" {
		return true
	}
	return end < len(t.lines) && !strings.ContainsRune(".:;", l.last) && l.width < 80 && !(l.labelled && l.label.rank <= rankArticle) &&
		len(t.lines[end].cells) > 2 && len(t.lines[end].cells) == len(t.lines[i-1].cells)
}

// opens reports whether a table begins with the block at i: with its first line, or,
// where a cell of the first row has several, with another.
func (t *tableFinder) opens(i int) bool {
	if opensTable(&t.lines[i]) {
		return true
	}
	const most = 6
	end := i + 1
	for t.apart && t.lines[i].gap && end < len(t.lines) && !t.lines[end].gap {
		if end++; end > i+most {
			return false
		}
	}
	return slices.ContainsFunc(t.lines[i+1:end], func(l line) bool { return opensTable(&l) })
}

// opensTable reports whether a line can be a table's first row: cells stand side by
// side in it, not just a label and its text.
func opensTable(l *line) bool {
	if l.barred {
		return true
	}
	filled := l.filled()
	return filled > 2 || filled == 2 && !(l.labelled && strings.TrimSpace(l.cells[0]) == l.label.text)
}

// filled returns how many cells of the line hold words.
func (l *line) filled() int {
	n := 0
	for _, c := range l.cells {
		if c != "" {
			n++
		}
	}
	return n
}

// hasCells reports whether any of the lines goes on with a table.
func (t *tableFinder) hasCells(i, end int) bool {
	for ; i < end; i++ {
		if t.lines[i].cells != nil {
			return true
		}
	}
	return false
}

// readTable makes the rows that the lines are. Every run of lines that no blank line
// parts is one row, if it has as many cells as the others, or if a line of it has but one.
func readTable(lines []line) Table {
	var t Table
	columns := map[int]int{}
	for i := range lines {
		if i+1 == len(lines) || lines[i+1].gap {
			columns[len(lines[i].asRow())]++
		}
	}
	for i := 0; i < len(lines); {
		end := i + 1
		for end < len(lines) && !lines[end].gap {
			end++
		}
		if row := mergeRow(lines[i:end]); end-i > 1 && (columns[len(row)] > 0 || !allHaveCells(lines[i:end])) && !lines[i].barred {
			t = append(t, row)
		} else {
			for k := i; k < end; k++ {
				if !isBorder(&lines[k]) {
					t = append(t, lines[k].asRow())
				}
			}
		}
		i = end
	}
	return t
}

// asRow is the line as a row: its cells, or its text as the only one.
func (l *line) asRow() []string {
	if l.cells == nil {
		return []string{l.text}
	}
	return l.cells
}

// mergeRow puts the lines of one row together: where one line ends and the next begins,
// a cell goes on.
func mergeRow(lines []line) []string {
	row := append([]string{}, lines[0].asRow()...)
	for i := 1; i < len(lines); i++ {
		next := lines[i].asRow()
		row[len(row)-1] = strings.TrimSpace(row[len(row)-1] + " " + next[0])
		row = append(row, next[1:]...)
	}
	return row
}

func allHaveCells(lines []line) bool {
	for i := range lines {
		if lines[i].columns == nil {
			return false
		}
	}
	return true
}

// isBorder reports whether a line between bars is drawn, not written: "|---|:--|".
func isBorder(l *line) bool { return l.barred && strings.Trim(l.text, "-–—=:_ ") == "" }
