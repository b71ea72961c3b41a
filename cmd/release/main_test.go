package main

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/needs"
)

// repository is a small site in git, committed on a day.
func repository(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_COMMITTER_DATE", "2026-11-28T23:30:00-02:00")
	for name, text := range map[string]string{
		"config.toml":                "baseURL = \"https://a.example/\"\n",
		"content/_index.md":          "---\ntitle: Liên hiệp\n---\n",
		"content/tin-tuc/mot/anh.md": "---\ntitle: Một\n---\n",
		"layouts/home.html":          "home",
		"assets/a.css":               "a{}",
		"i18n/vi.toml":               "[a]\n",
		"static/favicon.svg":         "<svg/>",
		"HUONG-DAN.md":               "# Hướng dẫn\n",
		"VAN-HANH.md":                "# Vận hành\n",
		"SECURITY.md":                "# Security\n",
		"CHANGELOG.md":               "# Changes\n",
		"internal/edit/help/anh.md":  "# Ảnh\n",
		"internal/edit/help/anh.jpg": "JPEG",
		"internal/edit/help/help.go": "package help",
		"LICENSE":                    "MIT",
		"README.md":                  "not for offices",
		"internal/secret.go":         "package internal",
		".gitignore":                 "/generated/\nnhap-rieng.md\n",
	} {
		write(t, filepath.Join(root, name), text)
	}
	for _, args := range [][]string{{"init", "--quiet"}, {"add", "."},
		{"-c", "user.name=Trần Văn Mẫu", "-c", "user.email=mau@co-quan.example", "commit", "--quiet", "--message", "Bắt đầu"}} {
		if _, err := git(root, args...); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// nameThem stands for the compiler: its programs and licences say what they are for.
func nameThem(folder, stamp string, all []system) error {
	for _, s := range all {
		program := os.WriteFile(filepath.Join(folder, s.name), []byte(s.os+"/"+s.arch+" "+stamp), 0o666)
		if err := errors.Join(program, os.WriteFile(filepath.Join(folder, s.name+licencesEnding), []byte("licences for "+s.os), 0o666)); err != nil {
			return err
		}
	}
	return nil
}

func TestAZipHasTheProgramAndTheSite(t *testing.T) {
	needs.Ask(t, needs.Git)
	root, folder := repository(t), t.TempDir()
	// What lies beside the site is not part of it.
	write(t, filepath.Join(root, "content", "nhap-rieng.md"), "---\ntitle: Chưa đăng\n---\n")
	if err := release(root, folder, systems, nameThem); err != nil {
		t.Fatal(err)
	}
	head, err := git(root, "rev-parse", "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	commit := strings.TrimSpace(string(head))
	site := map[string]string{
		"lienhiep/HUONG-DAN.md": "", "lienhiep/LICENSE": "", "lienhiep/assets/a.css": "", "lienhiep/config.toml": "", "lienhiep/VAN-HANH.md": "", "lienhiep/SECURITY.md": "", "lienhiep/CHANGELOG.md": "",
		"lienhiep/internal/edit/help/anh.md": "# Ảnh\n", "lienhiep/internal/edit/help/anh.jpg": "JPEG", "lienhiep/content/_index.md": "---\ntitle: Liên hiệp\n---\n",
		"lienhiep/content/tin-tuc/mot/anh.md": "", "lienhiep/i18n/vi.toml": "", "lienhiep/layouts/home.html": "home", "lienhiep/static/favicon.svg": "",
	}
	for system, program := range map[string]string{"windows": "lienhiep.exe: windows/amd64", "mac-arm64": "lienhiep: darwin/arm64", "mac-intel": "lienhiep: darwin/amd64", "linux": "lienhiep: linux/amd64"} {
		z, err := zip.OpenReader(filepath.Join(folder, "lienhiep-2026.11.29-"+system+".zip"))
		if err != nil {
			t.Fatal(err)
		}
		if len(z.File) != len(site)+2 {
			t.Errorf("%s has %d files, want %d", system, len(z.File), len(site)+2)
		}
		for i, f := range z.File {
			text := content(t, f)
			want, known := site[f.Name]
			switch {
			case !f.Modified.Equal(time.Date(2026, 11, 29, 1, 30, 0, 0, time.UTC)):
				t.Errorf("%s: %s is of %v", system, f.Name, f.Modified)
			case i == 0:
				if name, says, _ := strings.Cut(program, ": "); f.Name != "lienhiep/"+name || text != says+" 2026.11.29+"+commit || f.Mode() != 0o755 {
					t.Errorf("%s begins with %s (%v): %s", system, f.Name, f.Mode(), text)
				}
			case i == 1:
				if f.Name != "lienhiep/LICENSES.txt" || !strings.Contains(program, ": "+strings.TrimPrefix(text, "licences for ")+"/") {
					t.Errorf("%s goes on with %s: %s", system, f.Name, text)
				}
			case !known || want != "" && text != want || f.Mode() != 0o644:
				t.Errorf("%s has %s (%v): %s", system, f.Name, f.Mode(), text)
			}
		}
		z.Close()
	}
}

func content(t *testing.T, f *zip.File) string {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestACommitIsReleasedAlikeEverywhere releases a commit here, and from another clone
// with other times and modes.
func TestACommitIsReleasedAlikeEverywhere(t *testing.T) {
	needs.Ask(t, needs.Git)
	root, clone := repository(t), filepath.Join(t.TempDir(), "clone")
	if _, err := git(root, "clone", "--quiet", ".", clone); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chtimes(filepath.Join(clone, "config.toml"), time.Unix(0, 0), time.Unix(0, 0)), os.Chmod(filepath.Join(clone, "LICENSE"), 0o600)); err != nil {
		t.Fatal(err)
	}
	here, there := t.TempDir(), t.TempDir()
	if err := errors.Join(release(root, here, systems, nameThem), release(clone, there, systems, nameThem)); err != nil {
		t.Fatal(err)
	}
	sums := read(t, filepath.Join(here, "SHA256SUMS"))
	if strings.Count(sums, "\n") != len(systems) || sums != read(t, filepath.Join(there, "SHA256SUMS")) {
		t.Errorf("one commit, two releases:\n%s", sums)
	}
	for line := range strings.Lines(sums) {
		name := strings.Fields(line)[1]
		if read(t, filepath.Join(here, name)) != read(t, filepath.Join(there, name)) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestWhatIsNotCommittedIsNotReleased(t *testing.T) {
	needs.Ask(t, needs.Git)
	for name, change := range map[string]func(root string){
		"a change":   func(root string) { write(t, filepath.Join(root, "layouts", "home.html"), "other") },
		"a new file": func(root string) { write(t, filepath.Join(root, "cmd", "new.go"), "package main") },
	} {
		root, folder := repository(t), t.TempDir()
		change(root)
		err := release(root, folder, systems, nameThem)
		if err == nil || !strings.Contains(err.Error(), "commit what has changed") {
			t.Errorf("%s: %v", name, err)
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("%s: %v %v", name, left, err)
		}
	}
}

// TestASystemAloneIsReleased holds what one zip and its sum look like.
func TestASystemAloneIsReleased(t *testing.T) {
	needs.Ask(t, needs.Git)
	folder := t.TempDir()
	windows, err := systemsNamed([]string{"windows"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := systemsNamed([]string{"windows", "amiga"}); err == nil {
		t.Error("there is an unknown system")
	}
	if err := release(repository(t), folder, windows, nameThem); err != nil {
		t.Fatal(err)
	}
	var names []string
	found, err := os.ReadDir(folder)
	for _, one := range found {
		names = append(names, one.Name())
	}
	if err != nil || !slices.Equal(names, []string{"SHA256SUMS", "lienhiep-2026.11.29-windows.zip"}) {
		t.Error(names, err)
	}
}

var codeInPaper = regexp.MustCompile("(?ms)^ *```.*?^ *```$|`[^`\n]*`")

// TestTheSitesPartsAreThere looks for what a zip promises in this repository, and follows
// the links in its papers: what they lead to must be in the zip too.
func TestTheSitesPartsAreThere(t *testing.T) {
	root := os.DirFS(filepath.Join("..", ".."))
	var parts []string
	for _, pattern := range siteParts {
		found, err := fs.Glob(root, pattern)
		if err != nil || len(found) == 0 {
			t.Error(pattern, "is not there", err)
		}
		parts = append(parts, found...)
	}
	for _, name := range parts {
		if path.Ext(name) != ".md" {
			continue
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`[^\\]\[[^\]\n]*\]\(([^)#\s:]+\.[a-z]+)(#[^)]*)?\)`).FindAllStringSubmatch(codeInPaper.ReplaceAllString(string(text), ""), -1) {
			if to := path.Join(path.Dir(name), m[1]); !slices.Contains(parts, to) {
				t.Errorf("%s leads to %s, which is not in a zip", name, to)
			}
		}
	}
}
