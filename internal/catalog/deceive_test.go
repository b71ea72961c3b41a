package catalog

import (
	"testing"
	"testing/fstest"
)

// A text is read for links that deceive however little else it holds, and one that
// holds nothing of the kind gives nothing.
func TestOneDeceivingLink(t *testing.T) {
	for body, want := range map[string]string{
		"[binhthuan.gov.vn](https://khac.example/)":                             "link-other-host",
		"[binhthuan.gov.vn](https:&sol;&#47;khac.example/)":                     "link-other-host",
		"[binhthuan.gov.vn](https\\:\\/\\/khac.example/)":                       "link-other-host",
		"[binhthuan.gov.vn](mailto:a@khac.example)":                             "link-other-host",
		"[binhthuan.gov.vn]\n\n[binhthuan.gov.vn]: HTTPS://khac.example":        "link-other-host",
		"> - [binhthuan.gov.vn](https://khac.example/)":                         "link-other-host",
		"| a |\n|---|\n| [binhthuan.gov.vn](https://khac.example/) |":           "link-other-host",
		"a[^1]\n\n[^1]: [binhthuan.gov.vn](https://khac.example/)":              "link-other-host",
		"Xem https://binhthuan.gov.vn@khac.example/":                            "link-user-info",
		"<https://binhthuan.gov.vn@khac.example/>":                              "link-user-info",
		"Xem www.xn--80ak6aa92e.com":                                            "link-lookalike-host",
		"## Một {.nho}":                                                         "markdown-attributes",
		"Một {.nho}\n===":                                                       "markdown-attributes",
		"- ## Một {hidden=1}":                                                   "markdown-attributes",
		"Lời.\n{style=\"color:red\"}":                                           "markdown-attributes",
		"Chữ\ufe0f":                                                             "invisible-character",
		"[Tin](https://khac.example/), https://khac.example/, binhthuan.gov.vn": "",
		"`[binhthuan.gov.vn](https://khac.example/)`":                           "",
		"    ## Một {.nho}":                                                     "",
		"```\n{.nho}\n```":                                                      "",
		"{{< dieu-khoan \"15-kh-tu/ii-1\" >}}":                                  "",
		"```x&#32;visually-hidden\nLời\n```":                                    "markdown-attributes",
		"~~~x\fvisually-hidden\nLời\n~~~":                                       "markdown-attributes",
		"> ```x&Tab;visually-hidden\n> Lời":                                     "markdown-attributes",
		"```go {.nho}\nLời\n```":                                                "",
		"```c++\nLời\n```":                                                      "",
		"- [ ] Nộp hồ sơ {.}":                                                   "",
		"Tập {a, b}":                                                            "",
		"## Một {#mot}":                                                         "",
		"👩\u200d🔬 ❤️":                                                           "",
	} {
		got := ""
		for _, f := range checkBody(fstest.MapFS{}, &Entry{File: "a.md", bodyLine: 1}, []byte(body)) {
			got += f.Code
		}
		if got != want {
			t.Errorf("%q: %q, not %q", body, got, want)
		}
	}
}
