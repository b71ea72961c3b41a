package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

const entry = "content/tin-tuc/a/index.md"

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// site opens the history of a new folder with files.
func site(t testing.TB, contents map[string]string) (*History, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range contents {
		put(t, dir, name, text)
	}
	h, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h, dir
}

func put(t testing.TB, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
		t.Fatal(err)
	}
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// save keeps a version of the entry and writes it, as a desk does.
func save(t testing.TB, h *History, dir, who, text string, at time.Time) {
	t.Helper()
	var before []byte
	if data, err := os.ReadFile(filepath.Join(dir, entry)); err == nil {
		before = data
	}
	ok(t, h.Keep(Act{Who: who, Why: Saved, Time: at}, Change{entry, before, []byte(text)}))
	put(t, dir, entry, text)
}

// told is the versions of a file as one line each, the newest first.
func told(t testing.TB, h *History, file string) string {
	t.Helper()
	var b strings.Builder
	for _, v := range must[[]Version](t)(h.Versions(file)) {
		text, err := h.Read(v)
		if err != nil && !(v.Gone() && errors.Is(err, fs.ErrNotExist)) {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s %q\n", v.Why, v.Who, text)
	}
	return b.String()
}

func same(t testing.TB, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}

func TestEveryVersionIsKept(t *testing.T) {
	h, dir := site(t, nil)
	save(t, h, dir, "Mẫu", "one", noon)
	save(t, h, dir, "Mẫu", "two", noon.Add(time.Hour))
	save(t, h, dir, "Mẫu", "two", noon.Add(time.Hour)) // nothing new
	put(t, dir, entry, "by Notepad")
	save(t, h, dir, "Thử", "three", noon.Add(-time.Hour)) // the clock was put back
	ok(t, h.Approve(entry, []byte("three"), "Trưởng", "đăng được", noon))
	same(t, "versions", told(t, h, entry), `approved Trưởng "three"
saved Thử "three"
found  "by Notepad"
saved Mẫu "two"
saved Mẫu "one"
`)
	// A remark made by mistake is taken back; a version never is.
	ok(t, h.Approve(entry, []byte("three"), "Ai khác", "", noon))
	wrong := must[string](t)(h.Newest(entry))
	ok(t, h.Retract(entry, wrong))
	if h.Retract(entry, wrong) == nil || h.Retract(entry, must[[]Version](t)(h.Versions(entry))[1].ID) == nil {
		t.Error("what is no newest remark is taken back")
	}
	old := must[[]Version](t)(h.Versions(entry))[4]
	if again := must[Version](t)(h.Version(entry, old.ID)); again != old {
		t.Errorf("%+v by its ID is %+v", old, again)
	}
	ok(t, h.Restore(old, "Mẫu", noon))
	if text, err := os.ReadFile(filepath.Join(dir, entry)); err != nil || string(text) != "one" {
		t.Errorf("restored is %q (%v)", text, err)
	}
	if lines := strings.Split(told(t, h, entry), "\n"); lines[0] != `restored Mẫu "one"` || len(lines) != 7 {
		t.Errorf("after restoring: %q", lines)
	}
}

// What stands there when a version is put back is kept too.
func TestRestoringLosesNothing(t *testing.T) {
	h, dir := site(t, nil)
	save(t, h, dir, "Mẫu", "one", noon)
	first := must[[]Version](t)(h.Versions(entry))[0]
	put(t, dir, entry, "by Notepad")
	ok(t, h.Restore(first, "Mẫu", noon))
	if !strings.Contains(told(t, h, entry), "by Notepad") {
		t.Error("what was restored over is lost")
	}
}

func TestTrash(t *testing.T) {
	h, dir := site(t, map[string]string{entry: "text", "content/tin-tuc/a/anh/b.jpg": "picture", "content/gioi-thieu.md": "alone"})
	act := Act{Who: "Mẫu", Why: Removed, Time: noon}
	a := must[Trashed](t)(h.Trash("content/tin-tuc/a", "Gặp mặt", act))
	b := must[Trashed](t)(h.Trash("content/gioi-thieu.md", "Giới thiệu", act))
	for _, gone := range []string{"content/tin-tuc/a", "content/gioi-thieu.md"} {
		if _, err := os.Lstat(filepath.Join(dir, gone)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is still there (%v)", gone, err)
		}
	}
	if all := must[[]Trashed](t)(h.Trashed()); len(all) != 2 || all[0] != b && all[1] != b {
		t.Errorf("in the trash: %+v", all)
	}
	same(t, "versions", told(t, h, entry), "removed Mẫu \"\"\nfound  \"text\"\n")
	put(t, dir, "content/gioi-thieu.md", "another")
	if _, err := h.Untrash(b.ID, "Mẫu", noon); !errors.Is(err, fs.ErrExist) {
		t.Errorf("put over what is there (%v)", err)
	}
	same(t, "versions of what was not put back", told(t, h, "content/gioi-thieu.md"), "removed Mẫu \"\"\nfound  \"alone\"\n")
	must[Trashed](t)(h.Untrash(a.ID, "Mẫu", noon))
	for name, want := range map[string]string{entry: "text", "content/tin-tuc/a/anh/b.jpg": "picture", "content/gioi-thieu.md": "another"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(text) != want {
			t.Errorf("%s is %q (%v), want %q", name, text, err, want)
		}
	}
	ok(t, h.Empty(noon))
	if all := must[[]Trashed](t)(h.Trashed()); len(all) != 1 || all[0] != b {
		t.Errorf("what is not old was emptied: %+v", all)
	}
	ok(t, h.Empty(noon.Add(time.Second)))
	if entries, err := os.ReadDir(filepath.Join(dir, ".lienhiep/trash")); err != nil || len(entries) != 0 {
		t.Errorf("left in the trash: %v (%v)", entries, err)
	}
}

// A power failure between the steps, played one by one.
func TestTrashHalfDone(t *testing.T) {
	h, dir := site(t, map[string]string{entry: "text", ".lienhiep/trash/20260301T120000-aaaaaaaaaa/about.json": `{"name":"content/tin-tuc/a"}`,
		".lienhiep/trash/20260301T120000-bbbbbbbbbb/was/b/index.md": "its note cannot be read", ".lienhiep/trash/20260301T120000-bbbbbbbbbb/about.json": "",
		".lienhiep/trash/20260301T120000-cccccccccc/was/c/index.md": "half removed", ".lienhiep/trash/not-ours/file": "x"})
	if all := must[[]Trashed](t)(h.Trashed()); len(all) != 0 {
		t.Errorf("what never came into the trash is listed: %+v", all)
	}
	ok(t, h.Empty(noon.Add(time.Hour)))
	for name, want := range map[string]bool{"20260301T120000-aaaaaaaaaa": false, "20260301T120000-bbbbbbbbbb/was/b/index.md": true, "20260301T120000-cccccccccc": false, "not-ours/file": true} {
		if _, err := os.Stat(filepath.Join(dir, trash, name)); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", name, err == nil, want)
		}
	}
}

// TestTheLatestOfAllAreThoseOfEach asks for the newest version of all files at once.
func TestTheLatestOfAllAreThoseOfEach(t *testing.T) {
	h, _ := site(t, nil)
	other := "content/tin-tuc/b/index.md"
	for i, file := range []string{entry, entry, other} {
		ok(t, h.Keep(Act{Why: Saved, Time: noon.Add(time.Duration(i) * time.Hour)}, Change{File: file, After: fmt.Append(nil, i)}))
	}
	latest, err := h.Latest()
	ok(t, err)
	for file, want := range map[string]time.Time{entry: noon.Add(time.Hour), other: noon.Add(2 * time.Hour), "content/khac/index.md": {}} {
		newest, err := h.Newest(file)
		ok(t, err)
		if id, made := latest.Of(file); id != newest || !made.Equal(want) {
			t.Errorf("%s: %q at %v, want %q at %v", file, id, made, newest, want)
		}
	}
}

func TestHostileNames(t *testing.T) {
	h, dir := site(t, map[string]string{"config.toml": "x", "content/a/index.md": "a", ".lienhiep/trash/20260301T120000-aaaaaaaaaa/about.json": `{"name":"../../outside"}`,
		".lienhiep/trash/20260301T120000-aaaaaaaaaa/was/outside": "x"})
	act := Act{Why: Removed, Time: noon}
	for _, name := range []string{"", ".", "content", "content/", "config.toml", "../x", "content/../config.toml", "/etc/passwd", `content\..\x`, "content/a\x00"} {
		if err := h.Keep(act, Change{name, []byte("x"), nil}); err == nil {
			t.Errorf("%q is kept", name)
		}
		if _, err := h.Trash(name, "", act); err == nil {
			t.Errorf("%q is thrown away", name)
		}
		if err := h.Restore(Version{File: name, Sum: sumOf(nil)}, "", noon); err == nil {
			t.Errorf("%q is restored", name)
		}
	}
	for _, id := range []string{"", "..", "../trash", "20260301T120000-aaaaaaaaaa"} {
		if _, err := h.Untrash(id, "", noon); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q is taken out of the trash (%v)", id, err)
		}
		if _, err := h.Version("content/a/index.md", id); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q is a version (%v)", id, err)
		}
	}
	if err := os.Symlink("..", filepath.Join(dir, "content/up")); err != nil {
		return // Windows lets few make one
	}
	if _, err := h.Trash("content/up/config.toml", "", act); err == nil {
		t.Error("a symbolic link was followed")
	}
	long := "content/tin-tuc/" + strings.Repeat("tên rất dài ", 200) + "/index.md"
	ok(t, h.Keep(act, Change{long, []byte("x"), []byte("y")}))
	same(t, "a long name", told(t, h, long), "removed  \"y\"\nfound  \"x\"\n")
}

func TestWhatIsDamagedIsPassedOver(t *testing.T) {
	h, dir := site(t, nil)
	save(t, h, dir, "Mẫu", "one", noon)
	save(t, h, dir, "Mẫu", "two", noon.Add(time.Hour))
	all := must[[]Version](t)(h.Versions(entry))
	put(t, dir, folderOf(entry)+"/"+all[0].ID+".json", "") // as a power failure may leave it
	put(t, dir, objectOf(all[1].Sum), "something else")
	if _, err := h.Read(all[1]); !errors.Is(err, ErrDamaged) {
		t.Errorf("damage is not seen (%v)", err)
	}
	put(t, dir, entry, "one")
	save(t, h, dir, "Mẫu", "three", noon.Add(time.Hour))
	same(t, "versions", told(t, h, entry), "saved Mẫu \"three\"\nsaved Mẫu \"one\"\n")
	put(t, dir, objectOf(all[1].Sum), "something else")
	save(t, h, dir, "Mẫu", "one", noon.Add(2*time.Hour)) // mends it
	same(t, "then", told(t, h, entry), "saved Mẫu \"one\"\nsaved Mẫu \"three\"\nsaved Mẫu \"one\"\n")
}

// Several programs keep versions of one file while another tidies up.
func TestManyAtOnce(t *testing.T) {
	_, dir := site(t, nil)
	var all sync.WaitGroup
	const writers, saves = 4, 8
	for w := range writers {
		all.Go(func() {
			h, err := Open(dir)
			if err != nil {
				t.Error(err)
				return
			}
			defer h.Close()
			for i := range saves {
				text := fmt.Appendf(nil, "%d %d", w, i)
				if err := errors.Join(h.Keep(Act{Why: Saved, Time: noon}, Change{entry, nil, text}), h.Prune(noon, Usual)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	h := must[*History](t)(Open(dir))
	defer h.Close()
	if got := strings.Count(told(t, h, entry), "saved"); got != writers*saves {
		t.Errorf("%d versions, want %d", got, writers*saves)
	}
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	h, dir := site(t, map[string]string{"content/tin-tuc/b/index.md": "b"})
	for i := range 10 {
		save(t, h, dir, "Mẫu", fmt.Sprintf("version %d", i), noon.Add(time.Duration(i)*time.Hour))
	}
	must[Trashed](t)(h.Trash("content/tin-tuc/b", "b", Act{Why: Removed, Time: noon}))
	now := noon.Add(9 * time.Hour)
	ok(t, h.Prune(now, Limits{Trash: 10 * time.Hour, Versions: 4 * time.Hour, Bytes: 1000}))
	if n := len(must[[]Version](t)(h.Versions(entry))); n != 5 {
		t.Errorf("%d versions are young enough, want 5", n)
	}
	if n := len(must[[]Trashed](t)(h.Trashed())); n != 1 {
		t.Error("the trash was emptied too early")
	}
	ok(t, h.Prune(now, Limits{Trash: time.Hour, Versions: 4 * time.Hour, Bytes: 2 * int64(len("version 9"))}))
	same(t, "small enough", told(t, h, entry), "saved Mẫu \"version 9\"\nsaved Mẫu \"version 8\"\n")
	if n := len(must[[]Trashed](t)(h.Trashed())); n != 0 {
		t.Error("the trash was not emptied")
	}
	left := 0
	ok(t, h.each(objects, func(string, []byte) { left++ }))
	if left != 2 {
		t.Errorf("%d contents are left for 2 versions", left)
	}
	put(t, dir, entry, "x")
	save(t, h, dir, "Mẫu", "y", now.Add(Usual.Versions/2))
	ok(t, h.Tidy(now.Add(Usual.Versions)))
	ok(t, h.Tidy(now.Add(Usual.Versions+Usual.Versions/2+time.Hour)))
	same(t, "tidied", told(t, h, entry), "")
}

func TestForget(t *testing.T) {
	const person = "content/tri-thuc/tran-van-mau/index.md"
	h, dir := site(t, map[string]string{person: "tiểu sử", "content/tri-thuc/tran-van-mau/anh.jpg": "\xff\xd8", "content/tin-tuc/b/index.md": "về Trần Văn Mẫu", "content/tin-tuc/c/index.md": "chuyện khác",
		".lienhiep/autosave/1.json": `{"text":"Trần Văn Mẫu"}`, ".lienhiep/autosave/2.json": "{}", ".lienhiep/published/" + person: "tiểu sử", ".lienhiep/published/" + entry: "x"})
	save(t, h, dir, "Thử", "one", noon)
	save(t, h, dir, "Thử", "two: Trần Văn Mẫu", noon)
	save(t, h, dir, "Thử", "three", noon)
	for _, folder := range []string{"content/tri-thuc/tran-van-mau", "content/tin-tuc/b", "content/tin-tuc/c"} {
		must[Trashed](t)(h.Trash(folder, folder, Act{Why: Removed, Time: noon}))
	}
	gone := must[[]string](t)(h.Forget(func(file string, data []byte) bool {
		return strings.HasPrefix(file, "content/tri-thuc/tran-van-mau/") || strings.Contains(string(data), "Trần Văn Mẫu")
	}, ".lienhiep/autosave", ".lienhiep/published", ".lienhiep/none"))
	same(t, "gone", strings.Join(gone, "\n"), `.lienhiep/autosave/1.json
.lienhiep/published/content/tri-thuc/tran-van-mau/index.md
content/tin-tuc/a/index.md
content/tin-tuc/b
content/tin-tuc/b/index.md
content/tri-thuc/tran-van-mau
content/tri-thuc/tran-van-mau/index.md`)
	same(t, "versions", told(t, h, entry), "saved Thử \"three\"\nsaved Thử \"one\"\n")
	ok(t, filepath.WalkDir(filepath.Join(dir, ".lienhiep"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if strings.Contains(name, "tran-van-mau") {
				t.Errorf("the folder %s still tells of the person", name)
			}
			return err
		}
		text, err := os.ReadFile(name)
		if strings.Contains(name+string(text), "tran-van-mau") || strings.Contains(string(text), "Mẫu") || strings.Contains(string(text), "tiểu sử") {
			t.Errorf("%s still tells of the person: %s", name, text)
		}
		return err
	}))
	for _, kept := range []string{".lienhiep/autosave/2.json", ".lienhiep/published/" + entry} {
		if _, err := os.Stat(filepath.Join(dir, kept)); err != nil {
			t.Error(err)
		}
	}
	if all := must[[]Trashed](t)(h.Trashed()); len(all) != 1 || all[0].Name != "content/tin-tuc/c" {
		t.Errorf("in the trash: %+v", all)
	}
}
