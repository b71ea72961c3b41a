package edit

import (
	"cmp"
	"html"
	"html/template"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"lienhiep/internal/catalog"
	"lienhiep/internal/edit/help"
	"lienhiep/internal/markdown"
	"lienhiep/internal/viet"
)

// helpPage is a page of the guide.
type helpPage struct {
	Name, Title string
	HTML        template.HTML // our own, from the program

	title findable
	lines []helpLine
}

// helpLine is what is read of a page: a heading, a paragraph, a row.
type helpLine struct {
	text    string
	section string // the ID of the heading that it is or stands under, "" above the first
	heading bool
	findable
}

// helpFound is a page in which something was found.
type helpFound struct {
	Name  string      `json:"name"`  // with the heading to go to: "anh#trong-tệp"
	Title []foundWord `json:"title"` // of the page
	Says  []foundWord `json:"says"`  // the line that tells of it
}

// foundWord is a piece of a text: what was looked for, or what stands between.
type foundWord struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit,omitempty"`
}

// titleOfPage is the heading that a page of the guide begins with.
func titleOfPage(text string) string {
	title, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
	return title
}

// helpPages are all pages, in the order of the guide's names.
var helpPages = sync.OnceValue(func() []helpPage {
	var all []helpPage
	for _, name := range help.Names() {
		text, _ := help.Page(name)
		page, err := markdown.HTML([]byte(text))
		if err != nil {
			panic(err) // it is in the program
		}
		p := helpPage{Name: name, Title: titleOfPage(text), HTML: template.HTML(atTheDesk(string(page)))}
		p.title, p.lines = foundBy(p.Title), linesOf(string(p.HTML))
		all = append(all, p)
	}
	return all
})

var (
	blockEnd    = regexp.MustCompile(`</(?:h\d|p|li|tr|pre)>`)
	headingHere = regexp.MustCompile(`<h[2-6] id="([^"]*)">`)
	anyTag      = regexp.MustCompile(`<[^>]*>`)
)

// linesOf are the lines of a page below its title.
func linesOf(page string) (lines []helpLine) {
	_, page, _ = strings.Cut(page, "</h1>")
	section := ""
	for block := range strings.Lines(blockEnd.ReplaceAllString(page, "\n")) {
		heading := headingHere.FindStringSubmatch(block)
		if heading != nil {
			section = html.UnescapeString(heading[1])
		}
		text := strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(block, " "))), " ")
		if text != "" {
			lines = append(lines, helpLine{text, section, heading != nil, foundBy(text)})
		}
	}
	return lines
}

// messageList is the page with the list of all messages.
var messageList = strings.TrimSuffix(path.Base(help.Messages), ".md")

// How well a line has what is looked for, and where: the better the greater.
const (
	scattered = 1 + iota // on one page
	inOneLine            // its words
	asPhrase             // side by side
	inHeading            // its words
	phraseInHeading
	inTitle // its words
	phraseInTitle
)

// searchHelp returns the pages that have every word of a query, the best first: in the title,
// in a heading, in the text; side by side before apart. Words are matched whole, but for the
// last, which may still be typed; with the marks they were given, or if there are none,
// whatever their marks. Words that are nowhere closer than on one page count if nothing else
// does. The list of all messages comes last: it has a word for everything.
func searchHelp(query string) []helpFound {
	marked := wanted(query)
	folded := make([]string, len(marked))
	for i, w := range marked {
		folded[i] = viet.Fold(w)
	}
	if len(marked) == 0 {
		return nil
	}
	asWritten, plain := func(f findable) string { return f.marked }, func(f findable) string { return f.folded }
	if !slices.Equal(marked, folded) {
		if found := searchHelpBy(marked, asWritten); len(found) > 0 {
			return found
		}
	}
	return searchHelpBy(folded, plain)
}

// searchHelpBy looks for the words whole, and if that finds nothing for the beginning of the
// last.
func searchHelpBy(words []string, said func(findable) string) []helpFound {
	whole := make([]string, len(words))
	for i, w := range words {
		whole[i] = w + " "
	}
	if found := searchHelpFor(whole, said); len(found) > 0 {
		return found
	}
	whole[len(whole)-1] = words[len(words)-1]
	return searchHelpFor(whole, said)
}

func searchHelpFor(words []string, said func(findable) string) []helpFound {
	type ranked struct {
		helpFound
		rank, lines int // how well, and in how many lines as well
		page        helpPage
	}
	var all []ranked
	for _, p := range helpPages() {
		one := ranked{page: p, rank: max(0, fit(said(p.title), words, inTitle, phraseInTitle))}
		var best helpLine
		bestFit, whole := 0, strings.Builder{}
		for _, l := range p.lines {
			at := fit(said(l.findable), words, inOneLine, asPhrase)
			if l.heading {
				at = fit(said(l.findable), words, inHeading, phraseInHeading)
			}
			if at > 0 {
				one.lines++
			}
			if at > bestFit {
				best, bestFit = l, at
			}
			whole.WriteString(said(l.findable))
		}
		one.rank = max(one.rank, bestFit)
		if one.rank == 0 && fit(said(p.title)+whole.String(), words, scattered, scattered) > 0 {
			one.rank = scattered
		}
		if one.rank == 0 {
			continue
		}
		if bestFit == 0 {
			best = p.lines[0]
		} else if one.rank < inTitle && best.section != "" {
			one.Name = "#" + best.section
		}
		one.Name = p.Name + one.Name
		one.Title, one.Says = hits(p.Title, words, said), hits(best.text, words, said)
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		last := func(r ranked) int {
			if r.page.Name == messageList {
				return 1
			}
			return 0
		}
		return cmp.Or(last(a)-last(b), b.rank-a.rank, len(strings.Fields(a.page.Title))-len(strings.Fields(b.page.Title)), b.lines-a.lines)
	})
	var found []helpFound
	for _, one := range all {
		if one.rank >= asPhrase || all[0].rank < asPhrase && (one.rank > scattered || all[0].rank == scattered) {
			found = append(found, one.helpFound)
		}
	}
	return found
}

// fit is apart if a text has every word, together if it has them side by side, or else 0.
func fit(text string, words []string, apart, together int) int {
	text += " "
	if !hasAll(text, words) {
		return 0
	}
	if strings.Contains(text, strings.ReplaceAll(strings.Join(words, ""), "  ", " ")) {
		return together
	}
	return apart
}

// mostSaid bounds how much of a line is shown, in words, and how much of that stands before
// what was looked for.
const (
	mostSaid   = 40
	saidBefore = 8
)

// hits is a text with the words that were looked for apart.
func hits(text string, words []string, said func(findable) string) []foundWord {
	all := strings.Fields(text)
	hit := make([]bool, len(all))
	for i, word := range all {
		for _, w := range words {
			hit[i] = hit[i] || strings.Contains(said(foundBy(word))+" ", w)
		}
	}
	first := max(0, slices.Index(hit, true)-saidBefore)
	if len(all) <= mostSaid {
		first = 0
	}
	end := min(len(all), first+mostSaid)
	var pieces []foundWord
	for i := first; i < end; i++ {
		if n := len(pieces); n > 0 && pieces[n-1].Hit == hit[i] {
			pieces[n-1].Text += " " + all[i]
		} else {
			pieces = append(pieces, foundWord{all[i], hit[i]})
		}
	}
	if first > 0 {
		pieces = append([]foundWord{{Text: "…"}}, pieces...)
	}
	if end < len(all) {
		pieces = append(pieces, foundWord{Text: "…"})
	}
	return pieces
}

// searchGuide answers what the guide says of something, while it is typed.
func (d *Desk) searchGuide(w http.ResponseWriter, r *http.Request) {
	d.answer(w, append([]helpFound{}, searchHelp(r.URL.Query().Get("chu"))...))
}

// guide lists the pages of the guide.
func (d *Desk) guide(w http.ResponseWriter, r *http.Request) {
	type group struct {
		Title string
		Pages []helpPage
	}
	var all []group
	for _, g := range help.Groups {
		one := group{Title: g.Title}
		for _, name := range g.Names {
			if p, ok := helpPageOf(name); ok {
				one.Pages = append(one.Pages, p)
			}
		}
		all = append(all, one)
	}
	d.show(w, "tro-giup", view{Title: "Trợ giúp", Here: "/tro-giup/", Own: map[string]any{"Groups": all}})
}

func helpPageOf(name string) (p helpPage, ok bool) {
	at := slices.IndexFunc(helpPages(), func(p helpPage) bool { return p.Name == name })
	if at < 0 {
		return p, false
	}
	return helpPages()[at], true
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
	p, ok := helpPageOf(name)
	if !ok {
		absent(w, r)
		return
	}
	d.show(w, "tro-giup", view{Title: p.Title, Here: "/tro-giup/", Help: name, Own: map[string]any{"Page": p}})
}

var (
	linkInPage    = regexp.MustCompile(`(?s)<a href="([^"]*)">(.*?)</a>`)
	pictureInPage = regexp.MustCompile(`<img src="([^"/]+)"`)
	headingInPage = regexp.MustCompile(`(?s)<(h[2-6])>(.*?)</h[2-6]>`)
	guideLink     = regexp.MustCompile(`^([a-z-]+)\.md(#.*)?$`)
)

// forOthers matches the part of a page that is not for who works at the desk, with its heading.
var forOthers = regexp.MustCompile(`(?s)(<h2 id="[^"]*">(?:Trong tệp|Bằng lệnh|Dành cho người phụ trách kỹ thuật)</h2>)(.*?)(<h2|$)`)

// atTheDesk folds what is not for who works there, and leads the links and pictures of a page of the guide to where they are at the
// desk. What lies outside of the guide, and is not on the web, cannot be opened from there.
func atTheDesk(page string) string {
	page = pictureInPage.ReplaceAllString(page, `<img src="/tro-giup/$1"`)
	page = headingInPage.ReplaceAllStringFunc(page, func(heading string) string {
		m := headingInPage.FindStringSubmatch(heading)
		return `<` + m[1] + ` id="` + html.EscapeString(anchor(html.UnescapeString(anyTag.ReplaceAllString(m[2], "")))) + `">` + m[2] + `</` + m[1] + `>`
	})
	page = forOthers.ReplaceAllString(page, `<details><summary>$1</summary>$2</details>$3`)
	return linkInPage.ReplaceAllStringFunc(page, func(link string) string {
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

// anchor is what a link calls a heading: as forges make it of the words.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
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
