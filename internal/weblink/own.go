package weblink

import (
	"net/url"
	"strings"
)

// Own returns the address on a site that an absolute link to it stands for; base is where
// the site stands. Of "https://a.vn/goc/", "HTTP://A.vn/goc/tin-tuc/b?c#d" is
// "/tin-tuc/b?c#d". ok is false for a link to anywhere else, and where it is not known
// where the site stands.
func Own(base, link string) (address string, ok bool) {
	b, err := url.Parse(base)
	if err != nil || b.Host == "" {
		return "", false
	}
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || hostOf(u) != hostOf(b) || u.User != nil {
		return "", false
	}
	address, ok = strings.CutPrefix(u.EscapedPath(), strings.TrimSuffix(b.EscapedPath(), "/"))
	if !ok || address != "" && address[0] != '/' {
		return "", false
	}
	if address == "" {
		address = "/"
	}
	if u.RawQuery != "" {
		address += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		address += "#" + u.EscapedFragment()
	}
	return address, true
}

// hostOf is a link's host with its port, but for the usual ones.
func hostOf(u *url.URL) string {
	host := strings.ToLower(u.Host)
	for _, port := range []string{":80", ":443"} {
		host = strings.TrimSuffix(host, port)
	}
	return strings.TrimSuffix(host, ".")
}
