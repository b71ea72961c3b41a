package edit

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/ledger"
)

// publication is what was published once, as it is told.
type publication struct {
	Target, Release, When, Who string
	At                         string           // tells it from the others at its target
	Back                       bool             // an earlier release was shown again
	Summary                    string           // "2 bài đổi, 1 bài mới"
	Entries                    []publishedEntry // the first few
	More                       int              // and how many more
	time                       time.Time
}

// publishedEntry is an entry that publishing concerned.
type publishedEntry struct {
	Kind  string `json:"kind"` // "Đổi", …
	Title string `json:"title"`
	Place string `json:"place,omitempty"` // at the desk, "" if it is gone there
	Link  string `json:"link,omitempty"`  // on the live site, "" if it is gone there
}

var changeNames = map[ledger.Kind]string{ledger.Changed: "Đổi", ledger.New: "Mới", ledger.Gone: "Gỡ"}

// summary counts entries: "2 bài đổi, 1 bài mới".
func summary(changes []ledger.Change) string {
	n := map[ledger.Kind]int{}
	for _, c := range changes {
		n[c.Kind]++
	}
	var parts []string
	for _, k := range []ledger.Kind{ledger.Changed, ledger.New, ledger.Gone} {
		if n[k] > 0 {
			parts = append(parts, fmt.Sprintf("%d bài %s", n[k], strings.ToLower(changeNames[k])))
		}
	}
	if parts == nil {
		return "không bài nào đổi lời"
	}
	return strings.Join(parts, ", ")
}

// lastPublished is what was published last, at whatever target; nil if none is known.
func (d *Desk) lastPublished() (*publication, error) {
	all, err := d.publications(d.Site.Targets(), 1)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// publications are the last few at each target, the newest first.
func (d *Desk) publications(targets []string, most int) (all []publication, err error) {
	l, err := ledger.Open(d.Root)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	for _, target := range targets {
		deploys, err := l.Recent(target, most+1)
		if err != nil {
			return nil, err
		}
		for i, one := range deploys[:min(len(deploys), most)] {
			all = append(all, d.publication(target, one, oneBefore(deploys, i)))
		}
	}
	slices.SortStableFunc(all, func(a, b publication) int { return b.time.Compare(a.time) })
	return all, nil
}

// oneBefore is the deploy before another of those to a target, zero if none is known.
func oneBefore(deploys []ledger.Deploy, i int) ledger.Deploy {
	if i+1 < len(deploys) {
		return deploys[i+1]
	}
	return ledger.Deploy{}
}

// mostEntries is how many entries are named of one publication: at the first all are new.
const mostEntries = 30

func (d *Desk) publication(target string, one, before ledger.Deploy) publication {
	p := publication{Target: target, Release: one.Release, When: clock(one.Time.In(d.Zone)), At: stampOf(one), Who: one.Who, Back: one.Back, time: one.Time}
	switch { // there may be releases that this machine does not know
	case !one.Known():
		p.Summary = "máy này không biết bản ấy có những bài nào"
		return p
	case !before.Known() && !before.Time.IsZero():
		p.Summary = "máy này không biết trước đó trên web có những bài nào"
		return p
	}
	changes := one.Since(before)
	p.Summary = summary(changes)
	for _, c := range changes[:min(len(changes), mostEntries)] {
		p.Entries = append(p.Entries, d.publishedEntry(c))
	}
	p.More = len(changes) - len(p.Entries)
	return p
}

func stampOf(one ledger.Deploy) string { return one.Time.UTC().Format(time.RFC3339Nano) }

// publishedThen answers what was published at one time, with the words before and after
// where they are kept.
func (d *Desk) publishedThen(w http.ResponseWriter, r *http.Request) {
	target, at := r.URL.Query().Get("noi"), r.URL.Query().Get("luc")
	if !d.isTarget(w, target) {
		return
	}
	l, err := ledger.Open(d.Root)
	if err != nil {
		d.broken(w, err)
		return
	}
	defer l.Close()
	deploys, err := l.Deploys(target)
	if err != nil {
		d.broken(w, err)
		return
	}
	i := slices.IndexFunc(deploys, func(one ledger.Deploy) bool { return stampOf(one) == at })
	if i < 0 {
		d.broken(w, refuse(http.StatusNotFound, textNoPublication))
		return
	}
	before := oneBefore(deploys, i)
	out := struct {
		Entries []pendingOne `json:"entries"`
		More    int          `json:"more"` // that are not named
	}{Entries: []pendingOne{}}
	if deploys[i].Known() && (before.Known() || before.Time.IsZero()) {
		changes := l.Between(before, deploys[i])
		f := d.naming()
		for _, c := range changes[:min(len(changes), mostEntries)] {
			out.Entries = append(out.Entries, d.pendingOne(f, c))
		}
		out.More = len(changes) - len(out.Entries)
	}
	d.answer(w, out)
}

func (d *Desk) publishedEntry(c ledger.Change) publishedEntry {
	if c.File == "" { // nothing else is remembered of it
		return publishedEntry{Kind: changeNames[c.Kind], Title: "Trang của một người đã rút tên"}
	}
	e := publishedEntry{Kind: changeNames[c.Kind], Title: cmp.Or(c.Title, c.URL)}
	if _, err := d.folder.root.Stat(c.File); err == nil {
		e.Place = placeAtDesk(c.File)
	}
	if c.Kind != ledger.Gone {
		e.Link = d.onTheWeb(c.URL)
	}
	return e
}

// onTheWeb is the address of a page on the live site.
func (d *Desk) onTheWeb(address string) string {
	return strings.TrimSuffix(d.Site.Address(), "/") + address
}

// clock is a moment as people write it.
func clock(t time.Time) string { return t.Format("15:04 2/1/2006") }
