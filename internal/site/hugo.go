// Package site builds and serves the site with Hugo, which is part of this
// binary: it runs as a child process of the same executable ("lienhiep hugo …"),
// so that its output can be read, a fault in it cannot take the caller down, and
// its memory is given back before the built site is checked.
//
// In: the site's folder, with generated/ up to date. Out: a folder of built
// pages, or a server on loopback; what Hugo complains of comes back as findings.
package site

import (
	"bufio"
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

	"lienhiep/internal/diag"
)

var (
	ruleHugo = diag.NewRule("hugo", diag.Error,
		diag.Text{VI: "Chương trình dựng trang (Hugo) báo lỗi: %[1]s", EN: "Hugo cannot build the site: %[1]s"},
		askForHelp)
	ruleHugoWarning = diag.NewRule("hugo-warning", diag.Error,
		diag.Text{VI: "Chương trình dựng trang (Hugo) cảnh báo: %[1]s", EN: "Hugo warns: %[1]s"},
		askForHelp)
	ruleBrokenLink = diag.NewRule("broken-link", diag.Error,
		diag.Text{VI: "Liên kết “%[1]s” không dẫn tới trang nào.", EN: "The link “%[1]s” leads to no page of the site."},
		diag.Text{VI: "Chép địa chỉ từ thanh địa chỉ của trình duyệt, bỏ phần tên miền, chỉ giữ từ dấu / trở đi, ví dụ /ke-hoach/15-kh-tu/. Nếu trang đích còn là bản nháp, đăng trang ấy trước.", EN: "Copy the address from the browser without the host, such as /ke-hoach/15-kh-tu/. A page that is still a draft must be published first."})
	rulePortTaken = diag.NewRule("port-taken", diag.Error,
		diag.Text{VI: "Cổng %[1]s đang được một chương trình khác dùng.", EN: "Port %[1]s is used by another program."},
		diag.Text{VI: "Đóng chương trình kia, hoặc chọn cổng khác bằng --port.", EN: "Close that program, or choose another port with --port."})
)

// askForHelp is all that an editor can do about what Hugo says in its own words.
var askForHelp = diag.Text{
	VI: "Xem lại điều vừa sửa ở tệp và dòng được nêu. Nếu không rõ, chép nguyên văn thông báo này gửi người phụ trách kỹ thuật.",
	EN: "See to what was changed last at that place; if that does not help, send this message to whoever looks after the site.",
}

// Main is the child process: stock Hugo with the given arguments. It says what
// went wrong as Hugo's own main function does, and reports whether all went well.
func Main(args []string) bool {
	if os.Getenv(childMark) != "" {
		go func() {
			// The caller writes nothing: the input ends when the caller does.
			_, _ = io.Copy(io.Discard, os.Stdin)
			os.Exit(1)
		}()
	}
	err := commands.Execute(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "Error: %s\n", err)
	}
	return err == nil
}

// childMark tells the child process that its input lasts as long as its caller:
// killed, the caller must leave no Hugo behind that writes into the next build.
const childMark = "LIENHIEP_CHILD"

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
	cmd.Env = append(cmd.Env, childMark+"=1")
	if _, err := cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("preparing Hugo: %w", err)
	}
	return cmd, nil
}

// Build builds the site, to stand at baseURL, into the folder staging, which it
// empties first. With findings, staging is not fit to publish. The error is of the
// process itself.
func Build(ctx context.Context, root, staging, baseURL string) ([]diag.Finding, error) {
	if err := os.RemoveAll(staging); err != nil {
		return nil, fmt.Errorf("emptying the staging folder: %w", err)
	}
	if err := healCache(root); err != nil {
		return nil, fmt.Errorf("looking through what Hugo keeps: %w", err)
	}
	abs, err := filepath.Abs(staging)
	if err != nil {
		return nil, err
	}
	cmd, err := hugo(ctx, root, "build", "--destination", abs, "--environment", "production", "--noBuildLock", "--baseURL", baseURL)
	if err != nil {
		return nil, err
	}
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	findings := complaints(root, out)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, fmt.Errorf("running Hugo: %w", err)
	}
	if cmd.ProcessState.Exited() {
		if err := recordCache(root); err != nil {
			return nil, fmt.Errorf("noting what Hugo keeps: %w", err)
		}
	}
	if err != nil && len(findings) == 0 {
		return []diag.Finding{ruleHugo.At(diag.Pos{}, lastLine(out))}, nil
	}
	return findings, nil
}

// Server is Hugo's own server, with live reload.
type Server struct {
	URL   string          // where it can be read
	Built <-chan struct{} // tells that the pages were built anew
	Ended <-chan error    // gives the reason once the server has ended; nil if it was asked to
}

// Why a server could not start; log has been told the details.
var (
	ErrNotBuilt  = errors.New("the site could not be built")
	ErrPortTaken = errors.New("the port is taken")
)

// rebuilt is what Hugo says when it has built the pages after a change.
var rebuilt = regexp.MustCompile(`^Total in \d`)

var serverAddress = regexp.MustCompile(`Web Server is available at (?://|)(\S+)`)

// Serve starts the server on loopback and returns when it answers. It shows
// drafts and what is still to appear, and serves what lies in the folder pages,
// where it writes its own. A port of 0 leaves the choice to Hugo. What Hugo
// complains of later goes to log. Cancelling ctx ends the server.
func Serve(ctx context.Context, root, pages string, port int, log func([]diag.Finding)) (*Server, error) {
	args := []string{"server", "--bind", "127.0.0.1", "--buildDrafts", "--buildFuture", "--destination", pages, "--noBuildLock"}
	if port != 0 {
		args = append(args, "--port", strconv.Itoa(port))
	}
	cmd, err := hugo(ctx, root, args...)
	if err != nil {
		return nil, err
	}
	out, in := io.Pipe()
	cmd.Stdout, cmd.Stderr = in, in
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting Hugo: %w", err)
	}
	ended := make(chan error, 1)
	go func() {
		err := cmd.Wait()
		in.Close()
		if ctx.Err() != nil {
			err = nil
		}
		ended <- err
	}()
	portTaken := false
	built := make(chan struct{}, 1)
	url, ok := <-follow(root, out, built, func(findings []diag.Finding) {
		portTaken = portTaken || slices.ContainsFunc(findings, func(f diag.Finding) bool { return f.Rule == rulePortTaken })
		log(findings)
	})
	if !ok {
		switch err := <-ended; {
		case err == nil:
			return nil, ctx.Err()
		case portTaken:
			return nil, ErrPortTaken
		}
		return nil, ErrNotBuilt
	}
	return &Server{URL: url, Built: built, Ended: ended}, nil
}

// follow reads what the server prints: its address, once, that it has built, and
// its complaints. The channel is closed when the server has ended.
func follow(root string, out io.Reader, built chan<- struct{}, log func([]diag.Finding)) <-chan string {
	address := make(chan string, 1)
	go func() {
		defer close(address)
		told := false // Hugo names its address again for every language
		lines := bufio.NewScanner(out)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if m := serverAddress.FindSubmatch(lines.Bytes()); m != nil && !told {
				told = true
				address <- string(m[1])
			}
			if rebuilt.Match(lines.Bytes()) {
				select {
				case built <- struct{}{}:
				default: // nobody has looked since the last
				}
			}
			if found := complaints(root, lines.Bytes()); found != nil {
				log(found)
			}
		}
		// A line too long for the scanner must not block the child.
		_, _ = io.Copy(io.Discard, out)
	}()
	return address
}

// BrokenLink returns the link that a finding says leads nowhere.
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
	pattern *regexp.Regexp // its group is the argument
	rule    *diag.Rule
}{
	{regexp.MustCompile(`link to "([^"]+)" leads to no page of the site`), ruleBrokenLink},
	{regexp.MustCompile(`listen tcp \S+:(\d+): bind: (?:address already in use|Only one usage of each socket address)`), rulePortTaken},
}

// sum is Hugo's last word on errors that it has told one by one, and tells
// nothing of itself.
var sum = regexp.MustCompile(`^error building site: logged \d+ error`)

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
		pos := placeIn(root, message)
		for _, k := range known {
			if m := k.pattern.FindStringSubmatch(message); m != nil {
				rule, message = k.rule, m[1]
			}
		}
		findings = append(findings, rule.At(pos, message))
	}
	return findings
}

func placeIn(root, message string) diag.Pos {
	m := place.FindStringSubmatch(message)
	if m == nil {
		return diag.Pos{}
	}
	file := m[1]
	if abs, err := filepath.Abs(root); err == nil {
		if rel, err := filepath.Rel(abs, file); err == nil && filepath.IsLocal(rel) {
			file = filepath.ToSlash(rel)
		}
	}
	line, _ := strconv.Atoi(m[2])   // the pattern lets digits through alone
	column, _ := strconv.Atoi(m[3]) // or is empty: no column
	return diag.Pos{File: file, Line: line, Column: column}
}

func lastLine(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
