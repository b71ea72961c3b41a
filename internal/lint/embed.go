package lint

import (
	"regexp"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
	"lienhiep/internal/weblink"
)

var ruleEmbed = diag.NewRule("embed-code", diag.Error,
	diag.Text{VI: "Đây là mã nhúng của trang khác (%[1]s); trang này không nhúng gì từ nơi khác nên mã không chạy, phim không hiện.", EN: "This is code that embeds another site (%[1]s). Nothing of other sites is embedded here, so it does not run, and no film appears."},
	diag.Text{VI: "Bỏ cả đoạn mã. Với phim thì viết một dòng ![tên phim](địa chỉ của phim): bấm vào là mở ở nơi đăng phim. Bản đồ và biểu mẫu thì đặt một liên kết.", EN: "Remove the code. For a film write ![its name](its address) on a line of its own, which opens it where it is published. Link to maps and forms."})

var (
	// embedTag matches the beginning of what embeds something, as HTML.
	embedTag = regexp.MustCompile(`(?i)<(?:iframe|frame|script|embed|object|video|audio|fb:[a-z]+|(?:blockquote|div)\s[^<>]*class\s*=\s*["']?[^"'<>]*(?:fb-|tiktok-embed|instagram-media|twitter-|zalo-|video-container))\b`)
	// embedWords matches the same in what readers see, as programs paste it that take the
	// code for words; and the codes of WordPress. “[Video]” before a title is none.
	embedWords = regexp.MustCompile(`(?i)<(?:iframe|script|embed|object)\b[^<>]*[=>]|\[(?:embed|video|youtube|vimeo|iframe|audio|facebook|tiktok)\s[^\]\n]*=[^\]\n]*\]|\[(?:embed|video|youtube|vimeo|audio)\][^\[\]\n]+\[/`)
)

// embed returns the finding for code that embeds something, with the line that should
// stand in its place.
func embed(pos diag.Pos, code string) diag.Finding {
	f := ruleEmbed.At(pos, diag.FirstLine(strings.TrimSpace(code)))
	address := weblink.Watched(code)
	if m := betweenTags.FindStringSubmatch(code); address == "" && m != nil {
		address = m[1]
	}
	if address == "" {
		return f
	}
	return f.Suggest("![tên phim](" + address + ")")
}

// notWords matches code, which may show how something is embedded, and HTML, of which is
// told where it is read as such.
var notWords = regexp.MustCompile("`[^`\n]*`|(?:^|[^\\\\])<[A-Za-z/!][^<>]*>")

// betweenTags is the address in “[embed]https://…[/embed]”.
var betweenTags = regexp.MustCompile(`\](https?://[^\s\[\]]+)\[/`)

// shownCode finds code to embed something among the words of a paragraph or a cell. It
// can do no harm there.
func (c *checker) shownCode(start, end int) {
	words := markdown.Unescape(notWords.ReplaceAll(c.Body[start:end], nil))
	m := embedWords.FindStringIndex(words)
	if m == nil {
		return
	}
	c.at = start
	c.Findings = append(c.Findings, embed(c.pos(), words[m[0]:]).Lower())
}
