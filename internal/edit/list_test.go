package edit

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// manyEntries writes n articles.
func (o open) manyEntries(n int) {
	for i := range n {
		o.entryOf(fmt.Sprintf("tin-tuc/bai-%05d/index.md", i), fmt.Sprintf("title: Bài mẫu số %d về phong trào sáng tạo\ndate: 2025-01-%02d\ndescription: Tóm tắt của bài mẫu, dài chừng một dòng như các bài thường có.\nsources: [{title: A, url: 'https://a.vn/'}]\n", i, 1+i%28))
	}
}

// TestManyEntriesCostLittle measures the first page and the lists beside the reading of the
// content, which they need: the desk itself adds little, a list that is open answers without
// it, and none sends more than a part.
func TestManyEntriesCostLittle(t *testing.T) {
	o := openDesk(t)
	o.manyEntries(400)
	for address, most := range map[string]float64{"/": 3, "/bai/": 3, "/go/": 3, "/bai/?tu=0&chu=" + url.QueryEscape("sáng tạo 399"): 0.5} {
		least := 0.0 // of five: others may be at work on the machine
		for range 5 {
			began := time.Now()
			if _, _, err := o.Site.Load(); err != nil {
				t.Fatal(err)
			}
			read := time.Since(began)
			status, page := o.ask("GET", address, nil, nil)
			if ratio := float64(time.Since(began)-read) / float64(read); least == 0 || ratio < least {
				least = ratio
			}
			if status != http.StatusOK || len(page) > 100<<10 {
				t.Fatalf("%s: %d, %d bytes", address, status, len(page))
			}
		}
		if t.Logf("%s: %.2f of the reading", address, least); least > most {
			t.Errorf("%s takes %.2f of the time that the content is read in", address, least)
		}
	}
}

var titlesInList = regexp.MustCompile(`(?s)</span>\n<a href="[^"]*">(.*?)</a>`)

// titles are those that a list shows, in order.
func (o open) titles(address string) (all []string) {
	o.t.Helper()
	status, page := o.ask("GET", address, nil, nil)
	if status != http.StatusOK {
		o.t.Fatalf("%s: %d", address, status)
	}
	_, list, _ := strings.Cut(page, `id="entries"`)
	for _, m := range titlesInList.FindAllStringSubmatch(list, -1) {
		all = append(all, m[1])
	}
	return all
}

// TestWhatWasChangedLastComesFirst orders a list by who worked on what: at the desk, or with
// another program; an entry that nobody has touched by its day, even one that is still to come.
func TestWhatWasChangedLastComesFirst(t *testing.T) {
	o := openDesk(t)
	o.ask("GET", "/", nil, nil) // greets
	long := time.Now().Add(-time.Hour)
	for name, day := range map[string]string{"cu": "2020-01-01", "moi": "2025-01-01", "mai": "2099-01-01", "sua": "2019-01-01", "notepad": "2018-01-01", "cung-ngay": "2020-01-01\nevent: 2017-05-12", "truoc-do": "2020-01-01\nevent: 2016-05-12"} {
		file := "tin-tuc/" + name + "/index.md"
		o.entryOf(file, "title: Bài "+name+"\ndate: "+day+"\n")
		if err := os.Chtimes(filepath.Join(o.dir, "content", filepath.FromSlash(file)), long, long); err != nil {
			t.Fatal(err)
		}
	}
	o.save("content/tin-tuc/sua/index.md", hash([]byte(o.read("content/tin-tuc/sua/index.md"))), "Bài sua nữa")
	now := time.Now().Add(time.Minute)
	if err := os.Chtimes(filepath.Join(o.dir, "content/tin-tuc/notepad/index.md"), now, now); err != nil {
		t.Fatal(err)
	}
	got := o.titles("/bai/tin-tuc/")
	got = slices.DeleteFunc(got, func(s string) bool { return !strings.HasPrefix(s, "Bài ") })
	if want := []string{"Bài notepad", "Bài mai", "Bài sua nữa", "Bài moi", "Bài cung-ngay", "Bài truoc-do", "Bài cu"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if _, page := o.ask("GET", "/bai/tin-tuc/", nil, nil); !regexp.MustCompile(`sửa \d\d:\d\d<`).MatchString(page) {
		t.Error("the list does not say when it was changed")
	}
}

// TestARowNamesAFew: once each, in their order.
func TestARowNamesAFew(t *testing.T) {
	for want, all := range map[string][]string{"": nil, "A, B": {"A", "B"}, "A, B, C, D, E": {"A", "B", "C", "D", "E"}, "A, B, C, D và 2 nữa": {"A", "B", "C", "D", "E", "F"}} {
		if got := (row{}).Few(all); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	o := openDesk(t)
	o.entryOf("tin-tuc/hai/index.md", "title: Bài hai\ndate: 2026-05-20\nplan: [15-kh-tu/ii-2, 15-kh-tu/ii-1, 15-kh-tu/ii-2]\n")
	if _, page := o.ask("GET", "/bai/", nil, nil); !strings.Contains(page, `<span class="clauses">15-kh-tu/ii-1, 15-kh-tu/ii-2</span>`) {
		t.Error("the clauses are not named once each, in their order")
	}
}

// TestAListIsNarrowedDown looks for words with and without marks, and for each choice; what is
// found comes a part at a time.
func TestAListIsNarrowedDown(t *testing.T) {
	o := openDesk(t)
	o.manyEntries(120)
	o.entryOf("tin-tuc/bao-loc/index.md", "title: Gặp mặt ở Bảo Lộc\ndate: 2026-05-20\nevent: 2018-05-12\npeople: [nguyen-van-a]\nplan: [15-kh-tu/ii-1]\n")
	o.entryOf("tin-tuc/bao-chi/index.md", "title: Báo chí viết về trí thức\ndate: 2024-05-20\ndraft: true\n")
	loc, chi := "Gặp mặt ở Bảo Lộc", "Báo chí viết về trí thức"
	for query, want := range map[string][]string{
		"chu=bao":                     {loc, chi},
		"chu=Báo":                     {chi},
		"chu=Bảo":                     {loc},
		"chu=Bão":                     {loc, chi}, // nobody wrote it so
		"chu=lo bao":                  {loc},      // words in any order, begun
		"chu=oc":                      nil,        // not in the middle of a word
		"chu=“Bảo Lộc”":               {loc},
		"chu=nguyen van a":            {loc},
		"chu=12/5/2018":               {loc},
		"chu=bao-loc":                 {loc},
		"nam=2018":                    {loc},
		"nguoi=Nguyễn Văn A":          {loc},
		"trang-thai=draft":            {chi},
		"dieu-khoan=15-kh-tu/ii-1":    {loc},
		"trang-thai=draft&chu=bao":    {chi},
		"chu=bài mẫu&tu=110&hien=115": {"Bài mẫu số 12 về phong trào sáng tạo"},
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		got := o.titles("/bai/tin-tuc/?" + values.Encode())
		if strings.Contains(query, "tu=") {
			if len(got) != 5 {
				t.Errorf("%s: %q", query, got)
			}
			continue
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if got := o.titles("/bai/tin-tuc/"); len(got) != pageOfRows {
		t.Errorf("the list begins with %d", len(got))
	}
	if got := o.titles("/bai/tin-tuc/?hien=100"); len(got) != 100 {
		t.Errorf("the list that has grown has %d", len(got))
	}
	_, page := o.ask("GET", "/bai/tin-tuc/?hien=100", nil, nil)
	if !strings.Contains(page, `>123 bài<`) || !strings.Contains(page, `href="?hien=123">Xem thêm 23 bài</a>`) {
		t.Error(page[strings.Index(page, `id="count"`):][:80], page[strings.Index(page, `id="more"`):][:100])
	}
	if _, page := o.ask("GET", "/bai/tin-tuc/?chu=bao", nil, nil); !strings.Contains(page, `>2 trong 123 bài<`) || !strings.Contains(page, `value="bao"`) || strings.Contains(page, "Xem thêm") {
		t.Error("the list does not say what it was narrowed down to")
	}
}

// TestAnOpenListKnowsWhatTheDeskDoes: what is narrowed down is read anew once something was
// done.
func TestAnOpenListKnowsWhatTheDeskDoes(t *testing.T) {
	o := openDesk(t)
	o.titles("/bai/tin-tuc/")
	o.save("content/tin-tuc/gap-mat/index.md", hash([]byte(article)), "Gặp gỡ")
	if got := o.titles("/bai/tin-tuc/?tu=0&chu=gap+go"); !slices.Equal(got, []string{"Gặp gỡ"}) {
		t.Errorf("%q", got)
	}
}
