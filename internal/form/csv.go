package form

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strconv"
	"strings"

	"lienhiep/internal/plan"
)

// ByteOrderMark at the beginning of a file makes spreadsheet programs read it as UTF-8.
const ByteOrderMark = "\ufeff"

// csvColumns name what a row holds: a provision, a paragraph below one, or a
// block above and below them all. "kind" is the kind of a provision, "paragraph",
// or the block's role. Those from "status" on say how far a provision has come.
var csvColumns = []string{
	"id", "parent", "kind", "number", "label", "text", "place", "url", "document", "verbatim",
	"status", "lead", "with", "due", "period", "evidence",
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
	for _, h := range d.Head {
		row("", "", string(h.Role), "", "", h.Text, "")
	}
	for _, s := range d.Preamble {
		row("", "", string(plan.Preamble), "", "", s, "")
	}
	names := d.Designations()
	d.Walk(func(p, parent *plan.Provision) {
		up := ""
		if parent != nil {
			up = parent.ID
		}
		row(p.ID, up, string(p.Kind), names[p.ID].Short, p.Label, p.Text, names[p.ID].Ref)
		for _, s := range p.Paragraphs {
			row("", p.ID, "paragraph", "", "", s, "")
		}
	})
	for _, t := range d.Tail {
		row("", "", string(t.Role), "", "", t.Text, "")
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// progressCells are empty where nothing is said of the provision's progress; that
// there is no evidence is said with a 0.
func (e *Edition) progressCells(id string) []string {
	p, known := e.Progress[id]
	if !known {
		return make([]string, 6)
	}
	// What editors write is not the plan's own text, which must stand as it is.
	return []string{p.Status, Inert(strings.Join(p.Lead, "; ")), Inert(strings.Join(p.With, "; ")), p.Due, Inert(p.Period), strconv.Itoa(p.Evidence)}
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
