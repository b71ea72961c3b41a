package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"lienhiep/internal/approval"
	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/edit"
	"lienhiep/internal/history"
	"lienhiep/internal/holdback"
	"lienhiep/internal/ledger"
	"lienhiep/internal/matter"
)

var approvalCommand = &command{
	name:  "approval",
	args:  diag.Text{VI: "BÀI …", EN: "ENTRY …"},
	about: diag.Text{VI: "Gửi duyệt: viết một tệp HTML có đủ chữ, ảnh và những chỗ đổi, đọc được trên điện thoại; ghi lại ai đã duyệt", EN: "Write one HTML file with an entry's text, pictures and changes, to be read on a phone by whoever must agree; note who has agreed"},
	declare: func(o *options) action {
		f := &approvalFlags{}
		o.text("from", &f.from, diag.Text{VI: "tên người gửi (mặc định: người dùng máy này)", EN: "who sends it (default: this machine's user)"})
		o.text("note", &f.note, diag.Text{VI: "lời nhắn của người gửi, hoặc của người duyệt", EN: "a message of whoever sends it, or agrees"})
		o.text("approved-by", &f.by, diag.Text{VI: "không viết tệp; ghi rằng người này đã duyệt bài như đang có trên máy", EN: "write no file; note that this person has agreed to the entry as it is on this machine"})
		f.folder(o)
		return f.run
	},
}

type approvalFlags struct {
	location
	from, note, by string
}

// approvalFolder takes the files that are sent.
const approvalFolder = ".lienhiep/approval"

func (f *approvalFlags) run(ctx context.Context, ui *UI, operands []string) error {
	if len(operands) == 0 {
		return usagef("approval", diag.Text{VI: "Viết: lienhiep approval BÀI …; BÀI là địa chỉ của bài hoặc thư mục của bài.", EN: "Write: lienhiep approval ENTRY …, with the entry's address or folder."})
	}
	p, unlock, err := f.lock(ctx, ui)
	if err != nil {
		return err
	}
	defer unlock()
	c, findings, err := p.load()
	if err != nil {
		return err
	}
	var all []*catalog.Entry
	for _, operand := range operands {
		pages, err := p.pagesAt(ui, c, operand, findings)
		if err != nil {
			return err
		}
		all = append(all, pages...)
	}
	if f.by != "" {
		return f.approve(ui, p, all)
	}
	name, size, err := p.submit(c, all, cmp.Or(f.from, history.Me()), f.note)
	if err != nil {
		return err
	}
	fmt.Fprintln(ui.out, name)
	ui.note(diag.Text{
		VI: "Gửi tệp này qua Zalo hoặc thư (%[1]s). Được duyệt rồi thì ghi lại: lienhiep approval %[2]s --approved-by \"Tên người duyệt\"",
		EN: "Send this file by mail or a messenger (%[1]s). Once it is agreed to: lienhiep approval %[2]s --approved-by \"Name\""}, ui.size(size), strings.Join(operands, " "))
	return nil
}

// submit writes the file that is sent, and notes that it was. It returns the file's name
// and size.
func (p *project) submit(c *catalog.Catalog, all []*catalog.Entry, from, note string) (name string, size int64, err error) {
	l := approval.Letter{Site: c.Website.Name, BaseURL: p.config.BaseURL, From: from, Note: note, Sent: p.now.In(p.config.Zone)}
	for _, e := range all {
		one, err := p.forApproval(c, e)
		if err != nil {
			return "", 0, err
		}
		l.Entries = append(l.Entries, one)
	}
	var page strings.Builder
	if err := l.Write(&page); err != nil {
		return "", 0, err
	}
	name = path.Join(approvalFolder, l.FileName())
	if err := p.write(name, []byte(page.String())); err != nil {
		return "", 0, err
	}
	return name, int64(page.Len()), p.remark(all, func(h *history.History, file string, text []byte) error {
		return h.Submit(file, text, from, note, p.now)
	})
}

// remark notes something about entries as they are.
func (p *project) remark(all []*catalog.Entry, do func(h *history.History, file string, text []byte) error) error {
	h, err := history.Open(p.root)
	if err != nil {
		return err
	}
	defer h.Close()
	for _, e := range all {
		text, err := os.ReadFile(p.path(filepath.FromSlash(e.File)))
		if err == nil {
			err = do(h, e.File, text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// approve notes who has agreed to entries as they are.
func (f *approvalFlags) approve(ui *UI, p *project, all []*catalog.Entry) error {
	if err := p.remark(all, func(h *history.History, file string, text []byte) error {
		return h.Approve(file, text, f.by, f.note, p.now)
	}); err != nil {
		return err
	}
	for _, e := range all {
		ui.note(diag.Text{VI: "%[1]s: đã ghi là %[2]s duyệt.", EN: "%[1]s: noted that %[2]s has agreed."}, e.File, printable(f.by))
	}
	return nil
}

// forApproval is an entry as it is and as readers know it.
func (p *project) forApproval(c *catalog.Catalog, e *catalog.Entry) (approval.Entry, error) {
	text, err := os.ReadFile(p.path(filepath.FromSlash(e.File)))
	if err != nil {
		return approval.Entry{}, err
	}
	f, _ := matter.Read(e.File, text)
	if f == nil {
		return approval.Entry{}, fmt.Errorf("reading %s: its front matter cannot be read", e.File)
	}
	one := approval.Entry{Title: e.Title, Description: e.Description, URL: e.URL, Picture: pictureOf(f, "file"), Alt: pictureOf(f, "alt"), Body: string(f.Body), Words: edit.Spoken(c, string(f.Body)), Facts: p.factsOf(c, e, f),
		Open: p.beside(e), Provision: func(ref string) (name, words string, ok bool) { return provisionAt(c, ref) }}
	if e.PublishDate.After(p.now) {
		one.Appears = "hẹn hiện lúc " + e.PublishDate.In(p.config.Zone).Format("15:04, 02/01/2006")
	}
	if one.Was, err = p.wasPublished(c, e); errors.Is(err, errUnclear) {
		one.Unclear, err = true, nil
	}
	return one, err
}

// factsOf are what an entry's form says beside title, summary and text.
func (p *project) factsOf(c *catalog.Catalog, e *catalog.Entry, f *matter.File) (all []approval.Fact) {
	for _, said := range edit.Said(c, catalog.KindOf(e.File), f.Table, p.config.Zone) {
		all = append(all, approval.Fact{Label: said.Label, Words: said.Words})
	}
	return all
}

// provisionAt is what a document says at a place that a text quotes ("15-kh-tu/ii-1-2").
func provisionAt(c *catalog.Catalog, ref string) (name, words string, ok bool) {
	id, at, _ := strings.Cut(ref, "/")
	for _, p := range c.Plans {
		if p.ID != id || p.Document == nil {
			continue
		}
		if one := p.Document.Provision(at); one != nil {
			return p.Names(p.Document)[at].String() + ", " + p.Document.Number, strings.TrimSpace(one.Label + " " + one.Text), true
		}
	}
	return "", "", false
}

// beside reads the files of an entry's folder, and no others.
func (p *project) beside(e *catalog.Entry) func(name string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		root, err := os.OpenRoot(p.path(filepath.FromSlash(path.Dir(e.File))))
		if err != nil {
			return nil, err
		}
		defer root.Close()
		return root.ReadFile(name)
	}
}

// wasPublished is an entry as readers know it, nil if they do not: as it was deployed last,
// and where nothing was deployed from here, as it was built last. The error is errUnclear
// where a release stands there that was deployed elsewhere.
func (p *project) wasPublished(c *catalog.Catalog, e *catalog.Entry) (*approval.Was, error) {
	text, err := p.lastDeployed(e.File)
	if errors.Is(err, errNotDeployed) {
		text, err = p.lastBuilt(e)
	}
	if err != nil || text == nil {
		return nil, err
	}
	f, _ := matter.Read(e.File, text)
	if f == nil {
		return nil, nil
	}
	return &approval.Was{Title: textOf(f, "title"), Description: textOf(f, "description"), Words: edit.Spoken(c, string(f.Body)), Facts: p.factsOf(c, e, f)}, nil
}

var (
	errNotDeployed = errors.New("nothing was deployed from here")
	errUnclear     = errors.New("it is not known what readers see")
)

// lastDeployed is the text of a file as readers see it, nil if they do not.
func (p *project) lastDeployed(file string) ([]byte, error) {
	l, err := ledger.Open(p.root)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	last, err := l.Newest()
	if err != nil {
		return nil, err
	}
	if last.Time.IsZero() {
		return nil, errNotDeployed
	}
	text, known, err := l.Shown(file)
	if err == nil && !known {
		err = errUnclear
	}
	return text, err
}

// lastBuilt is the text of an entry from which its page in public/ was built, nil if it has
// none.
func (p *project) lastBuilt(e *catalog.Entry) ([]byte, error) {
	_, err := os.Stat(p.path("public", filepath.FromSlash(e.URL), "index.html"))
	var text []byte
	if err == nil {
		text, err = os.ReadFile(p.path(holdback.Memory, filepath.FromSlash(e.File)))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return text, err
}

// pictureOf is what front matter says of the entry's own picture.
func pictureOf(f *matter.File, key string) string {
	for _, name := range []string{"image", "portrait"} {
		if v := f.Table.Get(name).Get(key); v != nil {
			return v.Text
		}
	}
	return ""
}

// textOf is the value of a key of front matter, "" if there is none.
func textOf(f *matter.File, key string) string {
	if v := f.Table.Get(key); v != nil {
		return v.Text
	}
	return ""
}
