package edit

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/needs"
	"lienhiep/internal/powercut"
)

// TestAFullDiskIsTold saves where there is no room: the editor is told in plain words, all
// stays as it was, and with room it is saved.
func TestAFullDiskIsTold(t *testing.T) {
	needs.Ask(t, needs.PowerCut)
	o := openNewDesk(t, filepath.Join(powercut.New(t, 20).Dir, "trang"))
	const file = "content/tin-tuc/gap-mat/index.md"
	opened := hash([]byte(article))
	ballast := filepath.Join(o.dir, "day")
	f, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	for piece := make([]byte, 1<<20); len(piece) > 0; {
		if _, err := f.Write(piece); err != nil {
			piece = piece[:len(piece)/2]
		}
	}
	_ = f.Close() // it is full, as is wanted
	text := strings.Repeat("Một câu dài. ", 2000)
	body := map[string]any{"file": file, "opened": opened, "tab": "a", "fields": map[string]any{"title": "Mới"}, "text": text}
	for _, address := range []string{"/luu", "/nhap"} {
		status, answer := o.ask("POST", address, body, nil)
		if status != http.StatusInsufficientStorage || !strings.Contains(answer, "đã đầy") {
			t.Errorf("%s: %d %s", address, status, answer)
		}
	}
	if got := o.read(file); got != article {
		t.Errorf("the entry is\n%s", got)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if status, answer := o.ask("POST", "/luu", body, nil); status != http.StatusOK {
		t.Errorf("%d %s", status, answer)
	}
	if got := o.read(file); !strings.Contains(got, "title: 'Mới'") && !strings.Contains(got, `title: "Mới"`) {
		t.Errorf("the entry is\n%.200s", got)
	}
}
