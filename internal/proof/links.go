package proof

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
)

var ruleUnknownAddress = diag.NewRule("unknown-address", diag.Warning,
	diag.Text{VI: "Liên kết “%[1]s” có lẽ không dẫn tới trang nào; dựng trang sẽ dừng ở đây.", EN: "The link “%[1]s” probably leads to no page, and building the site will stop here."},
	diag.Text{VI: "Chép địa chỉ từ thanh địa chỉ của trình duyệt, chỉ giữ từ dấu / sau tên miền.", EN: "Copy the address from the browser, from the / behind the host."})

// links finds those to addresses that the site does not have.
func (w *checker) links(c *catalog.Catalog, all catalog.Destinations) []diag.Finding {
	if !bytes.Contains(w.body, []byte("/")) || !bytes.Contains(w.body, []byte("](")) && !bytes.Contains(w.body, []byte("]:")) {
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
		l, ok := n.(*ast.Link)
		if !ok || entering { // the place is that of its words
			return ast.WalkContinue, nil
		}
		if link := markdown.Attribute(l.Destination); strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "//") && !all.Has(link) {
			f := ruleUnknownAddress.At(places.At(first+at), diag.FirstLine(link))
			if len(findings) < maxGuesses {
				f = f.Suggest(c.NearestAddress(link))
			}
			findings = append(findings, f)
		}
		return ast.WalkContinue, nil
	})
	return findings
}
