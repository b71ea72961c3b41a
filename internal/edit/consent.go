package edit

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/attach"
	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
	"lienhiep/internal/history"
	"lienhiep/internal/matter"
	"lienhiep/internal/office"
	"lienhiep/internal/roster"
)

func (d *Desk) consentRoutes() {
	d.mux.HandleFunc("GET /phieu/{$}", d.consents)
	d.mux.HandleFunc("GET /phieu/{who}/in/{$}", d.withAwaited(d.printForm))
	d.mux.HandleFunc("GET /phieu/{who}/phieu-dong-y.docx", d.withAwaited(d.wordForm))
	d.mux.HandleFunc("POST /phieu/{who}/ban-quet", d.withAwaited(d.takeScan))
	d.mux.HandleFunc("POST /phieu/{who}/ve", d.withAwaited(d.formCameIn))
	d.mux.HandleFunc("POST /phieu/{who}/tu-choi", d.withAwaited(d.refusedConsent))
}

// awaited is somebody whose consent the office waits for: of a table, without a page
// anywhere, or with an entry, which is a draft.
type awaited struct {
	*roster.Waiting
	ID     string
	Place  string // where the entry is written, "" of who has none
	File   string // of the entry
	Folder string // where the office keeps what concerns the consent
	Form   string // the file of the form, "" where it is made when it is asked for
	Scans  []string
	Since  string // as people write it
}

// awaitedPeople are those who wait, in the order of their names' folders.
func (d *Desk) awaitedPeople() ([]awaited, error) {
	site := d.folder.root.FS()
	waiters, err := roster.Waiters(site)
	if err != nil {
		return nil, err
	}
	var all []awaited
	for _, w := range waiters {
		if w.Admitted {
			continue
		}
		one := awaited{Waiting: w.Waiting, ID: w.ID, Folder: w.Folder, Form: w.Form()}
		if day, err := time.Parse(time.DateOnly, w.Waiting.Since); err == nil {
			one.Since = day.Format("2/1/2006")
		}
		all = append(all, one)
	}
	c, _, err := d.Site.Load()
	if err != nil {
		return nil, err
	}
	publisher, err := d.Site.Publisher()
	if err != nil {
		return nil, err
	}
	lacking := map[string]bool{}
	for _, s := range c.Summaries() {
		lacking[s.File] = s.Consent
	}
	for p := range c.PersonPages() {
		if lacking[p.File] && !p.Died.Known() && p.Consent == nil && !slices.ContainsFunc(all, func(a awaited) bool { return a.ID == p.ID }) {
			w := roster.Of(p, publisher, time.Now().In(d.Zone).Format(time.DateOnly))
			all = append(all, awaited{Waiting: w, ID: p.ID, File: p.File, Place: placeAtDesk(p.File), Folder: path.Join(roster.AdmittedFolder, p.ID)})
		}
	}
	for i := range all {
		lying, err := fs.ReadDir(site, all[i].Folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, one := range lying {
			if strings.HasPrefix(one.Name(), "ban-quet") {
				all[i].Scans = append(all[i].Scans, one.Name())
			}
		}
	}
	return all, nil
}

// withAwaited finds who a page is about.
func (d *Desk) withAwaited(f func(http.ResponseWriter, *http.Request, awaited)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		all, err := d.awaitedPeople()
		if err != nil {
			d.broken(w, err)
			return
		}
		i := slices.IndexFunc(all, func(a awaited) bool { return a.ID == r.PathValue("who") })
		if i < 0 {
			turnAway(w, r, http.StatusNotFound, textAwaitsNone, textAwaitsNoneWhere)
			return
		}
		f(w, r, all[i])
	}
}

// consents lists who waits.
func (d *Desk) consents(w http.ResponseWriter, r *http.Request) {
	all, err := d.awaitedPeople()
	if err != nil {
		d.broken(w, err)
		return
	}
	d.show(w, "phieu", view{Title: "Phiếu đồng ý", Here: "/phieu/", Help: "cho-dong-y", Own: map[string]any{"All": all, "Only": r.URL.Query().Get("ai")}})
}

// printed is a piece of the form as a page shows it.
type printed struct {
	Paragraph *office.Paragraph
	Class     string
	Table     *office.Table
}

// lookOf is how a paragraph of the form looks, as classes.
func lookOf(p office.Paragraph) string {
	var all []string
	if p.Style != nil {
		all = append(all, "align-"+map[office.Align]string{office.Center: "center", office.Left: "left", office.Justify: "justify"}[p.Style.Align])
		if p.Style.Bold {
			all = append(all, "bold")
		}
		if p.Style.Italic {
			all = append(all, "italic")
		}
		if p.Style.After > 30 {
			all = append(all, "space")
		}
	}
	return strings.Join(all, " ")
}

// printForm shows the form as it is printed.
func (d *Desk) printForm(w http.ResponseWriter, r *http.Request, a awaited) {
	var pieces []printed
	for _, b := range roster.Form(a.Waiting).Body {
		switch b := b.(type) {
		case office.Paragraph:
			pieces = append(pieces, printed{Paragraph: &b, Class: lookOf(b)})
		case office.Table:
			pieces = append(pieces, printed{Table: &b})
		}
	}
	d.show(w, "phieu-in", view{Title: "Phiếu đồng ý: " + a.Name, Here: "/phieu/", Help: "cho-dong-y", Own: map[string]any{"Who": a, "Pieces": pieces}})
}

// wordForm gives the form as a file of Word: as somebody has changed it, where that is kept.
func (d *Desk) wordForm(w http.ResponseWriter, r *http.Request, a awaited) {
	var data []byte
	err := fs.ErrNotExist
	if a.Form != "" {
		data, err = d.folder.root.ReadFile(a.Form)
	}
	if errors.Is(err, fs.ErrNotExist) {
		data, err = roster.Form(a.Waiting).Bytes()
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.download(w, "phieu-dong-y-"+a.ID+".docx", data)
}

// download answers with a file to be kept by who asked.
func (d *Desk) download(w http.ResponseWriter, name string, data []byte) {
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(data) // a browser that has gone away needs no answer
}

// own are the office's own files. Nothing of another's account can be read there.
func (d *Desk) own() disk.Folder {
	return disk.Folder{Root: d.folder.root, Aside: d.folder.aside, Perm: 0o600}
}

// takeScan keeps the scan of a form that came in, which is never published.
func (d *Desk) takeScan(w http.ResponseWriter, r *http.Request, a awaited) {
	ext := strings.ToLower(path.Ext(r.URL.Query().Get("ten")))
	data, err := io.ReadAll(io.LimitReader(r.Body, attach.MaxBytes+1))
	switch {
	case err != nil:
	case len(data) > attach.MaxBytes:
		err = refuse(http.StatusRequestEntityTooLarge, textLarge)
	case len(data) == 0 || ext != ".pdf" && !isPhoto("a"+ext):
		err = refuse(http.StatusUnsupportedMediaType, textNoScan)
	}
	name := ""
	for n := 1; err == nil && n < 100; n++ {
		name = "ban-quet" + ext
		if n > 1 {
			name = fmt.Sprintf("ban-quet-%d%s", n, ext)
		}
		if err = d.own().Create(path.Join(a.Folder, name), data); !errors.Is(err, fs.ErrExist) {
			break
		}
		err = nil
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, map[string]string{"name": name})
}

// formCameIn records that somebody has consented: who waited gets an entry, who had a draft
// gets the basis in it.
func (d *Desk) formCameIn(w http.ResponseWriter, r *http.Request, a awaited) {
	var asked struct {
		Date     string `json:"date"`
		Document string `json:"document"`
		Scope    string `json:"scope"`
	}
	if !read(w, r, &asked) {
		return
	}
	day, ok := office.ParseDate(strings.TrimSpace(asked.Date))
	var err error
	switch {
	case !ok || len(day) != len(time.DateOnly):
		err = refuse(http.StatusUnprocessableEntity, textConsentDay, asked.Date)
	case day > time.Now().In(d.Zone).Format(time.DateOnly):
		err = refuse(http.StatusUnprocessableEntity, textConsentAhead, asked.Date)
	case strings.TrimSpace(asked.Document) == "" || strings.TrimSpace(asked.Scope) == "":
		err = refuse(http.StatusUnprocessableEntity, textConsentProof)
	}
	consent := roster.Consent{Date: day, Document: oneLine(asked.Document), Scope: oneLine(asked.Scope)}
	place, undo := a.Place, ""
	if err == nil && a.Place == "" {
		place, undo, err = d.admit(r.Context(), a, consent)
	} else if err == nil {
		undo, err = d.setConsent(a, consent)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, map[string]string{"place": place, "undo": undo, "said": "Đã ghi phiếu đồng ý của " + a.Name + ". Đọc lại bài, bỏ dấu “Bản nháp” rồi Lưu: lần xuất bản tới bài sẽ lên trang."})
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// admit makes the entry of somebody who has waited, and returns where it is written, and how
// that is undone.
func (d *Desk) admit(ctx context.Context, a awaited, c roster.Consent) (place, undo string, _ error) {
	o, err := d.rosterOptions(nil)
	if err != nil {
		return "", "", err
	}
	p, findings, err := roster.Admit(a.ID, c, d.folder.root.FS(), o)
	if err != nil {
		return "", "", err
	}
	if p == nil || len(p.Steps) == 0 {
		return "", "", d.refused(&handed{}, findings)
	}
	step := p.Steps[0]
	if step.Action == roster.Wait { // what is missing is a warning there
		for _, f := range d.reviewOf(&handed{}, "", findings).Told {
			return "", "", &refusal{http.StatusUnprocessableEntity, diag.Text{VI: f.Message + " " + f.Hint, EN: f.Message}}
		}
	}
	if err := d.Site.CarryOut(context.WithoutCancel(ctx), p.Steps); err != nil {
		return "", "", err
	}
	d.committed("Nhập “"+step.Name+"”, có phiếu đồng ý", step.Folder)
	return placeAtDesk(path.Join(step.Folder, "index.md")), d.undoable(act{say: "Ghi phiếu đồng ý của “" + step.Name + "”", place: "/phieu/", back: func() ([]string, error) { return d.waitAgain(step) }}), nil
}

// waitAgain lets somebody wait again whose form was recorded, unless the entry that was made
// is another by now.
func (d *Desk) waitAgain(s roster.Step) ([]string, error) {
	for name, data := range s.Files {
		if is, err := d.folder.root.ReadFile(path.Join(s.Folder, name)); err != nil || !bytes.Equal(is, data) {
			return nil, refuse(http.StatusConflict, textChangedSince, s.Name)
		}
	}
	if err := d.folder.files().Move(path.Join(s.EndsIn, path.Base(s.Ends)), s.Ends); err != nil {
		return nil, err
	}
	_, err := d.history.Trash(s.Folder, s.Name, history.Act{Who: history.Me(), Why: history.Removed, Time: time.Now()})
	return []string{s.Folder}, err
}

// setConsent writes the basis into the entry of somebody who had none, and returns how that
// is undone.
func (d *Desk) setConsent(a awaited, c roster.Consent) (undo string, _ error) {
	old, err := d.folder.read(a.File)
	if err != nil {
		return "", err
	}
	parts, err := matter.ReadYAML(unixLines(old))
	if err != nil {
		return "", refuse(http.StatusUnprocessableEntity, textNotKept, d.folder.named(a.File))
	}
	consent := &matter.Value{Kind: matter.Table}
	consent.Set("basis", matter.Bare("consent"))
	consent.Set("date", matter.Bare(c.Date))
	consent.Set("document", matter.String(c.Document))
	consent.Set("scope", matter.String(c.Scope))
	parts.Table.Set("consent", consent)
	edited := []byte(source(parts.Table) + string(parts.Body))
	changes := []change{{Operation: update, Path: a.File, Hash: hash(old), Content: edited}}
	if err := d.folder.save(changes); err != nil {
		return "", err
	}
	d.committed("Ghi phiếu đồng ý của “"+a.Name+"”", a.File)
	return d.undoable(act{say: "Ghi phiếu đồng ý của “" + a.Name + "”", place: "/phieu/", changes: []history.Change{{File: a.File, Before: old, After: changes[0].after}}}), nil
}

// refusedConsent records that somebody does not consent: of who waited nothing needs to be
// kept, and an entry goes into the trash.
func (d *Desk) refusedConsent(w http.ResponseWriter, r *http.Request, a awaited) {
	var asked struct{}
	if !read(w, r, &asked) {
		return
	}
	if a.Place != "" {
		d.broken(w, refuse(http.StatusConflict, textHasDraft))
		return
	}
	o, err := d.rosterOptions(nil)
	if err != nil {
		d.broken(w, err)
		return
	}
	p, findings, err := roster.Admit(a.ID, roster.Consent{Basis: "không đồng ý"}, d.folder.root.FS(), o)
	if err == nil && (p == nil || len(p.Steps) == 0) {
		err = d.refused(&handed{}, findings)
	}
	if err == nil {
		err = d.Site.CarryOut(context.WithoutCancel(r.Context()), p.Steps)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	step := p.Steps[0]
	undo := d.undoable(act{say: "Ghi " + a.Name + " không đồng ý", place: "/phieu/", back: func() ([]string, error) {
		return nil, d.folder.files().Move(path.Join(step.EndsIn, path.Base(step.Ends)), step.Ends)
	}})
	d.answer(w, map[string]string{"place": "/phieu/", "undo": undo, "said": cmp.Or(a.Name, a.ID) + " không đồng ý: không còn trong danh sách chờ, không lên trang."})
}

var (
	textAwaitsNone      = diag.Text{VI: "Không có ai đang chờ ở địa chỉ này", EN: "Nobody waits there"}
	textAwaitsNoneWhere = diag.Text{VI: "Phiếu có thể đã được ghi rồi. Hãy mở “Phiếu đồng ý” ở trang đầu.", EN: "The form may have been recorded already. Open the list of those who wait."}
	textNoScan          = diag.Text{VI: "Bản quét phải là PDF hoặc ảnh.", EN: "The scan must be a PDF file or a picture."}
	textConsentDay      = diag.Text{VI: "“%[1]s” không phải một ngày. Viết ngày/tháng/năm, ví dụ 20/11/2026.", EN: "“%[1]s” is no day. Write day/month/year, such as 20/11/2026."}
	textConsentAhead    = diag.Text{VI: "Ngày đồng ý %[1]s còn ở phía trước. Ghi ngày trên phiếu đã ký.", EN: "The day %[1]s is still to come. Give the one on the signed form."}
	textConsentProof    = diag.Text{VI: "Sự đồng ý phải kiểm chứng được: ghi số phiếu hoặc nơi lưu phiếu, và phạm vi đồng ý.", EN: "Consent must be verifiable: give the form's number or where it is filed, and what may be published."}
	textHasDraft        = diag.Text{VI: "Người này đã có bản nháp. Mở bài, bấm “Bỏ bài”; bài nằm trong thùng rác 30 ngày rồi mất hẳn.", EN: "This person has a draft. Open it and discard it."}
)
