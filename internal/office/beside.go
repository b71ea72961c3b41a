package office

import (
	"path"
	"slices"
	"strings"
)

// What stands in no cell of a sheet: comments, boxes, charts, buttons, pictures. None of it
// is imported; its texts are named.

// isPicture reports whether a cell shows a picture: one put into the cell, which other
// programs see as an error, or one of WPS Office, a formula to them.
func isPicture(n *node, c rawCell) bool {
	return c.error && n.attr("vm") != "" || strings.HasPrefix(strings.TrimPrefix(c.text, "=_xlfn."), "=DISPIMG(") || strings.HasPrefix(c.text, "=_xlfn.DISPIMG(")
}

// beside reads the texts and pictures that lie over the cells.
func (b *workbook) beside(s *worksheet, rels map[string]relation) error {
	seen := map[string]bool{}
	for _, rel := range byID(rels) {
		if rel.external || seen[rel.target] {
			continue
		}
		seen[rel.target] = true
		switch rel.kind {
		case "comments", "threadedComment", "drawing":
			root, err := b.xml(rel.target)
			if err != nil {
				return err
			}
			if err := b.over(s, root, rel.target); err != nil {
				return err
			}
		case "vmlDrawing", "legacyDrawingHF":
			root, err := b.xml(rel.target)
			if err != nil { // Excel writes them as HTML, too
				s.aside(path.Base(rel.target))
				continue
			}
			root.walk(func(n *node) {
				switch n.name {
				case "v:textbox", "v:textpath":
					s.aside(n.allText() + n.attr("string"))
				case "v:imagedata":
					s.pictures++
				}
			})
		case "image":
			s.pictures++
		case "oleObject", "package", "control":
			s.aside("đối tượng nhúng: " + path.Base(rel.target))
		}
	}
	return nil
}

// over reads a part whose elements lie over the cells.
func (b *workbook) over(s *worksheet, root *node, part string) error {
	rels, err := b.relations(part)
	if err != nil {
		return err
	}
	root.walk(func(n *node) {
		switch n.name {
		case "x:comment", "?:threadedComment", "a:p":
			s.aside(n.allText())
		case "xdr:pic":
			s.pictures++
		case "xdr:graphicFrame":
			name := n.child("xdr:nvGraphicFramePr").child("xdr:cNvPr").attr("name")
			said := 0
			n.walk(func(k *node) {
				for _, a := range k.attrs {
					rel, ok := rels[a.Value]
					if !ok || rel.external || a.Name.Local != "r:id" && a.Name.Local != "r:dm" {
						continue
					}
					if inner, err := b.xml(rel.target); err == nil {
						for _, text := range drawnTexts(inner) {
							s.aside(shownName(name, text))
							said++
						}
					}
				}
			})
			if said == 0 {
				s.aside(name)
			}
		}
	})
	return nil
}

// drawnTexts are the texts of a chart or a diagram: titles, names of series, words in boxes.
func drawnTexts(root *node) (all []string) {
	root.walk(func(n *node) {
		if n.name == "a:p" || n.name == "c:tx" && n.child("c:strRef") != nil {
			if text := oneLine(tidy(n.texts("a:t", "c:v"))); text != "" && !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
	})
	return all
}
