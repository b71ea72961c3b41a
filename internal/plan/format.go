package plan

import "strings"

// Paragraph is one of the paragraphs that the document is set in, in source
// order: a block, a paragraph of the preamble, a provision's own words or a
// paragraph below them.
type Paragraph struct {
	Role      Role       // of a block of head or tail, and [Preamble]; "" in the provisions
	Provision *Provision // whose it is; nil elsewhere
	Depth     int        // of the provision: 0 at the top
	Own       bool       // the provision's label, text or both
	Label     string     // where it opens the provision
	Text      string
}

// Preamble is the role of the preamble's paragraphs.
const Preamble Role = "preamble"

// String is the paragraph as it is read: the label, if any, and the text.
func (p Paragraph) String() string { return strings.TrimSpace(p.Label + " " + p.Text) }

// Paragraphs returns the paragraphs that the document is set in. None is empty.
func (d *Document) Paragraphs() []Paragraph {
	var all []Paragraph
	put := func(p Paragraph) {
		if p.Label != "" || p.Text != "" {
			all = append(all, p)
		}
	}
	for _, b := range d.Head {
		put(Paragraph{Role: b.Role, Text: b.Text})
	}
	for _, s := range d.Preamble {
		put(Paragraph{Role: Preamble, Text: s})
	}
	var provisions func(ps []*Provision, depth int)
	provisions = func(ps []*Provision, depth int) {
		for _, p := range ps {
			own := Paragraph{Provision: p, Depth: depth, Own: true, Label: p.Label, Text: p.Text}
			if l, ok := readLabel(own.String()); ok && l.text == p.Label {
				put(own)
			} else {
				// "Chương I", "Quy định chung": together they would read as a mention.
				put(Paragraph{Provision: p, Depth: depth, Own: true, Label: p.Label})
				put(Paragraph{Provision: p, Depth: depth, Own: true, Text: p.Text})
			}
			for _, s := range p.Paragraphs {
				put(Paragraph{Provision: p, Depth: depth, Text: s})
			}
			provisions(p.Children, depth+1)
		}
	}
	provisions(d.Provisions, 0)
	for _, b := range d.Tail {
		put(Paragraph{Role: b.Role, Text: b.Text})
	}
	return all
}

// Format writes the document as canonical text: a line for each of its
// paragraphs, and a blank line between head, preamble, top provisions and tail.
// Parse reads the same document out of it, but for the line numbers.
func Format(d *Document) string {
	var b strings.Builder
	var last Paragraph
	for i, p := range d.Paragraphs() {
		top := p.Own && p.Depth == 0 && p.Label != ""
		if i > 0 && (top || (p.Provision == nil) != (last.Provision == nil) || (p.Role == Preamble) != (last.Role == Preamble)) {
			b.WriteByte('\n')
		}
		b.WriteString(p.String())
		b.WriteByte('\n')
		last = p
	}
	return b.String()
}
