package main

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"lienhiep/internal/needs"
)

// office adds, to a site with entries enough, one or more of everything else that an office
// publishes, in the sizes that offices publish it in.
func (s *madeUp) office() {
	for i := range 150 {
		s.person(150 + i)
	}
	for i := range 20 {
		s.entry(fmt.Sprintf("tin-tuc/dai-%d/index.md", i), titled(fmt.Sprintf("Bài mẫu dài số %d", i))+fmt.Sprintf("date: 2022-03-%02d\nlastmod: 2022-04-01\n", i+1)+cited, s.article3000())
	}
	for i := range 5 {
		s.entry(fmt.Sprintf("tin-tuc/bang-%d/index.md", i), titled(fmt.Sprintf("Danh sách mẫu số %d", i))+fmt.Sprintf("date: 2022-05-%02d\n", i+1)+cited, s.table(200))
	}
	for i := range 12 {
		s.entry(fmt.Sprintf("hoi-thi/nam-%d/index.md", i), titled(fmt.Sprintf("Hội thi mẫu lần thứ %d", i+1))+
			fmt.Sprintf("date: %d-09-10\nedition: lần thứ %d\nperiod: %[1]d–%d\nfigures: [{label: Giải pháp dự thi, value: \"%d\"}]\nfields: [Ngành %d]\n", 2001+i, i+1, 2002+i, 60+i, i)+cited, s.words(900)+".")
	}
	s.files()
	s.films()
	s.hidden()
	for i := range 10 {
		s.entry(fmt.Sprintf("tin-tuc/bai-%d/index.en.md", i), titled(fmt.Sprintf("Made-up article %d", i))+"date: 2024-05-06\n"+cited, "Words of a made-up article.")
		s.entry(fmt.Sprintf("tri-thuc/nguoi-%d/index.en.md", 200+i), titled("Trần Văn Mẫu Anh"), "Words on a made-up person.")
	}
	website := filepath.Join(s.root, "content", "trang-web.toml")
	s.write("content/trang-web.toml", string(read(s.t, website))+"\n[publisher]\nbody = \"Hội mẫu tỉnh mẫu\"\nperson = \"Trần Văn Mẫu\"\naddress = \"Số 1, đường Mẫu\"\nphone = \"0252 000 0000\"\nemail = \"mau@example.org\"\n")
	s.entry("tin-tuc/cua-minh/index.md", titled("Tin của chính cơ quan")+"date: 2023-02-03\nevent: 2023-02-01\nsource: own\n", "Lời mẫu.")
	s.entry("tin-tuc/dau/index.md", titled("Bài có đủ cách viết")+"date: 2023-03-04\n"+cited,
		"Câu **đậm**, *nghiêng*, ~~gạch~~, `mã`, chú thích[^1], 👨‍🔬, 10⁶.\n\n> Lời trích.\n\n1. Một\n2. Hai\n   - Hai a\n\nThuật ngữ\n: Lời giải thích.\n\n---\n\n```\nđoạn mã\n```\n\n{{< dieu-khoan \"15-kh-tu/ii-1\" >}}\n\n[Gọi](tel:+842523822222), [thư](mailto:mau@example.org), [của trang](https://lienhiep.example/tin-tuc/).\n\n[^1]: Lời chú thích.")
}

// article3000 is a text of some 3,000 words.
func (s *madeUp) article3000() string {
	var b strings.Builder
	b.WriteString(s.words(900) + ".\n\n")
	for range 8 {
		fmt.Fprintf(&b, "## %s\n\n%s.\n\n- %s\n- %s\n\n> %s\n\n%s.\n\n", s.words(50), s.words(800), s.words(90), s.words(70), s.words(160), s.words(700))
	}
	return b.String()
}

// table is a list of people with prizes, of so many rows.
func (s *madeUp) table(rows int) string {
	var b strings.Builder
	b.WriteString("Danh sách kèm theo quyết định.\n\n| STT | Họ và tên | Đơn vị | Giải pháp | Giải |\n|---:|---|---|---|---|\n")
	for i := range rows {
		fmt.Fprintf(&b, "| %d | Trần Văn Mẫu %s | %s | %s | Khuyến khích |\n", i+1, givenNames[i%len(givenNames)], s.words(30), s.words(80))
	}
	return b.String()
}

// files are entries with files of every kind, and with pictures.
func (s *madeUp) files() {
	const folder = "content/tin-tuc/tep/"
	for from, to := range map[string]string{"doc.pdf": "Quyết định số 812.PDF", "doc.docx": "mau-dang-ky.docx", "sheet.xlsx": "danh-sach.xlsx", "slides.pptx": "trinh-chieu.pptx", "doc.odt": "bao-cao.odt", "sheet.ods": "du-toan.ods"} {
		s.write(folder+to, string(read(s.t, "../../internal/attach/testdata/"+from)))
	}
	s.write(folder+"bang.csv", "STT,Họ tên\n1,Trần Văn Mẫu\n")
	s.write(folder+"ghi-chu.txt", "Ghi chú mẫu.\n")
	s.entry("tin-tuc/tep/index.md", titled("Bài có tệp đủ loại")+"date: 2023-04-05\nfiles:\n  - {file: \"Quyết định số 812.PDF\", title: \"Quyết định 812-QĐ/TU\", number: 812-QĐ/TU, date: 2023-04-01}\n  - {file: trinh-chieu.pptx, title: Bài trình chiếu}\n",
		"[Mẫu đăng ký](mau-dang-ky.docx), [danh sách](danh-sach.xlsx), [báo cáo](bao-cao.odt), [dự toán](du-toan.ods), [bảng](bang.csv), [ghi chú](ghi-chu.txt).")
	for i := range 3 {
		folder := fmt.Sprintf("content/tin-tuc/anh-%d/", i)
		for name, from := range map[string]string{"Lễ tôn vinh.jpg": "camera.jpg", "hai.jpg": "wide.jpg", "ba.heic": "camera.heic"} {
			s.write(folder+name, string(read(s.t, "../../internal/photo/testdata/"+from)))
		}
		s.entry(fmt.Sprintf("tin-tuc/anh-%d/index.md", i), titled(fmt.Sprintf("Bài có ảnh số %d", i))+"date: 2023-05-06\nimage: {file: hai.jpg, alt: Khán phòng, credit: Ban biên tập}\n"+cited,
			"Lời mở đầu.\n\n![Lễ tôn vinh](Lễ tôn vinh.jpg \"Toàn cảnh. Ảnh: Ban biên tập\")\n\n{{< bo-anh >}}\n![Một](Lễ tôn vinh.jpg \"Chú thích\")\n![Hai](hai.jpg)\n![Ba](ba.heic)\n{{< /bo-anh >}}")
	}
}

// films are entries with films of the site's own and elsewhere.
func (s *madeUp) films() {
	const folder = "content/tin-tuc/phim/"
	s.write(folder+"le.mp4", string(read(s.t, "../../internal/attach/testdata/film.mp4")))
	s.write(folder+"le.srt", string(read(s.t, "../../internal/attach/testdata/phu-de.srt")))
	s.write(folder+"le.jpg", string(read(s.t, "../../internal/photo/testdata/wide.jpg")))
	s.write(folder+"loi.mp3", "ID3\x03\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x64")
	s.entry("tin-tuc/phim/index.md", titled("Bài có phim")+"date: 2023-06-07\n"+cited,
		"Lời mở đầu.\n\n![Lễ tôn vinh năm 2024](le.mp4 \"Toàn cảnh. Ảnh: Ban biên tập\")\n\n![Ghi âm buổi lễ](loi.mp3)\n\n![Phim ở YouTube](https://www.youtube.com/watch?v=dQw4w9WgXcQ)\n\n![Phim có cái tên rất dài, dài đến mức phải xuống dòng trên mọi màn hình hẹp](https://dai.example/phim/"+s.code(200)+" \"Của Đài mẫu\")\n\nTrong câu ![phim ngắn](https://fb.watch/abc/) cũng được.")
}

// hidden are entries that are not on the site, with links to them.
func (s *madeUp) hidden() {
	s.entry("tin-tuc/nhap/index.md", titled("Bài nháp")+"date: 2023-07-08\ndraft: true\n"+cited, "Lời nháp giấu kín.")
	s.entry("tin-tuc/hen/index.md", titled("Bài hẹn")+"date: 2023-07-08\npublishDate: 2199-01-01\n"+cited, "Lời hẹn giấu kín.")
	s.entry("tin-tuc/go/index.md", titled("Bài đã gỡ")+"date: 2023-07-08\nexpiryDate: 2023-08-09\nremoved: Bài này đã được gỡ theo yêu cầu.\n"+cited, "Lời gỡ giấu kín.")
	s.entry("tin-tuc/het-han/index.md", titled("Bài hết hạn")+"date: 2023-07-08\nexpiryDate: 2023-08-09\n"+cited, "Lời hết hạn giấu kín.")
	s.entry("tin-tuc/dan/index.md", titled("Bài dẫn tới chỗ chưa có")+"date: 2023-07-09\n"+cited, "Xem [bài nháp](/tin-tuc/nhap/), [bài hẹn](/tin-tuc/hen/), [bài đã gỡ](/tin-tuc/go/), [bài hết hạn](https://lienhiep.example/tin-tuc/het-han/).")
}

// TestOfficeSiteIsBuilt holds that what an office publishes stops nothing, is told of in the
// program's own words, and that what is hidden stays so.
func TestOfficeSiteIsBuilt(t *testing.T) {
	needs.Ask(t, needs.Long)
	s, public := largeSite(t)
	entries := 0
	err := filepath.WalkDir(filepath.Join(s.root, "content"), func(name string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(name) == ".md" {
			entries++
		}
		return err
	})
	if err != nil || entries < 600 {
		t.Errorf("%d entries, %v", entries, err)
	}
	for line := range strings.Lines(large.told) {
		switch line = strings.TrimSpace(line); {
		case line == "" || strings.HasPrefix(line, "→"):
		case regexp.MustCompile(`^content/\S.*: (Cảnh báo|Lưu ý): `).MatchString(line), strings.HasPrefix(line, "… và "), strings.HasPrefix(line, "Đã dựng xong"), strings.HasPrefix(line, "Lời văn"), strings.HasPrefix(line, "Trang nặng nhất:"), strings.HasPrefix(line, "Tổng cộng: 0 lỗi"):
		default:
			t.Errorf("told: %s", line)
		}
	}
	pagesBelow(t, public, func(name string) {
		if strings.Contains(string(read(t, filepath.Join(public, name))), "giấu kín") {
			t.Errorf("%s shows what is hidden", name)
		}
	})
	for address, want := range map[string][]string{
		"/tin-tuc/dan/":      {"Xem bài nháp, bài hẹn, bài đã gỡ, bài hết hạn."},
		"/tin-tuc/go/":       {"Bài này đã được gỡ theo yêu cầu."},
		"/tin-tuc/phim/":     {"<video ", "<track ", "<audio ", "Xem ở YouTube (www.youtube.com)", "Xem ở dai.example"},
		"/tin-tuc/tep/":      {"(PDF, ", "(PowerPoint, ", "(Word, ", "(Excel, ", "(ODT, ", "(ODS, ", "(CSV, ", "(TXT, "},
		"/tin-tuc/anh-1/":    {"<div class=gallery>", "<small class=credit>Ảnh: Ban biên tập</small>"},
		"/en/tin-tuc/bai-1/": {"Words of a made-up article."},
	} {
		page := pageOf(t, public, address)
		for _, text := range want {
			if !strings.Contains(page, text) {
				t.Errorf("%s does not hold %q", address, text)
			}
		}
	}
}

// byReader lets a script do what a reader's click may.
func byReader(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithUserGesture(true) }

// TestFilmsAreLoadedWhenTheyArePlayed holds that a page asks for no film before a reader plays
// one, and for nothing of platforms; and that the policy of the site's headers lets it.
func TestFilmsAreLoadedWhenTheyArePlayed(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium)
	_, public := largeSite(t)
	wanted := make(chan string, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".mp4") {
			wanted <- r.URL.Path
		}
		webHost(public).ServeHTTP(w, r)
	}))
	defer server.Close()
	tab := openTab(t, openBrowser(t))
	asked := func() string {
		tab.mu.Lock()
		defer tab.mu.Unlock()
		var all strings.Builder
		for _, r := range tab.requests {
			if !strings.HasPrefix(r.Request.URL, "data:") { // the buttons, which are the browser's
				all.WriteString(r.Request.URL + "\n")
			}
		}
		return all.String()
	}
	if err := chromedp.Run(tab.ctx, chromedp.Navigate(server.URL+"/tin-tuc/phim/"), page.BringToFront(), painted, settled); err != nil {
		t.Fatal(err)
	}
	before := asked()
	if strings.Contains(before, ".mp4") || strings.Contains(before, ".mp3") || strings.Contains(strings.ReplaceAll(before, server.URL, ""), "://") || !strings.Contains(before, ".webp") {
		t.Errorf("the page asks for\n%s", before)
	}
	if err := chromedp.Run(tab.ctx, chromedp.Evaluate(`document.querySelector("video").play().catch(() => 0); 0`, nil, byReader)); err != nil {
		t.Fatal(err)
	}
	select {
	case file := <-wanted:
		if file != "/tin-tuc/phim/le.mp4" {
			t.Errorf("the browser asks for %s", file)
		}
	case <-time.After(patience):
		t.Error("the film is not asked for when it is played")
	}
	tab.mu.Lock()
	defer tab.mu.Unlock()
	for _, m := range tab.messages {
		t.Error(m)
	}
}
