package desk_test

import (
	"os"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lienhiep/internal/needs"
)

// TestButtons presses each button, and reads the Markdown that comes of it.
func TestButtons(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown)
	p := openPage(t)
	const table = "| Năm | Số |\n|---|--:|\n| 2020 | 12 |\n| 2021 | 7 |\n"
	for _, c := range []struct{ name, markdown, script, want string }{
		{"bold", "một hai\n", `caret("hai", 0); press("bold")`, "một **hai**\n"},
		{"no longer bold", "một **hai**\n", `caret("hai", 0); press("bold")`, "một hai\n"},
		{"italic", "một hai\n", `caret("hai", 0); press("italic")`, "một *hai*\n"},
		{"heading", "một\n\nhai\n", `caret("hai"); press("heading")`, "một\n\n## hai\n"},
		{"no heading", "## hai\n", `caret("hai"); press("heading")`, "hai\n"},
		{"subheading", "## hai\n", `caret("hai"); press("subheading")`, "### hai\n"},
		{"list", "một\n\nhai\n", `caret("hai"); press("list")`, "một\n\n- hai\n"},
		{"no list", "- một\n- hai\n", `caret("hai"); press("list")`, "- một\n\nhai\n"},
		{"numbers", "một\n", `caret("một"); press("numbers")`, "1. một\n"},
		{"numbers of a list", "- một\n- hai\n", `caret("hai"); press("numbers")`, "1. một\n2. hai\n"},
		{"quotation", "một\n", `caret("một"); press("quote")`, "> một\n"},
		{"no quotation", "> một\n", `caret("một"); press("quote")`, "một\n"},
		{"undo", "một\n", `caret("một", 0); press("bold"); press("undo")`, "một\n"},
		{"redo", "một\n", `caret("một", 0); press("bold"); press("undo"); press("redo")`, "**một**\n"},

		{"link of words", "một hai\n", `picks.link = [{ href: "/ton-vinh/2022/" }]; caret("hai", 0); press("link")`, "một [hai](/ton-vinh/2022/)\n"},
		{"link with words", "một \n", `picks.link = [{ href: "/a/", text: "Trang A" }]; caret("một"); press("link")`, "một[Trang A](/a/)\n"},
		{"another address", "một [hai](/a/)\n", `picks.link = [{ href: "/b/" }]; caret("hai", 1); getSelection().collapseToEnd(); await settled(); caret("hai"); press("link")`, "một [hai](/b/)\n"},
		{"link taken away", "một [hai](/a/)\n", `picks.link = [{ href: "" }]; caret("hai", 0); press("link")`, "một hai\n"},
		{"no link after all", "một hai\n", `caret("hai", 0); press("link")`, "một hai\n"},

		{"picture", "một\n\nhai\n", `picks.picture = [{ src: "a.webp", alt: "Khán phòng", caption: "Lễ trao giải.", credit: "Trần Văn Mẫu" }]; caret("một"); press("picture")`, "một\n\n![Khán phòng](a.webp \"Lễ trao giải. Ảnh: Trần Văn Mẫu\")\n\nhai\n"},
		{"picture whose words are asked for", "", `picks.picture = [{ src: "a.webp" }]; text.focus(); press("picture"); await settled(); form({ alt: "Khán phòng", credit: "Ban biên tập" })`, "![Khán phòng](a.webp \"Ảnh: Ban biên tập\")\n"},
		{"words of a picture", "![a](a.webp \"b. Ảnh: c\")\n", `select("img[src]"); press("describe"); await settled(); form({ caption: "B." })`, "![a](a.webp \"B. Ảnh: c\")\n"},
		{"picture taken out", "một\n\n![a](a.webp)\n", `select("img[src]"); press("dropPicture")`, "một\n"},
		{"a file beside the words", "một\n", `picks.file = [{ href: "quyet-dinh.pdf", text: "Quyết định" }]; caret("một"); press("file")`, "một [Quyết định](quyet-dinh.pdf)\n"},
		{"clause", "một\n", `picks.clause = ["15-kh-tu/ii-1-2"]; caret("một"); press("clause")`, "một\n\n{{< dieu-khoan \"15-kh-tu/ii-1-2\" >}}\n"},
		{"another clause", "{{< dieu-khoan \"a/i\" >}}\n", `picks.clause = ["15-kh-tu/ii-1-2"]; select(".surface-card"); press("changeClause")`, "{{< dieu-khoan \"15-kh-tu/ii-1-2\" >}}\n"},
		{"card taken out", "một\n\n{{< dieu-khoan \"a/i\" >}}\n", `select(".surface-card"); press("dropCard")`, "một\n"},
		{"cards that belong together", "{{< bo-anh >}}\n![a](a.jpg)\n{{< /bo-anh >}}\n\n{{< bo-anh >}}\n![b](b.jpg)\n{{< /bo-anh >}}\n", `select(".surface-card"); press("dropCard")`, "![a](a.jpg)\n\n{{< bo-anh >}}\n\n![b](b.jpg)\n\n{{< /bo-anh >}}\n"},
		{"film", "một\n", `caret("một"); press("film"); await settled(); form({ src: "https://www.youtube.com/watch?v=a_b", alt: "Lễ tôn vinh" })`, "một\n\n![Lễ tôn vinh](https://www.youtube.com/watch?v=a_b)\n"},
		{"film whose address was typed", "", `text.focus(); press("film"); await settled(); form({ src: "youtu.be/a_b", alt: "Lễ" })`, "![Lễ](https://youtu.be/a_b)\n"},
		{"film in a file", "", `picks.file = [{ href: "le.mp4", text: "Lễ" }]; text.focus(); press("film"); await settled(); document.querySelector("dialog button").click(); await settled(); form({})`, "![Lễ](le.mp4)\n"},
		{"footnote", "một[^1] hai\n\n[^1]: chú\n", `caret("một"); press("footnote"); document.execCommand("insertText", false, "lời")`, "một[^2][^1] hai\n\n[^1]: chú\n\n[^2]: lời\n"},
		{"table", "một\n", `caret("một"); press("table"); document.execCommand("insertText", false, "Năm")`, "một\n\n| Năm | | |\n| - | - | - |\n| | | |\n| | | |\n"},

		{"row above", table, `caret("2020"); press("rowAbove")`, "| Năm | Số |\n| - | -: |\n| | |\n| 2020 | 12 |\n| 2021 | 7 |\n"},
		{"row above the headings", table, `caret("Năm"); press("rowAbove")`, "| | |\n| - | -: |\n| Năm | Số |\n| 2020 | 12 |\n| 2021 | 7 |\n"},
		{"row below", table, `caret("2021"); press("rowBelow")`, "| Năm | Số |\n| - | -: |\n| 2020 | 12 |\n| 2021 | 7 |\n| | |\n"},
		{"column to the left", table, `caret("12"); press("columnLeft")`, "| Năm | | Số |\n| - | - | -: |\n| 2020 | | 12 |\n| 2021 | | 7 |\n"},
		{"column to the right", table, `caret("12"); press("columnRight")`, "| Năm | Số | |\n| - | -: | - |\n| 2020 | 12 | |\n| 2021 | 7 | |\n"},
		{"row taken out", table, `caret("2020"); press("dropRow")`, "| Năm | Số |\n| - | -: |\n| 2021 | 7 |\n"},
		{"headings taken out", table, `caret("Năm"); press("dropRow")`, "| 2020 | 12 |\n| - | -: |\n| 2021 | 7 |\n"},
		{"column taken out", table, `caret("Năm"); press("dropColumn")`, "| Số |\n| -: |\n| 12 |\n| 7 |\n"},
		{"last column taken out", "a\n\n| b |\n|---|\n", `caret("b"); press("dropColumn")`, "a\n"},
		{"to the right", table, `caret("2020"); press("alignRight")`, "| Năm | Số |\n| -: | -: |\n| 2020 | 12 |\n| 2021 | 7 |\n"},
		{"to the middle", table, `caret("12"); press("alignCenter")`, "| Năm | Số |\n| - | :-: |\n| 2020 | 12 |\n| 2021 | 7 |\n"},
		{"to the left", table, `caret("12"); press("alignLeft")`, "| Năm | Số |\n| - | - |\n| 2020 | 12 |\n| 2021 | 7 |\n"},
		{"no row of headings", table, `caret("12"); press("headingRow")`, "| | |\n| - | -: |\n| Năm | Số |\n| 2020 | 12 |\n| 2021 | 7 |\n"},
		{"row of headings", "|  |  |\n|---|---|\n| a | b |\n| c | d |\n", `caret("c"); press("headingRow")`, "| a | b |\n| - | - |\n| c | d |\n"},
		{"column of headings", table, `caret("12"); press("headingColumn")`, "| | Năm | Số |\n| - | - | -: |\n| | 2020 | 12 |\n| | 2021 | 7 |\n"},
		{"table taken out", "a\n\n" + table, `caret("12"); press("dropTable")`, "a\n"},
		{"typing goes on in the new cell", table, `caret("2021"); press("rowBelow"); document.execCommand("insertText", false, "2022")`, "| Năm | Số |\n| - | -: |\n| 2020 | 12 |\n| 2021 | 7 |\n| 2022 | |\n"},

		{"Markdown and back", "* một\n\n__hai__\n", `press("source"); press("source")`, "* một\n\n__hai__\n"},
		{"Markdown that is edited", "* một\n\n__hai__\n", `press("source"); document.querySelector("textarea").value += "\nba\n"; press("source")`, "* một\n\n__hai__\n\nba\n"},
		{"Markdown while it is shown", "* một\n", `press("source")`, "* một\n"},
		{"insert", "một\n", `caret("một"); surface.insert("\n\n- hai\n- ba\n")`, "một\n\n- hai\n- ba\n"},
		{"a shortcode that is typed", "", `text.focus(); for (const c of '{{< tieng "en" >}}x') { document.execCommand("insertText", false, c); await settled(); }`, "{{< tieng \"en\" >}}x\n"},
		{"an address that is typed", "", `text.focus(); for (const c of "Xem (https://vusta.vn/a_b). ") { document.execCommand("insertText", false, c); await settled(); } document.execCommand("insertText", false, "x")`, "Xem (<https://vusta.vn/a_b>). x\n"},
		{"an address that is typed last", "", `text.focus(); for (const c of "www.vusta.vn") { document.execCommand("insertText", false, c); await settled(); } document.querySelector("#after").focus()`, "[www.vusta.vn](https://www.vusta.vn)\n"},
		{"an address in code", "```\na\n```\n", `caret("a"); for (const c of " https://vusta.vn x") { document.execCommand("insertText", false, c); await settled(); }`, "```\na https://vusta.vn x\n```\n"},
		{"empty lines", "a\n", `caret("a"); for (let i = 0; i < 3; i++) document.execCommand("insertParagraph"); document.execCommand("insertText", false, "b")`, "a\n\nb\n"},

		{"cells over cells", table, `caret("12"); await paste({ "text/html": "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr><tr><td>5</td><td>6</td></tr></table>" })`, "| Năm | Số | |\n| - | -: | - |\n| 2020 | 1 | 2 |\n| 2021 | 3 | 4 |\n| | 5 | 6 |\n"},
		{"paragraphs into a cell", table, `caret("12"); await paste({ "text/html": "<p>a</p><ul><li>b</li></ul>" })`, "| Năm | Số |\n| - | -: |\n| 2020 | 12a; b |\n| 2021 | 7 |\n"},
		{"words into words", "một hai\n", `caret("một "); await paste({ "text/html": "<p><b>x</b></p>" })`, "một **x**hai\n"},
		{"paragraphs into words", "một hai\n", `caret("một "); await paste({ "text/plain": "x\ny" })`, "một x\n\nyhai\n"},
		{"a second footnote", "a[^1]\n\n[^1]: b\n", `caret("a"); await paste({ "text/html": '<p>c<a href="#n" id="r">1</a></p><div><p id="n"><a href="#r">1</a> d</p></div>' })`, "ac[^2][^1]\n\n[^1]: b\n\n[^2]: d\n"},
		{"a picture from a telephone", "", `picks.picture = [{ src: "a.webp", alt: "b" }]; text.focus(); await paste({}, [["IMG_1.HEIC", "image/heic"]])`, "![b](a.webp)\n"},
		{"a file that is dropped", "một\n", `picks.file = [{ href: "a.pdf", text: "A" }]; caret("một"); drop([["a.pdf", "application/pdf"]]); await settled()`, "[A](a.pdf)một\n"},
		{"words that are dropped", "một\n", `drop([], { "text/html": "<p style='color:red'>hai <img src='https://example.org/a.jpg'></p>" }); await settled(); if (lost.length !== 1) throw lost`, "haimột\n"},
		{"drawing of cells beside cells", "", `text.focus(); await paste({ "text/html": "<table><tr><td>a</td></tr></table>", "text/plain": "a" }, [["image.png", "image/png"]])`, "a\n"},
	} {
		got := p.js(`await openText($0);
			const form = values => {
				const dialog = document.querySelector("dialog");
				for (const [name, value] of Object.entries(values)) dialog.querySelector("[name=" + name + "]").value = value;
				dialog.querySelector('[value="ok"]').click();
			};
			const select = name => {
				const box = text.querySelector(name).getBoundingClientRect();
				const at = { bubbles: true, cancelable: true, clientX: box.x + 5, clientY: box.y + 5, button: 0, detail: 1 };
				text.querySelector(name).dispatchEvent(new MouseEvent("mousedown", at));
				text.querySelector(name).dispatchEvent(new MouseEvent("mouseup", at));
			};
			const drop = (files, data = {}) => {
				const transfer = new DataTransfer();
				for (const [type, value] of Object.entries(data)) transfer.setData(type, value);
				files.forEach(([name, type]) => transfer.items.add(new File(["x"], name, { type })));
				text.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true, clientX: text.getBoundingClientRect().x + 20, clientY: text.getBoundingClientRect().y + 20 }));
			};
			`+c.script+`;
			for (let i = 0; i < 4; i++) await settled();
			return surface.markdown()`, c.markdown)
		if got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
	p.quiet()
}

// TestKeys writes without a mouse.
func TestKeys(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown)
	p := openPage(t)
	key := func(key string, modifiers ...input.Modifier) chromedp.Action {
		return chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers...))
	}
	// chromedp would send the character apart, though the key was dealt with.
	enter := chromedp.Tasks{
		input.DispatchKeyEvent(input.KeyDown).WithKey("Enter").WithCode("Enter").WithWindowsVirtualKeyCode(13).WithText("\r"),
		input.DispatchKeyEvent(input.KeyUp).WithKey("Enter").WithCode("Enter").WithWindowsVirtualKeyCode(13),
	}
	focused := func() string {
		return p.js(`return document.activeElement.dataset.action ?? document.activeElement.id.replace(/surface-\d+/, "text")`)
	}
	expect := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %q", what, got)
		}
	}
	p.open("một\n\nhai\n")
	p.js(`caret("hai"); await settled()`)
	p.run(key(kb.F10, input.ModifierAlt))
	expect("Alt+F10 leads to the tools", focused(), "bold")
	p.run(key(kb.ArrowRight))
	expect("an arrow moves on", focused(), "italic")
	p.run(key(kb.End))
	expect("End", focused(), "source")
	p.run(key(kb.ArrowRight))
	expect("round the end, past what cannot be pressed", focused(), "bold")
	p.run(key(kb.Tab))
	expect("the tools are one stop of Tab", focused(), "text")
	p.run(key(kb.F10, input.ModifierAlt))
	expect("the tools remember where one was", focused(), "bold")
	p.run(key(kb.Escape))
	expect("Escape leads back", focused(), "text")

	// A list takes Tab; Escape, Tab leaves it.
	p.open("- một\n- hai\n")
	p.js(`caret("hai"); await settled()`)
	p.run(key(kb.Tab))
	expect("Tab in a list", p.markdown(), "- một\n  - hai\n")
	p.run(key(kb.Tab, input.ModifierShift))
	expect("Shift+Tab in a list", p.markdown(), "- một\n- hai\n")
	p.run(enter, enter)
	p.js(`document.execCommand("insertText", false, "ngoài"); await settled()`)
	expect("Enter in an empty item leaves the list", p.markdown(), "- một\n- hai\n\nngoài\n")
	p.run(key(kb.Escape), key(kb.Tab))
	expect("Escape, Tab leaves", focused(), "after")

	// In a table Tab and Enter move, and add rows.
	p.open("| a | b |\n|---|---|\n| c | d |\n")
	p.js(`caret("c"); await settled()`)
	p.run(key(kb.Tab), key("x"), key(kb.Tab), key("y"), enter, key("z"), key(kb.Tab, input.ModifierShift), key("w"))
	expect("Tab and Enter in a table", p.markdown(), "| a | b |\n| - | - |\n| c | dx |\n| y | w |\n| z | |\n")
	p.run(key(kb.F10, input.ModifierAlt))
	expect("Alt+F10 in a table", focused(), "rowAbove")
	p.run(key(kb.Escape))

	// A picture and a card are reached by arrows, and opened by Enter.
	p.open("a\n\n![b](b.jpg)\n\n{{< dieu-khoan \"a/i\" >}}\n")
	p.js(`picks.clause = ["a/ii"]; caret("a"); await settled()`)
	p.run(key(kb.ArrowRight))
	for range 4 { // a picture may be passed on both of its sides
		if p.js(`return String(!!document.querySelector('.surface-bar:not([hidden]) [data-action="describe"]'))`) == "true" {
			break
		}
		p.run(key(kb.ArrowRight))
	}
	p.run(key(kb.F10, input.ModifierAlt))
	expect("Alt+F10 at a picture", focused(), "describe")
	p.run(key(kb.Escape), enter)
	expect("Enter at a picture", p.js(`return String(!!document.querySelector("dialog[open]"))`), "true")
	p.js(`document.querySelector("dialog[open] input").value = "biển"; await settled()`)
	p.run(key(kb.Escape))
	expect("Escape leaves the form", p.js(`await settled(); return String(!!document.querySelector("dialog[open]"))`), "false")
	expect("and what was written there stays", p.js(`return text.querySelector("img[src]").alt`), "biển")
	for range 6 {
		if p.js(`return String(!!document.querySelector('.surface-bar:not([hidden]) [data-action="dropCard"]'))`) == "true" {
			break
		}
		p.run(key(kb.ArrowRight))
	}
	p.run(enter)
	expect("Enter at a clause", p.markdown(), "a\n\n![biển](b.jpg)\n\n{{< dieu-khoan \"a/ii\" >}}\n")

	// Keys that stand in buttons' names.
	p.open("một\n")
	p.js(`picks.link = [{ href: "/a/" }]; caret("một", 0); await settled()`)
	p.run(key("b", input.ModifierCtrl), key("i", input.ModifierCtrl), key("k", input.ModifierCtrl))
	expect("Ctrl+B, I, K", p.markdown(), "***[một](/a/)***\n")
	p.run(key("z", input.ModifierCtrl), key("z", input.ModifierCtrl), key("z", input.ModifierCtrl))
	expect("Ctrl+Z", p.markdown(), "một\n")
	p.quiet()
}

// TestTheSurfaceIsUsable: no violation that axe-core knows, nothing beyond the edge of a
// narrow screen or of large letters, no name that is English.
func TestTheSurfaceIsUsable(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown, needs.Axe)
	p := openPage(t)
	axe, err := os.ReadFile(needs.Axe.Path(t))
	if err != nil {
		t.Fatal(err)
	}
	p.run(chromedp.Evaluate(string(axe), nil))
	const text = "Đoạn **một**, chữ sai.[^1]\n\n- mục\n\n| Năm | Số |\n|---|---|\n| 2020 | 12 |\n\n![Khán phòng](a.jpg \"Chú thích\")\n\n{{< dieu-khoan \"15-kh-tu/ii-1-2\" >}}\n\n[^1]: chú\n"
	for _, c := range []struct {
		name   string
		width  int64
		script string
	}{
		{"wide", 1280, `caret("2020")`},
		{"narrow", 360, `caret("2020")`},
		{"a picture", 1280, `const img = text.querySelector("img[src]"); img.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, clientX: img.getBoundingClientRect().x + 5, clientY: img.getBoundingClientRect().y + 5, detail: 1 })); img.dispatchEvent(new MouseEvent("mouseup", { bubbles: true, clientX: img.getBoundingClientRect().x + 5, clientY: img.getBoundingClientRect().y + 5, detail: 1 }))`},
		{"a form", 360, `caret("một"); press("film")`},
		{"Markdown", 360, `caret("một"); press("source")`},
		{"large letters", 640, `document.documentElement.style.fontSize = "200%"; caret("2020")`},
		{"what was lost", 360, `text.focus(); await paste({ "text/html": "<p>a<img src='file:///a.jpg'></p>" })`},
	} {
		p.run(chromedp.EmulateViewport(c.width, 900))
		found := p.js(`await openText($0, { findings: [{ text: "chữ sai", message: "Sai" }] });
			`+c.script+`;
			await settled(); await settled();
			const result = await axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
			const wide = document.documentElement.scrollWidth > innerWidth ? [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 100)) : [];
			const nameless = [...document.querySelectorAll(".surface button")].filter(b => !b.textContent.trim()).map(b => b.outerHTML);
			document.querySelector("dialog")?.close();
			document.documentElement.style.fontSize = "";
			return JSON.stringify([result.violations.map(v => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html).join(" ")), wide, nameless])`, text)
		if found != "[[],[],[]]" {
			t.Errorf("%s: %s", c.name, found)
		}
	}
	p.quiet()
}

// TestFindingsAreMarked: the first place of each text, with its message; typing beside it
// moves it.
func TestFindingsAreMarked(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown)
	p := openPage(t)
	const marked = `await settled(); return JSON.stringify([...text.querySelectorAll("mark")].map(m => [m.textContent, m.title, m.getAttribute("aria-description")]))`
	p.js(`await openText("Một hai **ba** bốn. Một hai\n\n| ô | sai |\n|---|---|\n", { findings: [{ text: "Một hai", message: "A" }, { text: "**ba** bốn", message: "B" }, { text: "không có", message: "C" }] })`)
	for _, c := range []struct{ script, want string }{
		{``, `[["Một hai","A","A"],["ba","B","B"],[" bốn","B","B"]]`},
		{`caret("bốn"); document.execCommand("insertText", false, " năm");`, `[["Một hai","A","A"],["ba","B","B"],[" bốn","B","B"]]`},
		{`surface.setFindings([{ text: "sai", message: "D" }]);`, `[["sai","D","D"]]`},
		{`surface.setFindings([]);`, `[]`},
	} {
		if got := p.js(c.script + marked); got != c.want {
			t.Errorf("%s: %s", c.script, got)
		}
	}
	if got := p.markdown(); got != "Một hai **ba** bốn năm. Một hai\n\n| ô | sai |\n| - | - |\n" {
		t.Errorf("the marks are in the text: %q", got)
	}
	p.quiet()
}

// TestWhatIsAskedAndTold: what the page is told of changes, of files, and of what was lost.
func TestWhatIsAskedAndTold(t *testing.T) {
	needs.Ask(t, needs.Long, needs.Chromium, needs.Milkdown)
	p := openPage(t)
	for _, c := range []struct{ name, script, want string }{
		{"opening is no change", `return String(changes)`, "0"},
		{"the caret is no change", `caret("một"); await settled(); return String(changes)`, "0"},
		{"a letter is one", `caret("một"); document.execCommand("insertText", false, "x"); await settled(); return String(changes)`, "1"},
		{"undone, the text is as it was", `caret("một"); document.execCommand("insertText", false, "x"); await settled(); press("undo"); return surface.markdown()`, "* một [hai](/a/)\n"},
		{"Markdown that is typed", `press("source"); document.querySelector("textarea").dispatchEvent(new Event("input")); return String(changes)`, "1"},
		{"a link says what it was", `caret("hai", 0); press("link"); await settled(); return JSON.stringify(asked)`, `[["link",{"href":"/a/","text":"hai"}]]`},
		{"a pasted picture", `text.focus(); await paste({}, [["a.png", "image/png"]]); return JSON.stringify(asked)`, `[["picture",{"file":"a.png image/png 1"}]]`},
		{"a pasted file", `text.focus(); await paste({}, [["a.pdf", "application/pdf"]]); return JSON.stringify(asked)`, `[["file",{"file":"a.pdf application/pdf 1"}]]`},
		{"lost", `text.focus(); await paste({ "text/html": "<p>a<img src='file:///a.jpg'></p>" }); return lost.join() + "|" + document.querySelector("[role=status]").textContent`, "1 ảnh không nằm trong phần đã chép: kéo tệp ảnh thả vào đây.|Không dán được:\n1 ảnh không nằm trong phần đã chép: kéo tệp ảnh thả vào đây."},
		{"other words", `await openText("", { words: { bold: "Chữ đậm" } }); return button("bold").textContent`, "Chữ đậm"},
		{"what cannot be picked has no button", `await openText("", { pickLink: undefined, pickPicture: undefined, pickFile: undefined, pickClause: undefined }); return String(["link", "picture", "file", "clause"].some(button))`, "false"},
		{"a picture that nobody takes", `await openText("", { pickPicture: undefined }); text.focus(); await paste({}, [["a.png", "image/png"]]); return lost.join()`, "Tệp “a.png”: chưa có chỗ nhận ảnh."},
		{"destroyed", `surface.destroy(); const left = document.querySelector("#place").childElementCount; await openText(""); return String(left)`, "0"},
		{"where pictures are", `await openText("![a](b c.jpg)", { address: src => "/tep/" + encodeURIComponent(src) }); return text.querySelector("img[alt=a]").getAttribute("src")`, "/tep/b%20c.jpg"},
		{"what it cannot hold", `await openText("[](/a/)\n"); const told = document.querySelector("[role=status]").textContent !== ""; press("source"); return told + surface.markdown() + document.querySelector("textarea").hidden`, "true[](/a/)\nfalse"},
		{"and can once it is mended", `await openText("[](/a/)\n"); document.querySelector("textarea").value = "[b](/a/)\n"; press("source"); return surface.markdown() + document.querySelector("textarea").hidden + document.querySelector("[role=status]").textContent`, "[b](/a/)\ntrue"},
		{"what it could not hold any more", `press("source"); document.querySelector("textarea").value = "[](/a/)\n"; press("source"); const stays = surface.markdown(); document.querySelector("textarea").value = "c\n"; press("source"); return stays + surface.markdown()`, "[](/a/)\nc\n"},
	} {
		p.open("* một [hai](/a/)\n")
		if got := p.js(c.script); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
	p.quiet()
}
