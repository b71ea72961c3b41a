package aloud

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/spf13/afero"

	"lienhiep/internal/growth"
)

// built is a site of one page, and what is read of it.
func built(t *testing.T, page string) [][]string {
	t.Helper()
	site := afero.NewMemMapFs()
	var v Voice
	if err := errors.Join(v.Add("ke-hoach/index.html", []byte(page)), v.Write(site)); err != nil {
		t.Fatal(err)
	}
	data, err := afero.ReadFile(site, "ke-hoach/"+File)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestWhatIsMarkedIsReadSentenceBySentence(t *testing.T) {
	got := built(t, `<html lang=vi><main><p class=aloud data-spoken=/ke-hoach/nghe.json><p>Không đọc.
<article data-aloud><h2>II. NHIỆM VỤ VÀ GIẢI PHÁP</h2><p>Chỉ thị số <a href=/x><span class=unbroken>42-CT/TW</span></a>, ngày
<b>16/4/2010</b>. Câu sau.</p><div data-extra><p>Ghi chú.</p></div><ul><li>Một<li>Hai</ul><button>Chép</button><p data-search=no>Ngoài.</p><p hidden>Ẩn.</p><p>Xuống<br>dòng</p><p>-----</p></article><p>Sau.`)
	want := [][]string{
		{"II. NHIỆM VỤ VÀ GIẢI PHÁP", "Hai. Nhiệm vụ và giải pháp"},
		{"Chỉ thị số 42-CT/TW, ngày 16/4/2010.", "Chỉ thị số bốn mươi hai, Trung ương, ngày mười sáu tháng tư năm hai nghìn không trăm mười."},
		{"Câu sau.", "Câu sau."},
		{"Một", "Một"},
		{"Hai", "Hai"},
		{"Xuống", "Xuống"},
		{"dòng", "dòng"},
	}
	if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("it is read\n%q, want\n%q", got, want)
	}
}

func TestPagesThatDoNotOfferItHaveNoFile(t *testing.T) {
	site := afero.NewMemMapFs()
	var v Voice
	if err := errors.Join(v.Add("index.html", []byte(`<main><p data-aloud>Lời.`)), v.Write(site)); err != nil {
		t.Error(err)
	}
	if _, err := site.Stat(File); err == nil {
		t.Error("it has one")
	}
}

func TestPagesAreReadInLinearTime(t *testing.T) {
	for _, part := range []string{"<p data-aloud>Một câu. ", "<b>", "</p>", "<b></i>", "<div data-aloud>15-KH/TU ", "a. A "} {
		growth.Repeated(t, part, 1<<20, func(page string) { sentencesOf([]byte(page)) })
	}
}
