package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/edit/help"
	"lienhiep/internal/needs"
)

// A guideWalk is the desk as the guide's pictures show it: the test that walks a job takes them.
// Each picture carries, as a comment, the names of what it shows: headings, fields and
// buttons, which do not depend on fonts or sizes. Without -update nothing is painted: the
// names that the picture carries are compared with those on the screen, so that a picture
// that has gone stale is told.
type guideWalk struct {
	*atTheDesk
	taken []string
}

// widthOfPictures is that of the window in which they are taken: a small one, so that they
// can be read in the panel.
const widthOfPictures = 760

// outlineOf are the names of what an element shows, a line each; what editors wrote is no
// part of it, nor are numbers.
const outlineOf = `(within => [...new Set([...within.querySelectorAll("h1, h2, h3, legend, label, summary, button, a.button, .tasks b, [role=tab], th")]
  .filter(e => e.checkVisibility() && e.getClientRects().length && !e.closest("[contenteditable=true], .words, .plan, .past, .fault-list, .pieces, .preview, iframe"))
  .map(e => (e.getAttribute("aria-label") || e.textContent).replace(/\s+/g, " ").replace(/\d+/g, "0").trim().slice(0, 60)))].filter(Boolean).join("\n"))`

// picture takes the picture of what an element shows, at most so many pixels of its height,
// or compares the one that is there.
func (g *guideWalk) picture(name, element string, height int) {
	g.t.Helper()
	g.taken = append(g.taken, name+".jpg")
	g.until(element)
	var outline string
	g.run(chromedp.Evaluate(outlineOf+`(`+element+`)`, &outline))
	file := filepath.Join("..", "..", filepath.FromSlash(help.Folder), name+".jpg")
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(file, withComment(g.shot(element, height), outline), 0o666); err != nil {
			g.t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(file)
	if err != nil {
		g.t.Errorf("there is no picture: %v", err)
		return
	}
	if was := commentIn(data); !slices.Equal(sortedLines(was), sortedLines(outline)) {
		g.t.Errorf("%s shows another screen; take it anew with -update. It shows\n%s\nand the screen has\n%s", name, was, outline)
	}
}

// sortedLines are the lines of an outline; in what order they stand is not compared.
func sortedLines(outline string) []string {
	return slices.Sorted(strings.SplitSeq(outline, "\n"))
}

// largestPicture is how many bytes a picture may have.
const largestPicture = 40 << 10

func (g *guideWalk) shot(element string, height int) (data []byte) {
	g.t.Helper()
	var at page.Viewport
	// What sticks to the window's edge is where it belongs at the top alone. A list that is
	// unfolded below a box hangs out of it.
	g.run(chromedp.Evaluate(`(() => { scrollTo(0, 0); const e = `+element+`, edge = 8, r = e.getBoundingClientRect();
		const bottom = Math.max(r.bottom, ...[...e.querySelectorAll("[role=listbox]:not([hidden])")].map(l => l.getBoundingClientRect().bottom));
		return {x: Math.max(0, r.x - edge), y: Math.max(0, r.y - edge), width: Math.min(r.width + 2 * edge, innerWidth), height: Math.min(bottom - r.y + 2 * edge, `+fmt.Sprint(height)+`), scale: 1} })()`, &at))
	for quality := int64(80); ; quality -= 5 {
		g.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
			data, err = page.CaptureScreenshot().WithFormat(page.CaptureScreenshotFormatJpeg).WithQuality(quality).WithClip(&at).WithCaptureBeyondViewport(true).Do(ctx)
			return err
		}))
		if len(data) < largestPicture-2<<10 || quality <= 10 {
			return data
		}
	}
}

// withComment is a JPEG with a comment behind its start.
func withComment(jpeg []byte, text string) []byte {
	size := len(text) + 2
	return slices.Concat(jpeg[:2], []byte{0xFF, 0xFE, byte(size >> 8), byte(size)}, []byte(text), jpeg[2:])
}

func commentIn(jpeg []byte) string {
	if len(jpeg) < 6 || !bytes.HasPrefix(jpeg[2:], []byte{0xFF, 0xFE}) {
		return ""
	}
	return string(jpeg[6:min(len(jpeg), 4+int(jpeg[4])<<8+int(jpeg[5]))])
}

// paintedPhoto is a picture that is nobody's: hills below an evening sky.
func paintedPhoto(t *testing.T) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 480, 300))
	for y := range 300 {
		for x := range 480 {
			c := color.RGBA{uint8(250 - y/3), uint8(200 - y/3), uint8(140 + y/4), 255}
			if hill := 190 + (x-150)*(x-150)/900; y > hill {
				c = color.RGBA{60, 110, 80, 255}
			}
			if hill := 230 + (x-380)*(x-380)/1200; y > hill {
				c = color.RGBA{36, 74, 66, 255}
			}
			img.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "doi-cat.png")
	if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// task begins one of the first page's, as an editor does.
func (g *guideWalk) task(name string) {
	g.t.Helper()
	g.run(chromedp.Navigate(g.origin + "/"))
	g.do(fmt.Sprintf(`[...document.querySelectorAll(".tasks a, .others a")].find(a => (a.querySelector("b") ?? a).textContent === %s).click()`, quoted(g.t, name)))
}

// press presses what has a name.
func (g *guideWalk) press(name string) {
	g.t.Helper()
	// Before the page is complete its scripts do not answer.
	g.do(`{if (document.readyState !== "complete") throw 0; const b = [...document.querySelectorAll("button, summary, a")].find(b => (b.getAttribute("aria-label") || b.textContent).trim().startsWith(` + quoted(g.t, name) + `) && b.checkVisibility() && !b.disabled); b.click()}`)
}

// TestTheGuideIsWalked does the jobs of the guide's pages as they tell it, and holds that
// their pictures show the desk as it is. With -update it takes the pictures.
func TestTheGuideIsWalked(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown, needs.Symlinks)
	g := &guideWalk{atTheDesk: sharedDesk(t)}
	g.run(chromedp.EmulateViewport(widthOfPictures, 900), emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}))
	photo := paintedPhoto(t)
	pdf, err := filepath.Abs("../../internal/attach/testdata/doc.pdf")
	if err != nil {
		t.Fatal(err)
	}
	const file, wrong = "content/tin-tuc/hoi-thao-mau-ve-giong-lua/index.md", "content/tin-tuc/bai-dang-nham/index.md"
	for name, text := range map[string]string{
		wrong:                                  "---\ntitle: Bài đăng nhầm\ndate: 2026-01-02\nsources:\n  - title: Nguồn mẫu\n    url: https://vusta.vn/mau\n---\n\nLời bài.\n",
		"content/tin-tuc/bai-dan-toi/index.md": "---\ntitle: Bài dẫn tới\ndate: 2026-01-03\nsources:\n  - title: Nguồn mẫu\n    url: https://vusta.vn/mau\n---\n\nXem [bài kia](/tin-tuc/bai-dang-nham/).\n",
	} {
		name = filepath.Join(g.root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	jobs := []struct {
		page string
		walk func()
	}{
		{"ban-bien-tap", func() {
			g.picture("ban-bien-tap-1", `document.querySelector("#greeting")`, 500)
			g.press("Bắt đầu")
			g.until(`!document.querySelector("#greeting")`)
			g.picture("ban-bien-tap-2", `document.querySelector("#main")`, 640)
		}},
		{"viet-tin", func() {
			g.task("Viết tin")
			g.until(`document.activeElement.id === "title"`)
			g.run(input.InsertText("Hội thảo mẫu về giống lúa"))
			g.picture("viet-tin-1", `document.querySelector("#new")`, 400)
			g.press("Viết tiếp")
			g.until(`location.pathname.endsWith("/hoi-thao-mau-ve-giong-lua/index.md")`)
			g.ready()
			g.do(`{text().focus(); if (document.activeElement !== text()) throw 0}`)
			g.run(input.InsertText("Sáng nay, Hội Giống cây trồng mẫu họp về các giống lúa chịu hạn."))
			g.until(`document.querySelector("#entry").dataset.reviewed === ""`)
			g.picture("viet-tin-2", `document.querySelector("#entry")`, 620)
			g.save()
			if !strings.Contains(g.file(file), "giống lúa chịu hạn") {
				g.t.Error("the text is not in the file")
			}
		}},
		{"anh", func() {
			g.drop(`field("image.file").querySelector(".drop")`, photo)
			g.until(`field("image.file").querySelector("img")?.naturalWidth > 0`)
			g.write("image.alt", "Đồi cát dưới trời chiều")
			g.write("image.credit", "Ảnh: Ban biên tập")
			g.picture("anh-1", `document.querySelector(".main-picture")`, 640)
			g.save()
			if !strings.Contains(g.file(file), `alt: "Đồi cát dưới trời chiều"`) {
				g.t.Error("the picture is not in the file")
			}
		}},
		{"bang", func() {
			g.do(`{text().focus(); getSelection().selectAllChildren(text()); getSelection().collapseToEnd()}`)
			g.press("Bảng")
			g.until(`text().querySelector("table")`)
			for _, cell := range []string{"Giống", "Số hộ", "Ghi chú"} {
				g.run(input.InsertText(cell), chromedp.KeyEvent(kb.Tab))
			}
			g.picture("bang-1", `document.querySelector("#surface")`, 520)
			g.save()
			if !strings.Contains(g.file(file), "| Giống") {
				g.t.Errorf("the table is not in the file:\n%s", g.file(file))
			}
		}},
		{"dinh-kem", func() {
			g.do(`field("files").closest("details").open = true; field("files").querySelector(".add").click()`)
			g.drop(`field("files").querySelector(".drop")`, pdf)
			g.until(`field("files").textContent.includes(".pdf") && field("files").querySelector(".drop .remove").checkVisibility()`)
			g.do(`field("files").querySelector('[data-key="title"] input').focus()`)
			g.run(input.InsertText("Quyết định mẫu"))
			g.picture("dinh-kem-1", `field("files")`, 560)
			g.save()
			if !strings.Contains(g.file(file), `title: "Quyết định mẫu"`) {
				g.t.Errorf("the file is not in the entry:\n%s", g.file(file))
			}
		}},
		{"dieu-khoan", func() {
			g.do(`field("plan").closest("details").open = true`)
			g.write("plan", "ton vinh")
			g.until(`field("plan").querySelector("[role=option]")`)
			g.picture("dieu-khoan-1", `field("plan")`, 420)
			g.choose("plan", "ton vinh tri thuc", "II.1.2")
			g.save()
			if !strings.Contains(g.file(file), `"15-kh-tu/ii-1-2"`) {
				g.t.Error("the provision is not in the file")
			}
		}},
		{"hen-ngay", func() {
			g.do(`document.querySelector("#more").open = true`)
			g.write("publishDate", "7/3/2027 7:00")
			g.save()
			g.picture("hen-ngay-1", `document.querySelector(".toolbar-save")`, 300)
			if !strings.Contains(g.file(file), "publishDate: 2027-03-07T07:00") {
				g.t.Errorf("the day is not in the file:\n%s", g.file(file))
			}
		}},
		{"khi-co-loi", func() {
			g.do(`field("sources").closest("details").open = true; [...field("sources").querySelectorAll(".add")][0].click()`)
			g.do(`field("sources").querySelector('[data-key="url"] input').focus()`)
			g.run(input.InsertText("htps://a.vn/"))
			g.save()
			g.until(`field("sources").querySelector(".faults:not([hidden])")`)
			g.picture("khi-co-loi-1", `field("sources")`, 560)
			g.do(`[...document.querySelectorAll("nav a")].find(a => a.textContent === "Kiểm tra").click()`)
			g.until(`document.querySelector(".fault-list li")`)
			g.picture("khi-co-loi-2", `document.querySelector("#main")`, 520)
			g.do(`[...document.querySelectorAll(".fault-list a")].find(a => a.textContent.includes("giống lúa")).click()`)
			g.ready()
			g.until(`document.querySelector(".sought")`)
		}},
		{"lay-lai", func() {
			g.do(`document.querySelector(".sought .remove, .sought")`)
			g.write("title", "Hội thảo mẫu về giống lúa chịu hạn")
			g.save()
			g.press("Việc khác")
			g.press("Lịch sử")
			g.until(`document.querySelector(".version .restore")`)
			g.picture("lay-lai-1", `document.querySelector("#main")`, 560)
			g.press("Khôi phục bản này")
			g.ready()
			if strings.Contains(g.file(file), "chịu hạn\"\n") {
				g.t.Error("the version is not restored")
			}
			g.press("Việc khác")
			g.press("Bỏ bài")
			g.until(`document.querySelector("#notice").textContent.startsWith("Đã bỏ “")`)
			if _, err := os.Stat(filepath.Join(g.root, filepath.FromSlash(file))); err == nil {
				g.t.Error("the entry is where it was")
			}
			g.task("Thùng rác")
			g.until(`document.querySelector(".untrash")`)
			g.picture("lay-lai-2", `document.querySelector("#main")`, 360)
			g.press("Lấy lại")
			g.until(`location.pathname.startsWith("/soan/")`)
			if !strings.Contains(g.file(file), "giống lúa") {
				g.t.Error("the entry is not had back")
			}
		}},
		{"nhan-vat", func() {
			g.task("Thêm trí thức")
			g.until(`document.activeElement.id === "title"`)
			g.run(input.InsertText("Trần Văn Mẫu"), chromedp.KeyEvent(kb.Enter))
			g.until(`location.pathname.startsWith("/soan/tri-thuc/")`)
			g.ready()
			g.do(`field("consent").closest("details").open = true`)
			g.picture("nhan-vat-1", `field("consent")`, 620)
			g.save()
		}},
		{"cho-dong-y", func() {
			g.task("Phiếu đồng ý")
			g.press("Phiếu đã về")
			g.picture("cho-dong-y-1", `document.querySelector("#main")`, 640)
			for name, words := range map[string]string{"date": "20/11/2026", "document": "Phiếu mẫu số 1", "scope": "tiểu sử"} {
				g.do(`document.querySelector('.consent [name="` + name + `"]').focus()`)
				g.run(input.InsertText(words))
			}
			g.press("Ghi phiếu")
			g.until(`document.querySelector("#notice").textContent.startsWith("Đã ghi phiếu đồng ý")`)
			if !strings.Contains(g.file("content/tri-thuc/tran-van-mau/index.md"), "Phiếu mẫu số 1") {
				g.t.Errorf("the form is not noted:\n%s", g.file("content/tri-thuc/tran-van-mau/index.md"))
			}
		}},
		{"nhap-word", func() {
			g.task("Nhập từ Word/Excel")
			g.hand("../../internal/office/testdata/libreoffice/bai.docx")
			g.until(`document.querySelector("form.review")`)
			g.picture("nhap-word-1", `document.querySelector("#main")`, 700)
			g.press("Nhập thành bản nháp")
			g.until(`document.querySelector("#entry").dataset.ready !== undefined`)
		}},
		{"nhap-excel", func() {
			g.task("Nhập từ Word/Excel")
			g.hand("../../internal/roster/testdata/cases/footer.xlsx")
			g.until(`[...document.querySelectorAll("button")].some(b => b.textContent === "Nhập những người đã đánh dấu")`)
			g.picture("nhap-excel-1", `document.querySelector("#main")`, 700)
			g.press("Nhập những người đã đánh dấu")
			g.until(`document.querySelector("#notice").textContent.startsWith("Đã nhập")`)
			if !exists(filepath.Join(g.root, "content/tri-thuc/le-thi-mau/index.md")) {
				g.t.Error("nobody is imported")
			}
		}},
		{"nhap-ke-hoach", func() {
			g.task("Nhập kế hoạch")
			g.hand("../../internal/plan/testdata/ke-hoach-ubnd.txt")
			g.until(`document.querySelector(".plan-review")`)
			g.picture("nhap-ke-hoach-1", `document.querySelector("#main")`, 640)
			g.press("Nhập thành bản nháp")
			g.until(`document.querySelector("#entry").dataset.ready !== undefined`)
			if !exists(filepath.Join(g.root, "content/ke-hoach/123-kh-ubnd/van-ban.txt")) {
				g.t.Error("the plan is not imported")
			}
		}},
		{"tien-do", func() {
			g.task("Ghi tiến độ")
			g.do(`document.querySelector('a[href="/tien-do/15-kh-tu/"], a[href="/tien-do/15-kh-tu/ii-1-2"]').click()`)
			g.do(`document.querySelector('a[href="/tien-do/15-kh-tu/ii-1-2"]').click()`)
			g.until(`document.querySelector("h2") && location.pathname.endsWith("/ii-1-2")`)
			g.picture("tien-do-1", `document.querySelector("#main")`, 700)
		}},
		{"bao-cao", func() {
			g.task("Lập báo cáo")
			g.until(`[...document.querySelectorAll("a, button")].some(b => b.textContent.startsWith("Tải bản Word"))`)
			g.picture("bao-cao-1", `document.querySelector("#main")`, 700)
		}},
		{"sua-go", func() {
			g.task("Gỡ một bài")
			g.do(`document.querySelector("#q").focus()`)
			g.run(input.InsertText("dang nham"))
			g.until(`document.querySelector("#count").textContent.startsWith("1 trong ")`)
			g.press("Bài đăng nhầm")
			g.until(`location.pathname.endsWith("/bai-dang-nham/index.md")`)
			g.picture("sua-go-1", `document.querySelector("#main")`, 700)
			g.press("Gỡ khỏi trang")
			await(g.t, func() bool {
				return strings.Contains(g.file(wrong), "expiryDate") || strings.Contains(g.file(wrong), "removed")
			})
			g.until(`document.querySelector("#notice").textContent.includes("Đã gỡ")`)
			g.press("Đưa bài trở lại")
			await(g.t, func() bool { return !strings.Contains(g.file(wrong), "expiryDate") })
			g.until(`document.querySelector("#notice").textContent.includes("hiện lại")`)
		}},
		{"trang-web", func() {
			g.task("Thông tin của trang")
			g.picture("trang-web-1", `document.querySelector("#main")`, 620)
		}},
		{"xuat-ban", func() {
			config, err := os.OpenFile(filepath.Join(g.root, "config.toml"), os.O_APPEND|os.O_WRONLY, 0o666)
			if err != nil {
				g.t.Fatal(err)
			}
			_, err = config.WriteString("\n[params.deploy.web]\nurl = \"../noi-dang-mau\"\n")
			if err := errors.Join(err, config.Close(), os.MkdirAll(filepath.Join(g.root, "..", "noi-dang-mau"), 0o777)); err != nil {
				g.t.Fatal(err)
			}
			g.task("Xuất bản")
			g.until(`document.querySelector("#summary").textContent.startsWith("Lần đăng đầu tiên")`)
			g.do(`{const who = document.querySelector(".who"); if (who.open) { document.querySelector("#who").value = "Trần Văn Mẫu"; who.querySelector("button").click(); throw 0 }}`)
			g.picture("xuat-ban-1", `document.querySelector("#main")`, 760)
		}},
	}
	for _, job := range jobs {
		if !t.Run(job.page, func(t *testing.T) { g.t = t; job.walk() }) {
			break // each goes on where the one before ended
		}
	}
	g.t = t
	g.quiet()
	if !t.Failed() {
		g.nothingElse()
	}
}

// hand hands a file to the page on which files are chosen.
func (g *guideWalk) hand(file string) {
	g.t.Helper()
	file, err := filepath.Abs(file)
	if err != nil {
		g.t.Fatal(err)
	}
	g.until(`document.querySelector("#hand") && document.readyState === "complete"`)
	g.run(chromedp.SetUploadFiles("#hand", []string{file}, chromedp.ByQuery))
}

// ready waits until an entry can be written.
func (g *guideWalk) ready() {
	g.t.Helper()
	g.until(`document.querySelector("#entry").dataset.ready !== undefined`)
	g.run(chromedp.Evaluate(inTheForm, nil))
}

// nothingElse holds that the guide has no picture that this test does not take, and shows
// every one that it takes.
func (g *guideWalk) nothingElse() {
	g.t.Helper()
	var text strings.Builder
	for _, name := range help.Names() {
		page, _ := help.Page(name)
		text.WriteString(page)
	}
	there, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(help.Folder), "*.jpg"))
	if err != nil {
		g.t.Fatal(err)
	}
	for _, file := range there {
		if info, err := os.Stat(file); err != nil || info.Size() > largestPicture {
			g.t.Errorf("%s is too large", file)
		}
		if !slices.Contains(g.taken, filepath.Base(file)) {
			g.t.Errorf("nobody takes %s", file)
		}
	}
	for _, name := range g.taken {
		if !strings.Contains(text.String(), "]("+name+")") {
			g.t.Errorf("no page of the guide shows %s", name)
		}
	}
}
