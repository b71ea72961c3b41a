package lint

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
	"lienhiep/internal/viet"
	"lienhiep/internal/weblink"
)

var (
	ruleUnsafeLink = diag.NewRule("unsafe-link", diag.Error,
		diag.Text{VI: "Liên kết “%[1]s” không dẫn tới một trang web, một địa chỉ thư hay một số điện thoại.", EN: "The link “%[1]s” is not to a web page, an e-mail address or a telephone number."},
		diag.Text{VI: "Trong trang thì viết địa chỉ bắt đầu bằng một dấu /, ra ngoài thì bằng https://, gửi thư thì bằng mailto:, gọi điện thì bằng tel: và số máy, ví dụ tel:+842523822222.", EN: "Start it with a single / for a page of this site, https:// for another site, mailto: for e-mail, tel: and the number for a telephone."})
	rulePreviewAddress = diag.NewRule("preview-address", diag.Error,
		diag.Text{VI: "“%[1]s” là địa chỉ của bản xem thử trên máy của bạn; người đọc không mở được.", EN: "“%[1]s” is an address of the preview on your own computer, which no reader can open."},
		diag.Text{VI: "Trong lời bài chỉ ghi phần sau tên máy, bắt đầu bằng một dấu /: %[2]s (`lienhiep check --fix` sửa giúp). Ở phần khai báo thì chép địa chỉ trên mạng.", EN: "In the text write only what follows the name of the machine, from its /: %[2]s (`lienhiep check --fix` does so); in the front matter give the address on the web."})
	ruleNoAddress = diag.NewRule("link-without-address", diag.Error,
		diag.Text{VI: "Liên kết “%[1]s” để trống địa chỉ.", EN: "The link “%[1]s” has no address."},
		diag.Text{VI: "Điền địa chỉ vào giữa ( và ), hoặc bỏ các dấu [ ] ( ) đi.", EN: "Write the address between ( and ), or remove the brackets."})
	ruleNoScheme = diag.NewRule("link-without-scheme", diag.Error,
		diag.Text{VI: "Địa chỉ “%[1]s” thiếu hoặc sai phần đầu, nên liên kết không dẫn tới đâu.", EN: "The address “%[1]s” has no beginning, or a mistyped one: the link leads nowhere."},
		diag.Text{VI: "Trang mạng bắt đầu bằng https://, địa chỉ thư bằng mailto:, số điện thoại bằng tel:. `lienhiep check --fix` sửa giúp.", EN: "A web address begins with https://, an e-mail address with mailto:, a telephone number with tel:. `lienhiep check --fix` mends it."})
	ruleLongLink = diag.NewRule("link-long", diag.Notice,
		diag.Text{VI: "Địa chỉ của liên kết này dài %[1]d ký tự, người đọc phải tải thêm từng ấy trước khi thấy chữ.", EN: "The address of this link is %[1]d characters long, which readers load before they see the words."},
		diag.Text{VI: "Thử bỏ phần sau dấu ? hoặc & (fbclid, utm_… chỉ để theo dõi người đọc): nếu trang vẫn mở đúng thì dùng địa chỉ ngắn ấy.", EN: "Try it without what follows ? or & (fbclid, utm_… only track readers); if the page still opens, use that."})
	ruleNoWords = diag.NewRule("link-without-words", diag.Error,
		diag.Text{VI: "Liên kết tới “%[1]s” không có chữ nên người đọc không thấy.", EN: "The link to “%[1]s” has no words, and readers do not see it."},
		diag.Text{VI: "Viết chữ vào giữa [ và ].", EN: "Write words between [ and ]."})
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

// localFolders are those that paths on a computer without drives begin with.
var localFolders = []string{"home", "Users", "root", "tmp", "mnt", "private"}

// localPath matches a path on a computer where it stands in words.
var localPath = regexp.MustCompile(`(?i:(?:^|[^\pL\pN])([a-z]:\\{1,2}[^\\\s"'<>()\[\]{}]{2,}\\[^\s"'<>()\[\]{}]*|file://[^\s"'<>()]+))|(?:^|[\s"“(])(/(?:` + strings.Join(localFolders, "|") + `)/[^\s"'<>()”]+)`)

// mayHoldPath reports whether a text may have a path on a computer, which costs a fraction
// of matching. It has no false negatives.
func mayHoldPath(text []byte) bool {
	inFolder := func(folder string) bool { return bytes.Contains(text, []byte("/"+folder+"/")) }
	if bytes.Contains(text, []byte(`:\`)) || slices.ContainsFunc(localFolders, inFolder) {
		return true
	}
	for {
		scheme, rest, found := bytes.Cut(text, []byte("://"))
		if !found {
			return false
		}
		if n := len(scheme) - len("file"); n >= 0 && bytes.EqualFold(scheme[n:], []byte("file")) {
			return true
		}
		text = rest
	}
}

// LocalPath finds a path on the editor's own computer in the words of a value.
func LocalPath(pos diag.Pos, words string) (diag.Finding, bool) {
	if !mayHoldPath([]byte(words)) {
		return diag.Finding{}, false
	}
	m := localPath.FindStringSubmatch(words)
	if m == nil {
		return diag.Finding{}, false
	}
	return ruleWindowsPath.At(pos, diag.FirstLine(m[1]+m[2])), true
}

// localPaths finds those in the words of a text; those of links and pictures are told of
// these.
func (t Text) localPaths() []diag.Finding {
	if !mayHoldPath(t.Body) {
		return nil
	}
	var findings []diag.Finding
	places := diag.PlacesIn(t.File, t.Body)
	for _, m := range localPath.FindAllSubmatchIndex(t.Body, -1) {
		start, end := max(m[2], m[4]), max(m[3], m[5])
		before := bytes.TrimRight(t.Body[max(0, start-8):start], " <")
		if !bytes.HasSuffix(before, []byte("](")) && !bytes.HasSuffix(before, []byte("]:")) {
			findings = append(findings, ruleWindowsPath.At(t.pos(places, start), diag.FirstLine(string(t.Body[start:end]))))
		}
	}
	return findings
}

// longLink is a length that addresses have only with what nobody needs. A few of them at the
// beginning of a text weigh more than all else that readers see first.
const longLink = 1_000

// link finds whether a link leads where a reader may be led.
func (c *checker) link(n ast.Node, destination, title []byte) {
	link := string(destination)
	if _, local := weblink.Local(markdown.Attribute(destination)); local || c.unfinished(n, link) {
		return // told where addresses of the preview are
	}
	if _, written := n.(*ast.Link); written {
		if right := weblink.Meant(markdown.Attribute(destination)); right != "" {
			c.find(destination)
			c.Findings = append(c.Findings, c.noScheme(link, right))
			return
		}
	}
	if isSafeLink(link) {
		c.deceiving(n, destination, title)
		if length := utf8.RuneCount(destination); length > longLink {
			c.Findings = append(c.Findings, ruleLongLink.At(c.pos(), length))
		}
		c.find(destination)
		c.Links = append(c.Links, Link{link, c.pos()})
		return
	}
	c.find(destination)
	finding, found := WindowsPath(c.pos(), link)
	if !found {
		finding = ruleUnsafeLink.At(c.pos(), diag.FirstLine(link))
	}
	c.Findings = append(c.Findings, finding)
}

// noScheme is the finding for an address of which something else was meant, and which
// begins where the checker is.
func (c *checker) noScheme(link, right string) diag.Finding {
	f := ruleNoScheme.At(c.pos(), diag.FirstLine(link)).Suggest(right)
	if bytes.HasPrefix(c.Body[c.at:], []byte(link)) {
		f = f.MendedBy(diag.Edit{Start: c.Start + c.at, Old: link, New: right})
	}
	return f
}

// unfinished finds a link without an address or without words.
func (c *checker) unfinished(n ast.Node, link string) bool {
	_, isLink := n.(*ast.Link)
	words := strings.TrimSpace(markdown.Words(n, c.Body))
	switch {
	case !isLink:
		return false
	case link == "":
		c.toFirstWord(n)
		c.Findings = append(c.Findings, ruleNoAddress.At(c.pos(), diag.FirstLine(words)))
	case words == "" && n.FirstChild() == nil:
		c.find([]byte(link))
		c.Findings = append(c.Findings, ruleNoWords.At(c.pos(), diag.FirstLine(link)))
	default:
		return false
	}
	return true
}

// webAddress matches what may be an address of the preview.
var webAddress = regexp.MustCompile(`(?i)https?://(?:\[[0-9a-f:.]+\])?[^\s<>()"“”'` + "`" + `\]]*`)

// previews finds addresses that were copied from the preview, links or not. Of a link the
// address on the site can stand in its place.
func (t Text) previews() []diag.Finding {
	if !bytes.Contains(t.Body, []byte("://")) {
		return nil
	}
	var findings []diag.Finding
	places := diag.PlacesIn(t.File, t.Body)
	for _, m := range webAddress.FindAllIndex(t.Body, -1) {
		link := string(t.Body[m[0]:m[1]])
		f, local := Preview(t.pos(places, m[0]), link)
		if !local {
			continue
		}
		before := bytes.TrimRight(t.Body[max(0, m[0]-8):m[0]], " <")
		if bytes.HasSuffix(before, []byte("](")) || bytes.HasSuffix(before, []byte("]:")) {
			address, _ := weblink.Local(link)
			f = f.MendedBy(diag.Edit{Start: t.Start + m[0], Old: link, New: address})
		}
		findings = append(findings, f)
	}
	return findings
}

// Preview finds whether an address is one of the preview.
func Preview(pos diag.Pos, link string) (diag.Finding, bool) {
	address, local := weblink.Local(link)
	return rulePreviewAddress.At(pos, diag.FirstLine(link), diag.FirstLine(address)), local
}

// isSafeLink reports whether a link, as written in Markdown, leads to a page of the site,
// to another site, to an e-mail address or a telephone number. It reads what browsers
// read: without blanks and controls, with "\" for "/".
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
	case strings.EqualFold(scheme, "mailto"), strings.EqualFold(scheme, "tel") && phone.MatchString(link):
		return true
	}
	return weblink.IsWeb(link)
}

// phone is a link to a telephone number, as people write it.
var phone = regexp.MustCompile(`^(?i:tel):\+?[0-9(][0-9().-]{1,19}[0-9]$`)

// deceiving finds a link that leads to another host than its words or its address
// say.
func (c *checker) deceiving(n ast.Node, link, title []byte) {
	c.toFirstWord(n)
	texts := []string{markdown.Words(n, c.Body), markdown.Unescape(title)}
	if f, found := weblink.Check(c.pos(), markdown.Attribute(link), texts...); found {
		c.Findings = append(c.Findings, f)
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
