package plan

import "strings"

// Format writes the document as canonical text: one line for each block, text and
// paragraph, in the order of the source, and a blank line between head, preamble,
// top provisions and tail. Parse reads the same document out of it, but for the
// line numbers.
func Format(d *Document) string {
	var b strings.Builder
	line := func(s string) {
		if s != "" {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	for _, h := range d.Head {
		line(h.Text)
	}
	b.WriteByte('\n')
	for _, s := range d.Preamble {
		line(s)
	}
	d.Walk(func(p, parent *Provision) {
		if parent == nil {
			b.WriteByte('\n')
		}
		first := strings.TrimSpace(p.Label + " " + p.Text)
		if l, ok := readLabel(first); ok && l.text == p.Label {
			line(first)
		} else {
			// "Chương I", "Quy định chung": together they would read as a mention.
			line(p.Label)
			line(p.Text)
		}
		for _, s := range p.Paragraphs {
			line(s)
		}
	})
	b.WriteByte('\n')
	for _, t := range d.Tail {
		line(t.Text)
	}
	return b.String()
}
