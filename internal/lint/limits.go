package lint

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"lienhiep/internal/diag"
	"lienhiep/internal/markdown"
)

// Limits on constructs that Markdown's parser, Hugo's too, takes quadratic time for. All
// are far beyond what anybody writes.
const (
	maxNesting     = 20 // quotations and lists within one another
	maxIndent      = 100
	maxColumns     = 200
	maxCells       = 200_000 // of a table; those that its rows leave out count too
	maxMarks       = 2_000   // in one paragraph, item or cell
	maxDestination = 2_048   // bytes of a link's address
	maxHeadings    = 2_000
	maxNotes       = 1_000 // whose text is given: each reference is looked for among all of them
)

var (
	ruleNesting = diag.NewRule("text-too-nested", diag.Error,
		diag.Text{VI: "Ở đây có quá nhiều bậc trích dẫn (>) hoặc danh sách lồng trong nhau (quá %[1]d bậc).", EN: "Quotations (>) or lists are nested more than %[1]d levels deep here."},
		diag.Text{VI: "Bớt các bậc; nếu dấu > chỉ để trang trí thì bỏ đi hoặc viết \\>.", EN: "Use fewer levels; remove > that is only decoration, or write it \\>."})
	ruleTableSize = diag.NewRule("table-too-large", diag.Error,
		diag.Text{VI: "Bảng bắt đầu ở đây quá lớn (%[1]d cột, %[2]d dòng).", EN: "The table that starts here is too large (%[1]d columns, %[2]d rows)."},
		diag.Text{VI: "Tách thành nhiều bảng nhỏ hơn, hoặc đính kèm tệp bảng tính.", EN: "Split it into smaller ones, or attach a spreadsheet."})
	ruleMarks = diag.NewRule("too-many-marks", diag.Error,
		diag.Text{VI: "Đoạn này có quá nhiều dấu của Markdown: [, <, *, _, ~, \" hoặc ' (quá %[1]d dấu).", EN: "This paragraph has too many Markdown characters: [, <, *, _, ~, \" or ' (over %[1]d)."},
		diag.Text{VI: "Tách đoạn ra bằng dòng trống; dấu nào không cần thì bỏ đi.", EN: "Split the paragraph with blank lines, and remove the characters that are not needed."})
	ruleLinkOpen = diag.NewRule("link-not-closed", diag.Error,
		diag.Text{VI: "Địa chỉ của liên kết ở đây quá dài, hoặc thiếu dấu ngoặc đóng.", EN: "The address of this link is too long, or has no closing bracket."},
		diag.Text{VI: "Viết [chữ](địa chỉ), có ) ngay sau địa chỉ.", EN: "Write [text](address), with ) directly after the address."})
	ruleHeadings = diag.NewRule("too-many-headings", diag.Error,
		diag.Text{VI: "Bài có quá nhiều đề mục (quá %[1]d).", EN: "The text has too many headings (over %[1]d)."},
		diag.Text{VI: "Tách thành nhiều bài, hoặc để chữ thường ở những dòng không phải đề mục.", EN: "Split it into several entries, or turn headings into ordinary text."})
	ruleNotes = diag.NewRule("too-many-footnotes", diag.Error,
		diag.Text{VI: "Bài có quá nhiều chú thích (quá %[1]d).", EN: "The text has too many footnotes (over %[1]d)."},
		diag.Text{VI: "Tách thành nhiều bài, mỗi bài giữ chú thích của mình.", EN: "Split it into several entries, each with its own footnotes."})
)

// limits finds the first construct of a body that exceeds one of the limits above, in
// time linear in the body's length. A body without a finding is safe to parse.
func (t Text) limits() []diag.Finding {
	body := t.Body
	at := func(offset int) diag.Pos { return t.pos(diag.PlacesIn(t.File, body), offset) }
	if i := tooNested(body); i >= 0 {
		return []diag.Finding{ruleNesting.At(at(i), maxNesting)}
	}
	if i, columns, rows := tooLargeTable(body); i >= 0 {
		return []diag.Finding{ruleTableSize.At(at(i), columns, rows)}
	}
	if i := openDestination(body); i >= 0 {
		return []diag.Finding{ruleLinkOpen.At(at(i))}
	}
	if i := tooManyNotes(body); i >= 0 {
		return []diag.Finding{ruleNotes.At(at(i), maxNotes)}
	}
	if countMarks(body) <= maxMarks && countHeadings(body) <= maxHeadings {
		return nil // as nearly all
	}
	// The walk cannot fail: the visitor returns no error.
	var findings []diag.Finding
	headings := 0
	_ = ast.Walk(markdown.ParseBlocks(body), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() == ast.TypeInline || n.Kind() == ast.KindCodeBlock || n.Kind() == ast.KindFencedCodeBlock || n.Kind() == ast.KindHTMLBlock || n.Lines().Len() == 0 {
			return ast.WalkContinue, nil
		}
		marks := 0
		for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
			marks += countMarks(line.Value(body))
		}
		if n.Kind() == ast.KindHeading {
			headings++
		}
		switch start := n.Lines().At(0).Start; {
		case marks > maxMarks:
			findings = append(findings, ruleMarks.At(at(start), maxMarks))
		case headings > maxHeadings:
			findings = append(findings, ruleHeadings.At(at(start), maxHeadings))
		default:
			return ast.WalkContinue, nil
		}
		return ast.WalkStop, nil
	})
	return findings
}

// containers are what a line of nested blocks begins with.
var containers = regexp.MustCompile(`^(?:[ \t]*(?:>|[-+*:](?:[ \t]|$)|[0-9]{1,9}[.)](?:[ \t]|$)|\[\^[^\]\s]+\]:))+`)

// ruled is a line of a few of one character: a rule across the page.
var ruled = regexp.MustCompile(`^[ \t>]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$`)

// tooNested finds the first line that opens more blocks within one another than
// anybody does, -1 where there is none.
func tooNested(body []byte) int {
	at := 0
	for line := range bytes.Lines(body) {
		if opening := containers.Find(bytes.TrimRight(line, "\r\n")); opening != nil {
			indent := len(line) - len(bytes.TrimLeft(line, " \t"))
			levels := bytes.Count(opening, []byte(">")) + len(bytes.Fields(bytes.ReplaceAll(opening, []byte(">"), nil)))
			if quotes := bytes.Count(opening, []byte(">")); quotes > maxNesting || indent > maxIndent || levels > maxNesting && !ruled.Match(bytes.TrimSpace(line)) {
				return at
			}
		}
		at += len(line)
	}
	return -1
}

// delimiterRow is the second line of a table.
var delimiterRow = regexp.MustCompile(`^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)

// tooLargeTable finds the first table with more cells than may be; at is its first
// line, or -1.
func tooLargeTable(body []byte) (at, columns, rows int) {
	start, width, height, before, offset := -1, 0, 0, 0, 0
	for line := range bytes.Lines(body) {
		words := bytes.TrimRight(line, " \t\r\n")
		switch {
		case len(words) == 0:
			start = -1
		case bytes.IndexByte(words, '|') >= 0 && delimiterRow.Match(words):
			start, width, height = before, bytes.Count(bytes.Trim(words, " \t>|"), []byte("|"))+1, 0
		case start >= 0:
			height++
		}
		if start >= 0 && (width > maxColumns || width*height > maxCells) {
			return start, width, height
		}
		before = offset
		offset += len(line)
	}
	return -1, 0, 0
}

// note is a line that may begin a footnote's text.
var note = regexp.MustCompile(`(?m)^[ \t>]*\[\^[^\]\s]+\]:`)

// tooManyNotes finds the first footnote beyond those that a text may have, -1 where
// there is none.
func tooManyNotes(body []byte) int {
	if bytes.Count(body, []byte("[^")) <= maxNotes {
		return -1 // as nearly all
	}
	if notes := note.FindAllIndex(body, maxNotes+1); len(notes) > maxNotes {
		return notes[maxNotes][0]
	}
	return -1
}

// openDestination finds the first link whose address goes on for longer than any
// address, -1 where there is none.
func openDestination(body []byte) int {
	for at := 0; ; {
		i := bytes.Index(body[at:], []byte("]("))
		if i < 0 {
			return -1
		}
		at += i + 2
		if !closes(bytes.TrimLeft(body[at:min(len(body), at+2*maxDestination)], " \t\r\n")) {
			return at
		}
	}
}

// closes reports whether a destination ends soon: in <> with >, otherwise with a
// blank or the parenthesis that closes it.
func closes(s []byte) bool {
	s = s[:min(len(s), maxDestination+1)]
	if bytes.HasPrefix(s, []byte("<")) {
		return bytes.ContainsAny(s, ">\n") || len(s) <= maxDestination
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c <= ' ', c == ')' && depth == 0:
			return true
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
	}
	return len(s) <= maxDestination
}

// countMarks counts the characters that Markdown tries to pair; those of a row, such
// as ___, are one.
func countMarks(s []byte) int {
	n := 0
	last := byte(0)
	for _, c := range s {
		switch c {
		case '[', '<', '"', '\'':
			n++
		case '*', '_', '~':
			if c != last {
				n++
			}
		}
		last = c
	}
	return n
}

// countHeadings is how many headings a text may have at most.
func countHeadings(body []byte) int {
	n := 0
	for line := range bytes.Lines(body) {
		line = bytes.TrimLeft(line, " \t>")
		if len(line) > 0 && strings.IndexByte("#-=", line[0]) >= 0 {
			n++
		}
	}
	return n
}
