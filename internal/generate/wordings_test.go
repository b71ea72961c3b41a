package generate

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/spf13/afero"

	"lienhiep/internal/form"
)

// invented is the text of an invented plan.
func invented(body string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("Số 1-KH/TU\nMẫu, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\nthử\n-----\nNhư sau:\n" + body + "\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn A\n")}
}

// amended is the small site with an invented plan that was amended in 2022 and is
// to be again in 2099.
func amended(t *testing.T) fstest.MapFS {
	fsys := site(t)
	fsys["content/ke-hoach/1-kh-tu/van-ban.txt"] = invented("1. Mở hội thi sáng tạo hằng năm.\n2. Tôn vinh trí thức tiêu biểu.\n3. Mở lớp tập huấn cho hội viên.")
	fsys["content/ke-hoach/1-kh-tu/ban-2022.txt"] = invented("1. Mở hội thi sáng tạo hai năm một lần.\n2. Tôn vinh trí thức tiêu biểu.")
	fsys["content/ke-hoach/1-kh-tu/mai-sau.txt"] = invented("1. Chỉ còn một việc.")
	fsys["content/ke-hoach/1-kh-tu/_index.md"] = &fstest.MapFile{Data: []byte(`---
title: Kế hoạch thử
versions:
  - {date: 2022-01-01, file: ban-2022.txt, decision: "Quyết định số 1-QĐ/TU", text: Sửa một việc., sources: [{title: N, url: "https://example.org/"}]}
  - {date: 2099-01-01, file: mai-sau.txt, decision: "Quyết định số 2-QĐ/TU"}
---
`)}
	fsys["content/tin-tuc/ba/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Ba\ndescription: x\ndate: 2021-05-01\nevent: 2021-05\nplan: [1-kh-tu/3]" + source)}
	return fsys
}

func TestEveryWordingIsWrittenInAllForms(t *testing.T) {
	out := afero.NewMemMapFs()
	run(t, out, amended(t))
	for _, folder := range []string{"15-kh-tu/", "1-kh-tu/", "1-kh-tu/ban-2021-02-01/"} {
		id, _, _ := strings.Cut(folder, "/")
		for _, f := range form.Forms {
			if ok, _ := afero.Exists(out, "static/ke-hoach/"+folder+id+"."+f.Ext); !ok {
				t.Errorf("no %s%s.%s", folder, id, f.Ext)
			}
		}
	}
	for _, name := range []string{"ke-hoach/15-kh-tu/van-ban.txt", "ke-hoach/1-kh-tu/van-ban.txt", "ke-hoach/1-kh-tu/ban-2022.txt", "luoc-do/van-ban-1.json"} {
		if ok, _ := afero.Exists(out, "static/"+name); !ok {
			t.Errorf("no %s", name)
		}
	}
	if ok, _ := afero.Exists(out, "static/ke-hoach/1-kh-tu/mai-sau.txt"); ok {
		t.Error("a version that is still to come is told of")
	}
	md, err := afero.ReadFile(out, "static/ke-hoach/1-kh-tu/ban-2021-02-01/1-kh-tu.md")
	if err != nil || !strings.Contains(string(md), `url: "https://a.vn/goc/ke-hoach/1-kh-tu/ban-2021-02-01/"`) || !strings.Contains(string(md), "sáng tạo hằng năm") {
		t.Errorf("the earlier wording: %v\n%s", err, md)
	}
}

func TestAnEarlierWordingIsKept(t *testing.T) {
	out := afero.NewMemMapFs()
	run(t, out, amended(t))
	var now, before planData
	read(t, out, "data/plans/1-kh-tu.json", &now)
	read(t, out, "data/wordings/1-kh-tu/2021-02-01.json", &before)
	if len(now.Versions) != 2 || now.Versions[0].URL != "ke-hoach/1-kh-tu/" || now.Versions[0].Comparison != "ke-hoach/1-kh-tu/so-sanh-2022-01-01/" || now.Versions[1].Since != "2021-02-01" {
		t.Errorf("versions: %+v", now.Versions)
	}
	if now.Replaced.URL != "" || before.Replaced.Decision != "Quyết định số 1-QĐ/TU" || before.Replaced.URL != "ke-hoach/1-kh-tu/" {
		t.Errorf("replaced: %+v, %+v", now.Replaced, before.Replaced)
	}
	// A provision leads to its own page where it has one: of the wording in force, and
	// of the last that had it.
	for _, test := range []struct{ what, got, want string }{
		{"in force", now.Index["1"].URL, "ke-hoach/1-kh-tu/1/"},
		{"before", before.Index["1"].URL, "ke-hoach/1-kh-tu/ban-2021-02-01/#1"},
		{"dropped", before.Index["3"].URL, "ke-hoach/1-kh-tu/3/"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %s, want %s", test.what, test.got, test.want)
		}
	}
	if before.Index["3"].Deeds != 1 || before.Index["1"].Deeds != 0 {
		t.Error("deeds stand where the provision last did")
	}
	var page map[string]any
	read(t, out, "content/plan/1-kh-tu/3/_index.md", &page)
	if page["wording"] != "2021-02-01" || page["title"] != "3 · Mở lớp tập huấn cho hội viên. – Kế hoạch 1-KH/TU (không còn từ ngày 1/1/2022)" {
		t.Errorf("the dropped provision's page: %v", page)
	}
	read(t, out, "content/ke-hoach/1-kh-tu/ban-2021-02-01/index.md", &page)
	if page["url"] != "/ke-hoach/1-kh-tu/ban-2021-02-01/" {
		t.Errorf("the wording's page: %v", page)
	}
}

func TestWhatChangedIsSaidClauseByClause(t *testing.T) {
	out := afero.NewMemMapFs()
	run(t, out, amended(t))
	var d comparisonData
	read(t, out, "data/comparisons/1-kh-tu/2022-01-01.json", &d)
	if d.Counts["changed"] != 1 || d.Counts["dropped"] != 1 || len(d.Changes) != 2 {
		t.Fatalf("%+v", d)
	}
	if c := d.Changes[0]; c.To.URL != "ke-hoach/1-kh-tu/#1" || c.From.URL != "ke-hoach/1-kh-tu/ban-2021-02-01/#1" || c.To.Short != "1" {
		t.Errorf("%+v %+v", c.From, c.To)
	}
}

// TestAPlanReplacedWhole is told in all of its words, however many.
func TestAPlanReplacedWhole(t *testing.T) {
	out := afero.NewMemMapFs()
	fsys := amended(t)
	var old, later strings.Builder
	for i := range 40 {
		old.WriteString("- " + strings.Repeat(string(rune('a'+i%26))+"ăng cường ", 60) + ".\n")
		later.WriteString("- " + strings.Repeat(string(rune('a'+i%26))+"uán triệt ", 60) + ".\n")
	}
	fsys["content/ke-hoach/1-kh-tu/van-ban.txt"] = invented(strings.TrimSpace(old.String()))
	fsys["content/ke-hoach/1-kh-tu/ban-2022.txt"] = invented(strings.TrimSpace(later.String()))
	run(t, out, fsys)
	var d comparisonData
	read(t, out, "data/comparisons/1-kh-tu/2022-01-01.json", &d)
	words := map[string]int{}
	for _, change := range d.Changes {
		for _, p := range change.Words {
			words["cường"] += strings.Count(p.Text, "ăng cường")
			words["triệt"] += strings.Count(p.Text, "uán triệt")
		}
	}
	if words["cường"] != 2400 || words["triệt"] != 2400 {
		t.Errorf("words told: %v, want 2400 of each", words)
	}
}
