package kit

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"lienhiep/internal/catalog"
)

func TestPostsAreShortWithTheirAddress(t *testing.T) {
	c, p := shippedPlan(t)
	k := New(c, p, "https://lienhiep.example/")
	k.Tell(c, p, "https://lienhiep.example/")
	kinds, names := map[string]int{}, map[string]bool{}
	for _, post := range append(slices.Clone(k.Posts),
		Post{Kind: "Việc đã làm", Title: strings.TrimSpace(strings.Repeat("tiêu đề dài ", 60)), Sentence: strings.Repeat("câu dài ", 90), URL: "https://lienhiep.example/tin-tuc/" + strings.Repeat("a", 100) + "/"},
		Post{Kind: "Việc đã làm", Title: strings.Repeat("ở", 600), Sentence: strings.Repeat("ở", 600), URL: "https://lienhiep.example/"},
		Post{Kind: "Việc đã làm", Title: "Ngắn", Sentence: strings.Repeat("ở", 600), URL: "https://lienhiep.example/"},
		Post{Kind: "Việc đã làm", Title: "Ngắn", URL: "https://lienhiep.example/"},
	) {
		text := post.Text()
		if n := utf8.RuneCountInString(text); n > 400 {
			t.Errorf("%s: %d letters", post.Title, n)
		}
		if !strings.HasSuffix(text, "\n"+post.URL) || !strings.HasPrefix(post.URL, "https://lienhiep.example/") {
			t.Errorf("%s does not end with its address: %q", post.Title, text)
		}
		if alt := post.Alt(); !strings.Contains(alt, post.Title) || strings.Contains(alt, "\n") {
			t.Errorf("%s is described as %q", post.Title, alt)
		}
		kind, _, _ := strings.Cut(post.Kind, ",")
		kinds[kind]++
		if names[post.Name] && post.Name != "" {
			t.Errorf("two pictures are called %s", post.Name)
		}
		names[post.Name] = true
	}
	if kinds["Việc đã làm"] < 10 || kinds["Đợt tôn vinh"] < 3 || kinds["Trí thức tiêu biểu"] < 20 {
		t.Errorf("there are %v", kinds)
	}
}

// TestNobodyWhoAgreedToThisSiteIsPostedElsewhere holds that a life is posted where it needs
// no leave, and not where what was agreed to is a page of the site.
func TestNobodyWhoAgreedToThisSiteIsPostedElsewhere(t *testing.T) {
	text, err := os.ReadFile("../../content/ke-hoach/15-kh-tu/van-ban.txt")
	if err != nil {
		t.Fatal(err)
	}
	site := fstest.MapFS{
		"content/ke-hoach/mau/_index.md":   {Data: []byte("---\ntitle: Kế hoạch\n---\n")},
		"content/ke-hoach/mau/van-ban.txt": {Data: text},
	}
	for name, consent := range map[string]string{"mot": "{basis: consent, date: 2026-01-02, document: Hồ sơ 1, scope: Đăng trên trang}", "hai": "{basis: public-activity}"} {
		site["content/tri-thuc/"+name+"/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Trần Văn " + name + "\ndescription: Một câu.\nfields: [Y học]\nconsent: " + consent + "\nsources: [{title: Báo, url: \"https://bao.example/\"}]\n---\nLời.\n")}
	}
	c, findings, err := catalog.Load(site, catalog.Options{Now: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC})
	if err != nil || len(c.Plans) != 1 || c.Plans[0].Document == nil {
		t.Fatal(err, findings)
	}
	k := New(c, c.Plans[0], "https://lienhiep.example/")
	k.Tell(c, c.Plans[0], "https://lienhiep.example/")
	if len(k.Posts) != 1 || k.Posts[0].Title != "Trần Văn hai" || k.Posts[0].Emblem != "medicine" {
		t.Errorf("%+v", k.Posts)
	}
}

// TestThePageOfPostsHasEveryTextAndPicture reads the page as a browser does.
func TestThePageOfPostsHasEveryTextAndPicture(t *testing.T) {
	k := shipped(t)
	k.Posts = []Post{
		{Name: "ton-vinh-mau", Kind: "Đợt tôn vinh, năm 2022", Title: "Tôn vinh <mẫu> & \"thử\"", Sentence: "Một câu.", URL: "https://lienhiep.example/ton-vinh/mau/"},
		{Name: "tri-thuc-mau", Kind: "Trí thức tiêu biểu", Title: "Trần Văn Mẫu", Sentence: "1913–1997", URL: "https://lienhiep.example/tri-thuc/mau/", Emblem: "medicine"},
	}
	files, err := postFiles(k)
	if err != nil || len(files) != 3 {
		t.Fatal(len(files), err)
	}
	var texts, pictures []string
	buttons := 0
	root, err := html.Parse(bytes.NewReader(files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		switch n.Data {
		case "textarea":
			texts = append(texts, n.FirstChild.Data)
		case "button":
			buttons++
		case "img":
			attr := map[string]string{}
			for _, a := range n.Attr {
				attr[a.Key] = a.Val
			}
			pictures = append(pictures, attr["src"]+" "+attr["alt"])
		}
	}
	for i, p := range k.Posts {
		if !slices.Contains(texts, p.Text()) || !slices.Contains(texts, p.Alt()) || !slices.Contains(pictures, p.Name+".png "+p.Alt()) {
			t.Errorf("%s is not whole: %q, %q", p.Title, texts, pictures)
		}
		config, err := png.DecodeConfig(bytes.NewReader(files[i+1].Data))
		if err != nil || config.Width != 1080 || config.Height != 1080 || files[i+1].Name != fmt.Sprintf("bai-dang/%s.png", p.Name) {
			t.Errorf("%s: %v, %v", files[i+1].Name, config, err)
		}
	}
	if buttons != 4 || bytes.Contains(files[0].Data, []byte("src=\"http")) {
		t.Errorf("%d buttons", buttons)
	}
}
