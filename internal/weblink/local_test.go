package weblink_test

import (
	"testing"

	"lienhiep/internal/weblink"
)

func TestLocal(t *testing.T) {
	for link, want := range map[string]string{
		"http://127.0.0.1:1313/tin-tuc/a/":      "/tin-tuc/a/",
		"http://localhost:41234/tin-tuc/a/?x#b": "/tin-tuc/a/#b",
		"https://LOCALHOST":                     "/",
		"http://[::1]:80/van-ban/":              "/van-ban/",
		"http://0.0.0.0/tin%20t%E1%BB%A9c/":     "/tin%20t%E1%BB%A9c/",
		"http://127.0.0.1//khac.example/":       "/khac.example/",
		"http://xem.localhost/a/":               "/a/",
		"https://example.org/localhost/":        "",
		"http://localhost.example.org/":         "",
		"/tin-tuc/a/":                           "",
		"mailto:a@localhost":                    "",
	} {
		if got, ok := weblink.Local(link); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v", link, got, ok)
		}
	}
}
