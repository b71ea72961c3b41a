package weblink

import (
	"net/netip"
	"net/url"
	"strings"
)

// Local reports whether a link leads to the reader's own computer, as one does that was
// copied from the preview, and returns the address on the site that it stands for:
// "http://127.0.0.1:1313/tin-tuc/a/#b" is "/tin-tuc/a/#b".
func Local(link string) (address string, ok bool) {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	ip, err := netip.ParseAddr(host)
	if !(err == nil && (ip.IsLoopback() || ip.IsUnspecified()) || host == "localhost" || strings.HasSuffix(host, ".localhost")) {
		return "", false
	}
	address = (&url.URL{Path: "/" + strings.TrimLeft(u.Path, "/"), RawPath: u.RawPath, Fragment: u.Fragment, RawFragment: u.RawFragment}).String()
	return address, true
}
