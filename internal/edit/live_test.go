package edit

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/preview"
)

var ruleInAnotherTongue = diag.NewRule("edit-test", diag.Error, diag.Text{VI: "Ở đây có chỗ chưa dựng được.", EN: "This cannot be built."}, diag.Text{})

// TestTheLivePageSpeaksAsTheFormDoes holds what the live page says of findings: titles and
// labels, with the way to the field, and no path or key; and what the pane beside a form
// is told.
func TestTheLivePageSpeaksAsTheFormDoes(t *testing.T) {
	d := openDesk(t)
	broken := filepath.Join(d.dir, "content", "tin-tuc", "hong")
	if err := errors.Join(os.Mkdir(broken, 0o777), os.WriteFile(filepath.Join(broken, "index.md"), []byte("---\ntitle: \"Bài hỏng\ndate: [\n---\n"), 0o666)); err != nil {
		t.Fatal(err)
	}
	title := titleIn([]byte(article))
	at := func(file string, line int) preview.Fault {
		return d.Tell(ruleInAnotherTongue.At(diag.Pos{File: file, Line: line}).WithDetails("execute of template failed"))
	}
	for file, want := range map[string]preview.Fault{
		"content/tin-tuc/gap-mat/index.md":      {Where: title, Door: "/soan/tin-tuc/gap-mat/index.md?cho=title&chu="},
		"content/tin-tuc/hong/index.md":         {Where: "Bài hỏng", Door: "/soan/tin-tuc/hong/index.md?cho=body&chu=date%3A+%5B"},
		"content/tin-tuc/gap-mat/anh.jpg":       {Where: title + " · anh.jpg", Door: "/soan/tin-tuc/gap-mat/index.md?cho=&chu="},
		"content/ke-hoach/15-kh-tu/van-ban.txt": {Where: "Kế hoạch · van-ban.txt", Door: "/soan/ke-hoach/15-kh-tu/_index.md?cho=&chu="},
		"content/trang-web.toml":                {Where: siteName, Door: "/trang-web/chung?cho=&chu="},
		"layouts/page.html":                     {Where: "Giao diện của trang"},
		"config.toml":                           {Where: "Cấu hình của trang"},
		"":                                      {Where: "Cả trang"},
	} {
		got := at(file, 3)
		if got.Where != want.Where || strings.TrimPrefix(got.Door, d.Guard.Origin) != want.Door || got.Message != "Ở đây có chỗ chưa dựng được." || got.Details != "execute of template failed" {
			t.Errorf("%s: %+v, want %+v", file, got, want)
		}
	}
	pane := func() (answer struct {
		Failed bool
		Faults []preview.Fault
	}) {
		if status, text := d.ask("GET", "/viec/hien?trang=", nil, nil); status != 200 || json.Unmarshal([]byte(text), &answer) != nil {
			t.Fatal(status, text)
		}
		return answer
	}
	d.Preview.Fail([]preview.Fault{at("content/tin-tuc/hong/index.md", 3)})
	if got := pane(); !got.Failed || len(got.Faults) != 1 || got.Faults[0].Where != "Bài hỏng" || got.Faults[0].Door != "/soan/tin-tuc/hong/index.md?cho=body&chu=date%3A+%5B" {
		t.Errorf("nothing can be shown: %+v", got)
	}
	held := at("content/tin-tuc/hong/index.md", 3)
	held.Stands = "Sửa xong mới xem được bài này."
	if err := d.Preview.Show(t.TempDir(), []preview.Fault{held, at("content/tin-tuc/gap-mat/index.md", 3)}); err != nil {
		t.Fatal(err)
	}
	go d.Preview.Fail(nil) // or it would be waited for
	if got := pane(); len(got.Faults) > 1 {
		t.Errorf("what is shown as it is is told beside every form: %+v", got)
	}
}
