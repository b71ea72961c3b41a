package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/viet"
)

// messageGroups are the headings of the list of all messages, with the codes that
// stand under each: patterns of [path.Match], the first that matches.
var messageGroups = []struct {
	title string
	codes string
}{
	{"Tệp không đọc được hoặc đặt sai chỗ", "unreadable file-too-large table-file-too-large not-utf-8 utf-16 empty-file not-an-entry foreign-file special-file windows-name content-* two-index-files unused-file section-misspelt names-file name-short withdrawn-file"},
	{"Phần khai báo không đọc được", "front-matter-* duplicate-key curly-quotes"},
	{"Giá trị trong phần khai báo", "unknown-key wrong-type bare-number bad-* no-such-day date-without-seconds text-too-long missing-* field-* award-spelling no-address died-before-born contest-ends-first to-fill"},
	{"Mã của điều khoản, nhân vật, văn bản", "unknown-provision unknown-person unknown-directive names-hidden-person note-nowhere tasks-nowhere directive-folder plan-text-missing"},
	{"Con người", "consent-* minor name-parts same-person withdrawn same-as-withdrawn like-withdrawn names-withdrawn still-*"},
	{"Ảnh", "image-* entry-image-alt windows-path"},
	{"Lời bài, liên kết", "raw-html markdown-attributes unsafe-link link-user-info link-other-host link-lookalike-host link-disguised-host text-too-nested table-too-large too-many-marks link-not-closed too-many-headings unknown-shortcode invisible-character broken-link hugo hugo-warning"},
	{"Địa chỉ của trang", "address-* duplicate-address generated-address"},
	{"Trang hiện hay chưa hiện", "draft not-yet expired translation-ahead"},
	{"Gợi ý về cách viết", "decomposed lookalike-letter double-space space-before-punctuation tone-placement name-capitals name-marks document-number"},
	{"Văn bản kế hoạch", "version-* plan-page plan-element plan-text plan-*"},
	{"Tiến độ thực hiện kế hoạch", "progress-*"},
	{"Nhập từ Word và Excel", "office-* sheet-* roster-*"},
	{"Trang đã dựng", "page-* link-* id-* control-label template-format table-* inline-* hidden-* budget-font privacy-* feed-* site-* copy-differs withdrawn-* check-more port-taken"},
	{"Đưa lên mạng (dành cho người phụ trách kỹ thuật)", "deploy-* target-* release-* verify-* signing-key contact-expired"},
}

// Between these lines the guide's list of messages is written by this test.
const (
	messagesBegin = "<!-- Từ đây đến dấu kết thúc do máy viết ra từ mã chương trình; đừng sửa tay. -->\n"
	messagesEnd   = "<!-- Hết phần do máy viết. -->\n"
)

// TestGoldenMessages holds the guide's list of all messages to what the program says.
func TestGoldenMessages(t *testing.T) {
	const guide = "../../HUONG-DAN.md"
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), messagesBegin)
	old, after, closed := strings.Cut(rest, messagesEnd)
	if !found || !closed {
		t.Fatalf("%s has no place for the messages", guide)
	}
	list := messageList(t)
	if *update {
		if err := os.WriteFile(guide, []byte(before+messagesBegin+list+messagesEnd+after), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if old != list {
		t.Errorf("%s lists other messages than the program has; run with -update", guide)
	}
}

// TestEveryMessageSaysHowToMendIt wants each rule to say what is wrong and what to
// do, in both languages.
func TestEveryMessageSaysHowToMendIt(t *testing.T) {
	for _, r := range programRules() {
		for _, text := range []diag.Text{r.Message, r.Hint} {
			for _, l := range []diag.Lang{diag.Vietnamese, diag.English} {
				if text.In(l) == "" {
					t.Errorf("%s says nothing in %s", r.Code, l)
				}
			}
		}
	}
}

// programRules are those of the program itself, not of its tests.
func programRules() []*diag.Rule {
	return slices.DeleteFunc(diag.Rules(), func(r *diag.Rule) bool { return r == oddRule || r == mildRule })
}

func messageList(t *testing.T) string {
	t.Helper()
	said := examples(t)
	left := programRules()
	var b strings.Builder
	for _, g := range messageGroups {
		fmt.Fprintf(&b, "\n### %s\n\n| Mức | Thông báo | Cách sửa |\n|---|---|---|\n", g.title)
		for _, pattern := range strings.Fields(g.codes) {
			matched := false
			left = slices.DeleteFunc(left, func(r *diag.Rule) bool {
				is, err := path.Match(pattern, r.Code)
				if err != nil {
					t.Fatal(err)
				}
				if is {
					matched = true
					writeRule(&b, r, said[r.Code])
				}
				return is
			})
			if !matched {
				t.Errorf("no message has a code like %s", pattern)
			}
		}
	}
	for _, r := range left {
		t.Errorf("%s stands under no heading", r.Code)
	}
	return b.String() + "\n"
}

// example is what was said of a fault in a test.
type example struct{ message, hint string }

func writeRule(b *strings.Builder, r *diag.Rule, e example) {
	if e.message == "" {
		e.message = blank(r.Message.VI)
	}
	if e.hint == "" {
		e.hint = blank(r.Hint.VI)
	}
	fmt.Fprintf(b, "| %s | %s | %s |\n", severityWords[r.Severity].VI, escaped(e.message), escaped(e.hint))
}

var verb = regexp.MustCompile(`%\[\d+\][a-z]`)

// blank puts "…" for what differs from one place to the next.
func blank(s string) string {
	if !strings.Contains(s, "%[") {
		return s
	}
	return strings.ReplaceAll(verb.ReplaceAllString(s, "…"), "%%", "%")
}

// escaped is a text in a cell of a Markdown table. What stands between backticks is
// code there too.
func escaped(s string) string {
	parts := strings.Split(strings.ReplaceAll(s, "|", `\|`), "`")
	if len(parts)%2 == 0 { // a backtick that is one
		return strings.NewReplacer("`", "\\`", "<", `\<`, "*", `\*`, "[", `\[`, "_", `\_`).Replace(strings.Join(parts, "`"))
	}
	for i := 0; i < len(parts); i += 2 {
		parts[i] = strings.NewReplacer(`\`, `\\`, `\|`, `\|`, "<", `\<`, "&", `\&`, "*", `\*`, "[", `\[`, "_", `\_`).Replace(parts[i])
	}
	return strings.Join(parts, "`")
}

var (
	catalogExample = regexp.MustCompile(`(?m)^\S.*: (?:error|warning|notice|suggestion) ([a-z0-9-]+): (.*)\n(?:\t(.*)\n)?`)
	checkExample   = regexp.MustCompile(`(?m)^= \S.*?: ([a-z0-9-]+): (.*?)(?: → .*)?$`)
)

// isClear reports whether an example is fit to be read by everybody.
func isClear(message string) bool {
	return !strings.ContainsFunc(message, viet.Invisible) && !strings.Contains(message, "javascript")
}

// isBetter prefers an example that has a suggestion, and then the shorter.
func (e example) isBetter(than example) bool {
	suggests := func(e example) bool { return strings.HasPrefix(e.hint, "Có phải") }
	if suggests(e) != suggests(than) {
		return suggests(e)
	}
	return len(e.message) < len(than.message)
}

// examples reads out of the tests of the packages what each rule says of a real
// fault.
func examples(t *testing.T) map[string]example {
	t.Helper()
	said := map[string]example{}
	read := func(pattern *regexp.Regexp, files ...string) {
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range pattern.FindAllStringSubmatch(string(text), -1) {
				e := example{message: m[2]}
				if len(m) > 3 {
					e.hint = m[3]
				}
				if known, ok := said[m[1]]; isClear(e.message) && (!ok || e.isBetter(known)) {
					said[m[1]] = e
				}
			}
		}
	}
	cases, err := filepath.Glob("../../internal/*/testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	read(catalogExample, cases...)
	read(checkExample, "../../internal/check/testdata/faults.txt")
	return said
}
