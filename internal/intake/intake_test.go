package intake

import (
	"strings"
	"testing"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/office"
	"lienhiep/internal/plan"
)

var today = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// TestArticleHasWhatItsKindHas holds that an entry of any kind takes of an article what the kind
// has a field for.
func TestArticleHasWhatItsKindHas(t *testing.T) {
	a := office.Article{Title: "Bài mẫu", Markdown: "Lời mẫu.\n", Author: "Trần Văn Mẫu", Head: &office.Letterhead{Number: "12/BC-LHH", Date: "2026-01-02", Type: "Báo cáo"}}
	for _, k := range catalog.Kinds() {
		e, findings := Article(k, "Bài mẫu", a, today)
		if findings != nil || !strings.HasSuffix(e.Text, "\nLời mẫu.\n") || !strings.Contains(e.Text, "draft: true\n") {
			t.Errorf("%s: %v\n%s", k, findings, e.Text)
		}
		has := false
		for _, f := range catalog.Schema(k) {
			has = has || f.Key == "author"
		}
		if strings.Contains(e.Text, "Trần Văn Mẫu") != has {
			t.Errorf("%s has an author: %v\n%s", k, has, e.Text)
		}
	}
	e, _ := Article(catalog.KindArticle, "Bài mẫu", a, today)
	for _, want := range []string{"date: 2026-01-02\n", "title: \"Báo cáo số 12/BC-LHH\"\n"} {
		if !strings.Contains(e.Text, want) {
			t.Errorf("it lacks %q:\n%s", want, e.Text)
		}
	}
}

func TestCalled(t *testing.T) {
	for want, d := range map[string]*plan.Document{
		"Quyết định số 812-QĐ/TU về việc mẫu": {Type: "Quyết định", Number: "812-QĐ/TU", Title: "về việc mẫu"},
		"Văn bản số 5/X":                      {Number: "5/X"},
		"Quy chế mẫu":                         {Type: "Quy chế", Title: "mẫu"},
		"":                                    {Title: "một dòng bất kỳ"},
	} {
		if got := Called(d); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestTitle holds that an article without a title is called as its file is.
func TestTitle(t *testing.T) {
	for want, a := range map[string]office.Article{"Lễ mẫu": {Title: "Lễ mẫu"}, "Gặp mặt": {}, "…": {Title: strings.Repeat("a", 600)}} {
		if got := Title("D:/Gặp mặt.docx", a); got != want && !(strings.HasSuffix(got, want) && len([]rune(got)) == maxTitle+1) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestPlanKeepsItsOwnLabels holds that of short labels those are written that the document has
// provisions for.
func TestPlanKeepsItsOwnLabels(t *testing.T) {
	d := &plan.Document{Type: "Kế hoạch", Number: "5-KH/TU", Date: "2026-01-02", Provisions: []*plan.Provision{{ID: "i"}, {ID: "ii"}}}
	e, findings := Plan(d, PlanTitle(d), map[string]string{"i": " Mục  đích ", "ii": "", "iii": "Không có"})
	if findings != nil || e.File != "content/ke-hoach/5-kh-tu/_index.md" || !strings.Contains(e.Text, "short:\n  i: \"Mục đích\"\n") || strings.Contains(e.Text, "Không có") {
		t.Errorf("%v %s\n%s", findings, e.File, e.Text)
	}
}
