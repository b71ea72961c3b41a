// Package weblink finds deceptive links: those that lead to another host than a
// reader would think.
//
// In: a link's address as it is written, and the text that readers see. Out: a
// finding, the same for the source of an entry and for a built page. Addresses
// are parsed as browsers do (url.spec.whatwg.org).
package weblink

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"lienhiep/internal/diag"
)

var (
	ruleUserInfo = diag.NewRule("link-user-info", diag.Error,
		diag.Text{VI: "Địa chỉ “%[1]s” có tên người dùng trước dấu @: người đọc tưởng là trang ấy, còn trình duyệt mở %[2]s.",
			EN: "The address “%[1]s” has a user name before @, which looks like the host; a browser opens %[2]s."},
		diag.Text{VI: "Bỏ phần đứng trước dấu @, và xem kỹ nơi liên kết dẫn tới có đúng không.", EN: "Remove what is before @, and check that the link leads where it should."})
	ruleOtherHost = diag.NewRule("link-other-host", diag.Error,
		diag.Text{VI: "Chữ trên liên kết đọc là “%[1]s”, nhưng bấm vào thì tới %[2]s.", EN: "The link reads “%[1]s” but leads to %[2]s."},
		diag.Text{VI: "Viết trên liên kết tên của trang mà nó dẫn tới, hoặc sửa lại địa chỉ.", EN: "Change the text to name the page that the link leads to, or correct the address."})
	ruleLookalike = diag.NewRule("link-lookalike-host", diag.Error,
		diag.Text{VI: "Tên miền “%[1]s” có chữ “%[2]s” (%[3]s) trông như chữ La-tinh mà không phải: có thể là trang giả.",
			EN: "The host “%[1]s” contains “%[2]s” (%[3]s), which looks like a Latin letter but is not: the site may be an impostor."},
		diag.Text{VI: "Mở trang thật, rồi chép lại địa chỉ từ thanh địa chỉ của trình duyệt.", EN: "Open the true site and copy the address from the browser's address bar."})
	ruleDisguised = diag.NewRule("link-disguised-host", diag.Error,
		diag.Text{VI: "Địa chỉ “%[1]s” viết tên máy chủ theo lối khác thường, che mất nơi thật mà nó dẫn tới.",
			EN: "The address “%[1]s” writes its host in an unusual form that hides where it leads."},
		diag.Text{VI: "Mở trang ấy, rồi chép lại địa chỉ từ thanh địa chỉ của trình duyệt.", EN: "Open the page and copy the address from the browser's address bar."})
)

// Check finds whether a link to another host or an e-mail address is deceptive. texts
// are what readers see of it: its text, its title. Links within the site are never
// deceptive.
func Check(pos diag.Pos, link string, texts ...string) (diag.Finding, bool) {
	a, outside := parse(link)
	if !outside {
		return diag.Finding{}, false
	}
	if a.user {
		return ruleUserInfo.At(pos, short(link), a.shown()), true
	}
	if a.disguised {
		return ruleDisguised.At(pos, short(link)), true
	}
	for _, h := range a.hosts {
		if r, found := lookalike(h.unicode); found {
			return ruleLookalike.At(pos, h.unicode, string(r), code(r)), true
		}
	}
	for _, text := range texts {
		for _, r := range readAsHosts(text, a) {
			if !a.leadsTo(r) {
				return ruleOtherHost.At(pos, short(text), a.shown()), true
			}
		}
	}
	return diag.Finding{}, false
}

// leadsTo reports whether a link leads where its text says: to the same site,
// whatever its part of it, or to an archive's copy of it.
func (a address) leadsTo(r reading) bool {
	for _, h := range a.hosts {
		if !sameSite(h.ascii, r) && !(h.ascii == "web.archive.org" && strings.Contains(a.path, r.host)) {
			return false
		}
	}
	return true
}

func sameSite(host string, r reading) bool {
	host, read := strings.TrimPrefix(host, "www."), strings.TrimPrefix(r.host, "www.")
	if r.cut {
		return strings.HasPrefix(host, read)
	}
	return site(host) == site(read) || strings.HasSuffix(host, "."+read) || strings.HasSuffix(read, "."+host)
}

// owners are the sites of hosts that their owners use for short addresses.
var owners = map[string]string{"youtu.be": "youtube.com", "fb.com": "facebook.com", "fb.me": "facebook.com", "fb.watch": "facebook.com", "m.me": "facebook.com", "forms.gle": "google.com", "maps.app.goo.gl": "google.com"}

// site returns the part of a host that somebody has registered.
func site(host string) string {
	if owner := owners[host]; owner != "" {
		return owner
	}
	if s, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return s
	}
	return host // a public suffix itself, an IP address
}

// shown is where a link leads, as people read it.
func (a address) shown() string {
	var all []string
	for _, h := range a.hosts {
		all = append(all, h.unicode)
	}
	return short(strings.Join(all, ", "))
}

// short cuts what may be a whole page in one address.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}
