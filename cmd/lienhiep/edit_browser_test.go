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

// siteWithDesk is a copy of the site in which the desk can be opened. It needs Sveltia
// and a symbolic link.
func siteWithDesk(t *testing.T, prepare func(root string)) (root string) {
	t.Helper()
	root, err := copyOfSite("../..", t.TempDir(), "site")
	if err != nil {
		t.Fatal(err)
	}
	desk := filepath.Join(needs.Sveltia.Path(t), "../../..") // it is node_modules/@sveltia/cms there
	if err := os.MkdirAll(filepath.Join(root, "internal"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(desk, filepath.Join(root, "internal", "desk")); err != nil {
		t.Fatal(err)
	}
	if prepare != nil {
		prepare(root)
	}
	return root
}

// startDesk starts the program as an editor does, on a copy of the site, and returns
// the address that it prints.
func startDesk(t *testing.T, said io.Writer, prepare func(root string), args ...string) (root string, link *url.URL) {
	t.Helper()
	root = siteWithDesk(t, prepare)
	cmd := exec.Command(binary, slices.Concat([]string{"edit", "--dir", root, "--no-open"}, args)...)
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait() // it ends by the signal
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return root, mustParse(t, regexp.MustCompile(`http://\S+`).FindString(line))
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
	d := &atTheDesk{openTab(t, openBrowser(t)), t, root, "http://" + link.Host}
	d.run(chromedp.EmulateViewport(1600, 1000), page.BringToFront(), chromedp.Navigate(link.String()), painted, chromedp.Evaluate(inTheEditor, nil))
	d.until(`page.querySelectorAll("[role=row]").length > 5`)
	return d
}

// inTheEditor are the words in which a test tells what to do in the editor's frame.
const inTheEditor = `
window.inside = document.querySelector("#editor").contentWindow;
Object.defineProperty(window, "page", {get: () => inside.document});
window.field = key => page.querySelector('[data-key-path="' + key + '"]');
window.button = name => [...page.querySelectorAll("button")].find(b => b.textContent.trim() === name && !b.disabled);
// A form shows its fields as it is scrolled.
window.reach = key => { const f = field(key); (f ?? [...page.querySelectorAll("[data-key-path]")].at(-1))?.scrollIntoView({block: "center"}); return !!f; };
// Items of a list show theirs when they are opened.
window.unfold = list => { list.querySelectorAll('button[aria-expanded="false"]:not([aria-haspopup])').forEach(b => b.click()); [...list.querySelectorAll("[data-key-path]")].at(-1)?.scrollIntoView({block: "center"}); };
undefined`

func (d *atTheDesk) run(actions ...chromedp.Action) {
	d.t.Helper()
	if err := chromedp.Run(d.ctx, actions...); err != nil {
		d.t.Fatalf("%v\n%s", err, d.messages)
	}
}

// until waits until something is so in the page, whose policy lets nothing poll for
// it from inside.
func (d *atTheDesk) until(is string) {
	d.t.Helper()
	so := false
	for end := time.Now().Add(patience); !so; runtimePause() {
		if time.Now().After(end) {
			d.t.Fatalf("it never came to be: %s\n%s", is, d.messages)
		}
		d.run(chromedp.Evaluate("(() => { try { return !!("+is+") } catch { return false } })()", &so))
	}
}

// do does something in the page, as soon as it can be done.
func (d *atTheDesk) do(what string) {
	d.t.Helper()
	d.until("(() => { try { " + what + "; return true } catch { return false } })()")
}

// untilLive waits until something is so on the live page: in the frame it is shown at
// all, and in a tab of its own, which is returned, it can be looked into.
func (d *atTheDesk) untilLive(is string) (beside *atTheDesk) {
	d.t.Helper()
	var live string
	d.run(chromedp.Evaluate(`document.querySelector("#live").src`, &live))
	await(d.t, func() bool {
		var frames *page.FrameTree
		d.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
			frames, err = page.GetFrameTree().Do(ctx)
			return err
		}))
		return slices.ContainsFunc(frames.ChildFrames, func(f *page.FrameTree) bool { return f.Frame.URL == live && f.Frame.UnreachableURL == "" })
	})
	beside = &atTheDesk{tab: openTab(d.t, d.ctx), t: d.t}
	beside.run(chromedp.Navigate(live))
	beside.until(is)
	return beside
}

func (d *atTheDesk) openEntry(collection, entry, title string) {
	d.t.Helper()
	d.do(fmt.Sprintf(`inside.location.hash = "#/collections/%s/entries/%s"`, collection, entry))
	d.until(fmt.Sprintf(`field("title").querySelector("input").value === %s`, quoted(d.t, title)))
}

// write puts the focus into a field and types.
func (d *atTheDesk) write(key, kind, text string) {
	d.t.Helper()
	d.until(fmt.Sprintf(`reach(%q)`, key))
	d.do(fmt.Sprintf(`{const e = field(%q).querySelector(%q); e.focus(); e.select(); if (page.activeElement !== e) throw 0}`, key, kind))
	d.run(input.InsertText(text))
	d.until(fmt.Sprintf(`field(%q).querySelector(%q).value === %s`, key, kind, quoted(d.t, text)))
}

func (d *atTheDesk) save() {
	d.t.Helper()
	d.do(`button("Lưu").click()`)
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

// TestEditorMakesAnArticleWithAPhoto does what an editor does: a new article, a photo
// from a phone dropped on it, save; it stands on the live page beside, in the built
// site, and in the repository.
func TestEditorMakesAnArticleWithAPhoto(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Sveltia, needs.Symlinks, needs.Git)
	d := openTheDesk(t, func(root string) { gitRepository(t, root) }, "--commit")
	photo, err := filepath.Abs("testdata/desk/IMG_0001.HEIC")
	if err != nil {
		t.Fatal(err)
	}
	d.do(`inside.location.hash = "#/collections/tin-tuc/new"`)
	d.until(`field("title")?.querySelector("input")`)
	d.write("title", "input", "Đại hội lần thứ nhất: “Ước mơ”")
	d.write("description", "textarea", "Một câu tóm tắt.")
	d.do(`{const e = field("body").querySelector("[contenteditable=true]"); e.focus(); if (page.activeElement !== e) throw 0}`)
	d.run(input.InsertText("Lời bài do biên tập viên viết."))
	d.until(`reach("image")`)
	d.do(`field("image").querySelector("[role=checkbox]").click()`)
	d.until(`reach("image.file")`)
	d.drop(`field("image.file").querySelector(".drop-target")`, photo)
	d.until(`field("image.file").textContent.includes(".webp")`)
	d.write("image.alt", "textarea", "Bốn ô màu.")
	d.write("image.credit", "input", "Ban biên tập")
	d.until(`reach("sources")`)
	d.do(`{const s = field("sources"); [...s.querySelectorAll("button")].find(b => b.textContent.includes("Thêm")).click()}`)
	d.write("sources.0.title", "input", "VUSTA")
	d.write("sources.0.url", "input", "https://vusta.vn/")
	d.save()
	d.until(`inside.location.hash.endsWith("/entries/dai-hoi-lan-thu-nhat-uoc-mo/index")`)

	const folder = "content/tin-tuc/dai-hoi-lan-thu-nhat-uoc-mo/"
	text := d.file(folder + "index.md")
	for _, want := range []string{"---\ntitle: \"Đại hội lần thứ nhất: “Ước mơ”\"\n", "draft: true\n", "  file: \"img_0001.webp\"\n", "\n\nLời bài do biên tập viên viết.\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the entry lacks %q:\n%s", want, text)
		}
	}
	if picture := d.file(folder + "img_0001.webp"); !strings.HasPrefix(picture, "RIFF") || strings.Contains(picture, "EXIF") {
		t.Error("the photo is no clean WebP")
	}
	// The live page follows, drafts too.
	d.until(`document.querySelector("#live").src.endsWith("/tin-tuc/dai-hoi-lan-thu-nhat-uoc-mo/")`)
	beside := d.untilLive(`document.querySelector("main img")?.alt === "Bốn ô màu." && document.querySelector("aside.preview")`)
	// Published, it stands in the built site.
	d.until(`reach("draft")`)
	d.do(`field("draft").querySelector("[role=switch], button[aria-checked]").click()`)
	d.save()
	await(t, func() bool { return strings.Contains(d.file(folder+"index.md"), "draft: false\n") })
	d.until(`!button("Lưu")`)
	beside.run(page.BringToFront())
	beside.until(`!document.querySelector("aside.preview")`) // it has been loaded again
	const entry = "“dai-hoi-lan-thu-nhat-uoc-mo” (tin, bài)" // with one other file, its photo
	commits := "Biên Tập: Sửa " + entry + "\nBiên Tập: Thêm " + entry + " +1\nBiên Tập: Đầu"
	await(t, func() bool { return inGit(t, d.root, "log", "--format=%an: %s") == commits })
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
	d.run(chromedp.Evaluate(`(() => { const e = `+element+`.getBoundingClientRect(), o = document.querySelector("#editor").getBoundingClientRect();
		return [o.x + e.x + e.width / 2, o.y + e.y + e.height / 2] })()`, &at))
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
	needs.Ask(t, needs.Long, needs.Chromium, needs.Sveltia, needs.Symlinks)
	const name = "content/tin-tuc/con-nguyen/index.md"
	endings := map[string]string{"content/tin-tuc/con-nguyen/index.md": "\n", "content/tin-tuc/con-nguyen-crlf/index.md": "\r\n"}
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
		d.openEntry("tin-tuc", strings.TrimSuffix(strings.TrimPrefix(name, "content/tin-tuc/"), ".md"), "Những điều phải còn")
		d.write("title", "input", "Tiêu đề mới của "+name)
		d.save()
		want := strings.ReplaceAll(strings.Replace(survivor, "title:  'Những điều phải còn'", `title: "Tiêu đề mới của `+name+`"`, 1), "\n", ending)
		await(t, func() bool { return d.file(name) != strings.ReplaceAll(survivor, "\n", ending) })
		if got := d.file(name); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		d.until(`!button("Lưu")`)
	}
	// And in the text: the paragraph that was written in, and no other.
	d.openEntry("tin-tuc", "con-nguyen/index", "Tiêu đề mới của "+name)
	before := d.file(name)
	d.until(`reach("body")`)
	d.do(`{const e = field("body").querySelector("[contenteditable=true]"); e.focus(); inside.getSelection().selectAllChildren(e.querySelector("li")); inside.getSelection().collapseToEnd(); if (page.activeElement !== e) throw 0}`)
	d.run(chromedp.KeyEvent(kb.End), input.InsertText(" thêm"))
	d.until(`field("body").textContent.includes("mục một thêm")`)
	d.save()
	await(t, func() bool { return d.file(name) != before })
	if got, want := d.file(name), strings.Replace(before, "* mục một\n* mục hai", "- mục một thêm\n- mục hai", 1); got != want && got != strings.Replace(before, "mục một", "mục một thêm", 1) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	d.quiet()
}

// TestEditorWritesNotesOnThePlan writes a note on one provision and the progress of
// another, in the form of the plan's page: those two lines change, and no other. The
// plan's own words are nowhere to be written in.
func TestEditorWritesNotesOnThePlan(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Sveltia, needs.Symlinks)
	d := openTheDesk(t, nil)
	const name = "content/ke-hoach/15-kh-tu/_index.md"
	before, words := d.file(name), d.file("content/ke-hoach/15-kh-tu/van-ban.txt")
	d.openEntry("ke-hoach", "15-kh-tu/_index", titleOf(before))
	want := before
	for _, one := range []struct{ list, key, kind, old, new string }{
		{"notes", "notes.2.text", "textarea", "Kế hoạch không ghi ngày ban hành của Chỉ thị số 52-CT/TU; bản đăng trên trang của Liên hiệp hội tỉnh ghi ngày 29/7/2010.", "Chưa biết ngày ban hành của Chỉ thị số 52-CT/TU."},
		{"progress", "progress.2.period", "input", "Định kỳ", "Hằng năm"},
	} {
		d.until(fmt.Sprintf(`reach(%q)`, one.list))
		d.until(fmt.Sprintf(`field(%q) || unfold(field(%q))`, one.key, one.list))
		d.write(one.key, one.kind, one.new)
		want = strings.Replace(want, `"`+one.old+`"`, `"`+one.new+`"`, 1)
	}
	d.save()
	await(t, func() bool { return d.file(name) != before })
	if got := d.file(name); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if d.file("content/ke-hoach/15-kh-tu/van-ban.txt") != words {
		t.Error("the plan's words have changed")
	}
	d.quiet()
}

// TestEditorIsToldOfAConflict changes an entry on the disk while it is open: the desk
// says so, and overwrites nothing, however often it is told to save.
func TestEditorIsToldOfAConflict(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Sveltia, needs.Symlinks)
	d := openTheDesk(t, nil)
	const name = "content/tin-tuc/hoi-thao-2018/index.md"
	d.openEntry("tin-tuc", "hoi-thao-2018/index", titleOf(d.file(name)))
	d.write("title", "input", "Của tôi")
	theirs := regexp.MustCompile(`(?m)^title: .*$`).ReplaceAllString(d.file(name), `title: "Của người khác"`)
	if err := os.WriteFile(filepath.Join(d.root, name), []byte(theirs), 0o666); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		d.save()
		d.until(`page.querySelector("dialog, [role=alertdialog], [role=dialog]")?.textContent.includes("không có gì bị ghi đè")`)
		d.do(`button("Thử lại").click()`)
		d.until(`page.querySelector("dialog, [role=alertdialog], [role=dialog]")?.textContent.includes("không có gì bị ghi đè")`)
		d.do(`button("Hủy").click()`)
		d.until(`button("Lưu")`)
	}
	if d.file(name) != theirs {
		t.Errorf("the other's words are lost:\n%s", d.file(name))
	}
	d.quiet()
}

// TestEditorIsLedToAFaultAndPublishes opens a finding at its place, mends it there,
// looks at the plan and publishes.
func TestEditorIsLedToAFaultAndPublishes(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Sveltia, needs.Symlinks)
	const name = "content/tri-thuc/tran-dai-nghia/index.md"
	var good string
	d := openTheDesk(t, func(root string) {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		good = string(data)
		if err := os.WriteFile(filepath.Join(root, name), []byte(strings.Replace(good, `title: "Trần Đại Nghĩa – ông vua vũ khí`, `title: "" # "Trần Đại Nghĩa – ông vua vũ khí`, 1)), 0o666); err != nil {
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
	d.do(`document.querySelector("[data-view=kiem-tra]").click()`)
	d.do(`[...document.querySelectorAll("#kiem-tra .faults li")].find(l => l.textContent.includes("tran-dai-nghia")).querySelector("button").click()`)
	d.until(`page.querySelector(".desk-fault")?.dataset.keyPath === "sources.1.title"`)
	d.do(`{const e = page.querySelector(".desk-fault input"); e.focus(); if (page.activeElement !== e) throw 0}`)
	d.run(input.InsertText("Ông vua vũ khí"))
	d.save()
	await(t, func() bool { return strings.Contains(d.file(name), `title: "Ông vua vũ khí"`) })

	d.do(`document.querySelector("[data-view=lich]").click()`)
	d.until(`document.querySelector("#lich .drafts li")`)
	d.do(`document.querySelector("[data-view=dang]").click()`)
	d.until(`document.querySelector("#target").value === "thu"`)
	d.do(`document.querySelector("#plan").click()`)
	d.until(`!document.querySelector("#deploy").disabled || document.querySelector("#dang .faults li")`)
	var faults string
	d.run(chromedp.Evaluate(`document.querySelector("#dang .faults").textContent`, &faults))
	if faults != "" {
		t.Fatal(faults)
	}
	if entries, err := os.ReadDir(filepath.Join(d.root, "..", "noi-dang")); err != nil || len(entries) > 0 {
		t.Fatalf("the plan has published: %v %v", entries, err)
	}
	d.do(`document.querySelector("#deploy").click()`)
	d.until(`document.querySelector("#dang .status").textContent.startsWith("Đã đăng")`)
	if _, err := os.Stat(filepath.Join(d.root, "..", "noi-dang", "index.html")); err != nil {
		t.Error(err)
	}
	d.quiet()
}
