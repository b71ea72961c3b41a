package holdback

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/content"
	"lienhiep/internal/diag"
)

var (
	ruleWrong   = diag.NewRule("test-wrong", diag.Error, diag.Text{VI: "sai", EN: "wrong"}, diag.Text{})
	ruleNoted   = diag.NewRule("noted", diag.Notice, diag.Text{VI: "lưu ý", EN: "notice"}, diag.Text{})
	ruleConsent = diag.NewRule("consent-test", diag.Error, diag.Text{VI: "đồng ý", EN: "consent"}, diag.Text{})
)

// folder makes a site of files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		put(t, root, name, text)
	}
	return root
}

// remember remembers content/ as if it had just been published.
func remember(h *Hold) error {
	c, err := h.Note()
	if err != nil {
		return err
	}
	return c.Remember()
}

func put(t *testing.T, root, name, text string) {
	t.Helper()
	file := filepath.Join(root, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
		t.Fatal(err)
	}
}

// held is the copy that the next try is built from, "" for a file that it lacks.
func held(t *testing.T, h *Hold, name string) string {
	t.Helper()
	text, err := fs.ReadFile(h.Files(), name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return string(text)
}

// hold adds a finding at a place and makes the copy.
func hold(t *testing.T, h *Hold, rule *diag.Rule, file string) bool {
	t.Helper()
	more, err := h.Add([]diag.Finding{rule.At(diag.Pos{File: file, Line: 1})})
	if err == nil {
		err = h.Write()
	}
	if err != nil {
		t.Fatal(err)
	}
	return more
}

const entry = "content/tin-tuc/a/index.md"

func TestAnEntryGoesOffStepByStep(t *testing.T) {
	root := folder(t, map[string]string{entry: "old", "content/tin-tuc/a/anh.jpg": "old picture", "content/tin-tuc/b/index.md": "b"})
	if err := remember(New(root)); err != nil {
		t.Fatal(err)
	}
	put(t, root, entry, "new and wrong")
	put(t, root, "content/tin-tuc/a/anh.jpg", "new picture")
	put(t, root, "content/tin-tuc/b/index.md", "new b")
	h := New(root)
	if !hold(t, h, ruleWrong, "content/tin-tuc/a/anh.jpg") || held(t, h, entry) != "old" || held(t, h, "content/tin-tuc/a/anh.jpg") != "old picture" {
		t.Errorf("the entry is %q with %q, not as it was published", held(t, h, entry), held(t, h, "content/tin-tuc/a/anh.jpg"))
	}
	if held(t, h, "content/tin-tuc/b/index.md") != "new b" {
		t.Error("another entry is held back")
	}
	if !hold(t, h, ruleWrong, entry) || !strings.Contains(held(t, h, entry), "draft: true") || held(t, h, "content/tin-tuc/a/anh.jpg") != "" {
		t.Errorf("what was published has an error too, and is shown: %q", held(t, h, entry))
	}
	if !hold(t, h, ruleWrong, entry) || held(t, h, entry) != "" {
		t.Error("the draft has an error too, and is there")
	}
	if hold(t, h, ruleWrong, entry) {
		t.Error("what is not there is held back")
	}
	// What is found in what stands in its place is not of the editor's text.
	found := []diag.Finding{ruleNoted.At(diag.Pos{File: entry}), ruleNoted.At(diag.Pos{File: "content/tin-tuc/b/index.md"}), ruleWrong.At(diag.Pos{File: entry})}
	var codes []string
	for _, f := range h.Findings(found) {
		codes = append(codes, f.Code+" "+f.Pos.File)
	}
	if want := []string{"held-off content/tin-tuc/a/anh.jpg", "noted content/tin-tuc/b/index.md", ruleWrong.Code + " " + entry}; !slices.Equal(codes, want) {
		t.Errorf("told: %v", codes)
	}
}

// TestWhatNeverWasOnTheSiteIsNotSaidToBe: what stood in the place of what was held back, or a
// draft, is remembered and was not seen.
func TestWhatNeverWasOnTheSiteIsNotSaidToBe(t *testing.T) {
	root := folder(t, map[string]string{entry: "new and wrong"})
	for range 3 {
		h := New(root)
		hold(t, h, ruleWrong, entry)
		if all := h.Findings(nil); len(all) != 1 || all[0].Code != "held-off" {
			t.Errorf("told: %+v", all)
		}
		if err := remember(h); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatMustGoGoesAtOnce(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		rule *diag.Rule
		want bool // as it was published
	}{
		"consent":               {"new", ruleConsent, false},
		"a draft, misspelt":     {"---\nDraft : đúng\n---\n", ruleWrong, false},
		"an expiry, in TOML":    {"+++\nexpiryDate = hôm nay\n+++\n", ruleWrong, false},
		"no draft":              {"---\ndraft: false\n---\n", ruleWrong, true},
		"the word in the text":  {"---\ntitle: a\n---\nBản draft này\n", ruleWrong, true},
		"nothing of the sort":   {"new", ruleWrong, true},
		"a note of its removal": {"---\nremoved: vì sai\n---\n", ruleWrong, false},
	} {
		root := folder(t, map[string]string{entry: "old"})
		if err := remember(New(root)); err != nil {
			t.Fatal(err)
		}
		put(t, root, entry, c.text)
		h := New(root)
		hold(t, h, c.rule, entry)
		if got := held(t, h, entry) == "old"; got != c.want {
			t.Errorf("%s: as published %v, want %v", name, got, c.want)
		}
	}
}

// A page that somebody has removed does not come back for the sake of its translation.
func TestWhatWasRemovedStaysAway(t *testing.T) {
	root := folder(t, map[string]string{entry: "old", "content/tin-tuc/a/index.en.md": "old"})
	if err := remember(New(root)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(root, entry)); err != nil {
		t.Fatal(err)
	}
	h := New(root)
	hold(t, h, ruleWrong, "content/tin-tuc/a/index.en.md")
	if text := held(t, h, entry); !strings.Contains(text, "draft: true") || strings.Contains(text, "old") {
		t.Errorf("a page that was removed is %q, no draft that others may name", text)
	}
}

func TestOfTheSiteAsAWhole(t *testing.T) {
	root := folder(t, map[string]string{entry: "a", "content/trang-web.toml": "x", "content/ke-hoach/k/_index.md": "k", "content/ke-hoach/k/van-ban.txt": "text", "content/tin-tuc/_index.md": "s"})
	for file, want := range map[string]string{
		"content/trang-web.toml": "", "config.toml": "", "": "", "static/a.js": "",
		"content/ke-hoach/k/van-ban.txt": "content/ke-hoach/k", "content/tin-tuc/a/anh/x.jpg": "content/tin-tuc/a", "content/tin-tuc/_index.md": "content/tin-tuc/_index.md", "content/la.html": "content/la.html",
	} {
		h := New(root)
		if unit, err := h.unit(file); err != nil || unit != want {
			t.Errorf("%s: %q (%v), want %q", file, unit, err, want)
		}
		if more := hold(t, h, ruleWrong, file); more != (want != "") {
			t.Errorf("%s: held %v", file, more)
		}
	}
}

// Who names an entry that cannot be read is not at fault.
func TestWhoNamesWhatIsHeldBackIsNot(t *testing.T) {
	reference := *ruleWrong
	reference.Code = "unknown-person"
	root := folder(t, map[string]string{entry: "a", "content/tri-thuc/x/index.md": "x", "content/trang-web.toml": "x"})
	h := New(root)
	at := func(rule *diag.Rule, file string) diag.Finding { return rule.At(diag.Pos{File: file}) }
	more, err := h.Add([]diag.Finding{at(&reference, entry), at(&reference, "content/trang-web.toml"), at(ruleWrong, "content/tri-thuc/x/index.md")})
	if err != nil || !more || len(h.order) != 1 || h.order[0] != "content/tri-thuc/x" {
		t.Errorf("held %q (%v)", h.order, err)
	}
	if more, err := h.Add([]diag.Finding{at(&reference, entry)}); err != nil || !more || len(h.order) != 2 {
		t.Errorf("then held %q (%v)", h.order, err)
	}
}

// What is remembered is what was published, and is read while editors write on.
func TestWhatWasPublishedIsRemembered(t *testing.T) {
	root := folder(t, map[string]string{entry: "old", "content/tin-tuc/b/index.md": "b", "content/tin-tuc/~$b.docx": "lock"})
	if err := remember(New(root)); err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(root, Memory, entry)
	first, err := os.Stat(kept)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, entry), []byte("old"), 0o666); err != nil { // in place, as Notepad writes
		t.Fatal(err)
	}
	later := time.Now().Add(time.Hour)
	if err := errors.Join(os.Chtimes(filepath.Join(root, entry), later, later), os.RemoveAll(filepath.Join(root, "content/tin-tuc/b"))); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(kept); err != nil || string(text) != "old" {
		t.Errorf("%q is remembered (%v)", text, err)
	}
	if err := remember(New(root)); err != nil {
		t.Fatal(err)
	}
	if second, err := os.Stat(kept); err != nil || second.ModTime().Equal(first.ModTime()) {
		t.Errorf("a file of another time was not looked at (%v)", err)
	} else if !os.SameFile(first, second) {
		t.Error("what has another time alone is written again")
	}
	if _, err := os.Stat(filepath.Join(root, Memory, "content/tin-tuc/b/index.md")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is gone is remembered (%v)", err)
	}
	if _, err := os.Stat(filepath.Join(root, Memory, "content/tin-tuc/~$b.docx")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("another program's file is remembered (%v)", err)
	}
	put(t, root, entry, "wrong")
	h := New(root)
	hold(t, h, ruleWrong, entry)
	if _, err := os.Stat(filepath.Join(root, content.Copy, entry)); err != nil {
		t.Error(err)
	}
	if err := remember(h); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(kept); err != nil || string(text) != "old" {
		t.Errorf("%q is remembered after holding back (%v)", text, err)
	}
}

var ruleLater = diag.NewRule("test-later", diag.Notice, diag.Text{VI: "hẹn", EN: "later"}, diag.Text{})

// TestWhatIsToAppearLaterStays leaves an entry without an error as it was published, with its
// own reason, until an error says otherwise.
func TestWhatIsToAppearLaterStays(t *testing.T) {
	root := folder(t, map[string]string{entry: "old", "content/tin-tuc/b/index.md": "b"})
	if err := remember(New(root)); err != nil {
		t.Fatal(err)
	}
	put(t, root, entry, "new")
	later := ruleLater.At(diag.Pos{File: entry})
	h := New(root)
	if err := errors.Join(h.Stay(entry, later), h.Stay("content/trang-web.toml", later), h.Write()); err != nil {
		t.Fatal(err)
	}
	if held(t, h, entry) != "old" || held(t, h, "content/tin-tuc/b/index.md") != "b" {
		t.Errorf("it is %q", held(t, h, entry))
	}
	if got := h.Findings(nil); len(got) != 1 || got[0].Code != "test-later" {
		t.Errorf("%v", got)
	}
	if !hold(t, h, ruleWrong, entry) || strings.Contains(held(t, h, entry), "old") {
		t.Errorf("as it was published it has an error, and stays: %q", held(t, h, entry))
	}
	if got := h.Findings(nil); len(got) != 1 || got[0].Code != "held-off" {
		t.Errorf("%v", got)
	}
	h = New(root) // what has an error of its own is held back for that
	hold(t, h, ruleWrong, entry)
	if err := h.Stay(entry, later); err != nil || h.Findings(nil)[0].Code != "held-as-published" || held(t, h, entry) != "old" {
		t.Errorf("%v (%v)", h.Findings(nil), err)
	}
}

// TestWhatGoesWhileASiteIsBuiltIsForgottenByTheNext removes a file, and changes another,
// between noting and remembering.
func TestWhatGoesWhileASiteIsBuiltIsForgottenByTheNext(t *testing.T) {
	root := folder(t, map[string]string{"content/a/index.md": "a", "content/b/index.md": "b"})
	if err := remember(New(root)); err != nil {
		t.Fatal(err)
	}
	put(t, root, "content/a/index.md", "a, changed")
	put(t, root, "content/b/index.md", "b, changed")
	c, err := New(root).Note()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(root, "content/a")); err != nil {
		t.Fatal(err)
	}
	if err := c.Remember(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []map[string]string{{"a": "a", "b": "b, changed"}, {"a": "", "b": "b, changed"}} {
		for name, text := range want {
			got, err := os.ReadFile(filepath.Join(root, Memory, "content", name, "index.md"))
			if string(got) != text || errors.Is(err, fs.ErrNotExist) != (text == "") {
				t.Errorf("%s is remembered as %q (%v), want %q", name, got, err, text)
			}
		}
		if err := remember(New(root)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWhatIsNotPublishedIsForgotten holds that of what was noted of a site nothing stays
// unless it is remembered.
func TestWhatIsNotPublishedIsForgotten(t *testing.T) {
	root := folder(t, map[string]string{"content/a/index.md": "a"})
	c, err := New(root).Note()
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(root, aside, "published")
	if _, err := os.Stat(filepath.Join(copied, "content", "a", "index.md")); err != nil {
		t.Error(err)
	}
	if err := c.Forget(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(copied); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the copy stays: %v", err)
	}
	if c, err = New(root).Note(); err == nil {
		err = errors.Join(c.Remember(), c.Forget())
	}
	if err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(filepath.Join(root, Memory, "content", "a", "index.md")); string(text) != "a" {
		t.Errorf("%q is remembered (%v)", text, err)
	}
}
