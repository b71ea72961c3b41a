package catalog

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/diag"
)

var ruleLinkHidden = diag.NewRule("link-to-hidden", diag.Warning,
	diag.Text{VI: "Liên kết “%[1]s” dẫn tới trang “%[2]s”, trang ấy chưa hoặc không còn trên mạng, nên ở đây chỉ hiện chữ.", EN: "The link “%[1]s” leads to “%[2]s”, which is not on the site: its words alone are shown."},
	diag.Text{VI: "Không phải làm gì nếu trang ấy sắp đăng; khi trang ấy hiện thì liên kết cũng hiện. Nếu trang ấy đã gỡ hẳn, bỏ liên kết.", EN: "Nothing is needed if that page is about to appear; the link comes back with it. If it is gone for good, remove the link."})

// destination matches where a link of Markdown leads, written in the text or defined
// below it.
var destination = regexp.MustCompile(`(?m)\]\(\s*<?([^\s()<>]+)|^ {0,3}\[[^\]\n]+\]:\s*<?([^\s<>]+)`)

// linksIn finds the links of a text that lead within the site.
func linksIn(e *Entry, body []byte) []Ref {
	var links []Ref
	var places *diag.Places
	for _, m := range destination.FindAllSubmatchIndex(body, -1) {
		from, to := max(m[2], m[4]), max(m[3], m[5])
		link := string(body[from:to])
		if strings.HasPrefix(link, "#") || strings.Contains(link, ":") {
			continue
		}
		if places == nil {
			places = diag.PlacesIn(e.File, body)
		}
		links = append(links, Ref{link, diag.Pos{File: e.File, Line: e.bodyLine + places.At(from).Line - 1}})
	}
	return links
}

// Unpublished are the addresses of entries that are not on the site now, those that
// links in texts may have, each with its entry.
func (c *Catalog) Unpublished() map[string]*Entry {
	all := map[string]*Entry{}
	for _, it := range c.entries {
		e := it.base()
		if e.Published() {
			continue
		}
		addresses := append(absolute(e.Aliases), e.URL, closed(rootOf(e.Lang)+strings.TrimPrefix(e.Path, "/")))
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

// leadsTo are the addresses that a link of the entry's text may mean.
func (e *Entry) leadsTo(link string) []string {
	link, _, _ = strings.Cut(link, "#")
	link, _, _ = strings.Cut(link, "?")
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
			for _, address := range e.leadsTo(l.ID) {
				if to := hidden[address]; to != nil {
					v.report(ruleLinkHidden.At(l.Pos, l.ID, to.Title))
					break
				}
			}
		}
	}
}

// LinksTo returns where the texts of other entries lead to a page in one of its languages,
// in the order of their files.
func (c *Catalog) LinksTo(pages []*Entry) []diag.Pos {
	own := map[string]bool{}
	for _, e := range pages {
		own[e.URL], own[closed(e.Path)] = true, true
	}
	var all []diag.Pos
	for _, from := range c.Entries() {
		if slices.Contains(pages, from) {
			continue
		}
		for _, l := range from.links {
			if slices.ContainsFunc(from.leadsTo(l.ID), func(a string) bool { return own[a] }) {
				all = append(all, l.Pos)
			}
		}
	}
	return all
}
