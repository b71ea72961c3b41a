package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/compare"
	"lienhiep/internal/diag"
	"lienhiep/internal/history"
	"lienhiep/internal/holdback"
	"lienhiep/internal/ledger"
	"lienhiep/internal/publish"
)

// published is what a deploy has done, or would do, in files and in entries.
type published struct {
	publish.Report
	Entries []ledger.Change `json:"entries"`
	last    ledger.Deploy   // before; zero if none is known
}

// deploy publishes public/ to a target and records it, or only tells what that would do.
func (p *project) deploy(ctx context.Context, t publish.Target, o publish.Options) (published, error) {
	var done published
	l, err := ledger.Open(p.root)
	if err != nil {
		return done, err
	}
	defer l.Close()
	site, err := p.live()
	if err != nil {
		return done, err
	}
	changes, last, err := l.Changes(t.Name, site)
	if err != nil {
		return done, err
	}
	done.Entries, done.last = changes, last
	if done.Report, err = publish.Deploy(ctx, t, o); err != nil || o.DryRun || last.Release == done.Report.Release && len(changes) == 0 {
		return done, err
	}
	return done, l.Record(t.Name, ledger.Deploy{Time: p.now, Who: history.Me(), Release: done.Report.Release}, site)
}

// live is what readers of public/ see, and the content as it was when that was built. It
// is empty if that is not remembered.
func (p *project) live() (ledger.Site, error) {
	built := holdback.Published(p.root)
	if _, err := fs.Stat(built, "content"); errors.Is(err, fs.ErrNotExist) {
		return ledger.Site{}, nil
	}
	c, _, err := catalog.Load(built, catalog.Options{Now: p.now, Zone: p.config.Zone, Permalinks: p.config.Permalinks, SectionLinks: p.config.SectionLinks, BaseURL: p.config.BaseURL})
	if err != nil {
		return ledger.Site{}, err
	}
	var pages []ledger.Page
	for _, e := range c.Entries() {
		if !e.Published() {
			continue
		}
		if _, err := os.Stat(p.path("public", filepath.FromSlash(e.URL), "index.html")); err == nil {
			pages = append(pages, ledger.Page{File: e.File, URL: e.URL, Title: e.Title})
		}
	}
	return ledger.Take(built, pages)
}

// returned records that a target shows an earlier release again.
func (p *project) returned(t publish.Target, r publish.Report) error {
	l, err := ledger.Open(p.root)
	if err != nil {
		return err
	}
	defer l.Close()
	return l.Return(t.Name, r.Release, history.Me(), p.now)
}

var kindWords = map[ledger.Kind]diag.Text{
	ledger.Changed: {VI: "đổi", EN: "changed"},
	ledger.New:     {VI: "mới", EN: "new"},
	ledger.Gone:    {VI: "gỡ", EN: "gone"},
}

// entries tells what a deploy is in entries, and, before it is made, in words.
func (ui *UI) entries(d published) {
	if len(d.Entries) == 0 || ui.format != "text" {
		return
	}
	count := map[ledger.Kind]int{}
	for _, c := range d.Entries {
		count[c.Kind]++
	}
	if !d.last.Known() {
		if !d.last.Time.IsZero() {
			ui.note(diag.Text{VI: "%[1]s đang hiện một bản không đăng từ máy này, nên không so được với bản ấy.", EN: "%[1]s shows a release that was not deployed from here: there is nothing to compare with."}, d.Target)
			return
		}
		ui.note(diag.Text{VI: "Máy này chưa ghi lần đăng nào lên %[1]s: cả %[2]d bài là mới.", EN: "No deploy to %[1]s is recorded on this machine: all %[2]d entries are new."}, d.Target, len(d.Entries))
		return
	}
	ui.note(diag.Text{VI: "So với lần đăng trước (%[4]s, %[5]s): %[1]d bài đổi, %[2]d bài mới, %[3]d bài gỡ.", EN: "Since the last deploy (%[4]s, %[5]s): %[1]d entries changed, %[2]d new, %[3]d gone."},
		count[ledger.Changed], count[ledger.New], count[ledger.Gone], d.last.Time.Local().Format("15:04 02/01/2006"), printable(d.last.Who))
	if !d.DryRun {
		return
	}
	for _, c := range d.Entries {
		ui.note(diag.Text{VI: "  %[1]s: “%[2]s” (%[3]s)%[4]s", EN: "  %[1]s: “%[2]s” (%[3]s)%[4]s"}, kindWords[c.Kind].In(ui.lang), printable(c.Title), c.URL, ui.words(c.Words))
	}
}

// mostWords bounds what is shown of a passage, in letters.
const mostWords = 60

// words shows the first passages that differ.
func (ui *UI) words(pieces []compare.Piece) string {
	const most = 3
	var b strings.Builder
	n := 0
	for _, p := range pieces {
		if p.Op == compare.Kept {
			continue
		}
		if n++; n > most {
			b.WriteString("\n      …")
			break
		}
		sign := "+"
		if p.Op == compare.Deleted {
			sign = "−"
		}
		text := []rune(strings.Join(strings.Fields(p.Text), " "))
		if len(text) > mostWords {
			text = append(text[:mostWords], '…')
		}
		fmt.Fprintf(&b, "\n      %s %s", sign, printable(string(text)))
	}
	return b.String()
}
