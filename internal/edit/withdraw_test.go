package edit

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"lienhiep/internal/diag"
)

var (
	ruleNamedInTest = diag.NewRule("still-named", diag.Warning, diag.Text{VI: "Ở đây vẫn nêu “%[1]s”.", EN: "“%[1]s” is named here."}, diag.Text{})
	ruleTiedInTest  = diag.NewRule("still-tied", diag.Warning, diag.Text{VI: "Chỗ này gắn với người đó.", EN: "This is tied to the person."}, diag.Text{})
)

// TestWhereSomebodyIsStillNamed holds that the places are told page by page, by the names of
// the form, with the words around the name as readers have them, of the text as it will be.
func TestWhereSomebodyIsStillNamed(t *testing.T) {
	d := openDesk(t)
	const one, two = "content/tin-tuc/mot/index.md", "content/tin-tuc/hai/index.md"
	head := "---\ntitle: \"Bài của Trần Văn Mẫu\"\n"
	long := "Một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm sáu bảy tám chín mười **Trần Văn Mẫu**, rồi thôi.\n"
	for file, text := range map[string]string{one: head + "people:\n  - tran-van-mau\n---\n" + long, two: "---\ntitle: Hai\npeople: [tran-van-mau]\nsources: [{title: Lời của Trần Văn Mẫu, url: \"https://bao.example/\"}]\n---\nLời.\n"} {
		if err := errors.Join(os.MkdirAll(filepath.Join(d.dir, filepath.Dir(file)), 0o777), os.WriteFile(filepath.Join(d.dir, file), []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	named := func(file string, line int) diag.Finding {
		return ruleNamedInTest.At(diag.Pos{File: file, Line: line}, "Trần Văn Mẫu")
	}
	// The reference goes, so the text stands two lines above.
	got := d.namings(&Leaving{After: map[string][]byte{one: []byte(head + "---\n" + long)}, Look: []diag.Finding{named(one, 2), named(one, 4), named(one, 4), ruleTiedInTest.At(diag.Pos{File: two, Line: 3}, "tran-van-mau"), named(two, 4)}})
	for i := range got {
		for j := range got[i].Places {
			got[i].Places[j].Door = ""
		}
	}
	want := []namingPage{
		{"Bài của Trần Văn Mẫu", "/soan/tin-tuc/mot/index.md", one, []naming{
			{Severity: "warning", Where: "Tiêu đề", Before: "Bài của ", Name: "Trần Văn Mẫu"},
			{Severity: "warning", Where: "Lời bài", Before: "… bốn năm sáu bảy tám chín mười một hai ba bốn năm sáu bảy tám chín mười ", Name: "Trần Văn Mẫu", After: ", rồi thôi."},
		}},
		{"Hai", "/soan/tin-tuc/hai/index.md", two, []naming{{Severity: "warning", Where: "Nhân vật", Message: "Chỗ này gắn với người đó."}, {Severity: "warning", Where: "Nguồn", Before: "sources: [{title: Lời của ", Name: "Trần Văn Mẫu", After: ", url: \"https://bao.example/\"}]"}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}
