package catalog

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/markdown"
	"lienhiep/internal/matter"
	"lienhiep/internal/weblink"
)

// mayDeceive reports whether a text may have a link to another host, without
// parsing it.
func mayDeceive(body []byte) bool {
	linked := bytes.Contains(body, []byte("](")) || bytes.Contains(body, []byte("]:"))
	return linked && bytes.ContainsAny(body, `:&\`) || bytes.Contains(body, []byte("//")) || bytes.Contains(body, []byte("www."))
}

// deceiving finds a link that leads to another host than its words or its address
// say.
func (b *bodyChecker) deceiving(n ast.Node, link, title []byte) {
	b.toFirstWord(n)
	texts := []string{markdown.Words(n, b.body), markdown.Unescape(title)}
	if f, found := weblink.Check(b.pos(), markdown.Attribute(link), texts...); found {
		b.findings = append(b.findings, f)
	}
}

// toFirstWord makes the first word within a node the place of what is found there.
func (b *bodyChecker) toFirstWord(n ast.Node) {
	_ = ast.Walk(n, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok {
			b.at = t.Segment.Start
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
}

// deceivingSource finds a source whose title names another host than it leads to.
func (d *decoder) deceivingSource(v *matter.Value, s *Source) {
	pos := d.at(v.Line, v.Column)
	for _, k := range v.Keys {
		if k.Name == "title" {
			pos = d.at(k.Value.Line, k.Value.Column)
		}
	}
	if _, reported := weblink.Check(pos, s.URL); reported {
		return
	}
	if f, found := weblink.Check(pos, s.URL, s.Title); found {
		d.report(f)
	}
}
