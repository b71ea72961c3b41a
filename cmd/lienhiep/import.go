package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
	"lienhiep/internal/history"
	"lienhiep/internal/intake"
	"lienhiep/internal/office"
	"lienhiep/internal/plan"
	"lienhiep/internal/roster"
	"lienhiep/internal/viet"
)

var importCommand = &command{
	name: "import",
	args: diag.Text{VI: "article|plan|people TỆP", EN: "article|plan|people FILE"},
	about: diag.Text{
		VI: "Nhập từ Word, PDF và Excel: article (bài, .docx), plan (kế hoạch, .docx, .pdf hoặc .txt), people (danh sách trí thức, .xlsx hoặc .docx)",
		EN: "Import from Word, PDF and Excel: article (.docx), plan (.docx, .pdf or .txt), people (.xlsx or .docx)"},
	declare: func(o *options) action {
		f := &importFlags{}
		o.toggle("dry-run", &f.dryRun, textDryRunHelp)
		o.toggle("review", &f.review, diag.Text{VI: "people: viết trang xem trước từng cột, từng dòng, chưa nhập gì", EN: "people: write a page that shows each column and row; import nothing"})
		o.texts("map", &f.maps, diag.Text{VI: "people: \"cột trong tệp=mục\", hoặc \"cột=bỏ\"; ghi được nhiều lần", EN: "people: \"column=heading\", or \"column=bỏ\" to leave it out; may be repeated"})
		o.texts("sheet", &f.sheets, diag.Text{VI: "people: chỉ đọc trang tính có tên ấy; ghi được nhiều lần", EN: "people: read this sheet only; may be repeated"})
		o.text("admit", &f.admit, diag.Text{VI: "people: nhập người đang chờ, đã ký phiếu đồng ý (tên hoặc tên thư mục)", EN: "people: import somebody who waits and has consented (name or folder)"})
		o.text("date", &f.consent.Date, diag.Text{VI: "với --admit: ngày đồng ý", EN: "with --admit: date of consent"})
		o.text("document", &f.consent.Document, diag.Text{VI: "với --admit: số hoặc nơi lưu phiếu", EN: "with --admit: number of the form, or where it is filed"})
		o.text("scope", &f.consent.Scope, diag.Text{VI: "với --admit: phạm vi đồng ý", EN: "with --admit: what may be published"})
		o.text("basis", &f.consent.Basis, diag.Text{VI: "với --admit: căn cứ, nếu không phải “đồng ý”", EN: "with --admit: the basis, if it is not consent"})
		f.folder(o)
		return f.run
	},
}

type importFlags struct {
	location
	dryRun, review bool
	maps, sheets   []string
	admit          string
	consent        roster.Consent
}

// imports are what can be imported, by the word on the command line.
var imports = map[string]func(*importer) error{
	"article": (*importer).article,
	"plan":    (*importer).plan,
	"people":  (*importer).people,
}

// importer brings one file into the site's folder.
type importer struct {
	*project
	ui    *UI
	file  string // as it was named, for findings
	data  []byte
	flags *importFlags
}

func (f *importFlags) run(ctx context.Context, ui *UI, operands []string) error {
	admits := f.admit != "" && len(operands) == 1 && operands[0] == "people"
	if len(operands) != 2 && !admits {
		return usagef("import", diag.Text{
			VI: "Viết: lienhiep import article|plan|people TỆP. Tên tệp có dấu cách thì đặt trong dấu ngoặc kép: \"Bài viết.docx\".",
			EN: "Write: lienhiep import article|plan|people FILE. Put a name with spaces in quotes: \"My article.docx\"."})
	}
	kinds := slices.Sorted(maps.Keys(imports))
	bring := imports[operands[0]]
	if bring == nil {
		return usagef("import", diag.Text{VI: "Không nhập được “%[1]s”%[3]s. Hãy chọn một trong: %[2]s.", EN: "“%[1]s” cannot be imported%[3]s. Choose one of: %[2]s."},
			operands[0], strings.Join(kinds, ", "), ui.didYouMean(viet.Nearest(operands[0], kinds)))
	}
	if admits {
		operands, bring = append(operands, ""), (*importer).admit
	}
	var data []byte
	var err error
	if !admits {
		data, err = readBounded(operands[1], office.MaxBytes+1) // one more, so that its reader says it is too large
	}
	if err != nil {
		return err
	}
	p, unlock, err := f.lock(ctx, ui)
	if err != nil {
		return err
	}
	defer unlock()
	return bring(&importer{project: p, ui: ui, file: operands[1], data: data, flags: f})
}

// article makes an article of a Word document.
func (im *importer) article() error {
	doc, findings := office.Read(im.file, im.data)
	if diag.HasErrors(findings) {
		im.ui.findings(findings)
		return errFindings
	}
	article, more := doc.Article(office.Reading{ToFill: catalog.ToFill})
	findings = append(findings, more...)
	entry, faults := intake.Article(catalog.KindArticle, intake.Title(im.file, article), article, im.now)
	findings = append(findings, faults...)
	if diag.HasErrors(findings) {
		im.ui.findings(findings)
		return errFindings
	}
	im.ui.findings(findings)
	files := map[string][]byte{path.Base(entry.File): []byte(entry.Text)}
	maps.Copy(files, article.Pictures)
	return im.put(entry.Folder(), files, entry.Text,
		diag.Text{VI: "Đã nhập thành bản nháp. Điền những chỗ ghi “CẦN ĐIỀN”, ghi nguồn, đọc soát lại; xem thử bằng lệnh `lienhiep serve`.",
			EN: "Imported as a draft. Fill in what says “CẦN ĐIỀN”, give the sources, read it over; see it with `lienhiep serve`."})
}

// plan makes a plan's page of an official document.
func (im *importer) plan() error {
	text, findings := intake.Text(im.file, im.data)
	if diag.HasErrors(findings) {
		im.ui.findings(findings)
		return errFindings
	}
	doc, faults := plan.Parse(intake.PlanText, []byte(text))
	findings = append(findings, faults...)
	if diag.HasErrors(findings) {
		im.ui.findings(findings)
		im.ui.note(diag.Text{VI: "Các số dòng trên là của văn bản đã lấy ra, in ở dưới. Sửa tệp gốc rồi nhập lại; hoặc chép phần in ra vào một tệp .txt, sửa rồi nhập tệp ấy.",
			EN: "Those lines are of the text as it was read, printed below. Mend the file and import it again; or copy what is printed into a .txt file, mend and import that."})
		im.ui.show("%s", text)
		return errFindings
	}
	entry, faults := intake.Plan(doc, intake.PlanTitle(doc), nil)
	findings = append(findings, faults...)
	im.ui.findings(findings)
	if diag.HasErrors(findings) {
		return errFindings
	}
	if err := im.keepOriginal(path.Base(entry.Folder()), text); err != nil {
		return err
	}
	return im.put(entry.Folder(), map[string][]byte{path.Base(entry.File): []byte(entry.Text), intake.PlanText: []byte(text)}, text,
		diag.Text{VI: "Đã nhập thành bản nháp. So van-ban.txt với bản ký từng chữ; xem cấu trúc bằng lệnh `lienhiep plan show`.",
			EN: "Imported as a draft. Compare van-ban.txt with the signed document word by word; see its structure with `lienhiep plan show`."})
}

// keepOriginal keeps a file whose text was converted, so that it can be compared again:
// in the office's own memory, under the plan's name.
func (im *importer) keepOriginal(plan, text string) error {
	if im.flags.dryRun || text == string(im.data) {
		return nil
	}
	name := path.Join(".lienhiep", "ban-goc", plan, filepath.Base(im.file))
	im.ui.show("%s\n", name)
	return im.write(name, im.data)
}

// put puts a new folder in place, or, in a dry run, shows what it would hold.
func (im *importer) put(folder string, files map[string][]byte, text string, next diag.Text) error {
	err := im.free(folder)
	if err == nil && !im.flags.dryRun {
		err = im.create(folder, files)
	}
	if errors.Is(err, fs.ErrExist) {
		im.ui.note(diag.Text{VI: "Đã có %[1]s; không ghi đè. Nếu muốn nhập lại, hãy đổi tên hoặc xóa thư mục ấy trước.", EN: "%[1]s exists already and is left alone. To import again, rename or remove it first."}, folder)
		return errFindings
	}
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		im.ui.show("%s/%s\n", folder, name)
	}
	if im.flags.dryRun {
		im.ui.show("\n%s", text)
		next = textDryRun
	}
	im.ui.note(next)
	return nil
}

var textDryRun = diag.Text{VI: "Chạy thử: chưa ghi gì.", EN: "A dry run: nothing was written."}

// people makes or changes the entries of the people in an Excel table.
func (im *importer) people() error {
	options, err := im.rosterOptions()
	if err != nil {
		return err
	}
	if im.flags.review {
		return im.reviewPeople(options)
	}
	p, findings, err := roster.Read(im.file, im.data, os.DirFS(im.root), options)
	if err != nil {
		return err
	}
	return im.carryOut(p, findings)
}

// admit makes the entry of somebody who has waited.
func (im *importer) admit() error {
	options, err := im.rosterOptions()
	if err != nil {
		return err
	}
	p, findings, err := roster.Admit(im.flags.admit, im.flags.consent, os.DirFS(im.root), options)
	if err != nil {
		return err
	}
	return im.carryOut(p, findings)
}

func (im *importer) rosterOptions() (roster.Options, error) {
	o := roster.Options{Today: im.now.In(im.config.Zone).Format(time.DateOnly), Choice: office.Choice{Sheets: im.flags.sheets, Columns: map[string]string{}}}
	var err error
	if o.Site, err = im.publisher(); err != nil {
		return o, err
	}
	for _, text := range im.flags.maps {
		column, key, err := roster.ParseMap(text)
		var fault roster.MapError
		if errors.As(err, &fault) {
			return o, usagef("import", diag.Text{VI: "Không có mục “%[1]s”%[2]s. Viết: --map \"tên cột trong tệp=mục\", ví dụ --map \"Cơ quan chủ quản=Nơi công tác\"; hoặc --map \"tên cột=bỏ\".",
				EN: "There is no heading “%[1]s”%[2]s. Write: --map \"column of the file=heading\", such as --map \"Cơ quan chủ quản=Nơi công tác\"; or --map \"column=bỏ\"."}, printable(fault.Text), im.ui.didYouMean(fault.Nearest))
		}
		o.Choice.Columns[column] = key
	}
	return o, nil
}

// publisher is who publishes where, as consent forms say it.
func (p *project) publisher() (roster.Site, error) {
	site := roster.Site{Address: p.config.BaseURL}
	c, _, err := p.load()
	if err != nil {
		return site, err
	}
	if b := c.Website.Publisher; b != nil && b.Body != "" {
		site.Publisher = strings.TrimSuffix(b.Body+", "+b.Address, ", ")
		site.Contact = strings.Join(slices.DeleteFunc([]string{b.Body, b.Address, b.Phone, b.Email}, func(s string) bool { return s == "" }), ", ")
	}
	return site, nil
}

// carryOut tells what a plan does, and does it.
func (im *importer) carryOut(p *roster.Plan, findings []diag.Finding) error {
	im.ui.findings(findings)
	if p == nil {
		return errFindings
	}
	im.ui.steps(p)
	if im.flags.dryRun {
		im.ui.note(textDryRun)
		return nil
	}
	for _, step := range p.Steps {
		if err := im.step(step); err != nil {
			return err
		}
	}
	return nil
}

// reviewPeople shows what would become of a table, here and as a page.
func (im *importer) reviewPeople(o roster.Options) error {
	r, findings, err := roster.ReviewOf(im.file, im.data, os.DirFS(im.root), o, im.ui.lang)
	if err != nil {
		return err
	}
	im.ui.findings(findings)
	im.ui.review(r)
	var page strings.Builder
	if err := r.HTML(&page, ""); err != nil {
		return err
	}
	base := filepath.Base(im.file)
	name := path.Join(roster.ReviewFolder, cmp.Or(viet.Slug(strings.TrimSuffix(base, filepath.Ext(base))), "danh-sach")+".html")
	if err := im.write(name, []byte(page.String())); err != nil {
		return err
	}
	im.ui.note(diag.Text{VI: "Trang xem trước: %[1]s (mở bằng trình duyệt). Trang có thông tin cá nhân: đừng gửi đi; xem xong thì xóa. Chưa nhập gì.", EN: "The page: %[1]s (open it in a browser). It holds personal data: do not send it on, and delete it afterwards. Nothing was imported."}, name)
	if diag.HasErrors(findings) {
		return errFindings
	}
	return nil
}

// step writes what a step says: a new folder whole, changed files one by one.
// The record comes last: cut off before it, the next import finds the entry as
// the table wants it. A waiting ends when the entry is there.
func (p *project) step(s roster.Step) error {
	if s.Action == roster.Create {
		if err := p.create(s.Folder, s.Files); err != nil {
			return err
		}
	} else {
		var edits []edited
		for _, name := range slices.Backward(slices.Sorted(maps.Keys(s.Files))) {
			edits = append(edits, edited{path.Join(s.Folder, name), s.Files[name]})
		}
		if err := p.change(history.Imported, edits...); err != nil {
			return err
		}
	}
	if s.Ends == "" {
		return nil
	}
	return p.move(s.Ends, s.EndsIn)
}

// move moves a folder into another, under its own name or that with a number.
func (p *project) move(from, into string) error {
	if err := os.MkdirAll(p.path(filepath.FromSlash(into)), 0o777); err != nil {
		return err
	}
	to := p.path(filepath.FromSlash(into), path.Base(from))
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			return disk.Rename(p.path(filepath.FromSlash(from)), to)
		}
		to = p.path(filepath.FromSlash(into), fmt.Sprintf("%s-%d", path.Base(from), n))
	}
}

// steps prints what becomes of each row, and the sums.
func (ui *UI) steps(p *roster.Plan) {
	var table strings.Builder
	t := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	head := diag.Text{VI: "Dòng\tViệc\tThư mục\tHọ và tên\tMục thay đổi", EN: "Row\tAction\tFolder\tName\tKeys"}
	fmt.Fprintln(t, head.In(ui.lang))
	count := map[roster.Action]int{}
	for _, s := range p.Steps {
		count[s.Action]++
		keys := strings.Join(s.Keys, ", ")
		if s.ByHand {
			keys = diag.Text{VI: "(bài do biên tập viên viết)", EN: "(written by an editor)"}.In(ui.lang)
		}
		line := fmt.Sprintf("%s\t%s\t%s\t%s\t%s", s.Row, roster.Outcomes[s.Action].In(ui.lang), s.Folder, printable(s.Name), keys)
		fmt.Fprintln(t, strings.TrimRight(line, "\t"))
	}
	t.Flush()
	ui.show("%s", table.String())
	ui.note(diag.Text{VI: "Tạo mới %[1]d, cập nhật %[2]d, giữ nguyên %[3]d, chờ phiếu đồng ý %[4]d.", EN: "%[1]d to create, %[2]d to change, %[3]d to leave, %[4]d to wait for consent."},
		count[roster.Create], count[roster.Change], count[roster.Leave], count[roster.Wait])
}

// review prints a review as two tables: columns and rows.
func (ui *UI) review(r *roster.Review) {
	var table strings.Builder
	t := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, diag.Text{VI: "Ô\tCột\tĐược đọc là", EN: "Cell\tColumn\tRead as"}.In(ui.lang))
	for _, c := range r.Columns {
		as := c.Name
		if as == "" {
			as = roster.Leaving.In(ui.lang) + ": " + c.Left
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", strings.TrimPrefix(c.Sheet+"!"+c.Cell, "!"), printable(c.Text), as)
	}
	fmt.Fprintln(t, diag.Text{VI: "\nDòng\tViệc\tThư mục\tHọ và tên, hoặc lời trong dòng", EN: "\nRow\tOutcome\tFolder\tName, or what the row says"}.In(ui.lang))
	for _, row := range r.Rows {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", row.Label, row.Outcome, row.Where, printable(firstWords(row.Who, 80)))
	}
	t.Flush()
	ui.show("%s", table.String())
}
