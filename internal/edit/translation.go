package edit

import (
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/history"
	"lienhiep/internal/markdown"
	"lienhiep/internal/matter"
)

// translation is the entry's other language, if it is there.
func (d *Desk) translation(file string) string {
	other := strings.TrimSuffix(file, ".md") + ".en.md"
	if vietnamese, ok := strings.CutSuffix(file, ".en.md"); ok {
		other = vietnamese + ".md"
	}
	if _, err := d.folder.root.Stat(other); err != nil {
		return ""
	}
	return placeAtDesk(other)
}

// original is the Vietnamese page as it is read beside its English version.
type original struct {
	Title, Description string
	Text               template.HTML
}

// shortcode matches what stands in a text for something that Hugo makes.
var shortcode = regexp.MustCompile(`\{\{[<%][^}]*[>%]\}\}`)

// original reads it; nil where it cannot be read.
func (d *Desk) original(english string) *original {
	data, err := d.folder.read(strings.TrimSuffix(english, ".en.md") + ".md")
	if err != nil {
		return nil
	}
	parts, err := matter.ReadYAML(unixLines(data))
	if err != nil {
		return nil
	}
	text, err := markdown.Shown(shortcode.ReplaceAll(parts.Body, []byte("[…]")))
	if err != nil {
		return nil
	}
	shown := &original{Title: titleIn(data), Text: template.HTML(text)} // nothing of the writer's is HTML in it
	if v := parts.Table.Get("description"); v != nil {
		shown.Description = v.Text
	}
	return shown
}

// ofOneLanguage are the keys that a translation does not share with its original.
var ofOneLanguage = []string{"slug", "url", "aliases", "draft", "lastmod", "publishDate", "expiryDate"}

// translate begins the English version of an entry: a draft with all that its original
// says of itself, to be translated where it is words.
func (d *Desk) translate(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		File string `json:"file"`
	}
	if !read(w, r, &asked) {
		return
	}
	data, err := d.folder.read(asked.File)
	if err != nil || !isEntry(asked.File) || strings.HasSuffix(asked.File, ".en.md") {
		d.broken(w, refuse(http.StatusForbidden, textBadName, d.folder.named(asked.File)))
		return
	}
	made, err := d.beginTranslation(asked.File, data)
	if err != nil {
		d.broken(w, err)
		return
	}
	say := "Thêm bản tiếng Anh của “" + titleIn(data) + "”"
	d.committed(say, made.File)
	d.answer(w, map[string]string{"place": placeAtDesk(made.File), "undo": d.undoable(act{say: say, changes: []history.Change{made}, place: placeAtDesk(asked.File)})})
}

// beginTranslation makes it.
func (d *Desk) beginTranslation(of string, data []byte) (history.Change, error) {
	parts, err := matter.ReadYAML(unixLines(data))
	if err != nil {
		return history.Change{}, refuse(http.StatusUnprocessableEntity, textNotKept, d.folder.named(of))
	}
	values := &matter.Value{Kind: matter.Table}
	for _, k := range parts.Table.Keys {
		if !slices.Contains(ofOneLanguage, k.Name) {
			values.Set(k.Name, k.Value)
		}
	}
	values.Set("draft", matter.Bare("true"))
	changes := []change{{Operation: create, Path: strings.TrimSuffix(of, ".md") + ".en.md", Content: []byte(source(values))}}
	if err := d.folder.save(changes); err != nil {
		return history.Change{}, err
	}
	return kept(changes)[0], nil
}
