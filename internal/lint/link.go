package lint

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
	"lienhiep/internal/viet"
	"lienhiep/internal/weblink"
)

var (
	ruleUnsafeLink = diag.NewRule("unsafe-link", diag.Error,
		diag.Text{VI: "Liên kết “%[1]s” không dẫn tới một trang web hay một địa chỉ thư.", EN: "The link “%[1]s” is neither to a web page nor to an e-mail address."},
		diag.Text{VI: "Trong trang thì viết địa chỉ bắt đầu bằng một dấu /, ra ngoài thì bằng https://, gửi thư thì bằng mailto:.", EN: "Start it with a single / for a page of this site, https:// for another site, mailto: for e-mail."})
	ruleWindowsPath = diag.NewRule("windows-path", diag.Error,
		diag.Text{VI: "“%[1]s” là đường dẫn trên máy của bạn; người đọc không mở được.", EN: "“%[1]s” is a path on your own computer, which no reader can open."},
		diag.Text{VI: "Chép tệp vào cùng thư mục với bài và chỉ ghi tên tệp; liên kết tới trang khác thì chép địa chỉ từ trình duyệt.", EN: "Copy the file into the entry's folder and write only its name; for a page, copy its address from the browser."})
)

// windowsPath matches C:\Users\… and what Explorer copies.
var windowsPath = regexp.MustCompile(`(?i)^(?:file:/*)?[a-z]:[\\/]|^\\\\`)

// WindowsPath finds whether a link or a picture is given by a path on the editor's own
// computer.
func WindowsPath(pos diag.Pos, path string) (diag.Finding, bool) {
	if !windowsPath.MatchString(path) {
		return diag.Finding{}, false
	}
	return ruleWindowsPath.At(pos, diag.FirstLine(path)), true
}

// mayMislead reports whether a text may have a link that is not safe, without
// parsing it.
func mayMislead(body []byte) bool {
	for _, before := range []string{"](", "]:"} {
		for rest := body; ; {
			_, after, found := bytes.Cut(rest, []byte(before))
			if !found {
				break
			}
			rest = bytes.TrimLeft(after, " \t\r\n")
			link := rest[:min(len(rest), maxDestination)]
			if end := bytes.IndexAny(link, " \t\r\n)"); end >= 0 {
				link = link[:end]
			}
			if !isSafeLink(string(link)) {
				return true
			}
		}
	}
	return false
}

// link finds whether a link leads where a reader may be led.
func (c *checker) link(n ast.Node, destination, title []byte) {
	link := string(destination)
	if isSafeLink(link) {
		c.deceiving(n, destination, title)
		return
	}
	c.find(destination)
	finding, found := WindowsPath(c.pos(), link)
	if !found {
		finding = ruleUnsafeLink.At(c.pos(), diag.FirstLine(link))
	}
	c.findings = append(c.findings, finding)
}

// isSafeLink reports whether a link, as written in Markdown, leads to a page of
// the site, to another site, or to an e-mail address. It reads what browsers read:
// without blanks and controls, with "\" for "/".
func isSafeLink(link string) bool {
	link = markdown.Attribute([]byte(link))
	link = strings.Map(func(r rune) rune {
		if r <= ' ' || viet.Invisible(r) {
			return -1
		}
		return r
	}, link)
	scheme, _, has := strings.Cut(link, ":")
	switch {
	case strings.Contains(link, `\`), strings.HasPrefix(link, "//"):
		return false
	case !has || strings.ContainsAny(scheme, "/?#"):
		return true
	case strings.EqualFold(scheme, "mailto"):
		return true
	}
	return weblink.IsWeb(link)
}

// mayDeceive reports whether a text may have a link to another host, without
// parsing it.
func mayDeceive(body []byte) bool {
	linked := bytes.Contains(body, []byte("](")) || bytes.Contains(body, []byte("]:"))
	return linked && bytes.ContainsAny(body, `:&\`) || bytes.Contains(body, []byte("//")) || bytes.Contains(body, []byte("www."))
}

// deceiving finds a link that leads to another host than its words or its address
// say.
func (c *checker) deceiving(n ast.Node, link, title []byte) {
	c.toFirstWord(n)
	texts := []string{markdown.Words(n, c.Body), markdown.Unescape(title)}
	if f, found := weblink.Check(c.pos(), markdown.Attribute(link), texts...); found {
		c.findings = append(c.findings, f)
	}
}

// toFirstWord makes the first word within a node the place of what is found there.
func (c *checker) toFirstWord(n ast.Node) {
	_ = ast.Walk(n, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok {
			c.at = t.Segment.Start
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
}
