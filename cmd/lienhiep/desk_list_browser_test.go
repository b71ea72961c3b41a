package main

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// TestTheListGrowsAndHelpStandsBeside scrolls through a list, comes back to it, looks for
// something with the keyboard alone; and on a narrow screen finds help beside the work.
func TestTheListGrowsAndHelpStandsBeside(t *testing.T) {
	needs.Ask(t, needs.Endurance, needs.Chromium, needs.Milkdown, needs.Symlinks)
	d := sharedDesk(t)
	const rows = `document.querySelectorAll("#entries > li").length`
	d.goTo("/bai/")
	d.until(rows + ` === 50`)
	d.do(`document.querySelector("#more").scrollIntoView()`)
	d.until(rows + ` >= 100 && location.search.includes("hien=")`)
	d.do(`location.reload()`)
	d.until(`document.readyState === "complete" && ` + rows + ` >= 100`)

	d.do(`document.querySelector("#q").focus()`)
	d.run(input.InsertText("ton vinh"))
	d.until(`document.querySelector("#count").textContent.includes(" trong ") && ` + rows + ` < 50 && location.search.includes("chu=ton+vinh")`)
	d.run(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	d.until(`document.activeElement === document.querySelectorAll("#entries > li > a")[1]`)
	d.run(chromedp.KeyEvent(kb.Enter))
	d.until(`document.querySelector("#entry")`)
	d.do(`history.back()`)
	d.until(`document.querySelector("#q")?.value === "ton vinh" && document.querySelector("#count").textContent.includes(" trong ")`)
	d.click("Xem tất cả")
	d.until(rows + ` === 50 && !location.search.includes("chu")`)

	d.run(emulation.SetDeviceMetricsOverride(360, 740, 1, false))
	d.do(`document.querySelector(".help-button").click()`)
	d.until(`document.querySelector("#help-page h1")`)
	const inSight = `(e => { const { top, left } = e.getBoundingClientRect(); return document.elementFromPoint(left + 5, top + 5)?.closest("h1") === e; })`
	d.until(inSight + `(document.querySelector("#help-page h1")) && ` + inSight + `(document.querySelector("main h1"))`)
	d.do(`document.querySelector("#help-words").focus()`)
	d.run(input.InsertText("the de in"))
	d.until(`document.querySelector(".help-found mark")`)
	d.do(`document.querySelector(".help-found a").click()`)
	d.until(`document.querySelector("#help-page [id='thẻ-để-in']") && document.activeElement.id === "help-page"`)
	d.run(chromedp.KeyEvent(kb.Escape))
	d.until(`document.querySelector("#help").hidden && document.activeElement.matches(".help-button")`)
	d.run(emulation.ClearDeviceMetricsOverride())
	d.quiet()
}
