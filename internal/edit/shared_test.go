package edit

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/needs"
	"lienhiep/internal/repository"
)

// inOffice makes the desk's folder a copy of a repository that an office shares, with
// another copy beside it.
func (o open) inOffice() (theirs string, git func(dir string, args ...string) string) {
	o.t.Helper()
	t := o.t.(*testing.T)
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(home, "config"))
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	git = func(dir string, args ...string) string {
		t.Helper()
		out, err := exec.Command(needs.Git.Path(t), slices.Concat([]string{"-C", dir}, args)...).CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	shared, theirs := filepath.Join(home, "chung.git"), filepath.Join(home, "ho")
	if err := os.RemoveAll(filepath.Join(o.dir, ".git")); err != nil {
		t.Fatal(err)
	}
	git(home, "init", "-q", "--bare", "-b", "main", shared)
	git(o.dir, "init", "-q", "-b", "main")
	for name, value := range map[string]string{"user.name": "Trần Văn Mẫu", "user.email": "mau@a.example"} {
		git(home, "config", "--global", name, value)
	}
	if err := os.WriteFile(filepath.Join(o.dir, ".gitignore"), []byte("/.lienhiep/\n/generated/\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	git(o.dir, "add", "-A")
	git(o.dir, "commit", "-q", "-m", "Đầu")
	git(o.dir, "remote", "add", "origin", shared)
	git(o.dir, "push", "-q", "-u", "origin", "main")
	git(home, "clone", "-q", shared, theirs)
	return theirs, git
}

// told asks the desk and reads the answer.
func told[T any](o open, method, address string, body any) (answer T) {
	o.t.Helper()
	status, text := o.ask(method, address, body, nil)
	if err := json.Unmarshal([]byte(text), &answer); status != 200 || err != nil {
		o.t.Fatalf("%s: %d %s", address, status, text)
	}
	return answer
}

// TestAnOfficeSharesItsArticles takes and sends: where both have changed the same
// paragraph the editor sees both and chooses; what is being written, and what was not
// chosen, is kept.
func TestAnOfficeSharesItsArticles(t *testing.T) {
	needs.Ask(t, needs.Git)
	o := openDesk(t)
	theirs, git := o.inOffice()
	const name = "content/tin-tuc/gap-mat/index.md"
	edit := func(from, to string) {
		t.Helper()
		file := filepath.Join(theirs, filepath.FromSlash(name))
		data, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(file, []byte(strings.Replace(string(data), from, to, 1)), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
		git(theirs, "commit", "-q", "-a", "-m", "Sửa")
		git(theirs, "push", "-q")
	}
	edit("Lời bài.", "Lời của họ.")
	edit("Chú thích.", "Chú thích của họ.")
	if status, text := o.ask("POST", "/luu", map[string]any{"file": name, "opened": hash([]byte(article)), "tab": "a", "fields": map[string]any{"title": "Của tôi"}, "text": strings.Replace(bodyOf(article), "Lời bài.", "Lời của tôi.", 1)}, nil); status != 200 {
		t.Fatal(text)
	}
	mine := o.read(name)
	if status, text := o.ask("POST", "/nhap", map[string]any{"file": name, "opened": hash([]byte(mine)), "tab": "b", "fields": map[string]any{"title": "Đang viết"}, "text": "Dở."}, nil); status != 200 {
		t.Fatal(text)
	}
	writing := o.snapshotOf(draftFolder)

	if s := told[sharedShown](o, "GET", "/viec/kho?hoi=", nil); s.Sentence != "1 bài chưa gửi lên, 1 bài mới ở kho chung." || len(s.Mine) != 1 || s.Mine[0].Title != "Của tôi" || s.Mine[0].Place != placeAtDesk(name) || s.Problem != "" {
		t.Errorf("%+v", s)
	}
	for _, address := range []string{"/kho/lay", "/kho/gui"} {
		got := told[taken](o, "POST", address, map[string]any{})
		if len(got.Conflicts) != 1 || got.Conflicts[0].File != name || !strings.Contains(got.Done, "chưa có gì bị đổi") || !got.Conflicts[0].Both {
			t.Fatalf("%s: %+v", address, got)
		}
		said := map[string]string{}
		for _, f := range got.Conflicts[0].Changed {
			for _, p := range f.Words {
				said[string(p.Op)] += p.Text
			}
		}
		if !strings.Contains(said["inserted"], "tôi") || !strings.Contains(said["deleted"], "họ") || strings.Contains(said["inserted"]+said["deleted"], "Chú") {
			t.Errorf("the words are %q", said)
		}
		if o.read(name) != mine {
			t.Error("it is changed unchosen")
		}
	}
	chosen := told[taken](o, "POST", "/kho/lay", map[string]any{}).Conflicts[0].chosenFile
	chosen.Keep = "both"
	stale := chosen
	stale.Mine = hash(nil)
	if got := told[taken](o, "POST", "/kho/lay", map[string]any{"chosen": []chosenFile{stale}}); len(got.Conflicts) != 1 {
		t.Errorf("a choice of what was not seen counts: %+v", got)
	}
	got := told[taken](o, "POST", "/kho/gui", map[string]any{"chosen": []chosenFile{chosen}})
	if len(got.Conflicts) != 0 || got.Done != "Đã lấy về 1 bài mới hoặc đã đổi. Đã gửi lên kho chung." || got.State.Sentence != "Máy này và kho chung giống nhau." {
		t.Errorf("%+v", got)
	}
	want := strings.NewReplacer("Lời của tôi.[^1]", "Lời của tôi.[^1]\n\nLời của họ.[^1]", "Chú thích.", "Chú thích của họ.").Replace(mine)
	if o.read(name) != want || git(o.dir, "show", "origin/main:"+name)+"\n" != want {
		t.Errorf("got\n%s\nwant\n%s", o.read(name), want)
	}
	if o.snapshotOf(draftFolder) != writing {
		t.Error("what is being written has changed")
	}
	if _, page := o.ask("GET", "/lich-su/tin-tuc/gap-mat/index.md", nil, nil); strings.Count(page, "Lấy từ kho chung") < 2 {
		t.Errorf("what was not chosen is not kept:\n%s", page)
	}
	if got := told[taken](o, "POST", "/kho/lay", map[string]any{}); got.Done != "Kho chung không có gì mới." {
		t.Errorf("%+v", got)
	}
	// No network: the entry is safe, and it is said.
	git(o.dir, "remote", "set-url", "origin", filepath.Join(theirs, "khong-co"))
	before := o.read(name)
	if got := told[taken](o, "POST", "/kho/gui", map[string]any{}); got.State.Problem != causes[repository.Unreachable] || got.Done != "" || o.read(name) != before {
		t.Errorf("%+v", got)
	}
	git(o.dir, "checkout", "-q", "--detach")
	if got := told[sharedShown](o, "GET", "/viec/kho", nil); got.Problem != problems[repository.ErrDetached] {
		t.Errorf("%+v", got)
	}
}

// TestEitherSideIsChosen holds what a file is after each choice.
func TestEitherSideIsChosen(t *testing.T) {
	needs.Ask(t, needs.Git)
	const base = "---\ntitle: A\ndate: 2026-01-01\n---\n\nMột.\n\nHai.\n\nBa.\n"
	for name, tt := range map[string]struct{ mine, theirs, wantMine, wantTheirs, wantBoth string }{
		"a paragraph": {
			strings.Replace(base, "Hai.", "Hai tôi.", 1), strings.NewReplacer("Hai.", "Hai họ.", "Ba.", "Ba họ.").Replace(base),
			strings.NewReplacer("Hai.", "Hai tôi.", "Ba.", "Ba họ.").Replace(base), strings.NewReplacer("Hai.", "Hai họ.", "Ba.", "Ba họ.").Replace(base),
			strings.NewReplacer("Hai.", "Hai tôi.\n\nHai họ.", "Ba.", "Ba họ.").Replace(base)},
		"a field": {
			strings.Replace(base, "A", "A tôi", 1), strings.Replace(base, "A", "A họ", 1),
			strings.Replace(base, "A", "A tôi", 1), strings.Replace(base, "A", "A họ", 1), strings.Replace(base, "A", "A tôi", 1)},
		"a field and the text": {
			strings.NewReplacer("2026-01-01", "2026-01-02", "Một.", "Một tôi.").Replace(base), strings.NewReplacer("2026-01-01", "2026-01-03", "Một.", "Một họ.").Replace(base),
			strings.NewReplacer("2026-01-01", "2026-01-02", "Một.", "Một tôi.").Replace(base), strings.NewReplacer("2026-01-01", "2026-01-03", "Một.", "Một họ.").Replace(base),
			strings.NewReplacer("2026-01-01", "2026-01-02", "Một.", "Một tôi.\n\nMột họ.").Replace(base)},
		"removed here": {"", base + "\nHọ.\n", "", base + "\nHọ.\n", base + "\nHọ.\n"},
	} {
		c := repository.Conflict{Base: []byte(base), Theirs: []byte(tt.theirs)}
		if tt.mine != "" {
			c.Mine = []byte(tt.mine)
		}
		for keep, want := range map[string]string{"mine": tt.wantMine, "theirs": tt.wantTheirs, "both": tt.wantBoth} {
			if got := string(settled(t.Context(), c, keep)); got != want {
				t.Errorf("%s, %s:\n%s\nwant\n%s", name, keep, got, want)
			}
		}
	}
}

// TestEveryObstacleHasItsSentence holds that git's faults are told in the editors' words.
func TestEveryObstacleHasItsSentence(t *testing.T) {
	for _, err := range []error{repository.ErrNoGit, repository.ErrNone, repository.ErrNoRemote, repository.ErrDetached, repository.ErrBusy, repository.ErrNobody, repository.ErrOld, repository.ErrMoved, repository.ErrStranger, repository.ErrAnew} {
		if problems[err] == "" {
			t.Errorf("%v", err)
		}
	}
	for _, c := range []repository.Cause{repository.Denied, repository.Unreachable, repository.Rejected, repository.Declined, repository.InTheWay, repository.Occupied, repository.Unknown} {
		if causes[c] == "" {
			t.Errorf("%v", c)
		}
	}
	o := openDesk(t)
	for _, body := range []map[string]string{{}, {"name": "A"}, {"name": "A", "email": "x"}, {"name": "A <b@c>", "email": "a@b.example"}, {"name": "A", "email": "A <a@b.example>"}} {
		if status, text := o.ask("POST", "/kho/ten", body, nil); status != 400 {
			t.Errorf("%v: %d %s", body, status, text)
		}
	}
}

// TestWhatIsWrongIsToldBeforeItIsSent marks entries with errors among those that are to be sent.
func TestWhatIsWrongIsToldBeforeItIsSent(t *testing.T) {
	needs.Ask(t, needs.Git)
	o := openDesk(t)
	o.inOffice()
	o.put("content/tin-tuc/hong/index.md", "---\ntitle: Bài hỏng\nsources: [\n---\n")
	o.put("content/tin-tuc/lanh/index.md", "---\ntitle: Bài lành\ndraft: true\n---\n")
	wrong := map[string]bool{}
	for _, e := range told[sharedShown](o, "GET", "/viec/kho?hoi=", nil).Mine {
		wrong[e.Title] = e.Wrong
	}
	if is, there := wrong["Bài lành"]; len(wrong) != 2 || !wrong["Bài hỏng"] || is || !there {
		t.Errorf("told: %v", wrong)
	}
}
