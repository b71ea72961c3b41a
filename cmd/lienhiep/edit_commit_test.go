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
	if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("generated/\npublic/\ninternal/\nrieng/\n.lienhiep/\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	inGit(t, dir, "init", "--quiet")
	inGit(t, dir, "config", "user.name", "Biên Tập")
	inGit(t, dir, "config", "user.email", "bien-tap@example.org")
	inGit(t, dir, "config", "core.quotePath", "false")
	inGit(t, dir, "add", "--all")
	inGit(t, dir, "commit", "--quiet", "--message", "Đầu")
}

// deskClient asks the desk as its pages do.
type deskClient struct {
	t      *testing.T
	http   *http.Client
	origin string
}

func newDeskClient(t *testing.T, link *url.URL) *deskClient {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &deskClient{t, &http.Client{Jar: jar}, "http://" + link.Host}
	c.get(link.String())
	return c
}

// preview is the live page's root, once it is built.
func (c *deskClient) preview() string {
	c.t.Helper()
	var answer struct{ Preview string }
	if err := json.Unmarshal([]byte(c.get(c.origin+"/viec/hien?trang=")), &answer); err != nil || answer.Preview == "" {
		c.t.Fatalf("there is no live page: %v", err)
	}
	return answer.Preview
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

// save saves an entry with another title, unless it is "", and other words; before is what
// lies there. It returns what is wrong with the answer.
func (c *deskClient) save(name string, before []byte, title, more string) error {
	fields := map[string]any{}
	if title != "" {
		fields["title"] = title
	}
	text := strings.TrimLeft(strings.SplitN(string(before), "\n---\n", 2)[1], "\n") + more
	return c.post("/luu", map[string]any{"file": name, "opened": gitHash(before), "tab": "a", "fields": fields, "text": text})
}

// begin makes a new article.
func (c *deskClient) begin(title string) error {
	return c.post("/moi", map[string]string{"section": "tin-tuc", "title": title})
}

func (c *deskClient) post(address string, what any) error {
	body, err := json.Marshal(what)
	if err != nil {
		return err
	}
	return c.send(address, body)
}

func (c *deskClient) send(address string, body []byte) error {
	r, err := http.NewRequest("POST", c.origin+address, bytes.NewReader(body))
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
	needs.Ask(t, needs.Long, needs.Git, needs.Milkdown, needs.Symlinks)
	var said bytes.Buffer
	const untracked = "content/tin-tuc/chua-theo-doi/index.md"
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
		saved := func(what, want string, commit int, err error) {
			t.Helper()
			if err != nil {
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
		inSite := func(name string) []byte { return read(t, filepath.Join(root, filepath.FromSlash(name))) }
		saved("Sửa “Tiêu đề mới”", "M\tsite/"+old, 1, desk.save(old, inSite(old), "Tiêu đề mới", ""))
		saved("Sửa mà như cũ", "", 0, desk.save(old, inSite(old), "", ""))

		var picture bytes.Buffer
		if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
			t.Fatal(err)
		}
		const fresh, photo = "content/tin-tuc/moi/index.md", "content/tin-tuc/moi/anh.png"
		saved("Thêm “Mới”", "A\tsite/"+fresh, 1, desk.begin("Mới"))
		saved("Thêm tệp “anh.png”", "A\tsite/"+photo, 1, desk.send("/anh?bai="+fresh+"&ten=anh.png", picture.Bytes()))
		saved("Thêm bài riêng", "", 0, desk.begin("Riêng"))
		if got := inGit(t, repository, "status", "--porcelain"); got != others {
			t.Errorf("other work has moved:\n%s\nwas\n%s", got, others)
		}
		var all sync.WaitGroup
		const atOnce = 8
		for i := range atOnce {
			all.Go(func() {
				if err := desk.begin(fmt.Sprint("Cùng lúc ", i)); err != nil {
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
		saved("Sửa khi git bận", "", 0, desk.save(old, inSite(old), "Khi git bận", ""))
		if !bytes.Contains(inSite(old), []byte("Khi git bận")) {
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
