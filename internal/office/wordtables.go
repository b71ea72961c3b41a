package office

import (
	"fmt"
	"path"
	"strings"

	"lienhiep/internal/diag"
)

// Lists of people are as usual in Word as in Excel: the tables of a document are read as the
// sheets of a workbook, and what stands around them is named.

// tablesOf reads the tables of an .xlsx or a .docx file.
func tablesOf(file string, data []byte) (*workbook, []diag.Finding) {
	if !strings.EqualFold(path.Ext(file), word.ending) {
		b, err := openWorkbook(file, data)
		if err != nil {
			return nil, findingsOf(file, err)
		}
		return b, b.decode()
	}
	doc, findings := Read(file, data)
	if doc == nil {
		return nil, findings
	}
	return doc.workbook(), findings
}

func (doc *Document) workbook() *workbook {
	b := &workbook{archive: &archive{file: doc.file}}
	var around []string
	var longest *worksheet
	for _, one := range doc.blocks {
		t, ok := one.(*table)
		if ok && !isLetterhead(t) {
			s := t.worksheet(fmt.Sprintf("Bảng %d", len(b.sheets)+1))
			if b.sheets = append(b.sheets, s); longest == nil || len(s.rows) > len(longest.rows) {
				longest = s
			}
			continue
		}
		each([]block{one}, func(p *para) {
			if text := oneLine(plain(p.runs)); text != "" {
				around = append(around, text)
			}
		})
	}
	if longest != nil {
		longest.beside, longest.pictures = around, len(doc.pictures)
	}
	return b
}

// isLetterhead reports whether a table only sets something side by side: an organ and a motto, a
// list of recipients and a signature.
func isLetterhead(t *table) bool {
	const rows, columns = 3, 2
	for _, ro := range t.rows {
		if len(ro.cells) > columns {
			return false
		}
	}
	return len(t.rows) <= rows
}

// worksheet is a table as a sheet of Excel has it.
func (t *table) worksheet(name string) *worksheet {
	s := &worksheet{name: name, hiddenRow: map[int]bool{}, hiddenCol: map[int]bool{}}
	begun := map[int]int{} // where in merges the area is that reaches down a column
	for y, ro := range t.rows[:min(len(t.rows), MaxRows+1)] {
		var line []rawCell
		for _, c := range ro.cells {
			x, right := len(line), len(line)+c.span-1
			line = append(line, rawCell{text: c.text()})
			line = append(line, make([]rawCell, c.span-1)...)
			i, reaches := begun[x]
			switch {
			case c.joined && reaches:
				line[x] = rawCell{} // what it covers has been named
				s.merges[i].bottom = y
				continue
			case c.starts || c.span > 1:
				s.merges = append(s.merges, area{x, y, right, y})
			}
			if delete(begun, x); c.starts {
				begun[x] = len(s.merges) - 1
			}
		}
		if s.rows = append(s.rows, line); len(line) > maxColumns || y >= MaxRows {
			s.tooLong = y + 1
		}
	}
	return s
}

// text is what a cell says, a line a paragraph. Of a list its number is said where that is all.
func (c cell) text() string {
	var lines []string
	each(c.blocks, func(p *para) {
		text := plain(p.runs)
		if text == "" && p.item != nil && !p.item.bullet {
			text = strings.TrimSuffix(p.item.label, ".")
		}
		if text != "" {
			lines = append(lines, text)
		}
	})
	return strings.Join(lines, "\n")
}

// Tabular reports whether more of the document's words stand in tables than around them.
func (doc *Document) Tabular() bool {
	inside, all := 0, 0
	for _, one := range doc.blocks {
		t, ok := one.(*table)
		each([]block{one}, func(p *para) {
			n := len(plain(p.runs))
			if all += n; ok && !isLetterhead(t) {
				inside += n
			}
		})
	}
	return 2*inside > all
}
