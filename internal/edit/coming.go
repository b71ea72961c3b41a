package edit

import (
	"cmp"
	"fmt"
	"net/http"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/schedule"
)

// coming is what the site is to change by itself, and whether it will.
type coming struct {
	Changes  []comingChange
	Kept     bool   // somebody keeps watch
	Sentence string // the truth of it; "" if nothing is scheduled
}

// comingChange is an entry that is to appear or to go.
type comingChange struct{ Title, Place, File, What, When string }

// mostComing bounds how many are listed.
const mostComing = 50

// coming tells what is scheduled.
func (d *Desk) coming(c *catalog.Catalog) (coming, error) {
	var out coming
	var first time.Time
	for at, changes := c.NextChange(time.Now()); !at.IsZero() && len(out.Changes) < mostComing; at, changes = c.NextChange(at) {
		for _, ch := range changes {
			what := map[catalog.Event]string{catalog.Appears: "lên web", catalog.Expires: "rời web"}[ch.Event]
			if what == "" {
				continue
			}
			if first.IsZero() {
				first = at
			}
			out.Changes = append(out.Changes, comingChange{cmp.Or(ch.Entry.Title, d.folder.unnamed(ch.Entry.File)), placeAtDesk(ch.Entry.File), ch.Entry.File, what, hour(at.In(d.Zone))})
		}
	}
	if first.IsZero() {
		return out, nil
	}
	var err error
	out.Kept, out.Sentence, err = d.willHappen(first.In(d.Zone))
	return out, err
}

// willHappen says whether what is scheduled for a moment will be published then.
func (d *Desk) willHappen(at time.Time) (kept bool, sentence string, err error) {
	targets := d.Site.Targets()
	if len(targets) == 0 {
		return false, "Chưa có nơi đăng, nên bài hẹn giờ chưa thể tự lên web.", nil
	}
	for _, name := range targets {
		s, err := schedule.Read(d.Root, name)
		if err != nil {
			return false, "", err
		}
		if !s.Kept(time.Now()) {
			continue
		}
		if s.Fault != "" {
			return true, fmt.Sprintf("Máy này đang canh giờ đăng lên “%s”, nhưng lần thử gần đây chưa đăng được; máy sẽ thử lại.", name), nil
		}
		return true, fmt.Sprintf("Máy này đang canh giờ: lúc %s trang tự đổi trên “%s”, miễn là máy bật và có mạng. Nếu lúc ấy máy tắt, trang đổi ngay khi máy chạy lại.", hour(at), name), nil
	}
	return false, fmt.Sprintf("Chưa có gì canh giờ trên máy này: lúc %s trang không tự đổi. Phải có người bấm Đăng sau lúc ấy, hoặc đặt máy tự đăng.", hour(at)), nil
}

// scheduledOf is what is scheduled of an entry, and whether it will happen.
func (d *Desk) scheduledOf(e *catalog.Entry, now time.Time) (said struct {
	Kept     bool   `json:"kept"`
	Sentence string `json:"sentence"` // "" if nothing is
}, err error) {
	for _, one := range []struct {
		at   catalog.Date
		what string
	}{{e.Appears(), "lên web"}, {e.ExpiryDate, "rời web"}} {
		if e.Draft || !one.at.Known() || !one.at.After(now) {
			continue
		}
		at := one.at.In(d.Zone)
		var sentence string
		if said.Kept, sentence, err = d.willHappen(at); err != nil {
			return said, err
		}
		said.Sentence = fmt.Sprintf("Bài này hẹn %s lúc %s. %s", one.what, hour(at), sentence)
		break
	}
	return said, nil
}

// scheduled answers what is scheduled of an entry.
func (d *Desk) scheduled(w http.ResponseWriter, r *http.Request) {
	c, _, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	for _, e := range c.Entries() {
		if e.File == r.URL.Query().Get("bai") {
			said, err := d.scheduledOf(e, time.Now())
			if err != nil {
				d.broken(w, err)
				return
			}
			d.answer(w, said)
			return
		}
	}
	d.broken(w, refuse(http.StatusNotFound, textAbsent))
}

var weekdays = [...]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}

// hour is a moment as it is scheduled: "7:00 Chủ nhật 29/11/2026".
func hour(t time.Time) string {
	return fmt.Sprintf("%d:%02d %s %s", t.Hour(), t.Minute(), weekdays[t.Weekday()], t.Format("2/1/2006"))
}
