package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	chromium "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// follow follows a link of the page by its words.
func (d *atTheDesk) follow(words string) {
	d.t.Helper()
	d.do(`if (document.readyState !== "complete") throw 0; [...document.querySelectorAll("a")].find(a => a.textContent.trim() === ` + quoted(d.t, words) + `).click()`)
}

// press presses a button by its words: with the keyboard alone.
func (d *atTheDesk) press(words string) {
	d.t.Helper()
	d.until(`document.readyState === "complete"`) // its modules have run
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
	old := filepath.Join(d.root, "..", "noi-dang", "index.html")
	if err := os.WriteFile(old, []byte("trang cũ"), 0o666); err != nil {
		d.t.Fatal(err)
	}
	d.press("Xem kỹ trước khi đăng")
	d.until(`document.querySelector(".status").textContent.startsWith("Nơi đăng không trống") && document.querySelector(".fault-list li").textContent.includes("index.html")`)
	if d.published("") != "trang cũ" {
		d.t.Fatal("looking at it has published it")
	}
	d.run(chromedp.Evaluate(`document.querySelector("#who").value = "Trần Văn Mẫu"`, nil)) // asked once
	d.press("Đăng lên web")
	d.until(`document.querySelector(".status").textContent.startsWith("Đã đăng lên web lúc ") && document.querySelector(".status").textContent.endsWith("người đăng: Trần Văn Mẫu.") && !document.querySelector(".who").open`)
	d.until(`document.querySelector("#plan-title").textContent === "Vừa đăng" && ![...document.querySelectorAll(".plan a")].some(a => a.textContent === "Quay về bản trước")`) // there is none
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
	d.until(`document.querySelector(".plan a[target=_blank]").href === "https://lienhiep.example` + address + `" && document.querySelector(".held:not([hidden]) .held-list a")`)

	d.follow("Quay về bản trước")
	d.until(`document.querySelectorAll(".releases section").length === 2 && document.querySelector(".releases h2").textContent.endsWith("đang hiện trên web") && document.querySelector(".releases p").textContent.endsWith("1 bài đổi")`)
	d.do(`document.querySelector(".releases details").open = true`)
	d.until(`[...document.querySelectorAll(".releases .entries ins")].some(i => i.textContent.includes("(bản"))`)
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
	// What would change is compared, in words, with what readers see again.
	d.until(`document.querySelector("#summary").textContent === "1 bài đổi." && [...document.querySelectorAll(".plan ins")].some(i => i.textContent.includes("(bản"))`)
}

// setsAPlace sets a folder up from the first page, is told what is
// wrong with a first try, takes it out and has it back: config.toml changes by those lines
// alone.
func (d *atTheDesk) setsAPlace() {
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
	d.until(`document.activeElement.id === "address"`) // which is missing
	fill("#address", "https://tri-thuc.example.vn/")
	d.press("Thử kết nối")
	d.until(`document.querySelector(".status").textContent.startsWith("Chưa dùng được nơi này") && document.querySelector(".fault-list li.error")`)
	other := filepath.Join(d.root, "..", "noi-dang", "trang-cu.html")
	if err := errors.Join(os.MkdirAll(filepath.Dir(other), 0o777), os.WriteFile(other, nil, 0o666)); err != nil {
		d.t.Fatal(err)
	}
	fill("#folder", `"../noi-dang"`)
	d.press("Thử kết nối")
	d.until(`document.querySelector(".status").textContent.startsWith("Kết nối được, nhưng nơi này không trống") && document.querySelector(".fault-list li").textContent.includes("trang-cu.html")`)
	if err := os.Remove(other); err != nil {
		d.t.Fatal(err)
	}
	d.press("Thử kết nối")
	d.until(`document.querySelector(".status").textContent.startsWith("Kết nối được, đọc và ghi được") && !document.querySelector(".fault-list li")`)
	d.press("Lưu nơi đăng")
	d.until(`location.pathname === "/xuat-ban/" && document.querySelector("#deploy")`)
	want := strings.Replace(before, "https://lienhiep.example/", "https://tri-thuc.example.vn/", 1) + "\n[params.deploy.web]\nurl = \"../noi-dang\"\n"
	if got := d.file("config.toml"); got != want {
		d.t.Errorf("config.toml is\n%s", got)
	}
	d.follow("Nơi đăng")
	d.press("Bỏ nơi đăng “web”")
	d.until(`document.querySelector("#notice.shown").textContent.includes("Đã bỏ nơi đăng “web”")`)
	if strings.Contains(d.file("config.toml"), "deploy.web") {
		d.t.Error("it is there yet")
	}
	d.press("Hoàn tác")
	d.until(`document.querySelector(".drop-place")`)
	if got := d.file("config.toml"); got != want {
		d.t.Errorf("config.toml is\n%s", got)
	}
}

// TestEditorSetsUpPublishingAndSharing does at one desk, from the first page and with the
// keyboard, what an office does once or now and then: sets the place to publish to, has the
// machine keep the schedule, sends an article to be approved and notes who has agreed, takes
// what a colleague wrote, chooses where both have changed the same, and sends all.
func TestEditorSetsUpPublishingAndSharing(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Chromium, needs.Milkdown, needs.Symlinks, needs.Git)
	home := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	t.Setenv("PATH", home+string(os.PathListSeparator)+os.Getenv("PATH"))
	if err := os.WriteFile(filepath.Join(home, "systemctl"), []byte("#!/bin/sh\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	var shared string
	d := openTheDesk(t, func(root string) {
		gitRepository(t, root)
		shared = filepath.Join(root, "..", "chung.git")
		inGit(t, root, "init", "--quiet", "--bare", shared)
		inGit(t, root, "remote", "add", "origin", shared)
		inGit(t, root, "push", "--quiet", "--set-upstream", "origin", "HEAD")
	}, "--commit")
	d.setsAPlace()
	if runtime.GOOS == "linux" { // elsewhere the machine's own scheduler would be told
		d.keepsTheSchedule(home)
	}
	d.isApproved(home)
	d.shares(shared)
	d.quiet()
}

// keepsTheSchedule schedules an article and has the machine publish by itself.
func (d *atTheDesk) keepsTheSchedule(home string) {
	d.t.Helper()
	const name = "content/tin-tuc/hoi-thao-2018/index.md"
	before := d.file(name)
	const told = `document.querySelector("#scheduled:not([hidden])").textContent.startsWith("Bài này hẹn lên web lúc 7:00 Chủ nhật 1/12/2999. Chưa có gì canh giờ")`
	d.openEntry(name)
	d.do(`{const e = document.querySelector("#f-publishDate"); e.focus(); if (document.activeElement !== e) throw 0}`)
	d.run(input.InsertText("7:00 1/12/2999"), chromedp.KeyEvent(kb.Tab))
	d.until(told)
	if d.file(name) != before {
		d.t.Error("it was not told before it was saved")
	}
	d.save()
	d.until(told)
	d.follow("Xuất bản")
	d.until(`document.querySelector("#hen-gio .banner").textContent.includes("lúc 7:00 Chủ nhật 1/12/2999 trang không tự đổi") && document.querySelector("#hen-gio li a").getAttribute("href") === "/soan/tin-tuc/hoi-thao-2018/index.md"`)
	d.follow("Đặt máy tự đăng")
	d.do(`document.querySelector(".keeper summary").click()`)
	d.until(`[...document.querySelectorAll(".keeper pre")].some(p => p.textContent.includes("systemctl --user enable --now lienhiep-web.service"))`)
	d.press("Đặt máy tự đăng")
	d.until(`document.querySelector("#notice.shown").textContent.includes("Đã giao cho máy này")`)
	unit := filepath.Join(home, "config", "systemd", "user", "lienhiep-web.service")
	if text := string(read(d.t, unit)); !strings.Contains(text, `"deploy" "web" "--watch" "--dir"`) {
		d.t.Error(text)
	}
	d.press("Hoàn tác")
	d.until(`document.querySelector(".keeper .keep")`)
	if _, err := os.Stat(unit); err == nil {
		d.t.Error("the unit is there yet")
	}
	if err := os.WriteFile(filepath.Join(d.root, name), []byte(before), 0o666); err != nil {
		d.t.Fatal(err)
	}
}

// isApproved sends an article from its own page, takes the file, and notes who has agreed;
// once it is changed, that is told.
func (d *atTheDesk) isApproved(home string) {
	d.t.Helper()
	const name = "content/tin-tuc/hoi-thao-2018/index.md"
	downloads := filepath.Join(home, "tai-ve")
	d.run(chromium.SetDownloadBehavior(chromium.SetDownloadBehaviorBehaviorAllow).WithDownloadPath(downloads))
	d.openEntry(name)
	d.follow("Gửi duyệt")
	d.until(`document.querySelector("#submit [name=file]:checked").value === "` + name + `"`)
	d.do(`document.querySelector("#note").focus()`)
	d.run(input.InsertText("Xin duyệt trước 16 giờ"))
	d.press("Tạo tệp gửi duyệt")
	d.until(`document.querySelector(".status").textContent.startsWith("Đã tạo tệp và ghi là đã gửi duyệt.")`)
	var file string
	await(d.t, func() bool {
		found, err := filepath.Glob(filepath.Join(downloads, "duyet-*.html"))
		if err == nil && len(found) == 1 {
			file = found[0]
		}
		return file != ""
	})
	letter := string(read(d.t, file))
	for _, want := range []string{"Xin duyệt trước 16 giờ", `name="viewport"`} {
		if !strings.Contains(letter, want) {
			d.t.Errorf("the file that is sent lacks %q", want)
		}
	}
	d.follow("Xuất bản")
	d.follow("Gửi duyệt")
	d.do(`document.querySelector("form.approve summary").click()`)
	d.do(`document.querySelector("form.approve [name=who]").focus()`)
	d.run(input.InsertText("Lê Thị Thử"), chromedp.KeyEvent(kb.Enter))
	d.until(`document.querySelector(".said").textContent.startsWith("Đã duyệt bản này: Lê Thị Thử, ")`)
	d.openEntry(name)
	d.follow("Lịch sử")
	d.until(`[...document.querySelectorAll(".version p")].some(p => p.textContent.includes("Duyệt · Lê Thị Thử"))`)
}

// shares takes what a colleague has written in the same title, chooses, and sends.
func (d *atTheDesk) shares(shared string) {
	d.t.Helper()
	const name = "content/tin-tuc/hoi-thao-2018/index.md"
	colleague := filepath.Join(d.root, "..", "dong-nghiep")
	inGit(d.t, d.root, "clone", "--quiet", shared, colleague)
	title := titleOf(d.file(name))
	theirs := filepath.Join(colleague, name)
	if err := os.WriteFile(theirs, []byte(strings.Replace(string(read(d.t, theirs)), title, title+" (họ)", 1)), 0o666); err != nil {
		d.t.Fatal(err)
	}
	inGit(d.t, colleague, "-c", "user.name=Đồng Nghiệp", "-c", "user.email=a@b.example", "commit", "--quiet", "--all", "--message", "Sửa")
	inGit(d.t, colleague, "push", "--quiet")
	d.openEntry(name)
	d.write("title", title+" (tôi)")
	d.save()
	d.run(chromedp.Navigate(d.origin + "/kho/"))
	d.until(`document.querySelector("#standing b").textContent.endsWith("bài chưa gửi lên, 1 bài mới ở kho chung.")`)
	d.press("Lấy bài mới")
	d.until(`document.querySelector("#conflict-list ins").textContent.includes("(tôi)") && document.querySelector("#conflict-list del").textContent.includes("(họ)") && document.activeElement.name === "keep-0"`)
	d.run(chromedp.KeyEvent(kb.ArrowDown)) // theirs
	d.until(`document.querySelector("#conflict-list :checked").value === "theirs"`)
	d.press("Gộp theo lựa chọn này")
	d.until(`document.querySelector(".status").textContent === "Đã lấy về 1 bài mới hoặc đã đổi."`)
	if got := titleOf(d.file(name)); got != title+" (họ)" {
		d.t.Errorf("the title is %q", got)
	}
	d.press("Gửi lên")
	d.until(`document.querySelector(".status").textContent.endsWith("Đã gửi lên kho chung.") && document.querySelector("#standing b").textContent === "Máy này và kho chung giống nhau."`)
	if got := inGit(d.t, d.root, "status", "--porcelain", "content"); got != "" {
		d.t.Errorf("the content is not clean:\n%s", got)
	}
	// What was not chosen is in the history.
	d.openEntry(name)
	d.follow("Lịch sử")
	d.until(`[...document.querySelectorAll(".version .words")].some(w => w.textContent.includes("(tôi)"))`)
}
