package edit

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestNothingIsFinal saves twice, has the first version back, throws the entry away with its
// picture, and has it back.
func TestNothingIsFinal(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	picture := filepath.Join(o.dir, "content", "tin-tuc", "gap-mat", "anh.png")
	if err := os.WriteFile(picture, []byte("ảnh"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"Lần một", "Lần hai"} {
		if status, text := o.save(name, hash([]byte(o.read(name))), title); status != 200 {
			t.Fatal(status, text)
		}
	}
	status, page := o.ask("GET", "/lich-su/tin-tuc/gap-mat/index.md", nil, nil)
	ids := regexp.MustCompile(`data-id="([^"]+)"`).FindAllStringSubmatch(page, -1)
	if status != 200 || len(ids) != 2 || !strings.Contains(page, "một") || strings.Count(page, "bản hiện nay") != 1 {
		t.Fatalf("%d, %d versions to have back\n%s", status, len(ids), page)
	}
	if status, text := o.ask("POST", "/khoi-phuc", map[string]string{"file": name, "id": ids[1][1]}, nil); status != 200 || o.read(name) != article {
		t.Errorf("%d %s\n%s", status, text, o.read(name))
	}
	if status, _ := o.ask("POST", "/khoi-phuc", map[string]string{"file": name, "id": ids[0][1]}, nil); status != 200 || !strings.Contains(o.read(name), "Lần một") {
		t.Error("what was restored over is not kept")
	}
	before := o.snapshotOf("content")
	if status, _ := o.ask("POST", "/xoa", map[string]string{"file": name, "opened": hash([]byte(article))}, nil); status != http.StatusConflict {
		t.Errorf("thrown away though it is another: %d", status)
	}
	for _, stays := range []string{"content/ke-hoach/15-kh-tu/_index.md", "content/ke-hoach/15-kh-tu/van-ban.txt", "content/tin-tuc/gap-mat/anh.png", "content"} {
		data, _ := os.ReadFile(filepath.Join(o.dir, filepath.FromSlash(stays)))
		if status, text := o.ask("POST", "/xoa", map[string]string{"file": stays, "opened": hash(data)}, nil); status < 400 || status >= 500 {
			t.Errorf("%s: %d %s", stays, status, text)
		}
	}
	for _, hostile := range hostileNames {
		for address, body := range map[string]map[string]string{"/xoa": {"file": hostile}, "/khoi-phuc": {"file": hostile, "id": ids[0][1]}, "/lay-lai": {"id": hostile}} {
			if status, text := o.ask("POST", address, body, nil); status < 400 || status >= 500 {
				t.Errorf("%s %q: %d %s", address, hostile, status, text)
			}
		}
		if status, text := o.ask("POST", "/khoi-phuc", map[string]string{"file": name, "id": hostile}, nil); status < 400 || status >= 500 {
			t.Errorf("version %q: %d %s", hostile, status, text)
		}
	}
	if o.snapshotOf("content") != before {
		t.Error("the content has changed")
	}
	status, text := o.ask("POST", "/xoa", map[string]string{"file": name, "opened": hash([]byte(o.read(name)))}, nil)
	var answer struct{ ID string }
	if err := json.Unmarshal([]byte(text), &answer); status != 200 || err != nil || answer.ID == "" {
		t.Fatal(status, text)
	}
	if _, err := os.Stat(filepath.Dir(picture)); err == nil {
		t.Error("it is there yet")
	}
	if _, page := o.ask("GET", "/thung-rac/", nil, nil); !strings.Contains(page, "Lần một") || !strings.Contains(page, `data-id="`+answer.ID+`"`) {
		t.Error("the trash does not show it")
	}
	if status, text := o.ask("POST", "/lay-lai", map[string]string{"id": answer.ID}, nil); status != 200 || !strings.Contains(text, "/soan/tin-tuc/gap-mat/index.md") {
		t.Error(status, text)
	}
	if o.snapshotOf("content") != before {
		t.Error("it is not back as it was")
	}
}

// TestNoVersionIsOutOfReach saves more often than a page shows.
func TestNoVersionIsOutOfReach(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	for i := range shownVersions + 2 {
		if status, text := o.save(name, hash([]byte(o.read(name))), fmt.Sprint("Lần ", i)); status != 200 {
			t.Fatal(status, text)
		}
	}
	_, first := o.ask("GET", "/lich-su/tin-tuc/gap-mat/index.md", nil, nil)
	next := regexp.MustCompile(`href="(\?qua=\d+)">Còn (\d+) bản cũ hơn`).FindStringSubmatch(first)
	if next == nil {
		t.Fatal("no way to the older versions")
	}
	status, last := o.ask("GET", "/lich-su/tin-tuc/gap-mat/index.md"+next[1], nil, nil)
	if shown := strings.Count(last, `class="version"`); status != 200 || fmt.Sprint(shown) != next[2] || !strings.Contains(last, "Bản đầu tiên được giữ") || !strings.Contains(last, "Những bản mới hơn") || strings.Contains(last, "bản hiện nay") {
		t.Errorf("%d, %d older versions, told %s\n%s", status, shown, next[2], last)
	}
	for _, wrong := range []string{"-1", "x", "9999"} {
		if status, _ := o.ask("GET", "/lich-su/tin-tuc/gap-mat/index.md?qua="+wrong, nil, nil); status != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, status)
		}
	}
}
