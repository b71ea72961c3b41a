package edit

import (
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/history"
	"lienhiep/internal/matter"
	"lienhiep/internal/roster"
)

// takingDown takes down what lies in a folder, one file at a time. In it, whatever links
// to an entry goes with all of its line.
type takingDown struct{ root string }

func (s takingDown) set(file string, settings ...matter.Setting) ([]history.Change, error) {
	name := filepath.Join(s.root, filepath.FromSlash(file))
	before, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	after, err := matter.Edit(before, settings)
	if err != nil {
		return nil, err
	}
	return []history.Change{{File: file, Before: before, After: after}}, os.WriteFile(name, after, 0o666)
}

func (s takingDown) TakeDown(file, note, why string) ([]history.Change, error) {
	return s.set(file, matter.Setting{Key: "expiryDate", Value: matter.Bare(time.Now().Add(-time.Hour).Format(time.RFC3339))}, matter.Setting{Key: "removed", Value: matter.String(note)})
}

func (s takingDown) BringBack(file string) ([]history.Change, error) {
	return s.set(file, matter.Setting{Key: "expiryDate"}, matter.Setting{Key: "removed"})
}

func (s takingDown) Detach(file string) (changes []history.Change, left []diag.Pos, err error) {
	c, _, err := contentSite{dir: s.root}.Load()
	if err != nil || c.PagesOf(file) == nil {
		return nil, nil, err
	}
	for _, t := range c.Traces(c.PagesOf(file)) {
		before, err := os.ReadFile(filepath.Join(s.root, filepath.FromSlash(t.Pos.File)))
		if err != nil {
			return nil, nil, err
		}
		lines := strings.SplitAfter(string(before), "\n")
		if strings.Contains(lines[t.Pos.Line-1], "không tự bỏ được") {
			left = append(left, t.Pos)
			continue
		}
		if lines[t.Pos.Line-1] = ""; t.How == catalog.TieMenu {
			lines = []string{"name = \"A\"\n"}
		}
		changes = append(changes, history.Change{File: t.Pos.File, Before: before, After: []byte(strings.Join(lines, ""))})
	}
	return changes, left, nil
}

// nobody is a site of which nobody withdraws.
type nobody struct{}

func (nobody) People() ([]Someone, error)                      { return nil, nil }
func (nobody) Leaving(string) (*Leaving, error)                { return nil, fs.ErrNotExist }
func (nobody) Withdraw(context.Context, string, bool) error    { return fs.ErrNotExist }
func (nobody) Readmit(context.Context, string) (string, error) { return "", fs.ErrNotExist }
func (nobody) Another(context.Context, string, string) error   { return fs.ErrNotExist }
func (nobody) Forget(context.Context, roster.Waiter) error     { return nil }

// answered is what an act answers.
type answered struct{ Undo, Place, Message, Opened, ID string }

// act asks for something, which must be done, and returns the answer.
func (o open) act(address string, body any) answered {
	o.t.Helper()
	status, text := o.ask("POST", address, body, nil)
	var a answered
	if err := json.Unmarshal([]byte(text), &a); status != http.StatusOK || err != nil {
		o.t.Fatalf("%s: %d %s", address, status, text)
	}
	return a
}

func (o open) put(name, text string) {
	o.t.Helper()
	file := filepath.Join(o.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		o.t.Fatal(err)
	}
}

func (o open) page(address string) string {
	o.t.Helper()
	status, text := o.ask("GET", address, nil, nil)
	if status != http.StatusOK {
		o.t.Fatalf("%s: %d %s", address, status, text)
	}
	return text
}

func has(t *testing.T, what, text string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("%s lacks %q:\n%s", what, want, text)
		}
	}
}

// linked is a site in which a page leads to the entry in every way.
func linked(t *testing.T) open {
	o := openDesk(t)
	o.put("content/tin-tuc/gap-mat/index.md", strings.Replace(strings.Replace(article, "2026-11-20", "2025-11-20", 1), "'Gặp mặt'", "'Gặp mặt đầu năm'", 1))
	o.put("content/tin-tuc/khac/index.md", "---\ntitle: Bài khác\ndate: 2025-01-02\n---\nXem [buổi ấy](/tin-tuc/gap-mat/).\n")
	o.put("content/tin-tuc/neu/index.md", "---\ntitle: Bài nêu\ndate: 2025-01-02\n---\nBuổi GẶP MẶT đầu\nnăm.\n")
	o.put("content/trang-web.toml", "name = \"A\"\n\n[[menu]]\npage = \"/tin-tuc/gap-mat/\"\nname = \"Gặp mặt\"\n")
	return o
}

// TestTakingDownTellsBefore shows what leads to an entry and what becomes of it, takes it
// down, undoes that, and brings it back another day.
func TestTakingDownTellsBefore(t *testing.T) {
	o := linked(t)
	const file = "content/tin-tuc/gap-mat/index.md"
	before := o.read(file)
	has(t, "the list", o.page("/go/"), `href="/go/tin-tuc/gap-mat/index.md"`, "Bài khác")
	page := o.page("/go/tin-tuc/gap-mat/index.md")
	has(t, "the page", page, `href="/soan/tin-tuc/khac/index.md"`, tied[0].down, tied[4].down, "/trang-web/danh-muc", "Còn nêu tên bài này", `href="/soan/tin-tuc/neu/index.md"`, "Gỡ khỏi trang", "“Bỏ bài” là việc khác")
	_, hint := o.ask("GET", "/dan-toi?bai="+file, nil, nil)
	has(t, "what is told before an entry becomes a draft", hint, "2 trang dẫn tới", "chỉ còn là chữ")
	a := o.act("/go", map[string]string{"file": file, "note": "Bài có số liệu chưa đúng."})
	has(t, "the entry", o.read(file), "removed: \"Bài có số liệu chưa đúng.\"")
	has(t, "the page then", o.page(a.Place), "Xuất bản", "Bài có số liệu chưa đúng.", "Đưa bài trở lại")
	has(t, "the list then", o.page("/go/"), "Đã gỡ")
	o.act("/hoan-tac", map[string]string{"id": a.Undo})
	if o.read(file) != before {
		t.Error("undoing did not bring it back as it was")
	}
	o.act("/go", map[string]string{"file": file})
	o.act("/dua-lai", map[string]string{"file": file})
	if o.read(file) != before {
		t.Error("it is not back as it was")
	}
	if status, text := o.ask("POST", "/hoan-tac", map[string]string{"id": a.Undo}, nil); status != http.StatusNotFound {
		t.Errorf("undone twice: %d %s", status, text)
	}
	content := o.snapshotOf("content")
	for _, name := range append([]string{"content/ke-hoach/15-kh-tu/_index.md", "content/trang-web.toml", "content/tin-tuc/khong-co/index.md"}, hostileNames...) {
		for _, address := range []string{"/go", "/dua-lai"} {
			if status, text := o.ask("POST", address, map[string]string{"file": name}, nil); status < 400 || status >= 500 {
				t.Errorf("%s %q: %d %s", address, name, status, text)
			}
		}
	}
	if o.snapshotOf("content") != content {
		t.Error("the content has changed")
	}
}

// TestWhatOthersLeadToIsNotRemovedInSilence: removing an entry that others lead to shows
// them first, changes them with it, and all is undone together.
func TestWhatOthersLeadToIsNotRemovedInSilence(t *testing.T) {
	o := linked(t)
	const file = "content/tin-tuc/gap-mat/index.md"
	before := o.snapshotOf("content")
	body := map[string]any{"file": file, "opened": hash([]byte(o.read(file)))}
	status, text := o.ask("POST", "/xoa", body, nil)
	var told answered
	if err := json.Unmarshal([]byte(text), &told); status != http.StatusConflict || err != nil || o.snapshotOf("content") != before {
		t.Fatalf("%d %s", status, text)
	}
	has(t, "the page", o.page(told.Place), "Bỏ bài và sửa các trang trên", tied[0].removed, tied[4].removed, "Gỡ khỏi trang thôi")
	body["links"] = true
	a := o.act("/xoa", body)
	if other := o.read("content/tin-tuc/khac/index.md"); strings.Contains(other, "gap-mat") {
		t.Error(other)
	}
	_, findings, err := o.Site.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Severity == diag.Error && f.Pos.File == "content/trang-web.toml" {
			t.Error(f.Message(diag.English))
		}
	}
	has(t, "the trash", o.page("/thung-rac/"), "Gặp mặt đầu năm", "còn 30 ngày")
	o.act("/hoan-tac", map[string]string{"id": a.Undo})
	if o.snapshotOf("content") != before {
		t.Error("it is not as it was")
	}
	a = o.act("/xoa", body)
	o.act("/lay-lai", map[string]string{"id": a.ID})
	if o.snapshotOf("content") != before {
		t.Error("taken out of the trash it is not as it was")
	}

	o.put("content/tin-tuc/khac/index.md", "---\ntitle: Bài khác\ndate: 2025-01-02\n---\nkhông tự bỏ được [x](/tin-tuc/gap-mat/)\n")
	if status, text := o.ask("POST", "/xoa", body, nil); status != http.StatusConflict || !strings.Contains(text, "không tự sửa được") {
		t.Errorf("%d %s", status, text)
	}
	has(t, "the page", o.page(told.Place), "Phải tự sửa trước", "không tự bỏ được [x](/tin-tuc/gap-mat/)")
}

// TestUndoingOverwritesNobody: what somebody has changed since stays.
func TestUndoingOverwritesNobody(t *testing.T) {
	o := openDesk(t)
	const file = "content/tin-tuc/gap-mat/index.md"
	var a answered
	status, text := o.save(file, hash([]byte(article)), "Lần một")
	if err := json.Unmarshal([]byte(text), &a); status != http.StatusOK || err != nil || a.Undo == "" {
		t.Fatal(status, text)
	}
	o.put(file, strings.Replace(article, "Gặp mặt", "Của người khác", 1))
	if status, text := o.ask("POST", "/hoan-tac", map[string]string{"id": a.Undo}, nil); status != http.StatusConflict || !strings.Contains(o.read(file), "Của người khác") {
		t.Errorf("%d %s", status, text)
	}
	status, text = o.save(file, hash([]byte(o.read(file))), "Lần hai")
	if err := json.Unmarshal([]byte(text), &a); status != http.StatusOK || err != nil {
		t.Fatal(status, text)
	}
	o.act("/hoan-tac", map[string]string{"id": a.Undo})
	has(t, "the entry", o.read(file), "Của người khác")
	for address, body := range map[string]map[string]any{"/moi": {"section": "tin-tuc", "title": "Mới"}, "/ban-dich": {"file": file}, "/them-trang": {"title": "Trang mới", "menu": "footer", "english": true}} {
		before := o.snapshotOf("content")
		o.act("/hoan-tac", map[string]string{"id": o.act(address, body).Undo})
		if o.snapshotOf("content") != before {
			t.Errorf("%s is not undone", address)
		}
	}
}

// TestTheHistorySpeaksTheFormsWords: no key of front matter, no name of a file.
func TestTheHistorySpeaksTheFormsWords(t *testing.T) {
	o := openDesk(t)
	const file = "content/tin-tuc/gap-mat/index.md"
	o.act("/luu", map[string]any{"file": file, "opened": hash([]byte(article)), "tab": "a", "text": "Lời bài mới.[^1]\n\n[^1]: Chú thích.",
		"fields": map[string]any{"title": "Gặp mặt vui", "event": "12/5/2025", "scope": "national", "sources": []any{map[string]any{"title": "VUSTA", "url": "https://vusta.vn/b"}}}})
	page := o.page("/lich-su/tin-tuc/gap-mat/index.md")
	has(t, "the history", page, "<h3>Tiêu đề</h3>", "<ins>vui</ins>", "<h3>Diễn ra</h3>", "<ins>12/5/2025</ins>", "<h3>Việc của ai</h3>", "việc chung cả nước", "<h3>Lời bài</h3>", "<h3>Nguồn</h3>", "Khôi phục bản này", "Bản đầu tiên được giữ")
	for _, key := range []string{"title:", "event:", "scope", "national", "sources"} {
		if strings.Contains(page, key) {
			t.Errorf("the history says %q", key)
		}
	}
	o.put("content/trang-web.toml", "# a\nname = \"Cũ\"\n")
	o.act("/trang-web", map[string]any{"file": "/trang-web/chung", "was": map[string]any{"name": "Cũ"}, "fields": map[string]any{"name": "Mới"}})
	page = o.page("/lich-su/trang-web.toml")
	has(t, "the history of the site's facts", page, "<h3>Tên trang</h3>", "<ins>Mới</ins>", "Khôi phục bản này")
	id := strings.SplitN(strings.SplitN(page, `data-id="`, 2)[1], `"`, 2)[0]
	a := o.act("/khoi-phuc", map[string]string{"file": "content/trang-web.toml", "id": id})
	has(t, "the facts", o.read("content/trang-web.toml"), "Cũ")
	o.act("/hoan-tac", map[string]string{"id": a.Undo})
	has(t, "the facts", o.read("content/trang-web.toml"), "Mới")
}

// TestATranslationComesBack out of the trash, to where it was, beside what stayed.
func TestATranslationComesBack(t *testing.T) {
	o := openDesk(t)
	const file = "content/tri-thuc/nguyen-van-a/index.en.md"
	before := o.read(file)
	a := o.act("/xoa", map[string]string{"file": file, "opened": hash([]byte(before))})
	if _, err := os.Stat(filepath.Join(o.dir, filepath.FromSlash(file))); err == nil {
		t.Fatal("it is there yet")
	}
	has(t, "the trash", o.page("/thung-rac/"), "bản tiếng Anh")
	if back := o.act("/lay-lai", map[string]string{"id": a.ID}); back.Place != "/soan/tri-thuc/nguyen-van-a/index.en.md" || o.read(file) != before {
		t.Error(back.Place)
	}
}

// TestTheDeskTidiesUp: what is too old goes when the desk is opened.
func TestTheDeskTidiesUp(t *testing.T) {
	o := openDesk(t)
	old := time.Now().Add(-3 * 365 * 24 * time.Hour)
	if err := o.history.Keep(history.Act{Why: history.Saved, Time: old}, history.Change{File: "content/tin-tuc/gap-mat/index.md", After: []byte("cũ")}); err != nil {
		t.Fatal(err)
	}
	trashed, err := o.history.Trash("content/tri-thuc/nguyen-van-a/index.en.md", "A", history.Act{Why: history.Removed, Time: time.Now().Add(-31 * 24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(o.dir, ".lienhiep", "history", "tidied")); err != nil {
		t.Fatal(err)
	}
	again, err := New(o.Options)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if all, err := again.history.Versions("content/tin-tuc/gap-mat/index.md"); err != nil || len(all) > 0 {
		t.Errorf("%d versions are left (%v)", len(all), err)
	}
	if all, err := again.history.Trashed(); err != nil || len(all) > 0 {
		t.Errorf("%v is in the trash yet: %v (%v)", trashed.ID, all, err)
	}
}
