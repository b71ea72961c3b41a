package repository

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/needs"
)

// office is a shared repository and two copies of it, in which a site lies.
type office struct {
	t            *testing.T
	shared       string
	mine, theirs string
	repo         *Repository // mine
	ctx          context.Context
}

// an returns an office with one article that all have. Nobody's own configuration counts.
func an(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(dir, "config"))
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	t.Setenv("HOME", dir)
	o := &office{t: t, shared: filepath.Join(dir, "chung.git"), mine: filepath.Join(dir, "cua toi"), theirs: filepath.Join(dir, "cua-ho"), ctx: t.Context()}
	o.git(dir, "init", "-q", "--bare", "-b", "main", o.shared)
	o.git(dir, "clone", "-q", o.shared, o.mine)
	o.git(o.mine, "checkout", "-q", "-b", "main")
	o.named(o.mine, "Tôi Mẫu")
	o.write(o.mine, "content/tin-tuc/a/index.md", "---\ntitle: A\ndraft: true\n---\n\nĐoạn một.\n\nĐoạn hai.\n\nĐoạn ba.\n")
	o.write(o.mine, "config.toml", "a = 1\n")
	o.write(o.mine, ".gitignore", "/.lienhiep/\n")
	o.commit(o.mine, "Đầu")
	o.git(o.mine, "push", "-q", "-u", "origin", "main")
	o.git(dir, "clone", "-q", o.shared, o.theirs)
	o.named(o.theirs, "Họ Mẫu")
	o.repo = o.open(o.mine)
	return o
}

func (o *office) open(dir string) *Repository {
	o.t.Helper()
	r, err := Open(o.ctx, dir)
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

func (o *office) named(dir, name string) {
	o.git(dir, "config", "user.name", name)
	o.git(dir, "config", "user.email", "mau@a.example")
}

func (o *office) git(dir string, args ...string) string {
	o.t.Helper()
	out, err := exec.Command(needs.Git.Path(o.t), slices.Concat([]string{"-C", dir}, args)...).CombinedOutput()
	if err != nil {
		o.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (o *office) write(dir, name, text string) {
	o.t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) read(dir, name string) string {
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return ""
	}
	return string(data)
}

func (o *office) commit(dir, message string) {
	o.t.Helper()
	o.git(dir, "add", "-A")
	o.git(dir, "commit", "-q", "-m", message)
}

// replace changes an article, commits and, of theirs, sends it.
func (o *office) replace(dir, name, from, to string) {
	o.t.Helper()
	o.write(dir, name, strings.Replace(o.read(dir, name), from, to, 1))
	o.commit(dir, "Sửa "+to)
	if dir == o.theirs {
		o.git(dir, "push", "-q")
	}
}

const one = "content/tin-tuc/a/index.md"

// take fetches and prepares.
func (o *office) take(chosen map[string]Chosen) *Plan {
	o.t.Helper()
	if err := o.repo.Fetch(o.ctx); err != nil {
		o.t.Fatal(err)
	}
	p, err := o.repo.Prepare(o.ctx, chosen)
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

func (o *office) apply(p *Plan) {
	o.t.Helper()
	if err := p.Apply(o.ctx); err != nil {
		o.t.Fatal(err)
	}
	o.whole(o.mine)
}

// whole holds that nothing is half done in a folder, and that its branch is a line.
func (o *office) whole(dir string) {
	o.t.Helper()
	if got := o.git(dir, "status", "--porcelain"); got != "" {
		o.t.Errorf("the folder is not clean:\n%s", got)
	}
	for _, name := range []string{"rebase-merge", "rebase-apply", "MERGE_HEAD"} {
		if _, err := os.Stat(filepath.Join(dir, ".git", name)); err == nil {
			o.t.Errorf("there is a half %s", name)
		}
	}
}

func (o *office) state() string {
	o.t.Helper()
	s, err := o.repo.State(o.ctx)
	if err != nil {
		o.t.Fatal(err)
	}
	return fmt.Sprint(s.Mine, s.Theirs)
}

// TestBothSidesGoTogether takes what others wrote at other places of the same article and
// in others, with what was saved here and not committed, and sends all.
func TestBothSidesGoTogether(t *testing.T) {
	needs.Ask(t, needs.Git)
	o := an(t)
	if got := o.state(); got != "[] []" {
		t.Errorf("at first: %s", got)
	}
	o.replace(o.theirs, one, "Đoạn ba.", "Đoạn ba của họ.")
	o.write(o.theirs, "content/tin-tuc/ho/index.md", "---\ntitle: Của họ\n---\n")
	o.commit(o.theirs, "Thêm")
	o.git(o.theirs, "push", "-q")
	o.replace(o.mine, one, "Đoạn một.", "Đoạn một của tôi.")
	o.write(o.mine, "content/tin-tuc/tôi mới/index.md", "---\ntitle: Của tôi\n---\n")
	o.write(o.mine, ".lienhiep/autosave/x.json", "{}")
	if got := o.state(); got != "["+one+" content/tin-tuc/tôi mới/index.md] []" {
		t.Errorf("before it is asked: %s", got)
	}
	if err := o.repo.CommitAll(o.ctx, "Sửa bài"); err != nil {
		t.Fatal(err)
	}
	p := o.take(nil)
	if got := o.state(); got != "["+one+" content/tin-tuc/tôi mới/index.md] ["+one+" content/tin-tuc/ho/index.md]" {
		t.Errorf("once it is asked: %s", got)
	}
	if len(p.Conflicts) > 0 || len(p.Changes) != 2 || p.Changes[0].File != one || !strings.Contains(string(p.Changes[0].Before), "một của tôi") || !strings.Contains(string(p.Changes[0].After), "ba của họ") {
		t.Fatalf("%q", p.Changes)
	}
	later := time.Now().Add(time.Hour) // saved again, as it was
	if err := os.Chtimes(filepath.Join(o.mine, filepath.FromSlash(one)), later, later); err != nil {
		t.Fatal(err)
	}
	o.apply(p)
	if got := o.read(o.mine, one); !strings.Contains(got, "một của tôi") || !strings.Contains(got, "ba của họ") {
		t.Error(got)
	}
	if o.read(o.mine, ".lienhiep/autosave/x.json") != "{}" {
		t.Error("what is being written is gone")
	}
	if err := o.repo.Push(o.ctx); err != nil {
		t.Fatal(err)
	}
	if got := o.state(); got != "[] []" {
		t.Errorf("sent: %s", got)
	}
	want := "Tôi Mẫu Sửa bài\nTôi Mẫu Sửa Đoạn một của tôi.\nHọ Mẫu Thêm\nHọ Mẫu Sửa Đoạn ba của họ.\nTôi Mẫu Đầu"
	if got := o.git(o.shared, "log", "--format=%an %s", "main"); got != want {
		t.Errorf("the commits are\n%s", got)
	}
	if p := o.take(nil); len(p.Changes) > 0 {
		t.Errorf("again: %v", p.Changes)
	}
}

// TestTheSamePlaceIsChosen holds that nothing moves until somebody has chosen, that the
// choice is of the versions that were seen, and that either can win.
func TestTheSamePlaceIsChosen(t *testing.T) {
	needs.Ask(t, needs.Git)
	o := an(t)
	o.replace(o.theirs, one, "Đoạn hai.", "Đoạn hai của họ.")
	o.replace(o.theirs, one, "Đoạn ba.", "Đoạn ba của họ.")
	o.replace(o.mine, one, "Đoạn hai.", "Đoạn hai của tôi.")
	o.replace(o.mine, one, "Đoạn một.", "Đoạn một của tôi.")
	head := o.git(o.mine, "rev-parse", "HEAD")
	p := o.take(nil)
	if len(p.Conflicts) != 1 || p.Conflicts[0].File != one || !strings.Contains(string(p.Conflicts[0].Mine), "hai của tôi") || !strings.Contains(string(p.Conflicts[0].Theirs), "hai của họ") {
		t.Fatalf("%q", p.Conflicts)
	}
	if p.Apply(o.ctx) == nil || o.git(o.mine, "rev-parse", "HEAD") != head {
		t.Error("it is applied unchosen")
	}
	o.whole(o.mine)
	c := p.Conflicts[0]
	final := []byte("---\ntitle: A\n---\n\nCả hai.\n")
	stale := map[string]Chosen{one: {Mine: []byte("x"), Theirs: c.Theirs, Final: final}}
	if p := o.take(stale); len(p.Conflicts) != 1 {
		t.Error("a choice of another version counts")
	}
	o.apply(o.take(map[string]Chosen{one: {c.Mine, c.Theirs, final}}))
	if got := o.read(o.mine, one); got != string(final) {
		t.Error(got)
	}
	if err := o.repo.Push(o.ctx); err != nil {
		t.Fatal(err)
	}
}

// TestRemovedHereAndChangedThere can keep the article, or let it go.
func TestRemovedHereAndChangedThere(t *testing.T) {
	needs.Ask(t, needs.Git)
	for _, kept := range []bool{true, false} {
		o := an(t)
		o.replace(o.theirs, one, "Đoạn hai.", "Đoạn hai của họ.")
		o.git(o.mine, "rm", "-q", one)
		o.commit(o.mine, "Bỏ")
		p := o.take(nil)
		if len(p.Conflicts) != 1 || p.Conflicts[0].Mine != nil || p.Conflicts[0].Theirs == nil {
			t.Fatalf("%q", p.Conflicts)
		}
		choice := Chosen{Theirs: p.Conflicts[0].Theirs}
		if kept {
			choice.Final = choice.Theirs
		}
		o.apply(o.take(map[string]Chosen{one: choice}))
		if (o.read(o.mine, one) != "") != kept {
			t.Errorf("kept: %v", !kept)
		}
	}
}

// TestWhatTheyDidTooIsNotDoneTwice replays commits that the others have as well, and a
// merge that was made by hand.
func TestWhatTheyDidTooIsNotDoneTwice(t *testing.T) {
	needs.Ask(t, needs.Git)
	o := an(t)
	o.replace(o.theirs, one, "Đoạn hai.", "Đoạn hai mới.")
	o.replace(o.mine, one, "Đoạn hai.", "Đoạn hai mới.")
	o.apply(o.take(nil))
	if got, want := o.git(o.mine, "rev-parse", "HEAD"), o.git(o.theirs, "rev-parse", "HEAD"); got != want {
		t.Error("there is a commit that does nothing")
	}
	o.git(o.mine, "checkout", "-q", "-b", "rieng")
	o.replace(o.mine, one, "Đoạn một.", "Đoạn một riêng.")
	o.git(o.mine, "checkout", "-q", "main")
	o.write(o.mine, "content/b.md", "---\ntitle: B\n---\n")
	o.commit(o.mine, "B")
	o.git(o.mine, "merge", "-q", "--no-edit", "rieng")
	o.replace(o.theirs, one, "Đoạn ba.", "Đoạn ba của họ.")
	o.apply(o.take(nil))
	if got := o.read(o.mine, one); !strings.Contains(got, "một riêng") || !strings.Contains(got, "ba của họ") || o.read(o.mine, "content/b.md") == "" {
		t.Error(got)
	}
	if err := o.repo.Push(o.ctx); err != nil {
		t.Error(err)
	}
}

func causeOf(err error) Cause {
	var f *Failure
	if errors.As(err, &f) {
		return f.Cause
	}
	return ""
}

// TestWhatKeepsFromIt holds that each obstacle is told as what it is, that nothing has
// changed then, and that it goes on once it is gone.
func TestWhatKeepsFromIt(t *testing.T) {
	needs.Ask(t, needs.Git)
	o := an(t)
	hook := func(dir, name, text string) string {
		t.Helper()
		file := filepath.Join(dir, "hooks", name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte("#!/bin/sh\n"+text+"\nexit 1\n"), 0o777)); err != nil {
			t.Fatal(err)
		}
		return file
	}
	own := filepath.Join(o.mine, ".git")

	// A hook of this machine, when it is committed and when it is sent, and one of the remote.
	o.write(o.mine, one, o.read(o.mine, one)+"\nĐoạn tư.\n")
	for _, at := range []struct{ dir, name string }{{own, "pre-commit"}, {own, "pre-push"}, {o.shared, "pre-receive"}} {
		file := hook(at.dir, at.name, "echo Không nhận. >&2")
		err := o.repo.CommitAll(o.ctx, "Sửa")
		if err == nil {
			err = o.repo.Push(o.ctx)
		}
		if causeOf(err) != Declined || !strings.Contains(err.Error(), "Không nhận.") {
			t.Errorf("%s: %v", at.name, err)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	// Others were faster.
	o.replace(o.theirs, one, "Đoạn một.", "Đoạn một của họ.")
	if err := o.repo.Push(o.ctx); causeOf(err) != Rejected {
		t.Errorf("not rejected: %v", err)
	}
	// A file of the folder that nobody has committed, and that the others have changed.
	o.replace(o.theirs, "config.toml", "a = 1", "a = 2")
	o.write(o.mine, "config.toml", "a = 3\n")
	p := o.take(nil)
	if err := p.Apply(o.ctx); causeOf(err) != InTheWay || o.read(o.mine, "config.toml") != "a = 3\n" || strings.Contains(o.read(o.mine, one), "của họ") {
		t.Errorf("in the way: %v", err)
	}
	o.git(o.mine, "checkout", "-q", "config.toml")
	// Somebody commits between the plan and its application.
	o.replace(o.mine, one, "Đoạn hai.", "Đoạn hai mới.")
	if err := p.Apply(o.ctx); !errors.Is(err, ErrMoved) {
		t.Errorf("moved: %v", err)
	}
	o.apply(o.take(nil))
	// No network; a remote that asks who one is, which nobody is asked in turn.
	closed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("WWW-Authenticate", `Basic realm="kho"`)
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer closed.Close()
	for address, want := range map[string]Cause{filepath.Join(o.shared, "khong-co"): Unreachable, "https://127.0.0.1:1/x.git": Unreachable, "ssh://a:matkhau@127.0.0.1:1/x": Unreachable, closed.URL + "/x.git": Denied, strings.Replace(closed.URL, "://", "://a:matkhau@", 1) + "/x.git": Denied} {
		o.git(o.mine, "remote", "set-url", "origin", address)
		for what, do := range map[string]func(context.Context) error{"fetch": o.repo.Fetch, "push": o.repo.Push} {
			if err := do(o.ctx); causeOf(err) != want || strings.Contains(fmt.Sprint(err), "matkhau") {
				t.Errorf("%s %s: %v", what, address, err)
			}
		}
	}
	o.git(o.mine, "remote", "set-url", "origin", o.shared)
	// Where the folder stands.
	head := o.git(o.mine, "rev-parse", "HEAD")
	o.git(o.mine, "checkout", "-q", "--detach")
	for what, err := range map[string]error{"state": second(o.repo.State(o.ctx)), "fetch": o.repo.Fetch(o.ctx), "push": o.repo.Push(o.ctx), "prepare": second(o.repo.Prepare(o.ctx, nil))} {
		if !errors.Is(err, ErrDetached) {
			t.Errorf("%s: %v", what, err)
		}
	}
	o.git(o.mine, "checkout", "-q", "main")
	if err := os.Mkdir(filepath.Join(own, "rebase-merge"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := o.repo.State(o.ctx); !errors.Is(err, ErrBusy) {
		t.Errorf("in the middle of a rebase: %v", err)
	}
	if err := os.Remove(filepath.Join(own, "rebase-merge")); err != nil {
		t.Fatal(err)
	}
	if o.git(o.mine, "rev-parse", "HEAD") != head {
		t.Error("the branch has moved")
	}
	// Nobody has said who commits.
	o.git(o.mine, "config", "--unset", "user.name")
	o.git(o.mine, "config", "--unset", "user.email")
	o.write(o.mine, "content/c.md", "---\ntitle: C\n---\n")
	if err := o.repo.CommitAll(o.ctx, "C"); !errors.Is(err, ErrNobody) {
		t.Errorf("nobody: %v", err)
	}
	if err := errors.Join(o.repo.Introduce(o.ctx, "Trần Văn Mẫu", "mau@a.example"), o.repo.CommitAll(o.ctx, "C"), o.repo.Push(o.ctx)); err != nil {
		t.Error(err)
	}
	o.git(o.mine, "remote", "remove", "origin")
	if _, err := o.repo.State(o.ctx); !errors.Is(err, ErrNoRemote) {
		t.Errorf("no remote: %v", err)
	}
	if _, err := Open(o.ctx, filepath.Dir(o.mine)); !errors.Is(err, ErrNone) {
		t.Errorf("no repository: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

// TestASiteInAFolderOfTheRepository names files as the site's folder does.
func TestASiteInAFolderOfTheRepository(t *testing.T) {
	needs.Ask(t, needs.Git)
	o := an(t)
	o.write(o.theirs, "trang/content/a.md", "a\n")
	o.commit(o.theirs, "Trang")
	o.git(o.theirs, "push", "-q")
	o.git(o.mine, "pull", "-q")
	o.replace(o.theirs, "trang/content/a.md", "a", "của họ")
	o.replace(o.mine, "trang/content/a.md", "a", "của tôi")
	o.repo = o.open(filepath.Join(o.mine, "trang"))
	p := o.take(nil)
	if len(p.Conflicts) != 1 || p.Conflicts[0].File != "content/a.md" {
		t.Fatalf("%q", p.Conflicts)
	}
	c := p.Conflicts[0]
	o.apply(o.take(map[string]Chosen{"content/a.md": {c.Mine, c.Theirs, c.Theirs}}))
	if got := o.read(o.mine, "trang/content/a.md"); got != "của họ\n" {
		t.Error(got)
	}
}

// TestWhatWasSentIsRewritten has a colleague who takes back a commit that was sent, and one who
// begins the shared repository anew: nobody's words go.
func TestWhatWasSentIsRewritten(t *testing.T) {
	needs.Ask(t, needs.Git)
	o := an(t)
	o.replace(o.mine, one, "Đoạn một.", "Đoạn một của tôi.")
	if err := o.repo.Push(o.ctx); err != nil {
		t.Fatal(err)
	}
	o.write(o.theirs, one, strings.Replace(o.read(o.theirs, one), "Đoạn ba.", "Đoạn ba của họ.", 1))
	o.commit(o.theirs, "Sửa")
	o.git(o.theirs, "push", "-q", "--force")
	o.replace(o.mine, one, "Đoạn hai.", "Đoạn hai của tôi.")
	o.apply(o.take(nil))
	if got := o.read(o.mine, one); !strings.Contains(got, "một của tôi") || !strings.Contains(got, "hai của tôi") || !strings.Contains(got, "ba của họ") {
		t.Errorf("words are lost:\n%s", got)
	}
	if err := o.repo.Push(o.ctx); err != nil {
		t.Error(err)
	}

	// A folder that they have renamed, in which something was written here.
	o.git(o.theirs, "pull", "-q", "--rebase")
	o.git(o.theirs, "mv", "content/tin-tuc/a", "content/tin-tuc/b")
	o.commit(o.theirs, "Đổi tên")
	o.git(o.theirs, "push", "-q")
	o.replace(o.mine, one, "Đoạn hai", "Đoạn hai nữa")
	p := o.take(nil)
	chosen := map[string]Chosen{}
	for _, c := range p.Conflicts { // some versions of git see the new name
		chosen[c.File] = Chosen{c.Mine, c.Theirs, c.Mine}
	}
	o.apply(o.take(chosen))
	renamed := "content/tin-tuc/b/index.md"
	if !strings.Contains(o.read(o.mine, one)+o.read(o.mine, renamed), "hai nữa") || o.read(o.mine, renamed) == "" {
		t.Error("one of the two is lost")
	}

	// A picture that both have changed, and lines that Windows ends, without a choice where none is needed.
	if err := o.repo.Push(o.ctx); err != nil {
		t.Fatal(err)
	}
	o.git(o.theirs, "pull", "-q")
	o.write(o.theirs, "content/anh.jpg", "\x00họ")
	o.write(o.theirs, renamed, strings.ReplaceAll(o.read(o.theirs, renamed), "\n", "\r\n"))
	o.commit(o.theirs, "Ảnh")
	o.git(o.theirs, "push", "-q")
	o.write(o.mine, "content/anh.jpg", "\x00tôi")
	o.replace(o.mine, renamed, "Đoạn ba", "Đoạn ba nữa")
	if p = o.take(nil); len(p.Conflicts) != 1 || p.Conflicts[0].File != "content/anh.jpg" {
		t.Fatalf("%q", p.Conflicts)
	}
	c := p.Conflicts[0]
	o.apply(o.take(map[string]Chosen{c.File: {c.Mine, c.Theirs, c.Mine}}))
	if got := o.read(o.mine, renamed); !strings.Contains(got, "Đoạn ba nữa của họ.\r\n") || o.read(o.mine, c.File) != "\x00tôi" {
		t.Errorf("%q", got)
	}

	// Another git was ended in the middle.
	lock := filepath.Join(o.mine, ".git", "index.lock")
	o.write(o.mine, "content/c.md", "---\ntitle: C\n---\n")
	if err := os.WriteFile(lock, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := o.repo.CommitAll(o.ctx, "C"); causeOf(err) != Occupied {
		t.Errorf("locked: %v", err)
	}
	if err := os.Remove(lock); err != nil {
		t.Fatal(err)
	}

	// Begun anew.
	o.git(o.theirs, "checkout", "-q", "--orphan", "moi")
	o.commit(o.theirs, "Lập lại")
	o.git(o.theirs, "push", "-q", "--force", "origin", "moi:main")
	head := o.git(o.mine, "rev-parse", "HEAD")
	if err := o.repo.Fetch(o.ctx); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{"state": second(o.repo.State(o.ctx)), "prepare": second(o.repo.Prepare(o.ctx, nil))} {
		if !errors.Is(err, ErrAnew) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if o.git(o.mine, "rev-parse", "HEAD") != head || o.read(o.mine, "content/c.md") == "" {
		t.Error("something has changed")
	}
}

// TestMerge takes texts together line by line.
func TestMerge(t *testing.T) {
	needs.Ask(t, needs.Git)
	got, err := Merge(t.Context(), []byte("a\nb\nc\nd\ne\n"), []byte("a1\nb\nc\nm\ne\n"), []byte("a\nb\nc\nt\ne"))
	if err != nil {
		t.Fatal(err)
	}
	if s := fmt.Sprintf("%q", got); s != `[{"a1\nb\nc\n" "a1\nb\nc\n"} {"m\ne\n" "t\ne"}]` && s != `[{"a1\nb\nc\n" "a1\nb\nc\n"} {"m\ne\n" "t\ne\n"}]` {
		t.Error(s)
	}
	for name, tt := range map[string][4]string{
		"mine from Windows":       {"a\nb\nc\n", "a1\r\nb\r\nc\r\n", "a\nb\nc1\n", "a1\nb\nc1\n"},
		"theirs from Windows":     {"a\nb\nc\n", "a1\nb\nc\n", "a\r\nb\r\nc1\r\n", "a1\r\nb\r\nc1\r\n"},
		"all from Windows":        {"a\r\nb\r\nc\r\n", "a1\r\nb\r\nc\r\n", "a\r\nb\r\nc1\r\n", "a1\r\nb\r\nc1\r\n"},
		"nothing but another end": {"a\nb\n", "a\r\nb\r\n", "a\nb1\n", "a\nb1\n"},
	} {
		got, err := Merge(t.Context(), []byte(tt[0]), []byte(tt[1]), []byte(tt[2]))
		if err != nil || len(got) != 1 || got[0].Conflict() || string(got[0].Mine) != tt[3] {
			t.Errorf("%s: %q (%v)", name, got, err)
		}
	}
	if _, err := Merge(t.Context(), []byte("\x00a"), []byte("\x00b"), []byte("\x00c")); !errors.Is(err, ErrBinary) {
		t.Errorf("pictures: %v", err)
	}
}
