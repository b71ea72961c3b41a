package edit

import (
	"errors"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/history"
	"lienhiep/internal/ledger"
)

// unread are the entries that cannot be read, most often because another program has left
// something half-written in them: the catalogue does not know them, editors must.
func (d *Desk) unread(c *catalog.Catalog, findings []diag.Finding) []row {
	known := map[string]bool{}
	for _, s := range c.Summaries() {
		known[s.File] = true
	}
	at := map[string]int{}
	var all []row
	for _, f := range findings {
		file := f.Pos.File
		if f.Severity != diag.Error || known[file] || !isEntry(file) {
			continue
		}
		if i, is := at[file]; is {
			all[i].Errors++
			continue
		}
		data, err := d.folder.read(file)
		if err != nil {
			continue
		}
		at[file] = len(all)
		title := d.called(file, data)
		all = append(all, row{Title: title, Place: placeAtDesk(file), File: file, Section: sectionOf(file), StateName: "Chưa đọc được", English: strings.HasSuffix(file, ".en.md"), Errors: 1})
	}
	return all
}

// lastShown is the text of an entry that readers saw last; nil where that is not known.
func (d *Desk) lastShown(file string) ([]byte, error) {
	l, err := ledger.Open(d.Root)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	text, _, err := l.Shown(file)
	return text, err
}

// takeShown puts the text that readers saw last in the place of what an entry holds, which is
// kept.
func (d *Desk) takeShown(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		File   string `json:"file"`
		Opened string `json:"opened"`
	}
	if !read(w, r, &asked) {
		return
	}
	if !isEntry(asked.File) {
		d.broken(w, refuse(http.StatusForbidden, textBadName, d.folder.named(asked.File)))
		return
	}
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	data, err := d.folder.read(asked.File)
	var text []byte
	if err == nil {
		text, err = d.lastShown(asked.File)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = refuse(http.StatusNotFound, textNoVersion)
	case err != nil:
	case text == nil || d.isWithdrawn(asked.File):
		err = refuse(http.StatusNotFound, textNoVersion)
	case hash(data) != asked.Opened:
		err = refuse(http.StatusConflict, textConflict, titleIn(data))
	}
	change := history.Change{File: asked.File, Before: data, After: text}
	if err == nil {
		err = d.folder.change(history.Act{Who: history.Me(), Why: history.Restored, Note: "Bản đã đăng lần cuối", Time: time.Now()}, change)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.done(w, act{say: "Lấy lại bản đã đăng của “" + titleIn(text) + "”", changes: []history.Change{change}, place: placeAtDesk(asked.File)})
}
