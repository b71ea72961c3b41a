package weblink

import (
	"strings"
	"testing"

	"lienhiep/internal/diag"
)

// check returns the code of what is found, "" for nothing.
func check(link string, texts ...string) string {
	f, found := Check(diag.Pos{}, link, texts...)
	if !found {
		return ""
	}
	return strings.TrimPrefix(f.Code, "link-")
}

// What people write every day is let pass.
func TestOrdinaryLinks(t *testing.T) {
	for _, c := range []struct{ link, text string }{
		{"https://binhthuan.gov.vn/tin/1?a=b@c#d", "Tin của tỉnh"},
		{"https://binhthuan.gov.vn/", "https://binhthuan.gov.vn"},
		{"https://www.tapchicongsan.org.vn/web/guest/x", "tapchicongsan.org.vn"},
		{"https://tapchicongsan.org.vn/", "www.tapchicongsan.org.vn/abc"},
		{"http://skhcn.binhthuan.gov.vn:8080/", "binhthuan.gov.vn"},
		{"https://skhcn.binhthuan.gov.vn/", "ubnd.binhthuan.gov.vn"},
		{"https://binhthuan.gov.vn/", "(skhcn.binhthuan.gov.vn)"},
		{"https://binhthuan.gov.vn./", "binhthuan.gov.vn"},
		{"HTTPS://BinhThuan.gov.vn/", "BINHTHUAN.GOV.VN"},
		{"https://www.binhthuan.vn/", "binhthuan.vn"}, // a public suffix
		{"https://chinhphu.gov.vn/", "gov.vn"},
		{"https://binhthuan.gov.vn/mot/dia-chi/rat-dai", "https://binhthuan.gov.vn/mot/dia…"},
		{"https://dost-binhthuan.lamdong.gov.vn/x", "dost-binhthuan.lam…"},
		{"https://congbao.gov.vn/5", "Điều 5.1"}, {"https://congbao.gov.vn/5", "5.1"}, {"https://congbao.gov.vn/5", "1.200.000"},
		{"https://congbao.gov.vn/x", "file.docx"}, {"https://congbao.gov.vn/x", "bao-cao.pdf"}, {"https://congbao.gov.vn/x", "v.v."}, {"https://congbao.gov.vn/x", "v.v…"}, {"https://congbao.gov.vn/x", "Luật…"},
		{"https://vi.wikipedia.org/wiki/Node.js", "Node.js"}, {"https://vi.wikipedia.org/wiki/ASP.NET", "ASP.NET"},
		{"https://vi.wikipedia.org/x", "PGS.TS"}, {"https://vi.wikipedia.org/x", "TS.KH"}, {"https://vi.wikipedia.org/x", "ThS.BS."}, {"https://vi.wikipedia.org/x", "TP.HCM"},
		{"https://github.com/a/b/README.md", "README.md"}, {"https://a.example.org/tep/ho-so.zip", "ho-so.zip"},
		{"https://vnexpress.net/x", "Vnexpress.net"}, {"https://www.youtube.com/watch?v=x", "https://youtu.be/x"}, {"https://fb.com/x", "www.facebook.com/x"}, {"https://forms.gle/x", "docs.google.com"}, {"https://maps.app.goo.gl/x", "www.google.com/maps"},
		{"https://baolamdong.vn/x", "Báo Bình Thuận (baobinhthuan.com.vn): Gặp mặt trí thức"}, // says where it once stood
		{"https://web.archive.org/web/2020/https://binhthuan.gov.vn/x", "https://binhthuan.gov.vn/x"},
		{"https://tiếngviệt.vn/", "tiếngviệt.vn"}, {"https://xn--tingvit-5t4cyc.vn/", "https://tiếngviệt.vn"}, {"https://TIẾNGVIỆT.vn", ""},
		{"https://пример.рф/", "пример.рф"}, {"https://аррӏе.рф/", ""}, {"https://例え.jp/", ""}, {"https://日本ひらがなカナabc.jp/", ""}, {"https://straße.de/", ""}, {"https://кремль.com/", ""},
		{"https://a_b.example.org/", ""}, {"https://r3---sn-8q.example.org/", ""}, {"https://192.0.2.1:8080/", ""}, {"https://[2001:db8::1]/", ""},
		{"https://medium.com/@ten/bai", ""}, {"https://a.vn?q=x@y.vn", ""}, {" https://a.vn/ ", ""},
		{"mailto:a@binhthuan.gov.vn", "a@binhthuan.gov.vn"}, {"mailto:A@binhthuan.gov.vn?subject=a@b.vn", "b@binhthuan.gov.vn"},
		{"mailto:lhh@gmail.com", "Gửi thư cho Liên hiệp hội"},
		{"/lien-he/", "binhthuan.gov.vn"}, {"#a", "https://binhthuan.gov.vn"}, {"tin/a.html", "binhthuan.gov.vn"}, {"tel:+84252", "a.vn"},
		{"https://a.example.org/", "@binhthuan"}, {"https://a.example.org/", "…"}, {"https://a.example.org/", "..."}, {"https://a.example.org/", "và..."}, {"https://a.example.org/", ""},
	} {
		if got := check(c.link, c.text); got != "" {
			t.Errorf("%q over %q: %s", c.text, c.link, got)
		}
	}
}

// Words that read as one host over a link to another deceive.
func TestTextsThatReadAsAnotherHost(t *testing.T) {
	for _, c := range []struct{ link, text string }{
		{"https://evil.example/", "https://binhthuan.gov.vn/"},
		{"https://evil.example/", "binhthuan.gov.vn"},
		{"https://evil.example/", "BinhThuan.gov.vn"},
		{"https://evil.example/", "BINHTHUAN.VN"},
		{"https://evil.example/", "“www.binhthuan.gov.vn/tin”."},
		{"https://evil.example/", "www.binhthuan.khongco"},
		{"https://evil.example/", "https://noi-bo.khongco"},
		{"https://evil.example/", "binhthuan.gov.vn:443/dang-nhap"},
		{"https://evil.example/", "Xem thêm tại https://binhthuan.gov.vn/ nhé"},
		{"https://evil.example/", "bình luận: http:/binhthuan.gov.vn"},
		{"https://evil.example/binhthuan.gov.vn", "binhthuan.gov.vn"},
		{"https://evil.example/#binhthuan.gov.vn", "binhthuan.gov.vn"},
		{"https://binhthuan.gov.vn.evil.example/", "binhthuan.gov.vn"},
		{"https://binhthuan-gov.vn/", "binhthuan.gov.vn"},
		{"https://lamdong.gov.vn/", "binhthuan.gov.vn"},
		{"https://b.github.io/", "a.github.io"},
		{"https://evil.example/", "binh\u200bthuan.\u2060gov.vn"},
		{"https://evil.example/", "binh\u3164thuan.gov.vn"},
		{"https://evil.example/", "ｂｉｎｈｔｈｕａｎ．ｇｏｖ．ｖｎ"},
		{"https://evil.example/", "binhthuan。gov。vn"},
		{"https://evil.example/", "binhthu\u0430n.gov.vn"}, // Cyrillic а
		{"https://evil.example/", "https://binhthuan.gov.vn⁄dang-nhap"},
		{"https://evil.example/", "https://binhthuan.gov.vn@evil.example/"},
		{"https://evil.example/", "binhthuan.gov…"},
		{"https://evil.example/", "https://binhthuan…"},
		{"https://evil.example/", "tiếngviệt.vn"},
		{"https://evil.example/README.txt", "chatgpt.ai"},
		{"https://web.archive.org/web/2020/https://khac.vn/", "https://binhthuan.gov.vn/"},
		{"mailto:a@evil.example", "a@binhthuan.gov.vn"},
		{"MailTo:a@evil.example", "binhthuan.gov.vn"},
		{"mailto:a@binhthuan.gov.vn?bcc=x%40evil.example", "a@binhthuan.gov.vn"},
		{"mailto:a@binhthuan.gov.vn,b@evil.example", "a@binhthuan.gov.vn"},
		{"https://evil.example/", "a@binhthuan.gov.vn"},
		{"//evil.example/", "binhthuan.gov.vn"},
	} {
		if got := check(c.link, c.text); got != "other-host" {
			t.Errorf("%q over %q: %q", c.text, c.link, got)
		}
	}
	if got := check("https://evil.example/", "Trang của tỉnh", "https://binhthuan.gov.vn/"); got != "other-host" {
		t.Errorf("a link's second text: %q", got)
	}
}

// A name before the host deceives, in whatever disguise browsers read it.
func TestUserInfo(t *testing.T) {
	for _, link := range []string{
		"https://binhthuan.gov.vn@evil.example/", "https://binhthuan.gov.vn:443@evil.example", "HTTP://a@evil.example", "https://a:b@evil.example?x",
		"https://@evil.example/", "https:/\\binhthuan.gov.vn@evil.example/", "https:binhthuan.gov.vn@evil.example", "//binhthuan.gov.vn@evil.example/",
		"ht\ntps://binhthuan.gov.vn@evil.example/", "https:\t//a@evil.example", "https://a@b@evil.example", "https://binhthuan.gov.vn%2Ftin@evil.example/", "\x01https://a@evil.example",
	} {
		if got := check(link); got != "user-info" {
			t.Errorf("%q: %q", link, got)
		}
	}
	f, _ := Check(diag.Pos{}, "https://binhthuan.gov.vn@evil.example/")
	if s := f.Message(diag.English); !strings.Contains(s, "a browser opens evil.example") {
		t.Error(s)
	}
}

// Hosts of mixed scripts, and those that are another script's whole but read as Latin.
func TestLookalikeHosts(t *testing.T) {
	for _, link := range []string{
		"https://binhthu\u0430n.gov.vn/", "https://xn--binhthun-76g.gov.vn/", "https://binhthuan.g\u03bfv.vn", "//binhthu\u0430n.gov.vn",
		"https://xn--80ak6aa92e.com", "https://XN--80AK6AA92E.com/", "https://аррӏе.com", "https://ѕсоре.vn", "https://www.аррӏе.com.vn/",
		"https://binhthu\u0251n.gov.vn/", "https://bınhthuan.gov.vn", "https://ɢoogle.com", "https://օս.com", "https://аbс日本.com", "mailto:a@binhthu\u0430n.gov.vn",
	} {
		if got := check(link); got != "lookalike-host" {
			t.Errorf("%q: %q", link, got)
		}
	}
}

// Hosts that are written so that only a browser knows which they are.
func TestDisguisedHosts(t *testing.T) {
	for _, link := range []string{
		`https://a.vn\@b.vn/`, `https://a.vn\b`, `https:\\a.vn`, `https:/a.vn`, `https:a.vn`, `https:///a.vn`, `/\a.vn`, `\\a.vn`, `///a.vn`,
		"https://a\t.vn", "https://a.vn\n/x", "ht\ttps://a.vn", "https://a.v\rn/",
		"https://%61.vn/", "https://a%2evn/", "https://binhthuan.gov.vn%2f.evil.example/", "https://a.vn%00.b.vn/", "https://%zz.vn/",
		"https://a。vn/", "https://a．vn", "https://a｡vn", "https://ａ.vn", "https://①.vn", "https://a\u00adb.vn", "https://a\u200bb.vn", "https://ℂ.vn",
		"http://0x7f.1/", "http://2130706433/", "http://017700000001/", "http://0x7f000001", "http://127.1/", "http://010.0.0.1/", "http://1.2.3.4.5/", "http://a.0x1/",
		"https://", "https://:80/", "https://?a", "https://a..vn/", "https://.vn/", "https://xn--a.vn/",
		"https://binhthuan.gov.vn⁄dang-nhap.evil.example/", "https://binhthuan.gov.vn∕a.evil.example", "https://i❤.vn", "https://ᎠᎡ.com", "https://a b.vn", "https://a|b.vn/",
	} {
		if got := check(link); got != "disguised-host" {
			t.Errorf("%q: %q", link, got)
		}
	}
}

// FuzzCheck wants no link to make it fail, and no link that passes to lead elsewhere
// once its disguise is taken off.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"https://a.vn@b.vn/", `https:\\a.vn`, "mailto:a@b.vn?cc=c%40d.vn", "https://xn--80ak6aa92e.com", "//a", "https://[::1]:80/", "www.a.vn…", "a@b.vn"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, link, text string) {
		finding, found := Check(diag.Pos{}, link, text)
		if found && strings.Contains(finding.Message(diag.Vietnamese)+finding.Message(diag.English), "%!") {
			t.Errorf("%q: %s", link, finding.Message(diag.English))
		}
		a, outside := parse(link)
		if !outside || found || len(a.hosts) != 1 {
			return
		}
		if got := check("https://" + a.hosts[0].ascii + "/"); got != "" && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(link)), "mailto") && !strings.Contains(link, "[") {
			t.Errorf("%q passes, its host %q does not: %s", link, a.hosts[0].ascii, got)
		}
	})
}

// TestMeant tells the address that was meant by one without its scheme.
func TestMeant(t *testing.T) {
	for link, want := range map[string]string{
		"a@example.org": "mailto:a@example.org", "van.phong@a-b.gov.vn": "mailto:van.phong@a-b.gov.vn",
		"0252 3822 222": "tel:02523822222", "+84 (252) 3.822.222": "tel:+842523822222", "02523822222": "tel:02523822222",
		"example.org": "https://example.org", "www.mau.gov.vn/a?b#c": "https://www.mau.gov.vn/a?b#c", "zalo.me/0252": "https://zalo.me/0252", "Mau.vn": "https://Mau.vn",
		"htps://example.org": "https://example.org", "http:/example.org/a": "https://example.org/a", "https//example.org": "https://example.org",
		"https:example.org": "https://example.org", "https;//example.org": "https://example.org", "ttp://example.org": "https://example.org", "https:///example.org": "https://example.org",
		"https://https://example.org/a": "https://example.org/a", "http://https//x.vn": "",
		"https://example.org/?u=https://a.vn": "", "/tin-tuc/a/": "", "a": "", "tin-tuc/a": "", "#a": "", "mailto:a@b.vn": "", "tel:113": "", "113": "", "2024": "",
		"quyet-dinh.pdf": "", "anh.jpg": "", "index.md": "", "javascript:alert(1)": "", "//example.org/": "", "sms:113": "", "../a.vn-b/": "",
	} {
		if got := Meant(link); got != want {
			t.Errorf("%q was meant as %q, not %q", link, got, want)
		}
	}
}
