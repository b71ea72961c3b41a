package lint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lienhiep/internal/diag"
	"lienhiep/internal/lint"
)

// A text is read for links that deceive however little else it holds, and one that
// holds nothing of the kind gives nothing.
func TestOneDeceivingLink(t *testing.T) {
	for body, want := range map[string]string{
		"[binhthuan.gov.vn](https://khac.example/)":                                        "link-other-host",
		"[binhthuan.gov.vn](https:&sol;&#47;khac.example/)":                                "link-other-host",
		"[binhthuan.gov.vn](https\\:\\/\\/khac.example/)":                                  "link-other-host",
		"[binhthuan.gov.vn](mailto:a@khac.example)":                                        "link-other-host",
		"[binhthuan.gov.vn]\n\n[binhthuan.gov.vn]: HTTPS://khac.example":                   "link-other-host",
		"> - [binhthuan.gov.vn](https://khac.example/)":                                    "link-other-host",
		"| a |\n|---|\n| [binhthuan.gov.vn](https://khac.example/) |":                      "link-other-host",
		"a[^1]\n\n[^1]: [binhthuan.gov.vn](https://khac.example/)":                         "link-other-host",
		"Xem https://binhthuan.gov.vn@khac.example/":                                       "link-user-info",
		"<https://binhthuan.gov.vn@khac.example/>":                                         "link-user-info",
		"Xem www.xn--80ak6aa92e.com":                                                       "link-lookalike-host",
		"## Một {.nho}":                                                                    "markdown-attributes",
		"Một {.nho}\n===":                                                                  "markdown-attributes",
		"- ## Một {hidden=1}":                                                              "markdown-attributes",
		"Lời.\n{style=\"color:red\"}":                                                      "markdown-attributes",
		"Chữ\ufe0f":                                                                        "invisible-character",
		"[Tin](https://khac.example/), https://khac.example/, binhthuan.gov.vn":            "",
		"`[binhthuan.gov.vn](https://khac.example/)`":                                      "",
		"    ## Một {.nho}":                                                                "typed-code",
		"```\n{.nho}\n```":                                                                 "",
		"{{< dieu-khoan \"15-kh-tu/ii-1\" >}}":                                             "",
		"```x&#32;visually-hidden\nLời\n```":                                               "markdown-attributes",
		"~~~x\fvisually-hidden\nLời\n~~~":                                                  "markdown-attributes",
		"> ```x&Tab;visually-hidden\n> Lời":                                                "markdown-attributes",
		"```go {.nho}\nLời\n```":                                                           "",
		"```c++\nLời\n```":                                                                 "",
		"- [ ] Nộp hồ sơ {.}":                                                              "",
		"Tập {a, b}":                                                                       "",
		"<iframe src=\"https://www.youtube.com/embed/dQw4w9WgXcQ\"></iframe>":              "embed-code",
		"Xem <iframe src=\"https://www.youtube.com/embed/dQw4w9WgXcQ\"></iframe> nhé":      "embed-code",
		"<div class=\"x\">\n<IFRAME\nsrc=\"//player.vimeo.com/video/1\"></IFRAME></div>":   "embed-code",
		"<script async src=\"https://connect.facebook.net/vi_VN/sdk.js\"></script>":        "embed-code",
		"<blockquote class=\"tiktok-embed\" cite=\"https://www.tiktok.com/@a/video/1\">\n": "embed-code",
		"<video controls><source src=\"a.mp4\"></video>":                                   "embed-code",
		"<object data=\"a.swf\"></object>":                                                 "embed-code",
		"&lt;iframe src=\"https://a.example/\"&gt;&lt;/iframe&gt;":                         "embed-code",
		"\\<iframe src=https://a.example/\\>":                                              "embed-code",
		"- [video src=\"https://a.example/b.mp4\"]":                                        "embed-code",
		"[embed]https://youtu.be/abc[/embed]":                                              "embed-code",
		"[Video] Lễ tôn vinh, thẻ <iframe>: `<iframe src=\"a\">`, 3 < 5":                   "embed-code",
		"[Video] Lễ tôn vinh: `<iframe src=\"a\">`, 3 &lt; 5, [video]":                     "",
		"<blockquote class=\"x\">a</blockquote>":                                           "raw-html",
		"Kho&#8238;a":                                                                      "invisible-character",
		"Kho&#x202E;a &rlm;":                                                               "invisible-character",
		"*Kho&ZeroWidthSpace;a*":                                                           "invisible-character",
		"[a](/b/ \"Kho&#173;a\")":                                                          "invisible-character",
		"| Kho&#1;a |\n|---|":                                                              "invisible-character",
		"# Kho&shy;a":                                                                      "invisible-character",
		"`&#8238;` \\&#8238; &amp;#8238;":                                                  "typed-sign",
		"```\n&#8238;\n```\n\n    &rlm;":                                                   "",
		"👩&zwj;🔬, A&nbsp;B, 1&#160;000, &lt; &AB;":                                         "",
		"## Một {#a}\n\n## Hai {#a}":                                                       "heading-id",
		"## Một\n\n## Hai {#một}":                                                          "heading-id",
		"## Mot\n\n## Mot\n\n## Hai {#mot-1}":                                              "heading-id",
		"## Hai {#nguon}":                                                                  "",
		"Hai {#muc-luc}\n===":                                                              "",
		"## A {#a}\n\n### A\n\n#### A\n\n## B {#a-2}\n\n# Nguồn, tệp {#nguon-khac}":        "heading-id",
		"## Một {#a}\n\n## Hai {#b}\n\n## a\n\n## tep\n\n`## C {#a}`":                      "",
		"## Một {#mot}":                                                                    "",
		"👩\u200d🔬 ❤️":                                                                      "",
		"<b>Chữ</b>":                                                                       "raw-html",
		"<!-- ghi chú --> a</b>":                                                           "",
		"[a](tel:+842523822222), [b](tel:0252.382.2222), [c](TEL:113), [d](<tel:0252 382 2222>)": "",
		"Xem [a](http://127.0.0.1:1313/tin-tuc/b/)":                                              "preview-address",
		"Xem http://localhost:1313/tin-tuc/b/":                                                   "preview-address",
		"[a]: http://[::1]/b/\n\n[a]":                                                            "preview-address",
		"[a]()":                                                                                  "link-without-address",
		"[](/tin-tuc/)":                                                                          "link-without-words",
		`Tệp ở C:\Users\mau\a.docx`:                                                              "windows-path",
		"Tệp ở /home/mau/a.docx":                                                                 "windows-path",
		"Mở file:///a/b":                                                                         "windows-path",
		"Tỉ lệ 1:2, A:\\*, /tin-tuc/home/a/, https://example.org/home/a/": "",
		"[a](tel:javascript)":                       "unsafe-link",
		"[a](tel:1);x(tel:2)":                       "unsafe-link",
		"[a](sms:113)":                              "unsafe-link",
		"[a](b@c.example)":                          "link-without-scheme",
		"[a](www.b.example)":                        "link-without-scheme",
		"[a][b]\n\n[b]: htps://b.example":           "link-without-scheme",
		"<b@c.example>, www.b.example, [a](b.pdf)":  "",
		"[a](javascript:alert(1))":                  "unsafe-link",
		"[a](//khac.example/)":                      "unsafe-link",
		`[a](C:\\Users\\a.docx)`:                    "windows-path",
		"[a](/tin-tuc/a/), [b](mailto:b@c.example)": "",
		"[a](https://a.vn/?fbclid=" + strings.Repeat("x", 1_000) + ")": "link-long",
		"[a](https://a.vn/?fbclid=" + strings.Repeat("x", 900) + ")":   "",
		"{{< youtube abc >}}":                              "unknown-shortcode",
		"{{</* youtube abc */>}}":                          "",
		"{{< bo-anh >}}\nHai ảnh\n":                        "shortcode-form",
		"Hai ảnh\n{{< /bo-anh >}}\n":                       "shortcode-form",
		"{{% bo-anh %}}a{{% /bo-anh %}}":                   "shortcode-formshortcode-form",
		"{{< bo-anh %}}a{{< /bo-anh >}}":                   "shortcode-form",
		"{{< so-do >}}{{< tieng \"en\" >}}a{{< /so-do >}}": "shortcode-formshortcode-formshortcode-form",
		"{{< bo-anh\n\na":                                  "shortcode-form",
		"{{<bo-anh>}}a{{</bo-anh>}} {{<tieng \"en\">}}b{{< /tieng >}} {{< dieu-khoan \"15-kh-tu/ii-1\" >}}": "",
		"{{</* bo-anh */>}}":               "",
		"| a |\n|---|\n| b<br>c |":         "break-in-cell",
		strings.Repeat(">", 21) + " a":     "text-too-nested",
		"[a](" + strings.Repeat("b", 3000): "link-not-closed",
		strings.Repeat("[", 2001):          "too-many-marks",
		strings.Repeat("# a\n\n", 2001):    "too-many-headings",
		strings.Repeat("|a", 201) + "|\n" + strings.Repeat("|-", 201) + "|\n": "table-too-large",
	} {
		got := ""
		for _, f := range (lint.Text{File: "a.md", Line: 1, Body: []byte(body)}).Check().Findings {
			got += f.Code
		}
		if got != want {
			t.Errorf("%q: %q, not %q", body, got, want)
		}
	}
}

// Findings stand at the line of the file, not of the text.
func TestPlaces(t *testing.T) {
	text := lint.Text{File: "a.md", Line: 7, Body: []byte("a\n\n[b](javascript:c) <i>\nd\u200b\n")}
	found := text.Check()
	var got []string
	for _, f := range found.Findings {
		got = append(got, fmt.Sprintf("%s %s", f.Pos, f.Code))
	}
	if want := []string{"a.md:10:2 invisible-character", "a.md:9 unsafe-link", "a.md:9 raw-html"}; !slices.Equal(got, want) || !found.Parsed {
		t.Errorf("%q, parsed: %v", got, found.Parsed)
	}
}

// A text beyond a limit is not parsed, and what needs no parser is still found.
func TestTextsBeyondALimitAreNotParsed(t *testing.T) {
	text := lint.Text{File: "a.md", Line: 1, Body: []byte("{{< youtube a >}}\n<b>\n\n" + strings.Repeat(">", 50_000))}
	all := text.Check()
	found, parsed := all.Findings, all.Parsed
	if len(found) != 2 || found[0].Code != "unknown-shortcode" || found[1].Code != "text-too-nested" || found[1].Pos.Line != 4 || parsed {
		t.Errorf("%v, parsed: %v", found, parsed)
	}
}

// Images are left to the caller, with what is written of them.
func TestImages(t *testing.T) {
	found := lint.Text{File: "a.md", Line: 3, Body: []byte("![Toàn *cảnh*](a.png)\n\n![](b.png)\n")}.Check()
	var got []string
	for _, i := range found.Images {
		got = append(got, fmt.Sprintf("%s %q %s", i.File, i.Alt, i.Pos))
	}
	if !found.Parsed || !slices.Equal(got, []string{`a.png "Toàn cảnh" a.md:3`, `b.png "" a.md:5`}) {
		t.Errorf("%q", got)
	}
}

// Links are left to the caller too, however little else the text holds.
func TestLinks(t *testing.T) {
	for body, want := range map[string]string{
		"[a](/tin-tuc/b/)":                     "/tin-tuc/b/ 1",
		"a\n[b](<Phụ lục (2).pdf>)":            "Phụ lục (2).pdf 2",
		"[a](Phụ lục 2.pdf)":                   "Phụ lục 2.pdf 1",
		"[a](\n/b/)":                           "/b/ 2",
		"[a]\n\n[a]: /b/":                      "/b/ 3",
		"[![a](b.png)](/c/)":                   "/c/ 1",
		"www.a.vn":                             "http://www.a.vn 1",
		"`[a](/b/)` [c](/d/)":                  "/d/ 1",
		"    [a](/b/)\n\n```\n[a](/b/)\n```\n": "",
		"\\[a](/b/) <!-- [a](/b/) -->":         "",
		"a (b) c":                              "",
	} {
		found := lint.Text{File: "a.md", Line: 1, Body: []byte(body)}.Check()
		got := ""
		for _, l := range found.Links {
			got += fmt.Sprint(l.Destination, " ", l.Pos.Line)
		}
		if !found.Parsed || got != want {
			t.Errorf("%q: %q, not %q", body, got, want)
		}
	}
}

func TestWindowsPath(t *testing.T) {
	for path, want := range map[string]bool{`C:\Users\a.png`: true, "d:/a.png": true, `\\server\a`: true, "file:///C:/a": true, "a.png": false, "https://a.example/": false, "/tin-tuc/": false} {
		if f, found := lint.WindowsPath(diag.Pos{}, path); found != want || found && f.Code != "windows-path" {
			t.Errorf("%q: %v", path, f)
		}
	}
}

// TestTagsThatMarkdownHas holds that what is typed as HTML is mended where Markdown has the
// same.
func TestTagsThatMarkdownHas(t *testing.T) {
	for body, want := range map[string]string{
		"Chữ <b>đậm</b> và <EM> nghiêng </EM>.": "Chữ **đậm** và *nghiêng*.",
		"Dòng một<br>dòng hai<br/>\ndòng ba":    "Dòng một\\\ndòng hai\\\ndòng ba",
		"- a <strong>b c</strong>":              "- a **b c**",
		"{{% bo-anh %}}\na\n{{% /bo-anh %}}":    "{{< bo-anh >}}\na\n{{< /bo-anh >}}",
		"[a](b@c.example) [b](www.d.example)":   "[a](mailto:b@c.example) [b](https://www.d.example)",
		"<u>a</u> <b>c</i> <b></b>":             "<u>a</u> <b>c</i> <b></b>",
	} {
		var edits []diag.Edit
		for _, f := range (lint.Text{File: "a.md", Line: 1, Body: []byte(body)}).Check().Findings {
			edits = append(edits, f.Edits...)
		}
		slices.SortFunc(edits, func(a, b diag.Edit) int { return b.Start - a.Start })
		got := body
		for _, e := range edits {
			got = got[:e.Start] + e.New + strings.TrimPrefix(got[e.Start:], e.Old)
		}
		if got != want {
			t.Errorf("%q is mended to %q, not %q", body, got, want)
		}
	}
}
