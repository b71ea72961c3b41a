package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
	"lienhiep/internal/viet"
)

var newCommand = &command{
	name:  "new",
	args:  diag.Text{VI: `LOẠI "Tiêu đề"`, EN: `KIND "Title"`},
	about: diag.Text{VI: "Tạo sẵn một bài hoặc trang mới để điền nội dung: " + strings.Join(kindNames(), ", "), EN: "Start an entry to fill in: " + strings.Join(kindNames(), ", ")},
	declare: func(o *options) action {
		f := &newFlags{}
		f.folder(o)
		return f.run
	},
}

type newFlags struct{ location }

// maxTitle bounds a title, as the schema does: the subject of an official document is long.
const maxTitle = 500

func (f *newFlags) run(ctx context.Context, ui *UI, operands []string) error {
	if len(operands) != 2 {
		return usagef("new", diag.Text{VI: "Viết: lienhiep new LOẠI \"Tiêu đề\"; loại là một trong: %[1]s.", EN: "Write: lienhiep new KIND \"Title\"; the kinds are: %[1]s."}, strings.Join(kindNames(), ", "))
	}
	kind, title := catalog.Kind(operands[0]), strings.TrimSpace(operands[1])
	if !slices.Contains(catalog.Kinds(), kind) {
		return usagef("new", diag.Text{VI: "Không có loại “%[1]s”%[3]s. Các loại: %[2]s.", EN: "There is no kind “%[1]s”%[3]s. The kinds: %[2]s."}, kind, strings.Join(kindNames(), ", "), ui.didYouMean(viet.Nearest(operands[0], kindNames())))
	}
	if title == "" || utf8.RuneCountInString(title) > maxTitle || !utf8.ValidString(title) || strings.ContainsFunc(title, unicode.IsControl) {
		return usagef("new", diag.Text{VI: "Tiêu đề phải có từ 1 đến %[1]d ký tự, trên một dòng.", EN: "A title has 1 to %[1]d characters, on one line."}, maxTitle)
	}
	p, unlock, err := f.lock(ctx, ui)
	if err != nil {
		return err
	}
	defer unlock()
	file, text, findings := catalog.Template(kind, title, p.now)
	if findings != nil {
		ui.findings(findings)
		return errFindings
	}
	if kind == catalog.KindPerson {
		if err := p.introduce(ui, path.Base(path.Dir(file)), title); err != nil {
			return err
		}
	}
	if err := p.create(path.Dir(file), map[string][]byte{path.Base(file): []byte(text)}); err != nil {
		if errors.Is(err, fs.ErrExist) {
			ui.note(diag.Text{VI: "Đã có %[1]s; không ghi đè. Hãy đặt tiêu đề khác.", EN: "%[1]s exists already and is left alone. Choose another title."}, path.Dir(file))
			if kind == catalog.KindPerson {
				ui.note(diag.Text{VI: "Nếu là người khác trùng tên, thêm năm sinh hoặc điều để phân biệt trong ngoặc sau tên, ví dụ “%[1]s (1960)”.", EN: "For another person of the same name, add the year of birth, or what tells them apart, in brackets after the name, such as “%[1]s (1960)”."}, viet.ParseName(title).Bare)
			}
			return errFindings
		}
		return err
	}
	fmt.Fprintln(ui.out, file)
	ui.note(diag.Text{VI: "Mở tệp trên và điền nội dung; xem thử bằng lệnh `lienhiep serve`.", EN: "Open the file and fill it in; see it with `lienhiep serve`."})
	return nil
}

// introduce says whom a new person looks like, and what of the title is no name. Who
// may be somebody who has withdrawn is not made.
func (p *project) introduce(ui *UI, id, title string) error {
	c, _, err := p.load()
	if err != nil {
		return err
	}
	findings, stays := c.Newcomer(id, title)
	ui.findings(findings)
	if stays {
		return errFindings
	}
	if name := viet.ParseName(title); name.Degree() != "" {
		ui.note(diag.Text{VI: "Họ tên là “%[1]s”; “%[2]s” được ghi vào mục degree (học hàm, học vị).", EN: "The name is “%[1]s”; “%[2]s” is the degree."}, name.Bare, name.Degree())
	}
	return nil
}

func kindNames() []string {
	var names []string
	for _, k := range catalog.Kinds() {
		names = append(names, string(k))
	}
	return names
}

// didYouMean offers the word that was probably meant, if there is one.
func (ui *UI) didYouMean(near string) string {
	if near == "" {
		return ""
	}
	return fmt.Sprintf(diag.Text{VI: " (có phải “%s”?)", EN: " (did you mean “%s”?)"}.In(ui.lang), near)
}

// free tells whether a new entry's folder can be made: [fs.ErrExist] where an entry
// is there already.
func (p *project) free(folder string) error {
	folder = p.path(filepath.FromSlash(folder))
	for _, name := range []string{folder, folder + ".md"} {
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(err, fs.ErrExist)
		}
	}
	return nil
}

// create puts a new entry's folder in place, all at once. An entry that is there
// already is never touched.
func (p *project) create(folder string, files map[string][]byte) error {
	if err := p.free(folder); err != nil {
		return err
	}
	return p.files(func(f disk.Folder) error { return f.CreateFolder(folder, files) })
}
