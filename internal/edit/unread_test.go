package edit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/ledger"
)

// TestWhatCannotBeReadIsThere lists an entry that another program has broken, and has back
// what readers saw of it.
func TestWhatCannotBeReadIsThere(t *testing.T) {
	o := openDesk(t)
	const file = "content/tin-tuc/hong/index.md"
	const good, broken = "---\ntitle: Bài lành\ndate: 2026-01-01\n---\n\nLời.\n", "---\ntitle: \"Bài hỏng\"\nsources: [\n---\n\nLời.\n"
	o.put(file, good)
	l, err := ledger.Open(o.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s, err := ledger.Take(os.DirFS(o.dir), []ledger.Page{{File: file, URL: "/tin-tuc/hong/", Title: "Bài lành"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Record("web", ledger.Deploy{Time: time.Now(), Who: "Mẫu"}, s); err != nil {
		t.Fatal(err)
	}
	o.put(file, broken)
	for _, address := range []string{"/", "/bai/", "/bai/tin-tuc/"} {
		if _, page := o.ask("GET", address, nil, nil); !strings.Contains(page, "Bài hỏng") || !strings.Contains(page, "1 lỗi") {
			t.Errorf("%s does not tell of it:\n%s", address, page)
		}
	}
	if _, page := o.ask("GET", "/bai/tri-thuc/", nil, nil); strings.Contains(page, "Bài hỏng") {
		t.Error("it stands in another list")
	}
	if _, page := o.ask("GET", "/soan/tin-tuc/hong/index.md", nil, nil); !strings.Contains(page, "Lấy lại bản đã đăng lần cuối") || !strings.Contains(page, "/lich-su/tin-tuc/hong/index.md") {
		t.Errorf("there is no way out:\n%s", page)
	}
	body := map[string]string{"file": file, "opened": hash([]byte(good))}
	if status, _ := o.ask("POST", "/lay-ban-dang", body, nil); status != 409 || o.read(file) != broken {
		t.Error("another version was written over")
	}
	body["opened"] = hash([]byte(broken))
	a := o.act("/lay-ban-dang", body)
	if o.read(file) != good {
		t.Errorf("it holds\n%s", o.read(file))
	}
	o.act("/hoan-tac", map[string]string{"id": a.Undo})
	if o.read(file) != broken {
		t.Error("that is not undone")
	}
	if err := os.RemoveAll(filepath.Join(o.dir, ".lienhiep", "ledger")); err != nil {
		t.Fatal(err)
	}
	if status, _ := o.ask("POST", "/lay-ban-dang", body, nil); status != 404 {
		t.Errorf("what nobody saw: %d", status)
	}
}
