package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// follow follows a link of the page by its words.
func (d *atTheDesk) follow(words string) {
	d.t.Helper()
	d.do(`[...document.querySelectorAll("a")].find(a => a.textContent.trim() === ` + quoted(d.t, words) + `).click()`)
}

// press presses a button by its words: with the keyboard alone.
func (d *atTheDesk) press(words string) {
	d.t.Helper()
	d.run(chromedp.Evaluate(inTheForm, nil))
	d.do(`{const b = button(` + quoted(d.t, words) + `); b.focus(); if (document.activeElement !== b) throw 0}`)
	d.run(chromedp.KeyEvent(kb.Enter))
}

// published is the page of an address at the place that the site is published to.
func (d *atTheDesk) published(address string) string {
	d.t.Helper()
	data, err := os.ReadFile(filepath.Join(d.root, "..", "noi-dang", filepath.FromSlash(address), "index.html"))
	if err != nil {
		return ""
	}
	return string(data)
}

// publishes looks at what will be published and publishes it; then changes one article
// while a colleague leaves another with an error: that one is held back, and named; the
// other goes out by one press; at last the release before is shown again.
func (d *atTheDesk) publishes() {
	d.t.Helper()
	d.follow("Xuất bản")
	d.until(`document.querySelector("#target").value === "thu" && document.querySelector("#summary").textContent.startsWith("Lần đăng đầu tiên từ máy này: ")`)
	d.press("Xem kỹ trước khi đăng")
	d.until(`document.querySelector(".status").textContent.startsWith("Đây là đúng những gì sẽ đăng.")`)
	if d.published("") != "" {
		d.t.Fatal("looking at it has published it")
	}
	d.press("Đăng lên web")
	d.until(`document.querySelector(".status").textContent.startsWith("Đã đăng lên web lúc ")`)
	const name, address = "content/tin-tuc/hoi-thao-2018/index.md", "/tin-tuc/hoi-thao-2018/"
	before := titleOf(d.file(name))
	if !strings.Contains(d.published(address), before) {
		d.t.Error("it is not published")
	}

	d.openEntry(name)
	d.write("title", before+" (bản mẫu)")
	d.save()
	const broken = "content/tin-tuc/gap-mat-tri-thuc-2022/index.md"
	if err := os.WriteFile(filepath.Join(d.root, broken), []byte(strings.Replace(d.file(broken), "date: ", "date: 2026-13-45 #", 1)), 0o666); err != nil {
		d.t.Fatal(err)
	}
	d.follow("Xuất bản")
	d.until(`document.querySelector("#summary").textContent === "1 bài đổi."`)
	d.until(`document.querySelector(".held-list a").getAttribute("href").startsWith("/soan/tin-tuc/gap-mat-tri-thuc-2022/index.md?cho=date")`)
	d.do(`document.querySelector(".plan summary").click()`)
	d.until(`document.querySelector(".plan li a[href$='hoi-thao-2018/index.md']") && [...document.querySelectorAll(".plan ins")].some(i => i.textContent.includes("(bản"))`)
	d.press("Đăng lên web") // once: what was built is what was shown
	d.until(`document.querySelector(".status").textContent.startsWith("Đã đăng lên web lúc ")`)
	if !strings.Contains(d.published(address), before+" (bản mẫu)") || d.published("/tin-tuc/gap-mat-tri-thuc-2022/") == "" {
		d.t.Error("the change is not published, or what was held back is gone")
	}
	d.until(`document.querySelector(".plan a[target=_blank]").href === "https://lienhiep.example` + address + `"`)

	d.follow("Quay về bản trước")
	d.until(`document.querySelectorAll(".releases section").length === 2 && document.querySelector(".releases h2").textContent.endsWith("đang hiện trên web") && document.querySelector(".releases p").textContent.endsWith("1 bài đổi")`)
	d.press("Quay về bản này")
	d.until(`document.querySelector(".status").textContent.startsWith("Người đọc đang thấy lại bản đăng lúc ")`)
	if strings.Contains(d.published(address), "(bản mẫu)") || !strings.Contains(d.published(address), before) {
		d.t.Error("the release before is not shown")
	}
	if !strings.Contains(d.file(name), "(bản mẫu)") {
		d.t.Error("the article at the desk has changed")
	}
	d.follow("‹ Xuất bản")
	d.until(`[...document.querySelectorAll(".past summary")].map(s => s.textContent).filter(s => s.includes("quay về bản trước")).length === 1 && document.querySelectorAll(".past > li").length === 3`)
}

// TestEditorSetsAPlaceToPublishTo sets a folder up from the first page, is told what is
// wrong with a first try, takes it out and has it back: config.toml changes by those lines
// alone.
func (d *atTheDesk) setsAPlace(t *testing.T) {
	d.t.Helper()
	before := d.file("config.toml")
	d.follow("Xuất bản")
	d.follow("Đặt nơi đăng")
	fill := func(id, words string) {
		d.do(`{const e = document.querySelector("` + id + `"); e.focus(); e.select(); if (document.activeElement !== e) throw 0}`)
		d.run(input.InsertText(words))
	}
	fill("#folder", "../khong-co")
	d.press("Thử kết nối")
	d.until(`document.querySelector(".status").textContent.startsWith("Chưa kết nối được") && document.querySelector(".fault-list li.error")`)
	if err := os.MkdirAll(filepath.Join(d.root, "..", "noi-dang"), 0o777); err != nil {
		t.Fatal(err)
	}
	fill("#folder", "../noi-dang")
	fill("#address", "https://tri-thuc.example.vn/")
	d.press("Thử kết nối")
	d.until(`document.querySelector(".status").textContent.startsWith("Kết nối được") && !document.querySelector(".fault-list li")`)
	d.press("Lưu nơi đăng")
	d.until(`location.pathname === "/xuat-ban/" && document.querySelector("#deploy")`)
	want := strings.Replace(before, "https://lienhiep.example/", "https://tri-thuc.example.vn/", 1) + "\n[params.deploy.web]\nurl = \"../noi-dang\"\n"
	if got := d.file("config.toml"); got != want {
		t.Errorf("config.toml is\n%s", got)
	}
	d.follow("Nơi đăng")
	d.press("Bỏ nơi đăng “web”")
	d.until(`document.querySelector("#notice.shown").textContent.includes("Đã bỏ nơi đăng “web”")`)
	if strings.Contains(d.file("config.toml"), "deploy.web") {
		t.Error("it is there yet")
	}
	d.press("Hoàn tác")
	d.until(`document.querySelector(".drop-place")`)
	if got := d.file("config.toml"); got != want {
		t.Errorf("config.toml is\n%s", got)
	}
	if err := os.WriteFile(filepath.Join(d.root, "config.toml"), []byte(before), 0o666); err != nil {
		t.Fatal(err)
	}
}
