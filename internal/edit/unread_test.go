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
	if _, page := o.ask("GET", "/soan/tin-tuc/hong/index.md", nil, nil); !strings.Contains(page, "Lấy lại bản đã đăng lần cuối") || strings.Contains(page, "/lich-su/") || strings.Contains(page, "lienhiep new") {
		t.Errorf("there is no way out, or one that leads nowhere:\n%s", page)
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
	if _, page := o.ask("GET", "/soan/tin-tuc/hong/index.md", nil, nil); !strings.Contains(page, "/lich-su/tin-tuc/hong/index.md") {
		t.Error("the versions that there are by now are not offered")
	}
	if err := os.RemoveAll(filepath.Join(o.dir, ".lienhiep", "ledger")); err != nil {
		t.Fatal(err)
	}
	if status, _ := o.ask("POST", "/lay-ban-dang", body, nil); status != 404 {
		t.Errorf("what nobody saw: %d", status)
	}
}

// TestOldLettersStayAsTheyAre leaves an entry alone that is no UTF-8, most often of the years
// before Unicode: whatever were saved of it would not be what it held.
func TestOldLettersStayAsTheyAre(t *testing.T) {
	o := openDesk(t)
	const file = "content/tin-tuc/cu/index.md"
	const old = "---\ntitle: Bai cu\n---\n\nTr\xad\xeang \xae\xb9i h\xe4c.\n"
	o.put(file, old)
	if status, page := o.ask("GET", "/soan/tin-tuc/cu/index.md", nil, nil); status != 200 || strings.Contains(page, `id="entry"`) || !strings.Contains(page, "TCVN3") || !strings.Contains(page, "Bai cu") {
		t.Errorf("%d: it is opened as a form:\n%s", status, page)
	}
	if status, text := o.save(file, hash([]byte(old)), "Tên mới"); status == 200 || o.read(file) != old {
		t.Errorf("%d %s: it holds %q", status, text, o.read(file))
	}
}

// TestABrokenTableHasAWayBack offers the versions of the site's facts where there are any.
func TestABrokenTableHasAWayBack(t *testing.T) {
	o := openDesk(t)
	const file = "content/trang-web.toml"
	const good = "name = \"Trang mẫu\"\n"
	o.put(file, "name = Trang\n")
	if status, page := o.ask("GET", "/trang-web/chung", nil, nil); status != 200 || strings.Contains(page, "/lich-su/") || !strings.Contains(page, "Chi tiết") {
		t.Errorf("%d: versions are offered that nobody kept:\n%s", status, page)
	}
	o.put(file, good)
	status, text := o.ask("POST", "/trang-web", map[string]any{"file": "/trang-web/chung", "tab": "a", "was": map[string]any{"tagline": ""}, "fields": map[string]any{"tagline": "Câu mới"}}, nil)
	if status != 200 {
		t.Fatal(status, text)
	}
	o.put(file, "name = Trang\n")
	if _, page := o.ask("GET", "/trang-web/chung", nil, nil); !strings.Contains(page, "/lich-su/trang-web.toml") {
		t.Errorf("there is no way back:\n%s", page)
	}
	if status, page := o.ask("GET", "/lich-su/trang-web.toml", nil, nil); status != 200 || !strings.Contains(page, "restore") {
		t.Errorf("%d: it leads nowhere:\n%s", status, page)
	}
}
