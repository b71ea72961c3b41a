package edit

import (
	"net/http"
	"strings"
	"testing"
)

// withoutBreaks takes out what stands between tags alone.
var withoutBreaks = strings.NewReplacer(">\n<", "><")

// TestSidesAreAsReadersSeeThem holds that what two people made of one place is shown as
// readers would see it, with the words marked that differ, and that nothing of what they
// wrote is markup there.
func TestSidesAreAsReadersSeeThem(t *testing.T) {
	thumb := func(name, shows string) string {
		return `<span class="read-picture"><img class="thumb" alt="" src="/soan/tin-tuc/gap-mat/` + name + `"><small>Ảnh: ` + shows + `</small></span>`
	}
	f := former{names: map[string]map[string]string{}}
	for what, tt := range map[string]struct{ theirs, mine, left, right string }{
		"a table": {"| Tên | Năm |\n| --- | --: |\n| Máy **gặt** | 2020 |", "| Tên | Năm |\n| --- | --: |\n| Máy **gặt** nhỏ | 2021 |",
			"<table><thead><tr><th>Tên</th><th>Năm</th></tr></thead><tbody><tr><td>Máy <strong>gặt</strong></td><td><del>2020</del></td></tr></tbody></table>",
			"<table><thead><tr><th>Tên</th><th>Năm</th></tr></thead><tbody><tr><td>Máy <strong>gặt</strong> <ins>nhỏ</ins></td><td><ins>2021</ins></td></tr></tbody></table>"},
		"a picture": {"![Lễ trao giải](le.jpg)", "![Lễ trao giải](le trao.jpg)",
			"<p><del>" + thumb("le.jpg", "Lễ trao giải") + "</del></p>", "<p><ins>" + thumb("le%20trao.jpg", "Lễ trao giải") + "</ins></p>"},
		"what a picture shows": {"Xem ![Lễ](le.jpg)", "Xem ![](le.jpg) này",
			"<p>Xem <del>" + thumb("le.jpg", "Lễ") + "</del></p>", "<p>Xem <ins>" + thumb("le.jpg", "chưa có lời mô tả") + " này</ins></p>"},
		"a picture from elsewhere": {"![Phim](https://xem.example/1)", "![Phim](../khac/a.jpg)",
			`<p><del><span class="read-picture"><small>Ảnh: Phim (https://xem.example/1)</small></span></del></p>`, `<p><ins><span class="read-picture"><small>Ảnh: Phim (../khac/a.jpg)</small></span></ins></p>`},
		"a link":              {"Xem [bài này](/tin-tuc/a/) nhé.", "Xem [bài này](/tin-tuc/b/) nhé.", "<p>Xem bài này <del>(/tin-tuc/a/)</del> nhé.</p>", "<p>Xem bài này <ins>(/tin-tuc/b/)</ins> nhé.</p>"},
		"several words":       {"Một hai ba bốn năm.", "Một **hai tư** bốn sáu năm.", "<p>Một hai <del>ba</del> bốn năm.</p>", "<p>Một <strong>hai <ins>tư</ins></strong> bốn <ins>sáu</ins> năm.</p>"},
		"headings and lists":  {"## Đề mục {#de-muc}\n\n- một\n- hai", "### Đề mục\n\n1. một", "<h4>Đề mục</h4><ul><li>một</li><li><del>hai</del></li></ul>", "<h4>Đề mục</h4><ol><li>một</li></ol>"},
		"what was taken out":  {"", "Còn đây.", "", "<p><ins>Còn đây.</ins></p>"},
		"what was struck out": {"~~cũ~~ mới", "~~cũ~~ hơn", "<p><s>cũ</s> <del>mới</del></p>", "<p><s>cũ</s> <ins>hơn</ins></p>"},
		"a code":              {`{{< dieu-khoan "15-kh-tu/ii-1" >}}`, `{{< so-do "quy-trinh" >}}`, "<p><del>[Trích điều khoản: 15-kh-tu/ii-1]</del></p>", "<p><ins>[Sơ đồ: quy-trinh]</ins></p>"},
		"hostile words": {`<img src=x onerror=a()> a <b onclick="b()">c</b> ![<i>](java.jpg"x)`, "[a](javascript:alert(1)) &lt;script&gt;",
			"", ""},
	} {
		got := f.sides("/soan/tin-tuc/gap-mat", tt.theirs, tt.mine)
		if what == "hostile words" {
			for _, side := range []string{got.Theirs, got.Mine} {
				if strings.Contains(side, "onerror") || strings.Contains(side, "onclick") || strings.Contains(side, "<script") || strings.Contains(side, "<i>") {
					t.Errorf("%s: %s", what, side)
				}
			}
			continue
		}
		got.Theirs, got.Mine = withoutBreaks.Replace(got.Theirs), withoutBreaks.Replace(got.Mine)
		if got.Theirs != tt.left || got.Mine != tt.right || got.Same {
			t.Errorf("%s:\n%s\n%s\nwant\n%s\n%s", what, got.Theirs, got.Mine, tt.left, tt.right)
		}
	}
	if got := f.sides("/soan/a", "Một **hai**.", "Một *hai*."); !got.Same || strings.Contains(got.Theirs+got.Mine, "del>") || !strings.Contains(got.Mine, "<em>hai</em>") {
		t.Errorf("only the form differs: %+v", got)
	}
}

// TestTheSameTableChangedTwice holds that the page is told of both tables, none as Markdown.
func TestTheSameTableChangedTwice(t *testing.T) {
	o := openDesk(t)
	theirs := strings.Replace(ourPage, "| 1 | 2 |", "| 1 | họ |", 1)
	status, asked := o.jointly(theirs, nil, strings.Replace(ourText, "| 1 | 2 |", "| 1 | tôi |", 1), nil)
	if status != http.StatusConflict || len(asked.Apart) != 1 || asked.Apart[0].Sides == nil || asked.Apart[0].Words != nil {
		t.Fatalf("%d %+v", status, asked)
	}
	if got := *asked.Apart[0].Sides; !strings.Contains(withoutBreaks.Replace(got.Theirs), "<td>1</td><td><del>họ</del></td>") || !strings.Contains(withoutBreaks.Replace(got.Mine), "<td>1</td><td><ins>tôi</ins></td>") || strings.Contains(got.Mine+got.Theirs, "|") {
		t.Errorf("%+v", got)
	}
}
