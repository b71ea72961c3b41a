package main

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"lienhiep/internal/needs"
	"lienhiep/internal/powercut"
)

// TestNothingIsLostWhenTheDeskGoes kills the desk in the middle of a sentence: the page says
// so, and goes on when the desk is back; what was written in a tab that was closed meanwhile
// is offered again. Then the disk is full for a while.
func TestNothingIsLostWhenTheDeskGoes(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown, needs.Symlinks, needs.PowerCut)
	disk := powercut.New(t, 100)
	root := siteWithDeskIn(t, disk.Dir, nil)
	program, link := startEditing(t, root, nil)
	d := &atTheDesk{openTab(t, openBrowser(t)), t, root, "http://" + link.Host}
	d.run(chromedp.EmulateViewport(1600, 1000), page.BringToFront(), chromedp.Navigate(link.String()))
	d.until(`document.querySelector(".tasks")`)
	const one, two = "content/tin-tuc/hoi-thao-2018/index.md", "content/tin-tuc/hoi-thao-57/index.md"
	before := d.file(one)
	d.openEntry(one)
	d.atTheEnd()
	d.types(" Câu đầu.")
	d.until(`document.querySelector("#kept").textContent.startsWith("Đã giữ")`)
	other := d.another()
	other.openEntry(two)

	if err := program.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = program.Wait() // it was killed
	other.write("title", "Tiêu đề viết khi cửa sổ đã đóng")
	other.until(`document.querySelector("#gone-why").textContent.includes("Cửa sổ Liên hiệp đã đóng. Lời bạn viết vẫn còn.")`)
	other.run(page.Close())
	d.run(page.BringToFront())
	d.types(" Câu sau.")
	d.until(`!document.querySelector("#gone").hidden`)
	d.do(`document.querySelector("#save").click()`)
	d.until(`!document.querySelector("#save").disabled && !document.querySelector("#gone").hidden`)
	if d.file(one) != before {
		t.Error("the entry has changed")
	}

	again, end := editing(t, root, nil, "--port", link.Port())
	t.Cleanup(end)
	back := d.another()
	back.run(chromedp.Navigate(again.String()))
	back.do(`[...document.querySelectorAll("section a")].find(a => a.textContent === "Tiêu đề viết khi cửa sổ đã đóng").click()`)
	back.until(`document.querySelector("#f-title").value === "Tiêu đề viết khi cửa sổ đã đóng"`)
	d.run(page.BringToFront())
	d.until(`document.querySelector("#gone").hidden && document.querySelector("#kept").textContent.startsWith("Đã giữ")`)
	d.save()
	want := strings.TrimRight(before, "\n") + " Câu đầu. Câu sau.\n"
	if got := d.file(one); got != want {
		t.Error(got)
	}

	// The disk is full: this too is told, and nothing is half-written.
	ballast := fill(t, disk.Dir)
	d.types(strings.Repeat(" Câu dài.", 2000))
	d.until(`!document.querySelector("#gone").hidden && document.querySelector("#gone-why").textContent.includes("đã đầy")`)
	d.do(`document.querySelector("#save").click()`)
	d.until(`!document.querySelector("#save").disabled`)
	if got := d.file(one); got != want {
		t.Errorf("%.300s", got)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	d.until(`document.querySelector("#gone").hidden`)
	d.save()
	if got := d.file(one); !strings.HasSuffix(got, " Câu dài.\n") {
		t.Errorf("%.300s", got)
	}
}
