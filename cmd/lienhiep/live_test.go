package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"lienhiep/internal/aloud"
	"lienhiep/internal/kept"
	"lienhiep/internal/loopback"
	"lienhiep/internal/needs"
)

// program is the command while it serves.
type program struct {
	t   *testing.T
	cmd *exec.Cmd

	mu   sync.Mutex
	said bytes.Buffer // on both its outputs
}

// startProgram starts the command, with more in its environment, until the test ends.
func startProgram(t *testing.T, env []string, args ...string) *program {
	t.Helper()
	p := &program{t: t, cmd: exec.Command(binary, args...)}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = p, p
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.cmd.Process.Signal(os.Interrupt)
		if err := p.cmd.Wait(); err != nil {
			t.Errorf("%s: %v\n%s", args[0], err, p.all())
		}
	})
	return p
}

func (p *program) Write(data []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.Write(data)
}

func (p *program) all() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.String()
}

// says waits until the program has said something, and returns the last such thing.
func (p *program) says(pattern string) string {
	p.t.Helper()
	what := regexp.MustCompile(pattern)
	var found []string
	defer func() {
		if found == nil {
			p.t.Logf("%s is not in\n%s", pattern, p.all())
		}
	}()
	await(p.t, func() bool {
		found = what.FindAllString(p.all(), -1)
		return found != nil
	})
	return found[len(found)-1]
}

// asks sends a request with some headers changed, "Host" among them.
func asks(t *testing.T, client *http.Client, address string, headers ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequest("GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

const secretDraft = "---\ntitle: \"Nháp bí mật\"\ndraft: true\n---\n\nMATKHAU-zq1.\n"

func writeSecretDraft(t *testing.T, root string) {
	t.Helper()
	file := filepath.Join(root, "content/tin-tuc/nhap-bi-mat/index.md")
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(secretDraft), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestServeIsForThisMachineAlone serves a draft while the usual port is taken: whoever
// types the address reads it, and neither a domain that was led here nor a page of
// another site does.
func TestServeIsForThisMachineAlone(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	writeSecretDraft(t, root)
	if l, err := loopback.Listen(usualServePort); err == nil { // or somebody else has it
		defer l.Close()
	}
	p := startProgram(t, nil, "serve", "--dir", root)
	p.says("Cổng 1313 đang bận")
	address := strings.TrimPrefix(p.says(`ở http://\S+/`), "ở ")
	draft := address + "tin-tuc/nhap-bi-mat/"
	if status, text := asks(t, http.DefaultClient, draft); status != 200 || !strings.Contains(text, "MATKHAU-zq1") || strings.Contains(text, "https://lienhiep.example/tin-tuc/nhap-bi-mat/") {
		t.Errorf("typed: %d\n%s", status, text)
	}
	// What was changed is shown on its page, and then where it is listed.
	if err := os.WriteFile(filepath.Join(root, "content/tin-tuc/nhap-bi-mat/index.md"), []byte(strings.Replace(secretDraft, "\"Nháp bí mật\"", "Nháp đã sửa\ndate: 2030-01-01", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, shown := range []string{draft, address + "tin-tuc/index.xml"} {
		await(t, func() bool {
			_, text := asks(t, http.DefaultClient, shown)
			return strings.Contains(text, "Nháp đã sửa")
		})
	}
	port := regexp.MustCompile(`:\d+`).FindString(address)
	for what, headers := range map[string][]string{
		"a domain that was led here": {"Host", "rebind.evil.example" + port},
		"another site":               {"Sec-Fetch-Site", "cross-site"},
		"another port":               {"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"},
		"an opaque origin":           {"Origin", "null"},
	} {
		if status, text := asks(t, http.DefaultClient, draft, headers...); status != 403 || strings.Contains(text, "MATKHAU") {
			t.Errorf("%s: %d\n%s", what, status, text)
		}
	}
}

// TestAPageShownAheadIsThePageOfTheSite changes articles under the server: what is shown first
// is what is shown when the whole site has been built.
func TestAPageShownAheadIsThePageOfTheSite(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	if err := addArticles(root, 40); err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	program := startProgram(t, nil, "serve", "--dir", root, "--port", port)
	site := served("http://127.0.0.1:" + port)
	state := regexp.MustCompile(`state=\w+`) // of the server's own script
	showing := func(name, words string) (page, at string) {
		t.Helper()
		for end := time.Now().Add(patience); time.Now().Before(end); runtimePause() {
			if text, err := fs.ReadFile(site, name); err == nil && strings.Contains(string(text), words) {
				return state.ReplaceAllString(string(text), ""), state.FindString(string(text))
			}
		}
		t.Fatalf("%s never shows %q\n%s", name, words, program.all())
		return "", ""
	}
	showing("tin-tuc/index.html", "</html>")
	for i, article := range []string{"gap-mat-tri-thuc-2022", "bai-000007"} {
		title := fmt.Sprintf("Tiêu đề được đổi lần %d", i)
		file := filepath.Join(root, "content", "tin-tuc", article, "index.md")
		text := regexp.MustCompile(`(?m)^title:.*$`).ReplaceAllString(string(read(t, file)), "title: "+title)
		if err := os.WriteFile(file, []byte(text+"\nXem [tin khác](/tin-tuc/bai-000009/).\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		page := "tin-tuc/" + article + "/index.html"
		first, ahead := showing(page, title)
		showing("api/v1/articles.json", title)
		whole, after := showing(page, title)
		if ahead == after {
			t.Errorf("%s was not shown ahead", article)
		}
		for n := range min(len(first), len(whole)) {
			if first[n] != whole[n] {
				t.Fatalf("%s shown ahead has %.200q, the site's %.200q", article, first[max(0, n-60):], whole[max(0, n-60):])
			}
		}
		if len(first) != len(whole) {
			t.Errorf("%s shown ahead has %d bytes, the site's %d", article, len(first), len(whole))
		}
	}
}

// TestNothingLiesBesidePagesUntilTheyAreRemembered holds that what is said for a page is
// written when the page is known, and not before: it would be remembered as the page's.
func TestNothingLiesBesidePagesUntilTheyAreRemembered(t *testing.T) {
	pages := t.TempDir()
	page := filepath.Join(pages, "tin-tuc", "mot", "index.html")
	if err := os.MkdirAll(filepath.Dir(page), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(page, []byte(`<html lang=vi><body><main data-spoken="a"><p>Một câu.</p></main></body></html>`), 0o666); err != nil {
		t.Fatal(err)
	}
	said := filepath.Join(filepath.Dir(page), aloud.File)
	synctest.Test(t, func(t *testing.T) {
		settled := make(chan struct{})
		l := &live{ui: &UI{}, settled: settled}
		go func() { _ = l.findable(t.Context(), pages, kept.New(pages)) }()
		if synctest.Wait(); exists(said) {
			t.Error("what is said is there before the page is known")
		}
		close(settled)
		if synctest.Wait(); !exists(said) {
			t.Error("what is said never comes")
		}
	})
}
