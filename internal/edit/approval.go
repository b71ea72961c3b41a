package edit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/history"
)

// Approver makes what goes to whoever must agree.
type Approver interface {
	// Submit writes one file with entries, notes that it was sent, and returns its name
	// below the site's folder.
	Submit(ctx context.Context, files []string, from, note string) (name string, err error)
}

func (d *Desk) approvalRoutes() {
	d.mux.HandleFunc("GET /duyet/{$}", d.approvalPage)
	d.mux.HandleFunc("POST /duyet/gui", d.submit)
	d.mux.HandleFunc("GET /duyet/tep/{name}", d.letter)
	d.mux.HandleFunc("POST /duyet/ghi", d.approve)
}

// standings remembers how entries stand to their approval, by the newest version of each.
type standings struct {
	mu  sync.Mutex
	all map[string]standing
}

// standing is the last that was said of an entry's approval.
type standing struct {
	newest string // version of the entry when this was found
	said   history.Version
	any    bool
}

// said returns the last remark on an entry's approval, if there is one; newest is the ID of
// the entry's newest version.
func (d *Desk) said(file, newest string) (history.Version, bool, error) {
	if newest == "" {
		return history.Version{}, false, nil
	}
	d.standings.mu.Lock()
	defer d.standings.mu.Unlock()
	if known, is := d.standings.all[file]; is && known.newest == newest {
		return known.said, known.any, nil
	}
	versions, err := d.history.Versions(file)
	if err != nil {
		return history.Version{}, false, err
	}
	found := standing{newest: newest}
	if i := slices.IndexFunc(versions, func(v history.Version) bool { return v.Why == history.Submitted || v.Why == history.Approved }); i >= 0 {
		found.said, found.any = versions[i], true
	}
	if d.standings.all == nil {
		d.standings.all = map[string]standing{}
	}
	d.standings.all[file] = found
	return found.said, found.any, nil
}

// approvalOf is how an entry stands to its approval, in words; "" if nobody was asked.
func (d *Desk) approvalOf(file string) string {
	newest, err := d.history.Newest(file)
	if err != nil {
		return ""
	}
	return d.approvalAt(file, newest)
}

// approvalAt is that of an entry whose newest version has an ID.
func (d *Desk) approvalAt(file, newest string) string {
	v, any, err := d.said(file, newest)
	if err != nil || !any {
		return ""
	}
	data, err := d.folder.read(file)
	if err != nil {
		return ""
	}
	when := clock(v.Time.In(d.Zone))
	switch same := v.Holds(data); {
	case v.Why == history.Approved && same:
		return fmt.Sprintf("Đã duyệt bản này: %s, %s", v.Who, when)
	case v.Why == history.Approved:
		return fmt.Sprintf("Đã sửa sau khi %s duyệt (%s)", v.Who, when)
	case same:
		return "Chờ duyệt, gửi lúc " + when
	}
	return "Chờ duyệt; đã sửa sau khi gửi lúc " + when
}

// awaitsApproval reports whether the words of [Desk.approvalOf] say that somebody is to agree.
func awaitsApproval(words string) bool { return strings.HasPrefix(words, "Chờ duyệt") }

// forApproval is an entry as the page about approval shows it.
type forApproval struct {
	File, Title, Place, State, Opened string
	Chosen, Asked                     bool
}

// approvalPage is where entries are sent to whoever must agree, and where it is noted that
// they have.
func (d *Desk) approvalPage(w http.ResponseWriter, r *http.Request) {
	c, _, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	chosen := r.URL.Query()["bai"]
	changed := map[string]bool{}
	for _, target := range d.Site.Targets() {
		p, err := d.Site.Pending(target)
		if err != nil {
			d.broken(w, err)
			return
		}
		for _, one := range p.Entries {
			changed[one.File] = p.Last.Known()
		}
	}
	latest, err := d.history.Latest()
	if err != nil {
		d.broken(w, err)
		return
	}
	var first, open, asked []forApproval
	for _, e := range c.Entries() {
		if e.Kind == catalog.KindPlan {
			continue
		}
		newest, _ := latest.Of(e.File)
		one := forApproval{File: e.File, Title: d.folder.entitled(e.Title, e.File), Place: placeAtDesk(e.File), State: d.approvalAt(e.File, newest), Chosen: slices.Contains(chosen, e.File)}
		waits := e.Draft || changed[e.File] || c.State(e) == catalog.Waiting
		if !one.Chosen && !waits && !awaitsApproval(one.State) {
			continue // of thousands, only what waits is read
		}
		data, err := d.folder.read(e.File)
		if err != nil {
			continue // it is gone meanwhile
		}
		one.Opened = hash(data)
		if awaitsApproval(one.State) {
			asked = append(asked, one)
		}
		switch {
		case one.Chosen:
			first = append(first, one)
		case waits:
			open = append(open, one)
		}
	}
	d.show(w, "duyet", view{Title: "Gửi duyệt", Here: "/xuat-ban/", Help: "xuat-ban", Own: map[string]any{
		"Open": slices.Concat(first, open), "Asked": asked, "From": whoPublishes().Name, "Today": time.Now().In(d.Zone).Format(time.DateOnly),
	}})
}

// mostSubmitted bounds how many entries go into one file.
const mostSubmitted = 50

// submit writes the file that is sent.
func (d *Desk) submit(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Files []string `json:"files"`
		From  string   `json:"from"`
		Note  string   `json:"note"`
	}
	if !read(w, r, &asked) {
		return
	}
	err := d.areEntries(asked.Files)
	if err == nil && (len(asked.From) > 200 || len(asked.Note) > 2000) {
		err = refuse(http.StatusBadRequest, textNoJSON)
	}
	var name string
	if err == nil {
		d.nameOnce(asked.From)
		name, err = d.Site.Submit(r.Context(), asked.Files, cmp.Or(strings.TrimSpace(asked.From), history.Me()), strings.TrimSpace(asked.Note))
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, map[string]string{"name": path.Base(name), "address": "/duyet/tep/" + path.Base(name)})
}

// areEntries refuses what is not a choice of entries.
func (d *Desk) areEntries(files []string) error {
	if len(files) == 0 || len(files) > mostSubmitted {
		return refuse(http.StatusBadRequest, textNothingChosen, mostSubmitted)
	}
	for _, file := range files {
		if !isEntry(file) {
			return refuse(http.StatusForbidden, textBadName, d.folder.named(file))
		}
		if _, err := d.folder.read(file); err != nil {
			return refuse(http.StatusConflict, textGone, d.folder.named(file))
		}
	}
	return nil
}

// letterName is what the files that are sent are called.
var letterName = regexp.MustCompile(`^duyet-[a-z0-9-]{1,100}\.html$`)

// lettersFolder is where they lie.
const lettersFolder = ".lienhiep/approval"

// letter hands a file out that is to be sent.
func (d *Desk) letter(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if !letterName.MatchString(name) {
		absent(w, r)
		return
	}
	data, err := d.folder.root.ReadFile(lettersFolder + "/" + name)
	if err != nil {
		absent(w, r)
		return
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	d.write(w, name, data)
}

// approve notes who has agreed to entries, as they were seen.
func (d *Desk) approve(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		File   string `json:"file"`
		Opened string `json:"opened"`
		Who    string `json:"who"`
		Date   string `json:"date"` // "2026-11-28"
		Note   string `json:"note"`
	}
	if !read(w, r, &asked) {
		return
	}
	undo, err := "", d.areEntries([]string{asked.File})
	who, note := strings.Join(strings.Fields(asked.Who), " "), strings.TrimSpace(asked.Note)
	day, wrong := time.ParseInLocation(time.DateOnly, asked.Date, d.Zone)
	switch {
	case err != nil:
	case who == "" || len(who) > 200 || len(note) > 2000:
		err = refuse(http.StatusBadRequest, textNoApprover)
	case wrong != nil || day.After(time.Now()):
		err = refuse(http.StatusBadRequest, textApprovalDay)
	default:
		undo, err = d.noteApproval(asked.File, asked.Opened, who, day, note)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, map[string]string{"state": d.approvalOf(asked.File), "undo": undo})
}

// noteApproval notes who has agreed to an entry, and returns the act that takes it back.
func (d *Desk) noteApproval(file, opened, who string, day time.Time, note string) (undo string, err error) {
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	data, err := d.folder.read(file)
	if err != nil {
		return "", err
	}
	if hash(data) != opened {
		return "", refuse(http.StatusConflict, textConflict, titleIn(data))
	}
	if now := time.Now().In(d.Zone); day.Format(time.DateOnly) != now.Format(time.DateOnly) {
		note = strings.TrimSuffix("duyệt ngày "+day.Format("2/1/2006")+"; "+note, "; ")
	}
	if err := d.history.Approve(file, data, who, note, time.Now()); err != nil {
		return "", err
	}
	id, err := d.history.Newest(file)
	return d.undoable(act{say: "Ghi là đã duyệt", place: "/duyet/", back: func() ([]string, error) {
		if newest, err := d.history.Newest(file); err != nil || newest != id {
			return nil, errors.Join(err, refuse(http.StatusConflict, textConflict, titleIn(data)))
		}
		return nil, d.history.Retract(file, id)
	}}), err
}
