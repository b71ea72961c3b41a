package catalog

import (
	"path"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/diag"
)

var ruleLinkHidden = diag.NewRule("link-to-hidden", diag.Warning,
	diag.Text{VI: "Liên kết “%[1]s” dẫn tới trang “%[2]s”, trang ấy chưa hoặc không còn trên mạng, nên ở đây chỉ hiện chữ.", EN: "The link “%[1]s” leads to “%[2]s”, which is not on the site: its words alone are shown."},
	diag.Text{VI: "Không phải làm gì nếu trang ấy sắp đăng; khi trang ấy hiện thì liên kết cũng hiện. Nếu trang ấy đã gỡ hẳn, bỏ liên kết.", EN: "Nothing is needed if that page is about to appear; the link comes back with it. If it is gone for good, remove the link."})

// Unpublished are the addresses of entries that are not on the site now, those that
// links in texts may have, each with its entry.
func (c *Catalog) Unpublished() map[string]*Entry {
	all := map[string]*Entry{}
	for _, it := range c.entries {
		e := it.base()
		if e.Published() {
			continue
		}
		addresses := append(e.OldAddresses(), e.URL, closed(rootOf(e.Lang)+strings.TrimPrefix(e.Path, "/")))
		switch it := it.(type) {
		case *Person:
			addresses = append(addresses, AboutPersonURL(it))
		case *Plan:
			for url := range planAddresses(it) {
				addresses = append(addresses, url)
			}
		}
		for _, a := range e.Attachments {
			addresses = append(addresses, a.URL, strings.TrimPrefix(a.File, "content"))
		}
		for _, a := range addresses {
			all[closed(a)] = e
		}
	}
	for _, it := range c.entries { // an address is a page's own before it is another's old one
		if e := it.base(); e.Published() {
			delete(all, e.URL)
		}
	}
	return all
}

// TakenDown reports whether the entry was taken down, and not only has come to the end of
// its time: its front matter has "removed", perhaps empty.
func (e *Entry) TakenDown(now time.Time) bool {
	return e.expired(now) && slices.ContainsFunc(e.keys, func(k keyPos) bool { return k.name == "removed" })
}

// Noticed are the entries that were taken down and leave a sentence at their address.
func (c *Catalog) Noticed() []*Entry {
	return slices.DeleteFunc(c.Entries(), func(e *Entry) bool { return e.Removed == "" || e.Draft || !e.TakenDown(c.options.Now) })
}

// leadsTo are the addresses on the site that a link of the entry's text may mean.
func (e *Entry) leadsTo(link string) []string {
	link, _, _ = strings.Cut(link, "#")
	link, _, _ = strings.Cut(link, "?")
	if link == "" || strings.Contains(link, ":") {
		return nil
	}
	if strings.HasPrefix(link, "/") {
		return []string{closed(path.Clean(link))}
	}
	return []string{closed(path.Join(e.Path, link)), closed(path.Join(path.Dir(e.Path), link))}
}

// linksToHidden finds the links that are shown as words alone.
func (v *validator) linksToHidden() {
	hidden := v.Unpublished()
	if len(hidden) == 0 {
		return
	}
	for _, e := range v.Entries() {
		if !e.Published() {
			continue
		}
		for _, l := range e.links {
			for _, address := range e.leadsTo(l.address) {
				if to := hidden[address]; to != nil {
					v.report(ruleLinkHidden.At(l.pos, l.destination, to.Title))
					break
				}
			}
		}
	}
}
