package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/needs"
)

// windows is the program as Windows runs it, under Wine.
type windows struct {
	program, prefix string
}

// newWindows builds the program for Windows and sets a Windows up, which is gone with the
// test. Wine 8 lacks two things that Go asks for; testdata/wine makes up for them.
func newWindows(t *testing.T) windows {
	t.Helper()
	dir := t.TempDir()
	w := windows{filepath.Join(dir, "lienhiep.exe"), filepath.Join(dir, "prefix")}
	overlay := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlay, overlaid(t, "wine_windows.go", "testdata/wine/delete.go"), 0o666); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-overlay", overlay, "-ldflags", "-s -w -checklinkname=0", "-o", w.program, ".")
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	runHere(t, build)

	random := filepath.Join(dir, "bcryptprimitives.dll")
	runHere(t, exec.Command(needs.MinGW.Path(t), "-shared", "-nostdlib", "-Wl,-e,0", "-o", random, "testdata/wine/bcryptprimitives.c", "-ladvapi32"))
	wine := needs.Wine.Path(t)
	t.Cleanup(func() { // whatever still runs would hold the folder
		end := exec.Command(filepath.Join(filepath.Dir(wine), "wineserver64"), "--kill", "--wait")
		end.Env = w.env()
		_ = end.Run() // there may be none left
	})
	setUp := exec.Command(wine, "wineboot", "--init")
	setUp.Env = w.env()
	runHere(t, setUp)
	if err := copyTree(random, filepath.Join(w.prefix, "drive_c/windows/system32/bcryptprimitives.dll")); err != nil {
		t.Fatal(err)
	}
	return w
}

// overlaid is what tells Go to read one file of this package from another place.
func overlaid(t *testing.T, name, from string) []byte {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(here, name): filepath.Join(here, from)}})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// env keeps Wine quiet, and from asking for what web pages and .NET would need.
func (w windows) env() []string {
	return append(os.Environ(), "WINEPREFIX="+w.prefix, "WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree,mshtml=")
}

// command is the program in a site's folder.
func (w windows) command(t *testing.T, root string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(needs.Wine.Path(t), append([]string{w.program}, args...)...)
	cmd.Dir, cmd.Env = root, w.env()
	return cmd
}

// run runs a command to its end, and returns all that it says.
func (w windows) run(t *testing.T, root string, args ...string) string {
	t.Helper()
	return runHere(t, w.command(t, root, args...))
}

// start starts a command that goes on until the test ends, and returns the address that
// it prints.
func (w windows) start(t *testing.T, root string, args ...string) *url.URL {
	t.Helper()
	cmd := w.command(t, root, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it ends by the signal
	})
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }() // what else it says holds nothing up
	return mustParse(t, regexp.MustCompile(`http://\S+`).FindString(line))
}

func runHere(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, out)
	}
	return string(out)
}

// TestTheProgramRunsOnWindows does under Wine what staff do on Windows, each step in a site
// of its own.
func TestTheProgramRunsOnWindows(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Wine, needs.MinGW, needs.Milkdown, needs.Symlinks)
	w := newWindows(t)
	built := smallSite(t)
	runBinary(t, "build", "--dir", built)
	public := filepath.Join(built, "public")

	t.Run("version", func(t *testing.T) {
		if said := w.run(t, t.TempDir(), "version"); !strings.Contains(said, "windows/amd64") {
			t.Error(said)
		}
	})

	t.Run("build", func(t *testing.T) {
		root := smallSite(t)
		w.run(t, root, "build")
		w.run(t, root, "build") // puts one in the place of another
		if difference := compareTrees(public, filepath.Join(root, "public")); difference != "" {
			t.Errorf("built on Windows, %s", difference)
		}
	})

	t.Run("import", func(t *testing.T) {
		here, there := smallSite(t), smallSite(t)
		document, err := filepath.Abs("../../internal/office/testdata/libreoffice/bai.docx")
		if err != nil {
			t.Fatal(err)
		}
		runBinary(t, "import", "article", document, "--dir", here)
		if err := copyTree(document, filepath.Join(there, "Bài viết.docx")); err != nil {
			t.Fatal(err)
		}
		w.run(t, there, "import", "article", "Bài viết.docx")
		if difference := compareTrees(filepath.Join(here, "content"), filepath.Join(there, "content")); difference != "" {
			t.Errorf("imported on Windows, %s", difference)
		}
	})

	// Windows replaces no file that another program has open.
	t.Run("check --fix beside serve", func(t *testing.T) {
		root := smallSite(t)
		entry := filepath.Join(root, "content", "tin-tuc", "bai-thu", "index.md")
		page := w.start(t, root, "serve").JoinPath("tin-tuc/bai-thu/").String()
		before := read(t, entry)
		for _, word := range []string{"một", "hai", "ba"} {
			want := append(bytes.Clone(before), "\nLời "+word+" sửa.\n"...)
			if err := os.WriteFile(entry, append(bytes.Clone(before), "\nLời  "+word+"  sửa.\n"...), 0o666); err != nil {
				t.Fatal(err)
			}
			said := w.run(t, root, "check", "--fix")
			if got := read(t, entry); !bytes.Equal(got, want) {
				t.Fatalf("%s\n%s", said, got)
			}
			untilPageHas(t, page, "Lời "+word+" sửa.")
		}
	})

	t.Run("edit", func(t *testing.T) {
		root := smallSite(t)
		withDesk(t, root)
		desk := newDeskClient(t, w.start(t, root, "edit", "--no-open"))
		const name = "content/tin-tuc/bai-thu/index.md"
		file := filepath.Join(root, filepath.FromSlash(name))
		before := read(t, file)
		after := regexp.MustCompile(`(?m)^title: .*$`).ReplaceAll(before, []byte(`title: "Tiêu đề mới"`))
		if err := desk.save(name, before, "Tiêu đề mới", ""); err != nil {
			t.Fatal(err)
		}
		if got := read(t, file); !bytes.Equal(got, after) || bytes.Equal(before, after) {
			t.Errorf("saved as\n%s", got)
		}
	})

	t.Run("deploy to a folder", func(t *testing.T) {
		root := smallSite(t)
		if err := copyTree(public, filepath.Join(root, "public")); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(filepath.Join(root, "noi-dang"), 0o777); err != nil {
			t.Fatal(err)
		}
		config := append(read(t, filepath.Join(root, "config.toml")), "\n[params.deploy.thu]\nurl = \"noi-dang\"\n"...)
		if err := os.WriteFile(filepath.Join(root, "config.toml"), config, 0o666); err != nil {
			t.Fatal(err)
		}
		w.run(t, root, "deploy", "thu")
		if difference := lacks(public, filepath.Join(root, "noi-dang")); difference != "" {
			t.Errorf("deployed on Windows, %s", difference)
		}
	})

	t.Run("a name that Windows keeps for itself", func(t *testing.T) {
		root := smallSite(t)
		said, err := w.command(t, root, "new", "article", "Con").CombinedOutput()
		if err == nil || !strings.Contains(string(said), "Tên “con” không dùng được trên máy Windows.") {
			t.Errorf("%v\n%s", err, said)
		}
	})
}

// untilPageHas waits for a page that has some text in it.
func untilPageHas(t *testing.T, address, text string) {
	t.Helper()
	var page []byte
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); runtimePause() {
		if page, err = fetch(address); err == nil && strings.Contains(string(page), text) {
			return
		}
	}
	t.Fatalf("%s never has %q: %v\n%s", address, text, err, page)
}
