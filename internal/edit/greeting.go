package edit

import (
	"errors"
	"io/fs"
	"net/http"
	"time"
)

// greeted is the file that says that this office has been greeted: it is kept with the
// office's memory, so that another browser is not greeted anew.
const greeted = ".lienhiep/greeted"

// greeting reports whether the first page greets: from the desk's first start until
// somebody has read it, and never on a later one.
func (d *Desk) greeting() bool {
	_, err := d.folder.root.Lstat(greeted)
	if errors.Is(err, fs.ErrNotExist) {
		d.greets.Store(true)
		if err := d.drafts().Replace(greeted, []byte(time.Now().In(d.Zone).Format(time.RFC3339)+"\n")); err != nil {
			d.Log(err) // it greets once more
		}
	}
	return d.greets.Load()
}

// greetedNow ends the greeting.
func (d *Desk) greetedNow(w http.ResponseWriter, r *http.Request) {
	var asked struct{}
	if !read(w, r, &asked) {
		return
	}
	d.greets.Store(false)
	d.answer(w, true)
}
