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
		findings, err := Build(ctx, root, filepath.Join(root, "pages"), "https://a.example/")
		if err != nil {
			t.Fatal(err)
		}
		if len(findings) == 0 || !strings.Contains(findings[0].Details, "Nothing") {
			t.Fatal(findings)
		}
	}
}
