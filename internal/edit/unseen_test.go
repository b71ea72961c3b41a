package edit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/ledger"
)

// TestWhatReadersStillSeeIsTold publishes three pages, of which one becomes a draft, one goes
// and one was somebody's who has withdrawn since.
func TestWhatReadersStillSeeIsTold(t *testing.T) {
	o := openDesk(t)
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(o.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const gone, mine, draft = "content/tin-tuc/da-bo/index.md", "content/tri-thuc/mau/index.md", "content/tri-thuc/nguyen-van-a/index.md"
	write(gone, article)
	write(mine, article)
	titles := map[string]string{gone: "Bài đã bỏ", mine: "Người mẫu", draft: "Nguyễn Văn A", "content/tin-tuc/gap-mat/index.md": "Gặp mặt"}
	o.record("Trần Văn Mẫu", "0001", time.Date(2026, 5, 4, 8, 30, 0, 0, saigon), titles)
	for _, name := range []string{gone, mine} {
		if err := os.Remove(filepath.Join(o.dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	l, err := ledger.Open(o.dir)
	if err != nil {
		t.Fatal(err)
	}
	err = l.Forget(func(file string, _ []byte) bool { return strings.Contains(file, "/mau/") })
	if err != nil || l.Close() != nil {
		t.Fatal(err)
	}
	_, page := o.ask("GET", "/", nil, nil)
	from := strings.Index(page, "Đã gỡ ở đây, còn trên mạng")
	if from < 0 {
		t.Fatal("what readers still see is not told")
	}
	for _, want := range []string{"Bài đã bỏ", "Nguyễn Văn A", "Trang của một người đã rút tên"} {
		if !strings.Contains(page[from:], want) {
			t.Errorf("%q is not told", want)
		}
	}
	o.record("Trần Văn Mẫu", "0002", time.Date(2026, 5, 5, 8, 30, 0, 0, saigon), map[string]string{"content/tin-tuc/gap-mat/index.md": "Gặp mặt"})
	if _, page := o.ask("GET", "/", nil, nil); strings.Contains(page, "còn trên mạng") {
		t.Error("it is told after the site was published")
	}
}
