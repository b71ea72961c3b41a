package weblink_test

import (
	"testing"

	"lienhiep/internal/weblink"
)

func TestOwn(t *testing.T) {
	for _, test := range []struct{ base, link, want string }{
		{"https://a.vn/", "https://a.vn/tin-tuc/b/", "/tin-tuc/b/"},
		{"https://a.vn/", "https://a.vn/tin-tuc/b", "/tin-tuc/b"},
		{"https://a.vn/", "http://A.VN:80/b/?c=d#e", "/b/?c=d#e"},
		{"https://a.vn", "https://a.vn", "/"},
		{"https://a.vn/", "https://a.vn#e", "/#e"},
		{"https://a.vn/", " https://a.vn/Ti%E1%BB%87p.pdf", "/Ti%E1%BB%87p.pdf"},
		{"https://a.vn/goc/", "https://a.vn/goc/b/", "/b/"},
		{"https://a.vn/goc/", "https://a.vn/goc", "/"},
		{"https://a.vn/goc/", "https://a.vn/gockhac/", ""},
		{"https://a.vn/goc/", "https://a.vn/b/", ""},
		{"https://a.vn/", "https://b.vn/a/", ""},
		{"https://a.vn/", "https://a.vn.b.vn/", ""},
		{"https://a.vn/", "https://a.vn:8080/", ""},
		{"https://a.vn/", "https://b@a.vn/", ""},
		{"https://a.vn/", "mailto:b@a.vn", ""},
		{"https://a.vn/", "//a.vn/b/", ""},
		{"https://a.vn/", "/b/", ""},
		{"https://a.vn/", "https://a.vn/%zz", ""},
		{"/", "https://a.vn/", ""},
		{"", "https://a.vn/", ""},
	} {
		if got, ok := weblink.Own(test.base, test.link); got != test.want || ok != (test.want != "") {
			t.Errorf("%s of %s: %q, %v, want %q", test.link, test.base, got, ok, test.want)
		}
	}
}
