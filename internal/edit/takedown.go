package edit

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/history"
	"lienhiep/internal/matter"
)

// TakeDown is what the desk needs to take entries off the site. What is done is kept in the
// history; the changes that come back are those that were made.
type TakeDown interface {
	// TakeDown takes an entry off the site, in all its languages. note is shown at its old
	// address, why stands in the history; both may be "". [matter.ErrNotEditable] is a file
	// that cannot be edited by line.
	TakeDown(file, note, why string) ([]history.Change, error)
	// BringBack undoes that, until the day that the entry was to stand till.
	BringBack(file string) ([]history.Change, error)
	// Detach computes what has to change in other files before an entry is removed: in all
	// its languages, or a translation alone. Left are the places that nobody but an editor
	// can change.
	Detach(file string) (changes []history.Change, left []diag.Pos, err error)
}

func (d *Desk) takeDownRoutes() {
	d.mux.HandleFunc("GET /go/{$}", d.chooseToTakeDown)
	d.mux.HandleFunc("GET /go/{file...}", d.aboutToTakeDown)
	d.mux.HandleFunc("POST /go", d.takeDown)
	d.mux.HandleFunc("POST /dua-lai", d.bringBack)
	d.mux.HandleFunc("GET /dan-toi", d.leading)
}

// chooseToTakeDown lists what is on the site, and what was taken down.
func (d *Desk) chooseToTakeDown(w http.ResponseWriter, r *http.Request) {
	rows, err := d.remembered(isAgain(r))
	if err != nil {
		d.broken(w, err)
		return
	}
	var on, down []row
	for _, row := range rows {
		row.Place = "/go/" + strings.TrimPrefix(row.File, "content/")
		switch {
		case row.TakenDown:
			down = append(down, row)
		case row.CanTakeDown:
			on = append(on, row)
		}
	}
	a := narrowingOf(r.URL.Query())
	d.show(w, "go", view{Title: "Gỡ một bài", Here: "/go/", Help: "sua-go", Own: map[string]any{"Asked": a, "Unit": "bài", "Part": narrowed(a, on, a.is, row.findable), "Down": down}})
}

// canBeTakenDown reports whether an entry can be taken down; with a translation goes the page
// that it is one of.
func canBeTakenDown(e *catalog.Entry) bool { return !e.IsSection() && e.Lang == "vi" }

// seen are the files of the entries that readers see, or would once the site is published: also
// of those that are to appear later and are on the site until then as they were.
func (d *Desk) seen(c *catalog.Catalog, entries ...*catalog.Entry) map[string]bool {
	seen := map[string]bool{}
	var waiting []string
	for _, e := range entries {
		switch c.State(e) {
		case catalog.Live:
			seen[e.File] = true
		case catalog.Waiting:
			waiting = append(waiting, e.File)
		}
	}
	stay, err := d.Site.AsPublished(waiting)
	if err != nil {
		d.Log(err)
	}
	for _, file := range stay {
		seen[file] = true
	}
	return seen
}

// effect is a page that a press has an effect on.
type effect struct {
	Title, Place string   // Place is where it is written
	What         []string // in its words
}

// effects are pages with what becomes of them.
type effects struct {
	What  string
	Pages []effect
}

// tied says what becomes of what leads to an entry: when it is taken down, and when it is
// removed.
var tied = []struct {
	how           catalog.Tie
	down, removed string
}{
	{catalog.TieLink, "Liên kết ở những trang này vẫn đọc được chữ, nhưng không bấm được nữa; bài trở lại thì liên kết cũng trở lại:", "Liên kết ở những trang này thành chữ thường:"},
	{catalog.TiePerson, "Ô nhân vật ở những trang này không còn người này:", "Bỏ người này khỏi mục “Nhân vật” của những trang này:"},
	{catalog.TieEvent, "Những trang này vẫn kể về cùng một việc; một trang thành trang chính của việc ấy:", "Bỏ mục “Cùng một việc với” của những trang này:"},
	{catalog.TieDocument, "Những văn bản này không còn dẫn tới văn bản bị gỡ:", "Bỏ văn bản này khỏi mục “Thực hiện văn bản” của những trang này:"},
	{catalog.TieMenu, "Danh mục của trang không còn mục này:", "Bỏ mục này khỏi danh mục của trang:"},
	{catalog.TieHome, "Trang chủ không còn đưa lên trước:", "Bỏ khỏi những gì trang chủ đưa lên trước:"},
}

// effects are what becomes of other pages when an entry is taken down, or removed.
func (d *Desk) effects(c *catalog.Catalog, pages []*catalog.Entry, remove bool) []effects {
	traces := c.Traces(pages)
	var all []effects
	for _, t := range tied {
		one := effects{What: t.down}
		if remove {
			one.What = t.removed
		}
		seen := map[string]bool{}
		for _, trace := range traces {
			if trace.How != t.how || seen[trace.Pos.File] {
				continue
			}
			seen[trace.Pos.File] = true
			page := effect{Title: siteName, Place: sheetAt(trace.Pos.File, string(trace.How))}
			if trace.In != nil {
				page = effectOn(trace.In)
			}
			one.Pages = append(one.Pages, page)
		}
		if len(one.Pages) > 0 {
			all = append(all, one)
		}
	}
	return all
}

func effectOn(e *catalog.Entry) effect {
	one := effect{Title: cmp.Or(e.Title, untitled), Place: placeAtDesk(e.File)}
	if e.Lang != "vi" {
		one.Title += " (tiếng Anh)"
	}
	return one
}

// named are the pages that only name an entry in their words.
func (d *Desk) named(c *catalog.Catalog, pages []*catalog.Entry) []effect {
	leading := map[string]bool{}
	for _, t := range c.Traces(pages) {
		leading[t.Pos.File] = true
	}
	names := catalog.NamedBy(pages)
	var all []effect
	for _, e := range c.Entries() {
		if leading[e.File] || slices.Contains(pages, e) || !e.Published() {
			continue
		}
		if data, err := d.folder.read(e.File); err == nil && names(string(data)) {
			all = append(all, effectOn(e))
		}
	}
	return all
}

// aboutToTakeDown shows what taking an entry down would do, before and after; with ?bo what
// removing it would.
func (d *Desk) aboutToTakeDown(w http.ResponseWriter, r *http.Request) {
	c, _, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	file := "content/" + r.PathValue("file")
	pages := c.PagesOf(file)
	if len(pages) == 0 {
		absent(w, r)
		return
	}
	remove := r.URL.Query().Has("bo")
	if !remove {
		file = pages[0].File
	} else if strings.HasSuffix(file, ".en.md") {
		pages = slices.DeleteFunc(pages, func(e *catalog.Entry) bool { return e.File != file })
	}
	data, err := d.folder.read(file)
	if err != nil {
		d.broken(w, err)
		return
	}
	one := pages[0]
	own := map[string]any{"File": file, "Title": one.Title, "Place": placeAtDesk(file), "Opened": hash(data), "Address": one.URL, "State": c.State(one), "StateName": stateNames[c.State(one)],
		"Section": one.IsSection(), "Down": one.TakenDown(time.Now()), "Since": spoken(one.ExpiryDate, d.Zone), "Note": one.Removed,
		"Effects": d.effects(c, pages, remove), "Person": one.Kind == catalog.KindPerson, "ID": one.ID, "Languages": len(pages) > 1}
	title := "Gỡ một bài"
	if remove {
		title = "Bỏ một bài"
		_, left, err := d.Site.Detach(file)
		if err != nil {
			d.broken(w, err)
			return
		}
		own["Left"], own["CanBeRemoved"] = d.stuck(left), canBeRemoved(file)
	} else {
		own["Named"] = d.named(c, pages)
	}
	own["Remove"] = remove
	d.show(w, "go-bai", view{Title: title, Here: "/go/", Help: "sua-go", Own: own})
}

// stuck are places that only an editor can change, as they are shown.
func (d *Desk) stuck(left []diag.Pos) []effect {
	var all []effect
	for _, pos := range left {
		one := effect{Title: pos.File, Place: placeAtDesk(pos.File)}
		if data, err := d.folder.raw(pos.File); err == nil {
			one.Title = d.called(pos.File, data)
			if lines := strings.Split(string(data), "\n"); pos.Line > 0 && pos.Line <= len(lines) {
				one.What = []string{strings.TrimSpace(lines[pos.Line-1])}
			}
		}
		all = append(all, one)
	}
	return all
}

// takeDown takes an entry off the site.
func (d *Desk) takeDown(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		File string `json:"file"`
		Note string `json:"note"`
		Why  string `json:"why"`
	}
	if !read(w, r, &asked) {
		return
	}
	d.toggle(w, asked.File, "Gỡ", func() ([]history.Change, error) {
		note, why := strings.Join(strings.Fields(asked.Note), " "), strings.Join(strings.Fields(asked.Why), " ")
		if len([]rune(note)) > 500 || len([]rune(why)) > 500 {
			return nil, refuse(http.StatusBadRequest, textNoteLong)
		}
		return d.Site.TakeDown(asked.File, note, why)
	})
}

// bringBack brings an entry back.
func (d *Desk) bringBack(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		File string `json:"file"`
	}
	if !read(w, r, &asked) {
		return
	}
	d.toggle(w, asked.File, "Đưa lại", func() ([]history.Change, error) { return d.Site.BringBack(asked.File) })
}

// toggle takes an entry down, or brings it back, and answers.
func (d *Desk) toggle(w http.ResponseWriter, file, verb string, do func() ([]history.Change, error)) {
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	data, err := d.folder.read(file)
	switch {
	case err == nil && !isEntry(file):
		err = refuse(http.StatusForbidden, textBadName, d.folder.named(file))
	case errors.Is(err, fs.ErrNotExist):
		err = refuse(http.StatusConflict, textGone, d.folder.named(file))
	case err == nil && strings.HasPrefix(path.Base(file), "_index."):
		err = refuse(http.StatusForbidden, textSectionStays)
	}
	var changes []history.Change
	if err == nil {
		changes, err = do()
	}
	if errors.Is(err, matter.ErrNotEditable) {
		err = refuse(http.StatusUnprocessableEntity, textNotKept, d.folder.named(file))
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.done(w, act{say: verb + " “" + titleIn(data) + "”", changes: changes, place: "/go/" + strings.TrimPrefix(file, "content/")})
}

// done commits what an act has changed, and answers with how it is undone; "" where nothing
// has changed.
func (d *Desk) done(w http.ResponseWriter, a act) {
	id := ""
	if len(a.changes) > 0 || a.trashed.ID != "" {
		var names []string
		for _, c := range a.changes {
			names = append(names, c.File)
		}
		d.committed(a.say, names...)
		id = d.undoable(a)
	}
	d.answer(w, map[string]string{"undo": id, "place": a.place})
}

// leading tells how many pages lead to an entry, for whoever is about to make it a draft.
func (d *Desk) leading(w http.ResponseWriter, r *http.Request) {
	c, _, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	say := ""
	if pages := c.PagesOf(r.URL.Query().Get("bai")); len(pages) > 0 && pages[0].Published() {
		files := map[string]bool{}
		for _, t := range c.Traces(pages) {
			files[t.Pos.File] = true
		}
		if len(files) > 0 {
			say = fmt.Sprintf("Bài đang hiện trên trang, và có %d trang dẫn tới. Thành bản nháp thì bài không hiện nữa; liên kết ở các trang ấy chỉ còn là chữ, đến khi bài hiện lại.", len(files))
		}
	}
	d.answer(w, map[string]string{"say": say})
}
