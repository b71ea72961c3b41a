package office

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"lienhiep/internal/diag"
)

// Text gives the document as plain text, a paragraph a line, with the numbers
// that Word draws written down ("1.", "a)", "1.1", "-"), as package plan reads it.
// What stands side by side in a table that is only a frame, as a document's head
// does, comes one after the other.
func (d *Document) Text() (string, []diag.Finding) {
	var b strings.Builder
	d.writeText(&b, d.blocks)
	pos := diag.Pos{File: d.file}
	var findings []diag.Finding
	if n := len(d.notes); n > 0 {
		findings = append(findings, ruleNotesInPlan.At(pos, n))
	}
	if n := len(d.pictures); n > 0 {
		findings = append(findings, rulePicturesInPlan.At(pos, n))
	}
	return b.String(), findings
}

func (d *Document) writeText(b *strings.Builder, blocks []block) {
	for _, bl := range blocks {
		switch bl := bl.(type) {
		case *para:
			if line := paraText(bl); line != "" {
				b.WriteString(line + "\n")
			}
		case *table:
			for _, ro := range bl.rows {
				d.rowText(b, ro)
			}
		}
	}
}

// rowText writes a row on one line, its cells apart, unless a cell has several
// paragraphs: then they are columns of text, read one after the other.
func (d *Document) rowText(b *strings.Builder, ro row) {
	var cells []string
	lines := 0
	for _, c := range ro.cells {
		var inner strings.Builder
		d.writeText(&inner, c.blocks)
		if text := strings.TrimSpace(inner.String()); text != "" {
			cells = append(cells, text)
			lines = max(lines, 1+strings.Count(text, "\n"))
		}
	}
	if lines > 1 {
		b.WriteString(strings.Join(cells, "\n") + "\n")
	} else if len(cells) > 0 {
		b.WriteString(strings.Join(cells, "    ") + "\n")
	}
}

func paraText(p *para) string {
	text := plain(p.runs)
	if p.item == nil || p.item.label == "" || text == "" {
		return text
	}
	label := p.item.label
	if p.item.bullet && label != "+" {
		label = "-"
	}
	return label + " " + text
}

// PlainText reads a text file: in UTF-8, in what Notepad calls Unicode (UTF-16),
// or in bytes of a legacy encoding, which is read as Unicode too.
func PlainText(file string, data []byte) (string, []diag.Finding) {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return decodeText(file, fromUTF16(data[2:], binary.LittleEndian))
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return decodeText(file, fromUTF16(data[2:], binary.BigEndian))
	case utf8.Valid(data):
		return decodeText(file, string(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	}
	runes := make([]rune, len(data)) // each byte is the character of its number, as in Word
	for i, c := range data {
		runes[i] = rune(c)
	}
	text, findings := decodeText(file, string(runes))
	if !modern(text) { // nothing was recognised: let its reader say what is wrong
		return string(data), nil
	}
	return text, findings
}

func fromUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}
