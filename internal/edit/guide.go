package edit

import (
	"html/template"
	"net/http"
	"path"
	"strings"

	"lienhiep/internal/edit/help"
	"lienhiep/internal/markdown"
	"lienhiep/internal/viet"
)

// helpPage is a page of the guide.
type helpPage struct {
	Name, Title string
	Words       string        // by which it is found, folded
	HTML        template.HTML // our own, from the program
}

func helpPages() []helpPage {
	var all []helpPage
	for _, name := range help.Names() {
		text, _ := help.Page(name)
		title, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
		all = append(all, helpPage{Name: name, Title: title, Words: viet.Fold(text)})
	}
	return all
}

// guide lists the pages of the guide; what is searched is found while it is typed.
func (d *Desk) guide(w http.ResponseWriter, r *http.Request) {
	d.show(w, "tro-giup", view{Title: "Trợ giúp", Here: "/tro-giup/", Own: map[string]any{"Pages": helpPages()}})
}

// guidePage shows a page of the guide, or serves a picture in it.
func (d *Desk) guidePage(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("page")
	if path.Ext(name) == ".jpg" {
		data, err := help.Files.ReadFile(name)
		if err != nil {
			absent(w, r)
			return
		}
		d.write(w, name, data)
		return
	}
	text, ok := help.Page(strings.TrimSuffix(name, ".md"))
	if !ok {
		absent(w, r)
		return
	}
	html, err := markdown.HTML([]byte(text))
	if err != nil {
		d.broken(w, err)
		return
	}
	title, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
	d.show(w, "tro-giup", view{Title: title, Here: "/tro-giup/", Own: map[string]any{"Page": helpPage{Name: name, Title: title, HTML: template.HTML(html)}}})
}
