// Package site builds the site with Hugo, which is linked into this binary and runs as a
// child process of it ("lienhiep hugo …"): its output can be read, a crash does not take
// the caller down, and its memory is freed before the built site is checked.
//
// Hugo's own server is not used: it answers any Host header, and if its port is taken it
// listens on all interfaces.
//
// In: the site's folder, with generated/ up to date. Out: a folder of built pages;
// Hugo's messages come back as findings.
package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gohugoio/hugo/commands"
	hugoitself "github.com/gohugoio/hugo/common/hugo"

	"lienhiep/internal/content"
	"lienhiep/internal/diag"
	"lienhiep/internal/garbage"
)

var (
	ruleHugo = diag.NewRule("hugo", diag.Error,
		diag.Text{VI: "Chương trình dựng trang (Hugo) không dựng được chỗ này.", EN: "Hugo cannot build this."},
		askForHelp)
	ruleHugoEnded = diag.NewRule("hugo-ended", diag.Error,
		diag.Text{VI: "Việc dựng trang bị dừng giữa chừng: %[1]s.", EN: "Building the site ended halfway: %[2]s."},
		diag.Text{VI: "Đóng bớt chương trình khác rồi chạy lại. Nếu vẫn vậy, báo người phụ trách kỹ thuật, kèm phần chi tiết.", EN: "Close other programs and try again. If that does not help, tell your technician, with the details."})
	ruleHugoWarning = diag.NewRule("hugo-warning", diag.Error,
		diag.Text{VI: "Chương trình dựng trang (Hugo) thấy chỗ này không ổn.", EN: "Hugo warns of this."},
		askForHelp)
	ruleFormat = diag.NewRule("template-format", diag.Error,
		diag.Text{VI: "Chương trình và giao diện của trang không thuộc cùng một bản phát hành: chương trình ghi dữ liệu dạng %[1]s, giao diện trong thư mục layouts đọc dạng %[2]s.", EN: "The program and the site's templates are from different releases: the program writes data format %[1]s, and the templates in layouts read format %[2]s."},
		diag.Text{VI: "Chép các thư mục layouts, assets, i18n và static từ tệp nén của bản phát hành cùng với chương trình, hoặc dùng lại chương trình của bản trước.", EN: "Copy the folders layouts, assets, i18n and static from the zip that the program came in, or use the program of the previous release."})
	ruleBrokenLink = diag.NewRule("broken-link", diag.Error,
		diag.Text{VI: "Liên kết “%[1]s” không dẫn tới trang nào.", EN: "The link “%[1]s” leads to no page of the site."},
		diag.Text{VI: "Chép địa chỉ từ thanh địa chỉ của trình duyệt, bỏ phần tên miền, chỉ giữ từ dấu / trở đi, ví dụ /ke-hoach/15-kh-tu/.", EN: "Copy the address from the browser without the host, such as /ke-hoach/15-kh-tu/."})
)

// askForHelp is all that an editor can do about what Hugo says in its own words.
var askForHelp = diag.Text{
	VI: "Xem lại điều vừa sửa ở đó. Nếu không rõ, chép phần chi tiết gửi người phụ trách kỹ thuật.",
	EN: "Check what was last changed there; if that does not help, send the details to whoever maintains the site.",
}

// Main runs stock Hugo with the given arguments, in the child process, after checking
// that content/ contains nothing that Hugo must not see. It prints errors as Hugo's own
// main function does, and reports success.
func Main(args []string) bool {
	if os.Getenv(childMark) != "" {
		go func() {
			// The caller writes nothing: the input ends when the caller does.
			_, _ = io.Copy(io.Discard, os.Stdin)
			os.Exit(1)
		}()
		go endWhenStuck()
	}
	garbage.PileUp()
	err := guard(sourceOf(args), configOf(args))
	if err == nil {
		err = commands.Execute(args)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "Error: %s\n", err)
	}
	return err == nil
}

// HugoVersion is the version of the embedded Hugo, such as "0.165.0".
func HugoVersion() string { return hugoitself.CurrentVersion.String() }

// childMark tells the child process that its input lasts as long as its caller:
// killed, the caller must leave no Hugo behind that writes into the next build.
const childMark = "LIENHIEP_CHILD"

// smallCaches is how much may be in use, in GiB, before Hugo forgets what it has rendered of
// pages, of which most is asked for once. By itself it takes a quarter of the machine's
// memory.
const smallCaches = "HUGO_MEMORYLIMIT=0.25"

// hugo prepares the child process. Settings of Hugo's own that lie in the
// environment are left out: what is built must follow from the folder alone.
func hugo(ctx context.Context, root string, args ...string) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program: %w", err)
	}
	abs, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{"hugo"}, args...)...)
	cmd.Args = append(cmd.Args, "--source", abs, "--cacheDir", filepath.Join(abs, "generated", "cache"))
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "HUGO_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, childMark+"=1", smallCaches)
	if _, err := cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("preparing Hugo: %w", err)
	}
	return cmd, nil
}

// Build builds the site for baseURL into the folder staging, which it empties first; part,
// unless it is nil, says which pages. If there are findings, staging must not be published.
// The error is one of running Hugo itself.
func Build(ctx context.Context, root, staging, baseURL string, part *Part) ([]diag.Finding, error) {
	return production(ctx, root, staging, baseURL, configFile, part)
}

// BuildCopy builds the site as [Build] does, with the copy of content/ in [content.Copy]
// in its place. Findings name the files of content/.
func BuildCopy(ctx context.Context, root, staging, baseURL string, part *Part) ([]diag.Finding, error) {
	config, err := copyConfig(root)
	if err != nil {
		return nil, err
	}
	findings, err := production(ctx, root, staging, baseURL, config, part)
	return ofContent(findings), err
}

// ofContent names the files of content/ in the place of those of its copy.
func ofContent(findings []diag.Finding) []diag.Finding {
	for i, f := range findings {
		findings[i].Pos.File = strings.TrimPrefix(f.Pos.File, content.Copy+"/")
	}
	return findings
}

func production(ctx context.Context, root, staging, baseURL, config string, part *Part) ([]diag.Finding, error) {
	findings, err := buildPart(ctx, root, staging, baseURL, config, part, "--environment", "production")
	if errors.Is(err, ErrNotBuilt) {
		err = nil
	}
	return findings, err
}

// Preview is [Build] with drafts and scheduled pages, marked as such. Findings without
// an error do not prevent the pages from being shown; the error is [ErrNotBuilt], or one
// of running Hugo itself.
func Preview(ctx context.Context, root, pages, baseURL string, part *Part) ([]diag.Finding, error) {
	return development(ctx, root, pages, baseURL, configFile, part)
}

// PreviewCopy is to [Preview] what [BuildCopy] is to [Build].
func PreviewCopy(ctx context.Context, root, pages, baseURL string, part *Part) ([]diag.Finding, error) {
	config, err := copyConfig(root)
	if err != nil {
		return nil, err
	}
	findings, err := development(ctx, root, pages, baseURL, config, part)
	return ofContent(findings), err
}

func development(ctx context.Context, root, pages, baseURL, config string, part *Part) ([]diag.Finding, error) {
	return buildPart(ctx, root, pages, baseURL, config, part, "--environment", "development", "--buildDrafts", "--buildFuture")
}

// ErrNotBuilt means that Hugo could not build the site; findings say why.
var ErrNotBuilt = errors.New("the site could not be built")

// ErrEnded is an [ErrNotBuilt] for which nothing in the site need be at fault: another try
// may succeed.
var ErrEnded = fmt.Errorf("the build ended early: %w", ErrNotBuilt)

// prepare removes what an earlier build has left for Hugo to find that may not be whole.
func prepare(root, pages string) error {
	if err := os.RemoveAll(pages); err != nil {
		return fmt.Errorf("emptying the folder of the pages: %w", err)
	}
	if err := healCache(root); err != nil {
		return fmt.Errorf("looking through what Hugo keeps: %w", err)
	}
	return nil
}

func build(ctx context.Context, root, pages, baseURL string, args ...string) ([]diag.Finding, error) {
	if err := prepare(root, pages); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(pages)
	if err != nil {
		return nil, err
	}
	args = slices.Concat([]string{"build", "--destination", abs, "--noBuildLock", "--baseURL", baseURL}, args)
	cmd, err := hugo(ctx, root, args...)
	if err != nil {
		return nil, err
	}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == exitStuck {
		if err := prepare(root, pages); err != nil { // it may have been writing
			return nil, err
		}
		if cmd, err = hugo(ctx, root, args...); err != nil {
			return nil, err
		}
		cmd.Env = append(cmd.Env, manyWorkers)
		out, err = cmd.CombinedOutput()
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if cmd.ProcessState != nil && cmd.ProcessState.Exited() {
		if err := recordCache(root); err != nil {
			return nil, fmt.Errorf("noting what Hugo keeps: %w", err)
		}
	}
	findings := complaints(root, out)
	switch {
	case err == nil, isComplete(out):
		return findings, nil
	case len(findings) == 0:
		return ended(err, out)
	}
	return findings, ErrNotBuilt
}

// ended says why Hugo gave no complaint: it has crashed, was ended, mostly by a machine
// that is out of memory, or did not start, which is the error.
func ended(err error, out []byte) ([]diag.Finding, error) {
	exit := (*exec.ExitError)(nil)
	if !errors.As(err, &exit) {
		return nil, fmt.Errorf("running Hugo: %w", err)
	}
	why := diag.Text{VI: "máy đã tắt chương trình dựng trang, thường vì thiếu bộ nhớ", EN: "the machine stopped the program, mostly for want of memory"}
	said := ""
	if exit.Exited() {
		last := strings.TrimRight(diag.FirstLine(lastLine(out)), ". ")
		if last == "" {
			last = exit.String()
		}
		why, said = diag.Text{VI: "chương trình dựng trang tự dừng", EN: "the program stopped by itself"}, last
	}
	return []diag.Finding{ruleHugoEnded.At(diag.Pos{}, why.VI, why.EN).WithDetails(said)}, ErrEnded
}

// BrokenLink returns the destination if the finding is about a broken link.
func BrokenLink(f diag.Finding) (link string, ok bool) {
	if f.Rule != ruleBrokenLink {
		return "", false
	}
	link, ok = f.Arg(1).(string)
	return link, ok
}

// place is how Hugo names a place in a file.
var place = regexp.MustCompile(`"?([^"\s]+?\.[a-z]+):(\d+)(?::(\d+))?[":]`)

// known are the complaints that editors can set off, in their own words.
var known = []struct {
	pattern *regexp.Regexp // its groups are the arguments
	rule    *diag.Rule
}{
	{regexp.MustCompile(`link to "([^"]+)" leads to no page of the site`), ruleBrokenLink},
	{regexp.MustCompile(`^` + regexp.QuoteMeta(saysMounts) + `(.*)`), ruleMounts},
	{regexp.MustCompile(`^` + regexp.QuoteMeta(saysGuarded) + `(.*)`), ruleGuarded},
	{regexp.MustCompile(`^Dữ liệu trong generated/ ở dạng (\d+), giao diện trong layouts/ đọc dạng (\d+)`), ruleFormat},
}

// formatPartial is the template that knows which format of data the others read.
const formatPartial = "layouts/_partials/format.html"

// sum is Hugo's last word on errors that it has told one by one, and tells
// nothing of itself. All pages are there then.
var sum = regexp.MustCompile(`^error building site: logged \d+ error`)

// isComplete reports whether Hugo has made every page, whatever it found wrong with them.
func isComplete(out []byte) bool {
	last, _ := strings.CutPrefix(lastLine(out), "Error: ")
	return sum.MatchString(last)
}

// ofPage is how Hugo names the page on which a template failed.
var ofPage = regexp.MustCompile(`render of "([^"]+)" failed`)

// Fatal returns, of the findings of an [ErrNotBuilt], those for which Hugo made an end,
// placed at the page on which a template failed where there is one.
func Fatal(root string, findings []diag.Finding) []diag.Finding {
	var all []diag.Finding
	for _, f := range findings {
		if !strings.HasPrefix(f.Details, "error building site: ") {
			continue
		}
		if m := ofPage.FindStringSubmatch(f.Details); m != nil {
			f.Pos = diag.Pos{File: strings.TrimPrefix(below(root, m[1]), content.Copy+"/")}
		}
		all = append(all, f)
	}
	return all
}

// complaints reads the errors and warnings out of what Hugo printed.
func complaints(root string, out []byte) []diag.Finding {
	var findings []diag.Finding
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSpace(line)
		rule := ruleHugo
		message, ok := strings.CutPrefix(line, "ERROR ")
		if !ok {
			if message, ok = strings.CutPrefix(line, "Error: "); !ok {
				message, ok = strings.CutPrefix(line, "WARN ")
				rule = ruleHugoWarning
			}
		}
		message = strings.TrimSpace(message)
		if !ok || sum.MatchString(message) {
			continue
		}
		f := rule.At(placeIn(root, message)).WithDetails(message)
		for _, k := range known {
			if m := k.pattern.FindStringSubmatch(message); m != nil {
				f = k.rule.At(f.Pos, arguments(m[1:])...)
			}
		}
		if f.Rule == ruleFormat { // whatever else is wrong follows from it
			f.Pos.File = formatPartial
			return []diag.Finding{f}
		}
		findings = append(findings, f)
	}
	return findings
}

func arguments(groups []string) []any {
	all := make([]any, len(groups))
	for i, g := range groups {
		all[i] = g
	}
	return all
}

func placeIn(root, message string) diag.Pos {
	m := place.FindStringSubmatch(message)
	if m == nil {
		return diag.Pos{}
	}
	line, _ := strconv.Atoi(m[2])   // the pattern lets digits through alone
	column, _ := strconv.Atoi(m[3]) // or is empty: no column
	return diag.Pos{File: below(root, m[1]), Line: line, Column: column}
}

// below is a file's name below root, if it is there.
func below(root, file string) string {
	if abs, err := filepath.Abs(root); err == nil {
		if rel, err := filepath.Rel(abs, file); err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel)
		}
	}
	return file
}

func lastLine(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
