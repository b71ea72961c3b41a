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
	"time"

	"lienhiep/internal/catalog"
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

// TestTakingOutOfTheTrashIsUndone: it lies there again, and what leads to it leads there no more.
func TestTakingOutOfTheTrashIsUndone(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	var answer struct{ ID, Undo string }
	_, text := o.ask("POST", "/xoa", map[string]string{"file": name, "opened": hash([]byte(article))}, nil)
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		t.Fatal(text)
	}
	gone := o.snapshotOf("content")
	for range 2 { // with the act that threw it away, and without
		_, text = o.ask("POST", "/lay-lai", map[string]string{"id": answer.ID}, nil)
		if err := json.Unmarshal([]byte(text), &answer); err != nil || o.read(name) != article {
			t.Fatal(text)
		}
		if status, text := o.ask("POST", "/hoan-tac", map[string]string{"id": answer.Undo}, nil); status != http.StatusOK || o.snapshotOf("content") != gone {
			t.Errorf("%d %s", status, text)
		}
		all, err := o.history.Trashed()
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		answer.ID = all[0].ID
	}
}

// TestADroppedDraftIsHadBack undoes the press that drops what was being written.
func TestADroppedDraftIsHadBack(t *testing.T) {
	o := openDesk(t)
	o.ask("POST", "/nhap", written{File: "content/tin-tuc/gap-mat/index.md", Tab: "a1", Fields: map[string]any{"title": "Đang viết thế này"}}, nil)
	before := o.snapshotOf(draftFolder)
	var answer struct{ Undo string }
	_, text := o.ask("POST", "/bo-nhap", map[string]string{"file": "content/tin-tuc/gap-mat/index.md", "tab": "a1"}, nil)
	if err := json.Unmarshal([]byte(text), &answer); err != nil || o.snapshotOf(draftFolder) == before {
		t.Fatal(text)
	}
	if status, text := o.ask("POST", "/hoan-tac", map[string]string{"id": answer.Undo}, nil); status != http.StatusOK || !strings.Contains(text, "?ban=a1") || o.snapshotOf(draftFolder) != before {
		t.Errorf("%d %s", status, text)
	}
}

// TestVersionsAreToldInPlainWords: what stood there before the desk changed it was changed by
// nobody, what another program wrote is told as such, and what was begun at the desk as well.
func TestVersionsAreToldInPlainWords(t *testing.T) {
	o := openDesk(t)
	const name = "content/tin-tuc/gap-mat/index.md"
	o.save(name, hash([]byte(article)), "Lần một")
	o.put(name, strings.Replace(o.read(name), "Lần một", "Bằng Notepad", 1))
	o.save(name, hash([]byte(o.read(name))), "Lần hai")
	_, page := o.ask("GET", "/lich-su/tin-tuc/gap-mat/index.md", nil, nil)
	var told []string
	for _, m := range regexp.MustCompile(`<section class="version"><h2>(\S+) \d.*</h2>\n<p>(.*?)</p>`).FindAllStringSubmatch(page, -1) {
		told = append(told, m[1]+" "+m[2])
	}
	want := []string{`^\d\d:\d\d Lưu · .+, máy .+$`, `^Trước Sửa bằng chương trình khác · không rõ ai$`, `^\d\d:\d\d Lưu · .+$`, `^Trước Bản có từ trước$`}
	if len(told) != len(want) {
		t.Fatalf("%q", told)
	}
	for i, one := range told {
		if !regexp.MustCompile(want[i]).MatchString(one) {
			t.Errorf("%q, want %s", one, want[i])
		}
	}
	_, text := o.ask("POST", "/moi", map[string]string{"section": "tin-tuc", "title": "Bài mẫu mới"}, nil)
	if !strings.Contains(text, "bai-mau-moi") {
		t.Fatal(text)
	}
	if _, page := o.ask("GET", "/lich-su/tin-tuc/bai-mau-moi/index.md", nil, nil); !strings.Contains(page, "<p>Viết mới · ") {
		t.Error(page[strings.Index(page, "<main"):])
	}
}

// TestVersionsAreToldInWords tells what a version changed by the names of what it names, and
// its text as readers have it.
func TestVersionsAreToldInWords(t *testing.T) {
	c, _, err := catalog.Load(os.DirFS("../.."), catalog.Options{Now: time.Now(), Zone: saigon})
	if err != nil {
		t.Fatal(err)
	}
	person := c.People[0]
	f := former{catalog: c, zone: saigon, names: map[string]map[string]string{}}
	was := "---\ntitle: A\n---\n\nXem **lời** này.\n"
	is := "---\ntitle: A\nplan: [15-kh-tu/ii-1-2]\npeople: [" + person.ID + "]\nevent-of: " + c.Events()[0].Place() + "\nscope: national\n---\n\nXem [trang](/tin-tuc/) này, ![Tòa nhà](nha.jpg), 5\\*3.\n\n{{< dieu-khoan \"15-kh-tu/ii-1-2\" >}}\n\n- một\n"
	said := ""
	for _, one := range f.changedIn("content/tin-tuc/a/index.md", []byte(was), []byte(is)) {
		said += one.Label + ": "
		for _, p := range one.Words {
			said += p.Text + " "
		}
		said += "\n"
	}
	for _, want := range []string{"II.1.2 · ", person.Title, c.Events()[0].Title, "việc chung cả nước", "trang (/tin-tuc/)", "[Ảnh: Tòa nhà, nha.jpg]", "5*3", "[Trích điều khoản: II.1.2"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said:\n%s", want, said)
		}
	}
	for _, sign := range []string{"15-kh-tu", person.ID, "**", "](", "{{", "\\*"} {
		if strings.Contains(said, sign) {
			t.Errorf("%q is said:\n%s", sign, said)
		}
	}
	alone := f.changedIn("content/tin-tuc/a/index.md", []byte(was), []byte(strings.Replace(was, "**", "*", 2)))
	if len(alone) != 1 || len(alone[0].Words) != 1 || !strings.Contains(alone[0].Words[0].Text, "không đổi chữ nào") {
		t.Errorf("%+v", alone)
	}
}
