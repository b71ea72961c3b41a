package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// types types into what has the focus.
func (d *atTheDesk) types(words string) {
	d.t.Helper()
	d.run(input.InsertText(words))
}

// begin begins an entry from the first page, as its editor does.
func (d *atTheDesk) begin(section, title string) (file string) {
	d.t.Helper()
	d.run(page.BringToFront(), chromedp.Navigate(d.origin+"/moi/"+section))
	d.until(`document.activeElement.id === "title"`)
	d.types(title)
	d.run(chromedp.KeyEvent(kb.Enter))
	d.until(`location.pathname.startsWith("/soan/` + section + `/")`)
	d.until(`document.querySelector("#entry").dataset.ready !== undefined`)
	d.run(chromedp.Evaluate(inTheForm, nil))
	var at string
	d.run(chromedp.Evaluate(`document.querySelector("#entry").dataset.file`, &at))
	return at
}

// atTheEnd puts the caret behind the last word of the text.
func (d *atTheDesk) atTheEnd() {
	d.t.Helper()
	d.do(`{text().focus(); getSelection().selectAllChildren(text()); getSelection().collapseToEnd(); if (document.activeElement !== text()) throw 0}`)
}

// choosesFile gives a file to an input, as the dialog of the system does.
func (d *atTheDesk) choosesFile(element, file string) {
	d.t.Helper()
	var nodes []*cdp.Node
	d.run(chromedp.Nodes(element, &nodes, chromedp.ByJSPath), chromedp.ActionFunc(func(ctx context.Context) error {
		return dom.SetFileInputFiles([]string{file}).WithBackendNodeID(nodes[0].BackendNodeID).Do(ctx)
	}))
}

// picksFile answers the next dialog that asks for a file, which act opens.
func (d *atTheDesk) picksFile(file string, act func()) {
	d.t.Helper()
	opened := make(chan cdp.BackendNodeID, 1)
	ctx, stop := context.WithCancel(d.ctx)
	defer stop()
	chromedp.ListenTarget(ctx, func(event any) {
		if e, ok := event.(*page.EventFileChooserOpened); ok {
			opened <- e.BackendNodeID
		}
	})
	d.run(page.SetInterceptFileChooserDialog(true))
	act()
	d.run(chromedp.ActionFunc(func(ctx context.Context) error {
		return dom.SetFileInputFiles([]string{file}).WithBackendNodeID(<-opened).Do(ctx)
	}), page.SetInterceptFileChooserDialog(false))
}

// pressed counts what an editor presses: the mouse, and keys that write nothing.
const pressed = `
window.presses = JSON.parse(sessionStorage.getItem("presses") ?? "[]");
const note = what => { presses.push(what); sessionStorage.setItem("presses", JSON.stringify(presses)); };
addEventListener("pointerdown", e => e.isTrusted && note("mouse " + (e.target.closest("button, a, label, summary, input")?.textContent || e.target.id).trim().slice(0, 30)), true);
addEventListener("keydown", e => e.isTrusted && (e.key.length > 1 || e.ctrlKey) && note("key " + e.key), true);`

// enter is the key, which chromedp would send as a key and a character apart.
var enter = chromedp.Tasks{
	input.DispatchKeyEvent(input.KeyDown).WithKey("Enter").WithCode("Enter").WithWindowsVirtualKeyCode(13).WithText("\r"),
	input.DispatchKeyEvent(input.KeyUp).WithKey("Enter").WithCode("Enter").WithWindowsVirtualKeyCode(13),
}

// clicks clicks with the mouse where an element stands.
func (d *atTheDesk) clicks(element string) {
	d.t.Helper()
	var at []float64
	d.until("(() => { const e = " + element + "; return e && !e.disabled && e.getClientRects().length > 0 })()")
	d.run(chromedp.Evaluate(`(() => { const o = `+element+`; o.scrollIntoView({block: "center"}); const e = o.getBoundingClientRect(); return [e.x + e.width / 2, e.y + e.height / 2] })()`, &at))
	d.run(chromedp.MouseClickXY(at[0], at[1]))
}

// TestWriting goes through what the writing page is for, on one site and in one browser.
func TestWriting(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Chromium, needs.Milkdown, needs.Symlinks)
	d := sharedDesk(t)
	givePublisher(t, d.root)
	for _, one := range []struct {
		name string
		test func(*atTheDesk)
	}{
		{"fourteen presses", takesFourteenPresses}, {"review", isReviewed}, {"toolbar", hasAllTools}, {"address and translation", changesItsAddress}, {"weight", isLight},
		{"a small screen", fitsASmallScreen}, {"order, link and pictures", keepsItsOrder},
	} {
		t.Run(one.name, func(t *testing.T) {
			d.t = t
			one.test(d)
			d.quiet()
		})
	}
}

// takesFourteenPresses makes, from the first page, a new article with two photos, a PDF, a
// table, a clause and a person, scheduled and without an error: with at most fourteen
// presses besides typing and choosing files. All of it stands in the file.
func takesFourteenPresses(d *atTheDesk) {
	t := d.t
	photo, err := filepath.Abs("testdata/desk/IMG_0001.HEIC")
	if err != nil {
		t.Fatal(err)
	}
	decision := filepath.Join(t.TempDir(), "Quyết định mẫu.pdf")
	if err := os.WriteFile(decision, onePagePDF(t), 0o666); err != nil {
		t.Fatal(err)
	}
	d.run(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(pressed).Do(ctx)
		return err
	}), chromedp.Navigate(d.origin+"/"))
	d.clicks(`document.querySelector('.tasks a[href="/moi/tin-tuc"]')`)
	d.until(`document.activeElement.id === "title"`)
	d.types("Tỉnh tôn vinh trí thức tiêu biểu đợt mẫu")
	d.run(chromedp.KeyEvent(kb.Enter))
	d.until(`document.querySelector("#entry")?.dataset.ready !== undefined`)
	d.run(chromedp.Evaluate(inTheForm, nil))
	d.until(`document.activeElement === text()`)
	d.types("Lễ biểu dương, khen thưởng nhắc tới ông Trần Đại Nghĩa.")

	// The main photo, with its words.
	d.choosesFile(`field("image.file").querySelector("input[type=file]")`, photo)
	d.until(`document.activeElement === box("image.alt")`)
	d.types("Bốn ô màu.")
	d.clicks(`box("image.credit")`)
	d.types("Ban biên tập")
	// A photo in the text.
	d.picksFile(photo, func() { d.clicks(`document.querySelector('[data-action="picture"]')`) })
	d.until(`document.activeElement.name === "alt"`)
	d.types("Bốn ô màu lần nữa.")
	d.run(chromedp.KeyEvent(kb.Enter))
	d.until(`text().querySelector("img[alt='Bốn ô màu lần nữa.']")?.naturalWidth > 0`)
	// A decision to read, a table.
	d.picksFile(decision, func() { d.clicks(`document.querySelector('[data-action="file"]')`) })
	d.until(`[...text().querySelectorAll("a")].some(a => a.textContent === "Quyết định mẫu")`)
	d.clicks(`document.querySelector('[data-action="table"]')`)
	d.until(`text().querySelector("table")`)
	d.types("Năm")
	// What it is about, and whose news it is.
	d.clicks(`[...document.querySelectorAll("#proposals li button")].find(b => b.textContent.includes("II.1.2 ·"))`)
	d.clicks(`[...document.querySelectorAll("#proposals li button")].find(b => b.textContent.includes("Trần Đại Nghĩa"))`)
	d.clicks(`[...document.querySelectorAll("#proposals li button")].find(b => b.textContent.includes("Tin của chính cơ quan"))`)
	d.until(`document.activeElement === box("event")`)
	d.types("12/11/2026")
	d.clicks(`box("publishDate")`)
	d.types("7:00 1/1/2030")
	d.clicks(`document.querySelector("#save")`)
	d.until(`document.querySelector("#kept").textContent.startsWith("Đã lưu")`)
	d.until(`document.querySelector(".understood")?.textContent`)

	var presses []string
	d.run(chromedp.Evaluate(`presses`, &presses))
	t.Logf("%d presses: %s", len(presses), strings.Join(presses, "; "))
	if len(presses) > 14 {
		t.Errorf("%d presses", len(presses))
	}
	var errors string
	d.run(chromedp.Evaluate(`[...document.querySelectorAll(".faults:not([hidden]) .error")].map(e => e.textContent).join()`, &errors))
	if errors != "" {
		t.Error(errors)
	}
	got := d.file("content/tin-tuc/tinh-ton-vinh-tri-thuc-tieu-bieu-dot-mau/index.md")
	for _, want := range []string{"publishDate: 2030-01-01T07:00:00+07:00\n", "draft: false\n", "event: \"2026-11-12\"\n", "source: own\n", "plan: [\"15-kh-tu/ii-1-2\"]\n", "people: [\"tran-dai-nghia\"]\n",
		"file: \"img-0001.jpg\"\n", "alt: \"Bốn ô màu.\"\n", "credit: \"Ban biên tập\"\n", "![Bốn ô màu lần nữa.](img-0001.jpg)\n", "\n\n[Quyết định mẫu](quyet-dinh-mau.pdf)\n\n| Năm |"} {
		if !strings.Contains(got, want) {
			t.Errorf("the entry lacks %q:\n%s", want, got)
		}
	}
}

// givePublisher gives a site a publisher, whose own news need no other source.
func givePublisher(t *testing.T, root string) {
	t.Helper()
	name := filepath.Join(root, "content", "trang-web.toml")
	site := string(read(t, name)) + "\n[publisher]\nbody = \"Cơ quan mẫu\"\nemail = \"mau@example.vn\"\n"
	if err := os.WriteFile(name, []byte(site), 0o666); err != nil {
		t.Fatal(err)
	}
}

// onePagePDF is a file of one page with a line of text.
func onePagePDF(t *testing.T) []byte {
	t.Helper()
	var b strings.Builder
	var at []int
	b.WriteString("%PDF-1.4\n")
	const line = "BT /F1 12 Tf 72 720 Td (Quyet dinh mau) Tj ET"
	for _, object := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(line), line), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj%sendobj\n", len(at), object)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return []byte(b.String())
}

// isReviewed writes an article with slips: each is told at its place before
// anything is saved, mended by one press and undone by another; what it is about is proposed.
func isReviewed(d *atTheDesk) {
	t := d.t
	const name = "content/tin-tuc/hoi-thao-2018/index.md"
	before := d.file(name)
	d.openEntry(name)
	d.write("title", "Hội thảo  với những người trở về")
	d.atTheEnd()
	d.types(" Câu  này thừa dấu cách , và tôn vinh trí thức tiêu biểu.")
	fault := func(path, words string) string {
		return fmt.Sprintf(`[...field(%q).querySelectorAll(":scope > .faults span")].find(s => s.textContent.includes(%s))`, path, quoted(t, words))
	}
	d.until(fault("title", "dấu cách"))
	d.until(fault("body", "dấu cách") + `?.textContent.startsWith("Gợi ý: ")`)
	d.until(`text().querySelector("mark.surface-finding")`)
	if d.file(name) != before {
		t.Error("something was saved")
	}
	mend := func(path string) {
		d.do(fmt.Sprintf(`[...field(%q).querySelectorAll(":scope > .faults button")].find(b => b.textContent === "Sửa giúp").click()`, path))
	}
	mend("title")
	d.until(`box("title").value === "Hội thảo với những người trở về"`)
	d.do(`document.querySelector("#notice button").click()`)
	d.until(`box("title").value === "Hội thảo  với những người trở về"`)
	d.until(fault("title", "dấu cách"))
	mend("title")
	d.until(`box("title").value === "Hội thảo với những người trở về"`)
	d.until("!" + fault("title", "dấu cách"))
	for range 2 { // the double space, and the one before the comma
		d.until(fault("body", "dấu cách"))
		mend("body")
		d.until(`document.querySelector("#notice").textContent.startsWith("Đã sửa giúp.")`)
		d.do(`document.querySelector("#notice").textContent = ""`)
	}
	d.until(`text().textContent.includes("Câu này thừa dấu cách, và")`)
	d.until("!" + fault("body", "dấu cách"))
	// An address that is none, in an item that was added just now.
	d.do(`[...field("sources").querySelectorAll(".add")][0].click()`)
	d.types("Nguồn mẫu")
	d.do(`field("sources").querySelectorAll('[data-key="url"] input')[2].focus()`)
	d.types("khong-phai-dia-chi")
	d.until(`[...field("sources").querySelectorAll('[data-key="url"]')][2].querySelector(".faults:not([hidden]) .error")`)
	d.do(`[...field("sources").querySelectorAll(".items > li")][2].querySelector(":scope > .remove").click()`)
	d.until(`!field("sources").querySelector(".faults:not([hidden]) .error")`)
	// What it is about, by one press, and undone.
	take := `[...document.querySelectorAll("#proposals li > button:first-child")].find(b => b.textContent.includes("II.1.2 ·"))`
	d.write("event", "2023")
	d.clicks(take)
	d.until(`field("plan").querySelector(".chips li").dataset.value === "15-kh-tu/ii-1-2"`)
	d.do(`document.querySelector("#notice button").click()`)
	d.until(`!field("plan").querySelector(".chips li")`)
	d.clicks(take)
	d.save()
	if got := d.file(name); !strings.Contains(got, "plan: [\"15-kh-tu/ii-1-2\"]\n") || !strings.Contains(got, "Câu này thừa dấu cách, và tôn vinh") {
		t.Error(got)
	}
	// Somebody new, from within the article.
	d.write("people", "Hồ Văn Thử Nghiệm")
	d.until(`field("people").querySelector("[role=option] b")?.textContent === "Thêm “Hồ Văn Thử Nghiệm”"`)
	d.run(chromedp.KeyEvent(kb.Enter))
	d.until(`field("people").querySelector(".chips li")?.dataset.value === "ho-van-thu-nghiem"`)
	if got := d.file("content/tri-thuc/ho-van-thu-nghiem/index.md"); !strings.Contains(got, "draft: true") {
		t.Error(got)
	}
}

// fill fills a disk with a file, and returns its name.
func fill(t *testing.T, dir string) (ballast string) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for piece := make([]byte, 1<<20); len(piece) > 0; {
		if _, err := f.Write(piece); err != nil {
			piece = piece[:len(piece)/2]
		}
	}
	return f.Name()
}

// hasAllTools uses every tool with what the desk gives it to choose from, saves,
// and compares the file; pictures are seen in the text.
func hasAllTools(d *atTheDesk) {
	t := d.t
	name := d.begin("tin-tuc", "Đủ các nút")
	d.until(`document.activeElement === text()`)
	press := func(action string) {
		d.clicks(fmt.Sprintf(`document.querySelector('.surface-bar:not([hidden]) [data-action=%q]')`, action))
	}
	line := func(action, words string) {
		press(action)
		d.types(words)
		d.run(enter)
	}
	line("heading", "Đề mục")
	line("subheading", "Đề mục nhỏ")
	press("bold")
	d.types("Đậm")
	press("bold")
	press("italic")
	d.types(" nghiêng")
	press("italic")
	d.types(" thường")
	press("footnote")
	d.types("Lời chú thích.")
	d.atTheWord("thường")
	d.run(chromedp.KeyEvent(kb.End), enter)
	line("list", "một")
	d.types("hai")
	d.run(enter, enter)
	line("numbers", "nhất")
	d.run(enter)
	line("quote", "Lời trích")
	d.run(enter)
	// A link to a page that is searched for, by the keyboard alone.
	d.run(chromedp.KeyEvent("k", chromedp.KeyModifiers(input.ModifierCtrl)))
	d.until(`document.querySelector("#picker").open`)
	d.do(`{const e = document.querySelector("#picker-q"); e.focus(); if (document.activeElement !== e) throw 0}`)
	d.types("tran dai nghia")
	d.until(`document.querySelector(".found button b")?.textContent.includes("Trần Đại Nghĩa")`)
	d.run(enter)
	d.until(`!document.querySelector("#picker").open && text().querySelector("a")`)
	d.run(enter)
	press("clause")
	d.until(`document.querySelector("#picker").open && document.activeElement.id === "picker-q"`)
	d.types("phan bien")
	d.until(`document.querySelector(".found button b")?.textContent.startsWith("II.2.4 · ")`)
	var detail string
	d.run(chromedp.Evaluate(`document.querySelector(".found .clause-task").textContent + "|" + document.querySelector(".found .detail").textContent`, &detail))
	if !strings.HasPrefix(detail, "II.2 · ") || len(detail) < 200 {
		t.Errorf("the clause is shown as %q", detail)
	}
	d.run(enter)
	d.until(`text().querySelector("[data-shortcode*='ii-2-4']")`)
	press("film")
	d.until(`document.activeElement.name === "src"`)
	d.types("https://www.youtube.com/watch?v=aaaaaaaaaaa")
	d.do(`document.querySelector(".surface-form [name=alt]").focus()`)
	d.types("Phim mẫu")
	d.run(enter)
	d.until(`text().querySelector(".surface-card[title^='https://www.youtube']")`)
	// A picture out of the clipboard.
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	d.do(`{
		const data = new DataTransfer();
		const bytes = Uint8Array.from(atob("` + base64.StdEncoding.EncodeToString(picture.Bytes()) + `"), c => c.charCodeAt(0));
		data.items.add(new File([bytes], "image.png", {type: "image/png"}));
		text().dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
	}`)
	d.until(`document.activeElement.name === "alt" && document.activeElement.closest("dialog")`)
	d.types("Hai ô")
	d.do(`document.querySelector(".surface-form [name=caption]").focus()`)
	d.types("Lời dưới ảnh.")
	d.do(`document.querySelector(".surface-form [name=credit]").focus()`)
	d.types("Trần Văn Mẫu")
	d.run(enter)
	d.until(`text().querySelector("img[alt='Hai ô']")?.naturalWidth > 0`)
	// A table out of Word, without a heading row and with a merged cell; a row and a column more.
	d.do(`{
		const data = new DataTransfer();
		data.setData("text/html", "<table class=MsoTableGrid><tr><td colspan=2>Năm</td></tr><tr><td>2020</td><td>12</td></tr></table>");
		text().dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
	}`)
	d.until(`text().querySelector("table")`)
	d.atTheWord("2020")
	press("rowBelow")
	press("columnRight")
	d.do(`if (text().querySelectorAll("tr").length !== 3 || text().querySelectorAll("tr")[1].children.length !== 3) throw 0`)
	press("dropRow")
	press("dropColumn")
	press("source")
	d.until(`document.querySelector(".surface > textarea").offsetParent && document.querySelector('[data-action="source"]').textContent === "Xem dạng chữ thô"`)
	press("source")
	// Escape stays.
	d.atTheWord("thường")
	d.run(chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent(kb.Escape))
	d.do(`if (location.pathname !== "/soan/tin-tuc/du-cac-nut/index.md") throw 0`)
	d.save()
	got := d.file(name)
	for _, want := range []string{"\n## Đề mục\n\n### Đề mục nhỏ\n\n**Đậm** *nghiêng* thường[^1]\n\n- một\n- hai\n\n1. nhất\n\n> Lời trích\n\n[Trần Đại Nghĩa", "](/tri-thuc/tran-dai-nghia/)\n\n{{< dieu-khoan \"15-kh-tu/ii-2-4\" >}}\n\n",
		"![Phim mẫu](https://www.youtube.com/watch?v=aaaaaaaaaaa)\n\n", "![Hai ô](image.png \"Lời dưới ảnh. Ảnh: Trần Văn Mẫu\")\n\n", "| Năm | |\n| - | - |\n", "\n[^1]: Lời chú thích.\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("the entry lacks %q:\n%s", want, got)
		}
	}
}

// atTheWord puts the caret behind a word of the text.
func (d *atTheDesk) atTheWord(word string) {
	d.t.Helper()
	d.do(fmt.Sprintf(`{
		const walker = document.createTreeWalker(text(), NodeFilter.SHOW_TEXT);
		while (walker.nextNode() && !walker.currentNode.data.includes(%[1]q));
		text().focus();
		const at = walker.currentNode.data.indexOf(%[1]q) + %[1]q.length;
		getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at);
		document.dispatchEvent(new Event("selectionchange"));
	}`, word))
}

// changesItsAddress gives a published article another address, and translates it
// beside its original: the old address, and links to it, lead to the new one.
func changesItsAddress(d *atTheDesk) {
	t := d.t
	const name = "content/tin-tuc/gap-mat-de-an-100-165-nam-2017/index.md"
	d.openEntry(name)
	d.clicks(`document.querySelector("#rename")`)
	d.until(`document.activeElement.id === "renaming-name"`)
	d.types("Gặp mặt Đề án!")
	d.run(chromedp.KeyEvent(kb.Enter))
	d.until(`document.querySelector("#address").textContent === "/tin-tuc/gap-mat-de-an/"`)
	d.do(`document.querySelector("#notice button").click()`)
	d.until(`document.querySelector("#address").textContent === "/tin-tuc/gap-mat-de-an-100-165-nam-2017/" && box("slug").value === "" && !field("aliases").querySelector(".chips li")`)
	d.clicks(`document.querySelector("#rename")`)
	d.until(`document.activeElement.id === "renaming-name"`)
	d.types("gap-mat-de-an")
	d.run(chromedp.KeyEvent(kb.Enter))
	d.until(`document.querySelector("#address").textContent === "/tin-tuc/gap-mat-de-an/"`)
	d.save()
	if got := d.file(name); !strings.Contains(got, "slug: \"gap-mat-de-an\"\n") || !strings.Contains(got, "aliases: [\"/tin-tuc/gap-mat-de-an-100-165-nam-2017/\"]\n") {
		t.Error(got)
	}
	d.do(`document.querySelector("#show").click()`)
	d.until(`document.querySelector("#live-page").src.endsWith("/tin-tuc/gap-mat-de-an/")`)
	live := d.untilLive(`document.querySelector("main h1").textContent.startsWith("Gặp mặt những người")`)
	var root string
	live.run(chromedp.Evaluate(`location.href.slice(0, -"tin-tuc/gap-mat-de-an/".length)`, &root))
	live.run(chromedp.Navigate(root + "tin-tuc/gap-mat-de-an-100-165-nam-2017/"))
	live.until(`location.pathname.endsWith("/tin-tuc/gap-mat-de-an/") && document.querySelector("main h1")`)
	live.run(chromedp.Navigate(root + "tin-tuc/hoi-thao-2018/"))
	live.until(`[...document.querySelectorAll("main a")].some(a => a.pathname.endsWith("/tin-tuc/gap-mat-de-an/"))`)

	d.run(page.BringToFront())
	d.clicks(`document.querySelector("#more > summary")`)
	d.clicks(`document.querySelector("#translate")`)
	d.until(`location.pathname.endsWith("/index.en.md") && document.querySelector("#entry")?.dataset.ready !== undefined`)
	d.run(chromedp.Evaluate(inTheForm, nil))
	d.until(`document.activeElement === text() && document.querySelector(".original[lang=vi]").textContent.includes("Đề án 165") && box("event").value !== "" && field("sources").querySelectorAll(".items > li").length > 0`)
	d.types("A meeting.")
	d.save()
	english := d.file(strings.Replace(name, ".md", ".en.md", 1))
	if strings.Contains(english, "slug:") || strings.Contains(english, "aliases:") || !strings.Contains(english, "draft: true\n") || !strings.Contains(english, "sources:\n") || !strings.HasSuffix(english, "\nA meeting.\n") {
		t.Error(english)
	}
}

// isLight holds what the browser is sent of it, compressed, to 500 KB.
func isLight(d *atTheDesk) {
	t := d.t
	d.openEntry("content/tri-thuc/tran-dai-nghia/index.md")
	var loaded []string
	d.run(chromedp.Evaluate(`performance.getEntries().filter(e => /navigation|resource/.test(e.entryType) && !/\.(jpe?g|png|webp)$/.test(e.name)).map(e => e.name)`, &loaded))
	size := 0
	for _, address := range loaded {
		if !strings.HasPrefix(address, d.origin) {
			continue
		}
		var text string
		d.run(chromedp.Evaluate(fmt.Sprintf(`fetch(%q).then(r => new Response(r.body.pipeThrough(new CompressionStream("gzip"))).arrayBuffer()).then(b => String(b.byteLength))`, address), &text, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
		n := 0
		_, _ = fmt.Sscan(text, &n)
		size += n
	}
	t.Logf("%d bytes in %d files", size, len(loaded))
	if size > 500<<10 || size < 50<<10 || len(loaded) < 5 {
		t.Errorf("%d bytes in %d files", size, len(loaded))
	}
}
