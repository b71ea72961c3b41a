package proof

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
	"lienhiep/internal/weblink"
)

var ruleUnknownAddress = diag.NewRule("unknown-address", diag.Warning,
	diag.Text{VI: "Liên kết “%[1]s” có lẽ không dẫn tới trang nào; dựng trang sẽ dừng ở đây.", EN: "The link “%[1]s” probably leads to no page, and building the site will stop here."},
	diag.Text{VI: "Chép địa chỉ từ thanh địa chỉ của trình duyệt, chỉ giữ từ dấu / sau tên miền.", EN: "Copy the address from the browser, from the / behind the host."})

// linkSigns are what a text has one of that has a link to a page.
var linkSigns = [][]byte{[]byte("]("), []byte("]:"), []byte("://")}

// links finds those to addresses that the site does not have.
func (w *checker) links(c *catalog.Catalog, e *catalog.Entry, all catalog.Destinations) []diag.Finding {
	if !slices.ContainsFunc(linkSigns, func(sign []byte) bool { return bytes.Contains(w.body, sign) }) {
		return nil
	}
	var findings []diag.Finding
	first, places := len(w.src)-len(w.body), diag.PlacesIn(w.file, w.src)
	at := 0
	// The walk cannot fail: the visitor returns no error.
	_ = ast.Walk(markdown.Parse(w.body), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			at = t.Segment.Start
		}
		if entering { // the place is that of its words
			return ast.WalkContinue, nil
		}
		link := ""
		switch l := n.(type) {
		case *ast.Link:
			link = markdown.Attribute(l.Destination)
		case *ast.AutoLink:
			link = string(l.URL(w.body))
			if i := bytes.Index(w.body[at:], l.Label(w.body)); i >= 0 {
				at += i
			}
		}
		if address := c.OnSite(link); link != "" && weblink.Meant(link) == "" && !all.HasFrom(e, address) {
			f := ruleUnknownAddress.At(places.At(first+at), diag.FirstLine(link))
			if len(findings) < maxGuesses {
				if !strings.HasPrefix(address, "/") {
					address = path.Join(e.Path, address)
				}
				f = f.Suggest(c.NearestAddress(address))
			}
			findings = append(findings, f)
		}
		return ast.WalkContinue, nil
	})
	return findings
}
