package edit

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/matter"
	"lienhiep/internal/schedule"
)

// coming is what the site is to change by itself, and whether it will.
type coming struct {
	Changes  []comingChange
	Kept     bool   // somebody keeps watch
	Sentence string // the truth of it; "" if nothing is scheduled
}

// comingChange is an entry that is to appear or to go.
type comingChange struct {
	Title, Place, File, What, When string
	Wrong                          string // what keeps it from changing, in a sentence; "" if nothing does
	Stays                          bool   // readers see it, as it was published last, until then
}

// mostComing bounds how many are listed.
const mostComing = 50

// comesAndGoes is what becomes of an entry, in words.
var comesAndGoes = map[catalog.Event]string{catalog.Appears: "lên web", catalog.Expires: "rời web"}

// coming tells what is scheduled.
func (d *Desk) coming(ctx context.Context, c *catalog.Catalog, findings []diag.Finding) (coming, error) {
	var out coming
	var first time.Time
	for at, changes := c.NextChange(time.Now()); !at.IsZero() && len(out.Changes) < mostComing; at, changes = c.NextChange(at) {
		for _, ch := range changes {
			what := comesAndGoes[ch.Event]
			if what == "" {
				continue
			}
			one := comingChange{Title: d.folder.entitled(ch.Entry.Title, ch.Entry.File), Place: placeAtDesk(ch.Entry.File), File: ch.Entry.File, What: what, When: hour(at.In(d.Zone)), Wrong: d.wrongIn(findings, ch.Entry.File)}
			if first.IsZero() && one.Wrong == "" {
				first = at
			}
			out.Changes = append(out.Changes, one)
		}
	}
	if len(out.Changes) == 0 {
		return out, nil
	}
	var appear []string
	for _, one := range out.Changes {
		if one.What == comesAndGoes[catalog.Appears] && one.Wrong == "" {
			appear = append(appear, one.File)
		}
	}
	stay, err := d.Site.AsPublished(appear)
	if err != nil {
		return out, err
	}
	for i, one := range out.Changes {
		out.Changes[i].Stays = one.What == comesAndGoes[catalog.Appears] && slices.Contains(stay, one.File)
	}
	if first.IsZero() {
		out.Sentence = "Bài hẹn giờ nào cũng còn chỗ phải sửa, nên chưa bài nào tự lên hay rời web."
		return out, nil
	}
	out.Kept, out.Sentence, err = d.willHappen(ctx, first.In(d.Zone))
	return out, err
}

// wrongIn is the first error of an entry, for which it would be held back; "" if there is
// none.
func (d *Desk) wrongIn(findings []diag.Finding, file string) string {
	folder := path.Dir(file) + "/"
	alone := !strings.HasPrefix(path.Base(file), "index.")
	at := slices.IndexFunc(findings, func(f diag.Finding) bool {
		return f.Severity == diag.Error && (f.Pos.File == file || !alone && strings.HasPrefix(f.Pos.File, folder))
	})
	if at < 0 {
		return ""
	}
	return d.locate(findings[at]).Message
}

// willHappen says whether what is scheduled for a moment will be published then.
func (d *Desk) willHappen(ctx context.Context, at time.Time) (kept bool, sentence string, err error) {
	targets := d.Site.Targets()
	if len(targets) == 0 {
		return false, "Chưa có nơi đăng, nên bài hẹn giờ chưa thể tự lên web.", nil
	}
	var keeping, failing, given, rest []string
	for _, name := range targets {
		s, err := schedule.Read(d.Root, name)
		if err != nil {
			return false, "", err
		}
		switch {
		case s.Kept(time.Now()) && s.Fault == "":
			keeping = append(keeping, name)
		case s.Kept(time.Now()):
			failing = append(failing, name)
		case d.isGiven(ctx, name):
			given = append(given, name)
		default:
			rest = append(rest, name)
		}
	}
	var said []string
	say := func(names []string, sentence string) {
		if len(names) > 0 {
			said = append(said, fmt.Sprintf(sentence, "“"+strings.Join(names, "”, “")+"”", hour(at)))
		}
	}
	say(keeping, "Máy này đang canh giờ: lúc %[2]s trang tự đổi trên %[1]s, miễn là máy bật và có mạng. Nếu lúc ấy máy tắt, trang đổi ngay khi máy chạy lại.")
	say(failing, "Máy này đang canh giờ đăng lên %[1]s, nhưng lần thử gần đây chưa đăng được; máy sẽ thử lại.")
	say(given, "Việc canh giờ đăng lên %[1]s đã giao cho máy này, nhưng lúc này chưa thấy máy canh: cứ như vậy thì lúc %[2]s trang không tự đổi ở đó.")
	if len(said) > 0 {
		say(rest, "Chưa có gì canh giờ cho %[1]s: ở đó phải có người bấm Đăng.")
	} else {
		said = []string{fmt.Sprintf("Chưa có gì canh giờ trên máy này: lúc %s trang không tự đổi. Phải có người bấm Đăng sau lúc ấy, hoặc đặt máy tự đăng.", hour(at))}
	}
	return len(keeping)+len(failing) > 0, strings.Join(said, " "), nil
}

// isGiven reports whether this machine was told to keep a target's schedule.
func (d *Desk) isGiven(ctx context.Context, target string) bool {
	k, _, err := d.keeperOf(ctx, target)
	if err != nil {
		d.Log(err) // it is not known, then
	}
	return err == nil && k.Installed
}

// toldOfSchedule is what is said of an entry that is scheduled.
type toldOfSchedule struct {
	Kept     bool   `json:"kept"`
	Sentence string `json:"sentence"` // "" if nothing is
}

// scheduledOf is what is scheduled of an entry, and whether it will happen. live reports
// whether readers see it now.
func (d *Desk) scheduledOf(ctx context.Context, e *catalog.Entry, wrong string, live bool, now time.Time) (said toldOfSchedule, err error) {
	appears := e.Appears()
	switch comes := appears.Known() && appears.After(now); {
	case comes && e.Draft && e.PublishDate.Known():
		return toldOfSchedule{Sentence: fmt.Sprintf("Bài này hẹn lên web lúc %s, nhưng còn là bản nháp nên đến giờ ấy vẫn chưa lên. Bỏ dấu “Bản nháp” thì giờ hẹn mới có hiệu lực.", hour(appears.In(d.Zone)))}, nil
	case e.Draft:
		return said, nil
	case comes:
		return d.saidOf(ctx, e, comesAndGoes[catalog.Appears], appears.In(d.Zone), wrong, live)
	case e.ExpiryDate.Known() && e.ExpiryDate.After(now):
		return d.saidOf(ctx, e, comesAndGoes[catalog.Expires], e.ExpiryDate.In(d.Zone), wrong, false)
	}
	return said, nil
}

func (d *Desk) saidOf(ctx context.Context, e *catalog.Entry, what string, at time.Time, wrong string, live bool) (said toldOfSchedule, err error) {
	begins := fmt.Sprintf("Bài này hẹn %s lúc %s", what, hour(at))
	if wrong != "" {
		said.Sentence = fmt.Sprintf("%s, nhưng còn chỗ phải sửa, chưa sửa thì bài không %s: %s", begins, what, wrong)
		return said, nil
	}
	if said.Kept, said.Sentence, err = d.willHappen(ctx, at); err != nil {
		return said, err
	}
	said.Sentence = begins + ". " + said.Sentence
	if what == comesAndGoes[catalog.Expires] {
		return said, nil
	}
	stays, err := d.Site.AsPublished([]string{e.File})
	switch {
	case err != nil:
		return said, err
	case len(stays) > 0:
		said.Sentence += " Từ nay đến lúc ấy người đọc vẫn thấy bài như lần đăng trước. Không muốn vậy thì bấm “Gỡ khỏi trang”."
	case live:
		said.Sentence += " Bài đang ở trên web: lần đăng tới sẽ đưa bài xuống cho đến lúc ấy. Muốn bài vẫn ở trên web thì để trống ô “Đăng lúc”."
	}
	return said, nil
}

// scheduled answers what is scheduled of an entry: as it is saved, or as somebody is about to
// save it, where "luc" is what they typed and "nhap" says that it is a draft.
func (d *Desk) scheduled(w http.ResponseWriter, r *http.Request) {
	c, findings, err := d.Site.Load()
	if err != nil {
		d.broken(w, err)
		return
	}
	asked := r.URL.Query()
	file := asked.Get("bai")
	e := &catalog.Entry{File: file}
	if at := slices.IndexFunc(c.Entries(), func(e *catalog.Entry) bool { return e.File == file }); at >= 0 {
		e = c.Entries()[at]
	} else if !isEntry(file) || !asked.Has("luc") {
		d.broken(w, refuse(http.StatusNotFound, textAbsent))
		return
	}
	if asked.Has("luc") {
		meant := *e
		meant.Draft, meant.PublishDate = asked.Has("nhap"), catalog.Date{}
		if when, ok := catalog.ParseWhen(rawDate(asked.Get("luc"), matter.TypeDate, d.Zone), d.Zone); ok {
			meant.PublishDate = when.First
		}
		e = &meant
	}
	live, err := d.lastShown(file)
	if err != nil {
		d.Log(err)
	}
	said, err := d.scheduledOf(r.Context(), e, d.wrongIn(findings, file), live != nil, time.Now())
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, said)
}

var weekdays = [...]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}

// hour is a moment as it is scheduled: "7:00 Chủ nhật 29/11/2026".
func hour(t time.Time) string {
	return fmt.Sprintf("%d:%02d %s %s", t.Hour(), t.Minute(), weekdays[t.Weekday()], t.Format("2/1/2006"))
}
