package approval

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"strings"
	"testing"
	"time"
)

func picture(t *testing.T, width int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, 8)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func letter(t *testing.T, e Entry) string {
	t.Helper()
	e.Open = func(name string) ([]byte, error) {
		if name != "anh.jpg" {
			return nil, errors.New("no such file")
		}
		return picture(t, 3000), nil
	}
	l := Letter{Site: "Trang mẫu", BaseURL: "https://mau.example/", From: "Trần Văn Mẫu <b>", Note: "Xin duyệt <sớm>", Sent: time.Date(2026, 3, 1, 8, 30, 0, 0, time.UTC), Entries: []Entry{e}}
	var b strings.Builder
	if err := l.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestThePageStandsAlone(t *testing.T) {
	page := letter(t, Entry{Title: "Gặp mặt <trí thức>", Description: "Mô tả.", URL: "/tin-tuc/gap-mat/", Picture: "anh.jpg", Alt: "Hội trường",
		Body: "## Mục\n\n![Ảnh](anh.jpg) ![Mất](mat.jpg) ![Ngoài](https://example.org/x.jpg) ![Lên](../../config.jpg)\n\n[Kế hoạch](/ke-hoach/15-kh-tu/) [xấu](javascript:alert(1)) [bên](khac/)\n\n<script>alert(2)</script><p onclick=\"x\" style=\"y\">lời</p><iframe src=\"https://example.org/\"></iframe>\n\n{{< phim src=\"x\" >}}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"})
	for _, want := range []string{
		"Người gửi: Trần Văn Mẫu &lt;b&gt; · 08:30, 01/03/2026", "Xin duyệt &lt;sớm&gt;", "<h1>Gặp mặt &lt;trí thức&gt;</h1>", "Bài mới", "https://mau.example/tin-tuc/gap-mat/",
		"<h2>Mục</h2>", `<a href="https://mau.example/ke-hoach/15-kh-tu/">Kế hoạch</a>`, "<a>xấu</a>", "<em>[ảnh: Mất]</em>", "<em>[ảnh: Ngoài]</em>", "<em>[ảnh: Lên]</em>", "<p>lời</p>", "<td>2</td>", `name="viewport"`, `alt="Hội trường"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	for _, never := range []string{"<script", "onclick", "style=\"y\"", "<iframe", "javascript:", "src=\"http"} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %q", never)
		}
	}
	if n := strings.Count(page, `src="data:image/jpeg;base64,`); n != 2 {
		t.Errorf("%d pictures, want 2", n)
	}
	if small, err := scaled(picture(t, 3000)); err != nil {
		t.Error(err)
	} else if c, err := jpeg.DecodeConfig(bytes.NewReader(small)); err != nil || c.Width != widest {
		t.Errorf("a picture is %d wide (%v)", c.Width, err)
	}
}

func TestWhatHasChangedIsMarked(t *testing.T) {
	long := strings.Repeat("lời không đổi ", 100)
	page := letter(t, Entry{Title: "Mới", URL: "/a/", Words: long + "một ba " + long, Was: &Was{Title: "Cũ", Words: long + "một hai " + long}})
	for _, want := range []string{"Sửa một bài đã đăng", "<del>Cũ</del> <ins>Mới</ins>", "<del>hai</del> <ins>ba</ins>", "\n…\n"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if page := letter(t, Entry{Title: "A", Body: "b", Unclear: true}); strings.Contains(page, "Bài mới") || !strings.Contains(page, "không biết trên web đang là bản nào") {
		t.Errorf("what is not known is told as new:\n%s", page)
	}
	if !strings.Contains(letter(t, Entry{Title: "A", Words: "b", Was: &Was{Title: "A", Words: "b"}}), "Không có gì đổi") {
		t.Error("nothing is said of what did not change")
	}
}

// TestAnApproverReadsWordsNotTheFile has a quotation, a table and what is said beside the
// text, as they are and where they change.
func TestAnApproverReadsWordsNotTheFile(t *testing.T) {
	page := letter(t, Entry{Title: "A", URL: "/a/",
		Body:  "Mở đầu.\n\n{{< dieu-khoan \"15-kh-tu/ii-1-2\" >}}\n\n{{< so-do \"Ai làm gì\" >}}\n| Tên | Số |\n|---|---|\n| Một | 2 |\n{{< /so-do >}}\n\nXem {{< tieng \"en\" >}}the plan{{< /tieng >}} ở [trang](/moi/).\n",
		Facts: []Fact{{"Tệp đính kèm", "Quyết định 812"}, {"Nhân vật", "Trần Văn Mẫu"}},
		Words: "Mở đầu. Một | 2", Was: &Was{Title: "A", Words: "Mở đầu. Một | 1",
			Facts: []Fact{{"Nhân vật", "Trần Văn Mẫu"}, {"Lĩnh vực", "Y học"}}},
		Provision: func(ref string) (name, words string, ok bool) {
			return "Mục II.1.2, 15-KH/TU", "Biểu dương *trí thức*", ref == "15-kh-tu/ii-1-2"
		}})
	for _, want := range []string{
		"<blockquote>\n<p>Biểu dương *trí thức*</p>\n<p><strong>Mục II.1.2, 15-KH/TU</strong></p>", "<p><strong>Ai làm gì</strong></p>", "<td>2</td>", "Xem the plan ở",
		"<dt>Tệp đính kèm</dt><dd>Quyết định 812</dd>", "<h3>Tệp đính kèm</h3>\n<div><ins>Quyết định 812</ins>", "<h3>Lĩnh vực</h3>\n<div><del>Y học</del>",
		"<del>1</del> <ins>2</ins>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	for _, never := range []string{"{{", "|---", "](/", "<h3>Nhân vật</h3>"} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %q", never)
		}
	}
}

func TestFileName(t *testing.T) {
	sent := time.Date(2026, 3, 1, 8, 30, 0, 0, time.UTC)
	for title, want := range map[string]string{
		"Gặp mặt: “đầu năm”":       "duyet-gap-mat-dau-nam-20260301-0830.html",
		"../../../etc":             "duyet-etc-20260301-0830.html",
		"":                         "duyet-bai-20260301-0830.html",
		strings.Repeat("dài ", 99): "duyet-" + strings.TrimRight(strings.Repeat("dai-", 15), "-") + "-20260301-0830.html",
	} {
		if got := (Letter{Sent: sent, Entries: []Entry{{Title: title}}}).FileName(); got != want {
			t.Errorf("%q: %s, want %s", title, got, want)
		}
	}
}
