package main

import (
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
	"lienhiep/internal/matter"
	"lienhiep/internal/office"
	"lienhiep/internal/plan"
	"lienhiep/internal/roster"
	"lienhiep/internal/viet"
)

var importCommand = &command{
	name: "import",
	args: diag.Text{VI: "article|plan|people TỆP", EN: "article|plan|people FILE"},
	about: diag.Text{
		VI: "Nhập từ Word và Excel: article (bài, .docx), plan (kế hoạch, .docx hoặc .txt), people (danh sách trí thức, .xlsx)",
		EN: "Import from Word and Excel: article (.docx), plan (.docx or .txt), people (.xlsx)"},
	declare: func(o *options) action {
		f := &importFlags{}
		o.toggle("dry-run", &f.dryRun, textDryRunHelp)
		f.folder(o)
		return f.run
	},
}

type importFlags struct {
	location
	dryRun bool
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
	ui     *UI
	file   string // as it was named, for findings
	data   []byte
	dryRun bool
}

func (f *importFlags) run(ctx context.Context, ui *UI, operands []string) error {
	if len(operands) != 2 {
		return usagef("import", diag.Text{
			VI: "Viết: lienhiep import article|plan|people TỆP. Tên tệp có dấu cách thì đặt trong dấu ngoặc kép: \"Bài viết.docx\".",
			EN: "Write: lienhiep import article|plan|people FILE. A name with blanks stands in quotes: \"My article.docx\"."})
	}
	kinds := slices.Sorted(maps.Keys(imports))
	bring := imports[operands[0]]
	if bring == nil {
		return usagef("import", diag.Text{VI: "Không nhập được “%[1]s”%[3]s. Hãy chọn một trong: %[2]s.", EN: "“%[1]s” cannot be imported%[3]s. Choose one of: %[2]s."},
			operands[0], strings.Join(kinds, ", "), ui.didYouMean(viet.Nearest(operands[0], kinds)))
	}
	data, err := readBounded(operands[1], office.MaxBytes+1) // one more, so that its reader says it is too large
	if err != nil {
		return err
	}
	p, unlock, err := f.lock(ctx, ui)
	if err != nil {
		return err
	}
	defer unlock()
	return bring(&importer{project: p, ui: ui, file: operands[1], data: data, dryRun: f.dryRun})
}

const toFillAlt = catalog.ToFill + ": lời mô tả ảnh"

// article makes an article of a Word document.
func (im *importer) article() error {
	doc, findings := office.Read(im.file, im.data)
	if diag.HasErrors(findings) {
		im.ui.findings(findings)
		return errFindings
	}
	article, more := doc.Article(toFillAlt)
	findings = append(findings, more...)
	title := firstWords(article.Title, maxTitle)
	if viet.Slug(title) == "" {
		base := filepath.Base(im.file)
		title = strings.TrimSuffix(base, filepath.Ext(base))
	}
	known := map[string]*matter.Value{"date": matter.Bare(im.now.Format(time.DateOnly)), "description": matter.String(catalog.ToFillDescription)}
	file, text, faults := catalog.Compose(catalog.KindArticle, title, known, article.Markdown)
	findings = append(findings, faults...)
	if diag.HasErrors(findings) {
		im.ui.findings(findings)
		return errFindings
	}
	im.ui.findings(findings)
	files := map[string][]byte{path.Base(file): []byte(text)}
	maps.Copy(files, article.Pictures)
	return im.put(path.Dir(file), files, text,
		diag.Text{VI: "Đã nhập thành bản nháp. Điền những chỗ ghi “CẦN ĐIỀN”, ghi nguồn, đọc soát lại; xem thử bằng lệnh `lienhiep serve`.",
			EN: "Imported as a draft. Fill in what says “CẦN ĐIỀN”, give the sources, read it over; see it with `lienhiep serve`."})
}

// plan makes a plan's page of an official document.
func (im *importer) plan() error {
	text, findings := planText(im.file, im.data)
	if diag.HasErrors(findings) {
		im.ui.findings(findings)
		return errFindings
	}
	const textFile = "van-ban.txt"
	doc, faults := plan.Parse(textFile, []byte(text))
	findings = append(findings, faults...)
	if diag.HasErrors(findings) {
		im.ui.findings(findings)
		im.ui.note(diag.Text{VI: "Các số dòng trên là của văn bản đã lấy ra, in ở dưới. Sửa tệp gốc rồi nhập lại; hoặc chép phần in ra vào một tệp .txt, sửa rồi nhập tệp ấy.",
			EN: "Those lines are of the text as it was read, printed below. Mend the file and import it again; or copy what is printed into a .txt file, mend and import that."})
		im.ui.show("%s", text)
		return errFindings
	}
	known := map[string]*matter.Value{"date": matter.Bare(doc.Date), "description": matter.String(catalog.ToFillDescription)}
	title := doc.Type + " số " + doc.Number
	_, page, faults := catalog.Compose(catalog.KindPlan, title, known, "")
	findings = append(findings, faults...)
	im.ui.findings(findings)
	if diag.HasErrors(findings) {
		return errFindings
	}
	folder := path.Join("content", catalog.KindPlan.Folder(), viet.Slug(doc.Number))
	if err := im.keepOriginal(path.Base(folder), text); err != nil {
		return err
	}
	return im.put(folder, map[string][]byte{"_index.md": []byte(page), textFile: []byte(text)}, text,
		diag.Text{VI: "Đã nhập thành bản nháp. So van-ban.txt với bản ký từng chữ; xem cấu trúc bằng lệnh `lienhiep plan show`.",
			EN: "Imported as a draft. Compare van-ban.txt with the signed document word by word; see its structure with `lienhiep plan show`."})
}

// keepOriginal keeps a file whose text was converted, so that it can be compared again:
// in the office's own memory, under the plan's name.
func (im *importer) keepOriginal(plan, text string) error {
	if im.dryRun || text == string(im.data) {
		return nil
	}
	name := path.Join(".lienhiep", "ban-goc", plan, filepath.Base(im.file))
	if err := os.MkdirAll(im.path(filepath.FromSlash(path.Dir(name))), 0o777); err != nil {
		return err
	}
	im.ui.show("%s\n", name)
	return os.WriteFile(im.path(filepath.FromSlash(name)), im.data, 0o666)
}

// planText reads a document's text, from Word or as it is.
func planText(file string, data []byte) (string, []diag.Finding) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".docx", ".doc", ".rtf", ".odt", ".pdf":
	default:
		return office.PlainText(file, data)
	}
	doc, findings := office.ReadText(file, data)
	if doc == nil {
		return "", findings
	}
	text, more := doc.Text()
	return text, append(findings, more...)
}

// put puts a new folder in place, or, in a dry run, shows what it would hold.
func (im *importer) put(folder string, files map[string][]byte, text string, next diag.Text) error {
	err := im.free(folder)
	if err == nil && !im.dryRun {
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
	if im.dryRun {
		im.ui.show("\n%s", text)
		next = textDryRun
	}
	im.ui.note(next)
	return nil
}

var textDryRun = diag.Text{VI: "Chạy thử: chưa ghi gì.", EN: "A dry run: nothing was written."}

// people makes or changes the entries of the people in an Excel table.
func (im *importer) people() error {
	p, findings, err := roster.Read(im.file, im.data, os.DirFS(im.root))
	if err != nil {
		return err
	}
	im.ui.findings(findings)
	if p == nil {
		return errFindings
	}
	im.ui.steps(p.Steps)
	if im.dryRun {
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

// step writes what a step says: a new folder whole, changed files one by one.
// The record comes last: cut off before it, the next import finds the entry as
// the table wants it.
func (im *importer) step(s roster.Step) error {
	if s.Action == roster.Create {
		return im.create(s.Folder, s.Files)
	}
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(s.Files))) {
		if err := im.write(path.Join(s.Folder, name), s.Files[name]); err != nil {
			return err
		}
	}
	return nil
}

var actions = map[roster.Action]diag.Text{
	roster.Create: {VI: "tạo mới", EN: "create"},
	roster.Change: {VI: "cập nhật", EN: "change"},
	roster.Leave:  {VI: "giữ nguyên", EN: "leave"},
}

// steps prints what is done for each person, and the sums.
func (ui *UI) steps(steps []roster.Step) {
	var table strings.Builder
	t := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	head := diag.Text{VI: "Dòng\tViệc\tThư mục\tHọ và tên\tMục thay đổi", EN: "Row\tAction\tFolder\tName\tKeys"}
	fmt.Fprintln(t, head.In(ui.lang))
	count := map[roster.Action]int{}
	for _, s := range steps {
		count[s.Action]++
		keys := strings.Join(s.Keys, ", ")
		if s.ByHand {
			keys = diag.Text{VI: "(bài do biên tập viên viết)", EN: "(written by an editor)"}.In(ui.lang)
		}
		line := fmt.Sprintf("%d\t%s\t%s\t%s\t%s", s.Row, actions[s.Action].In(ui.lang), s.Folder, printable(s.Name), keys)
		fmt.Fprintln(t, strings.TrimRight(line, "\t"))
	}
	t.Flush()
	ui.show("%s", table.String())
	ui.note(diag.Text{VI: "Tạo mới %[1]d, cập nhật %[2]d, giữ nguyên %[3]d.", EN: "%[1]d to create, %[2]d to change, %[3]d to leave."},
		count[roster.Create], count[roster.Change], count[roster.Leave])
}
