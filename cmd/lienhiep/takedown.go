package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/history"
	"lienhiep/internal/matter"
	"lienhiep/internal/viet"
)

var takedownCommand = &command{
	name:  "takedown",
	args:  diag.Text{VI: "BÀI", EN: "ENTRY"},
	about: diag.Text{VI: "Gỡ một bài hoặc trang khỏi trang web; liên kết tới bài thành chữ thường; lấy lại được bằng --undo", EN: "Take an entry off the site; links to it become plain text; --undo brings it back"},
	declare: func(o *options) action {
		f := &takedownFlags{}
		o.text("note", &f.note, diag.Text{VI: "câu báo hiện ở địa chỉ cũ của bài (không ghi: máy chủ báo trang đã được gỡ hẳn, mã 410)", EN: "a sentence shown at the entry's old address (without it servers say that the page is gone, 410)"})
		o.toggle("undo", &f.undo, diag.Text{VI: "đưa bài trở lại", EN: "bring the entry back"})
		f.folder(o)
		return f.run
	},
}

type takedownFlags struct {
	location
	note string
	undo bool
}

// The keys that say that an entry was taken down: Hugo shows nothing that has expired, and
// servers are told of what was removed.
const (
	expiryKey  = "expiryDate"
	removedKey = "removed"
)

// takenDownFolder remembers until when entries were to stand that were taken down before.
const takenDownFolder = ".lienhiep/taken-down"

func (f *takedownFlags) run(ctx context.Context, ui *UI, operands []string) error {
	if len(operands) != 1 || strings.TrimSpace(operands[0]) == "" || f.undo && f.note != "" {
		return usagef("takedown", diag.Text{
			VI: "Viết: lienhiep takedown BÀI [--note \"câu báo\"], hoặc lienhiep takedown BÀI --undo; BÀI là địa chỉ của bài hoặc thư mục của bài.",
			EN: "Write: lienhiep takedown ENTRY [--note \"sentence\"], or lienhiep takedown ENTRY --undo, with the entry's address or folder."})
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
	pages, err := p.pagesAt(ui, c, operands[0], findings)
	if err != nil {
		return err
	}
	if f.undo {
		return p.bringBackOrSay(ui, pages)
	}
	return p.takeDownOrSay(ui, c, pages, f.note)
}

// pagesAt finds the entry that an operand names, an address, a folder or a file, and the
// same page in other languages; the site's first language comes first.
func (p *project) pagesAt(ui *UI, c *catalog.Catalog, operand string, findings []diag.Finding) ([]*catalog.Entry, error) {
	name := operand
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		name = u.Path // as the browser shows it, at whatever host
	}
	name = strings.TrimPrefix(strings.Trim(strings.ReplaceAll(name, `\`, "/"), "/"), "content/")
	folder := strings.TrimSuffix(name, "/index.md")
	var found []*catalog.Entry
	var known []string
	for _, e := range c.Entries() {
		known = append(known, strings.Trim(e.Path, "/"))
		if strings.Trim(e.URL, "/") == name || strings.Trim(e.Path, "/") == folder || e.File == "content/"+name || e.ID == folder && e.Kind != catalog.KindPage {
			found = append(found, e)
		}
	}
	if len(found) == 0 {
		own := slices.DeleteFunc(slices.Clone(findings), func(f diag.Finding) bool { return !strings.HasPrefix(f.Pos.File, "content/"+folder+"/") })
		ui.findings(own) // why the entry could not be read, if it is there
		ui.note(diag.Text{VI: "Không có bài hoặc trang nào ở “%[1]s”%[2]s.", EN: "There is no entry at “%[1]s”%[2]s."}, printable(operand), ui.didYouMean(viet.Nearest(folder, known)))
		return nil, errFindings
	}
	first := found[0]
	if slices.ContainsFunc(found, func(e *catalog.Entry) bool { return e.Path != first.Path }) {
		var files []string
		for _, e := range found {
			files = append(files, e.File)
		}
		ui.note(diag.Text{VI: "Có nhiều bài tên ấy: %[1]s. Ghi địa chỉ đầy đủ của một bài.", EN: "There are several of that name: %[1]s. Give the whole address of one."}, strings.Join(files, ", "))
		return nil, errFindings
	}
	if first.IsSection() {
		ui.note(diag.Text{VI: "%[1]s là trang của cả một mục, không gỡ bằng lệnh này. Gỡ từng bài trong mục, hoặc bỏ mục khỏi danh mục ở content/trang-web.toml.", EN: "%[1]s is the page of a whole section and is not taken down so. Take down its entries, or take it out of the menu in content/trang-web.toml."}, first.File)
		return nil, errFindings
	}
	return c.PagesOf(first.File), nil
}

// takeDownOrSay lets the pages expire now, and says what led to them.
func (p *project) takeDownOrSay(ui *UI, c *catalog.Catalog, pages []*catalog.Entry, note string) error {
	for _, e := range pages {
		if e.TakenDown(p.now) {
			ui.note(diag.Text{VI: "%[1]s đã được gỡ từ trước.", EN: "%[1]s has been taken down before."}, e.File)
		}
	}
	changes, err := p.takeDown(pages, note, "")
	if err != nil || len(changes) == 0 {
		return ui.notEditable(err)
	}
	ui.note(diag.Text{VI: "Đã gỡ “%[1]s” (%[2]s).", EN: "Took down “%[1]s” (%[2]s)."}, pages[0].Title, pages[0].URL)
	for _, t := range c.Traces(pages) {
		if text, ok := tracesTold[t.How]; ok {
			ui.note(text, t.Pos)
		}
	}
	if pages[0].Kind == catalog.KindPerson {
		ui.note(diag.Text{VI: "Nếu nhân vật rút lại sự đồng ý, dùng `lienhiep withdraw %[1]s`: lệnh ấy gỡ cả tên, ảnh và mã trong các bài khác.", EN: "If the person has withdrawn their consent, use `lienhiep withdraw %[1]s`, which also removes what other entries say."}, pages[0].ID)
	}
	ui.note(diag.Text{
		VI: "Không tệp nào bị xóa. Trang trên mạng chưa đổi: chạy `lienhiep build` rồi đăng như mọi lần. Lấy lại bài: lienhiep takedown %[1]s --undo",
		EN: "No file was removed. The published site is as it was: run `lienhiep build`, and publish as always. To bring it back: lienhiep takedown %[1]s --undo"}, pages[0].URL)
	return nil
}

// tracesTold say what becomes of what leads to an entry that is taken down. The program
// tells of items of menus and the home page whenever it checks.
var tracesTold = map[catalog.Tie]diag.Text{
	catalog.TieLink:   {VI: "  %[1]s: liên kết tới bài này chỉ còn hiện thành chữ.", EN: "  %[1]s: the link to it is shown as plain text."},
	catalog.TiePerson: {VI: "  %[1]s: bài này nêu nhân vật ở mục “people”; ô nhân vật không hiện nữa.", EN: "  %[1]s: names the person under “people”, who is not shown there any more."},
}

// takeDown lets the pages expire now and returns what it has changed: nothing of those that
// were taken down before. note is shown at the old address, why is for the history.
func (p *project) takeDown(pages []*catalog.Entry, note, why string) ([]history.Change, error) {
	now := p.now.In(p.config.Zone).Truncate(time.Second)
	settings := []matter.Setting{{Key: expiryKey, Value: matter.Bare(now.Format(time.RFC3339))}, {Key: removedKey, Value: matter.String(note)}}
	var edits []edited
	for _, e := range pages {
		if e.TakenDown(now) {
			continue
		}
		edit, err := p.set(e.File, settings)
		if err != nil {
			return nil, err
		}
		if err := p.rememberExpiry(e); err != nil {
			return nil, err
		}
		edits = append(edits, edit)
	}
	return p.changed(history.Act{Why: history.TakenDown, Note: why}, edits...)
}

// bringBackOrSay brings the pages back and says so.
func (p *project) bringBackOrSay(ui *UI, pages []*catalog.Entry) error {
	switch changes, err := p.bringBack(pages); {
	case err != nil:
		return ui.notEditable(err)
	case len(changes) == 0:
		ui.note(diag.Text{VI: "“%[1]s” không bị gỡ; không có gì để làm.", EN: "“%[1]s” is not taken down: there is nothing to do."}, pages[0].Title)
	default:
		ui.note(diag.Text{VI: "“%[1]s” sẽ trở lại ở %[2]s, cùng các liên kết tới bài, khi chạy `lienhiep build`.", EN: "“%[1]s” will be back at %[2]s, with the links to it, once `lienhiep build` has run."}, pages[0].Title, pages[0].URL)
	}
	return nil
}

// bringBack takes out what [project.takeDown] set, and returns what it has changed.
func (p *project) bringBack(pages []*catalog.Entry) ([]history.Change, error) {
	var edits []edited
	for _, e := range pages {
		if !e.TakenDown(p.now) {
			continue
		}
		until, err := p.rememberedExpiry(e)
		if err != nil {
			return nil, err
		}
		edit, err := p.set(e.File, []matter.Setting{{Key: expiryKey, Value: until}, {Key: removedKey}})
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit)
	}
	return p.changed(history.Act{Why: history.BroughtUp}, edits...)
}

// rememberExpiry notes until when an entry was to stand, for when it is brought back.
func (p *project) rememberExpiry(e *catalog.Entry) error {
	name := takenDownFolder + "/" + e.File
	if !e.ExpiryDate.After(p.now) {
		return p.forgetExpiry(name)
	}
	if err := os.MkdirAll(filepath.Dir(p.path(name)), 0o777); err != nil {
		return fmt.Errorf("making a folder for %s: %w", name, err)
	}
	if err := p.write(name, []byte(e.ExpiryDate.Format(time.RFC3339)+"\n")); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

func (p *project) forgetExpiry(name string) error {
	if err := os.Remove(p.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing %s: %w", name, err)
	}
	return nil
}

// rememberedExpiry returns until when an entry that is brought back is to stand, as its
// front matter says it; nil where it was to stand for good, or that time has passed.
func (p *project) rememberedExpiry(e *catalog.Entry) (*matter.Value, error) {
	src, err := os.ReadFile(p.path(takenDownFolder + "/" + e.File))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading until when %s was to stand: %w", e.File, err)
	}
	until := strings.TrimSpace(string(src))
	if day, err := time.Parse(time.RFC3339, until); err != nil || !day.After(p.now) {
		return nil, nil
	}
	return matter.Bare(until), nil
}

// notEditable is a file whose front matter cannot be edited by line.
type notEditable struct{ file string }

func (n *notEditable) Error() string { return n.file + ": " + matter.ErrNotEditable.Error() }
func (n *notEditable) Unwrap() error { return matter.ErrNotEditable }

// notEditable says what to write by hand.
func (ui *UI) notEditable(err error) error {
	no := (*notEditable)(nil)
	if !errors.As(err, &no) {
		return err
	}
	ui.note(diag.Text{VI: "Không tự sửa được phần khai báo của %[1]s; mở tệp và tự ghi (để gỡ) hoặc xóa (để lấy lại) hai dòng %[2]s và %[3]s.", EN: "The front matter of %[1]s cannot be edited by the program: open it, and write (to take it down) or remove (to bring it back) the lines %[2]s and %[3]s."}, no.file, expiryKey, removedKey)
	return errFindings
}

// set makes settings in the front matter of a file. The error is a [notEditable] where that
// cannot be done by line.
func (p *project) set(file string, settings []matter.Setting) (edited, error) {
	src, err := os.ReadFile(p.path(file))
	if err != nil {
		return edited{}, fmt.Errorf("reading %s: %w", file, err)
	}
	text, err := matter.Edit(src, settings)
	if errors.Is(err, matter.ErrNotEditable) {
		err = &notEditable{file}
	}
	return edited{file, text}, err
}
