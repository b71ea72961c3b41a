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
	"regexp"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/attach"
	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
	"lienhiep/internal/history"
	"lienhiep/internal/matter"
	"lienhiep/internal/office"
	"lienhiep/internal/photo"
	"lienhiep/internal/roster"
)

func (d *Desk) consentRoutes() {
	d.mux.HandleFunc("GET /phieu/{$}", d.consents)
	d.mux.HandleFunc("GET /phieu/{who}/in/{$}", d.withAwaited(d.printForm))
	d.mux.HandleFunc("GET /phieu/{who}/phieu-dong-y.docx", d.withAwaited(d.wordForm))
	d.mux.HandleFunc("GET /phieu/{who}/ban-quet/{name}", d.withProofs(d.scan))
	d.mux.HandleFunc("POST /phieu/{who}/ban-quet", d.withProofs(d.takeScan))
	d.mux.HandleFunc("POST /phieu/{who}/bo-ban-quet", d.withProofs(d.dropScan))
	d.mux.HandleFunc("POST /phieu/{who}/ve", d.withAwaited(d.formCameIn))
	d.mux.HandleFunc("POST /phieu/{who}/tu-choi", d.withAwaited(d.refusedConsent))
	d.mux.HandleFunc("POST /phieu/xoa-han", d.erase)
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
		if all[i].Scans, err = d.scansIn(all[i].Folder); err != nil {
			return nil, err
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
	refused, err := roster.Refused(d.folder.root.FS())
	if err != nil {
		d.broken(w, err)
		return
	}
	d.show(w, "phieu", view{Title: "Phiếu đồng ý", Here: "/phieu/", Help: "cho-dong-y", Own: map[string]any{"All": all, "Refused": refused, "Commits": d.Commit != nil}})
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

// ---- scans of signed forms

// scanName matches the names of scans, which say nothing of anybody.
var scanName = regexp.MustCompile(`^ban-quet(-[1-9][0-9]?)?\.[a-z]{3,4}$`)

// scansIn are the scans in a folder of somebody's.
func (d *Desk) scansIn(folder string) ([]string, error) {
	lying, err := fs.ReadDir(d.folder.root.FS(), folder)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	var all []string
	for _, one := range lying {
		if scanName.MatchString(one.Name()) && one.Type().IsRegular() {
			all = append(all, one.Name())
		}
	}
	return all, err
}

// withProofs finds where the scans of somebody's form are kept: of who waits, or has an entry.
func (d *Desk) withProofs(f func(w http.ResponseWriter, r *http.Request, folder string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who := r.PathValue("who")
		at := ""
		if asideName.MatchString(who) {
			for _, one := range [][2]string{{roster.WaitingFolder, roster.WaitingFolder}, {"content/" + catalog.KindPerson.Folder(), roster.AdmittedFolder}} {
				if info, err := d.folder.root.Lstat(path.Join(one[0], who)); at == "" && err == nil && info.IsDir() {
					at = path.Join(one[1], who)
				}
			}
		}
		if at == "" {
			turnAway(w, r, http.StatusNotFound, textAwaitsNone, textAwaitsNoneWhere)
			return
		}
		if err := d.folder.noSymlink(at); err != nil {
			d.broken(w, err)
			return
		}
		f(w, r, at)
	}
}

// scan gives a scan out, to be looked at.
func (d *Desk) scan(w http.ResponseWriter, r *http.Request, folder string) {
	name := r.PathValue("name")
	at := path.Join(folder, name)
	info, err := d.folder.root.Lstat(at)
	if !scanName.MatchString(name) || err != nil || !info.Mode().IsRegular() {
		absent(w, r)
		return
	}
	data, err := d.folder.root.ReadFile(at)
	if err != nil {
		d.broken(w, err)
		return
	}
	d.download(w, name, data)
}

// takeScan keeps the scan of a form that came in, which is never published.
func (d *Desk) takeScan(w http.ResponseWriter, r *http.Request, folder string) {
	data, err := io.ReadAll(io.LimitReader(r.Body, attach.MaxBytes+1))
	ext := scanEnding(data)
	switch {
	case err != nil:
	case len(data) > attach.MaxBytes:
		err = refuse(http.StatusRequestEntityTooLarge, textScanLarge, r.URL.Query().Get("ten"))
	case ext == "":
		err = refuse(http.StatusUnsupportedMediaType, textNoScan, r.URL.Query().Get("ten"))
	}
	name := ""
	for n := 1; err == nil && n < 100; n++ {
		name = "ban-quet" + ext
		if n > 1 {
			name = fmt.Sprintf("ban-quet-%d%s", n, ext)
		}
		if err = d.own().Create(path.Join(folder, name), data); !errors.Is(err, fs.ErrExist) {
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

// dropScan throws a scan away, which can be undone as long as the desk is open.
func (d *Desk) dropScan(w http.ResponseWriter, r *http.Request, folder string) {
	var asked struct {
		Name string `json:"name"`
	}
	if !read(w, r, &asked) {
		return
	}
	at := path.Join(folder, asked.Name)
	var data []byte
	info, err := d.folder.root.Lstat(at)
	if !scanName.MatchString(asked.Name) || err != nil || !info.Mode().IsRegular() {
		err = refuse(http.StatusNotFound, textNoVersion)
	}
	if err == nil {
		data, err = d.folder.root.ReadFile(at)
	}
	if err == nil {
		err = d.own().Remove(at)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, map[string]string{"undo": d.undoable(act{say: "Bỏ một bản quét", back: func() ([]string, error) { return nil, d.own().Create(at, data) }})})
}

// scanEnding is how a scan or a photo is named, by what it holds: what is sent by Zalo has any
// ending. It is "" for what is neither.
func scanEnding(data []byte) string {
	if bytes.HasPrefix(data, []byte("%PDF")) {
		return ".pdf"
	}
	return map[photo.Format]string{photo.JPEG: ".jpg", photo.PNG: ".png", photo.WebP: ".webp", photo.HEIC: ".heic", "tiff": ".tif"}[photo.Sniff(data)]
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

// refusedConsent records that somebody does not consent. They wait no more, and an entry goes
// into the trash; what is kept of them can be removed for good.
func (d *Desk) refusedConsent(w http.ResponseWriter, r *http.Request, a awaited) {
	var asked struct{}
	if !read(w, r, &asked) {
		return
	}
	refusing := d.refuseWaiting
	if a.Place != "" {
		refusing = d.refuseEntry
	}
	back, err := refusing(r.Context(), a)
	if err != nil {
		d.broken(w, err)
		return
	}
	undo := d.undoable(act{say: "Ghi " + a.Name + " không đồng ý", place: "/phieu/", back: back})
	d.answer(w, map[string]string{"place": "/phieu/#khong-dong-y", "undo": undo, "said": cmp.Or(a.Name, a.ID) + " không đồng ý: không còn trong danh sách chờ, không lên trang."})
}

// refuseWaiting ends the waiting of somebody without an entry, and returns how that is undone.
func (d *Desk) refuseWaiting(ctx context.Context, a awaited) (func() ([]string, error), error) {
	o, err := d.rosterOptions(nil)
	if err != nil {
		return nil, err
	}
	p, findings, err := roster.Admit(a.ID, roster.Consent{Basis: "không đồng ý"}, d.folder.root.FS(), o)
	if err == nil && (p == nil || len(p.Steps) == 0) {
		err = d.refused(&handed{}, findings)
	}
	if err == nil {
		err = d.Site.CarryOut(context.WithoutCancel(ctx), p.Steps)
	}
	if err != nil {
		return nil, err
	}
	step := p.Steps[0]
	return func() ([]string, error) {
		return nil, d.folder.files().Move(path.Join(step.EndsIn, path.Base(step.Ends)), step.Ends)
	}, nil
}

// refuseEntry throws the draft of somebody away who does not consent, and returns how that is
// undone. Where other pages lead to it, the person is named there, and has to be withdrawn.
func (d *Desk) refuseEntry(_ context.Context, a awaited) (func() ([]string, error), error) {
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	changes, left, err := d.Site.Detach(a.File)
	if err == nil && len(changes)+len(left) > 0 {
		err = refuse(http.StatusConflict, textNamedElsewhere, a.Name)
	}
	aside := path.Join(roster.RefusedFolder, a.ID)
	for n := 2; err == nil; n++ {
		if _, missing := d.folder.root.Lstat(aside); errors.Is(missing, fs.ErrNotExist) {
			break
		}
		aside = fmt.Sprintf("%s/%s-%d", roster.RefusedFolder, a.ID, n)
	}
	_, missing := d.folder.root.Lstat(a.Folder)
	if err == nil && missing == nil { // scans
		err = d.folder.files().Move(a.Folder, aside)
	}
	facts := roster.Waiter{Waiting: a.Waiting, Folder: aside}.Facts()
	if err == nil {
		err = d.own().Create(facts, a.Waiting.Bytes())
	}
	if err != nil {
		return nil, err
	}
	folder := path.Dir(a.File)
	t, err := d.history.Trash(folder, a.Name, history.Act{Who: history.Me(), Why: history.Removed, Note: "Không đồng ý", Time: time.Now()})
	if err != nil {
		return nil, err
	}
	d.committed("Bỏ “"+a.Name+"”", folder)
	return func() ([]string, error) {
		if _, err := d.untrash(t.ID); err != nil {
			return nil, err
		}
		err := d.folder.root.Remove(facts)
		if err == nil && missing == nil {
			err = d.folder.files().Move(aside, a.Folder)
		} else if err == nil {
			err = d.folder.root.Remove(aside)
		}
		return []string{folder}, err
	}, nil
}

// erase removes for good all that is kept of somebody who has refused.
func (d *Desk) erase(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Name string `json:"name"` // of the folder
	}
	if !read(w, r, &asked) {
		return
	}
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	all, err := roster.Refused(d.folder.root.FS())
	at := slices.IndexFunc(all, func(one roster.Waiter) bool { return one.ID == asked.Name })
	if err == nil && at < 0 {
		err = refuse(http.StatusNotFound, textErased)
	}
	if err == nil {
		err = d.folder.noSymlink(all[at].Folder)
	}
	if err == nil { // a browser that is closed does not stop half-way what it has begun
		err = d.Site.Forget(context.WithoutCancel(r.Context()), all[at])
	}
	if err == nil {
		err = d.forgetSigner(all[at].Name)
	}
	if err == nil {
		err = d.folder.root.RemoveAll(all[at].Folder)
	}
	if err != nil {
		d.broken(w, err)
		return
	}
	d.forgetActs()
	d.answer(w, map[string]string{"place": "/phieu/"})
}

// forgetActs takes what can be undone from who could: what it holds may name somebody.
func (d *Desk) forgetActs() {
	d.acting.Lock()
	defer d.acting.Unlock()
	d.acts = nil
}

var (
	textAwaitsNone      = diag.Text{VI: "Không có ai đang chờ ở địa chỉ này", EN: "Nobody waits there"}
	textAwaitsNoneWhere = diag.Text{VI: "Phiếu có thể đã được ghi rồi. Hãy mở “Phiếu đồng ý” ở trang đầu.", EN: "The form may have been recorded already. Open the list of those who wait."}
	textNoScan          = diag.Text{VI: "“%[1]s” không phải bản quét hay ảnh chụp: tệp phải là PDF hoặc ảnh (JPG, PNG, WebP, HEIC, TIFF). Quét lại thành PDF, hoặc chụp ảnh phiếu.", EN: "“%[1]s” is neither a scan nor a photo: it must be a PDF file or a picture (JPG, PNG, WebP, HEIC, TIFF)."}
	textScanLarge       = diag.Text{VI: "“%[1]s” quá 25 MB. Quét lại ở mức 200–300 điểm (dpi), hoặc chụp ảnh phiếu.", EN: "“%[1]s” has over 25 MB. Scan it at 200 to 300 dpi."}
	textConsentDay      = diag.Text{VI: "“%[1]s” không phải một ngày. Viết ngày/tháng/năm, ví dụ 20/11/2026.", EN: "“%[1]s” is no day. Write day/month/year, such as 20/11/2026."}
	textConsentAhead    = diag.Text{VI: "Ngày đồng ý %[1]s còn ở phía trước. Ghi ngày trên phiếu đã ký.", EN: "The day %[1]s is still to come. Give the one on the signed form."}
	textConsentProof    = diag.Text{VI: "Sự đồng ý phải kiểm chứng được: ghi số phiếu hoặc nơi lưu phiếu, và phạm vi đồng ý.", EN: "Consent must be verifiable: give the form's number or where it is filed, and what may be published."}
	textNamedElsewhere  = diag.Text{VI: "Chưa bỏ gì: có trang khác dẫn tới “%[1]s”. Dùng việc “Rút tên một người” ở trang đầu: máy gỡ cả những chỗ ấy rồi xóa hẳn điều đã giữ.", EN: "Nothing was removed: other pages lead to “%[1]s”. Withdraw the person instead."}
	textErased          = diag.Text{VI: "Người này đã được xóa hẳn rồi, hoặc không còn trong danh sách.", EN: "The person has been erased already, or is not in the list."}
)
