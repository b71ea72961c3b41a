package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// saveSheet saves a form of facts, and waits until it is done.
func (d *atTheDesk) saveSheet() {
	d.t.Helper()
	d.do(`document.querySelector("#kept").textContent = ""; document.querySelector("#save").click()`)
	d.until(`document.querySelector("#kept").textContent === "Đã lưu."`)
}

// sheet waits until a form of facts can be filled in.
func (d *atTheDesk) sheet() {
	d.t.Helper()
	d.until(`document.querySelector("#sheet").dataset.ready !== undefined`)
	d.run(chromedp.Evaluate(inTheForm, nil))
}

// TestTheOfficeRecordsWhatItKnows records the progress of a provision, fills in who publishes
// the site, puts its menu into another order and begins a page in it, with the mouse and
// with the keyboard: in the files nothing else changes, and the live page shows it.
func TestTheOfficeRecordsWhatItKnows(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown, needs.Symlinks)
	d := openTheDesk(t, nil)
	const plan, website = "content/ke-hoach/15-kh-tu/_index.md", "content/trang-web.toml"

	t.Run("progress", func(t *testing.T) {
		d.t = t
		before := d.file(plan)
		d.goTo("/tien-do/")
		d.heading("Ghi tiến độ: Kế hoạch số 15-KH/TU")
		d.until(`[...document.querySelectorAll(".provision")].find(p => p.querySelector("a")?.textContent.includes("II.1.2")).textContent.includes("việc đã làm")`)
		d.tabTo(`a[href="/tien-do/15-kh-tu/iii-3"]`)
		d.run(chromedp.KeyEvent(kb.Enter))
		d.sheet()
		d.until(`document.querySelector(".clause").textContent.includes("Tuyên giáo")`)
		d.do(`{const s = box("status"); s.focus(); s.value = "under-way"; s.dispatchEvent(new Event("input", {bubbles: true}))}`)
		d.do(`field("notes").querySelector(".add").click()`)
		d.until(`document.activeElement.closest(".field").dataset.key === "date"`)
		d.run(input.InsertText("5/6/2024"), chromedp.KeyEvent(kb.Tab), input.InsertText("Hội Mẫu"), chromedp.KeyEvent(kb.Tab), input.InsertText("Đã báo cáo."))
		d.do(`field("notes").querySelector('[data-key="sources"] .add').click()`)
		d.do(`document.activeElement.closest('[data-key="sources"]') || (() => { throw 0 })()`)
		d.run(input.InsertText("Báo cáo số 1"))
		d.do(`field("notes").querySelector('[data-key="url"] input').focus()`)
		d.run(input.InsertText("https://example.org/"))
		d.saveSheet()
		want := strings.Replace(before, "    period: \"Định kỳ\"\n", "    period: \"Định kỳ\"\n    status: under-way\n    notes:\n      - date: 2024-06-05\n        author: \"Hội Mẫu\"\n        text: \"Đã báo cáo.\"\n        sources:\n          - title: \"Báo cáo số 1\"\n            url: \"https://example.org/\"\n", 1)
		if got := d.file(plan); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		d.click("Hoàn tác")
		d.until(`document.querySelector("#notice").textContent === "Đã hoàn tác."`)
		if d.file(plan) != before {
			t.Error("it was not undone")
		}
	})

	t.Run("the publisher", func(t *testing.T) {
		d.t = t
		before := d.file(website)
		d.goTo("/trang-web/")
		d.tabTo(`a[href="/trang-web/co-quan"]`)
		d.run(chromedp.KeyEvent(kb.Enter))
		d.sheet()
		d.tabTo(`[data-path="publisher.body"] input`)
		d.run(input.InsertText("Hội Mẫu tỉnh Mẫu"))
		d.tabTo(`[data-path="publisher.email"] input`)
		d.run(input.InsertText("hoi-mau"))
		d.saveSheet()
		d.until(`field("publisher.email").querySelector(".faults").textContent.includes("Thư điện tử")`)
		d.write("publisher.email", "hoi@mau.example")
		d.saveSheet()
		d.until(`field("publisher.email").querySelector(".faults").hidden`)
		if got, want := d.file(website), before+"\n[publisher]\nbody = \"Hội Mẫu tỉnh Mẫu\"\nemail = \"hoi@mau.example\"\n"; got != want {
			t.Errorf("got\n%s", got)
		}
		// Left without saving, it goes on from the first page.
		d.write("publisher.phone", "0252 000 000")
		d.goTo("/")
		d.until(`[...document.querySelectorAll("h2")].some(h => h.textContent === "Đang viết dở")`)
		d.click("Cơ quan chủ quản, liên hệ")
		d.sheet()
		d.until(`document.querySelector(".banner").textContent.includes("chưa lưu") && document.querySelector('[data-path="publisher.phone"] input').value === "0252 000 000"`)
		// Meanwhile a colleague has saved another number: both are shown, one is chosen.
		if err := os.WriteFile(filepath.Join(d.root, website), []byte(d.file(website)+"phone = \"0252 111 111\"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		d.do(`document.querySelector("#save").click()`)
		d.until(`document.querySelector("#apart").open && document.querySelector("#apart-list del").textContent.includes("111") && document.querySelector("#apart-list ins").textContent.includes("000") && document.activeElement.value === "mine"`)
		d.run(chromedp.KeyEvent(kb.Escape))
		d.until(`!document.querySelector("#apart").open`)
		if !strings.HasSuffix(d.file(website), "phone = \"0252 111 111\"\n") {
			t.Error("the colleague's number is gone")
		}
		d.do(`document.querySelector("#save").click()`)
		d.until(`document.querySelector("#apart").open`)
		d.run(chromedp.KeyEvent(" "), chromedp.KeyEvent(kb.Enter))
		d.until(`document.querySelector("#kept").textContent === "Đã lưu." && !document.querySelector(".banner:not([hidden])")`)
		if !strings.HasSuffix(d.file(website), "phone = \"0252 000 000\"\n") {
			t.Error("what was left is not saved")
		}
		d.do(`document.querySelector("#show").click()`)
		d.until(`document.querySelector("#live-page")`)
		beside := d.livePage("/")
		beside.until(`document.querySelector("footer").textContent.includes("Hội Mẫu tỉnh Mẫu")`)
	})

	t.Run("the menu", func(t *testing.T) {
		d.t = t
		before := d.file(website)
		d.goTo("/trang-web/danh-muc")
		d.sheet()
		d.tabTo(`[data-path="menu"] .items > li:nth-child(2) .move`)
		d.run(chromedp.KeyEvent(kb.Enter))
		d.saveSheet()
		const one, two = "[[menu]]\npage = \"/ke-hoach/\"\nname = \"Kế hoạch\"\n", "[[menu]]\npage = \"/minh-chung/\"\nname = \"Việc đã làm\"\n"
		if got, want := d.file(website), strings.Replace(before, one+"\n"+two, two+"\n"+one, 1); got != want || want == before {
			t.Errorf("got\n%s", got)
		}
	})

	t.Run("a new page", func(t *testing.T) {
		d.t = t
		d.goTo("/trang-web/")
		d.click("Thêm trangMột trang mới đứng riêng, có thể đưa vào danh mục.")
		d.heading("Thêm trang")
		d.until(`document.activeElement.id === "title"`)
		d.run(input.InsertText("Trang thử của Hội Mẫu"))
		d.do(`document.querySelector('[name="menu"][value="footer"]').click(); document.querySelector('[name="english"]').click()`)
		d.tabTo("form.act button.main")
		d.run(chromedp.KeyEvent(kb.Enter))
		d.until(`location.pathname === "/soan/trang-thu-cua-hoi-mau/index.md"`)
		d.inForm()
		if text := d.file(website); !strings.Contains(text, "[[footer]]\npage = \"/trang-thu-cua-hoi-mau/\"\nname = \"Trang thử của Hội Mẫu\"\n\n# Các trang tiếng Anh.\n") {
			t.Error(text)
		}
		if text := d.file("content/trang-thu-cua-hoi-mau/index.en.md"); !strings.Contains(text, "draft: true") {
			t.Error(text)
		}
		d.write("description", "Mô tả.")
		d.do(`{text().focus(); if (document.activeElement !== text()) throw 0}`)
		d.run(input.InsertText("Lời của trang thử."))
		d.save()
		beside := d.livePage("/trang-thu-cua-hoi-mau/")
		beside.until(`document.querySelector("main").textContent.includes("Lời của trang thử.") && document.querySelector('footer a[href="/trang-thu-cua-hoi-mau/"]')`)
		d.run(page.BringToFront())
	})
	d.t = t
	d.quiet()
}
