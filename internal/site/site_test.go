package site

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/diag"
)

// TestMain lets the test's own binary be the child process.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "hugo" {
		if !Main(os.Args[2:]) {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func TestChildEndsWithItsCaller(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "config.toml"), []byte("baseURL = \"https://a.example/\"\n"+mounts), 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd, err := hugo(ctx, root, "build", "--watch", "--renderToMemory", "--noBuildLock")
	if err != nil {
		t.Fatal(err)
	}
	in, caller, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdin = in
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := caller.Close(); err != nil { // as the system does when the caller dies
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil || ctx.Err() != nil {
		t.Errorf("Hugo goes on without its caller: %v, %v", err, ctx.Err())
	}
}

// TestPreviewShowsWhatIsStillToCome builds a small site as it will be published and as
// editors see it.
func TestPreviewShowsWhatIsStillToCome(t *testing.T) {
	root, pages := t.TempDir(), filepath.Join(t.TempDir(), "pages")
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	write("config.toml", "baseURL = \"https://a.example/\"\ndisableKinds = [\"taxonomy\", \"term\", \"section\", \"rss\", \"sitemap\"]\n"+mounts)
	write("layouts/page.html", `{{ .Title }} at {{ .Permalink }}{{ if hugo.IsDevelopment }} for editors{{ end }}`)
	write("layouts/home.html", "home")
	write("content/a.md", "---\ntitle: A\n---\n")
	write("content/draft.md", "---\ntitle: Draft\ndraft: true\n---\n")
	write("content/future.md", "---\ntitle: Future\ndate: 2999-01-01\n---\n")
	see := func(want map[string]string) {
		t.Helper()
		for name, text := range want {
			if got, err := os.ReadFile(filepath.Join(pages, name, "index.html")); string(got) != text || (err != nil) != (text == "") {
				t.Errorf("%s: %q, want %q", name, got, text)
			}
		}
	}
	if findings, err := Build(t.Context(), root, pages, "https://b.example/", nil); err != nil || len(findings) > 0 {
		t.Fatal(findings, err)
	}
	see(map[string]string{"a": "A at https://b.example/a/", "draft": "", "future": ""})
	const here = "http://localhost:1313/"
	if findings, err := Preview(t.Context(), root, pages, here, nil); err != nil || len(findings) > 0 {
		t.Fatal(findings, err)
	}
	see(map[string]string{"a": "A at " + here + "a/ for editors", "draft": "Draft at " + here + "draft/ for editors", "future": "Future at " + here + "future/ for editors"})

	write("layouts/home.html", `{{ warnf "it is late" }}home`)
	if findings, err := Preview(t.Context(), root, pages, here, nil); err != nil || len(findings) != 1 {
		t.Errorf("a warning: %v %v", findings, err)
	}
	write("layouts/home.html", `{{ errorf "link to %q leads to no page of the site" "/b/" }}`)
	if findings, err := Preview(t.Context(), root, pages, here, nil); err != nil || len(findings) != 1 || findings[0].Rule != ruleBrokenLink {
		t.Errorf("a fault of the content, with which all pages are there: %v %v", findings, err)
	}
	see(map[string]string{"a": "A at " + here + "a/ for editors"})
	if findings, err := Build(t.Context(), root, pages, here, nil); err != nil || len(findings) != 1 {
		t.Errorf("a fault of the content, to be published: %v %v", findings, err)
	}
	write("layouts/page.html", `{{ if eq .Title "A" }}{{ .Nothing.At.All }}{{ end }}`)
	findings, err := Preview(t.Context(), root, pages, here, nil)
	if fatal := Fatal(root, findings); !errors.Is(err, ErrNotBuilt) || len(findings) != 2 || len(fatal) != 1 || fatal[0].Pos.File != "content/a.md" || fatal[0].Rule != ruleHugo || strings.Contains(fatal[0].Message(diag.Vietnamese), "Nothing") {
		t.Errorf("a template that fails on a page: %v %v, of which fatal: %v", findings, err, fatal)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := Preview(ended, root, pages, here, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// TestTemplatesOfAnotherReleaseAreToldInOneSentence gives the real partial data of its
// own format, of other ones and none, beside a template that fails on what it finds.
func TestTemplatesOfAnotherReleaseAreToldInOneSentence(t *testing.T) {
	root, pages := t.TempDir(), filepath.Join(t.TempDir(), "pages")
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	partial, err := os.ReadFile(filepath.Join("..", "..", formatPartial))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(partial), "$reads := ")
	reads, _, _ := strings.Cut(after, " ")
	write(formatPartial, string(partial))
	write("config.toml", "baseURL = \"https://a.example/\"\ndisableKinds = [\"taxonomy\", \"term\", \"section\", \"rss\", \"sitemap\"]\n"+mounts)
	write("layouts/baseof.html", `{{ partialCached "format.html" "" }}{{ block "main" . }}{{ end }}`)
	write("layouts/home.html", `{{ define "main" }}{{ range hugo.Data.plans }}{{ .a.b.c }}{{ end }}{{ end }}`)
	write("layouts/page.html", `{{ define "main" }}{{ .Title }}{{ end }}`)
	write("content/a.md", "---\ntitle: A\n---\n")
	build := func() []diag.Finding {
		t.Helper()
		findings, err := Build(t.Context(), root, pages, "https://a.example/", nil)
		if err != nil {
			t.Fatal(err)
		}
		return findings
	}
	write("data/format.json", `{"number": `+reads+`}`)
	if findings := build(); len(findings) > 0 {
		t.Errorf("of one release: %v", findings)
	}
	write("data/plans/x.json", `{"a": "no longer an object"}`)
	for data, number := range map[string]string{`{"number": 0}`: "0", `{"number": 1000}`: "1000"} {
		write("data/format.json", data)
		findings := build()
		if len(findings) != 1 || findings[0].Rule != ruleFormat || findings[0].Arg(1) != number || findings[0].Arg(2) != reads || findings[0].Pos.String() != formatPartial {
			t.Errorf("%s: %v", data, findings)
		}
	}
	if err := errors.Join(os.Remove(filepath.Join(root, "data", "format.json")), os.RemoveAll(filepath.Join(root, "data", "plans"))); err != nil {
		t.Fatal(err)
	}
	if findings := build(); len(findings) != 1 || !strings.Contains(findings[0].Details, "lienhiep generate") {
		t.Errorf("nothing generated: %v", findings)
	}
}

func TestComplaintsNameTheirPlace(t *testing.T) {
	root := t.TempDir()
	out := "Start building sites …\n" +
		"WARN  deprecated: x was deprecated\n" +
		`ERROR render of "` + root + `/content/a.md" failed: "` + root + `/layouts/page.html:6:3": execute of template failed` + "\n" +
		`Error: error building site: content/tin-tuc/a/index.md:12: link to "/b/" leads to no page` + "\n" +
		"Total in 44 ms\n"
	found := complaints(root, []byte(out))
	want := []diag.Pos{{}, {File: "layouts/page.html", Line: 6, Column: 3}, {File: "content/tin-tuc/a/index.md", Line: 12}}
	if len(found) != len(want) {
		t.Fatalf("%d complaints, want %d", len(found), len(want))
	}
	for i, f := range found {
		if f.Pos != want[i] || f.Severity != diag.Error {
			t.Errorf("complaint %d at %v, want %v", i, f.Pos, want[i])
		}
	}
}

func TestReadConfig(t *testing.T) {
	root := t.TempDir()
	if _, err := ReadConfig(root); !errors.Is(err, ErrNoSite) {
		t.Errorf("an empty folder: %v", err)
	}
	file := filepath.Join(root, "a-file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadConfig(file); !errors.Is(err, ErrNoSite) {
		t.Errorf("a file: %v", err)
	}
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(root, "config.toml"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("baseURL = \"https://a.example/\"\ntimeZone = \"Asia/Ho_Chi_Minh\"\n[languages.en.permalinks.page]\ntri-thuc = \"/people/:slug/\"\n")
	c, err := ReadConfig(root)
	if err != nil || c.BaseURL != "https://a.example/" || c.Zone.String() != "Asia/Ho_Chi_Minh" || c.Permalinks["en"]["tri-thuc"] != "/people/:slug/" {
		t.Errorf("%+v, %v", c, err)
	}
	for _, bad := range []string{"baseURL = ", `baseURL = "https://ai:mat-khau@a.example/"`, `baseURL = "https://a.example/?trang=1"`, `baseURL = "https://a.example/#dau"`, "timeZone = \"Mars/Olympus\"",
		"[params.security]\ncontact = \"mailto:a@a.vn\"", "[params.security]\ncontact = \"a@a.vn\"\nexpires = 2027-06-30T00:00:00Z"} {
		write(bad)
		if _, err := ReadConfig(root); err == nil {
			t.Errorf("%q is taken for a configuration", bad)
		}
	}
}
