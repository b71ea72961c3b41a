package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"lienhiep/internal/compare"
	"lienhiep/internal/diag"
	"lienhiep/internal/edit/help"
	"lienhiep/internal/site"
)

// UI writes everything that a person sees of the program.
type UI struct {
	out, err io.Writer
	lang     diag.Lang
	format   string            // of findings: one of formats
	terminal bool              // somebody is watching
	told     func(step string) // what is being done; may be nil
}

func newUI(out, err *os.File) *UI {
	return &UI{out: out, err: err, lang: diag.Vietnamese, format: "text", terminal: term.IsTerminal(int(err.Fd()))}
}

// errFindings says that findings have been shown and the work has stopped.
var errFindings = errors.New("findings")

var (
	textInterrupted = diag.Text{VI: "Đã dừng theo yêu cầu.", EN: "Stopped as asked."}
	textFileExists  = diag.Text{VI: "Đã có tệp %[1]s; không ghi đè. Hãy chọn tên khác.", EN: "%[1]s exists already and is left alone. Choose another name."}
	textNoSite      = diag.Text{
		VI: "Thư mục này không phải thư mục của trang (không có config.toml). Hãy mở cửa sổ lệnh trong thư mục của trang, hoặc thêm --dir THƯ-MỤC.",
		EN: "This folder holds no site (there is no config.toml). Change into the right one, or use --dir FOLDER."}
)

// formats are the forms that findings can be printed in.
var formats = []string{"text", "json", "github", "gitlab"}

// show prints what a command made, for people: for machines the output holds the
// findings alone.
func (ui *UI) show(format string, args ...any) {
	if ui.format != "text" {
		return
	}
	for line := range strings.Lines(fmt.Sprintf(format, args...)) {
		fmt.Fprintln(ui.out, printable(strings.TrimRight(line, "\r\n")))
	}
}

// note says a sentence beside the output.
func (ui *UI) note(t diag.Text, args ...any) {
	fmt.Fprintf(ui.err, t.In(ui.lang)+"\n", args...)
}

// waitForEnter keeps the window open that a double-click has opened, with what it
// says.
func (ui *UI) waitForEnter() {
	ui.note(diag.Text{VI: "Bấm Enter để đóng cửa sổ này.", EN: "Press Enter to close this window."})
	_, _ = fmt.Scanln() // whatever is typed closes it
}

// askPassword returns what asks for the password of an account, without showing it, or
// nil if nobody is there to answer.
func (ui *UI) askPassword() func(account string) (string, error) {
	keyboard := int(os.Stdin.Fd())
	if !ui.terminal || !term.IsTerminal(keyboard) {
		return nil
	}
	return func(account string) (string, error) {
		fmt.Fprintf(ui.err, diag.Text{VI: "Mật khẩu của %s: ", EN: "Password of %s: "}.In(ui.lang), printable(account))
		password, err := term.ReadPassword(keyboard)
		fmt.Fprintln(ui.err)
		return string(password), err
	}
}

// failure says what went wrong with the machine or the folder.
func (ui *UI) failure(err error) { fmt.Fprintln(ui.err, ui.reason(err)) }

// reason is a sentence on what went wrong with the machine or the folder.
func (ui *UI) reason(err error) string {
	if errors.Is(err, site.ErrNoSite) {
		return textNoSite.In(ui.lang)
	}
	var fault *site.ConfigError
	if errors.As(err, &fault) && ui.lang == diag.Vietnamese {
		return strings.TrimSuffix(faultyConfig(fault).VI, ".") + ": " + printable(fault.Err.Error())
	}
	var file *fs.PathError
	if errors.As(err, &file) {
		for _, r := range reasons {
			if errors.Is(err, r.is) {
				return fmt.Sprintf(diag.Text{VI: "Không làm được với “%[1]s”: %[2]s.", EN: "Failed on “%[1]s”: %[2]s."}.In(ui.lang), printable(file.Path), r.why.In(ui.lang))
			}
		}
	}
	return fmt.Sprintf(diag.Text{VI: "Không làm được: %[1]v", EN: "Failed: %[1]v"}.In(ui.lang), err)
}

// reasons are the faults of a disk in people's words.
var reasons = []struct {
	is  error
	why diag.Text
}{
	{fs.ErrNotExist, diag.Text{VI: "không có tệp hoặc thư mục này", EN: "there is no such file or folder"}},
	{fs.ErrPermission, diag.Text{VI: "máy không cho phép đọc hoặc ghi", EN: "permission denied"}},
	{syscall.EISDIR, diag.Text{VI: "đó là một thư mục, không phải tệp", EN: "it is a folder, not a file"}},
	{syscall.ENOSPC, diag.Text{VI: "ổ đĩa đã đầy", EN: "the disk is full"}},
}

// step says what is being done, to somebody who is watching, and returns what
// to call when it is done.
func (ui *UI) step(t diag.Text) (done func()) {
	if ui.told != nil {
		ui.told(t.In(ui.lang))
	}
	if !ui.terminal {
		return func() {}
	}
	start := time.Now()
	fmt.Fprintf(ui.err, "%s …", t.In(ui.lang))
	return func() { fmt.Fprintf(ui.err, " %.1f s\n", time.Since(start).Seconds()) }
}

// mostShown is how many findings a person is shown at once.
const mostShown = 100

// findings prints what was found. In text, a person's form goes to the error
// stream; the forms for machines go to the output.
func (ui *UI) findings(all []diag.Finding) {
	switch ui.format {
	case "json":
		ui.writeJSON(ui.records(all))
	case "github":
		for _, f := range worstFirst(all) { // GitHub shows the first few of a step
			fmt.Fprintln(ui.out, githubAnnotation(f, ui.lang))
		}
	case "gitlab":
		ui.writeJSON(codeQuality(all, ui.lang))
	default:
		shown := all
		if len(all) > mostShown {
			shown = worstFirst(all)[:mostShown]
		}
		for _, f := range shown {
			ui.finding(f)
		}
		if more := len(all) - mostShown; more > 0 {
			ui.note(diag.Text{VI: "… và %[1]d chỗ khác nữa (--format json cho biết tất cả).", EN: "… and %[1]d more (--format json gives all)."}, more)
		}
		ui.tally(all)
	}
}

// worstFirst puts what stops a build before all else.
func worstFirst(all []diag.Finding) []diag.Finding {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b diag.Finding) int { return cmp.Compare(a.Severity, b.Severity) })
	return all
}

// clear empties the screen of somebody who is watching. The old window of Windows
// would show the signs that do it.
func (ui *UI) clear() {
	if ui.terminal && (runtime.GOOS != "windows" || os.Getenv("WT_SESSION") != "") {
		fmt.Fprint(ui.err, "\x1b[H\x1b[2J\x1b[3J")
	}
}

var severityWords = map[diag.Severity]diag.Text{
	diag.Error:      {VI: "Lỗi", EN: "Error"},
	diag.Warning:    {VI: "Cảnh báo", EN: "Warning"},
	diag.Notice:     {VI: "Lưu ý", EN: "Notice"},
	diag.Suggestion: {VI: "Gợi ý", EN: "Suggestion"},
}

func (ui *UI) finding(f diag.Finding) {
	where := f.Pos.String()
	if where != "" {
		where += ": "
	}
	fmt.Fprintf(ui.err, "%s%s: %s\n", where, severityWords[f.Severity].In(ui.lang), printable(f.Message(ui.lang)))
	if hint := f.Hint(ui.lang); hint != "" {
		fmt.Fprintf(ui.err, "    → %s\n", printable(hint))
	}
	if f.Details != "" {
		fmt.Fprintf(ui.err, "    %s: %s\n", diag.Text{VI: "Chi tiết", EN: "Details"}.In(ui.lang), printable(f.Details))
	}
}

// printable keeps text out of a file from steering the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return '\uFFFD'
		}
		return r
	}, s)
}

func (ui *UI) tally(all []diag.Finding) {
	var errorCount, warnings, suggestions int
	for _, f := range all {
		switch f.Severity {
		case diag.Error:
			errorCount++
		case diag.Warning:
			warnings++
		case diag.Suggestion:
			suggestions++
		}
	}
	if errorCount+warnings > 0 {
		ui.note(diag.Text{VI: "Tổng cộng: %[1]d lỗi, %[2]d cảnh báo.", EN: "In all: errors %[1]d, warnings %[2]d."}, errorCount, warnings)
	}
	if suggestions > 0 {
		ui.note(diag.Text{VI: "Có %[1]d gợi ý về cách viết; tùy bạn, không cản trở việc dựng trang.", EN: "%[1]d suggestions on wording; they are yours to judge and stop nothing."}, suggestions)
	}
}

// mostCodes is how many messages [UI.readMore] names.
const mostCodes = 3

// readMore says once where to read about what must or should be mended, the worst first.
func (ui *UI) readMore(all []diag.Finding) {
	var codes []string
	for _, f := range worstFirst(all) {
		if f.Severity <= diag.Warning && !slices.Contains(codes, f.Code) {
			codes = append(codes, f.Code)
		}
	}
	if len(codes) == 0 || ui.format != "text" {
		return
	}
	ui.note(diag.Text{VI: "Xem thêm: lienhiep help %[1]s (danh sách ở %[2]s)", EN: "More, in Vietnamese: lienhiep help %[1]s (the list is %[2]s)"}, strings.Join(codes[:min(len(codes), mostCodes)], " "), help.Messages)
}

// record is a finding for machines, with the place that tells more of it.
type record struct {
	diag.Record
	Help string `json:"help"`
}

// records are findings for machines.
func (ui *UI) records(all []diag.Finding) []record {
	records := []record{}
	for _, f := range all {
		records = append(records, record{f.Record(ui.lang), help.OfRule(f.Code)})
	}
	return records
}

func (ui *UI) writeJSON(x any) {
	e := json.NewEncoder(ui.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	// The output may be a pipe that its reader has closed: nothing is left to say.
	_ = e.Encode(x)
}

var changeWords = map[compare.Kind]diag.Text{
	compare.Changed:      {VI: "sửa lời", EN: "changed"},
	compare.MovedChanged: {VI: "chuyển chỗ và sửa lời", EN: "moved and changed"},
	compare.Moved:        {VI: "chuyển chỗ", EN: "moved"},
	compare.Added:        {VI: "thêm", EN: "added"},
	compare.Dropped:      {VI: "bỏ", EN: "dropped"},
}

// changeMarks stand around words, as wdiff has them.
var changeMarks = map[compare.Op]string{compare.Kept: "%s", compare.Deleted: "[-%s-]", compare.Inserted: "{+%s+}"}

// comparison prints what changed between two wordings: a heading for each clause,
// then its words, [-dropped-] and {+new+}.
func (ui *UI) comparison(c *compare.Comparison) {
	counts := []string{fmt.Sprintf("%s %d", diag.Text{VI: "giữ nguyên", EN: "same"}.In(ui.lang), c.Same)}
	for _, k := range compare.Kinds {
		counts = append(counts, fmt.Sprintf("%s %d", changeWords[k].In(ui.lang), c.Count(k)))
	}
	fmt.Fprintln(ui.out, strings.Join(counts, ", "))
	for _, change := range c.Changes {
		var places []string
		for _, clause := range []*compare.Clause{change.From, change.To} {
			if clause != nil && !slices.Contains(places, clause.ID) {
				places = append(places, clause.ID)
			}
		}
		fmt.Fprintf(ui.out, "\n%s: %s\n", strings.Join(places, " → "), changeWords[change.Kind].In(ui.lang))
		var words strings.Builder
		for _, p := range change.Words {
			text := strings.TrimPrefix(p.Text, "\n")
			words.WriteString(p.Text[:len(p.Text)-len(text)]) // a new paragraph is no mark's
			fmt.Fprintf(&words, changeMarks[p.Op]+" ", text)
		}
		for line := range strings.SplitSeq(words.String(), "\n") {
			fmt.Fprintf(ui.out, "  %s\n", strings.TrimSpace(printable(line)))
		}
	}
}

func (ui *UI) usageError(e usageError) {
	fmt.Fprintln(ui.err, e.text.In(ui.lang))
	name := e.command
	if name != "" {
		name = " " + name
	}
	ui.note(diag.Text{VI: "Xem cách dùng: lienhiep%[1]s --help", EN: "For help: lienhiep%[1]s --help"}, name)
}

// help prints how to use the program.
func (ui *UI) help(o *options) {
	fmt.Fprintln(ui.out, diag.Text{
		VI: "Cách dùng: lienhiep LỆNH [tùy chọn]\n\nCác lệnh:",
		EN: "Usage: lienhiep COMMAND [options]\n\nCommands:"}.In(ui.lang))
	for _, c := range commands() {
		fmt.Fprintf(ui.out, "  %-10s %s\n", c.name, c.about.In(ui.lang))
	}
	fmt.Fprintf(ui.out, diag.Text{
		VI: "\nlienhiep help LỆNH nói rõ một lệnh; lienhiep help TRANG in một trang hướng dẫn, lienhiep help MÃ nói rõ một thông báo:\n%[1]s",
		EN: "\nlienhiep help COMMAND tells more of a command; lienhiep help PAGE prints a page of the guide, and lienhiep help CODE tells more of a message, in Vietnamese:\n%[1]s"}.In(ui.lang), wrapped(help.Names()))
	ui.options(o)
	fmt.Fprintln(ui.out, diag.Text{
		VI: "\nMã thoát: 0 là không có lỗi, 1 là có lỗi, 2 là gõ lệnh chưa đúng.",
		EN: "\nExit codes: 0 fine, 1 findings, 2 usage."}.In(ui.lang))
}

// wrapped is words on lines of a terminal's width.
func wrapped(words []string) string {
	var b strings.Builder
	line := ""
	for _, w := range words {
		if len(line)+len(w) > 76 {
			b.WriteString(line + "\n")
			line = ""
		}
		line += "  " + w
	}
	return b.String() + line + "\n"
}

// commandHelp prints how to use one command.
func (ui *UI) commandHelp(c *command, o *options) {
	fmt.Fprintf(ui.out, "%s\n\n  lienhiep %s\n", c.about.In(ui.lang), strings.TrimSpace(c.name+" "+c.args.In(ui.lang)))
	ui.options(o)
}

// options prints what can be set.
func (ui *UI) options(o *options) {
	fmt.Fprintln(ui.out, diag.Text{VI: "\nTùy chọn:", EN: "\nOptions:"}.In(ui.lang))
	for _, one := range o.list {
		name := dashed(one.name)
		if !one.toggle {
			name += " …"
		}
		fmt.Fprintf(ui.out, "  %-14s %s\n", name, one.help.In(ui.lang))
	}
}
