package form

import (
	"errors"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/office"
	"lienhiep/internal/plan"
)

// writeDocx writes a Word document that looks as official documents do. Labels are
// words of the text: nothing is numbered by the word processor. A bookmark stands
// at each provision.
func writeDocx(e *Edition) ([]byte, error) {
	d := office.Docx{
		Title: e.Document.Type + " " + e.Document.Number, Creator: e.Document.IssuerInFull(), Date: e.Date, Language: "vi-VN",
		Description: e.foot(), Foot: e.foot(),
	}
	w := wordWriter{House: HouseOf(e.Document), Ruler: NewRuler()}
	attached := ""
	for _, b := range bands(e.Document.Paragraphs()) {
		if b.attached() != attached {
			attached = b.attached()
			w.newPage = b.full != nil // what is attached is a document of its own
			if !w.newPage {
				d.Body = append(d.Body, office.Paragraph{Style: hairline, NewPage: true}) // a table cannot begin a page itself
			}
		}
		switch {
		case b.cells != nil:
			d.Body = addRow(d.Body, b, w.cell)
		case b.full != nil:
			for _, p := range w.paragraph(styled{*b.full, styleOf(*b.full, true, w.House).ruled(*b.full, b.next, w.House)}) {
				d.Body = append(d.Body, p)
			}
		default:
			row := []office.TableCell{w.cell(b.left), w.cell(b.right)}
			if n := len(d.Body); n > 0 {
				if t, ok := d.Body[n-1].(office.Table); ok && !t.Borders {
					t.Rows = append(t.Rows, row)
					d.Body[n-1] = t
					continue
				}
			}
			d.Body = appendTable(d.Body, office.Table{Columns: columnWidths, Rows: [][]office.TableCell{row}})
		}
	}
	return d.Bytes()
}

// wordWriter makes the paragraphs of a Word document.
type wordWriter struct {
	House
	Ruler
	newPage bool // the next paragraph begins one
}

// paragraph is a paragraph, and the line that is drawn below it.
func (w *wordWriter) paragraph(p styled) []office.Paragraph {
	g := office.Paragraph{Style: officeStyle(p.style), Lead: p.lead(), Text: strings.TrimPrefix(p.String(), p.lead()), NewPage: w.newPage}
	w.newPage = false
	if p.Own && p.Label != "" && !p.Quoted {
		g.Mark = "p_" + strings.ReplaceAll(p.Provision.ID, "-", "_") // letters, digits and _ make a name
	}
	if p.rule == 0 {
		return []office.Paragraph{g}
	}
	line := office.Paragraph{Style: hairline, Rule: p.rule * w.Width(p.String(), p.Face)}
	return []office.Paragraph{g, line}
}

// hairline is the style of a paragraph that has no words and takes no room.
var hairline = &office.Style{Name: "Nét kẻ", Size: 1, Align: office.Center, After: 3}

func (w *wordWriter) cell(paragraphs []plan.Paragraph) office.TableCell {
	var c office.TableCell
	for _, p := range styleColumn(paragraphs, w.House) {
		c = append(c, w.paragraph(p)...)
	}
	return c
}

// addRow adds a row of a table, to the one that the body ends in or as the first of a new.
func addRow(body []office.Block, b band, cell func([]plan.Paragraph) office.TableCell) []office.Block {
	var row []office.TableCell
	for i := range b.cells {
		row = append(row, cell(b.cells[i:i+1]))
	}
	if n := len(body); n > 0 && !b.first {
		if t, ok := body[n-1].(office.Table); ok {
			t.Rows = append(t.Rows, row)
			body[n-1] = t
			return body
		}
	}
	return appendTable(body, office.Table{Borders: true, Columns: b.breadths, Rows: [][]office.TableCell{row}})
}

// appendTable adds a table, apart from one that stands above it: Word would make one of
// the two.
func appendTable(body []office.Block, t office.Table) []office.Block {
	if n := len(body); n > 0 {
		if _, ok := body[n-1].(office.Table); ok {
			body = append(body, office.Paragraph{Style: hairline})
		}
	}
	return append(body, t)
}

// columnWidths are those of the two columns of head and tail, in percent.
var columnWidths = []int{40, 60}

func officeStyle(s style) *office.Style {
	look := &office.Style{
		Name: s.name, Align: office.Justify, Size: s.Size, Bold: s.Bold, Italic: s.Italic, Underline: s.Underline,
		FirstLine: s.indent, Before: s.before, After: s.after, KeepNext: s.keep, Outline: s.outline,
	}
	switch {
	case s.center:
		look.Align = office.Center
	case s.left:
		look.Align = office.Left
	}
	return look
}

// docxText reads a Word document back, a paragraph a line.
func docxText(data []byte) (string, error) {
	doc, findings := office.Read("docx", data)
	if doc == nil {
		return "", errors.New(findings[0].Message(diag.English))
	}
	text, _ := doc.Text()
	return text, nil
}

func docxWords(data []byte) (string, error) {
	text, err := docxText(data)
	return unbarred(text), err
}
