package edit

import (
	"context"
	"net/http"
	"slices"
	"time"

	"lienhiep/internal/ledger"
	"lienhiep/internal/schedule"
)

// releaseShown is a release that a target keeps, as it is told.
type releaseShown struct {
	ID      string `json:"id"`
	When    string `json:"when"`
	Who     string `json:"who"`
	Summary string `json:"summary"`
	At      string `json:"at,omitempty"` // by which its entries are asked for; "" if none is known
	Current bool   `json:"current"`
}

// releasesPage lists what a target can go back to.
func (d *Desk) releasesPage(w http.ResponseWriter, r *http.Request) {
	d.show(w, "ban-da-dang", view{Title: "Các bản đã đăng", Here: "/xuat-ban/", Help: "xuat-ban", Own: map[string]any{"Targets": d.Site.Targets(), "Target": r.URL.Query().Get("noi")}})
}

// releases asks a target which releases it keeps, and tells what is known of each.
func (d *Desk) releases(w http.ResponseWriter, r *http.Request) {
	target := r.URL.Query().Get("noi")
	if !d.isTarget(w, target) {
		return
	}
	out := struct {
		outcome
		Releases []releaseShown `json:"releases"`
	}{outcome: outcome{Findings: []fault{}}, Releases: []releaseShown{}}
	kept, err := d.Site.Releases(r.Context(), target)
	if d.inTheWay(&out.outcome, err) {
		d.answer(w, out)
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
	for _, one := range slices.Backward(kept) {
		shown := releaseShown{ID: one.ID, When: clock(one.Time.In(d.Zone)), Current: one.Current}
		// A return to it is no new one: who made it is told.
		if i := slices.IndexFunc(deploys, func(p ledger.Deploy) bool { return p.Release == one.ID && !p.Back }); i >= 0 {
			p := d.publication(target, deploys[i], oneBefore(deploys, i))
			shown.When, shown.Who, shown.Summary = p.When, p.Who, p.Summary
			if p.Entries != nil {
				shown.At = p.At
			}
		}
		out.Releases = append(out.Releases, shown)
	}
	d.answer(w, out)
}

// rollback makes a target show an earlier release.
func (d *Desk) rollback(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Target  string `json:"target"`
		Release string `json:"release"`
	}
	if !read(w, r, &asked) || !d.isTarget(w, asked.Target) {
		return
	}
	out := outcome{Findings: []fault{}, Held: []fault{}}
	report, err := d.Site.Rollback(context.WithoutCancel(r.Context()), asked.Target, asked.Release, d.tellStep)
	if !d.inTheWay(&out, err) {
		out.Report = &report
		d.signed(&out, asked.Target)
		out.Next = d.publishesNext(asked.Target)
	}
	d.answer(w, out)
}

// publishesNext says that this machine will publish to a target by itself, and when: what
// stands at the desk goes out then; "" if it will not.
func (d *Desk) publishesNext(target string) string {
	s, err := schedule.Read(d.Root, target)
	if err != nil {
		d.Log(err)
	}
	if !s.Kept(time.Now()) || s.Next.IsZero() {
		return ""
	}
	return "Máy này tự đăng lúc " + hour(s.Next.In(d.Zone)) + ": lúc ấy bài ở bàn biên tập lại lên web. Không muốn vậy thì sửa bài trước giờ ấy, hoặc bấm “Thôi tự đăng” ở “Đăng theo giờ hẹn”."
}
