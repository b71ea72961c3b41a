package main

import (
	"bytes"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lienhiep/internal/needs"
	"lienhiep/internal/search/engine"
)

// served is a site on a server, read as files.
type served string

func (s served) Open(name string) (fs.File, error) {
	if !strings.HasSuffix(name, ".bin") {
		name = strings.TrimSuffix(name, "index.html")
	}
	r, err := http.Get(string(s) + "/" + name)
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return nil, fs.ErrNotExist
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r.Body); err != nil {
		return nil, err
	}
	return fstest.MapFS{"f": {Data: b.Bytes()}}.Open("f")
}

// TestServedSiteIsSearched holds that the site on an editor's machine can be
// searched, and that a change is found.
func TestServedSiteIsSearched(t *testing.T) {
	needs.Ask(t, needs.Long)
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	cmd := exec.CommandContext(t.Context(), binary, "serve", "--dir", root, "--port", port)
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve: %v\n%s", err, &log)
		}
	}()
	site := served("http://127.0.0.1:" + port)
	finds := func(query, address string) {
		t.Helper()
		for end := time.Now().Add(patience); time.Now().Before(end); runtimePause() {
			e, err := engine.Open(site, searchFolders["vi"])
			if err != nil {
				continue
			}
			a, _, err := e.Search(query, engine.Options{})
			if closed := e.Close(); closed != nil {
				t.Fatal(closed)
			}
			if err == nil && len(a.Documents) > 0 && a.Documents[0].Address() == address {
				return
			}
		}
		t.Errorf("%q never led to %s\n%s", query, address, &log)
	}
	finds("tôn trọng sự tự do sáng tạo", "ke-hoach/15-kh-tu/#ii-4-1")
	name := filepath.Join(root, "content/tin-tuc/gap-mat-tri-thuc-2022/index.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, append(text, "\nCâu thử nghiệm lạ hoắc.\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	finds("lạ hoắc", "tin-tuc/gap-mat-tri-thuc-2022/")
}
