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
	paragraph := func(p styled) office.Paragraph {
		g := office.Paragraph{Style: officeStyle(p.style), Text: p.String()}
		if p.Own && p.Label != "" && !p.Quoted {
			g.Mark = "p_" + strings.ReplaceAll(p.Provision.ID, "-", "_") // letters, digits and _ make a name
		}
		return g
	}
	cell := func(paragraphs []plan.Paragraph) office.TableCell {
		var c office.TableCell
		for _, p := range styleColumn(paragraphs) {
			c = append(c, paragraph(p))
		}
		return c
	}
	for _, b := range bands(e.Document.Paragraphs()) {
		if b.cells != nil {
			d.Body = addRow(d.Body, b.cells, cell)
			continue
		}
		if b.full != nil {
			d.Body = append(d.Body, paragraph(styled{*b.full, styleOf(*b.full, true)}))
			continue
		}
		row := []office.TableCell{cell(b.left), cell(b.right)}
		if n := len(d.Body); n > 0 {
			if t, ok := d.Body[n-1].(office.Table); ok && !t.Borders {
				t.Rows = append(t.Rows, row)
				d.Body[n-1] = t
				continue
			}
		}
		d.Body = append(d.Body, office.Table{Columns: columnWidths, Rows: [][]office.TableCell{row}})
	}
	return d.Bytes()
}

// addRow adds a row of a table, to the one that the body ends in if that has as many
// columns.
func addRow(body []office.Block, cells []plan.Paragraph, cell func([]plan.Paragraph) office.TableCell) []office.Block {
	var row []office.TableCell
	for i := range cells {
		row = append(row, cell(cells[i:i+1]))
	}
	if n := len(body); n > 0 {
		if t, ok := body[n-1].(office.Table); ok && t.Borders && len(t.Columns) == len(row) {
			t.Rows = append(t.Rows, row)
			body[n-1] = t
			return body
		}
	}
	columns := make([]int, len(row))
	for i := range columns {
		columns[i] = 1
	}
	return append(body, office.Table{Borders: true, Columns: columns, Rows: [][]office.TableCell{row}})
}

// columnWidths are those of the two columns of head and tail, in percent.
var columnWidths = []int{40, 60}

func officeStyle(s style) *office.Style {
	look := &office.Style{
		Name: s.name, Align: office.Justify, Size: s.size, Bold: s.bold, Italic: s.italic,
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
