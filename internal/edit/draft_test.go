package edit

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatIsBeingWrittenIsKept keeps what is written until it is saved or thrown away,
// shows it to whoever opens the entry again, and leaves the entry itself alone.
func TestWhatIsBeingWrittenIsKept(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	seen := hash([]byte(article))
	keep := func(tab, title string) {
		t.Helper()
		if status, text := o.ask("POST", "/nhap", written{File: name, Opened: seen, Tab: tab, Fields: map[string]any{"title": title, "date": "21/11/2026"}, Text: "Lời của " + title + "."}, nil); status != 200 {
			t.Fatal(status, text)
		}
	}
	keep("a", "Viết dở A")
	keep("b", "Viết dở B")
	if o.read(name) != article {
		t.Error("the entry has changed")
	}
	page := func(address string) string {
		t.Helper()
		status, text := o.ask("GET", address, nil, nil)
		if status != 200 {
			t.Fatal(address, status)
		}
		return text
	}
	if text := page("/"); !strings.Contains(text, "Viết dở A") || !strings.Contains(text, "/soan/tin-tuc/gap-mat/index.md?ban=b") {
		t.Error("the first page does not tell of them")
	}
	for address, want := range map[string]string{"": "Viết dở B", "?ban=a": "Viết dở A", "?ban=tep": "Gặp mặt"} {
		if text := page("/soan/tin-tuc/gap-mat/index.md" + address); !strings.Contains(text, ">"+want+"</textarea>") || !strings.Contains(text, `data-opened="`+seen+`"`) {
			t.Errorf("%q does not show %s", address, want)
		}
	}
	if text := page("/soan/tin-tuc/gap-mat/index.md?ban=a"); !strings.Contains(text, "Lời của Viết dở A.") || !strings.Contains(text, `value="21/11/2026"`) || !strings.Contains(text, "?ban=b") {
		t.Error("the draft is not shown whole")
	}
	// Saved: the draft of that tab is gone, the other's is not.
	if status, text := o.save(name, seen, "Đã lưu"); status != 200 {
		t.Fatal(status, text)
	}
	if text := page("/soan/tin-tuc/gap-mat/index.md"); !strings.Contains(text, "Viết dở B") || strings.Contains(text, "?ban=a") {
		t.Error("the other tab's draft is gone, or this one's is not")
	}
	if status, _ := o.ask("POST", "/bo-nhap", map[string]string{"file": name, "tab": "b"}, nil); status != 200 {
		t.Fatal(status)
	}
	if left, err := os.ReadDir(filepath.Join(o.dir, filepath.FromSlash(draftFolder))); err != nil || len(left) > 0 {
		t.Error(left, err)
	}
	// A damaged one is in nobody's way.
	if err := os.WriteFile(filepath.Join(o.dir, filepath.FromSlash(draftName(name, "c"))), []byte("{"), 0o666); err != nil {
		t.Fatal(err)
	}
	page("/")
	if text := page("/soan/tin-tuc/gap-mat/index.md"); !strings.Contains(text, "Đã lưu") {
		t.Error("the entry is not shown")
	}
	if status, _ := o.ask("POST", "/nhap", written{File: name, Tab: "a", Text: strings.Repeat("x", 4*maxEntry)}, nil); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a draft without bounds: %d", status)
	}
}

// TestADraftThatGoesOnTakesThePlaceOfTheOneItShowed goes on in a second tab and a third: what
// was begun first is not offered again, and a save makes an end of all.
func TestADraftThatGoesOnTakesThePlaceOfTheOneItShowed(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	opened := hash([]byte(article))
	before := ""
	for _, tab := range []string{"a1", "b2", "c3"} {
		if status, text := o.ask("POST", "/nhap", written{File: name, Opened: opened, Tab: tab, Restored: before, Fields: map[string]any{"title": "Ở thẻ " + tab}}, nil); status != 200 {
			t.Fatal(text)
		}
		before = tab
		all, err := o.draftsOf(name)
		if err != nil || len(all) != 1 || all[0].Tab != tab {
			t.Fatalf("in tab %s: %+v (%v)", tab, all, err)
		}
	}
}
