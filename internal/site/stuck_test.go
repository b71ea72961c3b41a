package site

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/needs"
)

// TestAFaultOfEveryPageIsTold builds a site of which no page can be rendered: Hugo alone
// waits for ever, now and then.
func TestAFaultOfEveryPageIsTold(t *testing.T) {
	needs.Ask(t, needs.Long)
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	write("config.toml", "baseURL = \"https://a.example/\"\ndisableKinds = [\"taxonomy\", \"term\", \"section\", \"rss\", \"sitemap\", \"404\"]\n"+mounts)
	write("layouts/page.html", `{{ .Nothing.Such }}`)
	write("layouts/home.html", `{{ .Nothing.Such }}`)
	for i := range 60 {
		write(fmt.Sprintf("content/%d.md", i), "---\ntitle: A\n---\n")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	for range 30 {
		findings, err := Build(ctx, root, filepath.Join(root, "pages"), "https://a.example/", nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(findings) == 0 || !strings.Contains(findings[0].Details, "Nothing") {
			t.Fatal(findings)
		}
	}
}

// TestOnlyWhoHandsOutPagesIsStuck holds that Hugo is not ended while it is merely slow.
func TestOnlyWhoHandsOutPagesIsStuck(t *testing.T) {
	const other = "goroutine 1 [select]:\nmain.main()\n\n"
	page := func(state string) string {
		return "goroutine 7 [" + state + "]:\ngithub.com/gohugoio/hugo/hugolib.(*Site).renderPages(0x1, 0x2)\n\tsite_render.go:64\n\n"
	}
	const worker = "goroutine 8 [runnable]:\ngithub.com/gohugoio/hugo/hugolib.pageRenderer(0x1)\n"
	for stacks, want := range map[string]bool{
		other + page("chan send"):                                true,
		other + page("chan send, 3 minutes"):                     true,
		other + page("chan send") + worker:                       false,
		other + page("running"):                                  false,
		other + page("sync.WaitGroup.Wait"):                      false,
		other + page("chan receive"):                             false,
		"goroutine 9 [chan send]:\na.b()\n\n":                    false,
		"goroutine 9 [chan send]:\na.b()\n\n" + page("runnable"): false,
	} {
		if got := isStuck(stacks); got != want {
			t.Errorf("%v, want %v, of\n%s", got, want, stacks)
		}
	}
}
