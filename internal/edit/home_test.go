package edit

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/edit/help"
	"lienhiep/internal/ledger"
)

// entryOf writes an entry with a front matter.
func (o open) entryOf(name, front string) {
	o.t.Helper()
	o.put("content/"+name, "---\n"+front+"---\n\nLời.\n")
}

var (
	taskLinks = regexp.MustCompile(`<li><a href="([^"]+)"[^>]*><svg[^>]*><use href="/tinh/icons.svg#([a-z]+)"/></svg><span><b>([^<]+)</b>`)
	anyLink   = regexp.MustCompile(`<a [^>]*href="(/[^"]*)"`)
)

// TestTheFirstPageBeginsWithTasks holds what is offered, each with its picture, and that
// every link of the page is answered.
func TestTheFirstPageBeginsWithTasks(t *testing.T) {
	o := openDesk(t)
	o.entryOf("tin-tuc/nhap/index.md", "title: Bản nháp mẫu\ndraft: true\n")
	_, page := o.ask("GET", "/", nil, nil)
	_, sprite := o.ask("GET", "/tinh/icons.svg", nil, nil)
	var offered []string
	for _, m := range taskLinks.FindAllStringSubmatch(page, -1) {
		offered = append(offered, m[3])
		if !strings.Contains(sprite, `<symbol id="`+m[2]+`"`) {
			t.Errorf("there is no picture %s", m[2])
		}
	}
	var want []string
	for _, one := range o.offered(tasks) {
		want = append(want, one.Label)
	}
	if !slices.Equal(offered, want) || offered[0] != "Viết tin" || offered[len(offered)-1] != "Xuất bản" {
		t.Errorf("the page offers %q, want %q", offered, want)
	}
	links := anyLink.FindAllStringSubmatch(page, -1)
	if len(links) < 20 {
		t.Errorf("only %d links", len(links))
	}
	for _, m := range links {
		if status, _ := o.ask("GET", m[1], nil, nil); status != http.StatusOK {
			t.Errorf("%s: %d", m[1], status)
		}
	}
}

// TestTheFirstPageTellsWhatWaits has one entry for each reason to wait, and a list of those
// that are more than the page shows.
func TestTheFirstPageTellsWhatWaits(t *testing.T) {
	o := openDesk(t)
	if _, page := o.ask("GET", "/", nil, nil); !strings.Contains(page, "Chưa đăng lần nào") {
		t.Error("something was published")
	}
	year := time.Now().Year()
	o.entryOf("tin-tuc/sai/index.md", "title: Bài sai\ndate: 2026-01-01\nsources:\n  - title: A\n    url: htps://a.vn/\n")
	o.entryOf("tin-tuc/hen/index.md", "title: Bài hẹn\ndate: 2026-01-01\nsources: [{title: A, url: 'https://a.vn/'}]\npublishDate: "+time.Date(year+1, 3, 1, 7, 0, 0, 0, saigon).Format(time.RFC3339)+"\n")
	o.entryOf("tin-tuc/go/index.md", "title: Bài sắp gỡ\ndate: 2026-01-01\nsources: [{title: A, url: 'https://a.vn/'}]\nexpiryDate: "+time.Date(year+2, 3, 1, 7, 0, 0, 0, saigon).Format(time.RFC3339)+"\n")
	for _, n := range []string{"mot", "hai", "ba", "bon", "nam"} {
		o.entryOf("tin-tuc/nhap-"+n+"/index.md", "title: Nháp "+n+"\ndraft: true\n")
	}
	o.ask("POST", "/nhap", written{File: "content/tin-tuc/gap-mat/index.md", Tab: "a1", Fields: map[string]any{"title": "Đang viết thế này"}}, nil)
	l, err := ledger.Open(o.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.Record("web", ledger.Deploy{Time: time.Date(2026, 5, 4, 8, 30, 0, 0, saigon), Who: "Trần Văn Mẫu"}, ledger.Site{}); err != nil {
		t.Fatal(err)
	}
	_, page := o.ask("GET", "/", nil, nil)
	text := strings.Join(strings.Fields(regexp.MustCompile(`<[^>]+>`).ReplaceAllString(page, " ")), " ")
	for _, want := range []string{
		"Đang viết dở Đang viết thế này", "tiếp tục",
		"Có chỗ phải sửa 1 bài Bài sai 1 lỗi Kiểm tra cả trang", "Chờ phiếu đồng ý 1 người", "Nguyễn Văn A", "Phiếu đồng ý Hẹn",
		"Hẹn ngày đăng 1 bài Chưa có gì canh giờ", "Bài hẹn hiện từ 1/3/", "07:00 Đăng theo giờ hẹn Sắp gỡ 1 bài Bài sắp gỡ gỡ lúc 1/3/",
		"Bản nháp 6 bài", "Xem cả 6 bài", "8:30 4/5/2026, Trần Văn Mẫu",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q:\n%s", want, text)
		}
	}
	if !strings.Contains(page, `href="/bai/?trang-thai=draft"`) {
		t.Error("nothing leads to all the drafts")
	}
}

// TestTheFirstStartGreetsOnce greets until it is read, and never again after the desk was
// closed, read or not.
func TestTheFirstStartGreetsOnce(t *testing.T) {
	o := openDesk(t)
	greets := func() bool {
		t.Helper()
		_, page := o.ask("GET", "/", nil, nil)
		return strings.Contains(page, `id="greeting"`)
	}
	for range 2 {
		if !greets() {
			t.Error("the first start does not greet")
		}
	}
	if status, _ := o.ask("POST", "/chao", map[string]any{}, nil); status != http.StatusOK || greets() {
		t.Error("it greets after it was read")
	}
	again := startAgain(t, o.dir)
	if _, page := again.ask("GET", "/", nil, nil); strings.Contains(page, `id="greeting"`) {
		t.Error("the second start greets")
	}
}

// TestListsTellOfEntries holds what a list says of an entry, and by what it can be narrowed
// down; the day of posting is told as such, and never as that of the event.
func TestListsTellOfEntries(t *testing.T) {
	o := openDesk(t)
	o.entryOf("tin-tuc/hoi-nghi/index.md", "title: Hội nghị mẫu\ndate: 2026-05-20\nevent: 2018-05-12/2018-05-14\npeople: [nguyen-van-a]\n")
	_, page := o.ask("GET", "/bai/tin-tuc/", nil, nil)
	at := strings.Index(page, "Hội nghị mẫu</a>")
	if at < 0 {
		t.Fatal(page)
	}
	entry := page[strings.LastIndex(page[:at], "<li>"):]
	entry = entry[:strings.Index(entry, "</li>")]
	for _, want := range []string{`href="/soan/tin-tuc/hoi-nghi/index.md"`, ">Nguyễn Văn A<", "12/5/2018 – 14/5/2018", "đăng 20/5/2026", ">Đang hiện<"} {
		if !strings.Contains(entry, want) {
			t.Errorf("the entry lacks %q:\n%s", want, entry)
		}
	}
	for _, want := range []string{`<option>2018</option>`, `<option>Nguyễn Văn A</option>`, `<option value="consent">`} {
		if !strings.Contains(page, want) {
			t.Errorf("the list cannot be narrowed down by %q", want)
		}
	}
	if _, all := o.ask("GET", "/bai/", nil, nil); !strings.Contains(all, "Hội nghị mẫu</a>") || !strings.Contains(all, ">Kế hoạch</a>") || !strings.Contains(all, "Nguyễn Văn A</a>") || !strings.Contains(all, "Bản nháp · tiếng Anh") {
		t.Error("the list of all lacks some")
	}
}

// TestNumbersOfProvisionsAreInTheirOrder compares them as people count.
func TestNumbersOfProvisionsAreInTheirOrder(t *testing.T) {
	want := []string{"I", "II", "II.1", "II.1.2", "II.1.9", "II.1.10", "II.2", "III"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, compareNumbers)
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestTheGuideIsSearched looks for words with and without marks: the page whose title has them
// comes first, then headings, then the text, side by side before apart; a word is whole, unless
// it is still being typed; and the list of all messages is last.
func TestTheGuideIsSearched(t *testing.T) {
	for query, want := range map[string]string{
		"bảng": "bang", "BANG": "bang", "anh": "anh", "ảnh": "anh", "phieu dong y": "cho-dong-y", "bao cao": "bao-cao", "xuất bản": "xuat-ban", "tieng anh": "tieng-anh",
		"the de in": "ban-bien-tap#thẻ-để-in", "khi hai nguoi": "ban-bien-tap#khi-hai-người-cùng-sửa-một-bài", "khoi phuc": "lay-lai", "go bai": "sua-go", "đính kè": "dinh-kem",
	} {
		found := searchHelp(query)
		if len(found) == 0 || !strings.HasPrefix(found[0].Name, want) || len(found[0].Says) == 0 {
			t.Errorf("%s: %v, want %s", query, names(found), want)
		}
		for i, one := range found {
			if strings.HasPrefix(one.Name, messageList) && i < len(found)-1 {
				t.Errorf("%s: the list of messages is at %d", query, i)
			}
		}
	}
	for _, query := range []string{"", "  ", "“”", "không có chữ này đâu xyz"} {
		if found := searchHelp(query); len(found) > 0 {
			t.Errorf("%s: %v", query, names(found))
		}
	}
	for narrow, wide := range map[string]string{"ảnh": "anh", "phiếu đồng ý": "đồng ý", "sửa bài": "bài"} {
		if n, w := len(searchHelp(narrow)), len(searchHelp(wide)); n == 0 || n > w || n > 25 {
			t.Errorf("%q is on %d pages, %q on %d", narrow, n, wide, w)
		}
	}
	for _, one := range searchHelp("phiếu đồng ý") { // side by side is somewhere, so apart is not shown
		if said := strings.ToLower(textOf(one.Title) + " " + textOf(one.Says)); !strings.Contains(said, "phiếu đồng ý") {
			t.Errorf("%s: %s", one.Name, said)
		}
	}
	if status, text := openDesk(t).ask("GET", "/tro-giup/tim?chu=bang", nil, nil); status != http.StatusOK || !strings.HasPrefix(text, `[{"name":"bang","title":[{"text":"Bảng","hit":true}]`) {
		t.Errorf("%d %s", status, text)
	}
}

// TestWhatTheGuideDoesNotSayIsNotFound answers with a list all the same.
func TestWhatTheGuideDoesNotSayIsNotFound(t *testing.T) {
	if status, text := openDesk(t).ask("GET", "/tro-giup/tim?chu=zzqq", nil, nil); status != http.StatusOK || strings.TrimSpace(text) != "[]" {
		t.Errorf("%d %s", status, text)
	}
}

// TestWhatIsFoundStandsOut: each word, in its own spelling, and no more of a long line than is
// read.
func TestWhatIsFoundStandsOut(t *testing.T) {
	long := strings.Repeat("trước ", 50) + "“Ảnh” chính, của bài" + strings.Repeat(" sau", 50)
	got := hits(long, []string{" anh ", " bai"}, func(f findable) string { return f.folded })
	want := []foundWord{{Text: "…"}, {Text: strings.TrimSpace(strings.Repeat("trước ", 8))}, {"“Ảnh”", true}, {Text: "chính, của"}, {"bài", true}, {Text: strings.TrimSpace(strings.Repeat("sau ", 28))}, {Text: "…"}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func textOf(pieces []foundWord) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text + " ")
	}
	return b.String()
}

func names(pages []helpFound) (all []string) {
	for _, p := range pages {
		all = append(all, p.Name)
	}
	return all
}

// TestTheGuideLeadsOnAtTheDesk follows every link and picture of every page of the guide, as
// the desk shows it.
func TestTheGuideLeadsOnAtTheDesk(t *testing.T) {
	o := openDesk(t)
	asked := map[string]bool{}
	for _, name := range help.Names() {
		status, page := o.ask("GET", "/tro-giup/"+name, nil, nil)
		if status != http.StatusOK {
			t.Errorf("%s: %d", name, status)
		}
		_, guide, _ := strings.Cut(page, `id="guide">`)
		guide, _, _ = strings.Cut(guide, "</article>")
		for _, m := range regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(guide, -1) {
			to, heading, within := strings.Cut(html.UnescapeString(m[1]), "#")
			if within && !strings.HasPrefix(to, "http") {
				heading, _ = url.PathUnescape(heading)
				there := guide
				if to != "" {
					_, there = o.ask("GET", to, nil, nil)
				}
				if !strings.Contains(there, ` id="`+heading+`"`) {
					t.Errorf("%s leads to no heading: %s", name, m[1])
				}
			}
			if to == "" || strings.HasPrefix(to, "http") || asked[to] {
				continue
			}
			asked[to] = true
			if !strings.HasPrefix(to, "/tro-giup/") {
				t.Errorf("%s leads to %s", name, to)
			} else if status, _ := o.ask("GET", to, nil, nil); status != http.StatusOK {
				t.Errorf("%s: %s: %d", name, to, status)
			}
		}
	}
	if len(asked) < 20 {
		t.Errorf("only %d links", len(asked))
	}
}

// TestTheGuideIsForWhoWorksAtTheDesk: every day's tasks come first, and what is for others is
// folded, with its heading to be seen.
func TestTheGuideIsForWhoWorksAtTheDesk(t *testing.T) {
	o := openDesk(t)
	_, page := o.ask("GET", "/tro-giup/", nil, nil)
	if a, b := strings.Index(page, `href="/tro-giup/viet-tin"`), strings.Index(page, `href="/tro-giup/khai-bao"`); a < 0 || b < a {
		t.Error("the guide begins with what is for others")
	}
	_, page = o.ask("GET", "/tro-giup/bang", nil, nil)
	_, folded, _ := strings.Cut(page, `<details><summary><h2 id="trong-tệp">Trong tệp</h2></summary>`)
	folded, after, ok := strings.Cut(folded, "</details><h2")
	if !ok || !strings.Contains(folded, "<pre>") || !strings.Contains(after, "Khi nào không nên dùng bảng") {
		t.Error(page)
	}
}

var helpButton = regexp.MustCompile(`data-help="([^"]*)"`)

// TestEveryScreenHasItsHelp asks each screen which page of the guide tells of it.
func TestEveryScreenHasItsHelp(t *testing.T) {
	o := openDesk(t)
	for address, want := range map[string]string{
		"/": "ban-bien-tap", "/bai/": "tim-bai", "/bai/tin-tuc/": "tim-bai", "/moi/tin-tuc": "viet-tin", "/moi/tri-thuc": "nhan-vat", "/moi/tim-hieu": "tim-hieu",
		"/soan/tin-tuc/gap-mat/index.md": "viet-tin", "/soan/tri-thuc/nguyen-van-a/index.md": "nhan-vat", "/soan/ke-hoach/15-kh-tu/_index.md": "tien-do",
		"/lich-su/tin-tuc/gap-mat/index.md": "lay-lai", "/thung-rac/": "lay-lai", "/go/": "sua-go", "/nhap/": "nhap-word", "/phieu/": "cho-dong-y", "/bao-cao/": "bao-cao", "/nhap-ke-hoach/": "nhap-ke-hoach", "/tien-do/": "tien-do", "/trang-web/": "trang-web", "/kiem-tra/": "kiem-tra", "/xuat-ban/": "xuat-ban", "/tro-giup/": "ban-bien-tap", "/tro-giup/anh": "anh",
	} {
		_, page := o.ask("GET", address, nil, nil)
		m := helpButton.FindStringSubmatch(page)
		if m == nil || m[1] != want {
			t.Errorf("%s: %q, want %s", address, m, want)
			continue
		}
		if _, ok := help.Page(m[1]); !ok {
			t.Errorf("%s: there is no page %s", address, m[1])
		}
	}
}
