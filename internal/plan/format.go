package plan

import (
	"strings"
	"unicode"
)

// Paragraph is one of the paragraphs that the document is set in, in source
// order: a block, a paragraph of the preamble, a provision's own words, a
// paragraph or a table below them.
type Paragraph struct {
	Role      Role       // of a block of head or tail, and [Preamble]; "" in the provisions
	Provision *Provision // whose it is; nil elsewhere
	Depth     int        // of the provision: 0 at the top
	Own       bool       // the provision's label, text or both
	Quoted    bool       // within a quotation; the provision is the quotation's
	Label     string     // where it opens the provision
	Text      string
	Table     Table
	Attached  string // the ID of the attachment that it is in, or ""
}

// Preamble is the role of the preamble's paragraphs.
const Preamble Role = "preamble"

// String is the paragraph as it is read: the label, if any, and the text; or the rows of
// the table, a line each, between bars.
func (p Paragraph) String() string {
	if p.Table == nil {
		return strings.TrimSpace(p.Label + " " + p.Text)
	}
	var b strings.Builder
	for i, row := range p.Table {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |")
	}
	return b.String()
}

// Paragraphs returns the paragraphs that the document is set in, those of the
// attachments behind its own. None is empty.
func (d *Document) Paragraphs() []Paragraph {
	s := setter{attached: d.ID}
	for _, b := range d.Head {
		s.put(Paragraph{Role: b.Role, Text: b.Text})
	}
	for _, text := range d.Preamble {
		s.put(Paragraph{Role: Preamble, Text: text})
	}
	s.provisions(d.Provisions, 0, false)
	for _, b := range d.Tail {
		s.put(Paragraph{Role: b.Role, Text: b.Text})
	}
	for _, a := range d.Attachments {
		s.all = append(s.all, a.Paragraphs()...)
	}
	return s.all
}

// setter lays out a document as paragraphs.
type setter struct {
	attached string
	all      []Paragraph
}

func (s *setter) put(p Paragraph) {
	if p.Label != "" || p.Text != "" || p.Table != nil {
		p.Attached = s.attached
		s.all = append(s.all, p)
	}
}

func (s *setter) provisions(ps []*Provision, depth int, quoted bool) {
	for _, p := range ps {
		own := Paragraph{Provision: p, Depth: depth, Own: true, Quoted: quoted, Label: p.Label, Text: p.Text}
		if joins(own) {
			s.put(own)
		} else {
			// "Chương I", "Quy định chung": together they would read as a mention.
			s.put(Paragraph{Provision: p, Depth: depth, Own: true, Quoted: quoted, Label: p.Label})
			s.put(Paragraph{Provision: p, Depth: depth, Own: true, Quoted: quoted, Text: p.Text})
		}
		for _, passage := range p.Paragraphs {
			s.put(Paragraph{Provision: p, Depth: depth, Quoted: quoted, Text: passage.Text, Table: passage.Table})
			s.provisions(passage.Quoted, depth+1, true)
		}
		s.provisions(p.Children, depth+1, quoted)
	}
}

// joins reports whether a provision's label and text on one line are read as such.
func joins(p Paragraph) bool {
	bare := strings.TrimLeft(p.Label, "“\" ")
	l, ok := readLabel(strings.TrimPrefix(p.String(), p.Label[:len(p.Label)-len(bare)]))
	return p.Label == "" || ok && l.text == bare
}

// Format writes the document as canonical text: a line for each of its paragraphs and
// each row of a table, and a blank line between head, preamble, top provisions, tail and
// attachments, and behind words that a number could go on with ("Luật Đê điều", "1."; "2025",
// "- 100 %").
// Parse reads the same document out of it, but for the line numbers.
func Format(d *Document) string {
	var b strings.Builder
	var last Paragraph
	for i, p := range d.Paragraphs() {
		top := p.Own && p.Depth == 0 && p.Label != ""
		if i > 0 && (top || (p.Provision == nil) != (last.Provision == nil) || (p.Role == Preamble) != (last.Role == Preamble) || p.Attached != last.Attached || p.Own && (wantsNumber(last.Text) || unicode.IsDigit(lastRune(last.Text)) && startsDigit(p.Text)) ||
			p.Role == Preamble && !isTerminal(lastRune(last.Text))) {
			b.WriteByte('\n')
		}
		b.WriteString(p.String())
		b.WriteByte('\n')
		last = p
	}
	return b.String()
}
