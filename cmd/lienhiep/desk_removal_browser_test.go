package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// leaver is somebody who is on the site, whom another page names by a link, and of whom the
// office remembers much.
var leaver = map[string]string{
	"content/tri-thuc/tran-van-mau/index.md":                     "---\ntitle: Trần Văn Mẫu\ndescription: Một người không có thật.\ndate: 2024-01-02\nborn: 1980\nconsent: {basis: public-activity}\nsources: [{title: Nguồn, url: \"https://example.org/\"}]\n---\nTiểu sử của Trần Văn Mẫu.\n",
	"content/tin-tuc/nguoi-mau/index.md":                         "---\ntitle: Bài nói về một người\ndescription: Mô tả.\ndate: 2024-01-02\npeople: [\"tran-van-mau\", \"tran-dai-nghia\"]\nsources: [{title: Nguồn, url: \"https://example.org/\"}]\n---\nBài kể về [một người](/tri-thuc/tran-van-mau/).\n",
	"content/tin-tuc/con-neu/index.md":                           "---\ntitle: Bài còn nêu\ndescription: Mô tả.\ndate: 2024-01-02\nsources: [{title: Nguồn, url: \"https://example.org/\"}]\n---\nCó ông TRẦN VĂN MẪU tới dự.\n",
	".lienhiep/published/content/tri-thuc/tran-van-mau/index.md": "Trần Văn Mẫu",
}

// tabTo presses Tab, as whoever has no mouse, until what is looked for has the focus.
func (d *atTheDesk) tabTo(selector string) {
	d.t.Helper()
	d.until(`document.querySelector(` + quoted(d.t, selector) + `)`)
	for range 200 {
		d.run(chromedp.KeyEvent(kb.Tab))
		there := false
		d.run(chromedp.Evaluate(`document.activeElement?.matches(`+quoted(d.t, selector)+`)`, &there))
		if there {
			return
		}
	}
	d.t.Fatalf("the keyboard does not reach %s", selector)
}

// click presses what has these words with the mouse, as soon as it is there.
func (d *atTheDesk) click(words string) {
	d.t.Helper()
	d.do(`[...document.querySelectorAll("main a, main button, #notice button")].find(e => e.textContent.trim() === ` + quoted(d.t, words) + ` && !e.disabled && e.offsetParent).click()`)
}

// goTo opens an address of the desk.
func (d *atTheDesk) goTo(address string) {
	d.t.Helper()
	d.run(page.BringToFront(), chromedp.Navigate(d.origin+address))
	d.until(`document.readyState === "complete"`)
}

// heading waits for a page by what its heading says.
func (d *atTheDesk) heading(words string) {
	d.t.Helper()
	d.until(`document.querySelector("h1").textContent.includes(` + quoted(d.t, words) + `) && document.readyState === "complete"`)
}

// livePage opens a page of the live site in a tab of its own.
func (d *atTheDesk) livePage(address string) *atTheDesk {
	d.t.Helper()
	root := ""
	d.until(`(async () => (window.liveRoot ||= (await (await fetch("/viec/hien?trang=")).json()).preview))() && window.liveRoot`)
	d.run(chromedp.Evaluate(`window.liveRoot`, &root))
	beside := &atTheDesk{tab: openTab(d.t, d.ctx), t: d.t}
	beside.run(page.BringToFront(), chromedp.Navigate(root+strings.TrimPrefix(address, "/")))
	return beside
}

// TestWhatIsTakenAwayComesBack takes an article down that others lead to, with the mouse and
// with the keyboard, removes it, and has it back each time; withdraws a person, of whom
// nothing is left; and has an earlier version back.
func TestWhatIsTakenAwayComesBack(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Chromium, needs.Milkdown, needs.Symlinks, needs.Git, needs.Axe)
	axe := string(read(t, needs.Axe.Path(t)))
	d := openTheDesk(t, func(root string) {
		for name, text := range leaver {
			file := filepath.Join(root, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		gitRepository(t, root)
	}, "--commit")
	const name = "content/tin-tuc/gap-mat-tri-thuc-2022/index.md"
	before, other := d.file(name), d.file("content/lien-hiep-hoi/hoat-dong/index.md")
	title := "" // of the article

	t.Run("taken down", func(t *testing.T) {
		d.t = t
		d.goTo("/go/")
		d.until(`document.activeElement.id === "q"`)
		d.run(input.InsertText("gap mat tri thuc"))
		d.do(`{const a = [...document.querySelectorAll(".rows li:not([hidden]) a")].find(a => a.href.endsWith("/go/tin-tuc/gap-mat-tri-thuc-2022/index.md")); window.title = a.textContent; a.click()}`)
		d.heading("Gỡ “")
		d.run(chromedp.Evaluate(`document.querySelector("h1").textContent.match(/“(.*)”/)[1]`, &title))
		d.until(`[...document.querySelectorAll(".effects")].find(l => l.querySelector('a[href$="/soan/lien-hiep-hoi/hoat-dong/index.md"]')).previousElementSibling.textContent.includes("không bấm được nữa")`)
		d.tabTo("#note")
		d.run(input.InsertText("Bài có số liệu chưa đúng."))
		d.tabTo("#why")
		d.run(input.InsertText("Theo đề nghị"), chromedp.KeyEvent(kb.Enter))
		d.heading("Đã gỡ “")
		if text := d.file(name); !strings.Contains(text, "removed: \"Bài có số liệu chưa đúng.\"") || !strings.Contains(text, "expiryDate: ") {
			t.Error(text)
		}
		if got := inGit(t, d.root, "log", "-1", "--format=%s"); got != "Gỡ “"+title+"”" {
			t.Errorf("the commit is %q", got)
		}
		beside := d.livePage("/lien-hiep-hoi/hoat-dong/")
		beside.until(`document.querySelector("main") && !document.querySelector('main a[href*="gap-mat-tri-thuc-2022"]')`)
		d.run(page.BringToFront())
		d.tabTo("#notice button")
		d.run(chromedp.KeyEvent(kb.Enter))
		d.heading("Gỡ “")
		if d.file(name) != before {
			t.Error("it is not back as it was")
		}
		beside.run(page.BringToFront())
		beside.until(`document.querySelector('main a[href*="gap-mat-tri-thuc-2022"]')`)
	})

	t.Run("from the writing page", func(t *testing.T) {
		d.t = t
		d.openEntry(name)
		d.do(`document.querySelector("#draft").click()`)
		d.until(`document.querySelector("#leads").textContent.includes("trang dẫn tới")`)
		d.do(`document.querySelector("#draft").click()`)
		d.until(`document.querySelector("#leads").hidden`)
		d.press("Việc khác")
		d.click("Gỡ khỏi trang")
		d.heading("Gỡ “")
		d.click("Gỡ khỏi trang")
		d.heading("Đã gỡ “")
		d.click("Đưa bài trở lại")
		d.heading("Gỡ “")
		if d.file(name) != before {
			t.Error("it is not back as it was")
		}
	})

	t.Run("removed", func(t *testing.T) {
		d.t = t
		d.goTo("/soan/tin-tuc/gap-mat-tri-thuc-2022/index.md?ban=tep")
		d.inForm()
		d.do(`document.querySelector("#discard").click()`)
		d.heading("Bỏ “")
		d.click("Bỏ bài và sửa các trang trên")
		d.until(`location.pathname === "/bai/tin-tuc/" && document.querySelector("#notice button")`)
		if _, err := os.Stat(filepath.Join(d.root, filepath.FromSlash(name))); err == nil {
			t.Error("it is there yet")
		}
		if text := d.file("content/lien-hiep-hoi/hoat-dong/index.md"); strings.Contains(text, "gap-mat-tri-thuc-2022") || text == other {
			t.Error(text)
		}
		d.goTo("/kiem-tra/")
		d.until(`/ 0 lỗi|Không có chỗ nào/.test(document.querySelector(".status").textContent)`)
		d.goTo("/thung-rac/")
		d.until(`document.querySelector(".rows").textContent.includes("còn 30 ngày")`)
		d.click("Lấy lại")
		d.until(`location.pathname.endsWith("/gap-mat-tri-thuc-2022/index.md")`)
		if d.file(name) != before {
			t.Error("it is not back as it was")
		}
		if d.file("content/lien-hiep-hoi/hoat-dong/index.md") != other {
			t.Error("what led to it does not lead there again")
		}
	})

	t.Run("an earlier version", func(t *testing.T) {
		d.t = t
		const linking = "content/lien-hiep-hoi/hoat-dong/index.md"
		d.goTo("/lich-su/lien-hiep-hoi/hoat-dong/index.md")
		d.until(`document.querySelector(".version h3").textContent === "Lời bài" && document.querySelector(".version del")`)
		d.accessibility(t, d.origin+"/lich-su/", axe)
		d.tabTo(".restore")
		d.run(chromedp.KeyEvent(kb.Enter))
		d.until(`document.querySelector("#entry")?.dataset.ready !== undefined && document.querySelector("#notice button")`)
		if d.file(linking) == other {
			t.Error("the version is not back")
		}
		d.click("Hoàn tác")
		d.until(`document.querySelector("#notice").textContent === "Đã hoàn tác."`)
		if d.file(linking) != other {
			t.Error("it was not undone")
		}
	})

	t.Run("a person withdraws", func(t *testing.T) {
		d.t = t
		d := d.another() // a tab is given so much time
		d.openEntry("content/tri-thuc/tran-van-mau/index.md")
		d.write("description", "Một câu mới về Trần Văn Mẫu.")
		d.save()
		d.write("description", "Một câu chưa lưu về Trần Văn Mẫu.")
		kept := func() []string {
			all, _ := filepath.Glob(filepath.Join(d.root, ".lienhiep", "autosave", "*.json"))
			return all
		}
		await(t, func() bool { return len(kept()) > 0 })
		open := d.another() // a window that is left open
		open.openEntry("content/tri-thuc/tran-van-mau/index.md")
		d.goTo("/rut-ten/")
		d.until(`document.activeElement.id === "q"`)
		d.run(input.InsertText("tran van mau"))
		d.until(`document.querySelector("#entries").children.length === 1`)
		d.do(`document.querySelector('#entries a[href="/rut-ten/tran-van-mau"]').click()`)
		d.heading("Rút tên Trần Văn Mẫu?")
		d.until(`["Trang của người này", "Bài nói về một người", "Bài còn nêu", "Máy tìm kiếm"].every(w => document.querySelector("main").textContent.includes(w))`)
		withdraw := func() {
			d.tabTo("input[name=agreed]")
			d.run(chromedp.KeyEvent(" "))
			d.tabTo("form.act button.main")
			d.run(chromedp.KeyEvent(kb.Enter))
			d.heading("Đã rút tên: Tran Van Mau")
		}
		withdraw()
		// Who consents again comes back, page and all; and may withdraw again.
		d.tabTo("details.again summary")
		d.run(chromedp.KeyEvent(kb.Enter))
		d.tabTo("details.again input[name=agreed]")
		d.run(chromedp.KeyEvent(" "))
		d.click("Cho trở lại")
		d.until(`location.pathname === "/soan/tri-thuc/tran-van-mau/index.md" && document.querySelector("#entry")?.dataset.ready !== undefined`)
		if text := d.file("content/tri-thuc/da-rut.toml"); strings.Contains(text, "tran-van-mau") {
			t.Error(text)
		}
		d.goTo("/rut-ten/tran-van-mau")
		withdraw()
		if text := d.file("content/tin-tuc/nguoi-mau/index.md"); !strings.Contains(text, "people: [\"tran-dai-nghia\"]") || !strings.Contains(text, "Bài kể về một người.") {
			t.Error(text)
		}
		// The window that was left open writes nothing of the person again.
		open.run(page.BringToFront())
		open.write("description", "Vẫn viết về Trần Văn Mẫu.")
		open.do(`document.querySelector("#save").click()`)
		open.until(`document.querySelector("#gone-why").textContent.includes("đã rút lại sự đồng ý") && !JSON.stringify(localStorage).includes("Vẫn viết")`)
		// What others say of the person is read and rewritten, and its earlier versions go.
		d.run(page.BringToFront())
		d.do(`[...document.querySelectorAll(".fault-list a")].find(a => a.textContent === "Bài còn nêu").click()`)
		d.until(`document.querySelector("#entry").dataset.ready !== undefined`)
		d.inForm()
		d.do(`{text().focus(); getSelection().selectAllChildren(text().querySelector("p"))}`)
		d.run(input.InsertText("Có một vị khách tới dự."))
		d.save()
		d.goTo("/rut-ten/tran-van-mau")
		d.until(`document.querySelector("main").textContent.includes("Không còn chỗ nào")`)
		d.click("Xóa nốt các bản cũ còn nêu tên")
		d.until(`document.querySelector("#notice").textContent.includes("Đã xóa các bản cũ")`)
		for left := range 2 { // of either withdrawal
			d.until(`document.readyState === "complete" && document.querySelectorAll('form[data-to="/rut-ten/xoa-han"]').length === ` + fmt.Sprint(2-left))
			d.click("Xóa hẳn bản giữ lại")
		}
		d.until(`document.readyState === "complete" && !document.querySelector('form[data-to="/rut-ten/xoa-han"]')`)
		nothingOf(t, d.root, regexp.MustCompile(`(?i)tr(ầ|a)n[ -]v(ă|a)n[ -]m(ẫ|a)u|một câu (mới|chưa lưu)`))
	})
	t.Run("a person refuses", func(t *testing.T) {
		d.t = t
		d.goTo("/moi/tri-thuc")
		d.run(input.InsertText("Lê Thị Mẫu"), chromedp.KeyEvent(kb.Enter))
		d.until(`location.pathname === "/soan/tri-thuc/le-thi-mau/index.md"`)
		d.inForm()
		d.write("description", "Một câu mới về một người.")
		d.save()
		d.goTo("/phieu/")
		d.do(`document.querySelector("#le-thi-mau summary").click(); document.querySelector("#le-thi-mau .refuse").click()`)
		d.until(`!document.querySelector("#le-thi-mau") && document.querySelector("#khong-dong-y")`)
		d.accessibility(t, d.origin+"/phieu/", axe)
		d.tabTo("#khong-dong-y ~ section summary")
		d.run(chromedp.KeyEvent(kb.Enter))
		d.click("Xóa hẳn Lê Thị Mẫu")
		d.until(`!document.querySelector("#khong-dong-y") && document.querySelector("#notice").textContent === "Đã xóa hẳn."`)
		nothingOf(t, d.root, regexp.MustCompile(`(?i)l(ê|e)[ -]th(ị|i)[ -]m(ẫ|a)u|một câu mới về`))
	})
	d.t = t
	d.quiet()
}

// nothingOf finds what is left of somebody in the content and in what the office remembers,
// names of files too, but for the record of those who have withdrawn.
func nothingOf(t *testing.T, root string, name *regexp.Regexp) {
	t.Helper()
	for _, folder := range []string{"content", ".lienhiep", filepath.Join("generated", "withdrawn"), filepath.Join("generated", "refused")} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(at string, e fs.DirEntry, err error) error {
			if err != nil || e.Name() == "da-rut.toml" {
				return err
			}
			told := strings.TrimPrefix(at, root)
			if !e.IsDir() {
				data, err := os.ReadFile(at)
				if err != nil {
					return err
				}
				told += fmt.Sprintf("\n%s", data)
			}
			if found := name.FindString(told); found != "" {
				t.Errorf("%s still says %q", at, found)
			}
			return nil
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
}
