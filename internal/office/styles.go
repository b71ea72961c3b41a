package office

import (
	"strconv"
	"strings"
)

// styles are a document's formats: what a paragraph or run has by its style, by
// the document's default and by its own properties, in Word's order of precedence
// (ECMA-376 part 1, 17.7.2).
type styles struct {
	byID      map[string]*style
	paragraph string            // ID of the default paragraph style
	defaults  *node             // run properties of the whole document
	theme     map[string]string // "majorAscii" → font
}

type style struct {
	name string // "heading 1", in small letters, English in every Word
	kind string // paragraph, character, numbering, table
	base string
	run  *node // w:rPr
	para *node // w:pPr
}

// maxBase bounds the chain of styles that are based on one another.
const maxBase = 32

func readStyles(root, theme *node) *styles {
	s := &styles{byID: map[string]*style{}, theme: map[string]string{}}
	s.defaults = root.child("w:docDefaults").child("w:rPrDefault").child("w:rPr")
	if root != nil {
		for _, n := range root.kids {
			if n.name != "w:style" {
				continue
			}
			id := n.attr("w:styleId")
			s.byID[id] = &style{
				name: strings.ToLower(n.val("w:name")), kind: n.attr("w:type"), base: n.val("w:basedOn"),
				run: n.child("w:rPr"), para: n.child("w:pPr"),
			}
			if n.attr("w:default") == "1" && n.attr("w:type") == "paragraph" {
				s.paragraph = id
			}
		}
	}
	fonts := theme.child("a:themeElements").child("a:fontScheme")
	for _, which := range []string{"major", "minor"} {
		s.theme[which] = fonts.child("a:" + which + "Font").child("a:latin").attr("typeface")
	}
	return s
}

// chain returns the style and those that it is based on, the nearest first.
func (s *styles) chain(id string) []*style {
	var all []*style
	for len(all) < maxBase {
		st := s.byID[id]
		if st == nil {
			break
		}
		all = append(all, st)
		id = st.base
	}
	return all
}

// props is what a run looks like, as far as it is read.
type props struct {
	bold, italic, strike, caps, hidden bool
	sup, sub                           bool
	position                           int // how far it is raised
	font                               string
}

// runProps works out what a run with the properties rPr looks like, in a
// paragraph of the style.
func (s *styles) runProps(paraStyle string, rPr *node) props {
	if paraStyle == "" {
		paraStyle = s.paragraph
	}
	levels := [][]*node{{rPr}, runsOf(s.chain(rPr.val("w:rStyle"))), runsOf(s.chain(paraStyle)), {s.defaults}}
	var p props
	p.bold = toggled(levels, "w:b")
	p.italic = toggled(levels, "w:i")
	p.strike = toggled(levels, "w:strike") || toggled(levels, "w:dstrike")
	p.caps = toggled(levels, "w:caps")
	p.hidden = toggled(levels, "w:vanish")
	for _, level := range levels {
		for _, n := range level {
			if p.font == "" {
				p.font = s.fontOf(n.child("w:rFonts"))
			}
		}
	}
	switch align := first(levels, "w:vertAlign").attr("w:val"); align {
	case "superscript":
		p.sup = true
	case "subscript":
		p.sub = true
	case "":
		p.position, _ = strconv.Atoi(first(levels, "w:position").attr("w:val"))
	}
	return p
}

func runsOf(chain []*style) []*node {
	nodes := make([]*node, len(chain))
	for i, st := range chain {
		nodes[i] = st.run
	}
	return nodes
}

// toggled works a toggle property out: the run's own word decides; without one,
// the character style and the paragraph style cancel each other, as bold in a
// bold heading does.
func toggled(levels [][]*node, name string) bool {
	if own := levels[0][0].toggle(name); own != 0 {
		return own > 0
	}
	on := false
	for _, level := range levels[1:3] {
		for _, n := range level {
			if t := n.toggle(name); t != 0 {
				on = on != (t > 0)
				break
			}
		}
	}
	return on || levels[3][0].toggle(name) > 0
}

func first(levels [][]*node, name string) *node {
	for _, level := range levels {
		for _, n := range level {
			if c := n.child(name); c != nil {
				return c
			}
		}
	}
	return nil
}

// fontOf names the font that letters beyond ASCII are drawn in.
func (s *styles) fontOf(rFonts *node) string {
	for _, a := range []string{"w:hAnsi", "w:ascii"} {
		if theme := rFonts.attr(a + "Theme"); theme != "" {
			return s.theme[theme[:min(len(theme), 5)]]
		}
		if font := rFonts.attr(a); font != "" {
			return font
		}
	}
	return ""
}

// paraProp finds a property of a paragraph: its own, or its style's.
func (s *styles) paraProp(pPr *node, name string) *node {
	if c := pPr.child(name); c != nil {
		return c
	}
	for _, st := range s.chain(s.styleOf(pPr)) {
		if c := st.para.child(name); c != nil {
			return c
		}
	}
	return nil
}

func (s *styles) styleOf(pPr *node) string {
	if id := pPr.val("w:pStyle"); s.byID[id] != nil {
		return id
	}
	return s.paragraph
}

// named returns the names of a paragraph's style and those it is based on.
func (s *styles) named(pPr *node) []string {
	var names []string
	for _, st := range s.chain(s.styleOf(pPr)) {
		names = append(names, st.name)
	}
	return names
}
