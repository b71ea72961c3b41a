package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/kit"
	"lienhiep/internal/viet"
)

var kitCommand = &command{
	name: "kit",
	about: diag.Text{
		VI: "Làm bộ tài liệu học tập, tuyên truyền về một kế hoạch: bài trình chiếu, áp phích, tờ gấp, bảng treo, bộ câu hỏi, bài phát thanh, bài đăng mạng, mã QR",
		EN: "Make what a plan is studied and made known with: slides, poster, leaflet, wall card, quiz, talks, posts, QR codes"},
	declare: func(o *options) action {
		f := &kitFlags{}
		o.text("plan", &f.plan, diag.Text{VI: "kế hoạch nào: tên thư mục của nó, ví dụ 15-kh-tu", EN: "which plan: the name of its folder, such as 15-kh-tu"})
		o.text("o", &f.to, diag.Text{VI: "thư mục sẽ ghi vào; tệp đã có thì không ghi đè", EN: "the folder to write to; no file is overwritten"})
		f.address(o)
		f.folder(o)
		return f.run
	},
}

type kitFlags struct {
	location
	plan, to string
}

func (f *kitFlags) run(_ context.Context, ui *UI, operands []string) error {
	if f.to == "" {
		return usagef("kit", diag.Text{VI: "Chưa cho biết ghi vào thư mục nào; hãy thêm -o, ví dụ -o bo-tai-lieu.", EN: "No folder to write to; add -o, such as -o bo-tai-lieu."})
	}
	if err := checkBaseURL("kit", f.baseURL); err != nil {
		return err
	}
	site, err := f.open()
	if err != nil {
		return err
	}
	if err := site.keepable("kit", f.to); err != nil {
		return err
	}
	c, p, err := site.planOf(ui, "kit", f.plan, diag.Text{VI: "Chưa làm tài liệu: hãy sửa các lỗi trên trước.", EN: "Nothing made: mend the errors above first."})
	if err != nil {
		return err
	}
	k := kit.New(c, p, site.config.BaseURL)
	if err := k.Explain(site.source(), c, p); err != nil {
		return err
	}
	k.Tell(c, p, site.config.BaseURL)
	pieces, err := k.Pieces(true)
	if err != nil {
		return err
	}
	return f.write(ui, pieces)
}

// write writes the files, none of them where one is there already.
func (f *kitFlags) write(ui *UI, pieces []kit.Piece) error {
	var files []kit.File
	for _, piece := range pieces {
		files = append(files, piece.Files...)
	}
	for _, one := range files {
		if _, err := os.Lstat(filepath.Join(f.to, one.Name)); err == nil {
			ui.note(textFileExists, printable(filepath.Join(f.to, one.Name)))
			return errFindings
		}
	}
	for _, one := range files {
		name := filepath.Join(f.to, one.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := ui.create(name, one.Data, 0o666); err != nil {
			return err
		}
		fmt.Fprintln(ui.out, filepath.ToSlash(name))
	}
	return nil
}

// planOf loads the content, and finds the plan in it that a command's option names. With
// errors in the content it says what is not made.
func (p *project) planOf(ui *UI, command, id string, unmade diag.Text) (*catalog.Catalog, *catalog.Plan, error) {
	c, findings, err := p.load()
	if err != nil {
		return nil, nil, err
	}
	ui.findings(findings)
	if diag.HasErrors(findings) {
		ui.note(unmade)
		return nil, nil, errFindings
	}
	named, err := ui.plan(c, command, id)
	return c, named, err
}

// plan returns the plan on the site that a command's option names.
func (ui *UI) plan(c *catalog.Catalog, command, id string) (*catalog.Plan, error) {
	var known []string
	for _, p := range c.Plans {
		if !p.Published() || p.Document == nil {
			continue
		}
		if p.ID == id {
			return p, nil
		}
		known = append(known, p.ID)
	}
	all := strings.Join(known, ", ")
	if id == "" {
		return nil, usagef(command, diag.Text{VI: "Chưa cho biết kế hoạch nào; hãy thêm --plan với một trong: %[1]s.", EN: "Which plan? Add --plan with one of: %[1]s."}, all)
	}
	return nil, usagef(command, diag.Text{VI: "Không có kế hoạch “%[1]s” trên trang%[3]s. Các kế hoạch: %[2]s.", EN: "There is no plan “%[1]s” on the site%[3]s. The plans: %[2]s."}, id, all, ui.didYouMean(viet.Nearest(id, known)))
}
