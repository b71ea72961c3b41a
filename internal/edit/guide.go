package edit

import (
	"html/template"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"lienhiep/internal/catalog"
	"lienhiep/internal/edit/help"
	"lienhiep/internal/markdown"
	"lienhiep/internal/viet"
)

// helpPage is a page of the guide.
type helpPage struct {
	Name  string        `json:"name"`
	Title string        `json:"title"`
	Says  string        `json:"says,omitempty"` // the words about what was looked for
	HTML  template.HTML `json:"-"`              // our own, from the program

	lines  []string // what is read of it, a line a paragraph or a row
	folded []string // the same, as it is searched
}

// titleOfPage is the heading that a page of the guide begins with.
func titleOfPage(text string) string {
	title, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
	return title
}

// marks are those of Markdown that are not read: pictures, the targets of links, emphasis,
// headings, lists, rows.
var marks = regexp.MustCompile("(?m)!\\[[^\\]]*\\]\\([^)]*\\)|\\]\\([^)]*\\)|[*`\\[\\]|]|^ *(#+|-|\\d+\\.) |^[-: |]+$")

// helpPages are all pages, in the order of the guide's names.
var helpPages = sync.OnceValue(func() []helpPage {
	var all []helpPage
	for _, name := range help.Names() {
		text, _ := help.Page(name)
		p := helpPage{Name: name, Title: titleOfPage(text)}
		for line := range strings.Lines(marks.ReplaceAllString(text, "")) {
			if line = strings.Join(strings.Fields(line), " "); line != "" && line != p.Title {
				p.lines, p.folded = append(p.lines, line), append(p.folded, viet.Fold(line))
			}
		}
		all = append(all, p)
	}
	return all
})

// messageList is the page with the list of all messages.
var messageList = strings.TrimSuffix(path.Base(help.Messages), ".md")

// searchHelp returns the pages that have every word, with or without its marks: those that
// have them in the title first, then those in which one line has them all. The list of all
// messages comes last: it has a word for everything.
func searchHelp(query string) []helpPage {
	words := strings.Fields(viet.Fold(query))
	ranked := make([][]helpPage, 4)
	for _, p := range helpPages() {
		best, most := 0, 0
		for i, line := range p.folded {
			if n := count(line, words); n > most {
				best, most = i, n
			}
		}
		rank := 2
		switch whole := p.Title + " " + strings.Join(p.folded, " "); {
		case count(viet.Fold(whole), words) < len(words):
			continue
		case p.Name == messageList:
			rank = 3
		case count(viet.Fold(p.Title), words) == len(words):
			rank = 0
		case most == len(words):
			rank = 1
		}
		p.Says = p.lines[best]
		ranked[rank] = append(ranked[rank], p)
	}
	return slices.Concat(ranked...)
}

func count(text string, words []string) (n int) {
	for _, w := range words {
		if strings.Contains(text, w) {
			n++
		}
	}
	return n
}

// searchGuide answers what the guide says of something, while it is typed.
func (d *Desk) searchGuide(w http.ResponseWriter, r *http.Request) {
	d.answer(w, slices.Concat([]helpPage{}, searchHelp(r.URL.Query().Get("chu"))))
}

// guide lists the pages of the guide.
func (d *Desk) guide(w http.ResponseWriter, r *http.Request) {
	d.show(w, "tro-giup", view{Title: "Trợ giúp", Here: "/tro-giup/", Own: map[string]any{"Pages": helpPages()}})
}

// card is one sheet to print and to hang beside the machine.
func (d *Desk) card(w http.ResponseWriter, r *http.Request) {
	d.show(w, "the", view{Title: "Thẻ để in", Here: "/tro-giup/", Own: map[string]any{"Tasks": d.offered(tasks)}})
}

// guidePage shows a page of the guide, or serves a picture in it.
func (d *Desk) guidePage(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimSuffix(r.PathValue("page"), ".md")
	if path.Ext(name) == ".jpg" {
		data, err := help.Files.ReadFile(name)
		if err != nil {
			absent(w, r)
			return
		}
		d.write(w, name, data)
		return
	}
	text, ok := help.Page(name)
	if !ok {
		absent(w, r)
		return
	}
	html, err := markdown.HTML([]byte(text))
	if err != nil {
		d.broken(w, err)
		return
	}
	p := helpPage{Name: name, Title: titleOfPage(text), HTML: template.HTML(atTheDesk(string(html)))}
	d.show(w, "tro-giup", view{Title: p.Title, Here: "/tro-giup/", Help: name, Own: map[string]any{"Page": p}})
}

var (
	linkInPage    = regexp.MustCompile(`(?s)<a href="([^"]*)">(.*?)</a>`)
	pictureInPage = regexp.MustCompile(`<img src="([^"/]+)"`)
	guideLink     = regexp.MustCompile(`^([a-z-]+)\.md(#.*)?$`)
)

// atTheDesk leads the links and pictures of a page of the guide to where they are at the
// desk. What lies outside of the guide, and is not on the web, cannot be opened from there.
func atTheDesk(html string) string {
	html = pictureInPage.ReplaceAllString(html, `<img src="/tro-giup/$1"`)
	return linkInPage.ReplaceAllStringFunc(html, func(link string) string {
		m := linkInPage.FindStringSubmatch(link)
		switch to, words := m[1], m[2]; {
		case guideLink.MatchString(to):
			return `<a href="/tro-giup/` + guideLink.ReplaceAllString(to, "$1$2") + `">` + words + `</a>`
		case strings.HasPrefix(to, "#"):
			return link
		case strings.HasPrefix(to, "https://"), strings.HasPrefix(to, "http://"):
			return `<a href="` + to + `" target="_blank" rel="noopener">` + words + `</a>`
		default:
			return words
		}
	})
}

// helpOf is the page of the guide that tells how to write an entry of a kind: that of the
// kind's name, if there is one.
func helpOf(k catalog.Kind) string {
	if _, ok := help.Page(k.Folder()); ok {
		return k.Folder()
	}
	switch k {
	case catalog.KindPerson:
		return "nhan-vat"
	case catalog.KindPlan:
		return "tien-do"
	}
	return "viet-tin"
}
