package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"lienhiep/internal/needs"
	"lienhiep/internal/search/engine"
)

// large is the site of an office: three plans (the real one, one of a people's committee, a
// law of 300 articles), more of everything than a page of a list holds, and one or more of
// whatever an office publishes. It is built once.
var large struct {
	once   sync.Once
	site   *madeUp
	told   string // by the build
	public string
}

func largeSite(t *testing.T) (s *madeUp, public string) {
	t.Helper()
	large.once.Do(func() {
		s := madeUpIn(t, filepath.Join(workshop, "large"))
		s.plan("1234-kh-ubnd", "1234/KH-UBND", "2023", 8)
		s.law(300)
		for i := range 150 {
			s.person(i)
			s.article(i)
			s.directive(i)
		}
		for i := range 70 {
			s.entry(fmt.Sprintf("tri-thuc/nguoi-%d/index.md", i), titled("Trần Thị Thử "+givenNames[i%len(givenNames)])+
				fmt.Sprintf("died: 1990\nconsent: {basis: deceased}\nfields: [Ngành %d]\nawards: [{name: Giải đông người, year: 1996}, {name: Giải riêng %d}]\n", i+50, i)+cited, "Lời mẫu.")
			s.entry(fmt.Sprintf("trang-%d/index.md", i), titled(fmt.Sprintf("Trang mẫu %d", i)), "Lời mẫu.")
			s.entry(fmt.Sprintf("muc-mau/trang-%d/index.md", i), titled(fmt.Sprintf("Trang con %d", i)), "Lời mẫu.")
			s.entry(fmt.Sprintf("ton-vinh/nam-%d/index.md", 1950+i), titled(fmt.Sprintf("Đợt mẫu năm %d", 1950+i))+fmt.Sprintf("date: %d-05-06\nyear: %[1]d\nlevel: province\n", 1950+i)+cited, "Lời mẫu.")
		}
		s.entry("muc-mau/_index.md", titled("Mục mẫu"), "Lời của mục.")
		var text strings.Builder
		for i := range 200 {
			fmt.Fprintf(&text, "## Đề mục số %d {#de-muc-%[1]d}\n\n%s.\n\n%s. Dấu hiệu thứ %[1]d.\n\n", i, s.words(400), s.words(400))
		}
		s.entry("tin-tuc/bai-dai/index.md", titled("Một bài dài")+"date: 2024-05-06\nevent: 2024-05\nplan: [luat-mau/dieu-2-1]\n"+cited, text.String())
		s.entry("tin-tuc/bai-ngan/index.md", titled("Một bài ngắn")+"date: 2024-05-06\n"+cited, "Lời mẫu.")
		s.office()
		large.site = s
		large.told, large.public = s.build()
	})
	if large.public == "" {
		t.Fatal("the large site was not built")
	}
	return large.site, large.public
}

// pageOf reads a page of a built site.
func pageOf(t *testing.T, public, address string) string {
	t.Helper()
	return string(read(t, filepath.Join(public, filepath.FromSlash(address), "index.html")))
}

// inThisOrder reports whether the texts stand in the page one after the other, whatever is
// kept on one line.
func inThisOrder(page string, texts ...string) bool {
	page = strings.NewReplacer("<span class=unbroken>", "", "</span>", "").Replace(page)
	for _, text := range texts {
		_, after, found := strings.Cut(page, text)
		if !found {
			return false
		}
		page = after
	}
	return true
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// TestSeveralPlans holds that everything that tells of plans is right with more than one.
func TestSeveralPlans(t *testing.T) {
	needs.Ask(t, needs.Endurance)
	_, public := largeSite(t)

	home := pageOf(t, public, "/")
	if !inThisOrder(home, "<section class=home-tasks", "Kế hoạch số 15-KH/TU", "/ke-hoach/15-kh-tu/ii-1/", "<section class=home-plan", "Kế hoạch số 15-KH/TU", "Kế hoạch số 1234/KH-UBND", "Luật Mẫu", "</section>") {
		t.Errorf("the home page does not lead to the plan that the editors put first, then to the others in their order:\n%s", home)
	}
	for address, want := range map[string][]string{
		"/ke-hoach/":   {"Kế hoạch số 1234/KH-UBND", "Kế hoạch số 15-KH/TU", "Luật Mẫu"},
		"/minh-chung/": {">Kế hoạch số 1234/KH-UBND</a>", "Nhiệm vụ giả định thứ 1", "Nhiệm vụ giả định thứ 8", ">Kế hoạch số 15-KH/TU</a>", "/ke-hoach/15-kh-tu/ii-1/", "trang/2/"},
		// A law asks for nothing: of its provisions those with deeds are told.
		"/minh-chung/trang/2/": {"/ke-hoach/15-kh-tu/ii-5/", ">Luật Mẫu</a>", "/ke-hoach/luat-mau/chuong-i/", "/ke-hoach/luat-mau/dieu-2/"},
		"/so-do-trang/":        {"Kế hoạch số 1234/KH-UBND", "Kế hoạch số 15-KH/TU", "Luật Mẫu"},
	} {
		if page := pageOf(t, public, address); !inThisOrder(page, want...) {
			t.Errorf("%s does not hold, in this order, %q", address, want)
		}
	}
	if page := pageOf(t, public, "/minh-chung/trang/2/"); strings.Contains(page, "luat-mau/dieu-1/") || strings.Contains(page, "luat-mau/chuong-ii/") {
		t.Error("the page of what was done lists provisions of a law without any")
	}
	for plan, want := range map[string]bool{"1234-kh-ubnd": true, "15-kh-tu": true, "luat-mau": false} {
		if is := exists(filepath.Join(public, "ke-hoach", plan, "tien-do", "index.html")); is != want {
			t.Errorf("there is a page of progress for %s: %v, want %v", plan, is, want)
		}
		if is := strings.Contains(pageOf(t, public, "/ke-hoach/"+plan+"/"), "/tien-do/"); is != want {
			t.Errorf("the page of %s leads to its progress: %v, want %v", plan, is, want)
		}
	}
	if page := mainPart(t, pageOf(t, public, "/ke-hoach/luat-mau/dieu-1/")); strings.Contains(page, "Chưa có việc nào") {
		t.Error("the page of a law's article says that something is missing")
	}
	if page := mainPart(t, pageOf(t, public, "/ke-hoach/luat-mau/dieu-2-1/")); !strings.Contains(page, "/tin-tuc/bai-dai/") {
		t.Error("the page of a law's provision does not show its deed")
	}

	var api struct {
		Count int
		Items []struct {
			ID         string
			Provisions []struct{ ID string }
		}
	}
	if err := json.Unmarshal(read(t, filepath.Join(public, "api/v1/plans.json")), &api); err != nil {
		t.Fatal(err)
	}
	if api.Count != 3 || len(api.Items) != 3 || api.Items[0].ID != "1234-kh-ubnd" || api.Items[2].ID != "luat-mau" || len(api.Items[2].Provisions) != 910 {
		t.Errorf("the API has %d plans, %d of them listed", api.Count, len(api.Items))
	}
	if text := string(read(t, filepath.Join(public, "llms.txt"))); !inThisOrder(text, "ke-hoach/1234-kh-ubnd/", "ke-hoach/15-kh-tu/", "ke-hoach/luat-mau/") {
		t.Errorf("llms.txt lists\n%s", text)
	}
	for _, feed := range []string{"ke-hoach/luat-mau/dieu-2-1/index.xml", "ke-hoach/1234-kh-ubnd/ii-1-1/index.xml"} {
		if !exists(filepath.Join(public, feed)) {
			t.Errorf("no feed %s", feed)
		}
	}
	e, err := engine.Open(os.DirFS(public), searchFolders["vi"])
	if err != nil {
		t.Fatal(err)
	}
	found, _, err := e.Search("Nội dung giả định của điều 250", engine.Options{})
	if err := errors.Join(err, e.Close()); err != nil || !slices.ContainsFunc(found.Documents, func(d engine.Document) bool { return d.Address() == "ke-hoach/luat-mau/#dieu-250" }) {
		t.Errorf("search: %v\n%+v", err, found)
	}
}

// lists are those that page themselves, with how many entries each has at least, and at
// most on one of its pages.
var lists = []struct {
	address string
	entries *regexp.Regexp // on its pages
	all     int
	most    int // on one of them
}{
	{"/tri-thuc/", regexp.MustCompile(`<li class=person>`), 158, 60},
	{"/tin-tuc/", regexp.MustCompile(`<li class=entry\b`), 150, 20},
	{"/van-ban/", regexp.MustCompile(`<th scope=row>`), 150, 50},
	{"/ton-vinh/", regexp.MustCompile(`<li class=round>`), 70, 20},
	{"/giai-thuong/", regexp.MustCompile(`/giai-thuong/giai-[a-z0-9-]+/`), 71, 60},
	{"/giai-thuong/giai-dong-nguoi/", regexp.MustCompile(`<li class=person>`), 70, 60},
	{"/linh-vuc/", regexp.MustCompile(`<a href=/linh-vuc/`), 110, 60},
	{"/muc-mau/", regexp.MustCompile(`<li class=entry\b`), 70, 20},
	{"/van-ban/thuc-hien/", regexp.MustCompile(`<li>\n<a href=/(?:van-ban|ke-hoach)/[0-9a-z]`), 150, 50},
	{"/minh-chung/", regexp.MustCompile(`<section class=task`), 14, 10},
	{"/so-do-trang/", regexp.MustCompile(`href=/trang-[0-9]+/`), 70, 40},
}

// TestListsPageThemselves holds of every list that it is never shown whole: each entry
// stands on one page of it, and each page has its own title and address and leads to its
// neighbours.
func TestListsPageThemselves(t *testing.T) {
	needs.Ask(t, needs.Long)
	_, public := largeSite(t)
	sitemap := string(read(t, filepath.Join(public, "vi", "sitemap.xml"))) + string(read(t, filepath.Join(public, "sitemap.xml")))
	for _, list := range lists {
		t.Run(list.address, func(t *testing.T) {
			titles := map[string]bool{}
			entries, number := 0, 1
			for ; ; number++ {
				address := list.address
				if number > 1 {
					address += fmt.Sprintf("trang/%d/", number)
				}
				if !exists(filepath.Join(public, address, "index.html")) {
					break
				}
				page := pageOf(t, public, address)
				n := len(list.entries.FindAllString(mainPart(t, page), -1))
				if n > list.most || n == 0 {
					t.Errorf("%s lists %d, %d at most", address, n, list.most)
				}
				entries += n
				title := regexp.MustCompile(`<title>(.*?)</title>`).FindString(page)
				if titles[title] || number > 1 && !strings.Contains(title, fmt.Sprintf(", trang %d |", number)) {
					t.Errorf("%s has the title %s", address, title)
				}
				titles[title] = true
				if !strings.Contains(page, "<link rel=canonical href=https://lienhiep.example"+address+">") {
					t.Errorf("%s names another address as its own", address)
				}
				if number > 1 && !strings.Contains(page, "rel=prev") || strings.Contains(sitemap, "/trang/") {
					t.Errorf("%s does not lead back, or is in the sitemap", address)
				}
			}
			if pages := number - 1; pages < 2 || entries < list.all {
				t.Errorf("%d entries on %d pages, want %d on several", entries, pages, list.all)
			}
		})
	}
}

// TestLettersAndYearsLeadIntoLists follows each letter of people and each year of news and
// documents to the page of the list that it begins on.
func TestLettersAndYearsLeadIntoLists(t *testing.T) {
	needs.Ask(t, needs.Long)
	_, public := largeSite(t)
	mark := regexp.MustCompile(`<li><a href="?([^"#> ]*)#([^"> ]+)"?>([^<]+)</a></li>`)
	for list, want := range map[string][]string{
		"/tri-thuc/": {"A", "Â", "B", "C", "D", "Đ", "Ê", "G", "H", "K", "L", "M", "N", "O", "Ơ", "P", "Q", "R", "S", "T", "U", "Ư", "V", "X", "Y"},
		"/tin-tuc/":  {"2026", "2024", "2023", "2000"},
		"/van-ban/":  {"2024", "2023", "2000"},
	} {
		for _, from := range []string{list, list + "trang/2/"} {
			_, nav, _ := strings.Cut(pageOf(t, public, from), "<nav class=letters")
			nav, _, _ = strings.Cut(nav, "</nav>")
			var names []string
			for _, m := range mark.FindAllStringSubmatch(nav, -1) {
				names = append(names, m[3])
				to := m[1]
				if to == "" {
					to = from
				}
				page := pageOf(t, public, to)
				id, err := url.PathUnescape(m[2])
				if err != nil || !strings.Contains(page, "id="+id+" ") && !strings.Contains(page, "id="+id+">") {
					t.Errorf("%s leads for %s to %s#%s, which is not there", from, m[3], to, m[2])
				}
			}
			for _, name := range want {
				if !slices.Contains(names, name) {
					t.Errorf("%s does not lead to %s: %v", from, name, names)
				}
			}
			if list == "/tri-thuc/" && !slices.Equal(names, want) {
				t.Errorf("the letters stand as %v", names)
			}
		}
	}
}
