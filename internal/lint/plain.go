package lint

import (
	"regexp"
	"strings"

	"lienhiep/internal/diag"
)

var ruleTypedValue = diag.NewRule("typed-value", diag.Warning,
	diag.Text{VI: "Mục “%[1]s” có dấu Markdown; ở đây các dấu ấy hiện ra nguyên như đã gõ.", EN: "“%[1]s” holds Markdown, whose signs are shown as they were typed here."},
	diag.Text{VI: "Chỉ viết chữ thường; chữ đậm, đề mục và liên kết đặt trong lời bài. `lienhiep check --fix` sửa giúp.", EN: "Write plain words; bold, headings and links belong in the text. `lienhiep check --fix` mends it."})

var (
	bold         = regexp.MustCompile(`(\*\*|__)(\S(?:[^*_]*\S)?)(\*\*|__)`)
	headingSigns = regexp.MustCompile(`^#{1,6}[ \t]+`)
	inlineLink   = regexp.MustCompile(`!?\[([^\[\]]+)\]\((?:https?:|/|mailto:|tel:)[^()\s]*\)`)
)

// PlainValue finds Markdown in a value that is shown as it is, and returns the value
// without it.
func PlainValue(pos diag.Pos, name, value string) (finding diag.Finding, plain string, found bool) {
	if !strings.ContainsAny(value, "#*_[") {
		return diag.Finding{}, value, false
	}
	plain = headingSigns.ReplaceAllString(value, "")
	plain = bold.ReplaceAllString(inlineLink.ReplaceAllString(plain, "$1"), "$2")
	if plain = strings.TrimSpace(plain); plain == strings.TrimSpace(value) || plain == "" {
		return diag.Finding{}, value, false
	}
	return ruleTypedValue.At(pos, name).Suggest(diag.FirstLine(plain)), plain, true
}
