package main

import (
	"bytes"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"lienhiep/internal/needs"
)

// inGit runs git in a folder, apart from this machine's configuration.
func inGit(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command(needs.Git.Path(t), args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", args, err, out)
	}
	return strings.TrimRight(string(out), "\n")
}

// gitRepository makes a repository of a folder, with all that lies in it committed.
func gitRepository(t *testing.T, dir string) {
	t.Helper()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("generated/\npublic/\ninternal/\nrieng/\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	inGit(t, dir, "init", "--quiet")
	inGit(t, dir, "config", "user.name", "Biên Tập")
	inGit(t, dir, "config", "user.email", "bien-tap@example.org")
	inGit(t, dir, "config", "core.quotePath", "false")
	inGit(t, dir, "add", "--all")
	inGit(t, dir, "commit", "--quiet", "--message", "Đầu")
}

// deskClient asks the desk as its page does.
type deskClient struct {
	t      *testing.T
	http   *http.Client
	origin string
	saves  string // where saves are sent
}

func newDeskClient(t *testing.T, link *url.URL) *deskClient {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &deskClient{t, &http.Client{Jar: jar}, "http://" + link.Host, ""}
	c.get(link.String())
	var answer struct {
		Config struct{ Backend struct{ Repo string } }
	}
	if err := json.Unmarshal([]byte(c.get(c.origin+"/soan/config.json")), &answer); err != nil {
		t.Fatal(err)
	}
	c.saves = c.origin + "/api/v1/repos/" + answer.Config.Backend.Repo + "/contents"
	return c
}

func (c *deskClient) get(address string) string {
	c.t.Helper()
	r, err := c.http.Get(address)
	if err != nil {
		c.t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %s %v\n%s", address, r.Status, err, text)
	}
	return string(text)
}

// deskSave is what a save does to one file.
type deskSave struct {
	Operation string `json:"operation"`
	Path      string `json:"path"`
	Hash      string `json:"sha,omitempty"`
	Content   []byte `json:"content,omitempty"`
}

// save returns what is wrong with the answer.
func (c *deskClient) save(message string, files ...deskSave) error {
	body, err := json.Marshal(map[string]any{"message": message, "files": files})
	if err != nil {
		return err
	}
	r, err := http.NewRequest("POST", c.saves, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", c.origin)
	answer, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s %v", answer.Status, text, err)
	}
	return nil
}

// gitHash is the version of a file that the editor saw.
func gitHash(data []byte) string {
	return fmt.Sprintf("%x", sha1.Sum(fmt.Appendf(nil, "blob %d\x00%s", len(data), data)))
}

// TestSavesAreCommitted saves as the desk's page does, in a site that lies in a
// repository among other things: each save is one commit of what was saved, by whom git
// knows, and nothing else moves.
func TestSavesAreCommitted(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Git, needs.Sveltia, needs.Symlinks)
	var said bytes.Buffer
	const untracked, ignored = "content/tin-tuc/chua-theo-doi/index.md", "content/tin-tuc/rieng/index.md"
	draft := []byte("---\ntitle: \"Nháp\"\ndraft: true\n---\n\nLời.\n")
	var repository string
	write := func(root, name string, data []byte) {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("", func(t *testing.T) { // the desk is closed at its end
		root, link := startDesk(t, &said, func(root string) {
			repository = filepath.Dir(root)
			gitRepository(t, repository)
			write(repository, "viec-khac.txt", []byte("Chưa xong."))
			inGit(t, repository, "add", "viec-khac.txt")
			write(root, untracked, draft)
			write(root, "config.toml", append([]byte("# Đang sửa.\n"), read(t, filepath.Join(root, "config.toml"))...))
		}, "--commit")
		desk := newDeskClient(t, link)
		others := inGit(t, repository, "status", "--porcelain")
		commits := 1
		saved := func(what, want string, commit int, files ...deskSave) {
			t.Helper()
			if err := desk.save(what, files...); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			commits += commit
			if got := inGit(t, repository, "rev-list", "--count", "HEAD"); got != fmt.Sprint(commits) {
				t.Fatalf("%s: there are %s commits, want %d", what, got, commits)
			}
			if commit == 0 {
				return
			}
			if got := inGit(t, repository, "show", "--name-status", "--format=%an <%ae>: %s", "HEAD"); got != "Biên Tập <bien-tap@example.org>: "+what+"\n\n"+want {
				t.Errorf("%s: the commit is\n%s", what, got)
			}
		}
		const old = "content/tin-tuc/hoi-thao-2018/index.md"
		before := read(t, filepath.Join(root, old))
		after := regexp.MustCompile(`(?m)^title: .*$`).ReplaceAll(before, []byte(`title: "Tiêu đề mới"`))
		saved("Sửa bài", "M\tsite/"+old, 1, deskSave{"update", old, gitHash(before), after})
		saved("Sửa mà như cũ", "", 0, deskSave{"update", old, gitHash(after), after})

		var picture bytes.Buffer
		if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
			t.Fatal(err)
		}
		const fresh, photo = "content/tin-tuc/moi/index.md", "content/tin-tuc/moi/anh.png"
		saved("Thêm bài", "A\tsite/"+photo+"\nA\tsite/"+fresh, 1, deskSave{"create", fresh, "", draft}, deskSave{"create", photo, "", picture.Bytes()})
		saved("Xóa bài", "D\tsite/"+photo+"\nD\tsite/"+fresh, 1, deskSave{"delete", fresh, gitHash(draft), nil}, deskSave{"delete", photo, gitHash(picture.Bytes()), nil})
		saved("Thêm bài riêng", "", 0, deskSave{"create", ignored, "", draft})
		if got := inGit(t, repository, "status", "--porcelain"); got != others {
			t.Errorf("other work has moved:\n%s\nwas\n%s", got, others)
		}
		saved("Xóa bài chưa theo dõi", "", 0, deskSave{"delete", untracked, gitHash(draft), nil})

		var all sync.WaitGroup
		const atOnce = 8
		for i := range atOnce {
			all.Go(func() {
				if err := desk.save("Cùng lúc", deskSave{"create", fmt.Sprintf("content/tin-tuc/cung-luc-%d/index.md", i), "", draft}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if commits += atOnce; inGit(t, repository, "rev-list", "--count", "HEAD") != fmt.Sprint(commits) {
			t.Error("saves at once are not one commit each")
		}

		// Where git cannot, the entry is saved all the same.
		write(repository, ".git/index.lock", nil)
		saved("Thêm khi git bận", "", 0, deskSave{"create", fresh, "", draft})
		if !bytes.Equal(read(t, filepath.Join(root, fresh)), draft) {
			t.Error("the entry is not saved")
		}
	})
	if got := strings.Count(said.String(), "chưa ghi được vào kho git"); got != 1 || !strings.Contains(said.String(), "index.lock") {
		t.Errorf("said %d times, want once:\n%s", got, said.String())
	}
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
