package check

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// largeSite writes a site of n articles of about 15 KB in lists of twenty, with
// the menus, feeds and sitemap that a real one has.
func largeSite(t testing.TB, n int) string {
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields(`tăng cường sự lãnh đạo của đảng đối với hoạt động liên hiệp các hội khoa học và kỹ thuật tỉnh
		trong tình hình mới đội ngũ trí thức tiêu biểu vinh danh giải thưởng sáng tạo nghiên cứu ứng dụng nông nghiệp y học`)
	sentence := func(n int) string {
		s := make([]string, n)
		for i := range s {
			s[i] = words[random.IntN(len(words))]
		}
		return strings.Join(s, " ")
	}
	page := func(title, body string) string {
		var b strings.Builder
		fmt.Fprintf(&b, `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>%s</title><meta name="description" content="%[1]s"><link rel="stylesheet" href="/css/main.css"></head>
<body><a href="#noi-dung">Tới nội dung</a><nav><ul>`, title)
		for i := range 30 {
			fmt.Fprintf(&b, `<li class="muc"><a class="lien-ket" href="https://lienhiep.example.vn/muc/%d/">Mục %[1]d</a></li>`+"\n", i)
		}
		fmt.Fprintf(&b, `</ul></nav><main id="noi-dung"><h1>%s</h1>%s</main></body></html>`, title, body)
		return b.String()
	}
	var sitemap strings.Builder
	for i := range n {
		var body strings.Builder
		for j := range 30 {
			fmt.Fprintf(&body, `<h2 id="de-muc-%d">%s</h2><p>%s <a href="/tin/%d/#de-muc-%d">%s</a>.</p>`+"\n",
				j, sentence(5), sentence(30), random.IntN(n), j, sentence(4))
		}
		write(fmt.Sprintf("tin/%d/index.html", i), page(fmt.Sprintf("Tin %d", i), body.String()))
		fmt.Fprintf(&sitemap, "<url><loc>https://lienhiep.example.vn/tin/%d/</loc></url>\n", i)
	}
	for i := range 30 {
		write(fmt.Sprintf("muc/%d/index.html", i), page(fmt.Sprintf("Mục %d", i), ""))
	}
	write("index.html", page("Trang chủ", ""))
	write("css/main.css", strings.Repeat("a { color: red }\n", 100))
	write("sitemap.xml", "<urlset>"+sitemap.String()+"</urlset>")
	return dir
}

func BenchmarkRun(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			site := os.DirFS(largeSite(b, n))
			o := Options{BaseURL: "https://lienhiep.example.vn/", Langs: []string{"vi"}}
			for i := range 20 {
				o.Hidden = append(o.Hidden, Hidden{URLs: []string{fmt.Sprintf("/tin/nhap-%d/", i)}})
			}
			for b.Loop() {
				r, err := Run(site, o)
				if err != nil || len(r.Findings) > 0 {
					b.Fatal(err, list(r.Findings))
				}
				b.SetBytes(r.Bytes)
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
