package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// atTheDesk is a tab in which the desk of a site is open.
type atTheDesk struct {
	*tab
	t      *testing.T
	root   string // the site's folder
	origin string
}

// siteWithDesk is a copy of the site in which the desk can be opened. It needs the
// packages of the writing surface, and a symbolic link.
func siteWithDesk(t *testing.T, prepare func(root string)) (root string) {
	t.Helper()
	return siteWithDeskIn(t, t.TempDir(), prepare)
}

func siteWithDeskIn(t *testing.T, dir string, prepare func(root string)) (root string) {
	t.Helper()
	root, err := copyOfSite("../..", dir, "site")
	if err != nil {
		t.Fatal(err)
	}
	withDesk(t, root)
	if prepare != nil {
		prepare(root)
	}
	return root
}

// withDesk gives a site the packages of the writing surface.
func withDesk(t *testing.T, root string) {
	t.Helper()
	desk := filepath.Join(needs.Milkdown.Path(t), "../../..") // it is node_modules/@milkdown/kit there
	if err := os.MkdirAll(filepath.Join(root, "internal"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(desk, filepath.Join(root, "internal", "desk")); err != nil {
		t.Fatal(err)
	}
}

// startDesk starts the program as an editor does, on a copy of the site, and returns
// the address that it prints.
func startDesk(t *testing.T, said io.Writer, prepare func(root string), args ...string) (root string, link *url.URL) {
	t.Helper()
	root = siteWithDesk(t, prepare)
	link, end := editing(t, root, said, args...)
	t.Cleanup(end)
	return root, link
}

// editing starts the program as an editor does, and returns the address that it prints.
func editing(t *testing.T, root string, said io.Writer, args ...string) (link *url.URL, end func()) {
	t.Helper()
	cmd, link := startEditing(t, root, said, args...)
	return link, func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait() // it ends by the signal
	}
}

// startEditing does that and returns the program.
func startEditing(t *testing.T, root string, said io.Writer, args ...string) (cmd *exec.Cmd, link *url.URL) {
	t.Helper()
	cmd = exec.Command(binary, slices.Concat([]string{"edit", "--dir", root, "--no-open"}, args)...)
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
		t.Fatal(err)
	}
	return cmd, mustParse(t, regexp.MustCompile(`http://\S+`).FindString(line))
}

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// openTheDesk starts the desk and opens it in Chromium.
func openTheDesk(t *testing.T, prepare func(root string), args ...string) *atTheDesk {
	t.Helper()
	root, link := startDesk(t, nil, prepare, args...)
	return openAt(t, root, link)
}

// openAt opens the desk of the site in root in a new tab.
func openAt(t *testing.T, root string, address *url.URL) *atTheDesk {
	t.Helper()
	d := &atTheDesk{openTab(t, openBrowser(t)), t, root, "http://" + address.Host}
	d.run(chromedp.EmulateViewport(1600, 1000), page.BringToFront(), chromedp.Navigate(address.String()))
	d.until(`document.querySelector(".tasks")`)
	return d
}

// another is another tab of the same browser.
func (d *atTheDesk) another() *atTheDesk {
	d.t.Helper()
	other := &atTheDesk{openTab(d.t, d.ctx), d.t, d.root, d.origin}
	other.run(chromedp.EmulateViewport(1600, 1000), page.BringToFront())
	return other
}

// inTheForm are the words in which a test tells what to do in a form.
const inTheForm = `
window.field = path => document.querySelector('[data-path="' + path + '"]');
window.box = path => field(path).querySelector("input:not([type=hidden]):not([type=file]), textarea, select");
window.button = name => [...document.querySelectorAll("button, summary")].find(b => b.textContent.trim().startsWith(name) && !b.disabled && b.offsetParent);
window.text = () => document.querySelector("#surface [contenteditable=true]");
undefined`

func (d *atTheDesk) run(actions ...chromedp.Action) {
	d.t.Helper()
	if err := chromedp.Run(d.ctx, actions...); err != nil {
		d.t.Fatalf("%v\n%s", err, d.messages)
	}
}

// until waits until something is so in the page.
func (d *atTheDesk) until(is string) {
	d.t.Helper()
	d.ask(is, func(err error) bool { return strings.Contains(err.Error(), "navigated or closed") }) // the next page says
}

// do does something in the page, as soon as it can be done.
func (d *atTheDesk) do(what string) {
	d.t.Helper()
	d.ask("(() => { try { "+what+"; return true } catch { return false } })()", func(error) bool { return false })
}

// ask asks until something is so in the page, whose policy lets nothing poll for it from
// inside. again are the errors after which it is asked again.
func (d *atTheDesk) ask(is string, again func(error) bool) {
	d.t.Helper()
	so := false
	for end := time.Now().Add(patience); !so; runtimePause() {
		if time.Now().After(end) {
			var said string
			d.run(chromedp.Evaluate(`(document.querySelector("#notice")?.textContent ?? "") + document.body.innerText.slice(0, 2000)`, &said))
			d.t.Fatalf("it never came to be: %s\n%s\n%s", is, d.messages, said)
		}
		err := chromedp.Run(d.ctx, chromedp.Evaluate("(() => { try { return !!("+is+") } catch { return false } })()", &so))
		if err != nil && !again(err) {
			d.t.Fatalf("%v\n%s", err, d.messages)
		}
	}
}

// untilLive waits until something is so on the live page: in the frame it is shown at
// all, and in a tab of its own, which is returned, it can be looked into.
func (d *atTheDesk) untilLive(is string) (beside *atTheDesk) {
	d.t.Helper()
	var live string
	d.run(chromedp.Evaluate(`document.querySelector("#live-page").src`, &live))
	await(d.t, func() bool {
		var frames *page.FrameTree
		d.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
			frames, err = page.GetFrameTree().Do(ctx)
			return err
		}))
		return slices.ContainsFunc(frames.ChildFrames, func(f *page.FrameTree) bool { return f.Frame.URL == live && f.Frame.UnreachableURL == "" })
	})
	beside = &atTheDesk{tab: openTab(d.t, d.ctx), t: d.t}
	beside.run(page.BringToFront(), chromedp.Navigate(live))
	beside.until(is)
	return beside
}

// openEntry opens an entry for writing, and its folded parts.
func (d *atTheDesk) openEntry(file string) {
	d.t.Helper()
	d.run(page.BringToFront(), chromedp.Navigate(d.origin+"/soan/"+strings.TrimPrefix(file, "content/")))
	d.inForm()
}

func (d *atTheDesk) inForm() {
	d.t.Helper()
	d.until(`document.querySelector("#entry").dataset.ready !== undefined`)
	d.run(chromedp.Evaluate(inTheForm, nil))
	d.do(`document.querySelectorAll("details.group").forEach(g => g.open = true)`)
}

// write puts the focus into a field and types over what it holds.
func (d *atTheDesk) write(path, words string) {
	d.t.Helper()
	d.do(fmt.Sprintf(`{const e = box(%q); e.focus(); e.select(); if (document.activeElement !== e) throw 0}`, path))
	d.run(input.InsertText(words))
	d.until(fmt.Sprintf(`box(%q).value === %s`, path, quoted(d.t, words)))
}

// choose searches in a field and takes the first that is found.
func (d *atTheDesk) choose(path, words, label string) {
	d.t.Helper()
	d.write(path, words)
	d.until(fmt.Sprintf(`[...field(%q).querySelectorAll("[role=option]")][0]?.textContent.includes(%s)`, path, quoted(d.t, label)))
	d.run(chromedp.KeyEvent(kb.Enter))
	d.until(fmt.Sprintf(`field(%q).querySelector(".chips li").textContent.includes(%s)`, path, quoted(d.t, label)))
}

// save saves as an editor does, and waits until it is done.
func (d *atTheDesk) save() {
	d.t.Helper()
	d.do(`document.querySelector("#kept").textContent = ""; document.querySelector("#save").click()`)
	d.until(`document.querySelector("#kept").textContent.startsWith("Đã lưu")`)
}

func (d *atTheDesk) file(name string) string {
	d.t.Helper()
	data, err := os.ReadFile(filepath.Join(d.root, filepath.FromSlash(name)))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(data)
}

// quiet reports every request that left the machine, and every fault of the page.
func (d *atTheDesk) quiet() {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.requests) < 10 {
		d.t.Errorf("only %d requests were seen", len(d.requests))
	}
	for _, r := range d.requests {
		u, err := url.Parse(r.Request.URL)
		if err != nil {
			d.t.Fatal(err)
		}
		if host := u.Hostname(); host != "127.0.0.1" && host != "localhost" && u.Scheme != "data" && u.Scheme != "blob" {
			d.t.Errorf("the desk asks another host: %s", u)
		}
	}
}

// TestEditorMakesAnArticleWithAPhoto does what an editor does, from the first page: a new
// article, a photo from a phone, a clause, a person and a field found by their words, a
// source; it stands on the live page beside, in the built site, and in the repository.
func TestEditorMakesAnArticleWithAPhoto(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown, needs.Symlinks, needs.Git)
	d := openTheDesk(t, func(root string) { gitRepository(t, root) }, "--commit")
	photo, err := filepath.Abs("testdata/desk/IMG_0001.HEIC")
	if err != nil {
		t.Fatal(err)
	}
	d.do(`[...document.querySelectorAll(".tasks a")].find(a => a.querySelector("b").textContent === "Viết tin").click()`)
	d.until(`document.activeElement.id === "title"`)
	d.run(input.InsertText("Đại hội lần thứ nhất: “Ước mơ”"), chromedp.KeyEvent(kb.Enter))
	d.until(`location.pathname === "/soan/tin-tuc/dai-hoi-lan-thu-nhat-uoc-mo/index.md"`)
	d.inForm()
	d.do(`{text().focus(); if (document.activeElement !== text()) throw 0}`)
	d.run(input.InsertText("Lời bài do biên tập viên viết."))
	d.drop(`field("image.file").querySelector(".drop")`, photo)
	d.until(`field("image.file").textContent.includes(".jpg") && field("image.file").querySelector("img").naturalWidth > 0`)
	d.write("image.alt", "Bốn ô màu.")
	d.write("image.credit", "Ban biên tập")
	d.write("description", "Một câu tóm tắt.")
	d.choose("plan", "ton vinh tri thuc", "II.1.2")
	d.choose("people", "dai nghia", "Trần Đại Nghĩa")
	d.choose("fields", "y hoc", "Y học")
	d.do(`[...field("sources").querySelectorAll(".add")][0].click()`)
	d.do(`document.activeElement.closest(".field").dataset.key === "title" || (() => { throw 0 })()`)
	d.run(input.InsertText("VUSTA"))
	d.do(`field("sources").querySelector('[data-key="url"] input').focus()`)
	d.run(input.InsertText("https://vusta.vn/"))
	d.save()

	const folder = "content/tin-tuc/dai-hoi-lan-thu-nhat-uoc-mo/"
	text := d.file(folder + "index.md")
	for _, want := range []string{"---\ntitle: \"Đại hội lần thứ nhất: “Ước mơ”\"\n", "draft: true\n", "  file: \"img-0001.jpg\"\n", "\n\nLời bài do biên tập viên viết.\n",
		"plan: [\"15-kh-tu/ii-1-2\"]\n", "people: [\"tran-dai-nghia\"]\n", "fields: [\"Y học\"]\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the entry lacks %q:\n%s", want, text)
		}
	}
	if picture := d.file(folder + "img-0001.jpg"); !strings.HasPrefix(picture, "\xff\xd8") || strings.Contains(picture, "Exif") {
		t.Error("the photo is no clean JPEG")
	}
	// The live page follows, drafts too.
	d.do(`document.querySelector("#show").click()`)
	d.until(`document.querySelector("#live-page").src.endsWith("/tin-tuc/dai-hoi-lan-thu-nhat-uoc-mo/")`)
	beside := d.untilLive(`document.querySelector("main img")?.alt === "Bốn ô màu." && document.querySelector("aside.preview")`)
	// Published, it stands in the built site.
	d.run(page.BringToFront())
	d.do(`document.querySelector("#draft").click()`)
	d.save()
	if !strings.Contains(d.file(folder+"index.md"), "draft: false\n") {
		t.Error("it is a draft yet")
	}
	beside.run(page.BringToFront())
	beside.until(`!document.querySelector("aside.preview")`) // it has been loaded again
	const title = "“Đại hội lần thứ nhất: “Ước mơ””"
	commits := "Biên Tập: Sửa " + title + "\nBiên Tập: Sửa " + title + "\nBiên Tập: Thêm tệp “img-0001.jpg”\nBiên Tập: Thêm " + title + "\nBiên Tập: Đầu"
	if got := inGit(t, d.root, "log", "--format=%an: %s"); got != commits {
		t.Errorf("the commits are\n%s", got)
	}
	if err := build(d.root); err != nil {
		t.Fatal(err)
	}
	if page := d.file("public/tin-tuc/dai-hoi-lan-thu-nhat-uoc-mo/index.html"); !strings.Contains(page, "Bốn ô màu.") {
		t.Error("the built page lacks the photo")
	}
	d.quiet()
}

// await waits until something is so outside the page.
func await(t *testing.T, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); runtimePause() {
		if time.Now().After(end) {
			t.Fatal("it never came to be")
		}
	}
}

// drop drags a file onto an element and lets it go.
func (d *atTheDesk) drop(element, file string) {
	d.t.Helper()
	var at []float64
	d.run(chromedp.Evaluate(`(() => { const o = `+element+`; o.scrollIntoView({block: "center"}); const e = o.getBoundingClientRect(); return [e.x + e.width / 2, e.y + e.height / 2] })()`, &at))
	data := &input.DragData{Items: []*input.DragDataItem{}, Files: []string{file}, DragOperationsMask: 1}
	for _, kind := range []input.DispatchDragEventType{input.DragEnter, input.DragOver, input.Drop} {
		d.run(input.DispatchDragEvent(kind, at[0], at[1], data))
	}
}

// titleOf is the title in an entry's front matter.
func titleOf(entry string) string {
	return regexp.MustCompile(`(?m)^title: "(.*)"$`).FindStringSubmatch(entry)[1]
}

const survivor = `---
# Bài này do ban biên tập viết.
sources:
  - url: https://vusta.vn/a   # bài gốc
    title: "Bài A"
title:  'Những điều phải còn'   # đã duyệt
fields: [Y học,   "Dược học"]
date: 2026-11-20T06:15:00+07:00 # giờ Việt Nam
lastmod: 2026-11-21
---

Đoạn *một* có chú thích.[^1] Và __đậm__.

{{< dieu-khoan "15-kh-tu/ii-1-2" >}}

| Năm  |   Số |
|:-----|-----:|
| 2020 | 12 |

* mục một
* mục hai

[^1]: Chú thích.
`

// TestEditorKeepsWhatWasNotEdited opens an entry with everything in it that a form
// does not know, changes its title, then a sentence, and compares the whole file.
func TestEditorKeepsWhatWasNotEdited(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown, needs.Symlinks)
	const name = "content/tin-tuc/con-nguyen/index.md"
	endings := map[string]string{name: "\n", "content/tin-tuc/con-nguyen-crlf/index.md": "\r\n"}
	d := openTheDesk(t, func(root string) {
		for name, ending := range endings {
			if err := os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(root, name), []byte(strings.ReplaceAll(survivor, "\n", ending)), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	})
	for name, ending := range endings {
		d.openEntry(name)
		d.write("title", "Tiêu đề mới của "+name)
		d.save()
		want := strings.ReplaceAll(strings.Replace(survivor, "title:  'Những điều phải còn'", `title: "Tiêu đề mới của `+name+`"`, 1), "\n", ending)
		if got := d.file(name); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
	// And in the text: the list that was written in, and no other block.
	d.openEntry(name)
	before := d.file(name)
	d.do(`{text().focus(); getSelection().selectAllChildren(text().querySelector("li p")); getSelection().collapseToEnd(); if (document.activeElement !== text()) throw 0}`)
	d.run(chromedp.KeyEvent(kb.End), input.InsertText(" thêm"))
	d.until(`text().textContent.includes("mục một thêm")`)
	d.save()
	if got := d.file(name); got != strings.Replace(before, "* mục một\n", "* mục một thêm\n", 1) {
		t.Errorf("got\n%s", got)
	}
	d.quiet()
}

// TestEditorWritesNotesOnThePlan writes a note on one provision and the progress of
// another, in the form of the plan's page: those two lines change, and no other. The
// plan's own words are nowhere to be written in.
func TestEditorWritesNotesOnThePlan(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown, needs.Symlinks)
	d := sharedDesk(t)
	const name = "content/ke-hoach/15-kh-tu/_index.md"
	before, words := d.file(name), d.file("content/ke-hoach/15-kh-tu/van-ban.txt")
	d.openEntry(name)
	want := before
	for _, one := range []struct{ path, old, new string }{
		{"notes.2.text", "Kế hoạch không ghi ngày ban hành của Chỉ thị số 52-CT/TU; bản đăng trên trang của Liên hiệp hội tỉnh ghi ngày 29/7/2010.", "Chưa biết ngày ban hành của Chỉ thị số 52-CT/TU."},
		{"progress.2.period", "Định kỳ", "Hằng năm"},
	} {
		d.write(one.path, one.new)
		want = strings.Replace(want, `"`+one.old+`"`, `"`+one.new+`"`, 1)
	}
	d.save()
	if got := d.file(name); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if d.file("content/ke-hoach/15-kh-tu/van-ban.txt") != words {
		t.Error("the plan's words have changed")
	}
	d.quiet()
}

// TestTwoTabsLoseNothing opens one article in two tabs, and saves in both, as with another
// program beside: the later one sees both versions and chooses; nothing is overwritten
// before, and what is not chosen is still there to be opened.
func TestTwoTabsLoseNothing(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown, needs.Symlinks)
	d := sharedDesk(t)
	const name = "content/tin-tuc/hoi-thao-2018/index.md"
	d.openEntry(name)
	other := d.another()
	other.openEntry(name)
	original := titleOf(d.file(name))
	d.write("title", original+" [A]")
	other.run(page.BringToFront())
	other.write("title", original+" [B]")
	other.save()
	d.run(page.BringToFront())
	conflict := func() {
		t.Helper()
		d.do(`document.querySelector("#save").click()`)
		d.until(`document.querySelector("#apart").open && document.activeElement.name === "keep-0"`)
		var words string
		d.run(chromedp.Evaluate(`[...document.querySelectorAll("#apart legend, #apart .words del, #apart .words ins")].map(e => e.tagName + e.textContent).join()`, &words))
		if words != `LEGENDTiêu đề,DEL[B],INS[A]` {
			t.Errorf("the words are %s", words)
		}
		if got := titleOf(d.file(name)); got != original+" [B]" {
			t.Errorf("the file is %q", got)
		}
	}
	conflict()
	d.do(`document.querySelector("#apart-later").click()`)
	conflict()
	d.do(`document.querySelector("#apart [value=mine]").click(); document.querySelector("#apart [value=ok]").click()`)
	d.until(`!document.querySelector("#apart").open && document.querySelector("#entry[data-ready]") && document.querySelector("#notice").textContent.includes("cùng với điều người khác vừa sửa")`)
	if got := titleOf(d.file(name)); got != original+" [A]" {
		t.Errorf("the file is %q", got)
	}
	// Nothing is left to be continued.
	d.run(chromedp.Navigate(d.origin + "/"))
	d.until(`document.querySelector(".tasks") && ![...document.querySelectorAll("h2")].some(h => h.textContent === "Đang viết dở")`)
	d.quiet()
}

// TestWhatWasBeingWrittenComesBack closes a tab in the middle of a sentence, and the desk
// with it: opened again, the first page offers the article, and it has the words.
func TestWhatWasBeingWrittenComesBack(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown, needs.Symlinks)
	d := sharedDesk(t)
	const name = "content/tin-tuc/hoi-thao-2018/index.md"
	before := d.file(name)
	d.openEntry(name)
	d.write("title", "Viết nửa chừng")
	d.do(`{text().focus(); getSelection().selectAllChildren(text().querySelector("p")); getSelection().collapseToEnd()}`)
	d.run(input.InsertText(" Câu chưa xong"))
	d.run(chromedp.Navigate("about:blank")) // at once, and nothing asks
	await(t, func() bool {
		kept, err := filepath.Glob(filepath.Join(d.root, ".lienhiep", "autosave", "*.json"))
		return err == nil && len(kept) == 1 && strings.Contains(string(read(t, kept[0])), "Câu chưa xong")
	})
	if d.file(name) != before {
		t.Error("the entry has changed")
	}
	d.run(chromedp.Navigate(d.origin + "/"))
	d.do(`[...document.querySelectorAll("section a")].find(a => a.textContent === "Viết nửa chừng").click()`)
	d.until(`document.querySelector("#f-title").value === "Viết nửa chừng"`)
	d.inForm()
	d.until(`text().textContent.includes("Câu chưa xong")`)
	d.do(`document.querySelector(".drop-draft").click()`)
	d.until(`document.querySelector("#f-title").value !== "Viết nửa chừng"`)
	if kept, _ := filepath.Glob(filepath.Join(d.root, ".lienhiep", "autosave", "*.json")); len(kept) > 0 {
		t.Error("the draft that was thrown away is there")
	}
	d.quiet()
}

// TestEditorIsLedToAFaultAndPublishes opens a finding at its place, mends it there, and
// publishes; see [atTheDesk.publishes].
func TestEditorIsLedToAFaultAndPublishes(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Chromium, needs.Milkdown, needs.Symlinks)
	const name = "content/tri-thuc/tran-dai-nghia/index.md"
	d := openTheDesk(t, func(root string) {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte(strings.Replace(string(data), `title: "Trần Đại Nghĩa – ông vua vũ khí`, `title: "" # "Trần Đại Nghĩa – ông vua vũ khí`, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
		config, err := os.OpenFile(filepath.Join(root, "config.toml"), os.O_APPEND|os.O_WRONLY, 0o666)
		if err != nil {
			t.Fatal(err)
		}
		defer config.Close()
		if _, err := config.WriteString("\n[params.deploy.thu]\nurl = \"../noi-dang\"\n"); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.Mkdir(filepath.Join(d.root, "..", "noi-dang"), 0o777); err != nil {
		t.Fatal(err)
	}
	d.do(`[...document.querySelectorAll("nav a")].find(a => a.textContent === "Kiểm tra").click()`)
	d.do(`[...document.querySelectorAll(".fault-list li.error")].find(l => l.querySelector("a").href.includes("tran-dai-nghia")).querySelector("a").click()`)
	d.until(`document.querySelector(".sought")?.dataset.path === "sources.1.title" && document.activeElement.closest(".sought")`)
	d.until(`document.querySelector(".sought .faults").textContent.includes("“Tên nguồn”")`)
	d.run(input.InsertText("Ông vua vũ khí"))
	d.inForm()
	d.save()
	if !strings.Contains(d.file(name), `title: "Ông vua vũ khí"`) {
		t.Error("it is not mended")
	}
	d.until(`document.querySelector(".sought .faults").hidden`)

	d.publishes()
	d.quiet()
}

// deskPages is one address of every kind of page of the desk.
var deskPages = []string{"/", "/bai/", "/bai/tin-tuc/", "/bai/trang/", "/moi/tin-tuc", "/moi/tri-thuc", "/moi/trang",
	"/soan/tin-tuc/hoi-thao-2018/index.md", "/soan/tri-thuc/tran-dai-nghia/index.md", "/soan/tri-thuc/tran-dai-nghia/index.en.md", "/soan/ke-hoach/15-kh-tu/_index.md", "/soan/_index.md",
	"/kiem-tra/", "/xuat-ban/", "/ban-da-dang/", "/noi-dang/", "/hen-gio/", "/duyet/", "/kho/", "/lich-su/tin-tuc/hoi-thao-2018/index.md", "/thung-rac/",
	"/nhap/", "/nhap/?viec=van-ban", "/nhap-ke-hoach/", "/phieu/", "/bao-cao/", "/go/", "/go/tin-tuc/hoi-thao-2018/index.md",
	"/rut-ten/", "/rut-ten/tran-dai-nghia",
	"/tien-do/", "/tien-do/15-kh-tu/", "/tien-do/15-kh-tu/ii-1-2", "/trang-web/", "/trang-web/danh-muc", "/tro-giup/", "/tro-giup/anh", "/tro-giup/the"}

// TestDeskInEveryView opens every page of the desk on a narrow, an enlarged and a dark screen: no message in the
// console, no sideways scrolling, no violation that axe-core knows; with all that is folded
// open, and the help beside. The first page is small.
func TestDeskInEveryView(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Chromium, needs.Axe, needs.Milkdown, needs.Symlinks)
	axe := string(read(t, needs.Axe.Path(t)))
	d := sharedDesk(t)
	dark := view{name: "desktop-dark", width: 1280, scheme: "dark"}
	for _, views := range [][]view{{phoneViews[0], phoneViews[2]}, {dark}} { // a phone with letters of two sizes, and a dark screen
		t.Run(views[0].name, func(t *testing.T) {
			tab := openTab(t, d.ctx)
			for _, address := range deskPages {
				tab.show(t, views[0])
				tab.inspect(t, d.origin+address, "")
				opened := &atTheDesk{tab: tab, t: t}
				opened.until(`!document.querySelector("#entry") || document.querySelector("#entry").dataset.ready !== undefined`)
				opened.do(`document.querySelectorAll("details").forEach(g => g.open = true); document.querySelector(".help-button").click()`)
				opened.until(`document.querySelector("#help").textContent`)
				tab.accessibility(t, d.origin+address, axe)
				for _, v := range views[1:] {
					tab.show(t, v)
					tab.look(t, axe)
				}
			}
		})
	}
	var size int
	d.run(chromedp.Navigate(d.origin+"/"), chromedp.Evaluate(`performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation")).reduce((sum, e) => sum + e.decodedBodySize, 0)`, &size))
	if size > 100<<10 || size < 5<<10 {
		t.Errorf("the first page has %d bytes", size)
	}
}
