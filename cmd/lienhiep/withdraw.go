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
	"slices"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
	"lienhiep/internal/history"
	"lienhiep/internal/holdback"
	"lienhiep/internal/ledger"
	"lienhiep/internal/roster"
	"lienhiep/internal/viet"
	"lienhiep/internal/withdrawal"
)

var withdrawCommand = &command{
	name:  "withdraw",
	args:  diag.Text{VI: "NHÂN-VẬT", EN: "PERSON"},
	about: diag.Text{VI: "Gỡ một nhân vật (tên thư mục trong content/tri-thuc/, hoặc của người đang chờ phiếu đồng ý) đã rút lại sự đồng ý: tiểu sử, ảnh, mã và liên kết trong các bài, điều bảng đã ghi về họ", EN: "Take a person (a folder of content/tri-thuc/, or somebody who waits for consent) who has withdrawn consent off the site: profile, pictures, IDs and links in other entries, what a table said of them"},
	declare: func(o *options) action {
		f := &withdrawFlags{}
		f.address(o)
		f.folder(o)
		return f.run
	},
}

type withdrawFlags struct{ location }

func (f *withdrawFlags) run(ctx context.Context, ui *UI, operands []string) error {
	id := ""
	if len(operands) == 1 {
		id = viet.Slug(operands[0]) // a name written out leads to the folder that `new` gave it
	}
	if id == "" {
		return usagef("withdraw", diag.Text{VI: "Viết: lienhiep withdraw NHÂN-VẬT, với NHÂN-VẬT là tên thư mục trong content/tri-thuc.", EN: "Write: lienhiep withdraw PERSON, with the name of the person's folder in content/tri-thuc."})
	}
	if err := checkBaseURL("withdraw", f.baseURL); err != nil {
		return err
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
	// A record that cannot be read is not written to: who stands in it must stay there.
	if own := slices.DeleteFunc(slices.Clone(findings), func(f diag.Finding) bool { return f.Pos.File != catalog.WithdrawnFile }); diag.HasErrors(own) {
		ui.findings(own)
		return errFindings
	}
	waiters, err := roster.Waiters(os.DirFS(p.root))
	if err != nil {
		return err
	}
	person, err := whom(ui, c, waiters, operands[0], id)
	if err != nil {
		return err
	}
	if person == nil {
		return p.noPerson(ui, c, id, findings)
	}
	w, err := p.withdrawalOf(c, waiters, person)
	if err != nil {
		return err
	}
	aside, forgotten, err := p.carryOut(c, w)
	if err != nil {
		return err
	}
	ui.findings(w.Findings)
	ui.note(diag.Text{VI: "Đã gỡ %[1]s; bỏ mã ở %[2]d chỗ và liên kết ở %[3]d chỗ trong các bài khác.", EN: "Removed %[1]s; took out %[2]d IDs and %[3]d links in other entries."}, strings.Join(w.Remove, ", "), w.Refs, w.Links)
	ui.note(diag.Text{
		VI: "Bản cũ của mọi tệp đã gỡ hoặc đã sửa nằm ở %[1]s, không bao giờ được đăng. Chắc chắn không gỡ nhầm thì xóa thư mục ấy; nếu trang được lưu bằng git thì các phiên bản trước vẫn còn trong đó.",
		EN: "What was removed or changed lies as it was in %[1]s, which is never published. Delete that folder once nothing was removed by mistake; a git repository still holds the earlier versions."}, aside)
	ui.forgotten(forgotten)
	if len(w.kept) > 0 {
		ui.note(diag.Text{
			VI: "Phiếu đồng ý trong %[1]s được giữ, vì là bằng chứng rằng đã có sự đồng ý. Cơ quan không cần giữ nữa thì xóa thư mục ấy.",
			EN: "The consent form in %[1]s is kept, being the proof that there was a consent. Delete that folder when the office no longer needs it."}, strings.Join(w.kept, ", "))
	}
	if !w.published {
		ui.note(diag.Text{VI: "Người này chưa có trang trên mạng; từ nay nhập lại bảng cũng không được nhập.", EN: "The person has never been on the site; a table imported from now on does not bring them there."})
		return result(w.Findings)
	}
	ui.note(diag.Text{
		VI: "Trang trên mạng chưa đổi: hãy chạy `lienhiep build` rồi đưa public/ lên máy chủ. Đăng bằng `lienhiep deploy` thì thêm --forget để các bản cũ còn lưu ở nơi đăng cũng bị xóa.",
		EN: "The published site is as it was: run `lienhiep build`, and publish public/. With `lienhiep deploy` add --forget, so that the earlier releases that the target keeps go too."})
	return result(w.Findings)
}

// leave is a person's withdrawal with what is kept of them outside of the content.
type leave struct {
	*withdrawal.Withdrawal
	published bool     // the person has an entry
	kept      []string // folders with the proof that there was a consent
}

// withdrawalOf computes a withdrawal: nothing is written.
func (p *project) withdrawalOf(c *catalog.Catalog, waiters []roster.Waiter, person *catalog.Person) (*leave, error) {
	w, err := withdrawal.Of(os.DirFS(p.root), c, person, p.now.In(p.config.Zone))
	if err != nil {
		return nil, err
	}
	l := &leave{Withdrawal: w, published: len(w.Remove) > 0}
	memory, kept, more := roster.Clear(waiters, person)
	pages, err := withdrawal.Naming(os.DirFS(p.root), roster.ReviewFolder, person)
	if err != nil {
		return nil, err
	}
	own := path.Join(roster.AdmittedFolder, person.ID) // scans of who had an entry from the start
	if _, err := os.Lstat(p.path(own)); err == nil && !slices.Contains(kept, own) {
		kept = append(kept, own)
	}
	l.kept = kept
	w.Remove, w.Findings = slices.Concat(memory, pages, w.Remove), append(w.Findings, more...)
	return l, nil
}

// carryOut carries out a withdrawal and forgets the person. It returns the folder that holds
// everything as it was, and the names of what was removed for good.
func (p *project) carryOut(c *catalog.Catalog, l *leave) (aside string, forgotten []string, err error) {
	if aside, err = p.withdraw(l.Withdrawal); err != nil {
		return "", nil, err
	}
	forgotten, err = p.forget(c, l.Person)
	return aside, forgotten, err
}

// whom finds the person by the folder's name, or by a name written out, whatever
// stands before it, among those with an entry and those who wait. It is nil where there is
// none, or none any more.
func whom(ui *UI, c *catalog.Catalog, waiters []roster.Waiter, operand, id string) (*catalog.Person, error) {
	one := catalog.IdentityOf(viet.ParseName(operand), 0)
	isID := operand == id
	if name := catalog.NameOfID(id); isID && name.Bare != name.String() { // an ID of a name with a title
		one.Name, isID = name, false
	}
	var named []*catalog.Person
	var ids []string
	people := slices.Clone(c.People)
	for _, w := range waiters {
		if !w.Admitted && !slices.ContainsFunc(people, func(p *catalog.Person) bool { return p.ID == w.ID }) {
			people = append(people, w.Person())
		}
	}
	for _, p := range people {
		who := p.Identity()
		if p.ID == operand {
			return p, nil
		}
		if one.Name.Same(who.Name) && (one.Born == 0 || one.Born == who.Born) {
			named = append(named, p)
			ids = append(ids, p.ID)
		}
	}
	left := slices.ContainsFunc(c.Withdrawn, func(w catalog.Withdrawn) bool { return w.Person == id })
	switch {
	case isID || left || len(named) == 0:
		return nil, nil
	case len(named) > 1:
		ui.note(diag.Text{VI: "Có %[1]d người tên ấy. Ghi tên thư mục của đúng người: %[2]s.", EN: "There are %[1]d people of that name. Give the folder of the right one: %[2]s."}, len(named), strings.Join(ids, ", "))
		return nil, errFindings
	}
	return named[0], nil
}

// noPerson says why there is nobody to withdraw.
func (p *project) noPerson(ui *UI, c *catalog.Catalog, id string, findings []diag.Finding) error {
	for _, w := range c.Withdrawn {
		if w.Person == id {
			ui.note(diag.Text{VI: "Nhân vật “%[1]s” đã được gỡ ngày %[2]s.", EN: "The person “%[1]s” was taken off on %[2]s."}, id, w.Date)
			one := gone(w)
			forgotten, err := p.forget(c, one) // what was written since, before a passage was mended
			ui.forgotten(forgotten)
			return err
		}
	}
	var own []diag.Finding // why the entry could not be read, if it is there
	var ids []string
	for _, f := range findings {
		if strings.HasPrefix(f.Pos.File, "content/"+catalog.KindPerson.Folder()+"/"+id+"/") {
			own = append(own, f)
		}
	}
	for _, p := range c.People {
		ids = append(ids, p.ID)
	}
	ui.findings(own)
	ui.note(diag.Text{VI: "Không đọc được nhân vật nào có tên thư mục “%[1]s” trong content/tri-thuc%[2]s. Cũng không ai như thế đang chờ phiếu đồng ý.", EN: "No person in content/tri-thuc with the folder name “%[1]s” can be read%[2]s. Nobody like that waits for consent."}, id, ui.didYouMean(viet.Nearest(id, ids)))
	return errFindings
}

// gone is somebody who has withdrawn, as far as the record knows them.
func gone(w catalog.Withdrawn) *catalog.Person {
	one := &catalog.Person{}
	one.Kind, one.ID, one.Title = catalog.KindPerson, w.Person, cmp.Or(w.Name, catalog.NameOfID(w.Person).String())
	return one
}

// withdraw carries out a withdrawal in the content and returns the folder that holds everything
// as it was. The person's own folder goes last: cut off before, the command can
// be given again.
func (p *project) withdraw(w *withdrawal.Withdrawal) (aside string, err error) {
	if aside, err = p.asideFor(w.Person.ID); err != nil {
		return "", err
	}
	for _, e := range w.Edits {
		before, err := os.ReadFile(p.path(e.File))
		if errors.Is(err, fs.ErrNotExist) {
			continue // the record, when it is new
		}
		if err == nil {
			err = p.write(path.Join(aside, e.File), before)
		}
		if err != nil {
			return "", err
		}
	}
	for _, e := range w.Edits {
		if err := p.write(e.File, e.Text); err != nil {
			return "", err
		}
	}
	for _, name := range w.Remove {
		to := p.path(aside, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return "", err
		}
		if err := disk.Rename(p.path(name), to); err != nil {
			return "", err
		}
		// What Hugo made of the pictures, for the next build.
		if err := os.RemoveAll(p.path("resources", "_gen", "images", strings.TrimPrefix(name, "content/"))); err != nil {
			return "", err
		}
	}
	return aside, nil
}

// forget removes for good what the office's own memory has of the person: versions, what lies
// in the trash, what is being written, what was published last. It returns what went.
func (p *project) forget(c *catalog.Catalog, person *catalog.Person) ([]string, error) {
	h, err := history.Open(p.root)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	l, err := ledger.Open(p.root)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	names := withdrawal.Names(c, person)
	forgotten, err := h.Forget(names, history.Autosaves, holdback.Memory, takenDownFolder, approvalFolder)
	return forgotten, errors.Join(err, l.Forget(names))
}

func (ui *UI) forgotten(names []string) {
	if len(names) == 0 {
		return
	}
	ui.note(diag.Text{
		VI: "Đã xóa hẳn, không lấy lại được, các bản cũ, bài trong thùng rác, bản đang viết dở và bản đăng lần trước có nêu người này: %[1]s.",
		EN: "Removed for good: earlier versions, entries in the trash, unsaved drafts and copies of what was last published that name the person: %[1]s."}, strings.Join(names, ", "))
}

// asideFor makes a new folder for what a withdrawal takes away.
func (p *project) asideFor(id string) (string, error) {
	for n := 1; ; n++ {
		name := "generated/withdrawn/" + id
		if n > 1 {
			name += fmt.Sprintf("-%d", n)
		}
		if err := os.MkdirAll(filepath.Dir(p.path(name)), 0o777); err != nil {
			return "", err
		}
		if err := os.Mkdir(p.path(name), 0o777); !errors.Is(err, fs.ErrExist) {
			return name, err
		}
	}
}
