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
	"lienhiep/internal/edit/help"
	"lienhiep/internal/viet"
)

// messageGroups are the headings of the list of all messages, each with the page of help
// on its matter and the codes that stand under it: patterns of [path.Match], the first
// that matches.
var messageGroups = []struct {
	title string
	page  string
	codes string
}{
	{"Tệp không đọc được hoặc đặt sai chỗ", "noi-dung", "unreadable file-too-large table-file-too-large not-utf-8 utf-16 empty-file not-an-entry foreign-file special-file windows-name content-* two-index-files held-* stays-until unused-file unlinked-file section-misspelt section-without-entries names-file name-short withdrawn-file website-file glossary-file search-file search-alone search-empty"},
	{"Phần khai báo không đọc được", "viet-bang-tep", "front-matter-* duplicate-key curly-quotes"},
	{"Giá trị trong phần khai báo", "khai-bao", "publisher-contact unknown-key wrong-type bare-number bad-* no-such-day date-without-seconds text-too-long missing-* field-* award-spelling no-address died-before-born contest-ends-first procedure-unruled term-twice to-fill source-nowhere own-source-*"},
	{"Mã của điều khoản, nhân vật, văn bản, sự việc", "dieu-khoan", "unknown-provision unknown-person unknown-directive unknown-event event-of-* names-hidden-person note-nowhere tasks-nowhere short-* directive-folder plan-text-missing"},
	{"Câu hỏi tìm hiểu", "tim-hieu", "quiz-*"},
	{"Con người", "nhan-vat", "consent-* minor award-posthumous award-after-death fact-source life-* name-parts same-person withdrawn same-as-withdrawn like-withdrawn names-withdrawn still-*"},
	{"Ảnh", "anh", "image-* entry-image-alt windows-path"},
	{"Phim, bản ghi âm", "phim", "film-* embed-code"},
	{"Tệp đính kèm", "dinh-kem", "attachment-* file-names file-may-name"},
	{"Lời bài, liên kết", "loi-bai", "raw-html break-in-cell markdown-attributes heading-id unsafe-link link-without-scheme preview-address link-without-address link-without-words link-long link-user-info link-other-host link-lookalike-host link-disguised-host unknown-address text-too-nested table-too-large too-many-marks link-not-closed too-many-headings too-many-footnotes unknown-shortcode shortcode-form invisible-character broken-link link-to-hidden hugo hugo-ended hugo-warning"},
	{"Dấu Markdown gõ chưa đúng", "loi-bai", "typed-*"},
	{"Địa chỉ của trang", "sua-go", "address-* duplicate-address generated-address menu-* home-*"},
	{"Trang hiện hay chưa hiện", "hen-ngay", "draft not-yet expired translation-ahead translation-alone"},
	{"Gợi ý về cách viết", "kiem-tra", "decomposed lookalike-letter styled-letter double-space space-before-punctuation tone-placement name-capitals name-marks document-number"},
	{"Văn bản kế hoạch", "nhap-ke-hoach", "version-* plan-page plan-element plan-text plan-* pdf-*"},
	{"Tiến độ thực hiện kế hoạch", "tien-do", "progress-* deed-* scope-differs"},
	{"Nhập từ Word và Excel", "nhap-word", "office-* sheet-* roster-*"},
	{"Trang đã dựng", "kiem-tra", "page-* link-* id-* control-label template-format table-* inline-* hidden-* budget-font privacy-* feed-* site-* copy-differs withdrawn-* check-more port-taken"},
	{"Đưa lên mạng (dành cho người phụ trách kỹ thuật)", "xuat-ban", "deploy-* target-* release-* verify-* signing-key contact-expired publisher-missing"},
}

// messagesHead is what the list of all messages begins with.
const messagesHead = `# Mọi thông báo và cách sửa

Trang này do máy viết ra từ mã chương trình; đừng sửa tay. Đề mục nhỏ là mã của thông báo; dấu “…” thay cho chỗ mỗi lần một khác. Cách đọc một thông báo: [khi có điều không ổn](khi-co-loi.md).

`

// TestGoldenMessages holds the list of all messages to what the program says.
func TestGoldenMessages(t *testing.T) {
	const name = "../../" + help.Messages
	list := messageList(t)
	if *update {
		if err := os.WriteFile(name, []byte(list), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(read(t, name)) != list {
		t.Errorf("%s lists other messages than the program has; run with -update", name)
	}
}

// TestEveryMessageHasAPlace looks for what the guide tells of each, and for the place
// that is given with each finding.
func TestEveryMessageHasAPlace(t *testing.T) {
	for _, r := range programRules() {
		text, ok := help.Rule(r.Code)
		if !ok || strings.Contains(text, "\n#") || !strings.Contains(text, "\n→ ") {
			t.Errorf("the guide says of %s: %q", r.Code, text)
		}
		if name, code, _ := strings.Cut(help.OfRule(r.Code), "#"); !strings.Contains(string(read(t, "../../"+name)), "\n### "+code+"\n") {
			t.Errorf("%s tells nothing of %s", name, code)
		}
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
	b.WriteString(messagesHead)
	for _, g := range messageGroups {
		page, ok := help.Page(g.page)
		if !ok {
			t.Errorf("%s: there is no page %q", g.title, g.page)
		}
		title, _, _ := strings.Cut(strings.TrimPrefix(page, "# "), "\n")
		fmt.Fprintf(&b, "## %s\n\nXem thêm: [%s](%s.md).\n\n", g.title, title, g.page)
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
	return strings.TrimSuffix(b.String(), "\n")
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
	fmt.Fprintf(b, "### %s\n\n**%s.** %s\n\n→ %s\n\n", r.Code, severityWords[r.Severity].VI, escaped(e.message), escaped(e.hint))
}

var verb = regexp.MustCompile(`%\[\d+\][a-z]`)

// blank puts "…" for what differs from one place to the next.
func blank(s string) string {
	if !strings.Contains(s, "%[") {
		return s
	}
	return strings.ReplaceAll(verb.ReplaceAllString(s, "…"), "%%", "%")
}

// escaped is a text in Markdown. What stands between backticks is code there too.
func escaped(s string) string {
	parts := strings.Split(s, "`")
	if len(parts)%2 == 0 { // a backtick that is one
		return strings.NewReplacer("`", "\\`", "<", `\<`, "*", `\*`, "[", `\[`, "_", `\_`, "##", `\##`).Replace(strings.Join(parts, "`"))
	}
	for i := 0; i < len(parts); i += 2 {
		parts[i] = strings.NewReplacer(`\`, `\\`, "<", `\<`, "&", `\&`, "*", `\*`, "[", `\[`, "_", `\_`, "##", `\##`).Replace(parts[i])
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
