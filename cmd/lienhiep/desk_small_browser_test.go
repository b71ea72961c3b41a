package main

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// standsInSight tells whether an element stands where it is seen, and nothing over it.
const standsInSight = `(s => { const e = document.querySelector(s); const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.right <= innerWidth && e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)) })`

// fitsASmallScreen writes on a small screen, and with letters twice as large: what is needed
// at every moment stays in sight, large enough for a thumb; the rest is one press away.
func fitsASmallScreen(d *atTheDesk) {
	defer d.run(emulation.ClearDeviceMetricsOverride(), chromedp.EmulateViewport(1600, 1000))
	const name = "content/tin-tuc/gap-mat-tri-thuc-2022/index.md"
	for _, v := range []struct {
		width, height int64
		letters       string
	}{{360, 740, "100%"}, {1280, 800, "200%"}} {
		d.run(emulation.SetDeviceMetricsOverride(v.width, v.height, 1, false))
		d.openEntry(name)
		d.do(`{const s = new CSSStyleSheet(); s.replaceSync("html { font-size: ` + v.letters + ` !important }"); document.adoptedStyleSheets = [s]; scrollTo(0, 0)}`)
		d.until(standsInSight + `("#f-title") && ` + standsInSight + `("#save")`)
		d.do(`scrollTo(0, document.documentElement.scrollHeight)`)
		d.until(`scrollY > 500 && ["#save", "#show", "#more > summary"].every(` + standsInSight + `)`)
		d.until(`document.querySelector(".toolbar-save").offsetHeight < innerHeight / 5`)
		d.until(`[...document.querySelectorAll(".toolbar-save > :is(a, button), .more > summary")].every(e => e.offsetHeight >= 44 && e.offsetWidth >= 44)`)
		// By the keyboard: saving first, then the page, then the rest.
		d.do(`document.querySelector(".back").focus()`)
		for _, next := range []string{"#save", "#show", "#more > summary"} {
			d.run(chromedp.KeyEvent(kb.Tab))
			d.until(`document.activeElement.matches("` + next + `")`)
		}
		d.until(`!document.querySelector("#draft").checkVisibility()`)
		d.run(enter)
		d.until(`["#draft", "#f-publishDate", "#discard"].every(` + standsInSight + `) && [...document.querySelectorAll(".more li > *")].every(e => e.offsetHeight >= 44)`)
		d.run(chromedp.KeyEvent(kb.Escape))
		d.until(`!document.querySelector("#more").open && document.activeElement.matches("#more > summary")`)
	}
	// The page is below where there is no room beside; the same press leads back.
	d.run(emulation.SetDeviceMetricsOverride(360, 740, 1, false))
	d.openEntry(name)
	d.do(`scrollTo(0, 300)`)
	d.until(`scrollY === 300`)
	d.do(`document.querySelector("#show").click()`)
	d.until(`scrollY > 300 && document.querySelector("#live").getBoundingClientRect().top < innerHeight / 3 && document.querySelector("#live-page")`)
	d.do(`document.querySelector("#show").click()`)
	d.until(`scrollY === 300 && document.querySelector("#live").hidden`)
	// What is wrong with the hour is told though it is folded away.
	d.run(emulation.SetDeviceMetricsOverride(360, 740, 1, false), chromedp.Navigate(d.origin+"/soan/"+strings.TrimPrefix(name, "content/")+"?cho=publishDate"))
	d.inForm()
	d.until(`document.activeElement === box("publishDate") && document.querySelector("#more").open`)
	d.types("hôm nào đó")
	d.do(`document.querySelector("#more").open = false`)
	d.until(`field("publishDate").querySelector(".faults:not([hidden])")?.checkVisibility()`)
	d.write("publishDate", "")
}

// keepsItsOrder moves an item of a list, sets a link by the keyboard, and drops pictures: each
// is seen at once.
func keepsItsOrder(d *atTheDesk) {
	name := d.begin("tin-tuc", "Thứ tự, liên kết và ảnh thả")
	d.do(`document.querySelectorAll("details.group").forEach(g => g.open = true)`)
	for _, title := range []string{"Nguồn thứ nhất", "Nguồn thứ hai"} {
		d.do(`field("sources").querySelector(".add").click()`)
		d.do(`{const e = [...field("sources").querySelectorAll('.items > li:last-child [data-key="title"] input')].pop(); e.focus(); if (document.activeElement !== e) throw 0}`)
		d.types(title)
	}
	const order = `[...field("sources").querySelectorAll('.items > li [data-key="title"] input')].map(e => e.value).join()`
	d.until(order + ` === "Nguồn thứ nhất,Nguồn thứ hai"`)
	d.do(`field("sources").querySelector(".items > li:last-child > .up").focus()`)
	d.run(enter)
	d.until(order + ` === "Nguồn thứ hai,Nguồn thứ nhất" && document.activeElement.closest("li") === field("sources").querySelector(".items > li")`)

	d.atTheEnd()
	d.run(chromedp.KeyEvent("k", chromedp.KeyModifiers(2)))
	d.until(`document.activeElement.id === "picker-address"`)
	d.run(enter) // without an address it does nothing
	d.until(`document.querySelector("#picker").open && document.activeElement.id === "picker-address"`)
	d.types("https://bao.example/mot")
	d.do(`document.querySelector("#picker-words").focus()`)
	d.types("Báo mẫu")
	d.run(enter)
	d.until(`!document.querySelector("#picker").open && text().querySelector("a[href='https://bao.example/mot']")?.textContent === "Báo mẫu"`)

	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 320, 200))); err != nil {
		d.t.Fatal(err)
	}
	d.drops(`field("image.file").querySelector(".drop")`, "thả vào ô.png", picture.Bytes())
	d.until(`field("image.file").querySelector("img.thumb")?.naturalWidth > 0`)
	d.drops(`text()`, "thả vào lời.png", picture.Bytes())
	d.until(`document.querySelector(".surface-form [name=alt]") && document.querySelector(".surface-form .surface-shown")?.naturalWidth > 0`)
	d.do(`document.querySelector(".surface-form [name=alt]").focus()`)
	d.types("Khung trống.")
	d.run(enter)
	d.until(`text().querySelector("img[alt='Khung trống.']")?.naturalWidth > 0`)
	d.save()
	if got := d.file(name); !strings.Contains(got, "[Báo mẫu](https://bao.example/mot)") || strings.Index(got, "Nguồn thứ hai") > strings.Index(got, "Nguồn thứ nhất") || !strings.Contains(got, "![Khung trống.](") {
		d.t.Errorf("the file is\n%s", got)
	}
}

// drops drops a picture onto an element, as the mouse does.
func (d *atTheDesk) drops(element, name string, picture []byte) {
	d.t.Helper()
	d.do(`{
		const data = new DataTransfer();
		const bytes = Uint8Array.from(atob("` + base64.StdEncoding.EncodeToString(picture) + `"), c => c.charCodeAt(0));
		data.items.add(new File([bytes], "` + name + `", {type: "image/png"}));
		const e = ` + element + `;
		e.scrollIntoView({block: "center"});
		const { x, y, width, height } = e.getBoundingClientRect();
		for (const kind of ["dragenter", "dragover", "drop"]) e.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true, clientX: x + width / 2, clientY: y + height / 2}));
	}`)
}

// TestBothSidesAreSeen changes a table and a picture of an article here and in another
// program, and puts a picture beside it: both sides are shown as readers would see them, and
// what was said to be missing is so no longer.
func TestBothSidesAreSeen(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown, needs.Symlinks)
	d := sharedDesk(t)
	const name = "content/tin-tuc/hoi-thao-2018/index.md"
	file := filepath.Join(d.root, filepath.FromSlash(name))
	head, _, _ := strings.Cut(d.file(name)[4:], "\n---\n")
	article := func(cell string) []byte {
		return []byte("---\n" + head + "\n---\n\nĐoạn đầu.\n\n| Tên | Năm |\n| --- | --- |\n| Máy gặt | " + cell + " |\n\n![Máy gặt](thieu.png)\n")
	}
	write := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(file, article("2019"))
	d.openEntry(name)
	d.until(`field("body").querySelector(":scope > .faults:not([hidden])")?.textContent.includes("thieu.png")`)

	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 320, 200))); err != nil {
		t.Fatal(err)
	}
	write(filepath.Join(filepath.Dir(file), "thieu.png"), picture.Bytes())
	d.do(`dispatchEvent(new Event("focus"))`) // as whoever comes back from another program
	d.until(`!field("body").querySelector(":scope > .faults:not([hidden])")?.textContent.includes("thieu.png")`)

	d.atTheWord("2019")
	d.types(" và 2020")
	write(file, bytes.Replace(article("2019, 2021"), []byte("](thieu.png)"), []byte(" mới](thieu.png)"), 1))
	d.do(`document.querySelector("#save").click()`)
	d.until(`document.querySelector("#apart").open && document.querySelector("#apart table ins")?.textContent.includes("2020") && document.querySelector("#apart table del")?.textContent.includes("2021")`)
	d.until(`!document.querySelector("#apart").textContent.includes("|")`)
	d.do(`document.querySelector("#apart [value=both]").click(); document.querySelector("#apart [value=ok]").click()`)
	d.until(`!document.querySelector("#apart").open && document.querySelector("#entry[data-ready]") && document.querySelector("#notice").textContent.includes("cùng với điều người khác vừa sửa")`)
	if got := d.file(name); !strings.Contains(got, "2019 và 2020") || !strings.Contains(got, "2019, 2021") || !strings.Contains(got, "![Máy gặt mới](thieu.png)") {
		t.Errorf("the file is\n%s", got)
	}
	d.run(page.BringToFront())
	d.quiet()
}
