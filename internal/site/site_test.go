package site

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lienhiep/internal/diag"
)

// TestMain lets the test's own binary be the child process.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "hugo" {
		Main(os.Args[2:])
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
	cmd, err := hugo(ctx, root, "server", "--bind", "127.0.0.1", "--renderToMemory", "--noBuildLock")
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
		t.Errorf("the server goes on without its caller: %v, %v", err, ctx.Err())
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
	for _, bad := range []string{"baseURL = ", "timeZone = \"Mars/Olympus\"",
		"[params.security]\ncontact = \"mailto:a@a.vn\"", "[params.security]\ncontact = \"a@a.vn\"\nexpires = 2027-06-30T00:00:00Z"} {
		write(bad)
		if _, err := ReadConfig(root); err == nil {
			t.Errorf("%q is taken for a configuration", bad)
		}
	}
}
