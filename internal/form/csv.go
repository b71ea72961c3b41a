package form

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lienhiep/internal/plan"
)

// ByteOrderMark at the beginning of a file makes spreadsheet programs read it as UTF-8.
const ByteOrderMark = "\ufeff"

// csvColumns name what a row holds: a provision, a paragraph, a row of a table or a
// quoted provision below one, or a block above and below them all. "kind" is the kind
// of a provision, "paragraph", "row", "quoted", or the block's role. Those from "status"
// on say how far a provision has come.
var csvColumns = []string{
	"id", "parent", "kind", "number", "label", "text", "place", "url", "document", "verbatim",
	"status", "lead", "with", "due", "period", "deeds",
}

// Columns of the document's own words.
const (
	labelColumn = 4
	textColumn  = 5
)

// writeCSV writes a row for each provision and block in the order of the text
// (RFC 4180). Each row says what document it belongs to, since rows get copied.
func writeCSV(e *Edition) ([]byte, error) {
	d := e.Document
	b := bytes.NewBufferString(ByteOrderMark)
	w := csv.NewWriter(b)
	w.UseCRLF = true
	row := func(id, parent, kind, number, label, text, place string) {
		url := e.URL
		if id != "" {
			url += "#" + id
		} else if parent != "" {
			url += "#" + parent
		}
		w.Write(append([]string{id, parent, kind, number, label, text, place, url, d.Cite(), verbatim}, e.progressCells(id)...)) // a Buffer takes everything
	}
	w.Write(csvColumns)
	names := d.Designations()
	var provisions func(ps []*plan.Provision, up string)
	provisions = func(ps []*plan.Provision, up string) {
		for _, p := range ps {
			row(p.ID, up, string(p.Kind), names[p.ID].Short, p.Label, p.Text, names[p.ID].Ref)
			for _, s := range p.Paragraphs {
				passageRows(s, p.ID, row)
			}
			provisions(p.Children, p.ID)
		}
	}
	for _, one := range append([]*plan.Document{d}, d.Attachments...) {
		for _, h := range one.Head {
			row("", one.ID, string(h.Role), "", "", h.Text, "")
		}
		for _, s := range one.Preamble {
			row("", one.ID, string(plan.Preamble), "", "", s, "")
		}
		provisions(one.Provisions, one.ID)
		for _, t := range one.Tail {
			row("", one.ID, string(t.Role), "", "", t.Text, "")
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// Tables returns each table of a document as a CSV file of its own (RFC 4180), by
// [TableName]. Its rows have a cell for every column.
func Tables(d *plan.Document) (map[string][]byte, error) {
	files := map[string][]byte{}
	var failed error
	d.Walk(func(p, _ *plan.Provision) {
		for i, t := range p.Tables() {
			b := bytes.NewBufferString(ByteOrderMark)
			w := csv.NewWriter(b)
			w.UseCRLF = true
			columns := columnsOf(t)
			for _, row := range t {
				w.Write(append(slices.Clone(row), make([]string, columns-len(row))...)) // a Buffer takes everything
			}
			w.Flush()
			failed = cmp.Or(failed, w.Error())
			files[TableName(p.ID, i+1)] = b.Bytes()
		}
	})
	return files, failed
}

// TableName is the name of the file with a provision's table, counted from 1:
// "bang-ii-1.csv", "bang-ii-1-so-2.csv".
func TableName(provision string, n int) string {
	if n == 1 {
		return "bang-" + provision + ".csv"
	}
	return fmt.Sprintf("bang-%s-so-%d.csv", provision, n)
}

// passageRows writes what stands below a provision's words: a row for a paragraph, for
// each row of a table, its cells parted by tabs, and for each provision that is quoted.
func passageRows(s plan.Passage, parent string, row func(id, parent, kind, number, label, text, place string)) {
	if s.Text != "" {
		row("", parent, "paragraph", "", "", s.Text, "")
	}
	for _, cells := range s.Table {
		row("", parent, "row", "", "", strings.Join(cells, "\t"), "")
	}
	for _, q := range s.Quoted {
		row("", parent, "quoted", "", q.Label, q.Text, "")
		for _, inner := range q.Paragraphs {
			passageRows(inner, parent, row)
		}
		passageRows(plan.Passage{Quoted: q.Children}, parent, row)
	}
}

// progressCells are empty where nothing is said of the provision's progress; that
// nothing was done is said with a 0.
func (e *Edition) progressCells(id string) []string {
	p, known := e.Progress[id]
	if !known {
		return make([]string, 6)
	}
	// What editors write is not the plan's own text, which must stand as it is.
	return []string{p.Status, Inert(strings.Join(p.Lead, "; ")), Inert(strings.Join(p.With, "; ")), p.Due, Inert(p.Period), strconv.Itoa(p.Deeds)}
}

func csvWords(data []byte) (string, error) {
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte(ByteOrderMark)))).ReadAll()
	if err != nil {
		return "", err
	}
	if len(rows) == 0 || len(rows[0]) != len(csvColumns) {
		return "", errors.New("not the columns of a document")
	}
	var text strings.Builder
	for _, r := range rows[1:] {
		text.WriteString(squeeze(r[labelColumn] + r[textColumn]))
	}
	return text.String(), nil
}

// Inert escapes a text so that a spreadsheet program does not evaluate it as a formula.
func Inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
