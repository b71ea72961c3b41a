package edit

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/roster"
	"lienhiep/internal/viet"
)

// Withdrawal is what the desk needs when a person withdraws their consent.
type Withdrawal interface {
	// People are those who are on the site, who wait, and who have withdrawn.
	People() ([]Someone, error)
	// Leaving tells what a withdrawal would do, or what is left of one; [fs.ErrNotExist] is
	// nobody.
	Leaving(id string) (*Leaving, error)
	// Withdraw does it, and forgets the person: versions, the trash, what is being written,
	// what was published last. Of who has withdrawn it only forgets again. With forms goes
	// the proof of the consent, too.
	Withdraw(ctx context.Context, id string, forms bool) error
	// Readmit takes somebody out of the record of those who have withdrawn, and brings the
	// person's own page back where it was put aside: they consent again, or were taken for
	// another.
	Readmit(ctx context.Context, id string) (file string, err error)
	// Another notes that somebody of the same name is not who has withdrawn.
	Another(ctx context.Context, id, other string) error
	// Forget removes for good what the office's memory has of somebody who has refused, but for
	// their own folder. Of who is on the site, or waits, by now nothing is removed.
	Forget(ctx context.Context, who roster.Waiter) error
}

// Someone is a person who can be chosen.
type Someone struct {
	ID, Name, Detail string
	Withdrawn        string // the day, "" of who has not
}

// Leaving is a person's withdrawal. Names are slash-separated paths below the site's folder.
type Leaving struct {
	Name        string
	Withdrawn   string    // the day, "" if that is still to be
	Published   bool      // the person had a page
	Alike       []Someone // who could be taken for who has withdrawn
	Remove      []string
	Change      []string // entries in which something is taken out
	Refs, Links int
	After       map[string][]byte                   // the texts of those, as they will be
	Look        []diag.Finding                      // places for an editor to read, as they will be
	Names       func(file string, data []byte) bool // reports whether something names the person; nil of who has withdrawn
	Forms       []string                            // folders with the proof of the consent
	Aside       []string                            // folders that hold what was removed, below generated/withdrawn
}

func (d *Desk) withdrawRoutes() {
	d.mux.HandleFunc("GET /rut-ten/{$}", d.chooseWho)
	d.mux.HandleFunc("GET /rut-ten/{person}", d.aboutToWithdraw)
	d.mux.HandleFunc("POST /rut-ten", d.withdraw)
	d.mux.HandleFunc("POST /rut-ten/xoa-han", d.shred)
	d.mux.HandleFunc("POST /rut-ten/dong-y-lai", d.readmit)
	d.mux.HandleFunc("POST /rut-ten/nguoi-khac", d.another)
}

// chooseWho lists the people.
func (d *Desk) chooseWho(w http.ResponseWriter, r *http.Request) {
	all, err := d.Site.People()
	if err != nil {
		d.broken(w, err)
		return
	}
	var here, gone []Someone
	for _, one := range all {
		if one.Withdrawn != "" {
			gone = append(gone, one)
		} else {
			here = append(here, one)
		}
	}
	slices.SortFunc(here, func(a, b Someone) int { return viet.Compare(a.Name, b.Name) })
	a := narrowingOf(r.URL.Query())
	found := narrowed(a, here, func(Someone) bool { return true }, func(s Someone) findable { return foundBy(s.Name, s.Detail, s.ID) })
	d.show(w, "rut-ten", view{Title: "Rút tên một người", Here: "/rut-ten/", Help: "rut-dong-y", Own: map[string]any{"Asked": a, "Unit": "người", "Part": found, "Gone": gone}})
}

// removal is something of the person that goes, in words.
type removal struct{ What, Name string }

// removals say what goes.
func removals(names []string) []removal {
	var all []removal
	for _, name := range names {
		what := "Tệp"
		switch {
		case strings.HasPrefix(name, "content/"+catalog.KindPerson.Folder()+"/"):
			what = "Trang của người này, cả ảnh và tệp của trang"
		case strings.HasPrefix(name, ".lienhiep/waiting/"):
			what = "Điều bảng đã ghi về người này khi chờ phiếu đồng ý"
		case strings.HasPrefix(name, ".lienhiep/admitted/"):
			what = "Điều bảng đã ghi về người này trước khi có trang"
		case strings.HasPrefix(name, ".lienhiep/review/"):
			what = "Bảng xem lại có nêu tên người này"
		}
		all = append(all, removal{what, name})
	}
	return all
}

// aboutToWithdraw shows what a withdrawal would do, or what is left of one.
func (d *Desk) aboutToWithdraw(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("person")
	l, err := d.Site.Leaving(id)
	if errors.Is(err, fs.ErrNotExist) {
		absent(w, r)
		return
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	var changed []effect
	for _, file := range l.Change {
		one := effect{Title: file, Place: placeAtDesk(file)}
		if data, err := d.folder.raw(file); err == nil {
			one.Title = d.called(file, data)
		}
		changed = append(changed, one)
	}
	seen, err := d.withdrawnSeen()
	if err != nil {
		d.broken(w, err)
		return
	}
	d.show(w, "rut-ten-nguoi", view{Title: "Rút tên", Here: "/rut-ten/", Help: "rut-dong-y", Own: map[string]any{"ID": id, "L": l, "Remove": removals(l.Remove), "Change": changed, "Look": d.namings(l), "Commits": d.Commit != nil, "Seen": seen}})
}

// namingPage is a page, or a file, on which somebody is still named.
type namingPage struct {
	Title, Place, File string
	Places             []naming
}

// naming is one of the places there.
type naming struct {
	Severity, Message   string // no message where the words around the name say it
	Door, Where         string // where it is mended, and what that is called: "Lời bài"
	Before, Name, After string // the words there
}

// namings are the places that an editor is to read, page by page.
func (d *Desk) namings(l *Leaving) (pages []namingPage) {
	speaks := d.naming()
	for _, f := range l.Look {
		src, changes := l.After[f.Pos.File]
		if !changes {
			src, _ = d.folder.raw(f.Pos.File) // without it the finding is told all the same
		}
		one := d.locateInText(f, src)
		at := naming{Severity: one.Severity, Message: one.Message}
		if one.Place != "" {
			at.Door = one.Place + "?" + url.Values{"cho": {one.Field}, "chu": {one.Text}}.Encode()
			at.Where = formOf(f.Pos.File).labelAt(one.Field)
		}
		if f.Pos.Line > 0 && f.Rule.Code == "still-named" {
			name, _ := f.Arg(1).(string)
			at.Before, at.Name, at.After = around(speaks.spoken(cmp.Or(one.Text, valueAt(f.Pos.File, src, f.Pos.Line))), name)
			if at.Name == "" { // the line has several values, or none
				at.Before, at.Name, at.After = around(lineAt(src, f.Pos.Line), name)
				if i := strings.LastIndexByte(one.Field, '.'); i >= 0 {
					at.Where = formOf(f.Pos.File).labelAt(one.Field[:i])
				}
			}
		}
		if at.Name != "" {
			at.Message = ""
		}
		if n := len(pages); n == 0 || pages[n-1].File != f.Pos.File {
			pages = append(pages, namingPage{Title: one.Title, Place: one.Place, File: f.Pos.File})
		}
		if last := &pages[len(pages)-1]; !slices.Contains(last.Places, at) { // a line may name somebody twice
			last.Places = append(last.Places, at)
		}
	}
	return pages
}

// valueAt is the value at a line of what an entry or a table says of itself, or "".
func valueAt(file string, src []byte, line int) string {
	if catalog.TableOf(file) != nil {
		return matter.TableValueAt(src, line)
	}
	if isEntry(file) {
		return matter.ValueAt(src, line)
	}
	return ""
}

func lineAt(src []byte, line int) string {
	lines := strings.Split(string(src), "\n")
	return strings.TrimSpace(lines[min(line, len(lines))-1])
}

// mostAround is how many words of a text stand on either side of a name.
const mostAround = 18

// around is the text around a name; no name where it is not found.
func around(text, name string) (before, found, after string) {
	text, name = strings.Join(strings.Fields(text), " "), strings.Join(strings.Fields(name), " ")
	before, after, ok := strings.Cut(text, name)
	if !ok || name == "" {
		return "", "", ""
	}
	if words := strings.SplitAfter(before, " "); len(words) > mostAround {
		before = "… " + strings.Join(words[len(words)-mostAround:], "")
	}
	if words := strings.SplitAfter(after, " "); len(words) > mostAround {
		after = strings.Join(words[:mostAround], "") + "…"
	}
	return before, name, after
}

// readmit lets somebody onto the site again.
func (d *Desk) readmit(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Person string `json:"person"`
		Agreed bool   `json:"agreed"` // that there is a consent in writing, or that it was somebody else
	}
	if !read(w, r, &asked) {
		return
	}
	if !asked.Agreed {
		d.broken(w, refuse(http.StatusBadRequest, textNotReadmitted))
		return
	}
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	file, err := d.Site.Readmit(context.WithoutCancel(r.Context()), asked.Person)
	if errors.Is(err, fs.ErrNotExist) {
		err = refuse(http.StatusNotFound, textNoPerson)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.acting.Lock()
	d.left = nil
	d.acting.Unlock()
	place, changed := "/rut-ten/", []string{catalog.WithdrawnFile}
	if file != "" {
		place, changed = placeAtDesk(file), append(changed, path.Dir(file))
	}
	d.committed("Cho một người trở lại trang", changed...)
	d.answer(w, map[string]string{"place": place})
}

// another notes that somebody is not who has withdrawn.
func (d *Desk) another(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Person string `json:"person"`
		Other  string `json:"other"`
	}
	if !read(w, r, &asked) {
		return
	}
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	err := d.Site.Another(context.WithoutCancel(r.Context()), asked.Person, asked.Other)
	if errors.Is(err, fs.ErrNotExist) {
		err = refuse(http.StatusNotFound, textNoPerson)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.committed("Phân biệt hai người trùng tên", catalog.WithdrawnFile)
	d.answer(w, true)
}

// withdraw takes a person off the site, and out of all that the desk remembers.
func (d *Desk) withdraw(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Person string `json:"person"`
		Agreed bool   `json:"agreed"` // that this cannot be undone
		Forms  bool   `json:"forms"`
	}
	if !read(w, r, &asked) {
		return
	}
	if !asked.Agreed {
		d.broken(w, refuse(http.StatusBadRequest, textNotAgreed))
		return
	}
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	l, err := d.Site.Leaving(asked.Person)
	if err == nil {
		// A browser that is closed does not stop half-way what it has begun.
		err = d.Site.Withdraw(context.WithoutCancel(r.Context()), asked.Person, asked.Forms)
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = refuse(http.StatusNotFound, textNoPerson)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	if err := d.forgetSigner(l.Name); err != nil {
		d.broken(w, err)
		return
	}
	d.forgetActs()
	if l.Names != nil {
		d.acting.Lock()
		d.left = append(d.left, l.Names)
		d.acting.Unlock()
	}
	if l.Withdrawn == "" {
		d.committed("Rút tên một nhân vật", slices.Concat([]string{catalog.WithdrawnFile}, l.Change, slices.DeleteFunc(slices.Clone(l.Remove), func(name string) bool { return !strings.HasPrefix(name, "content/") }))...)
	}
	d.answer(w, map[string]string{"place": "/rut-ten/" + asked.Person})
}

// asideName is what a folder that holds what a withdrawal removed is called.
var asideName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// shred removes for good what a withdrawal put aside.
func (d *Desk) shred(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Name string `json:"name"`
	}
	if !read(w, r, &asked) {
		return
	}
	folder := path.Join("generated/withdrawn", asked.Name)
	var err error
	if !asideName.MatchString(asked.Name) {
		err = refuse(http.StatusBadRequest, textNoJSON)
	}
	if err == nil {
		err = d.folder.noSymlink(folder)
	}
	if err == nil {
		err = d.folder.root.RemoveAll(folder)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, true)
}

// namesWhoLeft reports whether a draft names somebody who has withdrawn since the desk was
// opened: a window that was open then still shows the words.
func (d *Desk) namesWhoLeft(data []byte) bool {
	d.acting.Lock()
	defer d.acting.Unlock()
	return slices.ContainsFunc(d.left, func(names func(string, []byte) bool) bool { return names("", data) })
}

// isWithdrawn reports whether a file is of somebody who has withdrawn. A record that cannot
// be read keeps nothing from being written: it is told where it matters.
func (d *Desk) isWithdrawn(file string) bool {
	rest, ok := strings.CutPrefix(file, "content/"+catalog.KindPerson.Folder()+"/")
	if !ok {
		return false
	}
	id, _, _ := strings.Cut(rest, "/")
	all, _ := catalog.LoadWithdrawn(d.folder.root.FS())
	return slices.ContainsFunc(all, func(w catalog.Withdrawn) bool { return w.Person == strings.TrimSuffix(id, ".md") })
}
