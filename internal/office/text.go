package office

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
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
			if rows := d.dataRows(bl); rows != nil {
				for _, cells := range rows {
					b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
				}
				continue
			}
			for _, ro := range bl.rows {
				d.rowText(b, ro)
			}
		}
	}
}

// dataRows returns the rows of a table that holds data, nil for one that is only a
// frame, as the head and the signature of a document have.
func (d *Document) dataRows(t *table) [][]string {
	var rows [][]string
	columns := 0
	for _, ro := range t.rows {
		var cells []string
		for _, c := range ro.cells {
			var inner strings.Builder
			d.writeText(&inner, c.blocks)
			cells = append(cells, strings.Join(strings.Fields(inner.String()), " "))
			cells = append(cells, make([]string, max(0, c.span-1))...) // the columns that it reaches over
		}
		columns = max(columns, len(ro.cells))
		rows = append(rows, cells)
	}
	if len(rows) < 2 || columns < 2 || columns == 2 && (len(rows) < 3 || isFrame(rows)) {
		return nil
	}
	return rows
}

// isFrame reports whether the table of two columns holds the head or the signature of a
// document.
func isFrame(rows [][]string) bool {
	for _, cells := range rows {
		for _, cell := range cells {
			folded := viet.Fold(cell)
			for _, words := range []string{"cong hoa xa hoi chu nghia", "dang cong san viet nam", "noi nhan"} {
				if strings.Contains(folded, words) {
					return true
				}
			}
		}
	}
	return false
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

// PlainText reads a text file: in UTF-8, in what Notepad calls Unicode (UTF-16), with
// its byte order mark or without, or in bytes of a legacy encoding (TCVN3, VNI, VPS,
// Windows-1258), which is read as Unicode too.
func PlainText(file string, data []byte) (string, []diag.Finding) {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return decodeText(file, fromUTF16(data[2:], binary.LittleEndian))
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return decodeText(file, fromUTF16(data[2:], binary.BigEndian))
	case looksUTF16(data, 1):
		return decodeText(file, fromUTF16(data, binary.LittleEndian))
	case looksUTF16(data, 0):
		return decodeText(file, fromUTF16(data, binary.BigEndian))
	case utf8.Valid(data):
		return decodeText(file, string(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	}
	return decodeBytes(file, data)
}

// decodeBytes reads a text file of single bytes, all of it in the encoding in which its
// words make sense. Where none does, it is left as it is: its reader says what is wrong.
func decodeBytes(file string, data []byte) (string, []diag.Finding) {
	e, ok := viet.Legacy(data[:min(len(data), maxSample)])
	if !ok {
		return string(data), nil
	}
	var text strings.Builder
	var doubtful []string
	for line := range strings.Lines(string(data)) {
		for i, word := range strings.Split(line, " ") {
			if i > 0 {
				text.WriteByte(' ')
			}
			decoded, ok := e.Decode(characters(word, e))
			if !ok && len(doubtful) < maxDoubts {
				doubtful = append(doubtful, strings.TrimSpace(decoded))
			}
			text.WriteString(decoded)
		}
	}
	if len(doubtful) > 0 {
		return "", []diag.Finding{ruleLegacyDoubt.At(diag.Pos{File: file}, quoteList(doubtful))}
	}
	return norm.NFC.String(text.String()), []diag.Finding{ruleConverted.At(diag.Pos{File: file}, e.String())}
}

// characters gives each byte as the character of its number, as Word does; but for the
// quotation marks and dashes that Windows has where only VPS has letters.
func characters(word string, e viet.Encoding) string {
	runes := make([]rune, len(word))
	for i := range len(word) {
		runes[i] = rune(word[i])
		if c := word[i]; e != viet.VPS && 0x80 <= c && c <= 0x9F {
			runes[i] = charmap.Windows1252.DecodeByte(c)
		}
	}
	return string(runes)
}

// looksUTF16 reports whether text without a byte order mark is in UTF-16: every second
// byte, from the first or second on, is mostly the zero of ASCII.
func looksUTF16(data []byte, high int) bool {
	sample := data[:min(len(data), 4<<10)&^1]
	zeros := 0
	for i := high; i < len(sample); i += 2 {
		if sample[i] == 0 {
			zeros++
		}
	}
	return len(sample) > 3 && 4*zeros > len(sample) && sample[1-high] != 0
}

func fromUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}
