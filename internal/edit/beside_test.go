package edit

import (
	"net/http"
	"strings"
	"testing"
)

// TestAFileThatIsNotUsedGoes throws a file away that lies beside an entry, and has it back;
// what the entry uses stays, and so does all else.
func TestAFileThatIsNotUsedGoes(t *testing.T) {
	o := openDesk(t)
	const entry = "content/tin-tuc/gap-mat/index.md"
	o.put("content/tin-tuc/gap-mat/nham.pdf", "nhầm")
	o.put("content/tin-tuc/gap-mat/dung.pdf", "đúng")
	o.put(entry, strings.Replace(article, "Lời bài.", "Lời bài, [tệp](dung.pdf).", 1))
	before := o.snapshotOf("content")
	for _, name := range append([]string{"dung.pdf", "index.md", "khong-co.pdf", "../gap-mat/nham.pdf", "/etc/passwd", "..", ""}, hostileNames...) {
		if status, text := o.ask("POST", "/bo-tep", map[string]string{"file": entry, "name": name}, nil); status < 400 || status >= 500 {
			t.Errorf("%q: %d %s", name, status, text)
		}
		if status, text := o.ask("POST", "/bo-tep", map[string]string{"file": name, "name": "nham.pdf"}, nil); status < 400 || status >= 500 {
			t.Errorf("beside %q: %d %s", name, status, text)
		}
	}
	if o.snapshotOf("content") != before {
		t.Fatal("the content has changed")
	}
	a := o.act("/bo-tep", map[string]string{"file": entry, "name": "nham.pdf"})
	if now := o.snapshotOf("content"); strings.Contains(now, "nham.pdf") || !strings.Contains(now, "dung.pdf") {
		t.Errorf("left:\n%s", now)
	}
	o.act("/hoan-tac", map[string]string{"id": a.Undo})
	if o.snapshotOf("content") != before {
		t.Error("it is not back as it was")
	}
}

// TestAnOldDocumentIsToBeSavedAnew says of a file of a kind that is not published what to do.
func TestAnOldDocumentIsToBeSavedAnew(t *testing.T) {
	o := openDesk(t)
	status, text := o.ask("POST", "/tep?bai=content/tin-tuc/gap-mat/index.md&ten=mau.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 600), func(r *http.Request) { r.Header.Set("Content-Type", "application/octet-stream") })
	if status != http.StatusBadRequest || !strings.Contains(text, ".docx") || strings.Contains(text, ".vtt") {
		t.Errorf("%d %s", status, text)
	}
}
