package matter

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"

	"lienhiep/internal/diag"
)

// The mistakes that make front matter unreadable, each told by what an editor can
// see in the line.
var (
	ruleDuplicateKey = diag.NewRule("duplicate-key", diag.Error,
		diag.Text{VI: "Mục “%[1]s” được ghi hai lần: ở dòng %[2]s và ở đây.", EN: "“%[1]s” is given twice: on line %[2]s and here."},
		diag.Text{VI: "Giữ lại một dòng, bỏ dòng kia.", EN: "Keep one of the two lines."})
	ruleTab = diag.NewRule("front-matter-tab", diag.Error,
		diag.Text{VI: "Dòng này thụt vào bằng phím Tab.", EN: "This line is indented with a tab."},
		diag.Text{VI: "Thay Tab bằng hai dấu cách cho mỗi bậc.", EN: "Replace the tab with two spaces for each level."})
	ruleOddBlank = diag.NewRule("front-matter-blank", diag.Error,
		diag.Text{VI: "Có dấu cách lạ %[1]s ở đây; nó trông như dấu cách thường nhưng máy không hiểu.", EN: "%[1]s here: it looks like a space, but is not one."},
		diag.Text{VI: "Dấu này thường theo vào khi chép từ Word hoặc trang web: xóa đi rồi gõ lại bằng phím cách.", EN: "It usually comes with copied text: delete it and type a space."})
	ruleColonSpace = diag.NewRule("front-matter-colon-space", diag.Error,
		diag.Text{VI: "Sau dấu hai chấm của mục “%[1]s” thiếu một dấu cách.", EN: "There is no space after the colon of “%[1]s”."},
		diag.Text{VI: "Viết tên mục, dấu hai chấm, một dấu cách, rồi giá trị.", EN: "Write the key, a colon, a space, and the value."})
	ruleColonInValue = diag.NewRule("front-matter-colon", diag.Error,
		diag.Text{VI: "Giá trị của mục “%[1]s” có dấu hai chấm mà không nằm trong dấu nháy.", EN: "The value of “%[1]s” contains a colon and is not quoted."},
		diag.Text{VI: "Đặt cả giá trị trong dấu nháy kép thẳng.", EN: "Put the whole value in straight double quotes."})
	ruleNoColon = diag.NewRule("front-matter-no-colon", diag.Error,
		diag.Text{VI: "Dòng này không có dạng “tên mục: giá trị”.", EN: "This line is not of the form “key: value”."},
		diag.Text{VI: "Nếu là lời bài, chuyển xuống dưới dòng --- thứ hai; nếu là phần tiếp của dòng trên, nối vào dòng trên; nếu là ghi chú, thêm dấu # ở đầu dòng.",
			EN: "Text belongs below the second ---; a continuation belongs on the line above; a comment starts with #."})
	ruleQuoteOpen = diag.NewRule("front-matter-quote-open", diag.Error,
		diag.Text{VI: "Dấu nháy mở ở dòng này không có dấu nháy đóng.", EN: "The quotation mark opened on this line is not closed."},
		diag.Text{VI: "Thêm dấu nháy cùng kiểu ở cuối giá trị.", EN: "Add the same quotation mark at the end of the value."})
	ruleQuoteInside = diag.NewRule("front-matter-quote-inside", diag.Error,
		diag.Text{VI: "Bên trong giá trị có dấu nháy thẳng nên giá trị bị cắt ở đó.", EN: "A straight quotation mark inside the value ends it there."},
		diag.Text{VI: "Dùng dấu nháy cong “ ” cho phần được trích bên trong, dấu nháy thẳng \"…\" chỉ để bao ngoài.", EN: "Use “ ” inside the value, and straight quotation marks only around it."})
	ruleBackslash = diag.NewRule("front-matter-backslash", diag.Error,
		diag.Text{VI: "Giá trị trong dấu nháy kép có dấu \\ mà máy không hiểu.", EN: "The value in double quotes contains an invalid \\ sequence."},
		diag.Text{VI: "Đường dẫn viết bằng dấu /; ảnh thì chỉ ghi tên tệp.", EN: "Write paths with /; for a picture, write only the file's name."})
	ruleBracketOpen = diag.NewRule("front-matter-bracket", diag.Error,
		diag.Text{VI: "Ngoặc %[1]s mở ở dòng này không được đóng, hoặc giữa các phần thiếu dấu phẩy.", EN: "The %[1]s opened on this line is not closed, or a comma is missing."},
		diag.Text{VI: "Danh sách viết trong một dòng: [\"một\", \"hai\"].", EN: "Write a list on one line: [\"one\", \"two\"]."})
	ruleValueStart = diag.NewRule("front-matter-start", diag.Error,
		diag.Text{VI: "Giá trị không được bắt đầu bằng “%[1]s” nếu không nằm trong dấu nháy.", EN: "A value cannot start with “%[1]s” unless it is quoted."},
		diag.Text{VI: "Đặt cả giá trị trong dấu nháy kép thẳng.", EN: "Put the whole value in straight double quotes."})
	ruleIndent = diag.NewRule("front-matter-indent", diag.Error,
		diag.Text{VI: "Dòng này thụt vào không đúng bậc.", EN: "The indentation of this line is wrong."},
		diag.Text{VI: "Mục chính sát lề trái; các mục con của cùng một nhóm bắt đầu ở cùng một cột.", EN: "Keys start at the beginning of the line; the keys of a group start in the same column."})
	ruleCurlyQuotes = diag.NewRule("curly-quotes", diag.Error,
		diag.Text{VI: "Giá trị %[1]s nằm trong dấu nháy cong; dấu ấy sẽ thành một phần của giá trị.", EN: "The value %[1]s is in curly quotes, which would become part of it."},
		diag.Text{VI: "Word hay tự đổi dấu nháy: gõ lại dấu nháy thẳng \" ở hai đầu.", EN: "Word replaces straight quotes: type \" at both ends."})
	ruleFrontMatterLate = diag.NewRule("front-matter-late", diag.Error,
		diag.Text{VI: "Dòng --- mở phần khai báo không phải là dòng đầu tiên của tệp.", EN: "The --- that opens the front matter is not the file's first line."},
		diag.Text{VI: "Xóa mọi thứ phía trên dòng này.", EN: "Remove everything above it."})
	ruleEmptyFile = diag.NewRule("empty-file", diag.Error,
		diag.Text{VI: "Tệp trống, chưa có chữ nào.", EN: "The file is empty."},
		diag.Text{VI: "Viết bài vào tệp này hoặc xóa tệp; lệnh `lienhiep new` tạo sẵn khung bài.", EN: "Write the entry or remove the file; `lienhiep new` creates one to fill in."})
)

var (
	definedBefore = regexp.MustCompile(`key "?([^" ]+)"? (?:is )?already defined(?: at \[(\d+):)?`)
	keyLine       = regexp.MustCompile(`^(\s*(?:-\s+)?)([\p{L}\w.-]+)(:|：)(\s*)(.*)$`)
	tomlLine      = regexp.MustCompile(`^([\w.-]+)\s*=\s*(.+)$`)
)

// syntaxFault says what is wrong in front matter that cannot be read. line counts
// from 1 in the matter; the file has one more above it.
func syntaxFault(file string, fence byte, matter []byte, line, column int, err error) diag.Finding {
	lines := strings.Split(strings.ReplaceAll(string(matter), "\r\n", "\n"), "\n")
	text := ""
	if 1 <= line && line <= len(lines) {
		text = lines[line-1]
	}
	at := func(n, column int) diag.Pos { return diag.Pos{File: file, Line: n + 1, Column: column} }
	reason := err.Error()
	if m := definedBefore.FindStringSubmatch(reason); m != nil {
		return ruleDuplicateKey.At(at(line, column), m[1], firstGiven(lines, m[1], m[2], line))
	}
	if fence == '+' { // TOML is for those who know it
		return ruleFrontMatterSyntax.At(at(line, column), diag.FirstLine(reason))
	}
	if i := strings.IndexByte(text, '\t'); i >= 0 && strings.TrimSpace(text[:i]) == "" {
		return ruleTab.At(at(line, i+1))
	}
	for i, r := range text {
		if r == '\u00a0' || r == '\u3000' || r == '\u202f' || r >= '\u2000' && r <= '\u200a' {
			return ruleOddBlank.At(at(line, 1+utf8.RuneCountInString(text[:i])), fmt.Sprintf("U+%04X", r))
		}
	}
	m := keyLine.FindStringSubmatch(text)
	if m == nil {
		return withoutKey(lines, line, at, reason)
	}
	before, name, colon, blank, rest := m[1], m[2], m[3], m[4], m[5]
	start := 1 + utf8.RuneCountInString(before+name+colon+blank)
	switch {
	case colon == "：" || blank == "" && rest != "":
		return ruleColonSpace.At(at(line, start), name).Suggest(name + ": " + rest)
	case strings.HasPrefix(rest, `"`) && strings.Contains(rest, `\`) && strings.Contains(reason, "quoted"):
		return ruleBackslash.At(at(line, start))
	case strings.Contains(reason, "quoted text") || strings.Contains(reason, "unterminated"):
		return ruleQuoteOpen.At(at(line, start))
	case isQuoted(rest) && strings.Count(rest, rest[:1]) > 2:
		return ruleQuoteInside.At(at(line, start))
	case strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, "{"):
		return ruleBracketOpen.At(at(line, start), rest[:1])
	case rest != "" && strings.Contains("@`%&*!|>", rest[:1]):
		return ruleValueStart.At(at(line, start), rest[:1]).Suggest(name + ": " + Quote(rest))
	case strings.Contains(rest, ": ") || strings.HasSuffix(rest, ":"):
		return ruleColonInValue.At(at(line, start), name).Suggest(name + ": " + Quote(rest))
	case line < len(lines) && indentOf(lines[line]) > indentOf(text) && rest != "":
		return ruleIndent.At(at(line+1, 1+indentOf(lines[line])))
	case line > 1 && openBracket(lines[:line-1]) > 0:
		n := openBracket(lines[:line-1])
		value := keyLine.FindStringSubmatch(lines[n-1])[5]
		return ruleBracketOpen.At(at(n, 1+utf8.RuneCountInString(strings.TrimSuffix(lines[n-1], value))), value[:1])
	case strings.Contains(reason, "not allowed in this context") || indentOf(text) > 0:
		return ruleIndent.At(at(line, 1+indentOf(text)))
	case line > 1 && keyLine.FindStringSubmatch(lines[line-2]) == nil:
		return withoutKey(lines, line-1, at, reason)
	case line > 1: // a key that has no space behind it is not seen to be one
		if m := keyLine.FindStringSubmatch(lines[line-2]); m[4] == "" && m[5] != "" {
			return ruleColonSpace.At(at(line-1, 1+utf8.RuneCountInString(m[1]+m[2]+m[3])), m[2]).Suggest(m[2] + ": " + m[5])
		}
	}
	return ruleFrontMatterSyntax.At(at(line, column), diag.FirstLine(reason))
}

// withoutKey tells of a line that names no key.
func withoutKey(lines []string, line int, at func(int, int) diag.Pos, reason string) diag.Finding {
	text := ""
	if 1 <= line && line <= len(lines) {
		text = lines[line-1]
	}
	finding := ruleNoColon.At(at(line, 1+indentOf(text)))
	if m := tomlLine.FindStringSubmatch(text); m != nil {
		return finding.Suggest(m[1] + ": " + m[2])
	}
	if strings.TrimSpace(text) == "" {
		return ruleFrontMatterSyntax.At(at(line, 0), diag.FirstLine(reason))
	}
	return finding
}

// firstGiven is the file's line where a key stands first.
func firstGiven(lines []string, name, line string, here int) string {
	if n, err := strconv.Atoi(line); err == nil {
		return strconv.Itoa(n + 1)
	}
	for i, text := range lines[:min(max(0, here-1), len(lines))] {
		if rest, ok := strings.CutPrefix(text, name); ok && strings.IndexAny(strings.TrimSpace(rest), ":=") == 0 {
			return strconv.Itoa(i + 2)
		}
	}
	return "…"
}

// openBracket is the last line, from 1, whose list or group is not closed on it; 0
// if there is none.
func openBracket(lines []string) int {
	n := len(lines)
	m := keyLine.FindStringSubmatch(lines[n-1])
	if m == nil || m[5] == "" || !strings.Contains("[{", m[5][:1]) || strings.ContainsAny(m[5], "]}") {
		return 0
	}
	return n
}

func isQuoted(s string) bool { return strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "'") }

func indentOf(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

// inCurlyQuotes takes the curly quotes off a value that was written in them and in
// no others.
func inCurlyQuotes(t *token.Token) (inside string, ok bool) {
	if t.Type != token.StringType {
		return "", false
	}
	const open, closed = "“„‘«", "”“’»"
	first, n := utf8.DecodeRuneInString(t.Value)
	last, m := utf8.DecodeLastRuneInString(t.Value)
	if len(t.Value) < n+m || !strings.ContainsRune(open+closed, first) || !strings.ContainsRune(open+closed, last) {
		return "", false
	}
	inside = t.Value[n : len(t.Value)-m]
	return inside, !strings.ContainsAny(inside, open+closed)
}

// curlyQuotes finds the values written in curly quotes.
func curlyQuotes(file string, v *Value) []diag.Finding {
	var findings []diag.Finding
	if v.curly {
		findings = append(findings, ruleCurlyQuotes.At(diag.Pos{File: file, Line: v.Line, Column: v.Column}, "“"+v.Text+"”").Suggest(Quote(v.Text)))
	}
	for _, item := range v.Items {
		findings = append(findings, curlyQuotes(file, item)...)
	}
	for _, k := range v.Keys {
		findings = append(findings, curlyQuotes(file, k.Value)...)
	}
	return findings
}

// nearFence matches a line that was meant to be ---.
var nearFence = regexp.MustCompile(`^\s*(?:-\s?-?|[-—–=_*~]+)\s*$`)

// noFence says what is wrong with a file that does not begin with a fence.
func noFence(file string, src []byte) diag.Finding {
	if len(bytes.TrimSpace(src)) == 0 {
		return ruleEmptyFile.At(diag.Pos{File: file})
	}
	first, _, _ := strings.Cut(string(src), "\n")
	pos := diag.Pos{File: file, Line: 1}
	if nearFence.MatchString(first) {
		return ruleNoFrontMatter.At(pos).Suggest("---")
	}
	for i, line := range strings.Split(string(src[:min(len(src), 2000)]), "\n") {
		if strings.TrimSpace(line) == "---" && strings.TrimSpace(strings.Join(strings.Split(string(src), "\n")[:i], "")) == "" {
			return ruleFrontMatterLate.At(diag.Pos{File: file, Line: i + 1})
		}
	}
	return ruleNoFrontMatter.At(pos)
}

// openFence says where front matter that has no end should have one.
func openFence(file string, src []byte, fence string) diag.Finding {
	lines := strings.Split(string(src[:min(len(src), MaxSize)]), "\n")
	for i, line := range lines[1:] {
		line = strings.TrimRight(line, " \t\r")
		switch {
		case nearFence.MatchString(line) && line != "-" && line != "":
			return ruleFrontMatterOpen.At(diag.Pos{File: file, Line: i + 2}, fence).Suggest(fence)
		case line == "", strings.HasPrefix(line, " "), strings.HasPrefix(line, "#"), strings.HasPrefix(line, "- "), keyLine.MatchString(line), tomlLine.MatchString(line), strings.HasPrefix(line, "["):
		default:
			return ruleFrontMatterOpen.At(diag.Pos{File: file, Line: i + 2}, fence)
		}
	}
	return ruleFrontMatterOpen.At(diag.Pos{File: file, Line: 1}, fence)
}
