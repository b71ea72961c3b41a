package office

import (
	"fmt"
	"slices"
	"strings"

	"lienhiep/internal/diag"
)

// A document is read with an account of all that it holds: an element is marked when
// what it says has been taken over or has been named as left out. What no mark is on
// when the reading has ended, and holds text or refers to a part of the file, is named
// as well: an element that this package has never heard of does not vanish.

// left is what is left out or changed for one reason.
type left struct {
	rule  *diag.Rule
	count int
	texts []string // what it says, as far as it says anything
}

// has reports whether something has been left out for a reason.
func (t *tally) has(rule *diag.Rule) bool {
	return slices.ContainsFunc(t.left, func(l *left) bool { return l.rule == rule })
}

const (
	maxNamedTexts  = 40  // texts that a message about a document names
	maxTextExcerpt = 120 // characters of each
)

// leave names something that is left out.
func (t *tally) leave(rule *diag.Rule, text string) {
	i := slices.IndexFunc(t.left, func(l *left) bool { return l.rule == rule })
	if i < 0 {
		i = len(t.left)
		t.left = append(t.left, &left{rule: rule})
	}
	l := t.left[i]
	l.count++
	if text = oneLine(text); text != "" && len(l.texts) <= 1000 {
		l.texts = append(l.texts, text)
	}
}

// findings names what was left out, each reason once.
func (t *tally) findings(file string) []diag.Finding {
	pos := diag.Pos{File: file}
	var all []diag.Finding
	if t.tracked > 0 {
		all = append(all, ruleTracked.At(pos, t.tracked))
	}
	for _, l := range t.left {
		vi, en := enumerate(l.texts, maxNamedTexts, maxTextExcerpt)
		if vi != "" {
			vi, en = ": "+vi, ": "+en
		}
		all = append(all, l.rule.At(pos, l.count, vi, en))
	}
	for _, e := range t.converted {
		all = append(all, ruleConverted.At(pos, e))
	}
	for _, link := range t.links {
		all = append(all, ruleLinkDropped.At(pos, link))
	}
	return append(all, t.lost...)
}

// ignored are elements that hold properties or layout instead of text.
func ignored(name string) bool {
	switch name {
	case "wp:positionH", "wp:positionV", "?:sizeRelH", "?:sizeRelV", "o:FieldCodes", "o:LockedField":
		return true
	}
	return strings.HasSuffix(name, "Pr") || strings.HasSuffix(name, "PrChange")
}

// sweep reports everything below n that no mark accounts for.
func (r *reader) sweep(n *node) {
	if n == nil || n.whole || ignored(n.name) {
		return
	}
	if !n.done {
		said := oneLine(tidy(string(n.text)))
		for _, a := range n.attrs {
			switch a.Name.Local {
			case "r:id", "r:embed", "r:link", "r:dm", "r:pict":
				if rel, ok := r.rels[a.Value]; ok && !rel.external {
					said = strings.TrimSpace(said + " " + rel.target)
				}
			}
		}
		if said != "" {
			r.doc.tally.leave(ruleUnknownElement, said)
		}
	}
	for _, k := range n.kids {
		r.sweep(k)
	}
}

// mark notes that an element's own characters are accounted for.
func (n *node) mark() *node {
	if n != nil {
		n.done = true
	}
	return n
}

// markAll notes that everything below n is accounted for.
func (n *node) markAll() *node {
	if n != nil {
		n.whole = true
	}
	return n
}

// said is what an element says that is left out as a whole: its text, and what its
// pictures show.
func (n *node) said() string {
	var b strings.Builder
	n.walk(func(k *node) {
		b.Write(k.text)
		switch k.name {
		case "w:p", "w:tab", "w:br":
			b.WriteByte(' ')
		case "pic:pic", "v:imagedata":
			b.WriteString(" (hình)")
		case "wp:docPr":
			b.WriteString(" " + altOf(k, "descr", "title"))
		case "v:textpath":
			b.WriteString(" " + k.attr("string"))
		}
	})
	return oneLine(tidy(b.String()))
}

// shownName is a part's name for people.
func shownName(kind, text string) string {
	if text = oneLine(text); text == "" {
		return kind
	}
	return fmt.Sprintf("%s: %s", kind, text)
}
